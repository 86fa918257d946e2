"""From a path to a case: read, parse, look up, check."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.model.case import Case
from servanda.model.record import Act
from servanda.model.span import File, Span
from servanda.text import Tree

from .case_from_syntax import case_from_syntax
from .checks import check
from .files import ROOT, CaseFiles, shown_as
from .namespace import reserved_once
from .quotes import Quotes, check_quotes
from .tables import TableReader


class Kept:
    """What is kept of a case from one reading of its files to the next: their trees, by real path, and the acts.

    An act that stands as it stood is then the same act, so that what was worked out from it still holds.
    """

    def __init__(self) -> None:
        self.trees: dict[str, Tree] = {}
        self.acts: dict[Act, Act] = {}


class Loaded(msgspec.Struct, frozen=True):
    """A case as far as it could be read, and all there is to say about its text.

    The case is there even where diagnostics are errors: it holds what could be read.
    """

    case: Case
    diagnostics: tuple[Diagnostic, ...]
    quotes: Quotes = Quotes()

    @property
    def ok(self) -> bool:
        """Whether the text has no errors."""
        return not any(each.severity == "error" for each in self.diagnostics)


def load(
    path: str | Path,
    *,
    sources: str | Path | None = None,
    allow_outside: bool = False,
    drafts: Mapping[Path, bytes] = MappingProxyType({}),
    kept: Kept | None = None,
) -> Loaded:
    """Read a case from its folder, or from its root file.

    `sources` is a folder with the texts of sources, where they do not lie in the case folder. Unless `allow_outside`,
    nothing is read from outside these two. `drafts` are read in place of what the files hold. With what was `kept` of
    an earlier reading, only lines that changed are read; places in what came of that are those of the new text from
    then on. Problems are in the result's diagnostics; nothing is raised for them.
    """
    path = Path(path)
    folder = os.path.isdir(path)
    root = path / ROOT if folder else path
    files = CaseFiles(
        root.parent, allow_outside=allow_outside, drafts=drafts, before={} if kept is None else kept.trees
    )
    if folder and not os.path.exists(root):
        missing = diagnostic("no-root-file", Span(File(shown_as(path), ""), 0, 0), folder=shown_as(path), root=ROOT)
        return Loaded(Case(), (missing,))
    files.read_root(root, shown_as(root))
    return _loaded(files, Path(sources) if sources is not None else None, kept)


def load_text(
    text: str | bytes,
    shown: str = "-",
    *,
    folder: str | Path = ".",
    sources: str | Path | None = None,
    allow_outside: bool = False,
) -> Loaded:
    """Read a case from a text, or from its bytes in UTF-8; what it includes is looked for in `folder`.

    `shown` is the name that diagnostics give the text.
    """
    files = CaseFiles(Path(folder), allow_outside=allow_outside)
    files.read_data(text.encode(errors="replace") if isinstance(text, str) else text, shown)
    return _loaded(files, Path(sources) if sources is not None else None)


def _loaded(files: CaseFiles, sources: Path | None, kept: Kept | None = None) -> Loaded:
    built = case_from_syntax(files.trees, files.directives)
    case = built.case
    found = [each for tree in files.trees for each in tree.diagnostics]
    if built.tables:
        tables = TableReader(built.names, built.arguments, files)
        rows = [act for events in built.tables for act in tables.acts(events, sources)]
        case = msgspec.structs.replace(case, acts=(*case.acts, *rows))
        built = msgspec.structs.replace(built, case=case)
        found += tables.diagnostics
    if kept is not None:
        case = msgspec.structs.replace(case, acts=tuple([kept.acts.get(act, act) for act in case.acts]))
        built = msgspec.structs.replace(built, case=case)
        kept.trees, kept.acts = files.by_path, dict(zip(case.acts, case.acts, strict=True))
    quotes, about_quotes = check_quotes(case, files, sources, built.torn)
    found += [*built.diagnostics, *built.names.report(), *check(built), *about_quotes, *files.diagnostics]
    return Loaded(case, _in_order(found, files), quotes)


def _in_order(found: list[Diagnostic], files: CaseFiles) -> tuple[Diagnostic, ...]:
    order = {tree.file.path: at for at, tree in enumerate(files.trees)}
    placed = sorted(found, key=lambda each: (order.get(each.span.file.path, -1), each.span.start, each.code))
    return tuple(reserved_once(placed))
