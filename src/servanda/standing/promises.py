"""Promises and offers: while they stand, when their condition is met, which date they name."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from . import conditions, owed
from .asking import Asking
from .life import Life
from .record import Entry
from .stretches import (
    ALWAYS,
    NEVER,
    NEVER_SO,
    Instant,
    Steps,
    all_of,
    any_of,
    at,
    both,
    either,
    since,
    sooner,
    within,
    without,
)

if TYPE_CHECKING:
    from .outlook import Outlook

_ANEW = ("recognises", "promises", "offers")


class Undertaking(NamedTuple):
    """A promise or offer: while it stands, and while it stands with its condition met."""

    entry: Entry
    stands: Steps
    met: Steps


def made(outlook: Outlook, giver: str, life: Life, verb: str) -> list[Undertaking]:
    """A giver's promises (or offers) of a commitment. Asked in the giver's own reading, whoever asks."""
    entries = _by(outlook, giver, life, verb)
    if not entries:
        return []
    what = (verb, giver, life.key, life.arose, len(entries))
    steps = outlook.solved((life.name, what), _made, giver, life, verb, empty=(NEVER_SO,) * (2 * len(entries)))
    return [Undertaking(entry, steps[2 * at], steps[2 * at + 1]) for at, entry in enumerate(entries)]


def _by(outlook: Outlook, giver: str, life: Life, verb: str) -> list[Entry]:
    entries = outlook.acts(life.name).by_verb.get(verb)
    if entries is None:
        return []
    return [entry for entry in entries if giver in entry.parties and entry.about(life.name, life.key)]


def _made(outlook: Outlook, giver: str, life: Life, verb: str) -> tuple[Steps, ...]:
    """While each of them stands, and while it stands with its condition met."""
    steps: list[Steps] = []
    for entry in _by(outlook, giver, life, verb):
        stands = _stands(outlook, entry, giver, life, verb)
        met = stands
        if entry.act.when is not None and stands:
            asking = Asking(outlook.reading_of(giver), life.binding, (giver,))
            met = both(stands, conditions.so(outlook, entry.act.when, asking))
        steps += [stands, met]
    return tuple(steps)


def _stands(outlook: Outlook, entry: Entry, giver: str, life: Life, verb: str) -> Steps:
    """An offer stands until it is withdrawn; a promise also falls when all to whom it was made reject it.

    A promise that its giver takes back before it was agreed is none.
    """
    stands = since(entry.said, entry.early)
    verbs = outlook.acts(life.name).by_verb
    if "withdraws" not in verbs and "rejects" not in verbs:
        return stands
    withdrawn = _after(outlook, entry, giver, life, ("withdraws", "rejects"))
    if verb == "offers":
        return without(stands, withdrawn)
    if withdrawn:
        agreed = any_of(
            within(owed.owed(outlook, each).agreed, -NEVER, NEVER)
            for reading in outlook.readings
            if (each := outlook.same_in(life, reading)) is not None
        )
        withdrawn = within(withdrawn, -NEVER, agreed[0][0] + 1) if agreed else withdrawn
    own = outlook.same_in(life, outlook.reading_of(giver)) or life
    rejected = []
    for chapter in outlook.chapters(own):
        to = chapter.roles.creditors
        if to:
            by_all = all_of(_after(outlook, entry, each, life, ("rejects",)) for each in to)
            rejected.append(within(by_all, chapter.begin, chapter.end))
    return without(without(stands, withdrawn), any_of(rejected))


def _after(outlook: Outlook, entry: Entry, party: str, life: Life, verbs: tuple[str, ...]) -> Steps:
    """While a party's latest word since is one of these."""
    found = []
    begin: int | None = None
    for each in owed.words(outlook, party, life):
        if not each.follows(entry) or (each.verb not in verbs and each.verb not in _ANEW):
            continue
        if each.verb in verbs:
            begin = each.said if begin is None else begin
        elif begin is not None:
            if begin < each.said:
                found.append((begin, each.said, begin, begin))
            begin = None
    if begin is not None:
        found.append((begin, NEVER, begin, begin))
    return tuple(found)


def met_promise(outlook: Outlook, giver: str, life: Life) -> Steps:
    """While a promise stands whose condition is met: without `when`, at once."""
    if "promises" not in outlook.acts(life.name).by_verb:
        return NEVER_SO
    return any_of([each.met for each in made(outlook, giver, life, "promises")])


def met_offer(outlook: Outlook, giver: str, life: Life) -> Steps:
    """While an open offer's condition is met; one without a condition stays an offer."""
    if "offers" not in outlook.acts(life.name).by_verb:
        return NEVER_SO
    return any_of([each.met for each in made(outlook, giver, life, "offers") if each.entry.act.when is not None])


def offered(outlook: Outlook, giver: str, life: Life) -> Steps:
    """While any offer of it stands."""
    if "offers" not in outlook.acts(life.name).by_verb:
        return NEVER_SO
    return any_of([each.stands for each in made(outlook, giver, life, "offers")])


def standing(outlook: Outlook, giver: str, life: Life) -> Steps:
    """While any promise of it stands."""
    if "promises" not in outlook.acts(life.name).by_verb:
        return NEVER_SO
    return any_of([each.stands for each in made(outlook, giver, life, "promises")])


