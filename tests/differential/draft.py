"""A case while it is being written: the choices that it falls out by, and what it has in it so far."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

Choose = Callable[[int], int]
"""A source of choices: given n, one of 0 … n - 1. Nought is the plainest choice."""


@dataclass(frozen=True)
class Deed:
    """What somebody may do or say: who, the words behind, and the clauses below; the day only where that matters."""

    actors: tuple[str, ...]
    words: str
    clauses: tuple[str, ...] = ()
    day: datetime.date | None = None


@dataclass
class Owed:
    """A commitment as far as those who act on it have to know it.

    `rank` says what its conditions may name: in a case without circles, what has a lower one.
    """

    name: str
    kind: str
    rank: int
    bearers: list[str] = field(default_factory=list)
    counterparties: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    clauses: dict[str, str] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    #: What is said when it is said to be done; for a prohibition, what it forbids.
    performances: list[str] = field(default_factory=list)
    means: list[str] = field(default_factory=list)
    #: What makes its conditions come true.
    hints: list[Deed] = field(default_factory=list)

    @property
    def concerned(self) -> list[str]:
        return list(dict.fromkeys([*self.bearers, *self.counterparties]))


@dataclass
class Source:
    name: str
    authors: list[str]
    to: list[str]
    signers: list[str]


@dataclass
class Means:
    name: str
    by: str
    consent_of: list[str]


@dataclass
class Matter:
    name: str
    rank: int
    definition: str | None


@dataclass
class Draft:
    """`circular` cases may wait for themselves, but say nothing that asks whether something is *not* so."""

    choose: Choose
    circular: bool = False
    #: Whether some acts became known later; each reading then has a history of its own.
    late_news: bool = False
    #: Whether most of it happens on a few days in a row, so that much falls on one instant.
    crowded: bool = False
    first: datetime.date = datetime.date(2031, 1, 1)
    days: list[datetime.date] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    #: Whoever may act for a party, the party first.
    voices: dict[str, list[str]] = field(default_factory=dict)
    channels: dict[str, list[str]] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    goods: list[str] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    means: list[Means] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    hints: list[Deed] = field(default_factory=list)

    # ── choices ──────────────────────────────────────────────────────────────────────────────────────────────

    def chance(self, percent: int) -> bool:
        """Seldom or often; nought is no."""
        return self.choose(100) >= 100 - percent

    def one(self, those: Sequence[T]) -> T:
        return those[self.choose(len(those))]

    def weighted(self, those: dict[T, int]) -> T:
        """One of these, as often as its weight says; nought is the first."""
        number = self.choose(sum(those.values()))
        for each, weight in those.items():
            number -= weight
            if number < 0:
                return each
        raise AssertionError(those)

    def some(self, those: Sequence[T], least: int = 1, most: int | None = None) -> list[T]:
        """A few of these, each at most once, in their order."""
        count = least + self.choose(max(1, min(most or len(those), len(those)) - least + 1))
        left = list(range(len(those)))
        taken = sorted(left.pop(self.choose(len(left))) for _ in range(min(count, len(those))))
        return [those[each] for each in taken]

    # ── time ─────────────────────────────────────────────────────────────────────────────────────────────────

    def day(self, least: int = 0) -> datetime.date:
        """One of the few days on which things happen, so that some of them coincide."""
        if self.crowded:
            return self.days[max(least, self.busy_day())]
        return self.days[least + self.choose(len(self.days) - least)]

    def busy_day(self) -> int:
        """The number of a day of a crowded case, most often one of the two on which nearly all happens."""
        return self.weighted({2: 4, 3: 4, 1: 2, 4: 1, 0: 1})

    def date(self) -> str:
        """A day of the case, the day before or after it, or an hour of it."""
        day = self.day() + datetime.timedelta(days=self.weighted({0: 6, 1: 1, -1: 1}))
        return f"{day}T{self.one((10, 0, 18))}:00".replace("T0:", "T00:") if self.chance(12) else str(day)

    def duration(self, *, most: int = 12) -> str:
        match self.weighted({"days": 8, "hours": 3, "working": 2, "month": 1, "week": 1}):
            case "hours":
                return f"{self.one((48, 12, 30, 6))} hours"
            case "working":
                return f"{1 + self.choose(5)} working days"
            case "month":
                return "1 month"
            case "week":
                return f"{1 + self.choose(2)} weeks".replace("1 weeks", "1 week")
        number = 1 + self.choose(most)
        return f"{number} days" if number > 1 else "1 day"

    # ── who ──────────────────────────────────────────────────────────────────────────────────────────────────

    def voice(self, name: str) -> str:
        """A party, or now and then somebody who acts for it."""
        voices = self.voices.get(name, [name])
        return self.one(voices) if len(voices) > 1 and self.chance(25) else name

    def other(self, names: Sequence[str]) -> str:
        """A party that is none of these, where there is one."""
        others = [party for party in self.parties if party not in names]
        return self.one(others) if others else self.one(self.parties)

    def onlooker(self, names: Sequence[str] = ()) -> str:
        """Somebody to say what they saw: a body, or a party."""
        if self.bodies and self.chance(60):
            return self.one(self.bodies)
        return self.one(self.parties)
