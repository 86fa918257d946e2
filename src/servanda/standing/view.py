"""Views: in whose reading, at which instant, over which channels, known by when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from servanda.model.case import Case

from .record import Entry, Record
from .stretches import Instant

#: The neutral reading.
RECORD = "record"


class View(msgspec.Struct, frozen=True):
    """What a question is asked of."""

    reading: str
    at: Instant
    channels: frozenset[str]
    known: Instant


def channels_of(case: Case, reading: str, asked: frozenset[str] | None = None) -> frozenset[str]:
    """The channels that a reading's party is among (of the record, all), cut to those that are asked at."""
    own = frozenset(
        name
        for name, channel in case.channels.items()
        if reading == RECORD or any(case.party_of(ref.name) == reading for ref in channel.among)
    )
    return own if asked is None else own & asked


def hidden(record: Record, view: View) -> frozenset[int]:
    """The acts up to the view's date that do not count in it: done over other channels, or known later.

    Nothing that is known later is hidden from those who did it.
    """
    said, orders = record.closed_to(view.channels)
    closed = orders[: bisect_right(said, view.at)]
    late = (each.order for each in record.known_after(view.known, view.at) if view.reading not in each.parties)
    return frozenset(closed).union(late)


def hidden_of(acts: Iterable[Entry], view: View) -> frozenset[int]:
    """The same of a few acts."""
    return frozenset(each.order for each in acts if each.said <= view.at and not _visible(each, view))


def _visible(entry: Entry, view: View) -> bool:
    return not entry.is_closed_to(view.channels) and (entry.known <= view.known or view.reading in entry.parties)


def hidden_sources(case: Case, record: Record, view: View) -> frozenset[str]:
    """The sources not in a view, whatever its date: those via other channels, or dated after what was known."""
    gone = set()
    for name, source in case.sources.items():
        if source.via and not any(ref.name in view.channels for ref in source.via):
            gone.add(name)
            continue
        late = view.known < view.at and record.clock.pair(source.dated, "start")[1] > view.known
        if late and view.reading not in {case.party_of(ref.name) for ref in source.by}:
            gone.add(name)
    return frozenset(gone)
