"""Why a commitment is in force, or what it waits for; by when it is due, counted from what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from servanda.model.conditions import InState, OnDate
from servanda.text import printer

from . import (
    conditions,
    course,
    ladder,
    last_days,
    owed,
    powers,
    promises,
    states,
    why_arisen,
    why_done,
    why_named,
    why_owed,
    why_powers,
    why_so,
)
from .life import Chapter, Life
from .stretches import NEVER_SO, Instant, at
from .telling import Reason, Telling, day, fresh, held, in_reading, last_day, stale

if TYPE_CHECKING:
    from .outlook import Outlook


def in_force(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """Why a commitment is owed and in force at an instant."""
    found = [*owed_because(t, outlook, life, now), *ready(t, outlook, life, now)]
    if at(course.course(outlook, life).deadlines, now) is None:  # else it is said what that moves
        found += _interrupted(t, outlook, life, now, "it was suspended, and is no longer")
    return found


def owed_because(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """Why a commitment is owed: recognised in the reading, and accepted by whoever must have."""
    arisen = why_arisen.arisen(t, outlook, life, now)
    first = why_owed.recognised(t, outlook, life, now)
    accepted = why_owed.accepted(t, outlook, life, now)
    if life.reading in outlook.chapter(life, now).roles.debtors and any(stale(each) for each in accepted):
        first = msgspec.structs.replace(first, text=f"{life.reading} recognises and accepts it")
        accepted = fresh(accepted)
    return [*arisen, first, *accepted, *why_done.versions(t, outlook, life, now, ("of", "to"))]


# ── in force ────────────────────────────────────────────────────────────────────────────────────────────────


def ready(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """What brings a commitment into force: its conditions, or a promise; the others of its group."""
    chapter = outlook.chapter(life, now)
    clauses, asking = chapter.clauses, ladder.asking_for(life, chapter)
    found = _when(t, outlook, life, chapter, now)
    if clauses.start is not None:
        steps = conditions.so(outlook, clauses.start, asking)
        begin = now if at(steps, now) is not None else steps[0][0] if steps else now
        held_by = held(outlook, life.reading, life.name, life.key, "from", now)
        found.append(why_so.condition(t, outlook, clauses.start, asking, begin, lead="from ", held_by=held_by))
    else:
        found += why_done.versions(t, outlook, life, now, ["from"])
    if clauses.instead_of is not None:
        found += _instead_of(t, outlook, life, chapter, now)
    for member in course.group(outlook, life):
        found.append(_member(t, outlook, member, now))
    return [*found, *why_done.versions(t, outlook, life, now, ["together with"])]


def _when(t: Telling, outlook: Outlook, life: Life, chapter: Chapter, now: Instant) -> list[Reason]:
    debtors, reading = chapter.roles.debtors, life.reading
    by_text = ladder.when_met(outlook, life, chapter)
    of_text = at(by_text, now) is not None
    own_promise = reading in debtors and at(promises.standing(outlook, reading, life), now) is not None
    if own_promise:
        of_text = at(promises.met_promise(outlook, reading, life), now) is not None
    elif reading in debtors:
        of_text = of_text and at(owed.unconditionally(outlook, reading, life), now) is not None
    of_text = of_text and all(
        at(owed.unconditionally(outlook, each, life), now) is not None for each in debtors if each != reading
    )
    ways = []
    if of_text:
        ways.append(partial(_by_text, t, outlook, life, chapter, now, own_promise=own_promise))
    if at(promises.in_effect(outlook, debtors, life), now) is not None:
        by_promise = partial(_by_promises, t, outlook, life, debtors, now)
        ways.insert(len(ways) if chapter.clauses.when is None else 0, by_promise)
    return t.first_sound(ways)


def _by_text(
    t: Telling, outlook: Outlook, life: Life, chapter: Chapter, now: Instant, *, own_promise: bool
) -> list[Reason]:
    found: list[Reason] = []
    when, reading = chapter.clauses.when, life.reading
    if own_promise:
        found += _undertakings(t, outlook, reading, life, now)[:1]
    elif when is not None:
        held_by = held(outlook, reading, life.name, life.key, "when", now)
        asking = ladder.asking_for(life, chapter)
        found.append(why_so.condition(t, outlook, when, asking, now, lead="when ", held_by=held_by))
    else:
        found += why_done.versions(t, outlook, life, now, ["when"])
    for party in chapter.roles.debtors:
        if party != reading or not own_promise:
            found += why_owed.unconditional(t, outlook, party, life, now)
    return fresh(found)


def _by_promises(t: Telling, outlook: Outlook, life: Life, debtors: tuple[str, ...], now: Instant) -> list[Reason]:
    found = []
    for debtor in debtors:
        below = _undertakings(t, outlook, debtor, life, now)[:1]
        without = not any(each.entry.act.when for each in _met(outlook, debtor, life, now)[:1])
        words = f"{debtor} has promised it{' without a condition' if without else ', and the condition is met'}"
        found.append(Reason(words, True, None, None, None, tuple(below)))
    return found


def _met(outlook: Outlook, debtor: str, life: Life, now: Instant) -> list[promises.Undertaking]:
    """Promises and offers that stand with their condition met, those without a condition first."""
    found = [
        each
        for verb in ("promises", "offers")
        for each in promises.made(outlook, debtor, life, verb)
        if at(each.met, now) is not None and (verb == "promises" or each.entry.act.when is not None)
    ]
    return sorted(found, key=lambda each: (each.entry.act.when is not None, at(each.met, now)[3]))  # type: ignore[index]


def _undertakings(t: Telling, outlook: Outlook, debtor: str, life: Life, now: Instant) -> list[Reason]:
    return [why_named.undertaking(t, outlook, each, debtor, life, now) for each in _met(outlook, debtor, life, now)[:1]]


def _instead_of(t: Telling, outlook: Outlook, life: Life, chapter: Chapter, now: Instant) -> list[Reason]:
    ref = chapter.clauses.instead_of
    assert ref is not None
    key = ladder.asking_for(life, chapter).key(ref.key)
    for other in states.lives_named(outlook, life.reading, ref.name, key):
        if any(each[0] <= now for each in course.course(outlook, other).breaches):
            below = breached(t, outlook, other, now)
            return [Reason(f"instead of {other.label}, which is breached", True, ref.span, None, None, tuple(below))]
    return [t.nothing(f"instead of {printer.ref(ref)}, which is not breached", ref.span)]


def _member(t: Telling, outlook: Outlook, member: Life, now: Instant) -> Reason:
    """Whether another member of the group is ready, or need not be: done or waived."""
    span = outlook.case.commitments[member.name].span
    went = course.course(outlook, member)
    words = f"together with {member.label}"
    if at(ladder.done(outlook, member).fulfilled, now) is not None:
        below = why_done.fulfilled(t, outlook, member, now)
        return Reason(f"{words}, which is done", True, span, None, None, tuple(below))
    if at(went.waived, now) is not None:
        below = why_powers.acted(t, outlook, member, "waive", now)
        return Reason(f"{words}, which is waived", True, span, None, None, tuple(below))
    if at(course.own(outlook, member), now) is None:
        below = list(waits_for(t, outlook, member, now, alone=True))
        return Reason(f"{words}, which is not ready", False, span, None, None, tuple(below))
    chapter = outlook.chapter(member, now)
    below = [*owed_because(t, outlook, member, now), *_when(t, outlook, member, chapter, now)]
    return Reason(f"{words}, which is ready", True, span, None, None, tuple(below))


# ── what it waits for ───────────────────────────────────────────────────────────────────────────────────────


def waits_for(t: Telling, outlook: Outlook, life: Life, now: Instant, *, alone: bool = False) -> list[Reason]:
    """What a commitment waits for: the parts of its conditions, those that are so and those that are not."""
    chapter = outlook.chapter(life, now)
    clauses, asking = chapter.clauses, ladder.asking_for(life, chapter)
    found: list[Reason] = []
    if at(owed.owed(outlook, life).owed, now) is None:
        return [t.nothing(f"{life.label} is not owed {in_reading(life.reading)}")]
    if at(course.own_when(outlook, life, chapter), now) is None:
        found += _unmet_when(t, outlook, life, chapter, now)
    if clauses.start is not None and at(conditions.so(outlook, clauses.start, asking), now) is None:
        held_by = held(outlook, life.reading, life.name, life.key, "from", now)
        found.append(why_so.condition(t, outlook, clauses.start, asking, now, lead="from ", held_by=held_by))
    if clauses.instead_of is not None:
        found += [each for each in _instead_of(t, outlook, life, chapter, now) if each.holds is False]
    if not alone:
        for member in course.group(outlook, life):
            final = course.course(outlook, member).final
            if at(course.own(outlook, member), now) is None and (final is None or final[1] > now):
                found.append(_member(t, outlook, member, now))
    return found


def _unmet_when(t: Telling, outlook: Outlook, life: Life, chapter: Chapter, now: Instant) -> list[Reason]:
    """What the text waits for; or, where somebody is bound by words with a condition alone, what these wait for."""
    when, debtors = chapter.clauses.when, chapter.roles.debtors
    standing = {each: at(promises.standing(outlook, each, life), now) is not None for each in debtors}
    bound = {each: at(owed.unconditionally(outlook, each, life), now) is not None for each in debtors}
    found = []
    if when is not None and not standing.get(life.reading, False) and (any(bound.values()) or not debtors):
        held_by = held(outlook, life.reading, life.name, life.key, "when", now)
        asking = ladder.asking_for(life, chapter)
        found.append(why_so.condition(t, outlook, when, asking, now, lead="when ", held_by=held_by))
    for debtor in debtors:
        made = promises.made(outlook, debtor, life, "promises")
        if debtor != life.reading or not standing[debtor]:
            made = [*made, *promises.made(outlook, debtor, life, "offers")]
        waits = [each for each in made if each.entry.act.when is not None and at(each.stands, now) is not None]
        found += [why_named.undertaking(t, outlook, each, debtor, life, now) for each in waits]
        if not waits and not bound[debtor]:
            found.append(t.nothing(f"{debtor} has not bound itself"))
    return found


# ── deadlines ───────────────────────────────────────────────────────────────────────────────────────────────


def deadline(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """By when it is due: the text's date or one promised, what it counts from, and what moved it."""
    chapter, went = outlook.chapter(life, now), course.course(outlook, life)
    clauses = chapter.clauses
    found: list[Reason] = []
    date, ready_ = at(went.deadlines, now), at(went.ready, now)
    below = [*_text_dates(t, outlook, life, chapter, now), *_promised_dates(t, outlook, life, chapter, now)]
    if date is not None:
        unmoved = at(last_days.of(outlook, life, went.ready, NEVER_SO)[0], now) if went.suspended else date
        if date[2:] != (unmoved or date)[2:]:
            below += _interrupted(t, outlook, life, min(now, date[3]), "moved by the time suspended")
        words = f"the last day is {last_day(outlook, date[3])}"
        if not course.live(date, ready_):
            words = f"its last day, {last_day(outlook, date[3])}, passed before it came into force"
        found.append(Reason(words, True, None, None, None, tuple(below)))
    elif clauses.by is not None or clauses.within is not None:
        found.append(Reason("there is no last day yet", False, None, None, None, tuple(below)))
    else:
        found += [*why_done.versions(t, outlook, life, now, ("by", "within")), *below]
    return [*found, *_beginning(t, outlook, life, chapter, now)]


