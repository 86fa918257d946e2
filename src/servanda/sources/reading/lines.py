"""Lines and what each of them is: page furniture by its form, the heading by its place, the rest as running text.

Every line has a score for every kind, from its own form alone. The kinds of all lines are then decided together, as the
cheapest path (Viterbi 1967): a heading comes before the conversation, stamps come in blocks, a list goes on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from servanda.sources.likeness import likeness, nearest

from .cues import common
from .english import (
    FUNCTION,
    HEADINGS,
    LABELS,
    PAPERS,
    PARTICLES,
    PRESENT,
    RECORDS,
    SAYING,
    SHORT_TITLES,
    STAMPS,
    TITLES,
)
from .parts import COUNTED_LINE, appended, breaks_off, chain, heads, named_parts
from .paths import best_path
from .transcript import Kind

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: What an item of a list begins with: a bullet, then a number or a letter in one of the common forms.
ENUMERATOR = re.compile(r"^[\s\-–—•*·.]*(?:\((?P<a>\d{1,2}|[a-zivx]{1,4})\)[.,]?\s*|(?P<b>\d{1,2}|[a-h])[.)]\s+)\S")
ANY_ENUMERATOR = re.compile(r"(?:^|(?<=[\s;:,]))\((\d{1,2}|[a-zivx]{1,4})\)(?=\s)")
#: What speaks for a line with a bullet beside another one to be an item of a list; for a line that goes on with a list
#: of those present to be part of it; the price of another kind of line where one is broken because it is full.
_BULLETED, _LISTS_ON, _BROKEN = 7.0, 5.5, 4.0
_BULLET = re.compile(r"^\s*[-–—•*·]\s+\S")
_BOXES = re.compile(r"\(\s*\)|\[\s*\]|[□☐☑☒]")
_DATE = re.compile(
    r"\b\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}\b|\b[A-Z]\w{2,8}\.?\s+\d{1,2},?\s+\d{4}\b|\b\d{1,2}\s+\w+\s+\d{4}\b"
)
_CODE = re.compile(r"\b\w{0,4}(?:/\w{1,6}){1,3}\b|\b[A-Z]\d{2,}\b|\b\d{4,}\b")
#: Small words before a family name, which belong to it: `van der`, `al-`.
SMALL = rf"(?:(?:(?:{'|'.join(PARTICLES)})[ \t]+){{1,2}}(?=[^\W\d_])|(?:al|el|ad|ar|as|ash|an)-(?=[^\W\d_]))?"
_TITLED = re.compile(rf"(?<!\w)(\w{{2,12}})([.:,;]?)\s+(?:[A-Z]\.\s*)*{SMALL}([^\W\d_a-z][\w'’-]+)")
_LABEL = re.compile(r"^\W*(?:(?:[Ii]n|[Aa]lso|[Tt]hose|IN|ALSO|THOSE)[ \t]+)?([A-Za-z]{2,14})\b")
#: A turn whose first letters were lost at the edge of a page: the end of a name, if that, then a verb of saying.
_AT_END = re.compile(r"\b([A-Z]\w{1,9})\.\s*$")
_CUT_OFF = re.compile(r"^\W*([a-z]{2,8})\s+(\w+)\b")
#: A line with a longer run of characters without a space is noise: no word is so long.
_LONGEST_WORD = 200
#: How many numbered paragraphs there are at least, and of how many words.
_PARAGRAPHS, _LONG = 3, 12
_SAID: frozenset[Kind] = frozenset(["body", "list-item"])
KINDS: tuple[Kind, ...] = ("header", "participants", "stamp", "body", "list-item", "noise")
#: What follows what: the price of going from the kind of one line to that of the next, in the same units as the scores.
_PRICES: dict[Kind, dict[Kind, float]] = {
    "header": {"header": 0, "participants": 0.5, "stamp": 1, "body": 1, "list-item": 4, "noise": 2},
    "participants": {"header": 1.5, "participants": 0, "stamp": 1, "body": 1, "list-item": 4, "noise": 2},
    "stamp": {"header": 1, "participants": 1.5, "stamp": 0, "body": 1, "list-item": 2, "noise": 2},
    "body": {"header": 9, "participants": 9, "stamp": 2, "body": 0, "list-item": 1.5, "noise": 3},
    "list-item": {"header": 9, "participants": 9, "stamp": 2.5, "body": 1, "list-item": 0, "noise": 3},
    "noise": {"header": 2, "participants": 2, "stamp": 1.5, "body": 1, "list-item": 2, "noise": 0},
}
_BEGINNING: dict[Kind, float] = {
    "header": 0.0,
    "participants": 2.0,
    "stamp": 0.5,
    "body": 1.5,
    "list-item": 4.0,
    "noise": 2.0,
}


#: What speaks for a line to be the title of the document, where it begins it and looks like one; for one that stands
#: wholly in square brackets to be a note of whoever edited it.
_TITLE, _NOTE = 4.0, 5.0
#: What speaks for the heading of a part to be one; it may stand in the middle of a talk at this price.
_HEADS, _NEW_PART = 6.0, 1.0
#: Of how many words a line with a date gives more than that, and which share of them may hold sentences together.
_SEVERAL, _LITTLE = 3, 0.2
#: Among how many of its first words a title says what a paper is, and how many it has at most.
_EARLY, _TITLE_WORDS = 4, 14
#: From which likeness on a word behind a name is a verb of saying.
_LIKE_SAYING = 0.78
#: How many words the heading of a part in capitals has at most that has no number.
_PART_WORDS = 5


class Read(msgspec.Struct, frozen=True):
    """A line with its kind, page and paragraph, before anybody speaks in it."""

    number: int
    text: str
    kind: Kind
    page: int
    paragraph: int | None
    sure: float

    @property
    def said(self) -> bool:
        """Whether it is running text or an item of a list, where somebody may speak."""
        return self.kind in _SAID


def read_lines(text: str) -> tuple[Read, ...]:
    """The lines of a text, as split at newlines and nowhere else: joined again, they are the text."""
    rows = text.split("\n")
    filled = [at for at, row in enumerate(rows) if row.strip()]
    repeated = _furniture([rows[at] for at in filled])
    scores = [_scores(rows[at], repeated) for at in filled]
    if filled and _entitles(rows[filled[0]]):
        scores[0][0] += _TITLE
    parts = {k for k, at in enumerate(filled) if heads(rows[at]) or appended(rows[at])}
    for k, at in enumerate(filled):
        near = [rows[filled[other]] for other in (k - 1, k + 1) if 0 <= other < len(filled)]
        if _BULLET.match(rows[at]) and any(_BULLET.match(row) for row in near):
            scores[k][KINDS.index("list-item")] += _BULLETED
    for k, at in enumerate(filled):
        if parts and k not in parts and _shouts(rows[at], repeated):
            parts.add(k)
            scores[k][0] += 0.5 * _HEADS
    for k in named_parts([rows[at] for at in filled]) - parts:
        parts.add(k)
        scores[k][KINDS.index("list-item")] -= _HEADS
        scores[k][0] += _HEADS

    broken = {k for k in range(1, len(filled)) if filled[k] == filled[k - 1] + 1 and breaks_off(rows[filled[k - 1]])}

    listing = False
    for k, at in enumerate(filled):
        begins = _label(rows[at]) == "present"
        listing = begins or (listing and (k in broken or (at == filled[k - 1] + 1 and _only_names(rows[at]))))
        scores[k][KINDS.index("participants")] += _LISTS_ON * (listing and not begins)

    def price(place: int, before: int, now: int) -> float:
        if place in parts:
            return _NEW_PART
        return _PRICES[KINDS[before]][KINDS[now]] + (_BROKEN if place in broken and before != now else 0.0)

    path, sure = best_path(scores, [_BEGINNING[kind] for kind in KINDS], price)
    kinds: dict[int, tuple[Kind, float]] = {at: (KINDS[k], s) for at, k, s in zip(filled, path, sure, strict=True)}
    _carry_lists_on(rows, filled, kinds)
    _number_paragraphs(rows, kinds)
    return tuple(_numbered(rows, kinds))


def words_of(text: str) -> list[str]:
    """The words of a line, without marks and figures."""
    return WORD.findall(text)


def capitals(text: str) -> float:
    """How much of a text's letters are capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) / len(letters) if letters else 0.0


