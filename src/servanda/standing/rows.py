"""The lines of an inventory: standings side by side, and for which dates around the one asked they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

import msgspec

from servanda.model.commitments import Commitment

from .life import Life
from .outlook import Outlook
from .present import Present
from .standings import Standing, chapter_of, lasting
from .stretches import ALWAYS_SO, Instant
from .wording import label_of


class Row(msgspec.Struct, frozen=True):
    """One line of an inventory: a commitment, or an instance of one, with its standing in each reading that has it.

    `differs` says whether the parties it is owed by and to, as far as asked, read its status differently.
    """

    commitment: Commitment
    instance: str | None
    bearers: tuple[str, ...]
    counterparties: tuple[str, ...]
    differs: bool
    standings: Mapping[str, Standing]

    @property
    def label(self) -> str:
        """The commitment's name, with its instance if it has one."""
        return label_of(self.commitment.name, self.instance)

    def __str__(self) -> str:
        said: dict[str, list[str]] = {}
        for reading, each in self.standings.items():
            said.setdefault(str(each), []).append(reading)
        return f"{self.label}: " + "; ".join(f"{words} in {', '.join(those)}" for words, those in said.items())

    def __repr__(self) -> str:
        return f"<Row {self}>"


_Line = TypeVar("_Line", bound=Row)


def by_bearers(rows: Iterable[_Line]) -> dict[tuple[str, ...], list[_Line]]:
    """Rows by those who owe them, or hold them, in the order in which these come."""
    found: dict[tuple[str, ...], list[_Line]] = {}
    for row in rows:
        found.setdefault(row.bearers, []).append(row)
    return found


class Lines(NamedTuple):
    """The rows of one name at a date; the same from `begin` until `end`, as far as nothing else comes into view."""

    rows: tuple[Row, ...]
    begin: Instant
    end: Instant


class Sheet(NamedTuple):
    """An inventory: what was seen in each reading, all lines by name, and how many of them were made for it.

    `number` is its place among the sheets of an inquiry, in the order in which they were made.
    """

    outlooks: Mapping[str, Outlook]
    lines: Mapping[str, Lines]
    made: int
    number: int

    @property
    def rows(self) -> tuple[Row, ...]:
        """All its rows, in the order of the case."""
        return tuple(row for lines in self.lines.values() for row in lines.rows)


class Making:
    """A sheet that is being made, name by name in the order of the case: all lines of it, or those that changed."""

    def __init__(
        self, outlooks: Mapping[str, Outlook], commitments: Mapping[str, Commitment], instant: Instant
    ) -> None:
        self._outlooks = outlooks
        self._commitments = commitments
        self._instant = instant
        self._lines: dict[str, Lines] = {}
        self._left = [*commitments][::-1]
        self._made = len(commitments)

    def after(self, before: Sheet, changed: set[str]) -> Making:
        """The same with the lines of another sheet but for names that changed, or whose time has passed."""
        now = self._instant
        self._lines = dict(before.lines)
        again = [name for name, (_, begin, end) in self._lines.items() if name in changed or not begin <= now < end]
        self._left, self._made = again[::-1], len(again)
        return self

    def go_on(self, is_up: Callable[[], bool] = bool) -> bool:
        """Make one line after the other until it is up, or all are made; whether they are."""
        while self._left:
            name = self._left.pop()
            self._lines[name] = _lines(self._commitments[name], self._outlooks, self._instant)
            if is_up():
                break
        return not self._left

    def first_rows(self) -> Iterator[Row]:
        """The rows up to the first name whose line is still to be made."""
        for name in self._commitments:
            if self._left and name == self._left[-1]:
                return
            yield from self._lines[name].rows

    def sheet(self, number: int) -> Sheet:
        """The whole of it."""
        self.go_on()
        return Sheet(self._outlooks, self._lines, self._made, number)


def _lines(commitment: Commitment, outlooks: Mapping[str, Outlook], instant: Instant) -> Lines:
    now = Present(instant)
    found: dict[str | None, dict[str, Life]] = {}
    for reading, outlook in outlooks.items():
        for life in there(outlook, reading, commitment.name, now):
            found.setdefault(life.key, {})[reading] = life
    rows = []
    for key, lives in found.items():
        first, life = next(iter(lives.items()))
        roles = chapter_of(outlooks[first], life, now).roles
        standings = {}
        for reading, life in lives.items():
            standings[reading], begin, end = lasting(outlooks[reading], life, instant)
            now.lies_in(begin, end)
        concerned = {*roles.bearers, *roles.counterparties}
        statuses = {each.status for reading, each in standings.items() if reading in concerned}
        rows.append(Row(commitment, key, roles.bearers, roles.counterparties, len(statuses) > 1, standings))
    return Lines(tuple(rows), now.begin, now.end)


def there(outlook: Outlook, reading: str, name: str, now: Present) -> Iterator[Life]:
    """The lives of a commitment that are there at present."""
    for life in outlook.lives(reading, name):
        if life.exists is ALWAYS_SO or now.at(life.exists) is not None:
            yield life
