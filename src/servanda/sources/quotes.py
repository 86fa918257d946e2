"""Finding quoted words in the text of a source: exactly, after what printing and copying change, through damage.

Normalising folds white space, letter case, compatibility forms (Unicode NFKD), kinds of quotes and dashes, soft
hyphens, and words divided at the end of a line. It never skips, adds or exchanges a word; nor is a quote found within
a longer word, such as `possible` in `impossible`. What damage may explain beyond that is decided in `anchors`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from .anchors import Damaged

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
#: The longest text that is searched for damaged quotes.
MOST_SEARCHED = 4_000_000
#: How many characters of a source are shown before and after quoted words.
_AROUND = 90
_SOFT_HYPHEN = "\u00ad"
_DROPPED = frozenset(f"{_SOFT_HYPHEN}\u200b\u200c\u200d\ufeff")
_WORD = re.compile(r"\S+")
_HYPHENS = frozenset("-\u2010")


class Place(msgspec.Struct, frozen=True):
    """Where quoted words stand in a source's text: characters `start` up to `end`, how they were found, how like."""

    start: int
    end: int
    found: Literal["exact", "normalised", "fuzzy"]
    likeness: float = 1.0


class Anchoring(msgspec.Struct, frozen=True):
    """What became of a quote: its place, or else the nearest passage there is, and what speaks against that one."""

    place: Place | None
    nearest: Place | None = None
    objection: str = ""


class SourceText:
    """The text of a source, ready to be searched for quotes."""

    def __init__(self, text: str) -> None:
        self.text = text

    def anchor(self, quote: str, before: str = "", after: str = "") -> Anchoring:
        """Where a quote stands, if need be in damaged words; `before` and `after` tell one place of it from another.

        Whatever cannot be justified is not found; then the nearest passage is named with what speaks against it.
        """
        places = list(self._places(quote)) if before or after else [*islice(self._places(quote), 1)]
        if places:
            return Anchoring(max(places, key=lambda place: (self._fits(place, before, after), -place.start)))
        wanted, _ = _normalised(quote)
        if not wanted or len(self.text) > MOST_SEARCHED:
            return Anchoring(None)
        candidate = self._damaged.nearest(wanted)
        if candidate is None:
            return Anchoring(None)
        _, origins = self._comparable
        place = Place(origins[candidate.start], origins[candidate.end - 1] + 1, "fuzzy", candidate.likeness)
        if candidate.objection is None:
            return Anchoring(place)
        return Anchoring(None, place, candidate.objection)

    def words_at(self, place: Place) -> str:
        """The words of a place as they stand, on one line."""
        return " ".join(self.text[place.start : place.end].split())

    def find(self, quote: str) -> Place | None:
        """The first place where a quote stands undamaged, or None. An empty quote stands nowhere."""
        return next(self._places(quote), None)

    def _places(self, quote: str) -> Iterator[Place]:
        """All places where a quote stands, exactly or else after normalising."""
        wanted, _ = _normalised(quote)
        if not wanted:
            return
        exact = False
        for at in _found(self.text, quote):
            exact = True
            yield Place(at, at + len(quote), "exact")
        if exact:
            return
        folded, origins = self._comparable
        for at in _found(folded, wanted):
            yield Place(origins[at], origins[at + len(wanted) - 1] + 1, "normalised")

    def _fits(self, place: Place, before: str, after: str) -> float:
        """How like what stands around a place is to what is said to stand there."""
        from rapidfuzz.fuzz import ratio

        return ratio(before, self.text[max(0, place.start - len(before)) : place.start]) + ratio(
            after, self.text[place.end : place.end + len(after)]
        )

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
    def _damaged(self) -> Damaged:
        # most quotes stand as they are: what looks through damage is loaded for the others
        from .anchors import Damaged

        return Damaged(self._comparable[0])

    @cached_property
    def _comparable(self) -> tuple[str, array[int]]:
        return _normalised(self.text)


def _found(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text, and are not a part of a longer word."""
    at = text.find(words)
    while at >= 0:
        if not _goes_on(text, at, -1) and not _goes_on(text, at + len(words) - 1, 1):
            yield at
        at = text.find(words, at + 1)


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
