"""An inventory: what each side owes, in every reading asked for, as a sequence of rows that prints well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, overload

from servanda.standing.rows import by_bearers
from servanda.standing.wording import owners_words, status_words

from .answers import StatusAnswer, plain, status_answer
from .errors import UnknownName
from .grid import padded
from .rows import Row
from .views import View

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation


@dataclass(frozen=True, repr=False)
class Inventory(Sequence[Row]):
    """Every commitment of a case with its standing in each reading asked for, at one date.

    A sequence of rows: `inventory[0]` is the first, `inventory["remove-bombers"]` that of a commitment,
    `inventory["briefing[3]"]` that of one instance. `print` shows a table, and so does a notebook.
    """

    rows: tuple[Row, ...]
    readings: tuple[str, ...]
    view: View
    title: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __contains__(self, key: object) -> bool:
        return any(key in (row, row.label) for row in self.rows)

    @overload
    def __getitem__(self, key: int | str) -> Row: ...
    @overload
    def __getitem__(self, key: slice) -> Inventory: ...
    def __getitem__(self, key: int | str | slice) -> Row | Inventory:
        if isinstance(key, slice):
            return replace(self, rows=self.rows[key])
        if isinstance(key, int):
            return self.rows[key]
        named = [row for row in self.rows if key in (row.label, row.commitment.name)]
        if len(named) == 1:
            return named[0]
        if named:
            raise UnknownName(key, "single row", (row.label for row in named))
        raise UnknownName(key, "commitment of this inventory", dict.fromkeys(row.label for row in self.rows))

    @property
    def differing(self) -> Inventory:
        """The rows on which those whom they concern differ."""
        return replace(self, rows=tuple(row for row in self.rows if row.differs))

    def answer(self) -> StatusAnswer:
        """The inventory as the JSON contract has it, a value that can be written and read again."""
        return status_answer(self.rows, self.readings, self.view)

    def as_json(self) -> dict[str, Any]:
        """What `servanda status --format json` prints, as plain values: dicts, lists, strings, numbers."""
        return plain(self.answer())

    def to_table(self) -> DuckDBPyRelation:
        """One line for each row and reading, as a relation of duckdb: `.arrow()`, `.df()`, `.fetchall()` go on from it.

        Its columns are those of the table `standings` of `servanda query`.
        """
        from .query import standings_relation

        return standings_relation(self.rows)

    def __repr__(self) -> str:
        return f"<Inventory {self.title!r} · {self.view}: {self._counted()}>"

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _counted(self) -> str:
        number = len(self.rows)
        differing = sum(row.differs for row in self.rows)
        return f"{number} commitment{'' if number == 1 else 's'}; those concerned differ on {differing}"

    def _lines(self) -> Iterator[str]:
        yield f"{self.title or 'a case without a title'} · {self.view}"
        if self.rows:
            groups = {owners_words(rows): rows for rows in by_bearers(self.rows).values()}
            cells = {id(row): [status_words(row.standings.get(each)) for each in self.readings] for row in self.rows}
            first = max(*(len(f"   {row.label}") for row in self.rows), *map(len, groups))
            widths = [max(map(len, column)) for column in zip(self.readings, *cells.values(), strict=True)]
            for head, rows in groups.items():
                yield ""
                yield _line(head, self.readings, first, widths)
                for row in rows:
                    yield _line(f" {'≠' if row.differs else ' '} {row.label}", cells[id(row)], first, widths)
        yield ""
        yield self._counted()

    def _repr_html_(self) -> str:
        from .inventory_html import html_of_inventory

        return html_of_inventory(self)


def _line(head: str, cells: Sequence[str], first: int, widths: Sequence[int]) -> str:
    parts = [padded(head, first), *(padded(cell, width) for cell, width in zip(cells, widths, strict=True))]
    return "  ".join(parts).rstrip()
