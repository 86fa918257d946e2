"""Two readings held against each other: the disputes between them, each with its bridges."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from servanda.standing import owed
from servanda.standing.lending import Premise
from servanda.standing.stretches import at
from servanda.standing.telling import named

from .bridges import Found, Taken, least
from .changed import Change, changed
from .dispute import Dispute
from .premises import Difference, Table
from .questions import QUESTIONS, Answers, answers, in_words, life_of, parting
from .sides import Side, asked, keys_of, status_of


class Limits(msgspec.Struct, frozen=True):
    """How far bridges are looked for: so many sets of premises are tried, and so many are listed, in one direction."""

    tried: int = 2_000
    found: int = 50


class Between:
    """Two readings that are held against each other."""

    def __init__(self, one: Side, other: Side, limits: Limits) -> None:
        self._sides = (one, other)
        self._table = Table(one, other)
        self._limits = limits
        self._mattering: set[Premise] = set()

    def disputes(self) -> Iterator[Dispute]:
        """Each commitment, or instance, on which the two part."""
        for name in self._table.case.commitments:
            for key in keys_of(self._sides, name):
                given = [answers(side.outlook, side.reading, name, key, side.now) for side in self._sides]
                place = parting(given[0], given[1])
                if place is not None:
                    yield self._dispute(name, key, given, place)

    def without_consequence(self) -> list[Difference]:
        """What the two differ on by something that was said, and what no dispute hangs on."""
        table = self._table
        apart = (each for each in table.everything() if each not in self._mattering and table.is_apart(each))
        return [told for each in apart if (told := table.told(each)).owner is not None]

    def named(self, name: str) -> list[Premise]:
        """The premises on which the two differ and which are called so, by name or by id."""
        every = {*self._table.everything(), *self._mattering, Premise("credit", name)}
        there = [each for each in every if self._table.differs(each)]
        found = [each for each in there if name in ((told := self._table.told(each)).name, told.id)]
        return sorted(found, key=repr)

    def changes(self, name: str) -> list[Change]:
        """What would follow, had the one the other's premise of a name; in both directions."""
        return [
            changed(self._table, premise, giver, taker)
            for premise in self.named(name)
            for giver, taker in itertools.permutations(self._sides)
        ]

    def _dispute(self, name: str, key: str | None, given: Sequence[Answers], place: int) -> Dispute:
        one, other = self._sides
        nothing: Taken = frozenset()
        own = [asked(*sides, nothing, name, key) for sides in ((one, other), (other, one))]
        names = own[0].names | own[1].names
        candidates = [each for each in own[0].premises | own[1].premises if self._table.differs(each)]
        candidates += [each for each in self._table.heard_by_one() if names & self._table.names_of(each)]
        candidates.sort(key=repr)
        bridges: dict[str, Found] = {}
        for mine, (side, its) in enumerate(((one, other), (other, one))):
            # the premises of `side` are put into `its`
            bridges[side.reading] = least(
                candidates,
                self._table.names_of,
                lambda taken, side=side, its=its: asked(its, side, taken, name, key),  # type: ignore[misc]
                lambda answer, mine=mine: answer.answers[: place + 1] == given[mine][: place + 1],  # type: ignore[misc]
                self._limits.tried,
                self._limits.found,
            )
        bearing = frozenset().union(*(found.telling.union(*found.bridges) for found in bridges.values()))
        shown = [each for each in candidates if each in bearing]
        self._mattering |= bearing
        return Dispute(
            name if key is None else f"{name}[{key}]",
            name,
            key,
            (one.reading, other.reading),
            QUESTIONS[place],
            {side.reading: status_of(side, name, key) for side in self._sides},
            {side.reading: in_words(place, each) for side, each in zip(self._sides, given, strict=True)},
            tuple(self._table.told(each) for each in shown),
            {reading: tuple(self._ids(bridge) for bridge in found.bridges) for reading, found in bridges.items()},
            all(found.complete for found in bridges.values()),
            {
                reading: self._why_none(name, key, place, found)
                for reading, found in bridges.items()
                if not found.bridges
            },
        )

    def _ids(self, bridge: Taken) -> tuple[str, ...]:
        return tuple(sorted(self._table.told(each).id for each in bridge))

    def _why_none(self, name: str, key: str | None, place: int, found: Found) -> str:
        """Why no premises of one reading, put into the other, end a dispute."""
        if not found.complete:
            return f"none was found among {self._limits.tried} sets of premises; there may be larger ones"
        silent = self._not_accepted(name, key) if QUESTIONS[place] == "owed" else []
        if silent:
            return f"no premise can help: {named(silent)} never accepted it; this needs a concession"
        return "no premise can help: this needs a concession"

    def _not_accepted(self, name: str, key: str | None) -> list[str]:
        """The bearers without whose acceptance a reading that recognises it has it as proposed."""
        for side in self._sides:
            life = life_of(side.outlook, side.reading, name, key, side.now)
            if life is not None and at(owed.owed(side.outlook, life).accepted, side.now) is None:
                return [*side.outlook.chapter(life, side.now).roles.debtors]
        return []
