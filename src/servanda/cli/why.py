"""`servanda why`: the reasons of a standing, down to acts, clauses and the words of a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from servanda.api.answers import whys_answer
from servanda.api.reasons import why_told
from servanda.diagnostics import nearest, printable
from servanda.load import Anchor
from servanda.model.conditions import Ref
from servanda.standing import RECORD, Reason, Row
from servanda.standing.parting import parting
from servanda.standing.telling import AS_ABOVE
from servanda.standing.wording import status_words

from .options import FORMAT, print_json
from .question import Question, asks, known_names, say
from .words import faint, strong, wrapped

_MARKS = {True: "✓", False: "✗", None: "?"}
#: So many instances are named where one of them has to be picked.
_MOST_NAMED = 12
Trees = Mapping[str, Reason | None]
Passages = Mapping[tuple[str, str], Anchor]


@click.command("why")
@asks(named=True)
@FORMAT
def command(question: Question, name: str | None, output: str) -> None:
    """Say why a commitment stands where it does.

    NAME is a commitment, or an instance of one: `report-departure[Labinsk]`. Without `--as`, the readings of those it
    is owed by and to are told one after the other. ✓ marks what holds, ✗ what does not, ? what is not known. With
    `--sources`, each quote is shown in its passage.
    """
    row = _row(question, name)
    readings = _readings(question, row)
    if output == "json":
        print_json(_as_json(question, row, readings))
        return
    ref = Ref(row.commitment.name, row.commitment.span, row.instance)
    trees = {each: question.inquiry.why(ref, each, question.at, question.over, question.known) for each in readings}
    say(_text(question, row, trees))


# ── what is asked ───────────────────────────────────────────────────────────────────────────────────────────


def _row(question: Question, name: str | None) -> Row:
    """The commitment, or the instance, that is asked about."""
    case = question.case
    if name is None:
        raise click.UsageError("say which commitment: `servanda why CASE NAME`")
    bare, bracket, key = name.partition("[")
    known_names((bare,), case.commitments, "commitment")
    rows = [row for row in question.inventory() if row.commitment.name == bare]
    labels = [row.label for row in rows]
    if not bracket:
        if not rows:
            raise click.UsageError(f"there is no instance of `{bare}` by {question.at} in these readings")
        if len(rows) == 1:
            return rows[0]
        raise click.UsageError(f"`{bare}` has {len(rows)} instances; ask about one of them: {_named(labels)}")
    wanted = key.removesuffix("]").strip('"')
    for readings in (question.readings, None):  # what the readings asked for have not, others may have
        for row in question.inquiry.inventory(question.at, readings, question.over, question.known):
            if row.commitment.name == bare and row.instance == wanted:
                return row
    guess = nearest(name, labels)
    hint = f"; did you mean `{guess}`?" if guess else f"; there is {_named(labels)}" if rows else ""
    raise click.UsageError(f"there is no instance `{printable(name)}` by {question.at}{hint}")


def _named(labels: Sequence[str]) -> str:
    """The first of some instances; of more than are named it says that there are more."""
    return ", ".join(labels[:_MOST_NAMED]) + (", …" if len(labels) > _MOST_NAMED else "")


def _readings(question: Question, row: Row) -> tuple[str, ...]:
    """The readings that were asked for; without that, those of the parties concerned."""
    if question.named or question.every:
        return question.readings
    concerned = {*row.bearers, *row.counterparties}
    return tuple(each for each in question.readings if each in concerned) or question.readings


# ── for people ──────────────────────────────────────────────────────────────────────────────────────────────


def _text(question: Question, row: Row, trees: Trees) -> Iterator[str]:
    yield from question.heading()
    yield ""
    yield strong(row.label)
    if row.commitment.title:
        yield faint(wrapped(row.commitment.title, 3))
    yield from _parting(row, trees)
    passages = {
        (each.citation.source.name, each.citation.quote.value): each
        for each in question.quotes.anchors
        if each.citation.quote is not None
    }
    for reading, tree in trees.items():
        yield ""
        if tree is None:
            yield from _absent(question, row, reading, passages)
        else:
            yield from _lines(question, tree, 0, passages)


def _absent(question: Question, row: Row, reading: str, passages: Passages) -> Iterator[str]:
    """That a reading has no such instance, and which it has, or why it has none."""
    ref = Ref(row.commitment.name, row.commitment.span, row.instance)
    labels, tree = question.inquiry.why_absent(ref, reading, question.at, question.over, question.known)
    there = f"; there is {_named(labels)}" if labels else ""
    yield wrapped(f"there is no {row.label} in {_whose(reading)}{there}", 0)
    for each in tree.because if tree is not None else ():
        yield from _lines(question, each, 1, passages)


def _whose(reading: str) -> str:
    return "the record" if reading == RECORD else f"the reading of {reading}"


def _parting(row: Row, trees: Trees) -> Iterator[str]:
    """In one line, where the readings part first."""
    there = {reading: tree for reading, tree in trees.items() if tree is not None}
    if len(there) < 2:
        return
    [first, *rest] = there
    said = {each: status_words(row.standings.get(each)) for each in there}
    other = next((each for each in rest if said[each] != said[first]), None)
    if other is None:
        yield faint(wrapped(f"{', '.join(there)} agree: {said[first]}", 3))
        return
    found = parting(there[first], there[other])
    if found is None:
        return
    if found.premise is not None and found.one is not None and found.other is not None:
        words = (
            f"{first} and {other} part first at `{found.premise}`: {_answer(found.one)} in {first}, "
            f"{_answer(found.other)} in {other}"
        )
    else:
        one = "no such premise" if found.one is None else found.one.text
        two = "no such premise" if found.other is None else found.other.text
        words = f"{first} and {other} part first here: {one} ({first}); {two} ({other})"
    yield wrapped(words, 3)


def _answer(reason: Reason) -> str:
    told = reason.text.removesuffix(", as above").partition(": ")[2]
    return told or {True: "it holds", False: "it does not hold", None: "it is not known"}[reason.holds]


def _lines(question: Question, reason: Reason, depth: int, passages: Passages) -> Iterator[str]:
    indent = 2 * depth
    told_above = reason.text.endswith(AS_ABOVE)
    place = "" if told_above else question.beside(reason.span)
    words = f"{reason.text}{'' if reason.source else place}"
    line = wrapped(words, indent, indent + 2, lead=f"{_MARKS[reason.holds]} ")
    yield line if depth else strong(line)
    if reason.source and not told_above:
        quote = f" “{' '.join(reason.quote.split())}”" if reason.quote else ""
        yield faint(wrapped(f"{reason.source}{quote}{place}", indent + 4, indent + 6))
        anchor = passages.get((reason.source.partition(" ")[0], reason.quote or ""))
        if anchor is not None:
            yield faint(wrapped(f"line {anchor.line}: {anchor.passage}", indent + 6, indent + 8))
    for each in reason.because:
        yield from _lines(question, each, depth + 1, passages)


# ── for programs ────────────────────────────────────────────────────────────────────────────────────────────


def _as_json(question: Question, row: Row, readings: tuple[str, ...]) -> Any:
    """One reading as the contract has it; where the readings were not picked one by one, all of them in one answer."""
    told = [why_told(question.inquiry, row, each, question.view) for each in readings]
    if len(question.named) == 1:
        return told[0]
    return whys_answer(row.label, told, question.view)
