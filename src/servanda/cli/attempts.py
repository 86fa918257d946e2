"""`servanda attempts`: what was tried to find something out, how it ended, and what it was to show."""

from __future__ import annotations

from collections.abc import Iterator

import click

from servanda.api.attempts import Tried, attempts_answer, tried
from servanda.api.figures import figures_words
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.standing.attempts import Attempt, consents, counts
from servanda.text import printer

from .options import FORMAT, print_json
from .question import Question, asks, known_names, say
from .words import faint, strong, wrapped


@click.command("attempts")
@asks(named=True)
@FORMAT
def command(question: Question, name: str | None, output: str) -> None:
    """Show what was tried to find something out, and how it ended.

    NAME is a commitment or a means; without it, all are listed. Beside attempts with their results (done, denied,
    unable) stands what was seen through a means, and beside both, how much there was to show.
    """
    case = question.case
    if name is not None:
        bare = name.partition("[")[0]
        known_names((bare,), (*case.commitments, *case.means), "commitment or means")
    acts = question.acts()
    found = tried(case, question.inventory(), acts, name)
    if output == "json":
        print_json(attempts_answer(case, found, acts, question.readings, question.view, question.supposed))
        return
    say(_text(question, found, acts))


def _text(question: Question, found: Tried, acts: tuple[Act, ...]) -> Iterator[str]:
    yield from question.heading()
    for row, on in found.on:
        yield ""
        yield strong(row.label)
        if row.commitment.title:
            yield faint(wrapped(row.commitment.title, 3))
        proof = row.commitment.clauses.verified_by
        figures = figures_words(row, question.readings)
        asked = f"proof asked for: {' or '.join(ref.name for ref in proof)}" if proof else ""
        if asked or figures:
            yield wrapped(" · ".join(each for each in (asked, figures) if each), 3)
        yield from _lines(on, row.commitment.name)
    if found.other:
        yield ""
        yield strong("on something else")
        yield from _lines(found.other)
    if not found.on and not found.other:
        yield ""
        yield "no attempt is on record by then"
    if found.means:
        yield ""
        yield strong("means")
    for name in found.means:
        yield wrapped(_means(question, name, acts), 3, 5)


def _lines(made: tuple[Attempt, ...], name: str = "") -> Iterator[str]:
    dates = [str(each.act.dating or "from the start") for each in made]
    width = max(map(len, dates), default=0)
    names = max((len(each.means) for each in made), default=0)
    for date, each in zip(dates, made, strict=True):
        by = ", ".join(ref.name for ref in each.act.actors)
        result = "result not said, tried" if each.result == "not said" else each.result
        own = isinstance(each.on, Ref) and each.on.name == name
        what = "" if own or each.on is None else f": {printer.thing(each.on)}"
        yield wrapped(f"{result} by {by}{what}", 3, 5, lead=f"{date:{width}}  {each.means:{names}}  ")
    if not made:
        yield "   no attempt to show it is on record by then"
    else:
        yield f"   {', '.join(f'{count} {result}' for result, count in counts(made).items())}"


def _means(question: Question, name: str, acts: tuple[Act, ...]) -> str:
    declared = question.case.means[name]
    by = f" by {', '.join(ref.name for ref in declared.by)}" if declared.by else ""
    words = f"{name}{by}"
    asked = consents(question.case, name, acts)
    for party, act in asked.items():
        if act is None:
            words += f"; consent of {party}: not given"
        else:
            said = "refused" if act.verb == "refuses" else "given"
            when = f", when {printer.condition(act.when)}" if act.when is not None else ""
            words += f"; consent of {party}: {said} {act.dating or 'from the start'}{when}"
    return words
