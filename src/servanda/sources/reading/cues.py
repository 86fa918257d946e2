"""The words by which reported speech shows what somebody does with it: claim, dispute, protest, propose, ask.

Each cue is a pattern over a sentence in small letters in which parties stand as `@own`, `@other` (somebody else at the
table) and `@third`, and damaged words as the cue word they are most like. Its weight says how much it speaks for a
type. The table is `cues.txt`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import get_args

import msgspec

from .transcript import StatementType


class Cues(msgspec.Struct, frozen=True):
    """All cues, with the words that damaged ones may be read as."""

    patterns: tuple[tuple[StatementType, re.Pattern[str], float], ...]
    words: frozenset[str]


@cache
def common() -> frozenset[str]:
    """Ordinary words, which are never taken for damaged cues: the table `common.txt`."""
    return frozenset((files("servanda.sources.reading") / "common.txt").read_text("utf-8").split())


@cache
def cues() -> Cues:
    """The table of cues, read once."""
    parts: dict[str, str] = {}
    patterns: list[tuple[StatementType, re.Pattern[str], float]] = []
    types: dict[str, StatementType] = {each: each for each in get_args(StatementType)}
    for row in (files("servanda.sources.reading") / "cues.txt").read_text("utf-8").splitlines():
        head, _, rest = row.partition(" ")
        if head in types:
            weight, _, pattern = rest.partition(" ")
            for name, part in parts.items():
                pattern = pattern.replace(f"<{name}>", part)
            patterns.append((types[head], re.compile(pattern), float(weight)))
        elif head.endswith(":"):
            parts[head[:-1]] = rest
    spelled = (re.findall(r"(?<![\\\w])[a-z]{4,}(?![\w\\*+?]|\(\?)", each.pattern) for _, each, _ in patterns)
    return Cues(tuple(patterns), frozenset(parts["words"].split()).union(*spelled))
