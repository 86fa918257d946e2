"""What is stuck, in words: circles, open decisions, and for each blocked commitment the chain of waits."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.model.span import Span

from .building import Described
from .rules_from_case import Plan
from .sequence import Fixpoint
from .system import Atom
from .wait_graph import around, blocked_waits, circles
from .ways_that_hold import held

#: Decisions that only concessions speak of, and nobody waits for by name.
_NOT_OPEN = frozenset(["meets", "takes", "proof"])


#: Steps of a commitment, the furthest first.
_FURTHEST = ("fulfilled", "in force", "promised", "promised by", "word")


class Decision(msgspec.Struct, frozen=True):
    """An act that nobody has offered, or a state that is out of everybody's reach (then without an owner)."""

    text: str
    owner: str
    span: Span | None


class Blocked(msgspec.Struct, frozen=True):
    """A commitment that waits, and what for: each entry waits for the next; the last is where it ends."""

    name: str
    chain: tuple[str, ...]


class Stuck(msgspec.Struct, frozen=True):
    """What of a goal is unreached. `waits` is the wait-for graph of atoms, `round` the circles' atoms."""

    circles: tuple[tuple[str, ...], ...]
    open_decisions: tuple[Decision, ...]
    beyond: tuple[Decision, ...]
    blocked: tuple[Blocked, ...]
    waits: dict[Atom, list[Atom]]
    round: tuple[frozenset[Atom], ...]


def stuck(plan: Plan) -> Stuck:
    """What the goal waits for, if nobody concedes anything."""
    plan = held(plan)
    system = plan.system
    now = Fixpoint(system)
    waits = blocked_waits(system, now, [system.goal])
    found = circles(waits)
    ends = [atom for atom in sorted(waits) if not system.concluding[atom]]
    decisions = [
        atom for atom in ends if plan.atoms[atom].sort == "decision" and plan.atoms[atom].key[0] not in _NOT_OPEN
    ]
    beyond = [atom for atom in ends if plan.atoms[atom].sort == "beyond"]
    inside = {atom for circle in found for atom in circle}
    stops = {*decisions, *beyond, *inside}
    others = {atom for atom in ends if plan.atoms[atom].key[0] != "word"}  # a word that was not given ends nothing
    blocked = []
    for label, atom in _starts(plan, waits):
        if atom in waits:
            chain = _chain(waits, atom, stops) or _chain(waits, atom, others) or [atom]
            said = _said(plan, chain, (chain[0], chain[-1]))
            at = next((place for place, circle in enumerate(found, 1) if chain[-1] in circle), None)
            blocked.append(Blocked(label, said if at is None else (*said, f"circle {at}")))
    return Stuck(
        tuple(_said(plan, around(circle, waits)) for circle in found),
        tuple(_decision(plan.atoms[atom]) for atom in decisions),
        tuple({each.text: each for each in (_decision(plan.atoms[atom]) for atom in reversed(beyond))}.values())[::-1],
        tuple(blocked),
        waits,
        tuple(frozenset(circle) for circle in found),
    )


def _starts(plan: Plan, waits: dict[Atom, list[Atom]]) -> list[tuple[str, Atom]]:
    """The blocked commitments that the goal hangs on, each with the furthest of its steps that is asked for."""
    if not plan.goals:
        return list(plan.blocked)
    found: dict[str, tuple[int, Atom]] = {}
    for atom in sorted(waits):
        said = plan.atoms[atom]
        if said.key[0] in _FURTHEST:
            step = (_FURTHEST.index(str(said.key[0])), atom)
            found[said.about] = min(found.get(said.about, step), step)
    named = dict.fromkeys([label for label, _ in plan.blocked if label in found]) | dict.fromkeys(found)
    return [(label, found[label][1]) for label in named]


def _decision(said: Described) -> Decision:
    return Decision(said.text, ", ".join(said.actors), said.span)


def _chain(waits: dict[Atom, list[Atom]], start: Atom, stops: set[Atom]) -> list[Atom]:
    """The shortest chain of waits from an atom to one of those at which it may end; empty where it leads to none."""
    before: dict[Atom, Atom] = {start: start}
    queue = [start]
    for atom in queue:
        if atom in stops:
            walk = [atom]
            while walk[-1] != start:
                walk.append(before[walk[-1]])
            return walk[::-1]
        for premise in waits.get(atom, ()):
            if premise not in before:
                before[premise] = atom
                queue.append(premise)
    return []


def is_told(said: Described) -> bool:
    """Whether an atom is worth a place in a chain."""
    return said.shown or said.sort in ("decision", "beyond")


def _said(plan: Plan, walk: Iterable[Atom], ends: Iterable[Atom] = ()) -> tuple[str, ...]:
    """The steps of a walk in words, its ends always, what says the same as the one before left out."""
    found: list[str] = []
    for atom in walk:
        said = plan.atoms[atom]
        if (is_told(said) or atom in ends) and (not found or found[-1] != said.text):
            found.append(said.text)
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return tuple(found)
