"""By when a commitment is due, by the text and by promises, each day moved by the time suspended since it was set."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import conditions, promises
from .ladder import asking_for
from .life import Chapter, Life
from .stretches import ALWAYS, NEVER, NEVER_SO, Instant, Steps, at, sooner, within

if TYPE_CHECKING:
    from .outlook import Outlook

#: Until which instant it is due, early and late; from when to when that is so.
Deadlines = Steps


def of(outlook: Outlook, life: Life, ready: Steps, suspended: Steps) -> tuple[Deadlines, Deadlines]:
    """By when it is due, and by when to begin."""
    found: list[Steps] = []
    begins: list[Steps] = []

    def moved(dates: Steps, said: Instant) -> Steps:
        return _delayed(outlook, dates, suspended, said)

    chapters = outlook.chapters(life)
    for number, chapter in enumerate(chapters, 1):
        so_far = chapters[:number]
        by = moved(_by(outlook, life, chapter), _stated_since(so_far, "by"))
        within_ = moved(_within(outlook, life, chapter, ready), _stated_since(so_far, "within"))
        known = [steps for steps in (by, within_) if steps]
        text = sooner(known) if known else NEVER_SO
        steps = promises.deadlines(outlook, life, chapter.roles.debtors, chapter.roles.creditors, text, moved)
        found.append(within(steps, chapter.begin, chapter.end))
        if chapter.clauses.begins_by is not None:
            steps = conditions.dates(outlook, chapter.clauses.begins_by, asking_for(life, chapter, end=True))
            begins.append(within(moved(steps, _stated_since(so_far, "begins_by")), chapter.begin, chapter.end))
    return tuple(step for steps in found for step in steps), tuple(step for steps in begins for step in steps)


def _stated_since(chapters: Sequence[Chapter], clause: str) -> Instant:
    """Since when the last of some chapters has had what it states in a clause."""
    since = chapters[-1]
    for before in reversed(chapters):
        if getattr(before.clauses, clause) is not getattr(since.clauses, clause):
            break
        since = before
    return since.begin


def _by(outlook: Outlook, life: Life, chapter: Chapter) -> Steps:
    by = chapter.clauses.by
    return NEVER_SO if by is None else conditions.dates(outlook, by, asking_for(life, chapter, end=True))


def _within(outlook: Outlook, life: Life, chapter: Chapter, ready: Steps) -> Steps:
    clauses, anchors = chapter.clauses, NEVER_SO
    if clauses.within is None:
        return NEVER_SO
    duration, calendar = clauses.within.duration, outlook.calendar(life.reading)
    if clauses.within.of is not None:
        anchors = conditions.dates(outlook, clauses.within.of, asking_for(life, chapter))
    elif life.arose is not None:
        anchors = ((ALWAYS, NEVER, *life.arose),)
    elif clauses.for_each is None:
        anchors = ready
    return conditions.shifted(outlook, anchors, lambda each: outlook.clock.moved(each, duration, 1, "end", calendar))


def _delayed(outlook: Outlook, dates: Steps, suspended: Steps, said: Instant) -> Steps:
    """While suspended no deadline passes; on resumption it has moved by the time suspended since it was set.

    It was set when it was said, or when that came about from which it counts.
    """
    if not suspended or not dates:
        return dates
    delayed = outlook.clock.delayed
    edges = sorted({edge for steps in (dates, suspended) for step in steps for edge in step[:2]})
    found: list[tuple[Instant, Instant, Instant, Instant]] = []
    before, known = None, ALWAYS
    for begin, end in itertools.pairwise(edges):
        date = at(dates, begin)
        if date is None or before is None or date[2:] != before[2:]:
            before, known = date, begin
        if date is None:
            continue
        early, late = date[2], date[3]
        for since, until, _, _ in suspended:
            start = max(since, known, said)
            if until > begin or until <= start:
                continue
            late = delayed(late, start, until) if start < late else late
            early = delayed(early, start, until) if start < early else early
        found.append((begin, end, early, late))
    return tuple(found)
