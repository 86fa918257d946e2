"""A sight and a page → HTML."""

from __future__ import annotations

import datetime
import os
from functools import cache
from typing import Any

import msgspec
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from servanda.api.figures import figures_words
from servanda.api.reasons import Why
from servanda.api.rows import Row
from servanda.model.span import Span
from servanda.standing import RECORD
from servanda.standing.wording import arose_words

from . import wording
from .asked import NAMES, Slip
from .filter import Malformed, filter_from_words
from .pages import PAGES, Page
from .sight import NotYet, Sight

#: A tick grows with the acts of its day, up to this height.
_TALLEST = 18.0
#: What the names of an address are called on a page.
_SLIP_NAMES = {
    "at": "The date", "known": "Known by", "as": "The reading", "channel": "The channel",
    "suppose": "The act supposed", "filter": "The filter",
    "between": "The pair of readings", "goal": "The goal", "never": "What is out of the question",
    "from": "The beginning", "until": "The end", "act": "The number of the act", "sort": "The order",
    "sql": "The question", "price": "The price",
    "ways": "The number of ways", "way": "The number of the way", "seed": "The seed",
}  # fmt: skip


#: The question over HTTP that a page answers; see `servanda.workbench.api`.
_JSON = {
    "standing": "status", "commitment": "why", "disputes": "disputes", "wayout": "wayout", "problems": "check",
    "timeline": "timeline", "deadlines": "deadlines",
}  # fmt: skip


class Tick(msgspec.Struct, frozen=True):
    """A day with acts on the bar: how far along, in percent, how high, and whether it is past at the date asked."""

    day: datetime.date
    x: float
    height: float
    past: bool


def page_html(page: Page, sight: Sight, key: str | None = None) -> str:
    """A whole page; or what of it can be had soon, which has the rest come behind it."""
    name = page.name
    try:
        answer = page.answer(sight)
    except NotYet:
        name, answer = "later", {"title": page.label if key is None else key}
    return _environment().get_template(f"{name}.html").render(_context(page, sight, key) | answer)


def part_html(template: str, sight: Sight, **values: Any) -> str:
    """A part of a page, to be put into one that is open."""
    return _environment().get_template(template).render(_context(PAGES["standing"], sight, None) | values)


