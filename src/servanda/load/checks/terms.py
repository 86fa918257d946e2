"""What terms take in, whoever defines them."""

from __future__ import annotations

from collections.abc import Mapping

from servanda.model.case import Case
from servanda.model.components import reached
from servanda.model.walk import acts_of, refs_of


def members_of(case: Case) -> dict[str, set[str]]:
    """For each term what is in it in the common text, or in any version that somebody holds, a scenario's included."""
    found = common_members_of(case)
    for act in acts_of(case):
        if act.version is None:
            continue
        for ref in refs_of(act):
            if ref.name in found:
                found[ref.name] |= {member.name for member in act.version.members}
    return found


def common_members_of(case: Case) -> dict[str, set[str]]:
    """For each term what is in it in the common text."""
    return {name: {ref.name for ref in term.members} for name, term in case.terms.items()}


def taken_in(term: str, members: Mapping[str, set[str]]) -> set[str]:
    """All that a term takes in, terms within it opened."""
    return set(reached(members.get(term, ()), lambda name: members.get(name, ())))
