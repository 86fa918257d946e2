"""The files of a case folder: listed, read, and saved in one step, unless somebody else changed them meanwhile."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

import msgspec

from servanda.load.files import MOST_BYTES

if sys.platform != "win32":
    import fcntl

SUFFIX = ".pacta"
_MOST_FILES = 1_000
_DEEPEST = 8
#: So many writes can be taken back, the last first.
_MOST_TAKEN_BACK = 20


class Refused(Exception):
    """What cannot be read or written, in words for whoever asked."""


class Held(msgspec.Struct, frozen=True):
    """What a file holds: its text with plain line ends, and the hash of its very bytes, by which a save is guarded."""

    path: str
    text: str
    hash: str
    crlf: bool = False


class Conflict(msgspec.Struct, frozen=True):
    """A save that was not made: the file holds something else than the text that was edited."""

    there: Held


class Undo(msgspec.Struct, frozen=True):
    """A write of a file: what it held before, and the hash of what was written."""

    path: str
    before: bytes
    hash: str


class CaseFolder:
    """The case files of a folder. Paths are relative to it, with `/` between their parts.

    A path that is absolute, climbs with `..`, leads through a link, or names no case file is refused.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._written: deque[Undo] = deque(maxlen=_MOST_TAKEN_BACK)

    @property
    def last(self) -> Undo | None:
        """The last write that was made here and not taken back."""
        return self._written[-1] if self._written else None

    def files(self) -> list[str]:
        """The case files below the folder, by path; hidden ones and links are left out."""
        return sorted(self._found(self.folder, ""))[:_MOST_FILES]

    def _found(self, folder: Path, before: str, depth: int = 0) -> Iterator[str]:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.is_symlink():
                    continue
                if entry.is_dir() and depth < _DEEPEST:
                    yield from self._found(Path(entry.path), f"{before}{entry.name}/", depth + 1)
                elif entry.is_file() and entry.name.endswith(SUFFIX):
                    yield f"{before}{entry.name}"

    def on_disk(self, path: str) -> Path:
        """Where a case file lies. Raises `Refused` where the path leads elsewhere, or to something else."""
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or "\\" in path or "\0" in path:
            raise Refused(f"`{path}` is no path of a file of this case")
        if any(part.startswith(".") for part in parts) or not path.endswith(SUFFIX):  # `..` among them
            raise Refused(f"`{path}` is no case file: their names end in `{SUFFIX}`")
        place = self.folder
        for part in parts:
            place = place / part
            if place.is_symlink():
                raise Refused(f"`{path}` is a link, or lies behind one: it may lead out of the case folder")
        try:
            mode = place.stat().st_mode
        except (OSError, ValueError):
            raise Refused(f"this case has no file `{path}`") from None
        if not stat.S_ISREG(mode):
            raise Refused(f"`{path}` is no plain file")
        return place

    def read(self, path: str) -> Held:
        """What a file holds now. Raises `Refused`."""
        return _held(path, self._bytes(self.on_disk(path)))

    def _bytes(self, place: Path) -> bytes:
        try:
            if place.stat().st_size > MOST_BYTES:
                raise Refused(f"`{place.name}` is larger than {MOST_BYTES // 1024 // 1024} MiB")
            return place.read_bytes()
        except OSError as why:
            raise Refused(f"`{place.name}` cannot be read: {_words(why)}") from None

    def save(self, path: str, text: str, was: str) -> Held | Conflict:
        """Put a text in the place of the one that has the hash `was`; what else stands there stays, and is told.

        The file holds the old text or the new, never half, even where this program is ended meanwhile. Raises
        `Refused`.
        """
        place = self.on_disk(path)
        with self._alone():
            before = self._bytes(place)
            there = _held(path, before)
            if there.hash != was:
                return Conflict(there)
            plain = text.replace("\r\n", "\n").replace("\r", "\n")
            if plain and not plain.endswith("\n"):
                plain += "\n"
            try:
                data = (plain.replace("\n", "\r\n") if there.crlf else plain).encode()
            except UnicodeEncodeError:
                raise Refused("there are characters in the text that no file can hold") from None
            if len(data) > MOST_BYTES:
                raise Refused(f"a case has at most {MOST_BYTES // 1024 // 1024} MiB of text; nothing was saved")
            if data == before:
                return there
            _replace(place, data)
            saved = _held(path, data)
            self._written.append(Undo(path, before, saved.hash))
            return saved

    def take_back(self, path: str, written: str) -> Held | Conflict:
        """Undo the last write, of this file, if nothing else was written since; then the one before is the last.

        Raises `Refused`.
        """
        place = self.on_disk(path)
        with self._alone():
            last = self.last
            if last is None or (last.path, last.hash) != (path, written):
                raise Refused("only the last change that was made here can be taken back")
            there = _held(path, self._bytes(place))
            if there.hash != written:
                return Conflict(there)
            _replace(place, last.before)
            self._written.pop()
            return _held(path, last.before)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While this lasts nobody else saves in the folder: neither here nor in another workbench on this machine."""
        with self._lock:
            if sys.platform == "win32":  # without advisory locks only editors of this server take turns
                yield
                return
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX)
                yield
            finally:
                os.close(folder)


def _held(path: str, data: bytes) -> Held:
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Refused(f"`{path}` is no text in UTF-8") from None
    crlf = text.count("\r\n") * 2 > text.count("\n") > 0
    return Held(path, text.replace("\r\n", "\n"), hashlib.sha256(data).hexdigest(), crlf)


def _replace(place: Path, data: bytes) -> None:
    """Write a file in one step: a new one beside it, on disk before it takes the name."""
    temporary: str | None = None
    try:
        mode = stat.S_IMODE(place.stat().st_mode)
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, place)
        temporary = None
        _settle(place.parent)
    except OSError as why:
        raise Refused(f"`{place.name}` cannot be written: {_words(why)}; it is as it was") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """See to it that the new name is on disk, where folders can be asked for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _words(why: OSError) -> str:
    return (why.strerror or str(why)).lower()
