"""What falls into place where one premise changes: which disputes end or begin, and which standings change."""

from __future__ import annotations

import msgspec

from servanda.standing.lending import Premise
from servanda.standing.wording import label_of

from .premises import Difference, Table
from .questions import QUESTIONS, Question, Side, answers, parting
from .sides import keys_of, status_of, taking


class Change(msgspec.Struct, frozen=True):
    """What would follow, had one reading the premise of another.

    `ended` are the commitments on which the two would then agree up to the question at which they part now, each with
    the later question at which they would still part, or None; `begun`, those on which they would part, or sooner;
    `standings`, those that would stand otherwise in the reading that takes it over: the status before, and after.
    """

    premise: Difference
    giver: str
    taker: str
    ended: dict[str, Question | None]
    begun: dict[str, Question]
    standings: dict[str, tuple[str, str]]


def changed(table: Table, premise: Premise, giver: Side, taker: Side) -> Change:
    """What would follow, had one reading the premise of another."""
    after = taker._replace(outlook=taking(taker, giver, frozenset([premise])))
    ended: dict[str, Question | None] = {}
    begun: dict[str, Question] = {}
    standings: dict[str, tuple[str, str]] = {}
    for name in table.case.commitments:
        for key in keys_of((giver, taker, after), name):
            label = label_of(name, key)
            ours, was, now = (answers(side, name, key) for side in (giver, taker, after))
            if was == now:
                continue
            before = parting(ours, was)
            then = parting(ours, now)
            if before is not None and (then is None or then > before):
                ended[label] = None if then is None else QUESTIONS[then]
            elif then is not None and (before is None or then < before):
                begun[label] = QUESTIONS[then]
            statuses = status_of(taker, name, key), status_of(after, name, key)
            if statuses[0] != statuses[1]:
                standings[label] = statuses
    return Change(table.told(premise), giver.reading, taker.reading, ended, begun, standings)
