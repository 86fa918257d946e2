"""Who owes a commitment, and to whom; and which members a family has by its text alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from servanda.model.commitments import EachMember

from .words import Binding, Text


@dataclass(frozen=True)
class Roles:
    """Bearers and counterparties, persons and organs replaced by their parties."""

    bearers: tuple[str, ...]
    counterparties: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A commitment, or one instance of a family, as far as its roles go."""

    name: str
    key: str | None = None
    binding: Binding = ()

    @staticmethod
    def all_of(text: Text, name: str) -> Iterator[Template]:
        """A commitment itself; of a family by members, each of them."""
        each = text.clauses(name).for_each
        if not isinstance(each, EachMember):
            yield Template(name)
            return
        for member in text.listed(each.term.name):
            yield Template(name, member, ((each.variable.name, member),))

    def roles(self, text: Text) -> Roles:
        """§ clauses: `of A, B` is one joint commitment; `to others` is to the other members."""
        clauses, bound = text.clauses(self.name, self.key), dict(self.binding)

        def people(names: list[str]) -> tuple[str, ...]:
            found = [name for each in names for name in text.expanded(str(bound.get(each, each)))]
            return tuple(dict.fromkeys(text.case.party_of(name) for name in found))

        bearers = people([ref.name for ref in clauses.of])
        counterparties = people([ref.name for ref in clauses.to])
        if clauses.to_others:
            each = clauses.for_each
            all_ = text.listed(each.term.name) if isinstance(each, EachMember) else list(text.case.parties)
            counterparties = tuple(name for name in people(all_) if name not in bearers)
        return Roles(bearers, counterparties)
