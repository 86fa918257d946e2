"""The frontier: what becomes possible with no concession, with one, with two, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence

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
    allowed = frozenset(allowed)
    at_once = [(at,) for at in range(len(goals))] if len(goals) > _MOST_TOGETHER else _combinations(len(goals))
    now = Fixpoint(system)
    found = []
    for each in at_once:
        if all(goals[at] in now for at in each):
            found.append(Reach(0, (), each))
            continue
        fewest = _fewest(system, [goals[at] for at in each], allowed, now, left)
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
    system: System, goals: list[Atom], allowed: Container[int], now: Fixpoint, left: Callable[[], float] | None
) -> tuple[int, ...] | None:
    """A way with the fewest concessions: each costs the same. None where there is none, or the time is over.

    Only what the goals may hang on is looked at: of a large case mostly a small part.
    """
    number: dict[Atom, Atom] = {}
    waiting = [goal for goal in goals if goal not in now]
    rules = [Rule(0, tuple(number.setdefault(goal, len(number) + 1) for goal in waiting))]
    places: dict[int, None] = {}
    for atom in waiting:
        places |= dict.fromkeys(place for place in system.freeing[atom] if place in allowed)
        for rule in system.concluding[atom]:
            body = [premise for premise in system.bodies[rule] if premise not in now]
            waiting += [premise for premise in dict.fromkeys(body) if premise not in number]
            rules.append(Rule(number[atom], tuple(number.setdefault(each, len(number) + 1) for each in body)))
    ordered = sorted(places)
    alike = tuple(
        Concession(each.kind, (Part("", 1),), tuple(number[atom] for atom in each.frees if atom in number))
        for each in (system.concessions[place] for place in ordered)
    )
    found = find(System(len(number) + 1, tuple(rules), alike, 0), 1, None, left)
    return tuple(ordered[place] for place in found.ways[0].concessions) if found.ways and found.proven else None
