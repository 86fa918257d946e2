"""What happened: acts that mostly have to do with the commitments and with what they wait for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from .draft import Deed, Draft
from .plots import DEEDS, PLOTS, accepted
from .versions import version


@dataclass(frozen=True)
class Entry:
    """An act with the day, or the day and hour, that it is sorted by."""

    when: tuple[datetime.date, int]
    dating: str
    deed: Deed


def record(draft: Draft) -> Iterator[str]:
    """All acts, sorted by their days; those of one day in the order in which they were thought of."""
    entries: list[Entry] = []
    for owed in draft.owed:
        if draft.chance(80):
            entries += _at(draft, accepted(draft, owed), 0 if draft.chance(70) else draft.choose(4))
    for _ in range(3 + draft.choose(9)):
        owed = draft.one(draft.owed)
        deeds = DEEDS[draft.weighted(PLOTS)](draft, owed)
        entries += _at(draft, deeds, draft.busy_day() if draft.crowded else draft.choose(len(draft.days)))
    lines: list[str] = []
    if draft.chance(30):
        lines += written(draft, "", _undated(draft))
    for entry in sorted(entries, key=lambda each: each.when):
        lines += written(draft, f"{entry.dating} ", entry.deed)
    yield from lines


def written(draft: Draft, dating: str, deed: Deed) -> list[str]:
    words, actors = deed.words, ", ".join(dict.fromkeys(deed.actors))
    return [f"{dating}{actors} {words}", *(f"  {clause}" for clause in deed.clauses)]


def _at(draft: Draft, deeds: list[Deed], index: int) -> list[Entry]:
    """Deeds one after the other, on the same day or on later ones."""
    entries = []
    for deed in deeds:
        day = deed.day or draft.days[min(index, len(draft.days) - 1)]
        dating, hour = str(day), 24
        if draft.chance(18):
            hour = draft.one((10, 0, 18, 23))
            dating += f"T{hour:02d}:00"
        elif draft.chance(5):
            dating = f"~{dating}" if draft.chance(40) else f"{day - datetime.timedelta(days=2)}..{dating}"
        entries.append(Entry((day, hour), dating, _dressed(draft, deed, day)))
        if draft.chance(20 if draft.crowded else 60):
            index += 1
    return entries


def _dressed(draft: Draft, deed: Deed, day: datetime.date) -> Deed:
    """The clauses that go with any verb: `via`, `on`, `known`, `cites`, and words of one's own."""
    clauses = list(deed.clauses)
    bare = " via " not in " ".join(["", *clauses])
    if draft.channels and bare and draft.chance(12):
        clauses.append(f"via {draft.one(list(draft.channels))}")
    if deed.words.split()[0] in ("claims", "observes") and draft.chance(18):
        clauses.append(f"on {day - datetime.timedelta(days=1 + draft.choose(9))}")
    if draft.late_news and draft.chance(20):
        clauses.append(f"known {day + datetime.timedelta(days=draft.choose(12))}")
    if draft.chance(5):
        clauses.append(f"cites {draft.one(draft.sources).name}")
    if draft.chance(2):
        clauses.append('"in so many words"')
    return Deed(deed.actors, deed.words, tuple(clauses))


def _undated(draft: Draft) -> Deed:
    party = draft.one(draft.parties)
    match draft.weighted({"holds": 4, "trusts": 2, "recognises": 2, "rejects": 1}):
        case "holds":
            return version(draft, draft.one(draft.owed), party)
        case "trusts":
            return Deed((party,), f"trusts {draft.other([party])}")
        case "rejects":
            return Deed((party,), f"rejects {draft.one([*draft.bodies, 'goods'])}")
    return Deed((party,), f"recognises {draft.one(draft.sources).name}")
