"""Where one commitment stands, in one reading, at an instant."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

import msgspec

from servanda.model.conditions import AllOf, Amount, Condition, Unless
from servanda.model.span import Span
from servanda.text import printer
from servanda.text.words import RUNGS

from . import conditions, course, ladder, owed, promises, states, statuses
from .asking import SAID, Asking
from .clock import Clock
from .figures import figures, needed
from .life import Chapter, Life
from .outlook import Outlook
from .present import Present
from .stretches import ALWAYS, Instant, Stretch
from .texts import texts
from .wording import label_of, status_words


class Figures(msgspec.Struct, frozen=True):
    """The amount that performance is, and how much of it is claimed by anybody, observed, and credited in a reading."""

    needed: Decimal
    claimed: Decimal | None
    observed: Decimal | None
    credited: Decimal | None

    def __str__(self) -> str:
        said = {"claimed": self.claimed, "observed": self.observed, "credited": self.credited}
        parts = [f"{'none' if number is None else number} {what}" for what, number in said.items()]
        return ", ".join([f"{self.needed} needed", *parts])

    def __repr__(self) -> str:
        return f"<Figures {self}>"


class Missing(msgspec.Struct, frozen=True):
    """Something that a commitment waits for, in the words of the text, and where they stand."""

    text: str
    span: Span | None


class Standing(msgspec.Struct, frozen=True):
    """Where one commitment stands, in one reading, at one date.

    `rungs` has the instant from which each rung counts, the first day of all calendars for what was always so. `late`
    is None where that is unknown or nothing is done; `missing` is what a dormant commitment waits for; `facts` are the
    states that hold beside the status: breached, refused, agreed, signed, used, in force, confirmed. Where it would be
    late or overdue if something inexact had been at another of its dates, `otherwise_dated` says which of the two.
    `begins_by` is the deadline to begin, until it is begun. `day_passed` is so of an effort whose last day is over: it
    stays due. `arose` is the event, breach or beginning of a period that an instance is for.
    """

    name: str
    instance: str | None
    reading: str
    status: str
    since: datetime.datetime | None
    late: bool | None
    claim_disputed: bool
    deadline: tuple[datetime.datetime, datetime.datetime] | None
    breached: tuple[datetime.datetime, ...]
    rungs: Mapping[str, datetime.datetime | None]
    facts: frozenset[str]
    missing: tuple[Missing, ...]
    amount: Figures | None
    deadline_dropped: bool = False
    late_unknown: bool = False
    otherwise_dated: Literal["late", "overdue"] | None = None
    begins_by: tuple[datetime.datetime, datetime.datetime] | None = None
    arose: datetime.datetime | None = None
    day_passed: bool = False

    @property
    def label(self) -> str:
        """The commitment's name, with its instance if it has one."""
        return label_of(self.name, self.instance)

    def __str__(self) -> str:
        return status_words(self)

    def __repr__(self) -> str:
        return f"<Standing {self.label} in {self.reading}: {self}>"


# ── one standing ────────────────────────────────────────────────────────────────────────────────────────────

_STATES_BESIDE = ("promised", "begun", "observed", "verified", "confirmed")


def standing_of(outlook: Outlook, life: Life, now: Instant) -> Standing:
    """Where a life stands at an instant."""
    return lasting(outlook, life, now)[0]


def lasting(outlook: Outlook, life: Life, now: Instant) -> tuple[Standing, Instant, Instant]:
    """Where a life stands at an instant, and from when until when it stands so as far as what is in view then goes."""
    found: tuple[Standing, Instant, Instant] = outlook.lasting(
        life.name, ("standing", life), now, _standing_of, outlook, life
    )
    return found


