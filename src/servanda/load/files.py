"""From a path to syntax trees: reading files and their includes, within bounds."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.model.span import NOWHERE, File, Span
from servanda.text import Tree, parse
from servanda.text.syntax import Include

#: The root file of a case folder.
ROOT = "case.pacta"
#: How many bytes of text a case may have, all its files together: some 600,000 lines.
MOST_BYTES = 32 * 1024 * 1024


class CaseFiles:
    """Reads the files of a case, each at most once. `trees` are in the order of reading, includes in their place."""

    def __init__(self, folder: Path, *, allow_outside: bool = False) -> None:
        self.folder = folder
        self.allow_outside = allow_outside
        self.trees: list[Tree] = []
        self.diagnostics: list[Diagnostic] = []
        self._seen: dict[str, Span] = {}
        self._open: list[str] = []
        self._left = MOST_BYTES

    def read_root(self, path: Path, shown: str) -> None:
        """Read the root file and what it includes; `shown` is the name that diagnostics give it."""
        nowhere = Span(File(shown, ""), 0, 0)
        text = self._text(path, shown, nowhere)
        if text is not None:
            self._enter(os.path.realpath(path), text, shown, nowhere)

    def read_text(self, text: str, shown: str) -> None:
        """Take a text as the root file."""
        self._enter("", text, shown, Span(File(shown, ""), 0, 0))

    def _enter(self, real: str, text: str, shown: str, span: Span) -> None:
        self._seen[real] = span
        self._open.append(real)
        tree = parse(text, shown)
        at = len(self.trees)
        self.trees.append(tree)
        if "\ufffd" in text:
            self._blame_bytes(at)
        for directive in tree.directives:
            if isinstance(directive, Include):
                self._include(directive)
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
        self.trees[at] = Tree(tree.file, tree.directives, kept, tree.unread)

    def _include(self, include: Include) -> None:
        written = include.path.value
        path = self.resolve(written, include.path.span)
        if path is None:
            return
        real = os.path.realpath(path)
        if real in self._open:
            self._report("include-loop", include.path.span, path=written)
            return
        if real in self._seen:
            related = (Related(self._seen[real], "included here first"),) if self._seen[real] is not NOWHERE else ()
            self.diagnostics.append(diagnostic("include-twice", include.path.span, related=related, path=written))
            return
        if len(self._open) > 50:
            self._report("include-loop", include.path.span, path=written)
            return
        shown = os.path.normpath(path)
        text = self._text(path, shown, include.path.span)
        if text is not None:
            self._enter(real, text, shown, include.path.span)

    def resolve(self, written: str, span: Span, *folders: Path) -> Path | None:
        """The path meant by what is written in a case, from the case folder or the first of `folders` that has it.

        None, and a diagnostic, where it leads out of them and `allow_outside` was not given.
        """
        if not written or "\0" in written:
            self._report("empty-path", span)
            return None
        candidates = [(folder, folder / written) for folder in (self.folder, *folders)]
        home, path = next(((home, path) for home, path in candidates if path.exists()), candidates[0])
        if not self.allow_outside:
            real, root = os.path.realpath(path), os.path.realpath(home)
            if os.path.isabs(written) or os.path.commonpath([real, root]) != root:
                self._report("path-outside", span, path=written)
                return None
        return path

    def _text(self, path: Path, shown: str, span: Span) -> str | None:
        """The text of a file, or None and a diagnostic."""
        data = self.read_bytes(path, shown, span)
        if data is None:
            return None
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("utf-8", errors="replace")
            self._not_utf8(File(shown, text.removeprefix("\ufeff")))
            return text

    def _not_utf8(self, file: File) -> None:
        last_line, at = 0, file.text.find("\ufffd")
        for _ in range(20):
            if at < 0:
                break
            span = Span(file, at, at + 1)
            if span.line != last_line:
                self._report("not-utf8", span)
            last_line = span.line
            at = file.text.find("\ufffd", at + 1)

    def read_bytes(self, path: Path, shown: str, span: Span, most: int | None = None) -> bytes | None:
        """What a file holds, up to the bound; None, and a diagnostic, where it cannot be had."""
        limit = self._left if most is None else most
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                self._report("not-a-file", span, path=shown)
                return None
            with path.open("rb") as file:
                data = file.read(limit + 1) if status.st_size <= limit else None
        except FileNotFoundError:
            self._report("missing-file", span, path=shown)
            return None
        except (OSError, ValueError) as reason:
            said = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
            self._report("unreadable-file", span, path=shown, reason=said.lower())
            return None
        if data is None or len(data) > limit:
            self._report("too-large", span, path=shown, most=f"{MOST_BYTES // 1024 // 1024} MiB")
            return None
        if most is None:
            self._left -= len(data)
        return data

    def _report(self, code: str, span: Span, **values: object) -> None:
        self.diagnostics.append(diagnostic(code, span, **values))  # type: ignore[arg-type]
