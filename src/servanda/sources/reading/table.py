"""The people at the table: those known beforehand, those whom heading and text list, those who hold an office there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from .heading import Listed
from .letters import Voice
from .lines import SMALL, Read
from .mentions import FIRST_PERSON, Mention
from .people import Person, holding
from .titles import called
from .transcript import Name, Participant

#: From which likeness on a name of the heading is that of somebody known beforehand; of somebody in the list already.
_SAME, _AGAIN = 0.3, 0.85
#: The same where both speak for one party.
_COLLEAGUE = 0.65
#: From which likeness on a name may be that of somebody known, misread; how often one that is not has to recur.
_UNLIKE, _TWICE, _OFTEN = 0.45, 2, 3
_NAME_FIRST = re.compile(rf"^\W*(?P<name>(?i:{SMALL})[^\W\d_a-z][\w-]{{3,}})(?=[ \t]+[a-z])")
#: The same for a name that nothing but its verb shows to be one.
_BARE = 0.8


def at_the_table(
    lines: Sequence[Read], listed: Sequence[Listed], given: Sequence[Participant]
) -> tuple[list[Person], list[Name]]:
    """Those given, and those whom the heading adds; with the names in the heading."""
    people = [Person(each.name, each.party, each.line) for each in given]
    whose = _matched(people, listed)
    names = []
    texts = {line.number: line.text for line in lines}
    side, turned = None, None
    labelled = {each.line for each in listed[:1] if each.party} | {
        b.line for a, b in pairwise(listed) if b.party != a.party
    }
    for each in listed:
        person = whose.get((each.line, each.start))
        if each.party != side:
            side, turned = each.party, each.party
        if person is None:
            person = next((other for other in people if other.name == each.name), None)
        if person is None:
            person = Person(each.name, turned, each.line)
            person.certain = each.line in labelled and turned == each.party
            people.append(person)
        elif person.party is not None:
            turned = person.party
        person.line = each.line
        person.party = person.party or turned
        _addressed(person, each)
        sure = round(0.4 + 0.5 * person.like(each.name), 2)
        names.append(
            Name(each.line, each.start, each.end, texts[each.line][each.start : each.end], person.name, "person", sure)
        )
    return people, names


def _matched(people: Sequence[Person], listed: Sequence[Listed]) -> dict[tuple[int, int], Person]:
    """Which name of the heading is whose, of those known: the likest pairs first, each once."""
    pairs = sorted(
        ((person.like(each.name), -k, each.line, each.start) for k, person in enumerate(people) for each in listed),
        key=lambda row: (-row[0], -row[1]),
    )
    whose: dict[tuple[int, int], Person] = {}
    taken: set[int] = set()
    for alike, k, line, start in pairs:
        if alike >= _SAME and (line, start) not in whose and -k not in taken:
            whose[line, start] = people[-k]
            taken.add(-k)
    return whose


def _addressed(person: Person, each: Listed) -> None:
    if each.title:
        person.titles[each.title] += 2
    if each.office:
        person.offices.add(each.office)
    if each.letters:
        person.letters.add(each.letters)


def seat(people: list[Person], listed: Iterable[Listed]) -> None:
    """Add those whom the text lists with their parties, to those who have none yet."""
    for each in listed:
        person = max(people, key=lambda other: other.like(each.name), default=None)
        least = _COLLEAGUE if person and person.party and person.party == each.party else _AGAIN
        if person is None or person.like(each.name) < least:
            person = Person(each.name, each.party, each.line)
            people.append(person)
        person.party = person.party or each.party
        _addressed(person, each)


def opened_by(
    lines: Sequence[Read], people: Sequence[Person], said: Mapping[int, list[Mention]]
) -> dict[int, list[Mention]]:
    """Whoever is named in each line; a paragraph that begins with the name of somebody known is opened by them."""
    found: dict[int, list[Mention]] = {}
    paragraph = None
    for line in lines:
        if not line.said:
            continue
        row, opens, paragraph = said[line.number], line.paragraph != paragraph, line.paragraph
        first = _NAME_FIRST.match(line.text)
        if first and opens and people and not any(each.start < first.end() for each in row):
            alike = max(each.like(first["name"]) for each in people)
            if alike >= _AGAIN:
                at, name = first.start("name"), first["name"]
                row = [Mention(line.number, at, at + len(name), name, "", "subject", "", _BARE, True), *row]
        found[line.number] = row
    return found


def newcomers(people: Sequence[Person], mentions: Iterable[Mention]) -> list[Person]:
    """Those who open paragraphs under a name that is spelled alike again and again and is like nobody's known."""
    rows = [each for each in mentions if each.title and not each.office and each.sure >= _BARE]
    spelled = Counter((called(each.surface), each.title) for each in rows)
    opening = {(called(each.surface), each.title) for each in rows if each.role == "subject" and each.first}
    used = {title for each in people for title in each.titles}
    new: list[Person] = []
    for name, title in sorted(opening):
        again = spelled[name, title] >= (_TWICE if title not in used else _OFTEN)
        if again and all(each.like(name) < _UNLIKE for each in (*people, *new)):
            person = Person(name, None)
            person.titles[title] += 2
            new.append(person)
    return new


def in_office(people: Sequence[Person], mentions: Iterable[Mention]) -> list[Person]:
    """Those who say something under an office that nobody holds who is known: the office is their name."""
    rows = list(mentions)
    called_so = {each.title for each in rows if each.office}
    for each in rows:
        if each.title in called_so and not each.office:
            person = max(people, key=lambda other: other.like(each.surface), default=None)
            if person is not None and person.like(each.surface) >= _AGAIN:
                person.titles[each.title] += 1
    held = {office for each in people for office in each.offices}
    titles = {title for each in people for title in each.titles} | {word for each in held for word in each.split()}
    found: Counter[tuple[str, str]] = Counter()
    for each in rows:
        vacant = (
            each.office not in ("", FIRST_PERSON) and each.role == "subject" and each.first and each.title not in titles
        )
        if vacant and not (each.side and any(person.party == each.side for person in people)):
            found[each.office, each.side] += 1
    new = []
    for (office, side), _ in sorted(found.items()):
        person = Person(office.title() if not side else f"{office.title()} of {side}", side or None)
        person.offices.add(office)
        new.append(person)
    return new


def meant(people: Sequence[Person], mention: Mention) -> bool:
    """Whether a mention can be of somebody at the table: by an office that is held, by a bare name that is known."""
    if mention.office:
        return any(holding(each, mention) > 0 for each in people)
    return not mention.bare or any(each.like(mention.surface) >= _BARE for each in people)


def writing(people: list[Person], voice: Voice) -> list[Person]:
    """Add whoever writes the paper; where nobody else speaks in it, they and whom they write to are all there are."""
    if voice.alone:
        both = [voice.author, *([voice.addressee] if voice.addressee else [])]
        people = [Person(each.name, each.party, each.line) for each in both]
    name = voice.author.name
    author = next((each for each in people if each.name == name or each.like(name) >= _AGAIN), None)
    if author is None:
        author = Person(voice.author.name, voice.author.party, voice.author.line)
        people.append(author)
    author.offices.add(FIRST_PERSON)
    return people
