"""The JSON contract of `compare`: what differs between two drafts in words, and what follows from it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from servanda.comparison import Comparison
from servanda.comparison.words import Change

from .answers import SpanAnswer, span_answer

Day = Annotated[str, Meta(extra_json_schema={"format": "date"}, description="A day, ISO 8601.")]


class WordsAnswer(msgspec.Struct, frozen=True):
    """Something that the drafts say differently; `before` or `after` is null where one of them does not say it."""

    kind: str
    name: str
    part: str | None
    before: str | None
    after: str | None
    span: SpanAnswer | None


class StretchAnswer(msgspec.Struct, frozen=True):
    """A standing that differs, in these readings, from a day to another; `last` is null where it does to the end."""

    commitment: str
    readings: tuple[str, ...]
    before: str
    after: str
    first: Day
    last: Day | None


class MovedAnswer(msgspec.Struct, frozen=True):
    """A last day that differs, in these readings, from a day on; null for none."""

    commitment: str
    readings: tuple[str, ...]
    before: str | None
    after: str | None
    since: Day


class WaysAnswer(msgspec.Struct, frozen=True):
    """The ways of performance and proof that only one draft has, in these readings."""

    commitment: str
    readings: tuple[str, ...]
    opened: tuple[str, ...]
    closed: tuple[str, ...]


class CompareAnswer(msgspec.Struct, frozen=True):
    """What `servanda compare --format json` gives: two drafts, in these readings, up to a day."""

    schema_version: Literal[1]
    before: str
    after: str
    readings: tuple[str, ...]
    channels: tuple[str, ...] | None
    end: Day
    words: tuple[WordsAnswer, ...]
    standings: tuple[StretchAnswer, ...]
    deadlines: tuple[MovedAnswer, ...]
    ways: tuple[WaysAnswer, ...]


def compare_answer(found: Comparison, before: str, after: str, channels: tuple[str, ...] | None) -> CompareAnswer:
    """The answer of `compare`, readings that agree together; `before` and `after` are what the drafts are called."""
    standings: dict[tuple[str, str, str, str, str | None], list[str]] = {}
    for each in found.standings:
        last = None if each.last is None else str(each.last)
        key = (each.commitment, each.before, each.after, str(each.first), last)
        standings.setdefault(key, []).append(each.reading)
    deadlines: dict[tuple[str, str | None, str | None, str], list[str]] = {}
    for moved in found.deadlines:
        deadlines.setdefault((moved.commitment, moved.before, moved.after, str(moved.since)), []).append(moved.reading)
    ways: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for way in found.ways:
        ways.setdefault((way.commitment, way.opened, way.closed), []).append(way.reading)
    return CompareAnswer(
        1,
        before,
        after,
        found.readings,
        channels,
        str(found.end),
        tuple(map(_words, found.words)),
        tuple(StretchAnswer(key[0], tuple(those), *key[1:]) for key, those in standings.items()),
        tuple(MovedAnswer(key[0], tuple(those), *key[1:]) for key, those in deadlines.items()),
        tuple(WaysAnswer(key[0], tuple(those), *key[1:]) for key, those in ways.items()),
    )


def _words(change: Change) -> WordsAnswer:
    span = span_answer(change.span)
    return WordsAnswer(change.kind, change.name, change.part, change.before, change.after, span)
