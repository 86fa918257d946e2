"""Negotiations in which everybody waits for somebody: systems of rules, drawn from a seed.

Each commitment waits for others of its circle; some wait for commitments of earlier circles, for a consent, or have a
second way. Concessions are those of a real case: a promise (undertaking it and dropping what it waits for), one
condition given up, a consent, an exchange of a whole circle at once.
"""

import random
from dataclasses import dataclass

from servanda.wayout.system import Concession, Part, Rule, System


@dataclass(frozen=True)
class Parameters:
    """What is drawn. `circles` gives the least and the most members of a circle."""

    commitments: int
    parties: int = 2
    circles: tuple[int, int] = (2, 6)
    chords: float = 0.05
    """How many members of a circle wait for another one of it as well."""

    across: float = 0.3
    """How many circles wait, at one of their members, for a member of an earlier circle."""

    ahead: float = 0.25
    """How many commitments are in no circle, and wait for one or two that are."""

    second_ways: float = 0.1
    consents: float = 0.1
    refused: float = 0.2
    """How many consents and promises were refused: three times the price."""

    never: float = 0.05
    """How many concessions are out of the question."""

    joint: float = 0.05
    """How many commitments are one step together with their neighbour: none before both are ready."""

    wanted: float = 0.5
    """How many commitments the goal asks for."""


def small_circles(commitments: int, parties: int = 2) -> Parameters:
    """Many small circles."""
    return Parameters(commitments, parties)


def giant_circles(commitments: int, parties: int = 2) -> Parameters:
    """A few circles that hold most of it."""
    size = max(commitments // 5, 3)
    return Parameters(commitments, parties, circles=(size, size), across=1.0)


#: The sizes that are measured, and the seed of each.
SIZES = (100, 300, 1_000, 3_000, 10_000, 30_000)
PARTIES = (2, 5, 10)
SHAPES = {"many small circles": small_circles, "a few giant circles": giant_circles}
SEED = 1962


def system(parameters: Parameters, seed: int) -> System:
    """Draw a system whose goal can be reached with the concessions that are left."""
    return _Drawing(parameters, random.Random(seed)).system()


class _Drawing:
    def __init__(self, parameters: Parameters, rng: random.Random) -> None:
        self.p = parameters
        self.rng = rng
        self.size = parameters.commitments
        self.rules: list[Rule] = []
        self.concessions: list[Concession] = []
        self.waits: list[list[int]] = [[] for _ in range(parameters.commitments)]
        self.owner = [f"P{rng.randrange(parameters.parties) + 1}" for _ in range(parameters.commitments)]

    def system(self) -> System:
        circles = self._circles()
        self._consents()
        for at in range(self.p.commitments):
            self._commitment(at)
        for circle in circles:
            if len(circle) <= 6:
                self._exchange(circle)
        wanted = [at for at in range(self.p.commitments) if self.rng.random() < self.p.wanted] or [0]
        goal = self._atom()
        self.rules.append(Rule(goal, tuple(wanted)))
        return System(self.size, tuple(self.rules), tuple(self.concessions), goal)

    def _atom(self) -> int:
        self.size += 1
        return self.size - 1

    def _circles(self) -> list[list[int]]:
        rng, p = self.rng, self.p
        inside = int(p.commitments * (1 - p.ahead))
        circles: list[list[int]] = []
        at = 0
        while at < inside:
            size = min(rng.randint(*p.circles), inside - at)
            circle = list(range(at, at + size))
            for place, each in enumerate(circle):
                self.waits[each].append(circle[(place + 1) % size])
                if rng.random() < p.chords:
                    self.waits[each].append(rng.choice(circle))
            if circles and rng.random() < p.across:
                self.waits[rng.choice(circle)].append(rng.choice(rng.choice(circles)))
            circles.append(circle)
            at += size
        for each in range(inside, p.commitments):
            self.waits[each] += [rng.randrange(inside) for _ in range(rng.randint(1, 2))] if inside else []
        return circles

    def _consents(self) -> None:
        for at in range(self.p.commitments):
            if self.rng.random() < self.p.consents:
                consent = self._atom()
                self.waits[at].append(consent)
                giver = f"P{self.rng.randrange(self.p.parties) + 1}"
                self._concede("act", [Part(giver, self._asked())], (consent,), never=0.0)

    def _commitment(self, at: int) -> None:
        rng, p = self.rng, self.p
        waits = list(dict.fromkeys(self.waits[at]))
        if rng.random() < p.joint and at + 1 < p.commitments:
            waits = [*(each for each in waits if each != at + 1), *(w for w in self.waits[at + 1] if w != at)]
            waits = list(dict.fromkeys(each for each in waits if each != at))
        needed = []
        for each in waits:
            met = self._atom()
            self.rules.append(Rule(met, (each,)))
            needed.append(met)
            if rng.random() < 0.5:
                self._concede("drop", [Part(self.owner[at], 1)], (met,))
        self.rules.append(Rule(at, tuple(needed)))
        if rng.random() < p.second_ways:
            self.rules.append(Rule(at, (rng.randrange(p.commitments),)))
        parts = [Part(self.owner[at], self._asked()), *(Part(self.owner[at], 1) for _ in waits)]
        self._concede("promise", parts, (at,), never=0.0 if len(self.waits[at]) > 1 else None)

    def _exchange(self, circle: list[int]) -> None:
        parts = [Part(self.owner[at], 1) for at in circle for _ in range(1 + len(self.waits[at]))]
        self._concede("exchange", parts, tuple(circle))

    def _asked(self) -> int:
        return 3 if self.rng.random() < self.p.refused else 1

    def _concede(self, kind: str, parts: list[Part], frees: tuple[int, ...], never: float | None = None) -> None:
        if self.rng.random() >= (self.p.never if never is None else never):
            self.concessions.append(Concession(kind, tuple(parts), frees))
