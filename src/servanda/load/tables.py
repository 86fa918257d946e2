"""Event tables → acts: each row of a CSV or Parquet file is an event that somebody observed."""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from servanda.diagnostics import Diagnostic, diagnostic, nearest
from servanda.model.conditions import Argument, Happening, Value
from servanda.model.record import Act
from servanda.model.time import Dating, Malformed, Moment, dating_from_words
from servanda.text.syntax import Events

from . import roles
from .files import CaseFiles
from .namespace import Namespace

#: How many rows the tables of a case may have together.
MOST_ROWS = 500_000
#: How large a table may be as it lies on the disk.
_MOST_BYTES = 256 * 1024 * 1024
_LONGEST_HEADER = 100_000
_WHOLE = re.compile(r"0|-?[1-9]\d{0,17}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,18}\.\d{1,18}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECONDS = re.compile(r"(T\d\d:\d\d):\d\d(?:\.\d+)?")
_HOURS = re.compile(r"(T\d\d:\d\d[+-]\d\d)$")
_GLOB = re.compile(r"([*?\[])")
#: A table is read as it lies there, and within bounds.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
}


class TableReader:
    """Reads event tables through duckdb, which is loaded only where a case has some."""

    def __init__(self, names: Namespace, arguments: dict[str, frozenset[str]], files: CaseFiles) -> None:
        self.names = names
        self.arguments = arguments
        self.files = files
        self.diagnostics: list[Diagnostic] = []
        self._rows_left = MOST_ROWS

    def acts(self, events: Events, sources: Path | None) -> list[Act]:
        """The rows of one table as acts, in its order."""
        fits = self.names.use(events.by, roles.ACTOR) & self.names.use(events.event, roles.EVENT)
        known = self.arguments.get(events.event.name)
        named = [argument for argument, _ in events.columns]
        for argument in {each for each in named if named.count(each) > 1}:
            self._report("argument-twice", events, argument=argument)
            fits = False
        for argument, _ in events.columns:
            if known is not None and argument not in known:
                self._report("unknown-argument", events, event=events.event.name, argument=argument)
                fits = False
        path = self.files.resolve(events.path.value, events.path.span, *([sources] if sources else []))
        if path is None or not fits:
            return []
        if not self.files.is_file(path, events.path.value, events.path.span):
            return []
        return list(self._rows(events, path))

    def _rows(self, events: Events, path: Path) -> Iterator[Act]:
        import duckdb

        wanted = [*dict.fromkeys([*(column for _, column in events.columns), events.at])]
        try:
            rows = self._cells(events, path, wanted)
        except (duckdb.Error, csv.Error, OSError, ValueError) as reason:
            self._report("unreadable-table", events, path=events.path.value, reason=_why(reason))
            return
        if len(rows) > self._rows_left:
            self._report("too-many-rows", events, path=events.path.value, most=f"{MOST_ROWS:,}")
            return
        self._rows_left -= len(rows)
        untimed: list[tuple[int, str]] = []
        for number, row in enumerate(rows, 1):
            cells = dict(zip(wanted, row, strict=True))
            dating = _dating(cells[events.at])
            if dating is None:
                untimed.append((number, str(cells[events.at] or "")))
                continue
            arguments = tuple(
                Argument(argument, events.span, _value(cells[column])) for argument, column in events.columns
            )
            happening = Happening(events.event, arguments, events.span)
            yield Act(dating, (events.by,), "observes", (happening,), events.span, row=number)
        if untimed:
            first, found = untimed[0]
            more = f" (and {len(untimed) - 1:,} more)" if len(untimed) > 1 else ""
            self._report("row-without-time", events, row=first, path=events.path.value, found=found, more=more)

    def _cells(self, events: Events, path: Path, wanted: list[str]) -> list[tuple[Any, ...]]:
        """The wanted columns of a table, row by row; one row more than may be, if there are more."""
        import duckdb

        if path.stat().st_size > _MOST_BYTES:
            raise ValueError(f"it is larger than {_MOST_BYTES // 1024 // 1024} MiB")
        parquet = path.suffix.lower() == ".parquet"
        if parquet and not _begins_like_parquet(path):
            raise ValueError("it is not a Parquet file")
        reader = "read_parquet(?" if parquet else _csv(path)
        table = f"{reader}, hive_partitioning=false)"
        # The path of a table stands for many files where it has these characters, unless they are in brackets.
        literal = [_GLOB.sub(r"[\1]", str(path))]
        with duckdb.connect(config=_CONFIG) as connection:
            described = connection.execute(f"describe select * from {table}", literal).fetchall()
            columns = {str(name): str(kind) for name, kind, *_ in described}
            missing = [column for column in wanted if column not in columns]
            for column in missing:
                guess = nearest(column, columns)
                self._report(
                    "unknown-column", events, label=f"did you mean `{guess}`?" if guess else "", column=column,
                    path=events.path.value, columns=", ".join(f"`{each}`" for each in [*columns][:12]),
                )  # fmt: skip
            if missing:
                return []
            listed = ", ".join(_selected(column, columns[column]) for column in wanted)
            query = f"select {listed} from {table} limit {self._rows_left + 1}"
            return connection.execute(query, literal).fetchall()

    def _report(self, code: str, events: Events, *, label: str = "", **values: object) -> None:
        self.diagnostics.append(diagnostic(code, events.path.span, label=label, **values))  # type: ignore[arg-type]


def _begins_like_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _selected(column: str, kind: str) -> str:
    """A column as it is asked for: points in time as words in UTC, whatever time zone this machine is in."""
    name = '"' + column.replace('"', '""') + '"'
    return f"make_timestamp(epoch_us({name}))::varchar || '+00'" if kind == "TIMESTAMP WITH TIME ZONE" else name


def _csv(path: Path) -> str:
    """How a CSV file is read: by its first line. What the database guesses from a damaged file is another table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline(_LONGEST_HEADER)
    divider = max(",;\t|", key=first.count)
    columns = next(csv.reader([first], delimiter=divider), [])
    if not columns or len(columns) != len(set(columns)):
        raise ValueError("its first line does not give each column a name of its own")
    quoted = (name.replace("'", "''") for name in columns)
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in quoted)
    return (
        f"""read_csv(?, auto_detect=false, header=true, delim='{divider}', quote='"', escape='"', columns={{{types}}}"""
    )


def _why(reason: Exception) -> str:
    """What a reader of tables complains of, in one line."""
    lines = [line for line in str(reason).splitlines() if line and not line.startswith("Original Line")]
    return ": ".join(lines[:2]).removeprefix("Invalid Input Error: ")


def _value(cell: Any) -> Value | None:
    """A cell as the value that the same words are in a case."""
    if cell is None:
        return None
    if isinstance(cell, datetime.date):
        return _dating(cell)
    text = str(cell).lower() if isinstance(cell, bool) else unicodedata.normalize("NFC", str(cell))
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return (_dating(text) if _DAY.match(text) else None) or text


def _dating(cell: Any) -> Dating | None:
    if isinstance(cell, datetime.datetime):
        offset = cell.utcoffset()
        minutes = None if offset is None else int(offset.total_seconds() // 60)
        moment = Moment(cell.date(), cell.hour * 60 + cell.minute, minutes)
        return Dating(moment, moment)
    if isinstance(cell, datetime.date):
        return Dating.on(cell)
    words = str(cell).strip()
    if len(words) > 10 and words[10] == " ":
        words = f"{words[:10]}T{words[11:]}"
    try:
        return dating_from_words(_HOURS.sub(r"\1:00", _SECONDS.sub(r"\1", words)))
    except Malformed:
        return None
