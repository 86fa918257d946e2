"""Attempts as one asks for them by name, and as the JSON contract has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

import msgspec

from servanda.model.case import Case
from servanda.model.record import Act
from servanda.standing import Row
from servanda.standing.attempts import Attempt, attempts, attempts_on, consents, counts
from servanda.text import printer

from .acts_answers import ActAnswer, act_answer
from .answers import AmountAnswer, OwedAnswer, ViewAnswer, amount_answer, owed_fields, view_answer
from .views import View


class Tried(msgspec.Struct, frozen=True):
    """What was tried: on which commitments, on something else, and the means that are spoken of."""

    on: tuple[tuple[Row, tuple[Attempt, ...]], ...]
    other: tuple[Attempt, ...]
    means: tuple[str, ...]


class AttemptAnswer(msgspec.Struct, frozen=True):
    """One attempt: by which means, on what, how it ended, and the act that says so."""

    means: str
    on: str | None
    result: str
    act: ActAnswer


class TriedAnswer(OwedAnswer, frozen=True):
    """A commitment with the proof it asks for, the amounts in each reading, and the attempts to show it."""

    verified_by: tuple[str, ...]
    amounts: dict[str, AmountAnswer]
    counts: dict[str, int]
    attempts: tuple[AttemptAnswer, ...]


class MeansAnswer(msgspec.Struct, frozen=True):
    """A means: by whom, and for each party whose consent it needs the last word on it, or null."""

    name: str
    by: tuple[str, ...]
    consents: dict[str, ActAnswer | None]


class AttemptsAnswer(msgspec.Struct, frozen=True):
    """What `servanda attempts --format json` gives."""

    schema_version: Literal[1]
    view: ViewAnswer
    readings: tuple[str, ...]
    commitments: tuple[TriedAnswer, ...]
    other: tuple[AttemptAnswer, ...]
    means: tuple[MeansAnswer, ...]


def tried(case: Case, rows: Iterable[Row], acts: tuple[Act, ...], name: str | None) -> Tried:
    """What was tried by these acts; where a `name` is given, only on that commitment or by those means."""
    made = attempts(acts)
    on = [(row, on) for row in rows if (on := attempts_on(made, row)) or _named(row, name)]
    if name in case.means:
        on = [(row, kept) for row, those in on if (kept := tuple(each for each in those if each.means == name))]
    elif name is not None:
        on = [(row, those) for row, those in on if _named(row, name)]
    placed = {id(each) for _, those in on for each in those}
    loose = [each for each in made if id(each) not in placed and name in (None, each.means)]
    if name is None:
        loose = [each for each in loose if not any(each in those for _, those in on)]
    means = [each for each in case.means if name in (None, each) or any(a.means == each for _, o in on for a in o)]
    return Tried(tuple(on), tuple(loose), tuple(means))


def _named(row: Row, name: str | None) -> bool:
    return name in (row.commitment.name, row.label)


def attempts_answer(
    case: Case, found: Tried, acts: tuple[Act, ...], readings: Iterable[str], view: View, supposed: Collection[Act]
) -> AttemptsAnswer:
    """The answer of `attempts`; `acts` are those in view, `supposed` those of them that are no record."""

    def attempt(each: Attempt) -> AttemptAnswer:
        on = None if each.on is None else printer.thing(each.on)
        return AttemptAnswer(each.means, on, each.result, act_answer(each.act, supposed))

    def means(name: str) -> MeansAnswer:
        words = consents(case, name, acts).items()
        said = {party: None if act is None else act_answer(act, supposed) for party, act in words}
        return MeansAnswer(name, tuple(ref.name for ref in case.means[name].by), said)

    return AttemptsAnswer(
        1,
        view_answer(view),
        tuple(readings),
        tuple(
            TriedAnswer(
                *owed_fields(row),
                tuple(ref.name for ref in row.commitment.clauses.verified_by),
                {r: amount_answer(each.amount) for r, each in row.standings.items() if each.amount is not None},
                counts(on),
                tuple(map(attempt, on)),
            )
            for row, on in found.on
        ),
        tuple(map(attempt, found.other)),
        tuple(map(means, found.means)),
    )
