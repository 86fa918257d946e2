"""Diagnostics as workflow commands of GitHub Actions: each becomes a remark beside its line in a pull request.

The form and its escapes are those of GitHub's "Workflow commands" and of its own toolkit (`@actions/core`, command.ts).
"""

from __future__ import annotations

from .diagnostic import Diagnostic

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def as_github(each: Diagnostic) -> str:
    """A diagnostic as one line: where, and what is said. The log shows no place, so the message repeats it."""
    span = each.span
    where = {}
    if span.file.path:
        where["file"] = span.file.path
        if span.file.text:
            line, column = span.position
            end_line, end_column = span.file.line_column(span.end)
            where |= {"line": str(line), "endLine": str(end_line)}
            if line == end_line:  # columns of two lines are refused
                where |= {"col": str(column), "endColumn": str(end_column)}
    where["title"] = f"servanda: {each.code}"
    properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
    place = f"{span}: " if span.file.path else ""
    return f"::{_LEVELS[each.severity]} {properties}::{_data(f'{place}{each.message}')}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
