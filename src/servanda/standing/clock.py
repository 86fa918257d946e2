"""Dates and lengths of time → instants.

An instant is a count of seconds since 1970 in UTC. A day ends one second before midnight: an act without an hour
stands there, a deadline on that day has not passed there, and a view of that day looks from there.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from servanda.model.time import Dating, Duration, Moment

Instant = int
#: Before everything: where undated acts stand.
ALWAYS: Instant = -(1 << 60)
_DAY = datetime.timedelta(days=1)
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def passing(deadline: Instant) -> Instant:
    """The instant at which a deadline passes: of a day its end at 24:00, of an hour that hour itself."""
    return deadline + (deadline % 60 == 59)


Holiday = Callable[[datetime.date], bool]


class Clock:
    """Turns the dates of a case into instants, in its time zone, with its calendar of holidays."""

    def __init__(self, timezone: str, holiday: Holiday | None = None) -> None:
        self._zone = ZoneInfo(timezone)
        self._holiday = holiday or (lambda day: False)

    def start(self, moment: Moment) -> Instant:
        """The first instant of a moment."""
        return self._instant(moment, end=False)

    def end(self, moment: Moment) -> Instant:
        """The last instant of a moment."""
        return self._instant(moment, end=True)

    def _instant(self, moment: Moment, *, end: bool) -> Instant:
        if moment.minute is None:
            return self.day_end(moment.day) if end else self.day_start(moment.day)
        naive = datetime.datetime.combine(moment.day, datetime.time(*divmod(moment.minute, 60)))
        if moment.offset is None:
            return int(naive.replace(tzinfo=self._zone).timestamp())
        zone = datetime.timezone(datetime.timedelta(minutes=moment.offset))
        return int(naive.replace(tzinfo=zone).timestamp())

    def day_start(self, day: datetime.date) -> Instant:
        """Midnight at which a day begins."""
        return int(datetime.datetime.combine(day, datetime.time(), self._zone).timestamp())

    def day_end(self, day: datetime.date) -> Instant:
        """The last second of a day."""
        if day == datetime.date.max:
            return self.day_start(day) + 86_399
        return self.day_start(day + _DAY) - 1

    def latest(self, dating: Dating) -> Instant:
        """The last instant that a dating allows."""
        return self.end(dating.latest)

    def earliest(self, dating: Dating) -> Instant:
        """The first instant that a dating allows, for an act: a bare day counts at its end all the same."""
        if dating.earliest == dating.latest:
            return self.end(dating.earliest)
        return self.start(dating.earliest)

    def day(self, instant: Instant) -> datetime.date:
        """The day of an instant, in the case's time zone."""
        return self.moment(instant).date()

    def shifted(self, instant: Instant, duration: Duration, sign: int = 1) -> tuple[Instant, Instant]:
        """An instant moved by a length of time: the first and last instant of where it arrives.

        The anchor's day is not counted; days and longer arrive at a whole day, hours and minutes at an instant;
        months as in dateutil, so that 31 January and one month is the last day of February.
        """
        count = duration.count
        if instant <= ALWAYS:
            return ALWAYS, ALWAYS
        if duration.unit in ("minute", "hour"):
            moved = instant + sign * int(count * (60 if duration.unit == "minute" else 3600))
            return moved, moved
        day = self.day(instant)
        try:
            if duration.working:
                day = self._working_days(day, int(count), sign)
            elif duration.unit in ("day", "week"):
                day += sign * datetime.timedelta(days=float(count) * (7 if duration.unit == "week" else 1))
            else:
                months = int(count * (12 if duration.unit == "year" else 1))
                day = day + relativedelta(months=sign * months)
        except (OverflowError, ValueError):
            day = datetime.date.max if sign > 0 else datetime.date.min + 2 * _DAY
        return self.day_start(day), self.day_end(day)

    def _working_days(self, day: datetime.date, count: int, sign: int) -> datetime.date:
        while count > 0:
            day += sign * _DAY
            if day.weekday() < 5 and not self._holiday(day):
                count -= 1
        return day

    def moment(self, instant: Instant) -> datetime.datetime:
        """An instant as people write it, in the case's time zone."""
        try:
            return (_EPOCH + datetime.timedelta(seconds=instant)).astimezone(self._zone)
        except OverflowError:
            edge = datetime.datetime.min if instant < 0 else datetime.datetime.max
            return edge.replace(tzinfo=self._zone)
