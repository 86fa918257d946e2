"""Where quoted words stand in a damaged text, if the damage alone can explain what differs.

A quote is laid beside the passage that shares most with it, word by word. A difference is taken for damage only where
letters may have been misread: a word that one side lacks, another number, a negation, or a sound word in the place of
another is never explained away. What cannot be justified is not found, and the nearest passage is named instead.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from math import sqrt

import msgspec
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from .likeness import distance, likeness

#: The threshold: how like the whole of a quote has to be to its passage, and any one of its longer words.
LEAST = 0.58
_LEAST_WORD = 0.3
#: Below what likeness a word says nothing, and to how many words one more such may come.
_POOR, _TO_ONE_POOR = 0.3, 8
#: To how many words one may come that is a sound word and another; what each costs against other passages.
_TO_ONE_EXCHANGED, _PER_EXCHANGED = 5, 0.05
#: Fewer letters than this say too little to be looked for in damage.
_FEWEST_LETTERS = 12
#: In a passage of which this share of words is sound, a sound word is no misreading of another.
_SOUND = 0.75
#: How like two sound words have to be where the passage around them is damaged, and any words where it is sound.
_LIKE_DAMAGED, _LIKE_SHORT, _LIKE_SOUND = 0.6, 0.3, 0.55
#: Up to how many letters a word is short; how often one has to be met to be a word; what a prefix must leave.
_SHORT, _OFTEN, _WITHOUT_PREFIX = 3, 3, 0.7
#: From which likeness on a word of the same length is a misreading, however often it stands there.
_MISREAD = 0.85
#: From which likeness on a passage without objection is taken without looking at others.
_PLAIN = 0.9
#: How many letters of a text a quote is slid along at once, so that each part has a passage of its own; by how many
#: parts overlap; how many of these passages are looked at; and how far around each.
_SLID_ALONG, _OVERLAP, _TRIED, _AROUND = 4_000, 400, 4, 0.4
_MOST_WORDS = 120
#: Which share of the words of a sound text are ordinary ones, at least.
_GLUE = 0.37
#: By how much another word has to explain what stands there better than the one quoted for that one to be meant; how
#: far the damage of a word may exceed that of the words around it, in standard deviations; both together; how far that
#: of a short one may.
_BETTER, _FAR, _BETTER_AND_FAR, _FAR_SHORT = 1.25, 3.6, (0.75, 2.3), 4.5
#: How damage varies from word to word: with its rate, and apart from it.
_VARIES, _ANYHOW = 0.5, 0.03
#: How often a word has to be met in a text to be one of those that may be meant, and of how many letters.
_MET, _MEANT = 3, 3
#: What a letter of a word costs that only one side has: two such words cost more than one read for the other.
_GAP = 0.6

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
NEGATIONS = frozenset("no not never nor none neither without cannot nothing nobody nowhere hardly".split())
NUMBERS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million first second third fourth
    fifth sixth seventh eighth ninth tenth half both once twice
    """.split()
)
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")


class Candidate(msgspec.Struct, frozen=True):
    """A passage that may be what is quoted: characters `start` up to `end`, how like it is, and why not, if not."""

    start: int
    end: int
    likeness: float
    objection: str | None = None
    #: How many of its words are sound ones, and others than those quoted.
    exchanged: int = 0


