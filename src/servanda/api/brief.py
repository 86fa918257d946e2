"""One page for the next meeting: what changed, is due, is said to be done; what divides; what to ask of whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal

import msgspec

from servanda.findings import Ask, CrossCheck, cross_check
from servanda.model.record import Act
from servanda.model.time import Dating
from servanda.readings import Dispute, Disputes, disputes
from servanda.standing import RECORD, Inquiry, Row
from servanda.standing.chronicle import acts_in_view, done_at
from servanda.standing.deadlines import Deadline, deadlines
from servanda.standing.view import channels_of
from servanda.standing.wording import instant_words, status_words
from servanda.text.act_words import act_words

from .answers import ViewAnswer, view_answer
from .cross_check import AskAnswer, FindingAnswer, finding_answer
from .disputes import PremiseAnswer, premise_answer
from .views import View

_NOTHING = "–"
#: About so many premises two parties are asked: first those on which most hangs.
_MOST_ASKED = 5


class ChangedAnswer(msgspec.Struct, frozen=True):
    """A commitment that stands otherwise than on the day since which the brief tells, in these readings."""

    commitment: str
    readings: tuple[str, ...]
    before: str
    after: str


class StandsAnswer(msgspec.Struct, frozen=True):
    """Where a commitment stands, in words, and the readings in which it does."""

    status: str
    readings: tuple[str, ...]


class DueAnswer(msgspec.Struct, frozen=True):
    """A last day that runs, or has passed, in these readings; `overdue` says whether it has in one of them.

    `stands` is where the commitment stands in which of them.
    """

    commitment: str
    bearers: tuple[str, ...]
    readings: tuple[str, ...]
    by: str
    overdue: bool
    stands: tuple[StandsAnswer, ...]

    @property
    def words(self) -> str:
        """Where it stands in which readings, in one line."""
        return "; ".join(f"{each.status} in {', '.join(each.readings)}" for each in self.stands)


class DividesAnswer(msgspec.Struct, frozen=True):
    """A premise on which two readings differ, with the commitments whose disputes it would end alone."""

    premise: PremiseAnswer
    ends: tuple[str, ...]


class DividedAnswer(msgspec.Struct, frozen=True):
    """What divides two readings: on how many commitments they part, and the premises that would end most of these.

    `others` are disputes that no single premise ends, each with what there is to say; `concessions` those that no
    premise at all can end in one direction, and why.
    """

    readings: tuple[str, str]
    disputes: int
    premises: tuple[DividesAnswer, ...]
    others: tuple[str, ...]
    concessions: tuple[str, ...]


class BriefAnswer(msgspec.Struct, frozen=True):
    """What `servanda brief --format json` gives. `party` is whose brief it is, or null for who keeps the case."""

    schema_version: Literal[1]
    view: ViewAnswer
    title: str
    since: str
    party: str | None
    acts: tuple[str, ...]
    changed: tuple[ChangedAnswer, ...]
    due: tuple[DueAnswer, ...]
    claims: tuple[FindingAnswer, ...]
    divided: tuple[DividedAnswer, ...]
    asks: tuple[AskAnswer, ...]


def brief_answer(
    inquiry: Inquiry, every: Iterable[Act], since: datetime.date, view: View, party: str | None
) -> BriefAnswer:
    """The brief of a view, `since` a day; for a party, over the channels that it is among, and of the acts it sees.

    `every` act is that of the record and what is supposed. What it says is worked out by the rooms below: standings,
    findings, disputes.
    """
    case, at, known = inquiry.case, view.at, view.known
    over = view.over if party is None else channels_of(case, party, view.over)
    readings = (*case.parties, RECORD)
    told = acts_in_view(case, every, readings if party is None else (party,), at, over, known)
    if over is not None:
        view = msgspec.structs.replace(view, channels=tuple(each for each in case.channels if each in over))
    before = inquiry.inventory(Dating.on(since), readings, over, known)
    after = inquiry.inventory(at, readings, over, known)
    checked = cross_check(inquiry, told, readings, at, over, known)
    pairs = None if party is None else [(party, other) for other in case.parties if other != party]
    divided = _of_concern(disputes(inquiry, at, pairs, over, known), after)
    due = deadlines(after)
    return BriefAnswer(
        1,
        view_answer(view),
        case.title,
        str(since),
        party,
        tuple(act_words(act) for act in told if (done := done_at(case, act)) is not None and done[0] > since),
        tuple(_changed(before, after)),
        tuple(_due(each) for each in due),
        tuple(finding_answer(each) for each in checked.findings if each.kind == "unanswered-claim"),
        tuple(_divided(pair, divided) for pair in divided.pairs),
        tuple(AskAnswer(each.of, each.what) for each in _asks(checked, due, divided)),
    )


def _changed(before: Iterable[Row], after: Iterable[Row]) -> Iterable[ChangedAnswer]:
    old = {row.label: row.standings for row in before}
    for row in after:
        said: dict[tuple[str, str], list[str]] = {}
        for reading, standing in row.standings.items():
            was = status_words(old.get(row.label, {}).get(reading))
            now = status_words(standing)
            if was != now and (was, now) != (_NOTHING, "not owed"):
                said.setdefault((was, now), []).append(reading)
        for (was, now), readings in said.items():
            yield ChangedAnswer(row.label, tuple(readings), was, now)


def _due(deadline: Deadline) -> DueAnswer:
    row = deadline.row
    return DueAnswer(
        deadline.label,
        row.bearers,
        tuple(deadline.standings),
        instant_words(deadline.latest),
        deadline.overdue,
        tuple(StandsAnswer(words, tuple(readings)) for words, readings in deadline.stands.items()),
    )


def _of_concern(found: Disputes, rows: Iterable[Row]) -> Disputes:
    """The disputes without those that come of silence alone: somebody whom it does not concern has not taken it up."""
    concerned = {row.label: {*row.bearers, *row.counterparties} for row in rows}

    def silent(dispute: Dispute) -> bool:
        return dispute.question == "owed" and any(
            status in ("not owed", "not there") and reading not in concerned[dispute.commitment]
            for reading, status in dispute.statuses.items()
        )

    return msgspec.structs.replace(found, disputes=tuple(each for each in found.disputes if not silent(each)))


def _divided(pair: tuple[str, str], found: Disputes) -> DividedAnswer:
    those = tuple(each for each in found.disputes if each.readings == pair)
    premises = {premise.id: premise for dispute in those for premise in dispute.premises}
    left = list(those)
    divides = []
    for ranked in Disputes((pair,), those, ()).ranked():
        ends = [each for each in ranked.ends if each in left]
        if ends:
            left = [each for each in left if each not in ends]
            names = tuple(each.commitment for each in ends)
            divides.append(DividesAnswer(premise_answer(premises[ranked.premise]), names))
    return DividedAnswer(
        pair,
        len(those),
        tuple(divides),
        tuple(str(each) for each in left),
        tuple(words for each in those for words in _conceded(each)),
    )


def _conceded(dispute: Dispute) -> Iterable[str]:
    for giver, why in dispute.no_bridge.items():
        [taker] = [each for each in dispute.readings if each != giver]
        yield f"{dispute.commitment}, for {taker} to come round to {giver}: {why}"


def _asks(checked: CrossCheck, due: Iterable[Deadline], divided: Disputes) -> Iterable[Ask]:
    """What is overdue, what findings leave open, and the premises that would end most disputes; each once."""
    found: dict[Ask, None] = {}
    for deadline in due:
        if deadline.overdue:
            found[Ask(deadline.row.bearers, f"what has become of `{deadline.row.label}`")] = None
    for finding in checked.findings:
        found |= dict.fromkeys(finding.asks)
    for pair in divided.pairs:
        # to ask what somebody knows would tell it
        premises = [each for each in _divided(pair, divided).premises if each.premise.kind != "knowledge"]
        for each in premises[:_MOST_ASKED]:
            name = f"`{each.premise.part}` of `{each.premise.name}`" if each.premise.part else f"`{each.premise.name}`"
            count = f"{len(each.ends)} disputes hang" if len(each.ends) > 1 else f"`{each.ends[0]}` hangs"
            found[Ask(pair, f"whether either can move on {name}: {count} on it")] = None
    return found
