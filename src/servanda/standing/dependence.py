"""Which commitments have to be looked at again when something about a name changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from servanda.model.case import Case
from servanda.model.commitments import Clauses, EachBreach, EachEvent
from servanda.model.conditions import Amount, CameAbout, Condition, Did, Happening, InState, Ref
from servanda.model.walk import conditions_of_clauses, parts

from .evidence import name_of
from .view import Entry


def dependents(case: Case, acts: Iterable[Entry]) -> Mapping[str, frozenset[str]]:
    """For each name, the commitments whose text, promises or offers speak of it in any reading.

    What a matter is defined by counts for all that speak of the matter.
    """
    speaks_of: dict[str, set[str]] = defaultdict(set)
    defined: dict[str, set[str]] = defaultdict(set)
    for name, commitment in case.commitments.items():
        speaks_of[name] |= _names_in(commitment.clauses)
    for name, matter in case.matters.items():
        if matter.definition is not None:
            defined[name] |= _names(matter.definition)
    for entry in acts:
        act = entry.act
        for thing in act.objects:
            if not isinstance(thing, Ref):
                continue
            for own in (act.when, act.by, act.within.of if act.within else None):
                if own is not None:
                    speaks_of[thing.name] |= _names(own)
            if act.version is not None:
                speaks_of[thing.name] |= _names_in(act.version.clauses)
                if act.version.definition is not None:
                    defined[thing.name] |= _names(act.version.definition)
    found: dict[str, set[str]] = defaultdict(set)
    for name in case.commitments:
        opened: set[str] = set()
        waiting = list(speaks_of[name])
        while waiting:
            other = waiting.pop()
            if other not in opened:
                opened.add(other)
                waiting += defined.get(other, ())
        for other in opened:
            found[other].add(name)
    return {name: frozenset(others) for name, others in found.items()}


def _names(condition: Condition) -> set[str]:
    found: set[str] = set()
    for part in parts(condition):
        if isinstance(part, CameAbout | InState):
            found.add(part.ref.name)
        elif isinstance(part, Did):
            found.add(name_of(part.object))
        elif isinstance(part, Amount | Happening):
            found.add(name_of(part))
    return found


def _names_in(clauses: Clauses) -> set[str]:
    found = {cite.source.name for cite in clauses.under}
    for condition in conditions_of_clauses(clauses):
        found |= _names(condition)
    found |= {ref.name for ref in clauses.together_with}
    if clauses.instead_of is not None:
        found.add(clauses.instead_of.name)
    if isinstance(clauses.for_each, EachEvent):
        found.add(clauses.for_each.event.event.name)
    elif isinstance(clauses.for_each, EachBreach):
        found.add(clauses.for_each.commitment.name)
    return found
