"""A way out, replayed: its acts supposed in order, the standing engine says whether the goal is reached."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import msgspec

from servanda.model.conditions import AllOf, AnyOf, CameAbout, Condition, InState
from servanda.model.record import Act
from servanda.standing.asking import Asking
from servanda.standing.life import Life

from .acts_of_way import acts_of_way, dating
from .building import Guard
from .goals import Goal, atoms_of
from .ground import Ground
from .moves import Move, last_day, moves
from .rules_from_case import Plan, readings_of
from .system import Atom


def reaches(plan: Plan, granted: Iterable[int]) -> bool:
    """Whether all goals are so in the standings once the concessions have been made, and the moves that they free.

    Where nothing has to be done, that is on the day or on the next: what was breached today can be kept from then on.
    """
    granted = tuple(granted)
    acts, last = acts_of_way(plan, moves(plan, granted)), last_day(plan, granted)
    days = [last] if acts else [last, last + datetime.timedelta(days=1)]
    views = (_after(plan, acts, day) for day in days)
    return any(all(_so(view, plan.ground, goal, goal.condition) for goal, _ in plan.goals) for view in views)


def arisen(plan: Plan, granted: Iterable[int]) -> tuple[str, ...]:
    """The instances of what the goals name that will have come up by the time they are reached: no goal speaks of them.

    The goals ask for all instances so far, and that is up to the date at which they are asked.
    """
    after = _at_the_end(plan, tuple(granted))
    found: dict[str, None] = {}
    for goal, _ in plan.goals:
        for part in atoms_of(goal.condition):
            for reading in readings_of(plan.ground, goal, part):
                there = {life.key for life in _instances(plan.ground, reading, part)}
                later = _instances(after, reading, part) if there else ()
                found |= dict.fromkeys(life.label for life in later if life.key not in there)
    return tuple(found)


def brought_about(plan: Plan, granted: Iterable[int], guards: Iterable[Guard]) -> frozenset[Atom]:
    """Of what is taken for granted, that which has changed by the end of a way."""
    after = _at_the_end(plan, tuple(granted))
    return frozenset(each.atom for each in guards if _has_changed(plan.ground, after, each))


def _has_changed(before: Ground, after: Ground, guard: Guard) -> bool:
    name, reading = guard.exception, guard.asking.reading
    if isinstance(name, str):
        return len(after.lives(name, reading)) > len(before.lives(name, reading))
    return after.asserted(name, guard.asking)


def too_early(plan: Plan, granted: Iterable[int]) -> Iterator[Move]:
    """The moves before which what their actor waits for is not so, in its own reading, by what was done before."""
    ordered = moves(plan, granted)
    acts = acts_of_way(plan, ordered)
    views: dict[datetime.date, Ground] = {}
    for move in ordered:
        if move.atom is None or plan.atoms[move.atom].key[0] not in ("begun", "done"):
            continue
        _, name, key = plan.atoms[move.atom].key
        if move.day not in views:
            earlier = tuple(each for each in acts if each.dating is not None and each.dating.latest.day < move.day)
            views[move.day] = _after(plan, earlier, move.day)
        if not any(_is_ready(views[move.day], bearer, str(name), key) for bearer in move.actors):
            yield move


def _is_ready(before: Ground, bearer: str, name: str, key: object) -> bool:
    life = before.life(name, None if key is None else str(key), bearer)
    return life is not None and (
        before.performed(life) or before.gave_word(bearer, life) or (before.bound(bearer, life) and before.waited(life))
    )


def _at_the_end(plan: Plan, granted: tuple[int, ...]) -> Ground:
    """The view on the day on which a way reaches its goal, once all its moves have been made."""
    return _after(plan, acts_of_way(plan, moves(plan, granted)), last_day(plan, granted))


def _after(plan: Plan, acts: tuple[Act, ...], day: datetime.date) -> Ground:
    """The view once some acts have been done, and nothing else since the date: the same channels, and those that the
    acts themselves go over.
    """
    channels = plan.ground.channels
    if channels is not None:
        channels |= {ref.name for act in acts for ref in act.channels}
    return Ground(plan.ground.past.with_acts(acts), dating(day), channels)


def _so(after: Ground, before: Ground, goal: Goal, part: Condition) -> bool:
    if isinstance(part, AllOf):
        return all(_so(after, before, goal, each) for each in part.parts)
    if isinstance(part, AnyOf):
        return any(_so(after, before, goal, each) for each in part.parts)
    asked = [(reading, each) for reading in readings_of(before, goal, part) for each in _so_far(before, reading, part)]
    return all(after.so(each, Asking(reading)) for reading, each in asked)


def _so_far(before: Ground, reading: str, part: Condition) -> list[Condition]:
    """A part of a goal, of each instance by itself: a bare name stands for those that are there when it is asked."""
    if not isinstance(part, CameAbout | InState) or part.ref.key is not None:
        return [part]
    keys = [life.key for life in _instances(before, reading, part) if life.key is not None]
    named = (msgspec.structs.replace(part.ref, key=key) for key in keys)
    return [msgspec.structs.replace(part, ref=each) for each in named] or [part]


def _instances(ground: Ground, reading: str, part: Condition) -> list[Life]:
    if not isinstance(part, CameAbout | InState) or part.ref.key is not None:
        return []
    if part.ref.name not in ground.case.commitments or (isinstance(part, InState) and part.state == "breached"):
        return []
    return ground.lives(part.ref.name, reading)
