"""How little of a concession would do on a way: the strongest rung that could still be waited for, the latest date."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from . import promise_rules
from .building import Described
from .rules_from_case import Plan
from .sequence import Fixpoint
from .system import Atom, Concession, Rule

#: Of a way with more concessions than this, none is looked at by itself.
_MOST = 30


def eased(plan: Plan, granted: Iterable[int]) -> Plan:
    """The plan in which the concessions of a way are as little as would do, in words and in what they free.

    One after the other: what one of them still waits for has to come about with the others as little as they are.
    """
    granted = tuple(granted)
    if len(granted) > _MOST:
        return plan
    for place in granted:
        kind = plan.grants[place].kind
        less = _rungs(plan, place) if kind == "condition" else _dates(plan, place) if kind == "promise" else ()
        for each in less:
            if each.system.goal in Fixpoint(each.system, each.system.freed(granted)):
                plan = each
                break
    return plan


def _rungs(plan: Plan, place: int) -> Iterable[Plan]:
    """The plans in which a condition is given up for a lower rung of it, the strongest first."""
    dropped, concession = plan.grants[place].dropped, plan.system.concessions[place]
    assert dropped is not None
    for said, atom in dropped.lower:
        text = f"{concession.text}: {said} is enough"
        gives_up = plan.system.size
        less = _with(plan, place, msgspec.structs.replace(concession, frees=(gives_up,), text=text))
        rules = (*less.system.rules, Rule(dropped.atom, (gives_up, atom)))
        system = msgspec.structs.replace(less.system, size=gives_up + 1, rules=rules)
        atoms = (*plan.atoms, Described(("gives up", dropped.atom), text))
        yield msgspec.structs.replace(less, system=system, atoms=atoms)


def _dates(plan: Plan, place: int) -> Iterable[Plan]:
    """The plans in which a promise has any date, or a later one: the latest first."""
    concession = plan.system.concessions[place]
    [(_, _, _, by)] = plan.grants[place].promises
    if by is None:
        return
    dated: dict[Atom, int | None] = {}
    for atom in concession.frees:
        key = plan.atoms[atom].key
        if key[0] == "dated by":
            dated[atom] = key[4]  # type: ignore[assignment]
    later = sorted({date for date in dated.values() if date is not None and date > by}, reverse=True)
    for date in (None, *later):
        freed = tuple(
            atom
            for atom in concession.frees
            if atom not in dated or (own := dated[atom]) is None or (date is not None and own >= date)
        )
        said = promise_rules.day_said(plan.ground, date)
        text = concession.text.replace(promise_rules.day_said(plan.ground, by), said, 1)
        yield _with(plan, place, msgspec.structs.replace(concession, frees=freed, text=text))


def _with(plan: Plan, place: int, concession: Concession) -> Plan:
    """The plan with another concession in the place of one."""
    offers = list(plan.system.concessions)
    offers[place] = concession
    return msgspec.structs.replace(plan, system=msgspec.structs.replace(plan.system, concessions=tuple(offers)))
