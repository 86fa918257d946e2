"""A smaller text that still shows the same: directives, clauses, words are left out as long as it does."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

from servanda.load import Loaded

Shows = Callable[[str], bool]

#: What is warned of where somebody forgot something: a smaller text shall not come to be one of those.
ODD = frozenset(
    "undated-act incomplete-declaration missing-bearer words-without-object clause-without-effect owes-itself "
    "act-before-source performed-later known-too-early not-the-bearer not-among waits-for-itself".split()
)


def oddities(loaded: Loaded) -> frozenset[str]:
    return ODD & {each.code for each in loaded.diagnostics}


_TOKEN = re.compile(r'"[^"]*"|[^\s(),\[\]]+|[(),\[\]]')
_PLAINER = (
    (r"timezone \S+", "timezone Etc/UTC"),
    (r"T\d\d:\d\d", ""),
    (r"~", ""),
    (r"\d{4}-\d\d-\d\d\.\.", ""),
    (r" working ", " "),
    (r"more than |at least |at most ", ""),
    (r"% ", ""),
    (r"\bgoods\b", "crates"),
    (r"\ballies\b", "Ada"),
    (r"\bPia\b|\bOffice\b", "Ada"),
    (r"\bPia\b|\bOffice\b", "Bo"),
    (r" is (?!in force)\S+", ""),
    (r"barrels", "crates"),
    (r"(promises|offers|recognises|claims|observes|begins) ", "recognises "),
    (r"(claims|observes|confirms) ", "observes "),
    (r"1 month|\d+ (weeks?|working days|hours|days)", "2 days"),
)


def shrunk(text: str, shows: Shows, seconds: float = 30) -> str:
    """The smallest text found in the time given. `shows` is asked of texts that may not even read."""
    until = time.monotonic() + seconds
    before = None
    while before != text and time.monotonic() < until:
        before = text
        text = _without(text, _blocks, shows, until)
        text = _without(text, str.splitlines, shows, until)
        text = _plainer(text, shows, until)
    return text


def _blocks(text: str) -> list[str]:
    """Directives with what is indented below them."""
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith(" ") and found:
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


def _without(text: str, parts_of: Callable[[str], list[str]], shows: Shows, until: float) -> str:
    """Leave out parts, many at a time at first, from the end."""
    parts = parts_of(text)
    size = max(1, len(parts) // 2)
    while size:
        end = len(parts)
        while end > 0 and time.monotonic() < until:
            start = max(0, end - size)
            fewer = parts[:start] + parts[end:]
            if shows("\n".join(fewer) + "\n"):
                parts = fewer
            end = start
        size //= 2
    return "\n".join(parts) + "\n"


def _plainer(text: str, shows: Shows, until: float) -> str:
    lines = text.splitlines()
    number = 0
    while number < len(lines) and time.monotonic() < until:
        for plainer in _shorter(lines[number]):
            changed = [*lines[:number], plainer, *lines[number + 1 :]]
            if shows("\n".join(changed) + "\n"):
                lines = changed
                break
        else:
            number += 1
    return "\n".join(lines) + "\n"


def _shorter(line: str) -> Iterator[str]:
    """The line with some words fewer, or plainer ones; each is shorter, or later in a fixed order."""
    indent = line[: len(line) - len(line.lstrip())]
    seen = {line}
    for made in (*_left_out(line.strip()), *_said_plainer(line.strip())):
        tidy = indent + re.sub(r"\s+([,)\]])", r"\1", re.sub(r"([(\[])\s+", r"\1", re.sub(r"  +", " ", made))).strip(
            " ,"
        )
        if tidy not in seen:
            seen.add(tidy)
            yield tidy


def _left_out(line: str) -> Iterator[str]:
    starts = [match.start() for match in _TOKEN.finditer(line)] + [len(line)]
    for size in range(min(len(starts) - 1, 9), 0, -1):
        for first in range(len(starts) - size):
            yield line[: starts[first]] + " " * (first > 0) + line[starts[first + size] :]
    for first, last in _pairs(line):
        inner = line[first + 1 : last]
        yield line[:first] + inner + line[last + 1 :]
        for part in re.split(r", | and | or | unless ", inner):
            yield line[:first] + part + line[last + 1 :]
    yield re.sub(r"at least \d+ of \((.*?), .*?\)", r"\1", line)


def _pairs(line: str) -> Iterator[tuple[int, int]]:
    open_: list[int] = []
    for place, character in enumerate(line):
        if character == "(":
            open_.append(place)
        elif character == ")" and open_:
            yield open_.pop(), place


def _said_plainer(line: str) -> Iterator[str]:
    for pattern, words in _PLAINER:
        made = re.sub(pattern, words, line, count=1)
        if len(made) < len(line) or (made != line and made < line):
            yield made
