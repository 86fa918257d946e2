"""Deadlines → an iCalendar file (RFC 5545): one event for each deadline and the readings that share it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from servanda.model.case import Case
from servanda.model.time import days_later
from servanda.standing import RECORD
from servanda.standing.deadlines import Deadline

if TYPE_CHECKING:
    from icalendar import Event


def calendar_of(case: Case, day: datetime.date, heading: Iterable[str], found: Iterable[Deadline]) -> bytes:
    """The text of a calendar of deadlines as they run on a day; `heading` says of which view they are.

    The same question to the same case gives the same file, byte for byte.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Servanda//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", case.title or "deadlines")
    asked = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    view = tuple(heading)
    for each in found:
        readings = ", ".join(each.standings)
        row = each.row
        event = Event()
        event.add("uid", _uid(case, each))
        event.add("dtstamp", asked)
        _add_date(event, each.latest)
        event.add("summary", f"{each.label}: {row.commitment.title} ({readings})".replace(":  (", " ("))
        event.add("description", _description(view, each))
        event.add("categories", list(each.standings))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _uid(case: Case, each: Deadline) -> str:
    """A name that stays when the date moves, so that a calendar moves the event instead of adding one."""
    what = "\n".join([case.title, each.label, *sorted(each.standings)])
    return f"{hashlib.sha256(what.encode()).hexdigest()[:32]}@servanda"


def _add_date(event: Event, latest: datetime.datetime) -> None:
    if (latest.hour, latest.minute, latest.second) == (23, 59, 59):
        event.add("dtstart", latest.date())
        event.add("dtend", days_later(latest.date(), 1))
    else:
        # in UTC, so that the file need not bring the rules of a time zone along
        event.add("dtstart", latest.astimezone(datetime.UTC))
        event.add("dtend", latest.astimezone(datetime.UTC))


def _description(view: tuple[str, ...], each: Deadline) -> str:
    row = each.row
    lines = [
        f"owed by {', '.join(row.bearers) or 'nobody'}"
        + (f" to {', '.join(row.counterparties)}" if row.counterparties else ""),
        *(
            f"{standing.status} in {'the record' if reading == RECORD else f'the reading of {reading}'}"
            for reading, standing in each.standings.items()
        ),
        *view,
    ]
    return "\n".join(lines)
