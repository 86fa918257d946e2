"""Where a value's words stand in a file."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

import msgspec


class Node(msgspec.Struct, frozen=True, gc=False, tag=True):
    """A value that was read from text, or could have been.

    All values of a case are trees without cycles, so the garbage collector need not follow them (`gc=False`).
    """


class File:
    """A text file of a case, by the path people know it under."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    #: Where it begins in itself: a place in a file is one in the piece that is all of it.
    start = 0

    def __repr__(self) -> str:
        return f"File({self.path!r}, {len(self.text)} characters)"

    @property
    def file(self) -> File:
        """Itself."""
        return self

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    @property
    def line_count(self) -> int:
        """How many lines the file has, the last one counted even when empty."""
        return len(self._line_starts)

    def line_column(self, offset: int) -> tuple[int, int]:
        """The line and column of a character, both counted from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The words of a line, counted from 1, without its end."""
        starts = self._line_starts
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].removesuffix("\r")


class Piece:
    """Some lines of a file that stay as they are while what stands before them changes: in which file, from where on.

    `parse` moves the pieces of a file that it reads again, so that all spans in them are right in the new file.
    """

    __slots__ = ("file", "start")

    def __init__(self, file: File, start: int) -> None:
        self.file = file
        self.start = start


class Span(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a file: characters `start` up to, but without, `end`. It is told from the start of its home."""

    _home: File | Piece
    _first: int
    _last: int

    @property
    def file(self) -> File:
        """The file that it is in."""
        return self._home.file

    @property
    def start(self) -> int:
        """Its first character, counted from 0 in its file."""
        return self._home.start + self._first

    @property
    def end(self) -> int:
        """The character behind its last one."""
        return self._home.start + self._last

    def __repr__(self) -> str:
        return f"Span({self})"

    def __str__(self) -> str:
        line, column = self.position
        return f"{self.file.path}:{line}:{column}" if self.file.path else f"{line}:{column}"

    @property
    def position(self) -> tuple[int, int]:
        """The line and column where it begins, both counted from 1."""
        return self.file.line_column(self.start)

    @property
    def line(self) -> int:
        """The line on which it begins, counted from 1."""
        return self.position[0]

    @property
    def words(self) -> str:
        """The words that stand there."""
        return self.file.text[self.start : self.end]


def meaning(value: object) -> object:
    """A value without the places of its words: two versions are one when they say the same."""
    if isinstance(value, Node):
        return (
            type(value).__name__,
            *(meaning(each) for name in value.__struct_fields__ if not isinstance(each := getattr(value, name), Span)),
        )
    if isinstance(value, tuple):
        return tuple(meaning(each) for each in value)
    return value


#: The place of a value that was made without a text.
NOWHERE = Span(File("", ""), 0, 0)
