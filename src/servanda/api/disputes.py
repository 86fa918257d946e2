"""Disputes as one asks for them from Python, and as the JSON contract has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal, overload

import msgspec

from servanda.readings import Difference, Dispute, Ranked
from servanda.readings import Disputes as Found
from servanda.readings.premises import Kind
from servanda.readings.questions import Question

from .answers import SpanAnswer, ViewAnswer, plain, span_answer, view_answer
from .errors import UnknownName
from .views import View


class PremiseAnswer(msgspec.Struct, frozen=True):
    """A premise on which two readings differ. `id` names it in bridges; `versions` are what each reading has, in words.

    `owner` is the reading whose own act made the difference last, or null; `part` the clause, of a premise that is one.
    """

    id: str
    kind: Kind
    name: str
    part: str | None
    owner: str | None
    span: SpanAnswer | None
    versions: dict[str, str]


class DisputeAnswer(msgspec.Struct, frozen=True):
    """A commitment on which two readings part at a question, with what each answers.

    `bridges` has, by the reading whose premises they are, the smallest sets of them which, put into the other reading,
    end the dispute: all of them where `complete`. `no_bridge` says, by the same reading, why there is none.
    """

    commitment: str
    readings: tuple[str, str]
    question: Question
    statuses: dict[str, str]
    answers: dict[str, str]
    premises: tuple[PremiseAnswer, ...]
    bridges: dict[str, tuple[tuple[str, ...], ...]]
    complete: bool
    no_bridge: dict[str, str]


class ApartAnswer(PremiseAnswer, frozen=True, kw_only=True):
    """A premise on which two readings differ without consequence: no dispute hangs on it."""

    readings: tuple[str, str]


class RankedAnswer(msgspec.Struct, frozen=True):
    """A premise, with the commitments whose disputes it would end alone, and those in whose bridges it is."""

    premise: str
    ends: tuple[str, ...]
    helps: tuple[str, ...]


class DisputesAnswer(msgspec.Struct, frozen=True):
    """What `servanda disputes --format json` gives: where readings part, pair by pair."""

    schema_version: Literal[1]
    view: ViewAnswer
    between: tuple[tuple[str, str], ...]
    disputes: tuple[DisputeAnswer, ...]
    ranking: tuple[RankedAnswer, ...]
    without_consequence: tuple[ApartAnswer, ...]


def disputes_answer(found: Found, view: View) -> DisputesAnswer:
    """The answer of `disputes`."""
    return DisputesAnswer(
        1,
        view_answer(view),
        found.pairs,
        tuple(map(dispute_answer, found.disputes)),
        tuple(_ranked(each) for each in found.ranked()),
        tuple(_apart(pair, each) for pair, each in found.without_consequence),
    )


def dispute_answer(dispute: Dispute) -> DisputeAnswer:
    """A dispute, for programs."""
    return DisputeAnswer(
        dispute.commitment,
        dispute.readings,
        dispute.question,
        dispute.statuses,
        dispute.answers,
        tuple(map(premise_answer, dispute.premises)),
        dispute.bridges,
        dispute.complete,
        dispute.no_bridge,
    )


def premise_answer(premise: Difference) -> PremiseAnswer:
    """A premise, for programs."""
    return PremiseAnswer(**_fields(premise))


def _apart(pair: tuple[str, str], premise: Difference) -> ApartAnswer:
    return ApartAnswer(**_fields(premise), readings=pair)


def _fields(premise: Difference) -> dict[str, Any]:
    return msgspec.structs.asdict(premise) | {"span": span_answer(premise.span)}


def _ranked(ranked: Ranked) -> RankedAnswer:
    ends, helps = (tuple(dict.fromkeys(each.commitment for each in those)) for those in (ranked.ends, ranked.helps))
    return RankedAnswer(ranked.premise, ends, helps)


@dataclass(frozen=True, repr=False)
class Disputes(Sequence[Dispute]):
    """Where readings part at a date: a sequence of disputes that prints well.

    `disputes[0]` is the first, `disputes["remove-bombers"]` those about a commitment or an instance of one.
    """

    found: Found
    view: View
    title: str = ""

    def __len__(self) -> int:
        return len(self.found.disputes)

    def __iter__(self) -> Iterator[Dispute]:
        return iter(self.found.disputes)

    @overload
    def __getitem__(self, key: int) -> Dispute: ...
    @overload
    def __getitem__(self, key: str | slice) -> tuple[Dispute, ...]: ...
    def __getitem__(self, key: int | str | slice) -> Dispute | tuple[Dispute, ...]:
        if not isinstance(key, str):
            return self.found.disputes[key]
        named = tuple(each for each in self if key in (each.commitment, each.name))
        if not named:
            raise UnknownName(key, "commitment in dispute", dict.fromkeys(each.commitment for each in self))
        return named

    @property
    def without_consequence(self) -> tuple[Difference, ...]:
        """The premises on which readings differ, and on which no dispute hangs."""
        return tuple(each for _, each in self.found.without_consequence)

    def ranked(self) -> tuple[Ranked, ...]:
        """The premises that would end disputes, first those that would end most."""
        return self.found.ranked()

    def answer(self) -> DisputesAnswer:
        """The disputes as the JSON contract has them, a value that can be written and read again."""
        return disputes_answer(self.found, self.view)

    def as_json(self) -> dict[str, Any]:
        """What `servanda disputes --format json` prints, as plain values."""
        return plain(self.answer())

    def __repr__(self) -> str:
        return f"<Disputes {len(self)} · {self.view}>"

    def __str__(self) -> str:
        return "\n".join([f"{self.title or 'disputes'} · {self.view}", *(f"  {each}" for each in self)])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(each.commitment)}</td><td>{escape(each.asked)}</td>"
            + "".join(f"<td>{escape(f'{reading}: {each.statuses[reading]}')}</td>" for reading in each.readings)
            + f"<td>{escape(_bridges_in_words(each))}</td></tr>"
            for each in self
        )
        return f"<table><caption>{escape(str(self.view))}</caption>{rows}</table>"


def _bridges_in_words(dispute: Dispute) -> str:
    return "; ".join(
        f"{reading}’s {' or '.join(' + '.join(each) for each in sets)}" if sets else dispute.no_bridge[reading]
        for reading, sets in dispute.bridges.items()
    )
