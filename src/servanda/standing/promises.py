"""Promises and offers: what was undertaken, from when on, and by which date (semantics §4)."""

from __future__ import annotations

from collections.abc import Iterable

from servanda.model.conditions import Condition
from servanda.model.time import Dating

from .clock import ALWAYS, Instant
from .frame import Frame
from .owed import accepts
from .view import Entry


def undertakings(frame: Frame, bearer: str) -> Iterable[tuple[Entry, Instant]]:
    """A bearer's promises, and its offers whose condition is met, with the instant from which each counts.

    A promise that was rejected is no longer one; an offer stands until it is withdrawn.
    """
    words = frame.history.words
    for entries, is_offer in ((words.promises, False), (words.offers, True)):
        for entry in entries.get(frame.name, ()):
            if bearer not in entry.actors or not frame.about(entry):
                continue
            if not words.open(entry, frame.name, () if is_offer else frame.counterparties):
                continue
            if entry.act.when is None:
                if not is_offer:
                    yield entry, entry.instant
                continue
            onset = frame.judge.onset(entry.act.when, frame.in_reading_of(bearer))
            if onset is not None:
                yield entry, max(onset, entry.instant)


def promised(frame: Frame) -> Instant | None:
    """Since when every bearer has promised it by an act, its condition met."""
    onsets = [min((onset for _, onset in undertakings(frame, bearer)), default=None) for bearer in frame.bearers]
    known = [each for each in onsets if each is not None]
    return max(known) if known and len(known) == len(onsets) else None


def conditions_promised(frame: Frame) -> list[Condition]:
    """The conditions that its bearers' promises put in the place of their own, where none of these is met."""
    words = frame.history.words
    return [
        entry.act.when
        for entry in words.promises.get(frame.name, ())
        if entry.act.when is not None
        and frame.about(entry)
        and set(entry.actors) & set(frame.bearers)
        and words.open(entry, frame.name, frame.counterparties)
        and frame.judge.onset(entry.act.when, frame.in_reading_of(entry.actors[0])) is None
    ]


def undertaken(frame: Frame) -> Instant | None:
    """Since when it is promised by the text: recognised by each bearer, its `when` met in that bearer's own reading."""
    onsets = []
    for bearer in frame.bearers:
        lives = frame.history.lives_of(frame.name, bearer, frame.key) if bearer in frame.history.case.parties else []
        if not lives:
            return None
        for life in lives:
            own = Frame(frame.history, bearer, frame.name, life)
            onset = ALWAYS if own.clauses.when is None else own.onset(own.clauses.when)
            if conditions_promised(own):
                return None
            accepted = accepts(own, bearer)
            if not life.recognised or life.proposed or onset is None or accepted is None:
                return None
            onsets.append(max(onset, accepted))
    return max(onsets, default=None)


def date_of(frame: Frame, entry: Entry, bearer: str) -> Instant | None:
    """The date that a promise or offer names: `by C`, or `within D`, which counts from the act."""
    asked = frame.in_reading_of(bearer)
    if entry.act.by is not None:
        reach = frame.judge.reach(entry.act.by, asked)
        return None if reach is None else reach[1]
    within = entry.act.within
    if within is None:
        return None
    anchor = (entry.instant, entry.instant) if within.of is None else frame.judge.reach(within.of, asked)
    return None if anchor is None else frame.clock.shifted(anchor[1], within.duration)[1]


def promised_date(frame: Frame) -> Instant | None:
    """The date that its bearers have promised: each one's latest, and the last of them."""
    dates = []
    for bearer in frame.bearers:
        made = sorted(undertakings(frame, bearer), key=lambda each: (each[0].instant, each[0].order))
        dates += [date for entry, _ in made if (date := date_of(frame, entry, bearer)) is not None][-1:]
    return max(dates, default=None)


def accepted_since(frame: Frame) -> bool:
    """Whether every counterparty has accepted it since it was last promised, and so a later date, too."""
    made = frame.acts("promises", frame.bearers)
    words = frame.history.words.stance
    said = [
        words.get((party, frame.name, frame.key)) or words.get((party, frame.name, None))
        for party in frame.counterparties
    ]
    return bool(made and said) and all(word is not None and word[0] and word[1] >= made[-1].instant for word in said)


def promised_by(frame: Frame, by: Dating | None) -> Instant | None:
    """Since when it is promised with a date, no later than `by` where that is given."""
    limit = None if by is None else frame.clock.latest(by)
    onsets = []
    for bearer in frame.bearers:
        found = [
            onset
            for entry, onset in undertakings(frame, bearer)
            if (date := date_of(frame, entry, bearer)) is not None and (limit is None or date <= limit)
        ]
        if not found:
            break
        onsets.append(min(found))
    else:
        return max(onsets, default=None)
    life = frame.life
    if promised(frame) is None and "promised" in life.rungs and life.deadline is not None:
        return life.rungs["promised"] if limit is None or life.deadline[1] <= limit else None
    return None
