"""`servanda attempts`: what was tried to find something out, how it ended, and what it was to show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from servanda.api.figures import figures_words
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.standing import Figures, Row
from servanda.standing.attempts import Attempt, attempts, attempts_on, consents, counts
from servanda.text import printer

from .as_json import act_as_json, row_as_json
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
    made = attempts(acts)
    rows = question.inventory()
    shown = [(row, on) for row in rows if (on := attempts_on(made, row)) or _named(row, name)]
    if name in case.means:
        shown = [(row, kept) for row, on in shown if (kept := tuple(each for each in on if each.means == name))]
    elif name is not None:
        shown = [(row, on) for row, on in shown if _named(row, name)]
    placed = {id(each) for _, on in shown for each in on}
    loose = [each for each in made if id(each) not in placed and name in (None, each.means)]
    if name is None:
        loose = [each for each in loose if not any(each in on for _, on in shown)]
    means = [each for each in case.means if name in (None, each) or any(a.means == each for _, on in shown for a in on)]
    if output == "json":
        print_json(_as_json(question, shown, loose, means, acts))
        return
    say(_text(question, shown, loose, means, acts))


def _named(row: Row, name: str | None) -> bool:
    return name in (row.commitment.name, row.label)


Shown = list[tuple[Row, tuple[Attempt, ...]]]


def _text(
    question: Question, shown: Shown, loose: list[Attempt], means: list[str], acts: tuple[Act, ...]
) -> Iterator[str]:
    yield from question.heading()
    for row, on in shown:
        yield ""
        yield strong(row.label)
        if row.commitment.title:
            yield faint(wrapped(row.commitment.title, 3))
        proof = row.commitment.clauses.verified_by
        figures = figures_words(row, question.readings)
        asked = f"proof asked for: {' or '.join(ref.name for ref in proof)}" if proof else ""
        if asked or figures:
            yield wrapped(" · ".join(each for each in (asked, figures) if each), 3)
        yield from _lines(on)
    if loose:
        yield ""
        yield strong("on something else")
        yield from _lines(tuple(loose))
    if not shown and not loose:
        yield ""
        yield "no attempt is on record by then"
    if means:
        yield ""
        yield strong("means")
    for name in means:
        yield wrapped(_means(question, name, acts), 3, 5)


def _lines(made: tuple[Attempt, ...]) -> Iterator[str]:
    dates = [str(each.act.dating or "from the start") for each in made]
    width = max(map(len, dates), default=0)
    names = max((len(each.means) for each in made), default=0)
    for date, each in zip(dates, made, strict=True):
        by = ", ".join(ref.name for ref in each.act.actors)
        result = "result not said, tried" if each.result == "not said" else each.result
        what = f": {printer.thing(each.on)}" if each.on is not None and not isinstance(each.on, Ref) else ""
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


# ── for programs ────────────────────────────────────────────────────────────────────────────────────────────


def _as_json(
    question: Question, shown: Shown, loose: list[Attempt], means: list[str], acts: tuple[Act, ...]
) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "view": question.view_as_json(),
        "readings": list(question.readings),
        "commitments": [
            {
                **row_as_json(row),
                "verified_by": [ref.name for ref in row.commitment.clauses.verified_by],
                "amounts": {r: _figures(each.amount) for r, each in row.standings.items() if each.amount is not None},
                "counts": counts(on),
                "attempts": [_attempt_as_json(each, question.supposed) for each in on],
            }
            for row, on in shown
        ],
        "other": [_attempt_as_json(each, question.supposed) for each in loose],
        "means": [
            {
                "name": name,
                "by": [ref.name for ref in question.case.means[name].by],
                "consents": {
                    party: None if act is None else act_as_json(act, question.supposed)
                    for party, act in consents(question.case, name, acts).items()
                },
            }
            for name in means
        ],
    }


def _attempt_as_json(each: Attempt, supposed: tuple[Act, ...]) -> dict[str, Any]:
    return {
        "means": each.means,
        "on": None if each.on is None else printer.thing(each.on),
        "result": each.result,
        "act": act_as_json(each.act, supposed),
    }


def _figures(figures: Figures) -> dict[str, float | None]:
    return {
        "needed": float(figures.needed),
        "claimed": None if figures.claimed is None else float(figures.claimed),
        "observed": None if figures.observed is None else float(figures.observed),
        "credited": None if figures.credited is None else float(figures.credited),
    }
