"""Record: all acts, those outside the view marked as outside; filtered, sorted, a page of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from servanda.model.commitments import Citation
from servanda.model.record import Act
from servanda.standing.record import names_of
from servanda.workbench.asked import Slip
from servanda.workbench.filter import Group, Toggle, nearest, toggles_of
from servanda.workbench.sight import Sight
from servanda.workbench.wording import counted, day_words, words_after_date

KEYS = ("party", "verb", "source", "channel", "quote", "view", "name")
#: What an order is called in addresses, and on the page.
ORDERS = {"time": "Date", "file": "Place", "source": "Source and quote"}
#: What became of a quote, as the filter has it: found word for word, found damaged, not found, or no text to look in.
QUOTES = ("found", "damaged", "not-found", "unchecked", "none")
PER_PAGE = 200


class Quote(msgspec.Struct, frozen=True):
    """A citation of an act: its source, its words, and what became of them; `line` is where they were found."""

    source: str
    words: str
    became: str
    line: int | None


class Entry(msgspec.Struct, frozen=True):
    """An act with its number in the record; why it is outside the view, where it is."""

    act: Act
    number: int
    why: str
    quotes: tuple[Quote, ...]


def answer(sight: Sight) -> dict[str, Any]:
    """One page of the acts that fit the filter, in the order asked for."""
    order = sight.more.get("sort", "time")
    if order not in ORDERS:
        sight.slips.append(Slip("sort", order[:20], f"there is {', '.join(ORDERS)}"))
        order = "time"
    found = sight.filter_by(KEYS)
    became = _became(sight)
    acts = [each.act for each in sight.chronicle]
    fitting = [act for act in acts if _fits(sight, found, act, became)] if found.parts else acts
    fitting.sort(key=_order(order))
    page, pages, shown = sight.paged(fitting, PER_PAGE)
    return {
        "title": "The record",
        "said": _said(sight, acts, became),
        "acts": acts,
        "fitting": fitting,
        "entries": [
            Entry(act, sight.number(act), sight.why_outside(act), tuple(_quotes(act, became))) for act in shown
        ],
        "checked": bool(became),
        "orders": ORDERS,
        "order": order,
        "page": page,
        "pages_of_acts": pages,
        "toggles": _toggles(sight, found),
        "nearest": nearest(found, lambda without: sum(_fits(sight, without, act, became) for act in acts), "act")
        if acts and not fitting
        else None,
    }


def facets(sight: Sight, act: Act, became: dict[int, tuple[str, int | None]]) -> dict[str, set[str]]:
    """What an act can be asked for."""
    actors = {ref.name for ref in act.actors}
    return {
        "party": {each.lower() for each in actors | {sight.case.party_of(each) for each in actors}},
        "verb": {act.verb},
        "source": {each.source.name.lower() for each in act.citations},
        "channel": {ref.name.lower() for ref in act.channels} or {"public"},
        "quote": {became.get(id(each), ("unchecked", None))[0] for each in act.citations if each.quote} or {"none"},
        "view": {"outside" if sight.is_outside(act) else "after" if sight.is_ahead(act) else "in"},
        "name": {each.lower() for each in names_of(act)},
    }


def _fits(sight: Sight, found: Group, act: Act, became: dict[int, tuple[str, int | None]]) -> bool:
    beside = [act.note.value if act.note else "", *(each.quote.value for each in act.citations if each.quote)]
    text = " ".join([words_after_date(act), *beside]).lower()
    return found.fits(facets(sight, act, became), text)


def _became(sight: Sight) -> dict[int, tuple[str, int | None]]:
    """What became of each quote, by the identity of its citation; those that are not there were not checked."""
    quotes = sight.copy.loaded.quotes
    found: dict[int, tuple[str, int | None]] = {id(each): ("not-found", None) for each in quotes.not_found}
    for each in quotes.anchors:
        found[id(each.citation)] = "damaged" if each.place.found == "fuzzy" else "found", each.line
    return found


def _quotes(act: Act, became: dict[int, tuple[str, int | None]]) -> Iterator[Quote]:
    for each in act.citations:
        if each.quote is None:
            yield Quote(each.source.name, "", "none", None)
        else:
            how, line = became.get(id(each), ("unchecked", None))
            yield Quote(each.source.name, each.quote.value, how, line)


def _order(order: str) -> Callable[[Act], Any]:
    """The order of a column; the chronicle is in the order of time already, and equal ones stay in it."""
    if order == "file":
        return lambda act: (act.span.file.path, act.span.start, act.row or 0)
    if order == "source":
        return lambda act: (not act.citations, [_cited(each) for each in act.citations])
    return lambda act: 0


def _cited(citation: Citation) -> tuple[str, str]:
    return citation.source.name, citation.quote.value if citation.quote is not None else ""


def _toggles(sight: Sight, found: Group) -> dict[str, list[Toggle]]:
    """The filters that most readers need, as switches that write the filter."""
    case = sight.case
    there = {word for act in case.acts for word in (act.verb, *(case.party_of(ref.name) for ref in act.actors))}
    channels = [each for each in case.channels if any(ref.name == each for act in case.acts for ref in act.channels)]
    outside = any(sight.is_outside(act) for act in case.acts)
    return {
        "Done by": toggles_of(found, "party", [each for each in (*case.parties, *case.bodies) if each in there]),
        "Over": toggles_of(found, "channel", ["public", *channels], "all channels") if channels else [],
        "In view": toggles_of(found, "view", ["in", "outside", "after"], "all of it")
        if outside or any(map(sight.is_ahead, case.acts)) else [],
    }  # fmt: skip


def _said(sight: Sight, acts: list[Act], became: dict[int, tuple[str, int | None]]) -> str:
    """The page in a sentence: how many acts, how many of them are in view."""
    if not acts:
        return "Nothing is in the record of this case yet."
    outside = sum(sight.is_outside(act) for act in acts)
    ahead = sum(sight.is_ahead(act) for act in acts)
    words = f"{counted(len(acts), 'act')}: {len(sight.acts):,} in view on {day_words(sight.asked.day)}"
    more = [f"{ahead:,} after it"] if ahead else []
    more += [f"{outside:,} outside the view"] if outside else []
    words += f"{''.join(f', {each}' for each in more)}. An act leads to what stood before and after it."
    unchecked = [id(each) not in became for act in acts for each in act.citations if each.quote is not None]
    if any(unchecked):
        which = "Its quotes" if all(unchecked) else f"{sum(unchecked):,} of its quotes"
        words += f" {which} could not be checked: the texts are not at hand."
    return words
