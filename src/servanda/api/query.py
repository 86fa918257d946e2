"""SQL about a case: its tables in a duckdb of their own, which sees no files, no network and nothing of the machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from servanda.diagnostics import nearest
from servanda.load import Quotes
from servanda.model.case import Case
from servanda.standing import Inquiry, Row

from .errors import BadQuery
from .tables import TABLES, Asked, Table
from .tables.standings import standing_lines
from .views import View

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

#: Words with which SQL can name a table without writing it out.
_INDIRECT = frozenset(["query", "query_table"])
#: Lines handed to duckdb at once.
_AT_ONCE = 20_000
#: A line of a table, by the names of its columns.
Line = Mapping[str, Any]
_WORD = re.compile(r"\w+")
#: What the database may not do, and that nobody can allow it again; what takes longer it would tell beside the answer.
_LIMITS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_progress_bar": "false",
    "python_enable_replacements": "false",
    "temp_directory": "''",
}


class Question(msgspec.Struct, frozen=True, dict=True):
    """Of which case, and of which view of it, SQL asks; without a view there are no standings to ask about.

    `inquiry` is one about the same case, where there is one already, with whatever is supposed; `quotes` is what became
    of the case's quotes; `readings` are those that standings are asked for in, all without it.
    """

    case: Case
    view: View | None = None
    quotes: Quotes | None = None
    inquiry: Inquiry | None = None
    readings: tuple[str, ...] | None = None

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All standings of the view; worked out once."""
        if self.view is None:
            raise BadQuery("standings are asked about at a date: say which, with `at`")
        inquiry = Inquiry(self.case) if self.inquiry is None else self.inquiry
        return inquiry.inventory(self.view.at, self.readings, self.view.over, self.view.known)


def relation_of(question: Question, sql: str, parquet: Path | None = None) -> DuckDBPyRelation:
    """The answer to a statement, as a relation of duckdb; raises `BadQuery`.

    `parquet` is the one file that the relation may be written to.
    """
    import duckdb

    one_question(sql)
    try:
        return asked_of(_holding(question, sql, parquet), sql)
    except duckdb.Error as slip:
        raise _told(question, sql, slip) from None


def asked_of(connection: DuckDBPyConnection, sql: str) -> DuckDBPyRelation:
    """The answer of a database that holds the tables."""
    relation = connection.sql(sql)
    if relation is None:
        raise BadQuery("a question has an answer: begin with `select` or `from`")
    return _readable(relation)


