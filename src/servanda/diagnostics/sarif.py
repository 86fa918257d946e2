"""Diagnostics as SARIF 2.1.0, the form in which checkers report to code review (OASIS standard, 27 March 2020).

What the sections of the standard ask for: one run of one tool (3.14), a rule for each code that occurs (3.49), columns
counted in characters (3.14.27), places as relative references (3.4.3), a fix as a replacement (3.55).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath, PurePosixPath
from typing import Any

from servanda.model.span import Span

from .codes import CODES
from .diagnostic import Diagnostic

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(diagnostics: Sequence[Diagnostic], version: str) -> dict[str, Any]:
    """A log with one run, in plain values. `version` is that of the tool."""
    codes = sorted({each.code for each in diagnostics})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "servanda", "version": version, "rules": [_rule(code) for code in codes]}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, codes.index(each.code)) for each in diagnostics],
            }
        ],
    }


def _rule(name: str) -> dict[str, Any]:
    code = CODES[name]
    return {
        "id": name,
        "shortDescription": {"text": _bare(code.message)},
        "fullDescription": {"text": code.cause},
        "help": {"text": code.remedy},
        "defaultConfiguration": {"level": code.severity},
    }


def _bare(message: str) -> str:
    """A message before it is filled: its fields as `…`."""
    head, *rest = message.split("{")
    return "".join([head, *(f"…{part.partition('}')[2]}" for part in rest)])


def _result(each: Diagnostic, rule: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": each.code,
        "ruleIndex": rule,
        "level": each.severity,
        "message": {"text": each.message},
        "locations": [{"physicalLocation": _place(each.span)}] if each.span.file.path else [],
    }
    related = [other for other in each.related if other.span.file.path]
    if related:
        found["relatedLocations"] = [
            {"id": at, "message": {"text": other.text}, "physicalLocation": _place(other.span)}
            for at, other in enumerate(related)
        ]
    if each.fix is not None:
        replacement = {"deletedRegion": _region(each.fix.span), "insertedContent": {"text": each.fix.replacement}}
        change = {"artifactLocation": _file(each.fix.span), "replacements": [replacement]}
        found["fixes"] = [{"description": {"text": CODES[each.code].remedy}, "artifactChanges": [change]}]
    return found


def _place(span: Span) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _file(span)}
    if span.file.text:  # a file that is missing has no lines
        place["region"] = _region(span)
    return place


def _file(span: Span) -> dict[str, str]:
    """A path as a reference: what cannot stand in one is escaped, and it stays relative where it was."""
    path = PurePosixPath(PurePath(span.file.path).as_posix())
    return {"uri": path.as_uri() if path.is_absolute() else ("/" / path).as_uri().removeprefix("file:///")}


def _region(span: Span) -> dict[str, int]:
    line, column = span.position
    end_line, end_column = span.file.line_column(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
