"""The people at the table: those known beforehand, those whom heading and text list, those who hold an office there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from .english import FUNCTION
from .heading import Listed
from .letters import Voice
from .lines import Read
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
#: Among how many words and characters of a line; from which likeness on it is meant, and if it fell in two.
_WORDS, _FIRST, _AGAIN_FIRST, _JOINED = 4, 60, 0.8, 0.9
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
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
        first = next((each for each in row if each.first and each.role == "subject"), None)
        if opens and people and (first is None or _likest(people, first.surface) < _AGAIN):
            opening = _opening(line, people)
            if opening and not (first and first.office):
                row = [opening, *(each for each in row if each.start > opening.end)]
        found[line.number] = row
    return found


def _likest(people: Sequence[Person], name: str) -> float:
    return max(each.like(name) for each in people)


def _opening(line: Read, people: Sequence[Person]) -> Mention | None:
    """The name of somebody known among the first words of a line, with what holds no sentence together before it.

    It may have fallen in two.
    """
    words = list(_WORD.finditer(line.text, 0, _FIRST))
    for at, word in enumerate(words[:_WORDS]):
        low, end = word[0].lower(), word.end()
        owner = line.text[end : end + 1] in ("'", "’")
        if low in FUNCTION or owner:
            return None
        pair = word[0] + words[at + 1][0] if at + 1 < len(words) else ""
        if pair and words[at + 1].start() == end + 1 and len(word[0]) > 1 and _likest(people, pair) >= _JOINED:
            end = words[at + 1].end()
        elif len(word[0]) < 4 or not word[0][0].isupper() or _likest(people, word[0]) < _AGAIN_FIRST:
            continue
        return Mention(
            line.number,
            word.start(),
            end,
            line.text[word.start() : end].replace(" ", ""),
            "",
            "subject",
            "",
            _BARE,
            True,
        )
    return None


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


def unheard(people: Sequence[Person], said: Mapping[int, list[Mention]]) -> None:
    """Whoever alone is never named, where somebody tells what they said themselves, is the one who writes."""
    rows = [each for row in said.values() for each in row]
    own = sum(each.office == FIRST_PERSON and each.first for each in rows)
    silent = [
        each for each in people if not any(each.like(other.surface) >= _BARE for other in rows if not other.office)
    ]
    if own >= _TWICE and len(silent) == 1:
        silent[0].offices.add(FIRST_PERSON)


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
