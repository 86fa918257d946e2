"""A case replayed instant by instant, up to the date of a view: §§1, 6 of the meaning.

At each instant all rules are applied to all commitments, in all readings, until nothing changes; then come waiver,
suspension, deadlines and breaches, termination and resumption, after each of which the rules are applied anew.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace

from servanda.model.case import Case
from servanda.model.commitments import Clauses, EachPeriod
from servanda.model.conditions import Condition, InState, Ref
from servanda.model.record import Act

from . import conditions, force, stages
from .asking import Asking
from .assertions import Assertion, Occurrence, assertions_in, occurrences_in
from .clock import START, Clock, Onset, at
from .credit import Credits, says_done
from .force import Point
from .instances import Instance, instances
from .memory import Memory
from .roles import Roles
from .view import RECORD, Deed, View, deeds_in_view, sources_in_view
from .words import Text, Texts

_MISSING = object()
#: Ill-founded cases end, too: what goes on changing after so many rounds is taken not to be so.
MOST_PASSES = 12


class History:
    """One view's history. `now` is the instant that the replay has reached; `at`, where it ends."""

    def __init__(self, case: Case, view: View, supposed: tuple[Act, ...], kept: dict[Hashable, History]) -> None:
        self.case = case
        self.view = view
        self.at = view.at
        self.supposed = supposed
        self.clock = Clock(case.timezone)
        self.readings = (*case.parties, RECORD)
        self.all_deeds = deeds_in_view(case, self.clock, view, supposed)
        self.sources = sources_in_view(case, self.clock, view)
        self.texts = Texts(case, self.all_deeds)
        self.assertions = assertions_in(case, self.all_deeds)
        self.assertions_of = {
            name: [a for a in self.assertions if isinstance(a.thing, Ref) and a.thing.name == name]
            for name in (*case.commitments, *case.matters, *case.events)
        }
        self.occurrences = occurrences_in(case, self.assertions)
        self.credits = Credits(case, self.all_deeds, self.assertions, self.texts, view.at)
        self.memory = Memory()
        self.decisions: dict[tuple[str, int, str, object], Instance | None] = {}
        self.points: dict[tuple[str, Instance], Point] = {}
        self.now = self.last = START
        self._all_by: dict[str, list[Deed]] = {}
        self._kept = kept
        self._assumed: dict[Hashable, bool] = {}
        self._asked: dict[Hashable, Callable[[], bool]] = {}
        self._stretches: dict[Hashable, Onset | None] = {}
        self._once: dict[Hashable, Onset] = {}
        self._entered: set[Hashable] = set()
        self._wakeups = {START}
        for deed in self.all_deeds:
            self._wakeups |= {deed.said.latest, deed.performed.latest}
        self._wakeups |= {dated.latest for dated in self.sources.values()}

    # ── the replay ───────────────────────────────────────────────────────────────────────────────────────────

    def run(self) -> History:
        """Replay all instants up to the date of the view."""
        ahead: list[datetime.datetime] = [START]
        while ahead:
            self.last, self.now = self.now, min(ahead)
            self._begin()
            stages.go_through(self)
            ahead = [instant for instant in self._wakeups if self.now < instant <= self.at]
        return self

    def wake(self, instant: datetime.datetime) -> None:
        """Something changes at this instant: the replay must not pass over it."""
        self._wakeups.add(instant)

    def _begin(self) -> None:
        self.deeds = [deed for deed in self.all_deeds if deed.said.latest <= self.now]
        self._by: dict[str, list[Deed]] = {}
        self._words: dict[tuple[str, Instance], list[Deed]] = {}
        self.stances: dict[tuple[str, str], Onset | None] = {}
        self.signatures: dict[str, Onset | None] = {}
        self._texts = {reading: self.texts.at(reading, self.now) for reading in self.readings}
        self._clauses: dict[tuple[str, Instance], Clauses] = {}
        self._saying: dict[tuple[str, Instance], list[Assertion]] = {}
        self._forget()

    def _forget(self) -> None:
        self._roles: dict[tuple[str, Instance], Roles] = {}
        self._families: dict[tuple[str, str], list[Instance]] = {}
        self.promised: dict[tuple[str, Instance], list[Deed]] = {}
        self.offered: dict[tuple[str, Instance], list[Deed]] = {}
        self.debtors: dict[tuple[str, Instance], tuple[str, ...]] = {}

    def settle(self) -> None:
        """§6: assertions, events, conditions, rungs and performance form one least fixpoint, over all readings jointly.

        What asks whether something is *not* so is answered from a guess, which is corrected until it is right.
        """
        for _ in range(MOST_PASSES):
            self._forget()
            self._asked, self._once, self._stretches, self.points = {}, {}, {}, {}
            self._alone: set[tuple[str, Instance]] = set()
            while self._apply_all_rules():
                pass
            found: dict[Hashable, bool] = {}
            while missing := [key for key in self._asked if key not in found]:
                found |= {key: self._asked[key]() for key in missing}
            if all(self._assumed.get(key, False) == so for key, so in found.items()):
                return
            self._assumed |= found
        self._assumed |= dict.fromkeys(self._asked, True)

    def _apply_all_rules(self) -> bool:
        """Once through all readings and commitments. Who asked after no other need not be asked a second time."""
        changed = False
        for reading in self.readings:
            for instance in self.instances(reading):
                if (reading, instance) in self._alone:
                    continue
                self._asked_after_others = False
                point = force.point(self, reading, instance)
                if not self._asked_after_others:
                    self._alone.add((reading, instance))
                if self.points.get((reading, instance)) != point:
                    self.points[reading, instance] = point
                    changed = True
        return changed

    def finish(self) -> None:
        """Keep what the next instant has to know."""
        memory = self.memory
        memory.stretches = self._stretches
        memory.ever |= self._once
        for (reading, instance), point in self.points.items():
            if point.agreed is not None:
                memory.agreed.setdefault((reading, instance), point.agreed)
            each = self.text(reading).clauses(instance.name).for_each
            if isinstance(each, EachPeriod):
                memory.periods[reading, instance.name] = [
                    x.arose for x in self.family(reading, instance.name) if x.arose
                ]
            status = force.status(self, reading, instance)
            if memory.status.get((reading, instance), ("", None))[0] != status:
                memory.status[reading, instance] = status, self.now
            memory.ever.setdefault(("status", reading, instance, status), at(self.now))

    # ── what has been so, and since when ─────────────────────────────────────────────────────────────────────

    def stretch(self, key: Hashable, found: Onset | None) -> Onset | None:
        """§6: the onset is the start of the present unbroken stretch."""
        before = self.memory.stretches.get(key, _MISSING)
        of_condition = isinstance(key, tuple) and key[0] == "condition"
        earlier = found is not None and (found.latest < self.last or (found.latest == self.last and not of_condition))
        if earlier and before is None:
            found = at(self.now)
        elif found is not None and isinstance(before, Onset):
            found = before
        self._stretches[key] = found
        return found

    def was(self, key: Hashable, now: bool) -> bool:
        """Whether something was so at the instant before; it is noted whether it is now."""
        self._stretches[key] = at(self.now) if now else None
        return isinstance(self.memory.stretches.get(key), Onset)

    def once(self, key: Hashable, found: Onset | None, *, keep: bool = True) -> Onset | None:
        """What has come about once stays so, from its first onset on: `from`, `until`, rungs, facts."""
        before = self.memory.ever.get(key)
        if before is not None and keep:
            return before
        if found is not None:
            self._once[key] = found
        elif before is not None:
            del self.memory.ever[key]
        return found

    def assumed(self, key: Hashable, exception: Condition, asking: Asking) -> bool:
        """§6, `unless d`: fails while d is so, waits while d is asserted but unknown, holds otherwise."""

        def so() -> bool:
            met = self.onset(exception, asking) is not None
            return met or conditions.asserted_but_unknown(self, exception, asking)

        self._asked[key] = so
        return self._assumed.get(key, False)

    def has_been(self, condition: InState, reading: str, instance: Instance, state: str) -> Onset | None:
        """Whether a commitment has had a status, or has it now; `not owed` only now."""
        key = ("status", reading, instance, state)
        if state != "not owed" and key in self.memory.ever:
            return self.memory.ever[key]
        self._asked[key] = lambda: force.status(self, reading, instance) == state
        return at(self.now) if self._assumed.get(key, False) else None

    def onset(self, condition: Condition, asking: Asking) -> Onset | None:
        return conditions.onset(self, condition, asking)

    def holds(self, reading: str, condition: Condition) -> Onset | None:
        return conditions.onset(self, condition, Asking(reading))

    def instant_of(self, condition: Condition, asking: Asking) -> Onset | None:
        return conditions.instant_of(self, condition, asking)

    def at_now(self) -> Onset:
        return at(self.now)

    @staticmethod
    def starting(asking: Asking) -> Asking:
        return replace(asking, end=False)

    def enter(self, name: str, asking: Asking) -> bool:
        """Whether a definition may be followed: not from within itself."""
        if (name, asking) in self._entered:
            return False
        self._entered.add((name, asking))
        return True

    def leave(self, name: str, asking: Asking) -> None:
        self._entered.discard((name, asking))

    # ── who, and what ────────────────────────────────────────────────────────────────────────────────────────

    def text(self, reading: str) -> Text:
        return self._texts[reading]

    def calendar(self, reading: str) -> str | None:
        """§6: working days by the case's or the reading's calendar."""
        party = self.case.parties.get(reading)
        return party.calendar if party is not None and party.calendar else self.case.calendar

    def reading_of(self, name: str) -> str:
        """The reading of a party; a body reads what is common to all."""
        return name if name in self.case.parties else RECORD

    def kind(self, instance: Instance) -> str:
        return self.case.commitments[instance.name].kind

    def clauses(self, reading: str, instance: Instance) -> Clauses:
        where = reading, instance
        found = self._clauses.get(where)
        if found is None:
            found = self._clauses[where] = self.text(reading).clauses(instance.name, instance.key)
        return found

    def roles(self, reading: str, instance: Instance) -> Roles:
        """Bearers and counterparties, after transfers. A debt passes only to who has taken it on (README, gap 18)."""
        where = reading, instance
        roles = self._roles.get(where)
        if roles is None:
            roles = instance.template.roles(self.text(reading))
            for old, new in self._transfers(reading, instance):
                owes = old in roles.bearers or old not in roles.counterparties
                if owes and self.kind(instance) in ("obligation", "prohibition") and not self._took_on(new, instance):
                    continue
                bearers = tuple(
                    new if each == old or old not in {*roles.bearers, *roles.counterparties} else each
                    for each in roles.bearers
                )
                others = tuple(new if each == old and not owes else each for each in roles.counterparties)
                roles = Roles(bearers if owes else roles.bearers, others)
            self._roles[where] = roles
        return roles

    def _transfers(self, reading: str, instance: Instance) -> list[tuple[str, str]]:
        found = []
        for target in self._targets(instance):
            found += self.memory.transfers.get((reading, target), [])
        return found

    def _took_on(self, party: str, instance: Instance) -> bool:
        verbs = ("recognises", "promises", "begins", "claims", "consents")
        return any(deed.verb in verbs and deed.about(instance.name, instance.key) for deed in self.deeds_by(party))

    @staticmethod
    def _targets(instance: Instance) -> list[str]:
        return [instance.name] if instance.key is None else [instance.name, f"{instance.name}[{instance.key}]"]

    def instances(self, reading: str) -> Iterator[Instance]:
        for name in self.case.commitments:
            yield from self.family(reading, name)

    def family(self, reading: str, name: str) -> list[Instance]:
        if isinstance(self.text(reading).clauses(name).for_each, EachPeriod):
            return list(instances(self, reading, name))
        where = reading, name
        if where not in self._families:
            self._families[where] = list(instances(self, reading, name))
        return self._families[where]

    def named(self, reading: str, name: str, key: str | None) -> list[Instance]:
        """The instances that a name stands for; a key picks those that are called so."""
        if name not in self.case.commitments:
            return []
        return [x for x in self.family(reading, name) if x.is_called(key)]

    def siblings(self, reading: str, instance: Instance) -> list[Instance]:
        return self.named(reading, instance.name, None)

    def exists(self, reading: str, instance: Instance) -> bool:
        return instance in self.siblings(reading, instance)

    def point(self, reading: str, instance: Instance) -> Point:
        self._asked_after_others = True
        return self.points.get((reading, instance), Point())

    def deeds_by(self, name: str) -> list[Deed]:
        """The acts so far that count as those of a party or body; a person's are those that name that person."""
        if name not in self._by:
            self._by[name] = [deed for deed in self.deeds if self._is_by(deed, name)]
        return self._by[name]

    def words_on(self, party: str, instance: Instance) -> list[Deed]:
        """A party's acts so far on a commitment, in their order."""
        where = party, instance
        found = self._words.get(where)
        if found is None:
            found = [deed for deed in self.deeds_by(party) if deed.about(instance.name, instance.key)]
            self._words[where] = found
        return found

    def all_deeds_by(self, name: str) -> list[Deed]:
        """Acts in view, those after the present instant included: for credits, which look back."""
        if name not in self._all_by:
            self._all_by[name] = [deed for deed in self.all_deeds if self._is_by(deed, name)]
        return self._all_by[name]

    def _is_by(self, deed: Deed, name: str) -> bool:
        return name in deed.parties or any(actor.name == name for actor in deed.act.actors)

    # ── what has happened to a commitment ────────────────────────────────────────────────────────────────────

    def saying_done(self, reading: str, instance: Instance) -> list[Assertion]:
        """What was asserted of a commitment, or of what its `done when` names in this reading."""
        where = reading, instance
        if where not in self._saying:
            text = self.text(reading)
            self._saying[where] = [each for each in self.assertions if says_done(text, instance.template, each)]
        return self._saying[where]

    def credited(self, reading: str, occurrence: Occurrence) -> bool:
        return any(self.credits.credit(reading, each) for each in occurrence.assertions)

    def breaches_of(self, reading: str, name: str, key: str | None) -> list[datetime.datetime]:
        found = [
            breach
            for (where, instance), breaches in self.memory.breaches.items()
            if where == reading and instance.name == name and instance.is_called(key)
            for breach in breaches
        ]
        return sorted(found)

    def waivers(self, reading: str, instance: Instance) -> list[tuple[str, Onset]]:
        return [
            each for target in self._targets(instance) for each in self.memory.waived.get((reading, target), {}).items()
        ]

    def late_unknown(self, reading: str, instance: Instance) -> bool:
        return (reading, instance) in self.memory.late_unknown

    def refused(self, instance: Instance) -> Onset | None:
        """Somebody said no."""
        found = [deed.said for deed in self.deeds if deed.verb == "refuses" and deed.about(instance.name, instance.key)]
        return min(found, key=lambda each: each.latest, default=None)

    def suspended(self, reading: str, instance: Instance) -> bool:
        """By an act upon it, or upon all the sources it lives on."""
        if any((reading, target) in self.memory.held for target in self._targets(instance)):
            return True
        held = {name for where, name in self.memory.held if where == reading}
        may = self.clauses(reading, instance).may
        if may is not None and held & {ref.name for ref in may.refs}:
            return False  # a power over what is suspended is not suspended with it (README, gap 21)
        return stages.touched_by_sources(self, reading, instance, held)

    def over_before(self, reading: str, instance: Instance, until: Onset | None, due: Onset | None) -> bool:
        return stages.over_before(self, reading, instance, until, due)

    def when_met(self, reading: str, instance: Instance, when: Condition | None) -> Onset | None:
        return force.when_met(self, reading, instance, when)

    def earlier_decisions(self, deed: Deed) -> dict[tuple[str, int, str, object], Instance | None]:
        """§1: a power is judged by the view at its use, and keeps its effect."""
        if deed.said.latest >= self.at:
            return self.decisions
        return history_of(
            self.case, self.view.earlier(deed.said.latest, deed.order), self.supposed, self._kept
        ).decisions


def history_of(case: Case, view: View, supposed: tuple[Act, ...], kept: dict[Hashable, History]) -> History:
    """The history of a view: one and the same for views in which the same counts."""
    history = History(case, view, supposed, kept)
    later_known = any(deed.act.known is not None for deed in history.all_deeds)
    counts = (tuple(deed.order for deed in history.all_deeds), tuple(history.sources), view if later_known else None)
    key = (view.at, counts)
    if key not in kept:
        kept[key] = history.run()
    return kept[key]
