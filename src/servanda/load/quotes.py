"""Quotes of a case held against the texts of its sources, where those are at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.model.case import Case
from servanda.model.commitments import Citation
from servanda.model.declarations import Text
from servanda.model.span import File, Span
from servanda.model.walk import acts_of
from servanda.sources import Anchoring, Place, SourceText

from .files import MOST_BYTES, CaseFiles

#: How many bytes of the texts of sources are read, all together.
_MOST_BYTES = 4 * MOST_BYTES
#: How many characters are searched for damaged quotes, all together: those of one text count once for each quote.
_MOST_SEARCHED = 400_000_000
#: How like a passage has to be to be worth naming.
_NEAR = 0.5


class Anchor(msgspec.Struct, frozen=True):
    """A quote, and where its words stand in the text of its source: the line, counted from 1, and the words around."""

    citation: Citation
    place: Place
    line: int
    passage: str


class Quotes(msgspec.Struct, frozen=True):
    """What became of the quotes of a case: anchored, not found, or unchecked since their text is not at hand."""

    anchors: tuple[Anchor, ...] = ()
    not_found: tuple[Citation, ...] = ()
    unchecked: int = 0


def quotes_of(case: Case) -> Iterator[tuple[Citation, Text]]:
    """All citations of a case that quote words, with the words."""
    for commitment in case.commitments.values():
        for citation in commitment.clauses.under:
            if citation.quote is not None:
                yield citation, citation.quote
    for act in acts_of(case):
        for citation in act.citations:
            if citation.quote is not None:
                yield citation, citation.quote
        if act.version is not None:
            for citation in act.version.clauses.under:
                if citation.quote is not None:
                    yield citation, citation.quote


def check_quotes(
    case: Case, files: CaseFiles, sources: Path | None, torn: frozenset[str]
) -> tuple[Quotes, list[Diagnostic]]:
    """Look every quote up in the text of its source; texts are read from the case folder or from `sources`.

    Of sources that are `torn`, a line could not be read: it may be the one that names the file.
    """
    texts = _Texts(case, files, sources)
    anchors: list[Anchor] = []
    not_found: list[Citation] = []
    unchecked: set[str] = set()
    unchecked_count = 0
    found: list[Diagnostic] = []
    for citation, quote in quotes_of(case):
        name = citation.source.name
        text = texts.of(name)
        if text is None:
            unchecked_count += 1
            if name in case.sources and name not in torn:
                unchecked.add(name)
            continue
        anchored = texts.anchored(text, quote.value)
        place = anchored.place
        if place is None:
            not_found.append(citation)
            label = _nearest(text, anchored)
            found.append(diagnostic("quote-not-found", quote.span, source=name, quote=quote.value, label=label))
        else:
            anchors.append(Anchor(citation, place, text.line_of(place), text.passage(place)))
            if place.found == "fuzzy":
                found.append(
                    diagnostic(
                        "quote-damaged", quote.span, source=name, line=text.line_of(place),
                        words=text.words_at(place), likeness=f"{place.likeness:.2f}",
                    )
                )  # fmt: skip
    if unchecked:
        whole = File(case.files[0].path if case.files else "", "")
        found.append(
            diagnostic(
                "texts-not-at-hand", Span(whole, 0, 0),
                quotes="1 quote" if unchecked_count == 1 else f"{unchecked_count} quotes",
                sources="1 source" if len(unchecked) == 1 else f"{len(unchecked)} sources",
            )
        )  # fmt: skip
    return Quotes(tuple(anchors), tuple(not_found), unchecked_count), found


def source_text(
    case: Case, folder: str | Path, name: str, *, sources: str | Path | None = None, allow_outside: bool = False
) -> SourceText | None:
    """The text of a source of a case in a folder, or None where it is not at hand."""
    files = CaseFiles(Path(folder), allow_outside=allow_outside)
    return _Texts(case, files, Path(sources) if sources is not None else None).of(name)


def _nearest(text: SourceText, anchored: Anchoring) -> str:
    """The passage that comes nearest to a quote, for whoever looks for the right words."""
    near = anchored.nearest
    if near is None or near.likeness < _NEAR:
        return ""
    return f"nearest, on line {text.line_of(near)}: `{text.words_at(near)}`; {anchored.objection}"


class _Texts:
    """The texts of the sources of a case, each file read once, all together within a bound."""

    def __init__(self, case: Case, files: CaseFiles, sources: Path | None) -> None:
        self.case = case
        self.files = files
        self.folders = [sources] if sources else []
        self._by_name: dict[str, SourceText | None] = {}
        self._by_path: dict[Path, SourceText | None] = {}
        self._left = _MOST_BYTES
        self._searched = 0

    def of(self, name: str) -> SourceText | None:
        """The text of a source, or None where it is not at hand."""
        if name not in self._by_name:
            self._by_name[name] = self._read(name)
        return self._by_name[name]

    def anchored(self, text: SourceText, quote: str) -> Anchoring:
        """Where a quote stands in a text; through damage it is looked for as long as that is bounded."""
        place = text.find(quote)
        if place is not None:
            return Anchoring(place)
        self._searched += len(text.text)
        return text.anchor(quote) if self._searched <= _MOST_SEARCHED else Anchoring(None)

    def _read(self, name: str) -> SourceText | None:
        source = self.case.sources.get(name)
        if source is None or source.file is None:
            return None
        path = self.files.resolve(source.file.value, source.file.span, *self.folders)
        if path is None or not os.path.exists(path):
            return None
        if path not in self._by_path:
            data = self.files.read_bytes(path, source.file.value, source.file.span, min(self._left, MOST_BYTES))
            self._left -= len(data or b"")
            self._by_path[path] = None if data is None else SourceText(data.decode("utf-8", errors="replace"))
        return self._by_path[path]
