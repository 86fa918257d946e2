"""Who is who: people, the spellings that have been taken for theirs, and how they are addressed.

A person is a cluster of spellings. The clusters grow: a spelling whose place shows whom it names (it opens a turn, it
is answered) joins that person's, and the next one need only be like one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from rapidfuzz.distance import Levenshtein

from servanda.sources.likeness import likeness

from .mentions import Mention
from .titles import called
from .transcript import Participant

#: How many people are made out where nobody lists them; from which likeness on two spellings are one person's.
MOST, _ONE_AND_THE_SAME = 30, 0.62
#: How much a spelling that was learnt counts against the name itself, and how many are kept.
_LEARNT, _KEPT = 0.94, 40
#: How many spellings it takes for their letters to be voted on.
_VOTERS = 4
#: Which share of all spellings the commonest needs to be taken as it is.
_SHARE = 0.25
#: How many spellings somebody has whose name hardly recurs, and more than which share of all mentions these are; how
#: often others may be met that are taken for more of them.
_MANY, _RECUR, _RARE = 5, 0.5, 2
#: How many letters stand for a name at most.
_LETTERS = 4
#: How much likeness, form of address and frequency weigh, as logarithms.
_BY_LIKENESS, _BY_TITLE, _UNKNOWN_TITLE = 7.0, 1.0, -0.7
#: From which likeness on a spelling is taken for the name itself, and what that adds.
_SURE, _WHEN_SURE = 0.95, 3.0
#: What it says for somebody who is called by an office to hold just that one, one like it, or to speak for that party.
_HOLDS, _HOLDS_LIKE, _SPEAKS_FOR = 7.0, 5.5, 4.0
#: How much a strange form of address can say against somebody, at most.
_STRANGEST = -2.5


class Person:
    """Somebody: the name, the party spoken for, spellings and forms of address met so far."""

    def __init__(self, name: str, party: str | None, line: int | None = None, *, here: bool = True) -> None:
        self.name = name
        self.party = party
        self.line = line
        #: Whether the person is at the table.
        self.here = here
        #: Whether the party is known, and not just taken over from the line above in a heading.
        self.certain = party is not None
        self.spellings: Counter[str] = Counter()
        self.titles: Counter[str] = Counter()
        #: Offices by which the person may be called without a name.
        self.offices: set[str] = set()
        #: Letters by which the person may be called, as in minutes.
        self.letters: set[str] = set()
        self.turns = 0.0

    def like(self, surface: str) -> float:
        """How like a spelling is to the name, or to the nearest spelling of this person."""
        last, surface = self.name.split()[-1], surface.split()[-1]
        if self.letters and len(surface) <= _LETTERS and surface.isupper():
            return max(likeness(surface, each) for each in self.letters)
        learnt = max((likeness(surface, each) for each, _ in self.spellings.most_common(_KEPT)), default=0.0)
        return max(likeness(surface, last), likeness(surface.capitalize(), last), _LEARNT * learnt)

    def ends_like(self, surface: str) -> float:
        """The same for a name of which only the end is left at the edge of a page."""
        ends = [each[-len(surface) :] for each in (self.name, *(s for s, n in self.spellings.most_common(5) if n > 1))]
        return max(likeness(surface, end) for end in ends)

    def as_participant(self) -> Participant:
        """The person as a value of the transcript."""
        return Participant(self.name, self.party, self.line)


def fit(person: Person, mention: Mention, everyone: Sequence[Person]) -> float:
    """How well a mention fits a person, as a logarithm: likeness, form of address."""
    if mention.office:
        return holding(person, mention)
    cut_off = mention.first and not mention.title and mention.surface[0].islower()
    alike = person.ends_like(mention.surface) if cut_off else person.like(mention.surface)
    score = _BY_LIKENESS * alike
    if alike >= _SURE:
        score += _WHEN_SURE
    if mention.title and not person.titles:
        score += _BY_TITLE * _UNKNOWN_TITLE
    elif mention.title:
        total = sum(person.titles.values())
        kinds = len({title for each in everyone for title in each.titles}) or 1
        rate = log((person.titles[mention.title] + 0.5) / (total + 0.5 * kinds))
        score += _BY_TITLE * max(_STRANGEST, rate)
    return score


def holding(person: Person, mention: Mention) -> float:
    """The same for somebody who is called by an office alone."""
    if mention.side and mention.side != person.party:
        return 0.0
    if mention.office in person.offices:
        return _HOLDS
    if not mention.title:
        return 0.0
    if mention.title in person.titles or any(mention.title in office.split() for office in person.offices):
        return _HOLDS_LIKE
    return _SPEAKS_FOR if mention.side else 0.0


def clusters(mentions: Iterable[Mention]) -> list[Person]:
    """People made of those alone who say something, where no heading and nobody else names them."""
    counts = Counter(
        (called(each.surface), each.title)
        for each in mentions
        if each.role == "subject" and each.sure >= 0.6 and not (each.office or each.bare) and each.surface[0].isupper()
    )
    found: list[Person] = []
    for (surface, title), count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        near = max(found, key=lambda each: each.like(surface), default=None)
        if near is None or near.like(surface) < _ONE_AND_THE_SAME:
            if len(found) == MOST:
                continue
            near = Person(surface, None)
            found.append(near)
        near.spellings[surface] += count
        near.titles[title] += count
        near.turns += count
    return _in_one_slot(found)


def _in_one_slot(found: list[Person]) -> list[Person]:
    """The same, where somebody's spellings hardly recur: those met once or twice in the same slot are theirs, too."""
    worn = [
        each for each in found if len(each.spellings) >= _MANY and len(each.spellings) > _RECUR * each.spellings.total()
    ]
    kept = []
    for each in found:
        title = each.titles.most_common(1)[0][0]
        near = max(
            (other for other in found if other is not each), key=lambda other: _nearness(other, each), default=None
        )
        rare = each.spellings.total() <= _RARE and each not in worn
        if rare and near in worn and near.titles.most_common(1)[0][0] == title:
            near.spellings += each.spellings
            near.titles += each.titles
            near.turns += each.turns
        else:
            kept.append(each)
    return kept


def _nearness(person: Person, other: Person) -> float:
    return max(person.like(each) for each in other.spellings)


def consensus(spellings: Counter[str]) -> str:
    """The spelling that a cluster was most likely read from: one that is met again and again, or else letter by letter.

    Letters are voted on where the spellings are laid beside the one in their middle.
    """
    common = spellings.most_common(2)
    often = common[0][1] >= max(3, _SHARE * sum(spellings.values()))
    if often and (len(common) == 1 or common[0][1] >= 2 * common[1][1]):
        return common[0][0]
    words = sorted(spellings)
    middle = max(words, key=lambda each: sum(likeness(each, other) * spellings[other] for other in words))
    if sum(spellings.values()) < _VOTERS:
        return middle
    votes: list[Counter[str]] = [Counter() for _ in middle]
    for each in words:
        for step in Levenshtein.opcodes(middle, each):
            if step.tag in ("equal", "replace"):
                for at in range(min(step.src_end - step.src_start, step.dest_end - step.dest_start)):
                    votes[step.src_start + at][each[step.dest_start + at]] += spellings[each]
    return "".join(max(sorted(each), key=lambda letter: each[letter]) for each in votes)
