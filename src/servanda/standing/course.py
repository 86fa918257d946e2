"""The course of a commitment: in force, by when due, breached, at an end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from . import conditions, endings, ladder, last_days, owed, powers, promises, states
from .breaches import breached
from .ladder import asking_for, when_met
from .last_days import Deadlines
from .life import Chapter, Life, by_chapter
from .stretches import (
    ALWAYS,
    ALWAYS_SO,
    NEVER,
    NEVER_SO,
    Instant,
    Steps,
    Stretch,
    all_of,
    any_of,
    at,
    both,
    complement,
    either,
    inside,
    onward,
    settled,
    since,
    within,
    without,
)

if TYPE_CHECKING:
    from .outlook import Outlook


class Course(NamedTuple):
    """What became of a commitment in a reading.

    `ready`: it could be in force, but for an end or a suspension. `breaches` are stretches of a second, each with its
    dating. `fulfilled`, `waived`, `ended` hold the one final that was reached, if any; the early instant of `ended` is
    that from which what ends it was so. `late` is so where it was performed late, `late_unknown` from a deadline on
    that passed over a claim which nobody credits or disputes.
    """

    ready: Steps
    force: Steps
    suspended: Steps
    deadlines: Deadlines
    begins_by: Deadlines
    breaches: Steps
    late_unknown: Steps
    fulfilled: Steps
    waived: Steps
    ended: Steps
    late: Steps
    uses: Steps

    @property
    def final(self) -> tuple[str, Instant] | None:
        """The final that was reached, and when."""
        for word in ("fulfilled", "waived", "ended"):
            steps: Steps = getattr(self, word)
            if steps:
                return word, steps[0][0]
        return None


NOTHING = Course(*(NEVER_SO,) * 12)


# ── in force ────────────────────────────────────────────────────────────────────────────────────────────────


def own(outlook: Outlook, life: Life) -> Steps:
    """While everything that brings a commitment into force is so, but what it does together with others."""
    return outlook.solved(life.questions.own, _own, life)[0]


def _own(outlook: Outlook, life: Life) -> tuple[Steps]:
    is_owed: Steps = tuple((begin, end, begin, begin) for begin, end, _, _ in owed.owed(outlook, life).owed)
    if not is_owed:
        return (NEVER_SO,)
    if life.arose is not None:
        is_owed = both(is_owed, since(life.arose[1], life.arose[0]))

    def in_force(chapter: Chapter) -> Steps:
        clauses, asking = chapter.clauses, asking_for(life, chapter)
        steps = both(is_owed, own_when(outlook, life, chapter))
        if steps and clauses.start is not None:
            steps = both(steps, onward(conditions.so(outlook, clauses.start, asking)))
        if steps and clauses.instead_of is not None:
            steps = both(steps, _breached(outlook, life, clauses.instead_of.name, asking.key(clauses.instead_of.key)))
        return steps

    return (settled(by_chapter(outlook.chapters(life), in_force)),)


def _breached(outlook: Outlook, life: Life, name: str, key: str | None) -> Steps:
    """Since when a commitment, in whose place this one stands, is breached."""
    others = states.lives_named(outlook, life.reading, name, key)
    return onward(any_of(course(outlook, other).breaches for other in others))


def own_when(outlook: Outlook, life: Life, chapter: Chapter) -> Steps:
    """While what it waits for is so.

    A promise without `when` drops the bearer's own conditions, with `when C` it puts C in their place; it brings the
    commitment into force in every reading that recognises it, and so does an offer whose condition is met. Who has
    accepted by a conditional promise alone is not bound by the text's own conditions.
    """
    debtors, reading = chapter.roles.debtors, life.reading
    steps = when_met(outlook, life, chapter)
    if reading in debtors:
        standing = promises.standing(outlook, reading, life)
        if standing:
            steps = either(without(steps, standing), both(standing, promises.met_promise(outlook, reading, life)))
        if steps:
            steps = both(steps, either(standing, owed.unconditionally(outlook, reading, life)))
    for other in debtors:
        if steps and other != reading:
            steps = both(steps, owed.unconditionally(outlook, other, life))
    return either(steps, promises.in_effect(outlook, debtors, life))


def group(outlook: Outlook, life: Life) -> Iterator[Life]:
    """The other members of its `together` group, in its reading's text; its own name means the other instances."""
    names, instances = outlook.together(life.reading, life.name)
    for name in names:
        for other in outlook.lives(life.reading, name):
            if other is not life and (name != life.name or instances):
                yield other


def _together(outlook: Outlook, life: Life, own_steps: Steps) -> Steps:
    """A `together` group is in force only when every member is ready; one that is done or waived need not be."""
    if not own_steps:
        return own_steps
    found = own_steps
    for member in group(outlook, life):
        went = course(outlook, member)
        skipped = any_of(
            [ladder.done(outlook, member).fulfilled, went.fulfilled, went.waived, complement(member.exists)]
        )
        ended = tuple((begin + 1, end, begin, begin) for begin, end, _, _ in went.ended)  # an end comes after breaches
        waiting = without(without(own(outlook, member), ended), skipped)
        found = any_of([inside(found, skipped), both(found, waiting)])
    return settled(found)


# ── the whole course ────────────────────────────────────────────────────────────────────────────────────────


