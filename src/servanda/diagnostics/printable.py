"""Words that leave a terminal as it is."""

from __future__ import annotations

import unicodedata


def printable(words: str) -> str:
    """Words for a terminal: a tab is one blank, and a replacement character what moves the cursor or turns the text."""
    if words.isprintable():
        return words
    return "".join(" " if c == "\t" else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words)


def columns(words: str) -> int:
    """How many columns of a terminal words take."""
    if words.isascii():
        return len(words)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)
