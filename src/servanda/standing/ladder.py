"""How far a commitment has come: offered, promised, begun, claimed, observed, verified; and done (semantics §4)."""

from __future__ import annotations

import msgspec

from servanda.model.conditions import Amount, Happening, PublicAct

from .clock import Instant, passing
from .evidence import Assertion
from .frame import Frame, earliest
from .judge import Question
from .life import RUNGS, Life
from .promises import promised, undertaken
from .view import Entry


def reckon_ladder(frame: Frame) -> None:
    """Work out the rungs that a life has reached, and since when."""
    life, history = frame.life, frame.history
    own = set(frame.bearers)
    rungs: dict[str, Instant | None] = {
        "offered": min(
            (e.instant for e in history.words.offers.get(frame.name, ()) if _stands(frame, e)), default=None
        ),
        "promised": promised(frame) or undertaken(frame),
        "begun": min((entry.instant for entry in frame.acts("begins", frame.bearers)), default=None),
        "claimed": _claimed(frame),
        "observed": performance(
            frame, frame.crediting("seen", lambda each: each.verb == "observes" and not own & set(each.authors))
        ),
        "verified": _verified(frame),
    }
    said = [history.words.confirms(party, frame.name, frame.key) for party in frame.counterparties]
    life.confirmed = earliest(*said)
    rungs["claimed"] = earliest(rungs["claimed"], life.confirmed)
    for lower, higher in zip(reversed(RUNGS[1:-1]), reversed(RUNGS[2:]), strict=True):
        rungs[lower] = earliest(rungs[lower], rungs[higher])
    life.rungs = {rung: instant for rung, instant in rungs.items() if instant is not None}
    life.disputed = any(
        history.evidence.disputed(frame.reading, ("name", frame.name, key)) for key in {frame.key or "", ""}
    )
    life.refused = min((entry.instant for entry in frame.acts("refuses", frame.bearers)), default=None)


def _stands(frame: Frame, entry: Entry) -> bool:
    return frame.about(entry) and frame.history.words.open(entry, frame.name)


def _claimed(frame: Frame) -> Instant | None:
    """Since when it is said to be done: from when somebody said so, however early that dates the performance."""
    since = performance(frame, frame.crediting("said"))
    said = [a.said for key in _keys(frame) for a in frame.history.evidence.by_key.get(key, ()) if a.said <= frame.now]
    return None if since is None else max(since, min(said, default=since))


def _verified(frame: Frame) -> Instant | None:
    """Since when it is shown by a means that the text admits, to the full amount."""
    admitted = {ref.name for ref in frame.clauses.verified_by}
    if not admitted:
        return None

    def shown(each: Assertion) -> bool:
        return each.verb == "observes" and bool(admitted & set(each.means))

    return performance(frame, frame.crediting("shown", shown))


def _keys(frame: Frame) -> list[tuple[str, ...]]:
    whole = ("name", frame.name, "")
    return [whole] if frame.key is None else [("name", frame.name, frame.key), whole]


def performance(frame: Frame, asked: Question) -> Instant | None:
    """Since when it is performed, by the assertions that a question admits."""
    since = [
        each.since
        for key in _keys(frame)
        for each in frame.history.evidence.by_key.get(key, ())
        if each.since <= frame.now and frame.judge.admits(each, asked)
    ]
    done = frame.clauses.done_when or frame.clauses.seeks
    anchored = frame.life.instance.anchor is not None
    if isinstance(done, Happening) and anchored:
        onset = _oldest_match(frame, done, asked)
    elif isinstance(done, Amount) and anchored:
        onset = frame.judge.amount_since(_so_far(frame, done), asked)
    else:
        onset = None if done is None or isinstance(done, PublicAct) else frame.judge.onset(done, asked)
    return earliest(*since, onset)


def _siblings(frame: Frame) -> list[Life]:
    """The instances of its family in this reading, the oldest first."""
    lives = frame.history.lives_of(frame.name, frame.reading, None)
    return sorted(lives, key=lambda life: (life.instance.anchor or 0, life.instance.key or ""))


def _so_far(frame: Frame, amount: Amount) -> Amount:
    """The amount for this instance and all older ones: what is delivered counts once, for the oldest."""
    rank = 1 + _siblings(frame).index(frame.life)
    return msgspec.structs.replace(amount, number=amount.number * rank) if amount.bound != "at most" else amount


def _oldest_match(frame: Frame, pattern: Happening, asked: Question) -> Instant | None:
    """When the event came that performs this instance: an event counts for the oldest open match, and for one only."""
    taken: set[int] = set()
    for life in _siblings(frame):
        mine = Question(asked.reading, life.instance.scope, asked.owners, asked.mode, asked.admits)
        anchor = life.instance.anchor
        told = next(
            (
                each
                for each in frame.judge.occurrences(pattern, mine)
                if id(each) not in taken and (anchor is None or each.latest >= anchor)
            ),
            None,
        )
        if life is frame.life:
            return None if told is None else told.since
        if told is not None:
            taken.add(id(told))
    return None


def reckon_done(frame: Frame) -> None:
    """Work out whether an obligation is fulfilled in this reading, and as of when: late proof does not make it late."""
    life = frame.life
    life.fulfilled = None
    if frame.kind != "obligation":
        return
    own = frame.reading in frame.bearers
    credited = performance(frame, frame.question)
    found = [
        _confirmed(frame),
        _public_act(frame),
        life.rungs.get("verified"),
        credited if own or not frame.clauses.verified_by else None,
    ]
    fulfilled = earliest(*found)
    if fulfilled is not None:
        life.fulfilled = earliest(fulfilled, credited)
        life.performed_late = (
            None if life.deadline is None else (life.fulfilled or fulfilled) > passing(life.deadline[1])
        )


def _confirmed(frame: Frame) -> Instant | None:
    """When the reading's own party confirmed it; in the record, when the last counterparty did."""
    words = frame.history.words
    if frame.reading in frame.counterparties:
        return words.confirms(frame.reading, frame.name, frame.key)
    if frame.reading in frame.history.case.parties:
        return None
    said = [words.confirms(party, frame.name, frame.key) for party in frame.counterparties]
    known = [each for each in said if each is not None]
    return max(known) if known and len(known) == len(said) else None


def _public_act(frame: Frame) -> Instant | None:
    """`done when claimed`: the bearer's public act is itself the performance, in every reading."""
    if not isinstance(frame.clauses.done_when, PublicAct):
        return None
    return min(
        (
            entry.instant if entry.act.performed is None else frame.clock.earliest(entry.act.performed)
            for entry in frame.acts("claims", frame.bearers)
        ),
        default=None,
    )
