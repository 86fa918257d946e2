"""The one table of results."""

import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
COLUMNS = ("what", "Servanda", "beside it", "ratio", "memory", "memory beside it", "reach for")
MEASURED = ("servanda", "beancount", "msgspec", "click")


@dataclass(frozen=True)
class Row:
    """A line of the table; what does not apply stays empty."""

    what: str
    ours: str
    theirs: str = ""
    ratio: str = ""
    memory: str = ""
    their_memory: str = ""
    aim: str = ""

    def cells(self) -> tuple[str, ...]:
        """The cells, in the order of the columns."""
        return (self.what, self.ours, self.theirs, self.ratio, self.memory, self.their_memory, self.aim)


def page(rows: Iterable[Row], load: tuple[float, float]) -> str:
    """The page: when and on what it was measured, the machine's load before and after; then the table.

    Measuring is itself a load of about 1: much more at the end says that somebody else was at work.
    """
    lines = [
        "# Measured",
        "",
        "Written by `make bench`. Seconds on the clock, and megabytes at the peak: the middle of all runs, with the",
        "least and the most. The two of a row ran in turn, and their ratio is taken pair by pair: below 1 is faster.",
        "",
        f"- {datetime.now(UTC):%Y-%m-%d}, on {_machine()}; load {load[0]:.1f} before, {load[1]:.1f} after",
        f"- Python {platform.python_version()}; {', '.join(f'{name} {version(name)}' for name in MEASURED)}",
        "",
        _line(COLUMNS),
        _line("---" for _ in COLUMNS),
        *(_line(row.cells()) for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {sys.platform} {platform.machine()}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
