"""What ends a commitment before it is done: a power, a replacement, `until`, or that it cannot come into force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from servanda.model.conditions import AllOf, AnyOf, AtLeast, CameAbout, Condition, InState, Lasting, Shifted, Unless

from . import conditions, course, powers, promises, states
from .asking import Asking
from .ladder import asking_for
from .life import Chapter, Life, by_chapter
from .stretches import (
    NEVER_SO,
    Steps,
    all_of,
    any_of,
    at_least,
    both,
    onward,
    since,
    within,
    without,
)

if TYPE_CHECKING:
    from .outlook import Outlook


def ending(
    outlook: Outlook, life: Life, force: Steps, ready: Steps, suspended: Steps, breaches: Steps, deadlines: Steps
) -> Steps:
    """While something ends it: terminated, replaced, `until` reached, or it can no longer come into force."""
    found = []
    if outlook.has_powers(life):
        found.append(powers.gone(outlook, life, "terminate"))
    found += [course.course(outlook, member).ended for member in course.group(outlook, life)]
    if life.kind == "obligation" and breaches:
        found.append(both(onward(breaches), _replacement(outlook, life)))

    def by_text(chapter: Chapter) -> Steps:
        clauses = chapter.clauses
        steps = []
        if clauses.until is not None:
            steps.append(onward(conditions.so(outlook, clauses.until, asking_for(life, chapter, end=True))))
        if not life.is_duty:  # what is allowed until a day is over after it
            over = tuple((max(begin, late), end, late, late) for begin, end, _, late in deadlines if late < end)
            steps.append(without(over, suspended))
        lost = _hopeless(outlook, life, chapter, ready)
        if lost:
            steps.append(without(lost, force))
        return any_of(steps)

    return any_of([*found, by_chapter(outlook.chapters(life), by_text)])


def _replacement(outlook: Outlook, life: Life) -> Steps:
    """While another commitment is in force in its place."""
    return any_of(
        within(course.course(outlook, other).force, chapter.begin, chapter.end)
        for other, chapter in in_place_of(outlook, life)
    )


def in_place_of(outlook: Outlook, life: Life) -> Iterator[tuple[Life, Chapter]]:
    """What is to stand in its place once it is breached, each with a stretch of time in which its text says so."""
    for name in outlook.replacing(life.name):
        for other in outlook.lives(life.reading, name):
            for chapter in outlook.chapters(other):
                ref = chapter.clauses.instead_of
                if (
                    ref is not None
                    and ref.name == life.name
                    and life.is_called(asking_for(other, chapter).key(ref.key))
                ):
                    yield other, chapter


def _hopeless(outlook: Outlook, life: Life, chapter: Chapter, ready: Steps) -> Steps:
    """While a dated atom it needs is past, or a commitment it needs has ended."""
    clauses, asking = chapter.clauses, asking_for(life, chapter)
    found = []
    if clauses.start is not None:
        found.append(without(impossible(outlook, clauses.start, asking), ready))
    if clauses.instead_of is not None:
        ref = clauses.instead_of
        others = states.lives_named(outlook, life.reading, ref.name, asking.key(ref.key))
        if others:
            ended = all_of(course.course(outlook, each).ended for each in others)
            found.append(without(ended, onward(any_of(course.course(outlook, each).breaches for each in others))))
    if clauses.when is not None:
        lost = impossible(outlook, clauses.when, asking)
        if lost:
            found.append(without(lost, _another_way(outlook, life, chapter)))
    return any_of(found)


def _another_way(outlook: Outlook, life: Life, chapter: Chapter) -> Steps:
    """While a promise or an open offer can still bring it into force."""
    found = []
    for debtor in chapter.roles.debtors:
        asking = Asking(outlook.reading_of(debtor), life.binding, (debtor,))
        for verb in ("promises", "offers"):
            for each in promises.made(outlook, debtor, life, verb):
                when = each.entry.act.when
                if verb == "offers" and when is None:
                    continue
                lost = NEVER_SO if when is None else impossible(outlook, when, asking)
                found.append(without(each.stands, lost))
    return any_of(found)


def impossible(outlook: Outlook, condition: Condition, asking: Asking) -> Steps:
    """While a condition can no longer come about: a dated atom of it is past, or a commitment in it has ended."""
    match condition:
        case AllOf(parts=parts):
            return any_of(impossible(outlook, part, asking) for part in parts)
        case AnyOf(parts=parts):
            return all_of([impossible(outlook, part, asking) for part in parts])
        case AtLeast(count=count, parts=parts):
            lost = [impossible(outlook, part, asking) for part in parts]
            return at_least(len(parts) - int(count) + 1, lost)
        case Unless(condition=inner) | Shifted(condition=inner) | Lasting(condition=inner):
            return impossible(outlook, inner, asking)
        case CameAbout(ref=ref) if ref.name in outlook.case.matters:
            if (asking.reading, ref.name) in outlook.defining:
                return NEVER_SO
            outlook.defining.add((asking.reading, ref.name))
            try:
                definition = outlook.text(asking.reading).definition(ref.name)
                return NEVER_SO if definition is None else impossible(outlook, definition, asking)
            finally:
                outlook.defining.discard((asking.reading, ref.name))
        case CameAbout(ref=ref):
            ended = _has_ended(outlook, ref.name, asking.key(ref.key), asking)
            return without(ended, conditions.so(outlook, condition, asking)) if ended else NEVER_SO
        case InState(ref=ref, state=state):
            found = []
            if condition.by is not None:
                found.append(since(outlook.clock.pair(condition.by, "end")[1]))
            if state != "ended":
                found.append(_has_ended(outlook, ref.name, asking.key(ref.key), asking))
            gone = any_of(found)
            return without(gone, conditions.so(outlook, condition, asking)) if gone else NEVER_SO
    return NEVER_SO


def _has_ended(outlook: Outlook, name: str, key: str | None, asking: Asking) -> Steps:
    commitment = outlook.case.commitments.get(name)
    if commitment is None or (commitment.clauses.for_each is not None and key is None):
        return NEVER_SO
    lives = states.lives_named(outlook, asking.reading, name, key)
    return all_of(course.course(outlook, life).ended for life in lives) if lives else NEVER_SO
