"""Cases with views of them: the same for the same seed."""

from __future__ import annotations

import datetime
import random
import re
from dataclasses import dataclass

from .commitments import commitments
from .declared import declarations
from .draft import Choose, Draft
from .record import record


@dataclass(frozen=True)
class View:
    """What all readings of a case are asked of."""

    at: str
    channels: frozenset[str] | None = None
    known: str | None = None

    def __str__(self) -> str:
        over = "" if self.channels is None else f", via {', '.join(sorted(self.channels)) or 'nothing'}"
        return f"at {self.at}{over}" + ("" if self.known is None else f", known {self.known}")


@dataclass(frozen=True)
class Made:
    """The text of a case, and the views it is asked of."""

    text: str
    views: tuple[View, ...]
    circular: bool = False


def made(choose: Choose, *, crowded: bool = False) -> Made:
    """A case as the choices fall."""
    draft = Draft(choose, crowded=crowded)
    draft.circular, draft.late_news = draft.chance(20), draft.chance(18)
    text = "\n".join([*declarations(draft), *commitments(draft), *record(draft)]) + "\n"
    return Made(text, tuple(_views(draft, text)), draft.circular)


def random_case(seed: int, *, crowded: bool = False) -> Made:
    """The same case for the same seed; a crowded one has much that falls on one instant."""
    return made(random.Random(seed).randrange, crowded=crowded)


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LENGTH = re.compile(r"(\d+) (day|working day|week|month|hour)s?\b")


def _views(draft: Draft, text: str) -> list[View]:
    """Days that the text names, those that its lengths of time lead to, and the days after them."""
    named = sorted({datetime.date.fromisoformat(each) for each in _DAY.findall(text)})
    lengths = [0]
    for number, unit in _LENGTH.findall(text):
        days = {"day": 1, "working day": 1.4, "week": 7, "month": 30, "hour": 1 / 24}[unit]
        lengths.append(round(int(number) * days))
    views = []
    for _ in range(1 + draft.choose(2)):
        day = max(draft.one(named), draft.one(named)) + datetime.timedelta(
            days=draft.one(lengths) if draft.chance(40) else 0
        )
        day = max(day, draft.first) + datetime.timedelta(days=draft.choose(3) - 1 if draft.chance(50) else 0)
        if draft.chance(25):
            day = draft.days[-1] + datetime.timedelta(days=draft.choose(30))
        at = f"{day}T{draft.one((12, 0, 23)):02d}:{draft.one((0, 59)):02d}" if draft.chance(10) else str(day)
        channels = None
        if draft.channels and draft.chance(45):
            channels = frozenset(draft.some(list(draft.channels), 0 if draft.chance(50) else 1))
        known = (
            str(day - datetime.timedelta(days=draft.choose(10))) if draft.chance(25 if draft.late_news else 6) else None
        )
        views.append(View(at, channels, known))
    return list(dict.fromkeys(views))
