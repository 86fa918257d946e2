"""(Case, view, goals) → system: rules with their places, concessions, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.model.conditions import AllOf, AnyOf, AtLeast, CameAbout, Condition, InState, Unless
from servanda.standing import RECORD
from servanda.standing.asking import Asking

from . import condition_rules, done_rules, promise_rules
from .building import Building, Described, Guard
from .concessions_from_case import Grant, concessions
from .goals import Goal, is_of_commitment
from .ground import Ground
from .system import Atom, System


class Plan(msgspec.Struct, frozen=True):
    """A case as a system: what its atoms stand for, what its concessions stand for, and the atom of each goal.

    `blocked` has the atom of each commitment that the case waits for, by its name; `guards`, the exceptions that are
    counted out.
    """

    ground: Ground
    system: System
    atoms: tuple[Described, ...]
    grants: tuple[Grant, ...]
    goals: tuple[tuple[Goal, Atom], ...]
    blocked: tuple[tuple[str, Atom], ...]
    guards: tuple[Guard, ...] = ()


def rules_from_case(ground: Ground, goals: Iterable[Goal]) -> Plan:
    """The rules of a case at a date, mechanically. Without goals, all that is owed or asked is the goal."""
    b = Building(ground)
    blocked = list(_everything(b))
    asked = [(each, _goal(b, each, each.condition)) for each in goals]
    b.finish()
    done_rules.performed_by_the_way(b)
    promise_rules.bound_by_the_way(b)
    top = b.atom(("goal",), "the goal")
    b.rule(top, [atom for _, atom in asked or blocked])
    offers = concessions(b, [top])
    system = System(len(b.atoms), tuple(b.rules), tuple(each.concession for each in offers), top)
    grants = tuple(each.grant for each in offers)
    return Plan(ground, system, tuple(b.atoms), grants, tuple(asked), tuple(blocked), tuple(b.guards))


def _everything(b: Building) -> Iterable[tuple[str, Atom]]:
    """Each obligation done and shown to whom it is owed, each prohibition in force; rights and powers are nobody's
    debt, nor is what would stand in place of something that nobody has broken.
    """
    for name, commitment in b.ground.case.commitments.items():
        for life in b.ground.lives(name, RECORD):
            if commitment.kind == "obligation":
                readings = b.roles(name, life.key)[1] or b.roles(name, life.key)[0]
                readings = _having(b.ground, readings, name, life.key) or (RECORD,)
                readings = tuple(each for each in readings if _is_owed(b.ground, name, life.key, each))
                if not readings:
                    continue
                body = [done_rules.fulfilled(b, name, life.key, each) for each in readings]
                atom = b.atom(("owed", name, life.key), life.label, span=commitment.span)
                b.rule(atom, body, commitment.span)
                yield life.label, atom
            elif commitment.kind == "prohibition" and not b.ground.is_over(life):
                yield life.label, promise_rules.promised(b, name, life.key)


def _is_owed(ground: Ground, name: str, key: str | None, reading: str) -> bool:
    """Whether a reading has not done with it, nor waits for something else to be broken first."""
    life = ground.life(name, key, reading)
    if life is None:
        return True
    broken = promise_rules.broken_before(ground.clauses(life))
    return not ground.is_over(life) and (broken is None or ground.so(broken, ground.asking(life)))


def _goal(b: Building, goal: Goal, part: Condition) -> Atom:
    """A part of a goal, in the reading that it names, else in those of the commitment's counterparties."""
    if isinstance(part, AllOf | AnyOf | AtLeast):
        inner = [_goal(b, goal, each) for each in part.parts]
        atom = b.atom(("goal", goal.text, part.span.start, part.span.end), goal.text)
        if isinstance(part, AllOf):
            b.rule(atom, inner, part.span)
        elif isinstance(part, AtLeast):
            condition_rules.at_least(b, atom, int(part.count), inner)
        else:
            for each in inner:
                b.rule(atom, [each], part.span)
        return atom
    atom = b.atom(("goal", goal.text, part.span.start, part.span.end), part.span.words or goal.text)
    if isinstance(part, Unless):
        b.rule(atom, [_goal(b, goal, part.condition), _not_so(b, goal, part.exception)], part.span)
        return atom
    b.rule(atom, [condition_rules.condition(b, part, Asking(each)) for each in readings_of(b.ground, goal, part)])
    return atom


def _not_so(b: Building, goal: Goal, part: Condition) -> Atom:
    """That an exception of a goal, or a part of one, is not so at the date, in the readings in which it is asked."""
    key = ("goal", goal.text, "not", part.span.start, part.span.end)
    atom = b.atom(key, f"it is not so that {part.span.words or goal.text}")
    match part:
        case AllOf(parts=parts):
            for each in parts:
                b.rule(atom, [_not_so(b, goal, each)], part.span)
        case AnyOf(parts=parts):
            b.rule(atom, [_not_so(b, goal, each) for each in parts], part.span)
        case AtLeast(count=count, parts=parts):
            condition_rules.at_least(b, atom, len(parts) - int(count) + 1, [_not_so(b, goal, each) for each in parts])
        case Unless(condition=inner, exception=exception):
            b.rule(atom, [_not_so(b, goal, inner)], part.span)
            b.rule(atom, [_goal(b, goal, exception)], part.span)
        case _:
            asked = [Asking(each) for each in readings_of(b.ground, goal, part)]
            if not any(b.ground.asserted(part, each) for each in asked):
                b.rule(atom, [condition_rules.guard(b, part, each) for each in asked], part.span)
    return atom


def readings_of(ground: Ground, goal: Goal, part: Condition) -> tuple[str, ...]:
    """In whose readings a part of a goal is asked.

    What is undertaken hangs on the bearer's reading alone, whoever asks: it is asked in the record, which sees it all.
    """
    said = goal.reading_of(part)
    if said is not None:
        return (said,)
    if isinstance(part, InState) and part.state in ("offered", "promised", "agreed"):
        return (RECORD,)
    if is_of_commitment(ground.case, part) and isinstance(part, CameAbout | InState):
        key = part.ref.instance
        lives = ground.lives(part.ref.name, RECORD, key)
        parties = [each for life in lives for each in ground.roles(life).counterparties]
        return _having(ground, parties, part.ref.name, key) or (RECORD,)
    return (RECORD,)


def _having(ground: Ground, parties: Iterable[str], name: str, key: str | None) -> tuple[str, ...]:
    """The readings of these that have an instance; where one is picked that a reading counts otherwise, it has none."""
    readings = dict.fromkeys(ground.reading_of(each) for each in parties)
    return tuple(each for each in readings if key is None or ground.life(name, key, each) is not None)
