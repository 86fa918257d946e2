"""What was tried to find something out: attempts of means with how they ended, and what was seen through means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from servanda.model.case import Case
from servanda.model.commitments import EachMember
from servanda.model.conditions import Amount, Ref
from servanda.model.record import Act
from servanda.model.walk import parts

from . import Row

#: How an attempt can end, in the order of counting; what was seen through a means is a use of it that came off.
RESULTS = ("done", "denied", "unable", "seen", "not said")


class Attempt(msgspec.Struct, frozen=True):
    """One use of a means: what it was on, how it ended (see `RESULTS`), and the act that says so."""

    means: str
    result: str
    act: Act
    on: Ref | Amount | None = None


def attempts(acts: Iterable[Act]) -> tuple[Attempt, ...]:
    """The attempts among acts, and the observations that were made through a means."""
    return tuple(attempt for act in acts for attempt in _of(act))


def _of(act: Act) -> Iterator[Attempt]:
    if act.verb == "attempts":
        for thing in act.objects:
            if isinstance(thing, Ref):
                yield Attempt(thing.name, act.result or "not said", act, act.on)
    elif act.verb == "observes":
        for means in act.means:
            for thing in act.objects:
                yield Attempt(means.name, "seen", act, thing if isinstance(thing, Ref | Amount) else None)


def attempts_on(made: Iterable[Attempt], row: Row) -> tuple[Attempt, ...]:
    """The attempts that were to show a commitment: on it by name, or seeing the amount that performing it comes to."""
    return tuple(each for each in made if _concerns(each, row))


def _concerns(attempt: Attempt, row: Row) -> bool:
    on, commitment = attempt.on, row.commitment
    if isinstance(on, Ref):
        return on.name == commitment.name and (on.key is None or row.instance is None or str(on.key) == row.instance)
    done = commitment.clauses.done_when
    if on is None or done is None:
        return False
    each = commitment.clauses.for_each
    variable = each.variable.name if isinstance(each, EachMember) else None
    return any(
        part.item.name == on.item.name and part.word.name == on.word.name and _whose(part, on, variable, row.instance)
        for part in parts(done)
        if isinstance(part, Amount)
    )


def _whose(needed: Amount, seen: Amount, variable: str | None, instance: str | None) -> bool:
    if needed.of is None:
        return True
    wanted = instance if needed.of.name == variable else needed.of.name
    return seen.of is not None and seen.of.name == wanted


def counts(made: Iterable[Attempt]) -> dict[str, int]:
    """How often attempts ended in each way; ways that did not occur are left out."""
    found = Counter(each.result for each in made)
    return {result: found[result] for result in RESULTS if found[result]}


def consents(case: Case, means: str, acts: Iterable[Act]) -> dict[str, Act | None]:
    """For each whose consent a means needs, the latest act with which they gave or refused it."""
    declared = case.means.get(means)
    latest: dict[str, Act | None] = {} if declared is None else {ref.name: None for ref in declared.consent_of}
    for act in acts:
        if act.verb in ("consents", "refuses") and any(isinstance(t, Ref) and t.name == means for t in act.objects):
            for ref in act.actors:
                party = case.party_of(ref.name)
                if party in latest:
                    latest[party] = act
    return latest
