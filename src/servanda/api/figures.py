"""How much of an amount is observed and claimed, in words: the same in every answer."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from servanda.model.commitments import Clauses
from servanda.model.conditions import Amount
from servanda.model.walk import parts
from servanda.standing import Figures, Row


def figures_words(row: Row, asked: Iterable[str]) -> str:
    """How much of an amount is observed and claimed, where that is what performance is; readings that differ apart."""
    said: dict[str, list[str]] = {}
    for reading in asked:
        standing = row.standings.get(reading)
        if standing is not None and standing.amount is not None:
            said.setdefault(_figures(standing.amount, row.commitment.clauses), []).append(reading)
    if len(said) < 2:
        return next(iter(said), "")
    return "; ".join(f"{words} ({', '.join(readings)})" for words, readings in said.items() if words)


def _figures(figures: Figures, clauses: Clauses) -> str:
    asked = parts(clauses.done_when) if clauses.done_when is not None else ()
    amount = next((each for each in asked if isinstance(each, Amount)), None)
    unit, bound = "", None
    if amount is not None:
        unit = " %" if amount.percent else f" {amount.unit.name}" if amount.unit else ""
        bound = amount.bound if amount.bound in ("at most", "more than") else None
    needed, claimed, observed = number(figures.needed), figures.claimed, figures.observed
    of = f" of {needed}{unit}" if bound is None else unit
    words = [] if observed is None else [f"{number(observed)}{of} observed"]
    if claimed is not None and claimed != observed:
        words.append(f"{number(claimed)}{'' if words else of} claimed")
    if words and bound is not None:
        words.append(f"{bound} {needed} asked")
    return ", ".join(words)


def number(value: Decimal) -> str:
    """A number without zeros behind the point that say nothing."""
    return f"{value.normalize():f}"
