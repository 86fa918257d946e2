"""The frontier: what becomes possible with no concession, with one, with two, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from .sequence import Fixpoint
from .system import Atom, Concession, Part, Rule, System
from .ways import find

#: Of so many goals all combinations are looked at; of more, each by itself.
_MOST_TOGETHER = 5


class Reach(msgspec.Struct, frozen=True):
    """What can be reached with so many concessions and no fewer, and by whose: the goals, by their places."""

    concessions: int
    owners: tuple[str, ...]
    goals: tuple[int, ...]


def frontier(
    system: System, goals: Sequence[Atom], allowed: Iterable[int], left: Callable[[], float] | None = None
) -> tuple[Reach, ...]:
    """For each number of concessions the goals, or combinations of them, that become possible with it.

    Of combinations reached with as few, only the largest are given. Of more than a few goals, each is looked at by
    itself.
    """
    allowed = tuple(allowed)
    at_once = [(at,) for at in range(len(goals))] if len(goals) > _MOST_TOGETHER else _combinations(len(goals))
    now = Fixpoint(system)
    found = []
    for each in at_once:
        if all(goals[at] in now for at in each):
            found.append(Reach(0, (), each))
            continue
        fewest = _fewest(system, [goals[at] for at in each], allowed, left)
        if fewest is not None:
            owners = dict.fromkeys(owner for place in fewest for owner in system.concessions[place].owners)
            found.append(Reach(len(fewest), tuple(sorted(owners)), each))
    return tuple(sorted((each for each in found if not _within_another(each, found)), key=_order))


def _order(reach: Reach) -> tuple[int, int, tuple[int, ...]]:
    return reach.concessions, -len(reach.goals), reach.goals


def _combinations(count: int) -> list[tuple[int, ...]]:
    return [tuple(at for at in range(count) if bits >> at & 1) for bits in range(1, 1 << count)]


def _within_another(each: Reach, found: list[Reach]) -> bool:
    return any(
        other is not each and other.concessions <= each.concessions and set(each.goals) < set(other.goals)
        for other in found
    )


def lines_of(reached: Iterable[Reach]) -> list[tuple[Reach, bool]]:
    """For showing: single goals that take as many concessions of the same owners in one line, marked as each by itself
    where it is more than one.
    """
    lines: dict[tuple[int, tuple[str, ...]], list[Reach]] = {}
    for each in reached:
        lines.setdefault((each.concessions, each.owners), []).append(each)
    found: list[tuple[Reach, bool]] = []
    for (count, owners), several in lines.items():
        single = [at for each in several if len(each.goals) == 1 for at in each.goals]
        if single and (count or len(single) == len(several)):
            found.append((Reach(count, owners, tuple(single)), bool(count) and len(single) > 1))
            several = [each for each in several if len(each.goals) > 1]
        found += [(each, False) for each in several]
    return found


def _fewest(
    system: System, goals: list[Atom], allowed: tuple[int, ...], left: Callable[[], float] | None
) -> tuple[int, ...] | None:
    """A way with the fewest concessions: each costs the same. None where there is none, or the time is over."""
    top = system.size
    rules = (*system.rules, Rule(top, tuple(goals)))
    alike = tuple(Concession(each.kind, (Part(each.owners[0], 1),), each.frees) for each in system.concessions)
    found = find(System(top + 1, rules, alike, top), 1, allowed, left)
    return found.ways[0].concessions if found.ways and found.proven else None
