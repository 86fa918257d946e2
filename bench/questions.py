"""`python -m bench.questions all|steps|added|why --size 1000x10000`: questions to one generated case, timed, as JSON.

A process answers for one size and one number of parties, so that nothing is warm and its memory at the peak is its own.
"""

import argparse
import gc
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from servanda.load import load, load_text
from servanda.model.case import Case
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.span import File, Span
from servanda.model.time import Dating
from servanda.standing import RECORD, Inquiry, Row, Standing

from .generated import Negotiation

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from servanda.workbench.tidying import Tidying

T = TypeVar("T")
Size = tuple[int, int]
"""Commitments and acts."""

SEED = 1962
ADDED, REASONS = 1_000, 100
CHECKED = 4
"""Of each series so many answers are compared with those of an inquiry that begins afresh."""

SECONDS = 8.0
"""A series that takes longer is cut short, and says how far it came."""

STEPS = 25
"""So many steps to another date of each kind."""

SERIES = {"last day": (False, False), "past": (False, True), "hubs": (True, False), "hubs, past": (True, True)}
"""Acts to be added: whether about hubs, and whether dated in the past."""


def size_of(words: str) -> Size:
    """`1000x10000`."""
    commitments, _, acts = words.replace(",", "").partition("x")
    return int(commitments), int(acts or 10 * int(commitments))


class Asked:
    """A generated case, loaded; `candidates` of each series of acts are read with it and are not in its record."""

    def __init__(self, size: Size, parties: int, seed: int = SEED, candidates: int = 0) -> None:
        self.negotiation = Negotiation(*size, seed=seed, parties=parties)
        self.acts = self.negotiation.acts
        lines = [
            move.line
            for hub, late in SERIES.values()
            for move in islice(self.negotiation.moves(seed, hub=hub, late=late), candidates)
        ]
        loaded = load_text(self.negotiation.text + "".join(f"{line}\n" for line in lines))
        if not loaded.ok:
            raise RuntimeError(f"the generated case has errors, such as {loaded.diagnostics[0]}")
        every = loaded.case.acts
        self.case = msgspec.structs.replace(loaded.case, acts=every[: self.acts])
        self.candidates = {
            name: every[self.acts + at * candidates : self.acts + (at + 1) * candidates]
            for at, name in enumerate(SERIES)
        }
        self.at = Dating.on(self.negotiation.at)

    def inquiry(self) -> Inquiry:
        """An inquiry into the case that has not been asked anything."""
        return Inquiry(self.case)

    def standings(self, count: int, rows: tuple[Row, ...]) -> list[tuple[Ref, str]]:
        """So many standings, drawn from all: which commitment or instance, in which reading."""
        rng = random.Random(count)
        every = [(row, reading) for row in rows for reading in row.standings]
        drawn = rng.sample(every, min(count, len(every)))
        return [(_ref(row.commitment.name, row.instance), reading) for row, reading in drawn]


# ── all standings ────────────────────────────────────────────────────────────────────────────────────────────


def ask_all(asked: Asked) -> dict[str, object]:
    """All standings in all readings: at the last day, of a case just loaded; then at another day."""
    gc.collect()
    loaded = _megabytes()
    started, inquiry = _timed(asked.inquiry)
    first, rows = _timed(lambda: inquiry.inventory(asked.at))
    again, _ = _timed(lambda: inquiry.inventory(asked.at))
    second, _ = _timed(lambda: inquiry.inventory(Dating.on(asked.negotiation.earlier)))
    statuses = Counter(each.status for row in rows for each in row.standings.values())
    return {
        "first": started + first,
        "second": second,
        "again": again,
        "loaded": loaded,
        "megabytes": _megabytes(),
        "acts": asked.acts,
        "statuses": dict(statuses.most_common()),
    }


# ── another date ─────────────────────────────────────────────────────────────────────────────────────────────


