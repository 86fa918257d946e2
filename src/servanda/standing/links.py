"""How the names of a case hang together by its texts, whoever holds which: looked up, never followed in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from servanda.model.case import Case
from servanda.model.commitments import Clauses, EachPeriod
from servanda.model.components import reached
from servanda.model.conditions import Amount, CameAbout, Condition, Happening, InState, Ref
from servanda.model.record import Act
from servanda.model.walk import names_in, parts

from .reshaping import Reshaping

if TYPE_CHECKING:
    from .texts import Text

_NOTHING: frozenset[str] = frozenset()


class Links:
    """Which commitments speak of a name, stand in another's place, are powers over it, or stand together."""

    def __init__(self, case: Case, acts: Iterable[Act]) -> None:
        self.case = case
        self.party_of = {
            name: self.case.party_of(name)
            for room in (self.case.parties, self.case.bodies, self.case.persons)
            for name in room
        }
        self._versions: dict[str, list[Clauses]] = {}
        self._definitions: dict[str, list[Condition]] = {}
        self._members: dict[str, set[str]] = {
            name: {ref.name for ref in term.members} for name, term in self.case.terms.items()
        }
        for name, matter in self.case.matters.items():
            if matter.definition is not None:
                self._definitions.setdefault(name, []).append(matter.definition)
        #: The acts that state a version of something.
        self.versions = [act for act in acts if act.version is not None]
        for act in self.versions:
            version = act.version
            assert version is not None
            for thing in act.objects:
                if not isinstance(thing, Ref):
                    continue
                if thing.name in self.case.commitments:
                    self._versions.setdefault(thing.name, []).append(version.clauses)
                elif thing.name in self._members:
                    self._members[thing.name] |= {ref.name for ref in version.members}
                elif version.definition is not None:
                    self._definitions.setdefault(thing.name, []).append(version.definition)

    @cached_property
    def reshaping(self) -> Reshaping:
        """What hangs on versions by what the texts say."""
        return Reshaping(self)

    def clauses(self) -> Iterator[tuple[str, Clauses]]:
        """Every commitment's clauses, and every version of them that anybody ever held."""
        for name, commitment in self.case.commitments.items():
            yield name, commitment.clauses
            for version in self._versions.get(name, ()):
                yield name, version

    @cached_property
    def speaking(self) -> dict[str, dict[str, None]]:
        """For each name the commitments whose `done when`, `seeks` or `forbids` speak of it, and itself."""
        found: dict[str, dict[str, None]] = {}
        for name, clauses in self.clauses():
            found.setdefault(name, {})[name] = None
            for condition in (clauses.done_when, clauses.seeks, clauses.forbids):
                if condition is not None:
                    for said in self._said(condition, set()):
                        found.setdefault(said, {})[name] = None
        return found

    def _said(self, condition: Condition, seen: set[str]) -> Iterator[str]:
        for part in parts(condition):
            if isinstance(part, CameAbout | InState):
                name = part.ref.name
                yield name
                if name not in seen:
                    seen.add(name)
                    for definition in self._definitions.get(name, ()):
                        yield from self._said(definition, seen)
            elif isinstance(part, Amount):
                yield part.item.name
                if part.item.name in self._members:
                    yield from self.opened_members(part.item.name)
            elif isinstance(part, Happening):
                yield part.event.name

    def speaking_of(self, name: str) -> list[str]:
        """The commitments whose `done when`, `seeks` or `forbids` speak of a name, and itself."""
        return list(self.speaking.get(name, ()))

    def wording(self, names: Iterable[str]) -> list[str]:
        """The terms and matters among names, and all that may ever be within them: by their versions words change."""
        return reached(self._worded(names), self._worded_in)

    def _worded(self, names: Iterable[str]) -> Iterator[str]:
        return (name for name in names if name in self._members or name in self._definitions)

    def _worded_in(self, name: str) -> Iterator[str]:
        yield from self._worded(self._members.get(name, ()))
        for definition in self._definitions.get(name, ()):
            yield from self._worded(names_in(definition))

    def opened(self, terms: Iterable[str]) -> list[str]:
        """Terms, and all terms that may ever be within them."""
        return reached(terms, lambda term: self._members.get(term, _NOTHING) & self._members.keys())

    def opened_members(self, term: str) -> set[str]:
        """All that a term may ever take in."""
        return {name for each in self.opened([term]) for name in self._members[each]}

    @cached_property
    def by_periods(self) -> tuple[str, ...]:
        """The commitments that are for each period, in any text: what there is of them hangs on the view's date."""
        found = (name for name, clauses in self.clauses() if isinstance(clauses.for_each, EachPeriod))
        return tuple(dict.fromkeys(found))

    @cached_property
    def replacing(self) -> dict[str, tuple[str, ...]]:
        """For each commitment, those that may stand in its place."""
        return self._by_target(
            (clauses.instead_of.name, name) for name, clauses in self.clauses() if clauses.instead_of is not None
        )

    @cached_property
    def powers_over(self) -> dict[str, tuple[str, ...]]:
        """For each name, the powers that may do something to it."""
        return self._by_target(
            (ref.name, name)
            for name, clauses in self.clauses()
            if clauses.may is not None and self.case.commitments[name].kind == "power"
            for ref in clauses.may.refs
        )

    def _by_target(self, pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for target, name in pairs:
            found.setdefault(target, {})[name] = None
        return {target: tuple(names) for target, names in found.items()}

    @cached_property
    def _in_groups(self) -> frozenset[str]:
        """The commitments that any text joins to others."""
        found: set[str] = set()
        for name, clauses in self.clauses():
            if clauses.together_with or clauses.with_others:
                found |= {name, *(ref.name for ref in clauses.together_with)}
        return frozenset(found)

    def is_in_group(self, name: str) -> bool:
        """Whether any text joins a commitment to others."""
        return name in self._in_groups

    def groups(self, text: Text) -> dict[str, tuple[tuple[str, ...], bool]]:
        """For each commitment the names of its group in a text, and whether its own instances are of it."""
        joined: dict[str, set[str]] = {name: set() for name in self._in_groups}
        others: set[str] = set()
        for each in self._in_groups:
            clauses = text.clauses(each, None)
            for ref in clauses.together_with:
                joined[each].add(ref.name)
                joined[ref.name].add(each)
            if clauses.with_others:
                others.add(each)
        found: dict[str, tuple[tuple[str, ...], bool]] = {}
        for name in joined:
            if name in found:
                continue
            group = tuple(sorted(reached([name], joined.__getitem__)))
            found |= {each: (group, each in others or each in joined[each]) for each in group}
        return found
