"""What a generated case declares, as values that its record is then drawn from."""

from dataclasses import dataclass, field
from datetime import date, timedelta

START = date(1962, 1, 1)


@dataclass(frozen=True, slots=True)
class Source:
    """A letter, or an instrument if it is `signed` by somebody. A `firm` one is never rejected or withdrawn."""

    name: str
    dated: date
    by: tuple[str, ...]
    to: tuple[str, ...]
    signed: tuple[str, ...]
    firm: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that is counted."""

    name: str
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Means:
    """A way to verify."""

    name: str
    by: tuple[str, ...]
    consent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of event."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment. Its conditions name only commitments of a smaller `rank`, so that no condition waits for itself.

    `since` is the day from which everything that it rests on is there. A `plain` one has a history of its own in the
    record, from which every standing is known; a `proved` one names a proof. `keys` are those of
    its instances, if it has any.
    """

    kind: str
    name: str
    bearer: str
    counterparties: tuple[str, ...]
    since: date
    rank: int
    plain: bool = False
    proved: bool = False
    keys: tuple[str, ...] = ()
    mandate: tuple[str, tuple[str, ...]] | None = None


@dataclass(slots=True)
class World:
    """Everything declared, and how many `days` the record takes."""

    days: int
    parties: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    persons: dict[str, str] = field(default_factory=dict)
    channels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    matters: list[str] = field(default_factory=list)
    means: list[Means] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)

    @property
    def end(self) -> date:
        """The last day of the record."""
        return START + timedelta(days=self.days)

    def sources_by(self, day: date) -> int:
        """How many sources there are on that day; they stand in the order of their dates."""
        return _count(self.sources, day)

    def commitments_by(self, day: date) -> int:
        """How many commitments there are on that day; they stand in the order of their dates."""
        return _count(self.commitments, day)


def _count(dated: list[Source] | list[Commitment], day: date) -> int:
    low, high = 0, len(dated)
    while low < high:
        middle = (low + high) // 2
        each = dated[middle]
        if (each.dated if isinstance(each, Source) else each.since) <= day:
            low = middle + 1
        else:
            high = middle
    return low