def _form(text: str) -> str:
    """A line as a shape: letters alike, figures alike; lines of one form on many pages are furniture."""
    return re.sub(r"\d", "9", " ".join(text.lower().split()))


def _furniture(rows: list[str]) -> frozenset[str]:
    """Short lines that come back: running heads, feet and markings."""
    counts = Counter(_form(row) for row in rows if len(words_of(row)) <= 8)
    return frozenset(form for form, count in counts.items() if count > 1)


def _scores(text: str, repeated: frozenset[str]) -> list[float]:
    if max(map(len, text.split())) > _LONGEST_WORD:
        return [-9.0] * (len(KINDS) - 1) + [9.0]
    words = words_of(text)
    few = len(words)
    lower = [word.lower() for word in words]
    glue = sum(word in FUNCTION for word in lower) / few if few else 0.0
    caps = capitals(text)
    small = sum(word[0].islower() for word in words) / few if few else 0.0
    vocabulary = _stamp_words(words) if few < 40 else 0
    boxes, codes = len(_BOXES.findall(text)), len(_CODE.findall(text))
    dated = bool(_DATE.search(text))
    label = _label(text)
    titular = _titular(text)
    people = _people(text) if few <= 14 and not titular else 0
    vocabulary = 0 if titular else vocabulary
    legible = sum(map(str.isalnum, text)) / max(1, len(text.replace(" ", "")))

    body = 3.0 * min(1.0, few / 8) * (0.4 + glue) + 2.0 * small + (1.0 if few >= 12 else 0.0)
    body += 0.8 if re.search(r"[a-z][.,;:?!]?\s*$", text) else 0.0
    body -= 3.0 * (caps > 0.6) + 1.5 * boxes + (1.5 if few <= 4 and small < 0.5 else 0.0)
    stamp = 2.0 * boxes + 1.2 * min(vocabulary, 4) * (1.5 if few <= 8 else 1.0) - 4.0 * glue * (few > 12)
    furniture = vocabulary or codes or few == 1 or _form(text) in repeated
    stamp += (
        (2.0 if furniture else 0.5) * (caps > 0.8 and 0 < few <= 6)
        + 0.6 * min(codes, 3)
        + 0.5 * (dated and vocabulary > 0)
    )
    stamp += 1.5 * (_form(text) in repeated and few <= 6) + 2.0 * (
        not few and not dated and any(map(str.isdigit, text))
    )
    when = 4.0 if few >= _SEVERAL and glue <= _LITTLE and not vocabulary else 2.5
    header = when * dated * (few <= 10 and not ENUMERATOR.match(text)) + 3.0 * (label == "label") * (few <= 16)
    header += (1.5 if furniture else 2.5) * (caps > 0.7 and few >= 2)
    header += 2.0 * (label == "label" and few <= 16 and ":" in text[:20])
    if heads(text) or appended(text):
        header, stamp = header + _HEADS, stamp - _HEADS
    header += 3.0 * titular - 1.2 * vocabulary - 1.5 * boxes - 2.0 * (few > 20)
    present = (
        (7.0 if ":" in text[:20] else 5.0) * (label == "present")
        + 4.0 * people * (few <= 4 * people + 3)
        - 5.0 * glue * (few > 5)
        - 1.5 * boxes
    )
    listed = -1.0 + body
    if ENUMERATOR.match(text):
        listed += 4.0
    elif _list_begins(text):
        listed += 3.5
    else:
        listed -= 4.0
    noise = 2.5 * (legible < 0.6) + (1.0 if few <= 2 and not any(map(str.isdigit, text)) and legible < 0.8 else 0.0)
    if noted(text):
        header, body = header + _NOTE, body - 0.5 * _NOTE
    return [header, present, stamp, body, listed, noise]


