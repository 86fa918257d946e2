"""Who waits for whom: the graph of what is unreached and what that waits for, and its circles."""

from __future__ import annotations

from collections.abc import Iterable

from servanda.model.components import components

from .sequence import Fixpoint
from .system import Atom, System


def blocked_waits(system: System, now: Fixpoint, roots: Iterable[Atom]) -> dict[Atom, list[Atom]]:
    """The wait-for graph of what is unreached, from some roots on: each atom with the unreached it waits for."""
    found: dict[Atom, list[Atom]] = {}
    waiting = [root for root in roots if root not in now]
    while waiting:
        atom = waiting.pop()
        if atom in found:
            continue
        needs = [
            premise for number in system.concluding[atom] for premise in system.rules[number].body if premise not in now
        ]
        found[atom] = list(dict.fromkeys(needs))
        waiting += found[atom]
    return found


def circles(waits: dict[Atom, list[Atom]]) -> list[list[Atom]]:
    """The groups of atoms that wait for each other, or each for itself."""
    found = components(sorted(waits), lambda atom: waits[atom])
    return sorted(sorted(each) for each in found if len(each) > 1 or each[0] in waits[each[0]])


def around(members: Iterable[Atom], waits: dict[Atom, list[Atom]]) -> list[Atom]:
    """A circle's members in the order in which each waits for the next, as far as one walk round goes."""
    inside = set(members)
    start = min(inside)
    before: dict[Atom, Atom] = {}
    waiting = [start]
    for atom in waiting:
        for premise in waits[atom]:
            if premise == start:
                walk = [atom]
                while walk[-1] != start:
                    walk.append(before[walk[-1]])
                return walk[::-1]
            if premise in inside and premise not in before:
                before[premise] = atom
                waiting.append(premise)
    return [start]
