"""What is left open when a record closes, and whether those who closed it have named it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.model.closing import Closing
from servanda.model.commitments import Kind
from servanda.text.words import OPEN

from . import Row, Standing


def is_open(kind: Kind, status: str) -> bool:
    """Whether a commitment of a kind counts as open in a status: an obligation that somebody is still to perform."""
    return kind == "obligation" and status in OPEN


def left_open(row: Row, standing: Standing | None) -> bool:
    """Whether a commitment belongs to the residue in a reading: an obligation still open, or whatever is proposed."""
    if standing is None:
        return False
    return standing.status == "proposed" or is_open(row.commitment.kind, standing.status)


class Naming(msgspec.Struct, frozen=True):
    """What a closing names as left open, beside the residue in one reading.

    `named` are in both; `settled` are named, and not in the residue; `unnamed` are in the residue and rest on what was
    closed, without being named.
    """

    reading: str
    named: tuple[Row, ...]
    settled: tuple[Row, ...]
    unnamed: tuple[Row, ...]

    @property
    def agrees(self) -> bool:
        """Whether the closing names just what is left open."""
        return not self.settled and not self.unnamed


def naming(closings: Iterable[Closing], rows: Iterable[Row], reading: str) -> Naming:
    """How what some closings leave compares with the residue in a reading.

    A closing of a source speaks of what rests on that source; one of the whole record, of everything.
    """
    made = tuple(closings)
    leaving = [ref for each in made for ref in each.leaving]
    sources = {each.source for each in made}
    named: list[Row] = []
    settled: list[Row] = []
    unnamed: list[Row] = []
    for row in rows:
        name, key = row.commitment.name, row.instance
        is_named = any(ref.name == name and (ref.key is None or str(ref.key) == key) for ref in leaving)
        is_open = left_open(row, row.standings.get(reading))
        spoken_of = None in sources or any(cite.source.name in sources for cite in row.commitment.clauses.under)
        if is_named:
            (named if is_open else settled).append(row)
        elif is_open and spoken_of:
            unnamed.append(row)
    return Naming(reading, tuple(named), tuple(settled), tuple(unnamed))
