"""What happened, and what one expects: acts, expectations, scenarios."""

from __future__ import annotations

from .commitments import Citation, Version, Within
from .conditions import Amount, Condition, Happening, Ref
from .declarations import Text
from .span import Node, Span
from .time import Dating


class Act(Node, frozen=True):
    """A dated entry of the record: who did or said what.

    `dating` is None for what held from the start. `performed` is `on DATE`, `on` is `on NAME` of an attempt; `by`,
    `within` and `when` are the date and condition of a promise, offer or consent; `note`, words of one's own.
    An act from an event table has the span of its directive and the number of its `row`, counted from 1.
    """

    dating: Dating | None
    actors: tuple[Ref, ...]
    verb: str
    objects: tuple[Ref | Amount | Happening, ...]
    span: Span
    words: Text | None = None
    means: tuple[Ref, ...] = ()
    channels: tuple[Ref, ...] = ()
    citations: tuple[Citation, ...] = ()
    performed: Dating | None = None
    on: Ref | None = None
    known: Dating | None = None
    by: Condition | None = None
    within: Within | None = None
    when: Condition | None = None
    result: str | None = None
    note: Text | None = None
    leaving: tuple[Ref, ...] = ()
    recipients: tuple[Ref, ...] = ()
    version: Version | None = None
    row: int | None = None


class Expectation(Node, frozen=True):
    """What one expects of a standing at a date: `DATE expect NAME is STATUS [late] in READING [via CHANNEL]`.

    `reading` is the name of a party, or `record`.
    """

    dating: Dating
    ref: Ref
    state: str
    late: bool
    reading: str
    span: Span
    channel: Ref | None = None


class Scenario(Node, frozen=True):
    """Acts supposed on top of the record, never in it; `start` leaves out later acts of the record."""

    title: str
    start: Dating | None
    acts: tuple[Act, ...]
    expectations: tuple[Expectation, ...]
    span: Span