class Damaged:
    """A text in the form in which quotes are compared, ready to be searched through its damage."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.words = [(found.start(), found.end(), found[0]) for found in _WORD.finditer(folded)]
        self.starts = [start for start, _, _ in self.words]
        self.counts = Counter(word for _, _, word in self.words)
        #: Whether damage is all over the text: too few of its words are those that hold sentences together.
        self.worn = sum(_ordinary(word) for _, _, word in self.words) < _GLUE * len(self.words)

    def nearest(self, wanted: str) -> Candidate | None:
        """The passage nearest to a quote in its compared form, with the objection to it where there is one."""
        quote = _WORD.findall(wanted)[:_MOST_WORDS]
        if not quote or not self.words:
            return None
        best: Candidate | None = None
        for start in self._starts(" ".join(quote)):
            candidate = self._laid_beside(quote, start)
            if candidate is not None and (best is None or _rank(candidate) > _rank(best)):
                best = candidate
                if best.objection is None and best.likeness >= _PLAIN:
                    break
        if best is not None and best.objection is None and len("".join(quote)) < _FEWEST_LETTERS:
            return msgspec.structs.replace(best, objection="too few letters to be sure of")
        return best

    def _starts(self, wanted: str) -> list[int]:
        """Where in the text, in words, a quote may begin: where it fits best when it is slid along letter by letter."""
        found: list[tuple[float, int]] = []
        for offset in range(0, len(self.folded), _SLID_ALONG):
            slid = partial_ratio_alignment(wanted, self.folded[offset : offset + _SLID_ALONG + _OVERLAP])
            if slid is not None:
                found.append((slid.score, bisect_right(self.starts, offset + slid.dest_start + 1) - 1))
        return [max(0, at) for _, at in sorted(found, reverse=True)[:_TRIED]]

    def _laid_beside(self, quote: Sequence[str], start: int) -> Candidate | None:
        """The quote laid beside the words from about `start` on, as well as it will go."""
        around = 2 + int(_AROUND * len(quote))
        first = max(0, start - around)
        here = self.words[first : start + len(quote) + around]
        pairs = _to_the_edges(_aligned(quote, [word for _, _, word in here]), len(here))
        matched = [(q, t) for q, t in pairs if q and t]
        if not matched:
            return None
        places = [at for _, t in matched for at in t]
        inner = [(q, t) for q, t in pairs if not t or places[0] <= t[0] <= places[-1]]
        mine = ["".join(quote[k] for k in q) for q, _ in inner]
        theirs = ["".join(here[k][2] for k in t) for _, t in inner]
        letters = sum(max(len(a), len(b)) for a, b in zip(mine, theirs, strict=True))
        alike = sum(likeness(a, b) * max(len(a), len(b)) for a, b in zip(mine, theirs, strict=True)) / letters
        exchanged = sum(a != b and bool(b) and self._is_word(b, a) for a, b in zip(mine, theirs, strict=True))
        objection = self._objection(mine, theirs, alike)
        if objection is None and exchanged > len(quote) // _TO_ONE_EXCHANGED:
            objection = "too many of its words are others"
        return Candidate(here[places[0]][0], here[places[-1]][1], round(alike, 3), objection, exchanged)

    def _objection(self, mine: Sequence[str], theirs: Sequence[str], alike: float) -> str | None:
        """What in a passage cannot be damage, or None where all of it can."""
        same = sum(a == b for a, b in zip(mine, theirs, strict=True))
        differ = len(mine) - same
        sound = not self.worn and (differ == 1 or same >= _SOUND * (len(mine) - 1))
        for a, b in zip(mine, theirs, strict=True):
            if a != b and (why := self._differs(a, b, sound=sound)):
                return why
        if not sound and (pair := self._exchanged(mine, theirs)):
            return f"`{pair[1]}` stands there for `{pair[0]}`"
        poor = sum(likeness(a, b) < _POOR for a, b in zip(mine, theirs, strict=True))
        return None if alike >= LEAST and poor <= 1 + len(mine) // _TO_ONE_POOR else "too little of it is alike"

    def _exchanged(self, mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, str] | None:
        """A word that is rather another one than damaged as the words around it are, if there is one.

        Two things show it: some other word explains the letters there much better; or they are damaged much more than
        those of the rest of the passage (a z-score against their mean).
        """
        costs = [distance(a, b) for a, b in zip(mine, theirs, strict=True)]
        letters = [max(len(a), len(b)) for a, b in zip(mine, theirs, strict=True)]
        whole, most = sum(costs), sum(letters)
        for a, b, cost, length in zip(mine, theirs, costs, letters, strict=True):
            if a == b or not a or not b:
                continue
            rate = (whole - cost) / max(1, most - length)
            far = (cost - length * rate) / sqrt(length * (_VARIES * rate + _ANYHOW))
            better = cost - self._explained(b, a)
            both = length > _SHORT and better > _BETTER_AND_FAR[0] and far > _BETTER_AND_FAR[1]
            if better > _BETTER or far > (_FAR if length > _SHORT else _FAR_SHORT) or both:
                return a, b
        return None

    def _explained(self, theirs: str, mine: str) -> float:
        """What it costs to read what stands there from the word that explains it best, the one quoted aside."""
        most = len(theirs) // 2 + 1
        near = (
            distance(word, theirs)
            for size in (len(theirs) - 1, len(theirs), len(theirs) + 1)
            for word in self._meant.get(size, ())
            if word != mine
            and (word != theirs or self._is_word(theirs, mine))
            and Levenshtein.distance(word, theirs, score_cutoff=most) <= most
        )
        return min(near, default=float(len(theirs)))

    @cached_property
    def _meant(self) -> dict[int, list[str]]:
        """The words that may be meant in this text, by length: those of the language, and those that recur here."""
        found: dict[int, list[str]] = {}
        for word in _vocabulary() | {word for word, n in self.counts.items() if n >= _MET and len(word) >= _MEANT}:
            found.setdefault(len(word), []).append(word)
        return found

    def _is_word(self, theirs: str, mine: str) -> bool:
        """Whether what stands there is a sound word, rather than another one misread."""
        often = self.counts[theirs] >= max(_OFTEN, self.counts[mine])
        return _ordinary(theirs) or (often and not (len(mine) == len(theirs) and likeness(mine, theirs) >= _MISREAD))

    def _differs(self, mine: str, theirs: str, *, sound: bool) -> str | None:
        """Why one word cannot be read from the other, or None where it can."""
        if not theirs:
            return None if len(mine) == 1 and mine.isalpha() else f"`{mine}` is not there"
        if not mine:
            return f"`{theirs}` stands there besides"
        alike = likeness(mine, theirs)
        word = self._is_word(theirs, mine)
        if (
            _other_number(mine, theirs)
            or _other_sense(mine, theirs, alike)
            or (word and (sound or alike < (_LIKE_SHORT if len(theirs) <= _SHORT else _LIKE_DAMAGED)))
            or (not word and alike < _least(mine, theirs, sound=sound))
        ):
            return f"`{theirs}` stands there for `{mine}`"
        return None


def _least(mine: str, theirs: str, *, sound: bool) -> float:
    """How like a word has to be to one that is no word of the language that we know."""
    if min(len(mine), len(theirs)) <= _SHORT:
        return 0.0
    return _LIKE_SOUND if sound else _LEAST_WORD


def _other_sense(mine: str, theirs: str, alike: float) -> bool:
    """Whether one of two words denies what the other says."""
    if theirs in NEGATIONS or mine.endswith("n't") != theirs.endswith("n't"):
        return True
    if mine in NEGATIONS and _ordinary(theirs):
        return True
    return any(
        longer.startswith(prefix) and likeness(longer[len(prefix) :], shorter) > max(alike, _WITHOUT_PREFIX)
        for longer, shorter in ((mine, theirs), (theirs, mine))
        for prefix in _PREFIXES
    )


def _rank(candidate: Candidate) -> tuple[bool, float]:
    return candidate.objection is None, candidate.likeness - _PER_EXCHANGED * candidate.exchanged


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    from .reading.english import ATTITUDE, FUNCTION, SAYING

    return FUNCTION | SAYING | ATTITUDE | NEGATIONS | NUMBERS


def _ordinary(word: str) -> bool:
    return word in _vocabulary()


def _other_number(mine: str, theirs: str) -> bool:
    """Whether two words are numbers, and not the same: a figure is never read for another, too much hangs on it."""
    figures = [letter for letter in mine if letter.isdigit()]
    if not figures and any(map(str.isdigit, theirs)):
        return theirs.isdigit()
    if figures:
        left = iter(figures)
        return theirs.isdigit() or _ordinary(theirs) or not all(
            letter in left for letter in theirs if letter.isdigit()
        )  # fmt: skip
    return mine in NUMBERS and theirs in NUMBERS


Pair = tuple[tuple[int, ...], tuple[int, ...]]


def _aligned(quote: Sequence[str], text: Sequence[str]) -> list[Pair]:
    """The words of a quote laid beside those of a text: one to one, one to two where a space came or went, or to none.

    The text may begin before the quote and end after it. Dynamic programming over both (Needleman and Wunsch 1970).
    """
    rows, columns = len(quote), len(text)
    cost = [[0.0] * (columns + 1)]
    step: list[list[Pair]] = [[((), ())] * (columns + 1)]
    for i in range(1, rows + 1):
        cost.append([cost[i - 1][0] + _GAP * len(quote[i - 1])])
        step.append([((i - 1,), ())])
        for j in range(1, columns + 1):
            options: list[tuple[float, Pair]] = [
                (cost[i - 1][j - 1] + _apart(quote[i - 1], text[j - 1]), ((i - 1,), (j - 1,))),
                (cost[i - 1][j] + _GAP * len(quote[i - 1]), ((i - 1,), ())),
                (cost[i][j - 1] + _GAP * len(text[j - 1]), ((), (j - 1,))),
            ]
            if j > 1:
                two = text[j - 2] + text[j - 1]
                if _joined(quote[i - 1], two, (text[j - 2], text[j - 1])):
                    options.append((cost[i - 1][j - 2] + _apart(quote[i - 1], two), ((i - 1,), (j - 2, j - 1))))
            if i > 1:
                two = quote[i - 2] + quote[i - 1]
                if _joined(text[j - 1], two, (quote[i - 2], quote[i - 1])):
                    options.append((cost[i - 2][j - 1] + _apart(two, text[j - 1]), ((i - 2, i - 1), (j - 1,))))
            best = min(options, key=lambda row: row[0])
            cost[i].append(best[0])
            step[i].append(best[1])
    j = min(range(columns + 1), key=lambda column: (cost[rows][column], column))
    i, found = rows, list[Pair]()
    while i:
        pair = step[i][j]
        found.append(pair)
        i, j = i - len(pair[0]), j - len(pair[1])
    return found[::-1]


def _to_the_edges(pairs: list[Pair], words: int) -> list[Pair]:
    """The same, where a word at the edge of the quote that was laid beside none takes the next one of the text."""
    for step, order in ((-1, range(len(pairs))), (1, range(len(pairs) - 1, -1, -1))):
        loose: list[int] = []
        for at in order:
            if pairs[at][1]:
                place = pairs[at][1][0] if step < 0 else pairs[at][1][-1]
                if len(loose) == 1 and 0 <= place + step < words:
                    pairs[loose[0]] = (pairs[loose[0]][0], (place + step,))
                break
            loose.append(at)
    return pairs


def _joined(word: str, two: str, parts: tuple[str, str]) -> bool:
    """Whether a word is rather two together than either of them alone."""
    if abs(len(word) - len(two)) > max(2, len(two) // 3):
        return False
    whole = likeness(word, two)
    return whole >= 0.5 and whole > 0.05 + max(likeness(word, part) for part in parts)


def _apart(first: str, second: str) -> float:
    return (1.0 - likeness(first, second)) * max(len(first), len(second))
