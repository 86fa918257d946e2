"""Who asserts what of the world, and whom each reading credits (semantics §2).

A claim is not a fact: an assertion counts in a reading when its party made or confirmed it, trusts its author, or it
goes against its author's interest. The party's own latest word on the same thing wins over all others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

import msgspec

from servanda.model.case import Case
from servanda.model.conditions import Amount, CameAbout, Condition, Happening, Ref, Value
from servanda.model.record import Act
from servanda.model.walk import parts

from .clock import Clock, Instant
from .view import RECORD, Entry

Key = tuple[str, ...]
_AFFIRMING = frozenset(["claims", "observes", "confirms"])


class Assertion(msgspec.Struct, frozen=True, gc=False):
    """That somebody says something of the world: when it was said, and when it was so by their word."""

    said: Instant
    since: Instant
    latest: Instant
    authors: tuple[str, ...]
    verb: str
    thing: Ref | Amount | Happening
    means: tuple[str, ...]
    act: Act


def name_of(thing: Ref | Amount | Happening) -> str:
    """The name under which acts on a thing are found: its own, or its item's or event's."""
    if isinstance(thing, Ref):
        return thing.name
    return thing.item.name if isinstance(thing, Amount) else thing.event.name


def thing_key(thing: Ref | Amount | Happening) -> Key:
    """What makes two things said the same thing."""
    if isinstance(thing, Ref):
        return ("name", thing.name, "" if thing.key is None else str(thing.key))
    if isinstance(thing, Amount):
        return (
            "amount", thing.item.name, thing.of.name if thing.of else "", thing.word.name,
            "%" if thing.percent else "", thing.unit.name if thing.unit else "",
        )  # fmt: skip
    return ("event", thing.event.name, *sorted(f"{each.name}={each.value}" for each in thing.arguments))


class Interest(msgspec.Struct, frozen=True):
    """Who bears a commitment and to whom it is owed, as far as it makes assertions admissions."""

    bearers: frozenset[str]
    counterparties: frozenset[str]


class Evidence:
    """All assertions in view, and the judgement of each reading on them, looking back from the view's date."""

    def __init__(
        self, case: Case, acts: Iterable[Entry], clock: Clock, interests: Mapping[Key, list[Interest]]
    ) -> None:
        self.case = case
        self.interests = interests
        self.by_key: dict[Key, list[Assertion]] = defaultdict(list)
        self.events: dict[str, list[Assertion]] = defaultdict(list)
        self._own_word: dict[tuple[str, Key], bool] = {}
        self._trust: dict[tuple[str, str], bool] = {}
        self._judged: dict[tuple[str, int], bool] = {}
        for entry in acts:
            self._take(entry, clock)

    def _take(self, entry: Entry, clock: Clock) -> None:
        act, verb = entry.act, entry.act.verb
        if verb == "trusts" or verb == "rejects":
            for thing in act.objects:
                if isinstance(thing, Ref):
                    for actor in entry.actors:
                        self._trust[actor, self.case.party_of(thing.name)] = verb == "trusts"
        if verb not in _AFFIRMING and verb != "disputes":
            return
        for thing in act.objects:
            key = thing_key(thing)
            for actor in entry.actors:
                self._own_word[actor, key] = verb != "disputes"
            if verb == "disputes":
                continue
            performed = act.performed
            since = entry.earliest if performed is None else clock.earliest(performed)
            latest = entry.instant if performed is None else clock.latest(performed)
            means = tuple(ref.name for ref in act.means)
            assertion = Assertion(entry.instant, since, latest, entry.actors, verb, thing, means, act)
            self.by_key[key].append(assertion)
            if isinstance(thing, Happening):
                self.events[thing.event.name].append(assertion)

    def disputed(self, reading: str, key: Key) -> bool:
        """Whether the reading's party disputes it, by its latest word."""
        return self._own_word.get((reading, key)) is False

    def word(self, reading: str, key: Key) -> bool | None:
        """The party's latest word on it: so, not so, or none."""
        return self._own_word.get((reading, key))

    def credited(self, reading: str, assertion: Assertion) -> bool:
        """Whether a reading takes an assertion for a fact."""
        memo = reading, id(assertion)
        judged = self._judged.get(memo)
        if judged is None:
            judged = self._judged[memo] = self._credit(reading, assertion)
        return judged

    def _credit(self, reading: str, assertion: Assertion) -> bool:
        key = thing_key(assertion.thing)
        interests = self.interests.get(_without_instance(key), [])
        if reading == RECORD:
            return self._in_record(assertion, key, interests)
        own = self._own_word.get((reading, key))
        if own is not None:
            return own
        return any(
            author == reading or self._trusts(reading, author, interests) for author in assertion.authors
        ) or self._admits(assertion, interests)

    def _trusts(self, reading: str, author: str, interests: list[Interest]) -> bool:
        trusted = self._trust.get((reading, author))
        if trusted is not None:
            return trusted
        return author in self.case.bodies and not any(author in each.bearers for each in interests)

    def _admits(self, assertion: Assertion, interests: list[Interest]) -> bool:
        """Whether it goes against its author's interest: the one it is owed to says done; the bearer, forbidden."""
        if isinstance(assertion.thing, Happening) and self._forbidden(assertion.thing):
            return any(
                author in each.bearers for each in self._forbidding(assertion.thing) for author in assertion.authors
            )
        return any(
            author in each.counterparties and author not in each.bearers
            for each in interests
            for author in assertion.authors
        )

    def _forbidding(self, thing: Happening) -> list[Interest]:
        return self.interests.get(("forbidden", thing.event.name), [])

    def _forbidden(self, thing: Happening) -> bool:
        return bool(self._forbidding(thing))

    def _in_record(self, assertion: Assertion, key: Key, interests: list[Interest]) -> bool:
        bearers = frozenset(party for each in interests for party in each.bearers)
        if any(author in self.case.bodies and author not in bearers for author in assertion.authors):
            return True
        for name in assertion.means:
            means = self.case.means.get(name)
            carriers = {self.case.party_of(ref.name) for ref in means.by} if means else set()
            if carriers and not carriers & bearers:
                return True
        if self._admits(assertion, interests):
            return True
        return any(
            not set(other.authors) <= set(assertion.authors) and _as_much(other, assertion)
            for other in self.by_key[key]
        )


