"""How probable it is that print damaged at some rate turned one word into another, as logarithms of probabilities.

A noisy channel (Shannon 1948; for spelling Kernighan, Church and Gale 1990): each letter is misread at the rate of the
damage, mostly for one of its shape; few are lost, few come in. What the words themselves cost is worked out once, so
that any rate may be asked for.
"""

from __future__ import annotations

from functools import lru_cache
from math import log

from .likeness import LONGEST, exchange

#: Of all misread letters, the share that others take the place of, that are lost, and that come in besides.
_TAKEN, _LOST, _BESIDES = 0.84, 0.08, 0.08
#: How probable one letter is for another that is misread: of print's own twins, of one shape, any; and any besides.
_TWIN, _SHAPE, _ANY, _NEW = 0.12, 0.035, 0.018, 0.038
_FOR_TWIN, _FOR_SHAPE, _FOR_ANY = (log(_TAKEN * each) for each in (_TWIN, _SHAPE, _ANY))
_FOR_NONE, _FOR_NEW = log(_LOST), log(_BESIDES * _NEW)
#: Two letters that print runs into one, and which one.
_ONE_OF_TWO = {
    "rn": "m", "nn": "m", "in": "m", "ni": "m", "ri": "n", "ru": "n", "ii": "u", "li": "h", "cl": "d", "vv": "w",
}  # fmt: skip
#: The rate at which words are laid beside each other.
_NOMINAL = log(0.15 / 0.85)
#: How probable a letter is where nothing is known of the word, and that a word is of some length.
_LETTER, _LENGTH = log(0.06), log(0.1)


@lru_cache(maxsize=4096)
def _taken(meant: str, read: str) -> float:
    price = exchange(meant, read)
    return _FOR_TWIN if price < 0.4 else _FOR_SHAPE if price < 0.6 else _FOR_ANY


@lru_cache(maxsize=65536)
def _misread(meant: str, read: str) -> tuple[int, float]:
    """How many letters were misread on the likeliest way from what was meant to what is read, and what they cost."""
    before = earlier = [(column, column * _FOR_NEW, column * (_NOMINAL + _FOR_NEW)) for column in range(len(read) + 1)]
    for row, letter in enumerate(meant, 1):
        run_together = _ONE_OF_TWO.get(meant[row - 2 : row]) if row > 1 else None
        now = [(row, row * _FOR_NONE, row * (_NOMINAL + _FOR_NONE))]
        for column, other in enumerate(read, 1):
            errors, cost, whole = before[column - 1]
            if letter != other:
                step = _taken(letter, other)
                errors, cost, whole = errors + 1, cost + step, whole + _NOMINAL + step
            lost = before[column]
            if (value := lost[2] + _NOMINAL + _FOR_NONE) > whole:
                errors, cost, whole = lost[0] + 1, lost[1] + _FOR_NONE, value
            new = now[-1]
            if (value := new[2] + _NOMINAL + _FOR_NEW) > whole:
                errors, cost, whole = new[0] + 1, new[1] + _FOR_NEW, value
            two = earlier[column - 1] if other == run_together else None
            if _ONE_OF_TWO.get(read[column - 2 : column]) == letter and column > 1:
                two = before[column - 2]
            if two and (value := two[2] + _NOMINAL + _FOR_TWIN) > whole:
                errors, cost, whole = two[0] + 1, two[1] + _FOR_TWIN, value
            now.append((errors, cost, whole))
        earlier, before = before, now
    return before[-1][:2]


def errors(meant: str, read: str) -> int:
    """How many letters of a word were misread; all of one that is too long to be a word."""
    if meant == read:
        return 0
    longest = max(len(meant), len(read))
    return longest if longest > LONGEST else _misread(meant, read)[0]


def misread(meant: str, read: str, rate: float) -> float:
    """The logarithm of the probability that a word is read so, where this share of all letters is misread."""
    longest = max(len(meant), len(read))
    wrong, cost = (0, 0.0) if meant == read else _misread(meant, read) if longest <= LONGEST else (longest, 0.0)
    return cost + wrong * log(rate) + max(0, len(meant) - wrong) * log(1 - rate)


def by_chance(read: str) -> float:
    """The logarithm of the probability that a word is read so, where nothing is known of what it was."""
    return _LENGTH + min(len(read), LONGEST) * _LETTER
