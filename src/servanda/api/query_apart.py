"""SQL that is answered apart, where it can be stopped: what goes there and what comes back, as bytes.

A statement can be small and its work endless, within one function that no database interrupts. So a server that answers
many does not run it itself: it hands over the lines of the tables, and ends whoever takes too long.
"""

from __future__ import annotations

from typing import Any

import msgspec

from .errors import BadQuery
from .query import Line, Question, asked_of, bad_query, holding, lines_for, one_question
from .query_answers import plain

Lines = list[tuple[Any, ...]]


class Sheet(msgspec.Struct, frozen=True):
    """A statement with the lines of the tables it speaks of, and how many lines and megabytes its answer may take."""

    sql: str
    tables: dict[str, list[Line]]
    most_lines: int
    megabytes: int


class Reply(msgspec.Struct, frozen=True):
    """The columns and lines of an answer, in plain values; or what is wrong with the statement, as in `BadQuery`."""

    columns: list[str] = []
    lines: list[list[Any]] = []
    slip: tuple[str, str, int | None, int | None, int, str | None] | None = None


def sheet_of(question: Question, sql: str, *, most_lines: int, megabytes: int) -> bytes:
    """What is handed over; raises `BadQuery` where the statement is none that asks."""
    one_question(sql)
    return msgspec.json.encode(Sheet(sql, lines_for(question, sql), most_lines, megabytes))


def replied(sheet: bytes) -> bytes:
    """What comes back: the answer to the statement of a sheet."""
    asked = msgspec.json.decode(sheet, type=Sheet)
    try:
        return msgspec.json.encode(_answered(asked))
    except BadQuery as slip:
        told = (slip.message, slip.sql, slip.line, slip.column, slip.width, slip.suggestion)
        return msgspec.json.encode(Reply(slip=told))


def answer_in(reply: bytes) -> tuple[list[str], Lines]:
    """The names of the columns, and all lines, in plain values; raises `BadQuery` where the reply is a slip."""
    found = msgspec.json.decode(reply, type=Reply)
    if found.slip is not None:
        raise BadQuery(*found.slip)
    return found.columns, list(map(tuple, found.lines))


def _answered(asked: Sheet) -> Reply:
    import duckdb

    try:
        relation = asked_of(holding(asked.tables, megabytes=asked.megabytes), asked.sql)
        heads, lines = relation.columns, relation.limit(asked.most_lines + 1).fetchall()
    except (duckdb.OutOfMemoryException, MemoryError):
        raise BadQuery(f"it takes more than {asked.megabytes} MB: ask for less at once") from None
    except duckdb.Error as slip:
        raise _told(asked, slip) from None
    if len(lines) > asked.most_lines:
        raise BadQuery(f"the answer has more than {asked.most_lines:,} lines: narrow it, or add `limit`")
    return Reply(heads, [[plain(value) for value in line] for line in lines])


def _told(asked: Sheet, slip: Exception) -> BadQuery:
    import duckdb

    try:
        holding(asked.tables, told=True, megabytes=asked.megabytes).execute(asked.sql).fetchone()
    except duckdb.Error as told:
        return bad_query(told, asked.sql)
    return bad_query(slip, asked.sql)
