"""How little of a concession would do on a way: the strongest rung that could still be waited for, the latest date."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from . import promise_rules
from .rules_from_case import Plan
from .sequence import Fixpoint
from .system import Atom, Rule

#: Of a way with more concessions than this, none is looked at by itself.
_MOST = 30


def eased(plan: Plan, granted: Iterable[int]) -> dict[int, str]:
    """The words of those concessions of a way of which less would do, by their places."""
    granted = tuple(granted)
    found: dict[int, str] = {}
    if len(granted) > _MOST:
        return found
    for place in granted:
        grant = plan.grants[place]
        others = plan.system.freed(other for other in granted if other != place)
        if grant.kind == "condition" and grant.dropped is not None:
            words = _rung(plan, place, grant.dropped.lower, grant.dropped.atom, others)
        elif grant.kind == "promise":
            words = _date(plan, place, others)
        else:
            continue
        if words is not None:
            found[place] = words
    return found


def _rung(plan: Plan, place: int, lower: tuple[tuple[str, Atom], ...], waiting: Atom, others: list[Atom]) -> str | None:
    for said, atom in lower:
        rules = (*plan.system.rules, Rule(waiting, (atom,)))
        if plan.system.goal in Fixpoint(msgspec.structs.replace(plan.system, rules=rules), others):
            return f"{plan.system.concessions[place].text}: {said} is enough"
    return None


def _date(plan: Plan, place: int, others: list[Atom]) -> str | None:
    """A promise with a later date, or with any, where that would do."""
    concession = plan.system.concessions[place]
    [(_, _, _, by)] = plan.grants[place].promises
    if by is None:
        return None
    dated: dict[Atom, int | None] = {}
    for atom in concession.frees:
        key = plan.atoms[atom].key
        if key[0] == "dated by":
            dated[atom] = key[4]  # type: ignore[assignment]
    later = sorted({date for date in dated.values() if date is not None and date > by}, reverse=True)
    for date in (None, *later):
        freed = [
            atom
            for atom in concession.frees
            if atom not in dated or (own := dated[atom]) is None or (date is not None and own >= date)
        ]
        if plan.system.goal in Fixpoint(plan.system, [*others, *freed]):
            old = promise_rules.day_said(plan.ground, by)
            return concession.text.replace(old, promise_rules.day_said(plan.ground, date), 1)
    return None
