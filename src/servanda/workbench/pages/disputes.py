"""Disputes: for each two readings, on which commitments they part, at which premise, and what would end it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import msgspec

from servanda.api.case import Case
from servanda.api.rows import Row
from servanda.readings import Difference, Dispute, History, Parting
from servanda.readings import Disputes as Found
from servanda.readings import partings as partings_of
from servanda.readings.questions import ASKED, QUESTIONS, in_words
from servanda.standing import RECORD
from servanda.workbench.asked import Slip
from servanda.workbench.sight import Sight
from servanda.workbench.steps import chart_of
from servanda.workbench.wording import counted, listed

from .standing import KEYS, fitting_rows

Pair = tuple[str, str]
#: With more disputes between two readings than this, bridges are looked for only where somebody asks for them.
MOST_UNASKED = 60
#: Of two readings on a server, so many rows stand on one page while bridges have not been looked for.
PER_PAGE = 100
#: With more acts in view than this, how disputes came and went is left to the command.
MOST_ACTS = 300


class Bridge(msgspec.Struct, frozen=True):
    """One smallest set of premises which, taken over by one reading from the other, would end a dispute.

    Without premises there is none; `why` says so then.
    """

    taker: str
    giver: str
    premises: tuple[Difference, ...] = ()
    why: str = ""


class Parted(msgspec.Struct, frozen=True):
    """A commitment on which two readings part: at which question, and what each says to it.

    `place` is where its row stands on the page. Once bridges have been looked for: `alone` are the readings that would
    come round by the premise that it stands under, `others` its other bridges, and the directions that have none.
    """

    label: str
    place: str
    title: str
    question: str
    statuses: dict[str, str]
    answers: dict[str, str]
    alone: tuple[str, ...] = ()
    others: tuple[Bridge, ...] = ()
    complete: bool = True


class Part(msgspec.Struct, frozen=True):
    """A premise that would end disputes, with those that stand under it; without one, those that none would end.

    `ends` counts the disputes that it would end alone, in either direction, shown or not; `takers`, by the reading that
    would take the other's, how many of those shown would end with that.
    """

    place: str
    premise: Difference | None
    ends: int
    rows: tuple[Parted, ...]
    takers: dict[str, int]


class Section(msgspec.Struct, frozen=True):
    """Two readings beside each other. `shown` counts what fits; of more than fits on a page, `rows` are those of one.

    `parts` is None until bridges have been looked for.
    """

    pair: Pair
    place: str
    count: int
    shown: int
    rows: tuple[Parted, ...]
    parts: tuple[Part, ...] | None = None
    apart: tuple[Difference, ...] = ()
    complete: bool = True
    page: int = 1
    pages: int = 1


def answer(sight: Sight) -> dict[str, Any]:
    """Where the readings asked for part, pair by pair; bridges where they are known, or were asked for."""
    found = sight.filter_by(KEYS)
    every = pairs_of(sight)
    named = _named(sight, every)
    pairs = [named] if named else every
    fitting = {row.label for row in fitting_rows(sight.inventory, found)}
    rows = {row.label: row for row in sight.inventory}
    parted = partings(sight, every)
    places = _places(pairs, parted)
    part = sight.more.get("part")
    whole = not sight.links.live or "worked" in sight.more
    shown = [pair for pair in pairs if part in (None, place_of(pair))]
    sections = [
        section_of(sight, pair, parted[pair], fitting, rows, places, whole=whole or sight.has_kept("disputes", pair))
        for pair in shown
    ]
    return {
        "title": "Where the readings part",
        "said": said(sight, pairs, parted),
        "every": [(pair, place_of(pair), len({each.label for each in parted[pair]})) for pair in every],
        "named": named,
        "sections": sections,
        "shown": sum(each.shown for each in sections),
        "count": sum(each.count for each in sections),
        "most_unasked": MOST_UNASKED,
        "titles": {name: each.title or name for name, each in sight.case.commitments.items()},
        "history": over_time(sight, tuple(pairs)) if whole and sight.more.get("part") in (None, "history") else None,
        "history_asked": part == "history",
        "commitments": len(rows),
    }


def pairs_of(sight: Sight) -> list[Pair]:
    """Each two of the parties whose readings are asked for; where there are no two, with the record's."""
    readings = sight.asked.readings
    parties = [each for each in readings if each != RECORD]
    return list(combinations(parties if len(parties) > 1 else readings, 2))


