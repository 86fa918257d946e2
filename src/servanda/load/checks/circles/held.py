"""What each party held of some names at one time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from servanda.model.case import Case
from servanda.model.commitments import FIELDS, Clauses
from servanda.model.conditions import Condition, Ref
from servanda.model.record import Act
from servanda.model.span import Span, meaning
from servanda.model.walk import refs_of

#: The text that is everybody's who holds no other.
COMMON = ""
_DEFINITION = "definition"
#: Fields of a commitment's clauses, or of a matter, with what they hold.
Wording = dict[str, Any]
#: For each commitment those that it is in one step with, and where that is said.
Steps = Mapping[str, Mapping[str, Span]]


class TextsAt:
    """The texts of one time: a party's own version of a clause, else the common one. They change as acts are noted."""

    def __init__(
        self, case: Case, names: frozenset[str], acts: Iterable[Act], keys: Mapping[str, tuple[str | None, ...]]
    ) -> None:
        self.case = case
        holders = [case.party_of(ref.name) for act in acts if act.version is not None for ref in act.actors]
        self.readings = tuple(dict.fromkeys([COMMON, *holders]))
        self.words: dict[str, list[Act]] = {}
        self._names = names
        self._keys = keys
        self._held: dict[str, dict[tuple[str, str | None], Wording]] = {reading: {} for reading in self.readings}
        self._read: dict[tuple[str, str | None, str], Clauses] = {}
        self._joined: dict[str, Steps] = {}

    # ── what changes ─────────────────────────────────────────────────────────────────────────────────────────

    def note(self, act: Act) -> None:
        """Take in an act that says how something is held, or on which conditions it is promised or allowed."""
        self._joined.clear()
        self._read.clear()
        for ref in refs_of(act):
            if ref.name not in self._names:
                continue
            if act.version is None:
                self.words.setdefault(ref.name, []).append(act)
                continue
            for clause in act.version.stated:
                wording = {_DEFINITION: act.version.definition}
                if ref.name in self.case.commitments:
                    wording = {field: getattr(act.version.clauses, field) for field in FIELDS[clause]}
                self._hold([self.case.party_of(actor.name) for actor in act.actors], ref, wording)

    def _hold(self, parties: list[str], ref: Ref, wording: Wording) -> None:
        """Note a version. What all whom it concerns hold is the common text from then on."""
        which = (ref.name, ref.instance)
        for party in parties:
            self._held[party].setdefault(which, {}).update(wording)
        for party in self._concerned(ref.name):
            own = self._held.get(party, {}).get(which, {})
            if any(field not in own or meaning(own[field]) != meaning(value) for field, value in wording.items()):
                return
        self._held[COMMON].setdefault(which, {}).update(wording)

    def _concerned(self, name: str) -> Iterable[str]:
        commitment = self.case.commitments.get(name)
        if commitment is None or not commitment.clauses.to:
            return self.case.parties
        refs = (*commitment.clauses.of, *commitment.clauses.to)
        return dict.fromkeys(self.case.party_of(ref.name) for ref in refs)

    # ── what is held ─────────────────────────────────────────────────────────────────────────────────────────

    def _wording(self, name: str, key: str | None, reading: str) -> Wording:
        found: Wording = {}
        for layer in dict.fromkeys((COMMON, reading)):
            for instance in dict.fromkeys((None, key)):
                found |= self._held[layer].get((name, instance), {})
        return found

    def clauses(self, name: str, key: str | None = None, reading: str = COMMON) -> list[Clauses]:
        """The clauses of a commitment, or of an instance of it, in a reading."""
        commitment = self.case.commitments.get(name)
        if commitment is None:
            return []
        found = self._read.get((name, key, reading))
        if found is None:
            found = msgspec.structs.replace(commitment.clauses, **self._wording(name, key, reading))
            self._read[name, key, reading] = found
        return [found]

    def definitions(self, name: str, reading: str = COMMON) -> list[Condition]:
        """How a matter is defined in a reading."""
        matter = self.case.matters.get(name)
        own = None if matter is None else self._wording(name, None, reading).get(_DEFINITION, matter.definition)
        return [] if own is None else [own]

    def together(self, name: str, reading: str = COMMON) -> Mapping[str, Span]:
        """The commitments that it is in one step with in a reading, and where that is said."""
        if reading not in self._joined:
            commitments = sorted(self._names & self.case.commitments.keys())
            self._joined[reading] = in_one_step(
                (each, clauses) for each in commitments for clauses in self.clauses(each, None, reading)
            )
        return self._joined[reading].get(name, {})

    def reading_of(self, party: str) -> str:
        """In whose reading a party's conditions are asked; who holds no version reads what is common to all."""
        name = self.case.party_of(party)
        return name if name in self._held else COMMON

    def keys(self, name: str) -> tuple[str | None, ...]:
        """The instances that are told apart; None stands for all others."""
        return self._keys.get(name, (None,))


def in_one_step(clauses: Iterable[tuple[str, Clauses]]) -> Steps:
    """Which commitments `together with` joins, both ways."""
    found: dict[str, dict[str, Span]] = {}
    for name, each in clauses:
        for ref in each.together_with:
            found.setdefault(name, {}).setdefault(ref.name, ref.span)
            found.setdefault(ref.name, {}).setdefault(name, ref.span)
    return found
