"""The JSON contract: what `status` and `why` give to other programs, as values that are written and read again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Protocol

import msgspec
from msgspec import Meta

from servanda.diagnostics import span_as_json
from servanda.model.commitments import Kind
from servanda.model.span import Span
from servanda.standing import Figures, Missing, Row, Standing

from .views import View

#: An instant: ISO 8601, with its distance from UTC.
Instant = Annotated[str, Meta(extra_json_schema={"format": "date-time"}, description="An instant, ISO 8601.")]
Place = Annotated[int, Meta(ge=0)]


class ReasonLike(Protocol):
    """What a tree of reasons is made of."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def holds(self) -> bool | None: ...  # noqa: D102
    @property
    def span(self) -> Span | None: ...  # noqa: D102
    @property
    def source(self) -> str | None: ...  # noqa: D102
    @property
    def quote(self) -> str | None: ...  # noqa: D102
    @property
    def because(self) -> tuple[ReasonLike, ...]: ...  # noqa: D102


class SpanAnswer(msgspec.Struct, frozen=True):
    """Where words stand: lines and columns counted from 1, characters from 0."""

    path: str
    line: Place
    column: Place
    end_line: Place
    end_column: Place
    start: Place
    end: Place


class ViewAnswer(msgspec.Struct, frozen=True):
    """Of which view the answer is. `channels` is null for all that each reading is among."""

    at: str
    known: str
    channels: tuple[str, ...] | None
    supposed: tuple[str, ...]


class DeadlineAnswer(msgspec.Struct, frozen=True):
    """The last instants at which it is in time, by the earliest and the latest dating of what it counts from."""

    earliest: Instant
    latest: Instant


class RungsAnswer(msgspec.Struct, frozen=True):
    """Since when each rung is reached, or null."""

    offered: Instant | None = None
    promised: Instant | None = None
    begun: Instant | None = None
    claimed: Instant | None = None
    observed: Instant | None = None
    verified: Instant | None = None
    confirmed: Instant | None = None


class MissingAnswer(msgspec.Struct, frozen=True):
    """Something that a commitment waits for, in words, with its place where it has one."""

    text: str
    span: SpanAnswer | None


class AmountAnswer(msgspec.Struct, frozen=True):
    """The amount that performance is; how much of it is claimed, observed, and credited in the reading."""

    needed: float
    claimed: float | None
    observed: float | None
    credited: float | None


class StandingAnswer(msgspec.Struct, frozen=True):
    """Where a commitment stands in one reading. `late` is null where nothing is done, or that is unknown."""

    status: str
    since: Instant | None
    claim_disputed: bool
    deadline: DeadlineAnswer | None
    late: bool | None
    breached: tuple[Instant, ...]
    rungs: RungsAnswer
    missing: tuple[MissingAnswer, ...]
    amount: AmountAnswer | None


class OwedAnswer(msgspec.Struct, frozen=True):
    """What a commitment is, or an instance of one, without where it stands."""

    name: str
    title: str
    kind: Kind
    bearer: tuple[str, ...]
    to: tuple[str, ...]
    instance: str | None


class CommitmentAnswer(OwedAnswer, frozen=True):
    """A commitment, or an instance of one, with its standing in each reading that has it."""

    differs: bool
    standings: dict[str, StandingAnswer]


class StatusAnswer(msgspec.Struct, frozen=True):
    """What `servanda status --format json` gives: every commitment in every reading asked for."""

    schema_version: Literal[1]
    view: ViewAnswer
    readings: tuple[str, ...]
    commitments: tuple[CommitmentAnswer, ...]


class ReasonAnswer(msgspec.Struct, frozen=True):
    """One reason, with the reasons it rests on. `holds` is null where it is unknown."""

    text: str
    holds: bool | None
    span: SpanAnswer | None
    source: str | None
    quote: str | None
    because: tuple[ReasonAnswer, ...]


class WhyAnswer(msgspec.Struct, frozen=True):
    """What `servanda why --format json` gives: a standing with its reasons, down to acts, clauses and quotes."""

    schema_version: Literal[1]
    view: ViewAnswer
    commitment: str
    reading: str
    status: str
    because: ReasonAnswer | None


class ReadingAnswer(msgspec.Struct, frozen=True):
    """Where a commitment stands in one of several readings, with its reasons."""

    reading: str
    status: str
    because: ReasonAnswer | None


