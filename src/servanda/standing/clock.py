"""Dates and lengths of time → instants.

An instant is a count of seconds since 1970 in UTC. An act without an hour stands at the last second of its day, and a
view of that day looks from there; a deadline on that day passes at its 24:00, which lies outside.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from servanda.model.time import Dating, Duration, Moment

from .stretches import ALWAYS, NEVER, Instant

#: How a bare day is meant: as an act's, as a start, or as the end of a time that is allowed.
Edge = Literal["act", "start", "end"]
Pair = tuple[Instant, Instant]

_DAY = datetime.timedelta(days=1)
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_FIRST = datetime.date.min + 2 * _DAY
_LAST = datetime.date.max - 3 * _DAY


class Clock:
    """Turns the dates of a case into instants, in its time zone."""

    def __init__(self, timezone: str) -> None:
        self.zone = ZoneInfo(timezone)
        self._midnights: dict[datetime.date, Instant] = {}
        self._moments: dict[Instant, datetime.datetime] = {}

    # ── dates ────────────────────────────────────────────────────────────────────────────────────────────────

    def instant(self, moment: Moment, edge: Edge) -> Instant:
        """The instant that a moment means at this edge."""
        day = moment.day
        if not _FIRST < day < _LAST:
            return ALWAYS if day <= _FIRST else NEVER
        if moment.minute is None:
            if edge == "start":
                return self.midnight(day)
            return self.midnight(day + _DAY) - (edge == "act")
        if moment.offset is None:
            naive = datetime.datetime.combine(day, datetime.time(*divmod(moment.minute, 60)), self.zone)
            return int(naive.timestamp())
        zone = datetime.timezone(datetime.timedelta(minutes=moment.offset))
        return int(datetime.datetime.combine(day, datetime.time(*divmod(moment.minute, 60)), zone).timestamp())

    def pair(self, dating: Dating | None, edge: Edge) -> Pair:
        """The first and the last instant that a dating allows; what has no date was always so."""
        if dating is None:
            return ALWAYS, ALWAYS
        late = self.instant(dating.latest, edge)
        return (late if dating.earliest == dating.latest else self.instant(dating.earliest, edge)), late

    def midnight(self, day: datetime.date) -> Instant:
        """The instant at which a day begins."""
        found = self._midnights.get(day)
        if found is None:
            found = self._midnights[day] = int(datetime.datetime.combine(day, datetime.time(), self.zone).timestamp())
        return found

    def day(self, instant: Instant) -> datetime.date:
        """The day that an instant lies in."""
        return self.moment(instant).date()

    def moment(self, instant: Instant) -> datetime.datetime:
        """An instant as people write it, in the case's time zone."""
        found = self._moments.get(instant)
        if found is None:
            found = self._moments[instant] = self._moment(instant)
        return found

    def _moment(self, instant: Instant) -> datetime.datetime:
        try:
            return (_EPOCH + datetime.timedelta(seconds=instant)).astimezone(self.zone)
        except OverflowError:
            edge = datetime.datetime.min if instant < 0 else datetime.datetime.max
            return edge.replace(tzinfo=self.zone)

    # ── lengths of time ──────────────────────────────────────────────────────────────────────────────────────

    def moved(self, instant: Instant, duration: Duration, sign: int, edge: Edge, calendar: str | None) -> Instant:
        """So long after an instant, or before it.

        The anchor's day is not counted. Days and longer arrive at a whole day, hours and minutes at an instant; months
        as in dateutil, so that 31 January and one month is the last day of February.
        """
        if instant <= ALWAYS or instant >= NEVER:
            return instant
        try:
            if duration.unit in ("minute", "hour"):
                seconds = round(float(duration.count) * (3600 if duration.unit == "hour" else 60))
                return whole(instant) + sign * seconds
            day = self.day(instant)
            if duration.working:
                day = _working(day, sign * int(duration.count), calendar)
            else:
                day += _length(duration, sign)
        except (OverflowError, ValueError):
            return NEVER if sign > 0 else ALWAYS
        return self.instant(Moment(day), edge)

    def after(self, instant: Instant, duration: Duration, times: int = 1) -> Instant:
        """So long after an instant, to the same second of the day: for what has to last, and for periods."""
        if instant <= ALWAYS or instant >= NEVER:
            return instant
        if duration.unit in ("minute", "hour") or duration.working:
            return self.moved(instant, duration, times, "act", None)
        try:
            local = self.moment(instant).replace(tzinfo=None) + _length(duration, times)
            return int(local.replace(tzinfo=self.zone).timestamp())
        except (OverflowError, ValueError):
            return NEVER

    def delayed(self, instant: Instant, since: Instant, until: Instant) -> Instant:
        """An instant moved by the time between two others, as clocks on the wall show it: midnight stays midnight."""
        if instant >= NEVER or instant <= ALWAYS or since <= ALWAYS:
            return instant
        local, start, end = (self.moment(each).replace(tzinfo=None) for each in (instant, since, until))
        try:
            return int((local + (end - start)).replace(tzinfo=self.zone).timestamp())
        except OverflowError:
            return NEVER


def whole(instant: Instant) -> Instant:
    """The instant, but 24:00 for what stands at the end of its day."""
    return instant + (instant % 60 == 59)


def _length(duration: Duration, times: int) -> relativedelta:
    """Days, weeks, months or years; a fraction of a month is rounded to days."""
    count = float(duration.count) * times
    if duration.unit == "day":
        return relativedelta(days=round(count))
    if duration.unit == "week":
        return relativedelta(days=round(7 * count))
    months = count * (12 if duration.unit == "year" else 1)
    return relativedelta(months=int(months), days=round((months - int(months)) * 30))


def _working(day: datetime.date, count: int, calendar: str | None) -> datetime.date:
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while day.weekday() >= 5 if calendar is None else not _holidays(calendar)(day):
            day += step
    return day


@cache
def _holidays(code: str) -> Callable[[datetime.date], bool]:
    from holidays import country_holidays

    country, _, part = code.partition("-")
    return country_holidays(country, subdiv=part or None).is_working_day
