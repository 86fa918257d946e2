"""Reading a case for Python: what `servanda.load` gives."""

from __future__ import annotations

from pathlib import Path

from servanda.load import loader
from servanda.load.loader import Kept

from .case import Case, case_of
from .errors import CaseHasErrors


class Loaded(loader.Loaded, frozen=True):
    """A case as far as it could be read, and all there is to say about its text.

    The case is there even where diagnostics are errors: it holds what could be read.
    """

    case: Case

    def sound(self) -> Case:
        """The case, if its text has no errors; raises `CaseHasErrors` if it has."""
        if not self.ok:
            raise CaseHasErrors(self.diagnostics)
        return self.case


def load(
    path: str | Path, *, sources: str | Path | None = None, allow_outside: bool = False, kept: Kept | None = None
) -> Loaded:
    """Read a case from its folder, or from its root file.

    `sources` is a folder with the texts of sources, where they do not lie in the case folder. Unless `allow_outside`,
    nothing is read from outside these two. With what was `kept` of an earlier reading, only lines that changed are
    read. Problems are in the result's diagnostics; nothing is raised for them.
    """
    return _loaded(loader.load(path, sources=sources, allow_outside=allow_outside, kept=kept))


def load_text(
    text: str | bytes,
    shown: str = "-",
    *,
    folder: str | Path = ".",
    sources: str | Path | None = None,
    allow_outside: bool = False,
) -> Loaded:
    """Read a case from a text, or from its bytes in UTF-8; what it includes is looked for in `folder`.

    `shown` is the name that diagnostics give the text.
    """
    return _loaded(loader.load_text(text, shown, folder=folder, sources=sources, allow_outside=allow_outside))


def _loaded(loaded: loader.Loaded) -> Loaded:
    return Loaded(case_of(loaded.case), loaded.diagnostics, loaded.quotes)
