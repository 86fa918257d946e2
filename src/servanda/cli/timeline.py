"""`servanda timeline`: what happened day by day, and the changes of standing beneath it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import click

from servanda.api.timeline import timeline_answer
from servanda.model.record import Act
from servanda.standing.deadlines import deadlines
from servanda.standing.timeline import Change, Day, Timeline
from servanda.standing.wording import label_of, status_words
from servanda.text.act_words import act_words

from .deadlines import deadline_lines
from .options import FORMAT, print_json
from .progress import with_progress
from .question import Question, asks, date_from_words, say
from .words import columns, dating_words, strong, wrapped


@click.command("timeline")
@asks(date=("--to", "--at"))
@click.option(
    "--from", "from_words", metavar="DATE", help="The first day to show; that of the first act, if not given."
)
@FORMAT
def command(question: Question, from_words: str | None, output: str) -> None:
    """Show what happened day by day, and what changed with it.

    Each act of the stretch of time stands at its day; beneath the acts of a day, what stands otherwise than before
    them, and in which readings. What time alone changed is shown apart. What is due next comes last.
    """
    start = date_from_words(from_words, "--from")
    if start is not None and start.earliest.day > question.at.latest.day:
        raise click.UsageError(f"--from {start} lies after {question.at}")
    known = question.known
    found = Timeline(
        question.inquiry, question.acts(), question.readings, question.at,
        start=None if start is None else start.earliest.day, channels=question.over, known=known,
    )  # fmt: skip
    steps = with_progress(found, len(found), "asking day by day")
    if output == "json":
        rows = question.inventory()
        print_json(timeline_answer(found, steps, rows, question.readings, question.view, question.supposed))
        return
    say(_text(question, found, steps))


def _text(question: Question, found: Timeline, steps: Iterable[tuple[Day, ...]]) -> Iterator[str]:
    yield from question.heading(f"{found.start} to {question.at}")
    if found.undated:
        yield ""
        yield strong("from the start")
        for act in found.undated:
            yield _act(act, question)
    shown = 0
    for step in steps:
        for day in step:
            shown += 1
            yield ""
            yield from _day(question, day)
    if not shown:
        yield ""
        yield "nothing happened, and nothing changed"
    ahead = deadlines(question.inventory())
    if ahead:
        yield ""
        yield strong("what is due then")
        yield from deadline_lines(ahead, question.at.latest.day)


def _day(question: Question, day: Day) -> Iterator[str]:
    sources = [each for each in question.case.sources.values() if each.dated and each.dated.latest.day == day.day]
    quiet = not day.acts and not day.learned
    yield strong(str(day.day)) + ("  time passes" if quiet else "")
    if quiet:
        for source in sources:
            yield wrapped(f"{source.name} is dated this day", 2, 4)
    for act in day.acts:
        yield _act(act, question, day.day)
    for act in day.learned:
        yield wrapped(f"{act_words(act)} becomes known", 2, 4)
    yield from _changes(day.changes)


def _act(act: Act, question: Question, day: datetime.date | None = None) -> str:
    exactly = "" if act.dating is None or day is None else dating_words(act.dating, day)
    supposed = "supposed: " if act in question.supposed else ""
    return wrapped(f"{supposed}{act_words(act, date=False)}{f' [{exactly}]' if exactly else ''}", 2, 4)


def _changes(changes: tuple[Change, ...]) -> Iterator[str]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for each in changes:
        said = f"{status_words(each.before)} → {status_words(each.after)}"
        grouped.setdefault((label_of(each.name, each.instance), said), []).append(each.reading)
    width = max((len(name) for name, _ in grouped), default=0)
    of_name: dict[str, list[str]] = {}
    for (name, said), readings in grouped.items():
        of_name.setdefault(name, []).append(f"{said} · {', '.join(readings)}")
    for name, lines in of_name.items():
        beside = all(8 + width + len(line) <= columns() for line in lines)
        if not beside:
            yield f"      {name}"
        for place, line in enumerate(lines):
            yield f"      {'' if place else name:{width}}  {line}" if beside else wrapped(line, 8)
