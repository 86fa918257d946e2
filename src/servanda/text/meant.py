"""What may be meant where a line cannot be read on: said in a label, seen from the words around."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from .meant_conditions import condition_meant
from .meant_dates import ZONES, date_meant
from .meant_signs import sign_meant
from .meant_words import DID
from .words import DECLARATIONS, NORMS, VERB_OF

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()}
_ARTICLES = frozenset(["the", "a", "an", "that"])
_ABOUT = frozenset(["about", "around", "circa", "ca", "c", "approximately", "roughly"])
#: How texts call a place, and how it is called here.
_PLACES = {
    **dict.fromkeys(["article", "articles", "art", "paragraph", "para", "section", "sec", "clause"], "art"),
    **dict.fromkeys(["page", "pages", "p", "pp"], "p"),
}
_ENDS = ("NEWLINE", "END", "via", "of")
#: Words behind which an amount may stand.
_COUNTING = frozenset(
    "claims claim observes observe confirms confirm disputes dispute "
    "when from until by and or unless seeks forbids".split()
)
_HOUR = re.compile(r"\d\d?:\d\d", re.ASCII)
_O_CLOCK = re.compile(r"(\d\d?)(am|pm)", re.ASCII | re.IGNORECASE)
_ORDINAL = re.compile(r"(\d\d?)(?:st|nd|rd|th)", re.ASCII)


def meant(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """A label for the token at `at`, where those around it show what was meant; else nothing."""
    if kinds[at] == "stray-character":
        return sign_meant(kinds, words, at)
    return (
        _spelled_date(kinds, words, at)
        or _around_a_date(kinds, words, at)
        or _place(kinds, words, at)
        or _separated(kinds, words, at)
        or _article(kinds, words, at)
        or _quotes(kinds, words, at)
        or _who_did_it(kinds, words, at)
        or condition_meant(kinds, words, at)
        or _how_many(kinds, words, at)
        or _misplaced(kinds, words, at)
        or _while_suspended(kinds, words, at)
    )


def _spelled_date(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """A day with its month in words: `1 May 2031`, `1st May 2031`, `May 1, 2031`."""
    for first in range(max(at - 3, 0), at + 1):
        three = [word for word in words[first : first + 4] if word != ","][:3]
        for day, month, year in (three, [three[1], three[0], three[2]]) if len(three) == 3 else ():
            number, ordinal = _MONTHS.get(month.lower()), _ORDINAL.fullmatch(day)
            day = ordinal[1] if ordinal else day
            if number and len(year) == 4 and year.isdecimal() and day.isdecimal() and 0 < int(day) <= 31:
                return f"a date is written `{year}-{number:02}-{int(day):02}`"
    return ""


def _around_a_date(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """Words that belong into the date itself: that it is inexact, its hour, or in which zone that is."""
    before = words[at - 1]
    if kinds[at] == "bad-number" and date_meant(words[at]):
        return date_meant(words[at])
    if kinds[at] == "DATE" and before.rstrip(".").lower() in _ABOUT:
        return f"about a day is written `~{words[at]}`"
    if kinds[at] == "DATE" and kinds[at - 2] == "NEWLINE":
        return f"leave out `{before}`: the line begins with its date"
    if kinds[at] == "NUMBER" and len(words[at]) == 4 and before.lower() in _MONTHS:
        return date_meant(f"{words[at]}-{_MONTHS[before.lower()]:02}")
    if [*kinds[at - 2 : at]] == ["DATE", "NAME"] and before in ZONES and _HOUR.search(words[at - 2]):
        return f"the hour has its distance from UTC: `{words[at - 2]}{ZONES[before]}`"
    if kinds[at - 1] != "DATE":
        return ""
    if words[at] in ("to", "and", "until") and kinds[at + 1] == "DATE":
        return f"some time between two days is written `{before}..{words[at + 1]}`"
    if _HOUR.fullmatch(words[at]):
        return f"the hour belongs to the date: `{before}T{words[at].zfill(5)}`"
    o_clock = _O_CLOCK.fullmatch(words[at])
    if o_clock and 0 < int(o_clock[1]) <= 12:
        hour = int(o_clock[1]) % 12 + 12 * (o_clock[2].lower() == "pm")
        return f"the hour belongs to the date: `{before}T{hour:02}:00`"
    return "behind the date follows who acts: leave out the comma" if kinds[at] == "," else ""


def _place(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """A place in a source, written as texts have it: `article 3`, `art. 3`, `p. 7`, `art3(2)`, `3`."""
    before = words[at - 1].rstrip(".").lower()
    if kinds[at] == "bad-name" and words[at].rstrip(".").lower() in _PLACES and kinds[at + 1] == "NUMBER":
        return f"a place in a source is one word: `{_PLACES[words[at].rstrip('.').lower()]}{words[at + 1]}`"
    if kinds[at] == "NUMBER" and before in _PLACES:
        return f"a place in a source is one word: `{_PLACES[before]}{words[at]}`"
    if kinds[at] == "NUMBER" and kinds[at - 2] in ("under", "cites"):
        return f"an article is written `art{words[at]}`, a page `p{words[at]}`"
    if kinds[at] == "(" and kinds[at - 1] == "NAME" and kinds[at - 3] in ("under", "cites") and kinds[at + 2] == ")":
        return f"parts of a place have points between: `{words[at - 1]}.{words[at + 1]}`"
    return ""


def _quotes(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """Words that should stand in quotes, or quotes within them."""
    if kinds[at] == "NAME" and kinds[at - 1] == "STRING":
        return 'a quote within words is written `\\"`'
    if kinds[at] == "STRING" and kinds[at - 1] in (*DECLARATIONS, *NORMS):
        return f"a short name stands before the title: `{words[at - 1]} NAME {words[at]}`"
    if kinds[at] == "NAME" and kinds[at - 2] in (*DECLARATIONS, *NORMS):
        return "a title stands in quotes"
    if kinds[at] == "STRING" and kinds[at - 1] == "DATE":
        return "write the name as it was declared, without quotes"
    if kinds[at] == "STRING" and [*kinds[at - 2 : at]] == ["DATE", "NAME"]:
        return "did you mean `states`?"
    if kinds[at] == "NAME" and words[at - 2] in ("states", "state"):
        return f'somebody\'s words stand in quotes: `{words[at - 2]} "{words[at - 1]} {words[at]} …"`'
    return ""


def _how_many(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """An amount with its whole, or with no number."""
    if [*kinds[at - 1 : at + 2]] == ["NUMBER", "of", "NUMBER"]:
        return f"an amount is one number: `{words[at - 1]}`, or a share: `90 %`"
    if [*kinds[at - 1 : at + 1]] == ["NAME", "NAME"] and words[at - 2] in _COUNTING and kinds[at + 1] in _ENDS:
        return f"how many? An amount begins with its number: `4 {words[at - 1]} {words[at]}`"
    return ""


def _separated(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    if kinds[at] != "," or kinds[at - 1] != "NUMBER" or kinds[at + 1] != "NUMBER":
        return ""
    digits, place = words[at - 1], at
    while kinds[place] == "," and kinds[place + 1] == "NUMBER" and len(words[place + 1]) == 3:
        digits += words[place + 1]
        place += 2
    return f"a number has no separators: `{digits}`" if place > at else ""


def _article(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    before = words[at - 1]
    article = before.lower() in _ARTICLES and before != "A"  # which is somebody's name
    return f"leave out `{before}`" if article and kinds[at - 1] == "NAME" else ""


def _who_did_it(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """An act in the passive voice, or in the perfect tense."""
    if [*kinds[at - 1 : at + 1]] == ["by", "NAME"] and kinds[at - 3] == "is" and words[at - 2] in DID:
        done = words[at - 4] if kinds[at - 4] == "NAME" else "…"
        return f"who did it stands first: `{words[at]} {DID[words[at - 2]]} {done}`"
    if words[at] in ("has", "have") and kinds[at - 1] == "NAME" and words[at + 1] in DID:
        done = words[at + 2] if kinds[at + 2] == "NAME" else "…"
        return f"what somebody did is said so: `{words[at - 1]} {DID[words[at + 1]]} {done}`"
    return ""


def _misplaced(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    if kinds[at] in ("and", "/") and kinds[at - 1] in ("NAME", "]") and kinds[at + 1] == "NAME":
        return "names have commas between them"
    if kinds[at] == "NUMBER" and kinds[at - 1] == "NAME" and words[at - 1].isupper():
        return f"the unit stands behind the number: `{words[at]} {words[at - 1]}`"
    if kinds[at] == "%" and kinds[at + 1] == "more":
        return f"`more` stands behind the number: `{words[at - 1]} more %`"
    if kinds[at] == "NUMBER" and kinds[at - 1] == "for":
        return "for so long: `until 30 days after …`, or `within 30 days of …`"
    if kinds[at] == "consent" and words[at - 1] in ("withdraws", "withdraw"):
        return "consent is taken back by `refuses`"
    if kinds[at] == "," and kinds[at - 2] == "in":
        return "each reading has a line of its own"
    if kinds[at] == "," and kinds[at - 2] in (*DECLARATIONS, *NORMS):
        return "each declaration has a line of its own"
    if kinds[at] == "DATE" and kinds[at - 2] == "scenario":
        return f"did you mean `from {words[at]}`?"
    if words[at] in ("every", "all") and kinds[at - 1] == "for":
        return "did you mean `each`?"
    if kinds[at] == "each":
        return "did you mean `for each`?"
    if kinds[at] == "/" and kinds[at + 1] == "/":
        return "a remark stands behind `#`"
    if kinds[at] in ("denied", "unable", "done") and "attempt" in words[at - 2]:
        return f"did you mean `result {words[at]}`?"
    if kinds[at] == "for" and kinds[at - 2] == "is":
        return "the word here is `in`"
    if kinds[at] == "to" and kinds[at - 2] in ("by", "from"):
        return f"who owes it stands behind `of`: `of {words[at - 1]} to {words[at + 1]}`"
    if kinds[at] == "to" and words[at - 1] in ("transfers", "transfer"):
        return "what passes stands first: `transfers NAME to PARTY`"
    if kinds[at] == "to" and kinds[at + 1] == "NAME" and kinds[at - 1] in VERB_OF:
        return "leave it out"
    return ""


def _while_suspended(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """A suspension with a length or an end, on its line or the one below it that belongs to it."""
    if words[at] not in ("for", "until"):
        return ""
    lines, place = 0, at
    while place > 0 and lines < 2:
        place -= 1
        if kinds[place] == "NEWLINE":
            lines += 1 if words[place].endswith(" ") else 2
    if {"suspends", "suspend"}.isdisjoint(words[place:at]):
        return ""
    return "it lasts till somebody `resumes` it, by an act of its own"
