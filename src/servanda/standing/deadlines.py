"""What is due when: the deadlines that run at a date, each with the readings that have it so."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from . import Row, Standing

#: While a commitment stands so, its deadline has a meaning; what is done, waived or ended is due no more.
RUNNING = frozenset(["due", "overdue", "claimed", "dormant", "suspended"])


class Deadline(msgspec.Struct, frozen=True):
    """A commitment's deadline, and the standing in each reading for which it is that one.

    `earliest` and `latest` part where what it counts from has no exact date. In time is, whatever that date was, what
    is done by `earliest`.
    """

    row: Row
    earliest: datetime.datetime
    latest: datetime.datetime
    standings: Mapping[str, Standing]

    @property
    def overdue(self) -> bool:
        """Whether it has passed unfulfilled in one of its readings."""
        return any(each.status == "overdue" for each in self.standings.values())

    @property
    def late_unknown(self) -> bool:
        """Whether, in one of its readings, it is unknown if it was kept."""
        return any(each.late_unknown for each in self.standings.values())


def deadlines(rows: Iterable[Row]) -> tuple[Deadline, ...]:
    """The deadlines that run, by date; readings with different ones for a commitment have a line each."""
    found = []
    for row in rows:
        dates: dict[tuple[datetime.datetime, datetime.datetime], dict[str, Standing]] = {}
        for reading, standing in row.standings.items():
            if standing.deadline is not None and standing.status in RUNNING:
                dates.setdefault(standing.deadline, {})[reading] = standing
        found += [Deadline(row, *date, standings) for date, standings in dates.items()]
    return tuple(sorted(found, key=lambda each: (each.latest, each.row.commitment.name, each.row.instance or "")))


def undated(rows: Iterable[Row]) -> tuple[tuple[Row, tuple[str, ...]], ...]:
    """What has a deadline that counts from something which has not come yet, with the readings in which it is open."""
    found = []
    for row in rows:
        clauses = row.commitment.clauses
        if clauses.within is None and clauses.by is None:
            continue
        readings = tuple(r for r, each in row.standings.items() if each.deadline is None and each.status in RUNNING)
        if readings:
            found.append((row, readings))
    return tuple(found)
