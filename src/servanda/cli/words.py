"""How standings and dates are said to people, the same in every answer; and what fits on a terminal."""

from __future__ import annotations

import datetime
import shutil
import textwrap
from collections.abc import Iterable, Mapping, Sequence

import click

from servanda.diagnostics import printable
from servanda.model.time import Dating
from servanda.standing import Standing
from servanda.standing.wording import status_words

# ── standings ───────────────────────────────────────────────────────────────────────────────────────────────


def by_words(standings: Mapping[str, Standing], asked: Iterable[str]) -> dict[str, list[str]]:
    """Each thing that is to be said of a commitment, with the readings in which it is said."""
    said: dict[str, list[str]] = {}
    for reading in asked:
        if reading in standings:
            said.setdefault(status_words(standings[reading]), []).append(reading)
    return said


# ── dates ──────────────────────────────────────────────────────────────────────────────────────────


def dating_words(dating: Dating, day: datetime.date) -> str:
    """How exact an act of a day is dated: its hour, or the stretch it lies in; nothing where the day says it all."""
    if dating.exact and dating.latest.minute is None:
        return ""
    words = str(dating)
    if dating.earliest.day == dating.latest.day == day:
        words = words.replace(f"{day}T", "")
    return words


def distance(day: datetime.date, today: datetime.date) -> str:
    """How far a day is away."""
    days = (day - today).days
    if not days:
        return "that day"
    length = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"in {length}" if days > 0 else f"{length} ago"


# ── the terminal ────────────────────────────────────────────────────────────────────────────────────────────


def columns() -> int:
    """How many columns there are to write on."""
    return max(40, min(shutil.get_terminal_size((100, 24)).columns, 120))


def wrapped(words: str, indent: int, hanging: int | None = None, *, lead: str = "") -> str:
    """Words over as many lines as it takes, indented; all but the first by `hanging`.

    `lead` stands before them on the first line and is not broken, so that it can be set in columns.
    """
    later = indent if hanging is None else hanging
    lines = textwrap.wrap(
        printable(lead).replace(" ", "\xa0") + printable(words), columns(), initial_indent=" " * indent,
        subsequent_indent=" " * later, break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return "\n".join(lines).replace("\xa0", " ")


def strong(words: str) -> str:
    """Words that stand out on a terminal; without colour they are the same words."""
    return click.style(words, bold=True)


def faint(words: str) -> str:
    """Words that stand back on a terminal."""
    return click.style(words, dim=True)


def marked(mark: str) -> str:
    """A mark before a line that deserves a look."""
    return click.style(mark, fg="yellow", bold=True) if mark.strip() else mark


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with their cells below one another."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))] if rows else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def counted(count: int, noun: str) -> str:
    """A count of things."""
    return f"{count} {noun if count == 1 else noun + 's'}"
