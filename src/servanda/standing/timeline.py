"""What happened, day by day, and which standings changed with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

import msgspec

from servanda.model.conditions import OnDate
from servanda.model.record import Act
from servanda.model.time import Dating, Moment, days_later
from servanda.model.walk import conditions_of, parts

from . import Inquiry, Row, Standing
from .chronicle import done_at, known_at
from .deadlines import RUNNING
from .wording import label_of

_Found = dict[tuple[str, str | None], Row]


class Change(msgspec.Struct, frozen=True):
    """A commitment that stands otherwise than before, in one reading; `before` is None where it was not there."""

    name: str
    instance: str | None
    reading: str
    before: Standing | None
    after: Standing | None

    @property
    def label(self) -> str:
        """The commitment's name, with its instance if it has one."""
        return label_of(self.name, self.instance)


class Day(msgspec.Struct, frozen=True):
    """One day: the acts that count from it on, those that became known on it, and what changed.

    Without acts, it is time that brought the changes: a deadline passed, a source came into force. A day on which
    both happens is there twice, first for what time brought.
    """

    day: datetime.date
    acts: tuple[Act, ...]
    learned: tuple[Act, ...]
    changes: tuple[Change, ...]


class Timeline:
    """The days of a stretch of time on which something happened or changed, worked out one after the other.

    The standings of a day are compared with those at its first minute, so that what time alone has brought since the
    acts before is not put down to its acts.
    """

    def __init__(
        self,
        inquiry: Inquiry,
        acts: Iterable[Act],
        readings: tuple[str, ...],
        end: Dating,
        *,
        start: datetime.date | None = None,
        channels: frozenset[str] | None = None,
        known: Dating | None = None,
    ) -> None:
        self.inquiry = inquiry
        self.readings = readings
        self.end = end
        self.channels = channels
        self.known = known
        case = inquiry.case
        self._zone = ZoneInfo(case.timezone)
        self._done: dict[datetime.date, list[Act]] = {}
        self._learned: dict[datetime.date, list[Act]] = {}
        #: What held from the start.
        self.undated = tuple(act for act in acts if act.dating is None)
        for act in acts:
            done, learned = done_at(case, act), known_at(case, act)
            if done is None or learned is None:
                continue
            self._done.setdefault(done[0], []).append(act)
            if learned > done:
                self._learned.setdefault(learned[0], []).append(act)
        self._named = {
            part.dating.latest.day
            for condition, _ in conditions_of(case)
            for part in parts(condition)
            if isinstance(part, OnDate)
        }
        days = sorted({*self._done, *self._learned})
        #: The days with acts, each of which is asked about.
        self.days = tuple(d for d in days if (start is None or d >= start) and d <= end.latest.day)
        self.start = start or (self.days[0] if self.days else end.latest.day)

    def __len__(self) -> int:
        return len(self.days) + 1

    def __iter__(self) -> Iterator[tuple[Day, ...]]:
        """For each day with acts, what has changed since the one before it, and that day; at last, what came after."""
        last = days_later(self.start, -1)
        found = self._at(last)
        for day in self.days:
            after = self._at(day)
            quiet: tuple[Day, ...] = ()
            if any(self._changes(found, after)):
                before = self._before(day)
                quiet = tuple(self._between(found, before, last, day))
                found = before
            acts, learned = tuple(self._done.get(day, ())), tuple(self._learned.get(day, ()))
            yield (*quiet, Day(day, acts, learned, tuple(self._changes(found, after))))
            found, last = after, day
        end = self.end.latest.day
        yield tuple(self._between(found, self._at(end), last, end)) if end > last else ()

    def _before(self, day: datetime.date) -> _Found:
        """Where things stood before the acts of a day: at its first minute, when the days before it have passed."""
        acts = self._done.get(day, ())
        first = min((place for act in acts if (place := done_at(self.inquiry.case, act))), default=(day, 1))
        moment = Moment(day, 0) if first > (day, 0) else Moment(days_later(day, -1))
        return self._asked(Dating(moment, moment))

    def _at(self, day: datetime.date) -> _Found:
        return self._asked(self.end if day == self.end.latest.day else Dating(Moment(day), Moment(day)))

    def _asked(self, at: Dating) -> _Found:
        return _found(self.inquiry.inventory(at, self.readings, self.channels, self.known))

    def _changes(self, before: _Found, after: _Found) -> Iterator[Change]:
        return _changes(before, after, self.readings)

    def _between(self, found: _Found, target: _Found, last: datetime.date, end: datetime.date) -> Iterator[Day]:
        """What time alone has changed after `last`, up to `end`, on the days on which it did."""
        while changes := tuple(self._changes(found, target)):
            marks = [mark for mark in self._marks(found) if last < mark < end]
            day = min([*(self._day_of(each, last, end) for each in changes), *marks])
            then = target if day == end else self._at(day)
            step = tuple(self._changes(found, then))
            if not step and day not in marks:  # no standing says when: the first day on which it may have been
                step, then = changes, target
            if step:
                yield Day(day, (), (), step)
            found, last = then, day
            if last == end:
                break

    def _marks(self, found: _Found) -> Iterator[datetime.date]:
        """The days on which time may change something on the way to a standing that no longer shows it."""
        for day in self._named:
            yield from (day, days_later(day, 1))
        for row in found.values():
            for each in row.standings.values():
                if each.deadline is not None and each.status in RUNNING:
                    yield days_later(each.deadline[1].astimezone(self._zone).date(), 1)

    def _day_of(self, change: Change, last: datetime.date, end: datetime.date) -> datetime.date:
        """The day of a change, as far as what it led to says."""
        before, after = change.before, change.after
        instant = None
        if after is not None and (before is None or before.status != after.status):
            instant = after.since
        elif after is not None and before is not None and len(after.breached) > len(before.breached):
            instant = after.breached[-1]
        elif after is not None and after.deadline is not None:
            instant = after.deadline[1] + datetime.timedelta(seconds=1)
        first = days_later(last, 1)
        return first if instant is None else min(max(first, instant.astimezone(self._zone).date()), end)


