"""What of a commitment is breached: deadlines that passed unfulfilled, and what is forbidden and happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from servanda.model.conditions import AllOf, AnyOf, Condition, Did, Happening, InState, Unless

from . import conditions, course, ladder, powers, states
from .asking import Asking
from .assertions import parts
from .ladder import asking_for
from .life import Chapter, Life
from .stretches import (
    ALWAYS,
    NEVER,
    NEVER_SO,
    Instant,
    Steps,
    at,
    settled,
    since,
    without,
)
from .texts import texts

if TYPE_CHECKING:
    from .outlook import Outlook


def breached(
    outlook: Outlook,
    life: Life,
    ready: Steps,
    suspended: Steps,
    final: Instant,
    deadlines: Steps,
    begins_by: Steps,
) -> tuple[Steps, Steps]:
    """A deadline that passed unfulfilled while in force; each forbidden event while in force."""
    if life.kind == "prohibition":
        return _violations(outlook, life, ready, suspended, final), NEVER_SO
    if life.kind != "obligation" or not ready:
        return NEVER_SO, NEVER_SO
    found: list[tuple[int, int, int, int]] = []
    unknown: Steps = NEVER_SO

    def passing(steps: Steps) -> Iterator[Instant]:
        for begin, end, _early, late in steps:
            if begin <= late < end and late < final and ALWAYS < late < NEVER:
                in_force = at(ready, late)
                if in_force is not None and in_force[3] < late and not _paused(outlook, life, suspended, late):
                    yield late

    for late in passing(begins_by):
        if at(ladder.done(outlook, life).begun, late) is None:
            found.append((late, late + 1, late, late))
    for late in passing(deadlines):
        chapter = outlook.chapter(life, late)
        if chapter.clauses.seeks is not None:
            continue
        done = ladder.done(outlook, life)
        if done.fulfilled and min(step[2] for step in done.fulfilled) <= late:
            continue  # under one dating it was done in time
        if at(done.asserted, late) is not None:
            unknown = unknown or since(late)
        else:
            found.append((late, late + 1, late, late))
    return tuple(sorted(found)), unknown


def _violations(outlook: Outlook, life: Life, ready: Steps, suspended: Steps, final: Instant) -> Steps:
    in_force = settled(without(ready, suspended))
    found = []
    for chapter in outlook.chapters(life):
        forbids = chapter.clauses.forbids
        if forbids is None:
            continue
        for step in forbidden(outlook, forbids, asking_for(life, chapter)):
            late = step[0]
            force = at(in_force, late)
            if not chapter.begin <= late < chapter.end or late >= final or force is None or step[2] < force[3]:
                continue
            if _paused(outlook, life, suspended, late) or (
                force[0] == late and _hangs_on_a_breach(outlook, life, chapter, late)
            ):
                continue
            found.append(step)
    return tuple(sorted(found))


def _hangs_on_a_breach(outlook: Outlook, life: Life, chapter: Chapter, instant: Instant) -> bool:
    """Whether what brings it into force is a breach of that very instant: it is in force for what comes after that."""
    clauses, asking, text = chapter.clauses, asking_for(life, chapter), outlook.text(life.reading)
    broken = [] if clauses.instead_of is None else [clauses.instead_of]
    for condition in (clauses.when, clauses.start):
        asked = (each for each in parts(condition, text) if isinstance(each, InState))
        broken += [each.ref for each in asked if each.state == "breached"]
    return any(
        each[0] == instant
        for ref in broken
        for other in states.lives_named(outlook, life.reading, asking.named(ref.name), asking.key(ref.key))
        for each in course.course(outlook, other).breaches
    )


def _paused(outlook: Outlook, life: Life, suspended: Steps, instant: Instant) -> bool:
    """Whether it is suspended as things are broken at an instant: at one instant a resumption comes after that."""
    return any(begin <= instant <= end for begin, end, _, _ in suspended) or (
        outlook.has_powers(life) and powers.suspended_at(outlook, life, instant)
    )


def forbidden(outlook: Outlook, condition: Condition, asking: Asking) -> Steps:
    """Each time that something forbidden happens: an event, an act; of anything else, that it comes about.

    Each is a stretch of a second at that instant, with the dating of what happened.
    """
    match condition:
        case Happening():
            found = []
            for begin, end, text in texts(outlook, asking.reading, conditions.terms_in(outlook, condition)):
                for _, early, late in conditions.matching(outlook, condition, text, asking):
                    if begin <= late < end:
                        found.append((late, late + 1, early, late))
            return tuple(sorted(found))
        case AnyOf(parts=every):
            return tuple(sorted(step for part in every for step in forbidden(outlook, part, asking)))
        case AllOf(parts=every):
            events = [part for part in every if isinstance(part, Happening | Did | AnyOf)]
            whole = conditions.so(outlook, condition, asking)
            if events:
                steps = [step for part in events for step in forbidden(outlook, part, asking)]
                return tuple(sorted(step for step in steps if at(whole, step[0]) is not None))
        case Unless(condition=inner):
            whole = conditions.so(outlook, condition, asking)
            return tuple(step for step in forbidden(outlook, inner, asking) if at(whole, step[0]) is not None)
        case Did():
            found = []
            name = asking.named(condition.actor.name)
            for begin, end, text in texts(
                outlook, asking.reading, conditions.terms_in(outlook, name, condition.object)
            ):
                group = text.expanded(name)
                for entry in conditions.acts_like(outlook, condition, asking):
                    if (
                        begin <= entry.said < end
                        and any(entry.by(actor) for actor in group)
                        and conditions.is_object(outlook, entry, condition, text, asking)
                    ):
                        found.append((entry.said, entry.said + 1, entry.early, entry.said))
            return tuple(sorted(found))
    return tuple(
        (begin, begin + 1, early, late)
        for begin, _, early, late in conditions.so(outlook, condition, asking)
        if late == begin
    )
