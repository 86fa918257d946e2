"""Lines that an optical reader gave back, laid beside the memorandum that was printed: which line is of which piece."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.fuzz import partial_ratio

from servanda.sources.reading import Transcript

from .memo import Memo, Piece


def laid_beside(memo: Memo, transcript: Transcript) -> list[tuple[int, Piece]]:
    """The number of each filled line with the piece it was printed from; both go on in the same order."""
    at, found = 0, []
    for line in transcript.lines:
        if line.kind == "blank":
            continue
        ahead = range(at, min(at + 4, len(memo.pieces)))
        at = max(ahead, key=lambda k: (round(_alike(line.text, memo.pieces[k]), 1), -k))
        found.append((line.line, memo.pieces[at]))
    return found


def _alike(text: str, piece: Piece) -> float:
    return partial_ratio(text.strip(), piece.text) / 100 * min(1.0, 1.25 * len(piece.text) / max(1, len(text.strip())))


def shares(memo: Memo, transcript: Transcript) -> dict[str, float]:
    """How many kinds of lines and how many speakers are right."""
    lines = {line.line: line for line in transcript.lines}
    beside: Sequence[tuple[int, Piece]] = laid_beside(memo, transcript)
    said = [(lines[number].speaker, piece.speaker) for number, piece in beside if piece.kind in ("body", "list-item")]
    return {
        "kinds": sum(lines[number].kind == piece.kind for number, piece in beside) / len(beside),
        "speakers": sum(a == b for a, b in said) / len(said),
    }
