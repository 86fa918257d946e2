"""The JSON contract: acts, commitments and standings in short, alike in all answers about what happens over time."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from servanda.model.commitments import Kind
from servanda.model.record import Act
from servanda.standing import Row, Standing
from servanda.text.act_words import act_words

from .answers import DeadlineAnswer, Instant, SpanAnswer, instant_answer, instant_or_none, span_answer


class ActAnswer(msgspec.Struct, frozen=True):
    """An act with its place; `date` is null for what held from the start, `row` is that of an event table."""

    date: str | None
    text: str
    actors: tuple[str, ...]
    verb: str
    channels: tuple[str, ...]
    span: SpanAnswer | None
    row: int | None
    supposed: bool


class OwedAnswer(msgspec.Struct, frozen=True):
    """What a commitment is, or an instance of one, without where it stands."""

    name: str
    title: str
    kind: Kind
    bearer: tuple[str, ...]
    to: tuple[str, ...]
    instance: str | None


class ShortStandingAnswer(msgspec.Struct, frozen=True):
    """Where a commitment stands in one reading, in short."""

    status: str
    since: Instant | None
    late: bool | None
    claim_disputed: bool
    deadline: DeadlineAnswer | None
    breached: tuple[Instant, ...]


def act_answer(act: Act, supposed: Collection[Act] = ()) -> ActAnswer:
    """An act; one of those that are supposed is marked."""
    return ActAnswer(
        None if act.dating is None else str(act.dating),
        act_words(act, date=False),
        tuple(ref.name for ref in act.actors),
        act.verb,
        tuple(ref.name for ref in act.channels),
        span_answer(act.span),
        act.row,
        act in supposed,
    )


def owed_fields(row: Row) -> tuple[str, str, Kind, tuple[str, ...], tuple[str, ...], str | None]:
    """What an answer that goes on from `OwedAnswer` begins with."""
    commitment = row.commitment
    return commitment.name, commitment.title, commitment.kind, row.bearers, row.counterparties, row.instance


def short_standing(standing: Standing) -> ShortStandingAnswer:
    """Where a commitment stands."""
    deadline = standing.deadline
    return ShortStandingAnswer(
        standing.status,
        instant_or_none(standing.since),
        standing.late,
        standing.claim_disputed,
        None if deadline is None else DeadlineAnswer(instant_answer(deadline[0]), instant_answer(deadline[1])),
        tuple(map(instant_answer, standing.breached)),
    )


def standings_in_short(row: Row) -> dict[str, ShortStandingAnswer]:
    """Where a commitment stands in each reading."""
    return {reading: short_standing(each) for reading, each in row.standings.items()}
