"""Rows as an inventory gives them: those of `standing`, which know their standings by reading."""

from __future__ import annotations

from collections.abc import Iterable

from servanda import standing

from .errors import UnknownName


class Row(standing.Row, frozen=True):
    """One line of an inventory: a commitment, or an instance of one, with its standing in each reading that has it.

    `row["US"]` is its standing in that reading.
    """

    def __getitem__(self, reading: str) -> standing.Standing:
        if reading not in self.standings:
            raise UnknownName(reading, f"reading of `{self.label}`", self.standings)
        return self.standings[reading]


def rows_of(rows: Iterable[standing.Row]) -> tuple[Row, ...]:
    """The same rows, to be asked by reading."""
    return tuple(
        Row(row.commitment, row.instance, row.bearers, row.counterparties, row.differs, row.standings) for row in rows
    )
