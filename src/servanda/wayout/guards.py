"""Exceptions that a way counts out: as few as it can, since its own moves may bring one about (semantics §10)."""

from __future__ import annotations

from collections.abc import Container, Iterable

import msgspec

from .rules_from_case import Plan
from .sequence import Fixpoint
from .system import Atom


def without(plan: Plan, guards: Container[Atom]) -> Plan:
    """The plan in which some exceptions are not counted out: what hangs on them has to be given up."""
    if not any(each.atom in guards for each in plan.guards):
        return plan
    rules = tuple(rule for rule in plan.system.rules if rule.head not in guards)
    left = tuple(each for each in plan.guards if each.atom not in guards)
    return msgspec.structs.replace(plan, system=msgspec.structs.replace(plan.system, rules=rules), guards=left)


def leanest(plan: Plan, granted: Iterable[int]) -> Plan:
    """The plan with those exceptions alone counted out without which a way does not reach the goal."""
    freed = plan.system.freed(granted)
    if not plan.guards or plan.system.goal not in Fixpoint(plan.system, freed):
        return plan
    bare = without(plan, {each.atom for each in plan.guards})
    if plan.system.goal in Fixpoint(bare.system, freed):
        return bare
    for each in plan.guards:
        fewer = without(plan, {each.atom})
        if plan.system.goal in Fixpoint(fewer.system, freed):
            plan = fewer
    return plan
