"""Timeline: what happened, in lanes and day by day, and which standings changed with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from servanda.api.dates import single
from servanda.api.errors import NotADate
from servanda.model.record import Act
from servanda.standing import Standing
from servanda.standing.deadlines import Deadline, deadlines
from servanda.standing.timeline import Change, Day, Timeline
from servanda.standing.wording import status_words
from servanda.workbench.asked import Slip
from servanda.workbench.lanes import Lane, dues, lanes, strips
from servanda.workbench.scale import Scale, scale_of
from servanda.workbench.sight import Sight
from servanda.workbench.wording import act_mark, counted, day_words, listed

_DAY = datetime.timedelta(days=1)
#: So many acts are listed at once, the latest of them first.
_MOST_LISTED = 200
#: Up to so many acts the whole record is the first thing one sees; beyond, so many of them around the date.
_WHOLE = 300
_AROUND = 40
#: Up to so many standings, the changes of each day are worked out with the page; beyond, those of one day.
_LIGHT = 1_000
#: Of so many days it is worked out at once what changed; of those before them, once the page is there.
_AT_ONCE = 1
#: The top of the lanes, and the room of each part below them.
_TOP = 44.0
_MOST_STRIPS = 6


class Shift(msgspec.Struct, frozen=True):
    """A change of standing, and the readings in which it came."""

    label: str
    before: Standing | None
    after: Standing | None
    readings: tuple[str, ...]
    words: str


class Part(msgspec.Struct, frozen=True):
    """A day of the list: its acts, those outside the view among them; what became known; what changed.

    `day` None is what held from the start; `shifts` None says that the changes were not worked out. `quiet` is a day on
    which time alone brought something; `dated` are the sources of that day.
    """

    day: datetime.date | None
    acts: tuple[Act, ...]
    outside: int
    learned: tuple[Act, ...]
    shifts: tuple[Shift, ...] | None
    quiet: bool = False
    dated: tuple[str, ...] = ()


class Selected(msgspec.Struct, frozen=True):
    """What is looked at beside the list: an act, or the day asked about without one; and what it changed."""

    act: Act | None
    number: int | None
    day: datetime.date | None
    shifts: tuple[Shift, ...]
    said: str


class Drawing(msgspec.Struct, frozen=True):
    """The lanes with what stands above and below them, in pixels down."""

    scale: Scale
    lanes: list[Lane]
    bottom: float
    dues: list[Any]
    later: tuple[Deadline, ...]
    strips: list[Any]
    strips_top: float
    height: float
    here: tuple[float, float] | None
    ahead: float


def answer(sight: Sight) -> dict[str, Any]:
    """The acts of a stretch of time as lanes and as a list, and what one of them changed."""
    whole = _whole(sight)
    act = sight.act(sight.more.get("act", ""))
    if act is None and sight.more.get("act"):
        sight.slips.append(Slip("act", sight.more["act"][:20], f"this record has the acts 1 to {len(sight.case.acts)}"))
    scale = _window(sight, whole, act)
    light = len(sight.case.commitments) * len(sight.asked.readings) <= _LIGHT
    parts, more = _parts(sight, scale, light=light, every=act is not None)
    chosen = _selected(sight, act, parts, light=light)
    return {
        "title": "What happened, and what it changed",
        "said": _said(sight),
        "scale": scale,
        "whole": whole,
        "zooms": list(_zooms(sight, scale, whole)),
        "drawing": _drawing(sight, scale, parts, chosen, light=light),
        "light": light,
        "parts": parts,
        "unfinished": light and any(part.shifts is None for part in parts),
        "more_days": more,
        "chosen": chosen,
        "kinds": _kinds(sight, scale),
    }


# ── the stretch of time ─────────────────────────────────────────────────────────────────────────────────────


def _whole(sight: Sight) -> Scale:
    """From the first act of the record to its last, and the date asked about in it."""
    days = [each.done[0] for each in sight.chronicle if each.done is not None]
    first, last = min([sight.asked.day, *days[:1]]), max([sight.asked.day, *days[-1:]])
    return scale_of(first, last)


def _window(sight: Sight, whole: Scale, act: Act | None) -> Scale:
    """The days to show: those asked for; or the record, or what lies around the date.

    `seen` is the date with which they were asked for: where another takes it out of them, they go along with it.
    """
    start, end = _date(sight, "from"), _date(sight, "until")
    here = sight.asked.day
    if start is None and end is None:
        return _around(sight, whole, here if act is None or act.dating is None else act.dating.latest.day)
    found = scale_of(start or min(whole.first, end or here), end or max(whole.last, start or here))
    if here not in found and sight.more.get("seen", str(here)) != str(here):
        found = found.moved((here - found.first).days - found.days // 2)
    sight.moved = {"from": [str(found.first)], "until": [str(found.last)]}
    return found


def _around(sight: Sight, whole: Scale, day: datetime.date) -> Scale:
    days = [each.done[0] for each in sight.chronicle if each.done is not None]
    if len(days) <= _WHOLE:
        return whole
    before = [each for each in days if each <= day][-_AROUND:]
    after = [each for each in days if each > day][: _AROUND // 2]
    return scale_of(min([day, *before]), max([day, *after]))


def _date(sight: Sight, name: str) -> datetime.date | None:
    words = sight.more.get(name, "").strip()
    if not words:
        return None
    try:
        return single(words[:40]).latest.day
    except NotADate as why:
        sight.slips.append(Slip(name, words[:40], why.why))
        return None


def _zooms(sight: Sight, scale: Scale, whole: Scale) -> Iterator[tuple[str, dict[str, str | None], bool]]:
    """Other stretches around the date asked about: what the link is called, what it asks, whether it is this one."""
    here = sight.asked.day
    for words, before, after in (("Week", 3, 3), ("Month", 15, 15), ("Half a year", 91, 91)):
        if whole.days > before + after + 1 or words == "Week":
            one = scale_of(_sooner(here, before), _sooner(here, -after))
            yield words, {"from": str(one.first), "until": str(one.last)}, one == scale
    yield "Whole record", {"from": str(whole.first), "until": str(whole.last)}, scale == whole


def _sooner(day: datetime.date, days: int) -> datetime.date:
    return datetime.date.fromordinal(min(max(day.toordinal() - days, 1), datetime.date.max.toordinal()))


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────


def _parts(sight: Sight, scale: Scale, *, light: bool, every: bool) -> tuple[list[Part], datetime.date | None]:
    """The days of the list, the latest first; and the day before them, where there are more than are listed.

    Of the latest days it is worked out what changed; of the others, with `every`, or when they are asked for.
    """
    here = sight.asked.day
    acts: dict[datetime.date, list[Act]] = {}
    for each in sight.chronicle:
        if each.done is not None and each.done[0] in scale and each.done[0] <= here:
            acts.setdefault(each.done[0], []).append(each.act)
    start, count, more = scale.first, 0, None
    for day in sorted(acts, reverse=True):
        count += len(acts[day])
        if count > _MOST_LISTED and count > len(acts[day]):
            start, more = day + _DAY, day
            break
    found: list[Part] = []
    last = min(here, scale.last)
    begin = _begin(sight, [day for day in acts if day >= start], start, every=every) if light else None
    if begin is not None and begin <= last:
        for step in _days(sight, begin, last):
            found.append(_part(sight, step, acts.pop(step.day, ()) if step.acts or step.learned else ()))
    for day, those in acts.items():
        if day >= start:
            worked_out = begin is not None and day >= begin
            found.append(_part(sight, Day(day, (), (), ()), those, worked_out=worked_out))
    found.sort(key=lambda each: (each.day or datetime.date.min, not each.quiet), reverse=True)
    undated = tuple(act for act in sight.acts if act.dating is None)
    if undated and scale.first <= _whole(sight).first and more is None:
        found.append(Part(None, undated, 0, (), ()))
    return found, more


def _begin(sight: Sight, days: list[datetime.date], start: datetime.date, *, every: bool) -> datetime.date:
    """From which day on changes are worked out: all days, where that was asked for or done before; else the latest."""
    view = sight.asked.readings, sight.asked.channels, str(sight.asked.known), sight.asked.supposed
    done: set[datetime.date] = sight.kept_of_files("days", view, make=set)
    asked = every or not sight.links.live or "whole" in sight.more
    if not asked and len(days) > _AT_ONCE and (sight.supposed or not done.issuperset(days)):
        return sorted(days)[-_AT_ONCE]
    done.update(days)
    return start


def _days(sight: Sight, start: datetime.date, last: datetime.date) -> Iterator[Day]:
    """The days of a stretch on which something happened or changed, in the view asked for."""
    asked = sight.asked
    at = asked.at if last == asked.day else str(last)
    found: Timeline = sight.case.timeline(
        at, start=str(start), reading=asked.readings, channels=asked.channels, known=asked.known
    )
    for step in found:
        yield from step


def _part(sight: Sight, day: Day, acts: Iterable[Act], *, worked_out: bool = True) -> Part:
    those = tuple(acts)
    quiet = not those and not day.learned
    dated = tuple(
        each.name for each in sight.case.sources.values() if quiet and each.dated and each.dated.latest.day == day.day
    )
    outside = sum(bool(sight.why_outside(act)) for act in those)
    return Part(day.day, those, outside, day.learned, tuple(shifts(day.changes)) if worked_out else None, quiet, dated)


def shifts(changes: Iterable[Change]) -> Iterator[Shift]:
    """Changes of standing, those that came alike in several readings as one."""
    grouped: dict[tuple[str, str], list[Change]] = {}
    for each in changes:
        said = f"{status_words(each.before)} → {status_words(each.after)}"
        grouped.setdefault((each.label, said), []).append(each)
    for (label, said), those in grouped.items():
        yield Shift(label, those[0].before, those[0].after, tuple(each.reading for each in those), said)


# ── what is looked at ───────────────────────────────────────────────────────────────────────────────────────


def _selected(sight: Sight, act: Act | None, parts: list[Part], *, light: bool) -> Selected:
    if act is None and not light:
        return Selected(None, None, sight.asked.day, (), "Select an act to see what stood before and after it.")
    if act is None:
        found = tuple(shift for part in parts if part.day == sight.asked.day for shift in part.shifts or ())
        return Selected(None, None, sight.asked.day, found, _changes_words(sight, found, "Nothing changed on this day"))
    number = sight.number(act)
    if why := sight.why_outside(act):
        return Selected(act, number, None, (), f"It changes nothing here: it is {why}.")
    if act.dating is None:
        return Selected(act, number, None, (), "It held from the start: there is no standing before it.")
    asked = sight.asked
    changes = sight.case.changed_by(act, reading=asked.readings, channels=asked.channels, known=asked.known)
    found = tuple(shifts(changes))
    return Selected(act, number, None, found, _changes_words(sight, found, "It changed no standing"))


def _changes_words(sight: Sight, found: tuple[Shift, ...], nothing: str) -> str:
    """How many standings changed, in which readings, and in which of those asked for none did."""
    asked = sight.asked.readings
    if not found:
        return f"{nothing} in {'any of the readings' if len(asked) > 1 else reading_words(asked[0])} asked for."
    counts = {each: sum(each in shift.readings for shift in found) for each in asked}
    some = [f"{count} in {reading_words(each)}" for each, count in counts.items() if count]
    none = [reading_words(each) for each, count in counts.items() if not count]
    what = f"{counted(sum(counts.values()), 'change')} of standing: {listed(some)}"
    return f"{what}; none in {listed(none)}." if none else f"{what}."


def reading_words(reading: str) -> str:
    """A reading in the middle of a sentence."""
    return "the record" if reading == "record" else f"the reading of {reading}"


def _said(sight: Sight) -> str:
    """The page in a sentence or two: what the date asked about brought."""
    if not sight.chronicle:
        return "Nothing is in the record of this case yet."
    day = sight.asked.day
    on_day = [each.act for each in sight.chronicle if each.done is not None and each.done[0] == day]
    outside = sum(sight.is_outside(act) for act in on_day)
    words = f"{counted(len(on_day), 'act')} on {day_words(day)}" if on_day else f"No act on {day_words(day)}"
    if outside:
        words += f", {outside} of them outside the view"
    so_far = f"{counted(len(sight.acts), 'act')} in view up to then, of {len(sight.case.acts):,} in the record"
    return f"{words}; {so_far}. Select one to see what stood before and after it."


# ── the drawing ─────────────────────────────────────────────────────────────────────────────────────────────


def _drawing(sight: Sight, scale: Scale, parts: list[Part], chosen: Selected, *, light: bool) -> Drawing:
    rows = lanes(sight, scale, _TOP, chosen.act)
    bottom = rows[-1].y + rows[-1].height if rows else _TOP
    due: list[Any] = []
    later: tuple[Deadline, ...] = ()
    if light:
        running = deadlines(sight.inventory.rows)
        due = dues(running, scale, bottom + 20)
        later = tuple(each for each in running if each.latest.date() > scale.last)
    below = bottom + 40 + max((each.y - bottom - 20 for each in due), default=0.0)
    bars = strips(_standings(sight, scale, parts, chosen), scale, min(sight.asked.day, scale.last), below + 24)
    here = sight.asked.day
    at = (round((here - scale.first).days * scale.day, 3), round(scale.day, 3)) if here in scale else None
    return Drawing(
        scale, rows, bottom, due, later, bars, below, (bars[-1].y + 32 if bars else below), at,
        round(min(100.0, max(0.0, ((here - scale.first).days + 1) * scale.day)), 3),
    )  # fmt: skip


def _standings(
    sight: Sight, scale: Scale, parts: list[Part], chosen: Selected
) -> dict[tuple[str, str | None, str], list[tuple[datetime.date, str | None]]]:
    """How that which the act or day changed has stood since the stretch began, in each reading that has it."""
    complete = all(part.shifts is not None for part in parts)
    labels = list(dict.fromkeys(each.label for each in chosen.shifts))[:_MOST_STRIPS] if complete else []
    inside = [part for part in parts if part.day is not None and part.shifts is not None and part.day >= scale.first]
    found: dict[tuple[str, str | None, str], list[tuple[datetime.date, str | None]]] = {}
    for row in sight.inventory.rows if labels else ():
        if row.label not in labels:
            continue
        for reading in sight.asked.readings:
            steps: list[tuple[datetime.date, str | None]] = []
            for part in reversed(inside):
                for shift in part.shifts or ():
                    if shift.label == row.label and reading in shift.readings:
                        if not steps:
                            steps.append((scale.first, shift.before.status if shift.before else None))
                        assert part.day is not None
                        steps.append((part.day, shift.after.status if shift.after else None))
            if not steps and reading in row.standings:
                steps.append((scale.first, row.standings[reading].status))
            if steps:
                found[row.commitment.name, row.instance, reading] = steps
    return found


def _kinds(sight: Sight, scale: Scale) -> list[tuple[str, str]]:
    """The signs of the acts that are drawn, each with the verbs that it stands for here."""
    found: dict[str, dict[str, None]] = {}
    for each in sight.chronicle:
        if each.done is not None and each.done[0] in scale:
            sign = act_mark(each.act)
            found.setdefault(sign, {})["amounts" if sign == "quantity" else each.act.verb] = None
    return [(sign, ", ".join(verbs)) for sign, verbs in sorted(found.items())]
