"""From a file's bytes to its text, within bounds: what is no document ends in a sentence, not in a full memory."""

from __future__ import annotations

#: How large a document may be, and how long one of its lines: a page has some thousand characters.
MOST_BYTES = 16 * 1024 * 1024
MOST_TEXT = 4 * 1024 * 1024
MOST_LINES = 100_000
LONGEST_LINE = 100_000
#: How much of a text may be characters that no text has.
_MOST_STRANGE = 0.01
_STRANGE = {*range(32), 0xFFFD} - {9, 10, 12, 13, 27}


class Unreadable(Exception):
    """A document that cannot be read; says why, as the end of a sentence that begins with its name."""


def text_of(data: bytes, name: str) -> str:
    """The text of a document: of a text file as it stands, of a PDF its text layer. Raises `Unreadable`."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"is too large: a document can have {MOST_BYTES // 1024 // 1024} MiB at most; divide it")
    if not data.strip():
        raise Unreadable("is empty: there is nothing to read")
    return checked(_decoded(data))


def _decoded(data: bytes) -> str:
    if b"\0" in data[:4096]:
        raise Unreadable("is no text: it holds bytes that no text has")
    text = data.decode("utf-8-sig", errors="replace")
    strange = sum(text.count(chr(code)) for code in _STRANGE)
    if strange > _MOST_STRANGE * len(text):
        raise Unreadable("is no text: it holds bytes that no text in UTF-8 has")
    return text


def checked(text: str) -> str:
    """The text, if it is one that can be read within bounds."""
    if len(text) > MOST_TEXT:
        raise Unreadable(f"is too long: {MOST_TEXT // 1024 // 1024} million characters can be read at once; divide it")
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise Unreadable(f"has {len(lines):,} lines; {MOST_LINES:,} can be read at once; divide it")
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(
                f"has {len(line):,} characters on line {number}: no page has lines of more than {LONGEST_LINE:,}"
            )
    return text
