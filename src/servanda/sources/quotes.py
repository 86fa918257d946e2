"""Finding quoted words in the text of a source: exactly, or after what printing and copying change.

Normalising folds white space, letter case, compatibility forms (Unicode NFKD), kinds of quotes and dashes, soft
hyphens, and words divided at the end of a line. It never skips, adds or exchanges a word; nor is a quote found within
a longer word, such as `possible` in `impossible`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
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
#: How many characters of a source are shown before and after quoted words.
_AROUND = 90
_SOFT_HYPHEN = "\u00ad"
_DROPPED = frozenset(f"{_SOFT_HYPHEN}\u200b\u200c\u200d\ufeff")
_WORD = re.compile(r"\S+")
_HYPHENS = frozenset("-\u2010")


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
        wanted, _ = _normalised(quote)
        if not wanted:
            return None
        at = _find(self.text, quote)
        if at is not None:
            return Place(at, at + len(quote), "exact")
        folded, origins = self._comparable
        at = _find(folded, wanted)
        if at is None:
            return None
        return Place(origins[at], origins[at + len(wanted) - 1] + 1, "normalised")

    def line_of(self, place: Place) -> int:
        """The line on which a place begins, counted from 1."""
        return bisect_right(self._line_starts, place.start)

    def passage(self, place: Place) -> str:
        """The words of a place with some of those around it, on one line."""
        start, end = max(0, place.start - _AROUND), min(len(self.text), place.end + _AROUND)
        before, after = self.text[start : place.start], self.text[place.end : end]
        if start:
            before = f"… {before.partition(' ')[2]}"
        if end < len(self.text):
            after = f"{after.rpartition(' ')[0]} …"
        return " ".join(f"{before}{self.text[place.start : place.end]}{after}".split())

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def _comparable(self) -> tuple[str, array[int]]:
        return _normalised(self.text)


def _find(text: str, words: str) -> int | None:
    """Where words stand in a text, and are not a part of a longer word."""
    at = text.find(words)
    while at >= 0:
        if not _goes_on(text, at, -1) and not _goes_on(text, at + len(words) - 1, 1):
            return at
        at = text.find(words, at + 1)
    return None


def _goes_on(text: str, at: int, step: int) -> bool:
    """Whether the word that a character belongs to goes on at the side of it where `step` leads."""
    side = text[at + step : at + step + 1] if at + step >= 0 else ""
    if not side or not _in_word(text[at]):
        return False
    if _in_word(side) or unicodedata.combining(side):
        return True
    beyond = text[at + 2 * step : at + 2 * step + 1] if at + 2 * step >= 0 else ""
    return side in _HYPHENS and bool(beyond) and _in_word(beyond)


def _in_word(character: str) -> bool:
    """Whether words of the character's script are told apart by what stands between them: not so in Chinese, say."""
    return character.isdigit() or character.lower() != character.upper() or unicodedata.combining(character) > 0


def _normalised(text: str) -> tuple[str, array[int]]:
    """The text as it is compared, and for each of its characters the place of its origin in the text."""
    words: list[str] = []
    origins = array("I")
    last = ""
    end = 0
    for found in _WORD.finditer(text):
        word, start = found[0], found.start()
        folded, places = _folded(word)
        if not folded:
            continue
        if words:
            divided = "\n" in text[end:start] and word[0].islower()
            if divided and last in _HYPHENS and len(words[-1]) > 1 and _in_word(words[-1][-2]):
                words[-1] = words[-1][:-1]
                origins.pop()
            elif not (divided and last == _SOFT_HYPHEN):
                words.append(" ")
                origins.append(start)
        words.append(folded)
        origins.extend(range(start, found.end()) if places is None else [start + place for place in places])
        last, end = word[-1], found.end()
    return "".join(words), origins


def _folded(word: str) -> tuple[str, list[int] | None]:
    """A word as it is compared; where each of its characters comes from, or None where each comes from its own."""
    if word.isascii():
        return word.lower().replace("`", "'"), None
    characters: list[str] = []
    places: list[int] = []
    for place, original in enumerate(word):
        if original not in _DROPPED:
            for character in unicodedata.normalize("NFKD", original.translate(_FOLDED).casefold()).casefold():
                characters.append(character)
                places.append(place)
    return "".join(characters), places
