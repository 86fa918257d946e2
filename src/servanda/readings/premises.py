"""The table of premises of two readings: what each has for one, whether they differ, and whose act made it so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from functools import cached_property
from typing import Literal

import msgspec

from servanda.model.conditions import Ref
from servanda.model.span import Span, meaning
from servanda.standing import owed, powers, telling
from servanda.standing.assertions import Assertion
from servanda.standing.credit import TRUSTING, credit, template_of
from servanda.standing.ladder import confirmed_by
from servanda.standing.lending import Premise, slots_of
from servanda.standing.life import Life
from servanda.standing.record import Entry, names_of
from servanda.standing.texts import Slot, Text
from servanda.standing.wording import instant_words
from servanda.text.act_words import act_words

from .questions import Side
from .versions import version_words

#: What a premise is, as answers name it.
Kind = Literal["term", "clause", "word", "source", "credit", "trust", "knowledge"]
_KINDS: dict[str, Kind] = {
    "term": "term",
    "clause": "clause",
    "word": "word",
    "source": "source",
    "credit": "credit",
    "trust": "trust",
    "effect": "word",
    "hearing": "knowledge",
    "finding": "knowledge",
}
_LEADS = {
    "term": "term",
    "word": "word on",
    "source": "stance on the source",
    "credit": "credit of",
    "trust": "word on trusting",
    "knowledge": "knowledge of",
}
#: What a premise on the effect of an act of power is about.
_DOING = {
    "suspend": "suspending",
    "resume": "resuming",
    "terminate": "terminating",
    "waive": "waiving",
    "transfer": "transferring",
    "use": "using",
}
_CREDITS = {True: "credits", False: "disputes", None: "leaves open"}
_NO_WORD = "no word of its own"
#: The verbs of a party's words on a commitment, and on a source.
_STANCES = {
    "word": owed.AFFIRMING | owed.DENYING | {"protests"},
    "source": frozenset(["signs", "recognises", *owed.DENYING]),
}
#: So many of the assertions that are credited differently are named.
_MOST_NAMED = 3


class Held(msgspec.Struct, frozen=True):
    """What a reading has for a premise, in words; the act that made it so, if one did, and its place in the record."""

    words: str
    act: Entry | None = None
    span: Span | None = None


class Difference(msgspec.Struct, frozen=True):
    """A premise on which two readings differ.

    `id` names it in bridges; `owner` is the reading whose own act made the difference last, None where none did;
    `part` is the clause, of a premise that is one.
    """

    id: str
    kind: Kind
    name: str
    part: str | None
    owner: str | None
    span: Span | None
    versions: dict[str, str]

    @property
    def lead(self) -> str:
        """What stands before its name in a sentence."""
        if self.kind == "word" and self.part is not None:
            return f"word on {_DOING[self.part]}"
        return f"clause `{self.part}` of" if self.kind == "clause" else _LEADS[self.kind]


class Table:
    """The premises of two readings, side by side; each is compared once."""

    def __init__(self, one: Side, other: Side, parted: Callable[[], Collection[tuple[str, str | None]]]) -> None:
        self.sides = (one, other)
        self.case = one.outlook.case
        self._parted = parted
        self._differs: dict[Premise, bool] = {}
        self._told: dict[Premise, Difference] = {}

    @cached_property
    def _entries(self) -> dict[int, Entry]:
        """The acts of the record by their orders, as they stand there."""
        entries = self.sides[0].outlook.record.entries
        return {each.order: each for each in sorted(entries, key=lambda each: each.order)}

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {order: number for number, order in enumerate(self._entries)}

    def differs(self, premise: Premise) -> bool:
        """Whether the two readings have, or had, something else for a premise."""
        found = self._differs.get(premise)
        if found is None:
            found = self._differs[premise] = self._compared(premise)
        return found

    def is_apart(self, premise: Premise) -> bool:
        """Whether the two stand apart on a premise today: of words, where one says yes and the other no."""
        match premise.table:
            case "term" | "clause":
                a, b = (meaning(_version(side, premise, side.now)) for side in self.sides)
                return a != b
            case "word" | "source" | "trust":
                said = [self._last_word(side, premise) for side in self.sides]
                return len({each.verb in owed.DENYING for each in said if each is not None}) > 1
            case "hearing":
                return self._entries[premise.part].verb != "states"
        return self.differs(premise)

    def heard_by_one(self) -> Iterator[Premise]:
        """The acts and sources that are in view in one of the two readings alone."""
        one, other = (side.outlook for side in self.sides)
        for order in sorted(one.hidden ^ other.hidden):
            yield Premise("hearing", act_words(self._entries[order].act), order)
        for name in sorted(one.hidden_sources ^ other.hidden_sources):
            yield Premise("finding", name)

    def everything(self) -> Iterator[Premise]:
        """All premises that are a reading's own by its text and words, and what it sees, whoever asks for them."""
        case = self.case
        for name in (*case.terms, *case.matters, *case.means, *case.commitments):
            slots = {slot: None for side in self.sides for slot in slots_of(side.outlook, name)}
            for slot in slots:
                yield Premise("term" if name in case.terms else "clause", name, slot)
        yield from (Premise("word", name) for name in case.commitments)
        yield from (Premise("source", name) for name in case.sources)
        yield from (Premise("trust", name) for name in (*case.parties, *case.bodies, *case.persons))
        yield from self.heard_by_one()

    def names_of(self, premise: Premise) -> frozenset[str]:
        """The names that have to be asked about before an act or source that is in view makes a difference."""
        if premise.table == "finding":
            return frozenset([premise.name])
        return frozenset(names_of(self._entries[premise.part].act))

    def told(self, premise: Premise) -> Difference:
        """A difference for people and programs."""
        found = self._told.get(premise)
        if found is None:
            found = self._told[premise] = self._difference(premise)
        return found

    def _last_word(self, side: Side, premise: Premise) -> Entry | None:
        """What a reading's party last said on a commitment, a source, or who may be trusted."""
        if premise.table == "trust":
            names, verbs = {premise.name, self.case.party_of(premise.name)}, TRUSTING
        else:
            names, verbs = {premise.name}, _STANCES[premise.table]
        said = [
            each
            for name in names
            for each in side.outlook.acts(name).all
            if each.verb in verbs and side.reading in each.parties
        ]
        return max(said, key=lambda each: each.place, default=None)

    # ── comparing ────────────────────────────────────────────────────────────────────────────────────────────

    def _compared(self, premise: Premise) -> bool:
        one, other = self.sides
        match premise.table:
            case "hearing" | "finding":
                return True
            case "credit":
                return any(a is not b for *_, a, b in self._credits(premise.name)) or len(
                    {self._confirmations(side, premise.name) for side in self.sides}
                ) > 1  # fmt: skip
            case "term" | "clause":
                edges = {state.since for side in self.sides for state in side.outlook.states(premise.name)}
                return any(
                    meaning(_version(one, premise, edge)) != meaning(_version(other, premise, edge))
                    for edge in edges
                    if edge <= one.now
                )
        return self._state(one, premise) != self._state(other, premise)

    def _state(self, side: Side, premise: Premise) -> Hashable:
        """All that a reading ever said on it, as far as it counts."""
        outlook, reading, now = side.outlook, side.reading, side.now
        match premise.table:
            case "word":
                return tuple(
                    (each.said, each.verb in owed.DENYING, each.act.when is None, each.verb == "promises")
                    for each in _own_words(side, premise.name, _STANCES["word"])
                )
            case "source":
                return tuple(step for step in owed.stance(outlook, reading, premise.name) if step[0] <= now)
            case "trust":
                last = self._last_word(side, premise)
                return None if last is None else last.verb == "rejects"
            case "effect" if premise.part == "use":
                lives = outlook.lives(reading, premise.name)
                return tuple((life.key, tuple(powers.uses_of(outlook, life))) for life in lives)
            case "effect":
                found = powers.effects(outlook, reading, premise.name, premise.part)
                return tuple((each.entry.order, each.key, each.instant) for each in found)
        raise AssertionError(premise)

    def _credits(self, name: str) -> Iterator[tuple[Assertion, Life | None, bool | None, bool | None]]:
        """What is asserted under a name, and whether each of the two readings credits it: of each commitment that it
        can be about, and apart from them. What several say together is the assertion of each.
        """
        one, other = self.sides
        told = {
            (each.entry.order, each.party, meaning(each.thing)): each
            for side in self.sides
            for each in side.outlook.assertions(name)
        }
        abouts: list[Life | None] = [None]
        for each in one.outlook.speaking_of(name):
            for side in self.sides:
                abouts += side.outlook.lives(side.reading, each)
        for asserted in told.values():
            for about in abouts:
                if about is not None and _of_another(asserted, about):
                    continue
                a, b = (_credit(side, asserted, about) for side in (one, other))
                yield asserted, about, a, b

    def _told_differently(self, name: str) -> dict[Assertion, tuple[bool | None, bool | None]]:
        """The assertions that the two credit differently, and how: of what they say is done, of what the two part on
        before all else; what they are apart from that only where nothing else tells the two apart.
        """
        of_it: dict[Assertion, tuple[bool | None, bool | None]] = {}
        of_others: dict[Assertion, tuple[bool | None, bool | None]] = {}
        apart: dict[Assertion, tuple[bool | None, bool | None]] = {}
        saying, parted = set(), self._parted()
        for asserted, about, a, b in self._credits(name):
            outlook = next((each.outlook for each in self.sides if about and each.reading == about.reading), None)
            says_done = (
                about is not None
                and outlook is not None
                and template_of(outlook, about).says_done(asserted, outlook.text(about.reading))
            )
            if says_done:
                saying.add(asserted)
            if a is not b:
                disputed = about is not None and (about.name, about.key) in parted
                told = apart if not says_done else of_it if disputed else of_others
                if None in told.get(asserted, (None,)) and (asserted not in told or None not in (a, b)):
                    told[asserted] = a, b  # who disputes a commitment says so of it alone
        return (of_it or of_others) | {each: how for each, how in apart.items() if each not in saying} or apart

    def _confirmations(self, side: Side, name: str) -> Hashable:
        if name not in self.case.commitments:
            return None
        lives = side.outlook.lives(side.reading, name)
        return tuple((life.key, bool(confirmed_by(side.outlook, side.reading, life))) for life in lives)

    # ── telling ──────────────────────────────────────────────────────────────────────────────────────────────

    def _difference(self, premise: Premise) -> Difference:
        held = {side.reading: self._held(side, premise) for side in self.sides}
        by = [(each.act.place, reading) for reading, each in held.items() if each.act is not None]
        latest = max((place for place, _ in by), default=None)
        owners = [reading for place, reading in by if place == latest]
        owner = owners[0] if len(owners) == 1 else None
        first = held[owner] if owner is not None else next((each for each in held.values() if each.span), None)
        span = None if first is None else first.act.act.span if first.act is not None else first.span
        part = None
        if premise.table == "clause":
            part = premise.part[1]
        elif premise.table == "effect":
            part = premise.part
        return Difference(
            self._id(premise),
            _KINDS[premise.table],
            _label(premise),
            part,
            owner,
            span or self._declared(premise),
            {reading: each.words for reading, each in held.items()},
        )

    def _id(self, premise: Premise) -> str:
        kind, label = _KINDS[premise.table], _label(premise)
        match premise.table:
            case "clause":
                return f"{kind}:{label}:{premise.part[1]}"
            case "effect":
                return f"{kind}:{label}:{premise.part}"
            case "hearing":
                return f"{kind}:{label}#{self._numbers[premise.part]}"
        return f"{kind}:{label}"

    def _declared(self, premise: Premise) -> Span | None:
        found = self.case.declared(premise.name)
        return None if found is None else found.span

    def _held(self, side: Side, premise: Premise) -> Held:
        outlook, reading, now, name = side.outlook, side.reading, side.now, premise.name
        match premise.table:
            case "term" | "clause":
                key, clause = premise.part
                acts = telling.held(outlook, reading, name, key, clause, now)
                own = [each for each in acts if reading in each.parties]
                words = version_words(self.case, _version(side, premise, now), name, clause)
                return Held(words + self._once(side, premise, words), own[-1] if own else None)
            case "word" | "trust":
                last = self._last_word(side, premise)
                return Held(_NO_WORD) if last is None else Held(act_words(last.act), last)
            case "source":
                return self._source(side, premise)
            case "credit":
                return self._credited(side, name)
            case "effect":
                return self._effect(side, premise)
            case "hearing":
                entry = self._entries[premise.part]
                if premise.part in outlook.hidden:
                    return Held("not in view")
                return Held("in view", entry)
            case "finding":
                return Held("not in view" if name in outlook.hidden_sources else "in view")

    def _once(self, side: Side, premise: Premise, words: str) -> str:
        """What a reading held before, where the two hold the same now: what tells them apart is of then."""
        edges = sorted({state.since for each in self.sides for state in each.outlook.states(premise.name)})
        edges = [edge for edge in edges if edge <= side.now]
        apart = [edge for edge in edges if len({meaning(_version(each, premise, edge)) for each in self.sides}) > 1]
        if not apart or apart[-1] == edges[-1]:
            return ""
        then = version_words(self.case, _version(side, premise, apart[-1]), premise.name, premise.part[1])
        until = side.outlook.clock.moment(edges[edges.index(apart[-1]) + 1])
        return "" if then == words else f"; until {instant_words(until)}: {then}"

    def _effect(self, side: Side, premise: Premise) -> Held:
        """Which acts of power took effect, of those that did so in one of the two readings alone."""
        mine, theirs = (self._orders(each, premise) for each in (side, self.sides[1 - self.sides.index(side)]))
        differing = [self._entries[order] for order in sorted(mine ^ theirs)]
        words = [
            f"“{act_words(each.act)}” took {'effect' if each.order in mine else 'no effect'}"
            for each in differing[:_MOST_NAMED]
        ]
        span = differing[0].act.span if differing else None
        return Held("; ".join(words) or ("took effect" if mine else "took no effect"), span=span)

    def _orders(self, side: Side, premise: Premise) -> set[int]:
        if premise.part == "use":
            lives = side.outlook.lives(side.reading, premise.name)
            return {order for life in lives for _, order in powers.uses_of(side.outlook, life)}
        found = powers.effects(side.outlook, side.reading, premise.name, premise.part)
        return {each.entry.order for each in found}

    def _source(self, side: Side, premise: Premise) -> Held:
        last = self._last_word(side, premise)
        if last is not None:
            return Held(act_words(last.act), last)
        wrote = owed.stance(side.outlook, side.reading, premise.name)
        return Held("wrote it", span=self.case.sources[premise.name].span) if wrote else Held(_NO_WORD)

    def _credited(self, side: Side, name: str) -> Held:
        mine = self.sides.index(side)
        differing: dict[Entry, dict[str, tuple[bool | None, ...]]] = {}
        for asserted, values in self._told_differently(name).items():
            differing.setdefault(asserted.entry, {}).setdefault(asserted.party, values)
        words = [
            f"{_CREDITS[value]} {whose}“{act_words(each.act)}”"
            for each, said in differing.items()
            for whose, value in _told_apart(said, mine)
        ]
        more = [] if len(words) <= _MOST_NAMED else [f"and {len(words) - _MOST_NAMED} more"]
        own = [
            each
            for each in _own_words(side, name, frozenset(["confirms", "disputes"]))
            if not differing or any(each is entry or each.follows(entry) for entry in differing)
        ]
        if not words:
            words = [act_words(own[-1].act)] if own else ["has not confirmed it"]
        span = next((each.act.span for each in differing), None)
        return Held("; ".join([*words[:_MOST_NAMED], *more]), own[-1] if own else None, span)


