"""Who speaks in which line, decided for all lines together.

A hidden Markov model whose states are the people at the table. What a line says for somebody: the name that opens it,
however it is spelled; the party whose view is given (`the X believed`, `we`); whom it speaks of, who is then not the
speaker. What goes from line to line: a paragraph goes on, `continued` keeps the speaker, `replied` changes them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import exp, log

from servanda.sources.likeness import likeness

from .english import ANSWERING, ATTITUDE, GOING_ON, OF_MEN, OF_WOMEN, SAYING
from .lines import Read
from .mentions import FIRST_PERSON, Mention
from .naming import TOKEN
from .paths import best_turns
from .people import Person, fit
from .transcript import Name

#: By how much a spelling may be more like another's name and still be learnt.
_MORE = 0.12
#: How many times a view has to be given for it to show whom somebody speaks for.
_ENOUGH_VIEWS = 2
#: What somebody who has not been heard counts against those who have, in turns.
_SILENT = 0.3
#: What the form of address weighs that a pronoun agrees with; within how many characters a line begins.
_PRONOUN, _BEGINNING = 1.5, 40
#: What it counts against whoever writes a paper that somebody is called `he` or `she` in it.
_NEVER = 6.0
#: How many lines before a pronoun somebody may be named whom it means.
_BACK = 6
_OURS = frozenset("we our us ours".split())
#: What each sort of evidence weighs, as logarithms.
_OPENING, _LATER, _ASIDE, _VIEW, _MOST_VIEW, _MOST_OURS = 1.0, 0.5, 1.2, 0.7, 2.0, 1.2
#: How likely the speaker stays: within a paragraph, at a new one nobody opens, at one that is opened, by its verb.
_WITHIN, _UNOPENED, _OPENED, _GOES_ON, _ANSWERS = 0.985, 0.94, 0.5, 0.75, 0.2


class Turns:
    """The lines that somebody speaks in, with what speaks for whom."""

    def __init__(
        self, lines: Sequence[Read], mentions: Mapping[int, list[Mention]], names: Mapping[int, list[Name]]
    ) -> None:
        self.lines = [line for line in lines if line.said]
        self.mentions = mentions
        self.views = {line.number: _views(line, names.get(line.number, [])) for line in self.lines}
        self.ours = {
            line.number: sum(w.lower() in _OURS and w != "US" for w in TOKEN.findall(line.text)) for line in self.lines
        }
        #: How much `we` speaks for each party: learnt, since it depends on who wrote the paper.
        self.for_us: dict[str | None, float] = {}

    def decide(self, people: Sequence[Person]) -> dict[int, tuple[int, float]]:
        """For each line the number of its speaker among the people, and how sure that is."""
        if not people or not self.lines:
            return {}
        scores = [self._scores(line, people) for line in self.lines]
        total = sum(each.turns + _SILENT for each in people)
        share = [(each.turns + _SILENT) / total for each in people]
        path, sure = best_turns(scores, share, [self._stays(at) for at in range(len(self.lines))])
        return {line.number: (k, s) for line, k, s in zip(self.lines, path, sure, strict=True)}

    def _stays(self, at: int) -> float:
        line = self.lines[at]
        if at and self.lines[at - 1].paragraph == line.paragraph:
            return _WITHIN
        opening = self.opening(line.number)
        if opening is None:
            words = TOKEN.findall(line.text[:40])
            return _OPENED if words and words[0] in SAYING else _UNOPENED
        if opening.verb in GOING_ON or re.search(r"\b(?:then|also|again)\b", line.text[opening.end : opening.end + 20]):
            return _GOES_ON
        return _ANSWERS if opening.verb in ANSWERING else _OPENED

    def opening(self, number: int) -> Mention | None:
        """Whoever says something at the beginning of a line."""
        return next((each for each in self.mentions.get(number, []) if each.role == "subject" and each.first), None)

    def _scores(self, line: Read, people: Sequence[Person]) -> list[float]:
        scores = [0.0] * len(people)
        for mention in self.mentions.get(line.number, []):
            fits = [fit(each, mention, people) for each in people]
            top = max(fits)
            weights = [exp(each - top) for each in fits]
            whole = sum(weights)
            for k, weight in enumerate(weights):
                if mention.role == "subject":
                    scores[k] += mention.sure * (_OPENING if mention.first else _LATER) * (fits[k] - top)
                else:
                    scores[k] -= _ASIDE * mention.sure * weight / whole
        by_pronoun = self._by_pronoun(line)
        meant = self._named_before(line, people) if by_pronoun else None
        for k, each in enumerate(people):
            scores[k] += _fits_pronoun(each, by_pronoun) + (_PRONOUN if k == meant else 0.0)
            seen = sum(n for side, n in self.views[line.number].items() if side == each.party)
            other = sum(n for side, n in self.views[line.number].items() if side != each.party)
            scores[k] += max(-_MOST_VIEW, min(_MOST_VIEW, _VIEW * (seen - other)))
            ours = min(3, self.ours[line.number]) * self.for_us.get(each.party, 0.0)
            scores[k] += max(-_MOST_OURS, min(_MOST_OURS, ours))
        return scores

    def _by_pronoun(self, line: Read) -> str:
        """The pronoun that says something at the beginning of a line: `She asked`."""
        words = [word.lower() for word in TOKEN.findall(line.text[:_BEGINNING])[:3]]
        said = len(words) > 2 and any(word in SAYING for word in words[1:])
        return words[0] if said and words[0] in ("he", "she") and self.opening(line.number) is None else ""

    def _named_before(self, line: Read, people: Sequence[Person]) -> int | None:
        """Who was named last in the lines before, other than whoever writes: most likely the one a pronoun means."""
        at = next(k for k, each in enumerate(self.lines) if each.number == line.number)
        for before in self.lines[max(0, at - _BACK) : at][::-1]:
            for mention in self.mentions.get(before.number, [])[::-1]:
                if mention.office != FIRST_PERSON:
                    fits = [fit(each, mention, people) for each in people]
                    return fits.index(max(fits))
        return None

    def learn(self, people: Sequence[Person], decided: Mapping[int, tuple[int, float]]) -> None:
        """Take up what was decided with confidence: spellings, forms of address, turns, whose `we` it is."""
        ours: Counter[str | None] = Counter()
        words: Counter[str | None] = Counter()
        for each in people:
            each.turns = 0.0
            each.spellings.clear()
        titles: dict[int, Counter[str]] = defaultdict(Counter)
        for line in self.lines:
            who, sure = decided[line.number]
            if sure < 0.8:
                continue
            speaker = people[who]
            ours[speaker.party] += self.ours[line.number]
            words[speaker.party] += len(line.text.split())
            for mention in self.mentions.get(line.number, []):
                if mention.role == "subject":
                    speaker.turns += mention.sure
                    named = not mention.office and mention.sure >= 0.7 and mention.surface[0].isupper()
                    if named and _believable(mention.surface, speaker, people):
                        speaker.spellings[mention.surface] += 1
                        titles[who][mention.title] += 1
        self._take_sides(people, decided)
        for who, counter in titles.items():
            people[who].titles += Counter({title: count for title, count in counter.items() if title})
        whole, most = sum(ours.values()), sum(words.values())
        sides = {each.party for each in people}
        self.for_us = (
            {
                side: log(
                    ((ours[side] + 0.5) / (whole + 0.5 * len(sides))) / ((words[side] + 50) / (most + 50 * len(sides)))
                )
                for side in sides
            }
            if len(sides) > 1
            else {}
        )

    def _take_sides(self, people: Sequence[Person], decided: Mapping[int, tuple[int, float]]) -> None:
        """Whoever keeps giving a party's view speaks for it, where nothing certain is known of them.

        Those who come after them in the list sit on the same side, up to the next of whom it is known.
        """
        given: dict[int, Counter[str]] = defaultdict(Counter)
        for line in self.lines:
            given[decided[line.number][0]] += self.views[line.number]
        for who, views in given.items():
            person = people[who]
            if not person.certain and views:
                side, count = views.most_common(1)[0]
                if count >= _ENOUGH_VIEWS and count >= 2 * views[person.party or ""] and person.party != side:
                    before, person.party = person.party, side
                    for other in people[who + 1 :]:
                        if other.certain or other.line is None or other.party != before:
                            break
                        other.party = side


def _fits_pronoun(person: Person, pronoun: str) -> float:
    """What a pronoun that opens a line says for somebody: by the form of address; and nobody is their own `he`."""
    if not pronoun:
        return 0.0
    mine, others = (OF_WOMEN, OF_MEN) if pronoun == "she" else (OF_MEN, OF_WOMEN)
    men, women = (bool(each & person.titles.keys()) for each in (mine, others))
    writes = FIRST_PERSON in person.offices
    return _PRONOUN * (men - women) - (_NEVER if writes else 0.0)


def _believable(surface: str, speaker: Person, people: Sequence[Person]) -> bool:
    """Whether a spelling may be learnt for somebody: by itself it is not much more like the name of another."""
    own = likeness(surface, speaker.name)
    return all(likeness(surface, each.name) <= own + _MORE for each in people)


def _views(line: Read, names: Sequence[Name]) -> Counter[str]:
    """How often a line gives the view of a party as a speaker gives it of their own: `the X believed that`."""
    found: Counter[str] = Counter()
    for name in names:
        if name.type != "state" or name.confidence < 0.6:
            continue
        after = [w.lower() for w in TOKEN.findall(line.text[name.end : name.end + 40])[:3]]
        while after and after[0] in ("was", "is", "delegation", "government", "had", "also", "side", "would", "union"):
            del after[0]
        if after and after[0] in ATTITUDE:
            found[name.canonical] += 1
    return found
