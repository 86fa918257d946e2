"""One finding, and what findings are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal, NamedTuple

import msgspec

from servanda.model.case import Case
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.span import Span
from servanda.model.walk import conditions_of_clauses, parts
from servanda.standing.life import Chapter, Life
from servanda.standing.outlook import Outlook
from servanda.standing.record import name_of
from servanda.standing.standings import Standing, standing_of
from servanda.standing.stretches import Instant, at

Kind = Literal[
    "unanswered-claim",
    "undated-promise",
    "out-of-reach",
    "proof-without-consent",
    "two-senses",
    "no-source",
    "not-taken-up",
    "cites-nothing",
    "amounts-differ",
    "recorded-twice",
]
#: What each kind is about, as a heading; in the order in which they are told.
KINDS: Mapping[Kind, str] = {
    "unanswered-claim": "claims that nobody has answered",
    "undated-promise": "promises without a date",
    "out-of-reach": "conditions that nobody can meet as things stand",
    "proof-without-consent": "proofs whose means lack a consent",
    "two-senses": "terms used in two senses",
    "no-source": "commitments that rest on no source",
    "not-taken-up": "tasks that a body has not taken on",
    "cites-nothing": "acts that cite nothing",
    "amounts-differ": "amounts that do not add up",
    "recorded-twice": "what may be recorded twice",
}


class Ask(msgspec.Struct, frozen=True):
    """A question that somebody could answer: of whom, and what."""

    of: tuple[str, ...]
    what: str


class Finding(msgspec.Struct, frozen=True):
    """Something that a case implies and somebody should know: what it is about, a sentence, and the places of it.

    `asks` are whom to ask for what, where somebody could settle it.
    """

    kind: Kind
    about: str
    message: str
    spans: tuple[Span, ...]
    asks: tuple[Ask, ...] = ()


class Standings(NamedTuple):
    """A commitment, or an instance of it, with its life, its clauses and its standing in a reading."""

    life: Life
    chapter: Chapter
    standing: Standing


class Desk:
    """What lies before the secretary: a case, its acts in view in the order of time, what each reading sees of it."""

    def __init__(
        self,
        case: Case,
        acts: tuple[Act, ...],
        outlooks: Mapping[str, Outlook],
        record: Outlook,
        now: Instant,
    ) -> None:
        self.case = case
        self.acts = acts
        self.outlooks = outlooks
        self.record = record
        self.now = now
        self._standings: dict[str, dict[str, list[Standings]]] = {}

    def standings(self, reading: str) -> Iterator[Standings]:
        """Every commitment that a reading has."""
        for name in self.case.commitments:
            yield from self.standings_of(reading, name)

    def standings_of(self, reading: str, name: str) -> list[Standings]:
        """A commitment, or its instances, as far as a reading has them."""
        known = self._standings.setdefault(reading, {})
        found = known.get(name)
        if found is None:
            outlook = self.outlooks[reading]
            found = known[name] = [
                Standings(life, outlook.chapter(life, self.now), standing_of(outlook, life, self.now))
                for life in outlook.lives(reading, name)
                if at(life.exists, self.now) is not None
            ]
        return found

    def acts_about(self, *names: str) -> list[Act]:
        """The acts about things of any of these names, in the order of time."""
        places = dict.fromkeys(sorted(place for name in dict.fromkeys(names) for place in self.places.get(name, ())))
        return [self.acts[place] for place in places]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """At which places among the acts each name is spoken of."""
        found: dict[str, list[int]] = {}
        for place, act in enumerate(self.acts):
            for name in {name_of(thing) for thing in act.objects}:
                found.setdefault(name, []).append(place)
        return found

    @cached_property
    def naming(self) -> dict[str, list[str]]:
        """The commitments of which a condition names something, by its name."""
        found: dict[str, list[str]] = {}
        for commitment, clauses in self.record.links.clauses():
            for condition in conditions_of_clauses(clauses):
                for part in parts(condition):
                    thing = getattr(part, "object", None) or getattr(part, "ref", None)
                    if isinstance(thing, Ref):
                        found.setdefault(thing.name, []).append(commitment)
        return found
