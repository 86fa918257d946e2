"""A case's history as one reading can know it: from instant to instant, what each commitment has come to.

At each instant assertions, events, conditions, rungs and performance form one least fixpoint over all readings;
then come waivers, deadlines, breaches and what hangs on them (semantics §6).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping

from servanda.model.case import Case
from servanda.model.commitments import Clauses, EachBreach, EachEvent, EachMember, EachPeriod
from servanda.model.conditions import Condition, Happening, Ref, Value
from servanda.model.time import Dating, Duration

from .aftermath import settle
from .clock import ALWAYS, Clock, Instant
from .dependence import dependents
from .evidence import Evidence, Interest, Key, asked, name_of
from .force import reckon_deadline, reckon_force
from .frame import Frame
from .judge import Judge, Question
from .ladder import reckon_done, reckon_ladder
from .life import Instance, Life
from .owed import reckon_owed
from .promises import promised_by
from .sources import SourceStates
from .statuses import reckon_status
from .texts import Texts
from .view import RECORD, Entry
from .words import Words

#: Rounds after which an instant is left as it is: only a condition that contradicts itself needs more.
_MOST_ROUNDS = 60
_NOTHING: frozenset[str] = frozenset()
#: What is worked out of a life, in this order, in each round.
_PASSES = (reckon_owed, reckon_ladder, reckon_force, reckon_done, reckon_deadline, reckon_status)


class History:
    """The lives of all commitments in all readings, over the acts of one view, up to its instant."""

    def __init__(self, case: Case, acts: tuple[Entry, ...], at: Instant, clock: Clock) -> None:
        self.case = case
        self.acts = acts
        self.at = at
        self.clock = clock
        self.now: Instant = ALWAYS
        self.readings = (*case.parties, RECORD)
        self.texts = Texts(case, acts, self.readings)
        self.evidence = Evidence(case, acts, clock, _interests(case))
        self.words = Words(case)
        self.sources = SourceStates(self)
        self.judge = Judge(self)
        self.waivers: dict[tuple[str, str | None], dict[str, Instant]] = defaultdict(dict)
        self._lives: dict[tuple[str, str], dict[str | None, Life]] = defaultdict(dict)
        self._so_far: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._links: dict[str, Mapping[str, frozenset[str]]] = {}
        self._wakings: list[Instant] = []
        self._woken: dict[Instant, set[str]] = {}
        self._dirty: set[str] = set()
        self._looked_at = ""
        self.version = 0
        self._consenting: set[int] = set()
        self._dependents = dependents(case, acts)
        self._order = {name: at for at, name in enumerate(case.commitments)}
        for name, commitment in case.commitments.items():
            if commitment.clauses.for_each is None:
                for reading in self.readings:
                    self._lives[reading, name][None] = Life(Instance(name, None, {}, None))

    # ── what the judge asks ──────────────────────────────────────────────────────────────────────────────────

    def lives_of(self, name: str, reading: str, key: str | None) -> list[Life]:
        """The lives of a commitment in a reading: of one instance, or of all so far."""
        lives = self._lives[reading, name]
        if key is None:
            return list(lives.values())
        return [lives[key]] if key in lives else []

    def readings_of(self, name: str) -> Iterable[tuple[str, Life]]:
        """All lives of a commitment, with their readings."""
        for reading in self.readings:
            for life in list(self._lives[reading, name].values()):
                yield reading, life

    def frame(self, reading: str, name: str, life: Life) -> Frame:
        """A life as it is looked at now; what it asks to be woken for is its own."""
        self._looked_at = name
        return Frame(self, reading, name, life)

    def members(self, reading: str, term: str) -> frozenset[str]:
        """What a term takes in, in a reading, now."""
        return self.texts.members(reading, term, self.now)

    def acts_so_far(self, verb: str, name: str) -> list[Entry]:
        """The acts of a verb on a name up to now."""
        return self._so_far[verb, name]

    def word_on(self, name: str, verb: str) -> Instant | None:
        """When somebody first did so with a name, or None."""
        acts = self._so_far.get((verb, name))
        return acts[0].instant if acts else None

    def consent(self, entry: Entry, name: str) -> Instant | None:
        """Since when a consent holds: once its condition has come about in its giver's reading, until it is refused."""
        giver = entry.actors[0] if entry.actors else RECORD
        for other in self._so_far.get(("refuses", name), ()):
            if set(other.actors) & set(entry.actors) and (other.instant, other.order) > (entry.instant, entry.order):
                return None
        if entry.act.when is None:
            return entry.instant
        if entry.order in self._consenting:
            return None  # each waits for the other: a circle is not met
        self._consenting.add(entry.order)
        onset = self.judge.onset(entry.act.when, Question(self.reading_of(giver), {}))
        self._consenting.discard(entry.order)
        return None if onset is None else max(onset, entry.instant)

    def reading_of(self, actor: str) -> str:
        """Somebody's own reading; of those who have none, the record's."""
        return actor if actor in self.case.parties else RECORD

    def bearers(self, life: Life, clauses: Clauses) -> tuple[str, ...]:
        """Who owes it: parties, a term's members, or what the variable of its `for each` stands for."""
        return self._parties(clauses.of, life)

    def counterparties(self, life: Life, clauses: Clauses, bearers: tuple[str, ...]) -> tuple[str, ...]:
        """To whom it is owed."""
        if not clauses.to_others:
            return self._parties(clauses.to, life)
        each = clauses.for_each
        group = self.members(RECORD, each.term.name) if isinstance(each, EachMember) else frozenset(self.case.parties)
        return tuple(party for party in self.case.parties if party in group and party not in bearers)

    def _parties(self, refs: Iterable[Ref], life: Life) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for ref in refs:
            name = str(life.instance.scope.get(ref.name, ref.name))
            for party in sorted(self.members(RECORD, name)) if name in self.case.terms else (name,):
                found[self.words.heir(life.instance.name, life.instance.key, party)] = None
        return tuple(found)

    def promised_by(self, life: Life, by: Dating | None, reading: str) -> Instant | None:
        """Since when it is promised with a date, no later than `by` where that is given."""
        return promised_by(Frame(self, reading, life.instance.name, life), by)

    def links(self, reading: str) -> Mapping[str, frozenset[str]]:
        """Which commitments a reading's text joins to which by `together with`, in both directions."""
        found = self._links.get(reading)
        if found is None:
            links: dict[str, set[str]] = defaultdict(set)
            for name in self.case.commitments:
                clauses = self.texts.clauses(reading, name, self.now)
                for other in (*(ref.name for ref in clauses.together_with), *([name] if clauses.with_others else ())):
                    links[name].add(other)
                    links[other].add(name)
            found = self._links[reading] = {name: frozenset(others) for name, others in links.items()}
        return found

    # ── the run ──────────────────────────────────────────────────────────────────────────────────────────────

    def run(self) -> History:
        """Go through the history to the view's instant."""
        for group in self.evidence.by_key.values():
            for each in group:
                for instant in (each.since, each.said):
                    self._wake(instant, *self._concerned(name_of(each.thing)))
        for name, source in self.case.sources.items():
            if source.dated is not None:
                self._wake(self.clock.start(source.dated.earliest), *self._concerned(name))
        for entry in self.acts:
            self._wake(entry.instant)
        self._wake(ALWAYS, *self.case.commitments)
        self._wake(self.at)
        acts = list(reversed(self.acts))
        while self._wakings:
            self.now = heapq.heappop(self._wakings)
            self._dirty |= self._woken.pop(self.now)
            fresh: list[Entry] = []
            while acts and acts[-1].instant <= self.now:
                fresh.append(acts.pop())
            self._step(fresh)
        return self

    def wake(self, instant: Instant) -> None:
        """Ask to look again at an instant to come, at the commitment that is being looked at."""
        if instant > self.now:
            self._wake(instant, self._looked_at)

    def _wake(self, instant: Instant, *names: str) -> None:
        if instant <= self.at:
            if instant not in self._woken:
                self._woken[instant] = set()
                heapq.heappush(self._wakings, instant)
            self._woken[instant].update(names)

    def touch(self, name: str) -> None:
        """Note that something about a name has changed: what hangs on it is looked at again."""
        self._dirty |= self._concerned(name)
        self.version += 1

    def _concerned(self, name: str) -> frozenset[str]:
        own = frozenset([name]) if name in self.case.commitments else _NOTHING
        return own | self._dependents.get(name, _NOTHING)

    def _step(self, fresh: list[Entry]) -> None:
        self.version += 1
        for entry in fresh:
            self._hear(entry)
        touched = self._fixpoint()
        if settle(self, fresh, touched):
            settle(self, [], self._fixpoint() | touched)

    def _hear(self, entry: Entry) -> None:
        act, case = entry.act, self.case
        for thing in act.objects:
            name = name_of(thing)
            self._so_far[act.verb, name].append(entry)
            self.touch(name)
            if name not in case.commitments and name not in case.sources and act.verb in ("holds", "rejects", "trusts"):
                self._dirty |= case.commitments.keys()
        self.words.hear(entry)
        if act.version is not None:
            self._links.clear()

    def _fixpoint(self) -> set[str]:
        """Look at everything that may have changed, until nothing changes any more; what was looked at."""
        touched: set[str] = set()
        for _ in range(_MOST_ROUNDS):
            names, self._dirty = sorted(self._dirty, key=self._order.__getitem__), set()
            if not names:
                break
            touched.update(names)
            for name in names:
                if self._reckon(name):
                    self.touch(name)
        return touched

    def _reckon(self, name: str) -> bool:
        """Look at all lives of a commitment; whether any of them has changed."""
        self._looked_at = name
        self._instances(name)
        changed = False
        for reading in self.readings:
            for life in self._lives[reading, name].values():
                before = life.snapshot()
                frame = Frame(self, reading, name, life)
                for reckon in _PASSES:
                    reckon(frame)
                changed = changed or life.snapshot() != before
        return changed

    # ── instances ────────────────────────────────────────────────────────────────────────────────────────────

    def _instances(self, name: str) -> None:
        if self.case.commitments[name].clauses.for_each is None:
            return
        for reading in self.readings:
            clauses = self.texts.clauses(reading, name, self.now)
            lives = self._lives[reading, name]
            for key, scope, anchor in self._keys(reading, clauses):
                if key not in lives:
                    lives[key] = Life(Instance(name, key, scope, anchor))

    def _keys(self, reading: str, clauses: Clauses) -> Iterable[tuple[str, Mapping[str, Value], Instant | None]]:
        match clauses.for_each:
            case EachMember(variable=variable, term=term):
                for member in sorted(self.members(reading, term.name)):
                    yield member, {variable.name: member}, None
            case EachEvent(event=event):
                seen: dict[str, int] = {}
                for told in self.judge.occurrences(event, Question(reading, {})):
                    assert isinstance(told.thing, Happening)
                    scope = {a.name: a.value for a in told.thing.arguments if a.value is not None}
                    first = str(scope.get(event.arguments[0].name, len(seen) + 1))
                    seen[first] = seen.get(first, 0) + 1
                    key = first if seen[first] == 1 else f"{first}.{seen[first]}"
                    yield key, scope, told.latest
            case EachBreach(commitment=ref):
                breaches = sorted(
                    each for life in self.judge.lives(ref, Question(reading, {})) for each in life.breaches
                )
                for number, instant in enumerate(breaches, 1):
                    yield str(number), {}, instant
            case EachPeriod(count=count, unit=unit, of=of):
                yield from self._periods(reading, Duration(count, unit), of)

    def _periods(
        self, reading: str, length: Duration, of: Condition
    ) -> Iterable[tuple[str, Mapping[str, Value], Instant]]:
        start = self.judge.onset(of, Question(reading, {}))
        if start is None or start == ALWAYS:
            return
        number = 1
        while start <= self.now and number <= 10_000:
            yield str(number), {}, start
            # counted from the first day, so that months keep their day of the month
            whole = Duration(length.count * number, length.unit)
            first = self.judge.onset(of, Question(reading, {}))
            assert first is not None
            start = self.clock.shifted(first, whole)[0]
            number += 1
        self.wake(start)


def _interests(case: Case) -> dict[Key, list[Interest]]:
    """For each thing that can be asserted, whose commitments it bears on."""
    interests: dict[Key, list[Interest]] = defaultdict(list)
    for name, commitment in case.commitments.items():
        clauses = commitment.clauses
        bearers = frozenset(ref.name for ref in clauses.of)
        interest = Interest(bearers, frozenset(ref.name for ref in clauses.to))
        interests["name", name, ""].append(interest)
        for condition in (clauses.done_when, clauses.seeks):
            if condition is not None:
                for key in asked(condition):
                    interests[key].append(interest)
        if clauses.forbids is not None:
            for key in asked(clauses.forbids):
                if key[0] == "event":
                    interests["forbidden", key[1]].append(interest)
    return interests
