"""Where people are named: behind a form of address, before a verb of saying, in the possessive.

A mention is found by its place in the sentence, whatever its letters have become; whose name it is is decided later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from servanda.sources.likeness import likeness, nearest

from .english import (
    BEHIND,
    BETWEEN,
    FUNCTION,
    IMPERSONAL,
    INTRODUCING,
    INVERTED,
    LABELS,
    MONTHS,
    OFFICES,
    PARTS,
    SAYING,
    SAYING_NOW,
    STYLES,
    TASKS,
    TITLES,
)
from .lines import SMALL, capitals
from .parts import COUNTED
from .titles import SHORT, office_of, title_of

#: `subject`: says something here. `spoken-of`: is named by whoever speaks.
Role = Literal["subject", "spoken-of"]

_TITLED = re.compile(
    r"(?<![\w.'’])(?P<title>[^\W\d_]{1,12})(?:(?P<stop>[.:,;])[ \t]*|[ \t]+)"
    rf"(?P<given>(?:[A-Z]\.[ \t]*){{0,3}})(?P<small>{SMALL})(?P<name>[^\W\d_]+(?:['’][A-Z][a-z]+)?(?:-[A-Z][a-z]+)?)"
    r"(?=(?:[ \t]+(?P<family>[A-Z][^\W\d_]{2,}))?)"
)
_UNTITLED = re.compile(
    rf"\W*(?P<first>(?:[^\W\d_]+[ \t]+)??)(?P<name>(?i:{SMALL})[^\W\d_]{{2,}}(?:[-'’][^\W\d_]{{2,}})*)"
    r"[ \t]+(?P<rest>(?:[a-z]+(?:['’]t)?[ \t]+){0,2}[a-z]+(?:['’]t)?)"
)
#: Somebody who takes over within a line: a sentence that begins with a name and a verb of saying.
_WITHIN = re.compile(r"(?P<name>[A-Z][^\W\d_]{2,})[ \t]+(?:(?:also|then|again|however)[ \t]+)*(?P<verb>[a-z]{3,})\b")
_NAMED_AT_START = re.compile(
    r"\W*(?P<title>(?:[^\W\d_]+\.?[ \t]+){0,3})(?P<name>[^\W\d_]+(?:['’-][^\W\d_]{2,})*)"
    r"(?:[ \t]*\([^()]{1,60}\))?[ \t]*(?::|(?P<dash>[ \t]+[-–—](?=[ \t])))[ \t]*(?=[^\W\d_]|[\"“])"
)
_SENTENCE = re.compile(r"(?P<last>\w*)[.?!][\"”')]*(?:[ \t]+(?=[\"“'(]?[A-Z])|\s*$)")
#: From which likeness on a word with a full stop is a form of address, and ends no sentence.
_NO_END = 0.7
_POSSESSIVE = re.compile(r"['’]\s?s?\b")
_MONTHS = frozenset(MONTHS)
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
#: A name with small words of its own, behind an office.
_NAME_BEHIND = re.compile(rf"[ \t]+(?!of\b){SMALL[:-1]}")
#: Whose office it is, behind it; from which likeness on a word is an article.
_OF = re.compile(r"[ \t]+(?:of|for)[ \t]+(?:the[ \t]+)?(?P<of>[A-Z]\w*(?:[ \t]+[A-Z]\w*){0,2})")
_ARTICLE = 0.6
#: Whoever writes a paper calls themselves so, where they say something in it; it is kept as an office.
FIRST_PERSON = "the writer"
_I = re.compile(
    r"(?:[^\W\d_]+,?[ \t]+){0,3}?(?P<i>I)[ \t]+(?:(?:also|then|again|further|in turn)[ \t]+)*(?P<verb>[a-z]+)\b"
)
#: What the writer begins a paragraph with: a word for themselves, or for a remark of their own.
_OWN = re.compile(r"\W*(?P<own>I(?=[ \t]+[a-z])|My(?=[ \t]+[a-z])|(?:Comment|COMMENT)(?=[ \t]*[:.]))")
#: The number of a paragraph.
_NUMBERED = re.compile(rf"^\W*{COUNTED}\(?\w{{1,3}}[.)][ \t]+")
#: What may stand between a name and its verb: whom somebody speaks for, how somebody says it.
_BRACKET = re.compile(r"\s*\([^()]{1,60}\)")
_BESIDE = re.compile(r"\s*,[^,.;:]{3,80},(?=\s)")
#: How many words a phrase may have that comes before the one who speaks.
_LONGEST_LEAD = 25
#: Within how many characters of its beginning a line may name who speaks.
_LEAD = 250
#: A slash of the typist before a word.
_SLASH = re.compile(r"(?<!\S)/(?=[^\W\d_])")
_SAYS = SAYING | SAYING_NOW
#: Forms of address that are written out: a full stop behind one ends a sentence.
_WHOLE = frozenset(word for word in TITLES | OFFICES if len(word) > 5)
#: How sure it is that a name with which a paragraph begins is that of the speaker, whatever follows.
_BY_PLACE = 0.8


class Mention(msgspec.Struct, frozen=True):
    """Somebody named in a line: characters `start` up to `end`, the form of address as printed, and the role."""

    line: int
    start: int
    end: int
    surface: str
    title: str
    role: Role
    #: How the words go on, where the mention says something: by going on, by answering, or neither.
    verb: str = ""
    #: How sure it is that this is a name at all, and in this role.
    sure: float = 1.0
    #: Whether it opens a paragraph, and whether something is said to be theirs.
    first: bool = False
    owner: bool = False
    #: The office by which somebody is called who is not named, and the words that say whose office it is.
    office: str = ""
    side: str = ""

    @property
    def bare(self) -> bool:
        """Whether nothing but a verb of saying shows that this is a name, in the middle of a line."""
        return self.role == "subject" and not (self.title or self.office or self.first)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a line begins and ends; a form of address with its full stop ends none."""
    number = _NUMBERED.match(text)
    begin = number.end() if number else 0
    starts = [0, *(each.end() for each in _SENTENCE.finditer(text, begin) if not _abbreviated(each["last"]))]
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True) if text[a:b].strip()]


