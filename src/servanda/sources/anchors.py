"""Where quoted words stand in a damaged text, if the damage alone can explain what differs.

A quote is laid beside the passages that share most with it, word by word. A word that one side lacks, another number, a
negation is never explained away. Whatever else differs is weighed: how probable it is that the word quoted was misread
so, at the rate at which letters are misread in this text, against that of some other word standing there. A passage
has to be far more probable as the quote than by chance, and more so in a longer text. What cannot be justified is not
found, and the nearest passage is named instead.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from math import exp, log

import msgspec
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from .likeness import likeness
from .misreading import by_chance, errors, misread

#: How many letters of a text a quote is slid along at once, besides its own: each part has a passage of its own.
_SLID_ALONG = 300
#: How many passages are looked at, and how many more of a short quote: divided by its words; how much less like than
#: the best, of a hundred; how many words around each.
_TRIED, _TRIED_SHORT, _LESS_LIKE, _AROUND = 3, 40, 12.0, 3
_MOST_WORDS = 120
#: Ordinary words of how many letters tell how much of a text is misread; what is believed before any is met: how many
#: letters, and which share of them.
_TELLING, _LONGEST, _WHOLE, _RATE = 5, 20, 30.0, 0.01
#: For how many letters the rate of a whole text counts beside those of a passage, and the highest rate.
_RATE_OF_TEXT, _WORST = 60, 0.45
#: By how much it has to be likelier that one of the words is another one than that it is misread, as logarithms; by how
#: much that the word denies; how much more likely that is to be quoted wrongly.
_EXCHANGED, _DENIED, _DENYING = 2.5, 0.0, 4.0
#: By how much a passage has to be likelier as the quote than by chance, beyond the number of places where it could be.
_BY_CHANCE = 7.0
#: How often a word that is in no table stands in a text; one that holds sentences together, one that denies, any other.
_UNKNOWN, _GLUE, _NOT, _ORDINARY = log(0.2), 0.002, log(0.003), 0.0003
#: How often a word has to be met in a text to be one of those that may be meant, and of how many letters.
_MET, _MEANT = 3, 3
#: The least that a probability comes to, as a logarithm.
_FAR = 60.0
#: What a letter of a word costs that only one side has: two such words cost more than one read for the other.
_GAP = 0.6
#: How many words at an edge of a quote may have nothing in common with what stands there, and still be laid beside it.
_LOOSE = 3
#: Up to how many letters a word is short; which share of the letters of two longer words that are laid beside each
#: other may differ; what a prefix must leave.
_SHORT, _STRANGERS, _WITHOUT_PREFIX = 3, 0.8, 0.7
#: From which likeness on letters at the end of a word are `n't`.
_CONTRACTED = 0.75

#: A word, with the marks in it: any of them may be a letter misread, but those that stand between words.
_WORD = re.compile(r"[^\W_](?:[^\s/-]*[^\W_])?")
#: What figures may be misread as; nothing else is one.
_FIGURES = {
    "0": "odq", "1": "lit", "2": "z", "3": "", "4": "a", "5": "s", "6": "bg", "7": "", "8": "b", "9": "gq",
}  # fmt: skip
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


class _Laid(msgspec.Struct, frozen=True):
    """A quote laid beside a passage: the words of both in pairs, where it stands, and how probable each word is.

    `odds` are by how much the whole is likelier as the quote than by chance, a logarithm, as all probabilities are.
    """

    start: int
    end: int
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    rates: tuple[float, ...]
    odds: float

    def likeness(self) -> float:
        """How like the words are, weighed by their letters: 1 where they are the same."""
        letters = [max(len(a), len(b)) for a, b in zip(self.mine, self.theirs, strict=True)]
        alike = [likeness(a, b) * n for a, b, n in zip(self.mine, self.theirs, letters, strict=True)]
        return round(sum(alike) / sum(letters), 3)


class Damaged:
    """A text in the form in which quotes are compared, ready to be searched through its damage."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.words = [(found.start(), found.end(), found[0]) for found in _WORD.finditer(folded)]
        self.starts = [start for start, _, _ in self.words]
        self.counts = Counter(word for _, _, word in self.words)
        #: Which share of its letters is misread.
        self.rate = _rate(self.counts)

    def nearest(self, wanted: str) -> Candidate | None:
        """The passage nearest to a quote in its compared form, with the objection to it where there is one."""
        quote = _WORD.findall(wanted)[:_MOST_WORDS]
        if not quote or not self.words:
            return None
        tried = self._passages(" ".join(quote), _TRIED + _TRIED_SHORT // len(quote))
        laid = [each for each in (self._laid_beside(quote, *passage) for passage in tried) if each is not None]
        laid.sort(key=lambda each: -each.odds)
        least = _BY_CHANCE + log(len(self.words))
        objections = []
        for each in laid[:_TRIED]:
            why = self._objection(each) if each.odds > least else "too little of it is alike"
            if why is None:
                return Candidate(each.start, each.end, each.likeness())
            objections.append(why)
        return Candidate(laid[0].start, laid[0].end, laid[0].likeness(), objections[0]) if laid else None

    def _passages(self, wanted: str, most: int) -> list[tuple[int, int]]:
        """From which word of the text to which a quote may go: where it fits best when it is slid along, best first."""
        found: list[tuple[float, int, int]] = []
        step = _SLID_ALONG + 2 * len(wanted)
        overlap = len(wanted) + len(wanted) // 3
        for offset in range(0, len(self.folded), step):
            slid = partial_ratio_alignment(wanted, self.folded[offset : offset + step + overlap])
            if slid is not None:
                first = bisect_right(self.starts, offset + slid.dest_start + 1) - 1
                found.append((slid.score, max(0, first), bisect_right(self.starts, offset + slid.dest_end - 1)))
        found.sort(reverse=True)
        return [(first, last) for score, first, last in found[:most] if score >= found[0][0] - _LESS_LIKE]

    def _laid_beside(self, quote: Sequence[str], start: int, end: int) -> _Laid | None:
        """The quote laid beside the words from about `start` up to about `end`, as well as it will go."""
        here = self.words[max(0, start - _AROUND) : end + _AROUND]
        pairs = _to_the_edges(_aligned(quote, [word for _, _, word in here]), len(here))
        places = [at for q, t in pairs if q for at in t]
        if not places:
            return None
        inner = [(q, t) for q, t in pairs if not t or places[0] <= t[0] <= places[-1]]
        mine = tuple("".join(quote[k] for k in q) for q, _ in inner)
        theirs = tuple("".join(here[k][2] for k in t) for _, t in inner)
        wrong = [errors(a, b) for a, b in zip(mine, theirs, strict=True)]
        letters, mistakes = len("".join(mine)) + _RATE_OF_TEXT, sum(wrong) + _RATE_OF_TEXT * self.rate
        # what a word itself shows is no measure for it
        rates = tuple(min(_WORST, (mistakes - n) / (letters - len(a))) for a, n in zip(mine, wrong, strict=True))
        odds = sum(misread(a, b, rate) - by_chance(b) for a, b, rate in zip(mine, theirs, rates, strict=True))
        return _Laid(here[places[0]][0], here[places[-1]][1], mine, theirs, rates, odds)

    def _objection(self, laid: _Laid) -> str | None:
        """What in a passage cannot be damage, or None where all of it can.

        That exactly one word is another is as likely of each: the odds are the mean of what each of them gives.
        """
        told, most, other = 0.0, 0.0, ""
        for a, b, rate in zip(laid.mine, laid.theirs, laid.rates, strict=True):
            if a == b:
                continue
            if why := _differs(a, b):
                return why
            if not b:
                continue
            read = misread(a, b, rate)
            exchanged = exp(min(_FAR, self._another(b, a, rate) - read)) * (_DENYING if a in NEGATIONS else 1.0)
            told += exchanged
            if exchanged > most:
                most, other = exchanged, f"`{b}` stands there for `{a}`"
            if a not in NEGATIONS and _denial(b, rate) > read + _DENIED:
                return f"`{b}` stands there for `{a}`"
        return other if told and log(told / len(laid.mine)) > _EXCHANGED else None

    def _another(self, theirs: str, mine: str, rate: float) -> float:
        """The logarithm of the probability that what stands there is read from another word than the one quoted."""
        most = len(theirs) // 3 + 1
        whole = exp(_UNKNOWN + by_chance(theirs))
        for size in range(len(theirs) - 1, len(theirs) + 2):
            for word, share in self._meant.get(size, ()):
                if word != mine and Levenshtein.distance(word, theirs, score_cutoff=most) <= most:
                    whole += exp(share + misread(word, theirs, rate))
        if theirs not in ordinary():
            whole += (self.counts[theirs] - 1) / len(self.words) if theirs in self.counts else 0.0
        return log(whole)

    @cached_property
    def _meant(self) -> dict[int, list[tuple[str, float]]]:
        """The words that may be meant in this text, by length, each with the logarithm of its share of all words."""
        found: dict[int, list[tuple[str, float]]] = {}
        recur = {word for word, n in self.counts.items() if n >= _MET and len(word) >= _MEANT}
        for word in ordinary() | recur:
            least = _GLUE if word in _holding_together() else _ORDINARY if word in ordinary() else 0.0
            found.setdefault(len(word), []).append((word, log(max(least, self.counts[word] / len(self.words)))))
        return found


def _rate(counts: Mapping[str, int]) -> float:
    """The share of misread letters: how often ordinary words have one letter exchanged, and how often they are whole.

    For each time that a word of n letters is whole, there are n r / (1 - r) times with one letter misread.
    """
    open_ = _with_one_open()
    whole, once = _WHOLE, _WHOLE * _RATE
    for word, count in counts.items():
        if word in ordinary():
            whole += count * len(word) if len(word) >= _TELLING else 0
        elif len(word) <= _LONGEST and any(f"{word[:k]}?{word[k + 1 :]}" in open_ for k in range(len(word))):
            once += count
    return once / (whole + once)


@cache
def _with_one_open() -> frozenset[str]:
    """The ordinary words that tell damage, each with one of its letters left open."""
    words = [word for word in ordinary() if len(word) >= _TELLING]
    return frozenset(f"{word[:at]}?{word[at + 1 :]}" for word in words for at in range(len(word)))


def _denial(theirs: str, rate: float) -> float:
    """The logarithm of the probability that what stands there is read from a word that denies."""
    return max(_NOT + misread(word, theirs, rate) for word in NEGATIONS)


def _differs(mine: str, theirs: str) -> str | None:
    """Why one word cannot be read from the other whatever the damage, or None where it can."""
    if not theirs:
        return None if len(mine) == 1 and mine.isalpha() else f"`{mine}` is not there"
    if not mine:
        return f"`{theirs}` stands there besides"
    if _other_number(mine, theirs) or _other_sense(mine, theirs, likeness(mine, theirs)):
        return f"`{theirs}` stands there for `{mine}`"
    return None


def _other_sense(mine: str, theirs: str, alike: float) -> bool:
    """Whether one of two words denies what the other says."""
    if _not_contracted(mine) != _not_contracted(theirs) or (mine in NEGATIONS and theirs in ordinary()):
        return True
    return any(
        longer.startswith(prefix) and likeness(longer[len(prefix) :], shorter) > max(alike, _WITHOUT_PREFIX)
        for longer, shorter in ((mine, theirs), (theirs, mine))
        for prefix in _PREFIXES
    )


def _not_contracted(word: str) -> bool:
    """Whether a word ends in `n't`, as far as that can be read."""
    return len(word) > len("n't") and "'" in word[-3:] and likeness(word[-3:], "n't") >= _CONTRACTED


@cache
def ordinary() -> frozenset[str]:
    """The words that any text may have: those that hold sentences together, and a thousand others."""
    from .reading.cues import common
    from .reading.english import ATTITUDE, FUNCTION, SAYING

    return FUNCTION | SAYING | ATTITUDE | NEGATIONS | NUMBERS | common()


@cache
def _holding_together() -> frozenset[str]:
    from .reading.english import FUNCTION

    return FUNCTION | NEGATIONS


def _other_number(mine: str, theirs: str) -> bool:
    """Whether two words are numbers, and not the same: a figure is never read for another, too much hangs on it."""
    figures = [letter for letter in mine if letter.isdigit()]
    if figures:
        left, there = iter(figures), iter(theirs)
        kept = all(letter in left for letter in theirs if letter.isdigit())
        return not kept or not all(any(each in (one, *_FIGURES.get(one, "")) for each in there) for one in figures)
    return theirs.isdigit() or (mine in NUMBERS and theirs in NUMBERS)


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
    """The same, where words at the edge of the quote that were laid beside none take the next ones of the text."""
    for step, order in ((-1, range(len(pairs))), (1, range(len(pairs) - 1, -1, -1))):
        loose: list[int] = []
        for at in order:
            if pairs[at][1]:
                place = pairs[at][1][0] if step < 0 else pairs[at][1][-1]
                for far, one in enumerate(reversed(loose[-_LOOSE:]), 1):
                    if 0 <= place + far * step < words:
                        pairs[one] = (pairs[one][0], (place + far * step,))
                break
            loose.append(at)
    return pairs


def _joined(word: str, two: str, parts: tuple[str, str]) -> bool:
    """Whether a word is rather two together than either of them alone."""
    if abs(len(word) - len(two)) > max(2, len(two) // 3):
        return False
    if Levenshtein.distance(word, two) > 0.7 * max(len(word), len(two)):
        return False
    whole = likeness(word, two)
    return whole >= 0.5 and whole > 0.05 + max(likeness(word, part) for part in parts)


def _apart(first: str, second: str) -> float:
    """What laying one word beside another costs, in letters; words that share next to nothing are not looked at."""
    longest = max(len(first), len(second))
    if longest > _SHORT and Levenshtein.distance(first, second) > _STRANGERS * longest:
        return float(longest)
    return (1.0 - likeness(first, second)) * longest
