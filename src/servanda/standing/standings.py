"""(Case, View) → standings: the answer for every commitment in one reading (semantics §5)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from servanda.model.case import Case
from servanda.model.commitments import Clauses, Commitment
from servanda.model.conditions import Amount, Condition, Ref
from servanda.model.record import Act
from servanda.model.time import Dating

from .clock import ALWAYS, Clock, Instant
from .frame import Frame
from .history import History
from .life import Life
from .view import RECORD, View, channels_of, entries, in_view


class Figures(msgspec.Struct, frozen=True):
    """The amount that performance is, and how much of it is claimed by anybody, observed, and credited in a reading."""

    needed: Decimal
    claimed: Decimal | None
    observed: Decimal | None
    credited: Decimal | None


class Standing(msgspec.Struct, frozen=True):
    """Where one commitment stands, in one reading, at one date.

    `missing` are the conditions (or, for a `together` group or a replacement, what they hang on) that it waits for.
    """

    name: str
    instance: str | None
    reading: str
    status: str
    since: datetime.datetime | None
    late: bool | None
    claim_disputed: bool
    deadline: tuple[datetime.datetime, datetime.datetime] | None
    breached: tuple[datetime.datetime, ...]
    rungs: Mapping[str, datetime.datetime | None]
    facts: frozenset[str]
    missing: tuple[Condition | Ref | Clauses, ...]
    amount: Figures | None


class Row(msgspec.Struct, frozen=True):
    """One line of an inventory: a commitment, or an instance of one, with its standing in each reading that has it.

    `differs` says whether the parties it is owed by and to, as far as asked, read its status differently.
    """

    commitment: Commitment
    instance: str | None
    bearers: tuple[str, ...]
    counterparties: tuple[str, ...]
    differs: bool
    standings: Mapping[str, Standing]


class Inquiry:
    """Answers for one case: all readings at any date, over any channels. Histories are shared where views are alike."""

    def __init__(self, case: Case, supposed: Iterable[Act] = (), *, until: Dating | None = None) -> None:
        self.case = case
        self.clock = Clock(case.timezone, _holidays(case.calendar))
        limit = None if until is None else self.clock.latest(until)
        record = entries(case, case.acts, self.clock)
        kept = [each.act for each in record if limit is None or each.instant <= limit]
        self._entries = entries(case, [*kept, *supposed], self.clock)
        self._histories: dict[tuple[object, ...], History] = {}

    def inventory(
        self,
        at: Dating,
        readings: Iterable[str] | None = None,
        channels: frozenset[str] | None = None,
        known: Dating | None = None,
    ) -> tuple[Row, ...]:
        """Every commitment at a date, in these readings: by default those of all parties, and the record's."""
        asked = tuple(readings) if readings is not None else (*self.case.parties, RECORD)
        limit = None if known is None else self.clock.latest(known)
        histories = {each: self._history(View(each, self.clock.latest(at), channels, limit)) for each in asked}
        rows = []
        for name, commitment in self.case.commitments.items():
            found: dict[str | None, dict[str, Life]] = {}
            for reading, history in histories.items():
                for life in history.lives_of(name, reading, None):
                    found.setdefault(life.instance.key, {})[reading] = life
            for key, lives in found.items():
                rows.append(self._row(commitment, key, lives, histories))
        return tuple(rows)

    def _row(
        self, commitment: Commitment, key: str | None, lives: Mapping[str, Life], histories: Mapping[str, History]
    ) -> Row:
        reading, life = next(iter(lives.items()))
        frame = Frame(histories[reading], reading, commitment.name, life)
        standings = {each: self._standing(histories[each], life, each) for each, life in lives.items()}
        concerned = {*frame.bearers, *frame.counterparties}
        statuses = {each.status for reading, each in standings.items() if reading in concerned}
        return Row(commitment, key, frame.bearers, frame.counterparties, len(statuses) > 1, standings)

    def standing(self, ref: Ref, reading: str, at: Dating, channels: frozenset[str] | None = None) -> Standing | None:
        """One commitment's standing, or None where it has no such instance in that reading."""
        history = self._history(View(reading, self.clock.latest(at), channels))
        lives = history.lives_of(ref.name, reading, None if ref.key is None else str(ref.key))
        return self._standing(history, lives[0], reading) if lives else None

    def _history(self, view: View) -> History:
        among = channels_of(self.case, view.reading)
        channels = among if view.channels is None else view.channels & among
        acts = in_view(self.case, self._entries, view, self.clock)
        key = (view.at, tuple(each.order for each in acts), channels)
        found = self._histories.get(key)
        if found is None:
            found = self._histories[key] = History(self.case, acts, view.at, self.clock).run()
        return found

    def _standing(self, history: History, life: Life, reading: str) -> Standing:
        return Standing(
            life.instance.name,
            life.instance.key,
            reading,
            life.status,
            self._moment(life.since),
            _late(history, life),
            life.disputed,
            None
            if life.deadline is None
            else (self.clock.moment(life.deadline[0]), self.clock.moment(life.deadline[1])),
            tuple(self.clock.moment(each) for each in life.breaches),
            {rung: self._moment(instant) for rung, instant in life.rungs.items()},
            _facts(life),
            tuple(life.missing),
            _figures(Frame(history, reading, life.instance.name, life)),
        )

    def _moment(self, instant: Instant | None) -> datetime.datetime | None:
        return None if instant is None or instant == ALWAYS else self.clock.moment(instant)


def _late(history: History, life: Life) -> bool | None:
    """Whether an obligation was, or is, late; None where that is unknown, and for what has no deadline to miss."""
    if history.case.commitments[life.instance.name].kind != "obligation" or life.late_unknown:
        return None
    return life.performed_late if life.fulfilled is not None else bool(life.breaches)


def _facts(life: Life) -> frozenset[str]:
    facts = {
        "breached": bool(life.breaches),
        "refused": life.refused is not None,
        "agreed": life.agreed is not None,
        "used": life.used is not None,
        "in force": life.force is not None and life.suspended is None,
        "confirmed": life.confirmed is not None,
        **dict.fromkeys(life.rungs, True),
    }
    return frozenset(name for name, so in facts.items() if so)


def _figures(frame: Frame) -> Figures | None:
    """What the record says of the amount that performance is."""
    amount = frame.clauses.done_when
    if not isinstance(amount, Amount):
        return None
    judge = frame.judge
    return Figures(
        Decimal(amount.number),
        judge.figures(amount, frame.crediting("said", lambda each: each.verb == "claims")),
        judge.figures(amount, frame.crediting("said", lambda each: each.verb == "observes")),
        judge.figures(amount, frame.question),
    )


def _holidays(calendar: str | None) -> Any:
    if calendar is None:
        return None
    from holidays import country_holidays

    country, _, part = calendar.partition("-")
    days = country_holidays(country, subdiv=part or None)
    return lambda day: day in days
