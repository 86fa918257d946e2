"""Quotes of a case held against the texts of its sources, where those are at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.model.case import Case
from servanda.model.commitments import Citation
from servanda.model.declarations import Text
from servanda.model.span import NOWHERE
from servanda.sources import Place, SourceText

from .files import CaseFiles


class Anchor(msgspec.Struct, frozen=True):
    """A quote, and where its words stand in the text of its source."""

    citation: Citation
    place: Place


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
    acts = [*case.acts, *(act for scenario in case.scenarios for act in scenario.acts)]
    for act in acts:
        for citation in act.citations:
            if citation.quote is not None:
                yield citation, citation.quote
        if act.version is not None:
            for citation in act.version.clauses.under:
                if citation.quote is not None:
                    yield citation, citation.quote


def check_quotes(case: Case, files: CaseFiles, sources: Path | None) -> tuple[Quotes, list[Diagnostic]]:
    """Look every quote up in the text of its source; texts are read from the case folder or from `sources`."""
    texts: dict[str, SourceText | None] = {}
    anchors: list[Anchor] = []
    not_found: list[Citation] = []
    unchecked: set[str] = set()
    unchecked_count = 0
    found: list[Diagnostic] = []
    for citation, quote in quotes_of(case):
        name = citation.source.name
        if name not in texts:
            texts[name] = _text(case, name, files, sources)
        text = texts[name]
        if text is None:
            unchecked_count += 1
            unchecked.add(name)
            continue
        place = text.find(quote.value)
        if place is None:
            not_found.append(citation)
            found.append(diagnostic("quote-not-found", quote.span, source=name, quote=quote.value))
        else:
            anchors.append(Anchor(citation, place))
    if unchecked:
        span = case.files[0] if case.files else None
        found.append(
            diagnostic(
                "texts-not-at-hand", NOWHERE if span is None else msgspec.structs.replace(NOWHERE, file=span),
                quotes="1 quote" if unchecked_count == 1 else f"{unchecked_count} quotes",
                sources="1 source" if len(unchecked) == 1 else f"{len(unchecked)} sources",
            )
        )  # fmt: skip
    return Quotes(tuple(anchors), tuple(not_found), unchecked_count), found


def _text(case: Case, name: str, files: CaseFiles, sources: Path | None) -> SourceText | None:
    source = case.sources.get(name)
    if source is None or source.file is None:
        return None
    path = files.resolve(source.file.value, source.file.span, *([sources] if sources else []))
    if path is None or not path.exists():
        return None
    data = files.read_bytes(path, source.file.value, source.file.span, most=32 * 1024 * 1024)
    return None if data is None else SourceText(data.decode("utf-8", errors="replace"))
