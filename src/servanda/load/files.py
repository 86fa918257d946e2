"""From a path to syntax trees: reading files and their includes, within bounds."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.model.span import NOWHERE, File, Span
from servanda.text import Tree, parse
from servanda.text.syntax import Directive, Include

#: The root file of a case folder.
ROOT = "case.pacta"
#: How many bytes and lines of text a case may have, all its files together.
MOST_BYTES = 16 * 1024 * 1024
MOST_LINES = 500_000
#: The same, in words.
MOST = f"{MOST_BYTES // 1024 // 1024} MiB and {MOST_LINES:,} lines"
#: Of how many lines it is said that they are no text; of the others, what the words on them come to.
_MOST_BLAMED = 20
#: What makes a file the root of a case, and in how many bytes of it that is looked for.
_CASE_LINE = re.compile(rb"^(\xef\xbb\xbf)?case\s", re.MULTILINE)
_ENOUGH = 64 * 1024


class CaseFiles:
    """Reads the files of a case, each at most once.

    `trees` are in the order of reading; `directives` in the order of the text, what is included in its include's place.
    `drafts` are read in place of what the files hold; `before` are the files as they were read last, by their real
    paths, of which `parse` takes what stands as it stood.
    """

    def __init__(
        self,
        folder: Path,
        *,
        allow_outside: bool = False,
        drafts: Mapping[Path, bytes] = MappingProxyType({}),
        before: Mapping[str, Tree] = MappingProxyType({}),
    ) -> None:
        self.folder = folder
        self.allow_outside = allow_outside
        self._drafts = {os.path.realpath(path): data for path, data in drafts.items()}
        self.trees: list[Tree] = []
        self.directives: list[Directive] = []
        self.diagnostics: list[Diagnostic] = []
        self.by_path: dict[str, Tree] = {}
        self._before = before
        self._seen: dict[str, Span] = {}
        self._open: list[str] = []
        self._asked: dict[str, str] = {}
        self._bytes_left = MOST_BYTES
        self._lines_left = MOST_LINES

    def read_root(self, path: Path, shown: str) -> None:
        """Read the root file and what it includes; `shown` is the name that diagnostics give it."""
        nowhere = Span(File(shown, ""), 0, 0)
        text = self._text(path, shown, nowhere)
        if text is not None:
            self._enter(os.path.realpath(path), text, shown, nowhere)
        if path.name == ROOT:
            self._asked[os.path.realpath(path)] = str(path)
            if not self.diagnostics:  # else an include of it may be what went wrong
                self.diagnostics += self._left_out(nowhere)

    def read_data(self, data: bytes, shown: str) -> None:
        """Take a text, as its bytes, as the root file."""
        nowhere = Span(File(shown, ""), 0, 0)
        text = self._decoded(data, shown, nowhere)
        if text is not None:
            self._enter("", text, shown, nowhere)

    def _enter(self, real: str, text: str, shown: str, span: Span) -> None:
        self._seen[real] = span
        self._open.append(real)
        tree = self.by_path[real] = parse(text, shown, self._before.get(real))
        at = len(self.trees)
        self.trees.append(tree)
        if "\ufffd" in text:
            self._blame_bytes(at)
        for directive in tree.directives:
            if isinstance(directive, Include):
                self._include(directive)
            else:
                self.directives.append(directive)
        self._open.pop()

    def _blame_bytes(self, at: int) -> None:
        """Where bytes were no text, say that, and nothing else about their lines."""
        tree = self.trees[at]
        lines = {
            each.span.line
            for each in self.diagnostics
            if each.code == "not-utf8" and each.span.file.path == tree.file.path
        }
        kept = tuple(each for each in tree.diagnostics if each.span.line not in lines)
        self.trees[at] = msgspec.structs.replace(tree, diagnostics=kept)

    def _include(self, include: Include) -> None:
        written = include.path.value
        path = self.resolve(written, include.path.span)
        if path is None:
            return
        real = os.path.realpath(path)
        self._asked[real] = os.path.normpath(path)
        if real in self._open:
            why = "it would include itself"
            self._report("include-loop", include.path.span, path=written, why=why)
            return
        if real in self._seen:
            related = (Related(self._seen[real], "included here first"),) if self._seen[real] is not NOWHERE else ()
            self.diagnostics.append(diagnostic("include-twice", include.path.span, related=related, path=written))
            return
        if len(self._open) > 50:
            self._report("include-loop", include.path.span, path=written, why="that is more than 50 files deep")
            return
        shown = shown_as(os.path.normpath(path))
        text = self._text(path, shown, include.path.span)
        if text is not None:
            self._enter(real, text, shown, include.path.span)

    def _left_out(self, root: Span) -> Iterator[Diagnostic]:
        """Files of the language beside those that are taken in. Where another case lies there, they may be of that."""
        for folder in dict.fromkeys(os.path.dirname(path) for path in self._asked.values()):
            names = sorted(name for name in _names_in(folder) if name.endswith(".pacta"))
            paths = [os.path.join(folder, name) for name in names]
            left = [path for path in paths if os.path.isfile(path) and os.path.realpath(path) not in self._asked]
            if not any(_begins_a_case(path) for path in left):
                for path in left:
                    within = os.path.relpath(path, self.folder)
                    yield diagnostic("not-included", root, path=shown_as(within))

    def resolve(self, written: str, span: Span, *folders: Path) -> Path | None:
        """The path meant by what is written in a case, from the case folder or the first of `folders` that has it.

        None, and a diagnostic, where it leads out of them and `allow_outside` was not given.
        """
        if not _can_be_path(written):
            self._report("empty-path", span)
            return None
        candidates = [(folder, folder / written) for folder in (self.folder, *folders)]
        home, path = next(((home, path) for home, path in candidates if os.path.exists(path)), candidates[0])
        if not self.allow_outside:
            real, root = os.path.realpath(path), os.path.realpath(home)
            if os.path.isabs(written) or os.path.commonpath([real, root]) != root:
                self._report("path-outside", span, path=written)
                return None
        return path

    def _text(self, path: Path, shown: str, span: Span) -> str | None:
        """The text of a file, or None and a diagnostic."""
        data = self.read_bytes(path, shown, span, self._bytes_left)
        return None if data is None else self._decoded(data, shown, span)

    def _decoded(self, data: bytes, shown: str, span: Span) -> str | None:
        lines = data.count(b"\n")
        if len(data) > self._bytes_left or lines > self._lines_left:
            self._report("too-large", span, path=shown, most=MOST)
            return None
        self._bytes_left -= len(data)
        self._lines_left -= lines
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("utf-8", errors="replace")
            self._not_utf8(File(shown, text.removeprefix("\ufeff")))
            return text

    def _not_utf8(self, file: File) -> None:
        at = file.text.find("\ufffd")
        for _ in range(_MOST_BLAMED):
            if at < 0:
                break
            self._report("not-utf8", Span(file, at, at + 1))
            end = file.text.find("\n", at)
            at = file.text.find("\ufffd", end) if end >= 0 else -1

    def is_file(self, path: Path, shown: str, span: Span) -> bool:
        """Whether a plain file is there; a diagnostic where it is not."""
        try:
            mode = path.stat().st_mode
            if stat.S_ISREG(mode):
                return True
            what = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
            self._report("not-a-file", span, path=shown, what=what)
        except (FileNotFoundError, NotADirectoryError):
            self._report("missing-file", span, path=shown)
        except (OSError, ValueError) as reason:
            self._report("unreadable-file", span, path=shown, reason=_why(reason))
        return False

    def read_bytes(self, path: Path, shown: str, span: Span, most: int) -> bytes | None:
        """What a file holds; None, and a diagnostic, where it cannot be had or has more than `most` bytes."""
        draft = self._drafts.get(os.path.realpath(path)) if self._drafts else None
        if draft is None and not self.is_file(path, shown, span):
            return None
        try:
            data = _held(path, most) if draft is None else draft
        except (OSError, ValueError) as reason:
            self._report("unreadable-file", span, path=shown, reason=_why(reason))
            return None
        if data is None or len(data) > most:
            self._report("too-large", span, path=shown, most=MOST)
            return None
        return data

    def _report(self, code: str, span: Span, **values: object) -> None:
        self.diagnostics.append(diagnostic(code, span, **values))  # type: ignore[arg-type]


def _held(path: Path, most: int) -> bytes | None:
    """What a file holds; None where it is larger than `most` bytes; one more, where it grew."""
    with path.open("rb") as file:
        # A sparse file can be of any size: it is not even begun.
        return file.read(most + 1) if os.fstat(file.fileno()).st_size <= most else None


def shown_as(path: str | Path) -> str:
    """A path as it is told to people and programs; bytes in it that are no text stand as `?`."""
    return str(path).encode(errors="replace").decode()


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")
    except OSError:
        return []


def _begins_a_case(path: str) -> bool:
    """Whether a file is the root of a case; one that cannot be read may be."""
    try:
        with open(path, "rb") as file:
            return _CASE_LINE.search(file.read(_ENOUGH)) is not None
    except OSError:
        return True


def _can_be_path(written: str) -> bool:
    try:
        return bool(written) and b"\0" not in os.fsencode(written)
    except UnicodeEncodeError:
        return False


def _why(reason: OSError | ValueError) -> str:
    said = reason.strerror if isinstance(reason, OSError) else None
    return (said or str(reason)).lower()