class WhysAnswer(msgspec.Struct, frozen=True):
    """What `servanda why --format json` gives where several readings are asked for: one after the other."""

    schema_version: Literal[1]
    view: ViewAnswer
    commitment: str
    readings: tuple[ReadingAnswer, ...]


# ── answers made of standings ───────────────────────────────────────────────────────────────────────────────


def status_answer(rows: Iterable[Row], readings: Iterable[str], view: View) -> StatusAnswer:
    """The answer of `status`: these rows, in these readings."""
    return StatusAnswer(1, view_answer(view), tuple(readings), tuple(map(_commitment, rows)))


def why_answer(commitment: str, reading: str, status: str, because: ReasonLike | None, view: View) -> WhyAnswer:
    """The answer of `why`; `commitment` is named with its instance, if it has one."""
    tree = None if because is None else reason_answer(because)
    return WhyAnswer(1, view_answer(view), commitment, reading, status, tree)


def whys_answer(commitment: str, told: Iterable[WhyAnswer], view: View) -> WhysAnswer:
    """The answer of `why` in several readings, made of the answers in each."""
    readings = tuple(ReadingAnswer(each.reading, each.status, each.because) for each in told)
    return WhysAnswer(1, view_answer(view), commitment, readings)


def view_answer(view: View) -> ViewAnswer:
    """A view, as each answer names it."""
    return ViewAnswer(str(view.at), str(view.known or view.at), view.channels, view.supposed)


def _commitment(row: Row) -> CommitmentAnswer:
    standings = {reading: standing_answer(each) for reading, each in row.standings.items()}
    return CommitmentAnswer(*owed_fields(row), row.differs, standings)


def owed_fields(row: Row) -> tuple[str, str, Kind, tuple[str, ...], tuple[str, ...], str | None]:
    """What an answer that goes on from `OwedAnswer` begins with."""
    commitment = row.commitment
    return commitment.name, commitment.title, commitment.kind, row.bearers, row.counterparties, row.instance


def standing_answer(standing: Standing) -> StandingAnswer:
    """A standing, for programs."""
    amount = standing.amount
    return StandingAnswer(
        standing.status,
        instant_or_none(standing.since),
        standing.claim_disputed,
        deadline_answer(standing),
        standing.late,
        tuple(map(instant_answer, standing.breached)),
        _rungs(standing.rungs),
        tuple(map(_missing, standing.missing)),
        None if amount is None else amount_answer(amount),
    )


def deadline_answer(standing: Standing) -> DeadlineAnswer | None:
    """The deadline of a standing, where it has one."""
    return None if standing.deadline is None else DeadlineAnswer(*map(instant_answer, standing.deadline))


def _rungs(rungs: Mapping[str, datetime.datetime | None]) -> RungsAnswer:
    return RungsAnswer(*(instant_or_none(rungs.get(rung)) for rung in RungsAnswer.__struct_fields__))


def amount_answer(amount: Figures) -> AmountAnswer:
    """An amount, for programs."""
    known = (float_or_none(each) for each in (amount.claimed, amount.observed, amount.credited))
    return AmountAnswer(float(amount.needed), *known)


def float_or_none(number: Decimal | None) -> float | None:
    """A figure, for programs."""
    return None if number is None else float(number)


def _missing(each: Missing) -> MissingAnswer:
    return MissingAnswer(each.text, span_answer(each.span))


def reason_answer(reason: ReasonLike) -> ReasonAnswer:
    """A tree of reasons, for programs."""
    because = tuple(map(reason_answer, reason.because))
    return ReasonAnswer(reason.text, reason.holds, span_answer(reason.span), reason.source, reason.quote, because)


def span_answer(span: Span | None) -> SpanAnswer | None:
    """A place, for programs; None of what was made without a file."""
    return SpanAnswer(**span_as_json(span)) if span is not None and span.file.path else None


def plain(answer: msgspec.Struct) -> dict[str, Any]:
    """An answer as plain values: dicts, lists, strings, numbers."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(answer))
    return found


def instant_answer(instant: datetime.datetime) -> str:
    """An instant in ISO 8601, its distance from UTC in whole minutes, as RFC 3339 asks; the instant is the same."""
    offset = instant.utcoffset()
    if offset is not None and offset.total_seconds() % 60:
        minutes = datetime.timedelta(minutes=round(offset.total_seconds() / 60))
        instant = instant.astimezone(datetime.timezone(minutes))
    return instant.isoformat()


def instant_or_none(instant: datetime.datetime | None) -> str | None:
    """The same, of an instant that there may not be."""
    return None if instant is None else instant_answer(instant)
