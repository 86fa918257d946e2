"""The least fixpoint of a large system, wave by wave: all that follows at once from what came last, as one array."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy

from .system import Atom, System

#: After so many waves the rest is left to go atom by atom: a long chain has a wave for each of its links.
_MOST_WAVES = 200


def waves(system: System, granted: Iterable[Atom]) -> tuple[bytearray, list[int], list[Atom]]:
    """What follows from the facts and from what is granted: a 1 for each atom that has come about, and for each rule
    how many atoms it still waits for. What is yet to come about, where there are many waves, is given last.
    """
    heads, lengths, facts, starts, watching = system.arrays
    missing = lengths.copy()
    reached = numpy.zeros(system.size, dtype=numpy.uint8)
    given = numpy.fromiter(granted, dtype=numpy.int64)
    front = _once(numpy.concatenate((facts, given)), system.size)
    for _ in range(_MOST_WAVES):
        if not len(front):
            break
        reached[front] = 1
        rules = watching[_within(starts[front], starts[front + 1])]
        numpy.subtract.at(missing, rules, 1)
        came = heads[rules[missing[rules] == 0]]
        front = _once(came[reached[came] == 0], system.size)
    return bytearray(reached.tobytes()), missing.tolist(), front.tolist()


def _once(atoms: Any, size: int) -> Any:
    """Atoms without those that come twice, in their order."""
    if 50 * len(atoms) < size:
        return numpy.unique(atoms)
    marked = numpy.zeros(size, dtype=bool)
    marked[atoms] = True
    return numpy.flatnonzero(marked)


def _within(begins: Any, ends: Any) -> Any:
    """All places from each begin up to its end, one stretch after the other."""
    counts = ends - begins
    before = numpy.cumsum(counts) - counts
    return numpy.repeat(begins - before, counts) + numpy.arange(int(counts.sum()))
