"""What a reader makes of a document: its lines, names and statements, each with its place and how sure it is."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from .english import FUNCTION

Kind = Literal["stamp", "header", "participants", "body", "list-item", "noise", "blank"]
StatementType = Literal[
    "claims-fulfilled", "claims-unfulfilled", "disputes", "protests", "proposes", "rejects", "offers", "asks",
    "threatens",
]  # fmt: skip
NameType = Literal["person", "state", "organisation", "place", "instrument"]

#: Of how many words on a text tells its language, and which share of English hold sentences together.
_TO_TELL, _ENGLISH = 15, 0.05


class Participant(msgspec.Struct, frozen=True):
    """Somebody at the table: the name, whom they speak for, and the line of the heading that names them, if any."""

    name: str
    party: str | None = None
    line: int | None = None


class Turn(msgspec.Struct, frozen=True):
    """Somebody begins to speak within a line: from which character on, and who."""

    start: int
    speaker: str


class Line(msgspec.Struct, frozen=True):
    """One line of the document as it stands, what it is, and who speaks in it. Lines and pages count from 1.

    Where several speak in it, `speaker` is the one of them it is most likely by, and `turns` tells them apart.
    """

    line: int
    kind: Kind
    page: int
    paragraph: int | None
    speaker: str
    confidence: float
    text: str
    turns: tuple[Turn, ...] = ()


class Name(msgspec.Struct, frozen=True):
    """Somebody or something named: characters `start` up to `end` of a line, and who is meant."""

    line: int
    start: int
    end: int
    surface: str
    canonical: str
    type: NameType
    confidence: float


class Statement(msgspec.Struct, frozen=True):
    """What somebody said in a few lines, of which type, for whom, with a short quote and what one might write of it."""

    line_start: int
    line_end: int
    speaker: str
    party: str
    type: StatementType
    text: str
    quote: str
    modality: str
    bound: str | None
    confidence: float
    #: Directives of the language that one might write of it, the nearest first; the last is always a `states`.
    suggests: tuple[str, ...] = ()
    review: Literal["", "accepted", "dropped"] = ""


class Item(msgspec.Struct, frozen=True):
    """One item of a numbered list: which list, the number printed, the number in its order, and its words."""

    list: int
    line: int
    start: int
    end: int
    printed: str
    number: int
    text: str


class Date(msgspec.Struct, frozen=True):
    """A date in the text, as it is printed and as it is meant."""

    line: int
    start: int
    end: int
    surface: str
    iso: str
    confidence: float


class Repair(msgspec.Struct, frozen=True):
    """A correction that is offered and never made: what stands there, and how it may have been meant.

    Where nothing is suggested, the words may be left out.
    """

    line: int
    start: int
    end: int
    surface: str
    kind: Literal["displaced insertion", "repeated word", "repeated line", "misnumbered", "struck over"]
    suggestion: str


class Transcript(msgspec.Struct, frozen=True):
    """A document read: every line of it, and what was made of them. Nothing in it is part of a record."""

    schema_version: Literal[1]
    lines: tuple[Line, ...]
    names: tuple[Name, ...]
    statements: tuple[Statement, ...]
    participants: tuple[Participant, ...]
    items: tuple[Item, ...]
    dates: tuple[Date, ...]
    repairs: tuple[Repair, ...]
    dated: str | None
    #: The name of the document's file, what it is called as a source, and whether that is one of a case at hand.
    file: str
    source: str
    in_case: bool


def in_english(transcript: Transcript) -> bool:
    """Whether enough words of a document are English, the one language that is read, or it has too few to tell."""
    words = [word for line in transcript.lines for word in re.findall(r"[^\W\d_]+", line.text.lower())]
    return len(words) < _TO_TELL or sum(word in FUNCTION for word in words) >= _ENGLISH * len(words)


def render(transcript: Transcript) -> str:
    """The document again, every line as it came in."""
    return "\n".join(line.text for line in transcript.lines)
