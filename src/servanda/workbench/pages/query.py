"""Query: a question in SQL to the tables that the case comes to, its answer as a table or a file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import msgspec

from servanda.api.answers import view_answer
from servanda.api.errors import BadQuery
from servanda.api.query import Question, write_parquet
from servanda.api.query_answers import csv_of, query_answer, shown
from servanda.api.query_apart import Lines, sheet_of
from servanda.api.tables import TABLES
from servanda.api.views import View
from servanda.workbench.api.apart import MEGABYTES, MOST_LINES, asked_apart
from servanda.workbench.asked import Slip
from servanda.workbench.sight import Sight

#: So many lines are shown; the files have all that a question may have.
_MOST_SHOWN = 500
_LONGEST = 20_000

#: Questions to begin with: what they find, and how they are asked.
EXAMPLES = (
    ("What those concerned differ on", "from standings\nselect commitment, reading, status\nwhere differs"),
    ("How many stand how", "from standings\nselect reading, status, count(*) as how_many\n"
     "group by all\norder by reading, how_many desc"),
    (
        "Who did how much",
        "from (select unnest(parties) as party, verb from acts)\nselect party, verb, count(*) as how_many\n"
        "group by all\norder by how_many desc",
    ),
    ("The sources by their quotes", "from quotes\nselect source, found, count(*) as quotes\n"
     "group by all\norder by quotes desc"),
    ("What waits for what", "from missing"),
)  # fmt: skip


class Slipped(msgspec.Struct, frozen=True):
    """What is wrong with a question, and where: the lines of it, and where in them the words stand."""

    message: str
    suggestion: str | None
    lines: tuple[tuple[int, str, str, str], ...]


def answer(sight: Sight) -> dict[str, Any]:
    """The answer to the question in the address, or what is wrong with it; the tables and examples beside it."""
    sql = sight.more.get("sql", "").strip()[:_LONGEST]
    heads: list[str] = []
    lines: list[tuple[Any, ...]] = []
    slipped = None
    if sql:
        try:
            heads, lines = _answered(sight, sql)
        except BadQuery as why:
            slipped = slipped_of(why, sql)
    return {
        "title": "Ask in SQL",
        "sql": sql,
        "heads": heads,
        "lines": [[shown(each) for each in line] for line in lines[:_MOST_SHOWN]],
        "numeric": [all(isinstance(line[at], int | float) and not isinstance(line[at], bool) for line in lines)
                    for at in range(len(heads))],
        "count": len(lines),
        "cut": len(lines) > _MOST_SHOWN,
        "most": _MOST_SHOWN,
        "wrong": slipped,
        "asked_anything": bool(sql),
        "tables": list(TABLES.values()),
        "examples": EXAMPLES,
        "supposed_words": len(sight.supposed),
    }  # fmt: skip


def file(sight: Sight, name: str) -> tuple[str, bytes]:
    """The answer as CSV, JSON or Parquet, with as many lines as are given at once."""
    sql = sight.more.get("sql", "").strip()[:_LONGEST]
    try:
        heads, lines = _answered(sight, sql)
        if name == "answer.parquet":
            # what was answered apart within its bounds can be answered here
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "answer.parquet"
                write_parquet(_question(sight), sql, path)
                return "application/vnd.apache.parquet", path.read_bytes()
    except BadQuery as why:
        sight.slips.append(Slip("sql", sql[:80], str(why)))
        return "text/plain", b""
    if name == "answer.csv":
        return "text/csv; charset=utf-8", csv_of(heads, lines).encode(errors="replace")
    found = query_answer(view_answer(_view(sight)), heads, lines)
    return "application/json", msgspec.json.format(msgspec.json.encode(found), indent=2)


def _answered(sight: Sight, sql: str) -> tuple[list[str], Lines]:
    """The answer, worked out apart: a question may take so much time and memory, and no more."""
    sheet = sheet_of(_question(sight), sql, most_lines=MOST_LINES, megabytes=MEGABYTES)
    with sight.desk.meanwhile():
        return asked_apart(sheet)


def _question(sight: Sight) -> Question:
    """The case and its view; what is supposed is in the standings, not in the acts, which are the record."""
    return Question(sight.record, _view(sight), sight.copy.loaded.quotes, sight.case.inquiry, sight.asked.readings)


def _view(sight: Sight) -> View:
    asked = sight.asked
    return View(asked.at, asked.known, asked.channels, asked.supposed)


def slipped_of(why: BadQuery, sql: str) -> Slipped:
    """What is wrong, with the lines of the question around it; the words that are meant apart."""
    lines = []
    if why.line is not None and why.column is not None:
        for number, line in enumerate(sql.split("\n"), start=1):
            if number == why.line:
                start = why.column - 1
                lines.append((number, line[:start], line[start : start + why.width] or " ", line[start + why.width :]))
            elif abs(number - why.line) <= 2:
                lines.append((number, line, "", ""))
    return Slipped(why.message, why.suggestion, tuple(lines))
