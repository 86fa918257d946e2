"""The record as it is looked up: acts in their order, by the names they are about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from functools import cached_property

import msgspec

from servanda.model.case import Case
from servanda.model.conditions import Amount, Happening, Ref
from servanda.model.record import Act

from .clock import Clock
from .stretches import Instant

Thing = Ref | Amount | Happening
#: Under this name stand acts that name nothing, such as `closes` alone.
UNNAMED = ""
#: How far apart the orders of two acts are that follow each other: others may come between.
_ROOM = 1 << 32
#: With more acts than this that differ, a record is better put together afresh.
_MOST_CHANGED = 500


class Entry(msgspec.Struct, frozen=True, gc=False, eq=False):
    """An act with its instants: its latest and earliest, those of the performance it tells of, when it was known.

    `order` tells its place in the record; `parties` are those whose act it is.
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

    def is_closed_to(self, channels: frozenset[str]) -> bool:
        """Whether it was done over other channels alone."""
        return bool(self.act.channels) and not any(ref.name in channels for ref in self.act.channels)

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
            (self._entry(act, order * _ROOM) for order, act in enumerate(acts)), key=lambda each: each.place
        )
        #: No act of it has a higher order.
        self._last = len(self.entries) * _ROOM
        self.by_name: dict[str, list[Entry]] = {}
        #: The acts that are not in every view: done over a channel, or known later.
        self.guarded: list[Entry] = []
        #: Those of them that are known later than they were done, if only to some.
        self.known_later: list[Entry] = []
        self._closed: dict[frozenset[str], tuple[list[Instant], list[int]]] = {}
        for entry in self.entries:
            for name in names_of(entry.act):
                self.by_name.setdefault(name, []).append(entry)
            if entry.act.channels or entry.act.known is not None:
                self.guarded.append(entry)
                if entry.act.known is not None:
                    self.known_later.append(entry)

    def with_acts(self, acts: Iterable[Act]) -> tuple[Record, list[Entry]]:
        """The record with more acts, and these as entries. The first record stays as it is."""
        more = [self._entry(act, self._last + place * _ROOM) for place, act in enumerate(acts, 1)]
        return self._changed(more), more

    def of(self, acts: Sequence[Act]) -> tuple[Record, list[Entry], list[Entry]] | None:
        """The record with these acts instead, with those that it has more, and those that it has no more.

        None where acts changed places, very many differ, or there is no room left between two of them. The first record
        stays as it is.
        """
        known = {id(each.act): each.order for each in self.entries}
        taken = sorted(known.values())
        more: list[Entry] = []
        last = -_ROOM
        for act in acts:
            order = known.get(id(act))
            if order is None:
                behind = bisect_right(taken, last)
                order = (last + taken[behind]) // 2 if behind < len(taken) else last + _ROOM
                more.append(self._entry(act, order))
            if order <= last:
                return None
            last = order
        there = set(map(id, acts))
        gone = [each for each in self.entries if id(each.act) not in there]
        if len(more) + len(gone) > _MOST_CHANGED:
            return None
        return self._changed(more, gone), more, gone

    def _changed(self, more: Iterable[Entry], gone: Iterable[Entry] = ()) -> Record:
        """The same with some entries more, and some that it has not."""
        record = Record.__new__(Record)
        record.case, record.clock = self.case, self.clock
        more = list(more)
        record._last = max([self._last, *(each.order for each in more)])
        record.entries, record.by_name = self.entries.copy(), self.by_name.copy()
        record.guarded, record.known_later, record._closed = self.guarded.copy(), self.known_later.copy(), {}
        for entry in gone:
            for entries in (record.entries, record.guarded, record.known_later):
                if entry in entries:
                    entries.remove(entry)
            for name in names_of(entry.act):
                record.by_name[name] = [each for each in record.by_name[name] if each is not entry]
        for entry in more:
            insort(record.entries, entry, key=lambda each: each.place)
            for name in names_of(entry.act):
                record.by_name[name] = sorted([*record.by_name.get(name, ()), entry], key=lambda each: each.place)
            if entry.act.channels or entry.act.known is not None:
                insort(record.guarded, entry, key=lambda each: each.place)
                if entry.act.known is not None:
                    insort(record.known_later, entry, key=lambda each: each.place)
        return record

    def count_until(self, instant: Instant) -> int:
        """How many acts there are up to an instant, those at it included."""
        return bisect_left(self.entries, (instant + 1, -1), key=lambda each: each.place)

    def closed_to(self, channels: frozenset[str]) -> tuple[list[Instant], list[int]]:
        """The acts done over other channels alone, in the order of time: when they were done, and their orders."""
        found = self._closed.get(channels)
        if found is None:
            those = [each for each in self.guarded if each.is_closed_to(channels)]
            found = self._closed[channels] = [each.said for each in those], [each.order for each in those]
        return found

    def known_after(self, known: Instant, instant: Instant) -> list[Entry]:
        """The acts up to an instant that were known only after another, if only to some."""
        those = self.entries[: self.count_until(instant)] if known < instant else self.known_later
        return [each for each in those if each.said <= instant and each.known > known]

    @cached_property
    def by_order(self) -> dict[int, Entry]:
        """The acts by their order."""
        return {each.order: each for each in self.entries}

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
