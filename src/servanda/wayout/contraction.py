"""A system without what its cheapest way cannot hang on: the same optimum, in a fraction of the size."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .dominance import dominated
from .sequence import Fixpoint
from .system import Atom, Concession, Rule, System


def contracted(system: System, allowed: Iterable[int]) -> tuple[System, list[int]]:
    """The system with the concessions that a cheapest way may need, and the places that these had.

    What has come about is taken out of the rules. Where one atom follows from another alone, and from nothing else, the
    two are one.
    """
    prices = [each.price for each in system.concessions]
    allowed = frozenset(allowed)
    kept = sorted(allowed - dominated(system, prices, allowed))
    now = Fixpoint(system)
    freed = {atom for each in kept for atom in system.concessions[each].frees}
    rules = [
        (rule.head, tuple(atom for atom in rule.body if atom not in now))
        for rule in system.rules
        if rule.head not in now
    ]
    same = list(range(system.size))

    def root(atom: Atom) -> Atom:
        while same[atom] != atom:
            same[atom] = same[same[atom]]
            atom = same[atom]
        return atom

    merged = True
    while merged:
        merged = False
        rules = _rewritten(rules, root)
        bodies: dict[Atom, list[tuple[Atom, ...]]] = {}
        for head, body in rules:
            bodies.setdefault(head, []).append(body)
        for head, own in bodies.items():
            if len(own) == 1 and len(own[0]) == 1 and head not in freed and head != system.goal:
                premise = root(own[0][0])
                if premise != root(head):
                    same[root(head)] = premise
                    merged = True
        freed = {root(atom) for atom in freed}
    return _numbered(system, rules, kept, root), kept


def _rewritten(
    rules: list[tuple[Atom, tuple[Atom, ...]]], root: Callable[[Atom], Atom]
) -> list[tuple[Atom, tuple[Atom, ...]]]:
    """The rules over merged atoms: each once, and none that concludes what it starts from."""
    found: dict[tuple[Atom, tuple[Atom, ...]], None] = {}
    for head, body in rules:
        one = root(head)
        several = tuple(dict.fromkeys(root(atom) for atom in body))
        if one not in several:
            found[one, several] = None
    return list(found)


def _numbered(
    system: System, rules: list[tuple[Atom, tuple[Atom, ...]]], kept: list[int], root: Callable[[Atom], Atom]
) -> System:
    """The atoms that the goal may hang on, numbered anew."""
    bodies: dict[Atom, list[tuple[Atom, ...]]] = {}
    for head, body in rules:
        bodies.setdefault(head, []).append(body)
    goal: Atom = root(system.goal)
    number: dict[Atom, Atom] = {goal: 0}
    waiting = [goal]
    for atom in waiting:
        for body in bodies.get(atom, ()):
            for premise in body:
                if premise not in number:
                    number[premise] = len(number)
                    waiting.append(premise)
    fewer = tuple(Rule(number[head], tuple(number[atom] for atom in body)) for head, body in rules if head in number)
    concessions = []
    for each in kept:
        concession = system.concessions[each]
        frees = {number[atom] for each in concession.frees if (atom := root(each)) in number}
        concessions.append(Concession(concession.kind, concession.parts, tuple(sorted(frees))))
    return System(len(number), fewer, tuple(concessions), number[goal])
