"""One finding, and what findings are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import msgspec

from servanda.model.case import Case
from servanda.model.record import Act
from servanda.model.span import Span
from servanda.standing.life import Chapter, Life
from servanda.standing.outlook import Outlook
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


class Desk(NamedTuple):
    """What lies before the secretary: a case, its acts in view in the order of time, what each reading sees of it."""

    case: Case
    acts: tuple[Act, ...]
    outlooks: Mapping[str, Outlook]
    record: Outlook
    now: Instant

    def standings(self, reading: str) -> Iterator[Standings]:
        """Every commitment that a reading has."""
        outlook = self.outlooks[reading]
        for name in self.case.commitments:
            for life in outlook.lives(reading, name):
                if at(life.exists, self.now) is not None:
                    yield Standings(life, outlook.chapter(life, self.now), standing_of(outlook, life, self.now))
