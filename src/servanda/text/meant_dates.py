"""What date may be meant by words that are none."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from servanda.model.time import Malformed, dating_from_words

#: Time zones that are written behind an hour, with their distance from UTC.
ZONES = {
    **dict.fromkeys(["UTC", "GMT"], "Z"),
    **dict.fromkeys(["CET", "WEST"], "+01:00"),
    **dict.fromkeys(["CEST", "EET"], "+02:00"),
    **dict.fromkeys(["EEST", "MSK"], "+03:00"),
    **dict.fromkeys(["JST", "KST"], "+09:00"),
    "EDT": "-04:00",
    "EST": "-05:00",
    "PDT": "-07:00",
    "PST": "-08:00",
}
_LOOSE_DAY = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_STRETCH = re.compile(r"(\d{4}-\d\d-\d\d)(?:[-/]|\.{3,})(\d{4}-\d\d-\d\d)", re.ASCII)
_SHORT_STRETCH = re.compile(r"(\d{4}-\d\d-)(\d\d)\.\.(\d\d)", re.ASCII)
_HOUR = re.compile(r"(\d{4}-\d\d-\d\d)[Tt](\d\d)(?:[:.h](\d\d))?(?::\d\d)?(\D.*)?", re.ASCII)
_DISTANCE = re.compile(r"([+-])(\d{1,2})(?::?(\d\d))?", re.ASCII)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T24:00", re.ASCII)


def date_meant(words: str) -> str:
    """A label for a date that is written in another form."""
    midnight = _MIDNIGHT.fullmatch(words)
    if midnight:
        return f"the end of that day is `{midnight[1]}` as a deadline; its last minute is `{midnight[1]}T23:59`"
    said = _said(words.rstrip(":,;"))
    if not said or said == words:
        return ""
    try:
        dating_from_words(said)
    except Malformed:
        return ""
    return f"did you mean `{said}`?"


def _said(bare: str) -> str:
    """The date in the form that the language has for it, where it is one of those that people write."""
    for form in (_LOOSE_DAY, _RUN_TOGETHER):
        if found := form.fullmatch(bare):
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if found := _DAY_FIRST.fullmatch(bare):
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if _YEAR.fullmatch(bare):
        return f"{bare}-01-01..{bare}-12-31"
    month = _MONTH.fullmatch(bare)
    if month and 1 <= int(month[2]) <= 12:
        last = calendar.monthrange(max(int(month[1]), 1), int(month[2]))[1]
        return f"{bare}-01..{bare}-{last}"
    if found := _STRETCH.fullmatch(bare):
        return f"{found[1]}..{found[2]}"
    if found := _SHORT_STRETCH.fullmatch(bare):
        return f"{found[1]}{found[2]}..{found[1]}{found[3]}"
    if found := _HOUR.fullmatch(bare):
        return f"{found[1]}T{found[2]}:{found[3] or '00'}{_zone(found[4] or '')}"
    return bare


def _zone(words: str) -> str:
    distance = _DISTANCE.fullmatch(words)
    if distance:
        return f"{distance[1]}{int(distance[2]):02}:{distance[3] or '00'}"
    return ZONES.get(words, words)


def date_of_parts(words: Sequence[str], at: int) -> str:
    """A label for a date that falls into several tokens from `at` on: `2031/05/01`, or with dashes for hyphens."""
    first, sign, second, other, third = (*words[at : at + 5], "", "", "", "", "")[:5]
    if sign == other and len(sign) == 1 and not sign.isalnum() and len(third) == 4:
        return f"a date has its year first: `{third}-MM-DD`"
    if sign == other and sign and first.isdecimal() and second.isdecimal() and third.isdecimal():
        return date_meant(f"{first}-{second}-{third}") or f"did you mean `{first}-{second}-{third}`?"
    return date_meant(first)
