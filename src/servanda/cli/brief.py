"""`servanda brief`: one page for the next meeting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from servanda.api.brief import BriefAnswer, DividedAnswer, brief_answer
from servanda.api.brief_html import html_of_brief
from servanda.model.time import days_later
from servanda.standing.telling import named

from .options import FORMAT, print_json
from .question import Question, asks, date_from_words, known_names, say
from .words import counted, faint, strong, wrapped

#: Without `--since`, a brief tells of so many days.
_DAYS = 7
#: So many acts are told.
_MOST_ACTS = 12


@click.command("brief")
@asks()
@click.option("--since", "since_words", metavar="DATE", help=f"What changed since; {_DAYS} days before, if not given.")
@click.option("--for", "party", metavar="PARTY", help="What this party can see, and what divides it from others.")
@click.option("--html", "page", type=click.Path(dir_okay=False), metavar="FILE", help="Write a page to print.")
@FORMAT
def command(question: Question, since_words: str | None, party: str | None, page: str | None, output: str) -> None:
    """Make one page for the next meeting.

    What changed, what is due next, what is said to be done and by whom it is unanswered, what divides the parties and
    would bring them together, what to ask of whom. It is private to who keeps the case; with `--for`, it is made of
    what that party can see.
    """
    since = date_from_words(since_words, "--since")
    day = since.latest.day if since is not None else days_later(question.at.latest.day, -_DAYS)
    if day > question.at.latest.day:
        raise click.UsageError(f"--since {day} lies after {question.at}")
    if party is not None:
        known_names((party,), question.case.parties, "party")
    every = (*question.case.acts, *question.supposed)
    brief = brief_answer(question.inquiry, every, day, question.view, party)
    if page is not None:
        Path(page).write_text(html_of_brief(brief), "utf-8")
    if output == "json":
        print_json(brief)
    else:
        say(_text(question, brief))


def _text(question: Question, brief: BriefAnswer) -> Iterator[str]:
    over = f", over public acts and {', '.join(brief.view.channels)}" if brief.view.channels else ""
    yield wrapped(f"{brief.title or 'a case without a title'} · {brief.since} to {brief.view.at}{over}", 0)
    for supposed in question.suppositions():
        yield wrapped(f"supposed: {supposed}", 0, 2)
    yield f"private, {'for who keeps the case' if brief.party is None else f'for {brief.party}'}"
    yield from _section("what changed", _changed(brief))
    yield from _section("by which acts", _acts(brief))
    yield from _section("what is due", _due(brief))
    yield from _section("said to be done, and unanswered", (each.message for each in brief.claims))
    for divided in brief.divided:
        one, other = divided.readings
        yield from _section(f"{one} and {other}: {counted(divided.disputes, 'dispute')}", _divided(divided))
    yield from _section("what to ask, of whom", (f"{named(each.of)}: {each.what}" for each in brief.asks))


def _section(heading: str, lines: Iterator[str]) -> Iterator[str]:
    yield ""
    yield strong(heading)
    told = False
    for line in lines:
        told = True
        yield wrapped(line, 3, 5)
    if not told:
        yield faint("   nothing")


def _changed(brief: BriefAnswer) -> Iterator[str]:
    for each in brief.changed:
        yield f"{each.commitment}: {each.before} → {each.after} · {', '.join(each.readings)}"


def _acts(brief: BriefAnswer) -> Iterator[str]:
    yield from brief.acts[:_MOST_ACTS]
    if len(brief.acts) > _MOST_ACTS:
        yield f"and {len(brief.acts) - _MOST_ACTS} more: `servanda timeline --from {brief.since}`"


def _due(brief: BriefAnswer) -> Iterator[str]:
    for each in brief.due:
        yield f"{each.commitment}, {named(each.bearers)}: by {each.by} · {each.words}"


def _divided(divided: DividedAnswer) -> Iterator[str]:
    for each in divided.premises:
        premise = each.premise
        part = f" ({premise.part})" if premise.part else ""
        versions = "; ".join(f"{reading}: {words}" for reading, words in premise.versions.items())
        yield f"{premise.name}{part} · would end {', '.join(each.ends)} · {versions}"
    yield from divided.others
    yield from divided.concessions
