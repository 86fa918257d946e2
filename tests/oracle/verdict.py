"""The answer: where each commitment stands, in a reading, at a date."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from servanda.model.case import Case
from servanda.model.conditions import AllOf, Amount, Condition, Unless
from servanda.model.record import Act
from servanda.model.time import Dating, Moment

from . import force, ladder, owed, promises, states
from .asking import ASSERTED, SAID, Asking, Evidence
from .clock import START, Clock
from .conditions import counted, needed
from .figures import Number, steps_by_author
from .history import History, history_of
from .instances import Instance
from .states import RUNGS
from .view import View, channels_of, instant_of

When = Dating | Moment | datetime.datetime | datetime.date
Name = tuple[str, str | None]


@dataclass(frozen=True)
class Figures:
    """Of an amount that is to be done: how much is needed, claimed, observed, credited."""

    needed: Number
    claimed: Number | None
    observed: Number | None
    credited: Number | None


@dataclass(frozen=True)
class Verdict:
    """One standing. `since` is None where it has been so from the beginning; `late` is None where that is unknown or
    nothing is done; `facts` are those that hold: breached, refused, agreed, signed (an instrument it rests on), used,
    in force."""

    status: str
    since: datetime.datetime | None
    late: bool | None
    breached: tuple[datetime.datetime, ...]
    deadline: tuple[datetime.datetime, datetime.datetime] | None
    rungs: dict[str, datetime.datetime | None]
    claim_disputed: bool
    facts: frozenset[str]
    missing: tuple[str, ...]
    amount: Figures | None

    def has(self, state: str) -> bool:
        """Whether an expectation of this state is met: the status, a fact, or a rung that is no status."""
        if state in self.facts or state == self.status:
            return True
        return state in RUNGS and state not in ("claimed", "offered") and self.rungs.get(state) is not None


def evaluate(
    case: Case,
    reading: str,
    at: When,
    channels: Iterable[str] | None = None,
    known: When | None = None,
    supposed: tuple[Act, ...] = (),
    kept: dict[Hashable, History] | None = None,
) -> dict[Name, Verdict]:
    """Where every commitment stands in a reading (a party, or `record`) at a date.

    `channels` are those asked at, cut to what the reading's party is among; `known`, by when acts had to be known;
    `supposed`, acts on top of the record. `kept` keeps histories between questions of one case and one supposition.
    """
    clock = Clock(case.timezone)
    instant = instant_of(clock, at)
    known_by = instant if known is None else instant_of(clock, known)
    view = View(reading, instant, channels_of(case, reading, channels), known_by)
    history = history_of(case, view, supposed, {} if kept is None else kept)
    return {
        (instance.name, instance.key): _verdict(history, reading, instance) for instance in history.instances(reading)
    }


def residue(verdicts: dict[Name, Verdict], case: Case) -> list[Name]:
    """§5: the obligations that are claimed, dormant, overdue, due, and whatever is proposed."""
    open_ = ("claimed", "dormant", "overdue", "due")
    return [
        name
        for name, verdict in verdicts.items()
        if verdict.status == "proposed" or (verdict.status in open_ and case.commitments[name[0]].kind == "obligation")
    ]


def _verdict(history: History, reading: str, instance: Instance) -> Verdict:
    where = (reading, instance)
    point, memory = history.point(reading, instance), history.memory
    status, since = memory.status[where]
    final = memory.finals.get(where)
    deadline = force.live_deadline(point.deadline, point.ready)
    breaches = tuple(sorted(memory.breaches.get(where, [])))
    return Verdict(
        status=status,
        since=None if since == START else since,
        late=final.late if final is not None and final.kind == "fulfilled" else None,
        breached=breaches,
        deadline=None if deadline is None else (deadline.earliest, deadline.latest),
        rungs={rung: point.rungs[rung].latest if rung in point.rungs else None for rung in RUNGS},
        claim_disputed=_claim_disputed(history, reading, instance),
        facts=_facts(history, reading, instance),
        missing=tuple(_missing(history, reading, instance)) if status == "dormant" else (),
        amount=_amount(history, reading, instance),
    )


def _facts(history: History, reading: str, instance: Instance) -> frozenset[str]:
    point, where = history.point(reading, instance), (reading, instance)
    facts = {
        "breached": bool(history.memory.breaches.get(where)),
        "refused": history.refused(instance) is not None,
        "agreed": point.agreed is not None,
        "signed": any(states.signed(history, cite.source.name) for cite in history.clauses(reading, instance).under),
        "used": bool(history.memory.uses.get(where)),
        "in force": point.force is not None and where not in history.memory.finals,
    }
    return frozenset(fact for fact, holds in facts.items() if holds)


def _claim_disputed(history: History, reading: str, instance: Instance) -> bool:
    """§5: a disputed claim is shown, and what follows applies."""
    if history.memory.status[reading, instance][0] == "fulfilled":
        return False
    said = ladder.asserted(history, reading, instance, SAID)
    return said is not None and ladder.asserted(history, reading, instance, ASSERTED) is None


def _missing(history: History, reading: str, instance: Instance) -> Iterable[str]:
    """Which conditions are missing."""
    clauses, asking = history.clauses(reading, instance), force.asking_for(history, reading, instance)
    if force.own_when(history, reading, instance) is None:
        yield from _unmet_when(history, reading, instance)
    if clauses.start is not None and history.onset(clauses.start, asking) is None:
        yield from _unmet(history, clauses.start, asking)
    if clauses.instead_of is not None and not history.breaches_of(reading, clauses.instead_of.name, None):
        yield f"{clauses.instead_of.name} is breached"
    for member in force.group(history, reading, instance):
        if history.point(reading, member).own is None and (reading, member) not in history.memory.finals:
            yield f"together with {member.name}"


def _unmet_when(history: History, reading: str, instance: Instance) -> Iterable[str]:
    """§4, `when C` of a promise stands in the place of the bearer's own conditions; whoever has accepted X only by
    words that have a condition waits for that one (README, gap 11)."""
    when, debtors = history.clauses(reading, instance).when, owed.debtors(history, reading, instance)
    by_text = not debtors or any(owed.unconditionally(history, each, reading, instance) for each in debtors)
    own = reading in debtors and promises.standing_promises(history, reading, instance)
    if when is not None and by_text and not own:
        yield from _unmet(history, when, force.asking_for(history, reading, instance))
    for debtor in debtors:
        words = promises.standing_promises(history, debtor, instance)
        bound = owed.unconditionally(history, debtor, reading, instance)
        if debtor != reading or not words:
            if bound:
                continue
            words = [*words, *promises.open_offers(history, debtor, instance)]
        conditions = [deed.act.when for deed in words if deed.act.when is not None]
        for condition in conditions:
            asking = Asking(history.reading_of(debtor), instance.binding, frozenset([debtor]))
            yield from _unmet(history, condition, asking)
        if not conditions and not bound:
            yield f"{debtor} binds itself"


def _unmet(history: History, condition: Condition, asking: Asking) -> Iterable[str]:
    if history.onset(condition, asking) is not None:
        return
    match condition:
        case AllOf(parts=parts):
            for part in parts:
                yield from _unmet(history, part, asking)
        case Unless(condition=inner) if history.onset(inner, asking) is None:
            yield from _unmet(history, inner, asking)
        case _:
            yield " ".join(condition.span.words.split())


def _amount(history: History, reading: str, instance: Instance) -> Figures | None:
    done_when = history.clauses(reading, instance).done_when
    wanted = next((part for part in _parts(done_when) if isinstance(part, Amount)), None)
    if wanted is None:
        return None
    asking, text = ladder.asking_for(history, reading, instance), history.text(reading)

    def largest(verbs: tuple[str, ...], evidence: Evidence) -> Number | None:
        own = [each for each in history.assertions if each.deed.verb in verbs]
        ask = asking.on(evidence)
        steps = steps_by_author(wanted, own, text, asking.binding, lambda each: counted(history, each, ask))
        return max((step.figure for each in steps.values() for step in each), default=None)

    every = ("claims", "observes", "confirms")
    return Figures(
        needed(wanted, asking), largest(("claims",), SAID), largest(("observes",), SAID), largest(every, Evidence())
    )


def _parts(condition: Condition | None) -> Iterable[Condition]:
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _parts(part)
    elif condition is not None:
        yield condition
