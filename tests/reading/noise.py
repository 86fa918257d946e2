"""Damage as worn print and bad scans do it, by a seed: letters misread, names past reading, words struck over.

Each line keeps its truth: names move with their letters. `level` is the share of letters misread in running text;
the names of one person are damaged `harder`, as those of somebody whom the typist's ribbon did not like.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from .memo import Memo, Piece

#: What letters are taken for, from tables of common misreadings.
MISREAD = {
    "a": "eosu", "b": "hlk", "c": "eo", "d": "cl", "e": "caeo", "f": "tr", "g": "qy", "h": "bkn", "i": "lrt", "j": "i",
    "k": "hx", "l": "ti1", "m": "nwr", "n": "mur", "o": "aec", "p": "gn", "q": "g", "r": "nvt", "s": "eaz", "t": "lfi",
    "u": "nwa", "v": "yrw", "w": "vmu", "x": "zk", "y": "vg", "z": "sx", "A": "RH", "B": "ERS", "C": "GO", "D": "OB",
    "E": "BFK", "F": "PE", "G": "CO", "H": "NMB", "I": "LT", "K": "ERH", "L": "IE", "M": "NW", "N": "MHK", "O": "CQ",
    "P": "FR", "R": "KEB", "S": "BEZ", "T": "IF", "U": "WV", "V": "YW", "W": "UM", "Y": "V", "Z": "SE",
}  # fmt: skip
STRUCK = ("mmwnnum", "xxnwmarx", "hamuuthnm", "nnimmaxn")


@dataclass
class Truth:
    """A damaged document with what is true of it, in the shape of the hand-made answers."""

    text: str
    lines: list[dict[str, object]]
    names: list[dict[str, object]]
    statements: list[dict[str, object]]
    participants: list[tuple[str, str]]


def damaged(memo: Memo, seed: int, level: float = 0.03, harder: float = 0.35) -> Truth:
    """A memorandum as a bad scan of it would read."""
    dice = random.Random(f"noise {seed} {level}")
    hard = memo.two[3][0]
    rows: list[tuple[str, Piece | None]] = []
    for piece in memo.pieces:
        if piece.kind == "list-item" and dice.random() < 0.2:
            rows.append((_line(piece, dice, level, harder, hard)[0], piece))
        rows.append(("", None))
        rows.append((piece.text, piece))
        if piece.kind in ("body", "stamp") and dice.random() < 0.2:
            rows += [("", None), (" ", None), ("", None)]
    truth = Truth("", [], [], [], memo.participants)
    texts = []
    for number, (text, line) in enumerate(rows, 1):
        if line is None:
            texts.append(text)
            truth.lines.append({"line": number, "kind": "blank", "speaker": "none"})
            continue
        damaged_text, names = _line(line, dice, level, harder, hard)
        texts.append(damaged_text)
        truth.lines.append({"line": number, "kind": line.kind, "speaker": line.speaker})
        truth.names += [
            {"line": number, "start": a, "end": b, "canonical": who, "type": kind} for a, b, who, kind in names
        ]
        truth.statements += [
            {"line_start": number, "line_end": number, "type": kind, "speaker": line.speaker} for kind in line.types
        ]
    truth.text = "\n".join(texts) + "\n"
    return truth


def _line(
    piece: Piece, dice: random.Random, level: float, harder: float, hard: str
) -> tuple[str, list[tuple[int, int, str, str]]]:
    names = sorted(piece.names)
    out, moved, at = "", [], 0
    for start, end, who, kind in names:
        out += _words(piece.text[at:start], dice, level, piece.kind)
        begin = len(out)
        out += _letters(piece.text[start:end], dice, harder if who == hard else 2 * level)
        moved.append((begin, len(out), who, kind))
        at = end
    return out + _words(piece.text[at:], dice, level, piece.kind), moved


def _words(text: str, dice: random.Random, level: float, kind: str) -> str:
    parts = []
    for word in text.split(" "):
        if kind == "body" and len(word) > 3 and dice.random() < level / 3:
            parts.append(dice.choice(STRUCK))
        if kind == "body" and len(word) > 3 and dice.random() < level / 4:
            word = f"/{word}"
        parts.append(_letters(word, dice, level))
    return " ".join(parts)


def _letters(word: str, dice: random.Random, level: float) -> str:
    out = ""
    for letter in word:
        if letter in MISREAD and dice.random() < level:
            out += dice.choice(MISREAD[letter])
        elif letter.isalpha() and dice.random() < level / 8:
            out += ""
        else:
            out += letter
    return out or word
