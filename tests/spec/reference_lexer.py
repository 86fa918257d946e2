"""The words and lines of a case, read a second time: text in, terminals of `docs/reference/grammar.lark` out.

Written from the published rules alone, for clarity and not for speed. It shares nothing with the product, so that a
slip in one of the two shows as a difference.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

UNITS = frozenset("minute minutes hour hours week weeks month months year years".split())

STATES = frozenset(
    "offered promised begun observed confirmed proposed fulfilled waived ended suspended dormant overdue "
    "due open used denied breached refused agreed".split()
)

POWER_VERBS = frozenset("suspend resume terminate waive".split())

VERBS = frozenset(
    "proposes propose recognises recognise rejects reject signs sign withdraws withdraw offers offer promises promise "
    "refuses refuse claims claim observes observe confirms confirm disputes dispute protests protest attempts attempt "
    "suspends resumes terminates waives uses use decides decide states state".split()
)

SPELT_OUT = frozenset(
    "include case party body person channel source item term matter means event obligation prohibition right power "
    "expect scenario events timezone calendar aka for among dated by to file signed consent consents of counted under "
    "where when from until within begins begin done seeks forbids verified together with each may instead survives "
    "none others in is not and or unless after before at least most more than as on known cites via result leaving "
    "late force owed record breach working hold holds trust trusts transfer transfers close closes "
    "claimed day days".split()
)

RESERVED = UNITS | STATES | POWER_VERBS | VERBS | SPELT_OUT

PUNCTUATION = {
    "(": "LPAR",
    ")": "RPAR",
    "[": "LSQB",
    "]": "RSQB",
    ",": "COMMA",
    "=": "EQUAL",
    "/": "SLASH",
    "%": "PERCENT",
}

DAY_AND_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?:(Z)|([+-])([0-9]{2}):([0-9]{2}))?)?"
)
NUMBER = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,18})?")


class Terminal(NamedTuple):
    """One terminal of the grammar: its name there, the words it stands for, and their line (from 1)."""

    kind: str
    text: str
    line: int


class Fault(Exception):
    """What is wrong with a text, and the first line on which it is."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")
        self.line = line


