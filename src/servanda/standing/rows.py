"""The lines of an inventory: standings side by side, and for which dates around the one asked they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

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


def sheet_of(
    outlooks: Mapping[str, Outlook], commitments: Mapping[str, Commitment], instant: Instant, number: int
) -> Sheet:
    """All lines at an instant."""
    lines = {name: _lines(each, outlooks, instant) for name, each in commitments.items()}
    return Sheet(outlooks, lines, len(lines), number)


def sheet_after(
    before: Sheet,
    changed: set[str],
    outlooks: Mapping[str, Outlook],
    commitments: Mapping[str, Commitment],
    instant: Instant,
    number: int,
) -> Sheet:
    """All lines at an instant, as they were on another sheet but for names that changed, or whose time has passed."""
    lines = dict(before.lines)
    again = [name for name, (_, begin, end) in lines.items() if name in changed or not begin <= instant < end]
    for name in again:
        lines[name] = _lines(commitments[name], outlooks, instant)
    return Sheet(outlooks, lines, len(again), number)


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
