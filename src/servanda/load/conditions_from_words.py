"""Words → a condition, against the names of a case that is there already."""

from __future__ import annotations

from servanda.diagnostics import Diagnostic
from servanda.model.case import Case
from servanda.model.conditions import Condition
from servanda.text.conditions import condition_from_text

from .supposed import names_of_case


def condition_from_words(case: Case, words: str, shown: str = "-") -> tuple[Condition | None, tuple[Diagnostic, ...]]:
    """Read a condition such as `lift-quarantine and remove-bombers is promised`; None where it cannot be read."""
    condition, slips = condition_from_text(words, shown)
    if condition is None:
        return None, slips
    names, conditions = names_of_case(case)
    conditions.condition(condition)
    found = (*slips, *conditions.diagnostics, *names.report())
    return (None if any(each.severity == "error" for each in found) else condition), found
