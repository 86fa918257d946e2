"""How disputes came and went along the record, act by act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from servanda.model.record import Act
from servanda.model.time import Dating
from servanda.standing import Inquiry

from .disputes import partings

Pair = tuple[str, str]


class Moment(msgspec.Struct, frozen=True):
    """An instant of the record: its acts, on how many commitments each two readings part then, and what changed.

    `begun` and `ended` are, by pair, the commitments on which the two have parted since the moment before, and those on
    which they part no longer.
    """

    at: Dating
    acts: tuple[Act, ...]
    counts: dict[Pair, int]
    begun: dict[Pair, tuple[str, ...]]
    ended: dict[Pair, tuple[str, ...]]


class History(msgspec.Struct, frozen=True):
    """The moments of a record at which something was said or done, up to a date."""

    pairs: tuple[Pair, ...]
    moments: tuple[Moment, ...]


def history(
    inquiry: Inquiry,
    acts: Iterable[Act],
    pairs: Iterable[Pair],
    end: Dating,
    channels: frozenset[str] | None = None,
    known: Dating | None = None,
) -> History:
    """How the disputes between these readings came and went with these acts, and where they are at the end.

    An act counts from its latest moment on; acts of one moment come together. What time alone has changed shows at
    the next act.
    """
    asked = tuple(pairs)
    moments = list(_moments(inquiry, acts, end))
    found: list[Moment] = []
    before: dict[Pair, tuple[str, ...]] = dict.fromkeys(asked, ())
    for at, together in moments:
        now = dict.fromkeys(asked, tuple[str, ...]())
        for each in partings(inquiry, at, asked, channels, known):
            now[each.readings] += (each.label,)
        found.append(
            Moment(
                at,
                together,
                {pair: len(those) for pair, those in now.items()},
                {pair: tuple(each for each in now[pair] if each not in before[pair]) for pair in asked},
                {pair: tuple(each for each in before[pair] if each not in now[pair]) for pair in asked},
            )
        )
        before = now
    return History(asked, tuple(found))


def _moments(inquiry: Inquiry, acts: Iterable[Act], end: Dating) -> Iterator[tuple[Dating, tuple[Act, ...]]]:
    """The moments from which acts count, each with its acts; last the end, where it has none of its own."""
    clock = inquiry.clock
    together: dict[int, list[Act]] = {}
    dates: dict[int, Dating] = {}
    last = clock.pair(end, "act")[1]
    for act in acts:
        if act.dating is not None and (instant := clock.pair(act.dating, "act")[1]) <= last:
            together.setdefault(instant, []).append(act)
            dates[instant] = Dating(act.dating.latest, act.dating.latest)
    for instant in sorted({*together, last}):
        yield dates.get(instant, end), tuple(together.get(instant, ()))
