"""Whether a condition has come about in a reading, and since when (semantics §§2, 6).

The onset of a condition is the start of its present unbroken stretch: of `a or b` the earlier, of `a and b` the later.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from servanda.model.conditions import (
    AllOf,
    Amount,
    AnyOf,
    AtLeast,
    CameAbout,
    Condition,
    Did,
    Happening,
    InState,
    Lasting,
    Member,
    OnDate,
    PublicAct,
    Ref,
    Shifted,
    Unless,
    Value,
)
from servanda.model.walk import parts

from .clock import ALWAYS, Instant
from .evidence import Assertion, Filter, figure, matches, name_of, reached, thing_key
from .life import RUNGS, Life

if TYPE_CHECKING:
    from .history import History

#: Whose word counts: what the reading credits; what anybody says; what others than the bearer saw; what is shown by
#: the means that the text admits.
Mode = Literal["credited", "said", "seen", "shown"]


class Question:
    """In which reading a condition is asked, with which variables, about whose commitment, crediting whom."""

    __slots__ = ("admits", "mode", "owners", "reading", "scope")

    def __init__(
        self,
        reading: str,
        scope: Mapping[str, Value],
        owners: frozenset[str] = frozenset(),
        mode: Mode = "credited",
        admits: Filter | None = None,
    ) -> None:
        self.reading = reading
        self.scope = scope
        self.owners = owners
        self.mode = mode
        self.admits = admits


class Judge:
    """Answers conditions at the instant that a history has come to."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._kept: dict[tuple[object, ...], tuple[Instant | None, list[Instant]]] = {}
        self._again: list[Instant] = []
        self._kept_at = -1
        self._defining: set[tuple[str, str]] = set()
        self._blocked: set[tuple[object, ...]] = set()
        self._resumed: dict[tuple[object, ...], Instant] = {}

    def onset(self, condition: Condition, asked: Question) -> Instant | None:
        """Since when a condition is so; None where it is not so, or nobody knows.

        The answer is kept until something in the history changes: the same is asked many times in between. Kept with
        it are the instants at which whoever asks has to look again.
        """
        if asked.admits is not None:
            return self._onset(condition, asked)
        if self._kept_at != self.history.version:
            self._kept.clear()
            self._again = []
            self._kept_at = self.history.version
        key = (id(condition), asked.reading, asked.mode, asked.owners, *asked.scope.items())
        kept = self._kept.get(key)
        if kept is None:
            outer, self._again = self._again, []
            kept = self._kept[key] = self._onset(condition, asked), self._again
            self._again = outer
        for instant in kept[1]:
            self._wake(instant)
        return kept[0]

    def _wake(self, instant: Instant) -> None:
        self._again.append(instant)
        self.history.wake(instant)

    def _onset(self, condition: Condition, asked: Question) -> Instant | None:
        now = self.history.now
        match condition:
            case AllOf(parts=parts):
                onsets = [self.onset(part, asked) for part in parts]
                known = [each for each in onsets if each is not None]
                return max(known) if len(known) == len(onsets) else None
            case AnyOf(parts=parts):
                known = [each for part in parts if (each := self.onset(part, asked)) is not None]
                return min(known, default=None)
            case AtLeast(count=count, parts=parts):
                known = sorted(each for part in parts if (each := self.onset(part, asked)) is not None)
                return known[int(count) - 1] if len(known) >= count else None
            case Unless():
                return self._unless(condition, asked)
            case Shifted():
                span = self.reach(condition, asked)
                if span is None:
                    return None
                self._wake(span[0])
                return span[0] if span[0] <= now else None
            case Lasting(condition=inner, duration=duration):
                start = self.onset(inner, asked)
                if start is None:
                    return None
                until = self.history.clock.shifted(start, duration)[0]
                self._wake(until)
                return until if until <= now else None
            case OnDate(dating=dating):
                start = self.history.clock.start(dating.earliest)
                self._wake(start)
                return start if start <= now else None
            case Member(name=name, term=term):
                value = str(asked.scope.get(name.name, name.name))
                return ALWAYS if value in self.history.members(asked.reading, term.name) else None
            case PublicAct():
                return None
            case CameAbout(ref=ref):
                return self._came_about(ref, asked)
            case InState():
                return self._in_state(condition, asked)
            case Did():
                return self._did(condition, asked)
            case Amount():
                return self.amount_since(condition, asked)
            case Happening():
                return self._happened(condition, asked)

    def reach(self, condition: Condition, asked: Question) -> tuple[Instant, Instant] | None:
        """The first and last instant of the date that a condition names or comes about at, also one still to come."""
        clock = self.history.clock
        match condition:
            case OnDate(dating=dating):
                return clock.start(dating.earliest), clock.end(dating.latest)
            case Shifted(duration=duration, direction=direction, condition=inner):
                anchor = self.reach(inner, asked)
                if anchor is None:
                    return None
                sign = 1 if direction == "after" else -1
                first = clock.shifted(anchor[0] if isinstance(inner, OnDate) else anchor[1], duration, sign)
                return first[0], clock.shifted(anchor[1], duration, sign)[1]
            case _:
                onset = self.onset(condition, asked)
                return None if onset is None or onset == ALWAYS else (onset, onset)

    def _unless(self, condition: Unless, asked: Question) -> Instant | None:
        """`c unless d` fails while d is so, waits while d is asserted but unknown, holds otherwise."""
        key = (asked.reading, id(condition), tuple(sorted((k, str(v)) for k, v in asked.scope.items())))
        onset = self.onset(condition.condition, asked)
        exception = condition.exception
        blocked = self.onset(exception, asked) is not None or (
            self.onset(exception, _in_mode(asked, "said")) is not None and not self._denied(exception, asked)
        )
        if blocked:
            self._blocked.add(key)
            self._resumed.pop(key, None)
            return None
        if key in self._blocked:
            self._blocked.discard(key)
            self._resumed[key] = self.history.now
        return None if onset is None else max(onset, self._resumed.get(key, onset))

    def _denied(self, condition: Condition, asked: Question) -> bool:
        """Whether the reading's party disputes what is asserted, so that it is not so, rather than unknown."""
        return any(
            self.history.evidence.disputed(asked.reading, thing_key(part.ref if isinstance(part, CameAbout) else part))
            for part in parts(condition)
            if isinstance(part, CameAbout | Amount | Happening)
        )

    # ── names ────────────────────────────────────────────────────────────────────────────────────────────────

    def lives(self, ref: Ref, asked: Question) -> list[Life]:
        """The lives that a reference means: of the instance it picks, else of all instances so far."""
        key = None if ref.key is None else str(asked.scope.get(str(ref.key), ref.key))
        return self.history.lives_of(ref.name, asked.reading, key)

    def _came_about(self, ref: Ref, asked: Question) -> Instant | None:
        case, reading = self.history.case, asked.reading
        name = ref.name
        if name in case.commitments:
            lives = self.lives(ref, asked)
            onsets = [self._commitment_came_about(life, asked) for life in lives]
            known = [each for each in onsets if each is not None]
            return max(known) if known and len(known) == len(onsets) else None
        if name in case.matters:
            definition = self.history.texts.matter(reading, name, self.history.now)
            if definition is not None:
                return self._defined(name, definition, asked)
            return self._asserted(Ref(name, ref.span), asked)
        if name in case.events:
            return self._first(self.history.evidence.events.get(name, []), asked)
        if name in case.sources:
            return self.history.sources.in_force(name, reading)
        return None

    def _defined(self, name: str, definition: Condition, asked: Question) -> Instant | None:
        """Since when a matter is so by its definition; one that leads back to itself never is."""
        if (asked.reading, name) in self._defining:
            return None
        self._defining.add((asked.reading, name))
        onset = self.onset(definition, asked)
        self._defining.discard((asked.reading, name))
        return onset

    def _commitment_came_about(self, life: Life, asked: Question) -> Instant | None:
        kind = self.history.case.commitments[life.instance.name].kind
        if kind == "prohibition":
            if life.force is None or life.final is not None:
                return None
            return max([life.force, *life.breaches])
        if kind in ("right", "power"):
            return life.used
        if life.fulfilled is not None:
            return life.fulfilled
        waivers = self.history.waivers.get((life.instance.name, life.instance.key), {})
        return min((waivers[owner] for owner in asked.owners if owner in waivers), default=None)

    def _asserted(self, ref: Ref, asked: Question) -> Instant | None:
        return self._first(self.history.evidence.by_key.get(thing_key(ref), []), asked)

    def _first(self, assertions: list[Assertion], asked: Question) -> Instant | None:
        now = self.history.now
        return min((a.since for a in assertions if a.since <= now and self.admits(a, asked)), default=None)

    def admits(self, assertion: Assertion, asked: Question) -> bool:
        """Whether an assertion counts in the mode of a question."""
        if asked.admits is not None and not asked.admits(assertion):
            return False
        if asked.mode == "said":
            return assertion.said <= self.history.now
        return self.history.evidence.credited(asked.reading, assertion)

    # ── states ───────────────────────────────────────────────────────────────────────────────────────────────

    def _in_state(self, condition: InState, asked: Question) -> Instant | None:
        ref, state = condition.ref, condition.state
        history, reading = self.history, asked.reading
        if ref.name in history.case.commitments:
            lives = self.lives(ref, asked)
            onsets = [self._life_in_state(life, condition, asked) for life in lives]
            known = [each for each in onsets if each is not None]
            if state == "breached":
                return min(known, default=None)
            return max(known) if known and len(known) == len(onsets) else None
        if ref.name in history.case.sources:
            return history.sources.state(ref.name, state, reading)
        if ref.name in history.case.means:
            return history.word_on(
                ref.name, {"refused": "refuses", "used": "attempts", "agreed": "recognises"}.get(state, "")
            )
        if ref.name in history.case.events:
            return self._first(history.evidence.events.get(ref.name, []), _in_mode(asked, state))
        bare = Ref(ref.name, ref.span)
        if state == "confirmed":
            return history.word_on(ref.name, "confirms")
        if ref.name in history.case.matters and state == "claimed":
            return self._asserted(bare, _in_mode(asked, "said"))
        if state in ("observed", "verified"):
            seen = Question(reading, asked.scope, asked.owners, "seen", lambda each: each.verb == "observes")
            return self._asserted(bare, seen)
        return None

    def _life_in_state(self, life: Life, condition: InState, asked: Question) -> Instant | None:
        state = condition.state
        if state == "promised" and (condition.with_a_date or condition.by):
            return self.history.promised_by(life, condition.by, asked.reading)
        if state in RUNGS:
            return life.rungs.get(state)
        if state == "confirmed":
            return life.confirmed
        facts = {"refused": life.refused, "agreed": life.agreed, "used": life.used, "in force": life.force}
        if state in facts:
            return facts[state]
        if state == "breached":
            return life.breaches[0] if life.breaches else None
        if state in ("fulfilled", "waived", "ended"):
            return (
                {"fulfilled": life.fulfilled, "waived": life.waived, "ended": life.ended}[state]
                if life.final == state
                else None
            )
        return life.since if life.status == state else None

    # ── acts, amounts, events ────────────────────────────────────────────────────────────────────────────────

    def _did(self, condition: Did, asked: Question) -> Instant | None:
        history = self.history
        actor = str(asked.scope.get(condition.actor.name, condition.actor.name))
        actors = (
            history.members(asked.reading, actor)
            if actor in history.case.terms
            else {actor, history.case.party_of(actor)}
        )
        found: Instant | None = None
        for entry in history.acts_so_far(condition.verb, name_of(condition.object)):
            if not (set(entry.actors) | {ref.name for ref in entry.act.actors}) & set(actors):
                continue
            if condition.channel is not None and condition.channel.name not in {ref.name for ref in entry.act.channels}:
                continue
            if not any(self._same(condition.object, thing, asked) for thing in entry.act.objects):
                continue
            onset: Instant | None = entry.instant
            if condition.verb == "consents":
                onset = history.consent(entry, name_of(condition.object))
            if onset is not None and (found is None or onset < found):
                found = onset
        return found

    def _same(self, wanted: Ref | Amount | Happening, thing: Ref | Amount | Happening, asked: Question) -> bool:
        if isinstance(wanted, Ref) and isinstance(thing, Ref):
            key = None if wanted.key is None else str(asked.scope.get(str(wanted.key), wanted.key))
            return wanted.name == thing.name and (key is None or str(thing.key) == key)
        if isinstance(wanted, Amount) and isinstance(thing, Amount):
            return thing_key(wanted) == thing_key(thing) and reached(wanted, Decimal(thing.number))
        if isinstance(wanted, Happening) and isinstance(thing, Happening):
            return wanted.event.name == thing.event.name and self._matches(wanted, thing, asked)
        return False

    def _matches(self, pattern: Happening, thing: Happening, asked: Question) -> bool:
        return matches(pattern, thing, asked.scope, lambda term: set(self.history.members(asked.reading, term)))

    def amount_since(self, amount: Amount, asked: Question) -> Instant | None:
        """Since when the largest figure of any author that counts is what the amount asks for."""
        assertions = self.history.evidence.by_key.get(thing_key(amount), [])
        best: Instant | None = None
        for instant in sorted({each.since for each in assertions if each.since <= self.history.now}):
            figures = figure(assertions, lambda each: self.admits(each, asked), instant)
            so = bool(figures) and reached(amount, max(figures.values()))
            best = (best if best is not None else instant) if so else None
        return best

    def figures(self, amount: Amount, asked: Question) -> Decimal | None:
        """The largest figure of any author that counts, or None."""
        assertions = self.history.evidence.by_key.get(thing_key(amount), [])
        figures = figure(assertions, lambda each: self.admits(each, asked), self.history.now)
        return max(figures.values(), default=None)

    def _happened(self, pattern: Happening, asked: Question) -> Instant | None:
        told = self.history.evidence.events.get(pattern.event.name, [])
        return self._first(
            [each for each in told if isinstance(each.thing, Happening) and self._matches(pattern, each.thing, asked)],
            asked,
        )

    def occurrences(self, pattern: Happening, asked: Question) -> list[Assertion]:
        """The events that match, each once, in order of time; one event told of twice is one."""
        told = self.history.evidence.events.get(pattern.event.name, [])
        found: dict[tuple[str, ...], list[Assertion]] = {}
        for each in sorted(told, key=lambda a: (a.since, a.said)):
            if each.since > self.history.now or not self.admits(each, asked) or not isinstance(each.thing, Happening):
                continue
            if self._matches(pattern, each.thing, asked):
                told_of = found.setdefault(thing_key(each.thing), [])
                if not any(self._one_event(each, other) for other in told_of):
                    told_of.append(each)
        return sorted((each for group in found.values() for each in group), key=lambda a: (a.since, a.said))

    def _one_event(self, one: Assertion, other: Assertion) -> bool:
        """Whether two reports of the same event can be of one: their datings overlap; a bare day is all of it."""
        first, second = (
            self.history.clock.day_start(self.history.clock.day(each.since)) if each.since % 60 == 59 else each.since
            for each in (one, other)
        )
        return first <= other.latest and second <= one.latest


def _in_mode(asked: Question, state: str) -> Question:
    if state in ("claimed", "said"):
        return Question(asked.reading, asked.scope, asked.owners, "said")
    return asked
