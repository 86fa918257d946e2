"""What falls into place where one premise changes: which disputes end or begin, and which standings change."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.standing.lending import Premise

from .dispute import Dispute
from .premises import Difference, Table
from .questions import Answers, answers, parting
from .sides import Side, keys_of, status_of, taking


class Change(msgspec.Struct, frozen=True):
    """What would follow, had one reading the premise of another.

    `ended` are the commitments on which the two would then agree up to the question at which they part now, `begun`
    those on which they would part, or sooner; `standings` those that would stand otherwise in the reading that takes it
    over, each with its status before and after.
    """

    premise: Difference
    giver: str
    taker: str
    ended: tuple[str, ...]
    begun: tuple[str, ...]
    standings: dict[str, tuple[str, str]]


def changed(table: Table, premise: Premise, giver: Side, taker: Side) -> Change:
    """What would follow, had one reading the premise of another."""
    outlook = taking(taker, giver, frozenset([premise]))
    after = Side(taker.reading, outlook, taker.now)
    ended, begun = [], []
    standings: dict[str, tuple[str, str]] = {}
    for name in table.case.commitments:
        for key in keys_of((giver, taker, after), name):
            label = name if key is None else f"{name}[{key}]"
            ours, was, now = (_answers(side, name, key) for side in (giver, taker, after))
            if was == now:
                continue
            before = parting(ours, was)
            then = parting(ours, now)
            if before is not None and (then is None or then > before):
                ended.append(label)
            elif then is not None and (before is None or then < before):
                begun.append(label)
            statuses = status_of(taker, name, key), status_of(after, name, key)
            if statuses[0] != statuses[1]:
                standings[label] = statuses
    return Change(table.told(premise), giver.reading, taker.reading, tuple(ended), tuple(begun), standings)


def _answers(side: Side, name: str, key: str | None) -> Answers:
    return answers(side.outlook, side.reading, name, key, side.now)


class Shift(msgspec.Struct, frozen=True):
    """The disputes that are there no longer, and those that are new, where something more is supposed."""

    ended: tuple[Dispute, ...]
    begun: tuple[Dispute, ...]


def shift(before: Iterable[Dispute], after: Iterable[Dispute]) -> Shift:
    """How two lists of disputes differ: by commitment, readings, and question."""
    ours, theirs = (
        {(each.commitment, each.readings, each.question): each for each in those} for those in (before, after)
    )
    return Shift(
        tuple(each for key, each in ours.items() if key not in theirs),
        tuple(each for key, each in theirs.items() if key not in ours),
    )
