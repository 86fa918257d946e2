"""Is it owed at all? Recognition, acceptance, agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import conditions, promises, states
from .asking import Asking
from .lending import Premise
from .life import Chapter, Life, Roles, by_chapter
from .record import Entry
from .stretches import (
    ALWAYS,
    ALWAYS_SO,
    NEVER,
    NEVER_SO,
    Steps,
    all_of,
    any_of,
    both,
    either,
    onward,
    since,
    within,
    without,
)
from .view import RECORD

if TYPE_CHECKING:
    from .outlook import Outlook

AFFIRMING = frozenset(["recognises", "promises", "begins", "claims"])
DENYING = frozenset(["rejects", "withdraws"])


class Owed(NamedTuple):
    """While a commitment is recognised in a reading, accepted by those bound, and agreed. A demand makes no debt."""

    recognised: Steps
    accepted: Steps
    agreed: Steps

    @property
    def owed(self) -> Steps:
        """While it is owed: recognised and accepted."""
        return both(self.recognised, self.accepted)


NOTHING = Owed(NEVER_SO, NEVER_SO, NEVER_SO)


def owed(outlook: Outlook, life: Life) -> Owed:
    """Whether a life is recognised, accepted and agreed, and while it is."""
    return outlook.solved(life.questions.owed, _owed, life, empty=NOTHING)


def _owed(outlook: Outlook, life: Life) -> Owed:
    chapters, there = outlook.chapters(life), life.exists

    def agreeing(chapter: Chapter) -> Steps:
        accepting = within(accepted, chapter.begin, chapter.end)
        return both(accepting, _other_side(outlook, life, chapter)) if accepting else NEVER_SO

    accepted = by_chapter(chapters, lambda chapter: _accepted_by_all(outlook, life, chapter))
    agreed = both(by_chapter(chapters, agreeing), there)
    agreed = since(agreed[0][0]) if agreed else NEVER_SO
    if life.reading == RECORD:
        recognised = agreed
    else:
        recognised = both(by_chapter(chapters, lambda chapter: _recognised(outlook, life, chapter)), there)
    return Owed(recognised, either(both(accepted, there), agreed), agreed)


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────


def words(outlook: Outlook, party: str, life: Life) -> list[Entry]:
    """A party's acts on a commitment, in their order."""
    return [
        entry for entry in outlook.acts(life.name).all if party in entry.parties and entry.about(life.name, life.key)
    ]


def affirmed(outlook: Outlook, party: str, life: Life) -> list[Entry]:
    """A party's words on a commitment that affirm it without a condition; its own, or those it is lent."""
    lending = outlook.lending
    if lending is not None and lending.lends(party, Premise("word", life.name)):
        outlook, party = lending.theirs, lending.lender
    return [each for each in words(outlook, party, life) if each.verb in AFFIRMING and each.act.when is None]


def _word(outlook: Outlook, party: str, life: Life, *, owed_to: bool) -> tuple[Steps, Steps]:
    """While a party's latest word on a commitment recognises it, and while there is any such word."""
    lending = outlook.lending
    if lending is not None and lending.lends(party, Premise("word", life.name)):
        owed_to = lending.lender in outlook.chapters(life)[-1].roles.counterparties
        outlook, party = lending.theirs, lending.lender
    begin, so_now = None, False
    first: int | None = None
    found: list[tuple[int, int, int, int]] = []
    for entry in outlook.acts(life.name).all:
        verb = entry.verb
        if verb in AFFIRMING or (verb == "protests" and owed_to):
            so = True
        elif verb in DENYING:
            so = False
        else:
            continue
        if party not in entry.parties or not entry.about(life.name, life.key):
            continue
        if first is None:
            first = entry.said
        if so and not so_now:
            begin = entry.said
        elif so_now and not so and begin is not None and begin < entry.said:
            found.append((begin, entry.said, begin, begin))
        so_now = so
    if so_now and begin is not None:
        found.append((begin, NEVER, begin, begin))
    return tuple(found), NEVER_SO if first is None else since(first)


def stance(outlook: Outlook, party: str, source: str) -> Steps:
    """While a party stands by a source: it wrote, signed or recognised it, and has not taken that back."""
    lending = outlook.lending
    if lending is not None and lending.lends(party, Premise("source", source)):
        outlook.note(source)
        return stance(lending.theirs, lending.lender, source)
    kept: Steps | None = outlook.kept(source, ("stance", party))
    if kept is None:
        kept = outlook.keep(source, ("stance", party), _stance(outlook, party, source))
    else:
        outlook.note(source)
    return kept


def _stance(outlook: Outlook, party: str, source: str) -> Steps:
    dated = outlook.dated(source)
    if not dated:
        return NEVER_SO
    case = outlook.case
    (begin, _, early, late) = dated[0]
    wrote = any(case.party_of(ref.name) == party for ref in case.sources[source].by)
    standing: tuple[int, int, int] | None = (begin, early, late) if wrote else None
    found = []
    for entry in outlook.acts(source).all:
        if party not in entry.parties or not entry.about(source, None):
            continue
        if entry.verb in ("signs", "recognises"):
            if standing is None:
                standing = max(entry.said, begin), max(entry.early, early), max(entry.said, late)
        elif entry.verb in DENYING:
            if standing is not None and standing[0] < entry.said:
                found.append((standing[0], entry.said, standing[1], standing[2]))
            standing = None
    if standing is not None:
        found.append((standing[0], NEVER, standing[1], standing[2]))
    return tuple(found)


