"""What hangs on what, by the texts: for each question about a name, the questions that its answer is worked out from.

Only what is worked out is followed. What is simply said or seen ends the way: acts, events and amounts, and with them
`at most`. So does what acts forward only: a breach, and the use of a power, which is judged by what was so before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from servanda.model.commitments import EachMember, EachPeriod
from servanda.model.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    CameAbout,
    Condition,
    Did,
    InState,
    Lasting,
    Ref,
    Shifted,
    Unless,
)
from servanda.model.record import Act
from servanda.model.span import Span
from servanda.model.walk import scope_of

from .held import COMMON
from .texts import Texts

What = Literal[
    "there", "rests", "owed", "done", "when", "bound", "promised", "ready", "step", "force", "ended", "deadline",
    "status", "lost", "so", "consent",
]  # fmt: skip


class Question(NamedTuple):
    """What can be asked of a name, or of an instance of it, in a reading: is it owed, done, promised, in force …?"""

    name: str
    what: What
    key: str | None = None
    reading: str = COMMON

    @property
    def label(self) -> str:
        """The name that it is about, with the instance it picks."""
        return self.name if self.key is None else f"{self.name}[{self.key}]"


class Step(NamedTuple):
    """That the answer to a question hangs on another: where a text says so, if it does.

    `through` is the word by which it hangs on that other's *not* being so, or no longer being so.
    """

    to: Question
    span: Span | None = None
    through: str = ""


#: What a state of a commitment is worked out from; of a status, all that a standing is.
_STATES: dict[str, tuple[What, ...]] = {
    **dict.fromkeys(("begun", "claimed", "observed", "verified", "confirmed", "fulfilled"), ("done",)),
    **dict.fromkeys(("offered", "promised"), ("promised",)),
    **dict.fromkeys(("breached", "used", "refused", "signed"), ()),
    "agreed": ("owed",),
    "in force": ("force",),
    **dict.fromkeys(("not owed", "proposed"), ("owed", "done", "ended")),
    **dict.fromkeys(("waived", "ended", "suspended", "overdue", "due", "open", "denied"), ("status",)),
    "dormant": ("status", "lost"),
}
#: The status words: each says of a commitment that it is at one place, and so at no other, or no longer.
STATUS_WORDS = frozenset(
    ["not owed", "proposed", "waived", "ended", "suspended", "dormant", "overdue", "due", "open", "denied"]
)


#: Questions that most have nothing to.
_RARE = frozenset(["there", "rests", "step"])


def steps(texts: Texts, asked: Question) -> Iterator[Step]:
    """All that the answer to a question hangs on."""
    return _Steps(texts, asked).of()


class _Steps:
    def __init__(self, texts: Texts, asked: Question) -> None:
        self.texts = texts
        self.asked = asked
        self.clauses = texts.clauses(asked.name, asked.key, asked.reading)

    def of(self) -> Iterator[Step]:
        found: Iterator[Step] = getattr(self, f"_{self.asked.what}")()
        return found

    # ── each question ────────────────────────────────────────────────────────────────────────────────────────

    def _there(self) -> Iterator[Step]:
        for each in self.clauses:
            if isinstance(each.for_each, EachPeriod):
                yield from self._on(each.for_each.of)

    def _rests(self) -> Iterator[Step]:
        """On which source, in anybody's reading: what one side stands by counts for the other."""
        for reading in self.texts.readings:
            for clauses in self.texts.clauses(self.asked.name, self.asked.key, reading):
                for cite in clauses.under:
                    yield from self._on(cite.where, reading=reading)

    def _owed(self) -> Iterator[Step]:
        yield from self._own("there")
        yield from self._own("rests", reading=COMMON)
        for act in self._words("promises", "offers"):
            yield from self._said(act, act.when)

    def _done(self) -> Iterator[Step]:
        yield from self._own("there")
        for each in self.clauses:
            yield from self._on(each.done_when)
            yield from self._on(each.seeks)

    def _when(self) -> Iterator[Step]:
        for each in self.clauses:
            yield from self._on(each.when)

    def _bound(self) -> Iterator[Step]:
        for reading in self.texts.readings:
            yield from self._own("owed", "when", reading=reading)

    def _promised(self) -> Iterator[Step]:
        """As each bearer reads its own conditions; where a name stands for several, as anybody does."""
        yield from self._own("owed", "done")
        case = self.texts.case
        for each in self.clauses:
            if all(case.party_of(ref.name) in case.parties or ref.name in case.bodies for ref in each.of):
                for reading in dict.fromkeys(self.texts.reading_of(ref.name) for ref in each.of):
                    yield from self._own("owed", "when", reading=reading)
            else:
                yield from self._own("bound", reading=COMMON)

    def _ready(self) -> Iterator[Step]:
        yield from self._own("owed", "when")
        for each in self.clauses:
            yield from self._on(each.start)

    def _force(self) -> Iterator[Step]:
        yield from self._own("ready", "step")
        for each in self.clauses:
            yield from self._on(each.until, "until")
            performance = each.done_when or each.seeks
            if performance is not None and self.texts.case.commitments[self.asked.name].kind == "obligation":
                yield Step(self.asked._replace(what="done"), performance.span, "in force")

    def _step(self) -> Iterator[Step]:
        """Whether all that it stands together with are ready, done, or over."""
        yield from self._own("ready", "done", "ended")
        for name, span in self.texts.together(self.asked.name, self.asked.reading).items():
            for key in self.texts.keys(name):
                yield Step(Question(name, "step", key, self.asked.reading), span)

    def _ended(self) -> Iterator[Step]:
        yield from self._own("there")
        for each in self.clauses:
            yield from self._on(each.until, "until")
        for name, span in self.texts.together(self.asked.name, self.asked.reading).items():
            for key in self.texts.keys(name):
                yield Step(Question(name, "ended", key, self.asked.reading), span)

    def _deadline(self) -> Iterator[Step]:
        yield from self._own("ready")
        for each in self.clauses:
            for condition in (each.by, each.begins_by, each.within.of if each.within else None):
                yield from self._on(condition)
        for act in self._words("promises", "offers"):
            for condition in (act.by, act.within.of if act.within else None):
                yield from self._said(act, condition)

    def _status(self) -> Iterator[Step]:
        yield from self._own("owed", "done", "force", "ended", "deadline")

    def _lost(self) -> Iterator[Step]:
        """Whether it can come into force no more, since what it waits for has ended."""
        waited_for = [condition for each in self.clauses for condition in (each.when, each.start)]
        for condition in (*waited_for, *self.texts.definitions(self.asked.name, self.asked.reading)):
            for to, span, word in self._on(condition):
                if word == "unless" or to.what == "consent":
                    continue
                if to.what != "so":
                    yield Step(to._replace(what="ended"), span)
                yield Step(to._replace(what="lost"), span)

    def _so(self) -> Iterator[Step]:
        for definition in self.texts.definitions(self.asked.name, self.asked.reading):
            yield from self._on(definition)

    def _consent(self) -> Iterator[Step]:
        for act in self._words("consents"):
            yield from self._said(act, act.when)

    # ── what they are made of ────────────────────────────────────────────────────────────────────────────────

    def _own(self, *whats: What, reading: str | None = None) -> Iterator[Step]:
        """Other questions about the same."""
        name, _, key, own = self.asked
        for what in whats:
            if what not in _RARE or self._has(what):
                yield Step(Question(name, what, key, own if reading is None else reading))

    def _has(self, what: What) -> bool:
        """Whether there is anything to such a question."""
        match what:
            case "there":
                return any(isinstance(each.for_each, EachPeriod) for each in self.clauses)
            case "rests":
                return any(each.under for each in self.clauses) or len(self.texts.readings) > 1
        return bool(self.texts.together(self.asked.name, self.asked.reading))

    def _on(self, condition: Condition | None, through: str = "", reading: str | None = None) -> Iterator[Step]:
        """What a condition hangs on."""
        own = self.asked.reading if reading is None else reading
        waiting = [] if condition is None else [(condition, through)]
        while waiting:
            part, word = waiting.pop()
            match part:
                case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
                    waiting += [(each, word) for each in parts]
                case Unless(condition=inner, exception=exception):
                    waiting += [(inner, word), (exception, word or "unless")]
                case Shifted(condition=inner) | Lasting(condition=inner):
                    waiting.append((inner, word))
                case CameAbout(ref=ref):
                    for name in self._meant(ref):
                        yield from self._to(name, ref, self._come_about(name), own, part.span, word)
                case InState(ref=ref, state=state):
                    word = word or (state if state in STATUS_WORDS else "")
                    for name in self._meant(ref):
                        yield from self._to(name, ref, self._in_state(name, part), own, part.span, word)
                case Did(verb="consents", object=Ref() as ref):
                    yield from self._to(ref.name, ref, ("consent",), own, part.span, word)

    def _to(self, name: str, ref: Ref, whats: tuple[What, ...], reading: str, span: Span, word: str) -> Iterator[Step]:
        keys = self.texts.keys(name)
        if ref.key is not None:
            key = self.asked.key if str(ref.key) in self._variables() else str(ref.key)
            keys = (key if key in keys else None,)
        for key in keys:
            for what in whats:
                yield Step(Question(name, what, key, reading), span, word)

    def _come_about(self, name: str) -> tuple[What, ...]:
        commitment = self.texts.case.commitments.get(name)
        if commitment is None:
            return ("so",) if name in self.texts.case.matters else ()
        return {"obligation": ("done",), "prohibition": ("force",)}.get(commitment.kind, ())  # type: ignore[return-value]

    def _in_state(self, name: str, condition: InState) -> tuple[What, ...]:
        case = self.texts.case
        if name in case.means:
            return ("consent",) if condition.state == "agreed" else ()
        if name not in case.commitments:
            return ()
        dated = condition.with_a_date or condition.by is not None
        return (*_STATES.get(condition.state, ()), *(("deadline",) if dated else ()))

    def _variables(self) -> frozenset[str]:
        return frozenset(name for each in self.clauses for name in scope_of(each))

    def _meant(self, ref: Ref) -> Iterator[str]:
        """A name, or what it may stand for where it is a variable."""
        for each in self.clauses:
            if isinstance(each.for_each, EachMember) and each.for_each.variable.name == ref.name:
                term = self.texts.case.terms.get(each.for_each.term.name)
                members = [] if term is None else [member.name for member in term.members]
                yield from [self.asked.key] if self.asked.key in members else members
                return
        yield ref.name

    def _words(self, *verbs: str) -> Iterator[Act]:
        """The acts on it that say on which conditions."""
        told_apart = self.texts.keys(self.asked.name)
        for act in self.texts.words.get(self.asked.name, ()):
            if act.verb in verbs:
                for ref in act.objects:
                    if isinstance(ref, Ref) and ref.name == self.asked.name:
                        key = ref.instance
                        if key is None or key == self.asked.key or key not in told_apart:
                            yield act

    def _said(self, act: Act, condition: Condition | None) -> Iterator[Step]:
        """What a condition of an act hangs on, as who acted reads it."""
        for reading in dict.fromkeys(self.texts.reading_of(actor.name) for actor in act.actors):
            yield from self._on(condition, reading=reading)
