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
    the page hangs on the date and readings at all; `filters`, whether what it lists can be filtered. A `styled` page
    has a script that brings styles. `own` are the names of an address that a change of the view keeps, alone or before
    a colon; `fields` says that the page itself has the fields for them.
    """

    name: str
    label: str
    key: str = ""
    about: bool = False
    dated: bool = True
    filters: bool = False
    more: bool = False
    live: bool = False
    styled: bool = False
    own: tuple[str, ...] = ()
    fields: bool = False
    #: What can be taken from the page as a file, on a server: a name each, behind the page's own address.
    files: tuple[str, ...] = ()
    #: The name of an address of which an export has a page for each value that one leads to.
    by: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """What its filter can ask for, before a colon: `KEYS` of the page's module."""
        found: tuple[str, ...] = import_module(f"{__name__}.{self.name}").KEYS if self.filters else ()
        return found

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


#: What the page of ways out is asked beyond the view; the last three are values, each behind its own name.
WAYOUT = ("goal", "never", "price", "ways", "seed", "way", "costs", "worth", "tranches")
#: What the page that adds an act is asked: the act in fields, or as a line, and the file that it is to stand in.
ACT = ("on", "who", "verb", "what", "more", "via", "source", "place", "quote", "line", "file")
#: `more` pages stand behind the others; `live` pages need a server, and are left out of an export.
PAGES = {
    page.name: page
    for page in (
        Page("standing", "Standing", "s", filters=True, own=("why",)),
        Page("commitment", "Commitment", about=True),
        Page("disputes", "Disputes", "d", own=("between",), filters=True),
        Page("wayout", "Way out", "w", own=WAYOUT, fields=True, by="goal"),
        Page("timeline", "Timeline", "t", own=("from", "until"), fields=True),
        Page("deadlines", "Deadlines", "l", filters=True, files=("deadlines.ics",)),
        Page("record", "Record", "r", filters=True, own=("sort",)),
        Page("sources", "Sources", "o", filters=True),
        Page("problems", "Problems", "p"),
        Page("party", "Party", about=True),
        Page(
            "query",
            "Query",
            "q",
            more=True,
            live=True,
            own=("sql",),
            files=("answer.csv", "answer.json", "answer.parquet"),
        ),
        Page("act", "Add an act", "a", more=True, live=True, own=ACT),
        Page("editor", "Editor", "e", dated=False, more=True, live=True, styled=True),
        Page("help", "Help", more=True, dated=False, live=True),
        Page("file", "Files", more=True, dated=False),
    )
}
