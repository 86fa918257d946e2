"""Words that a typist struck over, and that an optical reader took for long nonsense: offered to be left out.

How likely a word is as one of the language is told by its letters, two by two, from the words of the tables here and
those that the document has more than once. What was struck over runs in strokes of one kind (m, n, u, x, w), as no
word does; or it is longer than words are; or a capital stands in its middle. What the optical reader took for a word of
the language is not found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

from .cues import cues
from .english import ATTITUDE, FUNCTION, IMPERSONAL, LABELS, PAPERS, PRESENT, ROLES, SAYING, STAMPS
from .lines import Read
from .transcript import Repair

_WORD = re.compile(r"[^\W\d_]+")
#: From how many letters on a word can be told to be none, and from how many on it is too long.
_LEAST, _TOO_LONG = 6, 18
#: Strokes of one kind; how much of a word they have to be, and of a short one; how unlikely each letter of it then.
_STROKES, _OF_STROKES, _OF_STROKES_SHORT, _UNLIKELY = frozenset("mnuwx"), 0.55, 0.7, -3.1
#: A capital in the middle of a word, such as no name has.
_MIXED = re.compile(r"[a-z]{3,}[A-Z][a-z]+|[A-Z][a-z]{5,}[A-Z][a-z]+")
_SMOOTH, _LETTERS = 0.3, 27


class Letters:
    """How likely words are by their letters, two by two."""

    def __init__(self, words: Counter[str]) -> None:
        self.pairs: Counter[str] = Counter()
        self.single: Counter[str] = Counter()
        tables = (FUNCTION, SAYING, ATTITUDE, IMPERSONAL, LABELS, PAPERS, PRESENT, ROLES, STAMPS, cues().words)
        for word in [
            *(word for table in tables for word in table),
            *(each for each, n in words.items() if n > 1 and not _in_strokes(each)),
        ]:
            self._learn(word)

    def _learn(self, word: str) -> None:
        padded = f" {word.lower()} "
        for at in range(len(padded) - 1):
            self.pairs[padded[at : at + 2]] += 1
            self.single[padded[at]] += 1

    def likely(self, word: str) -> float:
        """The mean logarithm of a letter's chance after the one before it."""
        padded = f" {word.lower()} "
        chances = [
            log((self.pairs[padded[at : at + 2]] + _SMOOTH) / (self.single[padded[at]] + _SMOOTH * _LETTERS))
            for at in range(len(padded) - 1)
        ]
        return sum(chances) / len(chances)


def struck(lines: Sequence[Read], names: frozenset[tuple[int, int]]) -> Iterator[Repair]:
    """What may have been struck over. `names` are the places (line, character) where somebody is named."""
    said = [line for line in lines if line.said]
    words = Counter(word.lower() for line in said for word in _WORD.findall(line.text))
    letters = Letters(words)
    for line in said:
        for found in _WORD.finditer(line.text):
            word = found[0]
            if len(word) >= _LEAST and (line.number, found.start()) not in names and _nonsense(word, letters):
                yield Repair(line.number, found.start(), found.end(), word, "struck over", "")


def _nonsense(word: str, letters: Letters) -> bool:
    if len(word) >= _TOO_LONG or _MIXED.fullmatch(word):
        return True
    return _in_strokes(word) and letters.likely(word) < _UNLIKELY


def _in_strokes(word: str) -> bool:
    share = _OF_STROKES if len(word) > _LEAST else _OF_STROKES_SHORT
    return sum(letter in _STROKES for letter in word.lower()) >= share * len(word)
