"""The one-word summary of a commitment over time: its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import course, ladder, owed
from .life import Chapter, Life, by_chapter
from .stretches import ALWAYS, NEVER, NEVER_SO, Instant, Steps, Stretch, at, onward

if TYPE_CHECKING:
    from .outlook import Outlook


#: In the order in which `statuses` counts them.
WORDS = (
    "not owed",
    "proposed",
    "fulfilled",
    "waived",
    "ended",
    "suspended",
    "claimed",
    "dormant",
    "overdue",
    "due",
    "in force",
    "open",
    "used",
    "denied",
)


def statuses(outlook: Outlook, life: Life) -> Steps:
    """The one-word summary over time: stretches whose third number is the place of the word in `WORDS`."""
    course.course(outlook, life)  # first, so that a circle is never cut between a course and its status
    return outlook.solved(life.questions.statuses, _statuses, life)[0]


def word(stretch: Stretch | None) -> str:
    """The status in a stretch of `statuses`: at each instant there is one."""
    assert stretch is not None
    return WORDS[stretch[2]]


def _statuses(outlook: Outlook, life: Life) -> tuple[Steps]:
    is_owed, went, done = owed.owed(outlook, life), course.course(outlook, life), ladder.done(outlook, life)
    denials = NEVER_SO if life.is_duty else _denials(outlook, life)
    pieces = (
        is_owed.recognised, is_owed.accepted, went.fulfilled, went.waived, went.ended, went.suspended, done.asserted,
        went.force, went.ready, went.uses, went.deadlines, went.begins_by, done.begun, denials,
    )  # fmt: skip
    edges = {ALWAYS}
    for steps in pieces:
        for begin, end, _, _ in steps:
            edges.add(begin)
            edges.add(end)
    for begin, end, _, late in (*went.deadlines, *went.begins_by):
        if begin <= late < end:
            edges.add(late)
    found: list[tuple[int, int, int, int]] = []
    order = sorted(edges)
    for begin, end in zip(order, [*order[1:], NEVER], strict=True):
        if begin >= NEVER:
            break
        word = WORDS.index(_status(outlook, life, is_owed, went, done, denials, begin))
        if found and found[-1][2] == word:
            found[-1] = (found[-1][0], end, word, word)
        else:
            found.append((begin, end, word, word))
    return (tuple(found),)


def _status(
    outlook: Outlook,
    life: Life,
    is_owed: owed.Owed,
    went: course.Course,
    done: ladder.Done,
    denials: Steps,
    now: Instant,
) -> str:
    final = went.final
    if final is not None and final[1] <= now:
        return final[0]
    if at(is_owed.recognised, now) is None:
        return "not owed"
    if at(is_owed.accepted, now) is None:
        return "proposed"
    if at(went.suspended, now) is not None:
        return "suspended"
    force = at(went.force, now)
    if life.kind == "prohibition":
        return "dormant" if force is None else "in force"
    if not life.is_duty:
        ready = at(went.ready, now)
        if force is None or ready is None:
            return "dormant"
        if any(ready[3] <= when[0] <= now for when in went.uses):
            return "used"
        return "denied" if at(denials, now) is not None else "open"
    if at(done.asserted, now) is not None:
        return "claimed"
    if force is None:
        return "dormant"
    return "overdue" if _overdue(outlook, life, went, done, now) else "due"


def _overdue(outlook: Outlook, life: Life, went: course.Course, done: ladder.Done, now: Instant) -> bool:
    """Its deadline has passed, or that to begin; an effort is never overdue."""
    if outlook.chapter(life, now).clauses.seeks is not None:
        return False
    ready, deadline, begins = at(went.ready, now), at(went.deadlines, now), at(went.begins_by, now)
    if begins is not None and course.live(begins, ready) and begins[3] <= now and at(done.begun, now) is None:
        return True
    return deadline is not None and course.live(deadline, ready) and deadline[3] <= now


def _denials(outlook: Outlook, life: Life) -> Steps:
    """While who must have accepted a right or power by then refuses it, or the latest attempt on it was denied."""
    went = course.course(outlook, life)
    acts = outlook.acts(life.name).by_verb
    entries = sorted(
        (entry for verb in ("refuses", "consents", "attempts") for entry in acts.get(verb, ())),
        key=lambda each: each.place,
    )

    def in_chapter(chapter: Chapter) -> Steps:
        found = []
        for ready in went.ready:
            begin: int | None = None
            for entry in entries:
                if not ready[3] <= entry.said < ready[1]:
                    continue
                denies: bool | None = None
                if entry.verb == "attempts":
                    if entry.act.on is not None and entry.act.on.name == life.name:
                        denies = entry.act.result == "denied"
                elif any(party in chapter.roles.debtors for party in entry.parties) and entry.about(
                    life.name, life.key
                ):
                    denies = entry.verb == "refuses"
                if denies and begin is None:
                    begin = entry.said
                elif denies is False and begin is not None:
                    if begin < entry.said:
                        found.append((begin, entry.said, begin, begin))
                    begin = None
            if begin is not None:
                found.append((begin, ready[1], begin, begin))
        return tuple(found)

    return by_chapter(outlook.chapters(life), in_chapter)


def has_been(outlook: Outlook, life: Life, state: str) -> Steps:
    """Since when a commitment has had a status; `not owed`, while it has it."""
    if state not in WORDS:
        return NEVER_SO
    place = WORDS.index(state)
    steps = tuple((begin, end, begin, begin) for begin, end, word, _ in statuses(outlook, life) if word == place)
    return steps if state == "not owed" else onward(steps)
