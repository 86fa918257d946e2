"""Why a commitment is recognised, accepted and agreed, or is not: whose word, which source."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from servanda.model.commitments import Citation

from . import conditions, owed, promises, states, why_done, why_named, why_so
from .asking import Asking
from .life import Chapter, Life
from .record import Entry
from .stretches import Instant, at
from .telling import Reason, Telling, cited, day, fresh, named
from .view import RECORD

if TYPE_CHECKING:
    from .outlook import Outlook


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────


def _words(outlook: Outlook, party: str, life: Life, now: Instant, *, owed_to: bool) -> list[Entry]:
    """A party's words up to an instant that say whether it recognises a commitment."""
    return [
        entry
        for entry in owed.words(outlook, party, life)
        if entry.said <= now
        and (entry.verb in owed.AFFIRMING or entry.verb in owed.DENYING or (entry.verb == "protests" and owed_to))
    ]


def _affirming(words: list[Entry]) -> list[Entry]:
    """Of these the word from which on it is recognised; preferred, of the same day, one without a condition."""
    last = max((place for place, each in enumerate(words) if each.verb in owed.DENYING), default=-1)
    rest = words[last + 1 :]
    plain = [each for each in rest if each.act.when is None and each.said == rest[0].said]
    return (plain or rest)[:1]


# ── sources ─────────────────────────────────────────────────────────────────────────────────────────────────


def stance(t: Telling, outlook: Outlook, party: str, source: str, now: Instant) -> Reason:
    """Whether a party stands by a source, and by which act."""
    declared = outlook.case.sources[source]
    stands = at(owed.stance(outlook, party, source), now) is not None
    wrote = any(outlook.case.party_of(ref.name) == party for ref in declared.by)
    acts = [entry for entry in outlook.acts(source).all if party in entry.parties and entry.about(source, None)
            and entry.said <= now and entry.verb in ("signs", "recognises", *owed.DENYING)]  # fmt: skip
    denied = max((place for place, each in enumerate(acts) if each.verb in owed.DENYING), default=None)
    if stands and wrote and denied is None:
        words = f"{party} wrote {source}"
        return t.once(("wrote", party, source), words, declared.span, lambda: Reason(words, True, declared.span))
    if stands:
        return t.act(acts[0 if denied is None else denied + 1])
    words = f"{party} does not stand by {source}"
    below = t.acts([] if denied is None else [acts[denied]])
    if not outlook.dated(source):
        words = f"{source} is not in view"
    return t.once(
        ("stands by", party, source, now), words, declared.span,
        lambda: Reason(words, False, declared.span, None, None, tuple(below)),
    )  # fmt: skip


def carrying(t: Telling, outlook: Outlook, source: str, now: Instant) -> list[Reason]:
    """Why a source carries, or does not: an instrument once all have signed."""
    declared = outlook.case.sources[source]
    if not declared.signed_by:
        return [t.nothing(f"{source} is dated {declared.dated}", declared.span, holds=True)]
    signed: dict[str, Entry] = {}
    signers = dict.fromkeys(outlook.case.party_of(ref.name) for ref in declared.signed_by)
    for entry in outlook.acts(source).all:
        if entry.said > now or len(signed) == len(signers):
            break
        for party in signers.keys() & set(entry.parties):
            if entry.verb == "signs":
                signed.setdefault(party, entry)
            elif entry.verb == "withdraws":
                signed.pop(party, None)
    missing = [party for party in signers if party not in signed]
    lacks = [t.nothing(f"no signature of {named(missing)} is in view", declared.span)] if missing else []
    return [*t.acts(signed.values()), *lacks]


def _resting(outlook: Outlook, life: Life, chapter: Chapter, now: Instant) -> list[tuple[Citation, bool]]:
    """The citations that a commitment rests on, and whether it does in this reading at an instant."""
    found = []
    for citation in chapter.clauses.under:
        steps = outlook.dated(citation.source.name)
        rests = at(steps, now) is not None
        if rests and citation.where is not None:
            asking = Asking(life.reading, life.binding)
            rests = at(conditions.so(outlook, citation.where, asking), now) is not None
        found.append((citation, rests))
    return found


