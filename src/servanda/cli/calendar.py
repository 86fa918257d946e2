"""Deadlines → an iCalendar file (RFC 5545): one event for each deadline and the readings that share it."""

from __future__ import annotations

import datetime
import hashlib
import os
from typing import TYPE_CHECKING

import click

from servanda.standing import RECORD
from servanda.standing.deadlines import Deadline

from .question import Question

if TYPE_CHECKING:
    from icalendar import Event

#: What a calendar begins with; a file that begins otherwise is somebody else's.
_BEGIN = b"BEGIN:VCALENDAR"


def write_calendar(path: str, question: Question, found: tuple[Deadline, ...]) -> None:
    """Write deadlines as a calendar. The same question to the same case gives the same file, byte for byte."""
    data = calendar_of(question, found)
    try:
        if os.path.exists(path):
            with open(path, "rb") as there:
                if there.read(len(_BEGIN)) not in (_BEGIN, b""):
                    raise click.UsageError(f"`{path}` is there and is no calendar; nothing was written")
        with open(path, "wb") as file:
            file.write(data)
    except OSError as reason:
        raise click.UsageError(f"`{path}` cannot be written: {(reason.strerror or str(reason)).lower()}") from None


def calendar_of(question: Question, found: tuple[Deadline, ...]) -> bytes:
    """The text of the calendar."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Servanda//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", question.case.title or "deadlines")
    asked = datetime.datetime.combine(question.at.latest.day, datetime.time(), datetime.UTC)
    for each in found:
        readings = ", ".join(each.standings)
        row = each.row
        event = Event()
        event.add("uid", _uid(question, each))
        event.add("dtstamp", asked)
        _add_date(event, each.latest)
        event.add("summary", f"{row.label}: {row.commitment.title} ({readings})".replace(":  (", " ("))
        event.add("description", _description(question, each))
        event.add("categories", list(each.standings))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _uid(question: Question, each: Deadline) -> str:
    """A name that stays when the date moves, so that a calendar moves the event instead of adding one."""
    what = "\n".join([question.case.title, each.row.label, *sorted(each.standings)])
    return f"{hashlib.sha256(what.encode()).hexdigest()[:32]}@servanda"


def _add_date(event: Event, latest: datetime.datetime) -> None:
    if (latest.hour, latest.minute, latest.second) == (23, 59, 59):
        event.add("dtstart", latest.date())
        event.add("dtend", latest.date() + datetime.timedelta(days=1))
    else:
        # in UTC, so that the file need not bring the rules of a time zone along
        event.add("dtstart", latest.astimezone(datetime.UTC))
        event.add("dtend", latest.astimezone(datetime.UTC))


def _description(question: Question, each: Deadline) -> str:
    row = each.row
    lines = [
        f"owed by {', '.join(row.bearers) or 'nobody'}"
        + (f" to {', '.join(row.counterparties)}" if row.counterparties else ""),
        *(
            f"{standing.status} in {'the record' if reading == RECORD else f'the reading of {reading}'}"
            for reading, standing in each.standings.items()
        ),
        *question.heading(),
    ]
    return "\n".join(lines)
