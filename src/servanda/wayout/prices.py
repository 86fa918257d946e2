"""What concessions cost: prices set by the user, and how often a way stays the cheapest when they vary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from .system import Concession, Part, System
from .ways import Way


def named(concessions: Iterable[Concession], words: str) -> list[int]:
    """The places of the concessions that some words name: a kind, or words of their text, `…` for any."""
    found = [place for place, each in enumerate(concessions) if each.kind == words]
    if found:
        return found
    parts = re.split(r"…|\.\.\.", words)
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

    A part that occurs in several concessions is one part.
    """
    columns: dict[tuple[str, str] | tuple[int, int], int] = {}
    asked = []
    for way in ways:
        own = []
        for place in way.concessions:
            for number, part in enumerate(system.concessions[place].parts):
                own.append(columns.setdefault(_key(part, place, number), len(columns)))
        asked.append(own)
    won = [0] * len(ways)
    for _ in range(rounds if ways else 0):
        drawn = [draw() for _ in columns]
        sums = [sum(drawn[column] for column in own) for own in asked]
        won[sums.index(min(sums))] += 1
    return [each / rounds if rounds else 0.0 for each in won]


def _key(part: Part, place: int, number: int) -> tuple[str, str] | tuple[int, int]:
    return (part.owner, part.text) if part.text else (place, number)
