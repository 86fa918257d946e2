"""Both answers to a question, made alike, and where they differ.

The oracle lets a day end with its last microsecond, the engine with its last second; the language knows no less than
a minute. So instants are compared by their minutes, and a deadline, which no minute of a day can be the last second
of, by the minute that it reaches.
"""

from __future__ import annotations

import datetime
import re
import signal
import traceback
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from oracle import evaluate
from oracle.history import History
from oracle.states import RUNGS
from servanda import load_text
from servanda.model.case import Case
from servanda.model.time import dating_from_words
from servanda.standing import RECORD, Inquiry

from .made import View

FACTS = frozenset(("breached", "refused", "agreed", "signed", "used", "in force"))
NOTHING = "none"
BEGINNING = "the beginning"

Name = tuple[str, str | None]
Engine = Callable[[Case], Inquiry]
Answer = dict[str, str]
"""A standing, field by field, in words."""


@dataclass(frozen=True)
class Difference:
    """One field of one standing to which the two have different answers."""

    view: View
    reading: str
    name: Name
    field: str
    oracle: str
    engine: str

    @property
    def group(self) -> tuple[str, str, str]:
        """What kind of difference it is: instants only as far as one is there, and which is the earlier."""
        if self.field in ("status", "exists", "late", "claim disputed", "raises", "hangs", "oracle raises"):
            return self.field, self.oracle, self.engine
        if self.field == "facts":
            one, other = set(self.oracle.split(", ")), set(self.engine.split(", "))
            return self.field, ", ".join(sorted(one - other)) or "-", ", ".join(sorted(other - one)) or "-"
        if NOTHING in (self.oracle, self.engine):
            theirs, ours = (each if each == NOTHING else "some" for each in (self.oracle, self.engine))
            return self.field, theirs, ours
        if self.field in ("breached", "missing"):
            first, second = (str(each.count(" ; ") + 1) for each in (self.oracle, self.engine))
            return (self.field, first, second) if first != second else (self.field, "one", "another")
        return (self.field, "less", "more") if self.oracle < self.engine else (self.field, "more", "less")

    def __str__(self) -> str:
        name = self.name[0] + (f"[{self.name[1]}]" if self.name[1] else "")
        return f"{name} in {self.reading} {self.view}: {self.field}: oracle {self.oracle}, engine {self.engine}"


def compare(
    case: Case, views: Iterable[View], readings: Iterable[str] | None = None, engine: Engine = Inquiry
) -> list[Difference]:
    """Everything on which the oracle and the engine differ, in all readings (or these)."""
    asked = tuple(readings) if readings is not None else (*case.parties, RECORD)
    kept: dict[Hashable, History] = {}
    inquiry: Inquiry | None = None
    differences: list[Difference] = []
    for view in views:
        try:
            theirs = oracle_answers(case, view, asked, kept)
        except Exception as error:  # noqa: BLE001 - a fault of the oracle is an answer, too
            differences.append(Difference(view, RECORD, ("", None), "oracle raises", _where(error), "-"))
            continue
        try:
            if inquiry is None:
                inquiry = engine(case)
            ours = engine_answers(inquiry, view, asked)
        except Exception as error:  # noqa: BLE001 - whatever is raised is what is being looked for
            differences.append(Difference(view, RECORD, ("", None), "raises", "an answer", _where(error)))
            continue
        for reading in asked:
            differences += _differences(view, reading, theirs[reading], ours[reading])
    return differences


def first_of_each(differences: Iterable[Difference]) -> list[Difference]:
    """Of each standing its first difference: the others mostly follow from it."""
    found: dict[Hashable, Difference] = {}
    for each in differences:
        found.setdefault((each.view, each.reading, each.name), each)
    return list(found.values())


def answers_side_by_side(text: str, difference: Difference) -> Iterator[str]:
    """All fields of the standing in question, the oracle's answer and the engine's; a star where they differ."""
    case, view, reading = load_text(text).case, difference.view, difference.reading
    try:
        with at_most(20):
            theirs = oracle_answers(case, view, (reading,), {})[reading]
            ours = engine_answers(Inquiry(case), view, (reading,))[reading]
    except (Exception, TooLongError) as error:  # noqa: BLE001 - it is shown
        yield f"no answer: {error!r}"
        return
    if difference.name not in theirs or difference.name not in ours:
        yield f"the oracle has {_named(theirs)}, the engine {_named(ours)}"
        return
    one, other = theirs[difference.name], ours[difference.name]
    for field in one:
        if {one[field], other[field]} != {NOTHING}:
            yield f"{'*' if _differs(field, one, other) else ' '} {field:15} {one[field]:39} {other[field]}"


