"""`servanda residue`: what is open when the record closes, and whether those who closed it have named it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from servanda.api.timeline import residue_answer
from servanda.model.closing import Closing, closings, half_closed, last_closing
from servanda.standing import Row
from servanda.standing.residue import Naming, left_open, naming
from servanda.standing.rows import by_bearers
from servanda.standing.wording import owners_words, status_words

from .columns import heads_of, lines_of, widths_for
from .options import FORMAT, print_json
from .question import Question, asks, say
from .words import counted, faint, strong, wrapped


@click.command("residue")
@asks(default=last_closing, instead="that of the last closing, or today")
@FORMAT
def command(question: Question, output: str) -> None:
    """Show what is open when the record closes.

    Open are obligations that are claimed, dormant, overdue or due, and whatever is proposed. A closing takes effect
    once all who are concerned have closed. What it leaves by name is compared with what is open, in each reading.
    """
    rows = question.inventory()
    closed = closings(question.case, question.acts())
    found = [row for row in rows if any(left_open(row, each) for each in row.standings.values())]
    named = [naming(closed, rows, reading) for reading in question.readings] if closed else []
    if output == "json":
        print_json(residue_answer(closed, found, named, question.readings, question.view, question.supposed))
        return
    say(_text(question, found, closed, named))


def _text(question: Question, rows: list[Row], closed: tuple[Closing, ...], named: list[Naming]) -> Iterator[str]:
    yield from question.heading()
    begun = half_closed(question.case, question.acts())
    for half in begun:
        by, missing = ", ".join(half.by), ", ".join(half.missing)
        yield wrapped(f"closed by {by}, not yet by {missing}: {half.source or 'the record'}", 0, 2)
    if not closed:
        who = "Not all whom it takes have" if begun else "Nobody has"
        yield wrapped(f"{who} closed the record by then; this is what is open at that date.", 0)
    for day in dict.fromkeys(each.day for each in closed):
        sources = [each.source or "the record" for each in closed if each.day == day]
        actors = dict.fromkeys(
            ref.name for each in closed if each.day == day for act in each.acts for ref in act.actors
        )
        yield wrapped(f"closed on {day} by {', '.join(actors)}: {', '.join(sources)}", 0, 2)
    yield ""
    if not rows:
        yield "nothing is left open"
    else:
        yield from _table(question, rows)
    if not named:
        return
    yield ""
    if not any(each.leaving for each in closed):
        yield "the closing names nothing that it leaves"
        return
    yield strong("what the closing names, beside what is open")
    for each in named:
        yield f"   in the reading of {each.reading}" if each.reading != "record" else "   in the record"
        yield wrapped(f"named, and open: {_names(each.named) or 'none'}", 5, 7)
        if each.settled:
            said = ", ".join(f"{r.label} ({status_words(r.standings.get(each.reading))})" for r in each.settled)
            yield wrapped(f"named, and not open: {said}", 5, 7)
        if each.unnamed:
            yield wrapped(f"open under what was closed, and not named: {_names(each.unnamed)}", 5, 7)


def _names(rows: tuple[Row, ...]) -> str:
    return ", ".join(row.label for row in rows)


def _table(question: Question, rows: list[Row]) -> Iterator[str]:
    asked = question.readings
    cells = {id(row): [_cell(row, each) for each in asked] for row in rows}
    first = max(24, *(len(row.label) + 4 for row in rows))
    widths = widths_for(first, [asked, *cells.values()])
    for owned in by_bearers(rows).values():
        yield from heads_of(owners_words(owned), first, asked, widths)
        for row in owned:
            found = cells[id(row)]
            if widths is not None:
                yield from lines_of(f"   {row.label}", first, found, widths)
            else:
                yield f"   {row.label}"
                yield wrapped(" · ".join(f"{r}: {c}" for r, c in zip(asked, found, strict=True)), 5)
            if row.commitment.title:
                yield faint(wrapped(row.commitment.title, 5))
        yield ""
    counts = [f"{sum(left_open(row, row.standings.get(each)) for row in rows)} in {each}" for each in asked]
    yield wrapped(f"{counted(len(rows), 'commitment')} open: {', '.join(counts)}; in brackets, what is not", 0, 2)


def _cell(row: Row, reading: str) -> str:
    standing = row.standings.get(reading)
    words = status_words(standing)
    return words if standing is None or left_open(row, standing) else f"({words})"
