"""In force since when, waiting for what, due by when (semantics §§4, 6)."""

from __future__ import annotations

from collections.abc import Iterable

from servanda.model.conditions import AllOf, Condition

from .clock import ALWAYS, Instant, passing
from .frame import Frame
from .life import Life
from .promises import accepted_since, conditions_promised, promised, promised_date


def reckon_force(frame: Frame) -> None:
    """Work out since when a life is in force; a `together` group is so only when each of its members is ready."""
    life = frame.life
    life.missing = []
    onset = life.ready = _ready(frame)
    for other in _group(frame):
        if other.ready is None:
            life.missing.append(frame.clauses)
            onset = None
        elif onset is not None:
            onset = max(onset, other.ready)
    if life.final in ("waived", "ended") or not life.recognised or life.proposed:
        onset = None
    life.force = onset


def _ready(frame: Frame) -> Instant | None:
    """Since when it would be in force, its group left aside."""
    clauses, life = frame.clauses, frame.life
    onsets: list[Instant | None] = [_there_since(frame)]
    by_promise = promised(frame)
    waiting = conditions_promised(frame)
    if by_promise is not None:
        onsets.append(by_promise)
    elif waiting and (frame.reading in frame.bearers or not clauses.under):
        life.missing += waiting
        onsets.append(None)
    elif clauses.when is not None:
        onsets.append(_met(frame, clauses.when))
    if clauses.start is not None:
        if life.started is None:
            life.started = _met(frame, clauses.start)
        onsets.append(life.started)
    if clauses.instead_of is not None:
        breaches = [each for other in frame.judge.lives(clauses.instead_of, frame.question) for each in other.breaches]
        if not breaches:
            life.missing.append(clauses.instead_of)
        onsets.append(min(breaches, default=None))
    known = [each for each in onsets if each is not None]
    return max(known) if len(known) == len(onsets) else None


def _met(frame: Frame, condition: Condition) -> Instant | None:
    onset = frame.onset(condition)
    if onset is None:
        frame.life.missing += [part for part in needed(condition) if frame.onset(part) is None]
    return onset


def needed(condition: Condition) -> Iterable[Condition]:
    """The parts without which a condition cannot come about."""
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from needed(part)
    else:
        yield condition


def _there_since(frame: Frame) -> Instant:
    """From when it can be in force at all: what it rests on carries, its instance has come about."""
    sources = frame.history.sources
    carried = [sources.carries(cite.source.name, frame.reading) for cite in frame.clauses.under]
    began = min((each for each in carried if each is not None), default=ALWAYS)
    anchor = frame.life.instance.anchor
    return began if anchor is None else max(began, anchor)


def _group(frame: Frame) -> list[Life]:
    """The other members of its `together` group; with its own name a commitment means its other instances."""
    history = frame.history
    links = history.links(frame.reading)
    names, waiting = {frame.name}, [frame.name]
    while waiting:
        for found in links.get(waiting.pop(), frozenset()) - names:
            names.add(found)
            waiting.append(found)
    instances = frame.name in links.get(frame.name, frozenset())
    return [
        life
        for name in sorted(names)
        for life in history.lives_of(name, frame.reading, None)
        if life is not frame.life and (name != frame.name or instances)
    ]


def reckon_deadline(frame: Frame) -> None:
    """Work out by when it is due: the text's date, or an earlier or accepted one that was promised.

    A deadline that passed before the commitment came into force is dropped. While suspended no deadline passes, so
    that on resumption it has moved by the time suspended.
    """
    life, clauses = frame.life, frame.clauses
    life.deadline = None
    if clauses.seeks is not None:
        return
    found: list[tuple[Instant, Instant]] = []
    if clauses.by is not None:
        reach = frame.judge.reach(clauses.by, frame.question)
        if reach is not None:
            found.append((reach[1], reach[1]))
    if clauses.within is not None:
        anchor = life.instance.anchor
        counts_from = (
            frame.judge.reach(clauses.within.of, frame.question)
            if clauses.within.of is not None
            else None
            if anchor is None
            else (anchor, anchor)
        )
        if counts_from is not None:
            first, last = (frame.clock.shifted(each, clauses.within.duration)[1] for each in counts_from)
            found.append((first, last))
    deadline = min(found, default=None)
    date = promised_date(frame)
    if date is not None and (deadline is None or date < deadline[1] or accepted_since(frame)):
        deadline = date, date
    if deadline is None:
        return
    deadline = deadline[0] + life.paused, deadline[1] + life.paused
    if life.force is not None and deadline[1] < life.force and not life.breaches:
        return
    frame.history.wake(passing(deadline[1]))
    life.deadline = deadline
