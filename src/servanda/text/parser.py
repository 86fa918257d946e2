"""Text → syntax tree."""

from __future__ import annotations

import itertools
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.model.span import File, Piece, Span

from .cursor import MOST_GUESSES
from .directives import Directives
from .lexer import hidden_characters, tokenize
from .syntax import Directive, Part, Tree


def parse(text: str, path: str = "case.pacta", before: Tree | None = None) -> Tree:
    """Read the text of a case file. What cannot be read is reported in the tree's diagnostics; the rest is there.

    `path` is the name under which people know the file. Never raises, whatever the text. `before` is the file as it was
    read last: what stands as it stood is taken from there, and moved to where it stands now, so that all places in
    `before` become those of the new text.
    """
    file = File(path, text.removeprefix("\ufeff"))
    if before is not None and (before.file.path, before.file.text) == (path, file.text):
        return before
    again = None if before is None else _read_again(file, before)
    return _read_afresh(file) if again is None else again


def _read_afresh(file: File) -> Tree:
    reader = Directives(file, tokenize(file.text))
    return _tree(file, tuple(_parts(reader, file, 0)), reader.guesses)


def _read_again(file: File, before: Tree) -> Tree | None:
    """What is left of an earlier tree, with what stands between read anew; None where one hangs on the other."""
    first, last = _kept(before, file.text)
    front, gone, back = before.parts[:first], before.parts[first:last], before.parts[last:]
    old, new = before.file.text, file.text
    start = gone[0].piece.start if first else 0
    old_end = back[0].piece.start if back else len(old)
    end = old_end + len(new) - len(old)
    # such a string may reach over any number of lines
    if '"""' in new[start:end] or '"""' in old[start:old_end]:
        return None
    reader = Directives(file, tokenize(new[start:end]))
    read = tuple(_parts(reader, file, start))
    guesses = before.guesses + reader.guesses
    if guesses >= MOST_GUESSES:  # of how many there would be, reading it all, is not known
        return None
    was: dict[str, list[Part]] = {}
    for part, words in zip(gone[::-1], _words(gone, old, old_end)[::-1], strict=True):
        was.setdefault(words, []).append(part)
    for part in front:
        part.piece.file = file
    for part in back:
        part.piece.file = file
        part.piece.start += len(new) - len(old)
    middle = []
    for part, words in zip(read, _words(read, new, end), strict=True):
        same = was.get(words)
        middle.append(same.pop() if same else part)
        middle[-1].piece.file, middle[-1].piece.start = file, part.piece.start
    return _tree(file, (*front, *middle, *back), guesses)


def _words(parts: tuple[Part, ...], text: str, end: int) -> list[str]:
    """The lines of some parts that follow each other, each from its margin, the last one up to `end`."""
    edges = [*(text.rfind("\n", 0, part.piece.start) + 1 for part in parts), end]
    return [text[begin:stop].rstrip(" \t\r\n") for begin, stop in itertools.pairwise(edges)]


def _kept(before: Tree, text: str) -> tuple[int, int]:
    """Up to which part of a tree, and from which on, the lines of a text are the same as they were.

    A part goes on until the next one: up to there, with the first letter of that, the texts have to be the same. The
    very first may be indented, and belong to whatever stands before it.
    """
    old, starts = before.file.text, [part.piece.start for part in before.parts]
    first = max(0, bisect_left(starts, _same(old, text)) - 1)
    start = starts[first] if first else 0
    back = _same(old[start:][::-1], text[start:][::-1])
    return first, bisect_left(starts, len(old) - back + 1, max(1, first)) if starts else 0


def _same(one: str, other: str) -> int:
    """How many letters two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _parts(reader: Directives, file: File, start: int) -> Iterator[Part]:
    """All that a reader reads, line by line of those at the margin; its text begins at `start` in the file."""
    depth = reader.indentation()
    while depth >= 0:
        reader.base = base = reader.offsets[reader.at + 1]
        reader.home = piece = Piece(file, start + base)
        directives: tuple[Directive, ...] = ()
        while True:
            directive = reader.attempt(depth, 0, "")
            if directive is not None:
                directives += (directive,)
            depth = reader.indentation()
            if depth <= 0:
                break
        if reader.diagnostics or reader.unread:
            yield Part(piece, directives, tuple(reader.diagnostics), frozenset(reader.unread))
            reader.diagnostics, reader.unread = [], set()
        else:
            yield Part(piece, directives)


def _tree(file: File, parts: tuple[Part, ...], guesses: int) -> Tree:
    found = [*_hidden(file), *itertools.chain.from_iterable(part.diagnostics for part in parts if part.diagnostics)]
    found.sort(key=lambda each: each.span.start)
    directives = tuple(itertools.chain.from_iterable(part.directives for part in parts))
    unread = frozenset[str]().union(*(part.unread for part in parts if part.unread))
    return Tree(file, directives, tuple(found), unread, parts, guesses)


def _called(character: str) -> str:
    return f"U+{ord(character):04X}, {unicodedata.name(character, 'a control character').lower()}"


def _hidden(file: File) -> list[Diagnostic]:
    return [
        diagnostic("hidden-character", Span(file, at, at + 1), character=_called(file.text[at]))
        for at in hidden_characters(file.text)[:100]
    ]
