"""Papers of a page or two about invented parties, with their truth marked in them by hand before any was read.

The first line names those who are known beforehand. Then each line has its kind, who speaks, and its text: `h` heading,
`p` participants, `s` stamp, `b` body, `l` item of a list, `n` body that nobody says. In the text, `[Name]` is a person,
`[surface=Name]` one who is called otherwise, `[Name@]` and `[surface@Name]` a state, and `{type}` begins a statement.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from reading.memo import Piece
from servanda.sources.reading import Participant

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
_KINDS = {"h": "header", "p": "participants", "s": "stamp", "b": "body", "l": "list-item", "n": "body"}
_MARK = re.compile(r"\[(?P<surface>[^\]=@]+)(?:(?P<of>[=@])(?P<name>[^\]]*))?\]|\{(?P<type>[a-z-]+)\}")


class Paper(msgspec.Struct):
    """A paper: who is known beforehand, its lines (None is a blank one), and where in each a statement begins."""

    known: list[Participant]
    pieces: list[Piece | None]
    types: dict[int, list[tuple[int, str]]]


def paper(name: str) -> Paper:
    """A paper by its name, with its truth."""
    first, *rows = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    known = [each.strip().partition(":") for each in first.removeprefix("#").split(",")]
    found = Paper([Participant(who, party or None) for who, _, party in known], [], {})
    for row in rows:
        if not row.strip():
            found.pieces.append(None)
            continue
        head, _, marked = row.partition("| ")
        kind, _, who = head.partition(" ")
        piece, at = Piece("", _KINDS[kind], who or "none"), 0
        begun = found.types.setdefault(len(found.pieces), [])
        for mark in _MARK.finditer(marked):
            piece.text, at = piece.text + marked[at : mark.start()], mark.end()
            if mark["type"]:
                begun.append((len(piece.text), mark["type"]))
                continue
            start = len(piece.text)
            piece.text += mark["surface"]
            canonical = mark["name"] or mark["surface"]
            piece.names.append((start, len(piece.text), canonical, "state" if mark["of"] == "@" else "person"))
        piece.text += marked[at:]
        found.pieces.append(piece)
    return found
