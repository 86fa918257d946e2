"""Dates in a text, with months that may be misread: only what is followed or preceded by a day is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from servanda.sources.likeness import likeness

from .english import MONTHS
from .lines import Read
from .taken import Taken
from .transcript import Date

_MONTH, _DAY = r"(?P<month>[A-Z][a-z]{2,8})\.?", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?:,?[ \t]+(?P<year>\d{4})\b)?"
_MONTH_FIRST = re.compile(rf"\b{_MONTH}[ \t]+{_DAY}{_YEAR}")
_DAY_FIRST = re.compile(rf"\b{_DAY}(?:[ \t]+of)?[ \t]+{_MONTH}{_YEAR}")
_YEAR_FIRST = re.compile(r"\b(?P<year>\d{4})[/.\-](?P<month>\d{1,2})[/.\-](?P<day>\d{1,2})\b")
_FIGURES = re.compile(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{2}|\d{4})\b")


def date_of(lines: Sequence[Read]) -> str | None:
    """The day of the conversation, as its heading has it: the date that is named most, the first among equals."""
    found = Counter(each.iso for each in dates(lines, None) if lines[each.line - 1].kind == "header")
    return found.most_common(1)[0][0] if found else None


def dates(lines: Sequence[Read], meeting: str | None) -> Iterator[Date]:
    """Every date that a text names; one without a year is taken to be in the year of the conversation."""
    year = int(meeting[:4]) if meeting else None
    for line in lines:
        if line.kind == "blank":
            continue
        taken = Taken(len(line.text))
        for pattern in (_YEAR_FIRST, _FIGURES, _MONTH_FIRST, _DAY_FIRST):
            for found in pattern.finditer(line.text):
                if not taken.free(*found.span()):
                    continue
                read = _read(found, year)
                if read is not None:
                    taken.take(*found.span())
                    yield Date(line.number, found.start(), found.end(), found[0], read[0].isoformat(), read[1])


def _read(found: re.Match[str], year: int | None) -> tuple[date, float] | None:
    month, sure = (int(found["month"]), 0.9) if found["month"].isdigit() else _month(found["month"])
    printed = found["year"]
    if printed is None:
        if year is None or not month:
            return None
        its_year, sure = year, sure * 0.9
    else:
        its_year = int(printed) + (1900 if len(printed) == 2 else 0)
    try:
        return date(its_year, month, int(found["day"])), round(sure, 2)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _month(word: str) -> tuple[int, float]:
    """Which month a word names or is most likely misread from; 0 where none."""
    scored = [
        (max(likeness(word, name), likeness(word, name[:3]) if len(word) <= 4 else 0.0), at)
        for at, name in enumerate(MONTHS, 1)
    ]
    best, month = max(scored)
    return (month, best) if best >= 0.74 else (0, 0.0)
