"""Who is at the table, as far as the heading of a document says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from servanda.sources.likeness import likeness, nearest

from .english import FUNCTION, IMPERSONAL, PRESENT
from .lines import Read
from .mentions import title_of
from .states import Entity, world
from .transcript import Participant

_NAME = re.compile(r"(?:(?P<title>[^\W\d_]{1,12})(?P<stop>\.?)[ \t]+)?(?:[A-Z]\.[ \t]*)*(?P<name>[A-Z][\w'’-]+)")
_SIDE = re.compile(
    r"(?:\b[Ff]or[ \t]+)?(?:\b[Tt]he[ \t]+)?(?P<side>[A-Z][\w.]*(?:[ \t][A-Z][\w.]*){0,3})"
    r"[ \t]*(?:[Ss]ide|[Dd]elegation)?[ \t]*[-–—:](?=[ \t]|$)"
)


def participants(lines: Sequence[Read], parties: Sequence[Entity]) -> list[tuple[Participant, str, int, int]]:
    """The people that the heading lists: who, with which form of address, from which to which character."""
    found: list[tuple[Participant, str, int, int]] = []
    side: str | None = None
    for line in lines:
        if line.kind != "participants":
            continue
        text = line.text
        if text.strip(" .:-") in _states():
            side = _side(text.strip(" .:-"), parties)
            continue
        at = 0
        for label in _SIDE.finditer(text):
            word = label["side"].split()[-1]
            if nearest(word.lower(), PRESENT, 0.7):
                at = label.end()
                continue
            side, at = _side(label["side"].removesuffix(" Delegation"), parties), label.end()
        found += [
            (Participant(name, side, line.number), title, start, end) for name, title, start, end in _names(text, at)
        ]
    return found


@cache
def _states() -> frozenset[str]:
    return frozenset(form for each in world() for form in each.forms)


def _side(words: str, parties: Sequence[Entity]) -> str:
    """The party that a label names: one of those known, or else whatever the label says."""
    exact = next((each.name for each in parties if words in each.forms), None)
    if exact:
        return exact
    likely = max(parties, key=lambda each: max(likeness(words, form) for form in each.forms), default=None)
    return likely.name if likely and max(likeness(words, form) for form in likely.forms) >= 0.7 else words


def _names(text: str, at: int) -> list[tuple[str, str, int, int]]:
    titled: list[tuple[str, str, int, int]] = []
    plain: list[tuple[str, str, int, int]] = []
    fresh = True
    for found in _NAME.finditer(text, at):
        name = found["name"]
        title = title_of(found["title"], bool(found["stop"]))[0] if found["title"] else ""
        if name.lower() in FUNCTION | IMPERSONAL or title_of(name, False)[0] or (name.isupper() and len(name) < 4):
            continue
        entry = (name, title, found.start("name"), found.end("name"))
        if title:
            titled.append(entry)
        elif fresh or not plain or re.search(r"[,;\t]|  ", text[plain[-1][3] : entry[2]]):
            plain.append(entry)
        else:
            plain[-1] = entry
        fresh = False
    return titled or plain
