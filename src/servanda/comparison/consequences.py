"""What follows from the differences of two drafts, reading by reading: standings, deadlines, ways of performance."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

import msgspec

from servanda.model.case import Case
from servanda.model.conditions import AnyOf, Condition, OnDate
from servanda.model.time import Dating, days_later
from servanda.model.walk import conditions_of, parts
from servanda.standing import RECORD, Inquiry, Standing
from servanda.standing.deadlines import RUNNING
from servanda.standing.stretches import at
from servanda.standing.wording import instant_words, status_words
from servanda.text import printer

#: What the one draft has and the other does not.
NOT_THERE = "not there"
_Key = tuple[str, str]


class Stretch(msgspec.Struct, frozen=True):
    """A commitment that stands otherwise in the second draft, in one reading: from a day to a day (None: the end)."""

    commitment: str
    reading: str
    before: str
    after: str
    first: datetime.date
    last: datetime.date | None


class Moved(msgspec.Struct, frozen=True):
    """A commitment whose last day is another in the second draft, in one reading, from a day on; None for none."""

    commitment: str
    reading: str
    before: str | None
    after: str | None
    since: datetime.date


class Ways(msgspec.Struct, frozen=True):
    """The ways in which a commitment can be performed or shown that only one of the drafts has, in one reading."""

    commitment: str
    reading: str
    opened: tuple[str, ...]
    closed: tuple[str, ...]


class Drafts(msgspec.Struct, frozen=True):
    """Two drafts that are asked the same: in which readings, over which channels, up to which day."""

    one: Inquiry
    other: Inquiry
    readings: tuple[str, ...]
    end: datetime.date
    channels: frozenset[str] | None = None

    @property
    def both(self) -> tuple[Inquiry, Inquiry]:
        """The two drafts."""
        return self.one, self.other

    def to_the_end(self) -> Drafts:
        """The same, up to the day after all that is still to be done on the last day should have been."""
        zones = [ZoneInfo(inquiry.case.timezone) for inquiry in self.both]
        ahead = [
            day
            for inquiry, zone in zip(self.both, zones, strict=True)
            for each in self.standings(inquiry, self.end).values()
            for day in _turning(each, zone)
        ]
        return msgspec.structs.replace(self, end=max([self.end, *ahead]))

    def standings(self, inquiry: Inquiry, day: datetime.date) -> dict[_Key, Standing]:
        """Where everything stands in a draft at the end of a day, by commitment and reading."""
        there = [each for each in self.readings if each == RECORD or each in inquiry.case.parties]
        rows = inquiry.inventory(Dating.on(day), there, self.channels)
        return {(row.label, reading): each for row in rows for reading, each in row.standings.items()}


def last_day(cases: Iterable[Case]) -> datetime.date | None:
    """The last day on which anything is said or named in these cases."""
    return max((day for case in cases for day in _named(case)), default=None)


def _named(case: Case) -> Iterator[datetime.date]:
    """The days of sources and acts, those that conditions name, and the day after each of these, when it has passed."""
    for source in case.sources.values():
        if source.dated is not None:
            yield source.dated.latest.day
    for act in case.acts:
        if act.dating is not None:
            yield act.dating.latest.day
    for condition, _ in conditions_of(case):
        for part in parts(condition):
            if isinstance(part, OnDate):
                yield part.dating.latest.day
                yield days_later(part.dating.latest.day, 1)


class Consequences:
    """Both drafts asked on each day on which something may have changed in one of them."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        self._found: dict[datetime.date, tuple[dict[_Key, Standing], dict[_Key, Standing]]] = {}
        waiting = {day for inquiry in drafts.both for day in _named(inquiry.case)} | {drafts.end}
        while waiting:
            day = waiting.pop()
            if day > drafts.end or day in self._found:
                continue
            one, other = (drafts.standings(inquiry, day) for inquiry in drafts.both)
            self._found[day] = one, other
            for inquiry, found in zip(drafts.both, (one, other), strict=True):
                zone = ZoneInfo(inquiry.case.timezone)
                waiting |= {when for each in found.values() for when in _turning(each, zone)}
        self._days = sorted(self._found)

    def stretches(self) -> tuple[Stretch, ...]:
        """The stretches of days on which a standing differs, and how."""
        found: list[Stretch] = []
        running: dict[_Key, Stretch] = {}
        for place, day in enumerate(self._days):
            one, other = self._found[day]
            for key in {**one, **other}:
                before, after = (_words(each.get(key)) for each in (one, other))
                now = running.get(key)
                if now is not None and (now.before, now.after) != (before, after):
                    found.append(msgspec.structs.replace(now, last=days_later(self._days[place], -1)))
                    del running[key]
                if before != after and key not in running:
                    running[key] = Stretch(*key, before, after, day, None)
        return tuple(sorted([*found, *running.values()], key=lambda each: each.first))

    def moved(self) -> tuple[Moved, ...]:
        """The deadlines that differ, each as it first does; what is done or over in one draft has none to move."""
        found: dict[tuple[str, str, str | None, str | None], Moved] = {}
        for day in self._days:
            one, other = self._found[day]
            for key in {**one, **other}:
                before, after = (_deadline(each.get(key)) for each in (one, other))
                if before != after and not any(_is_over(each.get(key)) for each in (one, other)):
                    found.setdefault((*key, before, after), Moved(*key, before, after, day))
        return tuple(found.values())

    def ways(self) -> tuple[Ways, ...]:
        """The ways of performance and proof that only one of the drafts has, by the text at the end."""
        one, other = (dict(_ways(inquiry, self._drafts)) for inquiry in self._drafts.both)
        found = []
        for key in {**one, **other}:
            before, after = one.get(key, ()), other.get(key, ())
            opened = tuple(each for each in after if each not in before)
            closed = tuple(each for each in before if each not in after)
            if opened or closed:
                found.append(Ways(*key, opened, closed))
        return tuple(found)