def ends(text: str) -> bool:
    """Whether a line ends where a sentence does."""
    found = [each for each in _SENTENCE.finditer(text) if each.end() == len(text)]
    return bool(found) and not _abbreviated(found[0]["last"])


def _abbreviated(word: str) -> bool:
    """Whether a full stop behind a word belongs to it: an initial, a form of address."""
    return (len(word) == 1 and word.isupper()) or (not word.isupper() and title_of(word, True)[1] >= _NO_END)


def mentions(number: int, text: str, *, opens: bool) -> Iterator[Mention]:
    """The people named in a line by form of address or by saying something. `opens`: it begins a paragraph."""
    text = _SLASH.sub(" ", text)
    starts = [start for start, _ in sentences(text)]
    found = [*_titled(number, text), *_by_office(number, text), *_by_the_writer(number, text, starts)]
    found.sort(key=lambda each: each.start)
    label = _label(number, text) if opens else None
    if label and not any(each.start <= label.end for each in found):
        yield label
    else:
        label = None
    for each in found:
        first = opens and not label and (len(starts) < 2 or each.start < starts[1])
        role, sure = each.role, each.sure
        if label and (len(starts) < 2 or each.start < starts[1]):
            role = "spoken-of"
        if first and not each.owner and each.start < _LEAD:
            before = _NUMBERED.sub("", text[: each.start]).split()
            if len(before) <= 1 or (not each.office and _introduces(text[: each.start])):
                role, sure = "subject", max(sure, _BY_PLACE)
        yield msgspec.structs.replace(each, first=first, role=role, sure=sure)
    if opens and not label and not any(each.role == "subject" and each.start < 60 for each in found):
        yield from _untitled(number, text)
    for start in starts:
        within = _WITHIN.match(text, start) if start else None
        named = within and within["name"].lower() not in FUNCTION | IMPERSONAL | TITLES
        if within and named and within["verb"] in _SAYS:
            yield Mention(
                number, within.start("name"), within.end("name"), within["name"], "", "subject", within["verb"], 0.8
            )  # fmt: skip


def _introduces(lead: str) -> bool:
    """Whether words before a name are a phrase that leaves it the subject: `Turning to the weir, Mr. `."""
    words = re.findall(r"[^\W\d_]+|,", lead)
    title = words.pop() if words and words[-1] != "," else ""
    if not words or words[-1] != "," or len(words) > _LONGEST_LEAD or not title:
        return False
    opening = words[0].lower()
    return opening in INTRODUCING or (len(opening) > 4 and opening.endswith("ing"))


