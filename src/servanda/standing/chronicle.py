"""The acts that somebody's answer is about: which of them are in view, and on which day of the case each one stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from servanda.model.case import Case
from servanda.model.record import Act
from servanda.model.time import Dating, Moment

from . import RECORD

#: A day of the case's time zone, and a minute of it; the end of the day where no hour is known.
Place = tuple[datetime.date, int]
_END_OF_DAY = 24 * 60
_START: Place = datetime.date.min, 0


def place_of(case: Case, moment: Moment) -> Place:
    """Where a moment stands: its day and minute on the clocks of the case."""
    if moment.minute is None:
        return moment.day, _END_OF_DAY
    if moment.offset is None:
        return moment.day, moment.minute
    zone = datetime.timezone(datetime.timedelta(minutes=moment.offset))
    written = datetime.datetime.combine(moment.day, datetime.time(*divmod(moment.minute, 60)), zone)
    here = written.astimezone(ZoneInfo(case.timezone))
    return here.date(), here.hour * 60 + here.minute


def done_at(case: Case, act: Act) -> Place | None:
    """From when on an act counts: the latest moment that its date allows; None where it held from the start."""
    return None if act.dating is None else place_of(case, act.dating.latest)


def known_at(case: Case, act: Act) -> Place | None:
    """From when on others than its actor knew of an act."""
    done = done_at(case, act)
    if done is None or act.known is None:
        return done
    return max(done, place_of(case, act.known.latest))


class Placed(NamedTuple):
    """An act with the places from which it counts and from which others than its actor knew of it; None: always."""

    act: Act
    done: Place | None
    known: Place | None


def placed(case: Case, acts: Iterable[Act]) -> tuple[Placed, ...]:
    """Acts with their places, in the order of time; ties as they are written."""
    found = []
    for act in acts:
        done = done_at(case, act)
        found.append(Placed(act, done, done if act.known is None else known_at(case, act)))
    return tuple(sorted(found, key=lambda each: each.done or _START))


def acts_in_view(
    case: Case,
    acts: Iterable[Act],
    readings: Iterable[str],
    at: Dating,
    channels: frozenset[str] | None = None,
    known: Dating | None = None,
) -> tuple[Act, ...]:
    """The acts that are in view in one of these readings at least, in the order of time; ties as they are written."""
    return in_view(case, placed(case, acts), readings, at, channels, known)


def in_view(
    case: Case,
    acts: Iterable[Placed],
    readings: Iterable[str],
    at: Dating,
    channels: frozenset[str] | None = None,
    known: Dating | None = None,
) -> tuple[Act, ...]:
    """The same of acts that have their places already."""
    among = {each: _among(case, each) if channels is None else _among(case, each) & channels for each in readings}
    anybody = frozenset().union(*among.values())
    limit = place_of(case, at.latest)
    by = limit if known is None else place_of(case, known.latest)

    def seen(each: Placed) -> bool:
        act, done, learned = each
        if done is not None and done > limit:
            return False
        through = act.channels
        if learned is None or learned <= by:
            return not through or any(ref.name in anybody for ref in through)
        actors = {case.party_of(ref.name) for ref in act.actors}
        return any(
            each in actors and (not through or any(ref.name in here for ref in through)) for each, here in among.items()
        )

    return tuple(each.act for each in acts if seen(each))


def _among(case: Case, reading: str) -> frozenset[str]:
    return frozenset(
        name
        for name, channel in case.channels.items()
        if reading == RECORD or reading in {case.party_of(ref.name) for ref in channel.among}
    )
