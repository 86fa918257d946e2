"""Problems: the same diagnostics as `check`, at their places; and beside them what the case implies: findings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from servanda.api.expected import with_failures
from servanda.diagnostics import CODES, Diagnostic
from servanda.diagnostics.diagnostic import Severity
from servanda.findings import KINDS, CrossCheck, cross_check
from servanda.model.span import Span
from servanda.workbench.sight import Sight

#: So many problems stand on one page; the rest is counted.
MOST = 200
#: Of a case with more commitments than this, findings come behind the page: they take seconds.
FEW = 200
#: So many lines stand before and behind the one that is meant.
_AROUND = 2
SEVERITIES = {
    "error": ("Errors", "the text is wrong here; the rest is loaded"),
    "warning": ("Warnings", "suspicious; nothing is changed without you"),
    "note": ("Notes", "good to know"),
}


class Shown(msgspec.Struct, frozen=True):
    """A line of a file beside a problem: its number, and its words before, at and behind what is meant."""

    number: int
    before: str
    marked: str = ""
    behind: str = ""


class Problem(msgspec.Struct, frozen=True):
    """A diagnostic with the lines it speaks of, the line as its fix would have it, and what its code means."""

    diagnostic: Diagnostic
    lines: tuple[Shown, ...]
    mended: str | None
    cause: str
    remedy: str


def answer(sight: Sight) -> dict[str, Any]:
    """The diagnostics of the files as they are now, and the findings of the view."""
    diagnostics = diagnostics_of(sight)
    only = sight.more.get("file")
    wanted = [each for each in diagnostics if only in (None, shown_file(sight, each.span))]
    counts = Counter(each.severity for each in diagnostics)
    at_once = len(sight.case.commitments) <= FEW or not sight.links.live or "worked" in sight.more
    found = findings(sight) if at_once else None
    files = [os.path.relpath(file.path, sight.desk.folder) for file in sight.copy.loaded.case.files]
    per_file = Counter(shown_file(sight, each.span) for each in diagnostics)
    return {
        "title": "What does not add up",
        "said": said(counts, found is None or bool(found.findings)),
        "problems": [problem_of(each) for each in wanted[:MOST]],
        "more_problems": max(0, len(wanted) - MOST),
        "severities": SEVERITIES,
        "severity_counts": counts,
        "findings": found,
        "kinds": KINDS,
        "files": {name: per_file[name] for name in dict.fromkeys([*per_file, *files])},
        "only": only,
    }


def diagnostics_of(sight: Sight) -> tuple[Diagnostic, ...]:
    """All there is to say about the text, expectations that fail among it."""
    loaded = sight.copy.loaded
    if not loaded.ok:
        return loaded.diagnostics
    return sight.kept_of_files("checked", make=lambda: with_failures(loaded)).diagnostics


def findings(sight: Sight) -> CrossCheck:
    """What a careful secretary would raise, in this view."""
    asked = sight.asked
    return sight.kept(
        "findings",
        asked.readings,
        make=lambda: cross_check(sight.case.inquiry, sight.acts, asked.readings, asked.at, sight.over, asked.known),
    )


def said(counts: Mapping[Severity, int], findings: bool) -> str:
    """The page in a sentence."""
    if counts["error"]:
        return "Some lines could not be used. Everything else is loaded, and every other page counts it."
    if sum(counts.values()):
        return "The text can be used as it stands; see what is said of it."
    return "Nothing is wrong with the text. " + (
        "What the case implies in this view is listed below." if findings else "Nothing is left to raise, either."
    )


def shown_file(sight: Sight, span: Span) -> str:
    """The file of a span, as people know it; of what is about the whole case, no file."""
    path = span.file.path
    return os.path.relpath(path, sight.desk.folder) if path and span.file.text else "the case as a whole"


def problem_of(found: Diagnostic) -> Problem:
    """A diagnostic with its lines."""
    code = CODES[found.code]
    return Problem(found, tuple(lines_around(found.span)), mended(found), code.cause, code.remedy)


def lines_around(span: Span) -> Iterator[Shown]:
    """The line that a span begins on, its words marked, and some lines around it."""
    file = span.file
    if not file.text:
        return
    at, column = span.position
    for number in range(max(1, at - _AROUND), min(file.line_count, at + _AROUND) + 1):
        words = file.line(number)
        if number == at:
            end = min(len(words), column - 1 + max(1, span.end - span.start))
            yield Shown(number, words[: column - 1], words[column - 1 : end], words[end:])
        elif words or number < at:
            yield Shown(number, words)


def mended(found: Diagnostic) -> str | None:
    """The line as it would be after the fix, where there is one that stays on its line."""
    fix = found.fix
    if fix is None:
        return None
    line, column = fix.span.position
    words = fix.span.file.line(line)
    if fix.span.end - fix.span.start > len(words) - column + 1 or "\n" in fix.replacement:
        return None
    return words[: column - 1] + fix.replacement + words[column - 1 + fix.span.end - fix.span.start :]
