"""Two readings held against each other: the disputes between them, each with its bridges."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from servanda.standing import owed, powers
from servanda.standing.lending import Premise
from servanda.standing.stretches import at
from servanda.standing.telling import named
from servanda.standing.wording import label_of

from .bridges import Found, Taken, least
from .changed import Change, changed
from .dispute import Dispute
from .premises import Difference, Table
from .questions import NOT_THERE, QUESTIONS, Answers, Side, in_words, parting
from .sides import Answered, Asked, answered, asked, status_of


class Limits(msgspec.Struct, frozen=True):
    """How far bridges are looked for: so many sets of premises are tried, and so many are listed, in one direction."""

    tried: int = 600
    found: int = 50


class Parting(NamedTuple):
    """A commitment, or an instance of it, on which two readings part; what each answers, and at which question."""

    name: str
    key: str | None
    readings: tuple[str, str]
    given: tuple[Answers, Answers]
    place: int

    @property
    def label(self) -> str:
        """The name by which the language picks it."""
        return label_of(self.name, self.key)


class Shift(NamedTuple):
    """Where two readings part no longer, and where they do so anew: another question is another dispute."""

    ended: tuple[Parting, ...]
    begun: tuple[Parting, ...]


def shift(before: Iterable[Parting], after: Iterable[Parting]) -> Shift:
    """How two lists of disputes differ."""
    old, new = ({(each.label, each.readings, each.place): each for each in those} for those in (before, after))
    return Shift(
        tuple(each for which, each in old.items() if which not in new),
        tuple(each for which, each in new.items() if which not in old),
    )


def parted(readings: tuple[str, str], one: Answered, other: Answered) -> Iterator[Parting]:
    """Each commitment, or instance, on which two readings part by what they answer, and at which question."""
    for name in one:
        for key in dict.fromkeys((*one[name], *other[name])):
            given = one[name].get(key, NOT_THERE), other[name].get(key, NOT_THERE)
            place = None if given[0] == given[1] else parting(*given)
            if place is not None:
                yield Parting(name, key, readings, given, place)


class Between:
    """Two readings that are held against each other."""

    def __init__(self, one: Side, other: Side, limits: Limits) -> None:
        self.table = Table(one, other, lambda: self._parted)
        self.readings = (one.reading, other.reading)
        self._limits = limits
        self._mattering: set[Premise] = set()

    def partings(self) -> Iterator[Parting]:
        """Each commitment, or instance, on which the two part, and at which question."""
        one, other = map(answered, self.table.sides)
        return parted(self.readings, one, other)

    @functools.cached_property
    def _parted(self) -> frozenset[tuple[str, str | None]]:
        return frozenset((each.name, each.key) for each in self.partings())

    def disputes(self) -> Iterator[Dispute]:
        """Each of these with the premises that it hangs on, and its bridges."""
        return map(self._dispute, self.partings())

    def without_consequence(self) -> list[Difference]:
        """What the two differ on by something that was said, and what no dispute hangs on."""
        table = self.table
        apart = (each for each in table.everything() if each not in self._mattering and table.is_apart(each))
        return [told for each in apart if (told := table.told(each)).owner is not None]

    def named(self, name: str) -> list[Premise]:
        """The premises on which the two differ and which are called so, by name or by id."""
        bare = name.split(":")[1] if ":" in name else name
        every = {*self.table.everything(), Premise("credit", bare)}
        if bare in self.table.case.commitments:
            every |= {Premise("effect", bare, each) for each in (*powers.MANDATES.values(), "use")}
        there = [each for each in every if self.table.differs(each)]
        found = [each for each in there if name in ((told := self.table.told(each)).name, told.id)]
        return sorted(found, key=repr)

    def changes(self, name: str) -> list[Change]:
        """What would follow, had the one the other's premise of a name; in both directions."""
        return [
            changed(self.table, premise, giver, taker)
            for premise in self.named(name)
            for giver, taker in itertools.permutations(self.table.sides)
        ]

    def _dispute(self, parted: Parting) -> Dispute:
        name, key, _, given, place = parted
        one, other = self.table.sides
        nothing: Taken = frozenset()
        own = [asked(*sides, nothing, name, key, place, whole=True) for sides in ((one, other), (other, one))]
        names = own[0].names | own[1].names
        candidates = [each for each in own[0].every | own[1].every if self.table.differs(each)]
        candidates += [each for each in self.table.heard_by_one() if names & self.table.names_of(each)]
        candidates.sort(key=repr)
        bridges: dict[str, Found] = {}
        bearing: set[Premise] = set()
        for mine, (giver, taker) in enumerate(((one, other), (other, one))):
            plain, wanted = own[1 - mine], given[mine][: place + 1]
            singly = {
                frozenset([each]): asked(taker, giver, frozenset([each]), name, key, place, whole=True)
                for each in candidates
                if each in plain.every or each.table in ("hearing", "finding")
            }
            found = bridges[giver.reading] = least(
                plain,
                candidates,
                self.table.names_of,
                functools.partial(self._ask, singly, taker, giver, parted),
                lambda answer, wanted=wanted: answer.answers[: place + 1] == wanted,  # type: ignore[misc]
                self._limits.tried,
                self._limits.found,
            )
            bearing |= {each for taken, told in singly.items() if told.answers != plain.answers for each in taken}
            bearing |= {each for bridge in found.bridges for each in bridge}
        shown = [each for each in candidates if each in bearing]
        kind = self.table.sides[0].outlook.case.commitments[name].kind
        sides = zip(self.table.sides, given, strict=True)
        self._mattering |= bearing
        return Dispute(
            parted.label,
            name,
            key,
            self.readings,
            QUESTIONS[place],
            {side.reading: status_of(side, name, key) for side in self.table.sides},
            {side.reading: in_words(place, each, kind) for side, each in sides},
            tuple(self.table.told(each) for each in shown),
            {reading: tuple(self._ids(bridge) for bridge in found.bridges) for reading, found in bridges.items()},
            all(found.complete for found in bridges.values()),
            {
                reading: self._why_none(name, key, place, found)
                for reading, found in bridges.items()
                if not found.bridges
            },
        )

    def _ask(self, known: dict[Taken, Asked], taker: Side, giver: Side, parted: Parting, taken: Taken) -> Asked:
        """What a reading answers with some premises of the other, if that is not known."""
        found = known.get(taken)
        return asked(taker, giver, taken, parted.name, parted.key, parted.place) if found is None else found

    def _ids(self, bridge: Taken) -> tuple[str, ...]:
        return tuple(sorted(self.table.told(each).id for each in bridge))

    def _why_none(self, name: str, key: str | None, place: int, found: Found) -> str:
        """Why no premises of one reading, put into the other, end a dispute."""
        if not found.complete:
            return f"none was found among {self._limits.tried} sets of premises; there may be larger ones"
        silent = self._not_accepted(name, key) if QUESTIONS[place] == "owed" else []
        if silent:
            return f"no premise can help, since {named(silent)} never accepted it; this needs a concession"
        return "no premise can help; this needs a concession"

    def _not_accepted(self, name: str, key: str | None) -> list[str]:
        """The bearers without whose acceptance a reading that recognises it has it as proposed."""
        for side in self.table.sides:
            life = side.life(name, key)
            if life is not None and at(owed.owed(side.outlook, life).accepted, side.now) is None:
                return [*side.outlook.chapter(life, side.now).roles.debtors]
        return []
