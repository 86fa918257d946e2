"""Addresses of pages: those that a server gives, and those of files that lie beside one another."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from .asked import Asked

#: The files that all pages share.
STATIC = Path(str(files("servanda.workbench") / "static"))

Change = str | Iterable[str] | None


class Links(Protocol):
    """How a page names others. A page's templates make every address through this, and none by hand."""

    #: Whether there is a server that answers: without one, there are no forms, no partial swaps and no writing.
    live: bool

    def page(self, name: str, key: str | None = None, /, *, to: str | None = None, **changes: Change) -> str:
        """A page in the view asked for, with some names of the view changed; `key` is the thing that it is about.

        `to` is a place on that page.
        """
        ...

    def static(self, path: str) -> str:
        """A file that all pages share: style, script, fonts."""
        ...


class LiveLinks:
    """Addresses on a server: `/cuba-1962/standing?at=1962-11-15#remove-bombers`."""

    live = True

    def __init__(self, slug: str, asked: Asked, build: str) -> None:
        self._base = "/" + quote(slug, safe="")
        self._asked = asked
        self._build = build

    def page(self, name: str, key: str | None = None, /, *, to: str | None = None, **changes: Change) -> str:
        """See `Links.page`."""
        path = f"{self._base}/{name}" + ("" if key is None else "/" + quote(key, safe=""))
        query = self._asked.query(**changes)
        return path + (f"?{query}" if query else "") + (f"#{quote(to, safe='')}" if to else "")

    def static(self, path: str) -> str:
        """See `Links.static`; what is built anew has another address, so that it may be kept for long."""
        return f"/static/{path}?{self._build}"
