"""Finding quoted words in the text of a source: exactly, or after what printing and copying change.

Normalising folds white space, letter case, compatibility forms (Unicode NFKC), kinds of quotes and dashes, soft
hyphens, and words divided at the end of a line. It never skips, adds or exchanges a word.
"""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import Literal

import msgspec

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\ufeff")


class Place(msgspec.Struct, frozen=True):
    """Where quoted words stand in a source's text: characters `start` up to `end`, and how they were found."""

    start: int
    end: int
    found: Literal["exact", "normalised"]


class SourceText:
    """The text of a source, ready to be searched for quotes."""

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, quote: str) -> Place | None:
        """The first place where a quote stands, or None. An empty quote stands nowhere."""
        at = self.text.find(quote) if quote else -1
        if at >= 0:
            return Place(at, at + len(quote), "exact")
        wanted, _ = _normalised(quote)
        folded, origins = self._folded
        at = folded.find(wanted) if wanted else -1
        if at < 0:
            return None
        return Place(origins[at], origins[at + len(wanted) - 1] + 1, "normalised")

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return _normalised(self.text)


def _normalised(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters the place of its origin in the text."""
    characters: list[str] = []
    origins: list[int] = []
    gap = broken = False
    for at, original in enumerate(text):
        if original.isspace():
            gap = True
            broken = broken or original == "\n"
            continue
        if original in _DROPPED:
            continue
        if gap and characters:
            if (
                broken
                and characters[-1] == "-"
                and len(characters) > 1
                and characters[-2].isalpha()
                and original.islower()
            ):
                characters.pop()
                origins.pop()
            else:
                characters.append(" ")
                origins.append(at)
        gap = broken = False
        for character in unicodedata.normalize("NFKC", original.translate(_FOLDED)).casefold():
            characters.append(character)
            origins.append(at)
    return "".join(characters), origins
