"""Deadlines: what is due when, in which reading; by date, what has passed before what comes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import msgspec

from servanda.api import rows
from servanda.api.timeline import counts_from
from servanda.standing import Row
from servanda.standing.deadlines import Deadline, deadlines, undated
from servanda.workbench.filter import Group, toggles_of
from servanda.workbench.sight import Sight
from servanda.workbench.wording import counted, day_words, instant, listed

from .standing import KEYS, fitting_rows

#: So many days are looked through for one on which a deadline ran, in a case of up to so many commitments.
_DAYS_BEFORE = 5
_MOST_COMMITMENTS = 100
#: The two parts of the page: their heads, what is said beside them, whether their dates are ahead.
_PARTS = (("Passed", "their date is over in a reading that has them open", False), ("Ahead", "", True))


class Line(msgspec.Struct, frozen=True):
    """A deadline of one commitment: the readings that have it, by how it stands in them; `unknown` of a claim."""

    found: Deadline
    row: Row
    statuses: tuple[tuple[str, tuple[str, ...], bool], ...]
    exactly: str


class Date(msgspec.Struct, frozen=True):
    """What is due on one day; how far away that is from the date asked about; `ahead` whether it is still to come."""

    day: datetime.date
    away: str
    ahead: bool
    lines: tuple[Line, ...]


class Waiting(msgspec.Struct, frozen=True):
    """A deadline without a date so far: what it counts from, and the readings in which it is open."""

    row: Row
    counts_from: str
    readings: tuple[str, ...]


def answer(sight: Sight) -> dict[str, Any]:
    """The deadlines that run at the date asked about, and those that wait for what they count from."""
    rows, found = _rows(sight)
    running = deadlines(rows)
    dates = list(_dates(sight, running))
    waiting = [Waiting(each.row, counts_from(each), each.readings) for each in undated(rows)]
    everything = sight.inventory.rows
    return {
        "title": "What is due when",
        "said": _said(sight, running),
        "parts": [
            (head, words, those)
            for head, words, is_ahead in _PARTS
            if (those := [each for each in dates if each.ahead is is_ahead])
        ],
        "running": running,
        "waiting": waiting,
        "toggles": toggles_of(found, "owed", dict.fromkeys(name for row in everything for name in row.bearers)),
        "every": deadlines(everything),
        "next_day": _day_with_deadlines(sight) if not running else None,
    }  # fmt: skip


def file(sight: Sight, name: str) -> tuple[str, bytes]:
    """The deadlines as a calendar; the same as `servanda deadlines --ics` writes."""
    from servanda.api.calendar import calendar_of

    rows, _ = _rows(sight)
    asked = sight.asked
    over = f", over public acts and {', '.join(asked.channels)}" if asked.channels else ""
    known = f", as known by {asked.known}" if asked.known is not None else ""
    heading = [f"{sight.case.title or 'a case without a title'} · {asked.at}{over}{known}"]
    heading += [f"supposed: {line}" for line in asked.supposed]
    return "text/calendar; charset=utf-8", calendar_of(sight.case, asked.day, heading, deadlines(rows))


def _rows(sight: Sight) -> tuple[list[rows.Row], Group]:
    """The commitments that the filter leaves, and the filter."""
    found = sight.filter_by(KEYS)
    return fitting_rows(sight.inventory.rows, found), found


def _dates(sight: Sight, running: tuple[Deadline, ...]) -> Iterator[Date]:
    by_day: dict[datetime.date, list[Deadline]] = {}
    for each in running:
        by_day.setdefault(each.latest.date(), []).append(each)
    for day, those in by_day.items():
        ahead = not any(each.overdue for each in those) and day >= sight.asked.day
        yield Date(day, distance(day, sight.asked.day), ahead, tuple(map(_line, those)))


def _line(found: Deadline) -> Line:
    said: dict[tuple[str, bool], list[str]] = {}
    for reading, standing in found.standings.items():
        said.setdefault((standing.status, standing.late_unknown), []).append(reading)
    exactly = ""
    if found.earliest != found.latest:
        exactly = f"some time from {instant(found.earliest)} to {instant(found.latest)}"
    elif (found.latest.hour, found.latest.minute, found.latest.second) != (23, 59, 59):
        exactly = f"at {found.latest:%H:%M}"
    statuses = tuple((status, tuple(readings), unknown) for (status, unknown), readings in said.items())
    return Line(found, found.row, statuses, exactly)


def distance(day: datetime.date, today: datetime.date) -> str:
    """How far a day is from the date asked about."""
    days = (day - today).days
    if not days:
        return "that day"
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"


def _said(sight: Sight, running: tuple[Deadline, ...]) -> str:
    """The page in a sentence: how many run, how many have passed, which comes next."""
    if not running:
        return f"No deadline runs on {day_words(sight.asked.day)}."
    passed = [each for each in running if each.overdue]
    words = f"{counted(len(running), 'deadline')} as of {day_words(sight.asked.day)}"
    if passed:
        late = {name for each in passed for name, stands in each.standings.items() if stands.status == "overdue"}
        parties = [each for each in sight.asked.readings if each in late and each != "record"]
        whose = [f"the reading{'s' if len(parties) > 1 else ''} of {listed(parties)}"] if parties else []
        whose += ["the record"] if "record" in late else []
        words += f", {len(passed):,} of them passed unfulfilled in {listed(whose)}"
    ahead = next((each for each in running if each.latest.date() >= sight.asked.day), None)
    if ahead is not None:
        words += f". The next is {ahead.label}, {distance(ahead.latest.date(), sight.asked.day)}"
    return f"{words}."


def _day_with_deadlines(sight: Sight) -> str | None:
    """Where nothing runs: the nearest day before with an act on which something did, of the last so many."""
    asked = sight.asked
    days = [day for day in sight.acts_per_day if day < asked.day][-_DAYS_BEFORE:]
    if len(sight.case.commitments) > _MOST_COMMITMENTS:
        return None
    for day in reversed(days):
        rows = sight.case.status(str(day), reading=asked.readings, channels=asked.channels, known=asked.known)
        if deadlines(rows.rows):
            return str(day)
    return None
