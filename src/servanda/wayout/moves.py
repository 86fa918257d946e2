"""The order of moves that a way out frees: nobody moves before its own conditions hold (semantics §10)."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

import msgspec

from . import phrases
from .rules_from_case import Plan
from .system import Atom

#: Steps of reasoning that are somebody's act.
_MOVES = frozenset(["done", "shown by", "signed"])


class Move(msgspec.Struct, frozen=True):
    """One act in an order: in which step, by whom, and in words. Moves of one step can be made at once.

    It is either one of the concessions, by its place, or what an atom stands for.
    """

    step: int
    actors: tuple[str, ...]
    text: str
    concession: int | None = None
    atom: Atom | None = None


def moves(plan: Plan, granted: Iterable[int], goal: Atom | None = None) -> tuple[Move, ...]:
    """The moves that lead to the goal once some concessions are made, each as early as it can be."""
    system = plan.system
    step, because = _steps(plan, granted)
    goal = system.goal if goal is None else goal
    needed: set[Atom] = set()
    waiting = [goal] if goal in step else []
    found: list[Move] = []
    conceded: set[int] = set()
    while waiting:
        atom = waiting.pop()
        if atom in needed:
            continue
        needed.add(atom)
        kind, place = because[atom]
        if kind == "concession":
            conceded.add(place)
            continue
        waiting += system.rules[place].body
        if _is_move(plan, atom):
            found.append(_move(plan, atom, step[atom]))
    for place in conceded:
        each = system.concessions[place]
        found.append(Move(1, each.owners, each.text, concession=place))
    found.sort(key=lambda each: (each.step, each.concession is None, each.concession or 0, each.atom or 0))
    return tuple(found)


def _is_move(plan: Plan, atom: Atom) -> bool:
    return plan.atoms[atom].key[0] in _MOVES and any(
        plan.system.rules[each].body for each in plan.system.concluding[atom]
    )


def _steps(plan: Plan, granted: Iterable[int]) -> tuple[dict[Atom, int], dict[Atom, tuple[str, int]]]:
    """For each atom that is reached the step in which it is, and the rule or concession that reached it."""
    system = plan.system
    step: dict[Atom, int] = {}
    because: dict[Atom, tuple[str, int]] = {}
    queue: list[tuple[int, Atom, tuple[str, int]]] = []
    for number, rule in enumerate(system.rules):
        if not rule.body:
            queue.append((0, rule.head, ("rule", number)))
    for place in granted:
        for atom in system.concessions[place].frees:
            queue.append((1, atom, ("concession", place)))
    heapq.heapify(queue)
    missing = system.lengths.copy()
    while queue:
        when, atom, why = heapq.heappop(queue)
        if atom in step:
            continue
        step[atom] = when
        because[atom] = why
        for number in system.watching[atom]:
            missing[number] -= 1
            if not missing[number]:
                head = system.rules[number].head
                if head not in step:
                    heapq.heappush(queue, (when + _is_move(plan, head), head, ("rule", number)))
    return step, because


def _move(plan: Plan, atom: Atom, step: int) -> Move:
    said, case = plan.atoms[atom], plan.ground.case
    text = f"sign {phrases.titled(case, said.about)}" if said.key[0] == "signed" else said.text.partition(": ")[2]
    return Move(step, said.actors, text, atom=atom)