@cache
def _environment() -> Environment:
    found = Environment(
        loader=ChoiceLoader([PackageLoader("servanda.workbench", each) for each in ("templates", "pages")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        chips=wording.CHIPS,
        brief=wording.brief,
        counted=wording.counted,
        dating_words=wording.dating_words,
        hour_words=wording.hour_words,
        day_words=wording.day_words,
        act_mark=wording.act_mark,
        words_after_date=wording.words_after_date,
        figures_words=figures_words,
        arose_words=arose_words,
        figure=wording.figure,
        instant=wording.instant,
        listed=wording.listed,
        shown_of=wording.shown_of,
        slip_names=_SLIP_NAMES,
    )
    found.filters["ucfirst"] = ucfirst
    found.filters["without_names"] = wording.without_names
    return found


def ucfirst(words: Markup | str) -> Markup | str:
    """Words with a capital at their beginning, whatever markup they have."""
    return words[:1].upper() + words[1:]


def _context(page: Page, sight: Sight, key: str | None) -> dict[str, Any]:
    """What every page shows: the bar, and how names, places and reasons are shown in this sight."""
    case, asked = sight.case, sight.asked

    def place_of(span: Span) -> tuple[str, int]:
        return os.path.relpath(span.file.path, sight.desk.folder), span.line

    def drop_supposed(line: str) -> list[str] | None:
        return [each for each in asked.supposed if each != line] or None

    def without(slip: Slip) -> dict[str, Any]:
        own = own_of(page, sight)
        return {**own, slip.name: [each for each in own.get(slip.name, ()) if each != slip.given] or None}

    def title_of(name: str) -> str:
        party = case.parties.get(name)
        return party.title if party is not None and party.title else "reads it so"

    return {
        "all_readings": (*case.parties, RECORD),
        "awaited": awaited(page, sight, key),
        "bar": page.dated,
        "filters": page.filters,
        "channel_words": channel_words(sight),
        "copy": sight.copy,
        "coded": lambda words: wording.coded(words.replace(f"{sight.desk.folder}{os.sep}", "")),
        "counts": sight.counts,
        "current": page,
        "drop_supposed": drop_supposed,
        "foremost": lambda row, reading: foremost(sight, row, reading),
        "in_bar": lambda page: in_bar(page, sight),
        "json_address": json_address(page, sight, key),
        "key": key,
        "known": len(sight.so_far or ()),
        "links": sight.links,
        "own": own_of(page, sight),
        "own_but": lambda **changes: own_of(page, sight) | changes,
        "page_name": page.name,
        "page_names": {each.name for each in PAGES.values() if sight.links.live or not each.live},
        "pages": [each for each in PAGES.values() if sight.links.live or not each.live],
        "place_of": place_of,
        "quote_mark": sight.line_of_quote,
        "sight": sight,
        "slipped": {each.name for each in sight.slips},
        "slot": lambda name: wording.slot_of(name, case.parties),
        "title_of": title_of,
        "view_line": view_line(sight),
        "without": without,
        "whys_of": lambda label: whys_of(sight, label),
        **_ticks(sight),
    }


def json_address(page: Page, sight: Sight, key: str | None) -> str | None:
    """Where a program has what this page answers, in the same view; None where there is no such question."""
    name = _JSON.get(page.name)
    if name is None or not sight.links.live:
        return None
    view: dict[str, Any] = {"filter": None}
    if name == "check":
        view |= dict.fromkeys(("at", "known", "as", "channel", "suppose"))
    elif name == "wayout":
        view |= {"as": None, "goal": sight.every("goal")}
    elif name == "why":
        view["name"] = key
    return sight.links.page(f"api/{name}", **view)


def in_bar(page: Page, sight: Sight) -> str:
    """Where a page of the bar is to be had in this view: without a filter that asks for what its own cannot."""
    dropped: dict[str, None] = {}
    if page.filters:
        try:
            filter_from_words(sight.asked.filter, page.keys)
        except Malformed:
            dropped = {"filter": None}
    return sight.links.page(page.name, **dropped)


def own_of(page: Page, sight: Sight) -> dict[str, Any]:
    """What an address says to its page alone, so that a change of the view keeps it."""
    names = dict.fromkeys(name for name, _ in sight.pairs if name.partition(":")[0] in page.own)
    return {name: values for name in names if (values := sight.every(name))} | sight.moved


def awaited(page: Page, sight: Sight, key: str | None) -> str | None:
    """Where the whole of a page is to be had that did not wait for its inventory; None for any other."""
    if sight.so_far is None:
        return None
    own: dict[str, Any] = {name: sight.every(name) for name, _ in sight.pairs if name not in NAMES}
    return sight.links.page(page.name, key, **own, whole="yes")


def view_line(sight: Sight) -> str:
    """The view in one line: date, readings, channels, what was known by when."""
    asked = sight.asked
    readings = "all readings" if asked.every else ", ".join(asked.readings)
    known = f" · known by {wording.dating_words(asked.known)}" if asked.known is not None else ""
    return f"{wording.dating_words(asked.at)} · {readings} · {channel_words(sight)}{known}"


def channel_words(sight: Sight) -> str:
    """The channels in view, in words."""
    channels = sight.asked.channels
    if channels is None:
        return "all channels"
    return ", ".join(channels) or "public acts alone"


def foremost(sight: Sight, row: Row, reading: str) -> str:
    """The reason that decides a standing, in words: of what is not owed the first that is not so; else the last act
    that made it so, or the last premise that is so.
    """
    because = sight.why(row, reading).because
    below = because.because or (because,)
    so = [each.text for each in below if each.holds]
    if not so or row.standings[reading].status in wording.FAMILIES["not-owed"] - {"denied"}:
        return wording.with_day_words(next((each.text for each in below if each.holds is False), below[0].text))
    acts = [words for words in so if wording.begins_with_date(words)]
    return wording.with_day_words(max(acts, key=lambda words: words[:10], default=so[-1]))


def whys_of(sight: Sight, label: str) -> list[Why]:
    """The reasons of one commitment in each reading asked for that has it."""
    row = sight.inventory[label]
    return [sight.why(row, reading) for reading in sight.asked.readings if reading in row.standings]


def _ticks(sight: Sight) -> dict[str, Any]:
    """The bar's line of days: those with an act, the date asked about, and those before and after it."""
    per_day = sight.acts_per_day
    day = sight.asked.day
    days = list(per_day)
    first = min([day, *days[:1]])
    last = max([day, *days[-1:]])
    length = max(1, (last - first).days)
    highest = max(per_day.values(), default=1)
    step = highest**0.5
    ticks = [
        Tick(each, round(100 * (each - first).days / length, 2), round(4 + (_TALLEST - 4) * count**0.5 / step, 1),
             each <= day)
        for each, count in per_day.items()
    ]  # fmt: skip
    return {
        "ticks": ticks,
        "tick_days": ",".join(str((each - first).days) for each in days),
        "first_day": str(first),
        "span_days": length,
        "slider": (day - first).days,
        "earlier": next((str(each) for each in reversed(days) if each < day), None),
        "later": next((str(each) for each in days if each > day), None),
    }