def _entitles(text: str) -> bool:
    """Whether a line that begins a document may be its title: short, with a date or a name, and no sentence."""
    words = words_of(text)
    return (
        1 < len(words) <= 20
        and text.rstrip()[-1:] not in (".", "?", "!")
        and (bool(_DATE.search(text)) or _titular(text))
    )


def _shouts(text: str, repeated: frozenset[str]) -> bool:
    """Whether a line may be the heading of a part where others are: a few capitals that are no stamp."""
    words = words_of(text)
    short = 0 < len(words) <= _PART_WORDS and not any(map(str.islower, text)) and not any(map(str.isdigit, text))
    return short and _form(text) not in repeated and not _stamp_words(words)


def _only_names(text: str) -> bool:
    """Whether a line may be part of a list of people: no sentence, and nobody says anything in it."""
    lower = [word.lower() for word in words_of(text)]
    glue = sum(word in FUNCTION for word in lower)
    return text.rstrip()[-1] != "." and glue <= _LITTLE * len(lower) and SAYING.isdisjoint(lower)


def noted(text: str) -> bool:
    """Whether a line is a note of whoever edited the text, in square brackets."""
    return text.strip()[:1] == "[" and text.rstrip()[-1:] == "]"


def _stamp_words(words: list[str]) -> int:
    found = 0
    for word in words:
        low = word.lower()
        if low in FUNCTION or len(low) < 3 or (low in common() and low not in STAMPS):
            continue
        near = nearest(low, STAMPS, 0.78) if len(low) >= 5 else None
        found += low in STAMPS or (near is not None and abs(len(near) - len(low)) <= 2)
    return found