def _beginning(t: Telling, outlook: Outlook, life: Life, chapter: Chapter, now: Instant) -> list[Reason]:
    """By when to begin, and whether it was begun by then."""
    went, begins_by = course.course(outlook, life), chapter.clauses.begins_by
    date, begun = at(went.begins_by, now), at(ladder.done(outlook, life).begun, now)
    if date is None or begins_by is None:
        return []
    below = why_so.dated(t, outlook, begins_by, ladder.asking_for(life, chapter, end=True), now)
    below += why_done.versions(t, outlook, life, now, ["begins by"])
    words = f"to begin by {last_day(outlook, date[3])}"
    if not course.live(date, at(went.ready, now)):
        words = f"{words}, which passed before it came into force"
    elif begun is not None:
        late = ", after that" if begun[3] > date[3] else ""
        acts = why_done.rung(t, outlook, life, "begun", now)
        below.append(Reason(f"begun on {day(outlook, begun[3])}{late}", not late, None, None, None, tuple(acts)))
    elif date[3] <= now:
        below.append(t.nothing("it has not begun"))
    return [Reason(words, True, begins_by.span, None, None, tuple(below))]


def _text_dates(t: Telling, outlook: Outlook, life: Life, chapter: Chapter, now: Instant) -> list[Reason]:
    clauses = chapter.clauses
    asking = ladder.asking_for(life, chapter, end=True)
    found = []
    if clauses.by is not None:
        below = why_so.dated(t, outlook, clauses.by, asking, now)
        below += why_done.versions(t, outlook, life, now, ["by"])
        if (
            not below
            and not isinstance(clauses.by, OnDate)
            and at(conditions.dates(outlook, clauses.by, asking), now) is None
        ):
            below = why_so.lacking(t, outlook, clauses.by, asking, now)
        found.append(Reason(f"by {printer.condition(clauses.by)}", True, clauses.by.span, None, None, tuple(below)))
    if clauses.within is not None:
        of = clauses.within.of
        asking = asking._replace(end=False)
        words, below = f"within {clauses.within.duration}", []
        if of is not None:
            words = f"{words} of {printer.condition(of)}"
            below = why_so.dated(t, outlook, of, asking, now)
            if not below and at(conditions.dates(outlook, of, asking), now) is None:
                below = [why_so.condition(t, outlook, of, asking, now)]
        elif life.arose is None:
            words = f"{words} of coming into force"
        below += why_done.versions(t, outlook, life, now, ["within"])
        found.append(Reason(words, True, clauses.within.span, None, None, tuple(below)))
    return found


