"""Atoms, rules and concessions as they are gathered from a case."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Literal

import msgspec

from servanda.model.conditions import Amount, Condition, Did, Happening, Ref
from servanda.model.span import Span
from servanda.model.time import Duration
from servanda.model.walk import parts
from servanda.standing import RECORD
from servanda.standing.asking import Asking

from .ground import Ground
from .system import Atom, Rule

#: What kind of thing an atom is: `so` follows, `move` is somebody's act, `decision` nobody has offered, `beyond` is out
#: of everybody's reach.
Sort = Literal["so", "move", "decision", "beyond"]


class Described(msgspec.Struct, frozen=True):
    """What an atom stands for, in words; who decides or does it; which commitment it is a step of.

    `shown` says that it is worth naming in a circle of waits; `thing` is what an act is about. `date` is
    the instant that it waits for, `duration` the time that it takes.
    """

    key: tuple[Hashable, ...]
    text: str
    sort: Sort = "so"
    actors: tuple[str, ...] = ()
    about: str = ""
    span: Span | None = None
    shown: bool = False
    thing: Ref | Amount | Happening | None = None
    date: int | None = None
    duration: Duration | None = None


class Waiting(msgspec.Struct, frozen=True):
    """One condition that an owner has of its own, and can give up: of a commitment's text, or of a promise or offer.

    `lower` are the rungs below what is waited for, the strongest first.
    """

    owner: str
    name: str
    key: str | None
    slot: int | None
    place: int
    condition: Condition
    atom: Atom
    lower: tuple[tuple[str, Atom], ...] = ()


class Guard(msgspec.Struct, frozen=True):
    """What is taken for granted as at the date, unless a way undoes it: that an exception is not so, as it is asked.

    Or, where that is a name, that a series has no instance more in the reading.
    """

    atom: Atom
    exception: Condition | str
    asking: Asking


class Building:
    """Rules over a ground, gathered until nothing that they name is without its own."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.atoms: list[Described] = []
        self.rules: list[Rule] = []
        self.waiting: list[Waiting] = []
        self.guards: list[Guard] = []
        #: The dates by which somebody asks a promise of a commitment, `None` for any.
        self.dates_asked: dict[tuple[str, str | None], dict[int | None, None]] = {}
        #: Performance, and the condition that says what it is: it may come about by the way.
        self.performances: list[tuple[Atom, Condition]] = []
        self._places: dict[tuple[Hashable, ...], Atom] = {}
        self._todo: list[Callable[[], None]] = []

    def known(self, *key: Hashable) -> Atom | None:
        """The atom of a key, where it was named."""
        return self._places.get(key)

    # ── who, and where ───────────────────────────────────────────────────────────────────────────────────────

    def bearers_of(self, name: str) -> tuple[str, ...]:
        """Who owes a commitment, in the neutral reading."""
        lives = self.ground.lives(name, RECORD)
        return self.ground.roles(lives[0]).bearers if lives else ()

    def roles(self, name: str, key: str | None) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Who owes it, to whom, and who has to have accepted it."""
        life = self.ground.life(name, key, RECORD) or self.ground.lives(name, RECORD)[0]
        found = self.ground.roles(life)
        return found.bearers, found.counterparties, found.debtors

    def span_of(self, name: str) -> Span:
        """Where a commitment is declared."""
        return self.ground.case.commitments[name].span

    # ── atoms and rules ──────────────────────────────────────────────────────────────────────────────────────

    def atom(
        self, key: tuple[Hashable, ...], text: str, make: Callable[[Atom], None] | None = None, **said: object
    ) -> Atom:
        """The atom of a key; where it is new, `make` gives it its rules later."""
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = len(self.atoms)
            self.atoms.append(Described(key, text, **said))  # type: ignore[arg-type]
            if make is not None:
                place = found
                self._todo.append(lambda: make(place))
        return found

    def rule(self, head: Atom, body: Iterable[Atom] = (), span: Span | None = None) -> None:
        """The head comes about once all of the body has."""
        self.rules.append(Rule(head, tuple(dict.fromkeys(body)), span))

    @cached_property
    def sights(self) -> dict[str, list[str]]:
        """For each matter, the obligations that a body performs by saying that it has seen it: all rely on that."""
        case = self.ground.case
        found: dict[str, list[str]] = {}
        for name, commitment in case.commitments.items():
            done = commitment.clauses.done_when if commitment.kind == "obligation" else None
            for part in parts(done) if done is not None else ():
                if not isinstance(part, Did) or part.verb != "observes" or not isinstance(part.object, Ref):
                    continue
                body = case.bodies.get(part.actor.name)
                if body is not None and not body.acts_for and body.name in self.bearers_of(name):
                    found.setdefault(part.object.name, []).append(name)
        return found

    def finish(self) -> None:
        """Give rules to all atoms that were named."""
        while self._todo:
            self._todo.pop()()
