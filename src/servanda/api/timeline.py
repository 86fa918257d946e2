"""The timeline, deadlines and the residue as the JSON contract has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

import msgspec

from servanda.model.closing import Closing
from servanda.model.record import Act
from servanda.standing import Row
from servanda.standing.deadlines import Deadline, Undated, deadlines, undated
from servanda.standing.residue import Naming, left_open
from servanda.standing.timeline import Day, Timeline
from servanda.text import printer

from .acts_answers import ActAnswer, ShortStandingAnswer, act_answer, short_standing, standings_in_short
from .answers import Instant, OwedAnswer, ViewAnswer, instant_answer, owed_fields, view_answer
from .views import View


class RunningAnswer(OwedAnswer, frozen=True):
    """A commitment with its last instant, by the earliest and the latest dating; `overdue` in some reading.

    With `to_begin` it is to be begun by then.
    """

    earliest: Instant
    latest: Instant
    overdue: bool
    to_begin: bool
    standings: dict[str, ShortStandingAnswer]


class UndatedAnswer(OwedAnswer, frozen=True):
    """A commitment whose deadline counts from something that has not come yet, and the readings in which it waits."""

    counts_from: str
    to_begin: bool
    readings: tuple[str, ...]


class DeadlinesAnswer(msgspec.Struct, frozen=True):
    """What `servanda deadlines --format json` gives."""

    schema_version: Literal[1]
    view: ViewAnswer
    readings: tuple[str, ...]
    deadlines: tuple[RunningAnswer, ...]
    undated: tuple[UndatedAnswer, ...]


class StretchAnswer(msgspec.Struct, frozen=True):
    """Of which view, and from which day on."""

    since: str = msgspec.field(name="from")
    at: str
    known: str
    channels: tuple[str, ...] | None
    supposed: tuple[str, ...]


class ChangeAnswer(msgspec.Struct, frozen=True):
    """What stands otherwise than before in one reading; null where it is not there."""

    name: str
    instance: str | None
    reading: str
    before: ShortStandingAnswer | None
    after: ShortStandingAnswer | None


class DayAnswer(msgspec.Struct, frozen=True):
    """A day: its acts, earlier ones that became known, and what changed."""

    date: str
    acts: tuple[ActAnswer, ...]
    learned: tuple[ActAnswer, ...]
    changes: tuple[ChangeAnswer, ...]


class TimelineAnswer(msgspec.Struct, frozen=True):
    """What `servanda timeline --format json` gives."""

    schema_version: Literal[1]
    view: StretchAnswer
    readings: tuple[str, ...]
    undated: tuple[ActAnswer, ...]
    days: tuple[DayAnswer, ...]
    ahead: tuple[RunningAnswer, ...]


class ClosingAnswer(msgspec.Struct, frozen=True):
    """A closing: of a source, or of the whole record (null), when, by which acts, and what it leaves by name."""

    source: str | None
    date: str
    acts: tuple[ActAnswer, ...]
    leaving: tuple[str, ...]


class LeftAnswer(OwedAnswer, frozen=True):
    """A commitment that is left open, in which readings."""

    open_in: tuple[str, ...]
    standings: dict[str, ShortStandingAnswer]


class NamingAnswer(msgspec.Struct, frozen=True):
    """What the closing names beside what is open, in one reading."""

    reading: str
    named: tuple[str, ...]
    settled: tuple[str, ...]
    unnamed: tuple[str, ...]


class ResidueAnswer(msgspec.Struct, frozen=True):
    """What `servanda residue --format json` gives."""

    schema_version: Literal[1]
    view: ViewAnswer
    readings: tuple[str, ...]
    closed: tuple[ClosingAnswer, ...]
    residue: tuple[LeftAnswer, ...]
    leaving: tuple[NamingAnswer, ...]


# ── answers made of what was found ──────────────────────────────────────────────────────────────────────────


def deadlines_answer(rows: Iterable[Row], readings: Iterable[str], view: View) -> DeadlinesAnswer:
    """The answer of `deadlines`: those that run for these rows."""
    every = list(rows)
    return DeadlinesAnswer(
        1,
        view_answer(view),
        tuple(readings),
        tuple(map(_running, deadlines(every))),
        tuple(
            UndatedAnswer(*owed_fields(each.row), counts_from(each), each.to_begin, each.readings)
            for each in undated(every)
        ),
    )


def counts_from(found: Undated) -> str:
    """What a deadline counts from, in the words of the common text."""
    clauses = found.row.commitment.clauses
    if found.to_begin:
        assert clauses.begins_by is not None
        return f"begins by {printer.condition(clauses.begins_by)}"
    if clauses.within is not None:
        return printer.within(clauses.within)
    assert clauses.by is not None
    return f"by {printer.condition(clauses.by)}"


def timeline_answer(
    found: Timeline,
    steps: Iterable[tuple[Day, ...]],
    rows: Iterable[Row],
    readings: Iterable[str],
    view: View,
    supposed: Collection[Act],
) -> TimelineAnswer:
    """The answer of `timeline`: `steps` are those of `found`, `rows` the commitments at its end."""
    asked = view_answer(view)
    return TimelineAnswer(
        1,
        StretchAnswer(str(found.start), asked.at, asked.known, asked.channels, asked.supposed),
        tuple(readings),
        tuple(act_answer(act, supposed) for act in found.undated),
        tuple(_day(day, supposed) for step in steps for day in step),
        tuple(map(_running, deadlines(list(rows)))),
    )


def residue_answer(
    closed: Iterable[Closing],
    rows: Iterable[Row],
    named: Iterable[Naming],
    readings: Iterable[str],
    view: View,
    supposed: Collection[Act],
) -> ResidueAnswer:
    """The answer of `residue`: the closings, the rows that are left open, and what the closings name of them."""
    return ResidueAnswer(
        1,
        view_answer(view),
        tuple(readings),
        tuple(
            ClosingAnswer(
                each.source,
                str(each.day),
                tuple(act_answer(act, supposed) for act in each.acts),
                tuple(ref.name for ref in each.leaving),
            )
            for each in closed
        ),
        tuple(
            LeftAnswer(
                *owed_fields(row),
                tuple(reading for reading, each in row.standings.items() if left_open(row, each)),
                standings_in_short(row),
            )
            for row in rows
        ),
        tuple(
            NamingAnswer(each.reading, _labels(each.named), _labels(each.settled), _labels(each.unnamed))
            for each in named
        ),
    )


def _labels(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(row.label for row in rows)


def _running(each: Deadline) -> RunningAnswer:
    return RunningAnswer(
        *owed_fields(each.row),
        instant_answer(each.earliest),
        instant_answer(each.latest),
        each.overdue,
        each.to_begin,
        {reading: short_standing(standing) for reading, standing in each.standings.items()},
    )


def _day(day: Day, supposed: Collection[Act]) -> DayAnswer:
    return DayAnswer(
        str(day.day),
        tuple(act_answer(act, supposed) for act in day.acts),
        tuple(act_answer(act, supposed) for act in day.learned),
        tuple(
            ChangeAnswer(
                each.name,
                each.instance,
                each.reading,
                None if each.before is None else short_standing(each.before),
                None if each.after is None else short_standing(each.after),
            )
            for each in day.changes
        ),
    )
