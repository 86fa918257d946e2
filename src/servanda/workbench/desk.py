"""The case that lies open: read from its folder, read again when its files change."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from servanda.api.case import Case, after, case_of
from servanda.api.loading import Loaded, load
from servanda.load.files import ROOT
from servanda.load.loader import Kept
from servanda.model.record import Act

from .editing.files import CaseFolder
from .readings import Readings


class Copy(msgspec.Struct, frozen=True):
    """One state of a case's files: what was read, the last sound case, and a hash of all the text.

    `case` is what questions are asked of: this state where it has no errors, else the last one that had none, and then
    `behind` is true. `number` counts the states that were read; `kept` is what was worked out of this one.
    """

    loaded: Loaded
    case: Case
    hash: str
    number: int
    behind: bool = False
    kept: dict[Hashable, Any] = msgspec.field(default_factory=dict)

    @property
    def mark(self) -> str:
        """The first letters of the hash, enough to tell two states of a record apart."""
        return self.hash[:10]

    def for_plans(self, lines: tuple[str, ...], supposed: tuple[Act, ...]) -> Case:
        """The same case, with the acts that are supposed in these lines, for plans alone: it shares nothing.

        Others may be answered meanwhile; see `Desk.plans`.
        """
        key = "for plans", lines
        if key not in self.kept:
            case = case_of(self.case)
            self.kept[key] = case.with_acts(supposed) if supposed else case
        found: Case = self.kept[key]
        return found


class Desk:
    """A case folder that stays open. `copy()` is its present state; what was answered of a state is kept with it."""

    def __init__(self, path: str | Path, *, sources: str | Path | None = None, allow_outside: bool = False) -> None:
        self.path = Path(path)
        self.sources = sources
        self.allow_outside = allow_outside
        #: Questions to one case share what they work out, so they take turns.
        self.lock = threading.RLock()
        #: Who makes plans and looks for ways out has this lock instead, and asks what `Copy.for_plans` gives.
        self.plans = threading.Lock()
        #: The files, for whoever writes them.
        self.files = CaseFolder(self.folder)
        self._copy: Copy | None = None
        self._seen: object = None
        self._kept = Kept()
        #: Transcripts of sources: they outlast a change of the case's files.
        self.readings = Readings()

    @contextmanager
    def meanwhile(self) -> Iterator[None]:
        """Let others ask while something is worked out that needs the case no longer; whoever calls has the lock."""
        self.lock.release()
        try:
            yield
        finally:
            self.lock.acquire()

    @property
    def folder(self) -> Path:
        """The folder that the case's files lie in."""
        return self.path if os.path.isdir(self.path) else self.path.parent

    @property
    def root(self) -> Path:
        """The file that a case begins with."""
        return self.path / ROOT if os.path.isdir(self.path) else self.path

    @property
    def slug(self) -> str:
        """What the case is called in addresses: its folder, or its file where that is named otherwise."""
        name = self.folder.resolve().name if self.root.name == ROOT else self.root.stem
        return "".join(each if each.isalnum() or each in "-_." else "-" for each in name).strip(".") or "case"

    def copy(self) -> Copy:
        """The present state of the case; read anew if a file has changed since."""
        with self.lock:
            seen = tuple(self._stamps())
            if self._copy is None or seen != self._seen:
                self._copy = self._read(self._copy)
                self._seen = tuple(self._stamps())
            return self._copy

    def _read(self, before: Copy | None) -> Copy:
        loaded = load(self.path, sources=self.sources, allow_outside=self.allow_outside, kept=self._kept)
        if before is not None and loaded.ok:
            after(loaded.case, before.case)
        digest = hashlib.sha256()
        for file in loaded.case.files:
            digest.update(f"{file.path}\0{len(file.text)}\0{file.text}".encode(errors="replace"))
        number = 1 if before is None else before.number + 1
        if loaded.ok or before is None:
            return Copy(loaded, loaded.case, digest.hexdigest(), number, not loaded.ok)
        return Copy(loaded, before.case, digest.hexdigest(), number, behind=True)

    def _stamps(self) -> Iterator[tuple[str, int, int]]:
        """When each file was last written, and how long it is."""
        paths: Iterable[str] = (os.fspath(self.root),)
        if self._copy is not None:
            paths = dict.fromkeys([*paths, *(self._on_disk(file.path) for file in self._copy.loaded.case.files)])
        for path in paths:
            try:
                stat = os.stat(path)
            except OSError:
                yield path, 0, -1
            else:
                yield path, stat.st_mtime_ns, stat.st_size

    def _on_disk(self, shown: str) -> str:
        return shown if os.path.exists(shown) else os.path.join(self.folder, shown)