def resting(outlook: Outlook, life: Life, chapter: Chapter) -> list[tuple[str, Steps]]:
    """The sources that a commitment rests on in a reading, with the time in which it does: while `where` holds."""
    found = []
    for citation in chapter.clauses.under:
        steps = outlook.dated(citation.source.name)
        if steps and citation.where is not None:
            steps = both(steps, conditions.so(outlook, citation.where, Asking(life.reading, life.binding)))
        if steps:
            found.append((citation.source.name, steps))
    return found


# ── recognition ─────────────────────────────────────────────────────────────────────────────────────────────


def _recognised(outlook: Outlook, life: Life, chapter: Chapter) -> Steps:
    """By the party's latest word; without one, by a source that it stands by, or since it was promised to it."""
    reading, roles = life.reading, chapter.roles
    word, spoken = _word(outlook, reading, life, owed_to=reading in roles.counterparties)
    if spoken is ALWAYS_SO or (spoken and spoken[0][0] <= ALWAYS):
        return word
    found = [both(steps, stance(outlook, reading, source)) for source, steps in resting(outlook, life, chapter)]
    if reading in roles.debtors:
        found.append(promises.met_offer(outlook, reading, life))
    if reading in roles.creditors:
        found += [promises.undertaken(outlook, debtor, life) for debtor in roles.debtors]
    return either(word, without(any_of(found), spoken))


# ── acceptance ──────────────────────────────────────────────────────────────────────────────────────────────


def _accepted_by_all(outlook: Outlook, life: Life, chapter: Chapter) -> Steps:
    debtors = chapter.roles.debtors
    return all_of(accepted_by(outlook, debtor, life, chapter) for debtor in debtors) if debtors else NEVER_SO


def accepted_by(outlook: Outlook, party: str, life: Life, chapter: Chapter) -> Steps:
    """By a word of its own, or by a source that the reading relies on; whatever the party's own `where`."""
    word, spoken = _word(outlook, party, life, owed_to=party in chapter.roles.creditors)
    silent = either(promises.met_offer(outlook, party, life), by_source(outlook, party, life, chapter))
    return either(word, without(silent, spoken))


def by_source(outlook: Outlook, party: str, life: Life, chapter: Chapter) -> Steps:
    """While a party accepts a source that the commitment rests on, that the reading relies on and that carries."""
    if any(citation.where is not None for citation in chapter.clauses.under):  # which may hang on anything
        return _by_source(outlook, party, life, chapter)
    what = ("by source", party, life, chapter.begin)
    found: Steps = outlook.gathered(life.name, what, _by_source, outlook, party, life, chapter)
    return found


def _by_source(outlook: Outlook, party: str, life: Life, chapter: Chapter) -> Steps:
    found = []
    for source, steps in resting(outlook, life, chapter):
        relied_on = ALWAYS_SO if life.reading == RECORD else stance(outlook, life.reading, source)
        found.append(all_of((steps, relied_on, states.carries(outlook, source), stance(outlook, party, source))))
    return any_of(found)


def unconditionally(outlook: Outlook, party: str, life: Life) -> Steps:
    """While a party has accepted a commitment other than by a promise or offer with a condition of its own.

    What was once agreed it cannot take back.
    """
    so = by_chapter(outlook.chapters(life), lambda chapter: by_source(outlook, party, life, chapter))
    affirming = affirmed(outlook, party, life)
    if affirming:
        so = either(so, since(affirming[0].said))
    if not so or (len(so) == 1 and so[0][1] == NEVER):
        return so
    agreed = owed(outlook, life).agreed
    return either(so, both(onward(so), within(ALWAYS_SO, agreed[0][0], NEVER))) if agreed else so


def _other_side(outlook: Outlook, life: Life, chapter: Chapter) -> Steps:
    """While somebody on the other side stands by it, or another author of a source that it rests on."""
    case, roles = outlook.case, chapter.roles
    if among_themselves(roles):
        return ALWAYS_SO
    found = [stands_by(outlook, each, life, chapter) for each in roles.creditors if each not in roles.debtors]
    for source, steps in resting(outlook, life, chapter):
        carrying = both(steps, states.carries(outlook, source))
        if carrying:
            authors = {case.party_of(ref.name) for ref in case.sources[source].by}
            found += [
                both(carrying, stance(outlook, author, source))
                for author in sorted(authors)
                if author not in roles.debtors
            ]
    return any_of(found)


def among_themselves(roles: Roles) -> bool:
    """Whether it binds several together and nobody else is concerned: then each is the others' other side."""
    return len(roles.debtors) > 1 and set(roles.creditors) <= set(roles.debtors)


def stands_by(outlook: Outlook, party: str, life: Life, chapter: Chapter) -> Steps:
    """By a word on it, or by a source on which it rests in this reading or in the party's own."""
    word, spoken = _word(outlook, party, life, owed_to=True)
    found = [both(steps, stance(outlook, party, source)) for source, steps in resting(outlook, life, chapter)]
    own = outlook.same_in(life, outlook.reading_of(party))
    if own is not None and own is not life:
        for other in outlook.chapters(own):
            found += [
                within(both(steps, stance(outlook, party, source)), other.begin, other.end)
                for source, steps in resting(outlook, own, other)
            ]
    return either(word, without(any_of(found), spoken))
