"""What follows at one instant, in its order: §6 of the meaning, "at one instant"."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from servanda.model.conditions import AllOf, AnyOf, Condition, Did, Happening, Unless

from . import force, ladder, owed, powers, promises, states
from .asking import Asking
from .clock import TICK, Onset
from .conditions import is_such, occurred
from .force import Point
from .memory import Final

if TYPE_CHECKING:
    from .history import History
    from .instances import Instance


def go_through(history: History) -> None:
    """§6: the fixpoint; waiver, suspension, deadlines, breaches and what hangs on them; termination, resumption."""
    _settle(history)
    if any([powers.apply(history, "waive"), powers.apply(history, "transfer")]):
        _settle(history)
    if _waive(history):
        _settle(history)
    if any([powers.apply(history, "suspend"), powers.plain_uses(history)]):
        _settle(history)
    if _note_suspensions(history):
        _settle(history)
    if _breach(history):
        _settle(history)
    if any([powers.apply(history, "terminate"), _end(history)]):
        _settle(history)
        while _end(history):
            _settle(history)
    if powers.apply(history, "resume"):
        _settle(history)
    if _note_suspensions(history):
        _settle(history)
    history.finish()


def _settle(history: History) -> None:
    """Settle, and once more where something has come to its end by that (README, gap 22)."""
    history.settle()
    while _fulfil(history):
        history.settle()


# ── finals ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _final(history: History, reading: str, instance: Instance, kind: str, late: bool | None = False) -> bool:
    """§5: the earliest of the finals counts, and only one that was reached while recognised."""
    where = (reading, instance)
    if where in history.memory.finals or not history.point(reading, instance).recognised:
        return False
    history.memory.finals[where] = Final(kind, history.now, late)
    return True


def _fulfil(history: History) -> bool:
    changed = False
    for (reading, instance), point in history.points.items():
        if point.fulfilled is not None:
            late = _late(history, reading, instance, point, point.fulfilled)
            changed |= _final(history, reading, instance, "fulfilled", late)
    return changed


def _late(history: History, reading: str, instance: Instance, point: Point, done: Onset) -> bool | None:
    """§6: for lateness an anchor counts at its latest, a performance at its earliest. §5: unknown where it was claimed
    in time, and R's party neither credits nor disputes the claim."""
    deadline = force.live_deadline(point.deadline, point.ready)
    if deadline is None or point.ready is None or history.clauses(reading, instance).seeks is not None:
        return False
    if done.earliest <= deadline.latest:
        return False
    still = [since for since, until in history.memory.suspensions.get((reading, instance), []) if until is None]
    if any(since <= deadline.latest for since in still):
        return False  # while suspended no deadline passes (§6), and none has passed by then
    return None if (reading, instance) in history.memory.late_unknown else True


def _waive(history: History) -> bool:
    """§5: waived by every counterparty, each for itself; a right or power by its holders (README, gap 46)."""
    changed = False
    for reading, instance in history.points:
        waivers = {party for party, _ in history.waivers(reading, instance)}
        creditors = owed.creditors(history, reading, instance)
        if creditors and set(creditors) <= waivers:
            changed |= _final(history, reading, instance, "waived")
    return changed


def _end(history: History) -> bool:
    """§5: terminated, replaced, `until` reached, or it can no longer come into force; a refusal never ends anything."""
    changed = False
    for (reading, instance), point in history.points.items():
        if (
            point.until is not None
            or _terminated(history, reading, instance)
            or _replaced(history, reading, instance)
            or _hopeless(history, reading, instance, point)
        ):
            changed |= _final(history, reading, instance, "ended")
    return changed


def _terminated(history: History, reading: str, instance: Instance) -> bool:
    targets = {name for where, name in history.memory.terminated if where == reading}
    own = instance.name in targets or f"{instance.name}[{instance.key}]" in targets
    return own or touched_by_sources(history, reading, instance, targets)


def over_before(history: History, reading: str, instance: Instance, until: Onset | None, due: Onset | None) -> bool:
    """Whether what ends it was so before this instant: who recognises it then finds it at its end."""
    earlier = {
        name
        for (where, name), since in history.memory.terminated.items()
        if where == reading and since.latest < history.now
    }
    own = instance.name in earlier or f"{instance.name}[{instance.key}]" in earlier
    lapses = history.kind(instance) in ("right", "power") and not history.suspended(reading, instance)
    return (
        own
        or touched_by_sources(history, reading, instance, earlier)
        or (until is not None and until.latest < history.now)
        or (lapses and due is not None and due.latest < history.now)
    )


def touched_by_sources(history: History, reading: str, instance: Instance, gone: set[str]) -> bool:
    """§7: a commitment under two sources lives on the other when one ends. What `survives` is untouched."""
    if not gone or history.clauses(reading, instance).survives:
        return False
    lives_on = [
        name
        for citation, _ in owed.resting(history, reading, instance)
        if states.carries(history, name := citation.source.name)
        and (owed.stance_since(history, reading, name) or reading not in history.case.parties)
    ]
    return bool(lives_on) and all(name in gone for name in lives_on)


def _replaced(history: History, reading: str, instance: Instance) -> bool:
    """§7: `instead of X`: in force once X is breached, and then in X's place; it replaces obligations only."""
    if history.kind(instance) != "obligation" or not history.memory.breaches.get((reading, instance)):
        return False
    for (where, other), point in history.points.items():
        ref = history.clauses(where, other).instead_of
        if where == reading and ref is not None and point.force is not None:
            asking = force.asking_for(history, reading, other)
            if instance in history.named(reading, ref.name, asking.key(ref.key)):
                return True
    return False