def _label(text: str) -> str | None:
    """Whether a line begins with a label of headings, and of which sort."""
    found = _LABEL.match(text)
    if not found:
        return None
    word = found[1].lower()
    if len(word) >= 6 and nearest(word, PRESENT, 0.75):
        return "present"
    followed = text[found.end() :].lstrip()[:1]
    if word in LABELS and (followed in (":", "-", "") or found[1].isupper() or found[1][0].isupper()):
        return "label"
    if followed == ":" and len(word) >= 3 and nearest(word, LABELS, 0.7):
        return "label"
    return None


def _titular(text: str) -> bool:
    """Whether a line is the name of a paper such as this, as far as it can be read."""
    said = " ".join(text.lower().split()).strip(" .:-")
    if 8 <= len(said) <= 60 and any(likeness(said, each) >= 0.7 for each in HEADINGS):
        return True
    words = said.split()
    named = any(
        (a in RECORDS and b in ("of", "for", "on")) or (a in PAPERS and b == "from")
        for a, b in pairwise(words[: _EARLY + 1])
    )
    return named and len(words) <= _TITLE_WORDS and text[:1].isupper() and text.rstrip()[-1] not in ".?!"


def _people(text: str) -> int:
    """How many names with a form of address a line holds, if it holds little else."""
    count = at = 0
    while found := _TITLED.search(text, at):
        titled = _is_title(found[1], found[2])
        count, at = count + titled, found.end() if titled else found.start(3)
    return count


def _is_title(word: str, stop: str) -> bool:
    if word[0].isupper() and word.lower() in TITLES:
        return True
    return bool(stop) and len(word) <= 4 and word[0].isupper() and any(likeness(word, t) >= 0.65 for t in SHORT_TITLES)


def _list_begins(text: str) -> bool:
    """Whether a line opens a list: a short heading that ends in a colon, then the first item."""
    first = ANY_ENUMERATOR.search(text)
    if not first:
        return False
    before = text[: first.start()].strip()
    return before.endswith(":") and len(words_of(before)) <= 12 and "." not in before


def _carry_lists_on(rows: list[str], filled: list[int], kinds: dict[int, tuple[Kind, float]]) -> None:
    """A list goes on while its lines do: what begins in the middle of a sentence or holds the next number."""
    is_open = False
    for at in filled:
        kind, sure = kinds[at]
        text = rows[at].strip()
        if kind == "list-item":
            is_open = True
        elif kind == "body" and is_open:
            goes_on = text[0].islower() or (text[0] == "(" and ANY_ENUMERATOR.match(text))
            is_open = bool(goes_on) or bool(_BULLET.match(text) and ANY_ENUMERATOR.search(text))
            if is_open:
                kinds[at] = ("list-item", min(sure, 0.7))
        elif kind not in ("stamp", "noise"):
            is_open = False