def place_of(pair: Pair) -> str:
    """What a pair is called in addresses."""
    return "~".join(pair)


def _named(sight: Sight, every: list[Pair]) -> Pair | None:
    """The two readings that the address names, in whichever order; the record's may be one of them."""
    words = sight.more.get("between", "")
    if not words:
        return None
    there = (*sight.case.parties, RECORD)
    found = tuple(each for each in there if each in words.split("~"))
    if len(found) != 2:
        sight.slips.append(Slip("between", words[:80], f"it names two of {', '.join(there)}, with ~ between them"))
        return None
    pair = (found[0], found[1])
    if pair not in every:
        every.append(pair)
    return pair


def partings(sight: Sight, pairs: Iterable[Pair]) -> dict[Pair, tuple[Parting, ...]]:
    """Where each two readings part, told at once."""
    asked, wanted = sight.asked, tuple(pairs)

    def make() -> tuple[Parting, ...]:
        rows = sight.inventory.rows if {*asked.readings}.issuperset(each for pair in wanted for each in pair) else None
        return partings_of(sight.case.inquiry, asked.at, wanted, sight.over, asked.known, rows)

    found: dict[Pair, list[Parting]] = {pair: [] for pair in wanted}
    for each in sight.kept("partings", wanted, make=make) if wanted else ():
        found[each.readings].append(each)
    return {pair: tuple(each) for pair, each in found.items()}


def _places(pairs: Iterable[Pair], parted: Mapping[Pair, tuple[Parting, ...]]) -> dict[tuple[Pair, str], str]:
    """Where each row stands on the page: a commitment's first by its own name, so that other pages can point at it."""
    found: dict[tuple[Pair, str], str] = {}
    taken: set[str] = set()
    for pair in pairs:
        for each in parted[pair]:
            found[pair, each.label] = each.label if each.label not in taken else f"{each.label}~{place_of(pair)}"
            taken.add(each.label)
    return found


def section_of(
    sight: Sight, pair: Pair, parted: tuple[Parting, ...], fitting: set[str], rows: Mapping[str, Row],
    places: Mapping[tuple[Pair, str], str], *, whole: bool,
) -> Section:  # fmt: skip
    """One pair's part of the page."""

    def title(name: str) -> str:
        return sight.case.commitments[name].title or name

    def kind(name: str) -> str:
        return sight.case.commitments[name].kind

    def fits(label: str) -> bool:
        return label in fitting or label not in rows

    asked, place = sight.asked, place_of(pair)
    count = len({each.label for each in parted})
    seen: Sequence[Parting] = [each for each in parted if fits(each.label)]
    shown = len(seen)
    if not whole:
        page, pages = 1, 1
        if sight.links.live:
            page, pages, seen = _page(sight, seen)
        told = tuple(
            Parted(
                each.label, places[pair, each.label], title(each.name), ASKED[QUESTIONS[each.place]],
                {reading: _status(rows, each.label, reading) for reading in pair},
                _answers(QUESTIONS[each.place], {reading: in_words(each.place, given, kind(each.name))
                                                 for reading, given in zip(pair, each.given, strict=True)}),
            )
            for each in seen
        )  # fmt: skip
        return Section(pair, place, count, shown, told, page=page, pages=pages)
    found: Found = sight.kept_beside(
        "disputes", pair,
        make=lambda case: case.disputes(asked.at, between=pair, channels=asked.channels, known=asked.known).found,
    )  # fmt: skip
    here = [each for each in found.disputes if fits(each.commitment)]

    def told_of(each: Dispute, premise: str = "") -> Parted:
        alone, others = _bridges(each, premise)
        return Parted(
            each.commitment, places[pair, each.commitment], title(each.name), each.asked, each.statuses,
            _answers(each.question, each.answers), alone, others, each.complete or not any(each.bridges.values()),
        )  # fmt: skip

    return Section(
        pair, place, count, shown, tuple(map(told_of, here)), tuple(_parts(found, here, told_of, place)),
        tuple(each for _, each in found.without_consequence), all(each.complete for each in found.disputes),
    )  # fmt: skip