def _hopeless(history: History, reading: str, instance: Instance, point: Point) -> bool:
    """§5: a dated atom it needs is past, or a commitment it needs has ended."""
    may_lapse = history.kind(instance) in ("right", "power") and not history.suspended(reading, instance)
    if may_lapse and force.passed(history, point.deadline, None):
        return True
    if point.force is not None:
        return False
    clauses, asking = history.clauses(reading, instance), force.asking_for(history, reading, instance)
    if force.impossible(history, clauses.start, asking) and point.ready is None:
        return True
    if clauses.instead_of is not None:
        ref = clauses.instead_of
        named = history.named(reading, ref.name, asking.key(ref.key))
        ended = [history.memory.finals.get((reading, each)) for each in named]
        breached = any(history.memory.breaches.get((reading, each)) for each in named)
        if named and not breached and all(final is not None and final.kind == "ended" for final in ended):
            return True
    for member in force.group(history, reading, instance):
        final = history.memory.finals.get((reading, member))
        if final is not None and final.kind == "ended":
            return True
    return force.impossible(history, clauses.when, asking) and not _another_way(history, reading, instance)


def _another_way(history: History, reading: str, instance: Instance) -> bool:
    """Whether a promise or an open offer can still bring it into force."""
    for debtor in owed.debtors(history, reading, instance):
        asking = Asking(history.reading_of(debtor), instance.binding, frozenset([debtor]))
        deeds = [
            *promises.standing_promises(history, debtor, instance),
            *(deed for deed in promises.open_offers(history, debtor, instance) if deed.act.when is not None),
        ]
        if any(not force.impossible(history, deed.act.when, asking) for deed in deeds):
            return True
    return False


# ── suspension ───────────────────────────────────────────────────────────────────────────────────────────────────


def _note_suspensions(history: History) -> bool:
    """Since when each is suspended, and until when: by an act, or by what it comes to rest on (README, gap 42)."""
    changed = False
    for reading, instance in history.points:
        stretches = history.memory.suspensions.setdefault((reading, instance), [])
        now_suspended, open_ = history.suspended(reading, instance), bool(stretches) and stretches[-1][1] is None
        if now_suspended and not open_:
            stretches.append((history.now, None))
        elif open_ and not now_suspended:
            stretches[-1] = (stretches[-1][0], history.now)
        changed |= open_ != now_suspended
    return changed


# ── breaches ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _breach(history: History) -> bool:
    """§5: a deadline passed unfulfilled while in force; each forbidden event while in force."""
    found: list[tuple[str, Instance, datetime.datetime]] = []
    for (reading, instance), point in history.points.items():
        if point.force is None or not point.owed or (reading, instance) in history.memory.finals:
            continue
        kind = history.kind(instance)
        if kind == "obligation":
            found += [(reading, instance, when) for when in _missed(history, reading, instance, point)]
        elif kind == "prohibition":
            forbids = history.clauses(reading, instance).forbids
            asking = force.asking_for(history, reading, instance)
            events = [] if forbids is None else _forbidden(history, forbids, asking)
            found += [(reading, instance, when.latest) for when in events if when.earliest >= point.force.latest]
    for reading, instance, when in found:
        history.memory.breaches.setdefault((reading, instance), []).append(when)
        if history.kind(instance) == "prohibition":
            history.wake(history.now + TICK)  # where the stretch in which it is unbroken begins afresh
    return bool(found)


def _missed(history: History, reading: str, instance: Instance, point: Point) -> list[datetime.datetime]:
    """A deadline that passes at this instant. While X is claimed, and the claim neither credited nor disputed, it is
    late: unknown, not a breach. An effort has none but `begins by`."""
    missed = []
    begins, last = (force.live_deadline(each, point.ready) for each in (point.begins_by, point.deadline))
    for deadline in (begins, last):
        if deadline is not None:
            history.wake(deadline.latest)
    if begins is not None and begins.latest == history.now and "begun" not in point.rungs:
        missed.append(begins.latest)
    if last is None or last.latest != history.now:
        return missed
    if history.clauses(reading, instance).seeks is not None:
        return missed
    done = ladder.fulfilled(history, reading, instance, whenever=True)
    if done is not None and done.earliest <= last.latest:
        return missed  # under one dating it was done in time (§11, 10)
    if point.asserted is not None:
        history.memory.late_unknown.add((reading, instance))
        return missed
    return [*missed, last.latest]


def _forbidden(history: History, condition: Condition, asking: Asking) -> list[Onset]:
    """What of the forbidden happens at this instant: each event or act; of anything else, that it comes about."""
    match condition:
        case Happening():
            found = [occurred(history, each, condition, asking) for each in history.occurrences]
            return [when for when in found if when is not None and when.latest == history.now]
        case AnyOf(parts=parts):
            return [when for part in parts for when in _forbidden(history, part, asking)]
        case AllOf(parts=parts):
            events = [part for part in parts if isinstance(part, Happening | Did | AnyOf)]
            if events and all(history.onset(part, asking) is not None for part in parts):
                return [when for part in events for when in _forbidden(history, part, asking)]
        case Unless(condition=inner):
            if history.onset(condition, asking) is not None:
                return _forbidden(history, inner, asking)
            return []
        case Did():
            return [
                deed.said
                for deed in history.deeds
                if deed.said.latest == history.now and is_such(history, deed, condition, asking)
            ]
    onset = history.onset(condition, asking)
    return [onset] if onset is not None and onset.latest == history.now else []
