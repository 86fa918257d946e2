"""What concessions cost: prices set by the user, and how often a way stays the cheapest when they vary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from .hitting import TOLERANCE
from .system import Concession, System
from .ways import Way

#: What is said of a concession of which less would do.
_LESS = re.compile(r": [^:]+ is enough$")
_DATE = re.compile(r"with a date|by \d{4}-\d{2}-\d{2}")


def named(concessions: Iterable[Concession], words: str) -> list[int]:
    """The places of the concessions that some words name: a kind, or words of their text, `…` for any.

    One of which less would do on a way is called as it is shown there, too.
    """
    concessions = tuple(concessions)
    found = [place for place, each in enumerate(concessions) if each.kind == words]
    for said in (words, _LESS.sub("", words), _DATE.sub("…", words)):
        found = found or _said(concessions, said)
    return found


def _said(concessions: tuple[Concession, ...], words: str) -> list[int]:
    parts = re.split(r"…|\.\.\.", plain(words))
    said = re.compile(".*".join(re.escape(part.strip()) for part in parts), re.IGNORECASE)
    return [place for place, each in enumerate(concessions) if said.search(plain(each.text))]


def plain(text: str) -> str:
    """Words without the quotes around titles."""
    return text.replace("“", "").replace("”", "")


def priced(system: System, prices: Mapping[int, float], by_kind: Mapping[str, float]) -> System:
    """The system with other prices: of every part of a kind, or of single concessions, shared by their parts."""
    found = []
    for place, each in enumerate(system.concessions):
        parts = each.parts
        if each.kind in by_kind:
            parts = tuple(msgspec.structs.replace(part, price=by_kind[each.kind]) for part in parts)
        if place in prices:
            parts = tuple(msgspec.structs.replace(part, price=prices[place] / len(parts)) for part in parts)
        found.append(msgspec.structs.replace(each, parts=parts))
    return msgspec.structs.replace(system, concessions=tuple(found))


def shares(system: System, ways: Sequence[Way], draw: Callable[[], float], rounds: int) -> list[float]:
    """How often each way is the cheapest of these, when each part's price is drawn anew in each round.

    What an owner gives by itself is one part in whichever concession it occurs; what it gives in an exchange, where
    something comes back at once, is another. Ways of the same parts share what they win.
    """
    columns: dict[tuple[object, ...], int] = {}
    asked = []
    for way in ways:
        own = []
        for place in way.concessions:
            concession = system.concessions[place]
            for number, part in enumerate(concession.parts):
                key = (part.owner, part.text, concession.kind == "exchange") if part.text else (place, number)
                own.append(columns.setdefault(key, len(columns)))
        asked.append(own)
    won = [0.0] * len(ways)
    for _ in range(rounds if ways else 0):
        drawn = [draw() for _ in columns]
        sums = [sum(map(drawn.__getitem__, own)) for own in asked]
        least = min(sums) + TOLERANCE
        first = [at for at, each in enumerate(sums) if each <= least]
        for at in first:
            won[at] += 1 / len(first)
    return [each / rounds if rounds else 0.0 for each in won]
