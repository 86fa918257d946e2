"""Ways that do not undo themselves what their conditions take for granted (semantics §10, property 15 of §11).

What stands under `unless` is frozen at the date, and the moves of a way may undo that: who does a thing "unless the
accord is signed" does not do it once a way has the accord signed. Such a way is no way. Where one is found, it is
looked for again with that condition counted upon by none, so that who has it must give it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from .guards import leanest, without
from .replay import Replay
from .rules_from_case import Plan
from .sequence import Fixpoint
from .system import Atom
from .ways import Report, Way, Ways, find, in_order

#: Of all minimal ways so many are replayed; of more, those that are asked for.
_MOST = 100


def undone(plan: Plan, granted: Iterable[int]) -> frozenset[Atom]:
    """The exceptions that a way counts out and brings about itself, so that its moves do not follow."""
    granted = tuple(granted)
    used = leanest(plan, granted).guards
    way = Replay(plan, granted)
    if not used or (way.reaches() and not any(way.too_early())):
        return frozenset()
    return way.brought_about(used)


def held(plan: Plan) -> Plan:
    """The plan itself; or, where its goal comes about but for what its own moves undo, the plan without that."""
    while plan.system.goal in Fixpoint(plan.system):
        more = undone(plan, ())
        if not more:
            break
        plan = without(plan, more)
    return plan


def find_holding(
    plan: Plan,
    most: int,
    allowed: Iterable[int] | None = None,
    left: Callable[[], float] | None = None,
    *,
    listed: int = 0,
    report: Report | None = None,
) -> tuple[Ways, Plan]:
    """The cheapest ways that hold when they are replayed, as `find` gives them, and the plan that they are ways of."""
    plan = held(plan)
    out: frozenset[Atom] = frozenset()
    rounds: list[Ways] = []
    kept: dict[frozenset[int], Way] = {}
    while True:
        now = without(plan, out)
        found = find(now.system, most, allowed, left, listed=listed, report=report)
        rounds.append(found)
        more: frozenset[Atom] = frozenset()
        for way in found.all if 0 < len(found.all) <= _MOST else found.ways:
            late = left is not None and left() <= 0
            bad = frozenset() if late else undone(now, way.concessions)
            more |= bad
            if not bad:
                kept[frozenset(way.concessions)] = way
        if not more:
            return (found if len(rounds) == 1 else _together(rounds, kept, max(most, listed))), plan
        out |= more


def _together(rounds: list[Ways], kept: dict[frozenset[int], Way], most: int) -> Ways:
    """The ways of several searches: those that have no other within them."""
    least = sorted((way for own, way in kept.items() if not any(each < own for each in kept)), key=in_order)
    shown = tuple(least[:most])
    known = all(each.all or not each.possible for each in rounds) and all(len(each.all) <= _MOST for each in rounds)
    bound = min(each.bound for each in rounds if each.possible)
    if known:
        bound = shown[-1].price if shown else bound
    return msgspec.structs.replace(
        rounds[-1],
        ways=shown,
        possible=bool(shown) or rounds[-1].possible,
        complete=known and len(shown) == len(least),
        proven=all(each.proven for each in rounds),
        bound=bound,
        all=tuple(least) if known else (),
    )
