"""A way out → the commitments that it does, and which of them have to be done before which."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from .moves import moves
from .rules_from_case import Plan
from .sequence import Fixpoint
from .system import Atom


class ToDo(msgspec.Struct, frozen=True):
    """A commitment that a way does, and the places of those without which it cannot be done."""

    name: str
    title: str
    bearers: tuple[str, ...]
    after: tuple[int, ...]


def to_be_done(plan: Plan, granted: Iterable[int]) -> tuple[ToDo, ...]:
    """What the parties do on a way, in the order of its moves."""
    granted = tuple(granted)
    atoms = [
        each.atom for each in moves(plan, granted) if each.atom is not None and plan.atoms[each.atom].key[0] == "done"
    ]
    freed = plan.system.freed(granted)
    needs: dict[Atom, list[int]] = {atom: [] for atom in atoms}
    for place, atom in enumerate(atoms):
        without = _without(plan, atom, freed)
        for other in atoms:
            if other != atom and other not in without:
                needs[other].append(place)
    case = plan.ground.case
    return tuple(
        ToDo(
            plan.atoms[atom].about,
            case.commitments[str(plan.atoms[atom].key[1])].title,
            plan.atoms[atom].actors,
            tuple(needs[atom]),
        )
        for atom in atoms
    )


def _without(plan: Plan, left_out: Atom, freed: list[Atom]) -> Fixpoint:
    """What comes about if one thing is never done."""
    rules = tuple(rule for rule in plan.system.rules if rule.head != left_out)
    return Fixpoint(msgspec.structs.replace(plan.system, rules=rules), freed)