def _by_citation(
    t: Telling,
    outlook: Outlook,
    life: Life,
    citation: Citation,
    parties: tuple[str, ...],
    now: Instant,
    *,
    carries: bool,
) -> Reason:
    """That a commitment rests on a source: the clause with its words, its `where`, and who stands by the source."""
    source, quote = cited(citation)
    key = ("under", id(outlook), life.name, life.key, life.reading, source, citation.span.start)
    words = f"it rests on {citation.source.name}"

    def tell() -> Reason:
        below = why_done.versions(t, outlook, life, now, ["under"])
        if citation.where is not None:
            asking = Asking(life.reading, life.binding)
            below.insert(0, why_so.condition(t, outlook, citation.where, asking, now, lead="where "))
        return Reason(words, all(each.holds for each in below), citation.span, source, quote, tuple(below))

    found = t.once(key, words, citation.span, tell)
    stances = [stance(t, outlook, party, citation.source.name, now) for party in parties]
    if carries and outlook.case.sources[citation.source.name].signed_by:
        stances += carrying(t, outlook, citation.source.name, now)
    below = (*found.because, *fresh(stances))
    return msgspec.structs.replace(found, holds=found.holds and all(each.holds for each in stances), because=below)


def rests_on(t: Telling, outlook: Outlook, life: Life, citation: Citation, now: Instant) -> Reason:
    """That a commitment rests on a source that carries, in its own reading: so that it shares what becomes of that."""
    who = () if life.reading == RECORD else (life.reading,)
    return _by_citation(t, outlook, life, citation, who, now, carries=True)


# ── recognition ─────────────────────────────────────────────────────────────────────────────────────────────


def recognised(t: Telling, outlook: Outlook, life: Life, now: Instant) -> Reason:
    """Why the reading's party recognises a commitment; in the record, why it was agreed."""
    reading = life.reading
    if reading == RECORD:
        begin = owed.owed(outlook, life).agreed[0][0]
        words = f"agreed by both sides since {day(outlook, begin)}"
        return Reason(words, True, None, None, None, tuple(agreed(t, outlook, life, now)))
    chapter = outlook.chapter(life, now)
    owed_to = reading in chapter.roles.counterparties
    spoken = _words(outlook, reading, life, now, owed_to=owed_to)
    words = f"{reading} recognises it"
    if spoken:
        return Reason(words, True, None, None, None, tuple(t.acts(_affirming(spoken))))
    ways = [
        partial(_cited, t, outlook, life, citation, (reading,), now, carries=False)
        for citation, rests in _resting(outlook, life, chapter, now)
        if rests and at(owed.stance(outlook, reading, citation.source.name), now) is not None
    ]
    if reading in chapter.roles.debtors:
        ways += _undertakings(t, outlook, reading, life, now, offers_only=True)
    if reading in chapter.roles.creditors:
        for debtor in chapter.roles.debtors:
            ways += _undertakings(t, outlook, debtor, life, now, offers_only=False)
    return Reason(words, True, None, None, None, tuple(t.first_sound(ways)))


def _cited(
    t: Telling,
    outlook: Outlook,
    life: Life,
    citation: Citation,
    parties: tuple[str, ...],
    now: Instant,
    *,
    carries: bool,
) -> list[Reason]:
    return [_by_citation(t, outlook, life, citation, parties, now, carries=carries)]


def _undertakings(
    t: Telling, outlook: Outlook, giver: str, life: Life, now: Instant, *, offers_only: bool
) -> list[partial[list[Reason]]]:
    """Offers whose condition is met, and promises that stand."""
    found = []
    if not offers_only:
        for each in promises.made(outlook, giver, life, "promises"):
            if at(each.stands, now) is not None:
                found.append(partial(t.acts, [each.entry]))
    for each in promises.made(outlook, giver, life, "offers"):
        if each.entry.act.when is not None and at(each.met, now) is not None:
            found.append(partial(why_done.by_undertaking, t, outlook, each, giver, life, now))
    return found


