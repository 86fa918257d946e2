"""`python -m bench.profile standing --size 1000x10000`: where the time of a question goes, by Python's own profiler.

--parties 3 asks with channels unequal. Instead of the first question --question takes the second, the same after each
of 20 added acts, or why 20 standings are as they are.
"""

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable

from servanda.model.time import Dating

from .questions import Asked, size_of

TOP = 40
ADDED, REASONS = 20, 20


def main() -> None:
    """Load a generated case, ask under the profiler, print the functions that took longest."""
    parser = argparse.ArgumentParser("python -m bench.profile", description=__doc__)
    parser.add_argument("row", choices=("standing",))
    parser.add_argument("--size", type=size_of, default=(1_000, 10_000), metavar="COMMITMENTSxACTS")
    parser.add_argument("--parties", type=int, choices=(2, 3), default=2)
    parser.add_argument("--question", choices=("first", "second", "added", "why"), default="first")
    parser.add_argument("--sort", choices=("tottime", "cumulative"), default="tottime")
    parser.add_argument("--seed", type=int, default=1962)
    options = parser.parse_args()
    asked = Asked(options.size, options.parties, options.seed, ADDED if options.question == "added" else 0)
    work = _work(asked, options.question)
    if work is None:
        parser.exit(2, f"the engine does not answer `{options.question}` yet\n")
    start = time.perf_counter()
    profiler = cProfile.Profile()
    profiler.runcall(work)
    print(
        f"{options.question} question, {options.size[0]:,} commitments, {asked.acts:,} acts, {options.parties} parties"
    )
    print(f"{time.perf_counter() - start:.2f} s under the profiler, which slows it down\n")
    pstats.Stats(profiler).sort_stats(options.sort).print_stats(TOP)


def _work(asked: Asked, question: str) -> Callable[[], object] | None:
    """The question alone; what has to be there before it is made now."""
    if question == "first":
        return lambda: asked.inquiry().inventory(asked.at)
    inquiry = asked.inquiry()
    rows = inquiry.inventory(asked.at)
    if question == "second":
        return lambda: inquiry.inventory(Dating.on(asked.negotiation.earlier))
    if question == "added":
        with_acts = getattr(inquiry, "with_acts", None)
        acts = asked.candidates["last day"]
        return None if with_acts is None else lambda: [with_acts([act]).inventory(asked.at) for act in acts]
    why = getattr(inquiry, "why", None)
    standings = asked.standings(REASONS, rows)
    return None if why is None else lambda: [why(*each, asked.at) for each in standings]


if __name__ == "__main__":
    main()
