"""The questions at which two readings can part, in their order, and what a standing answers to each (semantics §9)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Literal, NamedTuple

from servanda.model.conditions import Ref
from servanda.standing import owed, statuses
from servanda.standing.life import Life
from servanda.standing.outlook import Outlook
from servanda.standing.present import Present
from servanda.standing.standings import Missing, Standing, missing, standing_of
from servanda.standing.stretches import Instant, at
from servanda.standing.wording import instant_words

#: Owed? Done? Live, or waiting for what? By when, late? Shown how?
Question = Literal["owed", "done", "live", "late", "shown"]
QUESTIONS: tuple[Question, ...] = ("owed", "done", "live", "late", "shown")

_LIVE = QUESTIONS.index("live")
_DONE = frozenset(["fulfilled", "waived", "ended", "claimed", "used"])
_FINAL = _DONE - {"claimed"}
#: What each question asks, for people.
ASKED = {
    "owed": "is it owed?",
    "done": "is it done?",
    "live": "is it live, or waiting for what?",
    "late": "by when, is it late or breached?",
    "shown": "how is it to be shown?",
}

#: What a standing answers to each question, in their order.
Answers = tuple[Hashable, ...]
#: What one that is not there answers.
NOT_THERE: Answers = ("there is none", "", "", "", "")


class Side(NamedTuple):
    """A reading with what it sees at an instant."""

    reading: str
    outlook: Outlook
    now: Instant

    def life(self, name: str, key: str | None) -> Life | None:
        """A commitment, or the instance of it that a key names, as far as the reading has it."""
        for life in self.outlook.lives(self.reading, name):
            if life.key == key and at(life.exists, self.now) is not None:
                return life
        return None


def answers(side: Side, name: str, key: str | None, upto: int = 4) -> Answers:
    """What a reading answers to the questions about a commitment, or an instance of it, up to that at a place."""
    life = side.life(name, key)
    return NOT_THERE[: upto + 1] if life is None else answers_of(side, life, upto)


def answers_of(side: Side, life: Life, upto: int = 4) -> Answers:
    """The same of a commitment, or an instance, that is there."""
    _, outlook, now = side
    if upto == 0 and _is_owed(outlook, life, now):
        return ("owed",)
    status = _status(outlook, life, now)
    if status in ("not owed", "proposed"):
        return (status, "", "", "", "")[: upto + 1]
    if upto > _LIVE:
        return answers_by(standing_of(outlook, life, now), outlook.chapter(life, now).clauses.verified_by)[: upto + 1]
    waits_for: Iterable[Missing] = ()
    if upto == _LIVE and status == "dormant":
        waits_for = missing(outlook, life, outlook.chapter(life, now), Present(now))
    return ("owed", *_done_and_live(status, waits_for))[: upto + 1]


def answers_by(standing: Standing, admitted: tuple[Ref, ...]) -> Answers:
    """The same by a standing that is known; `admitted` are the means by which performance is to be shown then."""
    status = standing.status
    if status in ("not owed", "proposed"):
        return (status, "", "", "", "")
    return "owed", *_done_and_live(status, standing.missing), _late(standing), _shown(standing, admitted)


def parting(one: Answers, other: Answers) -> int | None:
    """The place of the first question that is answered differently, or None."""
    return next((place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), None)


def _is_owed(outlook: Outlook, life: Life, now: Instant) -> bool:
    """Whether it is owed, whatever became of it: known without asking what did."""
    return at(owed.owed(outlook, life).owed, now) is not None


def _status(outlook: Outlook, life: Life, now: Instant) -> str:
    if not owed.owed(outlook, life).recognised:
        return "not owed"
    return statuses.word(at(statuses.statuses(outlook, life), now))


def _done_and_live(status: str, waits_for: Iterable[Missing]) -> tuple[Hashable, Hashable]:
    if status in _DONE:
        return status, ""
    if status == "dormant":
        return "not done", ("dormant", frozenset(each.text for each in waits_for))
    return "not done", status if status in ("suspended", "denied") else "live"


def _late(standing: Standing) -> Hashable:
    breached = standing.breached
    if standing.status in _FINAL:
        return (standing.late, breached)
    return (standing.deadline, standing.status == "overdue", standing.late_unknown, breached)


def _shown(standing: Standing, admitted: tuple[Ref, ...]) -> Hashable:
    reached = frozenset(rung for rung in ("observed", "verified") if standing.rungs[rung] is not None)
    return (reached, frozenset(() if standing.status in _FINAL else (ref.name for ref in admitted)))


# ── in words ────────────────────────────────────────────────────────────────────────────────────────────────


def in_words(place: int, given: Answers, kind: str) -> str:
    """An answer to one of the questions about a commitment of a kind, in a few words."""
    answer = given[place]
    match QUESTIONS[place]:
        case "live" if isinstance(answer, tuple):
            return f"waits for {'; '.join(sorted(answer[1])) or 'something'}"
        case "late" if isinstance(answer, tuple):
            return _late_words(answer, kind, done=given[QUESTIONS.index("done")] == "fulfilled")
        case "shown" if isinstance(answer, tuple):
            reached, admitted = answer
            wanted = f"to be shown by {' or '.join(sorted(admitted))}" if admitted else ""
            return ", ".join([*sorted(reached), *([wanted] if wanted else [])]) or "by nothing that is named"
    return str(answer)


def _late_words(answer: tuple[Hashable, ...], kind: str, *, done: bool) -> str:
    breached = answer[-1]
    assert isinstance(breached, tuple)
    times = {0: [], 1: ["breached"]}.get(len(breached), [f"breached {len(breached)} times"])
    if len(answer) == 2 and not done:
        return ", ".join(times) or "not breached"
    if len(answer) == 2:
        said = {True: "late", False: "in time", None: "unknown whether late"}[answer[0]]  # type: ignore[index]
        return ", ".join([said, *times])
    deadline, overdue, unknown, _ = answer
    if kind == "prohibition" and deadline is None:  # what is forbidden has no last day: it is kept or not
        return ", ".join(times) or "not breached"
    day = instant_words(deadline[1]) if isinstance(deadline, tuple) else None
    words = "without a last day" if day is None else f"{'overdue since' if overdue is True else 'by'} {day}"
    return ", ".join([words, *(["late unknown"] if unknown is True else []), *times])