def changed_by(
    inquiry: Inquiry,
    act: Act,
    readings: tuple[str, ...],
    channels: frozenset[str] | None = None,
    known: Dating | None = None,
) -> tuple[Change, ...]:
    """What one act of the record changed, as it was done: what stands otherwise with it than with those before it.

    Time is left out: both are asked at the moment from which the act counts. Raises as `Inquiry.around` does.
    """
    before, after = inquiry.around(act, readings, channels, known)
    return tuple(_changes(_found(before), _found(after), readings))


def _found(rows: Iterable[Row]) -> _Found:
    return {(row.commitment.name, row.instance): row for row in rows}


def _changes(before: _Found, after: _Found, readings: tuple[str, ...]) -> Iterator[Change]:
    for key in {**after, **before}:
        was = before[key].standings if key in before else {}
        now = after[key].standings if key in after else {}
        for reading in readings:
            one, other = was.get(reading), now.get(reading)
            if _stands(one) != _stands(other):
                yield Change(*key, reading, one, other)


def _stands(standing: Standing | None) -> tuple[object, ...] | None:
    """What of a standing it takes to change for people to hear of it: a deadline, say, while there is one to meet."""
    if standing is None:
        return None
    status = standing.status
    if status in ("not owed", "proposed"):
        return (status,)
    return (
        status,
        (standing.late, standing.late_unknown) if status in ("fulfilled", "claimed") else None,
        standing.claim_disputed and status in ("due", "overdue", "dormant"),
        standing.deadline if status in ("due", "overdue") else None,
        0 if status in ("fulfilled", "overdue", "claimed", "suspended") else len(standing.breached),
    )
