"""The record of a generated negotiation as it is written: who may hear what, at what hour, with what words cited."""

import random
from collections.abc import Mapping
from datetime import date

from .dossiers import END, START, Dossier
from .words import quote, remark

CITED, NOTED, TIMED, BY_ENVOY = 0.2, 0.05, 0.45, 0.04
PRIVATE, OPEN_TABLE = 0.18, 0.12
"""How many acts of parties are done in a channel of some, and how many in that of all."""


class Diary:
    """Takes down acts. Nobody speaks twice of one thing on one day: which of the two words would count?"""

    def __init__(
        self, rng: random.Random, channels: Mapping[str, tuple[str, ...]], persons: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.rng = rng
        self.channels = channels
        self.persons = persons
        self.parties = frozenset(party for among in channels.values() for party in among)
        self.private = 0
        self._acts: list[tuple[date, int, int, list[str]]] = []
        self._spoken: set[tuple[date, str, str]] = set()

    def __len__(self) -> int:
        return len(self._acts)

    def say(
        self,
        day: date,
        actor: str,
        deed: str,
        about: str,
        place: Dossier | None,
        *clauses: str,
        audience: tuple[str, ...] = (),
    ) -> bool:
        """One act on a day, if that lies within the record; whether it was taken down."""
        if not START <= day <= END or (day, actor, about) in self._spoken:
            return False
        self._spoken.add((day, actor, about))
        rng = self.rng
        below = list(clauses)
        roll = rng.random()
        signing = deed.startswith("signs ")  # which all who sign have to know of
        apart = actor in self.parties and not signing and roll < PRIVATE + OPEN_TABLE
        if apart and (channel := self._channel(roll, actor, audience)):
            below.append(f"via {channel}")
        elif actor in self.persons and rng.random() < BY_ENVOY and not deed.startswith(("signs", "consents")):
            actor = rng.choice(self.persons[actor])
        if place is not None and rng.random() < CITED:
            below.append(f"cites {rng.choice((place.letter, place.reply))} p{rng.randrange(1, 30)} {quote(rng)}")
        if '"' not in deed and rng.random() < NOTED:
            below.append(remark(rng))
        minute = rng.randrange(480, 1200) if rng.random() < TIMED else 1440
        moment = str(day) if minute == 1440 else f"{day}T{minute // 60:02}:{minute % 60:02}"
        self._acts.append(
            (day, minute, len(self._acts), [f"{moment} {actor} {deed}", *(f"  {each}" for each in below)])
        )
        return True

    def _channel(self, roll: float, actor: str, audience: tuple[str, ...]) -> str:
        heard = {actor, *audience}
        private = roll < PRIVATE
        fitting = [
            name
            for name, among in self.channels.items()
            if heard <= set(among) and (len(among) < len(self.parties)) == private
        ]
        if not fitting:
            return ""
        self.private += private
        return self.rng.choice(fitting)

    def lines(self) -> list[str]:
        """All of it in the order of time; of one day, what has an hour comes first."""
        return [line for *_, lines in sorted(self._acts) for line in lines]
