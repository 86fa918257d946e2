"""Papers of other kinds than a memorandum of two who talk, about invented countries; who speaks stands before a line.

`name | text`; a line that begins with `|` is nobody's, or of no account.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def paper(name: str) -> tuple[str, dict[int, str]]:
    """The text of a paper, and who speaks in its lines."""
    rows = [row.partition("|") for row in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()]
    speakers = {number: who.strip() for number, (who, _, _) in enumerate(rows, 1) if who.strip()}
    return "\n".join(text[1:] for _, _, text in rows) + "\n", speakers
