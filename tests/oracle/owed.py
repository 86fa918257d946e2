"""Is it owed at all? Recognition, acceptance, agreement: §3 of the meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from servanda.model.commitments import Citation

from . import promises, states
from .asking import Asking
from .clock import Onset, later
from .view import RECORD, Deed

if TYPE_CHECKING:
    from .history import History
    from .instances import Instance

AFFIRMING = ("recognises", "promises", "begins", "claims")
DENYING = ("rejects", "withdraws")


# ── words on a commitment, on a source ───────────────────────────────────────────────────────────────────────────


def last_word(history: History, party: str, instance: Instance, *, owed_to: bool) -> Deed | None:
    """§3: the party's latest word on X among those that recognise it, or end that."""
    found = None
    for deed in history.words_on(party, instance):
        if deed.verb in AFFIRMING + DENYING or (deed.verb == "protests" and owed_to):
            found = deed
    return found


def stance_since(history: History, party: str, source: str) -> Onset | None:
    """§3: since when a party stands by a source: it wrote, signed or recognised it, and has not taken that back."""
    if (party, source) not in history.stances:
        history.stances[party, source] = _stance_since(history, party, source)
    return history.stances[party, source]


def _stance_since(history: History, party: str, source: str) -> Onset | None:
    dated = history.sources.get(source)
    if dated is None or dated.latest > history.now:
        return None
    wrote = party in [history.case.party_of(ref.name) for ref in history.case.sources[source].by]
    since = dated if wrote else None
    for deed in history.deeds_by(party):
        if deed.about(source, None):
            if deed.verb in ("signs", "recognises"):
                since = since or later(deed.said, dated)
            elif deed.verb in DENYING:
                since = None
    return since


def resting(history: History, reading: str, instance: Instance) -> Iterator[tuple[Citation, Onset]]:
    """The sources in view that X rests on in a reading: those whose `where` holds there."""
    clauses = history.clauses(reading, instance)
    for citation in clauses.under:
        dated = history.sources.get(citation.source.name)
        if dated is None or dated.latest > history.now:
            continue
        where = dated
        if citation.where is not None:
            holds = history.onset(citation.where, Asking(reading, instance.binding))
            if holds is None:
                continue
            where = later(dated, holds)
        yield citation, where


# ── recognition ──────────────────────────────────────────────────────────────────────────────────────────────────


def recognised(history: History, reading: str, instance: Instance) -> bool:
    """§3: R recognises X by its party's latest word on X; without such a word by a source that X rests on in R and that
    the party wrote, signed or recognised, or when X was promised to it. `record`, from the first instant X was agreed.
    """
    if reading == RECORD:
        return history.once(("agreed", reading, instance), None) is not None or agreed(history, reading, instance)
    roles = history.roles(reading, instance)
    word = last_word(history, reading, instance, owed_to=reading in roles.counterparties)
    if word is not None:
        return word.verb not in DENYING
    if reading in debtors(history, reading, instance) and promises.met_offer(history, reading, instance):
        return True
    if any(stance_since(history, reading, citation.source.name) for citation, _ in resting(history, reading, instance)):
        return True
    if reading not in creditors(history, reading, instance):
        return False
    return any(promises.undertaken(history, debtor, instance) for debtor in debtors(history, reading, instance))


def debtors(history: History, reading: str, instance: Instance) -> tuple[str, ...]:
    """§3, who must have accepted: the bearers; for rights and powers whoever is subject to it, else the other parties
    to its source (without a source: every other party; README, gaps 9 and 45)."""
    if (reading, instance) not in history.debtors:
        history.debtors[reading, instance] = _debtors(history, reading, instance)
    return history.debtors[reading, instance]


