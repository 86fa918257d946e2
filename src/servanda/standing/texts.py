"""What the text says, in a reading, at an instant: the common layer, and each party's versions over it.

Text works forward: an instant is judged by the text that a reading held then. A version that all concerned hold is the
common text from then on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from servanda.model.commitments import FIELDS, Clauses, EachMember
from servanda.model.conditions import Condition, Ref
from servanda.model.span import meaning

from .record import Entry
from .stretches import ALWAYS, NEVER, Instant

if TYPE_CHECKING:
    from .outlook import Outlook

#: Under this clause the definition of a term or matter is kept.
_DEFINITION = "definition"
#: What a party has for a term whose definition it rejects without giving one: nothing is in it, or left out of it.
NONE_GIVEN = "none given"

#: An instance of a commitment, or None, and the clause.
Slot = tuple[str | None, str]
Layer = Mapping[Slot, Any]
_NO_LAYER: Layer = {}


class State(msgspec.Struct, frozen=True):
    """All versions of one name, from an instant on."""

    since: Instant
    common: Layer
    own: Mapping[str, Layer]


def states_of(outlook: Outlook, name: str) -> tuple[State, ...]:
    """The versions of a name over time; empty where nobody ever held another."""
    common: dict[Slot, Any] = {}
    own: dict[str, dict[Slot, Any]] = {}
    states: list[State] = []
    verbs = outlook.acts(name).by_verb
    if "holds" not in verbs and (name not in outlook.case.terms or "rejects" not in verbs):
        return ()
    for entry in outlook.acts(name).all:
        touched = list(_changed(outlook, name, entry, own))
        for slot in touched:
            held = [own.get(party, {}).get(slot) for party in _concerned(outlook, name, common)]
            if held and all(each is not None and each != NONE_GIVEN for each in held):
                first = meaning(held[0])
                if all(meaning(each) == first for each in held[1:]):
                    common[slot] = held[0]
        if touched:
            states.append(State(entry.said, dict(common), {party: dict(layer) for party, layer in own.items()}))
    return tuple(states)


def _changed(outlook: Outlook, name: str, entry: Entry, own: dict[str, dict[Slot, Any]]) -> Iterator[Slot]:
    case, version = outlook.case, entry.act.version
    for party in entry.parties:
        layer = own.setdefault(party, {})
        for ref in entry.act.objects:
            if not isinstance(ref, Ref) or ref.name != name:
                continue
            if entry.verb == "holds" and version is not None:
                for clause in version.stated:
                    slot = (ref.instance, clause)
                    layer[slot] = _value(outlook, name, clause, version)
                    yield slot
            elif name in case.terms and entry.verb in ("rejects", "recognises", "withdraws"):
                slot = (None, _DEFINITION)
                layer.pop(slot, None)
                if entry.verb == "rejects":
                    layer[slot] = NONE_GIVEN
                yield slot
            elif entry.verb == "withdraws" and (name in case.matters or name in case.means):
                dropped = list(layer)
                layer.clear()
                yield from dropped


def _value(outlook: Outlook, name: str, clause: str, version: Any) -> Any:
    case = outlook.case
    if name in case.terms:
        return version.members
    if name in case.matters:
        return version.definition
    if name in case.means:
        return version.by if clause == "by" else version.consent_of
    return tuple(getattr(version.clauses, field) for field in FIELDS[clause])


def _concerned(outlook: Outlook, name: str, common: Layer) -> list[str]:
    """Those who must all hold a version for it to be common: of a term, matter or means, every party."""
    case = outlook.case
    commitment = case.commitments.get(name)
    if commitment is None:
        return list(case.parties)
    text = Text(outlook, None, ALWAYS)
    clauses = commitment.clauses
    variables: dict[str, list[str]] = {}
    if isinstance(clauses.for_each, EachMember):
        variables = {clauses.for_each.variable.name: text.listed(clauses.for_each.term.name)}
    names = [
        case.party_of(each)
        for ref in (*clauses.of, *clauses.to)
        for each in variables.get(ref.name) or text.expanded(ref.name)
    ]
    others = clauses.to_others or not clauses.to
    return list(dict.fromkeys([*names, *(case.parties if others and not variables else ())]))


class Text:
    """The text of one reading (None: the common text alone) at one instant."""

    __slots__ = ("instant", "outlook", "reading")

    def __init__(self, outlook: Outlook, reading: str | None, instant: Instant) -> None:
        self.outlook = outlook
        self.reading = reading
        self.instant = instant

    def _state(self, name: str) -> State | None:
        """The versions of a name at this instant; None where nobody holds another by then."""
        found = None
        for state in self.outlook.states(name):
            if state.since > self.instant:
                break
            found = state
        return found

    def layers(self, name: str) -> tuple[Layer, Layer]:
        """The common versions of a name at this instant, and the reading's own."""
        found = self._state(name)
        common, own = (_NO_LAYER, _NO_LAYER) if found is None else (found.common, found.own.get(self.reading or "", {}))
        lending = self.outlook.lending
        return (common, own) if lending is None else lending.layers(self, name, common, own)

    def _version(self, name: str, clause: str) -> Any:
        common, own = self.layers(name)
        return own[None, clause] if (None, clause) in own else common.get((None, clause))

    def members(self, term: str) -> frozenset[str] | None:
        """All that a term takes in, terms within it and what they take in included; None where none is given."""
        return self._members(term, frozenset())

    def _members(self, term: str, seen: frozenset[str]) -> frozenset[str] | None:
        refs = self._refs(term)
        if refs is None:
            return None
        found: set[str] = set()
        for ref in refs:
            found.add(ref.name)
            if ref.name in self.outlook.case.terms and ref.name not in seen:
                found |= self._members(ref.name, seen | {term}) or set()
        return frozenset(found)

    def _refs(self, term: str) -> tuple[Ref, ...] | None:
        if self.outlook.lending is None and not self.outlook.states(term):
            return self.outlook.case.terms[term].members
        version = self._version(term, _DEFINITION)
        if version == NONE_GIVEN:
            return None
        return self.outlook.case.terms[term].members if version is None else version

    def listed(self, term: str) -> list[str]:
        """The members of a term in their order, terms within it replaced by what they take in."""
        return list(dict.fromkeys(self._listed(term, frozenset())))

    def _listed(self, term: str, seen: frozenset[str]) -> Iterator[str]:
        for ref in self._refs(term) or ():
            if ref.name not in self.outlook.case.terms:
                yield ref.name
            elif ref.name not in seen:
                yield from self._listed(ref.name, seen | {term})

    def expanded(self, name: str) -> list[str]:
        """A name, or those that it stands for where it is a term."""
        return self.listed(name) if name in self.outlook.case.terms else [name]

    def definition(self, matter: str) -> Condition | None:
        """How a matter is defined, if it is."""
        version = self._version(matter, _DEFINITION)
        return self.outlook.case.matters[matter].definition if version is None else version

    def carriers(self, means: str) -> frozenset[str]:
        """Who carries a means out."""
        declared = self.outlook.case.means.get(means)
        if declared is None:
            return frozenset()
        version = self._version(means, "by")
        refs: tuple[Ref, ...] = declared.by if version is None else version
        return frozenset(self.outlook.case.party_of(name) for ref in refs for name in self.expanded(ref.name))

    def consents_needed(self, means: str) -> tuple[str, ...]:
        """Whose consent a means needs."""
        version = self._version(means, "consent of")
        refs: tuple[Ref, ...] = self.outlook.case.means[means].consent_of if version is None else version
        return tuple(self.outlook.case.party_of(ref.name) for ref in refs)

    def clauses(self, name: str, key: str | None) -> Clauses:
        """A commitment's clauses: each the party's own version where it holds one, else the common one."""
        clauses = self.outlook.case.commitments[name].clauses
        if self.outlook.lending is None and not self.outlook.states(name):
            return clauses
        changes: dict[str, Any] = {}
        for layer in self.layers(name):
            for instance in (None, key) if key is not None else (None,):
                for (whose, clause), version in layer.items():
                    if whose == instance and clause in FIELDS:
                        changes |= dict(zip(FIELDS[clause], version, strict=True))
        return msgspec.structs.replace(clauses, **changes) if changes else clauses


def texts(outlook: Outlook, reading: str, names: Collection[str]) -> list[tuple[Instant, Instant, Text]]:
    """The texts that a reading held one after the other, as far as these names go."""
    outlooks = [outlook] if outlook.lending is None else [outlook, outlook.lending.theirs]
    edges = sorted({state.since for each in outlooks for name in names for state in each.states(name)})
    if not edges:
        return [(ALWAYS, NEVER, outlook.text(reading))]
    begins = [ALWAYS, *(edge for edge in edges if edge > ALWAYS)]
    return [
        (begin, end, Text(outlook, reading, begin)) for begin, end in zip(begins, [*begins[1:], NEVER], strict=True)
    ]