def undertaken(outlook: Outlook, giver: str, life: Life) -> Steps:
    """While it is promised to somebody: by a promise, or an offer whose condition is met."""
    return either(standing(outlook, giver, life), met_offer(outlook, giver, life))


def in_effect(outlook: Outlook, debtors: tuple[str, ...], life: Life) -> Steps:
    """While all debtors have a promise in effect, or an offer whose condition is met."""
    if not debtors:
        return NEVER_SO
    return all_of(either(met_promise(outlook, each, life), met_offer(outlook, each, life)) for each in debtors)


# ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────


def dates_of(outlook: Outlook, entry: Entry, giver: str, life: Life) -> Steps:
    """The date that a promise or offer names; `within D` counts from the act."""
    act = entry.act
    if act.by is None and act.within is None:
        return NEVER_SO
    asking = Asking(outlook.reading_of(giver), life.binding, (giver,), end=True)
    found = []
    if act.by is not None:
        found.append(conditions.dates(outlook, act.by, asking))
    if act.within is not None:
        duration = act.within.duration
        if act.within.of is None:
            anchors: Steps = ((ALWAYS, NEVER, entry.early, entry.said),)
        else:
            anchors = conditions.dates(outlook, act.within.of, asking._replace(end=False))
        calendar = outlook.calendar(asking.reading)
        found.append(
            conditions.shifted(outlook, anchors, lambda each: outlook.clock.moved(each, duration, 1, "end", calendar))
        )
    return sooner(found)


def named_dates(outlook: Outlook, giver: str, life: Life, rung: str) -> Steps:
    """The earliest date that somebody's standing promises, or offers, name."""
    found = []
    if rung == "promised":
        for each in made(outlook, giver, life, "promises"):
            found.append(_while(dates_of(outlook, each.entry, giver, life), each.stands))
    for each in made(outlook, giver, life, "offers"):
        if rung == "offered" or each.entry.act.when is not None:
            stands = each.stands if rung == "offered" else each.met
            found.append(_while(dates_of(outlook, each.entry, giver, life), stands))
    found = [each for each in found if each]
    return sooner(found) if found else NEVER_SO


def _while(dates: Steps, stands: Steps) -> Steps:
    """Dates, while something is so."""
    return tuple(step for begin, end, _, _ in stands for step in within(dates, begin, end))


def deadlines(
    outlook: Outlook,
    life: Life,
    debtors: tuple[str, ...],
    creditors: tuple[str, ...],
    text: Steps,
    moved: Callable[[Steps, Instant], Steps],
) -> Steps:
    """By when it is due: a promise's date counts where the text has none or a later one; a later date only once the
    counterparties accept it. Joint bearers have promised a date when all have: the latest of theirs.

    `moved` moves dates that were said at an instant by the time suspended since.
    """
    verbs = outlook.acts(life.name).by_verb
    if "promises" not in verbs and "offers" not in verbs:
        return text
    undertakings: dict[str, list[tuple[Undertaking, Steps]]] = {}
    for debtor in debtors:
        every = [
            *made(outlook, debtor, life, "promises"),
            *(each for each in made(outlook, debtor, life, "offers") if each.entry.act.when is not None),
        ]
        undertakings[debtor] = [
            (each, dates)
            for each in sorted(every, key=lambda each: each.entry.place)
            if each.met and (dates := moved(dates_of(outlook, each.entry, debtor, life), each.entry.said))
        ]
    if not any(undertakings.values()):
        return text
    accepted = {
        each.entry.order: _accepted_since(outlook, each.entry, creditors, life)
        for own in undertakings.values()
        for each, _ in own
    }
    pieces = [text, *accepted.values(), *(part for own in undertakings.values() for u, d in own for part in (u.met, d))]
    edges = sorted({ALWAYS, NEVER, *(edge for piece in pieces for step in piece for edge in step[:2])})
    found: list[tuple[int, int, int, int]] = []
    for begin, end in itertools.pairwise(edges):
        chosen = _deadline(undertakings, accepted, text, begin)
        if chosen is None:
            continue
        if found and found[-1][1] == begin and found[-1][2:] == chosen:
            found[-1] = (found[-1][0], end, *chosen)
        else:
            found.append((begin, end, *chosen))
    return tuple(found)


def _deadline(
    undertakings: dict[str, list[tuple[Undertaking, Steps]]], accepted: dict[int, Steps], text: Steps, now: int
) -> tuple[int, int] | None:
    of_text = at(text, now)
    found = []
    for own in undertakings.values():
        current = None if of_text is None else of_text[2:]
        for undertaking, dates in own:
            date = at(dates, now)
            if date is None or at(undertaking.met, now) is None:
                continue
            if current is None or date[3] <= current[1] or at(accepted[undertaking.entry.order], now) is not None:
                current = date[2:]
        found.append(current)
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        return None if of_text is None else of_text[2:]
    return max(early for early, _ in known), max(late for _, late in known)


def _accepted_since(outlook: Outlook, entry: Entry, creditors: tuple[str, ...], life: Life) -> Steps:
    """Since when every counterparty has accepted it after a promise, and with it a later date."""
    return all_of(
        any_of(
            since(each.said)
            for each in owed.words(outlook, party, life)
            if each.follows(entry) and each.verb in ("recognises", "confirms", "consents")
        )
        for party in creditors
    )
