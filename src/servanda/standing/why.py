"""Why a commitment has the status that it has: the root of the tree of reasons, and what bears on each status."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from servanda.model.conditions import PublicAct

from . import (
    conditions,
    course,
    endings,
    ladder,
    statuses,
    why_arisen,
    why_done,
    why_forbidden,
    why_owed,
    why_powers,
    why_ready,
    why_so,
)
from .asking import Asking
from .life import Chapter, Life
from .stretches import Instant, at
from .telling import Reason, Telling, day, fresh, held, in_reading, last_day
from .view import RECORD

if TYPE_CHECKING:
    from .outlook import Outlook


def of(t: Telling, outlook: Outlook, life: Life, now: Instant) -> Reason:
    """Why a commitment has its status at an instant."""
    status = statuses.word(at(statuses.statuses(outlook, life), now))
    span = outlook.case.commitments[life.name].span
    words = f"{life.label} is {status} {in_reading(life.reading)}"

    def tell() -> Reason:
        below = _BELOW[status](t, outlook, life, now)
        if status not in ("not owed", "proposed", "waived", "ended"):
            below += list(why_powers.without_effect(t, outlook, life, now))
        return Reason(words + _more(outlook, life, status, now), True, span, None, None, tuple(below))

    return t.once(("standing", id(outlook), life.name, life.key, life.reading, now), words, span, tell)


def _more(outlook: Outlook, life: Life, status: str, now: Instant) -> str:
    """What belongs to a status in one word more: the last day, the day on which a final was reached, lateness."""
    went = course.course(outlook, life)
    if status in ("due", "overdue", "suspended"):
        date, begins = at(went.deadlines, now), at(went.begins_by, now)
        if status == "overdue" and begins is not None and not (date is not None and date[3] <= now):
            return f", to begin by {last_day(outlook, begins[3])}"
        if date is not None and course.live(date, at(went.ready, now)):
            last = last_day(outlook, date[3])
            if status == "due" and date[3] <= now:
                return f", its day {last} has passed: an effort is never overdue"
            return f", {'since' if status == 'overdue' else 'by'} {last}"
        return ", with no last day" if status == "due" else ""
    if status == "fulfilled":
        late = ""
        if at(went.late, now) is not None:
            late = ", late" if at(went.late_unknown, now) is None else ", whether late is unknown"
        return f" since {day(outlook, went.fulfilled[0][0])}{late}"
    if status in ("waived", "ended"):
        return f" since {day(outlook, getattr(went, status)[0][0])}"
    return ""


# ── not bound ───────────────────────────────────────────────────────────────────────────────────────────────


def _not_owed(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    return why_owed.not_recognised(t, outlook, life, now)


def _proposed(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    return [
        *why_arisen.arisen(t, outlook, life, now),
        why_owed.recognised(t, outlook, life, now),
        *why_owed.not_accepted(t, outlook, life, now),
    ]


# ── finals ──────────────────────────────────────────────────────────────────────────────────────────────────


def _fulfilled(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    went = course.course(outlook, life)
    final = went.fulfilled[0][0]
    found = [
        *why_arisen.arisen(t, outlook, life, final),
        why_owed.recognised(t, outlook, life, final),
        *why_done.fulfilled(t, outlook, life, final),
    ]
    if at(went.late, now) is not None:
        found += why_ready.ready(t, outlook, life, final)
        found += why_ready.deadline(t, outlook, life, final)
        found += _over_a_claim(t, outlook, life, final)
    return found


def _over_a_claim(t: Telling, outlook: Outlook, life: Life, final: Instant) -> list[Reason]:
    """The claim over which its last day passed, where it is unknown for that whether it was late."""
    passed = at(course.course(outlook, life).late_unknown, final)
    if passed is None:
        return []
    said = why_done.asserted(t, outlook, life, passed[0])
    words = "it was claimed when that passed, and this neither credited nor disputed"
    return [Reason(words, None, None, None, None, tuple(said))]


def _waived(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    final = course.course(outlook, life).waived[0][0]
    return [
        *why_arisen.arisen(t, outlook, life, final),
        why_owed.recognised(t, outlook, life, final),
        *why_powers.acted(t, outlook, life, "waive", final),
    ]


def _ended(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    final = course.course(outlook, life).ended[0][0]
    found = [*why_arisen.arisen(t, outlook, life, final), why_owed.recognised(t, outlook, life, final)]
    return [*found, *_ending(t, outlook, life, outlook.chapter(life, final), final)]


def _ending(t: Telling, outlook: Outlook, life: Life, chapter: Chapter, final: Instant) -> list[Reason]:
    """What ended it: an act, another commitment in its place, `until`, or that it can no longer come into force."""
    found = why_powers.acted(t, outlook, life, "terminate", final)
    if found:
        return found
    clauses, asking = chapter.clauses, ladder.asking_for(life, chapter, end=True)
    if clauses.until is not None:
        steps = conditions.so(outlook, clauses.until, asking)
        if steps and steps[0][0] <= final:
            held_by = held(outlook, life.reading, life.name, life.key, "until", final)
            return [why_so.condition(t, outlook, clauses.until, asking, steps[0][0], lead="until ", held_by=held_by)]
    for other, then in endings.in_place_of(outlook, life) if course.course(outlook, life).breaches else ():
        if then.begin <= final < then.end and at(course.course(outlook, other).force, final) is not None:
            span = outlook.case.commitments[other.name].span
            below = why_ready.in_force(t, outlook, other, final)
            return [Reason(f"{other.label} is in force in its place", True, span, None, None, tuple(below))]
    if not life.is_duty and at(course.course(outlook, life).ready, final) is not None:
        return why_ready.deadline(t, outlook, life, final)
    below = why_ready.waits_for(t, outlook, life, final)
    return [Reason("it can no longer come into force", True, None, None, None, tuple(below))]


# ── what is in between ──────────────────────────────────────────────────────────────────────────────────────


def _suspended(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    return [
        *why_ready.owed_because(t, outlook, life, now),
        *why_powers.acted(t, outlook, life, "suspend", now),
    ]


def _claimed(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    return [
        *why_ready.owed_because(t, outlook, life, now),
        *why_done.asserted(t, outlook, life, now),
        *_without_proof(t, outlook, life, now),
    ]


def _without_proof(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """Where what is said is credited, which proof is asked and missing; who confirmed it and takes that back."""
    chapter = outlook.chapter(life, now)
    clauses = chapter.clauses
    who = chapter.roles.counterparties if life.reading == RECORD else (life.reading,)
    words = [entry for entry in outlook.acts(life.name).all
             if entry.verb in ("confirms", "disputes") and entry.about(life.name, life.key)]  # fmt: skip
    last = {party: entry for entry in words for party in entry.parties if party in who}
    disputing = t.acts(entry for entry in last.values() if entry.verb == "disputes")
    if life.kind != "obligation" or not clauses.verified_by or at(ladder.done(outlook, life).performed, now) is None:
        return []
    proof = " or ".join(ref.name for ref in clauses.verified_by)
    below = why_done.versions(t, outlook, life, now, ["verified by"])
    told = f"verified by {proof}: it is not so"
    return [Reason(told, False, clauses.verified_by[0].span, None, None, (*below, *disputing))]


def _dormant(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    return [
        *why_ready.owed_because(t, outlook, life, now),
        *why_ready.waits_for(t, outlook, life, now),
    ]


def _due(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    found = why_ready.in_force(t, outlook, life, now)
    dates = why_ready.deadline(t, outlook, life, now)
    return [*found, *dates, *_undone(t, outlook, life, now), *why_done.in_vain(t, outlook, life, now)]


def _undone(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """What performance would be, or what an effort seeks, where the text says it by a condition."""
    chapter = outlook.chapter(life, now)
    asking = Asking(life.reading, life.binding, chapter.roles.bearers, life)
    stated = {
        clause: condition
        for clause, condition in why_done.performance(chapter.clauses)
        if not isinstance(condition, PublicAct)
    }
    found = why_done.versions(t, outlook, life, now, ["done when"]) if "done when" not in stated else []
    for clause, condition in stated.items():
        if at(conditions.so(outlook, condition, asking), now) is None:
            own = held(outlook, life.reading, life.name, life.key, clause, now)
            found.append(why_so.condition(t, outlook, condition, asking, now, lead=f"{clause} ", held_by=own))
    return found


def _overdue(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """As what is due; and why it was in force when its last day passed, where that has other grounds."""
    found = _due(t, outlook, life, now)
    went = course.course(outlook, life)
    date = at(went.deadlines, now)
    if date is not None and date[3] <= now and at(went.ready, date[3] - 1) is not None:
        then = fresh(why_ready.in_force(t, outlook, life, date[3] - 1))
        if then:
            found.append(Reason("it was in force when its last day passed", True, None, None, None, tuple(then)))
    return found


def _in_force(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    found = why_ready.in_force(t, outlook, life, now)
    breaches = [each[0] for each in course.course(outlook, life).breaches if each[0] <= now]
    if breaches:
        below = why_ready.happened(t, outlook, life, breaches[-1])
        times = "once" if len(breaches) == 1 else f"{len(breaches)} times, last"
        words = f"what it forbids happened {times} on {day(outlook, breaches[-1])}"
        found.append(Reason(words, True, None, None, None, tuple(below)))
    return found


# ── rights and powers ───────────────────────────────────────────────────────────────────────────────────────


def _open(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    return why_ready.in_force(t, outlook, life, now)


def _used(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    return [*why_ready.in_force(t, outlook, life, now), *why_forbidden.used(t, outlook, life, now)]


def _denied(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    return [*why_ready.in_force(t, outlook, life, now), *why_forbidden.denied(t, outlook, life, now)]


_BELOW: dict[str, Callable[[Telling, Outlook, Life, Instant], list[Reason]]] = {
    "not owed": _not_owed,
    "proposed": _proposed,
    "fulfilled": _fulfilled,
    "waived": _waived,
    "ended": _ended,
    "suspended": _suspended,
    "claimed": _claimed,
    "dormant": _dormant,
    "overdue": _overdue,
    "due": _due,
    "in force": _in_force,
    "open": _open,
    "used": _used,
    "denied": _denied,
}
