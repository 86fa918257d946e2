"""Words that leave a terminal as it is."""

from __future__ import annotations


def printable(words: str) -> str:
    """Words for a terminal: a tab is one blank, and a replacement character what moves the cursor or turns the text."""
    if words.isprintable():
        return words
    return "".join(" " if c == "\t" else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words)
