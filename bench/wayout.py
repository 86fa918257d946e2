"""Ways out of generated negotiations: the cheapest and the ten cheapest, beside clingo in one run; the sequence alone.

Seconds of the processor, for both: each works on one thread, and what else the machine does counts for nothing.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from servanda.wayout.sequence import Fixpoint
from servanda.wayout.system import System
from servanda.wayout.ways import find

from .generated.systems import PARTIES, SEED, SHAPES, SIZES, system
from .measure import Spread
from .report import Row

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from answer_sets import cheapest

RUNS = 5
PACKAGES = ("servanda", "highspy", "clingo")
LARGEST = 100_000
PATIENCE = 120.0
"""Seconds that one search may take; beyond it the best way and its bound are reported. clingo is asked up to a size
at which it needs less: for the cheapest way, and for the ten cheapest."""

CLINGO_UP_TO = {1: 10_000, 10: 3_000}
SHORT = 5.0
"""Seconds after which, at 10,000 commitments, the gap between the best way and the bound is reported."""


def rows() -> Iterator[Row]:
    """The rows of the table, from small to large."""
    import highspy  # noqa: F401  # what it takes to load it is not part of any search

    for shape, make in SHAPES.items():
        for size in SIZES:
            # All numbers of parties at the sizes that take little; the middle one at the large ones.
            for parties in PARTIES if size <= 1_000 else PARTIES[1:2]:
                yield _beside(
                    f"{shape}, {size:,} commitments, {parties} parties", system(make(size, parties), SEED), size
                )
    for shape, make in SHAPES.items():
        for size in SIZES:
            yield _beside(f"ten cheapest, {shape}, {size:,} commitments", system(make(size, 5), SEED), size, 10)
    for shape, make in SHAPES.items():
        yield _beside(f"{shape}, {LARGEST:,} commitments, 5 parties", system(make(LARGEST, 5), SEED), LARGEST)
    for shape, make in SHAPES.items():
        yield _gap(shape, system(make(10_000, 5), SEED))
    for shape, make in SHAPES.items():
        yield _sequence(shape, system(make(LARGEST, 5), SEED))


def _beside(what: str, one: System, size: int, most: int = 1) -> Row:
    """Both in turn, each in the same process; a row says the prices, so that both can be seen to agree."""
    ours: list[float] = []
    theirs: list[float] = []
    found = None
    for _ in range(RUNS if size <= 3_000 else 1):
        begun = time.process_time()
        found = find(one, most, left=_left())
        ours.append(time.process_time() - begun)
        if size <= CLINGO_UP_TO[most]:
            begun = time.process_time()
            wanted = [price for price, _ in cheapest(one, most)]
            theirs.append(time.process_time() - begun)
            if found.proven and [way.price for way in found.ways] != wanted:
                raise RuntimeError(f"{what}: {[way.price for way in found.ways]} is not {wanted}")
    assert found is not None
    prices = " to ".join(f"{price:g}" for price in sorted({found.ways[0].price, found.ways[-1].price}))
    said = f"{what}: price {prices}" if found.proven else f"{what}: {prices}, at least {found.bound:g}"
    if not theirs:
        return Row(said, Spread.of(ours).show(3), "not asked", aim="faster")
    ratio = statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
    return Row(said, Spread.of(ours).show(3), Spread.of(theirs).show(3), f"{ratio:.2f}", aim="faster")


def _left() -> Callable[[], float]:
    end = time.process_time() + PATIENCE
    return lambda: end - time.process_time()


def _spread(work: Callable[[], object], runs: int) -> str:
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return Spread.of(taken).show(3)


def _gap(shape: str, one: System) -> Row:
    end = time.process_time() + SHORT
    found = find(one, 1, left=lambda: end - time.process_time())
    if found.proven:
        said = "none: proven in that time"
    else:
        best = found.ways[0].price
        said = f"{100 * (best - found.bound) / best:.0f} %: {best:g}, at least {found.bound:g}"
    return Row(f"gap after {SHORT:.0f} s, {shape}, 10,000 commitments", said, aim="20 %")


def _sequence(shape: str, one: System) -> Row:
    """The least fixpoint with every second concession granted, from the system alone to the last atom."""
    granted = [atom for each in one.concessions[::2] for atom in each.frees]

    def work() -> None:
        fresh = System(one.size, one.rules, one.concessions, one.goal)
        Fixpoint(fresh, granted)

    return Row(f"sequence alone, {shape}, {LARGEST:,} commitments", _spread(work, RUNS), aim="0.5 s")
