"""Cells → lines of text: columns side by side, and within a width where there is one."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from servanda.diagnostics import columns

_GAP = 2
#: Columns are not made narrower than this; a table of very many then is wider than its width.
_NARROWEST = 6


def grid(heads: Sequence[str], rows: Iterable[Sequence[str]], width: int | None = None) -> list[str]:
    """Lines of a table with its heads; with a `width`, cells that are too long go on in the next line."""
    cells = [list(row) for row in rows]
    widths = _widths([heads, *cells], width)
    head = _lines(heads, widths)
    return [*head, "  ".join("─" * each for each in widths), *lines_of(cells, width, widths)]


def lines_of(rows: Sequence[Sequence[str]], width: int | None = None, widths: list[int] | None = None) -> list[str]:
    """Lines of a table without heads."""
    widths = _widths(rows, width) if widths is None else widths
    return [line for row in rows for line in _lines(row, widths)]


def _widths(rows: Sequence[Sequence[str]], width: int | None) -> list[int]:
    widths = [max(columns(line) for cell in column for line in cell.split("\n")) for column in zip(*rows, strict=True)]
    return widths if width is None else _fitted(widths, width)


def _fitted(widths: list[int], width: int) -> list[int]:
    """Column widths that fit: those that are wider than an equal share give, the widest first."""
    room = width - _GAP * (len(widths) - 1)
    if sum(widths) <= room:
        return widths
    most = max(widths)
    while most > _NARROWEST and sum(min(each, most) for each in widths) > room:
        most -= 1
    fitted = [min(each, most) for each in widths]
    for at, each in enumerate(widths):  # what the last step took too much
        if sum(fitted) < room and fitted[at] < each:
            fitted[at] += 1
    return fitted


def _lines(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    broken = [_broken(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for at in range(max((len(each) for each in broken), default=0)):
        parts = [each[at] if at < len(each) else "" for each in broken]
        gap = " " * _GAP
        lines.append(gap.join(padded(part, width) for part, width in zip(parts, widths, strict=True)).rstrip())
    return lines


def _broken(cell: str, width: int) -> list[str]:
    lines: list[str] = []
    for line in cell.split("\n"):
        if columns(line) <= width:
            lines.append(line)
        else:
            wide = columns(line) > len(line)  # letters of two columns: half as many fit
            lines += textwrap.wrap(line, max(1, width // 2 if wide else width), break_on_hyphens=True) or [""]
    return lines


def padded(words: str, width: int) -> str:
    """Words with blanks behind them, up to a width."""
    return words + " " * (width - columns(words))
