"""Walking over the conditions of a case, and over the names in them."""

from __future__ import annotations

from collections.abc import Iterator

from .case import Case
from .commitments import Clauses, Each, EachEvent, EachMember, EachPeriod
from .conditions import AllOf, AnyOf, Argument, AtLeast, Condition, Lasting, Ref, Shifted, Unless
from .record import Act, Expectation
from .span import Node

_NOTHING: frozenset[str] = frozenset()


def parts(condition: Condition) -> Iterator[Condition]:
    """A condition and all conditions within it."""
    waiting = [condition]
    while waiting:
        part = waiting.pop()
        yield part
        match part:
            case AllOf(parts=inner) | AnyOf(parts=inner) | AtLeast(parts=inner):
                waiting += inner
            case Unless(condition=inner_one, exception=exception):
                waiting += [inner_one, exception]
            case Shifted(condition=inner_one) | Lasting(condition=inner_one):
                waiting.append(inner_one)


def names_in(value: object) -> Iterator[str]:
    """All names that a value of the model speaks of, however deep: those of references, and given to events."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        match each:
            case Ref():
                yield each.name
            case Argument(value=str() as name):
                yield name
        if isinstance(each, Node):
            waiting += [getattr(each, field) for field in each.__struct_fields__]
        elif isinstance(each, tuple):
            waiting += each


def conditions_of_clauses(clauses: Clauses) -> Iterator[Condition]:
    """All conditions that clauses state."""
    for condition in (
        clauses.when,
        clauses.start,
        clauses.until,
        clauses.by,
        clauses.begins_by,
        clauses.done_when,
        clauses.seeks,
        clauses.forbids,
        clauses.within.of if clauses.within else None,
        clauses.for_each.of if isinstance(clauses.for_each, EachPeriod) else None,
    ):
        if condition is not None:
            yield condition
    for citation in clauses.under:
        if citation.where is not None:
            yield citation.where


def acts_of(case: Case) -> Iterator[Act]:
    """All acts of a case, those of its scenarios behind those of its record."""
    yield from case.acts
    for scenario in case.scenarios:
        yield from scenario.acts


def expectations_of(case: Case) -> Iterator[Expectation]:
    """All expectations of a case, those of its scenarios behind its own."""
    yield from case.expectations
    for scenario in case.scenarios:
        yield from scenario.expectations


def refs_of(act: Act) -> list[Ref]:
    """The names that an act is about."""
    return [thing for thing in act.objects if isinstance(thing, Ref)]


def conditions_of_act(act: Act) -> Iterator[Condition]:
    """The conditions that a promise, an offer or a consent names, those of its dates among them."""
    for condition in (act.when, act.by, act.within.of if act.within else None):
        if condition is not None:
            yield condition


def scope_of(clauses: Clauses) -> frozenset[str]:
    """The variables that the `for each` of these clauses brings."""
    return variables_of(clauses.for_each)


def variables_of(each: Each | None) -> frozenset[str]:
    """The variables that a `for each` brings."""
    if isinstance(each, EachEvent):
        return frozenset(argument.name for argument in each.event.arguments)
    return frozenset([each.variable.name]) if isinstance(each, EachMember) else _NOTHING


def conditions_of(case: Case) -> Iterator[tuple[Condition, frozenset[str]]]:
    """All conditions of a case with the variables that they can use."""
    scopes: dict[str, frozenset[str]] = {}
    for commitment in case.commitments.values():
        scope = scopes[commitment.name] = scope_of(commitment.clauses)
        for condition in conditions_of_clauses(commitment.clauses):
            yield condition, scope
    for matter in case.matters.values():
        if matter.definition is not None:
            yield matter.definition, _NOTHING
    for act in case.acts:
        for own in conditions_of_act(act):
            yield own, _NOTHING
        if act.version is not None:
            scope = scope_of(act.version.clauses)
            for ref in refs_of(act):
                scope |= scopes.get(ref.name, _NOTHING)
            for condition in conditions_of_clauses(act.version.clauses):
                yield condition, scope
            if act.version.definition is not None:
                yield act.version.definition, _NOTHING
