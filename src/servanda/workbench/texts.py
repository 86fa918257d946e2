"""The texts of sources as pages show them: where they are at hand, and what is quoted from them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from servanda.load.quotes import source_text
from servanda.model.commitments import Citation, Commitment
from servanda.model.record import Act
from servanda.sources import Anchoring, Place, SourceText

from .sight import Sight


class Taken(msgspec.Struct, frozen=True):
    """What the case takes from a source: the citation, and the act or the commitment that rests on it.

    `place` is where its words stand, None where they are not found, not quoted, or the text is not at hand.
    """

    citation: Citation
    by: Act | Commitment
    place: Place | None = None

    @property
    def quote(self) -> str:
        """The words quoted, empty where there are none."""
        return "" if self.citation.quote is None else self.citation.quote.value


def text_of(sight: Sight, name: str) -> SourceText | None:
    """The text of a source, or None where it is not at hand."""
    desk = sight.desk

    def reading() -> SourceText | None:
        return source_text(
            sight.record, desk.folder, name, sources=desk.sources, allow_outside=desk.allow_outside
        )  # fmt: skip

    return sight.kept_of_files("text", name, make=reading)


def taken_from(sight: Sight, name: str) -> list[Taken]:
    """All that the case takes from a source, in the order of its text; what has no place there comes last."""
    return sight.kept_of_files("taken", make=lambda: _taken(sight)).get(name, [])


def _taken(sight: Sight) -> dict[str, list[Taken]]:
    """The same for all sources."""
    places = {each.citation.span: each.place for each in sight.copy.loaded.quotes.anchors}
    found: dict[str, list[Taken]] = {}
    for citation, by in _citations(sight):
        found.setdefault(citation.source.name, []).append(Taken(citation, by, places.get(citation.span)))
    for taken in found.values():
        taken.sort(key=lambda each: (each.place is None, each.place.start if each.place is not None else 0))
    return found


def _citations(sight: Sight) -> Iterator[tuple[Citation, Act | Commitment]]:
    for commitment in sight.record.commitments.values():
        for citation in commitment.clauses.under:
            yield citation, commitment
    for act in sight.record.acts:
        for citation in act.citations:
            yield citation, act
        if act.version is not None:
            for citation in act.version.clauses.under:
                yield citation, act


def anchoring(sight: Sight, name: str, quote: str) -> Anchoring:
    """Where a quote stands in a text at hand, or what comes nearest to it."""
    text = text_of(sight, name)
    if text is None:
        return Anchoring(None)
    return sight.kept_of_files("anchor", name, quote, make=lambda: text.anchor(quote))
