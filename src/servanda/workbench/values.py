"""Values in an address → the order in which the largest exposure is least. No number before all are given."""

from __future__ import annotations

import msgspec

from servanda.wayout.exposure import Exposure, Valued, least_exposure
from servanda.wayout.rules_from_case import Plan
from servanda.wayout.to_be_done import ToDo, to_be_done
from servanda.wayout.way_out import WayOut

from .asked import Slip
from .sight import Sight
from .steps import Chart, chart_of

#: The names that values have in an address: `costs:NAME`, `worth:NAME:PARTY`, `tranches:NAME`.
NAMES = ("costs", "worth", "tranches")
#: So many units are put in order on a page, for so many seconds at most in each of two searches.
MOST_UNITS, SECONDS = 24, 2.0


class Exposed(msgspec.Struct, frozen=True):
    """What a way does, the values given for it, and once all are, each party's exposure.

    `missing` are the commitments of which it is not said what they cost; `given` has the fields as they were filled.
    """

    todo: tuple[ToDo, ...]
    given: dict[str, str]
    missing: tuple[str, ...]
    found: Exposure | None = None
    chart: Chart | None = None
    parties: tuple[str, ...] = ()


def exposed(sight: Sight, plan: Plan, found: WayOut, number: int) -> Exposed | None:
    """The exposure of one of the ways, by the values that the address gives; None where there is no way."""
    if not found.found.reached and not found.ways:
        return None
    todo = to_be_done(plan, () if found.found.reached else found.ways[number - 1].way.concessions)
    given = {name: value.strip() for name, value in sight.more.items() if name.partition(":")[0] in NAMES}
    given = {name: value for name, value in given.items() if value}
    numbers = {name: _number(sight, name, value) for name, value in given.items()}
    missing = tuple(each.name for each in todo if numbers.get(f"costs:{each.name}") is None)
    parties = tuple(sight.case.parties)
    if missing or not todo:
        return Exposed(todo, given, missing)
    valued = [
        Valued(
            each.name, each.bearers, numbers[f"costs:{each.name}"] or 0.0,
            {party: numbers.get(f"worth:{each.name}:{party}") or 0.0 for party in parties},
            int(numbers.get(f"tranches:{each.name}") or 1), each.after,
        )
        for each in todo
    ]  # fmt: skip
    if sum(each.tranches for each in valued) > MOST_UNITS:
        why = f"a page puts at most {MOST_UNITS} in order; `servanda exposure` takes more"
        sight.slips.append(Slip("tranches", str(sum(each.tranches for each in valued)), why))
        return Exposed(todo, given, missing)
    order: Exposure = sight.kept(
        "exposure", tuple(sorted(given.items())), tuple(each.name for each in todo), number,
        make=lambda: least_exposure(valued, parties, SECONDS),
    )  # fmt: skip
    moved = tuple(party for party in parties if any(step.exposure[party] for step in order.steps))
    count = len(order.steps) + 1
    chart = chart_of(
        [at / count for at in range(count)],
        {party: [0.0, *(step.exposure[party] for step in order.steps)] for party in moved},
    )
    return Exposed(todo, given, missing, order, chart, moved)


def _number(sight: Sight, name: str, words: str) -> float | None:
    try:
        found = float(words)
    except ValueError:
        found = -1.0
    if not 0 <= found < 1e9:
        sight.slips.append(Slip(name, words[:80], "it is a number, not less than 0"))
        return None
    if name.startswith("tranches:") and (found < 1 or found != int(found)):
        sight.slips.append(Slip(name, words[:80], "it is a whole number from 1"))
        return None
    return found
