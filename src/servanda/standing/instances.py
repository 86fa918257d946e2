"""The instances of each kind of `for each`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.model.commitments import EachBreach, EachEvent, EachMember, EachPeriod, numbered
from servanda.model.conditions import Ref, Value
from servanda.model.time import Duration

from . import conditions, course, states
from .asking import Asking
from .assertions import fits
from .credit import credit
from .life import Life
from .stretches import ALWAYS, ALWAYS_SO, NEVER, Instant, Steps, any_of, within
from .texts import texts

if TYPE_CHECKING:
    from .outlook import Outlook

#: A family by periods has no more instances than this.
_MOST_PERIODS = 10_000


def lives(outlook: Outlook, reading: str, name: str) -> list[Life]:
    """The lives of a commitment in a reading. An instance is named by its first open argument, or an ordinal."""
    each = outlook.text(reading).clauses(name, None).for_each
    if each is None:
        return [outlook.life(name, reading)]
    match each:
        case EachMember():
            members: list[Life] = outlook.gathered(name, ("members", reading), _members, outlook, reading, name, each)
            return members
        case EachEvent():
            found: list[Life] = outlook.gathered(name, ("events", reading), _events, outlook, reading, name, each)
            return found
        case EachBreach(commitment=ref):
            starts = outlook.solved((name, ("breaches", reading)), _breaches, reading, ref)[0]
        case EachPeriod():
            starts = outlook.solved((name, ("periods", reading)), _periods, reading, each, empty=((), ()))[0]
    return [
        outlook.life(name, reading, str(number), arose=(begin, begin), number=number)
        for number, (begin, _, _, _) in enumerate(starts, 1)
    ]


def _breaches(outlook: Outlook, reading: str, ref: Ref) -> tuple[Steps]:
    """From when on there is one for each breach."""
    found = [
        step
        for other in states.lives_named(outlook, reading, ref.name, ref.instance)
        for step in course.course(outlook, other).breaches
    ]
    return (tuple((at, NEVER, at, at) for at, _, _, _ in sorted(found)),)


def _periods(outlook: Outlook, reading: str, each: EachPeriod) -> tuple[Steps, Steps]:
    """From when on there is one for each period, up to the horizon; and from when on those that come next beyond it."""
    found, beyond, length = [], [], Duration(each.count, each.unit)
    for begin, end, _, _ in conditions.so(outlook, each.of, Asking(reading)):
        start, number = begin, 0
        while ALWAYS < start < end and start <= outlook.horizon and number < _MOST_PERIODS:
            found.append((start, NEVER, start, start))
            number += 1
            start = outlook.clock.after(begin, length, number)
        if outlook.horizon < start < end and number < _MOST_PERIODS:
            beyond.append((start, NEVER, start, start))
    return tuple(found), tuple(beyond)


def other_periods(before: Outlook, horizon: Instant) -> set[str]:
    """The families by periods of which there are others up to a horizon than were found up to that of an outlook."""
    return {
        name
        for name in before.links.by_periods
        for (_, what), value, _ in before.solved_about(name)
        if isinstance(what, tuple)
        and what[0] == "periods"
        and (any(each[0] > horizon for each in value[0]) or any(each[0] <= horizon for each in value[1]))
    }


def _members(outlook: Outlook, reading: str, name: str, each: EachMember) -> list[Life]:
    """One for each member of a term, while it is one."""
    exists: dict[str, list[Steps]] = {}
    for begin, end, text in texts(outlook, reading, outlook.opened([each.term.name])):
        for member in text.listed(each.term.name):
            exists.setdefault(member, []).append(within(ALWAYS_SO, begin, end))
    return [
        outlook.life(name, reading, member, {each.variable.name: member}, number=number, exists=_whole(steps))
        for number, (member, steps) in enumerate(exists.items(), 1)
    ]


def _whole(steps: list[Steps]) -> Steps:
    found = any_of(steps)
    return ALWAYS_SO if found == ALWAYS_SO else found


def _events(outlook: Outlook, reading: str, name: str, each: EachEvent) -> list[Life]:
    """One for each such event that the reading credits, in the order in which they happened."""
    event = each.event
    found: list[Life] = []
    variables = [argument.name for argument in event.arguments if argument.value is None and argument.term is None]
    text = outlook.text(reading)
    taken: dict[str, int] = {}
    for occurrence in outlook.occurrences(event.event.name):
        told = dict(occurrence.arguments)
        if not fits(event, told, text, {}):
            continue
        if not any(credit(outlook, reading, asserted, None) for asserted in occurrence.assertions):
            continue
        number = len(found) + 1
        value = told.get(each.called_by) or str(number)
        taken[value] = taken.get(value, 0) + 1
        binding: dict[str, Value] = {each_: told[each_] for each_ in variables if each_ in told}
        arose = (occurrence.early, occurrence.late)
        found.append(outlook.life(name, reading, numbered(value, taken[value]), binding, arose, number))
    return found
