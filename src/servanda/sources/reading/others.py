"""People who are spoken of and are not at the table: found by what is said to be theirs, then by likeness.

`X's letter`, `a letter from X`, `the X-Y exchange`, `Chairman X`: whoever has written or agreed to something is a
person, unless a state or body is called so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence

from servanda.sources.likeness import likeness, nearest

from .english import PAPERS, RULERS
from .lines import Read
from .naming import TOKEN, Vocabulary
from .people import Person, consensus
from .states import Entity
from .transcript import Name

_NAME = r"[A-Z][a-z]{2,}"
_THEIRS = re.compile(
    rf"(?P<the>\b[Tt]he[ \t]+)?(?<![\w-])(?P<name>{_NAME})['’]s[ \t]+(?P<what>\w+)(?:[ \t]+(?P<next>\w+))?"
)
_FROM = re.compile(
    rf"\b(?P<what>[a-z]+)[ \t]+(?:from|of|by)[ \t]+(?:(?P<given>{_NAME})[ \t]+)?(?P<name>{_NAME})\b(?![-'’]\w{{2}})"
)
_PAIR = re.compile(rf"(?<![\w-])(?P<a>{_NAME})[ \t]?[-–][ \t]?(?P<b>{_NAME})[ \t]+(?P<what>\w+)")
_OFFICE = re.compile(rf"\b(?P<office>[A-Z][a-z]+)[ \t]+(?P<name>{_NAME})\b")
_INITIAL = re.compile(rf"(?<![\w.'’])(?P<letter>[A-Z])[ \t]+(?P<name>{_NAME})\b")
_ALIKE, _AGAIN = 0.72, 0.76


def others(
    lines: Sequence[Read], here: Sequence[Person], entities: Sequence[Entity], words: Vocabulary
) -> list[Person]:
    """The people that a document speaks of who are not at the table, each a cluster of spellings."""
    forms = [form for each in entities for form in each.words]

    def other(name: str) -> bool:
        if words.ordinary(name) or any(likeness(name, form) >= _ALIKE for form in forms):
            return False
        return not any(each.like(name) >= _ALIKE for each in here)

    evidence: Counter[str] = Counter()
    initials: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        if line.said:
            for name, letter in _evidence(line.text):
                if other(name):
                    evidence[name] += 1
                    initials[name][letter] += 1
    found: list[Person] = []
    for name, count in sorted(evidence.items(), key=lambda row: (-words.large[row[0]], -row[1], row[0])):
        near = max(found, key=lambda each: each.like(name), default=None)
        if near is None or near.like(name) < _ALIKE:
            if words.large[name] < 2 and count < 2:
                continue
            near = Person(name, None, here=False)
            found.append(near)
        near.spellings[name] += words.large[name]
    for each in found:
        letters = sum((initials[spelling] for spelling in each.spellings), Counter[str]())
        letter = letters.most_common(1)[0][0]
        each.name = f"{letter} {consensus(each.spellings)}".strip()
    return found


def _evidence(text: str) -> Iterator[tuple[str, str]]:
    for found in _THEIRS.finditer(text):
        if not found["the"] and (_paper(found["what"]) or (found["next"] and _paper(found["next"]))):
            yield found["name"], ""
    for found in _FROM.finditer(text):
        if _paper(found["what"]):
            yield found["name"], ""
    for found in _PAIR.finditer(text):
        if _paper(found["what"]):
            yield found["a"], ""
            yield found["b"], ""
    for found in _OFFICE.finditer(text):
        if found["office"].lower() in RULERS:
            yield found["name"], ""
    for found in _INITIAL.finditer(text):
        if found["letter"] not in "AI":
            yield found["name"], found["letter"]


def _paper(word: str) -> bool:
    return word in PAPERS or (len(word) >= 6 and nearest(word, PAPERS, 0.8) is not None)


def in_pairs(line: Read, people: Sequence[Person]) -> Iterator[Name]:
    """Names of pairs such as `the X-Y exchange`, where one may be past reading: of two people, it is the other."""
    for found in _PAIR.finditer(line.text):
        if not _paper(found["what"]):
            continue
        scored = [(a.like(found["a"]) + b.like(found["b"]), a, b) for a in people for b in people if a is not b]
        if not scored:
            continue
        score, a, b = max(scored, key=lambda row: row[0])
        if score >= 1.2:
            for part, person in (("a", a), ("b", b)):
                sure = round(min(0.95, 0.3 + person.like(found[part]) * 0.65), 2)
                yield Name(line.number, found.start(part), found.end(part), found[part], person.name, "person", sure)


def spelled(line: Read, people: Sequence[Person], words: Vocabulary, forms: Container[str]) -> Iterator[Name]:
    """Names that stand without a form of address, by likeness to a spelling met before."""
    text = line.text
    for found in TOKEN.finditer(text):
        token = found[0]
        if len(token) < 4 or not token[0].isupper() or token.isupper() or token in forms or words.ordinary(token):
            continue
        best = max(people, key=lambda each: each.like(token), default=None)
        if best is None or best.like(token) < _AGAIN:
            continue
        start = found.start()
        initial = re.search(r"(?<![\w.])[A-Z][ \t]+$", text[:start])
        if initial and " " in best.name:
            start = initial.start()
        yield Name(
            line.number, start, found.end(), text[start : found.end()], best.name, "person",
            round(0.3 + 0.65 * best.like(token), 2),
        )  # fmt: skip
