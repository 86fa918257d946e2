"""Acts laid out in lanes, a lane for each party, each body and what is done jointly; deadlines, and bars of standings.

Everything is given in percent across and pixels down, so that a drawing fits any width without a script.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import msgspec

from servanda.model.record import Act
from servanda.model.time import Moment
from servanda.standing.chronicle import Placed
from servanda.standing.deadlines import Deadline
from servanda.standing.wording import label_of

from .scale import MARK, WIDTH, Scale
from .sight import Sight
from .wording import act_mark, dating_words, day_words, slot_of, words_after_date

#: So many marks stand above each other; the rest of a day is counted.
_HIGHEST = 9
#: Beyond so many acts, each lane shows how many there were instead of each.
_MOST_MARKS = 600
_BINS = 80
_MARGIN = 12.0
#: Room for a name beside a deadline, in pixels for each letter.
_LETTER = 6.6
JOINTLY = "jointly"


class Mark(msgspec.Struct, frozen=True):
    """One act: its sign and where it stands; `state` is `counted` or `ahead`, and `outside`, `supposed` beside it.

    `span` is from where to where it may have been, where its date is inexact.
    """

    number: int
    sign: str
    x: float
    y: float
    state: str
    words: str
    day: datetime.date
    span: tuple[float, float] | None = None


class More(msgspec.Struct, frozen=True):
    """Acts that are counted instead of drawn: those of a day that is full, or of several days as a bar."""

    count: int
    x: float
    y: float
    first: datetime.date
    last: datetime.date
    width: float = 0.0
    height: float = 0.0


class Lane(msgspec.Struct, frozen=True):
    """What one party did, or a body, or several jointly; `y` is its top, `height` its room."""

    name: str
    slot: str
    y: float
    height: float
    marks: tuple[Mark, ...]
    more: tuple[More, ...]


class Due(msgspec.Struct, frozen=True):
    """A deadline ahead: its days, and its words to one side of it."""

    label: str
    x: float
    start: float
    y: float
    words: str
    before: bool
    overdue: bool


class Stretch(msgspec.Struct, frozen=True):
    """So long a commitment stood so."""

    x: float
    width: float
    status: str
    words: str


class Strip(msgspec.Struct, frozen=True):
    """How a commitment stood over time, in one reading."""

    label: str
    reading: str
    y: float
    first: bool
    stretches: tuple[Stretch, ...]


# ── lanes ───────────────────────────────────────────────────────────────────────────────────────────────────


def lanes(sight: Sight, scale: Scale, top: float, chosen: Act | None = None) -> list[Lane]:
    """The lanes of what happened in a stretch of time, from `top` downwards; a party has one even where it is empty.

    `chosen` is the act that is looked at.
    """
    case = sight.case
    by_lane: dict[str, list[Placed]] = {name: [] for name in case.parties}
    joint: list[Placed] = []
    inside = [each for each in sight.chronicle if each.done is not None and each.done[0] in scale]
    for each in inside:
        whose = {case.party_of(ref.name) for ref in each.act.actors}
        if len(whose) > 1:
            joint.append(each)
        else:
            by_lane.setdefault(whose.pop(), []).append(each)
    if joint:
        by_lane[JOINTLY] = joint
    found = []
    for name, acts in by_lane.items():
        slot = "joint" if name == JOINTLY else slot_of(name, case.parties)
        if len(inside) > _MOST_MARKS:
            height, more = 46.0, tuple(_bins(acts, scale, top + 46.0 - _MARGIN / 2))
            lane = Lane(name, slot, top, height, (), more)
        else:
            lane = _lane(sight, scale, acts, Lane(name, slot, top, 0, (), ()), chosen)
        found.append(lane)
        top += lane.height
    return found


def _lane(sight: Sight, scale: Scale, acts: list[Placed], lane: Lane, chosen: Act | None) -> Lane:
    """Marks stacked from the bottom of a lane, as low as there is room."""
    of_day: dict[datetime.date, int] = {}
    for each in acts:
        assert each.done is not None
        of_day[each.done[0]] = of_day.get(each.done[0], 0) + 1
    beside = max(1, int(scale.day * WIDTH / 100 * 0.9 / MARK))
    ends: list[float] = []
    placed: list[tuple[Mark, int]] = []
    counts: dict[datetime.date, int] = {}
    full: dict[datetime.date, int] = {}
    # the one that is looked at is drawn, however many there are
    for act, done, _ in sorted(acts, key=lambda each: each.act is not chosen):
        assert done is not None
        assert act.dating is not None
        day = done[0]
        nth, columns = counts.get(day, 0), min(beside, of_day[day])
        counts[day] = nth + 1
        if beside > 1 and act.dating.latest.minute is not None:
            x = scale.x(act.dating.latest)
        else:
            x = scale.middle(day) + (nth % columns - (columns - 1) / 2) * 100 * MARK / WIDTH
        span = scale.span(act.dating)
        left = min(x - 100 * MARK / 2 / WIDTH, span[0] if span else 100.0)
        right = max(x + 100 * MARK / 2 / WIDTH, span[1] if span else 0.0)
        row = next((at for at, end in enumerate(ends) if end <= left + 0.01), len(ends))
        if row >= _HIGHEST:
            full[day] = full.get(day, 0) + 1
            continue
        if row == len(ends):
            ends.append(0.0)
        ends[row] = right
        placed.append((_mark(sight, act, day, x, span), row))
    height = max(1, len(ends) + bool(full)) * MARK + 2 * _MARGIN
    bottom = lane.y + height - _MARGIN - MARK / 2
    return Lane(
        lane.name, lane.slot, lane.y, height,
        tuple(msgspec.structs.replace(mark, y=bottom - row * MARK) for mark, row in placed),
        tuple(More(count, scale.middle(day), bottom - len(ends) * MARK, day, day) for day, count in full.items()),
    )  # fmt: skip


def _mark(sight: Sight, act: Act, day: datetime.date, x: float, span: tuple[float, float] | None) -> Mark:
    why = sight.why_outside(act)
    supposed = any(act is each for each in sight.supposed)
    states = {"counted": not sight.is_ahead(act), "ahead": sight.is_ahead(act), "outside": sight.is_outside(act),
              "supposed": supposed}  # fmt: skip
    said = "; ".join(filter(None, [why, "supposed, not in the record" if supposed else ""]))
    words = f"{dating_words(act.dating)}: {words_after_date(act)}{f' ({said})' if said else ''}"
    state = " ".join(name for name, holds in states.items() if holds)
    return Mark(sight.number(act), act_mark(act), round(x, 3), 0, state, words, day, span)


def _bins(acts: Iterable[Placed], scale: Scale, bottom: float) -> Iterator[More]:
    """How many acts there were in each of some equal parts of the stretch."""
    width = max(1, -(-scale.days // _BINS))
    counts: dict[int, int] = {}
    for each in acts:
        assert each.done is not None
        at = (each.done[0] - scale.first).days // width
        counts[at] = counts.get(at, 0) + 1
    most = max(counts.values(), default=1)
    for at, count in sorted(counts.items()):
        first = scale.first + datetime.timedelta(days=at * width)
        last = min(scale.last, first + datetime.timedelta(days=width - 1))
        height = round(4 + 26 * (count / most) ** 0.5, 1)
        x = scale.x(Moment(first))
        yield More(count, x, bottom - height, first, last, round(width * scale.day * 0.8, 3), height)


# ── deadlines ───────────────────────────────────────────────────────────────────────────────────────────────


def dues(found: Iterable[Deadline], scale: Scale, top: float) -> list[Due]:
    """The deadlines within a stretch of time, each in the first row where its words have room."""
    ends: list[float] = []
    rows = []
    for each in found:
        day = each.latest.date()
        if day not in scale:
            continue
        x, start = scale.x(Moment(day), end=True), scale.x(Moment(each.earliest.date()), end=True)
        words = f"{day_words(day)}, {each.label}, in {', '.join(each.standings)}"
        room = 100 * (len(words) * _LETTER + 14) / WIDTH
        before = x + room > 100
        left, right = (start - room, x) if before else (start, x + room)
        row = next((at for at, end in enumerate(ends) if end <= left), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = right + 1
        rows.append(Due(each.row.label, x, start, top + row * 18, words, before, each.overdue))
    return rows


# ── bars of standings ───────────────────────────────────────────────────────────────────────────────────────


def strips(
    standings: dict[tuple[str, str | None, str], list[tuple[datetime.date, str | None]]],
    scale: Scale, end: datetime.date, top: float,
) -> list[Strip]:  # fmt: skip
    """How commitments stood: for each, and each reading, the days from which it had which status; until `end`."""
    found: list[Strip] = []
    last: object = None
    for (name, instance, reading), steps in standings.items():
        label = label_of(name, instance)
        first = label != last
        top += (38.0 if last is not None else 16.0) if first else 21.0
        last = label
        bars = []
        for at, (day, status) in enumerate(steps):
            until = steps[at + 1][0] if at + 1 < len(steps) else end + datetime.timedelta(days=1)
            x, right = scale.x(Moment(day)), scale.x(Moment(until))
            if status is None or right <= x:
                continue
            width = round(right - x, 3)
            fits = len(status) * 6.4 + 14 < width * WIDTH / 100
            bars.append(Stretch(x, width, status, status if fits else ""))
        found.append(Strip(label, reading, top, first, tuple(bars)))
    return found
