"""What the text says, in a reading, at an instant: the common layer, and each party's versions over it (§1, §3)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from servanda.model.case import Case
from servanda.model.commitments import Clauses, EachMember
from servanda.model.conditions import Condition, Ref, Value
from servanda.model.span import Node, Span

from .clock import START
from .view import Deed

#: The fields of `Clauses` that each clause of a version replaces.
FIELDS: dict[str, tuple[str, ...]] = {
    "of": ("of",),
    "to": ("to", "to_others"),
    "under": ("under",),
    "when": ("when",),
    "from": ("start",),
    "until": ("until",),
    "by": ("by",),
    "within": ("within",),
    "begins by": ("begins_by",),
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
#: The clause under which a term's or matter's definition is kept.
DEFINITION = "definition"
#: What a party has for a term whose common definition it rejects without giving one: nothing is in it, or not in it.
NONE_GIVEN = "none given"

Binding = tuple[tuple[str, Value], ...]
#: A name, the instance (or none), and the clause.
Slot = tuple[str, str | None, str]
Layer = Mapping[Slot, Any]


def bare(value: object) -> object:
    """A value without the places of its words: two versions are one when they say the same."""
    if isinstance(value, Node):
        fields = ((name, getattr(value, name)) for name in value.__struct_fields__)
        return type(value).__name__, *((name, bare(each)) for name, each in fields if not isinstance(each, Span))
    if isinstance(value, tuple):
        return tuple(bare(each) for each in value)
    return value


class Text:
    """The text of one reading at one instant."""

    def __init__(self, case: Case, common: Layer, own: Layer) -> None:
        self.case = case
        self.common = common
        self.own = own
        self._clauses: dict[tuple[str, str | None], Clauses] = {}

    def _version(self, slot: Slot) -> Any:
        return self.own[slot] if slot in self.own else self.common.get(slot)

    def clauses(self, name: str, key: str | None = None) -> Clauses:
        """A commitment's clauses: each the party's own version where it holds one, else the common one."""
        if (name, key) not in self._clauses:
            self._clauses[name, key] = self._overlaid(name, key)
        return self._clauses[name, key]

    def _overlaid(self, name: str, key: str | None) -> Clauses:
        clauses = self.case.commitments[name].clauses
        changes: dict[str, Any] = {}
        for layer in (self.common, self.own):
            for instance in (None, key) if key is not None else (None,):
                for clause, fields in FIELDS.items():
                    version = layer.get((name, instance, clause))
                    if version is not None:
                        changes |= dict(zip(fields, version, strict=True))
        return msgspec.structs.replace(clauses, **changes) if changes else clauses

    def members(self, term: str) -> frozenset[str] | None:
        """All that a term takes in, terms within it and what they take in included; None where none is given."""
        return self._members(term, frozenset())

    def _members(self, term: str, seen: frozenset[str]) -> frozenset[str] | None:
        version = self._version((term, None, DEFINITION))
        if version == NONE_GIVEN:
            return None
        refs: tuple[Ref, ...] = self.case.terms[term].members if version is None else version
        found: set[str] = set()
        for ref in refs:
            found.add(ref.name)
            if ref.name in self.case.terms and ref.name not in seen:
                found |= self._members(ref.name, seen | {term}) or set()
        return frozenset(found)

    def listed(self, term: str) -> list[str]:
        """The members of a term in their order, terms within it replaced by what they take in."""
        version = self._version((term, None, DEFINITION))
        if version == NONE_GIVEN:
            return []
        refs: tuple[Ref, ...] = self.case.terms[term].members if version is None else version
        return list(dict.fromkeys(name for ref in refs for name in self.expanded(ref.name)))

    def expanded(self, name: str) -> list[str]:
        """A name, or those that it stands for where it is a term."""
        return self.listed(name) if name in self.case.terms else [name]

    def definition(self, matter: str) -> Condition | None:
        """How a matter is defined, if it is."""
        version = self._version((matter, None, DEFINITION))
        return self.case.matters[matter].definition if version is None else version

    def carried_out_by(self, means: str) -> frozenset[str]:
        """Who carries a means out."""
        version = self._version((means, None, "by"))
        refs: tuple[Ref, ...] = self.case.means[means].by if version is None else version
        return frozenset(self.case.party_of(name) for ref in refs for name in self.expanded(ref.name))

    def consent_of(self, means: str) -> tuple[str, ...]:
        """Whose consent a means needs."""
        version = self._version((means, None, "consent of"))
        refs: tuple[Ref, ...] = self.case.means[means].consent_of if version is None else version
        return tuple(self.case.party_of(ref.name) for ref in refs)


class Texts:
    """All versions of the text over time, one layer a party.

    A version held by the bearer and every counterparty is the common text from then on: for a term, matter or means
    that is every party of the case.
    """

    def __init__(self, case: Case, deeds: Iterable[Deed]) -> None:
        self.case = case
        self.common: dict[Slot, Any] = {}
        self.own: dict[str, dict[Slot, Any]] = {}
        self.states: list[tuple[datetime.datetime, Layer, dict[str, Layer]]] = [(START, {}, {})]
        self._texts: dict[tuple[str, int], Text] = {}
        for deed in deeds:
            touched = list(self._changed(deed))
            for slot in touched:
                self._agree(slot)
            if touched:
                own: dict[str, Layer] = {party: dict(layer) for party, layer in self.own.items()}
                self.states.append((deed.said.latest, dict(self.common), own))

    def at(self, reading: str, instant: datetime.datetime) -> Text:
        """The text that a reading holds at an instant."""
        last = max(number for number, (since, _, _) in enumerate(self.states) if since <= instant)
        if (reading, last) not in self._texts:
            _, common, own = self.states[last]
            self._texts[reading, last] = Text(self.case, common, own.get(reading, {}))
        return self._texts[reading, last]

    def _changed(self, deed: Deed) -> Iterator[Slot]:
        version = deed.act.version
        for party in deed.parties:
            layer = self.own.setdefault(party, {})
            for ref in deed.names:
                if deed.verb == "holds" and version is not None:
                    for clause in version.stated:
                        slot = (ref.name, None if ref.key is None else str(ref.key), clause)
                        layer[slot] = _value(self.case, ref.name, clause, version)
                        yield slot
                elif ref.name in self.case.terms and deed.verb in ("rejects", "recognises", "withdraws"):
                    slot = (ref.name, None, DEFINITION)
                    layer.pop(slot, None)
                    if deed.verb == "rejects":
                        layer[slot] = NONE_GIVEN
                    yield slot
                elif ref.name in {*self.case.matters, *self.case.means} and deed.verb == "withdraws":
                    for slot in [slot for slot in layer if slot[0] == ref.name]:
                        del layer[slot]
                        yield slot

    def _agree(self, slot: Slot) -> None:
        held = [self.own.get(party, {}).get(slot) for party in self._concerned(slot[0])]
        if held and all(each is not None and each != NONE_GIVEN and bare(each) == bare(held[0]) for each in held):
            self.common[slot] = held[0]

    def _concerned(self, name: str) -> list[str]:
        commitment = self.case.commitments.get(name)
        if commitment is None:
            return list(self.case.parties)
        text, clauses = Text(self.case, self.common, {}), commitment.clauses
        variables = {}
        if isinstance(clauses.for_each, EachMember):
            variables = {clauses.for_each.variable.name: text.listed(clauses.for_each.term.name)}
        names = [
            self.case.party_of(name)
            for ref in (*clauses.of, *clauses.to)
            for name in variables.get(ref.name) or text.expanded(ref.name)
        ]
        others = clauses.to_others or not clauses.to
        return list(dict.fromkeys([*names, *(self.case.parties if others and not variables else [])]))


def _value(case: Case, name: str, clause: str, version: Any) -> Any:
    """What a version puts in the place of a clause."""
    if name in case.terms:
        return version.members
    if name in case.matters:
        return version.definition
    if name in case.means:
        return version.by if clause == "by" else version.consent_of
    return tuple(getattr(version.clauses, field) for field in FIELDS[clause])
