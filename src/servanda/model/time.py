"""Dates as exact as the record knows them, and lengths of time."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Literal

from .span import Node

Unit = Literal["minute", "hour", "day", "week", "month", "year"]

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(Z|([+-])(\d{2}):(\d{2}))?)?", re.ASCII)


class Moment(Node, frozen=True):
    """A day, or a minute of a day.

    `minute` counts from midnight; `offset` is the distance from UTC in minutes, None where the case's time zone holds.
    """

    day: datetime.date
    minute: int | None = None
    offset: int | None = None

    def __str__(self) -> str:
        if self.minute is None:
            return self.day.isoformat()
        hour, minute = divmod(self.minute, 60)
        zone = ""
        if self.offset == 0:
            zone = "Z"
        elif self.offset is not None:
            hours, minutes = divmod(abs(self.offset), 60)
            zone = f"{'-' if self.offset < 0 else '+'}{hours:02}:{minutes:02}"
        return f"{self.day.isoformat()}T{hour:02}:{minute:02}{zone}"


class Dating(Node, frozen=True):
    """When something was, as exactly as it is known: a moment, about a moment, or some time between two."""

    earliest: Moment
    latest: Moment
    about: bool = False

    @classmethod
    def on(cls, day: datetime.date) -> Dating:
        """A day, as a date of the record."""
        return cls(Moment(day), Moment(day))

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return f"~{self.earliest}" if self.about else str(self.earliest)
        return f"{self.earliest}..{self.latest}"

    @property
    def exact(self) -> bool:
        """Whether it names one moment and vouches for it."""
        return not self.about and self.earliest == self.latest


class Duration(Node, frozen=True):
    """A length of time, such as 48 hours or 10 working days."""

    count: int | Decimal
    unit: Unit
    working: bool = False

    def __str__(self) -> str:
        count = f"{self.count:f}" if isinstance(self.count, Decimal) else self.count
        return f"{count} {'working ' if self.working else ''}{self.unit}{'' if self.count == 1 else 's'}"


class Malformed(ValueError):
    """A date that is not one; its words say why."""


def days_later(day: datetime.date, days: int) -> datetime.date:
    """A day so many days after another, or before it; the last or first that there is where calendars end."""
    first, last = datetime.date.min.toordinal(), datetime.date.max.toordinal()
    return datetime.date.fromordinal(min(max(day.toordinal() + days, first), last))


def dating_from_words(words: str) -> Dating:
    """Read a date: `1962-11-20`, `1962-11-20T18:00Z`, `~1962-11-02` or `1962-11-05..1962-11-09`.

    Raises `Malformed`, with a reason, when the form is another or there is no such day.
    """
    about = words.startswith("~")
    first, between, last = words.removeprefix("~").partition("..")
    earliest = _moment(first)
    if not between:
        return Dating(earliest, earliest, about)
    if about:
        raise Malformed("a stretch of dates is inexact already: leave out `~`")
    latest = _moment(last)
    if _minutes(latest, latest, earliest, 24 * 60 - 1) < _minutes(earliest, latest, earliest, 0):
        raise Malformed(f"`{last}` comes before `{first}`")
    return Dating(earliest, latest)


def _moment(words: str) -> Moment:
    match = _MOMENT.fullmatch(words)
    if match is None:
        raise Malformed("a date is written 1962-11-20 or 1962-11-20T18:00")
    day, hour, minute, zone, sign, zone_hours, zone_minutes = match.groups()
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError:
        raise Malformed(f"there is no {day} in the calendar") from None
    if hour is None:
        return Moment(date)
    if int(hour) > 23 or int(minute) > 59:
        raise Malformed(f"there is no {hour}:{minute} on a clock")
    offset: int | None = None
    if zone:
        offset = 0 if zone == "Z" else int(f"{sign}1") * (int(zone_hours) * 60 + int(zone_minutes))
        if abs(offset) >= 24 * 60 or int(zone_minutes or 0) > 59:
            raise Malformed(f"there is no time zone {zone}")
    return Moment(date, int(hour) * 60 + int(minute), offset)


def _minutes(moment: Moment, one: Moment, other: Moment, whole_day: int) -> int:
    """Minutes on a clock that orders the ends of a range: UTC if both name a zone, else the clock as it is written."""
    minutes = moment.day.toordinal() * 24 * 60 + (whole_day if moment.minute is None else moment.minute)
    return minutes if one.offset is None or other.offset is None else minutes - (moment.offset or 0)
