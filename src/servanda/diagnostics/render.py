"""Diagnostics for people and for programs: code frames for a terminal, and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from servanda.model.span import Span

from .codes import CODES
from .diagnostic import Diagnostic
from .printable import columns, printable

#: How many columns of a line a frame shows.
_WIDTH = 110
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan", "place": "blue"}

Paint = Callable[[str, str], str]


def _plain(words: str, colour: str) -> str:
    return words


def _painted(words: str, colour: str) -> str:
    import click

    return click.style(words, fg=colour, bold=True)


def frames(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> Iterable[str]:
    """One text for each diagnostic: what is said, where, the words there, and the next step.

    The next step of a code is given with its first diagnostic only. Colour adds nothing that the words do not say.
    """
    paint = _painted if colour else _plain
    advised: set[str] = set()
    for each in diagnostics:
        yield _frame(each, paint, advise=each.code not in advised)
        advised.add(each.code)


def _frame(each: Diagnostic, paint: Paint, *, advise: bool) -> str:
    tone = _COLOURS[each.severity]
    lines = [f"{paint(f'{each.severity}[{each.code}]', tone)}: {each.message}"]
    margin = 3
    if each.span.file.text:
        number = each.span.line
        margin = len(str(number)) + 1
        shown, marks = _excerpt(each.span)
        rail = paint(f"{' ' * margin}|", _COLOURS["place"])
        label = f" {printable(each.label)}" if each.label else ""
        lines += [
            f"{paint(' ' * (margin - 1) + '-->', _COLOURS['place'])} {printable(str(each.span))}",
            rail,
            f"{paint(f'{number} |', _COLOURS['place'])} {shown}",
            f"{rail} {paint(marks + label, tone)}",
        ]
    elif each.span.file.path:
        lines.append(f"{paint('  -->', _COLOURS['place'])} {printable(each.span.file.path)}")
    equals = paint(f"{' ' * margin}=", _COLOURS["place"])
    lines += [f"{equals} {printable(f'{other.span}: {other.text}')}" for other in each.related]
    if advise:
        lines.append(f"{equals} {CODES[each.code].remedy}")
    return "\n".join(lines) + "\n"


def _excerpt(span: Span) -> tuple[str, str]:
    """The line a span begins on, cut to what a terminal shows, and marks below the span's words."""
    number, column = span.position
    line = span.file.line(number)
    first = column - 1
    last = min(first + max(span.end - span.start, 1), max(len(line), first + 1))
    begin = 0 if last <= _WIDTH else max(0, first - 30)
    before, words, after = line[begin:first], line[first : min(last, begin + _WIDTH)], line[last : begin + _WIDTH]
    shown = f"{'…' if begin else ''}{before}{words}{after}"
    cut = "…" if begin + _WIDTH < len(line) else ""
    pad = " " * (columns(printable(before)) + (1 if begin else 0))
    return printable(shown) + cut, pad + "^" * max(1, columns(printable(words)))


def as_json(each: Diagnostic) -> dict[str, Any]:
    """A diagnostic as plain values: code, severity, message, label, place, related places, next step, fix."""
    return {
        "code": each.code,
        "severity": each.severity,
        "message": each.message,
        "label": each.label,
        "span": span_as_json(each.span),
        "related": [{"text": other.text, "span": span_as_json(other.span)} for other in each.related],
        "next": CODES[each.code].remedy,
        "fix": None if each.fix is None else {"replacement": each.fix.replacement, "span": span_as_json(each.fix.span)},
    }


def span_as_json(span: Span) -> dict[str, Any]:
    """A place as plain values: path, lines and columns counted from 1, character offsets counted from 0."""
    line, column = span.position
    end_line, end_column = span.file.line_column(span.end)
    return {
        "path": span.file.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "start": span.start,
        "end": span.end,
    }