def _debtors(history: History, reading: str, instance: Instance) -> tuple[str, ...]:
    roles = history.roles(reading, instance)
    if history.kind(instance) in ("obligation", "prohibition"):
        return roles.bearers
    if roles.counterparties:
        return roles.counterparties
    people: list[str] = []
    for citation in history.clauses(reading, instance).under:
        source = history.case.sources[citation.source.name]
        people += [history.case.party_of(ref.name) for ref in (*source.by, *source.to, *source.signed_by)]
    others = people or list(history.case.parties)
    found = tuple(dict.fromkeys(each for each in others if each not in roles.bearers))
    return found if found or len(roles.bearers) == 1 else roles.bearers


def creditors(history: History, reading: str, instance: Instance) -> tuple[str, ...]:
    roles = history.roles(reading, instance)
    return roles.counterparties if history.kind(instance) in ("obligation", "prohibition") else roles.bearers


# ── acceptance ───────────────────────────────────────────────────────────────────────────────────────────────────


def accepted(history: History, party: str, reading: str, instance: Instance) -> bool:
    """§3: accepted by a word of its own, or by a source that R relies on; whatever the party's own `where`.

    What was once agreed is not undone by one side (README, gap 8).
    """
    if history.memory.agreed.get((reading, instance)) is not None:
        return True
    word = last_word(history, party, instance, owed_to=party in creditors(history, reading, instance))
    if word is not None:
        return word.verb not in DENYING
    return promises.met_offer(history, party, instance) is not None or by_source(history, party, reading, instance)


def by_source(history: History, party: str, reading: str, instance: Instance) -> bool:
    """Whether a party accepted a source that X rests on, that R relies on and that carries (README, gap 1)."""
    for citation, _ in resting(history, reading, instance):
        name = citation.source.name
        relies = reading == RECORD or stance_since(history, reading, name) is not None
        if relies and states.carries(history, name) and stance_since(history, party, name) is not None:
            return True
    return False


def unconditionally(history: History, party: str, reading: str, instance: Instance) -> bool:
    """Whether a party accepted X other than by a promise or an offer that has a condition of its own; also one that has
    taken that back, after it was agreed."""
    words = history.words_on(party, instance)
    so = by_source(history, party, reading, instance) or any(
        deed.verb in AFFIRMING and deed.act.when is None for deed in words
    )
    kept = (reading, instance) in history.memory.agreed
    key = ("unconditionally", party, reading, instance)
    return history.once(key, history.at_now() if so else None, keep=kept) is not None


def owed(history: History, reading: str, instance: Instance) -> bool:
    """§3: recognised, and accepted by all who must have accepted it; else a demand, which makes no debt."""
    if not recognised(history, reading, instance):
        return False
    return is_accepted(history, reading, instance)


def is_accepted(history: History, reading: str, instance: Instance) -> bool:
    who = debtors(history, reading, instance)
    return bool(who) and all(accepted(history, each, reading, instance) for each in who)


def agreed(history: History, reading: str, instance: Instance) -> bool:
    """§3: `agreed` = accepted by every bearer, and by some counterparty or the source's other author; where it binds
    several and nobody else is concerned, by these (README, gap 45)."""
    if not is_accepted(history, reading, instance):
        return False
    who = debtors(history, reading, instance)
    others = [each for each in creditors(history, reading, instance) if each not in who]
    if len(who) > 1 and not others:
        return True
    if any(_stands_by(history, each, reading, instance) for each in others):
        return True
    for citation, _ in resting(history, reading, instance):
        authors = {history.case.party_of(ref.name) for ref in history.case.sources[citation.source.name].by}
        if states.carries(history, citation.source.name) and any(
            author not in who and stance_since(history, author, citation.source.name) for author in authors
        ):
            return True
    return False


def _stands_by(history: History, party: str, reading: str, instance: Instance) -> bool:
    """Whether the other side accepted: by a word on X, or by a source on which X rests in R or in its own reading."""
    word = last_word(history, party, instance, owed_to=True)
    if word is not None:
        return word.verb not in DENYING
    return any(
        stance_since(history, party, citation.source.name) is not None
        for each in (reading, history.reading_of(party))
        if history.exists(each, instance)
        for citation, _ in resting(history, each, instance)
    )
