"""Who waits for whom: the graph of what is unreached and what that waits for, and its circles."""

from __future__ import annotations

from collections.abc import Iterable

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
    """The strongly connected components of a wait-for graph with more than one member (Tarjan 1972)."""
    index: dict[Atom, int] = {}
    low: dict[Atom, int] = {}
    stack: list[Atom] = []
    on_stack: set[Atom] = set()
    found = []
    for root in sorted(waits):
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        walk = [(root, iter(waits[root]))]
        while walk:
            atom, premises = walk[-1]
            for premise in premises:
                if premise not in index:
                    index[premise] = low[premise] = len(index)
                    stack.append(premise)
                    on_stack.add(premise)
                    walk.append((premise, iter(waits[premise])))
                    break
                if premise in on_stack:
                    low[atom] = min(low[atom], index[premise])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[atom])
                if low[atom] == index[atom]:
                    members: list[Atom] = []
                    while not members or members[-1] != atom:
                        members.append(stack.pop())
                        on_stack.discard(members[-1])
                    if len(members) > 1 or atom in waits[atom]:
                        found.append(sorted(members))
    return sorted(found)


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
