"""How much of an amount is said, and whether that is enough."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from decimal import Decimal

from servanda.model.conditions import Amount

from .asking import Asking
from .assertions import Assertion, counts, series
from .stretches import NEVER, NEVER_SO, Instant, Steps, settled, since
from .texts import Text

Counted = tuple[Assertion, Instant, Instant]


def needed(wanted: Amount, asking: Asking) -> int | Decimal:
    """How much is needed: of instances that arose one after the other each needs its own share."""
    about, number = asking.about, wanted.number
    own = wanted.of is not None and wanted.of.name in asking.binding
    if about is None or about.arose is None or own or wanted.percent or wanted.bound in ("at most", "more than"):
        return number
    return number * about.number


def figures(wanted: Amount, said: Iterable[Counted]) -> dict[str, list[tuple[int | Decimal, Instant, Instant]]]:
    """Each author's figures: its latest total replaces its earlier ones, later increments add.

    Each figure has the instants, early and late, from which it was so much. A later total that is lower takes back
    what was above it.
    """
    found: dict[str, list[tuple[int | Decimal, Instant, Instant]]] = {}
    running: dict[str, dict[str | None, int | Decimal]] = {}
    for each, early, late in said:
        amount = each.thing
        if not isinstance(amount, Amount):
            continue
        steps, own = found.setdefault(each.party, []), running.setdefault(each.party, {})
        item, of = amount.item.name, amount.of
        whose = f"{item} of {None if of is None else of.name}" if of is not None or item != wanted.item.name else None
        own[whose] = own.get(whose, 0) + amount.number if amount.more else amount.number
        figure: int | Decimal = own.get(None, 0)
        if len(own) > 1 or whose is not None:
            figure = max(figure, sum((n for part, n in own.items() if part is not None), start=0))
        if steps and amount.more:
            early, late = max(early, steps[-1][1]), max(late, steps[-1][2])
        if steps and steps[-1][0] > figure:
            steps[:] = [step for step in steps if step[0] <= figure]
        steps.append((figure, early, late))
    return found


def reached(wanted: Amount, number: int | Decimal, said: list[Counted], text: Text, asking: Asking) -> Steps:
    """While the figures satisfy the amount, of assertions some of which may be of something else."""
    own = [
        each
        for each in said
        if isinstance(each[0].thing, Amount) and counts(wanted, each[0].thing, text, asking.binding)
    ]
    return reached_by(wanted, number, own)


def reached_by(wanted: Amount, number: int | Decimal, said: list[Counted]) -> Steps:
    """While the figures satisfy the amount; a bare number is at least that."""
    if not said:
        return NEVER_SO
    edges = sorted({late for _, _, late in said})
    stays = wanted.bound is None and not any(_lowers(said)) and _in_order(said)
    met = _reached(wanted, number, said) if stays else None
    if met is not None:
        return settled(since(met[1], met[0]))
    found: list[tuple[Instant, Instant, Instant, Instant]] = []
    for begin, end in zip(edges, [*edges[1:], NEVER], strict=True):
        known = said if begin >= edges[-1] else [each for each in said if each[2] <= begin]
        met = _reached(wanted, number, known)
        if met is None:
            continue
        if found and found[-1][1] == begin:
            found[-1] = (found[-1][0], end, *found[-1][2:])
        else:
            found.append((begin, end, *met))
    return settled(tuple(found))


def _in_order(said: list[Counted]) -> bool:
    """Whether nothing of it happened before what was told first: a later increment may be of an earlier day."""
    return all(one[2] <= other[2] for one, other in itertools.pairwise(said))


def _lowers(said: list[Counted]) -> Iterable[bool]:
    """Whether each total is lower than its author's one before: else what is once reached stays so."""
    highest: dict[tuple[object, ...], int | Decimal] = {}
    for each, _, _ in said:
        assert isinstance(each.thing, Amount)
        key = (each.party, *series(each.thing))
        before = highest.get(key, 0)
        yield not each.thing.more and each.thing.number < before
        highest[key] = before + each.thing.number if each.thing.more else each.thing.number


def _reached(wanted: Amount, number: int | Decimal, known: list[Counted]) -> tuple[Instant, Instant] | None:
    steps = [step for own in figures(wanted, known).values() for step in own]
    if wanted.bound == "at most":
        if not steps or max(figure for figure, _, _ in steps) > number:
            return None
        met = steps
    else:
        strictly = wanted.bound == "more than"
        met = [step for step in steps if step[0] > number or (step[0] == number and not strictly)]
    if not met:
        return None
    first = min(met, key=lambda step: step[2])
    return first[1], first[2]
