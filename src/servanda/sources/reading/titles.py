"""Forms of address and offices, read through damage: `Anb.` for `Amb.`, `Ministcr` for `Minister`."""

from __future__ import annotations

from functools import lru_cache

from servanda.sources.likeness import likeness, nearest

from .cues import common
from .english import FUNCTION, IMPERSONAL, MONTHS, OFFICES, SHORT_TITLES, TITLES

_MONTHS = frozenset(MONTHS)
#: From how many letters on a capitalised word may be a damaged office, and from which likeness on it is one.
_LONG_OFFICE, _LIKE_OFFICE = 6, 0.78
#: From how many letters on a form of address is known by likeness alone, and from which.
_LONG, _LONG_LIKE = 7, 0.78
_LONG_TITLES = frozenset(title for title in TITLES if len(title) >= _LONG)
#: Words for whoever is in the chair.
_CHAIRING, _CHAIRS = "chairman", frozenset("chair chairperson chairwoman".split())
SHORT = {"ambassador": "amb", "mister": "mr", "doctor": "dr", "general": "gen", "colonel": "col", "professor": "prof"}


@lru_cache(maxsize=4096)
def title_of(word: str, stop: bool) -> tuple[str, float]:
    """The form of address that a word is, or may be read from, in its shortest form, and how sure that is."""
    low = word.lower()
    if word[:1].isupper() and low in TITLES:
        return (SHORT.get(low, low), 1.0)
    if len(word) >= _LONG and word[0].isupper():
        long = nearest(low, _LONG_TITLES, _LONG_LIKE)
        return (SHORT.get(long, long), _LONG_LIKE) if long else ("", 0.0)
    if (
        not stop
        or len(word) > 4
        or len(word) < 2
        or (low in FUNCTION and low != "and")
        or word in _MONTHS
        or low in common()
    ):
        return ("", 0.0)
    best = max(SHORT_TITLES, key=lambda each: likeness(word.capitalize(), each))
    alike = likeness(word.capitalize(), best)
    return (best.lower(), alike) if alike >= 0.6 or (alike >= 0.5 and word[0].isupper()) else ("", 0.0)


@lru_cache(maxsize=4096)
def office_of(word: str) -> str:
    """The office that a word names; one with a capital may be damaged."""
    low = word.lower()
    if low in OFFICES:
        return _CHAIRING if low in _CHAIRS else low
    damaged = word[0].isupper() and len(word) >= _LONG_OFFICE and low not in IMPERSONAL and low not in common()
    return (nearest(low, OFFICES, _LIKE_OFFICE) or "") if damaged else ""


def called(name: str) -> str:
    """A name as it is written in running text: one in capitals alone gets small letters."""
    return name.capitalize() if name.isupper() and len(name) > 3 else name
