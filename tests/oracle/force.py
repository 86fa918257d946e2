"""Is it in force, until when has it to be done, and what is its status: §§4, 5 of the meaning."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from servanda.model.conditions import AllOf, AnyOf, AtLeast, CameAbout, Condition, InState, Lasting, Shifted, Unless

from . import ladder, owed, promises
from .asking import ASSERTED, Asking
from .clock import ALWAYS, Onset, later, sooner

if TYPE_CHECKING:
    from .history import History
    from .instances import Instance


@dataclass(frozen=True)
class Point:
    """Where one commitment stands in one reading at one instant, as far as the fixpoint of that instant says."""

    owed: bool = False
    recognised: bool = False
    agreed: Onset | None = None
    rungs: dict[str, Onset] = field(default_factory=dict)
    asserted: Onset | None = None
    performed: Onset | None = None
    fulfilled: Onset | None = None
    #: Ready by itself; ready with all that it stands together with; in force.
    own: Onset | None = None
    ready: Onset | None = None
    force: Onset | None = None
    deadline: Onset | None = None
    begins_by: Onset | None = None
    until: Onset | None = None


def point(history: History, reading: str, instance: Instance) -> Point:
    """§6: assertions, events, conditions, rungs and performance, once through."""
    recognised = owed.recognised(history, reading, instance)
    is_owed = recognised and owed.is_accepted(history, reading, instance)
    agreed = history.at_now() if owed.agreed(history, reading, instance) else None
    own = _own(history, reading, instance, is_owed=is_owed)
    ready = _together(history, reading, instance, own)
    asking, clauses = asking_for(history, reading, instance), history.clauses(reading, instance)
    if clauses.forbids is not None:
        history.onset(clauses.forbids, asking)  # followed through all instants, so that its onset is known
    until = None if clauses.until is None else history.onset(clauses.until, replace(asking, end=True))
    until = history.once(("until", reading, instance, id(clauses.until)), until)
    due = deadline(history, reading, instance, ready)
    return Point(
        owed=is_owed,
        recognised=recognised,
        agreed=history.once(("agreed", reading, instance), agreed),
        rungs=ladder.rungs(history, reading, instance),
        asserted=ladder.asserted(history, reading, instance, ASSERTED),
        performed=ladder.performed(history, reading, instance),
        fulfilled=ladder.fulfilled(history, reading, instance),
        own=own,
        ready=ready,
        force=_force(history, reading, instance, ready, until, due),
        deadline=due,
        begins_by=begins_by(history, reading, instance),
        until=until,
    )


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


def asking_for(history: History, reading: str, instance: Instance, *, end: bool = False) -> Asking:
    """How a commitment asks its conditions."""
    return Asking(reading, instance.binding, frozenset(history.roles(reading, instance).bearers), end=end)


def when_met(history: History, reading: str, instance: Instance, when: Condition | None) -> Onset | None:
    return ALWAYS if when is None else history.onset(when, asking_for(history, reading, instance))


def _own(history: History, reading: str, instance: Instance, *, is_owed: bool) -> Onset | None:
    """Everything that brings a commitment into force, but what it does together with others."""
    asking, clauses = asking_for(history, reading, instance), history.clauses(reading, instance)
    since = history.stretch(("owed", reading, instance), history.at_now() if is_owed else None)
    found = [since, own_when(history, reading, instance), instance.arose or ALWAYS]
    if clauses.start is not None:
        found.append(history.once(("from", reading, instance, id(clauses.start)), history.onset(clauses.start, asking)))
    if clauses.instead_of is not None:
        found.append(_replaced_breached(history, asking, clauses.instead_of.name, clauses.instead_of.key))
    met = [each for each in found if each is not None]
    return history.stretch(("own", reading, instance), later(*met) if len(met) == len(found) else None)


def own_when(history: History, reading: str, instance: Instance) -> Onset | None:
    """§4: a promise without `when` drops the bearer's own conditions on X, with `when C` it puts C in their place; it
    brings X into force in every reading that recognises it, and so does an offer whose condition is met.

    Who has accepted X by a conditional promise alone is not bound by the text's own conditions (README, gap 11).
    """
    debtors = owed.debtors(history, reading, instance)
    text = when_met(history, reading, instance, history.clauses(reading, instance).when)
    if reading in debtors and bool(promises.standing_promises(history, reading, instance)):
        text = promises.met_promise(history, reading, instance)
    others = [each for each in debtors if each != reading]
    if not all(owed.unconditionally(history, each, reading, instance) for each in others) or (
        reading in debtors and text is not None and not _own_way(history, reading, instance)
    ):
        text = None
    found = [each for each in (text, promises.in_effect(history, debtors, instance)) if each is not None]
    return sooner(*found) if found else None


def _own_way(history: History, reading: str, instance: Instance) -> bool:
    """Whether a bearer has accepted X in its own reading otherwise than by an offer."""
    standing = bool(promises.standing_promises(history, reading, instance))
    return standing or owed.unconditionally(history, reading, reading, instance)


def _replaced_breached(history: History, asking: Asking, name: str, key: object) -> Onset | None:
    """§7, `instead of X`: in force once X is breached."""
    found = [
        breach
        for each in history.named(asking.reading, name, asking.key(key))
        for breach in history.memory.breaches.get((asking.reading, each), [])
    ]
    return Onset(min(found), min(found)) if found else None


def _together(history: History, reading: str, instance: Instance, own: Onset | None) -> Onset | None:
    """§7: a `together` group is in force only when every member is ready; one that is done or waived need not be."""
    found = [own]
    for member in group(history, reading, instance):
        final, point_ = history.memory.finals.get((reading, member)), history.point(reading, member)
        if point_.fulfilled is not None or (final is not None and final.kind in ("fulfilled", "waived")):
            continue
        found.append(point_.own if final is None else None)
    met = [each for each in found if each is not None]
    return history.stretch(("ready", reading, instance), later(*met) if len(met) == len(found) else None)


def _force(
    history: History, reading: str, instance: Instance, ready: Onset | None, until: Onset | None, due: Onset | None
) -> Onset | None:
    """In force: ready, neither suspended nor at an end."""
    over = (reading, instance) in history.memory.finals or history.over_before(reading, instance, until, due)
    if over or history.suspended(reading, instance):
        ready = None
    return history.stretch(("force", reading, instance), ready)


def group(history: History, reading: str, instance: Instance) -> Iterator[Instance]:
    """§ clauses, `together with`: symmetric, written once; its own name, or `others`, means the other instances."""
    text = history.text(reading)
    links: dict[str, set[str]] = {}
    for name in history.case.commitments:
        for ref in text.clauses(name).together_with:
            links.setdefault(name, set()).add(ref.name)
            links.setdefault(ref.name, set()).add(name)
    names, waiting = {instance.name}, [instance.name]
    while waiting:
        for name in links.get(waiting.pop(), set()) - names:
            names.add(name)
            waiting.append(name)
    own = text.clauses(instance.name).with_others or instance.name in links.get(instance.name, set())
    for name in history.case.commitments:
        if name in names:
            for each in history.named(reading, name, None):
                if each != instance and (name != instance.name or own):
                    yield each


# ── deadlines ────────────────────────────────────────────────────────────────────────────────────────────────────


def deadline(history: History, reading: str, instance: Instance, ready: Onset | None) -> Onset | None:
    """§6: the last instant, moved by the time suspended. No anchor yet: no deadline."""
    clauses = history.clauses(reading, instance)
    asking = asking_for(history, reading, instance, end=True)
    found = []
    if clauses.by is not None:
        by = history.instant_of(clauses.by, asking)
        found.append(delayed(history, reading, instance, by, id(clauses.by)))
    if clauses.within is not None:
        within, day = clauses.within, None
        if within.of is not None:
            anchor = history.instant_of(within.of, replace(asking, end=False))
        else:
            anchor = instance.arose or (ready if clauses.for_each is None else None)
        if anchor is not None:
            day = history.clock.moved(anchor, within.duration, 1, "end", history.calendar(reading))
        found.append(delayed(history, reading, instance, day, id(within)))
    dated = [each for each in found if each is not None]
    text = min(dated, key=lambda each: each.latest, default=None)
    return promises.deadline(history, reading, instance, text)


def begins_by(history: History, reading: str, instance: Instance) -> Onset | None:
    clauses = history.clauses(reading, instance)
    if clauses.begins_by is None:
        return None
    found = history.instant_of(clauses.begins_by, asking_for(history, reading, instance, end=True))
    return delayed(history, reading, instance, found, id(clauses.begins_by))


def delayed(history: History, reading: str, instance: Instance, day: Onset | None, said: int) -> Onset | None:
    """§6: while suspended no deadline passes; on resumption it has moved by the time suspended. What was set after that
    has not moved: said by a clause or a promise, or counted from what came about (README, gap 51)."""
    if day is None:
        return None
    here = history.stretch(("set", reading, instance, said, day), history.at_now())
    earliest, latest = day.earliest, day.latest
    for since, until in history.memory.suspensions.get((reading, instance), []):
        start = since if here is None else max(since, here.latest)
        if until is None or until <= start:
            continue
        if start < latest:
            latest = history.clock.delayed(latest, start, until)
        if start < earliest:
            earliest = history.clock.delayed(earliest, start, until)
    return Onset(earliest, latest)


def live_deadline(found: Onset | None, ready: Onset | None) -> Onset | None:
    """§6: a deadline that passed before coming into force is dropped."""
    return None if found is None or (ready is not None and found.latest <= ready.latest) else found


def passed(history: History, found: Onset | None, ready: Onset | None) -> bool:
    live = live_deadline(found, ready)
    if live is None:
        return False
    if live.latest > history.now:
        history.wake(live.latest)
        return False
    return True


# ── what can no longer come about ────────────────────────────────────────────────────────────────────────────────


def impossible(history: History, condition: Condition | None, asking: Asking) -> bool:
    """§5, ended: a dated atom it needs is past, or a commitment it needs has ended."""
    match condition:
        case AllOf(parts=parts):
            return any(impossible(history, part, asking) for part in parts)
        case AnyOf(parts=parts):
            return all(impossible(history, part, asking) for part in parts)
        case AtLeast(count=count, parts=parts):
            return sum(not impossible(history, part, asking) for part in parts) < count
        case Unless(condition=inner) | Shifted(condition=inner) | Lasting(condition=inner):
            return impossible(history, inner, asking)
        case CameAbout(ref=ref) if ref.name in history.case.matters:
            definition = history.text(asking.reading).definition(ref.name)
            if definition is None or not history.enter(ref.name, asking):
                return False
            found = impossible(history, definition, asking)
            history.leave(ref.name, asking)
            return found
        case CameAbout(ref=ref):
            return history.onset(condition, asking) is None and _has_ended(
                history, ref.name, asking.key(ref.key), asking
            )
        case InState(ref=ref, state=state):
            if history.onset(condition, asking) is not None:
                return False
            if condition.by is not None:
                last = history.clock.onset(condition.by, "end")
                if last.latest <= history.now:
                    return True
                history.wake(last.latest)
            return state != "ended" and _has_ended(history, ref.name, asking.key(ref.key), asking)
    return False


def _has_ended(history: History, name: str, key: str | None, asking: Asking) -> bool:
    if name not in history.case.commitments or (history.case.commitments[name].clauses.for_each and key is None):
        return False
    found = [history.memory.finals.get((asking.reading, each)) for each in history.named(asking.reading, name, key)]
    return bool(found) and all(each is not None and each.kind == "ended" for each in found)


# ── status ───────────────────────────────────────────────────────────────────────────────────────────────────────


def status(history: History, reading: str, instance: Instance) -> str:
    """§5: the earliest final reached while recognised; not owed or proposed; else the first that applies."""
    found, final = history.point(reading, instance), history.memory.finals.get((reading, instance))
    if final is not None:
        return final.kind
    if not found.recognised:
        return "not owed"
    if not found.owed:
        return "proposed"
    if history.suspended(reading, instance):
        return "suspended"
    kind = history.kind(instance)
    if kind == "prohibition":
        return "dormant" if found.force is None else "in force"
    if kind in ("right", "power"):
        return "dormant" if found.force is None else _permission(history, reading, instance, found)
    if found.asserted is not None:
        return "claimed"
    if found.force is None:
        return "dormant"
    return "overdue" if overdue(history, reading, instance, found) else "due"


def _permission(history: History, reading: str, instance: Instance, found: Point) -> str:
    """§5: open, used, denied. §7: each coming into force allows one use."""
    assert found.ready is not None
    if used_since(history, reading, instance, found.ready.latest):
        return "used"
    denied = False
    for deed in history.deeds:
        if deed.said.latest < found.ready.latest:
            continue
        subject = any(party in owed.debtors(history, reading, instance) for party in deed.parties)
        if subject and deed.verb in ("refuses", "consents") and deed.about(instance.name, instance.key):
            denied = deed.verb == "refuses"
        if deed.verb == "attempts" and deed.act.on is not None and deed.act.on.name == instance.name:
            denied = deed.act.result == "denied"
    return "denied" if denied else "open"


def used_since(history: History, reading: str, instance: Instance, since: datetime.datetime) -> bool:
    return any(when.latest >= since for when, _ in history.memory.uses.get((reading, instance), []))


def overdue(history: History, reading: str, instance: Instance, found: Point) -> bool:
    """§5, the deadline has passed; an effort is never overdue."""
    if history.clauses(reading, instance).seeks is not None:
        return False
    begins, last = (passed(history, each, found.ready) for each in (found.begins_by, found.deadline))
    return last or (begins and "begun" not in found.rungs)
