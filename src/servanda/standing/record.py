"""The record as it is looked up: acts in their order, by the names they are about."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

import msgspec

from servanda.model.case import Case
from servanda.model.conditions import Amount, Happening, Ref
from servanda.model.record import Act

from .clock import Clock
from .stretches import Instant

Thing = Ref | Amount | Happening
#: Under this name stand acts that name nothing, such as `closes` alone.
UNNAMED = ""


class Entry(msgspec.Struct, frozen=True, gc=False, eq=False):
    """An act with its instants: its latest and earliest, those of the performance it tells of, when it was known.

    `order` is its place in the record; `parties` are those whose act it is.
    """

    said: Instant
    order: int
    early: Instant
    performed: Instant
    performed_early: Instant
    known: Instant
    parties: tuple[str, ...]
    verb: str
    act: Act

    @property
    def place(self) -> tuple[Instant, int]:
        """Its place in time: of tied words the later line wins."""
        return self.said, self.order

    def follows(self, other: Entry) -> bool:
        """Whether this can be a word on another: said later, or at the same instant.

        Of one author's tied words it is the later line; between authors the order of lines counts for nothing.
        """
        if self.said != other.said:
            return self.said > other.said
        return self.order > other.order or not set(self.parties) & set(other.parties)

    def about(self, name: str, key: str | None) -> bool:
        """Whether it names this instance, or the whole family."""
        for ref in self.act.objects:
            if isinstance(ref, Ref) and ref.name == name and (ref.key is None or key is None or str(ref.key) == key):
                return True
        return False

    def by(self, name: str) -> bool:
        """Whether it is the act of a party, a body, or a person."""
        return name in self.parties or any(actor.name == name for actor in self.act.actors)


def name_of(thing: Thing) -> str:
    """The name under which acts on a thing are found: its own, its item's or its event's."""
    if isinstance(thing, Ref):
        return thing.name
    return thing.item.name if isinstance(thing, Amount) else thing.event.name


def names_of(act: Act) -> set[str]:
    """All names under which an act is found: what it is about, what it was attempted on, the means it was seen by."""
    names = {name_of(thing) for thing in act.objects} or {UNNAMED}
    if act.on is not None:
        names.add(act.on.name)
    for means in act.means:
        names.add(means.name)
    return names


class Record:
    """All acts of a case, supposed ones included, in the order of time; and what they are about."""

    def __init__(self, case: Case, acts: Iterable[Act]) -> None:
        self.case = case
        self.clock = Clock(case.timezone)
        self.entries: list[Entry] = sorted(
            (self._entry(act, order) for order, act in enumerate(acts)), key=lambda each: each.place
        )
        self.by_name: dict[str, list[Entry]] = {}
        #: The acts that are not in every view: done over a channel, or known later.
        self.guarded: list[Entry] = []
        #: Those of them that are known later than they were done, if only to some.
        self.known_later: list[Entry] = []
        for entry in self.entries:
            for name in names_of(entry.act):
                self.by_name.setdefault(name, []).append(entry)
            if entry.act.channels or entry.act.known is not None:
                self.guarded.append(entry)
                if entry.act.known is not None:
                    self.known_later.append(entry)

    def with_acts(self, acts: Iterable[Act]) -> tuple[Record, list[Entry]]:
        """The record with more acts, and these as entries. The first record stays as it is."""
        record = Record.__new__(Record)
        record.case, record.clock = self.case, self.clock
        record.entries, record.by_name = self.entries.copy(), self.by_name.copy()
        record.guarded, record.known_later = self.guarded, self.known_later
        more = [self._entry(act, len(self.entries) + place) for place, act in enumerate(acts)]
        for entry in more:
            insort(record.entries, entry, key=lambda each: each.place)
            for name in names_of(entry.act):
                record.by_name[name] = sorted([*record.by_name.get(name, ()), entry], key=lambda each: each.place)
            if entry.act.channels or entry.act.known is not None:
                record.guarded = [*record.guarded, entry]
                if entry.act.known is not None:
                    record.known_later = [*record.known_later, entry]
        return record, more

    def count_until(self, instant: Instant) -> int:
        """How many acts there are up to an instant, those at it included."""
        return bisect_left(self.entries, (instant + 1, -1), key=lambda each: each.place)

    def guarded_in(self, instant: Instant, known: Instant) -> list[Entry]:
        """The acts that may be hidden from a view of an instant as it was known by another."""
        return self.entries[: self.count_until(instant)] if known < instant else self.guarded

    def _entry(self, act: Act, order: int) -> Entry:
        clock, case = self.clock, self.case
        early, said = clock.pair(act.dating, "act")
        performed_early, performed = early, said
        if act.performed is not None:
            performed_early, performed = clock.pair(act.performed, "act")
            if performed > said:
                performed_early, performed = min(performed_early, said), said
        known = said if act.known is None else max(said, clock.pair(act.known, "act")[1])
        actors = act.actors
        if len(actors) == 1:
            parties: tuple[str, ...] = (case.party_of(actors[0].name),)
        else:
            parties = tuple(dict.fromkeys(case.party_of(ref.name) for ref in actors))
        return Entry(said, order, early, performed, performed_early, known, parties, act.verb, act)
