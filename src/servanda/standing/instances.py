"""The instances of each kind of `for each` (semantics §7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from servanda.model.commitments import EachBreach, EachEvent, EachMember, EachPeriod
from servanda.model.conditions import Value
from servanda.model.time import Duration

from . import conditions, course
from .asking import Asking
from .assertions import fits
from .credit import credit
from .life import Life
from .stretches import ALWAYS, ALWAYS_SO, NEVER, Steps, any_of, within
from .texts import texts

if TYPE_CHECKING:
    from .outlook import Outlook

#: A family by periods has no more instances than this.
_MOST_PERIODS = 10_000


def lives(outlook: Outlook, reading: str, name: str) -> list[Life]:
    """The lives of a commitment in a reading. An instance is named by its first argument, or an ordinal."""
    each = outlook.text(reading).clauses(name, None).for_each
    if each is None:
        return [_life(outlook, reading, name, (None, None, 1))]
    match each:
        case EachMember():
            return _members(outlook, reading, name, each)
        case EachEvent():
            kept = outlook.kept(name, ("events", reading))
            if kept is None:
                kept = outlook.keep(name, ("events", reading), list(_events(outlook, reading, name, each)))
            return kept  # type: ignore[no-any-return]
        case EachBreach(commitment=ref):
            key = None if ref.key is None else str(ref.key)

            def breaches() -> tuple[Steps]:
                found = [
                    step
                    for other in outlook.lives(reading, ref.name)
                    if key is None or other.key == key
                    for step in course.course(outlook, other).breaches
                ]
                return (tuple((at, NEVER, at, at) for at, _, _, _ in sorted(found)),)

            starts = outlook.solved(name, ("breaches", reading), breaches)[0]
        case EachPeriod(count=count, unit=unit, of=of):
            length = Duration(count, unit)

            def periods() -> tuple[Steps]:
                found = []
                for begin, end, _, _ in conditions.so(outlook, of, Asking(reading)):
                    start, number = begin, 0
                    while start < min(end, outlook.horizon + 1) and start > ALWAYS and number < _MOST_PERIODS:
                        found.append((start, NEVER, start, start))
                        number += 1
                        start = outlook.clock.after(begin, length, number)
                return (tuple(found),)

            starts = outlook.solved(name, ("periods", reading), periods)[0]
    return [
        _life(outlook, reading, name, (str(number), (begin, begin), number))
        for number, (begin, _, _, _) in enumerate(starts, 1)
    ]


def _life(outlook: Outlook, reading: str, name: str, what: tuple[str | None, tuple[int, int] | None, int]) -> Life:
    """The one life of this name, key and origin in a reading."""
    kept = outlook.kept(name, ("life", reading, what))
    if kept is None:
        key, arose, number = what
        exists = ALWAYS_SO if arose is None else ((arose[1], NEVER, *arose),)
        life = Life(name, reading, outlook.case.commitments[name].kind, key, {}, arose, number, exists)
        kept = outlook.keep(name, ("life", reading, what), life)
    return kept  # type: ignore[no-any-return]


def _members(outlook: Outlook, reading: str, name: str, each: EachMember) -> list[Life]:
    """One for each member of a term, while it is one."""
    kept = outlook.kept(name, ("members", reading))
    if kept is not None:
        return kept  # type: ignore[no-any-return]
    exists: dict[str, list[Steps]] = {}
    for begin, end, text in texts(outlook, reading, outlook.opened([each.term.name])):
        for member in text.listed(each.term.name):
            exists.setdefault(member, []).append(within(ALWAYS_SO, begin, end))
    kind = outlook.case.commitments[name].kind
    found = [
        Life(name, reading, kind, member, {each.variable.name: member}, None, number, _whole(steps))
        for number, (member, steps) in enumerate(exists.items(), 1)
    ]
    return outlook.keep(name, ("members", reading), found)


def _whole(steps: list[Steps]) -> Steps:
    found = any_of(steps)
    return ALWAYS_SO if found == ALWAYS_SO else found


def _events(outlook: Outlook, reading: str, name: str, each: EachEvent) -> Iterator[Life]:
    """One for each such event that the reading credits, in the order in which they happened."""
    event, kind = each.event, outlook.case.commitments[name].kind
    variables = [argument.name for argument in event.arguments if argument.value is None and argument.term is None]
    first = event.arguments[0].name if event.arguments else ""
    text = outlook.text(reading)
    taken: dict[str, int] = {}
    number = 0
    for occurrence in outlook.occurrences(event.event.name):
        told = dict(occurrence.arguments)
        if not fits(event, told, text, {}):
            continue
        if not any(credit(outlook, reading, asserted, None) for asserted in occurrence.assertions):
            continue
        number += 1
        value = told.get(first) or str(number)
        taken[value] = taken.get(value, 0) + 1
        key = value if taken[value] == 1 else f"{value} ({taken[value]})"
        binding: dict[str, Value] = {each_: told[each_] for each_ in variables if each_ in told}
        arose = (occurrence.early, occurrence.late)
        yield Life(name, reading, kind, key, binding, arose, number, ((arose[1], NEVER, *arose),))
