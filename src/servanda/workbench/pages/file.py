"""File: the case's own words, line by line, where everything that is shown leads back to."""

from __future__ import annotations

import os
from typing import Any

from servanda.workbench.sight import NoSuchThing, Sight


def answer(sight: Sight) -> dict[str, Any]:
    """One file of the case, or the list of them."""
    files = {os.path.relpath(file.path, sight.desk.folder): file for file in sight.copy.loaded.case.files}
    if sight.key is None:
        return {"title": "The case's files", "files": files, "lines": None}
    file = files.get(sight.key)
    if file is None:
        raise NoSuchThing(f"This case has no file `{sight.key}`.")
    return {"title": sight.key, "files": files, "lines": file.text.splitlines()}
