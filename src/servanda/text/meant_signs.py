"""What may be meant by a sign that the language does not have, or has elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

#: Signs that stand for a word of the language, wherever they stand.
_WORDS = {
    "&": "the word here is `and`",
    "|": "the word here is `or`",
    ">": "in words: `at least`, or `more than`",
    "≥": "in words: `at least`",
    "<": "in words: `at most`",
    "≤": "in words: `at most`",
    "!": "there is no `not`: write `CONDITION unless …`",
    ";": "each directive and each clause has a line of its own",
    "{": "what belongs to a directive is indented below it",
    "}": "what belongs to a directive is indented below it",
    "§": "an article is written `art3`, a page `p3`",
    "_": "a name begins with a letter",
    "$": "a currency is a unit in letters: `500 USD`",
    "€": "a currency is a unit in letters: `500 EUR`",
    "£": "a currency is a unit in letters: `500 GBP`",
}
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_BULLETS = _DASHES | frozenset("*+\u2022")


def sign_meant(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """A label for the sign at `at`, which is no word, number or string."""
    sign = words[at]
    if sign in _DASHES:
        dashed = _dashed_date(kinds, words, at)
        if dashed:
            return dashed
    if sign in _BULLETS and kinds[at - 1] == "NEWLINE":
        return "lines have no bullets: leave it out"
    if sign in _DASHES and kinds[at - 1] == "DATE":
        return "behind the date follows who acts: leave it out"
    if sign == "." and kinds[at - 1] == kinds[at + 1] == "DATE":
        return f"some time between two days is written `{words[at - 1]}..{words[at + 1]}`"
    if sign == "." and [*kinds[at - 1 : at + 3 : 3]] == ["DATE", "DATE"]:
        return f"some time between two days is written `{words[at - 1]}..{words[at + 2]}`"
    if sign == ":" and kinds[at - 2] == "DATE" and words[at - 1][1:].isdecimal():
        return f"the hour belongs to the date: `{words[at - 2]}{words[at - 1]}:{words[at + 1]}`"
    if sign == ":" and kinds[at - 2] in ("(", ","):
        return f"a value stands behind `=`: `{words[at - 1]}={words[at + 1]}`"
    if sign in (":", ".") and kinds[at - 1] != "NEWLINE":
        return "leave it out"
    return _WORDS.get(sign, "")


def _dashed_date(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """A dash that is no hyphen within a date or between two; or one with blanks around it."""
    if kinds[at - 1] == kinds[at + 1] == "DATE":
        return f"some time between two days is written `{words[at - 1]}..{words[at + 1]}`"
    year, month, day = words[at - 1], words[at + 1], words[at + 3 : at + 4]
    if len(year) == 4 and [*kinds[at - 1 : at + 4 : 2]] == ["NUMBER"] * 3 and kinds[at + 2] == kinds[at] and day:
        return f"a date is written `{year}-{month}-{day[0]}`, with plain hyphens"
    return ""