def _told_apart(said: dict[str, tuple[bool | None, ...]], mine: int) -> Iterator[tuple[str, bool | None]]:
    """What a reading makes of an act that two credit differently: of the whole, where that tells them apart, else of
    the word of each of its actors.
    """
    by_reading = zip(*said.values(), strict=True)
    whole = [next((each for each in (True, False) if each in values), None) for values in by_reading]
    if whole[0] is not whole[1]:
        yield "", whole[mine]
        return
    for party, values in said.items():
        yield f"{party}’s word in ", values[mine]


def _of_another(asserted: Assertion, about: Life) -> bool:
    """Whether what is asserted is another instance of the same family: a word on the one says nothing of the other."""
    thing = asserted.thing
    return isinstance(thing, Ref) and thing.name == about.name and thing.key is not None and str(thing.key) != about.key


def _credit(side: Side, asserted: Assertion, about: Life | None) -> bool | None:
    if asserted.entry.order in side.outlook.hidden:
        return None
    return credit(side.outlook, side.reading, asserted, about)


def _own_words(side: Side, name: str, verbs: frozenset[str]) -> list[Entry]:
    return [
        each for each in side.outlook.acts(name).all if each.verb in verbs and side.reading in each.parties
    ]  # fmt: skip


def _version(side: Side, premise: Premise, instant: int) -> object:
    slot: Slot = premise.part
    common, own = Text(side.outlook, side.reading, instant).layers(premise.name)
    return own[slot] if slot in own else common.get(slot)


def _label(premise: Premise) -> str:
    """The name that a premise is about, with its instance where it is one's."""
    if premise.table == "clause" and premise.part[0] is not None:
        return f"{premise.name}[{premise.part[0]}]"
    return premise.name
