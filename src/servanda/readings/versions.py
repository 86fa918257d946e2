"""What a version of a term, matter, means or clause says, in words."""

from __future__ import annotations

from typing import Any

import msgspec

from servanda.model.case import Case
from servanda.model.commitments import FIELDS, Clauses
from servanda.standing.texts import NONE_GIVEN
from servanda.text import printer
from servanda.text.act_words import clause_words


def version_words(case: Case, version: Any, name: str, clause: str) -> str:
    """A version of a clause as the language writes it; None stands for what the declaration says."""
    if version == NONE_GIVEN:
        return "no definition"
    if name in case.terms:
        members = case.terms[name].members if version is None else version
        return printer.refs(members) or "nothing"
    if name in case.matters:
        definition = case.matters[name].definition if version is None else version
        return "what is said of it" if definition is None else printer.condition(definition)
    if name in case.means:
        means = case.means[name]
        refs = (means.by if clause == "by" else means.consent_of) if version is None else version
        return f"{clause} {printer.refs(refs) or 'nobody'}"
    clauses = case.commitments[name].clauses
    if version is not None:
        clauses = msgspec.structs.replace(Clauses(), **dict(zip(FIELDS[clause], version, strict=True)))
    return clause_words(clauses, clause)
