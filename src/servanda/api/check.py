"""What `check` says of a case, as the JSON contract has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import msgspec

from servanda.diagnostics import Diagnostic, as_json
from servanda.diagnostics.diagnostic import Severity
from servanda.load import Loaded
from servanda.load.files import shown_as
from servanda.model.case import ROOMS
from servanda.model.walk import expectations_of

from .answers import SpanAnswer
from .expected import with_failures

#: What is counted of a case.
_COUNTED = (*ROOMS.values(), "commitments", "acts", "expectations", "scenarios", "files")


class RelatedAnswer(msgspec.Struct, frozen=True):
    """Another place that has to do with a diagnostic, and how."""

    text: str
    span: SpanAnswer


class FixAnswer(msgspec.Struct, frozen=True):
    """A change that would mend it: what to put at the span."""

    replacement: str
    span: SpanAnswer


class DiagnosticAnswer(msgspec.Struct, frozen=True):
    """One thing that somebody should know about the text, with its place and the next step."""

    code: str
    severity: Severity
    message: str
    label: str
    span: SpanAnswer
    related: tuple[RelatedAnswer, ...]
    next: str
    fix: FixAnswer | None


class QuotesAnswer(msgspec.Struct, frozen=True):
    """What became of quoted words."""

    exact: int
    normalised: int
    fuzzy: int
    not_found: int
    unchecked: int


class ExpectedAnswer(msgspec.Struct, frozen=True):
    """What became of expectations; they are not run where the text has errors."""

    run: bool
    hold: int
    fail: int


class CheckedAnswer(msgspec.Struct, frozen=True):
    """One case: what it holds, and every diagnostic."""

    path: str
    title: str
    ok: bool
    holds: dict[str, int]
    quotes: QuotesAnswer
    expected: ExpectedAnswer
    diagnostics: tuple[DiagnosticAnswer, ...]


class CheckAnswer(msgspec.Struct, frozen=True):
    """What `servanda check --format json` gives: one entry for each case that was named."""

    schema_version: Literal[1]
    cases: tuple[CheckedAnswer, ...]


def expected(loaded: Loaded) -> tuple[Loaded, int | None]:
    """A case with its failed expectations among its diagnostics, and how many hold; None where they were not run."""
    case = loaded.case
    count = sum(1 for _ in expectations_of(case))
    if not count:
        return loaded, 0
    if not loaded.ok:
        return loaded, None
    checked = with_failures(loaded)
    return checked, count - failed(checked)


def failed(loaded: Loaded) -> int:
    """How many expectations do not hold."""
    return sum(each.code == "expectation-fails" for each in loaded.diagnostics)


def check_answer(cases: Iterable[CheckedAnswer]) -> CheckAnswer:
    """The answer of `check`."""
    return CheckAnswer(1, tuple(cases))


def checked_answer(path: str, loaded: Loaded, held: int | None) -> CheckedAnswer:
    """One case of the answer: under which path it was asked for, and how many expectations hold (see `expected`)."""
    case, quotes = loaded.case, loaded.quotes
    how = Counter(anchor.place.found for anchor in quotes.anchors)
    return CheckedAnswer(
        shown_as(path),
        case.title,
        loaded.ok,
        {room: len(getattr(case, room)) for room in _COUNTED},
        QuotesAnswer(how["exact"], how["normalised"], how["fuzzy"], len(quotes.not_found), quotes.unchecked),
        ExpectedAnswer(held is not None, held or 0, failed(loaded)),
        tuple(map(diagnostic_answer, loaded.diagnostics)),
    )


def diagnostic_answer(each: Diagnostic) -> DiagnosticAnswer:
    """A diagnostic, for programs."""
    return msgspec.convert(as_json(each), DiagnosticAnswer)
