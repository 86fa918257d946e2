"""Figures and signs that an optical reader put for letters: `gua1d`, `tha+`, `0f`, read as the letters of their shape.

One sign gives one letter, so every place in the text stays what it is; what is given back is the text as it stands.
"""

from __future__ import annotations

import re

#: What each sign is read as among small letters, and among capitals.
_SMALL = {"0": "o", "1": "l", "5": "s", "6": "b", "9": "g", "@": "a", "$": "s", "+": "t", "|": "l", "!": "l"}
_CAPITAL = {"0": "O", "1": "I", "5": "S", "6": "G", "7": "T", "8": "B", "@": "A", "$": "S", "+": "T", "|": "I"}
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f]")
_TOKEN = re.compile(r"\S+")
_LETTER = r"[^\W\d_]"
#: Where a sign stands in for a letter: between letters, and at the beginning or the end of a word.
_WITHIN = re.compile(rf"(?<={_LETTER})[0156789@$+|!]{{1,2}}(?={_LETTER})")
_FIRST = re.compile(rf"(?:(?<=^)|(?<=^[\"“'(\[]))[0157@$+|](?={_LETTER}{{2}})")
_LAST = re.compile(rf"(?<={_LETTER})[@$+|](?=[.,;:?!)\"”']*$)|(?<=^[a-z])0(?=[.,;:]?$)|(?<=^)0(?=[fnr]$)")
#: Endings of numbers, and addresses, which stay as they are; how many letters a word has for each sign in it.
_ORDINAL, _ADDRESS, _LETTERS = re.compile(r"\W*\d+(?:st|nd|rd|th|s)\b"), re.compile(r"@\w+\.\w|[/\\]"), 2


def as_letters(text: str) -> str:
    """The text with signs that stand for letters read as these, and spaces of all kinds as one; as long as it was."""
    text = _SPACES.sub(" ", text)
    return _TOKEN.sub(lambda found: _word(found[0]), text)


def _word(word: str) -> str:
    if word.isalpha() or _ORDINAL.match(word) or _ADDRESS.search(word):
        return word
    letters = sum(map(str.isalpha, word))
    signs = sum(letter in _SMALL or letter in _CAPITAL for letter in word)
    if not signs or (letters < _LETTERS * signs and not _LAST.search(word)):
        return word
    capital = word.upper() == word
    for pattern in (_FIRST, _LAST, _WITHIN):
        word = pattern.sub(lambda found: _read(found[0], capital, not found.start()), word)
    return word


def _read(signs: str, capital: bool, first: bool) -> str:
    if first and signs in "75":
        return _CAPITAL[signs]
    return "".join((_CAPITAL if capital else _SMALL).get(sign, sign) for sign in signs)
