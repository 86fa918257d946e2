"""A status that is asked to last: once it has come about it stays so, also when it is over."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.load.case_from_syntax import Built
from servanda.model.commitments import EachPeriod
from servanda.model.conditions import AllOf, AnyOf, AtLeast, Condition, InState, Lasting, Shifted
from servanda.model.walk import conditions_of

from .circles.dependence import STATUS_WORDS

#: What a condition asks of a commitment as it is now, and what once came about.
_STAYS = STATUS_WORDS - {"not owed"} | {"breached"}


def lasting_states(built: Built) -> Iterator[Diagnostic]:
    """`X is overdue for 10 days`, and `for each week of X is overdue`, with nothing that ends it."""
    case = built.case
    asked = [part.condition for condition, _ in conditions_of(case) for part in _lasting(condition)]
    clauses = [each.clauses for each in case.commitments.values()]
    clauses += [act.version.clauses for act in case.acts if act.version is not None]
    asked += [each.for_each.of for each in clauses if isinstance(each.for_each, EachPeriod)]
    for condition in asked:
        if isinstance(condition, InState) and condition.ref.name in case.commitments and condition.state in _STAYS:
            yield diagnostic("state-stays", condition.span, name=condition.ref.name, state=condition.state)


def _lasting(condition: Condition) -> Iterator[Lasting]:
    """What has to last, but for what `unless` goes with."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from _lasting(part)
        case Shifted(condition=inner):
            yield from _lasting(inner)
        case Lasting():
            yield condition