def _as_much(other: Assertion, assertion: Assertion) -> bool:
    if isinstance(other.thing, Amount) and isinstance(assertion.thing, Amount):
        return other.thing.number >= assertion.thing.number
    return True


def _without_instance(key: Key) -> Key:
    return ("name", key[1], "") if key[0] == "name" else ("event", key[1]) if key[0] == "event" else key


Filter = Callable[[Assertion], bool]


def figure(assertions: Iterable[Assertion], admits: Filter, until: Instant) -> dict[str, Decimal]:
    """Each author's figure by then: its latest total, and the increments after it."""
    figures: dict[str, Decimal] = {}
    for each in assertions:
        if each.since > until or not isinstance(each.thing, Amount) or not admits(each):
            continue
        author = ", ".join(each.authors)
        number = Decimal(each.thing.number)
        figures[author] = figures.get(author, Decimal(0)) + number if each.thing.more else number
    return figures


def reached(amount: Amount, number: Decimal) -> bool:
    """Whether a figure is what an amount asks for; a bare number is at least that."""
    if amount.bound == "at most":
        return number <= amount.number
    if amount.bound == "more than":
        return number > amount.number
    return number >= amount.number


def matches(
    pattern: Happening, thing: Happening, scope: Mapping[str, Value], members: Callable[[str], set[str]]
) -> bool:
    """Whether an event that was told of is one of those that a pattern means."""
    told = {argument.name: argument.value for argument in thing.arguments}
    for argument in pattern.arguments:
        value = told.get(argument.name)
        if argument.term is not None:
            if value is None or (str(value) in members(argument.term.name)) == argument.negated:
                return False
        else:
            wanted = argument.value if argument.value is not None else scope.get(argument.name)
            if isinstance(wanted, str) and wanted in scope:
                wanted = scope[wanted]
            if wanted is not None and str(value) != str(wanted):
                return False
    return True


def asked(condition: Condition) -> Iterable[Key]:
    """The keys of what a condition asks of the world directly: amounts, events, names."""
    for part in parts(condition):
        if isinstance(part, Amount | Happening):
            yield _without_instance(thing_key(part))
        elif isinstance(part, CameAbout):
            yield ("name", part.ref.name, "")
