"""Marked papers as they are read from paper: broken into lines of a page, and worn in one of two ways, by a seed.

`LETTERS` is the noise of the generated memoranda: letters misread, words struck over. `PRINT` is another one: letters
for two and two for one, figures and signs for letters, words that fell in two or ran together, full stops lost, lines
lost, and running heads and page numbers in the middle of what is said.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Literal

from .marked import Paper
from .memo import Piece
from .noise import MISREAD, STRUCK, Truth

Noise = Literal["LETTERS", "PRINT"]
_PRINTED = {
    "B": "8", "D": "1)", "E": "L", "H": "II", "I": "l", "M": "IVI", "N": "IV", "O": "0", "R": "It", "S": "5", "T": "7",
    "a": "nu@", "b": "6", "c": "(", "cl": "d", "d": "cl", "e": "co", "f": "l", "g": "9", "h": "li", "i": "1j;",
    "k": "lc", "l": "1I|", "m": "rn", "n": "ri", "o": "0", "r": "i", "rn": "m", "s": "5$", "t": "+r", "u": "ii",
    "w": "vv", "y": "v",
}  # fmt: skip
#: Which of these are two letters for one, rather than a choice.
_TWO = frozenset("D H M N R d h m n k u w".split())
_HEADS = ("CONFIDENTIAL", "RESTRICTED", "DECLASSIFIED Authority NND 91-204")
#: How many lines a page has.
_PAGE = 14


def worn(paper: Paper, noise: Noise, level: float, seed: int, width: int | None = None) -> Truth:
    """A paper with its truth; `level` is the share of letters misread, `width` how many letters a line of it has."""
    dice = random.Random(f"{noise} {level} {seed}")
    truth = Truth("", [], [], [], [(each.name, each.party or "") for each in paper.known])
    rows: list[str] = []
    filled = 0

    def printed(text: str, kind: str = "blank", speaker: str = "none") -> None:
        rows.append(text)
        truth.lines.append({"line": len(rows), "kind": kind, "speaker": speaker})

    for number, piece in enumerate(paper.pieces):
        if piece is None:
            printed("")
            continue
        open_: dict[int, dict[str, object]] = {}
        for start, end in _broken(piece.text, width):
            if noise == "PRINT" and start and dice.random() < level / 4:
                continue
            text, places = (_misread if noise == "LETTERS" else _misprinted)(piece, start, end, dice, level)
            printed(text, piece.kind, piece.speaker)
            for a, b, who, kind in piece.names:
                if start <= a < end and (to := places[min(b, end)]) > places[a]:
                    row = {"line": len(rows), "start": places[a], "end": to, "canonical": who, "type": kind}
                    truth.names.append(row)
            begun = paper.types[number]
            for (at, kind), after in zip(begun, [*(a for a, _ in begun), len(piece.text)][1:], strict=True):
                if at < end and after > start:
                    row = open_.setdefault(at, {"line_start": len(rows), "type": kind, "speaker": piece.speaker})
                    row["line_end"] = len(rows)
            filled += 1
            if noise == "PRINT" and filled % _PAGE == 0:
                for text, kind in (("", "blank"), (f"- {filled // _PAGE} -", "stamp"), (dice.choice(_HEADS), "stamp")):
                    printed(text, kind)
                printed("")
        truth.statements += open_.values()
    truth.text = "\n".join(rows) + "\n"
    return truth


def _broken(text: str, width: int | None) -> Iterator[tuple[int, int]]:
    """From where to where each line of a page goes."""
    at = 0
    while at < len(text):
        end = len(text) if not width or len(text) - at <= width else text.rfind(" ", at, at + width + 1)
        end = end if end > at else min(len(text), at + (width or len(text)))
        yield at, end
        at = end + (text[end : end + 1] == " ")


def _misread(piece: Piece, start: int, end: int, dice: random.Random, level: float) -> tuple[str, dict[int, int]]:
    text, out, places = piece.text, "", {}
    for at in range(start, end):
        if piece.kind == "body" and (at == start or text[at - 1] == " ") and re.match(r"\w{4}", text[at:end]):
            out += f"{dice.choice(STRUCK)} " if dice.random() < level / 3 else ""
            out += "/" if dice.random() < level / 4 else ""
        places[at] = len(out)
        harder = level * (1 + any(a <= at < b for a, b, _, _ in piece.names))
        if text[at] in MISREAD and dice.random() < harder:
            out += dice.choice(MISREAD[text[at]])
        elif not (text[at].isalpha() and dice.random() < harder / 8):
            out += text[at]
    return out, places | {end: len(out)}


def _misprinted(piece: Piece, start: int, end: int, dice: random.Random, level: float) -> tuple[str, dict[int, int]]:
    text, out, places, at = piece.text, "", {}, start
    while at < end:
        places[at] = len(out)
        two, one = text[at : min(at + 2, end)], text[at]
        if one == " " and dice.random() < level / 2:
            pass
        elif one.isalpha() and at > start and text[at - 1].isalpha() and dice.random() < level / 10:
            out += f" {one}"
        elif len(two) == 2 and two in _PRINTED and dice.random() < level:
            out += _PRINTED[two]
            at += 1
            places[at] = len(out) - 1
        elif one in _PRINTED and dice.random() < level:
            out += _PRINTED[one] if one in _TWO else dice.choice(_PRINTED[one])
        elif one in ".," and dice.random() < level:
            out += dice.choice((",", ".", "", " ."))
        elif not (one.isalpha() and dice.random() < level / 8):
            out += one
        at += 1
    return out, places | {end: len(out)}
