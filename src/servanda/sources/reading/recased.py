"""Papers in capitals throughout, such as cables: read as if they were in small letters, and given back as they are.

Every rule of the reader goes by capitals, so running text in capitals is turned into small letters before it is read.
Capitals stay, or come back, where written English has them: at the beginning of a sentence, in forms of address and
the names behind them, in months, and in every word that is a name wherever the text shows one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from .cues import common
from .english import FUNCTION, MONTHS, OFFICES, SAYING, SHORT_TITLES, TITLES, WEEKDAYS
from .lines import capitals, words_of
from .transcript import Transcript

#: What running text in capitals is: so many capitals, words and function words; which share of a text it has to be.
_CAPITALS, _WORDS, _GLUE, _MOST = 0.9, 5, 0.2, 0.5
_WORD = re.compile(r"[^\W\d_]+")
_BEGINS = re.compile(r"(?:^|[.?!:][\"”')]*\s+)\W*(?=[^\W\d_])")
_SHORT = frozenset(each.lower() for each in SHORT_TITLES)
_DAYS = frozenset(each.lower() for each in MONTHS) | WEEKDAYS
#: Months that are verbs, too.
_VERBS = frozenset({"march", "may"})
_LABELLED = re.compile(r"\W*[^\W\d_]+(?:[ \t][^\W\d_]+)?[ \t]*:")
_INITIAL = re.compile(r"[^\W\d_]\.")


def recased(text: str, names: Iterable[str]) -> str:
    """The text, letter by letter, with its running text in small letters if that is in capitals. `names` are known."""
    rows = text.split("\n")
    prose = _prose(rows)
    written = sum(len(rows[at]) for at in prose)
    if not prose or written < _MOST * sum(map(len, rows)) or len(text.lower()) != len(text):
        return text
    known = {name.lower(): name for name in names if name.isalpha()}
    found = _named(rows[at] for at in prose)
    for at in sorted(prose):
        begins = at == 0 or not rows[at - 1].strip() or rows[at - 1].rstrip()[-1] in ".?!"
        rows[at] = _row(rows[at], begins, known, found)
    return "\n".join(rows)


def as_printed(transcript: Transcript, text: str, read: str) -> Transcript:
    """What was read from recased text, with the words as they are printed."""
    if text == read:
        return transcript
    rows = text.split("\n")
    joined = _joined(text), _joined(read)

    def words(said: str) -> str:
        at = joined[1].find(_joined(said))
        return joined[0][at : at + len(_joined(said))] if at >= 0 else said

    change = msgspec.structs.replace
    return change(
        transcript,
        lines=tuple(change(each, text=rows[each.line - 1]) for each in transcript.lines),
        names=tuple(change(each, surface=rows[each.line - 1][each.start : each.end]) for each in transcript.names),
        dates=tuple(change(each, surface=rows[each.line - 1][each.start : each.end]) for each in transcript.dates),
        repairs=tuple(change(each, surface=rows[each.line - 1][each.start : each.end]) for each in transcript.repairs),
        items=tuple(change(each, text=words(each.text)) for each in transcript.items),
        statements=tuple(
            change(each, text=words(each.text), quote=words(each.quote)) for each in transcript.statements
        ),
    )


def _joined(text: str) -> str:
    return " ".join(text.split())


def _prose(rows: list[str]) -> frozenset[int]:
    """The rows of running text in capitals, and those that go on with it."""
    found: set[int] = set()
    for at, row in enumerate(rows):
        words = words_of(row)
        shouted = bool(words) and capitals(row) >= _CAPITALS
        glue = sum(word.lower() in FUNCTION for word in words)
        goes_on = at - 1 in found and rows[at - 1].rstrip()[-1:] not in (".", ":")
        if shouted and not _LABELLED.match(row) and (goes_on or (len(words) >= _WORDS and glue >= _GLUE * len(words))):
            found.add(at)
    return frozenset(found)


def _named(rows: Iterable[str]) -> frozenset[str]:
    """The words that the text shows to be names: behind a form of address, or in front of a verb of saying."""
    found = set()
    for row in rows:
        words = [word.lower() for word in _WORD.findall(row)]
        for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
            if len(word) > 2 and not _ordinary(word) and (before in TITLES or after in SAYING):
                found.add(word)
    return frozenset(found)


def _ordinary(word: str) -> bool:
    return word in FUNCTION or word in common() or word in SAYING or word in TITLES or word in OFFICES


def _row(row: str, begins: bool, known: Mapping[str, str], found: frozenset[str]) -> str:
    out = list(row.lower())
    matches = list(_WORD.finditer(row))
    for at, match in enumerate(matches):
        word = match[0].lower()
        after = matches[at + 1][0].lower() if at + 1 < len(matches) else ""
        dated = any(map(str.isdigit, row[max(0, match.start() - 4) : match.end() + 4]))
        if word in known:
            out[match.start() : match.end()] = known[word]
        elif (
            word == "i"
            or (_INITIAL.match(row, match.start()) and len(word) == 1)
            or (
                word in found
                or word in _SHORT
                or (word in TITLES | OFFICES and (after in found or after in known or _office(matches, at)))
                or (word in _DAYS and (dated or word not in _VERBS))
            )
        ):
            out[match.start()] = row[match.start()]
    for start in _BEGINS.finditer(row):
        if start.end() < len(row) and (start.start() or begins):
            out[start.end()] = row[start.end()]
    return "".join(out)


def _office(matches: list[re.Match[str]], at: int) -> bool:
    """Whether a word is an office that somebody is called by: behind `the`, with another such word or by itself."""
    before = matches[at - 1][0].lower() if at else ""
    after = matches[at + 1][0].lower() if at + 1 < len(matches) else ""
    return (before == "the" and (after in OFFICES or after in SAYING or after in FUNCTION)) or (
        before in TITLES and matches[at][0].lower() in OFFICES
    )