def ask_steps(case: Case, count: int) -> dict[str, object]:
    """All standings at another date, of an inquiry that is kept.

    Near: at the next day with an act, from days drawn at random. Far: at a day near the other end of the record, each
    time another, the first of them with nothing near it kept; and once more at it. The first few answers are compared.
    """
    days = sorted({act.dating.latest.day for act in case.acts if act.dating is not None})
    count = min(count, len(days) // 2)
    near: list[float] = []
    far: list[float] = []
    again: list[float] = []
    inquiry = _kept(case, days[-1])
    for at in range(count):
        far.append(_step(inquiry, days[at], check=at < CHECKED))
        inquiry.inventory(Dating.on(days[-1 - at]))
        again.append(_step(inquiry, days[at], check=False))
    inquiry = _kept(case, days[-1])
    for at in random.Random(count).sample(range(0, len(days) - 1, 2), count):  # no day is stepped to twice
        inquiry.inventory(Dating.on(days[at]))
        near.append(_step(inquiry, days[at + 1], check=len(near) < CHECKED))
    pause, _ = _timed(gc.collect)
    return {"near": near, "far": far[1:], "first far": far[:1], "again": again, "pause": [pause]}


def _kept(case: Case, day: date) -> Inquiry:
    """An inquiry as a server would hold it, that was asked about a day."""
    inquiry = Inquiry(case)
    inquiry.inventory(Dating.on(day))
    _serve()
    return inquiry


def _serve() -> None:
    """From now on garbage is looked through as the workbench does it: in the pauses, not while somebody asks."""
    gc.collect()
    gc.freeze()
    _tidying()


@cache
def _tidying() -> "Tidying":
    from servanda.workbench.tidying import Tidying  # here, lest it count in the memory of those who do not need it

    async def nobody(scope: "Scope", receive: "Receive", send: "Send") -> None:
        """It is asked through no application."""

    return Tidying(nobody)


def _step(inquiry: Inquiry, day: date, *, check: bool) -> float:
    _tidying().pause()
    seconds, answer = _timed(lambda: inquiry.inventory(Dating.on(day)))
    if check and answer != Inquiry(inquiry.case).inventory(Dating.on(day)):
        raise RuntimeError(f"an inquiry that begins afresh answers otherwise at {day}")
    return seconds


# ── an act more ──────────────────────────────────────────────────────────────────────────────────────────────


def ask_added(asked: Asked, count: int, budget: float) -> dict[str, object]:
    """After one added act that changes a standing: the whole inventory, and one commitment's standing."""
    with_acts: Callable[[list[Act]], Inquiry] | None = getattr(asked.inquiry(), "with_acts", None)
    if with_acts is None:
        return {"missing": "with_acts"}
    base = asked.inquiry()
    rows = base.inventory(asked.at)
    _serve()
    return {name: _series(asked, base, rows, asked.candidates[name], count, budget) for name in SERIES}


def _series(
    asked: Asked, base: Inquiry, rows: tuple[Row, ...], acts: tuple[Act, ...], count: int, budget: float
) -> dict[str, object]:
    """Only acts that change a standing count."""
    whole: list[float] = []
    one: list[float] = []
    afresh: list[float] = []
    changed: list[int] = []
    rng = random.Random(count)
    until = time.monotonic() + budget
    for act in acts:
        if len(whole) >= count or time.monotonic() > until:
            break
        _tidying().pause()
        seconds, answer = _timed(partial(_inventory, base, act, asked.at))
        differing = [new for new, old in _beside(answer, rows) if new != old]
        if not differing:
            continue
        whole.append(seconds)
        changed.append(len(differing))
        row = rng.choice(differing)
        ref, reading = _ref(row.commitment.name, row.instance), rng.choice((*asked.case.parties, RECORD))
        seconds, standing = _timed(partial(_standing, base, act, ref, reading, asked.at))
        one.append(seconds)
        if standing != row.standings.get(reading):
            raise RuntimeError(f"asked alone, {ref.name} stands otherwise in {reading} after line {act.span.line}")
        if (len(whole) - 1) % max(1, count // CHECKED) == 0:
            gc.collect()
            seconds, fresh = _timed(partial(_afresh, asked, act))
            afresh.append(seconds)
            if fresh != answer:
                raise RuntimeError(f"an inquiry that begins afresh answers otherwise after: {act}")
    return {"whole": whole, "one": one, "afresh": afresh, "changed": changed}


def _inventory(base: Inquiry, act: Act, at: Dating) -> tuple[Row, ...]:
    return _with(base, act).inventory(at)


def _standing(base: Inquiry, act: Act, ref: Ref, reading: str, at: Dating) -> Standing | None:
    return _with(base, act).standing(ref, reading, at)


def _afresh(asked: Asked, act: Act) -> tuple[Row, ...]:
    return Inquiry(asked.case, [act]).inventory(asked.at)


def _with(base: Inquiry, act: Act) -> Inquiry:
    made: Inquiry = getattr(base, "with_acts")([act])  # noqa: B009  # an engine without it is asked nothing
    return made


def _beside(new: tuple[Row, ...], old: tuple[Row, ...]) -> Iterator[tuple[Row, Row | None]]:
    """Each new row beside the old one of the same commitment and instance."""
    if len(new) == len(old):
        yield from zip(new, old, strict=True)
        return
    known = {(row.commitment.name, row.instance): row for row in old}
    for row in new:
        yield row, known.get((row.commitment.name, row.instance))


# ── why ──────────────────────────────────────────────────────────────────────────────────────────────────────


def ask_why(asked: Asked, count: int) -> dict[str, object]:
    """Why some of all standings are as they are, once all standings are known."""
    inquiry = asked.inquiry()
    why: Callable[[Ref, str, Dating], object] | None = getattr(inquiry, "why", None)
    if why is None:
        return {"missing": "why"}
    rows = inquiry.inventory(asked.at)
    seconds = []
    for ref, reading in asked.standings(count, rows):
        took, reason = _timed(partial(why, ref, reading, asked.at))
        if reason is None:
            raise RuntimeError(f"no reason is given for {ref.name} in {reading}")
        seconds.append(took)
    return {"why": seconds}


# ── the process ──────────────────────────────────────────────────────────────────────────────────────────────


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def _ref(name: str, key: str | None) -> Ref:
    return Ref(name, Span(File("-", ""), 0, 0), key)


def _megabytes() -> float:
    """The peak so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Ask, and print what was measured."""
    parser = argparse.ArgumentParser("python -m bench.questions", description=__doc__)
    parser.add_argument("question", choices=("all", "steps", "added", "why"))
    parser.add_argument("--size", type=size_of, default=(1_000, 10_000), metavar="COMMITMENTSxACTS")
    parser.add_argument("--parties", type=int, choices=(2, 3), default=2)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--case", type=Path, help="for `steps`: a case of one's own instead of a generated one")
    options = parser.parse_args()
    if options.case is not None:
        print(json.dumps(ask_steps(load(options.case).case, options.count or STEPS)))
        return
    count = options.count or {"added": ADDED, "steps": STEPS}.get(options.question, REASONS)
    candidates = 6 * count if options.question == "added" else 0
    asked = Asked(options.size, options.parties, options.seed, candidates)
    match options.question:
        case "all":
            measured = ask_all(asked)
        case "steps":
            measured = ask_steps(asked.case, count)
        case "added":
            measured = ask_added(asked, count, options.seconds)
        case _:
            measured = ask_why(asked, count)
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
