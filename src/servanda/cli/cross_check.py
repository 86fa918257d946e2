"""`servanda cross-check`: what a careful secretary would raise before the next meeting."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import click

from servanda.api.cross_check import coverage_answer, cross_check_answer
from servanda.api.figures import number
from servanda.findings import KINDS, Coverage, CrossCheck, coverage, cross_check
from servanda.load import source_text
from servanda.model.span import Span
from servanda.standing.links import Links
from servanda.standing.telling import named

from .options import FORMAT, print_json
from .question import Question, asks, known_names, say
from .words import counted, faint, strong, table, wrapped

#: So many places of a finding are named.
_MOST_PLACES = 4


@click.command("cross-check")
@asks()
@click.option("--coverage", "covered", metavar="SOURCE", help="Which parts of a source no commitment rests on.")
@click.option(
    "--fail-on", type=click.Choice(["finding", "never"]), default="never", show_default=True,
    help="Whether a finding makes the exit status 1.",
)  # fmt: skip
@FORMAT
def command(question: Question, covered: str | None, fail_on: str, output: str) -> None:
    """Show what a careful secretary would raise.

    Claims without an answer, promises without a date, conditions that nobody can meet, proofs whose means lack a
    consent, terms in two senses, what rests on no source, what was declared beside what was observed. None of it is an
    error. With `--coverage`, the articles or numbered paragraphs of a source, and which of them nothing rests on.
    """
    if covered is not None:
        found = _coverage(question, covered)
        if output == "json":
            print_json(coverage_answer(found))
        else:
            say(_covered(found))
        failing = bool(found.bare)
    else:
        checked = cross_check(
            question.inquiry, question.acts(), question.readings, question.at, question.over, question.known
        )
        if output == "json":
            print_json(cross_check_answer(checked, question.readings, question.view))
        else:
            say(_text(question, checked))
        failing = bool(checked.findings)
    if failing and fail_on == "finding":
        sys.exit(1)


def _text(question: Question, checked: CrossCheck) -> Iterator[str]:
    yield from question.heading()
    for kind, heading in KINDS.items():
        those = [each for each in checked.findings if each.kind == kind]
        if those:
            yield ""
            yield strong(heading)
        for each in those:
            yield wrapped(each.message, 3, 5)
            for ask in each.asks:
                yield wrapped(f"ask {named(ask.of)} {ask.what}", 6, 8, lead="→ ")
            places = _places(question, each.spans)
            if places:
                yield faint(wrapped(places, 6, 8))
    if checked.tallies:
        yield ""
        yield strong("declared and observed, author by author")
        rows = [("", "", "declared", "observed")]
        for tally in checked.tallies:
            figures = ("–" if each is None else number(each) for each in (tally.declared, tally.observed))
            rows.append((tally.what, tally.author, *figures))  # type: ignore[arg-type]
        yield from (f"   {line}" for line in table(rows))
    yield ""
    yield counted(len(checked.findings), "finding")


def _places(question: Question, spans: tuple[Span, ...]) -> str:
    """The files and lines, each once."""
    told = dict.fromkeys(place for span in spans if (place := question.place(span)))
    more = f", and {len(told) - _MOST_PLACES} more" if len(told) > _MOST_PLACES else ""
    return ", ".join([*told][:_MOST_PLACES]) + more


# ── the parts of a source ───────────────────────────────────────────────────────────────────────────────────


def _coverage(question: Question, name: str) -> Coverage:
    case = question.case
    known_names((name,), case.sources, "source")
    folder = question.path if os.path.isdir(question.path) else os.path.dirname(question.path)
    text = source_text(case, folder or ".", name, sources=question.sources, allow_outside=question.allow_outside)
    if text is None:
        raise click.UsageError(f"the text of `{name}` is not at hand: say where it lies with `--sources`")
    return coverage(Links(case, case.acts).clauses(), name, text)


def _covered(found: Coverage) -> Iterator[str]:
    yield strong(
        f"{found.source}: commitments rest on {len(found.parts) - len(found.bare)} of {len(found.parts)} parts"
    )
    if not found.parts:
        yield wrapped("no article or numbered paragraph was found in its text", 3)
    for part in found.parts:
        mark = " " if part.commitments else "○"
        yield wrapped(part.begins, 3, 5, lead=f"{mark} line {part.line:<4} ")
        if part.commitments:
            yield faint(wrapped(", ".join(part.commitments), 15))
    if found.unplaced:
        yield wrapped(f"rest on it at no place that was found: {', '.join(found.unplaced)}", 3, 5)
