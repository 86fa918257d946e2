"""A negotiation as rules: what comes about once what else has, and what somebody could concede (semantics §10)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import chain
from typing import Any

import msgspec

from servanda.model.span import Span

#: An atom is the number of its place: something that comes about or does not.
Atom = int


class Rule(msgspec.Struct, frozen=True, gc=False):
    """The head comes about once all of the body has. `span` is the clause or act that says so."""

    head: Atom
    body: tuple[Atom, ...] = ()
    span: Span | None = None


class Part(msgspec.Struct, frozen=True, gc=False):
    """One thing that a concession asks of a party, with its price."""

    owner: str
    price: float
    text: str = ""


class Concession(msgspec.Struct, frozen=True, gc=False):
    """One change by one owner (or by several at once) that makes something possible: the atoms that it frees.

    `about` is the commitment, text or means it is about.
    """

    kind: str
    parts: tuple[Part, ...]
    frees: tuple[Atom, ...]
    about: str = ""
    text: str = ""
    span: Span | None = None

    @property
    def price(self) -> float:
        """What all its parts cost together."""
        return sum(part.price for part in self.parts)

    @property
    def owners(self) -> tuple[str, ...]:
        """Whose concession it is."""
        return tuple(dict.fromkeys(part.owner for part in self.parts))


class System(msgspec.Struct, frozen=True, dict=True):
    """Atoms up to a number, definite rules over them, and concessions. A goal is one atom, never two."""

    size: int
    rules: tuple[Rule, ...]
    concessions: tuple[Concession, ...]
    goal: Atom

    def freed(self, chosen: Iterable[int]) -> list[Atom]:
        """The atoms that some concessions free, given by their places."""
        return [atom for each in chosen for atom in self.concessions[each].frees]

    @cached_property
    def heads(self) -> list[Atom]:
        """The head of each rule."""
        return [rule.head for rule in self.rules]

    @cached_property
    def bodies(self) -> list[tuple[Atom, ...]]:
        """The body of each rule."""
        return [rule.body for rule in self.rules]

    @cached_property
    def breadths(self) -> list[int]:
        """How many concessions and rules lead to each atom at once: the fewer, the smaller the cores through it."""
        return [len(own) + 2 * len(rules) for own, rules in zip(self.freeing, self.concluding, strict=True)]

    @cached_property
    def lengths(self) -> list[int]:
        """How many atoms each rule's body has."""
        return [len(rule.body) if len(rule.body) < 2 else len(set(rule.body)) for rule in self.rules]

    @cached_property
    def facts(self) -> list[Atom]:
        """The heads of rules without a body."""
        return [rule.head for rule in self.rules if not rule.body]

    @cached_property
    def watching(self) -> list[list[int]]:
        """For each atom the rules whose body has it."""
        found: list[list[int]] = [[] for _ in range(self.size)]
        for number, rule in enumerate(self.rules):
            body = rule.body
            for atom in body if len(body) < 2 else set(body):
                found[atom].append(number)
        return found

    @cached_property
    def arrays(self) -> tuple[Any, Any, Any, Any, Any]:
        """For large systems, as arrays: heads, lengths and facts; and the rules whose body has each atom, those of the
        first atom first, with the place at which the rules of each begin.
        """
        import numpy

        count = len(self.rules)
        heads = numpy.array(self.heads, dtype=numpy.int64)
        widths = numpy.fromiter(map(len, self.bodies), numpy.int64, count)
        atoms = numpy.fromiter(chain.from_iterable(self.bodies), numpy.int64, int(widths.sum()))
        rules = numpy.repeat(numpy.arange(count), widths)
        order = numpy.argsort(atoms, kind="stable")
        atoms, rules = atoms[order], rules[order]
        twice = numpy.flatnonzero((atoms[1:] == atoms[:-1]) & (rules[1:] == rules[:-1]))
        atoms, rules = numpy.delete(atoms, twice), numpy.delete(rules, twice)
        starts = numpy.concatenate(([0], numpy.cumsum(numpy.bincount(atoms, minlength=self.size))))
        return heads, numpy.bincount(rules, minlength=count), heads[widths == 0], starts, rules

    @cached_property
    def concluding(self) -> list[list[int]]:
        """For each atom the rules whose head it is."""
        found: list[list[int]] = [[] for _ in range(self.size)]
        for number, rule in enumerate(self.rules):
            found[rule.head].append(number)
        return found

    @cached_property
    def freeing(self) -> list[list[int]]:
        """For each atom the concessions that free it."""
        found: list[list[int]] = [[] for _ in range(self.size)]
        for number, concession in enumerate(self.concessions):
            for atom in concession.frees:
                found[atom].append(number)
        return found
