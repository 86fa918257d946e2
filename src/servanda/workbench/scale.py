"""A stretch of days laid out from left to right: where a day stands, in percent, and which days are named."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator

import msgspec

from servanda.model.time import Dating, Moment

#: The width that a drawing is laid out for, and the room of a mark with its margins, in pixels.
WIDTH = 1240.0
MARK = 16.0
_DAY = datetime.timedelta(days=1)
_MOST_NAMED = 46
_FIRST, _LAST = datetime.date(2, 1, 1), datetime.date(9700, 1, 1)
_LONGEST = datetime.timedelta(days=73_000)


class Name(msgspec.Struct, frozen=True):
    """A date above the days: where, in percent, in which words; `day` where it is one that can be asked about."""

    x: float
    words: str
    day: str | None = None


class Scale(msgspec.Struct, frozen=True):
    """The days from `first` to `last`, both of them in it."""

    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    @property
    def day(self) -> float:
        """The width of a day, in percent."""
        return 100 / self.days

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last

    def x(self, moment: Moment, *, end: bool = False) -> float:
        """Where a moment stands; a day without an hour from its beginning, or with `end` up to its end."""
        part = float(end) if moment.minute is None else moment.minute / (24 * 60)
        return round(min(100.0, max(0.0, ((moment.day - self.first).days + part) * self.day)), 3)

    def middle(self, day: datetime.date) -> float:
        """The middle of a day, where a mark stands that is exact to the day."""
        return round(((day - self.first).days + 0.5) * self.day, 3)

    def span(self, dating: Dating) -> tuple[float, float] | None:
        """From where to where something inexact lies; None where its day says it all."""
        if dating.about:
            side = max(self.day, 100 * MARK / WIDTH)
            middle = self.middle(dating.latest.day)
            return max(0.0, round(middle - side, 3)), min(100.0, round(middle + side, 3))
        if dating.earliest == dating.latest:
            return None
        return self.x(dating.earliest), self.x(dating.latest, end=True)

    def moved(self, days: int) -> Scale:
        """As many days, so much later."""
        try:
            return Scale(self.first + days * _DAY, self.last + days * _DAY)
        except OverflowError:
            return self

    # ── what stands above ────────────────────────────────────────────────────────────────────────────────────

    def above(self) -> Iterator[Name]:
        """Months, or years where there are many: each where it begins."""
        years, room = self.days > 700, 100 * 104 / WIDTH
        later = _next_year if years else _next_month
        day, behind = self.first, -100.0
        while day <= self.last:
            x = round((day - self.first).days * self.day, 3)
            cut_short = day == self.first and (later(day) - day).days * self.day <= room and later(day) <= self.last
            if x - behind > room and not cut_short:
                yield Name(x, f"{day:%Y}" if years else f"{day:%B %Y}")
                behind = x
            day = later(day)

    def below(self, asked: datetime.date) -> Iterator[Name]:
        """Days, or as many of them as there is room for: every second, each Monday, each first of a month.

        The day asked about is always among the days, in place of those that would touch it.
        """
        if self.days <= _MOST_NAMED:
            step = 1
        elif self.days <= 2 * _MOST_NAMED:
            step = 2
        elif self.days <= 7 * _MOST_NAMED:
            step = 7
        else:
            yield from self._months()
            return
        near = math.ceil(100 * 18 / WIDTH / self.day)
        for at in range(self.days):
            day = self.first + at * _DAY
            away = abs((day - asked).days)
            if away and (at % step or (asked in self and away < near)):
                continue
            yield Name(self.middle(day), str(day.day), str(day))

    def _months(self) -> Iterator[Name]:
        day, behind = _next_month(self.first - _DAY), -100.0
        while day <= self.last:
            x = round((day - self.first).days * self.day, 3)
            if x - behind > 100 * 30 / WIDTH:
                yield Name(x, f"{day:%b}")
                behind = x
            day = _next_month(day)

    def weeks(self) -> Iterator[float]:
        """Where weeks begin, while they can be told apart; else where months do, or years."""
        if self.days <= 200:
            for at in range((7 - self.first.weekday()) % 7, self.days, 7):
                yield round(at * self.day, 3)
            return
        later = _next_month if self.days <= 1500 else _next_year
        day = later(self.first - _DAY)
        while day <= self.last:
            yield round((day - self.first).days * self.day, 3)
            day = later(day)


def scale_of(first: datetime.date, last: datetime.date) -> Scale:
    """The days between two, in either order, as far as they can be drawn: two hundred years, and no calendar's end."""
    first, last = sorted((max(_FIRST, min(first, _LAST)), max(_FIRST, min(last, _LAST))))
    return Scale(first, min(last, first + _LONGEST))


def _next_month(day: datetime.date) -> datetime.date:
    return (day.replace(day=1) + 32 * _DAY).replace(day=1)


def _next_year(day: datetime.date) -> datetime.date:
    return day.replace(year=day.year + 1, month=1, day=1)
