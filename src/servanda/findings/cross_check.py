"""All findings of a case at a date."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.model.record import Act
from servanda.model.time import Dating
from servanda.standing import RECORD, Inquiry

from .finding import Desk, Finding
from .said import citing_nothing, unanswered, undated
from .tallies import Tally, amounts_differ, recorded_twice, tallies
from .texts import no_source, not_taken_up, two_senses
from .waiting import out_of_reach, unproved

#: In the order of `KINDS`.
_RULES = (
    unanswered,
    undated,
    out_of_reach,
    unproved,
    two_senses,
    no_source,
    not_taken_up,
    citing_nothing,
    amounts_differ,
    recorded_twice,
)


class CrossCheck(msgspec.Struct, frozen=True):
    """What a careful secretary would raise, and the figures of every author."""

    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]


def cross_check(
    inquiry: Inquiry,
    acts: Iterable[Act],
    readings: Iterable[str],
    at: Dating,
    channels: frozenset[str] | None = None,
    known: Dating | None = None,
) -> CrossCheck:
    """The findings of a case at a date, in these readings; `acts` are those in view."""
    desk = Desk(
        inquiry.case,
        tuple(acts),
        {each: inquiry.outlook(each, at, channels, known) for each in readings if each != RECORD},
        inquiry.outlook(RECORD, at, channels, known),
        inquiry.clock.pair(at, "act")[1],
    )
    return CrossCheck(tuple(finding for rule in _RULES for finding in rule(desk)), tuple(tallies(desk)))
