"""How much of something is done, by whose word: the amounts of §4 of the meaning."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from servanda.model.conditions import Amount

from .assertions import Assertion, counts, series
from .clock import Onset
from .words import Binding, Text

Number = int | Decimal
#: When an assertion counts, or None where it does not.
Counted = Callable[[Assertion], Onset | None]


@dataclass(frozen=True)
class Step:
    """From when on an author's word comes to so much."""

    figure: Number
    when: Onset


def steps_by_author(
    wanted: Amount, assertions: Iterable[Assertion], text: Text, binding: Binding, counted: Counted
) -> dict[str, list[Step]]:
    """§4: an author's latest total replaces its earlier ones, later increments add.

    A later total that is lower takes back what was above it.
    """
    found: dict[str, list[Step]] = {}
    running: dict[str, dict[str | None, Number]] = {}
    for each in assertions:
        amount = each.thing
        if not isinstance(amount, Amount) or not counts(wanted, amount, text, binding):
            continue
        when = counted(each)
        if when is None:
            continue
        steps, own = found.setdefault(each.party, []), running.setdefault(each.party, {})
        whose = (
            f"{series(amount)[0]} of {series(amount)[4]}" if amount.of or amount.item.name != wanted.item.name else None
        )
        own[whose] = own.get(whose, 0) + amount.number if amount.more else amount.number
        parts = sum((number for part, number in own.items() if part is not None), start=Decimal(0))
        figure = max(own.get(None, 0), parts)
        if steps and amount.more:
            when = Onset(max(when.earliest, steps[-1].when.earliest), max(when.latest, steps[-1].when.latest))
        found[each.party] = [step for step in steps if step.figure <= figure] + [Step(figure, when)]
    return found


def reached(wanted: Amount, needed: Number, steps: Iterable[Step], now: datetime.datetime | None) -> Onset | None:
    """When the figure first satisfied the bound: at least, where none is named. No figure: unknown, `at most` too.

    `now` leaves out what came later; None looks at all.
    """
    so_far = [step for step in steps if now is None or step.when.latest <= now]
    if wanted.bound == "at most":
        largest = max((step.figure for step in so_far), default=None)
        if largest is None or largest > needed:
            return None
        return min((step.when for step in so_far), key=lambda when: when.latest)
    enough = [
        step.when for step in so_far if step.figure > needed or (step.figure == needed and wanted.bound != "more than")
    ]
    return min(enough, key=lambda when: when.latest, default=None)
