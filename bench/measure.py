"""Running whole processes and timing them; the plain standard library, so that measuring weighs nothing."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]


@dataclass(frozen=True)
class Run:
    """One run of a process: from its start to its end on the clock, and its memory at the peak."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Spread:
    """Repeated figures: the middle one, and how far the others lie from it."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> "Spread":
        return cls(statistics.median(figures), min(figures), max(figures))

    def show(self, digits: int = 2) -> str:
        """`1.92 (1.88–2.01)`."""
        return f"{self.median:.{digits}f} ({self.least:.{digits}f}–{self.most:.{digits}f})"


def run(command: Command, folder: Path) -> Run:
    """Run a command to its end. What it says is thrown away; that it fails is not."""
    with open(os.devnull, "w") as nowhere:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{Path(command[0]).name} {command[-2]} ended with {process.returncode}: nothing to measure")
    return Run(seconds, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024))


def side_by_side(ours: Command, theirs: Command, folder: Path, times: int) -> tuple[list[Run], list[Run]]:
    """Both commands in turn, so that what slows the machine down slows both; the first run of each does not count."""
    pairs = [(run(ours, folder), run(theirs, folder)) for _ in range(1 + times)][1:]
    return [ours for ours, _ in pairs], [theirs for _, theirs in pairs]


def until_first_word(command: Command, folder: Path) -> float:
    """Seconds from the start of a process to the first thing it says, on either stream."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        first = os.read(process.stdout.fileno(), 1)
        seconds = time.perf_counter() - start
        process.stdout.read()
    if not first:
        raise RuntimeError(f"{Path(command[0]).name} {command[-2]} said nothing: nothing to measure")
    return seconds
