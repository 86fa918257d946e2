"""Cheapest sets that hit every core: the master problem, a mixed-integer program that HiGHS solves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from .reduction import apart, by_branching, reduced

#: Cores with so many members together are made smaller before they are solved.
_MOST_MEMBERS = 60_000
#: Two sums of prices that differ by less are the same.
TOLERANCE = 1e-6


class Hit(msgspec.Struct, frozen=True):
    """A set that hits all cores, and a price that no such set stays below. `best` says that the set has that price."""

    chosen: frozenset[int]
    bound: float
    best: bool


def quiet(highspy: Any) -> Any:
    """A solver that keeps quiet: else it greets everybody on stdout, and that before it can be told not to.

    One thread is enough, and has to be for all: solvers that share a process share their threads, and one that asks for
    fewer than another has started may wait for ever.
    """

    class Quiet(highspy.Highs):  # type: ignore[misc]
        def enableCallbacks(self) -> None:  # noqa: N802
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    solver = Quiet()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    return solver


class Master:
    """Cores that every way has to hit, and sets that no further way may contain.

    Of concessions that are in the same cores and sets, only the cheapest is looked at.
    """

    def __init__(self, prices: Sequence[float]) -> None:
        self._prices = prices
        self._cores: list[frozenset[int]] = []
        self._ways: list[frozenset[int]] = []
        #: The class of each concession: those in the same cores and sets have the same.
        self._class: dict[int, int] = {}
        self._classes = 0
        self._solver: Any = None

    def hit(self, core: frozenset[int]) -> None:
        """From now on, at least one of these has to be chosen."""
        self._cores.append(core)
        self._tell_apart(core)

    def leave_out(self, way: frozenset[int]) -> None:
        """From now on, not all of these may be chosen."""
        self._ways.append(way)
        self._tell_apart(way)

    def _tell_apart(self, members: frozenset[int]) -> None:
        fresh: dict[int, int] = {}
        for each in members:
            old = self._class.get(each, 0)
            new = fresh.get(old)
            if new is None:
                self._classes += 1
                new = fresh[old] = self._classes
            self._class[each] = new

    def solve(self, seconds: float) -> Hit | None:
        """A cheapest hitting set; the best that was found in that time; None where there is none."""
        if not self._class:
            return Hit(frozenset(), 0.0, best=True)
        if not self._ways and sum(map(len, self._cores)) <= _MOST_MEMBERS:
            return self._in_parts(seconds)
        cheapest: dict[int, int] = {}
        for each in sorted(self._class, key=lambda each: (self._prices[each], each)):
            cheapest.setdefault(self._class[each], each)
        kept = sorted(cheapest.values())
        column = {each: place for place, each in enumerate(kept)}
        cores = dict.fromkeys(tuple(column[each] for each in core if each in column) for core in self._cores)
        rows = [(members, 1.0, float("inf")) for members in cores]
        for way in self._ways:
            if all(each in column for each in way):
                rows.append((tuple(column[each] for each in way), -float("inf"), len(way) - 1.0))
        return self._solved(kept, rows, seconds)

    def _in_parts(self, seconds: float) -> Hit | None:
        """Without ways to leave out: what is implied first, then each small part by itself, the rest by the solver."""
        taken, cores = reduced(self._cores, self._prices)
        rest: list[frozenset[int]] = []
        for part in apart(cores):
            own = by_branching(part, self._prices)
            if own is None:
                rest += part
            else:
                taken |= own
        price = sum(self._prices[each] for each in taken)
        if not rest:
            return Hit(frozenset(taken), price, best=True)
        kept: list[int] = sorted({each for core in rest for each in core})
        column = {each: place for place, each in enumerate(kept)}
        rows = [(tuple(column[each] for each in core), 1.0, float("inf")) for core in rest]
        hit = self._solved(kept, rows, seconds)
        return None if hit is None else Hit(hit.chosen | taken, hit.bound + price, hit.best)

    def _solved(self, kept: list[int], rows: list[tuple[tuple[int, ...], float, float]], seconds: float) -> Hit | None:
        import highspy
        import numpy

        solver = self._solver
        if solver is None:
            solver = self._solver = quiet(highspy)
        solver.clearModel()
        solver.setOptionValue("time_limit", solver.getRunTime() + max(seconds, 0.05))
        count = len(kept)
        nothing, none = numpy.array([], dtype=numpy.int32), numpy.array([])
        starts, places = numpy.zeros(count, dtype=numpy.int32), numpy.arange(count, dtype=numpy.int32)
        prices = numpy.array([self._prices[each] for each in kept], dtype=float)
        solver.addCols(count, prices, numpy.zeros(count), numpy.ones(count), 0, starts, nothing, none)
        whole = numpy.full(count, int(highspy.HighsVarType.kInteger), dtype=numpy.uint8)
        solver.changeColsIntegrality(count, places, whole)
        index = numpy.array([each for members, _, _ in rows for each in members], dtype=numpy.int32)
        begins = numpy.cumsum([0, *(len(members) for members, _, _ in rows[:-1])], dtype=numpy.int32)
        low, high = (numpy.array([row[at] for row in rows]) for at in (1, 2))
        solver.addRows(len(rows), low, high, len(index), begins, index, numpy.ones(len(index)))
        solver.run()
        status, state = solver.getModelStatus(), highspy.HighsModelStatus
        if status == state.kInfeasible:
            return None
        info = solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Hit(frozenset(), max(info.mip_dual_bound, 0.0), best=False)
        values = solver.getSolution().col_value
        chosen = frozenset(each for each, value in zip(kept, values, strict=True) if value > 0.5)
        return Hit(chosen, info.mip_dual_bound, best=status == state.kOptimal)
