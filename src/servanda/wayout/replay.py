"""A way out, replayed: its acts supposed in order, the standing engine says whether the goal is reached."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from servanda.model.conditions import AllOf, AnyOf, AtLeast, CameAbout, Condition, InState, Unless
from servanda.model.record import Act
from servanda.model.time import Dating, days_later
from servanda.standing.asking import Asking
from servanda.standing.life import Life

from .acts_of_way import acts_of_way
from .building import Guard
from .goals import Goal, atoms_of
from .ground import Ground
from .moves import Move, last_day, moves
from .rules_from_case import Plan, readings_of
from .system import Atom


class Replay:
    """A way whose concessions have been made, and the moves that they free: each view on it is worked out once."""

    def __init__(self, plan: Plan, granted: Iterable[int]) -> None:
        self.plan = plan
        self.granted = tuple(granted)

    @cached_property
    def _moves(self) -> tuple[Move, ...]:
        return moves(self.plan, self.granted)

    @cached_property
    def _acts(self) -> tuple[Act, ...]:
        return acts_of_way(self.plan, self._moves)

    @cached_property
    def _last(self) -> datetime.date:
        return last_day(self.plan, self.granted)

    @cached_property
    def _end(self) -> Ground:
        """The view on the day on which the goal is reached, once all moves have been made."""
        return self._after(self._acts, self._last)

    def _after(self, acts: tuple[Act, ...], day: datetime.date) -> Ground:
        """The view once some acts have been done, and nothing else since the date: the same channels, and those that
        the acts themselves go over.
        """
        ground = self.plan.ground
        channels = ground.channels
        if channels is not None:
            channels |= {ref.name for act in acts for ref in act.channels}
        return Ground(ground.past.with_acts(acts), Dating.on(day), channels)

    def reaches(self) -> bool:
        """Whether all goals are so in the standings.

        Where nothing has to be done, that is on the day or on the next: what was breached today can be kept from then
        on.
        """
        if self._all_so(self._end):
            return True
        return not self._acts and self._all_so(self._after((), days_later(self._last, 1)))

    def _all_so(self, view: Ground) -> bool:
        return all(_so(view, self.plan.ground, goal, goal.condition) for goal, _ in self.plan.goals)

    def too_early(self) -> Iterator[Move]:
        """The moves before which what their actor waits for is not so, in its own reading, by what was done before."""
        views: dict[datetime.date, Ground] = {}
        for move in self._moves:
            if move.atom is None or self.plan.atoms[move.atom].key[0] not in ("begun", "done"):
                continue
            _, name, key = self.plan.atoms[move.atom].key
            if move.day not in views:
                views[move.day] = self._after(tuple(self._acts_before(move.day)), move.day)
            if not any(_is_ready(views[move.day], bearer, str(name), key) for bearer in move.actors):
                yield move

    def _acts_before(self, day: datetime.date) -> Iterator[Act]:
        return (each for each in self._acts if each.dating is not None and each.dating.latest.day < day)

    def arisen(self) -> tuple[str, ...]:
        """The instances of what the goals name that will have come up by the time they are reached: no goal speaks of
        them.

        The goals ask for all instances so far, and that is up to the date at which they are asked.
        """
        before = self.plan.ground
        found: dict[str, None] = {}
        for goal, _ in self.plan.goals:
            for part in atoms_of(goal.condition):
                for reading in readings_of(before, goal, part):
                    there = {life.key for life in _instances(before, reading, part)}
                    later = _instances(self._end, reading, part) if there else ()
                    found |= dict.fromkeys(life.label for life in later if life.key not in there)
        return tuple(found)

    def brought_about(self, guards: Iterable[Guard]) -> frozenset[Atom]:
        """Of what is taken for granted, that which has changed by the end of the way."""
        return frozenset(each.atom for each in guards if self._has_changed(each))

    def _has_changed(self, guard: Guard) -> bool:
        name, reading = guard.exception, guard.asking.reading
        if isinstance(name, str):
            return len(self._end.lives(name, reading)) > len(self.plan.ground.lives(name, reading))
        return self._end.asserted(name, guard.asking)


def _is_ready(before: Ground, bearer: str, name: str, key: object) -> bool:
    life = before.life(name, None if key is None else str(key), bearer)
    return life is not None and (
        before.performed(life) or before.gave_word(bearer, life) or (before.bound(bearer, life) and before.waited(life))
    )


def _so(after: Ground, before: Ground, goal: Goal, part: Condition) -> bool:
    if isinstance(part, AllOf):
        return all(_so(after, before, goal, each) for each in part.parts)
    if isinstance(part, AnyOf):
        return any(_so(after, before, goal, each) for each in part.parts)
    if isinstance(part, AtLeast):
        return sum(_so(after, before, goal, each) for each in part.parts) >= part.count
    if isinstance(part, Unless):
        return _so(after, before, goal, part.condition) and not _so(after, before, goal, part.exception)
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