def course(outlook: Outlook, life: Life) -> Course:
    """What became of a commitment in a reading."""
    return outlook.solved(life.questions.course, _course, life, empty=NOTHING)


def _course(outlook: Outlook, life: Life) -> Course:
    ready = _together(outlook, life, own(outlook, life))
    has_powers = outlook.has_powers(life)
    suspended = powers.gone(outlook, life, "suspend") if has_powers else NEVER_SO
    if suspended and life.exists is not ALWAYS_SO:
        suspended = both(suspended, life.exists)
    done = ladder.done(outlook, life).fulfilled
    recognised = owed.owed(outlook, life).recognised
    finals = {"fulfilled": _fulfilled(outlook, life, done, recognised)}
    if has_powers:
        finals["waived"] = _first(both(_waived(outlook, life), recognised))
    first = min((each for each in finals.values() if each is not None), default=NEVER)
    deadlines, begins_by = last_days.of(outlook, life, ready, suspended)
    uses: Steps = tuple((when, when + 1, when, when) for when, _ in powers.uses_of(outlook, life))
    unended = settled(within(without(ready, suspended), ALWAYS, first))
    breaches, late_unknown = breached(outlook, life, ready, suspended, first, deadlines, begins_by)
    over = endings.ending(outlook, life, unended, ready, suspended, breaches, deadlines)
    finals["ended"] = _first(both(over, recognised))
    word, final = min(
        ((word, when) for word, when in finals.items() if when is not None),
        key=lambda each: each[1],
        default=("", NEVER),
    )
    reached = {word: since(final)} if word else {}
    began = at(over, final)
    if word == "ended" and began is not None and began[0] < final:  # before anybody recognised it
        reached = {word: since(final, began[0])}
        breaches = tuple(each for each in breaches if each[0] < final)
    breaches = tuple(each for each in breaches if each[0] <= final)
    late_unknown = within(late_unknown, ALWAYS, NEVER) if not late_unknown or late_unknown[0][0] <= final else NEVER_SO
    went = Course(
        ready,
        within(unended, ALWAYS, final),
        suspended,
        deadlines,
        begins_by,
        breaches,
        late_unknown,
        reached.get("fulfilled", NEVER_SO),
        reached.get("waived", NEVER_SO),
        reached.get("ended", NEVER_SO),
        NEVER_SO,
        uses,
    )
    return went._replace(late=_late(outlook, life, went, done)) if word == "fulfilled" else went


def _fulfilled(outlook: Outlook, life: Life, done: Steps, recognised: Steps) -> Instant | None:
    """When it was fulfilled. What is performed on the day of its transfer was performed by who owed it till then."""
    found = _first(both(done, recognised))
    for before, after in itertools.pairwise(outlook.chapters(life)):
        if before.text_of == after.text_of and (found is None or after.begin < found):
            went = _before_powers(outlook, life, after.begin)
            if went is not None and _first(went.fulfilled) == after.begin:
                return after.begin
    return found


def _before_powers(outlook: Outlook, life: Life, instant: Instant) -> Course | None:
    """What became of it without acts of power at an instant or later: at one instant performance comes before them."""
    then = outlook.before_powers(instant)
    own = None if then is None else then.same_in(life, life.reading)
    if then is None or own is None:
        return None
    went: Course = outlook.judged(then, life.name, ("course", own), course, then, own)
    return went


def _first(steps: Steps) -> Instant | None:
    return steps[0][0] if steps else None


def _waived(outlook: Outlook, life: Life) -> Steps:
    """Since when all to whom it is owed, or who hold it, have waived it, each for itself."""
    waivers = powers.waivers(outlook, life)
    if not waivers:
        return NEVER_SO

    def by_all(chapter: Chapter) -> Steps:
        who = chapter.roles.creditors
        return all_of([waivers.get(party, NEVER_SO) for party in who]) if who else NEVER_SO

    return by_chapter(outlook.chapters(life), by_all)


def live(deadline: tuple[Instant, ...] | None, ready: tuple[Instant, ...] | None) -> bool:
    """Whether there is a deadline that did not pass before it came into force."""
    return deadline is not None and (ready is None or deadline[3] > ready[3])


def _late(outlook: Outlook, life: Life, went: Course, done: Steps) -> Steps:
    """So where it was performed late. An anchor counts at its latest, a performance at its earliest.

    What acts of power change about the last day at the instant of the performance comes too late.
    """
    final = went.fulfilled[0][0]
    if at(done, final) is None or any(final in step[:2] for steps in (went.deadlines, went.ready) for step in steps):
        before = _before_powers(outlook, life, final)
        if before is not None and _first(before.fulfilled) == final:
            return before.late
    deadline, ready, performed = at(went.deadlines, final), at(went.ready, final), at(done, final)
    if not live(deadline, ready) or ready is None or deadline is None or performed is None:
        return NEVER_SO
    if outlook.chapter(life, final).clauses.seeks is not None or performed[2] <= deadline[3]:
        return NEVER_SO
    return NEVER_SO if held_up(at(went.suspended, final), deadline[3]) else since(final)


def held_up(suspended: Stretch | None, deadline: Instant) -> bool:
    """Whether a last day has not passed, since what is suspended then is so since before it."""
    return suspended is not None and suspended[0] <= deadline


def text_deadline(outlook: Outlook, life: Life) -> Deadlines:
    """By when it is due in its reading."""
    return course(outlook, life).deadlines