def _turning(standing: Standing, zone: ZoneInfo) -> Iterator[datetime.date]:
    """The days on which a standing came to be, was breached, or will have passed its last day, or that to begin."""
    if standing.since is not None:
        yield standing.since.astimezone(zone).date()
    for instant in standing.breached:
        yield instant.astimezone(zone).date()
    for date in (standing.deadline, standing.begins_by):
        if date is not None and standing.status in RUNNING:
            yield days_later(date[1].astimezone(zone).date(), 1)


def _words(standing: Standing | None) -> str:
    if standing is None:
        return NOT_THERE
    words = status_words(standing)
    was_late = standing.breached and standing.status != "overdue" and "breached" not in words
    return f"{words}, breached before" if was_late else words


def _is_over(standing: Standing | None) -> bool:
    return standing is not None and standing.status in ("fulfilled", "waived", "ended")


def _deadline(standing: Standing | None) -> str | None:
    if standing is None or standing.deadline is None or standing.status not in RUNNING:
        return None
    return instant_words(standing.deadline[1])


def _ways(inquiry: Inquiry, drafts: Drafts) -> Iterator[tuple[_Key, tuple[str, ...]]]:
    end = Dating.on(drafts.end)
    for reading in drafts.readings:
        if reading != RECORD and reading not in inquiry.case.parties:
            continue
        outlook = inquiry.outlook(reading, end, drafts.channels)
        instant = inquiry.clock.pair(end, "act")[1]
        for name in inquiry.case.commitments:
            for life in outlook.lives(reading, name):
                if at(life.exists, instant) is not None:
                    clauses = outlook.chapter(life, instant).clauses
                    done = [*_either(clauses.done_when), *_either(clauses.seeks)]
                    ways = [f"done when {printer.condition(each)}" for each in done]
                    ways += [f"verified by {ref.name}" for ref in clauses.verified_by]
                    yield (life.label, reading), tuple(ways)


def _either(condition: Condition | None) -> Iterator[Condition]:
    if isinstance(condition, AnyOf):
        for part in condition.parts:
            yield from _either(part)
    elif condition is not None:
        yield condition