def _named(answers: Iterable[Name]) -> str:
    return ", ".join(name if key is None else f"{name}[{key}]" for name, key in answers) or "nothing"


def _differences(
    view: View, reading: str, theirs: Mapping[Name, Answer], ours: Mapping[Name, Answer]
) -> Iterator[Difference]:
    for name in dict.fromkeys((*theirs, *ours)):
        one, other = theirs.get(name), ours.get(name)
        if one is None or other is None:
            yield Difference(view, reading, name, "exists", *("no" if each is None else "yes" for each in (one, other)))
            continue
        for field in one:
            if _differs(field, one, other):
                yield Difference(view, reading, name, field, one[field], other[field])


def _differs(field: str, one: Answer, other: Answer) -> bool:
    """Since when another status has been so is no second difference; only of what is fulfilled is lateness asked."""
    if field in ("since", "missing") and one["status"] != other["status"]:
        return False
    if field == "late" and "fulfilled" not in (one["status"], other["status"]):
        return False
    return one[field] != other[field]


# ── the oracle ───────────────────────────────────────────────────────────────────────────────────────────────────


def oracle_answers(
    case: Case, view: View, readings: Iterable[str], kept: dict[Hashable, History]
) -> dict[str, dict[Name, Answer]]:
    at, known = dating_from_words(view.at), None if view.known is None else dating_from_words(view.known)
    return {
        reading: {
            name: _in_words(verdict)
            for name, verdict in evaluate(case, reading, at, view.channels, known, (), kept).items()
        }
        for reading in readings
    }


def engine_answers(inquiry: Inquiry, view: View, readings: tuple[str, ...]) -> dict[str, dict[Name, Answer]]:
    at, known = dating_from_words(view.at), None if view.known is None else dating_from_words(view.known)
    found: dict[str, dict[Name, Answer]] = {reading: {} for reading in readings}
    for row in inquiry.inventory(at, readings, view.channels, known):
        for reading, standing in row.standings.items():
            found[reading][row.commitment.name, row.instance] = _in_words(standing)
    return found


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _in_words(standing: Any) -> Answer:
    """A verdict of the oracle, or a standing of the engine."""
    amount = standing.amount
    return {
        "status": standing.status,
        "breached": _listed(_instant(each) for each in standing.breached),
        "deadline": NOTHING if standing.deadline is None else " … ".join(_whole(each) for each in standing.deadline),
        **{rung: _rung(standing, rung) for rung in RUNGS},
        "claim disputed": str(standing.claim_disputed),
        "late": str(standing.late),
        "since": _instant(standing.since),
        "facts": ", ".join(sorted(standing.facts & FACTS)) or NOTHING,
        "missing": _listed(sorted({_missing(each) for each in standing.missing})),
        **{
            f"amount {figure}": _number(None if amount is None else getattr(amount, figure))
            for figure in ("needed", "claimed", "observed", "credited")
        },
    }


def _instant(instant: datetime.datetime | None) -> str:
    if instant is None:
        return NOTHING
    if instant.year == 1:
        return BEGINNING
    return instant.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%MZ")  # noqa: UP017


def _whole(instant: datetime.datetime) -> str:
    return _instant(instant + datetime.timedelta(seconds=1) if instant.second == 59 else instant)


def _rung(standing: Any, rung: str) -> str:
    """When a rung was reached; one that was so from the beginning counts from the first of all days."""
    instant = standing.rungs.get(rung)
    return BEGINNING if instant is not None and instant.year == 1 else _instant(instant)


def _listed(words: Iterable[str]) -> str:
    return " ; ".join(words) or NOTHING


def _number(number: Any) -> str:
    return NOTHING if number is None else f"{float(number):g}"


def _missing(each: Any) -> str:
    """A condition that is waited for, without parentheses that change nothing; a group is one thing."""
    if not isinstance(each, str):
        words = getattr(each, "text", None)
        span = getattr(each, "span", None)
        if words is None:
            words = "together" if span is None else f"{each.name} is breached" if hasattr(each, "name") else span.words
        each = (
            words
            if span is None or words.endswith(("is breached", "binds itself")) or "together" in words
            else span.words
        )
    if each.startswith("together") or "other members" in each:
        return "together"
    return re.sub(r"[()\s]+", " ", each).strip()


def _where(error: BaseException) -> str:
    """What was raised, and in which function of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return (
        type(error).__name__
        if last is None
        else f"{type(error).__name__} in {last.filename.rsplit('/', 1)[-1]} {last.name}"
    )


# ── what does not end ────────────────────────────────────────────────────────────────────────────────────────────


class TooLongError(BaseException):
    """No answer within the seconds that were given. Not an `Exception`: nothing on the way shall catch it."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Give up after so many seconds."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
