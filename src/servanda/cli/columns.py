"""Setting answers out in columns, as far as a terminal is wide enough for them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from .words import columns, strong

#: A column narrower than this is no longer read with pleasure.
_NARROWEST = 13
_GAP = "  "


def widths_for(first: int, cells: Sequence[Sequence[str]]) -> list[int] | None:
    """How wide each column behind a first one of `first` characters is to be; None where they do not fit at all.

    Cells that are too long for their column are to be wrapped in it.
    """
    natural = [max(map(len, column)) for column in zip(*cells, strict=True)]
    room = columns() - first - len(_GAP) * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    # what the narrow columns leave goes to the wide ones
    widths = [0] * len(natural)
    left = len(natural)
    for at in sorted(range(len(natural)), key=natural.__getitem__):
        widths[at] = min(natural[at], room // left)
        room -= widths[at]
        left -= 1
    return widths if all(w >= min(n, _NARROWEST) for w, n in zip(widths, natural, strict=True)) else None


def heads_of(label: str, first: int, heads: Sequence[str], widths: Sequence[int] | None) -> Iterator[str]:
    """The lines of heads above columns; a label that is too long for the first column has a line of its own."""
    if widths is None or len(label) >= first:
        yield strong(label)
        label = ""
    if widths is not None:
        yield from map(strong, lines_of(label, first, heads, widths))


def lines_of(label: str, first: int, cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one row: a label, and cells behind it, each wrapped in its column."""
    folded = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    for at in range(max(map(len, folded))):
        found = _GAP.join((c[at] if at < len(c) else "").ljust(w) for c, w in zip(folded, widths, strict=True))
        yield f"{label if not at else '':{first}}{found}".rstrip()
