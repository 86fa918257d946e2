"""Two texts held against each other, line by line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import msgspec

#: How many lines that are alike are shown around those that differ.
_AROUND = 2
#: Texts of more lines than this are not compared line by line: it could take minutes.
_MOST = 20_000


class Line(msgspec.Struct, frozen=True):
    """A line of a comparison: `kind` is `same`, `there`, `mine` or `gap`, with its number in either text."""

    kind: str
    there: int | None
    mine: int | None
    words: str


def differences(there: str, mine: str) -> list[Line]:
    """What stands in a file, held against what somebody wants to put there; what is alike is left out at length."""
    return list(_lines(there.split("\n"), mine.split("\n")))


def _lines(there: list[str], mine: list[str]) -> Iterator[Line]:
    if max(len(there), len(mine)) > _MOST:
        yield Line("gap", None, None, "The texts are too long to be compared line by line.")
        return
    groups = difflib.SequenceMatcher(None, there, mine, autojunk=False).get_grouped_opcodes(_AROUND)
    for number, group in enumerate(groups):
        if number:
            yield Line("gap", None, None, "…")
        for kind, first, last, start, end in group:
            if kind == "equal":
                yield from (
                    Line("same", first + at + 1, start + at + 1, words) for at, words in enumerate(there[first:last])
                )
            else:
                yield from (Line("there", first + at + 1, None, words) for at, words in enumerate(there[first:last]))
                yield from (Line("mine", None, start + at + 1, words) for at, words in enumerate(mine[start:end]))
