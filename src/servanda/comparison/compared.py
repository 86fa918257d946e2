"""Two drafts of a case held against each other."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from servanda.model.case import Case
from servanda.standing import RECORD, Inquiry

from .consequences import Consequences, Drafts, Moved, Stretch, Ways, last_day
from .words import Change, changes


class Comparison(msgspec.Struct, frozen=True):
    """What differs between two drafts in words, and what follows from that, in the readings asked for, up to a day."""

    words: tuple[Change, ...]
    standings: tuple[Stretch, ...]
    deadlines: tuple[Moved, ...]
    ways: tuple[Ways, ...]
    readings: tuple[str, ...]
    end: datetime.date

    @property
    def without_consequence(self) -> bool:
        """Whether the drafts differ in words alone."""
        return not self.standings and not self.deadlines and not self.ways


def compared(
    one: Case,
    other: Case,
    readings: Iterable[str] | None = None,
    end: datetime.date | None = None,
    channels: frozenset[str] | None = None,
) -> Comparison | None:
    """Two drafts held against each other, up to a day: without one, until all that either names, or still
    has to be done then, is past.

    The readings are those of the parties of both, and the record's, unless some are named. None where neither draft
    names any day, so that nothing can be asked of them.
    """
    asked = tuple(readings) if readings is not None else (*{**one.parties, **other.parties}, RECORD)
    last = end or last_day((one, other))
    if last is None:
        return None
    drafts = Drafts(Inquiry(one), Inquiry(other), asked, last, channels)
    if end is None:
        drafts = drafts.to_the_end()
    found = Consequences(drafts)
    return Comparison(tuple(changes(one, other)), found.stretches(), found.moved(), found.ways(), asked, drafts.end)
