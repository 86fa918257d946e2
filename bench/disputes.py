"""Where two readings part, and all least bridges: 1,000 commitments, on one in five of which they part.

That what is found is what trying every set of premises finds is held by tests, on small cases of the same kind.
"""

import time
from collections import Counter
from collections.abc import Iterator

from servanda.load import load_text
from servanda.model.case import Case
from servanda.model.time import dating_from_words
from servanda.readings import Disputes, disputes
from servanda.standing import Inquiry

from .generated.planted import planted
from .measure import Spread
from .report import Row

COMMITMENTS, PARTED = 1_000, 200
SEED, RUNS = 1962, 5
PACKAGES = ("servanda", "msgspec")
AT = dating_from_words("2031-03-15")


def rows() -> Iterator[Row]:
    """The rows of the table."""
    case = load_text(planted(SEED, PARTED, COMMITMENTS - PARTED).text()).case
    runs, found = zip(*(_asked(case) for _ in range(RUNS)), strict=True)
    what = f"all disputes and least bridges, {COMMITMENTS:,} commitments, {PARTED} in dispute: of a case just loaded"
    yield Row(what, Spread.of(runs).show(), aim="5 s")
    yield Row("the same: how many premises it takes, in each direction", _sizes(found[0]))


def _asked(case: Case) -> tuple[float, Disputes]:
    begun = time.perf_counter()
    found = disputes(Inquiry(case), AT, [("Ada", "Bo")])
    return time.perf_counter() - begun, found


def _sizes(found: Disputes) -> str:
    sizes = Counter(len(sets[0]) if sets else 0 for each in found.disputes for sets in each.bridges.values())
    unfinished = sum(not each.complete for each in found.disputes)
    told = [f"{size or 'none'}: {count}" for size, count in sorted(sizes.items())]
    return f"{', '.join(told)}; {unfinished} cut short"
