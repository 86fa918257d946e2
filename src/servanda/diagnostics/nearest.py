"""The nearest of the known words, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(words: str, among: Iterable[str], like: int = 66) -> str | None:
    """The known word that is most like `words`, or None where none is `like` enough (of 100) to be meant."""
    if not words or len(words) > 80:
        return None
    from rapidfuzz import fuzz, process  # loaded only when something is wrong: `check` starts without it

    known = sorted(set(among))
    found = process.extractOne(words.lower(), known, scorer=fuzz.ratio, processor=str.lower, score_cutoff=like)
    return known[found[2]] if found else None
