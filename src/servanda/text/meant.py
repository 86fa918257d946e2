"""What may be meant where a line cannot be read on: said in a label, seen from the words around."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from servanda.model.time import Malformed, dating_from_words

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()}
_ARTICLES = frozenset(["the", "a", "an", "that"])
_ABOUT = frozenset(["about", "around", "circa", "ca", "c", "approximately", "roughly"])
_ZONES = {
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
_ENDS = ("NEWLINE", "END", "via", "of")
_COUNTING = frozenset(["claims", "claim", "observes", "observe", "confirms", "confirm", "disputes", "dispute"])
_HOUR = re.compile(r"\d\d?:\d\d", re.ASCII)
_LOOSE_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_STRETCH = re.compile(r"(\d{4}-\d\d-\d\d)[-/](\d{4}-\d\d-\d\d)", re.ASCII)
_SHORT_STRETCH = re.compile(r"(\d{4}-\d\d-)(\d\d)\.\.(\d\d)", re.ASCII)
_HOUR_ALONE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d)", re.ASCII)
_WITH_SECONDS = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d", re.ASCII)

#: The verb of an act that somebody has done, by the word for it when it is done.
_DID = {
    "offered": "offers",
    "promised": "promises",
    "begun": "begins",
    "claimed": "claims",
    "observed": "observes",
    "confirmed": "confirms",
    "proposed": "proposes",
    "refused": "refuses",
    "waived": "waives",
    "suspended": "suspends",
    "used": "uses",
    "signed": "signs",
}

#: Verbs that people reach for and that no verb of the record stands for, each with what to write.
OTHERWISE = {
    word: said
    for words, said in {
        "violates violate breaches breach breaks break infringes infringe": (
            "no act: write who `observes` what happened, or `protests` the commitment"
        ),
        "amends amend modifies modify changes change": "each party that agrees `holds` the new clause",
        "extends extend postpones postpone prolongs prolong": (
            "who owes it `promises` it by a later date, or each party `holds` the new `by`"
        ),
        "notifies notify informs inform tells tell": 'write what was told: `claims`, `proposes` or `states "…"`',
        "gives give serves serve sends send hands hand": 'write what was done or told: `claims`, or `states "…"`',
        "accelerates accelerate calls call draws draw": (
            "who has a power `uses` it; what it makes due is an obligation of its own, `when` that power `is used`"
        ),
        "accepts accept": "a text, or what is asked, one `recognises`; what was done, one `confirms`",
        "does do did is are was were has have will shall": "write what was done, with a verb of the record",
    }.items()
    for word in words.split()
}

#: Words before a unit of time, each with what to write.
UNIT_WORDS = {
    **dict.fromkeys(["business", "banking", "work", "workdays"], "the word here is `working`"),
    **dict.fromkeys(["calendar", "consecutive", "full", "clear"], "leave it out: every day is counted"),
    **dict.fromkeys(["quarter", "quarters"], "write it in months: `3 months`"),
    **dict.fromkeys(["fortnight", "fortnights"], "write it in weeks: `2 weeks`"),
}

#: Words that begin no clause, each with what to write.
CLAUSES_OTHERWISE = dict.fromkeys(
    ["unless", "and", "or"], "it goes on with a condition, on its line: `when … unless …`"
)

#: Numbers in words.
_IN_DIGITS = {
    **{word: str(number) for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)},
    "half": "50 %",
}

#: States in other words.
NEAR_STATES = {
    **dict.fromkeys(["done", "performed", "completed", "complete", "executed", "met", "satisfied"], "fulfilled"),
    **dict.fromkeys(["late", "delayed"], "overdue"),
    **dict.fromkeys(["violated", "broken", "infringed"], "breached"),
    **dict.fromkeys(["pending", "outstanding", "owed"], "due"),
    **dict.fromkeys(["active", "valid", "effective"], "in force"),
    **dict.fromkeys(["terminated", "expired", "lapsed", "cancelled"], "ended"),
    **dict.fromkeys(["accepted", "recognised", "binding"], "agreed"),
    **dict.fromkeys(["rejected", "declined"], "refused"),
    **dict.fromkeys(["conditional", "waiting", "blocked"], "dormant"),
    **dict.fromkeys(["proved", "proven", "certified", "shown"], "verified"),
    **dict.fromkeys(["seen", "reported"], "observed"),
    **dict.fromkeys(["started"], "begun"),
    **dict.fromkeys(["exercised", "invoked"], "used"),
}


def meant(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """A label for the token at `at`, where those around it show what was meant; else nothing."""
    return (
        _spelled_date(kinds, words, at)
        or _around_a_date(kinds, words, at)
        or _how_many(kinds, words, at)
        or _separated(kinds, words, at)
        or _hour_apart(kinds, words, at)
        or _article(kinds, words, at)
        or _who_did_it(kinds, words, at)
        or _misplaced(kinds, words, at)
        or _while_suspended(kinds, words, at)
    )


def _spelled_date(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    for first in range(max(at - 2, 0), at + 1):
        if [*kinds[first : first + 3]] == ["NUMBER", "NAME", "NUMBER"]:
            day, month, year = words[first : first + 3]
            number = _MONTHS.get(month.lower())
            if number is not None and len(year) == 4 and day.isdecimal() and int(day) <= 31:
                return f"a date is written `{year}-{number:02}-{int(day):02}`"
    return ""


def _around_a_date(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """Words that belong into the date itself: that it is inexact, or in which zone its hour is."""
    before = words[at - 1]
    if kinds[at] == "DATE" and before.rstrip(".").lower() in _ABOUT:
        return f"about a day is written `~{words[at]}`"
    if kinds[at] == "NUMBER" and len(words[at]) == 4 and before.lower() in _MONTHS:
        return date_meant(f"{words[at]}-{_MONTHS[before.lower()]:02}")
    if [*kinds[at - 2 : at]] == ["DATE", "NAME"] and before in _ZONES and _HOUR.search(words[at - 2]):
        return f"the hour has its distance from UTC: `{words[at - 2]}{_ZONES[before]}`"
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


def _hour_apart(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    if kinds[at - 1] == "DATE" and _HOUR.fullmatch(words[at]):
        return f"the hour belongs to the date: `{words[at - 1]}T{words[at].zfill(5)}`"
    return ""


def _article(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    before = words[at - 1]
    article = before.lower() in _ARTICLES and before != "A"  # which is somebody's name
    return f"leave out `{before}`" if article and kinds[at - 1] == "NAME" else ""


def _who_did_it(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """An act in the passive voice, or in the perfect tense."""
    if [*kinds[at - 1 : at + 1]] == ["by", "NAME"] and kinds[at - 3] == "is" and words[at - 2] in _DID:
        done = words[at - 4] if kinds[at - 4] == "NAME" else "…"
        return f"who did it stands first: `{words[at]} {_DID[words[at - 2]]} {done}`"
    if words[at] in ("has", "have") and kinds[at - 1] == "NAME" and words[at + 1] in _DID:
        done = words[at + 2] if kinds[at + 2] == "NAME" else "…"
        return f"what somebody did is said so: `{words[at - 1]} {_DID[words[at + 1]]} {done}`"
    return ""


def _misplaced(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    if kinds[at] == "and" and kinds[at - 1] in ("NAME", "]"):
        return "names have commas between them"
    if kinds[at] == "NUMBER" and kinds[at - 1] == "NAME" and words[at - 1].isupper():
        return f"the unit stands behind the number: `{words[at]} {words[at - 1]}`"
    if kinds[at] == "%" and kinds[at + 1] == "more":
        return f"`more` stands behind the number: `{words[at - 1]} more %`"
    if kinds[at] == "NUMBER" and kinds[at - 1] == "for":
        return "for so long: `until 30 days after …`, or `within 30 days of …`"
    if kinds[at] == "of" and words[at - 1] in UNIT_WORDS:
        return UNIT_WORDS[words[at - 1]]
    if kinds[at] == "consent" and words[at - 1] in ("withdraws", "withdraw"):
        return "consent is taken back by `refuses`"
    if kinds[at] == "to" and kinds[at + 1] == "NAME":
        return "leave it out"
    if kinds[at] == "NAME" and words[at] in _IN_DIGITS:
        return f"a number is written in digits: `{_IN_DIGITS[words[at]]}`"
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


def date_meant(words: str) -> str:
    """A label for a date that is written in another form."""
    bare = words.rstrip(":,;")
    loose, month, stretch = (each.fullmatch(bare) for each in (_LOOSE_DAY, _MONTH, _STRETCH))
    short, hour, seconds = (each.fullmatch(bare) for each in (_SHORT_STRETCH, _HOUR_ALONE, _WITH_SECONDS))
    said = bare
    if loose:
        said = f"{loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}"
    elif month and 1 <= int(month[2]) <= 12:
        last = calendar.monthrange(max(int(month[1]), 1), int(month[2]))[1]
        said = f"{bare}-01..{bare}-{last}"
    elif stretch:
        said = f"{stretch[1]}..{stretch[2]}"
    elif short:
        said = f"{short[1]}{short[2]}..{short[1]}{short[3]}"
    elif hour:
        said = f"{hour[1]}:00"
    elif seconds:
        said = seconds[1]
    if said == words:
        return ""
    try:
        dating_from_words(said)
    except Malformed:
        return ""
    return f"did you mean `{said}`?"