def _promised_dates(t: Telling, outlook: Outlook, life: Life, chapter: Chapter, now: Instant) -> list[Reason]:
    """The dates of promises in effect; a later one than the text's counts once it is accepted."""
    found = _rejected_dates(t, outlook, life, chapter, now)
    for debtor in chapter.roles.debtors:
        for each in _met(outlook, debtor, life, now):
            dates = at(promises.dates_of(outlook, each.entry, debtor, life), now)
            if dates is None:
                continue
            found.append(why_named.undertaking(t, outlook, each, debtor, life, now))
            for party in chapter.roles.creditors:
                accepting = [word for word in owed.words(outlook, party, life)
                             if word.follows(each.entry) and word.verb in ("recognises", "confirms", "consents")
                             and word.said <= now]  # fmt: skip
                if chapter.clauses.by is not None or chapter.clauses.within is not None:
                    found += t.acts(accepting[:1])
    return found


def _rejected_dates(t: Telling, outlook: Outlook, life: Life, chapter: Chapter, now: Instant) -> list[Reason]:
    """Promises with a date that stand no longer, and the acts by which they were rejected or taken back."""
    found = []
    for debtor in chapter.roles.debtors:
        for each in promises.made(outlook, debtor, life, "promises"):
            entry = each.entry
            fallen = entry.said <= now and at(each.stands, now) is None
            if not fallen or not promises.dates_of(outlook, entry, debtor, life):
                continue
            against = [word for party in dict.fromkeys((*chapter.roles.creditors, debtor))
                       for word in owed.words(outlook, party, life)
                       if word.follows(entry) and word.verb in owed.DENYING and word.said <= now]  # fmt: skip
            act, below = t.act(entry), tuple(t.acts(against))
            found.append(Reason(f"{act.text}: it stands no longer", False, act.span, act.source, act.quote, below))
    return found


