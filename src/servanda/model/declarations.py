"""What there is in a case: parties and others, sources, things counted, terms, matters, means, events."""

from __future__ import annotations

from .conditions import Condition, Ref
from .span import Node, Span
from .time import Dating


class Text(Node, frozen=True):
    """A string, and where it stands."""

    value: str
    span: Span


class Party(Node, frozen=True):
    """Somebody who can owe and be owed, and who has a reading of the case."""

    name: str
    title: str
    span: Span
    aka: tuple[str, ...] = ()
    calendar: str | None = None


class Body(Node, frozen=True):
    """Somebody who observes, decides or hosts; an organ where it acts for a party."""

    name: str
    title: str
    span: Span
    aka: tuple[str, ...] = ()
    acts_for: tuple[Ref, ...] = ()


class Person(Node, frozen=True):
    """Somebody whose act counts as that of the party they speak for."""

    name: str
    title: str
    span: Span
    aka: tuple[str, ...] = ()
    acts_for: tuple[Ref, ...] = ()


class Channel(Node, frozen=True):
    """Where acts are done that are known to those among it alone."""

    name: str
    title: str
    span: Span
    aka: tuple[str, ...] = ()
    among: tuple[Ref, ...] = ()


class Source(Node, frozen=True):
    """A document that something is taken from; an instrument where `signed_by` names whose signatures it needs.

    `file` is the path of its text, relative to the case folder or to the folder of sources.
    """

    name: str
    title: str
    span: Span
    aka: tuple[str, ...] = ()
    dated: Dating | None = None
    by: tuple[Ref, ...] = ()
    to: tuple[Ref, ...] = ()
    signed_by: tuple[Ref, ...] = ()
    via: tuple[Ref, ...] = ()
    file: Text | None = None


class Item(Node, frozen=True):
    """A kind of thing that amounts are of, with the words for what is counted: `removed`, `introduced`."""

    name: str
    title: str
    span: Span
    aka: tuple[str, ...] = ()
    counted: tuple[Ref, ...] = ()


class Means(Node, frozen=True):
    """A way to verify: who carries it out, and whose consent it needs."""

    name: str
    title: str
    span: Span
    aka: tuple[str, ...] = ()
    by: tuple[Ref, ...] = ()
    consent_of: tuple[Ref, ...] = ()


class Term(Node, frozen=True):
    """A defined expression: the names that it takes in. Readings may differ on it."""

    name: str
    title: str
    span: Span
    members: tuple[Ref, ...] = ()


class Matter(Node, frozen=True):
    """A state of affairs one can claim, observe and dispute; defined by a condition, or left to what people say."""

    name: str
    title: str
    span: Span
    definition: Condition | None = None


class Event(Node, frozen=True):
    """A kind of event, with the names of its arguments."""

    name: str
    title: str
    span: Span
    arguments: tuple[str, ...] = ()
