"""`python -m bench.phases FILE TIMES`: seconds of each step from the text of a case to its values, as JSON."""

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from servanda.load import load_text
from servanda.text import parse
from servanda.text.lexer import tokenize


def phases(text: str, times: int) -> dict[str, list[float]]:
    """Each step from the beginning, repeated: words alone; words and syntax; all of it."""
    steps: dict[str, Callable[[str], object]] = {"words": tokenize, "syntax": parse, "load": load_text}
    return {name: [_seconds(step, text) for _ in range(times)] for name, step in steps.items()}


def _seconds(step: Callable[[str], object], text: str) -> float:
    gc.collect()
    start = time.perf_counter()
    made = step(text)
    seconds = time.perf_counter() - start
    del made
    return seconds


if __name__ == "__main__":
    print(json.dumps(phases(Path(sys.argv[1]).read_text("utf-8"), int(sys.argv[2]))))