def cleaned(text: str) -> str:
    """The text without its byte order mark, every line ending in a plain newline."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def refuse_hidden_characters(text: str) -> None:
    """Raise a Fault at the first control or direction-changing character of a cleaned text, wherever it stands."""
    for number, line in enumerate(text.split("\n"), start=1):
        for character in line:
            control = unicodedata.category(character) == "Cc" and character != "\t"
            turning = "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
            if control or turning:
                raise Fault(number, f"a hidden character, U+{ord(character):04X}")


def terminals(text: str) -> Iterator[Terminal]:
    """The terminals of a cleaned text, one directive after the other; raises Fault where no terminal fits."""
    at, line, depth = 0, 1, 0
    while at < len(text):
        margin = at
        while text[at : at + 1] in (" ", "\t"):
            at += 1
        if text[at : at + 1] in ("", "\n", "#"):
            at = _line_end(text, at) + 1
            line += 1
            continue

        level = _level(text[margin:at], line)
        if level > depth + 1:
            raise Fault(line, "indented too deep")
        if level > depth:
            yield Terminal("INDENT", "  ", line)
        for _ in range(depth - level):
            yield Terminal("DEDENT", "  ", line)
        depth = level

        found, at, line = _directive(text, at, line)
        yield from found
        yield Terminal("NL", "\n", line)
        at += 1
        line += 1
    for _ in range(depth):
        yield Terminal("DEDENT", "  ", line)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _level(margin: str, line: int) -> int:
    if "\t" in margin:
        raise Fault(line, "a tab in the indentation")
    if len(margin) % 2:
        raise Fault(line, "an odd indentation")
    return len(margin) // 2


def _directive(text: str, at: int, line: int) -> tuple[list[Terminal], int, int]:
    """The terminals up to the end of a directive, the place of that end, and its line: a long string may move it."""
    found: list[Terminal] = []
    parentheses: list[bool] = []  # for each open one: does it hold the arguments of an event?
    while at < len(text) and text[at] != "\n":
        character = text[at]
        if character in " \t":
            at += 1
        elif character == "#":
            at = _line_end(text, at)
        elif character == '"':
            end = _string_end(text, at, line)
            found.append(Terminal("STRING", text[at:end], line))
            line += text.count("\n", at, end)
            at = end
        elif character in PUNCTUATION:
            if character == "(":
                parentheses.append(bool(found) and found[-1].kind == "NAME")
            elif character == ")" and parentheses:
                parentheses.pop()
            found.append(Terminal(PUNCTUATION[character], character, line))
            at += 1
        elif character == "~" or character in "0123456789":
            kind, end = _number_or_date(text, at, line)
            found.append(Terminal(kind, text[at:end], line))
            at = end
        elif _is_letter(character):
            end = at
            while end < len(text) and (_is_name_part(text[end]) or text[end] in "-_."):
                end += 1
            word = unicodedata.normalize("NFC", text[at:end])
            if not _is_name_part(text[end - 1]) or ".." in word:
                raise Fault(line, f"`{word}` is not formed like a name")
            begins_argument = found and found[-1].kind in ("LPAR", "COMMA") and parentheses and parentheses[-1]
            found.append(Terminal("ARGUMENT" if begins_argument else _kind(word), word, line))
            at = end
        else:
            raise Fault(line, f"no word begins with {character!r}")
    return _with_dates_asked_for(found), at, line


def _kind(word: str) -> str:
    if word in UNITS:
        return "UNIT"
    if word in STATES:
        return "STATE"
    if word in POWER_VERBS:
        return "MAYVERB"
    if word in VERBS:
        return "VERB"
    return word.upper() if word in SPELT_OUT else "NAME"


def _with_dates_asked_for(found: list[Terminal]) -> list[Terminal]:
    """The same terminals, `a date` after `with` made one: neither word is reserved elsewhere."""
    for index in range(len(found) - 2):
        first, second, third = found[index : index + 3]
        if first.kind == "WITH" and (second.kind, second.text, third.kind, third.text) == ("NAME", "a", "NAME", "date"):
            merged = Terminal("A_DATE", "a date", second.line)
            return [*found[: index + 1], merged, *_with_dates_asked_for(found[index + 3 :])]
    return found


def _is_letter(character: str) -> bool:
    return unicodedata.category(character).startswith("L")


def _is_name_part(character: str) -> bool:
    """Whether a name may end in this: a letter, a combining mark, a digit of any script."""
    category = unicodedata.category(character)
    return category.startswith(("L", "M")) or category == "Nd"


def _string_end(text: str, at: int, line: int) -> int:
    if text.startswith('"""', at):
        end = text.find('"""', at + 3)
        if end < 0:
            raise Fault(line, "a long string without an end")
        return end + 3
    end = at + 1
    while end < len(text) and text[end] != "\n":
        if text[end] == '"':
            return end + 1
        end += 2 if text[end : end + 2] in ('\\"', "\\\\") else 1
    raise Fault(line, "a string without an end")


def _number_or_date(text: str, at: int, line: int) -> tuple[str, int]:
    inexact = text[at] == "~"
    first = DAY_AND_TIME.match(text, at + inexact)
    if first is None:
        number = NUMBER.match(text, at)
        if number is None:
            raise Fault(line, "`~` without a date")
        kind, end = "NUMBER", number.end()
    else:
        kind, end = "DATE", first.end()
        earliest = _start(first, line)
        if text.startswith("..", end):
            second = DAY_AND_TIME.match(text, end + 2)
            if inexact or second is None:
                raise Fault(line, "a range needs two plain dates")
            if _ends_before(earliest, second, line):
                raise Fault(line, "a range that ends before it begins")
            end = second.end()
    if end < len(text) and (_is_name_part(text[end]) or text[end] in "_-.:"):
        raise Fault(line, "a number or date runs into the next word")
    return kind, end


def _start(date: re.Match[str], line: int) -> datetime:
    """The first instant of a day or time as it is written; raises Fault if there is no such day, time or offset."""
    year, month, day, hour, minute, utc, sign, hours, minutes = date.groups(default="0")
    zone = None
    try:
        if sign != "0":
            if int(minutes) > 59:
                raise ValueError(f"an hour has no {minutes} minutes")
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            zone = timezone(-offset if sign == "-" else offset)
        elif utc == "Z":
            zone = UTC
        return datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=zone)
    except ValueError:
        raise Fault(line, f"there is no {date.group()}") from None


def _ends_before(earliest: datetime, last: re.Match[str], line: int) -> bool:
    latest = _start(last, line)
    if earliest.tzinfo is None or latest.tzinfo is None:
        # Without an offset the case's time zone holds, which the words alone do not tell: compare the clocks.
        earliest, latest = earliest.replace(tzinfo=None), latest.replace(tzinfo=None)
    if "T" not in last.group():
        # A day as an end means its own end: whatever begins on it begins before that.
        return latest.date() < earliest.date()
    return latest < earliest
