"""Instants, deadlines and lengths of time: §6 of the meaning.

All instants are in UTC. An act without an hour counts at the last microsecond of its day, so that a date deadline,
which passes at 24:00, lies behind it and outside that day's view.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from holidays import HolidayBase, country_holidays

from servanda.model.time import Dating, Duration, Moment

UTC = datetime.timezone.utc  # noqa: UP017 - `datetime.UTC` would hide which module it is of
#: What has no date holds from here on.
START = datetime.datetime(1, 1, 3, tzinfo=UTC)
#: What lies beyond all calendars counts as this.
NEVER = datetime.datetime(9999, 12, 28, tzinfo=UTC)
TICK = datetime.timedelta(microseconds=1)

#: How a bare date is meant: an act's, a start's or a deadline's.
Edge = Literal["act", "start", "end"]


@dataclass(frozen=True)
class Onset:
    """When something came about: at one instant, or some time between two. It is in view from the latest."""

    earliest: datetime.datetime
    latest: datetime.datetime


ALWAYS = Onset(START, START)


def at(instant: datetime.datetime) -> Onset:
    return Onset(instant, instant)


def later(*onsets: Onset) -> Onset:
    """§ Conditions: of `a and b` the later."""
    return Onset(max(each.earliest for each in onsets), max(each.latest for each in onsets))


def sooner(*onsets: Onset) -> Onset:
    """§ Conditions: of `a or b` the earlier."""
    return Onset(min(each.earliest for each in onsets), min(each.latest for each in onsets))


class Clock:
    """The time zone of a case, and a calendar of working days."""

    def __init__(self, timezone: str) -> None:
        self.zone = ZoneInfo(timezone)

    # ── from dates to instants ───────────────────────────────────────────────────────────────────────────────

    def instant(self, moment: Moment, edge: Edge) -> datetime.datetime:
        """§6: as a start a date is the start of its day, as a deadline its end; an act counts at the end of its day."""
        if not START.date() < moment.day < NEVER.date():
            return START if moment.day <= START.date() else NEVER
        if moment.minute is not None:
            zone = self.zone if moment.offset is None else datetime.timezone(datetime.timedelta(minutes=moment.offset))
            clock = datetime.time(moment.minute // 60, moment.minute % 60)
            return datetime.datetime.combine(moment.day, clock, zone).astimezone(UTC)
        if edge == "start":
            return self.midnight(moment.day)
        return self.midnight(moment.day + datetime.timedelta(days=1)) - (TICK if edge == "act" else 0 * TICK)

    def onset(self, dating: Dating | None, edge: Edge) -> Onset:
        """§6: inexact acts are in view from their latest moment; `~D` is D."""
        if dating is None:
            return ALWAYS
        return Onset(self.instant(dating.earliest, edge), self.instant(dating.latest, edge))

    def midnight(self, day: datetime.date) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(), self.zone).astimezone(UTC)

    def day(self, instant: datetime.datetime) -> datetime.date:
        return instant.astimezone(self.zone).date()

    def whole(self, instant: datetime.datetime) -> datetime.datetime:
        """The instant, but 24:00 for what counts at the end of its day."""
        return instant + TICK if instant.microsecond == 999_999 else instant

    # ── lengths of time ──────────────────────────────────────────────────────────────────────────────────────

    def moved(self, anchor: Onset, duration: Duration, sign: int, edge: Edge, calendar: str | None) -> Onset:
        """So long after (or before) an anchor, each end of which is moved for itself."""
        return Onset(
            self.move(anchor.earliest, duration, sign, edge, calendar),
            self.move(anchor.latest, duration, sign, edge, calendar),
        )

    def move(
        self, anchor: datetime.datetime, duration: Duration, sign: int, edge: Edge, calendar: str | None
    ) -> datetime.datetime:
        """§6: the anchor's day is not counted; hours run from the instant; months as in dateutil."""
        try:
            if duration.unit in ("minute", "hour"):
                minutes = sign * float(duration.count) * (60 if duration.unit == "hour" else 1)
                return self.whole(anchor) + datetime.timedelta(minutes=minutes)
            day = self.day(anchor)
            if duration.working:
                return self.instant(Moment(working(day, sign * int(duration.count), calendar)), edge)
            return self.instant(Moment(day + length(duration, sign)), edge)
        except (OverflowError, ValueError):
            return NEVER if sign > 0 else START

    def after(self, instant: datetime.datetime, duration: Duration, times: int = 1) -> datetime.datetime:
        """So long after an instant, to the same minute of the day: for what has to last, and for periods."""
        if duration.unit in ("minute", "hour") or duration.working:
            return self.move(instant, duration, times, "act", None)
        try:
            local = instant.astimezone(self.zone).replace(tzinfo=None) + length(duration, times)
            return local.replace(tzinfo=self.zone).astimezone(UTC)
        except (OverflowError, ValueError):
            return NEVER

    def delayed(
        self, instant: datetime.datetime, since: datetime.datetime, until: datetime.datetime
    ) -> datetime.datetime:
        """An instant moved by the time between two others, as clocks on the wall show it: midnight stays midnight."""
        local, start, end = (each.astimezone(self.zone).replace(tzinfo=None) for each in (instant, since, until))
        return (local + (end - start)).replace(tzinfo=self.zone).astimezone(UTC)


def length(duration: Duration, times: int) -> relativedelta:
    """Days, weeks, months or years; a fraction of a month is rounded to days."""
    count = float(duration.count) * times
    if duration.unit == "day":
        return relativedelta(days=round(count))
    if duration.unit == "week":
        return relativedelta(days=round(7 * count))
    months = count * (12 if duration.unit == "year" else 1)
    return relativedelta(months=int(months), days=round((months - int(months)) * 30))


@cache
def holidays_of(code: str) -> HolidayBase:
    country, _, part = code.partition("-")
    return country_holidays(country, subdiv=part or None)


def working(day: datetime.date, count: int, calendar: str | None) -> datetime.date:
    """§6: working days by a calendar; Monday to Friday where there is none."""
    step = datetime.timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working(day, calendar):
            day += step
    return day


def is_working(day: datetime.date, calendar: str | None) -> bool:
    if calendar is None:
        return day.weekday() < 5
    return bool(holidays_of(calendar).is_working_day(day))
