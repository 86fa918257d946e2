"""What terms take in, whoever defines them."""

from __future__ import annotations

from collections.abc import Mapping

from servanda.model.case import Case
from servanda.model.conditions import Ref
from servanda.model.walk import acts_of


def members_of(case: Case) -> dict[str, set[str]]:
    """For each term what is in it in the common text, or in any version that somebody holds, a scenario's included."""
    found = {name: {ref.name for ref in term.members} for name, term in case.terms.items()}
    for act in acts_of(case):
        if act.version is None:
            continue
        for thing in act.objects:
            if isinstance(thing, Ref) and thing.name in found:
                found[thing.name] |= {ref.name for ref in act.version.members}
    return found


def taken_in(term: str, members: Mapping[str, set[str]]) -> set[str]:
    """All that a term takes in, terms within it opened."""
    found: set[str] = set()
    waiting = [term]
    while waiting:
        for name in members.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found
