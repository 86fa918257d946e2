"""The life of one commitment in one reading: how far it has come, as the history goes on."""

from __future__ import annotations

from collections.abc import Mapping

from servanda.model.commitments import Clauses
from servanda.model.conditions import Condition, Ref, Value

from .clock import Instant

RUNGS = ("offered", "promised", "begun", "claimed", "observed", "verified")


class Instance:
    """One instance of a commitment in one reading: its key (None for a commitment without `for each`), its variables,
    and what its deadline counts from.
    """

    def __init__(self, name: str, key: str | None, scope: Mapping[str, Value], anchor: Instant | None) -> None:
        self.name = name
        self.key = key
        self.scope = scope
        self.anchor = anchor


class Life:
    """What the history has brought so far to one instance in one reading. Filled anew at each instant."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.recognised = False
        self.accepted = False
        self.proposed = False
        self.agreed: Instant | None = None
        self.rungs: dict[str, Instant] = {}
        self.confirmed: Instant | None = None
        self.fulfilled: Instant | None = None
        self.performed_late: bool | None = None
        self.ready: Instant | None = None
        self.started: Instant | None = None
        self.force: Instant | None = None
        self.waived: Instant | None = None
        self.ended: Instant | None = None
        self.suspended: Instant | None = None
        self.paused: int = 0
        self.deadline: tuple[Instant, Instant] | None = None
        self.breaches: list[Instant] = []
        self.late_unknown = False
        self.disputed = False
        self.used: Instant | None = None
        self.denied: Instant | None = None
        self.refused: Instant | None = None
        self.missing: list[Condition | Ref | Clauses] = []
        self.status = "not owed"
        self.since: Instant | None = None

    @property
    def final(self) -> str | None:
        """The earliest of the finals that it has reached, or None."""
        reached = [
            (instant, order, word)
            for order, (word, instant) in enumerate(
                (("fulfilled", self.fulfilled), ("waived", self.waived), ("ended", self.ended))
            )
            if instant is not None
        ]
        return min(reached)[2] if reached else None

    def snapshot(self) -> tuple[object, ...]:
        """What others can depend on, to see whether a round has changed anything."""
        return (
            self.recognised, self.proposed, self.agreed, tuple(sorted(self.rungs.items())), self.confirmed,
            self.fulfilled, self.ready, self.started, self.force, self.waived, self.ended, self.suspended,
            self.deadline, tuple(self.breaches), self.status, self.used,
        )  # fmt: skip
