"""Parts of a paper by their form: headings of parts, what is appended, numbered paragraphs, lines that are full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

#: What may stand before the number of a paragraph; a line with a number.
COUNTED = r"(?:(?i:para(?:graph)?|point|item|article|section)\.?[ \t]+)?"
COUNTED_LINE = re.compile(rf"^\s*{COUNTED}(\d{{1,3}})[.)]?\s+\S")
#: How many numbers may be missing between two paragraphs.
_SKIPPED = 3
#: What the heading of a part begins with, and how long it is at most; all the rest are capitals.
_SECTION = re.compile(r"\s*(?:\d{1,2}|[IVX]{1,4}|[A-H])[.)]\s+(?=[^\W\d_]+\s)")
_LENGTH = 120
#: The same in small letters: of how many words, where each such line stands alone and the numbers rise.
_NUMBER, _WORDS = re.compile(r"^\s*(\d{1,2})[.)]\s+[A-Z]"), 9
_APPENDED = re.compile(
    r"^\W*(ANNEX|APPENDIX|ENCLOSURE|ATTACHMENT|SCHEDULE|Annex|Appendix|Enclosure|Attachment|Schedule)"
    r"(?:[ \t]+(?:[A-Z]|[IVX]{1,4}|\d{1,2}))?(?:[ \t]*[:.–—-][ \t]*\S|\W*$)"
)
#: From how many letters on a line may be broken because it is full.
_FULL = 55


def breaks_off(text: str) -> bool:
    """Whether a line goes on in the next: as long as lines of a page are, it ends in the middle of a sentence."""
    return len(text) >= _FULL and text.rstrip()[-1:] not in ".?!:"


def heads(text: str) -> bool:
    """Whether a line is the heading of a part: a number before capitals alone."""
    return len(text) <= _LENGTH and bool(_SECTION.match(text)) and not any(map(str.islower, text))


def appended(text: str) -> bool:
    """Whether a line is the heading of what is appended to a paper."""
    found = _APPENDED.match(text)
    return found is not None and len(text) <= _LENGTH and (found[1].isupper() or text.rstrip()[-1] not in ".;,")


def named_parts(rows: Sequence[str]) -> set[int]:
    """The lines that are headings of parts in small letters: a number and a few words, alone, not two in a row."""
    counted = {k: int(found[1]) for k, row in enumerate(rows) if (found := _NUMBER.match(row))}
    alone = [
        k for k in counted
        if k + 1 < len(rows) and not {k - 1, k + 1} & counted.keys() and not COUNTED_LINE.match(rows[k + 1])
        and len(rows[k].split()) <= _WORDS and rows[k].rstrip()[-1] not in ".,;:?!" and len(rows[k + 1].split()) > 1
    ]  # fmt: skip
    rising = all(counted[b] > counted[a] for a, b in pairwise(alone))
    return set(alone) if len(alone) >= 2 and rising else set()


def chain(counted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those numbered lines (where each stands, its number) that go on from the first; a list within begins anew."""
    kept = [*counted[:1]]
    for at, number in counted[1:]:
        if 0 < number - kept[-1][1] <= _SKIPPED:
            kept.append((at, number))
    return kept
