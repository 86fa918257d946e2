"""The text of each reading at each instant: the common layer, overlaid by what its party holds (semantics §1).

Text works forward: an instant is judged by the text that a reading held then. A version that the bearer and every
counterparty hold is the common text from then on, for everybody.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from servanda.model.case import Case
from servanda.model.commitments import Clauses, Version
from servanda.model.conditions import Condition, Ref
from servanda.model.span import Span

from .clock import Instant
from .view import Entry

#: The fields of `Clauses` that a clause, as `holds` states it, replaces.
_FIELDS: Mapping[str, tuple[str, ...]] = {
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


def meaning(value: object) -> object:
    """A value without the places of its words, to compare what two versions say."""
    if isinstance(value, Span):
        return None
    if isinstance(value, msgspec.Struct):
        return (type(value).__name__, *(meaning(getattr(value, field)) for field in value.__struct_fields__))
    if isinstance(value, tuple):
        return tuple(meaning(each) for each in value)
    return value


class Texts:
    """What each reading's text says, at each instant."""

    def __init__(self, case: Case, acts: Iterable[Entry], readings: tuple[str, ...]) -> None:
        self.case = case
        self._members: dict[tuple[str, str], list[tuple[Instant, frozenset[str] | None]]] = defaultdict(list)
        self._matters: dict[tuple[str, str], list[tuple[Instant, Condition | None]]] = defaultdict(list)
        self._clauses: dict[tuple[str, str], list[tuple[Instant, Clauses]]] = defaultdict(list)
        held: dict[str, list[tuple[Instant, str, Version]]] = defaultdict(list)
        for entry in acts:
            act = entry.act
            thing = act.objects[0] if act.objects else None
            if not isinstance(thing, Ref):
                continue
            if act.verb == "rejects" and thing.name in case.terms:
                for party in entry.actors:
                    self._members[party, thing.name].append((entry.instant, None))
            if act.version is None:
                continue
            for party in entry.actors:
                if thing.name in case.terms:
                    members = frozenset(ref.name for ref in act.version.members)
                    self._members[party, thing.name].append((entry.instant, members))
                elif thing.name in case.matters:
                    self._matters[party, thing.name].append((entry.instant, act.version.definition))
                elif thing.name in case.commitments:
                    held[thing.name].append((entry.instant, party, act.version))
        for name, versions in held.items():
            self._overlay(name, versions, readings)

    def _overlay(self, name: str, versions: list[tuple[Instant, str, Version]], readings: tuple[str, ...]) -> None:
        """Work out a commitment's text in each reading, version by version."""
        common = self.case.commitments[name].clauses
        sides = {ref.name for ref in (*common.of, *common.to)}
        latest: dict[str, dict[str, object]] = defaultdict(dict)
        own: dict[str, dict[str, object]] = defaultdict(dict)
        for instant, party, version in versions:
            for clause in version.stated:
                for field in _FIELDS.get(clause, ()):
                    value = getattr(version.clauses, field)
                    own[party][field] = value
                    latest[party][field] = meaning(value)
                    if sides and all(latest[side].get(field, _UNSAID) == meaning(value) for side in sides):
                        common = msgspec.structs.replace(common, **{field: value})
                        for fields in own.values():
                            fields.pop(field, None)
            for reading in readings:
                self._clauses[reading, name].append((instant, msgspec.structs.replace(common, **own[reading])))

    def clauses(self, reading: str, name: str, at: Instant) -> Clauses:
        """The clauses of a commitment in a reading at an instant."""
        versions = self._clauses.get((reading, name))
        found = _at(versions, at) if versions else None
        return self.case.commitments[name].clauses if found is None else found[0]

    def members(self, reading: str, term: str, at: Instant) -> frozenset[str]:
        """What a term takes in, in a reading at an instant; terms within it are opened."""
        found: set[str] = set()
        waiting = [term]
        while waiting:
            for name in self._direct(reading, waiting.pop(), at):
                if name not in found:
                    found.add(name)
                    if name in self.case.terms:
                        waiting.append(name)
        return frozenset(found)

    def _direct(self, reading: str, term: str, at: Instant) -> frozenset[str]:
        versions = self._members.get((reading, term))
        found = _at(versions, at) if versions else None
        if found is not None:
            return found[0] or frozenset()
        declared = self.case.terms.get(term)
        return frozenset(ref.name for ref in declared.members) if declared else frozenset()

    def matter(self, reading: str, name: str, at: Instant) -> Condition | None:
        """The definition of a matter in a reading at an instant, or None where it is left to what people say."""
        versions = self._matters.get((reading, name))
        found = _at(versions, at) if versions else None
        return self.case.matters[name].definition if found is None else found[0]


_UNSAID = object()
Held = TypeVar("Held")


def _at(versions: list[tuple[Instant, Held]], at: Instant) -> tuple[Held] | None:
    index = bisect_right(versions, at, key=lambda each: each[0])
    return (versions[index - 1][1],) if index else None
