"""What was tried to find something out: attempts of means with how they ended, and what was seen through means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from servanda.model.case import Case
from servanda.model.commitments import EachEvent, EachMember, unnumbered
from servanda.model.conditions import Amount, CameAbout, Condition, Did, Happening, InState, Ref
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
    on: Ref | Amount | Happening | None = None


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
                yield Attempt(means.name, "seen", act, thing)


def attempts_on(made: Iterable[Attempt], row: Row) -> tuple[Attempt, ...]:
    """The attempts that were to show a commitment: on it by name, or seeing what performing it comes to."""
    return tuple(each for each in made if _concerns(each, row))


def _concerns(attempt: Attempt, row: Row) -> bool:
    on, commitment = attempt.on, row.commitment
    if isinstance(on, Ref) and on.name == commitment.name:
        return on.key is None or row.instance is None or str(on.key) == row.instance
    done = commitment.clauses.done_when
    return on is not None and done is not None and any(_is_of(part, on, row) for part in parts(done))


def _is_of(part: Condition, seen: Ref | Amount | Happening, row: Row) -> bool:
    """Whether what was seen is what a part of `done when` speaks of, for this instance."""
    each = row.commitment.clauses.for_each
    variable = each.variable.name if isinstance(each, EachMember) else None
    if isinstance(each, EachEvent):
        variable = each.called_by
    called = None if row.instance is None else unnumbered(row.instance)
    if isinstance(part, Did):
        named: Condition | Ref = part.object
    else:
        named = part.ref if isinstance(part, CameAbout | InState) else part
    match named, seen:
        case Ref(), Ref():
            return named.name == seen.name
        case Amount(), Amount():
            same = named.item.name == seen.item.name and named.word.name == seen.word.name
            return same and _whose(named, seen, variable, called)
        case Happening(), Happening():
            return named.event.name == seen.event.name and _fits(named, seen, variable, called)
    return False


def _whose(needed: Amount, seen: Amount, variable: str | None, instance: str | None) -> bool:
    if needed.of is None:
        return True
    wanted = instance if needed.of.name == variable else needed.of.name
    return seen.of is not None and seen.of.name == wanted


def _fits(named: Happening, seen: Happening, variable: str | None, instance: str | None) -> bool:
    """Whether an event that was seen is one that is named: no argument that both give is another."""
    told = {each.name: str(each.value) for each in seen.arguments}
    for each in named.arguments:
        by_name = each.name if each.value is None else each.value
        wanted = instance if by_name == variable else each.value
        if wanted is not None and told.get(each.name, str(wanted)) != str(wanted):
            return False
    return True


def counts(made: Iterable[Attempt]) -> dict[str, int]:
    """How often attempts ended in each way; ways that did not occur are left out."""
    found = Counter(each.result for each in made)
    return {result: found[result] for result in RESULTS if found[result]}


def consents(case: Case, means: str, acts: Iterable[Act]) -> dict[str, Act | None]:
    """For each whose consent a means needs, the latest act with which they gave or refused it."""
    declared = case.means.get(means)
    needed = () if declared is None else declared.consent_of
    latest: dict[str, Act | None] = {case.party_of(ref.name): None for ref in needed}
    for act in acts:
        if act.verb in ("consents", "refuses") and any(isinstance(t, Ref) and t.name == means for t in act.objects):
            for ref in act.actors:
                party = case.party_of(ref.name)
                if party in latest:
                    latest[party] = act
    return latest
