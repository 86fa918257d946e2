"""One commitment, or one instance of a family, in one reading; who owes it and to whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from servanda.model.commitments import DUTIES, Clauses, EachMember, Kind, unnumbered
from servanda.model.conditions import Value

from .assertions import Binding
from .buckets import Question
from .clock import Pair
from .stretches import ALWAYS_SO, Instant, Steps, any_of, within
from .texts import Text

UNBOUND: dict[str, Value] = {}


class Questions(NamedTuple):
    """What is asked of a life, each under the name of its commitment."""

    owed: Question
    undertaken: Question
    done: Question
    own: Question
    course: Question
    statuses: Question
    waivers: Question


class Life:
    """An instance of a commitment in a reading.

    `key` is None for a commitment without `for each`; `binding` is what its variables stand for; `arose` is when it
    came to be, None where it was there from the text alone; `number` is its place among those that arose.
    """

    __slots__ = ("arose", "binding", "exists", "key", "kind", "name", "number", "questions", "reading")

    def __init__(
        self,
        name: str,
        reading: str,
        kind: Kind,
        key: str | None = None,
        binding: Binding = UNBOUND,
        arose: Pair | None = None,
        number: int = 1,
        exists: Steps = ALWAYS_SO,
    ) -> None:
        self.name = name
        self.reading = reading
        self.kind = kind
        self.key = key
        self.binding = binding
        self.arose = arose
        self.number = number
        self.exists = exists
        self.questions = Questions(*((name, (self, what)) for what in Questions._fields))

    def __repr__(self) -> str:
        return f"<{self.label} in {self.reading}>"

    @property
    def label(self) -> str:
        """The name by which the language picks it."""
        return self.name if self.key is None else f"{self.name}[{self.key}]"

    def is_called(self, key: str | None) -> bool:
        """Whether its name, with a key or without, stands for it: a key that several share stands for all of them."""
        return key is None or self.key is None or key == self.key or key == unnumbered(self.key)

    @property
    def is_duty(self) -> bool:
        """Whether it binds its bearer, rather than allowing something."""
        return self.kind in DUTIES


class Roles(msgspec.Struct, frozen=True):
    """Who owes a commitment and to whom; who must have accepted it, and who is on the other side."""

    bearers: tuple[str, ...]
    counterparties: tuple[str, ...]
    debtors: tuple[str, ...] = ()
    creditors: tuple[str, ...] = ()


class Chapter(msgspec.Struct, frozen=True):
    """A stretch of time in which a life's text and roles stay the same; `text_of` is the instant of that text."""

    begin: Instant
    end: Instant
    text_of: Instant
    clauses: Clauses
    roles: Roles


def by_chapter(chapters: Sequence[Chapter], answer: Callable[[Chapter], Steps]) -> Steps:
    """While something is so, each chapter answering for its own time."""
    if len(chapters) == 1:
        steps = answer(chapters[0])
        return steps if len(steps) < 2 else any_of((steps,))
    return any_of([within(answer(each), each.begin, each.end) for each in chapters])


def roles_in(text: Text, clauses: Clauses, binding: Binding) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Bearers and counterparties, persons and organs replaced by their parties; `to others` is to the other members."""

    def people(names: list[str]) -> tuple[str, ...]:
        case = text.outlook.case
        if len(names) == 1 and names[0] in case.parties:
            return (names[0],)
        found = [name for each in names for name in text.expanded(str(binding.get(each, each)))]
        return tuple(dict.fromkeys(case.party_of(name) for name in found))

    bearers = people([ref.name for ref in clauses.of])
    counterparties = people([ref.name for ref in clauses.to])
    if clauses.to_others:
        each = clauses.for_each
        every = text.listed(each.term.name) if isinstance(each, EachMember) else list(text.outlook.case.parties)
        counterparties = tuple(name for name in people(every) if name not in bearers)
    return bearers, counterparties