def _standing_of(now: Present, outlook: Outlook, life: Life) -> Standing:
    clock, chapter = outlook.clock, chapter_of(outlook, life, now)
    went = course.course(outlook, life)
    stretch = now.at(statuses.statuses(outlook, life))
    assert stretch is not None
    status = statuses.WORDS[stretch[2]]
    deadline, begins, ready = now.at(went.deadlines), now.at(went.begins_by), now.at(went.ready)
    undertaken, done = ladder.undertaken(outlook, life), ladder.done(outlook, life)
    reached = (*undertaken, done.begun, done.claimed, done.observed, done.verified, done.confirmed)
    rungs = {rung: now.at(steps) for rung, steps in zip(RUNGS, reached, strict=True)}
    unknown = now.at(went.late_unknown) is not None
    return Standing(
        life.name,
        life.key,
        life.reading,
        status,
        _since(clock, life, stretch[0], now),
        _late(went, status, now, unknown=unknown),
        _claim_disputed(outlook, life, chapter, status, now),
        _lasts(clock, deadline, ready),
        tuple(clock.moment(each[0]) for each in went.breaches if now.is_past(each[0])),
        {rung: None if step is None else clock.moment(step[3]) for rung, step in rungs.items()},
        _facts(outlook, life, chapter, went, now) | {each for each in _STATES_BESIDE if rungs[each] is not None},
        tuple(missing(outlook, life, chapter, now)) if status == "dormant" else (),
        _figures(outlook, life, chapter, now),
        deadline is not None and not course.live(deadline, ready),
        unknown,
        _otherwise_dated(outlook, life, went, status, now),
        _lasts(clock, begins, ready) if rungs["begun"] is None else None,
        None if life.arose is None else _last(clock, life.arose[1]),
        status == "due" and deadline is not None and course.live(deadline, ready) and now.is_past(deadline[3]),
    )


def chapter_of(outlook: Outlook, life: Life, now: Present) -> Chapter:
    """The chapter of a life that the present lies in."""
    chapter = outlook.chapter(life, now.instant)
    now.lies_in(chapter.begin, chapter.end)
    return chapter


def _since(clock: Clock, life: Life, begin: Instant, now: Present) -> datetime.datetime | None:
    """Since when it is so: of an instance, from when on there is one."""
    there = now.at(life.exists)
    begin = begin if there is None else max(begin, there[0])
    return None if begin <= ALWAYS else clock.moment(begin)


def _lasts(
    clock: Clock, deadline: Stretch | None, ready: Stretch | None
) -> tuple[datetime.datetime, datetime.datetime] | None:
    """The last moments in time, by the earliest and by the latest dating; None where no deadline runs."""
    if deadline is None or not course.live(deadline, ready):
        return None
    return _last(clock, deadline[2]), _last(clock, deadline[3])


def _last(clock: Clock, deadline: Instant) -> datetime.datetime:
    """The last moment before a deadline passes: of a day, its last second."""
    moment = clock.moment(deadline)
    return moment if moment.hour or moment.minute else clock.moment(deadline - 1)


def _late(went: course.Course, status: str, now: Present, *, unknown: bool) -> bool | None:
    """Whether what is done was done late; None where nothing is done, or it is unknown."""
    if status != "fulfilled":
        return None
    late = now.at(went.late) is not None
    return None if late and unknown else late


def _otherwise_dated(
    outlook: Outlook, life: Life, went: course.Course, status: str, now: Present
) -> Literal["late", "overdue"] | None:
    """By another dating: for lateness an anchor counts at its latest, a performance at its earliest."""
    when = Present(went.fulfilled[0][0]) if status == "fulfilled" else now
    deadline = when.at(went.deadlines)
    if deadline is None or not course.live(deadline, when.at(went.ready)):
        return None
    if chapter_of(outlook, life, when).clauses.seeks is not None:
        return None
    if status == "due":
        return "overdue" if now.is_past(deadline[2]) else None
    if (
        status != "fulfilled"
        or when.at(went.ready) is None
        or went.late
        or course.held_up(when.at(went.suspended), deadline[2])
    ):
        return None
    done = when.at(ladder.done(outlook, life).fulfilled)
    return "late" if done is not None and done[3] > deadline[2] else None


def _claim_disputed(outlook: Outlook, life: Life, chapter: Chapter, status: str, now: Present) -> bool:
    done = ladder.done(outlook, life)
    if status == "fulfilled" or now.at(done.claimed) is None or now.at(done.asserted) is not None:
        return False
    asking = Asking(life.reading, life.binding, chapter.roles.bearers, life, SAID)
    return now.at(ladder.told(outlook, life, chapter, asking)) is not None


def _facts(outlook: Outlook, life: Life, chapter: Chapter, went: course.Course, now: Present) -> frozenset[str]:
    sources = {cite.source.name for cite in chapter.clauses.under}
    facts = {
        "breached": any(now.is_past(each[0]) for each in went.breaches),
        "refused": now.at(states.refused(outlook, life)) is not None,
        "agreed": now.at(owed.owed(outlook, life).agreed) is not None,
        "signed": any(now.at(states.signed(outlook, source)) is not None for source in sources),
        "used": any(now.is_past(each[0]) for each in went.uses),
        "in force": now.at(went.force) is not None,
    }
    return frozenset(fact for fact, holds in facts.items() if holds)


