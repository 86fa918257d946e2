"""A way out, replayed: its acts supposed in order, the standing engine says whether the goal is reached."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from servanda.model.conditions import AllOf, AnyOf, Condition
from servanda.model.record import Act
from servanda.standing.asking import Asking

from .acts_of_way import acts_of_way, dating
from .goals import Goal
from .ground import Ground
from .moves import Move, last_day, moves
from .rules_from_case import Plan, readings_of


def reaches(plan: Plan, granted: Iterable[int]) -> bool:
    """Whether all goals are so in the standings once the concessions have been made, and the moves that they free."""
    granted = tuple(granted)
    after = _after(plan, acts_of_way(plan, moves(plan, granted)), last_day(plan, granted))
    return all(_so(after, plan.ground, goal, goal.condition) for goal, _ in plan.goals)


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


def _after(plan: Plan, acts: tuple[Act, ...], day: datetime.date) -> Ground:
    """The view once some acts have been done: the same channels, and those that the acts themselves go over."""
    channels = plan.ground.channels
    if channels is not None:
        channels |= {ref.name for act in acts for ref in act.channels}
    return Ground(plan.ground.inquiry.with_acts(acts), dating(day), channels)


def _so(after: Ground, before: Ground, goal: Goal, part: Condition) -> bool:
    if isinstance(part, AllOf):
        return all(_so(after, before, goal, each) for each in part.parts)
    if isinstance(part, AnyOf):
        return any(_so(after, before, goal, each) for each in part.parts)
    return all(after.so(part, Asking(each)) for each in readings_of(before, goal, part))
