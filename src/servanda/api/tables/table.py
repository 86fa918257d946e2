"""What a table is: its name, its columns, and how its lines come out of a case."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from servanda.load import Quotes
from servanda.model.case import Case
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.span import Span
from servanda.model.time import Dating
from servanda.standing import Row

Cell = str | int | float | bool | tuple[str, ...] | datetime.date | datetime.datetime | None


class Column(msgspec.Struct, frozen=True):
    """A column of a table: its name, its type in the words of duckdb, and what it says."""

    name: str
    type: str
    about: str


class Asked(msgspec.Struct, frozen=True):
    """What tables are made of: a case, what became of its quotes, and how its standings are worked out."""

    case: Case
    rows: Callable[[], tuple[Row, ...]]
    quotes: Quotes | None = None

    def place(self, span: Span) -> tuple[str | None, int | None]:
        """The cells of `PLACE`; empty for what was made without a file."""
        return (self.case.path_within(span.file), span.line) if span.file.path else (None, None)


class Table(msgspec.Struct, frozen=True):
    """A table: its lines are made of a case only when somebody asks about it."""

    name: str
    about: str
    columns: tuple[Column, ...]
    lines: Callable[[Asked], Iterable[tuple[Cell, ...]]]

    def records(self, asked: Asked) -> Iterator[Mapping[str, Cell]]:
        """Its lines, each by the names of its columns."""
        names = [column.name for column in self.columns]
        for line in self.lines(asked):
            yield dict(zip(names, line, strict=True))


def columns(*each: tuple[str, str, str]) -> tuple[Column, ...]:
    """Columns, each by its name, its type and what it says."""
    return tuple(Column(*one) for one in each)


PLACE: tuple[tuple[str, str, str], ...] = (
    ("path", "VARCHAR", "the file in which it stands, as seen from the case's folder"),
    ("line", "BIGINT", "the line on which it begins"),
)


def names(refs: Iterable[Ref]) -> tuple[str, ...]:
    """The names that are referred to."""
    return tuple(ref.name for ref in refs)


def days(dating: Dating | None) -> tuple[str | None, datetime.date | None, datetime.date | None]:
    """A date as it is written, and its first and its last possible day."""
    return (None, None, None) if dating is None else (str(dating), dating.earliest.day, dating.latest.day)


def parties(case: Case, act: Act) -> tuple[str, ...]:
    """Whose act it is: each actor, or the party that it acts for."""
    return tuple(dict.fromkeys(case.party_of(ref.name) for ref in act.actors))