def _interrupted(t: Telling, outlook: Outlook, life: Life, now: Instant, words: str) -> list[Reason]:
    """The acts by which it was suspended and resumed, which move a deadline by the time between."""
    suspended = [each for each in course.course(outlook, life).suspended if each[1] <= now]
    if not suspended:
        return []

    def done_to(name: str) -> list[Reason]:
        return [
            why_powers.effect(t, outlook, life.reading, name, each, mandate)
            for mandate in ("suspend", "resume")
            for each in powers.effects(outlook, life.reading, name, mandate)
            if each.instant <= now and (each.key is None or each.key == life.key)
        ]

    found = done_to(life.name)
    for citation in outlook.chapter(life, now).clauses.under:
        acts = done_to(citation.source.name)
        if acts:
            found += [why_owed.rests_on(t, outlook, life, citation, now), *acts]
    return [Reason(words, True, None, None, None, tuple(found))]


def named_date(t: Telling, outlook: Outlook, asked: InState, life: Life, now: Instant) -> list[Reason]:
    """Which promise or text names the date that a condition asks for."""
    last = None if asked.by is None else outlook.clock.pair(asked.by, "end")[1]
    found: list[Reason] = []
    for debtor in outlook.chapter(life, now).roles.debtors:
        verbs = ("promises", "offers") if asked.state == "promised" else ("offers",)
        made = [
            each
            for verb in verbs
            for each in promises.made(outlook, debtor, life, verb)
            if at(each.stands if verb == "promises" or asked.state == "offered" else each.met, now) is not None
            and (date := at(promises.dates_of(outlook, each.entry, debtor, life), now)) is not None
            and (last is None or date[3] <= last)
        ]
        own = outlook.same_in(life, outlook.reading_of(debtor))
        if made:
            found.append(why_named.undertaking(t, outlook, made[0], debtor, life, now))
        elif own is not None:
            found += deadline(t, outlook, own, now)
            found += ready(t, outlook, own, now) if at(course.course(outlook, own).ready, now) is not None else []
    return found


# ── breaches ────────────────────────────────────────────────────────────────────────────────────────────────


def breached(t: Telling, outlook: Outlook, life: Life, now: Instant, when: Instant | None = None) -> list[Reason]:
    """Why a commitment was breached: its last day passed while it was in force, or what it forbids happened."""
    found = [each[0] for each in course.course(outlook, life).breaches if each[0] <= now]
    if not found:
        return []
    instant = when if when in found else found[0]
    assert instant is not None
    if life.kind == "prohibition":
        return [*happened(t, outlook, life, instant), *in_force(t, outlook, life, instant)]
    return [
        *in_force(t, outlook, life, instant),
        *deadline(t, outlook, life, instant),
        *why_done.in_vain(t, outlook, life, now),
    ]


def happened(t: Telling, outlook: Outlook, life: Life, instant: Instant) -> list[Reason]:
    """What happened at an instant that a prohibition forbids."""
    from .why_forbidden import forbidden

    chapter = outlook.chapter(life, instant)
    if chapter.clauses.forbids is None:
        return []
    asking = ladder.asking_for(life, chapter)
    found = forbidden(t, outlook, chapter.clauses.forbids, asking, instant)
    return [*found, *why_done.versions(t, outlook, life, instant, ["forbids"])]
