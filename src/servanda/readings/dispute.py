"""One dispute: a commitment on which two readings part, where, and what would bring them together."""

from __future__ import annotations

import msgspec

from .premises import Difference
from .questions import ASKED, Question


class Dispute(msgspec.Struct, frozen=True):
    """A commitment on which two readings part.

    `question` is the first that they answer differently, `answers` what each says to it. `bridges` are, by the reading
    whose premises they are, the smallest sets of ids which, put into the other reading, end the dispute; all of them
    where it is `complete`. `no_bridge` says, by the same reading, why there is none.
    """

    commitment: str
    name: str
    instance: str | None
    readings: tuple[str, str]
    question: Question
    statuses: dict[str, str]
    answers: dict[str, str]
    premises: tuple[Difference, ...]
    bridges: dict[str, tuple[tuple[str, ...], ...]]
    complete: bool
    no_bridge: dict[str, str]

    @property
    def asked(self) -> str:
        """The question in words."""
        return ASKED[self.question]

    @property
    def needs_concession(self) -> bool:
        """Whether no premise of either reading can end it."""
        return self.complete and not any(self.bridges.values())

    def ended_by(self, premise: str) -> bool:
        """Whether a premise ends it alone, put into one of the two readings."""
        return any((premise,) in sets for sets in self.bridges.values())

    def __str__(self) -> str:
        one, other = self.readings
        return f"{self.commitment}: {self.statuses[one]} in {one}, {self.statuses[other]} in {other} ({self.asked})"

    def __repr__(self) -> str:
        return f"<Dispute {self}>"
