"""Editor: the files of the case, one of them open; what is wrong in it beside its text."""

from __future__ import annotations

import os
from typing import Any

from servanda.workbench.editing.differences import Line, differences
from servanda.workbench.editing.drafts import checked, laid_out
from servanda.workbench.editing.files import Refused
from servanda.workbench.sight import NoSuchThing, Sight


def answer(sight: Sight) -> dict[str, Any]:
    """One file of the case: the one that the address names, else the one that the case begins with."""
    files = sight.desk.files
    path = sight.key or sight.desk.root.name
    try:
        held = files.read(path)
        found = checked(sight.desk, files.on_disk(path), held.text)
    except Refused as why:
        raise NoSuchThing(f"{why}.") from None
    folder = sight.desk.folder
    read = {os.path.relpath(file.path, folder) for file in sight.copy.loaded.case.files}
    mine = sight.more.get("mine")
    last = files.last
    lines: list[Line] = [] if mine is None else differences(held.text, mine)
    return {
        "title": path,
        "path": path,
        "files": [(each, each in read) for each in files.files()],
        "held": held,
        "text": held.text if mine is None else mine,
        "lines": lines,
        "written": last is not None and (last.path, last.hash) == (path, held.hash),
        "found": found,
        "layout": laid_out(held.text) == held.text,
        "parties": list(sight.case.parties),
    }
