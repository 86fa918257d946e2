"""What follows when an instant's facts are settled: waivers, powers, breaches, endings (semantics §§5–7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.model.conditions import CameAbout, Condition, Happening, InState, OnDate, Ref, Shifted

from .clock import Instant, passing
from .force import needed
from .frame import Frame
from .life import Life
from .statuses import reckon_status
from .view import Entry

if TYPE_CHECKING:
    from .history import History

_ON_OTHERS = frozenset(["waives", "suspends", "resumes", "terminates", "uses", "transfers"])


def settle(history: History, fresh: list[Entry], touched: set[str]) -> bool:
    """Let this instant's acts on others take effect, then deadlines, breaches and endings of what was touched.

    Says whether anything changed, so that the fixpoint has to be sought again.
    """
    changed = False
    for entry in fresh:
        if entry.act.verb in _ON_OTHERS:
            for thing in entry.act.objects:
                if isinstance(thing, Ref) and _act_on(history, entry, thing):
                    history.touch(thing.name)
                    changed = True
    for name in sorted(touched):
        for reading, life in history.readings_of(name):
            before = life.snapshot()
            frame = history.frame(reading, name, life)
            _waiver(frame)
            _breach(frame)
            if life.ended is None:
                life.ended = _ended(frame)
            reckon_status(frame)
            if life.snapshot() != before:
                history.touch(name)
                changed = True
    return changed


# ── acts on others ──────────────────────────────────────────────────────────────────────────────────────────


def _act_on(history: History, entry: Entry, ref: Ref) -> bool:
    name, key = ref.name, None if ref.key is None else str(ref.key)
    match entry.act.verb:
        case "waives":
            for actor in entry.actors:
                history.waivers[name, key].setdefault(actor, entry.instant)
            return True
        case "transfers":
            for actor in entry.actors:
                history.words.transfer(name, key, actor, entry.act.recipients[0].name)
            return True
        case "uses":
            used = [
                life
                for reading in history.readings
                for life in history.lives_of(name, reading, key)
                if life.status == "open"
            ]
            for life in used:
                life.used = entry.instant
            return bool(used)
        case _:
            effects = [_by_power(history, reading, entry, name, key) for reading in history.readings]
            return any(effects)


def _by_power(history: History, reading: str, entry: Entry, name: str, key: str | None) -> bool:
    """Suspend, resume or terminate in a reading: where its party did or accepted it, or sees a power open for it.

    Elsewhere the act is speech. Each coming into force of a power allows one use.
    """
    verb = entry.act.verb
    power = next(
        (
            life
            for other, commitment in history.case.commitments.items()
            if commitment.kind == "power"
            for life in history.lives_of(other, reading, None)
            if life.status == "open"
            and _covers(Frame(history, reading, other, life), verb.removesuffix("s"), name, entry.actors)
        ),
        None,
    )
    did_too = any(reading in other.actors for other in history.acts_so_far(verb, name))
    if power is None and not did_too:
        return False
    if power is not None:
        power.used = entry.instant
        history.touch(power.instance.name)
    if name in history.case.sources:
        _on_source(history, reading, name, verb, entry.instant)
    else:
        for life in history.lives_of(name, reading, key):
            _on_life(life, verb, entry.instant)
    return True


def _covers(power: Frame, verb: str, name: str, actors: tuple[str, ...]) -> bool:
    may = power.clauses.may
    return (
        may is not None
        and may.verb == verb
        and name in {ref.name for ref in may.refs}
        and bool(set(actors) & set(power.bearers))
    )


def _on_source(history: History, reading: str, name: str, verb: str, at: Instant) -> None:
    history.touch(name)
    if verb == "terminates":
        history.sources.ended.setdefault((reading, name), at)
        return
    for other, commitment in history.case.commitments.items():
        clauses = history.texts.clauses(reading, other, history.now)
        if (
            {cite.source.name for cite in clauses.under} == {name}
            and not clauses.survives
            and commitment.kind != "power"
        ):
            for life in history.lives_of(other, reading, None):
                _on_life(life, verb, at)
    if verb == "suspends":
        history.sources.suspended[reading, name] = at
    else:
        history.sources.suspended.pop((reading, name), None)


def _on_life(life: Life, verb: str, at: Instant) -> None:
    if life.final is not None:
        return
    if verb == "terminates":
        life.ended = at
    elif verb == "suspends" and life.suspended is None:
        life.suspended = at
    elif verb == "resumes" and life.suspended is not None:
        life.paused += at - life.suspended
        life.suspended = None


def _waiver(frame: Frame) -> None:
    """Waived once every counterparty has, each for itself."""
    waivers, owed = frame.history.waivers, frame.counterparties
    said = {**waivers.get((frame.name, None), {}), **waivers.get((frame.name, frame.key), {})}
    if frame.life.waived is None and owed and all(party in said for party in owed):
        frame.life.waived = max(said[party] for party in owed)


# ── breaches ────────────────────────────────────────────────────────────────────────────────────────────────


def _breach(frame: Frame) -> None:
    life = frame.life
    if life.force is None or life.suspended is not None:
        return
    if frame.kind == "prohibition":
        _forbidden(frame, life.force)
    elif frame.kind == "obligation" and life.deadline is not None and life.final not in ("waived", "ended"):
        passed = passing(life.deadline[1])
        in_time = life.fulfilled is not None and life.fulfilled <= passed
        if frame.now < passed or life.force >= passed or in_time:
            return
        # said to be done in time, neither credited nor disputed: late is unknown, and unknown is not violated
        claimed = life.rungs.get("claimed", passed + 1) <= passed
        life.late_unknown = claimed and not life.disputed and life.fulfilled is None
        if not life.late_unknown:
            life.breaches = sorted({*life.breaches, passed})


def _forbidden(frame: Frame, force: Instant) -> None:
    forbids = frame.clauses.forbids
    if forbids is None:
        return
    found = set(frame.life.breaches)
    if isinstance(forbids, Happening):
        found |= {each.latest for each in frame.judge.occurrences(forbids, frame.question) if each.since >= force}
    else:
        onset = frame.onset(forbids)
        if onset is not None and onset >= force:
            found.add(onset)
    frame.life.breaches = sorted(found)


# ── endings ─────────────────────────────────────────────────────────────────────────────────────────────────


def _ended(frame: Frame) -> Instant | None:
    """When it ended: `until` was reached, what it waits for can no longer come about, its source ended, or another
    commitment has taken its place.
    """
    clauses, life, history = frame.clauses, frame.life, frame.history
    if clauses.until is not None:
        reached = _until(frame, clauses.until)
        if reached is not None and reached <= frame.now:
            return reached
    if clauses.when is not None and life.force is None and life.recognised:
        for part in needed(clauses.when):
            lost = _lost(frame, part)
            if lost is not None:
                return lost
    resting = [(frame.reading, cite.source.name) for cite in clauses.under]
    if resting and not clauses.survives and all(each in history.sources.ended for each in resting):
        return max(history.sources.ended[each] for each in resting)
    return _replaced(frame)


def _until(frame: Frame, until: Condition) -> Instant | None:
    """When `until` is reached: a date at its end, anything else at its onset."""
    if isinstance(until, OnDate | Shifted):
        reach = frame.judge.reach(until, frame.question)
        if reach is None:
            return None
        frame.history.wake(reach[1] + 1)
        return reach[1] + 1
    return frame.onset(until)


def _lost(frame: Frame, part: Condition) -> Instant | None:
    """When a condition that is needed can no longer be met: its date is past, or a commitment it needs has ended."""
    if frame.onset(part) is not None:
        return None
    if isinstance(part, InState) and part.by is not None:
        passed = frame.clock.latest(part.by) + 1
        frame.history.wake(passed)
        return passed if passed <= frame.now else None
    if isinstance(part, InState) and part.state in ("ended", "breached", "waived"):
        return None
    if isinstance(part, CameAbout | InState) and part.ref.name in frame.history.case.commitments:
        lives = frame.judge.lives(part.ref, frame.question)
        ended = [life.ended for life in lives if life.final == "ended" and life.ended is not None]
        return max(ended) if lives and len(ended) == len(lives) else None
    return None


def _replaced(frame: Frame) -> Instant | None:
    """When another commitment came into force in its place; the breach stays."""
    history, life = frame.history, frame.life
    if frame.kind != "obligation" or not life.breaches or life.final is not None:
        return None
    for other, commitment in history.case.commitments.items():
        if commitment.kind == "obligation":
            instead = history.texts.clauses(frame.reading, other, frame.now).instead_of
            if instead is not None and instead.name == frame.name:
                forces = [each.force for each in history.lives_of(other, frame.reading, None) if each.force is not None]
                if forces:
                    return max(min(forces), life.breaches[0])
    return None
