"""All findings of a case at a date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec

from servanda.model.record import Act
from servanda.model.time import Dating
from servanda.standing import RECORD, Inquiry

from .finding import Desk, Finding, Kind
from .said import citing_nothing, unanswered, undated
from .tallies import Tally, amounts_differ, recorded_twice, tallies
from .texts import no_source, not_taken_up, two_senses
from .waiting import out_of_reach, unproved

#: In the order of `KINDS`.
_RULES: dict[Kind, Callable[[Desk], Iterator[Finding]]] = {
    "unanswered-claim": unanswered,
    "undated-promise": undated,
    "out-of-reach": out_of_reach,
    "proof-without-consent": unproved,
    "two-senses": two_senses,
    "no-source": no_source,
    "not-taken-up": not_taken_up,
    "cites-nothing": citing_nothing,
    "amounts-differ": amounts_differ,
    "recorded-twice": recorded_twice,
}


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
    kinds: Collection[Kind] | None = None,
) -> CrossCheck:
    """The findings of a case at a date, in these readings; `acts` are those in view.

    With `kinds`, findings of these kinds alone, and no figures.
    """
    desk = Desk(
        inquiry.case,
        tuple(acts),
        {each: inquiry.outlook(each, at, channels, known) for each in readings if each != RECORD},
        inquiry.outlook(RECORD, at, channels, known),
        inquiry.clock.pair(at, "act")[1],
    )
    rules = [rule for kind, rule in _RULES.items() if kinds is None or kind in kinds]
    figures = tallies(desk) if kinds is None else ()
    return CrossCheck(tuple(finding for rule in rules for finding in rule(desk)), tuple(figures))
