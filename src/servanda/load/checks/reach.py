"""Clauses and states that nothing can ever reach."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.load.case_from_syntax import Built
from servanda.load.namespace import with_article
from servanda.model.commitments import Clauses, Commitment
from servanda.model.conditions import AllOf, CameAbout, Condition, InState, OnDate
from servanda.model.record import Expectation
from servanda.model.span import Span
from servanda.model.time import Dating
from servanda.model.walk import conditions_of, expectations_of, parts, refs_of
from servanda.text.words import RUNGS

from .circles.dependence import STATUS_WORDS

_OWED = {
    *RUNGS,
    "not owed", "proposed", "waived", "ended", "suspended", "dormant", "breached", "refused", "agreed", "in force",
}  # fmt: skip
_PERMITTED = _OWED | {"open", "used", "denied"}
#: The states that each kind of thing can have: statuses, rungs and facts.
_STATES: dict[str, set[str]] = {
    "obligation": _OWED | {"fulfilled", "overdue", "due"},
    "prohibition": _OWED,
    "right": _PERMITTED,
    "power": _PERMITTED,
    "source": {"proposed", "agreed", "refused", "signed", "in force", "suspended", "ended"},
    "means": {"offered", "proposed", "agreed", "refused", "used", "denied"},
    "matter": {"claimed", "observed", "verified", "confirmed"},
    "event": {"claimed", "observed", "verified", "confirmed"},
}
#: The states that hang on what performance is.
_PERFORMANCE = {"begun", "claimed", "observed", "verified", "confirmed", "fulfilled"}
#: Of itself a commitment can wait for these without standing still.
_BEFORE_FORCE = {"offered", "promised", "proposed", "agreed", "refused", "not owed"}


def unreachable_clauses(built: Built) -> Iterator[Diagnostic]:
    """Stretches of time that end before they begin, and commitments that wait for themselves."""
    for commitment in built.case.commitments.values():
        yield from _out_of_order(built, commitment)
        for condition in (commitment.clauses.when, commitment.clauses.start):
            for part in _needed(condition):
                if (isinstance(part, CameAbout) and part.ref.name == commitment.name) or (
                    isinstance(part, InState)
                    and part.ref.name == commitment.name
                    and part.state not in _BEFORE_FORCE | STATUS_WORDS  # those are circular conditions
                ):
                    yield diagnostic("waits-for-itself", part.span, name=commitment.name)


def own_breaches(built: Built) -> Iterator[Diagnostic]:
    """Commitments that are done, or due, by their own breach: directly, or by way of what others or a matter ask."""
    case = built.case
    asks: dict[str, list[Condition]] = {
        name: [each for each in (it.clauses.done_when, it.clauses.seeks) if each]
        for name, it in case.commitments.items()
    }
    asks |= {name: [it.definition] for name, it in case.matters.items() if it.definition}
    for name, commitment in case.commitments.items():
        place = _own_breach(name, commitment.clauses, asks)
        if place is not None:
            yield diagnostic("hangs-on-its-breach", place, name=name)


def _own_breach(name: str, clauses: Clauses, asks: dict[str, list[Condition]]) -> Span | None:
    """Where a commitment's own clauses say what leads to its breach."""
    dates = (clauses.by, clauses.begins_by, clauses.within.of if clauses.within else None)
    own = [part for each in (*asks[name], *dates) if each is not None for part in parts(each)]
    waiting, seen = [(part, part.span) for part in own], {name}
    while waiting:
        part, place = waiting.pop()
        if not isinstance(part, CameAbout | InState) or part.ref.key is not None:
            continue
        other, state = part.ref.name, part.state if isinstance(part, InState) else "fulfilled"
        if other == name and state == "breached":
            return place
        if other not in seen and state in _PERFORMANCE:
            seen.add(other)
            waiting += [(inner, place) for each in asks.get(other, ()) for inner in parts(each)]
    return None


def _out_of_order(built: Built, commitment: Commitment) -> Iterator[Diagnostic]:
    clauses: Clauses = commitment.clauses
    start, until, by = (_date(each) for each in (clauses.start, clauses.until, clauses.by))
    if start and until and clauses.start and clauses.until and until.latest.day < start.earliest.day:
        begins = (Related(clauses.start.span, "it begins here"),)
        yield diagnostic(
            "ends-before-it-begins", clauses.until.span, related=begins, name=commitment.name, end=str(until),
            start=str(start),
        )  # fmt: skip
    if not by or not clauses.by:
        return
    dates = [source.dated for cite in clauses.under if (source := built.case.sources.get(cite.source.name))]
    if dates and all(dated is not None and by.latest.day < dated.earliest.day for dated in dates):
        related = tuple(Related(cite.span, "it rests on this") for cite in clauses.under)
        yield diagnostic("deadline-before-source", clauses.by.span, related=related, deadline=str(by))


def _date(condition: Condition | None) -> Dating | None:
    return condition.dating if isinstance(condition, OnDate) else None


def _needed(condition: Condition | None) -> Iterator[Condition]:
    """The parts without which a condition cannot come about."""
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _needed(part)
    elif condition is not None:
        yield condition


def unreachable_states(built: Built) -> Iterator[Diagnostic]:
    """`X is STATE` where things like X never have that state."""
    names, case = built.names, built.case
    proved = {name for name, each in case.commitments.items() if each.clauses.verified_by or name in built.torn}
    for act in case.acts:
        if act.version is not None and act.version.clauses.verified_by:
            proved |= {ref.name for ref in refs_of(act)}
    for condition, scope in conditions_of(case):
        for part in parts(condition):
            if not isinstance(part, InState) or part.ref.name in scope:
                continue
            if _never(built, part):
                yield _state_never_reached(built, part)
            elif part.state == "verified" and part.ref.name in case.commitments and part.ref.name not in proved:
                related = (Related(names.spans[part.ref.name], "no proof is required here"),)
                yield diagnostic("never-verified", part.span, related=related, name=part.ref.name)
            if (part.with_a_date or part.by) and part.state not in ("promised", "offered"):
                yield diagnostic("date-of-state", part.span, state=part.state)
    for expectation in expectations_of(case):
        late = expectation.late and expectation.state != "fulfilled"
        if expectation.ref.name in case.commitments and (late or _never(built, expectation)):
            yield _state_never_reached(built, expectation)


def _never(built: Built, asked: InState | Expectation) -> bool:
    kind = built.names.kinds.get(asked.ref.name)
    return kind in _STATES and asked.state not in _STATES[kind]


def _state_never_reached(built: Built, asked: InState | Expectation) -> Diagnostic:
    name = asked.ref.name
    kind = with_article(built.names.kinds[name])
    late = " late" if isinstance(asked, Expectation) and asked.late else ""
    return diagnostic("state-never-reached", asked.span, name=name, kind=kind, state=f"{asked.state}{late}")
