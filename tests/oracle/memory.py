"""What a history keeps from one instant to the next."""

from __future__ import annotations

import datetime
from collections.abc import Hashable
from dataclasses import dataclass, field

from .clock import Onset
from .instances import Instance

Where = tuple[str, Instance]
#: A reading, and a name with its key if any: what an act of power was done to.
Target = tuple[str, str]


@dataclass(frozen=True)
class Final:
    """§5: fulfilled, waived or ended; since when, and whether late (None: unknown)."""

    kind: str
    since: datetime.datetime
    late: bool | None = False


@dataclass
class Memory:
    """Finals and breaches, acts of power and what they did, and what has come about once."""

    finals: dict[Where, Final] = field(default_factory=dict)
    breaches: dict[Where, list[datetime.datetime]] = field(default_factory=dict)
    late_unknown: set[Where] = field(default_factory=set)
    agreed: dict[Where, Onset] = field(default_factory=dict)
    periods: dict[tuple[str, str], list[Onset]] = field(default_factory=dict)
    held: dict[Target, Onset] = field(default_factory=dict)
    terminated: dict[Target, Onset] = field(default_factory=dict)
    waived: dict[Target, dict[str, Onset]] = field(default_factory=dict)
    transfers: dict[Target, list[tuple[str, str]]] = field(default_factory=dict)
    uses: dict[Where, list[tuple[Onset, int]]] = field(default_factory=dict)
    suspensions: dict[Where, list[tuple[datetime.datetime, datetime.datetime | None]]] = field(default_factory=dict)
    status: dict[Where, tuple[str, datetime.datetime]] = field(default_factory=dict)
    #: What has come about once: rungs, `from`, states in conditions.
    ever: dict[Hashable, Onset] = field(default_factory=dict)
    #: The stretch of each condition at the instant before; None where it was not so.
    stretches: dict[Hashable, Onset | None] = field(default_factory=dict)