def _number_paragraphs(rows: list[str], kinds: dict[int, tuple[Kind, float]]) -> None:
    """Where most of a text stands in numbered lines, these are its paragraphs and no list."""
    said = [at for at, (kind, _) in kinds.items() if kind in _SAID]
    counted = [(at, int(found[1])) for at in said if (found := COUNTED_LINE.match(rows[at]))]
    counted = chain(counted)
    rising = sum(after[1] == before[1] + 1 for before, after in pairwise(counted))
    whole = {at: [at, *_goes_on(rows, kinds, at)] for at, _ in counted}
    words = sum(len(rows[each].split()) for parts in whole.values() for each in parts)
    most = 2 * words > sum(len(rows[at].split()) for at in said)
    if most and len(counted) >= _PARAGRAPHS and rising >= 0.7 * (len(counted) - 1) and words >= _LONG * len(counted):
        kinds.update({each: ("body", kinds[each][1]) for parts in whole.values() for each in parts})


def _goes_on(rows: list[str], kinds: dict[int, tuple[Kind, float]], at: int) -> Iterator[int]:
    """The lines below one that go on with its paragraph."""
    for below in range(at + 1, len(rows)):
        if below not in kinds or kinds[below][0] not in _SAID or ENUMERATOR.match(rows[below]):
            return
        yield below


def _numbered(rows: list[str], kinds: dict[int, tuple[Kind, float]]) -> list[Read]:
    """Lines with pages and paragraphs: a page ends at a form feed; where there are none, at a wide gap, or at a stamp
    within the conversation.
    """
    fed = any("\f" in text for text in rows)
    read: list[Read] = []
    page, paragraph, gap = 1, 0, 0
    started = turned = headed = False
    last = ""
    for at, text in enumerate(rows):
        if "\f" in text and any(row.strip() for row in rows[:at]):
            page, turned = page + text.count("\f"), True
        if at not in kinds:
            gap += 1
            read.append(Read(at + 1, text, "blank", page, None, 1.0))
            continue
        kind, sure = kinds[at]
        if started and not turned and not fed and gap >= 3:
            page, turned = page + 1, True
        here: int | None = None
        if kind in _SAID:
            if not paragraph or headed or _begins(text, last, gap):
                paragraph += 1
            here, last, started, turned, headed = paragraph, text, True, False, False
        elif kind == "stamp" and started and not turned and not fed and gap < 3:
            read.append(Read(at + 1, text, kind, page, None, sure))
            if not any(kinds[later][0] == "stamp" for later in range(at + 1, min(at + 3, len(rows))) if later in kinds):
                page, turned = page + 1, True
            gap = 0
            continue
        headed = headed or (kind == "header" and started)
        read.append(Read(at + 1, text, kind, page, here, sure))
        gap = 0
    return read


def _names(text: str) -> bool:
    """Whether a line begins with a name and a verb of saying."""
    words = words_of(text[:60])[:2]
    named = len(words) == 2 and words[0][0].isupper() and words[0].lower() not in FUNCTION
    return named and words[1].islower() and nearest(words[1], SAYING, _LIKE_SAYING) is not None


def _begins(text: str, last: str, gap: int) -> bool:
    """Whether a line begins a paragraph: after a gap and a finished sentence, and not in the middle of one."""
    first = text.strip()[0]
    cut_off = _CUT_OFF.match(text)
    if cut_off and last.rstrip()[-1:] in (".", "?", "!"):
        named = cut_off[1] not in FUNCTION and cut_off[2] in SAYING
        if named or (cut_off[1] in SAYING and cut_off[2] in FUNCTION):
            return True
    title = _AT_END.search(last)
    finished = last.rstrip()[-1:] in '.?!:;"”)' and not (title and _is_title(title[1], "."))
    opener = _TITLED.match(text.strip())
    titled = bool(opener and _is_title(opener[1].capitalize(), opener[2]) and opener[3].lower() not in FUNCTION)
    if gap:
        if not finished and last.rstrip()[-1:] in ",;" and (titled or _names(text)):
            return True
        return (finished and titled) or (not first.islower() and (finished or last.rstrip()[-1:] not in ",-"))
    return finished and (titled or text.startswith(("  ", "\t")))