def _by_office(number: int, text: str) -> Iterator[Mention]:
    """Whoever is called by an office: `the Foreign Minister`, `the representative of X`."""
    words = list(_WORDS.finditer(text))
    for at, word in enumerate(words):
        head = office_of(word[0])
        if not head or (at + 1 < len(words) and _follows(text, word, words[at + 1]) and words[at + 1][0][0].isupper()):
            continue
        first = at
        while (
            first
            and at - first < 2
            and words[first - 1][0][0].isupper()
            and _follows(text, words[first - 1], words[first])
        ):
            first -= 1
        start = next((k for k in range(max(1, first), at + 1) if _article(text, words[k - 1], words[k])), 0)
        if not start:
            continue
        if words[at - 1][0] == "Vice" or _NAME_BEHIND.match(text, word.end()):
            continue
        of = _OF.match(text, word.end())
        begin, end = words[start].start(), of.end() if of else word.end()
        role, verb, saying = _role(text, begin, end)
        lead = " ".join(text[begin : word.start()].split())
        yield Mention(
            number, begin, end, text[begin:end], SHORT.get(head, head), role, verb, saying,
            owner=bool(_POSSESSIVE.match(text, end)), office=f"{lead} {head}".strip().lower(),
            side=of["of"] if of else lead,
        )  # fmt: skip


def _article(text: str, word: re.Match[str], after: re.Match[str]) -> bool:
    if word[0].lower() in ("his", "her") and after[0].lower() in STYLES:
        return _follows(text, word, after)
    return len(word[0]) <= 4 and _follows(text, word, after) and likeness(word[0].lower(), "the") >= _ARTICLE


