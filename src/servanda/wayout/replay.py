"""A way out, replayed: its acts supposed in order, the standing engine says whether the goal is reached."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.model.conditions import AllOf, AnyOf, Condition
from servanda.model.record import Act
from servanda.standing.asking import Asking

from .acts_of_way import acts_of_way, day_of_step
from .goals import Goal
from .ground import Ground
from .moves import Move
from .rules_from_case import Plan, readings_of


def reaches(plan: Plan, ordered: tuple[Move, ...]) -> bool:
    """Whether all goals are so in the standings once the moves have been made."""
    after = _after(plan, acts_of_way(plan, ordered), _last(ordered))
    return all(_so(after, plan.ground, goal, goal.condition) for goal, _ in plan.goals)


def too_early(plan: Plan, ordered: tuple[Move, ...]) -> Iterator[Move]:
    """The moves before which what their actor waits for is not so, in its own reading, by the acts of earlier steps."""
    acts = acts_of_way(plan, ordered)
    for step in range(1, _last(ordered) + 1):
        day = day_of_step(plan, step)
        before = _after(plan, tuple(each for each in acts if each.dating != day and _is_before(each, day)), step - 1)
        for move in ordered:
            if move.step != step or move.atom is None:
                continue
            said = plan.atoms[move.atom]
            if said.key[0] == "done" and not any(
                _is_ready(before, bearer, str(said.key[1]), said.key[2]) for bearer in said.actors
            ):
                yield move


def _is_ready(before: Ground, bearer: str, name: str, key: object) -> bool:
    life = before.life(name, None if key is None else str(key), bearer)
    return life is not None and (
        before.performed(life) or before.gave_word(bearer, life) or (before.bound(bearer, life) and before.waited(life))
    )


def _is_before(act: Act, day: object) -> bool:
    return act.dating is not None and str(act.dating) < str(day)


def _last(ordered: tuple[Move, ...]) -> int:
    return max((each.step for each in ordered), default=0)


def _after(plan: Plan, acts: tuple[Act, ...], step: int) -> Ground:
    """The view once some acts have been done: the same channels, and those that the acts themselves go over."""
    channels = plan.ground.channels
    if channels is not None:
        channels |= {ref.name for act in acts for ref in act.channels}
    return Ground(plan.ground.inquiry.with_acts(acts), day_of_step(plan, step), channels)


def _so(after: Ground, before: Ground, goal: Goal, part: Condition) -> bool:
    if isinstance(part, AllOf):
        return all(_so(after, before, goal, each) for each in part.parts)
    if isinstance(part, AnyOf):
        return any(_so(after, before, goal, each) for each in part.parts)
    return all(after.so(part, Asking(each)) for each in readings_of(before, goal, part))
