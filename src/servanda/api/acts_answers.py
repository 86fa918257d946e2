"""The JSON contract: acts, commitments and standings in short, alike in all answers about what happens over time."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from servanda.model.record import Act
from servanda.standing import Row, Standing
from servanda.text.act_words import act_words

from .answers import DeadlineAnswer, Instant, SpanAnswer, deadline_answer, instant_answer, instant_or_none, span_answer


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


class ShortStandingAnswer(msgspec.Struct, frozen=True):
    """Where a commitment stands in one reading, in short."""

    status: str
    since: Instant | None
    late: bool | None
    claim_disputed: bool
    deadline: DeadlineAnswer | None
    breached: tuple[Instant, ...]


def act_answer(act: Act, supposed: Collection[Act]) -> ActAnswer:
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


def short_standing(standing: Standing) -> ShortStandingAnswer:
    """Where a commitment stands."""
    return ShortStandingAnswer(
        standing.status,
        instant_or_none(standing.since),
        standing.late,
        standing.claim_disputed,
        deadline_answer(standing),
        tuple(map(instant_answer, standing.breached)),
    )


def standings_in_short(row: Row) -> dict[str, ShortStandingAnswer]:
    """Where a commitment stands in each reading."""
    return {reading: short_standing(each) for reading, each in row.standings.items()}
