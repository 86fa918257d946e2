"""When the record of a case closes: once everybody has closed it whose closing it needs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from .case import Case
from .conditions import Ref
from .record import Act
from .time import Dating, Moment


class Closing(msgspec.Struct, frozen=True):
    """A closing that took effect, of a source or (None) of the whole record: on which day, and by which acts."""

    source: str | None
    day: datetime.date
    acts: tuple[Act, ...]

    @property
    def leaving(self) -> tuple[Ref, ...]:
        """The commitments that those who closed it named as left open, each once."""
        return tuple({ref.name: ref for act in self.acts for ref in act.leaving}.values())


class HalfClosed(msgspec.Struct, frozen=True):
    """A source, or (None) the whole record, that some have closed; and those whose closing is missing."""

    source: str | None
    by: tuple[str, ...]
    missing: tuple[str, ...]


def closings(case: Case, acts: Iterable[Act]) -> tuple[Closing, ...]:
    """The closings among acts that took effect, the earliest first.

    A source is closed once all who it is by, to or signed by have closed it; the record, once every party has.
    """
    found = []
    for source, closing in _by_source(acts).items():
        needed = _needed(case, source)
        for at, act in enumerate(closing, 1):
            needed = needed and needed - {case.party_of(ref.name) for ref in act.actors}
            if needed is not None and not needed:
                found.append(Closing(source, _day(act), tuple(closing[:at])))
                break
    return tuple(sorted(found, key=lambda each: each.day))


def half_closed(case: Case, acts: Iterable[Act]) -> tuple[HalfClosed, ...]:
    """What some have closed, and others have not whose closing it needs, too."""
    found = []
    for source, closing in _by_source(acts).items():
        done = dict.fromkeys(case.party_of(ref.name) for act in closing for ref in act.actors)
        missing = (_needed(case, source) or frozenset()) - set(done)
        if missing:
            found.append(HalfClosed(source, tuple(done), tuple(sorted(missing))))
    return tuple(found)


def _by_source(acts: Iterable[Act]) -> dict[str | None, list[Act]]:
    """The closings of each source, or of the whole record (None), in the order of time."""
    found: dict[str | None, list[Act]] = {}
    dated = [act for act in acts if act.verb == "closes" and act.dating is not None]
    for act in sorted(dated, key=_day):
        sources: list[str | None] = [thing.name for thing in act.objects if isinstance(thing, Ref)]
        for source in dict.fromkeys(sources or [None]):
            found.setdefault(source, []).append(act)
    return found


def _day(act: Act) -> datetime.date:
    assert act.dating is not None
    return act.dating.latest.day


def _needed(case: Case, source: str | None) -> frozenset[str] | None:
    """Whose closing it takes; None where nobody knows."""
    if source is None:
        return frozenset(case.parties)
    return frozenset(case.parties_to(source)) if source in case.sources else None


def last_closing(case: Case, acts: Iterable[Act]) -> Dating | None:
    """The day on which the record was closed for the last time, if it was."""
    closed = closings(case, acts)
    if not closed:
        return None
    day = Moment(closed[-1].day)
    return Dating(day, day)
