"""Concessions that the cheapest way can do without: another one costs no more and frees the same at least."""

from __future__ import annotations

from collections.abc import Iterable

from .sequence import Fixpoint
from .system import Atom, System


def dominated(system: System, prices: list[float], allowed: Iterable[int]) -> frozenset[int]:
    """The concessions all of whose atoms follow from one other concession, cheaper or as cheap and before it.

    Only what follows from one atom alone is looked at: a chain in which each waits for the next and nothing else.
    """
    now = Fixpoint(system)
    alone: dict[Atom, list[Atom]] = {}
    for rule in system.rules:
        unmet = [premise for premise in rule.body if premise not in now]
        if len(unmet) == 1:
            alone.setdefault(unmet[0], []).append(rule.head)
    best: dict[Atom, int] = {}
    ordered = sorted(allowed, key=lambda each: (prices[each], each))
    for each in ordered:
        waiting = [atom for atom in system.concessions[each].frees if atom not in best]
        best |= dict.fromkeys(waiting, each)
        while waiting:
            for head in alone.get(waiting.pop(), ()):
                if head not in best:
                    best[head] = each
                    waiting.append(head)
    found = set()
    for each in ordered:
        by = {best[atom] for atom in system.concessions[each].frees if atom not in now}
        if len(by) == 1 and each not in by:
            found.add(each)
    return frozenset(found)
