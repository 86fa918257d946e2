"""What somebody is bound, asked or allowed to do, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from .conditions import Condition, Happening, Ref
from .declarations import Text
from .span import Node, Span
from .time import Duration, Unit

Kind = Literal["obligation", "prohibition", "right", "power"]
#: The kinds that bind their bearer; the others allow something.
DUTIES: frozenset[Kind] = frozenset(["obligation", "prohibition"])


_NUMBER = re.compile(r" \(\d+\)$")


def numbered(name: str, number: int) -> str:
    """What the second, third … instance of one name is called: `Argo (2)`."""
    return name if number == 1 else f"{name} ({number})"


def unnumbered(key: str) -> str:
    """The name that an instance shares with others: `Argo` of `Argo (2)`."""
    return _NUMBER.sub("", key)


class Citation(Node, frozen=True):
    """A place in a source, with words of it. `where` is the premise without which a reading does not rest on it."""

    source: Ref
    span: Span
    places: tuple[Ref, ...] = ()
    quote: Text | None = None
    where: Condition | None = None


class Within(Node, frozen=True):
    """A deadline counted from something: `within 30 days of C`; without `of`, from what its `for each` names."""

    duration: Duration
    span: Span
    of: Condition | None = None


class EachEvent(Node, frozen=True):
    """One instance for each such event: `for each departs(ship, port)`."""

    event: Happening

    @property
    def called_by(self) -> str:
        """The argument that instances are called by: the first that is not given, and so the same for all."""
        names = [each.name for each in self.event.arguments]
        return next((each.name for each in self.event.arguments if each.value is None), names[0] if names else "")


class EachMember(Node, frozen=True):
    """One instance for each member of a term: `for each p in Parties`."""

    variable: Ref
    term: Ref


class EachPeriod(Node, frozen=True):
    """One instance for each stretch of time while something is so: `for each month of C`."""

    count: int | Decimal
    unit: Unit
    of: Condition


class EachBreach(Node, frozen=True):
    """One instance for each breach of another commitment."""

    commitment: Ref


Each = EachEvent | EachMember | EachPeriod | EachBreach


class Mandate(Node, frozen=True):
    """What a power can do: `may suspend X, Y`."""

    verb: str
    refs: tuple[Ref, ...]
    span: Span


class Clauses(Node, frozen=True):
    """The clauses of a commitment, or of one party's version of it. What is not stated is empty or None.

    `start` is the clause `from`; `to_others` and `with_others` are `to others` and `together with others`.
    """

    of: tuple[Ref, ...] = ()
    to: tuple[Ref, ...] = ()
    to_others: bool = False
    under: tuple[Citation, ...] = ()
    when: Condition | None = None
    start: Condition | None = None
    until: Condition | None = None
    by: Condition | None = None
    within: Within | None = None
    begins_by: Condition | None = None
    done_when: Condition | None = None
    seeks: Condition | None = None
    forbids: Condition | None = None
    verified_by: tuple[Ref, ...] = ()
    together_with: tuple[Ref, ...] = ()
    with_others: bool = False
    for_each: Each | None = None
    may: Mandate | None = None
    instead_of: Ref | None = None
    survives: bool = False


#: The fields of `Clauses` that a clause, as the language calls it, fills.
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "of": ("of",),
        "to": ("to", "to_others"),
        "under": ("under",),
        "when": ("when",),
        "from": ("start",),
        "until": ("until",),
        "by": ("by",),
        "begins by": ("begins_by",),
        "within": ("within",),
        "done when": ("done_when",),
        "seeks": ("seeks",),
        "forbids": ("forbids",),
        "verified by": ("verified_by",),
        "together with": ("together_with", "with_others"),
        "for each": ("for_each",),
        "may": ("may",),
        "instead of": ("instead_of",),
        "survives": ("survives",),
    }
)


class Commitment(Node, frozen=True):
    """What somebody is bound (or asked) to do, not to do, or is allowed."""

    kind: Kind
    name: str
    title: str
    clauses: Clauses
    span: Span

    @property
    def bearers(self) -> tuple[str, ...]:
        """Who owes it, by name: parties, terms that stand for parties, or the variable of its `for each`."""
        return tuple(ref.name for ref in self.clauses.of)

    @property
    def counterparties(self) -> tuple[str, ...]:
        """To whom it is owed, by name; empty where it is owed to others or to nobody in particular."""
        return tuple(ref.name for ref in self.clauses.to)


class Version(Node, frozen=True):
    """One party's own version of a term, matter, means or commitment, as an act `holds` states it.

    `stated` are the clauses that it replaces, whole; one that is stated and empty is dropped (`CLAUSE none`).
    """

    stated: tuple[str, ...] = ()
    clauses: Clauses = Clauses()
    members: tuple[Ref, ...] = ()
    definition: Condition | None = None
    by: tuple[Ref, ...] = ()
    consent_of: tuple[Ref, ...] = ()
