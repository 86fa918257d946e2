"""All disputes between readings at a date, the premises that would end most of them first."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import msgspec

from servanda.model.time import Dating
from servanda.model.walk import refs_of
from servanda.standing import Inquiry, Row

from .dispute import Dispute
from .pair import Between, Limits, Parting, parted
from .premises import Difference
from .questions import Answers, Side
from .sides import answered, answered_by

_NONE: dict[str | None, Answers] = {}


class Ranked(msgspec.Struct, frozen=True):
    """A premise with the disputes that it would end alone, and those in whose bridges it is."""

    premise: str
    ends: tuple[Dispute, ...]
    helps: tuple[Dispute, ...]


class Disputes(msgspec.Struct, frozen=True):
    """Where readings part, pair by pair; and by pair, the premises on which they differ without consequence."""

    pairs: tuple[tuple[str, str], ...]
    disputes: tuple[Dispute, ...]
    without_consequence: tuple[tuple[tuple[str, str], Difference], ...]

    def ranked(self) -> tuple[Ranked, ...]:
        """The premises that are in any bridge, first those that would end most disputes."""
        ends: dict[str, list[Dispute]] = {}
        helps: dict[str, list[Dispute]] = {}
        for dispute in self.disputes:
            for sets in dispute.bridges.values():
                for premise in dict.fromkeys(each for bridge in sets for each in bridge):
                    if dispute not in helps.setdefault(premise, []):
                        helps[premise].append(dispute)
                    if dispute.ended_by(premise) and dispute not in ends.setdefault(premise, []):
                        ends[premise].append(dispute)
        found = [Ranked(each, tuple(ends.get(each, ())), tuple(those)) for each, those in helps.items()]
        return tuple(sorted(found, key=lambda each: (-len(each.ends), -len(each.helps), each.premise)))


def disputes(
    inquiry: Inquiry,
    date: Dating,
    pairs: Iterable[tuple[str, str]] | None = None,
    channels: frozenset[str] | None = None,
    known: Dating | None = None,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> Disputes:
    """Where readings part at a date: between each two parties, or between these."""
    asked_for = tuple(itertools.combinations(inquiry.case.parties, 2) if pairs is None else pairs)
    found: list[Dispute] = []
    apart: list[tuple[tuple[str, str], Difference]] = []
    for pair in asked_for:
        held = between(inquiry, date, pair, channels, known, limits)
        found += held.disputes()
        apart += [(pair, each) for each in held.without_consequence()]
    return Disputes(asked_for, tuple(found), tuple(apart))


def partings(
    inquiry: Inquiry,
    date: Dating,
    pairs: Iterable[tuple[str, str]],
    channels: frozenset[str] | None = None,
    known: Dating | None = None,
    rows: Iterable[Row] | None = None,
) -> tuple[Parting, ...]:
    """Where these pairs of readings part at a date, and at which question, with nothing of what would end it.

    `rows` are all of an inventory of this view that has these readings; with it, it costs little.
    """
    asked_for = tuple(pairs)
    readings = dict.fromkeys(itertools.chain.from_iterable(asked_for))
    now = inquiry.clock.pair(date, "act")[1]

    names = inquiry.case.commitments
    if rows is None:
        given = {each: answered(Side(each, inquiry.outlook(each, date, channels, known), now)) for each in readings}
    else:
        known_rows, shown_otherwise = tuple(rows), _shown_otherwise(inquiry)
        given = {each: dict.fromkeys(names, _NONE) | answered_by(known_rows, each) for each in readings}
        if shown_otherwise:
            for reading, answers in given.items():
                outlook = inquiry.outlook(reading, date, channels, known)
                own = [row for row in known_rows if row.commitment.name in shown_otherwise]
                answers |= answered_by(own, reading, Side(reading, outlook, now))
    return tuple(each for pair in asked_for for each in parted(pair, given[pair[0]], given[pair[1]]))


def _shown_otherwise(inquiry: Inquiry) -> list[str]:
    """The commitments of which anybody ever held that they are to be shown by other means: no row tells these."""
    held = {
        ref.name
        for act in inquiry.acts
        if act.version is not None and "verified by" in act.version.stated
        for ref in refs_of(act)
    }
    return [name for name in inquiry.case.commitments if name in held]


def between(
    inquiry: Inquiry,
    date: Dating,
    pair: tuple[str, str],
    channels: frozenset[str] | None = None,
    known: Dating | None = None,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> Between:
    """Two readings held against each other at a date."""
    one, other = (
        Side(reading, outlook, outlook.clock.pair(date, "act")[1])
        for reading in pair
        for outlook in [inquiry.outlook(reading, date, channels, known)]
    )
    return Between(one, other, limits)
