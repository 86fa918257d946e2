"""Owed at all? Who recognises a commitment, who has accepted it, and whether it is agreed (semantics §3)."""

from __future__ import annotations

from collections.abc import Iterable

from .clock import Instant
from .frame import Frame, earliest
from .view import RECORD


def reckon_owed(frame: Frame) -> None:
    """Work out whether a life is recognised, accepted and agreed: a demand makes no debt."""
    life = frame.life
    accepted = _all(accepts(frame, party) for party in acceptors(frame))
    life.accepted = accepted is not None
    if life.agreed is None and accepted is not None:
        life.agreed = _agreed(frame, accepted)
    life.recognised = life.agreed is not None if frame.reading == RECORD else _recognises(frame)
    life.proposed = life.recognised and not life.accepted


def _all(instants: Iterable[Instant | None]) -> Instant | None:
    """The last of some instants, if there are any and none is missing."""
    found = list(instants)
    known = [each for each in found if each is not None]
    return max(known) if known and len(known) == len(found) else None


def acceptors(frame: Frame) -> tuple[str, ...]:
    """Who must have accepted: the bearers; of rights and powers whoever is subject, else the source's other parties."""
    if frame.kind in ("obligation", "prohibition"):
        return frame.bearers
    if frame.counterparties:
        return frame.counterparties
    return tuple(sorted(frame.authors() - set(frame.bearers))) or frame.bearers


def accepts(frame: Frame, party: str) -> Instant | None:
    """When a party accepted it: by a word of its own, or by a source that the reading relies on.

    Whether the source means this commitment is for the reading to say, whatever the party's own `where`; the record
    sides with nobody's terms, and asks each in its own reading.
    """
    found = [frame.history.words.accepts(party, frame.name, frame.key), offered_and_met(frame, party)]
    asked = frame.in_reading_of(party) if frame.reading == RECORD else frame.question
    for cite in frame.clauses.under:
        source = cite.source.name
        if not _relies(frame, source) or (cite.where is not None and frame.judge.onset(cite.where, asked) is None):
            continue
        carries = frame.history.sources.carries(source, frame.reading)
        by = frame.history.sources.accepted_by(party, source, frame.reading)
        if carries is not None and by is not None:
            found.append(max(carries, by))
    return earliest(*found)


def _relies(frame: Frame, source: str) -> bool:
    return frame.reading == RECORD or _recognises_source(frame, source)


def _recognises_source(frame: Frame, source: str) -> bool:
    """Whether the reading's party wrote, signed or recognised a source, and has not rejected or withdrawn it since."""
    history = frame.history
    if history.sources.exists(source, frame.reading) is None:
        return False
    word = history.words.on(frame.reading, source)
    if word is not None:
        return word
    return frame.reading in history.sources.authors(source)


def offered_and_met(frame: Frame, party: str) -> Instant | None:
    """When a condition on which a party offered it was met, in that party's reading."""
    found = []
    for entry in frame.history.words.offers.get(frame.name, ()):
        if party in entry.actors and entry.act.when is not None and frame.about(entry):
            onset = frame.judge.onset(entry.act.when, frame.in_reading_of(party))
            found.append(None if onset is None else max(onset, entry.instant))
    return earliest(*found)


def _recognises(frame: Frame) -> bool:
    words, reading = frame.history.words, frame.reading
    word = words.on(reading, frame.name, frame.key)
    if word is not None:
        return word
    for cite in frame.clauses.under:
        if _recognises_source(frame, cite.source.name) and (cite.where is None or frame.onset(cite.where) is not None):
            return True
    if reading in frame.bearers and offered_and_met(frame, reading) is not None:
        return True
    if reading in frame.counterparties and any(offered_and_met(frame, each) is not None for each in frame.bearers):
        return True
    promises = words.promises.get(frame.name, ())
    return reading in frame.counterparties and any(
        frame.about(each) and words.open(each, frame.name) for each in promises
    )


def _agreed(frame: Frame, accepted: Instant) -> Instant | None:
    """Since when it is agreed: accepted by those bound, and by somebody on the other side or another author."""
    bound = acceptors(frame)
    other_side = frame.counterparties if frame.kind in ("obligation", "prohibition") else frame.bearers
    others = (set(other_side) | frame.authors()) - set(bound)
    if not others:
        return accepted
    first = earliest(*(accepts(frame, party) for party in sorted(others)))
    return None if first is None else max(first, accepted)
