"""The case that lies open: read from its folder, read again when its files change."""

from __future__ import annotations

import datetime
import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from servanda.api.case import Case
from servanda.api.loading import Loaded, load
from servanda.load.files import ROOT
from servanda.standing.chronicle import Placed, placed


class Copy(msgspec.Struct, frozen=True, dict=True):
    """One state of a case's files: what was read, the last sound case, and a hash of all the text.

    `case` is what questions are asked of: this state where it has no errors, else the last one that had none, and then
    `behind` is true. `number` counts the states that were read.
    """

    loaded: Loaded
    case: Case
    hash: str
    number: int
    behind: bool = False

    @property
    def mark(self) -> str:
        """The first letters of the hash, enough to tell two states of a record apart."""
        return self.hash[:10]

    @cached_property
    def chronicle(self) -> tuple[Placed, ...]:
        """The acts of the record with their places, in the order of time."""
        return placed(self.case, self.case.acts)

    @cached_property
    def worked_out(self) -> dict[object, set[datetime.date]]:
        """The days of which it was worked out what changed, by the view: to ask for them again costs little."""
        return {}

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each act in the record, counted from 1, by the act's identity."""
        return {id(act): number for number, act in enumerate(self.case.acts, start=1)}


class Desk:
    """A case folder that stays open. `copy()` is its present state; what was answered of a state is kept with it."""

    def __init__(self, path: str | Path, *, sources: str | Path | None = None, allow_outside: bool = False) -> None:
        self.path = Path(path)
        self.sources = sources
        self.allow_outside = allow_outside
        #: Questions to one case share what they work out, so they take turns.
        self.lock = threading.RLock()
        self._copy: Copy | None = None
        self._seen: object = None

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

    def text_of(self, path: str) -> str | None:
        """The text of one file of the case, by the path that its spans give; None where the case has no such file."""
        return next((file.text for file in self.copy().loaded.case.files if file.path == path), None)

    def _read(self, before: Copy | None) -> Copy:
        loaded = load(self.path, sources=self.sources, allow_outside=self.allow_outside)
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
