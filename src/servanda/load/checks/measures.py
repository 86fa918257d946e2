"""Amounts in a unit that the text never asks for: they are counted apart, and so count for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.load.case_from_syntax import Built
from servanda.model.conditions import Amount
from servanda.model.span import Span
from servanda.model.walk import acts_of, conditions_of, parts

from .terms import common_members_of, taken_in

_SHARE, _BARE = "in `%`", "without a unit"


def odd_units(built: Built) -> Iterator[Diagnostic]:
    """Amounts of the record in a unit in which nothing of the text counts these items."""
    case = built.case
    members = common_members_of(case)
    asked: dict[tuple[str, str], dict[str, Span]] = {}
    for condition, _ in conditions_of(case):
        for part in parts(condition):
            if isinstance(part, Amount):
                for item in (part.item.name, *taken_in(part.item.name, members)):
                    asked.setdefault((item, part.word.name), {}).setdefault(_unit(part), part.span)
    seen: set[tuple[str, str, str]] = set()
    for act in acts_of(case):
        for thing in act.objects:
            if not isinstance(thing, Amount):
                continue
            unit, what = _unit(thing), (thing.item.name, thing.word.name)
            units = asked.get(what)
            if units is None or unit in units or (*what, unit) in seen:
                continue
            if (thing.unit is None and _SHARE in units) or (thing.percent and _BARE in units):
                continue  # how many there are is told beside what share of all that is
            seen.add((*what, unit))
            related = tuple(Related(span, f"asked for {each} here") for each, span in units.items())[:3]
            words = " ".join(what)
            yield diagnostic("odd-unit", thing.span, related=related, what=words, unit=unit)


def _unit(amount: Amount) -> str:
    if amount.percent:
        return _SHARE
    return f"in `{amount.unit.name}`" if amount.unit is not None else _BARE
