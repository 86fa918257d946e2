"""The JSON contract of `cross-check`: findings, figures author by author, and the coverage of a source."""

from __future__ import annotations

from typing import Literal

import msgspec

from servanda.findings import Coverage, CrossCheck, Finding, Kind

from .answers import SpanAnswer, ViewAnswer, float_or_none, span_answer, view_answer
from .views import View


class AskAnswer(msgspec.Struct, frozen=True):
    """A question that somebody could answer: of whom, and what."""

    of: tuple[str, ...]
    what: str


class FindingAnswer(msgspec.Struct, frozen=True):
    """Something that the case implies and somebody should know. `asks` are whom to ask for what."""

    kind: Kind
    about: str
    message: str
    asks: tuple[AskAnswer, ...]
    spans: tuple[SpanAnswer, ...]


class TallyAnswer(msgspec.Struct, frozen=True):
    """How much of something an author has declared and observed, by its latest figures; null where it said nothing."""

    what: str
    author: str
    declared: float | None
    observed: float | None


class CrossCheckAnswer(msgspec.Struct, frozen=True):
    """What `servanda cross-check --format json` gives."""

    schema_version: Literal[1]
    view: ViewAnswer
    readings: tuple[str, ...]
    findings: tuple[FindingAnswer, ...]
    amounts: tuple[TallyAnswer, ...]


class PartAnswer(msgspec.Struct, frozen=True):
    """An article or numbered paragraph: its number, first line and how that begins, and the commitments on it."""

    number: str
    line: int
    begins: str
    commitments: tuple[str, ...]


class CoverageAnswer(msgspec.Struct, frozen=True):
    """What `servanda cross-check --coverage SOURCE --format json` gives. `unplaced` rest on no part that was found."""

    schema_version: Literal[1]
    source: str
    parts: tuple[PartAnswer, ...]
    unplaced: tuple[str, ...]


def cross_check_answer(found: CrossCheck, readings: tuple[str, ...], view: View) -> CrossCheckAnswer:
    """The answer of `cross-check`."""
    findings = tuple(map(finding_answer, found.findings))
    amounts = tuple(
        TallyAnswer(each.what, each.author, float_or_none(each.declared), float_or_none(each.observed))
        for each in found.tallies
    )
    return CrossCheckAnswer(1, view_answer(view), readings, findings, amounts)


def finding_answer(finding: Finding) -> FindingAnswer:
    """A finding, for programs."""
    return FindingAnswer(
        finding.kind,
        finding.about,
        finding.message,
        tuple(AskAnswer(each.of, each.what) for each in finding.asks),
        tuple(span for one in finding.spans if (span := span_answer(one)) is not None),
    )


def coverage_answer(found: Coverage) -> CoverageAnswer:
    """The answer of `cross-check --coverage`."""
    parts = tuple(PartAnswer(**msgspec.structs.asdict(each)) for each in found.parts)
    return CoverageAnswer(1, found.source, parts, found.unplaced)
