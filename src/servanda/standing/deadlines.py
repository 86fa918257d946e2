"""What is due when: the deadlines that run at a date, each with the readings that have it so."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from . import Row, Standing

#: While a commitment stands so, its deadline has a meaning; what is done, waived or ended is due no more.
RUNNING = frozenset(["due", "overdue", "claimed", "dormant", "suspended"])
_A_SECOND = datetime.timedelta(seconds=1)


class Deadline(msgspec.Struct, frozen=True):
    """A commitment's deadline, and the standing in each reading for which it is that one.

    `earliest` and `latest` part where what it counts from has no exact date. In time is, whatever that date was, what
    is done by `earliest`. With `to_begin` it is the date by which to begin, which `begins by` states.
    """

    row: Row
    earliest: datetime.datetime
    latest: datetime.datetime
    standings: Mapping[str, Standing]
    to_begin: bool = False

    @property
    def label(self) -> str:
        """What is to be done by then: the commitment's name, or to begin it."""
        return f"begin {self.row.label}" if self.to_begin else self.row.label

    @property
    def stands(self) -> dict[str, list[str]]:
        """Where the commitment stands, in words, with the readings in which it does."""
        found: dict[str, list[str]] = {}
        for reading, standing in self.standings.items():
            unknown = ", late unknown" if standing.status == "claimed" and standing.late_unknown else ""
            passed = ", day passed" if standing.day_passed and not self.to_begin else ""
            found.setdefault(f"{standing.status}{unknown}{passed}", []).append(reading)
        return found

    @property
    def overdue(self) -> bool:
        """Whether it has passed in one of its readings, and what was to be done by then is not said to be done."""
        return self._passed("overdue")

    @property
    def passed(self) -> bool:
        """Whether it has passed unfulfilled in one of its readings, whatever was said since."""
        return self._passed("overdue", "claimed")

    def _passed(self, *statuses: str) -> bool:
        return any(
            (self.to_begin or each.status in statuses) and self._breaks(each) for each in self.standings.values()
        )

    def _breaks(self, standing: Standing) -> bool:
        """Whether a breach lies at its end: then this deadline has passed, and not another of the commitment alone."""
        return any(datetime.timedelta() <= breach - self.latest <= _A_SECOND for breach in standing.breached)

    @property
    def late_unknown(self) -> bool:
        """Whether, in one of its readings, it is unknown if it was kept."""
        return not self.to_begin and any(each.late_unknown for each in self.standings.values())


def deadlines(rows: Iterable[Row]) -> tuple[Deadline, ...]:
    """The deadlines that run, by date; readings with different ones for a commitment have a line each."""
    found = []
    for row in rows:
        dates: dict[tuple[datetime.datetime, datetime.datetime, bool], dict[str, Standing]] = {}
        for reading, standing in row.standings.items():
            if standing.status in RUNNING:
                for date, to_begin in ((standing.begins_by, True), (standing.deadline, False)):
                    if date is not None:
                        dates.setdefault((*date, to_begin), {})[reading] = standing
        found += [
            Deadline(row, earliest, latest, standings, to_begin)
            for (earliest, latest, to_begin), standings in dates.items()
        ]
    return tuple(sorted(found, key=lambda each: (each.latest, each.row.commitment.name, each.row.instance or "")))


class Undated(NamedTuple):
    """What has a deadline that counts from something which has not come yet, with the readings in which it is open."""

    row: Row
    readings: tuple[str, ...]
    to_begin: bool


def undated(rows: Iterable[Row]) -> tuple[Undated, ...]:
    """The deadlines without a date so far: to begin, and to be done."""
    found = []
    for row in rows:
        clauses = row.commitment.clauses
        running = [(reading, each) for reading, each in row.standings.items() if each.status in RUNNING]
        if clauses.begins_by is not None:
            waiting = [r for r, each in running if each.begins_by is None and each.rungs["begun"] is None]
            found.append(Undated(row, tuple(waiting), True))
        if clauses.within is not None or clauses.by is not None:
            found.append(Undated(row, tuple(r for r, each in running if each.deadline is None), False))
    return tuple(each for each in found if each.readings)
