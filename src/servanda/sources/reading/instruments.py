"""Letters, agreements and drafts that are spoken of, by their form: a noun for a paper with what says whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .english import PAPERS
from .lines import Read
from .transcript import Name

_VAGUE = frozenset("position view views visit remark remarks suggestion suggestions offer".split())
_PAPER = "|".join(sorted(PAPERS - _VAGUE))
_NAMED = re.compile(
    rf"(?:[A-Z][\w-]+['’]s[ \t]+)?(?:[A-Z][a-z]+[ \t]+\d{{1,2}}(?:st|nd|rd|th)?[ \t]+)?"
    rf"(?:(?!The\b)[A-Z]\w*(?:[ \t]?-[ \t]?[A-Z]\w+)?[ \t]+){{0,5}}"
    rf"(?:joint[ \t]+|draft[ \t]+|peace[ \t]+){{0,3}}\b(?P<paper>{_PAPER})\b"
)


def instruments(line: Read) -> Iterator[Name]:
    """The papers that a line names, as far as something says which is meant."""
    for found in _NAMED.finditer(line.text):
        words = found[0]
        if words.strip() == found["paper"]:
            continue
        plain = " ".join(re.sub(r"[ \t]?-[ \t]?", "-", words).split())
        yield Name(line.number, found.start(), found.end(), words, plain, "instrument", 0.6)
