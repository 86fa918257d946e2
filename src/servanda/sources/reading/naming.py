"""States and bodies named in the lines, in whatever spelling: by likeness to their forms, and by what stands around.

A damaged word of running text can be a state's name by its letters. A damaged abbreviation has too few of them: whether
`UE` is read from `US` or from `UN` is told by its neighbours, and those are learnt from the undamaged ones in the same
document, on top of what belongs to states and to bodies in any document.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log

from rapidfuzz.distance import Levenshtein

from servanda.sources.likeness import likeness, nearest

from .english import ATTITUDE, FUNCTION, IMPERSONAL, MONTHS, OF_BODIES, OF_STATES, SAYING, TITLES, WEEKDAYS
from .lines import Read, capitals
from .states import Entity
from .taken import Taken
from .transcript import Name

TOKEN = re.compile(r"[^\W\d_]+")
#: What makes of a state's name that of a region; from which likeness on a word is one of these.
_REGIONS, _REGION = frozenset("latin south north central".split()), 0.75
_WORDS_LEAST, _SMALL_LEAST, _LETTERS_LEAST = 0.7, 0.82, 0.55
_DOUBT = 0.12
#: From how many letters on a month may be misread, and from which likeness on a word is one.
_LONG_MONTH, _LIKE_MONTH = 6, 0.87
#: Which share of its letters may differ at all.
_EDITS = 0.6
#: What each letter counts against an abbreviation that it has more or less: capitals that stand apart are seldom lost.
_BY_LETTER = 0.6


class Vocabulary:
    """Which words of a document are ordinary: those that it writes small, and those that hold sentences together."""

    def __init__(self, lines: Sequence[Read]) -> None:
        self.small: Counter[str] = Counter()
        self.large: Counter[str] = Counter()
        for line in lines:
            if line.said:
                for word in TOKEN.findall(line.text):
                    (self.small if word.islower() else self.large)[word.lower() if word.islower() else word] += 1

    def ordinary(self, word: str) -> bool:
        """Whether a word is one of the language rather than a name."""
        low = word.lower()
        return (
            low in FUNCTION or low in SAYING or low in IMPERSONAL or low in TITLES or low in WEEKDAYS
            or _month(word.capitalize()) or self.small[low] > self.large[word.capitalize()]
        )  # fmt: skip


@lru_cache(maxsize=4096)
def _month(word: str) -> bool:
    """Whether a word is a month, or a long one misread."""
    alike = (each for each in MONTHS if len(word) == len(each) >= _LONG_MONTH)
    return word in MONTHS or any(likeness(word, each) >= _LIKE_MONTH for each in alike)


class Naming:
    """Finds the states and bodies of a document in its lines."""

    def __init__(self, entities: Sequence[Entity], lines: Sequence[Read], vocabulary: Vocabulary) -> None:
        self.entities = entities
        self.vocabulary = vocabulary
        self.exact = {form: each for each in reversed(entities) for form in each.forms}
        self.spread = [
            (re.compile(rf"(?<!\w){re.escape(form)}(?!\w)"), each)
            for form, each in sorted(self.exact.items(), key=lambda row: -len(row[0]))
            if not form.isalpha()
        ]
        self.words = [(form, each) for each in entities for form in each.words if len(form) >= 3]
        self.letters = [(form, each) for each in entities for form in each.abbreviations]
        self.around: dict[str, Counter[str]] = defaultdict(Counter)
        for line in lines:
            if line.said:
                self._learn(line.text)

    def _learn(self, text: str) -> None:
        tokens = TOKEN.findall(text)
        for at, token in enumerate(tokens):
            each = self.exact.get(token)
            if each is not None and token.isupper():
                self.around[each.name].update(_neighbours(tokens, at))

    def find(self, line: Read) -> Iterator[Name]:
        """The states and bodies named in a line."""
        text = line.text
        taken = Taken(len(text))
        for pattern, each in self.spread:
            for found in pattern.finditer(text):
                if taken.take(*found.span()):
                    yield _name(line, found.start(), found.end(), each, 0.98)
        prose = line.said
        shouted = capitals(text) > 0.6
        matches = list(TOKEN.finditer(text))
        tokens = [found[0] for found in matches]
        starts = _sentence_starts(text, matches)
        for at, found in enumerate(matches):
            if not taken.free(*found.span()):
                continue
            entity, sure = self._entity(tokens, at, prose, shouted, starts[at])
            if entity is not None and not _of_a_thing(text, found):
                yield _name(line, found.start(), found.end(), entity, sure)

    def _entity(
        self, tokens: list[str], at: int, prose: bool, shouted: bool, start: bool
    ) -> tuple[Entity | None, float]:
        token = tokens[at]
        exact = self.exact.get(token) or (self.exact.get(token.capitalize()) if token.isupper() else None)
        if at and token[0].isupper() and not token.isupper() and nearest(tokens[at - 1].lower(), _REGIONS, _REGION):
            return None, 0.0
        if exact is not None:
            return exact, 0.98
        if not prose:
            return None, 0.0
        if token.isupper():
            return self._abbreviated(tokens, at) if 2 <= len(token) <= 5 and not shouted else (None, 0.0)
        return self._spelled(token, start)

    def _spelled(self, token: str, start: bool) -> tuple[Entity | None, float]:
        rare = token[0].islower() and self.vocabulary.small[token] == 1 and len(token) >= 6 and token not in FUNCTION
        if len(token) < 3 or (self.vocabulary.ordinary(token) and not rare):
            return None, 0.0
        least = _WORDS_LEAST if token[0].isupper() else _SMALL_LEAST
        if token[0].islower() and len(token) < 5:
            return None, 0.0
        shaped = token.capitalize()
        best = max(
            ((likeness(shaped, form), each) for form, each in self.words if _near(shaped, form)),
            key=lambda row: row[0], default=None,
        )  # fmt: skip
        if best is None or best[0] < least + (0.06 if start else 0.0):
            return None, 0.0
        return best[1], round(0.3 + 0.65 * best[0], 2)

    def _abbreviated(self, tokens: list[str], at: int) -> tuple[Entity | None, float]:
        token = tokens[at]
        scored = [
            (
                4 * likeness(token, form) - _BY_LETTER * abs(len(token) - len(form)) + self._context(each, tokens, at),
                likeness(token, form),
                each,
            )
            for form, each in self.letters
        ]
        scored.sort(key=lambda row: -row[0])
        if not scored or scored[0][1] < _LETTERS_LEAST - (0.1 if scored[0][0] - 4 * scored[0][1] > 0.8 else 0.0):
            return None, 0.0
        rivals = [row for row in scored if row[2].name != scored[0][2].name]
        lead = scored[0][0] - rivals[0][0] if rivals else 2.0
        return scored[0][2], round(min(0.95, 0.5 + scored[0][1] * 0.3 + min(lead, 1.0) * 0.15), 2)

    def _context(self, each: Entity, tokens: list[str], at: int) -> float:
        """What the neighbours say for one entity: learnt here, and known from anywhere."""
        seen = self.around[each.name]
        total = sum(seen.values())
        score = 0.0
        for neighbour in _neighbours(tokens, at):
            everyone = sum(around[neighbour] for around in self.around.values())
            if everyone:
                rate = (seen[neighbour] + _DOUBT) / (total + 20 * _DOUBT)
                score += 0.5 * max(-1.0, min(2.0, log(rate / ((everyone + _DOUBT) / (self._all + 20 * _DOUBT)))))
        after = tokens[at + 1].lower() if at + 1 < len(tokens) else ""
        if after in OF_BODIES:
            score += 1.5 if each.type == "organisation" else -1.0
        elif after in OF_STATES or after in ATTITUDE:
            score += 0.8 if each.type == "state" else -0.4
        return score

    @property
    def _all(self) -> int:
        return sum(sum(around.values()) for around in self.around.values())


def _neighbours(tokens: list[str], at: int) -> list[str]:
    before = [f"<{tokens[at - 1].lower()}"] if at else []
    after = [f">{tokens[at + 1].lower()}"] if at + 1 < len(tokens) else []
    return before + after


def _near(word: str, form: str) -> bool:
    """Whether a word shares letters enough with a form for the two to be compared with care."""
    most = int(_EDITS * max(len(word), len(form)))
    return Levenshtein.distance(word, form, score_cutoff=most) <= most


def _name(line: Read, start: int, end: int, each: Entity, sure: float) -> Name:
    return Name(line.number, start, end, line.text[start:end], each.name, each.type, sure)


def _of_a_thing(text: str, found: re.Match[str]) -> bool:
    """Whether capitals are part of a type number such as `IL-28`, or of an initial."""
    return bool(re.match(r"[-‐–]?\d", text[found.end() : found.end() + 2])) or (
        found[0].isupper() and len(found[0]) == 1
    )


def _sentence_starts(text: str, matches: list[re.Match[str]]) -> list[bool]:
    return [not text[: found.start()].strip() or text[: found.start()].rstrip()[-1] in ".?!:" for found in matches]