def fetched(question: Question, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names of the columns of an answer, and all its lines; raises `BadQuery`."""
    import duckdb

    relation = relation_of(question, sql)
    try:
        return relation.columns, relation.fetchall()
    except duckdb.Error as slip:
        raise _told(question, sql, slip) from None


def write_parquet(question: Question, sql: str, path: Path) -> None:
    """Write an answer to a file as Parquet; raises `BadQuery`."""
    import duckdb

    relation = relation_of(question, sql, path)
    try:
        relation.write_parquet(str(path))
    except duckdb.IOException as slip:
        raise OSError(str(slip)) from None
    except duckdb.Error as slip:
        raise _told(question, sql, slip) from None


def _holding(question: Question, sql: str, parquet: Path | None = None, *, told: bool = False) -> DuckDBPyConnection:
    """A database with all tables, those filled that the statement can speak of."""
    return holding(lines_for(question, sql), parquet, told=told)


def lines_for(question: Question, sql: str) -> dict[str, list[Line]]:
    """The lines of those tables that the statement can speak of, by the names of the tables."""
    words = {word.lower() for word in _WORD.findall(sql)}
    asked = Asked(question.case, lambda: question.rows, question.quotes)
    every = bool(words & _INDIRECT)
    return {name: list(table.records(asked)) for name, table in TABLES.items() if every or name in words}


def holding(
    lines: Mapping[str, list[Line]], parquet: Path | None = None, *, told: bool = False, megabytes: int | None = None
) -> DuckDBPyConnection:
    """A database with all tables, filled with these lines; it may take so much memory, all there is if that is None."""
    connection = _connected(parquet, told=told, megabytes=megabytes)
    for table in TABLES.values():
        _declare(connection, table)
        if table.name in lines:
            _fill(connection, table, lines[table.name])
    return connection


def _told(question: Question, sql: str, slip: Exception) -> BadQuery:
    """What is wrong with a statement: it is tried once more where errors are told with their places."""
    import duckdb

    try:
        _holding(question, sql, told=True).execute(sql).fetchall()
    except duckdb.Error as told:
        return bad_query(told, sql)
    return bad_query(slip, sql)


def standings_relation(rows: Iterable[Row]) -> DuckDBPyRelation:
    """The table `standings` of these rows, as a relation of duckdb."""
    table = TABLES["standings"]
    names = [column.name for column in table.columns]
    connection = _connected()
    _declare(connection, table)
    _fill(connection, table, (dict(zip(names, line, strict=True)) for line in standing_lines(rows)))
    return connection.table("standings")


def _connected(parquet: Path | None = None, *, told: bool = False, megabytes: int | None = None) -> DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(":memory:")
    if megabytes is not None:
        connection.execute(f"SET memory_limit = '{megabytes}MB'; SET threads = 1")
    if parquet is not None:
        quoted = str(parquet).replace("'", "''")
        connection.execute(f"SET allowed_paths = ['{quoted}']")
    for setting, value in {**_LIMITS, "errors_as_json": told, "enable_external_access": False}.items():
        connection.execute(f"SET {setting} = {value}")
    connection.execute("SET lock_configuration = true")
    return connection


def _declare(connection: DuckDBPyConnection, table: Table) -> None:
    columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
    connection.execute(f'CREATE TABLE "{table.name}" ({columns})')


def _fill(connection: DuckDBPyConnection, table: Table, lines: Iterable[Any]) -> None:
    """Hand lines over as JSON, which is many times faster than one by one."""
    shape = msgspec.json.encode([{column.name: column.type for column in table.columns}]).decode()
    every = list(lines)
    for start in range(0, len(every), _AT_ONCE):
        some = msgspec.json.encode(every[start : start + _AT_ONCE]).decode()
        connection.execute(
            f'INSERT INTO "{table.name}" SELECT unnest(from_json(?, ?), recursive := true)', [some, shape]
        )


def _readable(relation: DuckDBPyRelation) -> DuckDBPyRelation:
    """The same relation, its times with a zone as text: Python could not take them without another package."""
    types = [str(each) for each in relation.types]
    if not any("TIME ZONE" in each for each in types):
        return relation
    shown = []
    for name, each in zip(relation.columns, types, strict=True):
        quoted = '"' + name.replace('"', '""') + '"'
        shown.append(f"CAST({quoted} AS VARCHAR) AS {quoted}" if "TIME ZONE" in each else quoted)
    return relation.project(", ".join(shown))


def one_question(sql: str) -> None:
    """Only a single statement that asks: whatever would change or set something has no place here."""
    import duckdb

    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error:
        return  # where it goes wrong is said when it is run
    if not statements:
        raise BadQuery("there is no question: write a statement such as `from acts`")
    if len(statements) > 1:
        raise BadQuery("one statement at a time: this is more than one")
    kind = statements[0].type
    if kind == duckdb.StatementType.MULTI:
        raise BadQuery("say which columns a `pivot` makes: `on reading in ('US', 'USSR')`")
    if kind not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        raise BadQuery(f"the tables of a case can be read, not changed: `{kind.name.lower()}` is not possible here")


# ── what duckdb says of a statement → what is told about it ─────────────────────────────────────────────────

_LOCATION = re.compile(r"\[(\d+),(\d+)\]")


def bad_query(slip: Exception, sql: str) -> BadQuery:
    """What is wrong with a statement, at its place."""
    _, _, said = str(slip).partition(": ")
    try:
        found = msgspec.json.decode(said, type=dict[str, Any])
    except msgspec.DecodeError:
        return BadQuery(_lower(str(slip).partition("\n")[0]))
    kind, name = found.get("exception_type"), found.get("name")
    message = _lower(str(found.get("exception_message", said)).partition("\n")[0].rstrip("!."))
    suggestion = None
    if kind == "Permission":
        message = "a question sees the tables of the case and nothing else, no files"
    elif found.get("type") == "Table" and name:
        message = f"no table is called `{name}`; `servanda query --tables` lists them"
        suggestion = nearest(name, TABLES)
    elif found.get("error_subtype") == "COLUMN_NOT_FOUND" and name:
        message = f"no column here is called `{name}`"
        suggestion = nearest(name, _columns_in(sql))
    line, column, width = _place(found, sql)
    return BadQuery(message, sql, line, column, width, suggestion)


def _columns_in(sql: str) -> set[str]:
    words = {word.lower() for word in _WORD.findall(sql)}
    tables = [table for name, table in TABLES.items() if name in words]
    return {column.name for table in tables for column in table.columns}


def _place(found: dict[str, Any], sql: str) -> tuple[int | None, int | None, int]:
    """Line, column and width of what is meant; duckdb counts bytes from the beginning."""
    location = _LOCATION.fullmatch(str(found.get("location", "")))
    at = int(location[1]) if location else found.get("position")
    if at is None:
        return None, None, 1
    data = sql.encode()
    before = data[: int(at)].decode(errors="replace")
    meant = data[int(at) : int(at) + int(location[2])].decode(errors="replace") if location else ""
    line = before.count("\n") + 1
    return line, len(before) - (before.rfind("\n") + 1) + 1, max(1, len(meant.partition("\n")[0]))


def _lower(message: str) -> str:
    """A message as ours begin: in lower case, and without the kind of error in front."""
    message = re.sub(r"^(\w+ )+Error: ", "", message)
    return message[:1].lower() + message[1:]
