"""Which articles, or numbered paragraphs, of a source no commitment rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from servanda.model.commitments import Citation, Clauses
from servanda.sources import SourceText

#: The beginning of an article or a numbered paragraph: at the margin, or behind a few blanks.
_NUMBERED = re.compile(
    r"^[ \t]{0,8}(?:(?P<word>article|art\.?|section|§+|paragraph)[ \t]*)?(?P<number>\d{1,3}(?:\.\d{1,3})*)"
    r"(?P<end>[.):]|(?=[ \t]|$))",
    re.IGNORECASE | re.MULTILINE,
)
_PLACE = re.compile(r"^(?:art|par|sec|§)?(?P<number>\d+(?:\.\d+)*)$")


class Part(msgspec.Struct, frozen=True):
    """An article or numbered paragraph: its number, its first line and how that begins, and what rests on it."""

    number: str
    line: int
    begins: str
    commitments: tuple[str, ...]


class Coverage(msgspec.Struct, frozen=True):
    """The parts of a source in their order. `unplaced` rest on it at no place that could be found."""

    source: str
    parts: tuple[Part, ...]
    unplaced: tuple[str, ...]

    @property
    def bare(self) -> tuple[Part, ...]:
        """The parts that no commitment rests on."""
        return tuple(part for part in self.parts if not part.commitments)


def coverage(clauses: Iterable[tuple[str, Clauses]], source: str, text: SourceText) -> Coverage:
    """Which parts of a source commitments rest on, by the place that they name or the words that they quote.

    `clauses` are all versions of all commitments.
    """
    starts = list(_starts(text.text))
    edges = [start for start, _ in starts]
    resting: dict[int, dict[str, None]] = {}
    unplaced: dict[str, None] = {}
    for name, version in clauses:
        for citation in version.under:
            if citation.source.name != source:
                continue
            found = [*_by_place(citation, starts), *_by_words(citation, edges, text)]
            for at in found:
                resting.setdefault(at, {})[name] = None
            if not found:
                unplaced[name] = None
    for at, (_, number) in enumerate(starts):
        if at not in resting:  # what rests on a paragraph rests on the article that it is in
            inner = [here for here, (_, other) in enumerate(starts) if other.startswith(f"{number}.")]
            resting[at] = {name: None for here in inner for name in resting.get(here, ())}
    lines = text.text.splitlines()
    parts = []
    for at, (start, number) in enumerate(starts):
        line = text.text.count("\n", 0, start) + 1
        parts.append(Part(number, line, _short(lines[line - 1]), tuple(resting.get(at, ()))))
    placed = {name for those in resting.values() for name in those}
    return Coverage(source, tuple(parts), tuple(name for name in unplaced if name not in placed))


def _starts(text: str) -> Iterator[tuple[int, str]]:
    """Where numbered parts begin. A bare number counts as one if it goes on from the number before.

    Without a point or bracket behind it, that takes two numbers: `2.1` behind `1.4`, `2` or `2.0`, `2.2` behind `2.1`.
    """
    last = within = 0
    for found in _NUMBERED.finditer(text):
        whole, *inner = (int(each) for each in found["number"].split("."))
        first = inner[0] if inner else 0
        if found["end"]:
            goes_on = whole == last + 1 or (whole == last and bool(inner))
        elif len(inner) > 1:
            goes_on = (whole, first) == (last, within)
        else:
            goes_on = (whole == last and first == within + 1) or (whole > last and first == 1)
        if found["word"] or goes_on:
            last, within = whole, first
            yield found.start("number"), found["number"]


def _by_place(citation: Citation, starts: list[tuple[int, str]]) -> Iterator[int]:
    """The parts that a citation names: `art5` is all of article 5, `art5.2` the part, or the article it is in."""
    for place in citation.places:
        named = _PLACE.match(place.name)
        if named is None:
            continue
        wanted = named["number"]
        exact = [at for at, (_, number) in enumerate(starts) if number == wanted or number.startswith(f"{wanted}.")]
        outer = [at for at, (_, number) in enumerate(starts) if wanted.startswith(f"{number}.")]
        yield from exact or outer[-1:]


def _by_words(citation: Citation, edges: list[int], text: SourceText) -> Iterator[int]:
    if citation.quote is not None:
        place = text.find(citation.quote.value)
        before = [at for at, start in enumerate(edges) if place is not None and start <= place.start]
        yield from before[-1:]


def _short(line: str) -> str:
    words = " ".join(line.split())
    return words if len(words) <= 70 else f"{words[:70].rpartition(' ')[0]} …"
