"""Sources: what the case is taken from; one of them with its damaged words, its quotes, and who speaks in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import msgspec

from servanda.model.declarations import Source
from servanda.model.record import Act
from servanda.sources import Anchoring, SourceText
from servanda.sources.reading.transcript import Name, Transcript
from servanda.workbench.readings import Readings
from servanda.workbench.sight import NoSuchThing, Sight
from servanda.workbench.texts import Taken, anchoring, taken_from, text_of

#: What the filter of the list can ask for.
KEYS = ("by", "to", "party", "channel", "quotes")
#: So many lines of a text stand on one page.
PER_PAGE = 2_000
#: Below this confidence, a speaker is a question.
SURE = 0.8


class Entry(msgspec.Struct, frozen=True):
    """A source in the list: what is taken from it, and what became of the quotes."""

    source: Source
    at_hand: bool
    taken: int
    anchored: int
    orphans: int


class Piece(msgspec.Struct, frozen=True):
    """Some letters of a line: the quotes they belong to, by number; the numbers that end here; how they are read."""

    text: str
    quotes: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    read_as: str = ""


class Line(msgspec.Struct, frozen=True):
    """A line of a source: its number, its pieces, its kind, and who speaks in it where that changes."""

    number: int
    pieces: tuple[Piece, ...]
    kind: str = "body"
    speaker: str = ""
    party: str = ""
    confidence: float = 1.0
    new_speaker: bool = False


def answer(sight: Sight) -> dict[str, Any]:
    """The list of sources, or one of them."""
    if sight.key is None:
        fits = sight.filter_by(KEYS).fits
        entries = [each for each in map(partial(entry, sight), sight.record.sources.values()) if fits(*facets(each))]
        return {"title": "What the record is taken from", "entries": entries, "source": None}
    source = sight.record.sources.get(sight.key)
    if source is None:
        raise NoSuchThing.called(sight.key, "source", sight.record.sources)
    taken = taken_from(sight, source.name)
    text = text_of(sight, source.name)
    placed = [each for each in taken if each.place is not None]
    orphans = [(each, anchoring(sight, source.name, each.quote)) for each in taken if each.quote and each.place is None]
    found: dict[str, Any] = {
        "title": source.title or source.name,
        "source": source,
        "text": text,
        "placed": placed,
        "orphans": orphans if text is not None else [],
        "unchecked": [each for each, _ in orphans] if text is None else [],
        "bare": [each for each in taken if not each.quote],
        "in_view": sight.sees,
        "lines": [],
        "pending": False,
        "sure": SURE,
        "page": 1,
        "pages_of_lines": 1,
        "read_otherwise": 0,
        "line_of": None,
        "nearest": nearest,
        "is_act": lambda by: isinstance(by, Act),
    }
    if text is not None:
        found |= of_text(sight, text, placed)
    return found


def entry(sight: Sight, source: Source) -> Entry:
    """What a list says of a source."""
    taken = taken_from(sight, source.name)
    at_hand = text_of(sight, source.name) is not None
    anchored = sum(each.place is not None for each in taken)
    orphans = sum(bool(each.quote) and each.place is None for each in taken) if at_hand else 0
    return Entry(source, at_hand, len(taken), anchored, orphans)


def facets(found: Entry) -> tuple[dict[str, set[str]], str]:
    """What a source can be asked for, and the words that are looked through."""
    source = found.source
    by, to = ({ref.name.lower() for ref in refs} for refs in (source.by, source.to))
    channels = {ref.name.lower() for ref in source.via} or {"public"}
    quotes = {"at-hand" if found.at_hand else "not-at-hand", *(["not-found"] if found.orphans else [])}
    named = {"by": by, "to": to, "party": by | to, "channel": channels, "quotes": quotes}
    return named, f"{source.name} {source.title}".lower()


def of_text(sight: Sight, text: SourceText, placed: list[Taken]) -> dict[str, Any]:
    """What a page shows of a text at hand: one page of its lines."""
    words = text.text.splitlines()
    page, pages, _ = sight.paged(words, PER_PAGE)
    transcript = sight.desk.readings.of(sight.record, text.text, wait=not sight.links.live)
    first = (page - 1) * PER_PAGE
    return {
        "lines": list(lines_of(text.text, placed, transcript, first, first + PER_PAGE)),
        "pending": Readings.pending(transcript, text.text),
        "page": page,
        "pages_of_lines": pages,
        "read_otherwise": sum(misread(each) for each in transcript.names) if transcript is not None else 0,
        "line_of": text.line_of,
    }


def misread(name: Name) -> bool:
    """Whether a name is spelled otherwise than whoever it means."""
    return name.type == "person" and name.surface.casefold() not in name.canonical.casefold()


def lines_of(text: str, placed: list[Taken], transcript: Transcript | None, first: int, last: int) -> Iterator[Line]:
    """Lines of a text, cut where quotes and misread names begin and end."""
    names: dict[int, list[Name]] = {}
    parties: dict[str, str] = {}
    if transcript is not None:
        parties = {each.name: each.party or "" for each in transcript.participants}
        for name in transcript.names:
            names.setdefault(name.line, []).append(name)
    start, before = 0, ""
    for number, words in enumerate(text.splitlines(keepends=True), 1):
        end = start + len(words)
        if first < number <= last:
            shown = words.rstrip("\r\n")
            pieces = tuple(pieces_of(shown, start, placed, names.get(number, [])))
            line = Line(number, pieces, "body" if shown.strip() else "blank")
            if transcript is not None and number <= len(transcript.lines):
                read = transcript.lines[number - 1]
                speaker = "" if read.speaker == "none" else read.speaker
                line = Line(number, pieces, read.kind, speaker, parties.get(speaker, ""), read.confidence,
                            bool(speaker) and speaker != before)  # fmt: skip
                before = speaker or before
            yield line
        start = end


def pieces_of(words: str, start: int, placed: list[Taken], names: Iterable[Name]) -> Iterator[Piece]:
    """The pieces of one line, whose first letter is the text's letter `start`."""
    end = start + len(words)
    here = [
        (number, each.place.start - start, each.place.end - start)
        for number, each in enumerate(placed, 1)
        if each.place is not None and each.place.start < end and each.place.end > start
    ]
    misread_here = [each for each in names if misread(each)]
    cuts = {0, len(words)}
    for _, begin, stop in here:
        cuts |= {max(0, begin), min(len(words), stop)}
    for each in misread_here:
        cuts |= {min(each.start, len(words)), min(each.end, len(words))}
    places = sorted(cuts)
    for begin, stop in itertools.pairwise(places):
        inside = [each for each in here if each[1] <= begin and stop <= each[2]]
        name = next((each for each in misread_here if each.start <= begin and stop <= each.end), None)
        yield Piece(
            words[begin:stop],
            tuple(number for number, _, _ in inside),
            tuple(number for number, _, end_at in inside if end_at == stop),
            tuple(number for number, begin_at, _ in inside if begin_at == begin or (begin_at < 0 and begin == 0)),
            f"{name.canonical}, {name.confidence:.2f} sure" if name is not None else "",
        )


def nearest(found: Anchoring, text: SourceText) -> str:
    """What comes nearest to a quote that is not there, in words."""
    place = found.nearest
    if place is None:
        return "nothing in the text comes near it"
    return (
        f"nearest, line {text.line_of(place)}, {place.likeness:.0%} alike: “{text.words_at(place)}”; {found.objection}"
    )