def missing(outlook: Outlook, life: Life, chapter: Chapter, now: Present) -> Iterator[Missing]:
    """What a commitment waits for: the parts of its conditions that are not so, the others of its group."""
    clauses, asking = chapter.clauses, ladder.asking_for(life, chapter)
    if now.at(course.own_when(outlook, life, chapter)) is None:
        yield from _unmet_when(outlook, life, chapter, now)
    if clauses.start is not None and now.at(conditions.so(outlook, clauses.start, asking)) is None:
        yield from unmet(outlook, clauses.start, asking, now)
    if clauses.instead_of is not None:
        ref = clauses.instead_of
        others = states.lives_named(outlook, life.reading, ref.name, asking.key(ref.key))
        if not any(now.is_past(each[0]) for other in others for each in course.course(outlook, other).breaches):
            yield Missing(f"{printer.ref(ref)} is breached", ref.span)
    for member in course.group(outlook, life):
        final = course.course(outlook, member).final
        if now.at(course.own(outlook, member)) is None and (final is None or not now.is_past(final[1])):
            yield Missing(f"together with {member.label}", outlook.case.commitments[member.name].span)


def _unmet_when(outlook: Outlook, life: Life, chapter: Chapter, now: Present) -> Iterator[Missing]:
    """What the text waits for; or, where somebody is bound by words with a condition alone, what these wait for."""
    when, debtors = chapter.clauses.when, chapter.roles.debtors
    standing = {each: now.at(promises.standing(outlook, each, life)) is not None for each in debtors}
    bound = {each: now.at(owed.unconditionally(outlook, each, life)) is not None for each in debtors}
    if when is not None and not standing.get(life.reading, False) and (any(bound.values()) or not debtors):
        yield from unmet(outlook, when, ladder.asking_for(life, chapter), now)
    for debtor in debtors:
        made = promises.made(outlook, debtor, life, "promises")
        if debtor != life.reading or not standing[debtor]:
            if bound[debtor]:
                continue
            made = [*made, *promises.made(outlook, debtor, life, "offers")]
        waits = [each.entry.act.when for each in made if each.entry.act.when and now.at(each.stands) is not None]
        for condition in waits:
            yield from unmet(outlook, condition, Asking(outlook.reading_of(debtor), life.binding, (debtor,)), now)
        if not waits and not bound[debtor]:
            yield Missing(f"{debtor} binds itself", outlook.case.commitments[life.name].span)


def unmet(outlook: Outlook, condition: Condition, asking: Asking, now: Present) -> Iterator[Missing]:
    """The parts of a condition without which it cannot come about, as far as they are not so."""
    if now.at(conditions.so(outlook, condition, asking)) is not None:
        return
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from unmet(outlook, part, asking, now)
    elif isinstance(condition, Unless) and now.at(conditions.so(outlook, condition.condition, asking)) is None:
        yield from unmet(outlook, condition.condition, asking, now)
    else:
        yield Missing(printer.condition(condition), condition.span)


def _figures(outlook: Outlook, life: Life, chapter: Chapter, now: Present) -> Figures | None:
    """What the record says of the amount that performance is."""
    wanted = next(_amounts(chapter.clauses.done_when), None)
    if wanted is None:
        return None
    asking = Asking(life.reading, life.binding, chapter.roles.bearers, life)
    terms = conditions.terms_in(outlook, wanted, *conditions.whose(wanted, asking))
    begin, end, text = next(each for each in texts(outlook, life.reading, terms) if now.instant < each[1])
    now.lies_in(begin, end)

    def largest(verbs: tuple[str, ...], ask: Asking) -> Decimal | None:
        said = [
            each
            for each in conditions.counted_amounts(outlook, wanted, text, ask)
            if each[0].entry.verb in verbs and now.is_past(each[2])
        ]
        found = [figure for own in figures(wanted, said).values() for figure, _, _ in own]
        return Decimal(max(found)) if found else None

    said = asking._replace(evidence=SAID)
    return Figures(
        Decimal(needed(wanted, asking)),
        largest(("claims",), said),
        largest(("observes",), said),
        largest(("claims", "observes", "confirms"), asking),
    )


def _amounts(condition: Condition | None) -> Iterator[Amount]:
    if isinstance(condition, Amount):
        yield condition
    elif isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _amounts(part)
