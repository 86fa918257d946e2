"""What was said: sentences of the conversation with their type, for whom, and what one might write of them.

A sentence is of the type whose cues weigh most, if they weigh enough. Sentences of one type that follow one another in
one paragraph are one statement: a speaker argues a point in several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from servanda.sources.likeness import nearest

from .cues import common, cues
from .english import AUXILIARIES, CONTRACTED, FUNCTION, REPORTED, SAYING
from .lines import Read
from .mentions import ends, sentences
from .naming import TOKEN
from .people import Person
from .transcript import Name, Statement, StatementType

#: From which weight on a sentence is a statement; what two sentences may weigh apart and still be told apart.
_ENOUGH = 1.2
_QUOTE_WORDS = 8
#: Within how many characters of its beginning a sentence names who says it.
_OPENS_WITHIN = 60
_MODAL = (
    ("duty", re.compile(r"\b(?:must|should|ought|shall|required|obliged|had to|necessary)\b")),
    ("undertaking", re.compile(r"\b(?:would|will|prepared|ready|willing|undertak\w+|promis\w+)\b")),
    ("possibility", re.compile(r"\b(?:could|might|may|can|possible|perhaps)\b")),
)


#: Words that only somebody says who speaks for themselves, and those that change when it is reported.
_DIRECT = re.compile(r"\b(?:i|we|you|your|our|my|let us)\b")
_OUR_SIDE = re.compile(r"\b(?:my|our) (?:government|delegation|country|side)\b")
_YOURS = re.compile(r"\byour (?:government|delegation|country|side)\b")
_AUXILIARY = re.compile(r"\b(?:" + "|".join(sorted(AUXILIARIES, key=len, reverse=True)) + r")\b")
_PRESENT = re.compile(r"\b(?:" + "|".join(sorted(REPORTED, key=len, reverse=True)) + r")\b")


#: A verb that an auxiliary stands before keeps its form.
_HAVE = re.compile(r"\b(?P<before>would|should|could|must|might|may|to) had\b")
#: What is to come about first is not said to have been done.
_CONDITION = re.compile(r"\b(?:as soon as|when|once|if|unless|until|provided that)\b[^,;]*")


class Sentence(msgspec.Struct, frozen=True):
    """A sentence, which may run over lines and pages: where it begins and ends, and its words with parties marked."""

    first: int
    last: int
    text: str
    marked: str
    speaker: int
    paragraph: int | None
    bound: str | None


class _Talk(NamedTuple):
    """What is known of a conversation: who is named where, who is there, who speaks in each line and from where on."""

    names: Mapping[int, Sequence[Name]]
    people: Sequence[Person]
    decided: Mapping[int, tuple[int, float]]
    turns: Mapping[int, Sequence[tuple[int, int]]]


def statements(
    lines: Sequence[Read], names: Mapping[int, Sequence[Name]], people: Sequence[Person],
    decided: Mapping[int, tuple[int, float]], turns: Mapping[int, Sequence[tuple[int, int]]],
) -> Iterator[Statement]:  # fmt: skip
    """The statements of a conversation, in its order."""
    talk = _Talk(names, people, decided, turns)
    group: list[tuple[Sentence, float, str]] = []
    kind: StatementType | None = None
    for sentence in _sentences(lines, talk):
        found = classify(sentence.marked)
        if group and (found is None or found[0] != kind or _apart(group[-1][0], sentence)):
            assert kind is not None
            yield _statement(group, kind, talk)
            group = []
        if found is not None:
            kind = found[0]
            group.append((sentence, found[1], found[2]))
    if group and kind is not None:
        yield _statement(group, kind, talk)


def _apart(before: Sentence, now: Sentence) -> bool:
    return before.speaker != now.speaker or before.paragraph != now.paragraph


def classify(marked: str) -> tuple[StatementType, float, str] | None:
    """The type of a sentence, how much speaks for it, and the words that do most; None where too little does."""
    weights: dict[StatementType, float] = {}
    best: dict[StatementType, tuple[float, str]] = {}
    plain = _CONDITION.sub("", marked)
    for kind, pattern, weight in cues().patterns:
        found = pattern.search(plain if kind == "claims-fulfilled" else marked)
        if found:
            weights[kind] = weights.get(kind, 0.0) + weight
            if weight > best.get(kind, (0.0, ""))[0]:
                best[kind] = (weight, found[0])
    if not weights:
        return None
    top = max(weights, key=lambda kind: weights[kind])
    return (top, weights[top], best[top][1]) if weights[top] >= _ENOUGH else None


def _sentences(lines: Sequence[Read], talk: _Talk) -> Iterator[Sentence]:
    open_: list[tuple[Read, int, int]] = []
    decided = talk.decided
    for line in lines:
        if not line.said or line.number not in decided:
            continue
        if open_ and (
            open_[-1][0].paragraph != line.paragraph or decided[open_[-1][0].number][0] != decided[line.number][0]
        ):
            yield _sentence(open_, talk)
            open_ = []
        spans = sentences(line.text)
        for k, (start, end) in enumerate(spans):
            open_.append((line, start, end))
            if k < len(spans) - 1 or ends(line.text):
                if line.kind == "list-item" and k == len(spans) - 1:
                    continue
                yield _sentence(open_, talk)
                open_ = []
    if open_:
        yield _sentence(open_, talk)


def _sentence(parts: Sequence[tuple[Read, int, int]], talk: _Talk) -> Sentence:
    line, begin, end = parts[0]
    speaker = talk.decided[line.number][0]
    for start, who in talk.turns.get(line.number, ()):
        if start < min(end, begin + _OPENS_WITHIN):
            speaker = who
    own, here = talk.people[speaker].party, {each.party for each in talk.people if each.party}
    marked = []
    bound: str | None = None
    for line, start, end in parts:
        text, at = line.text, start
        for name in talk.names.get(line.number, ()):
            if name.type == "state" and start <= name.start and name.end <= end and name.start >= at:
                role = "@own" if name.canonical == own else "@other" if name.canonical in here else "@third"
                marked += [text[at : name.start], role]
                at = name.end
                bound = bound or name.canonical
        marked.append(text[at:end])
        marked.append(" ")
    words = " ".join(text[start:end].strip() for line, start, end in parts for text in (line.text,))
    return Sentence(
        parts[0][0].number, parts[-1][0].number, words, _normal("".join(marked)), speaker, parts[0][0].paragraph, bound
    )


def _normal(text: str) -> str:
    """Small letters, one space, no `the` before a party, damaged words as the cue words they are like."""
    low = " ".join(text.lower().split()).replace("’", "'")
    for short, full in CONTRACTED.items():
        low = low.replace(short, full)
    words = TOKEN.sub(lambda found: _cue(found[0].lower()), low)
    if _DIRECT.search(words):
        words = _YOURS.sub("@other", _OUR_SIDE.sub("@own", words))
        words = _PRESENT.sub(lambda found: REPORTED[found[0]], words)
    else:
        words = _AUXILIARY.sub(lambda found: AUXILIARIES[found[0]], words)
    return re.sub(r"\bthe (?=@)", "", _HAVE.sub(r"\g<before> have", words))


def _common(word: str) -> bool:
    """Whether a word is an ordinary one, or a form of one."""
    stems = [word, *(word[: -len(ending)] for ending in ("s", "es", "d", "ed", "ing", "ly") if word.endswith(ending))]
    return any(stem in common() for stem in stems)


@lru_cache(maxsize=16384)
def _cue(word: str) -> str:
    """The cue word that a damaged word may be read from, or the word itself."""
    if len(word) < 4 or word in cues().words or word in FUNCTION or word in SAYING or _common(word):
        return word
    return nearest(word, cues().words, 0.9 if len(word) == 4 else 0.86 if len(word) < 8 else 0.84) or word


def _statement(group: Sequence[tuple[Sentence, float, str]], kind: StatementType, talk: _Talk) -> Statement:
    first, last = group[0][0], group[-1][0]
    best, weight, cue = max(group, key=lambda row: row[1])
    speaker = talk.people[first.speaker]
    text = " ".join(sentence.text for sentence, _, _ in group)
    sure = min(talk.decided[first.first][1], 1 - 0.5 ** (weight / 1.2))
    modality = next((name for name, pattern in _MODAL if pattern.search(best.marked)), "fact")
    return Statement(
        first.first, last.last, speaker.name, speaker.party or "", kind, text, _quote(best.text, cue), modality,
        best.bound, round(sure, 2),
    )  # fmt: skip


def _quote(text: str, cue: str) -> str:
    """At most eight words of a sentence, with the cue among them, as they stand in one line of the document."""
    words = text.split()
    wanted = re.sub(r"@\w+", "", cue).split()
    key = wanted[-1] if wanted else ""
    at = next((k for k, word in enumerate(words) if _cue(re.sub(r"\W", "", word.lower())) == key), 0)
    start = max(0, min(at - 3, len(words) - _QUOTE_WORDS))
    return " ".join(words[start : start + _QUOTE_WORDS])