def _follows(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    return not text[before.end() : after.start()].strip(" \t")


def _by_the_writer(number: int, text: str, starts: Sequence[int]) -> Iterator[Mention]:
    """Whoever writes, where they tell what they said themselves: `I replied that`."""
    opening = _OWN.match(text, number_.end() if (number_ := _NUMBERED.match(text)) else 0)
    if opening:
        at = opening.start("own")
        yield Mention(number, at, opening.end("own"), opening["own"], "", "subject", "", 0.9, office=FIRST_PERSON)
    for start in starts:
        number_ = _NUMBERED.match(text, start) if not start else None
        found = _I.match(text, number_.end() if number_ else start)
        if found and found["verb"] in _SAYS and not (opening and not start):
            yield Mention(
                number, found.start("i"), found.end("i"), "I", "", "subject", found["verb"], 1.0, office=FIRST_PERSON
            )  # fmt: skip


def _titled(number: int, text: str) -> Iterator[Mention]:
    at = 0
    while found := _TITLED.search(text, at):
        title, sure = title_of(found["title"], bool(found["stop"]))
        at = found.start("name")
        if found["stop"] in (".", ":") and found["title"].lower() in _WHOLE:
            continue
        name, begin, end = found["name"], found.start("name"), found.end("name")
        if found["family"] and _family(name, found["family"]):
            name, begin, end = found["family"], found.start("family"), found.end("family")
        if not title or name in _MONTHS or name.lower() in FUNCTION | IMPERSONAL or name.lower() in TITLES:
            continue
        # the first letter may be lost, where all the rest is plain
        if name[0].islower() and (sure < 1 or not found["stop"] or len(name) < 4 or name in SAYING):
            continue
        shouted = name.isupper() and capitals(text) < 0.6
        sure = 0.9 if shouted and found["title"].isupper() else sure
        if (sure < 1 and len(name) < 4) or (shouted and (sure < 1 or len(name) < 4)):
            continue
        at = end
        if found["small"] and begin == found.start("name"):
            name, begin = f"{found['small']}{name}", found.start("small")
        role, verb, saying = _role(text, found.start(), end)
        owner = bool(_POSSESSIVE.match(text, end))
        yield Mention(
            number, begin, end, name, title, role, verb, sure * saying, owner=owner
        )  # fmt: skip


def _family(given: str, word: str) -> bool:
    """Whether a word behind a name with a form of address is the family name: written like it, and no other word."""
    low = word.lower()
    alike = given.isupper() == word.isupper() and given[0].isupper() and given.lower() not in TITLES
    return alike and low not in FUNCTION | IMPERSONAL | TITLES and word not in _MONTHS and not saying(low)


def _role(text: str, start: int, end: int) -> tuple[Role, str, float]:
    after = text[end : end + 200]
    if bracket := _BRACKET.match(after):
        after = after[bracket.end() :]
    beside = _BESIDE.match(after)
    if beside and _says(after[beside.end() :]):
        after = after[beside.end() :]
    after = after[:60]
    if _POSSESSIVE.match(after):
        return "spoken-of", "", 1.0
    if re.match(r"\s*:\s", after) and not text[:start].strip():
        return "subject", "", 1.0
    before = text[max(0, start - 16) : start].rstrip().lower()
    words = re.findall(r"[a-z]+|[^\sa-z]", after.lower())[:5]
    while words and (words[0] in ",.:;-" or _between(words[0])):
        del words[0]
    verb = saying(words[0]) if words else None
    if verb is None and len(words) > 1 and words[0].isalpha() and words[0] not in FUNCTION:
        # a word that was struck over may stand between
        verb = saying(words[1])
    if verb is None:
        last = re.search(r"([a-z]+)$", before)
        if last and last[1] in INVERTED and re.match(r"\s*(?:[.,;]|that\b|also\b)", after):
            return "subject", last[1], 0.9
        past = (
            bool(words)
            and len(words[0]) > 4
            and words[0].endswith("ed")
            and not re.search(r"\b(?:that|as|to|by|with)$", before)
        )
        return ("subject", "", 0.6) if past else ("spoken-of", "", 0.9)
    if re.search(r"\b(?:that|which|as|what|than|if|when)$", before) or re.search(
        r"\b(?:to|by|with|of|from|for)$", before
    ):
        return ("spoken-of", "", 0.7)
    return "subject", verb, 1.0


def _says(after: str) -> bool:
    """Whether words begin with a verb of saying that can still be read."""
    words = [word for word in re.findall(r"[a-z]+", after[:40].lower())[:3] if not _between(word)]
    return bool(words) and words[0] in SAYING


def _between(word: str) -> bool:
    return word in BETWEEN or word == "them"


@lru_cache(maxsize=4096)
def saying(word: str) -> str | None:
    """The verb of saying that a word is or is most likely misread from."""
    if word in _SAYS:
        return word
    if len(word) < 3 or word in FUNCTION:
        return None
    return nearest(word, SAYING, 0.74 if len(word) >= 5 else 0.78)


def _label(number: int, text: str) -> Mention | None:
    """Whoever has what they say behind their name, as in a script: `GRAVEL: It is late.`"""
    number_ = _NUMBERED.match(text)
    named = _NAMED_AT_START.match(text, number_.end() if number_ else 0)
    if not named or (named["dash"] and named["title"]):
        return None
    name, start, end = named["name"], named.start("name"), named.end("name")
    if office := office_of(name) or nearest(name.lower(), TASKS, 1.0):
        held = " ".join([*(word for word in named["title"].lower().split() if word != "the"), office])
        title = SHORT.get(office, office)
        return Mention(number, start, end, name, title, "subject", sure=0.9, first=True, office=held)
    if not name[0].isupper() or name.lower() in FUNCTION | PARTS | LABELS:
        return None
    return Mention(number, start, end, name, "", "subject", "", 0.7 if named["dash"] else 0.9, True)


def _untitled(number: int, text: str) -> Iterator[Mention]:
    """Whoever opens a paragraph without a form of address that can still be read."""
    number_ = _NUMBERED.match(text)
    begin = number_.end() if number_ else 0
    found = _UNTITLED.match(text, begin)
    if not found or len(found["name"]) < 3 or found["name"].isupper():
        return
    name, start = found["name"], found.start("name")
    lead = found["first"].strip().lower()
    if name.lower() in BEHIND and lead:
        name, start, lead = found["first"].strip(), found.start("first"), ""
    if name.lower() in FUNCTION or name.lower().replace("’", "'").split("'")[0] in FUNCTION:
        return
    words = found["rest"].split()
    while words and _between(words[0]):
        del words[0]
    verb = saying(words[0]) if words and name[0].isupper() else words[0] if words and words[0] in SAYING else None
    if verb is None:
        return
    if lead in ("the", "this", "that", "these", "those", "his", "their", "our", "its", "a", "an", "both"):
        return
    cut_off = name[0].islower() and " " not in name and "-" not in name
    if cut_off and lead:
        return
    yield Mention(
        number, start, start + len(name), name, "", "subject", verb,
        0.7 if verb in words else 0.6, True,
    )  # fmt: skip
