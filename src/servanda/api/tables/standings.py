"""Tables of where commitments stand, one line for each reading: they need a date, and are worked out when asked for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from servanda.api.answers import RungsAnswer, float_or_none
from servanda.standing import Row, Standing

from .table import PLACE, Asked, Cell, Table, columns

_RUNGS = RungsAnswer.__struct_fields__


def standing_lines(rows: Iterable[Row]) -> Iterator[tuple[Cell, ...]]:
    """The lines of the table `standings`, of these rows."""
    for row, each in _each(rows):
        earliest, latest = each.deadline or (None, None)
        amount = each.amount
        figures = (None,) * 4 if amount is None else (amount.needed, amount.claimed, amount.observed, amount.credited)
        yield (
            each.name,
            each.instance,
            row.bearers,
            row.counterparties,
            each.reading,
            each.status,
            _clock(each.since),
            each.late,
            each.claim_disputed,
            row.differs,
            _clock(earliest),
            _clock(latest),
            len(each.breached),
            *(_clock(each.rungs.get(rung)) for rung in _RUNGS),
            tuple(sorted(each.facts)),
            *map(float_or_none, figures),
        )


def _each(rows: Iterable[Row]) -> Iterator[tuple[Row, Standing]]:
    for row in rows:
        for each in row.standings.values():
            yield row, each


def _clock(instant: datetime.datetime | None) -> datetime.datetime | None:
    """An instant as the case's own clock shows it."""
    return None if instant is None else instant.replace(tzinfo=None)


def _standings(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    return standing_lines(asked.rows())


def _breaches(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for _, each in _each(asked.rows()):
        for instant in each.breached:
            yield each.name, each.instance, each.reading, _clock(instant)


def _missing(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for _, each in _each(asked.rows()):
        for one in each.missing:
            where = (None, None) if one.span is None else asked.place(one.span)
            yield each.name, each.instance, each.reading, one.text, *where


_OF = (
    ("commitment", "VARCHAR", "the commitment"),
    ("instance", "VARCHAR", "which instance of it, or null"),
)
_READING = ("reading", "VARCHAR", "in whose reading: a party's, or `record`")

STANDINGS = (
    Table(
        "standings",
        "where each commitment stands in each reading, at the date asked about; times are on the case's own clock",
        columns(
            *_OF,
            ("bearers", "VARCHAR[]", "who owes it"),
            ("counterparties", "VARCHAR[]", "to whom it is owed"),
            _READING,
            ("status", "VARCHAR", "the one-word summary, such as `due`"),
            ("since", "TIMESTAMP", "since when it has been that; null for from the start"),
            ("late", "BOOLEAN", "whether it was done late; null where nothing is done, or that is unknown"),
            ("claim_disputed", "BOOLEAN", "whether the reading's party disputes that it is done"),
            ("differs", "BOOLEAN", "whether those whom it concerns read its status differently"),
            ("deadline_earliest", "TIMESTAMP", "the last instant in time, by the earliest dating of its anchor"),
            ("deadline", "TIMESTAMP", "the last instant in time, by the latest dating of its anchor"),
            ("breaches", "BIGINT", "how many breaches there are"),
            ("offered", "TIMESTAMP", "since when it is offered"),
            ("promised", "TIMESTAMP", "since when it is promised"),
            ("begun", "TIMESTAMP", "since when it is begun"),
            ("claimed", "TIMESTAMP", "since when it is said to be done"),
            ("observed", "TIMESTAMP", "since when it is seen"),
            ("verified", "TIMESTAMP", "since when it is verified"),
            ("confirmed", "TIMESTAMP", "since when a counterparty says it is done"),
            ("facts", "VARCHAR[]", "what else is so of it, such as `agreed` or `refused`"),
            ("amount_needed", "DOUBLE", "the amount that performance is, if it is one"),
            ("amount_claimed", "DOUBLE", "how much of it anybody claims"),
            ("amount_observed", "DOUBLE", "how much of it anybody saw"),
            ("amount_credited", "DOUBLE", "how much of it counts in the reading"),
        ),
        _standings,
    ),
    Table(
        "breaches",
        "the instants at which commitments were breached, in each reading",
        columns(*_OF, _READING, ("instant", "TIMESTAMP", "when, on the case's own clock")),
        _breaches,
    ),
    Table(
        "missing",
        "what commitments wait for, in each reading",
        columns(*_OF, _READING, ("words", "VARCHAR", "the condition in words"), *PLACE),
        _missing,
    ),
)
