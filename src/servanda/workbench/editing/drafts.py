"""Drafts judged before they are saved: what is wrong in them, what could stand where somebody writes, their layout."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from servanda.diagnostics import CODES, Diagnostic
from servanda.load import Loaded, load, source_text
from servanda.load.fitting_names import kinds_that_fit
from servanda.load.quotes import quotes_of
from servanda.model.case import Case, Declared
from servanda.text import format_tree, parse
from servanda.text.fitting import fitting
from servanda.text.syntax import Declaration
from servanda.text.words import NORMS, STATE_WORDS, UNITS, VERB_OF
from servanda.workbench.desk import Desk

#: How many diagnostics and names are told at once.
_MOST = 200
_MOST_NAMES = 2_000
#: How much of a source is shown around a quote, in characters to each side.
_AROUND = 320
_DATE = re.compile(r"^~?(\d{4}-\d\d-\d\d)", re.MULTILINE)


class Mend(msgspec.Struct, frozen=True):
    """A change that would mend something: put `replacement` between two places."""

    start: int = msgspec.field(name="from")
    to: int = 0
    replacement: str = ""


class Finding(msgspec.Struct, frozen=True):
    """A diagnostic as the editor shows it; of a file that is not open, `path` says which, and the place is none."""

    start: int = msgspec.field(name="from")
    to: int
    line: int
    code: str
    severity: str
    message: str
    label: str
    next: str
    path: str = ""
    fix: Mend | None = None


class Cited(msgspec.Struct, frozen=True):
    """A citation of the open file and the passage around its quote, where the text of its source is at hand."""

    start: int = msgspec.field(name="from")
    to: int
    title: str
    place: str
    found: bool = False
    before: str = ""
    words: str = ""
    after: str = ""
    source: str = ""
    line: int = 0


class Checked(msgspec.Struct, frozen=True):
    """All there is to say about a draft, as the case would be with it."""

    sum: str
    diagnostics: tuple[Finding, ...]
    elsewhere: tuple[Finding, ...]
    citations: tuple[Cited, ...]


class Option(msgspec.Struct, frozen=True):
    """A word that could stand at a place: a name with what it stands for, or a word of the language."""

    label: str
    type: str
    detail: str = ""


def loaded_with(desk: Desk, place: Path, text: str) -> Loaded:
    """The case as it would be, were this the text of one of its files."""
    return load(
        desk.path, sources=desk.sources, allow_outside=desk.allow_outside, drafts={place: text.encode(errors="replace")}
    )


def checked(desk: Desk, place: Path, text: str) -> Checked:
    """What is to be said about a draft of the file that lies at `place`."""
    loaded = loaded_with(desk, place, text)
    here = os.path.realpath(place)
    files = {file.path for file in loaded.case.files if os.path.realpath(file.path) == here}
    found: Iterable[Diagnostic] = loaded.diagnostics
    if not files:  # a file that the case does not take in is judged by itself
        tree = parse(text, str(place))
        files, found = {tree.file.path}, tree.diagnostics
    counted = _in_editor(text)
    own = [each for each in found if each.span.file.path in files]
    others = [each for each in found if each.span.file.path not in files]
    return Checked(
        _sum(own, others),
        tuple(_finding(each, counted, desk.folder) for each in own[:_MOST]),
        tuple(_finding(each, counted, desk.folder, elsewhere=True) for each in others[:_MOST]),
        tuple(_citations(loaded, desk, files, counted)),
    )


def _sum(own: list[Diagnostic], others: list[Diagnostic]) -> str:
    def counts(found: list[Diagnostic]) -> str:
        numbers = {name: sum(each.severity == name for each in found) for name in ("error", "warning", "note")}
        return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in numbers.items() if count)

    return f"{counts(own) or 'Nothing to say'} in this file; {counts(others) or 'nothing'} in the others."


def _in_editor(text: str) -> Callable[[int], int]:
    """Places as the editor counts them: there a character beyond U+FFFF is two."""
    wide = [at for at, character in enumerate(text) if character > "\uffff"] if not text.isascii() else []
    return lambda at: at + bisect_right(wide, at - 1)


def _finding(each: Diagnostic, counted: Callable[[int], int], folder: Path, *, elsewhere: bool = False) -> Finding:
    fix = None
    if each.fix is not None and each.fix.span.file.path == each.span.file.path and not elsewhere:
        fix = Mend(counted(each.fix.span.start), counted(each.fix.span.end), each.fix.replacement)
    start, end = (0, 0) if elsewhere else (counted(each.span.start), counted(each.span.end))
    path = os.path.relpath(each.span.file.path, folder) if elsewhere else ""
    label = each.label.replace(f"{folder}{os.sep}", "")
    return Finding(
        start, end, each.span.line, each.code, each.severity, each.message, label, CODES[each.code].remedy, path, fix
    )


# ── quote beside text ───────────────────────────────────────────────────────────────────────────────────────────


def _citations(loaded: Loaded, desk: Desk, files: set[str], counted: Callable[[int], int]) -> Iterator[Cited]:
    case = loaded.case
    places = {id(each.citation): each for each in loaded.quotes.anchors}
    not_found = {id(each) for each in loaded.quotes.not_found}
    texts: dict[str, str | None] = {}
    for citation, _ in quotes_of(case):
        if citation.span.file.path not in files:
            continue
        name = citation.source.name
        source = case.sources.get(name)
        title = f"{name} · {source.title}" if source is not None and source.title else name
        start, end = counted(citation.span.start), counted(citation.span.end)
        anchor = places.get(id(citation))
        if anchor is None:
            why = "These words are not found there." if id(citation) in not_found else "Its text is not at hand."
            yield Cited(start, end, title, why, source=name)
            continue
        if name not in texts:
            text = source_text(case, desk.folder, name, sources=desk.sources, allow_outside=desk.allow_outside)
            texts[name] = None if text is None else text.text
        whole = texts[name] or ""
        first, last = anchor.place.start, anchor.place.end
        before, after = whole[max(0, first - _AROUND) : first], whole[last : last + _AROUND]
        if first > _AROUND:  # what is cut begins and ends with a whole word
            before = "… " + before.lstrip().partition(" ")[2]
        if last + _AROUND < len(whole):
            after = after.rstrip().rpartition(" ")[0] + " …"
        damaged = ", through damage" if anchor.place.found == "fuzzy" else ""
        yield Cited(
            start, end, title, f"Line {anchor.line}{damaged}.", True,
            before, whole[first:last], after, name, anchor.line,
        )  # fmt: skip


# ── completion ──────────────────────────────────────────────────────────────────────────────────────────────────


def completed(case: Case, text: str, at: int) -> tuple[Option, ...]:
    """What could stand at a place of a draft, counted as the editor counts: names first, then words of the language."""
    at = len(text.encode("utf-16-le", "surrogatepass")[: 2 * at].decode("utf-16-le", "ignore"))
    found = fitting(text, at)
    options: list[Option] = []
    if found.name:
        kinds = kinds_that_fit(case, text, at)
        options += [Option(name, "name", f"{kind} {title}".strip())
                    for name, (kind, title) in _names(case, text).items() if kind in kinds][:_MOST_NAMES]  # fmt: skip
    if found.date:
        earlier = [match.group(1) for match in _DATE.finditer(text, 0, at)]
        if earlier:
            options.append(Option(earlier[-1], "date", "the date above"))
    options += [Option(word, _kind_of_word(word)) for word in sorted(found.words, key=_order)]
    return tuple(options)


def _names(case: Case, text: str) -> dict[str, tuple[str, str]]:
    """The names of the case and those that the draft declares, each with its kind and title."""
    rooms: tuple[Mapping[str, Declared], ...] = (
        case.parties, case.bodies, case.persons, case.commitments, case.matters, case.means, case.sources, case.terms,
        case.items, case.events, case.channels,
    )  # fmt: skip
    names = {
        name: (str(getattr(each, "kind", type(each).__name__.lower())), each.title)
        for room in rooms
        for name, each in room.items()
    }
    for each in parse(text).directives:
        if isinstance(each, Declaration) and each.name is not None:
            names[each.name.name] = (each.kind, each.title.value if each.title else "")
    return names


def _kind_of_word(word: str) -> str:
    if word in VERB_OF:
        return "verb"
    return "state" if word in STATE_WORDS else "unit" if word in UNITS else "word"


def _order(word: str) -> tuple[int, str]:
    """Verbs in the singular and what is owed come first."""
    plural = word in VERB_OF and VERB_OF[word] != word
    return (2 if plural else 0 if word in NORMS else 1, word)


# ── layout ──────────────────────────────────────────────────────────────────────────────────────────────────────


def laid_out(text: str, path: str = "-") -> str | None:
    """The text in the agreed layout; None where lines of it cannot be read."""
    tree = parse(text, path)
    return None if any(each.severity == "error" for each in tree.diagnostics) else format_tree(tree)
