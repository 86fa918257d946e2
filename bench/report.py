"""The one table of results; what was not measured this time stays in it as it was."""

import os
import platform
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
COLUMNS = ("row", "what", "Servanda", "beside it", "ratio", "memory", "memory beside it", "reach for")


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


@dataclass(frozen=True)
class Measured:
    """What one script measured: when and on what, and its lines of the table."""

    circumstances: str
    lines: tuple[str, ...]

    @classmethod
    def now(cls, name: str, rows: Iterable[Row], load: tuple[float, float], packages: Iterable[str]) -> "Measured":
        """What was measured just now; the machine's load before and after; the packages whose versions matter.

        Measuring is itself a load of about 1: much more at the end says that somebody else was at work.
        """
        return cls(
            f"{datetime.now(UTC):%Y-%m-%d}, on {_machine()}; load {load[0]:.1f} before, {load[1]:.1f} after; "
            f"Python {platform.python_version()}; {', '.join(f'{each} {version(each)}' for each in packages)}",
            tuple(_line((name, *row.cells())) for row in rows),
        )


def page(measured: Mapping[str, Measured]) -> str:
    """The page: for each script when and on what it measured; then the table."""
    lines = [
        "# Measured",
        "",
        "Written by `make bench`. Seconds on the clock where no other unit stands, and megabytes at the peak: the",
        "middle of all runs, with the least and the most. Two programs in a row ran in turn, and their ratio is taken",
        "pair by pair: below 1 is faster.",
        "",
        *(f"- `{name}`: {each.circumstances}" for name, each in measured.items()),
        "",
        _line(COLUMNS),
        _line("---" for _ in COLUMNS),
        *(line for each in measured.values() for line in each.lines),
    ]
    return "\n".join(lines) + "\n"


def measured_from_page(text: str) -> dict[str, Measured]:
    """What a page says that was measured, script by script."""
    lines = text.splitlines()
    found = {}
    for line in lines:
        if line.startswith("- `"):
            name, _, circumstances = line.removeprefix("- `").partition("`: ")
            found[name] = Measured(circumstances, tuple(each for each in lines if each.startswith(f"| {name} |")))
    return found


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {sys.platform} {platform.machine()}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
