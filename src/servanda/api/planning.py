"""On what terms a way out is asked for: what concessions cost, which are out, whose may be asked."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.wayout.concessions_from_case import KINDS
from servanda.wayout.prices import named, priced
from servanda.wayout.rules_from_case import Plan
from servanda.wayout.way_out import WayOut

from .errors import ServandaError


class BadTerms(ServandaError, ValueError):
    """A price or an exclusion that cannot be taken: `given` as it was written, `why` in words."""

    def __init__(self, given: str, why: str) -> None:
        super().__init__(given, why)
        self.given = given
        self.why = why

    def __str__(self) -> str:
        return f"{self.given}: {self.why}"


def with_prices(plan: Plan, prices: Iterable[str]) -> Plan:
    """The plan with other prices, each said as `WHAT=PRICE`: of a part of a kind, or of a concession in words.

    Raises `BadTerms`.
    """
    single: dict[int, float] = {}
    by_kind: dict[str, float] = {}
    for each in prices:
        words, equals, number = each.rpartition("=")
        try:
            price = float(number)
        except ValueError:
            price = -1.0
        if not equals or not 0 <= price < float("inf"):
            raise BadTerms(each, "write WHAT=PRICE, such as promise=2")
        if words in KINDS:
            by_kind[words] = price
        else:
            single |= dict.fromkeys(_places(plan, words, each), price)
    return msgspec.structs.replace(plan, system=priced(plan.system, single, by_kind))


def allowed(plan: Plan, never: Iterable[str], owners: Iterable[str] = ()) -> frozenset[int]:
    """The places of the concessions that may be asked for: without those of a kind or in words that are out.

    Where owners are named, only theirs. Raises `BadTerms`.
    """
    said, whose = tuple(never), frozenset(owners)
    out = {place for words in said if words not in KINDS for place in _places(plan, words, words)}
    return frozenset(
        place
        for place, each in enumerate(plan.system.concessions)
        if place not in out and each.kind not in said and (not whose or whose >= set(each.owners))
    )


def shared_by(found: WayOut) -> str:
    """Among which ways the shares under random prices are, and what those have that are not listed."""
    listed, known = len(found.ways), len(found.found.all)
    if known <= listed:
        return "all ways" if found.found.complete else "the ways listed"
    rest = 1 - sum(each.cheapest_share or 0.0 for each in found.ways)
    return f"all {known} ways ({rest:.0%} to those not listed)"


def _places(plan: Plan, words: str, given: str) -> list[int]:
    places = named(plan.system.concessions, words) if words.strip(" .…") else []
    if not places:
        raise BadTerms(given, f"no concession is called so; the kinds are {', '.join(KINDS)}")
    return places
