"""Who is at the table, as far as the heading of a document says so, or the line in which somebody is first named.

A heading lists people under their sides: behind a label (`X - Amb. A`), in brackets (`A, B (X)`), or below a line that
has the side alone. Beside a name stands a form of address or an office; an office may stand for somebody by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from servanda.sources.likeness import likeness, nearest

from .english import ABSENT, BEHIND, FUNCTION, IMPERSONAL, OFFICES, PRESENT, ROLES, SAYING, STYLES
from .initials import letters_in
from .lines import SMALL, Read
from .states import Entity, world
from .titles import called, office_of, title_of
from .transcript import Participant

_NAME = re.compile(
    r"(?:(?P<title>[A-Z][^\W\d_]{0,11})(?P<stop>\.?)[ \t]+)?(?:[A-Z]\.[ \t]*)*"
    rf"(?P<small>{SMALL})(?P<name>[^\W\d_a-z][\w'’-]+)"
    r"(?=(?:[ \t]+(?P<family>[A-Z][\w'’-]+))?)"
)
#: A name behind a form of address that lost its first letter.
_CUT_OFF = re.compile(r"\b(?P<title>[A-Z][^\W\d_]{1,12})(?P<stop>\.?)[ \t]+(?P<name>[a-z]{4,})\b")
_SIDE = re.compile(
    r"(?:\b[Ff]or[ \t]+)?(?:\b[Tt]he[ \t]+)?(?P<side>(?:[A-Z][\w.]*|^[a-z]{4,})(?:[ \t](?:of[ \t])?[A-Z][\w.]*){0,3})"
    r"[ \t]*(?:[Ss]ide|[Dd]elegation)?[ \t]*[-–—:](?=[ \t]|$)"
)
#: A part of a row: up to a semicolon, or up to the bracket that says for whom the people before it are there.
_PART = re.compile(r"[^;(]*(?:\((?P<bracket>[^()]{1,60})\)|;|$)")
_ALONE = re.compile(
    r"^\W*(?:[Ff]or[ \t]+)?(?:[Tt]he[ \t]+)?(?P<side>[A-Z][\w.'-]*(?:[ \t](?:of[ \t])?[A-Z][\w.'-]*){0,3})\W*$"
)
#: Somebody with an affiliation in the text itself, as in records of many parties: `Mr. A (X) said`.
_AFFILIATED = re.compile(
    r"(?<!\w)(?P<title>[^\W\d_]{1,12})(?P<stop>\.?)[ \t]+(?:[A-Z](?:\.|[^\W\d_]+)[ \t]*){0,3}?"
    r"(?P<name>[A-Z][^\W\d_'’-]+)"
    r"[ \t]+\((?P<side>(?:the[ \t]+)?[A-Z][^\d()]{1,60})\)"
)
#: What stands in one column: columns are three spaces or a tab apart; how many rows have them at least.
_CELL = re.compile(r"[^\s](?:(?!\s{3}|\t).)*")
_ROWS = 2
#: From which likeness on a word of a heading is one that says what somebody is, and a short one an article.
_ALMOST, _ARTICLE = 0.8, 0.6
#: Whose people somebody is of, as offices abroad are named.
_POSTED = re.compile(
    r"\b(?:Delegation|Embassy|Government|Legation|Mission) of (?:the )?(?P<side>[A-Z]\w+(?: [A-Z]\w+){0,2})"
)
#: For whom those before it are there, at the end of a part of a row.
_FOR = re.compile(
    r"(?:^|(?<=[\s,)]))(?:for|representing|on behalf of)[ \t]+(?:the[ \t]+)?"
    r"(?P<side>[A-Z][\w.'’&-]*(?:[ \t](?:of[ \t])?[A-Z][\w.'’&-]*){0,3})[ \t.]*$"
)
#: How many people can be at one table.
MOST = 60
_BESIDE = r"(?:of|from|in|to|by|with|for|that|between|and)"


class Listed(msgspec.Struct, frozen=True):
    """Somebody whom a heading lists: name, party, line, form of address, office, and from where to where it stands."""

    name: str
    party: str | None
    line: int
    title: str
    office: str
    start: int
    end: int
    letters: str = ""

    def as_participant(self) -> Participant:
        """The same as a value of the transcript."""
        return Participant(self.name, self.party, self.line)


def participants(lines: Sequence[Read], parties: Sequence[Entity]) -> list[Listed]:
    """The people that the heading lists, in its order."""
    rows = _columns([line for line in lines if line.kind == "participants"])
    said = "\n".join(line.text for line in lines if line.said)
    found: list[Listed] = []
    side: str | None = None
    titled = sum(any(each[1] for each in _people(line.text, 0)) for line in rows)
    mostly_titled = titled >= 2 and 2 * titled > len(rows) - 1
    for line in rows:
        text = line.text
        alone = _ALONE.match(text)
        if nearest(next(iter(re.findall(r"[a-z]+", text.lower())), ""), ABSENT, _ALMOST):
            continue
        if alone and not _head(alone["side"]) and nearest(alone["side"].split()[-1].lower(), PRESENT, 0.7):
            continue
        if alone and _is_side(alone["side"], parties, said, mostly_titled):
            side = _side(alone["side"], parties)
            continue
        at, office = 0, ""
        for label in _SIDE.finditer(text):
            words = label["side"]
            at = label.end()
            if nearest(words.split()[-1].lower(), PRESENT, 0.7):
                continue
            if any(title_of(word.rstrip("."), word.endswith("."))[0] for word in words.split()) and not _head(words):
                continue
            if all(word.lower() in ROLES for word in words.split()):
                office, side = words.lower(), None
            elif _head(words):
                office = _head(words)
            else:
                side = _side(words.removesuffix(" Delegation"), parties)
        for part in _PART.finditer(text, at):
            bracket = part["bracket"]
            ends = text.find(";", part.start()) if ";" in text[part.start() :] else len(text)
            there_for = _FOR.search(text, part.start(), ends)
            if there_for and there_for.start() <= part.start() + 1:
                continue
            letters = letters_in(bracket, text[part.start() : part.start("bracket") - 1]) if bracket else ""
            if letters:
                bracket = ""
            inside = bracket.removeprefix("the ") if bracket and bracket[0] != "(" else ""
            what = nearest(inside.lower(), OFFICES | ROLES, _ALMOST) or inside
            held = _office(what) if _head(what) else ""
            in_bracket = _side(inside, parties) if inside[:1].isupper() and not _describes(what) else None
            post = _POSTED.search(text, part.start(), part.end())
            posted = _side(post["side"], parties) if post else None
            until = part.start("bracket") - 1 if part["bracket"] else part.end()
            until = min(until, there_for.start()) if there_for else until
            behind = _side(there_for["side"], parties) if there_for else None
            for name, title, own, start, end in _people(text[:until], part.start()):
                whose = in_bracket or posted or behind or side
                found.append(Listed(name, whose, line.number, title, own or held or office, start, end, letters))
    return found[:MOST]


def _columns(rows: Sequence[Read]) -> list[Read]:
    """The rows of a list; where they stand in columns, one column after the other, each as if it stood there alone."""
    cells = [[*_CELL.finditer(row.text)] for row in rows]
    if sum(len(each) > 1 for each in cells) < _ROWS:
        return [*rows]
    apart = []
    for column in range(max(map(len, cells))):
        for row, each in zip(rows, cells, strict=True):
            if column < len(each):
                start, end = each[column].span()
                text = " " * start + row.text[start:end] + " " * (len(row.text) - end)
                apart.append(msgspec.structs.replace(row, text=text))
    return apart


def affiliated(lines: Sequence[Read], parties: Sequence[Entity]) -> list[Listed]:
    """Those whom the text itself names with whom they speak for, each where that is first said."""
    found: dict[str, Listed] = {}
    for line in lines:
        if not line.said:
            continue
        for each in _AFFILIATED.finditer(line.text):
            title, sure = title_of(each["title"], bool(each["stop"]))
            name = called(each["name"])
            opens = not line.text[: each.start()].strip() and line.text[each.end() :].lstrip()[:1] == ":"
            if (sure == 1 or opens) and name not in found and not _head(each["side"]):
                side = _side(each["side"].removeprefix("the ").strip(), parties)
                found[name] = Listed(name, side, line.number, title, "", each.start("name"), each.end("name"))
    return list(found.values())[:MOST]


def _head(words: str) -> str:
    """The office in some words, if they name one: the last word that does."""
    return next(
        (head for word in reversed(re.findall(r"[A-Za-z]+(?:-[a-z]+)?", words)) if (head := office_of(word))), ""
    )


def _office(words: str) -> str:
    """An office as it is compared: in small letters, its last word as offices are called."""
    *lead, last = words.lower().split()
    return " ".join([*lead, office_of(last) or last])


@cache
def _states() -> frozenset[str]:
    return frozenset(form for each in world() for form in each.forms)


def _is_side(words: str, parties: Sequence[Entity], said: str, mostly_titled: bool) -> bool:
    """Whether a row that holds nothing else names a side: a state, a party, or what the text treats as one.

    Where most rows have a form of address or an office, one that has none names no person.
    """
    if words in _states() or any(words in each.forms for each in parties):
        return True
    if len(words) > 4 and any(likeness(words, form) >= _ALMOST for each in parties for form in each.forms):
        return True
    first = words.split()[0]
    if _head(words) or title_of(first.rstrip("."), first.endswith("."))[0]:
        return False
    if mostly_titled:
        return True
    word = re.escape(words)
    party = len(re.findall(rf"\b{_BESIDE}[ \t]+(?:the[ \t]+)?{word}\b(?!['’-])", said))
    person = sum(found[1] in SAYING for found in re.finditer(rf"\b{word}[ \t]+([a-z]+)", said))
    return party > person


def _side(words: str, parties: Sequence[Entity]) -> str:
    """The party that a label names: one of those known, or else whatever the label says."""
    exact = next((each.name for each in (*parties, *world()) if words in each.forms), None)
    if exact:
        return exact
    likely = max(parties, key=lambda each: max(likeness(words, form) for form in each.forms), default=None)
    return likely.name if likely and max(likeness(words, form) for form in likely.forms) >= 0.7 else words


def _people(text: str, at: int) -> Iterator[tuple[str, str, str, int, int]]:
    """The people in a part of a row: name, form of address, office, and where the name stands."""
    known: list[tuple[str, str, str, int, int]] = []
    for chunk in re.finditer(r"[^,]+", text[at:]):
        begin = at + chunk.start()
        names = _names(text[: at + chunk.end()], begin)
        before = text[begin : names[0][2]] if names else chunk[0]
        held = _office(_without_article(before).strip()) if _head(before) not in STYLES | {""} else ""
        titled = [each for each in names if each[1]]
        if known and not titled and (_describes(chunk[0]) or (known[-1][1] and len(chunk[0].split()) > 1)):
            if not known[-1][2] and _head(chunk[0]):
                known[-1] = (*known[-1][:2], _office(chunk[0]), *known[-1][3:])
        elif names:
            known += [(called(name), title or _head(before), held, start, end) for name, title, start, end in names]
        elif held and (found := re.search(r"[A-Z].*[A-Za-z]", _without_article(chunk[0]))):
            known.append((found[0], _head(held), held, begin + found.start(), begin + found.end()))
    yield from known


def _without_article(words: str) -> str:
    """Words with their article left blank, which may be damaged."""
    first = re.match(r"\W*([A-Za-z]{2,4})\b(?=\W+\w)", words)
    article = first is not None and likeness(first[1].lower(), "the") >= _ARTICLE
    return " " * first.end() + words[first.end() :] if first and article else words


def _describes(words: str) -> bool:
    """Whether words say what somebody is rather than who: an office, a task, a department."""
    return any(word in OFFICES or word in ROLES or word in IMPERSONAL for word in re.findall(r"[a-z]+", words.lower()))


def _family(word: str) -> bool:
    """Whether a capitalised word behind a name with a form of address may be the family name."""
    return word.lower() not in FUNCTION | IMPERSONAL | ROLES and not title_of(word, False)[0] and not _describes(word)


def _names(text: str, at: int) -> list[tuple[str, str, int, int]]:
    titled: list[tuple[str, str, int, int]] = []
    plain: list[tuple[str, str, int, int]] = []
    fresh = True
    for found in _NAME.finditer(text, at):
        name, begin = found["name"], found.start("name")
        title = title_of(found["title"], bool(found["stop"]))[0] if found["title"] else ""
        if title and found["family"] and _family(found["family"]) and not title_of(name, False)[0]:
            name, begin = found["family"], found.start("family")
        low = name.lower()
        # a name may be like a title, but not behind another one
        titular = title_of(name, False)[1] > (0.99 if title else 0.0)
        if low in FUNCTION | IMPERSONAL | ROLES | BEHIND or titular or (name.isupper() and len(name) < 4):
            continue
        if nearest(low, PRESENT, 0.8):
            continue
        if found["small"] and begin == found.start("name"):
            name, begin = f"{found['small']}{name}", found.start("small")
        entry = (name, title, begin, begin + len(name))
        if title:
            titled.append(entry)
        elif fresh or not plain or re.search(r"[,;\t]|  ", text[plain[-1][3] : entry[2]]):
            plain.append(entry)
        else:
            plain[-1] = entry
        fresh = False
    for found in _CUT_OFF.finditer(text, at):
        title, word = title_of(found["title"], bool(found["stop"]))[0], found["name"]
        if title and not _describes(word) and word not in FUNCTION:
            titled.append((word, title, found.start("name"), found.end("name")))
    return sorted(titled, key=lambda each: each[2]) or plain