def _page(sight: Sight, parted: Sequence[Parting]) -> tuple[int, int, Sequence[Parting]]:
    """The number of a page, how many there are, and what is on it: the page asked for, or that of one commitment."""
    about = sight.more.get("about")
    at = next((at for at, each in enumerate(parted) if each.label == about), None)
    if at is None:
        return sight.paged(parted, PER_PAGE)
    page = at // PER_PAGE
    return page + 1, -(-len(parted) // PER_PAGE), parted[page * PER_PAGE : (page + 1) * PER_PAGE]


def _answers(question: str, answers: dict[str, str]) -> dict[str, str]:
    """What each reading answers, where its status does not say it already."""
    return {} if question in ("owed", "done") else answers


def _status(rows: Mapping[str, Row], label: str, reading: str) -> str:
    standing = rows[label].standings.get(reading) if label in rows else None
    return "not there" if standing is None else standing.status


def _parts(found: Found, shown: list[Dispute], told_of: Callable[..., Parted], place: str) -> Iterator[Part]:
    """The disputes under the premises that would end most of them, each under the first that would end it."""
    left = list(found.disputes)
    number = 0
    for ranked in found.ranked():
        ended = [each for each in left if each in ranked.ends]
        if not ended:
            continue
        left = [each for each in left if each not in ended]
        premise = next(each for dispute in ended for each in dispute.premises if each.id == ranked.premise)
        number += 1
        rows = tuple(told_of(each, ranked.premise) for each in ended if each in shown)
        if rows:
            takers = Counter(taker for row in rows for taker in row.alone)
            yield Part(f"{place}~{number}", premise, len(ranked.ends), rows, dict(takers))
    rows = tuple(told_of(each) for each in left if each in shown)
    if rows:
        yield Part(f"{place}~none", None, 0, rows, {})


def _bridges(dispute: Dispute, premise: str) -> tuple[tuple[str, ...], tuple[Bridge, ...]]:
    """Who would come round by one premise alone; and the other bridges, with the directions in which there is none."""
    one, other = dispute.readings
    takers = {one: other, other: one}
    told = {each.id: each for each in dispute.premises}
    others: list[Bridge] = []
    for giver, sets in dispute.bridges.items():
        others += [
            Bridge(takers[giver], giver, tuple(told[each] for each in bridge))
            for bridge in sets
            if bridge != (premise,)
        ]
        if not sets:
            others.append(Bridge(takers[giver], giver, why=dispute.no_bridge[giver]))
    return tuple(takers[giver] for giver, sets in dispute.bridges.items() if (premise,) in sets), tuple(others)


def said(sight: Sight, pairs: list[Pair], parted: Mapping[Pair, tuple[Parting, ...]]) -> str:
    """The page in a sentence or two."""
    if not pairs:
        return "It takes two readings to part."
    if not len(sight.inventory):
        return "Nobody owes anything yet."
    counts = [
        f"{' and '.join(_whose(each) for each in pair)} part on {len({each.label for each in parted[pair]}):,}"
        for pair in pairs if parted[pair]
    ]  # fmt: skip
    if not counts:
        return "On this date, over these channels, they agree on where every commitment stands."
    inventory = sight.inventory
    return (
        f"Those concerned differ on {len(inventory.differing):,} of {counted(len(inventory), 'commitment')}. "
        f"Held side by side, whoever is concerned, {listed(counts)}. "
        "Differences stand in the order of how many disputes each would end; that says nothing about who is right."
    )


def _whose(reading: str) -> str:
    return "the record" if reading == RECORD else reading


def over_time(sight: Sight, pairs: tuple[Pair, ...]) -> dict[str, Any]:
    """How the disputes came and went up to the date: a chart, and the moments at which something changed.

    `told` is None where that is too long a story for a page.
    """
    asked = sight.asked
    if not pairs or len(sight.acts) > MOST_ACTS:
        return {"told": None}

    def make(case: Case) -> History:
        return case.disputes_over_time(asked.at, between=pairs, channels=asked.channels, known=asked.known)

    found = sight.kept_beside("history of disputes", pairs, make=make)
    days = [each.at.latest.day for each in found.moments]
    length = (asked.day - days[0]).days + 1
    chart = chart_of(
        [(day - days[0]).days / length for day in days],
        {place_of(pair): [each.counts[pair] for each in found.moments] for pair in pairs},
    )
    moments = [each for each in found.moments if any(each.begun[pair] or each.ended[pair] for pair in pairs)]
    return {"told": found, "chart": chart, "moments": moments, "pairs": pairs, "first": days[0]}
