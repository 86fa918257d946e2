"""Event tables → acts: each row of a CSV or Parquet file is an event that somebody observed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
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

#: How many rows one table may have here.
MOST_ROWS = 500_000
_WHOLE = re.compile(r"0|-?[1-9]\d{0,17}", re.ASCII)
_SECONDS = re.compile(r"(T\d\d:\d\d):\d\d(?:\.\d+)?")


class TableReader:
    """Reads event tables through duckdb, which is loaded only where a case has some."""

    def __init__(self, names: Namespace, arguments: dict[str, frozenset[str]], files: CaseFiles) -> None:
        self.names = names
        self.arguments = arguments
        self.files = files
        self.diagnostics: list[Diagnostic] = []

    def acts(self, events: Events, sources: Path | None) -> list[Act]:
        """The rows of one table as acts, in its order."""
        fits = self.names.use(events.by, roles.ACTOR) & self.names.use(events.event, roles.EVENT)
        known = self.arguments.get(events.event.name)
        for argument, _ in events.columns:
            if known is not None and argument not in known:
                self._report("unknown-argument", events, event=events.event.name, argument=argument)
                fits = False
        path = self.files.resolve(events.path.value, events.path.span, *([sources] if sources else []))
        if path is None or not fits:
            return []
        if not path.exists():
            self._report("missing-file", events, path=events.path.value)
            return []
        return list(self._rows(events, path))

    def _rows(self, events: Events, path: Path) -> Iterator[Act]:
        import duckdb

        wanted = [*dict.fromkeys([*(column for _, column in events.columns), events.at])]
        try:
            rows = self._cells(events, path, wanted)
        except (duckdb.Error, OSError, ValueError) as reason:
            self._report("unreadable-table", events, path=events.path.value, reason=str(reason).splitlines()[0])
            return
        if len(rows) > MOST_ROWS:
            self._report("too-many-rows", events, path=events.path.value, most=MOST_ROWS)
            return
        for number, row in enumerate(rows, 1):
            cells = dict(zip(wanted, row, strict=True))
            dating = _dating(cells[events.at])
            if dating is None:
                self._report(
                    "row-without-time", events, row=number, path=events.path.value, found=str(cells[events.at])
                )
                continue
            arguments = tuple(
                Argument(argument, events.span, _value(cells[column])) for argument, column in events.columns
            )
            happening = Happening(events.event, arguments, events.span)
            yield Act(dating, (events.by,), "observes", (happening,), events.span, row=number)

    def _cells(self, events: Events, path: Path, wanted: list[str]) -> list[tuple[Any, ...]]:
        """The wanted columns of a table, row by row; one row more than may be, if there are more."""
        import duckdb

        if any(character in path.name for character in "*?["):
            raise ValueError("its name has a character that stands for many files")
        parquet = path.suffix.lower() == ".parquet"
        table = "read_parquet(?)" if parquet else "read_csv(?, header=true, all_varchar=true)"
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
            described = connection.execute(f"select * from {table} limit 0", [str(path)]).description or []
            columns = [str(column[0]) for column in described]
            missing = [column for column in wanted if column not in columns]
            for column in missing:
                guess = nearest(column, columns)
                self._report(
                    "unknown-column", events, label=f"did you mean `{guess}`?" if guess else "", column=column,
                    path=events.path.value, columns=", ".join(f"`{each}`" for each in columns[:12]),
                )  # fmt: skip
            if missing:
                return []
            listed = ", ".join('"' + column.replace('"', '""') + '"' for column in wanted)
            query = f"select {listed} from {table} limit {MOST_ROWS + 1}"
            return connection.execute(query, [str(path)]).fetchall()

    def _report(self, code: str, events: Events, *, label: str = "", **values: object) -> None:
        self.diagnostics.append(diagnostic(code, events.path.span, label=label, **values))  # type: ignore[arg-type]


def _value(cell: Any) -> Value | None:
    if cell is None or isinstance(cell, int):
        return cell
    if isinstance(cell, datetime.date):
        return _dating(cell)
    text = str(cell)
    return int(text) if _WHOLE.fullmatch(text) else text


def _dating(cell: Any) -> Dating | None:
    if isinstance(cell, datetime.datetime):
        offset = cell.utcoffset()
        minutes = None if offset is None else int(offset.total_seconds() // 60)
        moment = Moment(cell.date(), cell.hour * 60 + cell.minute, minutes)
        return Dating(moment, moment)
    if isinstance(cell, datetime.date):
        return Dating(Moment(cell), Moment(cell))
    words = str(cell).strip()
    if len(words) > 10 and words[10] == " ":
        words = f"{words[:10]}T{words[11:]}"
    try:
        return dating_from_words(_SECONDS.sub(r"\1", words))
    except Malformed:
        return None
