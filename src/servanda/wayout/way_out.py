"""(Plan, what is asked) → the way out: ways with their moves, choices, frontier, and what stays blocked."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from .choices import Choice, choices
from .easing import eased
from .frontier import Reach, frontier
from .moves import Move, moves
from .prices import shares
from .rules_from_case import Plan
from .sequence import Fixpoint
from .stuck import Stuck, stuck
from .ways import Report, Way, Ways
from .ways_that_hold import find_holding

#: All ways are listed up to so many.
MOST_WAYS = 1000


class Asked(msgspec.Struct, frozen=True):
    """What is asked of a plan: how many ways or all, by whose concessions, how prices vary, how long it may take."""

    most: int = 3
    all_ways: bool = False
    allowed: frozenset[int] | None = None
    draw: Callable[[], float] | None = None
    rounds: int = 1000
    left: Callable[[], float] | None = None
    report: Report | None = None


class Told(msgspec.Struct, frozen=True):
    """A way with the moves it frees, what stays blocked, and how often it is the cheapest under random prices: of all
    ways, where all are known, else of those found.

    `words` are those of its concessions, in their order: how little of each would do on this way.
    """

    way: Way
    words: tuple[str, ...]
    moves: tuple[Move, ...]
    still_blocked: tuple[str, ...]
    cheapest_share: float | None


class WayOut(msgspec.Struct, frozen=True):
    """The answer: a plan, never the record. `in_time` says that the time was not over before all was looked at."""

    plan: Plan
    stuck: Stuck
    found: Ways
    ways: tuple[Told, ...]
    choices: tuple[Choice, ...]
    frontier: tuple[Reach, ...]
    in_time: bool = True


def way_out(plan: Plan, asked: Asked) -> WayOut:
    """Find the ways out of a plan, and tell them."""
    system = plan.system
    allowed = frozenset(range(len(system.concessions))) if asked.allowed is None else asked.allowed
    found, plan = find_holding(
        plan, asked.most, allowed, asked.left, listed=MOST_WAYS if asked.all_ways else 0, report=asked.report
    )
    system = plan.system
    drawn = None if asked.draw is None else shares(system, found.all or found.ways, asked.draw, asked.rounds)
    told = tuple(_told(plan, way, None if drawn is None else drawn[at]) for at, way in enumerate(found.ways))
    goals = [atom for _, atom in plan.goals] or [atom for _, atom in plan.blocked]
    reached = frontier(system, goals, allowed, asked.left)
    told_choices = choices([frozenset(way.concessions) for way in found.ways])
    in_time = asked.left is None or asked.left() > 0
    return WayOut(plan, stuck(plan), found, told, told_choices, reached, in_time)


def _told(plan: Plan, way: Way, share: float | None) -> Told:
    less = eased(plan, way.concessions)
    words = tuple(less.system.concessions[each].text for each in way.concessions)
    return Told(way, words, moves(less, way.concessions), still_blocked(less, way), share)


def still_blocked(plan: Plan, way: Way) -> tuple[str, ...]:
    """The commitments that wait on, whatever is done on this way."""
    after = Fixpoint(plan.system, plan.system.freed(way.concessions))
    return tuple(label for label, atom in plan.blocked if atom not in after)
