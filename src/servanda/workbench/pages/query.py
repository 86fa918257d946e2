"""Query: a question in SQL to the tables that the case comes to, its answer as a table or a file."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from servanda.api.answers import view_answer
from servanda.api.errors import BadQuery
from servanda.api.query import Bounds, Question, fetched, write_parquet
from servanda.api.query_answers import csv_of, query_answer, shown
from servanda.api.tables import TABLES
from servanda.api.views import View
from servanda.workbench.asked import Slip
from servanda.workbench.sight import Sight

#: So many lines are shown, so many are given as a file; so many seconds a question may take, and so much memory.
_MOST_SHOWN = 500
_MOST_GIVEN = 200_000
_SECONDS = 5.0
_MEMORY = "1GB"
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
        sight.kept = {"sql": sql}
        try:
            heads, lines = fetched(_question(sight), sql, Bounds(_MOST_SHOWN + 1, _MEMORY, _for_some_seconds))
        except BadQuery as why:
            slipped = slipped_of(why, sql)
    return {
        "title": "Ask in SQL",
        "sql": sql,
        "heads": heads,
        "lines": [[shown(each) for each in line] for line in lines[:_MOST_SHOWN]],
        "numeric": [all(isinstance(line[at], int | float) and not isinstance(line[at], bool) for line in lines)
                    for at in range(len(heads))],
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
    question, bounds = _question(sight), Bounds(_MOST_GIVEN, _MEMORY, _for_some_seconds)
    try:
        if name == "answer.parquet":
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "answer.parquet"
                write_parquet(question, sql, path, bounds)
                return "application/vnd.apache.parquet", path.read_bytes()
        heads, lines = fetched(question, sql, bounds)
    except BadQuery as why:
        sight.slips.append(Slip("sql", sql[:80], str(why)))
        return "text/plain", b""
    if name == "answer.csv":
        return "text/csv; charset=utf-8", csv_of(heads, lines).encode(errors="replace")
    assert question.view is not None
    found = query_answer(view_answer(question.view), heads, lines)
    return "application/json", msgspec.json.format(msgspec.json.encode(found), indent=2)


@contextmanager
def _for_some_seconds(stop: Callable[[], None]) -> Iterator[None]:
    """Stop what takes longer than a question may."""
    timer = threading.Timer(_SECONDS, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _question(sight: Sight) -> Question:
    """The case and its view; what is supposed is in the standings, not in the acts, which are the record."""
    asked = sight.asked
    view = View(asked.at, asked.known, asked.channels, asked.supposed)
    return Question(sight.record, view, sight.copy.loaded.quotes, rows_of=lambda: sight.inventory.rows)


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
