"""Where things stand: all standings of a large case, at another date, after one act more; the reasons of some."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .measure import Spread
from .questions import SERIES, Size
from .report import Row

SIZES: tuple[Size, ...] = ((100, 1_000), (1_000, 10_000), (10_000, 100_000))
RUNS = 5
PACKAGES = ("servanda", "msgspec")
CHANNELS = {2: "channels equal", 3: "channels unequal"}
"""How many parties there are, and so how alike what they know; the readings are theirs and the record's."""

PATIENCE = 900
"""Seconds after which a process is given up."""

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "cuba-1962"
_SERIES = dict(
    zip(SERIES, ("of the last day", "of a day in the past", "on a hub", "on a hub in the past"), strict=True)
)

_STEPS = {
    "near": "the next day with an act",
    "first far": "the other end of the record, where nothing was asked before",
    "far": "to and fro between the ends, each time to another day",
    "again": "the other end of the record, at a day asked about before",
    "pause": "then garbage is looked through, while nobody asks",
}


class TookTooLong(Exception):
    """A process was given up."""


def rows(sizes: tuple[Size, ...] = SIZES) -> Iterator[Row]:
    """The rows of the table, measured one by one, from small to large."""
    for parties in CHANNELS:
        yield from _all(sizes, parties)
    for parties in CHANNELS:
        size = sizes[-2:][0]
        yield from _steps(f"{CHANNELS[parties]}, {_sized(size)}", *_generated(size, parties), aim="150 ms")
    yield from _steps("the Cuban crisis of 1962", "--case", str(EXAMPLE), aim="50 ms")
    for parties in CHANNELS:
        # At the last size, too, for channels equal: what one act costs should not grow with the case.
        for size in sizes[-2:] if parties == 2 else sizes[-2:][:1]:
            yield from _added(size, parties)
    for parties in CHANNELS:
        yield _why(sizes[-1], parties)


def _all(sizes: tuple[Size, ...], parties: int) -> Iterator[Row]:
    readings = f"{parties + 1} readings, {CHANNELS[parties]}"
    before: tuple[Size, Sequence[float]] | None = None
    for size in sizes:
        what = f"all standings, {readings}, {_sized(size)}"
        aim = "2 s" if size == SIZES[-1] else ""
        try:
            runs = [_ask("all", size, parties) for _ in range(RUNS)]
        except TookTooLong as given_up:
            yield Row(what, str(given_up), aim=aim)
            return
        memory = Spread.of([run["megabytes"] for run in runs]).show(0)
        first = [run["first"] for run in runs]
        yield Row(f"{what}: of a case just loaded", Spread.of(first).show(), memory=memory, aim=aim)
        yield Row(f"{what}: then at a date far from it", Spread.of([run["second"] for run in runs]).show())
        if size == sizes[-1]:
            yield Row(f"{what}: how they stand", _shares(runs[0]["statuses"]))
        each = [1e6 * seconds / runs[0]["acts"] for seconds in first]
        if before is not None:
            ratio = statistics.median(each) / statistics.median(before[1])
            yield Row(
                f"for each act, {readings}, {_sized(size)}; {_sized(before[0])}",
                f"{Spread.of(each).show(1)} µs",
                f"{Spread.of(before[1]).show(1)} µs",
                f"{ratio:.2f}",
                aim="ratio 1",
            )
        before = size, each


def _steps(of_what: str, *options: str, aim: str) -> Iterator[Row]:
    what = f"a step to another date, {of_what}, then all standings"
    try:
        measured = _answered("steps", *options)
    except TookTooLong as given_up:
        yield Row(what, str(given_up), aim=aim)
        return
    for kind, words in _STEPS.items():
        seconds = measured[kind]
        steps = f" ({len(seconds)} steps)" if kind != "pause" else ""
        yield Row(f"{what}: {words}{steps}", _milliseconds(seconds), aim=aim if steps else "")


def _added(size: Size, parties: int) -> Iterator[Row]:
    what = f"one act more, {CHANNELS[parties]}, {_sized(size)}"
    try:
        measured = _ask("added", size, parties)
    except TookTooLong as given_up:
        yield Row(what, str(given_up), aim="20 ms")
        return
    if "missing" in measured:
        yield Row(what, f"not measured: the engine has no `{measured['missing']}` yet", aim="20 ms")
        return
    for name, which in _SERIES.items():
        series = measured[name]
        here = f"{what}, {which}"
        if not series["whole"]:
            yield Row(here, "not measured: none of the acts drawn changed a standing")
            continue
        afresh, whole = series["afresh"], statistics.median(series["whole"])
        count = len(series["whole"])
        changed = f"{count:,} acts, {statistics.median(series['changed']):.0f} commitments changed by the middle one"
        yield Row(
            f"{here}, then all standings ({changed}); an inquiry begun afresh",
            _milliseconds(series["whole"]),
            f"{Spread.of(afresh).show()}",
            f"{whole / statistics.median(afresh):.4f}",
            aim="" if name.startswith("hubs") else "20 ms",
        )
        yield Row(f"{here}, then one standing of what it changed", _milliseconds(series["one"]))


def _why(size: Size, parties: int) -> Row:
    what = f"why, {CHANNELS[parties]}, {_sized(size)}, once all standings are known"
    try:
        measured = _ask("why", size, parties)
    except TookTooLong as given_up:
        return Row(what, str(given_up))
    if "missing" in measured:
        return Row(what, f"not measured: the engine has no `{measured['missing']}` yet")
    return Row(f"{what}: {len(measured['why'])} standings", _milliseconds(measured["why"]))


def _ask(question: str, size: Size, parties: int) -> dict[str, Any]:
    return _answered(question, *_generated(size, parties))


def _generated(size: Size, parties: int) -> tuple[str, ...]:
    return "--size", f"{size[0]}x{size[1]}", "--parties", str(parties)


def _answered(question: str, *options: str) -> dict[str, Any]:
    """A process of its own answers: nothing is warm in it, and its memory is its own."""
    command = (sys.executable, "-m", "bench.questions", question, *options)
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise TookTooLong(f"not measured: given up after {PATIENCE // 60} minutes") from None
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _milliseconds(seconds: Sequence[float]) -> str:
    """`4.1 ms, p95 9.8 ms, most 12.0 ms`."""
    ordered = sorted(seconds)
    high = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return f"{1e3 * statistics.median(ordered):.1f} ms, p95 {1e3 * high:.1f} ms, most {1e3 * ordered[-1]:.1f} ms"


def _shares(counts: dict[str, int]) -> str:
    """`fulfilled 31 %, due 12 %, …`: how often each status occurs."""
    whole = sum(counts.values())
    return ", ".join(f"{status} {100 * count / whole:.1f} %" for status, count in counts.items())


def _sized(size: Size) -> str:
    return f"{size[0]:,} commitments, {size[1]:,} acts"
