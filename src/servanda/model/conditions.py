"""What a clause can wait for: conditions, and the references, amounts and events that they speak of."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from .span import Node, Span
from .time import Dating, Duration

#: What an instance is named by, or an event's argument is: a name or string, a number, a date.
Value = str | int | Decimal | Dating

Bound = Literal["at least", "at most", "more than"]


class Ref(Node, frozen=True):
    """A name as it is used somewhere, with the instance it picks: `report-departure[Labinsk]`."""

    name: str
    span: Span
    key: Value | None = None

    @property
    def instance(self) -> str | None:
        """What the instance that it picks is called; None where it picks none."""
        return None if self.key is None else str(self.key)


class Amount(Node, frozen=True):
    """So much of an item: `42 missiles removed`, `at least 30 % forces of Army withdrawn`.

    `more` marks an increment, which adds to an author's earlier figures instead of replacing them.
    """

    number: int | Decimal
    item: Ref
    word: Ref
    span: Span
    bound: Bound | None = None
    more: bool = False
    percent: bool = False
    unit: Ref | None = None
    of: Ref | None = None


class Argument(Node, frozen=True):
    """One argument of an event: named (`ship`), given (`ship=Labinsk`), or in a term (`item not in weapons`)."""

    name: str
    span: Span
    value: Value | None = None
    term: Ref | None = None
    negated: bool = False


class Happening(Node, frozen=True):
    """An event with some of its arguments: `departs(ship=Labinsk)`."""

    event: Ref
    arguments: tuple[Argument, ...]
    span: Span


class CameAbout(Node, frozen=True):
    """A bare name: a commitment fulfilled, a matter so, an event happened, a source in force."""

    ref: Ref
    span: Span


class InState(Node, frozen=True):
    """`NAME is STATE`; of a promise also `with a date` or `by` a date."""

    ref: Ref
    state: str
    span: Span
    with_a_date: bool = False
    by: Dating | None = None


class Did(Node, frozen=True):
    """`PARTY VERB NAME [via CHANNEL]`: an act has happened. The actor may be a term that stands for a group."""

    actor: Ref
    verb: str
    object: Ref | Amount | Happening
    span: Span
    channel: Ref | None = None


class Member(Node, frozen=True):
    """`X in TERM`: the term, as this reading defines it, takes X in."""

    name: Ref
    term: Ref
    span: Span


class OnDate(Node, frozen=True):
    """A date: it has come."""

    dating: Dating
    span: Span


class PublicAct(Node, frozen=True):
    """`done when claimed`: the public act is itself the performance."""

    span: Span


class AllOf(Node, frozen=True):
    """`a and b`: comes about when the last of them does."""

    parts: tuple[Condition, ...]
    span: Span


class AnyOf(Node, frozen=True):
    """`a or b`: comes about when the first of them does."""

    parts: tuple[Condition, ...]
    span: Span


class AtLeast(Node, frozen=True):
    """`at least 2 of (a, b, c)`."""

    count: int | Decimal
    parts: tuple[Condition, ...]
    span: Span


class Unless(Node, frozen=True):
    """`c unless d`: c, while d is not so."""

    condition: Condition
    exception: Condition
    span: Span


class Shifted(Node, frozen=True):
    """`30 days after c`, `6 months before c`."""

    duration: Duration
    direction: Literal["after", "before"]
    condition: Condition
    span: Span


class Lasting(Node, frozen=True):
    """`c for 7 days`: c, unbroken for so long."""

    condition: Condition
    duration: Duration
    span: Span


Condition = (
    CameAbout
    | InState
    | Did
    | Member
    | OnDate
    | PublicAct
    | Amount
    | Happening
    | AllOf
    | AnyOf
    | AtLeast
    | Unless
    | Shifted
    | Lasting
)
