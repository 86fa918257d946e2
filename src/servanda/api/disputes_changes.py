"""The JSON contract: what would follow from one premise, and how disputes came and went along the record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import msgspec

from servanda.model.record import Act
from servanda.readings import Change, History
from servanda.readings.questions import Question

from .acts_answers import ActAnswer, act_answer
from .answers import ViewAnswer, view_answer
from .disputes import PremiseAnswer, premise_answer
from .views import View


class EndedAnswer(msgspec.Struct, frozen=True):
    """A commitment in dispute no longer; `then` is the later question at which the two would still part, or null."""

    commitment: str
    then: Question | None


class BegunAnswer(msgspec.Struct, frozen=True):
    """A commitment on which the two would part, or sooner than now, and at which question."""

    commitment: str
    question: Question


class TurnedAnswer(msgspec.Struct, frozen=True):
    """A commitment that would stand otherwise in the reading that takes the premise over."""

    commitment: str
    before: str
    after: str


class ChangeAnswer(msgspec.Struct, frozen=True):
    """What would follow, had one reading, the `taker`, the premise of another, the `giver`."""

    premise: PremiseAnswer
    giver: str
    taker: str
    ended: tuple[EndedAnswer, ...]
    begun: tuple[BegunAnswer, ...]
    standings: tuple[TurnedAnswer, ...]


class ChangesAnswer(msgspec.Struct, frozen=True):
    """What `servanda disputes --premise NAME --format json` gives: what would follow, in each direction."""

    schema_version: Literal[1]
    view: ViewAnswer
    changes: tuple[ChangeAnswer, ...]


class CountAnswer(msgspec.Struct, frozen=True):
    """On how many commitments two readings part at a moment, and which were begun and ended since the one before."""

    readings: tuple[str, str]
    count: int
    begun: tuple[str, ...]
    ended: tuple[str, ...]


class MomentAnswer(msgspec.Struct, frozen=True):
    """A moment of the record: its acts, and the disputes of each two readings then."""

    at: str
    acts: tuple[ActAnswer, ...]
    disputes: tuple[CountAnswer, ...]


class HistoryAnswer(msgspec.Struct, frozen=True):
    """What `servanda disputes --history --format json` gives: how the disputes came and went, act by act."""

    schema_version: Literal[1]
    view: ViewAnswer
    between: tuple[tuple[str, str], ...]
    moments: tuple[MomentAnswer, ...]


def changes_answer(changes: Sequence[Change], view: View) -> ChangesAnswer:
    """The answer of `disputes --premise`."""
    return ChangesAnswer(1, view_answer(view), tuple(map(_change, changes)))


def history_answer(found: History, view: View, supposed: Collection[Act]) -> HistoryAnswer:
    """The answer of `disputes --history`."""
    moments = tuple(
        MomentAnswer(
            str(each.at),
            tuple(act_answer(act, supposed) for act in each.acts),
            tuple(CountAnswer(pair, each.counts[pair], each.begun[pair], each.ended[pair]) for pair in found.pairs),
        )
        for each in found.moments
    )
    return HistoryAnswer(1, view_answer(view), found.pairs, moments)


def _change(change: Change) -> ChangeAnswer:
    return ChangeAnswer(
        premise_answer(change.premise),
        change.giver,
        change.taker,
        tuple(EndedAnswer(name, then) for name, then in change.ended.items()),
        tuple(BegunAnswer(name, question) for name, question in change.begun.items()),
        tuple(TurnedAnswer(name, before, after) for name, (before, after) in change.standings.items()),
    )
