"""The pages of a case as files, which open from a disk without a server, for people without the tool.

Each day with an act has a folder of its own, with the same pages as on a server; what hangs on no date lies beside. The
pages are found by their links: what a page leads to is written, too, and what cannot be had as a file is no link.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec

from servanda.api.errors import ServandaError

from .asked import asked_of
from .desk import Copy, Desk
from .links import STATIC, Change
from .pages import PAGES
from .render import page_html, part_html
from .sight import NoSuchThing, Sight

#: What lies in an export and says what is in it.
MANIFEST = "servanda-export.json"
#: What only a server needs.
_LIVE = frozenset({"editor.js", "htmx.js", "islands.json"})
#: The address of what is not in an export, until it is taken out of the page.
_NOWHERE = "about:nothing"
_TO_NOWHERE = re.compile(rf'\s(?:xlink:)?href="{_NOWHERE}(?:#[^"]*)?"')
#: Names that files can have everywhere; everything else in a key is written in other letters.
_PLAIN = re.compile(r"[A-Za-z0-9.-]")
_LONGEST = 80
_TAKEN = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


class Target(msgspec.Struct, frozen=True):
    """A page as a file: its name, what it is about or asked, its day where it hangs on one, and which of its parts."""

    name: str
    key: str | None
    day: str | None
    part: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """What an export says of itself: of which case and state of its record, which days and files."""

    case: str
    record: str
    days: tuple[str, ...]
    files: tuple[str, ...]


class Names:
    """The names of files: each target has its own, also where a disk does not tell capitals from small letters."""

    def __init__(self) -> None:
        self._of: dict[Target, str] = {}
        self._taken: set[str] = set()

    def of(self, target: Target) -> str:
        """The path of a page, from the folder of the export."""
        found = self._of.get(target)
        if found is None:
            base = self._base(target)
            found, number = f"{base}.html", 2
            while found.casefold() in self._taken:
                found, number = f"{base}~{number}.html", number + 1
            self._taken.add(found.casefold())
            self._of[target] = found
        return found

    @staticmethod
    def _base(target: Target) -> str:
        parts = [part for part in (target.day, target.name) if part is not None]
        if target.key is not None:
            parts.append(_plain(target.key))
        return "/".join(parts) + (f"~part{_plain(target.part)}" if target.part else "")


def _plain(key: str) -> str:
    """A key as the name of a file: what is not plain becomes `_` and the numbers of its bytes."""
    words = "".join(each if _PLAIN.match(each) else f"_{each.encode(errors='replace').hex()}" for each in key)
    if len(words) > _LONGEST or words.partition(".")[0].lower() in _TAKEN or words[:1] in ("", "."):
        words = f"_{words[:_LONGEST]}~{hashlib.sha256(key.encode(errors='replace')).hexdigest()[:8]}"
    return words


class FileLinks:
    """Addresses of files beside one another, as the file at `path` names them, whose page is of that `day`.

    `want` is told of each page that it leads to.
    """

    live = False

    def __init__(
        self, path: str, day: str | None, names: Names, days: tuple[str, ...], want: Callable[[Target], None]
    ) -> None:
        self._folder = posixpath.dirname(path) or "."
        self._day = day
        self._names = names
        self._days = days
        self._want = want

    def page(self, name: str, key: str | None = None, /, *, to: str | None = None, **changes: Change) -> str:
        """See `Links.page`: a file, or nowhere, if another view is asked for than an export has."""
        page = PAGES.get(name)
        day = changes.pop("at", self._day) or self._days[-1]
        part = changes.pop("page", None)
        if page is not None and page.by:
            asked = changes.pop(page.by, None)
            values = [asked] if isinstance(asked, str) else [*(asked or ())]
            key, changes[page.by] = next(iter(values), None), values[1:] or None
        other = any(value is not None for value in changes.values())
        if page is None or page.live or other or day not in self._days or (page.about and key is None):
            return _NOWHERE
        first = part is None or part == "1"
        target = Target(name, key, str(day) if page.dated else None, "" if first else str(part))
        self._want(target)
        return self._from_here(self._names.of(target)) + (f"#{quote(to, safe='')}" if to else "")

    def static(self, path: str) -> str:
        """See `Links.static`."""
        return self._from_here(f"static/{path}")

    def _from_here(self, path: str) -> str:
        return quote(posixpath.relpath(path, self._folder))


class Export:
    """A case on its way into a folder. Going through it writes one file at each step, and gives its path and size.

    `days` are those of which there are pages, in their order; there is at least one.
    """

    def __init__(self, desk: Desk, folder: Path, days: tuple[str, ...]) -> None:
        self._desk = desk
        self._copy: Copy = desk.copy()
        self._folder = folder
        self._days = days
        self._names = Names()
        self._waiting: dict[str, list[Target]] = {day: [] for day in days}
        self._known: set[Target] = set()
        self._sight: tuple[str, Sight] | None = None

    @property
    def ahead(self) -> int:
        """How many pages are known that are not written yet."""
        return sum(map(len, self._waiting.values()))

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Write the files, the one that says what is in it last."""
        files = []
        for path, size in self._files():
            files.append(path)
            yield path, size
        told = Manifest(self._copy.case.title, self._copy.hash, self._days, tuple(files))
        yield MANIFEST, self._write(MANIFEST, msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")

    def _files(self) -> Iterator[tuple[str, int]]:
        for file in sorted(STATIC.rglob("*")):
            if file.is_file() and file.name not in _LIVE:
                path = f"static/{file.relative_to(STATIC).as_posix()}"
                yield path, self._write(path, file.read_bytes())
        for name, page in PAGES.items():
            for day in self._days:
                if not page.live and not page.about:
                    self._want(Target(name, None, day if page.dated else None))
        while self.ahead:
            day = next(day for day in reversed(self._days) if self._waiting[day])
            target = self._waiting[day].pop()
            path = self._names.of(target)
            yield path, self._write(path, self._html(target, self._at(day)).encode(errors="replace"))
        yield "index.html", self._write("index.html", self._index().encode(errors="replace"))

    def _want(self, target: Target) -> None:
        if target not in self._known:
            self._known.add(target)
            self._waiting[target.day or self._days[-1]].append(target)

    def _at(self, day: str) -> Sight:
        """What is seen on a day; kept while pages of that day are written."""
        if self._sight is None or self._sight[0] != day:
            asked = asked_of(self._copy.case, [("at", day)], datetime.date.fromisoformat(day))
            self._sight = day, Sight(self._desk, self._copy, asked, self._links("index.html", day), {})
        return self._sight[1]

    def _links(self, path: str, day: str | None) -> FileLinks:
        return FileLinks(path, day, self._names, self._days, self._want)

    def _html(self, target: Target, sight: Sight) -> str:
        with self._desk.lock:
            return self._page(target, sight)

    def _page(self, target: Target, sight: Sight) -> str:
        sight.links = self._links(self._names.of(target), target.day)
        page = PAGES[target.name]
        asked = target.key if page.by else None
        sight.key = None if page.by else target.key
        sight.more = {name: value for name, value in (("page", target.part), (page.by, asked)) if value}
        sight.pairs = tuple(sight.more.items())
        sight.slips = []
        try:
            html = page_html(page, sight, sight.key)
        except (NoSuchThing, ServandaError) as why:
            html = part_html("error.html", sight, title="Not to be had", why=str(why))
        return _TO_NOWHERE.sub("", html)

    def _index(self) -> str:
        sight = self._at(self._days[-1])
        sight.links = self._links("index.html", None)
        return part_html("index.html", sight, days=[datetime.date.fromisoformat(day) for day in self._days])

    def _write(self, path: str, data: bytes) -> int:
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_symlink():
            file.unlink()  # nothing is written through a link to elsewhere
        file.write_bytes(data)
        return len(data)


def days_of(desk: Desk, first: datetime.date | None, last: datetime.date | None) -> tuple[str, ...]:
    """The days with an act between two dates; without any, the last of the two, or the date on which pages open."""
    copy = desk.copy()
    asked = asked_of(copy.case, [], last or datetime.date.max)
    sight = Sight(desk, copy, asked, FileLinks("index.html", None, Names(), (), lambda _: None), {})
    found = [day for day in sight.acts_per_day if (first is None or day >= first) and (last is None or day <= last)]
    return tuple(map(str, found or [last or first or asked.day]))


def clear(folder: Path) -> int:
    """Take away what an earlier export wrote into a folder, and nothing else; how many files that were."""
    try:
        told = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return 0
    count = 0
    for path in (*told.files, MANIFEST):
        parts = path.split("/")
        file = folder / path
        within = all(part not in ("", ".", "..") for part in parts) and os.path.realpath(file.parent).startswith(
            os.path.realpath(folder)
        )
        if within and file.is_file() and not file.is_symlink():
            file.unlink()
            count += 1
    return count
