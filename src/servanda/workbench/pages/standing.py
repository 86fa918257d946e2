"""Standing: what each side owes, a column for each reading, with the reasons unfolding in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from servanda.api.rows import Row
from servanda.standing.rows import by_bearers
from servanda.standing.wording import owing_words
from servanda.workbench.filter import Group, Toggle, Word, nearest, toggles_for, toggles_of, with_word
from servanda.workbench.sight import Sight
from servanda.workbench.wording import FAMILIES, counted, families_of, listed

KEYS = ("owed", "party", "status", "source", "differs", "kind", "name")
#: So many rows stand on one page; what is counted above them is counted over all.
PER_PAGE = 200
#: Of more sides that owe, or of more readings than these and the record, the sentence above the table gives sums alone.
MOST_SIDES = 2
#: Up to so many rows, each standing has its foremost reason beside it; beyond, the table is dense.
FEW = 60


class Tally(msgspec.Struct, frozen=True):
    """How many of a party's commitments stand how, in one reading; `resting` wait without being open."""

    open: int
    waiting: int
    resting: int
    done: int
    not_owed: int
    all: int

    @property
    def rest(self) -> int:
        """Open and not waiting."""
        return self.open - self.waiting


class Part(msgspec.Struct, frozen=True):
    """What one party owes, or several jointly: its tally in each reading, and its rows on this page."""

    bearers: tuple[str, ...]
    tallies: dict[str, Tally]
    rows: list[Row]

    @property
    def head(self) -> str:
        """What stands above it."""
        return f"{owing_words(self.rows).capitalize()} {listed(self.bearers) or 'nobody'}"


def answer(sight: Sight) -> dict[str, Any]:
    """The inventory, filtered; one page of its rows. Of one that is not known yet, the first rows, with no counts."""
    first = sight.first_rows
    rows = sight.inventory.rows if first is None else first
    found = sight.filter_by(KEYS)
    fitting = fitting_rows(rows, found)
    page, pages, shown = sight.paged(fitting, PER_PAGE)
    return {
        "title": "What each side owes",
        "said": said(sight, rows),
        "rows": rows,
        "fitting": fitting,
        "parts": list(parts_of(fitting, shown, sight.asked.readings if first is None else ())),
        "differing": sum(row.differs for row in rows),
        "few": first is None and len(shown) <= FEW,
        "open_rows": set(sight.more.get("why", "").split(",")),
        "page": page,
        "pages_of_rows": pages,
        "toggles": toggles(rows, found),
        "nearest": nearest(found, lambda without: len(fitting_rows(rows, without)), "commitment"),
    }


def fitting_rows(rows: Iterable[Row], found: Group) -> list[Row]:
    """The rows that a filter leaves."""
    return [row for row in rows if not found.parts or found.fits(facets(row), text_of(row))]


def facets(row: Row) -> dict[str, set[str]]:
    """What a row can be asked for."""
    statuses = {each.status.replace(" ", "-") for each in row.standings.values()}
    families = {
        each for standing in row.standings.values() for each in families_of(row.commitment.kind, standing.status)
    }
    bearers = {each.lower() for each in row.bearers} or {"nobody"}
    return {
        "owed": bearers | ({"joint"} if len(row.bearers) > 1 else set()),
        "party": bearers | {each.lower() for each in row.counterparties},
        "status": statuses | families,
        "source": {citation.source.name.lower() for citation in row.commitment.clauses.under},
        "differs": {"yes" if row.differs else "no"},
        "kind": {row.commitment.kind},
        "name": {row.label.lower()},
    }


def text_of(row: Row) -> str:
    """The words that a filter without a key looks through."""
    return f"{row.label} {row.commitment.title} {' '.join(row.bearers)}".lower()


def parts_of(fitting: Iterable[Row], shown: Iterable[Row], readings: tuple[str, ...]) -> Iterator[Part]:
    """Rows by those who owe them; parts of which nothing stands on this page are left out."""
    here = {id(row) for row in shown}
    for bearers, rows in by_bearers(fitting).items():
        on_page = [row for row in rows if id(row) in here]
        if on_page:
            yield Part(bearers, {each: tally(rows, each) for each in readings}, on_page)


def tally(rows: Iterable[Row], reading: str) -> Tally:
    """Count how rows stand in a reading."""
    there = [(row.commitment.kind, row.standings[reading].status) for row in rows if reading in row.standings]
    families = [families_of(*each) for each in there]

    def count(family: str) -> int:
        return sum(family in each for each in families)

    waiting = sum("open" in each and "waiting" in each for each in families)
    return Tally(count("open"), waiting, count("waiting") - waiting, count("done"), count("not-owed"), len(there))


def said(sight: Sight, rows: tuple[Row, ...]) -> str:
    """The page in two or three sentences: how many differ, and what each reading counts as open on each side."""
    if not rows:
        return "Nobody owes anything yet." if sight.case.commitments else "This case has no commitments yet."
    differing = sum(row.differs for row in rows)
    if len(sight.asked.readings) == 1:
        sentences = [f"There {'is' if len(rows) == 1 else 'are'} {counted(len(rows), 'commitment')}."]
    elif differing:
        sentences = [f"Those concerned differ on {differing:,} of {counted(len(rows), 'commitment')}."]
    else:
        sentences = [f"Those concerned agree on where all {counted(len(rows), 'commitment')} stand."]
    owing = by_bearers(rows)
    readings = sight.asked.readings
    if len(owing) > MOST_SIDES or len(readings) > MOST_SIDES + 1:
        return " ".join([*sentences, _in_all(rows, readings)])
    for reading in readings:
        counts = [
            f"{of_these.open:,} owed by {listed(bearers) or 'nobody'}{_waiting(of_these)}"
            for bearers, owned in owing.items()
            if (of_these := tally(owned, reading)).open
        ]
        name = "The record" if reading == "record" else f"The reading of {reading}"
        sentences.append(f"{name} counts {listed(counts)} as open." if counts else f"{name} counts nothing as open.")
    return " ".join(sentences)


def _in_all(rows: tuple[Row, ...], readings: tuple[str, ...]) -> str:
    """How much each reading counts as open, whoever owes it: of many sides the table says the rest."""
    counts = [
        f"{of_these.open:,}{_waiting(of_these)} {'by the record' if reading == 'record' else f'as {reading} reads it'}"
        for reading in readings
        for of_these in [tally(rows, reading)]
    ]
    return f"Open are {listed(counts)}."


def _waiting(of_these: Tally) -> str:
    return f" ({of_these.waiting:,} waiting)" if of_these.waiting else ""


def toggles(rows: tuple[Row, ...], found: Group) -> dict[str, list[Toggle]]:
    """The filters that most readers need, as switches that write the filter."""
    bearers = dict.fromkeys(name for row in rows for name in row.bearers)
    joint = ["joint"] if any(len(row.bearers) > 1 for row in rows) else []
    differs = Word("differs", "yes")
    return {
        "owed": toggles_of(found, "owed", [*bearers, *joint]),
        "status": list(toggles_for(found, "status", {each.replace("-", " "): each for each in FAMILIES})),
        "differs": [Toggle("only where they differ", differs in found.parts, with_word(found, differs) or None)],
    }
