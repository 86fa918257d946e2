"""Cheapest sets that hit every core: the master problem, a mixed-integer program that HiGHS solves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

#: Two sums of prices that differ by less are the same.
TOLERANCE = 1e-6


class Hit(msgspec.Struct, frozen=True):
    """A set that hits all cores, and a price that no such set stays below. `best` says that the set has that price."""

    chosen: frozenset[int]
    bound: float
    best: bool


def _quiet(highspy: Any) -> Any:
    """A solver that keeps quiet: else it greets everybody on stdout, and that before it can be told not to."""

    class Quiet(highspy.Highs):  # type: ignore[misc]
        def enableCallbacks(self) -> None:  # noqa: N802
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Quiet()


class Master:
    """Cores that every way has to hit, and sets that no further way may contain."""

    def __init__(self, prices: Sequence[float]) -> None:
        import highspy
        import numpy

        self._numpy = numpy
        self._kinds = highspy
        self._prices = prices
        self._columns: dict[int, int] = {}
        self._solver: Any = _quiet(highspy)
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.setOptionValue("threads", 1)

    def hit(self, core: frozenset[int]) -> None:
        """From now on, at least one of these has to be chosen."""
        self._row(core, 1.0, self._kinds.kHighsInf)

    def leave_out(self, way: frozenset[int]) -> None:
        """From now on, not all of these may be chosen."""
        self._row(way, -self._kinds.kHighsInf, len(way) - 1.0)

    def _row(self, members: frozenset[int], low: float, high: float) -> None:
        columns = [self._column(each) for each in sorted(members)]
        index = self._numpy.array(columns, dtype=self._numpy.int32)
        self._solver.addRow(low, high, len(columns), index, self._numpy.ones(len(columns)))

    def _column(self, concession: int) -> int:
        column = self._columns.get(concession)
        if column is None:
            column = self._columns[concession] = len(self._columns)
            nothing = self._numpy.array([])
            self._solver.addCol(self._prices[concession], 0.0, 1.0, 0, nothing.astype("int32"), nothing)
            self._solver.changeColIntegrality(column, self._kinds.HighsVarType.kInteger)
        return column

    def solve(self, seconds: float | None = None) -> Hit | None:
        """A cheapest hitting set; the best that was found in that time; None where there is none."""
        if not self._columns:
            return Hit(frozenset(), 0.0, best=True)
        allowed = self._kinds.kHighsInf if seconds is None else self._solver.getRunTime() + max(seconds, 0.05)
        self._solver.setOptionValue("time_limit", allowed)
        self._solver.run()
        state = self._kinds.HighsModelStatus
        status = self._solver.getModelStatus()
        if status == state.kInfeasible:
            return None
        info = self._solver.getInfo()
        bound = info.mip_dual_bound
        if info.primal_solution_status != self._kinds.SolutionStatus.kSolutionStatusFeasible:
            return Hit(frozenset(), max(bound, 0.0), best=False)
        values = self._solver.getSolution().col_value
        chosen = frozenset(each for each, column in self._columns.items() if values[column] > 0.5)
        return Hit(chosen, bound, best=status == state.kOptimal)