def not_recognised(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """What would be needed for a commitment to be recognised, and is missing."""
    reading, chapter = life.reading, outlook.chapter(life, now)
    if reading == RECORD:
        return not_agreed(t, outlook, life, now)
    spoken = _words(outlook, reading, life, now, owed_to=reading in chapter.roles.counterparties)
    below: list[Reason] = t.acts([each for each in spoken if each.verb in owed.DENYING][-1:])
    if not below:
        below = _no_source(t, outlook, life, reading, now)
    return [Reason(f"{reading} does not recognise it", False, None, None, None, tuple(below))]


def _no_source(t: Telling, outlook: Outlook, life: Life, party: str, now: Instant) -> list[Reason]:
    """Why none of its sources binds a party in this reading, which has to rely on the source as well."""
    chapter = outlook.chapter(life, now)
    who = (party,) if life.reading in (RECORD, party) else (party, life.reading)
    found = []
    for citation, _ in _resting(outlook, life, chapter, now):
        source = citation.source.name
        if at(outlook.dated(source), now) is None:
            found.append(Reason(f"{source} is not in view", False, citation.span, *cited(citation)))
            continue
        found.append(_by_citation(t, outlook, life, citation, who, now, carries=party in chapter.roles.debtors))
    if not found:
        span = outlook.case.commitments[life.name].span
        found.append(t.nothing(f"it rests on no source, and {party} has said no word that takes it up", span))
    return [*found, *why_done.versions(t, outlook, life, now, ["under"])] if not chapter.clauses.under else found


# ── acceptance ──────────────────────────────────────────────────────────────────────────────────────────────


def accepted(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """Why all who must have accepted a commitment have: each by its word, or by a source."""
    chapter = outlook.chapter(life, now)
    debtors = chapter.roles.debtors
    if life.reading == RECORD:
        return []
    if not all(at(owed.accepted_by(outlook, each, life, chapter), now) is not None for each in debtors):
        begin = owed.owed(outlook, life).agreed[0][0]
        words = f"agreed by both sides since {day(outlook, begin)}, which stays so"
        return [Reason(words, True, None, None, None, tuple(agreed(t, outlook, life, now)))]
    return [_acceptance(t, outlook, each, life, now) for each in debtors]


def _acceptance(t: Telling, outlook: Outlook, party: str, life: Life, now: Instant) -> Reason:
    chapter = outlook.chapter(life, now)
    words = f"{party} has accepted it"
    spoken = _words(outlook, party, life, now, owed_to=party in chapter.roles.creditors)
    if spoken:
        return Reason(words, True, None, None, None, tuple(t.acts(_affirming(spoken))))
    ways = [partial(by_source, t, outlook, party, life, now)] if _binding(outlook, party, life, chapter, now) else []
    ways += _undertakings(t, outlook, party, life, now, offers_only=True)
    return Reason(words, True, None, None, None, tuple(t.first_sound(ways)))


def _binding(outlook: Outlook, party: str, life: Life, chapter: Chapter, now: Instant) -> list[Citation]:
    """The citations of sources that a party stands by, on which the reading relies, and that carry."""
    return [
        citation
        for citation, rests in _resting(outlook, life, chapter, now)
        if rests
        and at(states.carries(outlook, citation.source.name), now) is not None
        and at(owed.stance(outlook, party, citation.source.name), now) is not None
        and (life.reading == RECORD or at(owed.stance(outlook, life.reading, citation.source.name), now) is not None)
    ]


def by_source(t: Telling, outlook: Outlook, party: str, life: Life, now: Instant) -> list[Reason]:
    """A source by which a party is bound, whatever words it has said."""
    found = _binding(outlook, party, life, outlook.chapter(life, now), now)
    who = (party,) if life.reading in (RECORD, party) else (party, life.reading)
    return [_by_citation(t, outlook, life, citation, who, now, carries=True) for citation in found[:1]]


def unconditional(t: Telling, outlook: Outlook, party: str, life: Life, now: Instant) -> list[Reason]:
    """What binds a party other than a promise or offer with a condition."""
    plain = [entry for entry in owed.words(outlook, party, life)
             if entry.verb in owed.AFFIRMING and entry.act.when is None and entry.said <= now]  # fmt: skip
    if _binding(outlook, party, life, outlook.chapter(life, now), now):
        return by_source(t, outlook, party, life, now)
    if plain:
        return t.acts(plain[:1])
    return agreed(t, outlook, life, now)


def not_accepted(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """Who of those who must have accepted a commitment has not, and what it said instead."""
    chapter = outlook.chapter(life, now)
    found = []
    for party in chapter.roles.debtors:
        if at(owed.accepted_by(outlook, party, life, chapter), now) is not None:
            continue
        spoken = _words(outlook, party, life, now, owed_to=party in chapter.roles.creditors)
        below = t.acts([each for each in spoken if each.verb in owed.DENYING][-1:])
        below = below or _no_source(t, outlook, life, party, now)
        for each in promises.made(outlook, party, life, "offers"):
            if at(each.stands, now) is not None:
                below.append(why_named.undertaking(t, outlook, each, party, life, now))
        found.append(Reason(f"{party} has not accepted it", False, None, None, None, tuple(below)))
    return found


# ── agreed ──────────────────────────────────────────────────────────────────────────────────────────────────


def agreed(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """Why a commitment was agreed: accepted by every bearer, and by somebody on the other side."""
    steps = owed.owed(outlook, life).agreed
    if not steps or steps[0][0] > now:
        return []
    begin = steps[0][0]
    chapter = outlook.chapter(life, begin)
    found = [_acceptance(t, outlook, each, life, begin) for each in chapter.roles.debtors]
    return [*found, *_other_side(t, outlook, life, chapter, begin)]


def _other_side(t: Telling, outlook: Outlook, life: Life, chapter: Chapter, now: Instant) -> list[Reason]:
    """Who stands by it on the other side: by a word on it, or by a source that it rests on."""
    case, roles = outlook.case, chapter.roles
    for party in roles.creditors:
        if party in roles.debtors or at(owed.stands_by(outlook, party, life, chapter), now) is None:
            continue
        words = f"{party} stands by it"
        spoken = _words(outlook, party, life, now, owed_to=True)
        if spoken:
            return [Reason(words, True, None, None, None, tuple(t.acts(_affirming(spoken))))]
        own = outlook.same_in(life, outlook.reading_of(party))
        for other in (life, *([own] if own is not None and own is not life else [])):
            for citation, rests in _resting(outlook, other, outlook.chapter(other, now), now):
                if rests and at(owed.stance(outlook, party, citation.source.name), now) is not None:
                    below = _by_citation(t, outlook, other, citation, (party,), now, carries=False)
                    return [Reason(words, True, None, None, None, (below,))]
    for citation, rests in _resting(outlook, life, chapter, now):
        source = citation.source.name
        if not rests or at(states.carries(outlook, source), now) is None:
            continue
        for author in sorted({case.party_of(ref.name) for ref in case.sources[source].by}):
            if author not in roles.debtors and at(owed.stance(outlook, author, source), now) is not None:
                below = _by_citation(t, outlook, life, citation, (author,), now, carries=True)
                return [Reason(f"{author} stands by it", True, None, None, None, (below,))]
    return []


def not_agreed(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """What was missing so that both sides would have agreed."""
    found = not_accepted(t, outlook, life, now)
    if found:
        return found
    others = outlook.chapter(life, now).roles.creditors
    which = f", {named(others)}," if others else ""
    return [t.nothing(f"nobody on the other side{which} stands by it")]
