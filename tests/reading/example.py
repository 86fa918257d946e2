"""The damaged memorandum that lies with the examples, and its truth: made by `python tests/reading/example.py`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "weir-talks"


def files() -> dict[str, str]:
    """What the files of the example hold: the document, and what is true of it in lines of JSON."""
    from reading.memo import Memo
    from reading.noise import damaged

    truth = damaged(Memo("weir", 7), 7, level=0.035)
    rows = {"lines": truth.lines, "names": truth.names, "statements": truth.statements}
    answers = {f"truth/{name}.jsonl": "".join(f"{json.dumps(row)}\n" for row in each) for name, each in rows.items()}
    return {"memorandum.txt": truth.text, **answers}


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]
    for name, text in files().items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_text(text, "utf-8")
