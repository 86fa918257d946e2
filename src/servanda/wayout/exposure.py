"""What each party has given beyond what it has received, and the order in which the largest of it is least.

A program over positions: `done[unit, position]`, once done always done, one unit at each position. A commitment in
tranches is several units, one after the other. First the largest exposure of anybody is made least, then the sum of
each party's largest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from .hitting import quiet


class Valued(msgspec.Struct, frozen=True):
    """A commitment to be done: what its bearers give, each an equal share, and what it is worth to others.

    `after` are the places of those that have to be done before it is begun.
    """

    name: str
    bearers: tuple[str, ...]
    costs: float
    worth: Mapping[str, float]
    tranches: int = 1
    after: tuple[int, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """One unit of a commitment, and each party's exposure once it is done."""

    name: str
    actors: tuple[str, ...]
    part: int
    of: int
    exposure: Mapping[str, float]


class Exposure(msgspec.Struct, frozen=True):
    """An order, each party's largest exposure on the way, and what it has given beyond what it got at the end.

    `proven` says that in no order the largest exposure of anybody is less.
    """

    steps: tuple[Step, ...]
    largest: Mapping[str, float]
    final: Mapping[str, float]
    proven: bool


Unit = tuple[int, int]


def units_of(valued: Sequence[Valued]) -> list[Unit]:
    """Every commitment's tranches, in their order."""
    return [(place, part) for place, each in enumerate(valued) for part in range(each.tranches)]


def change(valued: Sequence[Valued], unit: Unit, parties: Sequence[str]) -> list[float]:
    """How much each party's exposure rises with a unit; it falls where the party gets something."""
    each = valued[unit[0]]
    share = 1 / each.tranches
    gives = each.costs * share / max(len(each.bearers), 1)
    return [(gives if party in each.bearers else 0.0) - each.worth.get(party, 0.0) * share for party in parties]


def before(valued: Sequence[Valued], units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pairs of units, by their places, of which the first has to be done before the second."""
    at = {unit: place for place, unit in enumerate(units)}
    found = [(at[place, part - 1], at[place, part]) for place, part in units if part]
    for place, each in enumerate(valued):
        found += [(at[other, valued[other].tranches - 1], at[place, 0]) for other in each.after]
    return found


def least_exposure(valued: Sequence[Valued], parties: Sequence[str], seconds: float = 60.0) -> Exposure:
    """The order in which the largest exposure of anybody is least."""
    units = units_of(valued)
    changes = [change(valued, unit, parties) for unit in units]
    pairs = before(valued, units)
    order, first, proven = _solved(changes, pairs, None, seconds, fallback=_one_by_one(changes, pairs))
    if proven and order:
        order, _, _ = _solved(changes, pairs, first, seconds, fallback=order)
    return told(valued, units, order, parties, proven=proven)


def _one_by_one(changes: list[list[float]], pairs: list[tuple[int, int]]) -> list[int]:
    """An order made without looking ahead: next comes what leaves the largest exposure least."""
    found: list[int] = []
    now = [0.0] * (len(changes[0]) if changes else 0)
    left = set(range(len(changes)))
    while left:
        free = [each for each in sorted(left) if not any(other == each and one in left for one, other in pairs)]
        best = min(free, key=lambda each: max(one + more for one, more in zip(now, changes[each], strict=True)))
        now = [one + more for one, more in zip(now, changes[best], strict=True)]
        found.append(best)
        left.discard(best)
    return found


def told(
    valued: Sequence[Valued], units: Sequence[Unit], order: Iterable[int], parties: Sequence[str], *, proven: bool
) -> Exposure:
    """An order with its figures."""
    now = [0.0] * len(parties)
    largest = list(now)
    steps = []
    for place in order:
        name, part = units[place]
        now = [round(one + more, 9) for one, more in zip(now, change(valued, units[place], parties), strict=True)]
        largest = [max(one, more) for one, more in zip(largest, now, strict=True)]
        each = valued[name]
        exposure = dict(zip(parties, now, strict=True))
        steps.append(Step(each.name, each.bearers, part + 1, each.tranches, exposure))
    return Exposure(
        tuple(steps), dict(zip(parties, largest, strict=True)), dict(zip(parties, now, strict=True)), proven
    )


def _solved(
    changes: list[list[float]],
    pairs: list[tuple[int, int]],
    most: float | None,
    seconds: float,
    fallback: list[int] | None = None,
) -> tuple[list[int], float, bool]:
    """The program: variables `done[unit, position]`, then each party's largest, then the largest of all."""
    import highspy
    import numpy

    count, parties = len(changes), len(changes[0]) if changes else 0
    if not count:
        return [], 0.0, True
    solver: Any = quiet(highspy)
    solver.setOptionValue("time_limit", seconds)
    infinity = highspy.kHighsInf
    whole = count * count
    for _ in range(whole):
        solver.addVar(0.0, 1.0)
    for _ in range(parties + 1):
        solver.addVar(0.0, infinity)
    top = whole + parties
    for column in range(whole):
        solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    if most is None:
        solver.changeColCost(top, 1.0)
    else:
        solver.changeColBounds(top, 0.0, most + 1e-7)
        for party in range(parties):
            solver.changeColCost(whole + party, 1.0)

    def row(low: float, high: float, terms: list[tuple[int, float]]) -> None:
        index = numpy.array([column for column, _ in terms], dtype=numpy.int32)
        solver.addRow(low, high, len(terms), index, numpy.array([factor for _, factor in terms]))

    def done(unit: int, position: int) -> int:
        return unit * count + position

    for position in range(count):
        row(position + 1.0, position + 1.0, [(done(unit, position), 1.0) for unit in range(count)])
        for party in range(parties):
            rises = [(done(unit, position), changes[unit][party]) for unit in range(count) if changes[unit][party]]
            row(-infinity, 0.0, [*rises, (whole + party, -1.0)])
    for unit in range(count):
        for position in range(1, count):
            row(0.0, infinity, [(done(unit, position), 1.0), (done(unit, position - 1), -1.0)])
    for one, other in pairs:
        row(0.0, 0.0, [(done(other, 0), 1.0)])
        for position in range(1, count):
            row(0.0, infinity, [(done(one, position - 1), 1.0), (done(other, position), -1.0)])
    for party in range(parties):
        row(0.0, infinity, [(top, 1.0), (whole + party, -1.0)])
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return fallback or [], 0.0, False
    values = solver.getSolution().col_value
    order = sorted(range(count), key=lambda unit: -sum(values[done(unit, position)] for position in range(count)))
    return order, values[top], solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
