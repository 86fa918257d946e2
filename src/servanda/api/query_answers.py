"""What `servanda query` gives to other programs: the lines of an answer, and the tables there are."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import msgspec

from .answers import ViewAnswer
from .tables import TABLES


class QueryAnswer(msgspec.Struct, frozen=True):
    """What `servanda query SQL --format json` gives: the columns, and each line as an object."""

    schema_version: Literal[1]
    view: ViewAnswer
    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


class ColumnAnswer(msgspec.Struct, frozen=True):
    """A column of a table, and what it says."""

    name: str
    type: str
    about: str


class TableAnswer(msgspec.Struct, frozen=True):
    """A table, and what it holds."""

    name: str
    about: str
    columns: tuple[ColumnAnswer, ...]


class TablesAnswer(msgspec.Struct, frozen=True):
    """What `servanda query --tables --format json` gives."""

    schema_version: Literal[1]
    tables: tuple[TableAnswer, ...]


def tables_answer() -> TablesAnswer:
    """All tables with their columns."""
    return TablesAnswer(
        1,
        tuple(
            TableAnswer(
                table.name, table.about, tuple(ColumnAnswer(each.name, each.type, each.about) for each in table.columns)
            )
            for table in TABLES.values()
        ),
    )


def query_answer(view: ViewAnswer, columns: Iterable[str], lines: Iterable[Sequence[Any]]) -> QueryAnswer:
    """The answer to a question in SQL."""
    names = _distinct(columns)
    rows = tuple(dict(zip(names, map(plain, line), strict=True)) for line in lines)
    return QueryAnswer(1, view, names, rows)


def _distinct(columns: Iterable[str]) -> tuple[str, ...]:
    """The names of columns, a second one of the same name with a number behind it."""
    found: dict[str, None] = {}
    for column in columns:
        name, number = column, 1
        while name in found:
            name, number = f"{column}_{number}", number + 1
        found[name] = None
    return tuple(found)


def plain(value: Any) -> Any:
    """A value of duckdb as JSON has it."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Decimal():
            return int(value) if value == int(value) else float(value)
        case datetime() | date():
            return value.isoformat()
        case list() | tuple():
            return [plain(each) for each in value]
        case dict():
            return {str(key): plain(each) for key, each in value.items()}
    return str(value)


def csv_of(columns: Iterable[str], lines: Iterable[Sequence[Any]]) -> str:
    """An answer as CSV (RFC 4180 but for its line ends): a list as JSON has it, nothing where there is no value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for line in lines:
        writer.writerow(["" if each is None else _cell(plain(each)) for each in line])
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def shown(value: Any) -> str:
    """A value for people: names of a list with commas between, a date without the hours of a whole day's end."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if (value.hour, value.minute) in _WHOLE else value.isoformat(" ")[:16]
    found = plain(value)
    if isinstance(found, list):
        return ", ".join(map(str, found))
    if isinstance(found, bool):
        return "yes" if found else "no"
    return f"{found:g}" if isinstance(found, float) else str(found)


#: The hours that say no more than the day: its beginning and its end.
_WHOLE = frozenset([(0, 0), (23, 59)])
