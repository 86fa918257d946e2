"""The pages of the workbench, in the order of the bar. Each has a module and a template of its name.

A module has `answer(sight)`, which gives what its template shows.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import msgspec

from servanda.workbench.sight import Sight


class Page(msgspec.Struct, frozen=True):
    """A page: its name in addresses, what links to it are called, and how it is reached.

    `key` is the letter behind `g`. `about` pages are about one thing, which their address names. `dated` says whether
    the page hangs on the date and readings at all, `filters` whether it takes the filter.
    """

    name: str
    label: str
    key: str = ""
    about: bool = False
    dated: bool = True
    filters: bool = False
    more: bool = False
    live: bool = False
    #: What can be taken from the page as a file, on a server: a name each, behind the page's own address.
    files: tuple[str, ...] = ()

    def answer(self, sight: Sight) -> dict[str, Any]:
        """What the template of this page shows."""
        module = import_module(f"{__name__}.{self.name}")
        found: Callable[[Sight], dict[str, Any]] = module.answer
        return found(sight)

    def file(self, sight: Sight, name: str) -> tuple[str, bytes]:
        """What one of its `files` holds, with its kind before it: `file(sight, name)` of the page's module."""
        module = import_module(f"{__name__}.{self.name}")
        found: Callable[[Sight, str], tuple[str, bytes]] = module.file
        return found(sight, name)


#: `more` pages stand behind the others; `live` pages need a server, and are left out of an export.
PAGES = {
    page.name: page
    for page in (
        Page("standing", "Standing", "s", filters=True),
        Page("timeline", "Timeline", "t"),
        Page("deadlines", "Deadlines", "l", filters=True, files=("deadlines.ics",)),
        Page("record", "Record", "r", filters=True),
        Page("commitment", "Commitment", about=True),
        Page("party", "Party", about=True),
        Page("query", "Query", "q", more=True, live=True, files=("answer.csv", "answer.json", "answer.parquet")),
    )
}
