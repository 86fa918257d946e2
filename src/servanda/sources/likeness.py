"""How like two words are when one of them may have been misread from the other's print.

An edit distance (Levenshtein 1966) whose prices know type: letters of one shape are exchanged cheaply, since whoever
reads worn print keeps the silhouette of a word better than its letters.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

#: Letters of one silhouette: small ones, those that reach up, those that reach down; capitals by their strokes.
_SHAPES = (
    "acemnorsuvwxz",
    "bdfhklt",
    "gpqyj",
    "ilt1!|",
    "EFKRBPHNMX",
    "OCGQDU0",
    "SZB8533",
    "IJLT",
    "VWYUMNX",
    "AHKRX",
)
#: Pairs that print confuses most.
_TWINS = frozenset(
    "ec eo ao ae oe rt nu un nm mn rn hb bh li il tl lt ft tf vy yv vw wv ri ir sa as se es UW WU MN NM UV OQ CG DO IL "
    "EF PR PF BE EB SB BS HN NH KR RK KE EK ER RE US SE ES zs sz xz zx kh hk".split()
)
_TWIN, _SHAPE, _CASE, _OTHER = 0.35, 0.55, 0.1, 1.0
#: What a letter costs that is missing or too much: less than two exchanged ones.
_GAP = 0.8
#: What share of a word's letters may differ at all, whatever the prices, for it to be looked at.
_EDITS = 0.4
#: Words longer than this are no words, and like nothing but themselves.
LONGEST = 60


@lru_cache(maxsize=8192)
def exchange(first: str, second: str) -> float:
    """What reading one letter for another costs: 0 for the same, 1 for letters that have nothing in common."""
    if first == second:
        return 0.0
    if first.lower() == second.lower():
        return _CASE
    if first + second in _TWINS or second + first in _TWINS:
        return _TWIN
    if any(first in shape and second in shape for shape in _SHAPES):
        return _SHAPE
    small = first.lower(), second.lower()
    if first.isupper() != second.isupper() and small != (first, second):  # some capitals have no small letter
        return min(_OTHER, exchange(*small) + _CASE)
    return _OTHER


@lru_cache(maxsize=65536)
def distance(first: str, second: str) -> float:
    """The cheapest way to turn one word into the other, in letters exchanged, missing and too much."""
    before = [column * _GAP for column in range(len(second) + 1)]
    for row, letter in enumerate(first, 1):
        now = [row * _GAP]
        least = now[0]
        for column, other in enumerate(second, 1):
            # this runs more often than anything else: `min` would cost twice as much
            gap = before[column] if before[column] < least else least
            swap = before[column - 1] + exchange(letter, other)
            least = swap if swap < gap + _GAP else gap + _GAP
            now.append(least)
        before = now
    return before[-1]


def likeness(first: str, second: str) -> float:
    """From 1 for the same word down to 0 for words that share nothing."""
    longest = max(len(first), len(second))
    if longest > LONGEST:
        return float(first == second)
    return 1.0 if not longest else max(0.0, 1.0 - distance(first, second) / longest)


def nearest(word: str, words: frozenset[str] | tuple[str, ...], least: float) -> str | None:
    """The word of a vocabulary that a damaged one is most likely read from, or None where none is like enough."""
    if word in words:
        return word
    if len(word) > LONGEST:
        return None
    most = max(1, round(_EDITS * len(word)))
    alike = [each for each in words if Levenshtein.distance(word, each, score_cutoff=most) <= most]
    best = max(sorted(alike), key=lambda each: likeness(word, each), default=None)
    return best if best is not None and likeness(word, best) >= least else None
