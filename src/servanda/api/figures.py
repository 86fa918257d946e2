"""How much of an amount is observed and claimed, in words: the same in every answer."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from servanda.model.commitments import Clauses
from servanda.model.conditions import Amount
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
    amount = clauses.done_when
    unit = ""
    if isinstance(amount, Amount):
        unit = " %" if amount.percent else f" {amount.unit.name}" if amount.unit else ""
    needed, claimed, observed = figures.needed, figures.claimed, figures.observed
    words = [] if observed is None else [f"{number(observed)} of {number(needed)}{unit} observed"]
    if claimed is not None and claimed != observed:
        words.append(f"{number(claimed)}{'' if words else f' of {number(needed)}{unit}'} claimed")
    return ", ".join(words)


def number(value: Decimal) -> str:
    """A number without zeros behind the point that say nothing."""
    return f"{value.normalize():f}"
