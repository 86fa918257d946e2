"""Views: in whose reading, at which date, over which channels, known by when; and the acts that are in one."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.model.case import Case
from servanda.model.record import Act

from .clock import ALWAYS, Clock, Instant

#: The neutral reading.
RECORD = "record"


class View(msgspec.Struct, frozen=True):
    """What a question is asked of: reading, instant, channels (None: all that the reading is among), known by when."""

    reading: str
    at: Instant
    channels: frozenset[str] | None = None
    known: Instant | None = None


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An act in view: its place in the record's order, its first and last possible instant, whose acts it is."""

    order: int
    instant: Instant
    earliest: Instant
    actors: tuple[str, ...]
    act: Act


def entries(case: Case, acts: Iterable[Act], clock: Clock) -> tuple[Entry, ...]:
    """The acts as entries, in the order of their latest possible instants; ties in the order of the lines."""
    made = []
    for order, act in enumerate(acts):
        actors = tuple(case.party_of(ref.name) for ref in act.actors)
        if act.dating is None:
            made.append(Entry(order, ALWAYS, ALWAYS, actors, act))
        else:
            made.append(Entry(order, clock.latest(act.dating), clock.earliest(act.dating), actors, act))
    return tuple(sorted(made, key=lambda each: (each.instant, each.order)))


def channels_of(case: Case, reading: str) -> frozenset[str]:
    """The channels that a reading's party is among; of the record, all."""
    return frozenset(
        name
        for name, channel in case.channels.items()
        if reading == RECORD or reading in {case.party_of(ref.name) for ref in channel.among}
    )


def in_view(case: Case, every: tuple[Entry, ...], view: View, clock: Clock) -> tuple[Entry, ...]:
    """The acts that count in a view: done by its date, in its channels, known by then or the reading's own."""
    among = channels_of(case, view.reading)
    channels = among if view.channels is None else view.channels & among
    known = view.at if view.known is None else view.known
    return tuple(
        each
        for each in every
        if each.instant <= view.at
        and all(ref.name in channels for ref in each.act.channels)
        and (_known(each, clock) <= known or view.reading in each.actors)
    )


def _known(entry: Entry, clock: Clock) -> Instant:
    known = entry.act.known
    return entry.instant if known is None else max(entry.instant, clock.latest(known))
