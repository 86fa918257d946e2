"""`servanda deadlines`: what is due when, in which reading; also as a calendar."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator

import click

from servanda.api.timeline import counts_from, deadlines_answer
from servanda.standing import Row
from servanda.standing.deadlines import Deadline, deadlines, undated
from servanda.standing.wording import instant_words

from .options import FORMAT, print_json
from .question import Question, asks, known_names, say
from .words import counted, distance, faint, marked, strong, wrapped

#: What a calendar begins with; a file that begins otherwise is somebody else's.
_BEGIN = b"BEGIN:VCALENDAR"


@click.command("deadlines")
@asks()
@click.option("--owed-by", metavar="PARTY", help="Only what this party owes.")
@click.option(
    "--ics", type=click.Path(dir_okay=False), metavar="FILE", help="Write them as a calendar (iCalendar) to FILE."
)
@FORMAT
def command(question: Question, owed_by: str | None, ics: str | None, output: str) -> None:
    """Show what is due when, and in which reading.

    What runs at the date asked about, by date. A line begins with ! where a deadline has passed unfulfilled in a
    reading. What counts from something that has not come yet is listed at the end.
    """
    if owed_by is not None:
        known_names((owed_by,), (*question.case.parties, *question.case.bodies), "party")
    rows = [row for row in question.inventory() if owed_by is None or owed_by in row.bearers]
    found = deadlines(rows)
    if ics is not None:
        _write_calendar(ics, question, found)
        click.echo(f"wrote {counted(len(found), 'deadline')} to {ics}", err=True)
        if output == "text":
            return
    if output == "json":
        print_json(deadlines_answer(rows, question.readings, question.view))
        return
    say(_text(question, found, rows))


def _write_calendar(path: str, question: Question, found: tuple[Deadline, ...]) -> None:
    from servanda.api.calendar import calendar_of

    data = calendar_of(question.case, question.at.latest.day, question.heading(), found)
    try:
        if os.path.exists(path):
            with open(path, "rb") as there:
                if there.read(len(_BEGIN)) not in (_BEGIN, b""):
                    raise click.UsageError(f"`{path}` is there and is no calendar; nothing was written")
        with open(path, "wb") as file:
            file.write(data)
    except OSError as reason:
        raise click.UsageError(f"`{path}` cannot be written: {(reason.strerror or str(reason)).lower()}") from None


def _text(question: Question, found: tuple[Deadline, ...], rows: list[Row]) -> Iterator[str]:
    yield from question.heading()
    yield ""
    if not found:
        yield "no deadline runs at this date"
    yield from deadline_lines(found, question.at.latest.day)
    waiting = undated(rows)
    if waiting:
        if found:
            yield ""
        yield strong("without a date so far")
        for each in waiting:
            yield wrapped(f"{each.row.label}: {counts_from(each)} · in {', '.join(each.readings)}", 3, 5)


def deadline_lines(found: tuple[Deadline, ...], today: datetime.date) -> Iterator[str]:
    """Deadlines for people, each with how far away it is and where it stands in its readings."""
    width = max((len(_date(each)) for each in found), default=0)
    away = max((len(distance(each.latest.date(), today)) for each in found), default=0)
    for each in found:
        row = each.row
        mark = "!" if each.passed else "?" if each.late_unknown else " "
        when = f"{_date(each):{width}}  {distance(each.latest.date(), today):{away}}"
        yield f" {marked(mark)} {when}  {each.label}"
        yield wrapped("; ".join(f"{words} in {', '.join(readings)}" for words, readings in each.stands.items()), 5)
        of = ", ".join(row.bearers) or "nobody"
        to = f" to {', '.join(row.counterparties)}" if row.counterparties else ""
        title = f"{row.commitment.title} " if row.commitment.title else ""
        yield faint(wrapped(f"{title}({of}{to})", 5))


def _date(each: Deadline) -> str:
    if each.earliest == each.latest:
        return instant_words(each.latest)
    return f"{instant_words(each.earliest)}..{instant_words(each.latest)}"
