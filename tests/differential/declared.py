"""Who there is, which papers, what is counted, and what can happen: the declarations of a case."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from .draft import Draft, Matter, Means, Source

#: Days from which a case goes on for some weeks: over a change of clocks, the end of a month, a leap day, holidays.
BEGINNINGS = ("2031-03-20", "2031-01-27", "2031-03-03", "2031-10-20", "2032-02-24", "2031-12-15", "2031-04-28")
ZONES = ("Etc/UTC", "Europe/Vienna", "America/New_York")
SHIPS = ("Argo", "Briga")


def declarations(draft: Draft) -> Iterator[str]:
    """All that is declared before the commitments."""
    yield f'case "Made up" timezone {draft.one(ZONES)}'
    if draft.chance(35):
        yield f"  calendar {draft.one(('DE', 'US', 'AT'))}"
    _timeline(draft)
    yield from _who(draft)
    yield from _channels(draft)
    yield from _sources(draft)
    yield from _world(draft)
    yield from _means(draft)


def _timeline(draft: Draft) -> None:
    draft.first = datetime.date.fromisoformat(draft.one(BEGINNINGS))
    day, draft.days = draft.first, []
    for _ in range(7):
        draft.days.append(day)
        day += datetime.timedelta(days=1 if draft.crowded and 1 < len(draft.days) < 6 else 1 + draft.choose(7))


def _who(draft: Draft) -> Iterator[str]:
    for name in ("Ada", "Bo", "Cy")[: 2 + draft.chance(45)]:
        draft.parties.append(name)
        draft.voices[name] = [name]
        yield f"party {name}" + (f" calendar {draft.one(('AT', 'DE', 'US'))}" if draft.chance(12) else "")
    for name in ("Watch", "Bench")[: draft.weighted({1: 5, 2: 2, 0: 2})]:
        draft.bodies.append(name)
        yield f"body {name}"
    if draft.chance(20):
        party = draft.one(draft.parties)
        draft.voices[party].append("Pia")
        yield f"person Pia for {party}"
    if draft.chance(12):
        party = draft.one(draft.parties)
        draft.voices[party].append("Office")
        yield f"body Office for {party}"


def _channels(draft: Draft) -> Iterator[str]:
    if draft.chance(25):
        among = draft.some(draft.parties, 2, 2) if draft.chance(85) else draft.some(draft.parties, 1, 1)
        draft.channels["back"] = among
        yield f"channel back among {', '.join(among)}"
    if draft.chance(10):
        draft.channels["hall"] = [*draft.parties, *draft.bodies]
        yield f"channel hall among {', '.join(draft.channels['hall'])}"


def _sources(draft: Draft) -> Iterator[str]:
    kinds = ["letter", "pact", "note", "draft-text"][: 1 + draft.choose(4)]
    if draft.chance(35):
        kinds = kinds[::-1] if len(kinds) > 1 else ["pact"]
    for name in kinds:
        source = Source(name, [], [], [])
        if name == "pact":
            source.authors = draft.some(draft.parties, 1)
            source.signers = draft.some(draft.parties, 2)
        elif name == "draft-text":
            source.authors = draft.some(draft.parties, 1, 1)
            source.signers = draft.some(draft.parties, 2)
        else:
            source.authors = draft.some(draft.parties, 1, 2)
            source.to = draft.some([each for each in draft.parties if each not in source.authors], 1)
        draft.sources.append(source)
        # inexact dates, and dates within the record, are rare: something has to come to rest on the paper
        dated = draft.first - datetime.timedelta(days=1) if draft.chance(85) else draft.days[1]
        yield f"source {name} dated {'~' if draft.chance(4) else ''}{dated}"
        yield f"  by {', '.join(source.authors)}" + (f" to {', '.join(source.to)}" if source.to else "")
        if source.signers:
            yield f"  signed by {', '.join(source.signers)}"
        if name in ("note", "letter") and draft.channels and draft.chance(30):
            yield f"  via {draft.one(list(draft.channels))}"


def _world(draft: Draft) -> Iterator[str]:
    draft.items = ["crates", "barrels"][: 1 + draft.chance(50)]
    for item in draft.items:
        yield f"item {item} counted moved"
    draft.goods = draft.some(draft.items)
    yield f"term goods = {', '.join(draft.goods)}"
    yield f"term allies = {', '.join(draft.parties if draft.chance(60) else draft.some(draft.parties, 1))}"
    draft.events = ["arrives", "checked"]
    yield "event arrives(ship, port)"
    yield "event checked(ship)"
    for name in ("calm", "flood", "ready")[: 1 + draft.choose(3)]:
        draft.matters.append(Matter(name, 0, None))
        yield f"matter {name}"


def _means(draft: Draft) -> Iterator[str]:
    for name in ("survey", "tally")[: draft.weighted({1: 3, 2: 3, 0: 1})]:
        by = draft.one([*draft.bodies, *draft.parties]) if name == "survey" else draft.one(draft.parties)
        consent_of = draft.some(draft.parties, 1, 2) if draft.chance(45) else []
        draft.means.append(Means(name, by, consent_of))
        yield f"means {name} by {by}"
        if consent_of:
            yield f"  consent of {', '.join(consent_of)}"
