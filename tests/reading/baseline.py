"""What a reader gets that knows exact names and `Mr. X said` alone: the floor that the real one is held against."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any


def baseline(text: str, participants: Sequence[tuple[str, str]]) -> dict[str, list[dict[str, Any]]]:
    """A transcript by exact names alone: all filled lines are text, whoever was last said to say something speaks."""
    lines, names = [], []
    speaker = "none"
    forms = {
        **{name: (name, "person") for name, _ in participants},
        **{side: (side, "state") for _, side in participants},
    }
    for number, row in enumerate(text.split("\n"), 1):
        said = re.match(r"\W*(?:Mr\.|Dr\.|Amb\.|Ambassador) (\w+) (?:said|replied|stated|answered)", row)
        if said and said[1] in forms:
            speaker = said[1]
        lines.append({"line": number, "kind": "body" if row.strip() else "blank", "speaker": speaker})
        for found in re.finditer(r"\w+", row):
            if found[0] in forms:
                who, kind = forms[found[0]]
                names.append(
                    {"line": number, "start": found.start(), "end": found.end(), "canonical": who, "type": kind}
                )
    return {"lines": lines, "names": names, "statements": []}
