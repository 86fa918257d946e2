"""The standings of the real case as tables: one for each reading, lines of commitments, columns of dates."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import servanda
from servanda.model.time import dating_from_words
from servanda.standing import RECORD, Inquiry, Row, Standing

CASE = Path(__file__).parents[1] / "examples" / "cuba-1962"
DATES = tuple(
    datetime.date.fromisoformat(each)
    for each in (
        "1962-10-27", "1962-10-28", "1962-11-09", "1962-11-15", "1962-11-20", "1962-11-21", "1962-12-12", "1963-01-08",
    )
)  # fmt: skip
#: What stands in a line throughout, where those lines are told together below a table.
_THROUGHOUT = ("not owed", "proposed")


@cache
def standings() -> dict[datetime.date, tuple[Row, ...]]:
    """Every commitment on each date, in every reading, over all channels that its party is among."""
    inquiry = Inquiry(servanda.load(CASE).case)
    return {date: inquiry.inventory(dating_from_words(str(date))) for date in DATES}


def case_table() -> str:
    """A part for each reading, the record's last."""
    case = servanda.load(CASE).case
    parts = []
    for reading in (*case.parties, RECORD):
        lines: dict[str, tuple[Row, list[str]]] = {}
        for rows in standings().values():
            for row in rows:
                lines.setdefault(row.label, (row, []))[1].append(status_on(row.standings.get(reading)))
        parts.append("\n\n".join(_part(_heading(reading, case.parties), lines)))
    return "\n\n".join(parts)


def status_on(standing: Standing | None) -> str:
    """A cell: the status, and the day by which it is due."""
    if standing is None:
        return "–"
    late = " late" if standing.status == "fulfilled" and standing.late else ""
    if standing.deadline is None or standing.status not in ("due", "overdue"):
        return f"{standing.status}{late}"
    return f"{standing.status}, {_day(standing.deadline[1])}"


def _heading(reading: str, parties: Mapping[str, object]) -> str:
    return f"### In the reading of {reading}" if reading in parties else "### In the record"


def _part(heading: str, lines: Mapping[str, tuple[Row, list[str]]]) -> Iterator[str]:
    """A heading, a table of the lines in which something changes, and the others below it."""
    yield heading
    moving = {label: line for label, line in lines.items() if _throughout(line[1]) not in _THROUGHOUT}
    if moving:
        heads = ["owed by", "commitment", *map(_day, DATES)]
        body = [heads, ["---"] * len(heads)]
        before = ""
        for label, (row, cells) in moving.items():
            owner = ", ".join(row.bearers)
            body.append([owner if owner != before else "", f"`{label}`", *_marked(cells)])
            before = owner
        yield "\n".join(f"| {' | '.join(each)} |" for each in body)
    for words in _THROUGHOUT:
        still = [f"`{label}`" for label, (_, cells) in lines.items() if _throughout(cells) == words]
        if still:
            yield f"{words.capitalize()} on all these days: {', '.join(still)}."


def _throughout(cells: Sequence[str]) -> str | None:
    return cells[0] if len(set(cells)) == 1 else None


def _marked(cells: Sequence[str]) -> Iterator[str]:
    """The cells, those in bold that are not as the one before."""
    for at, cell in enumerate(cells):
        yield f"**{cell}**" if at and cell != cells[at - 1] else cell


def _day(moment: datetime.date) -> str:
    return f"{moment.day} {moment:%b}"
