"""What may be meant within a condition, an amount or a list of names that goes wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .meant_words import NUMBER_WORDS, UNIT_WORDS
from .words import CONDITION_WORDS, RESERVED, STATE_WORDS, UNITS, VERB_OF, VERBS

_BE = frozenset(["are", "was", "were", "be", "been", "has", "have", "had", "becomes", "gets"])
_EMPTY = frozenset(["either", "both", "also", "then"])
_SHARES = frozenset(["all", "every", "some", "any", "no", "most", "several"])
#: Words behind which a condition begins, or goes on.
_OPENING = frozenset([*CONDITION_WORDS, "when", "from", "until", "by", "seeks", "forbids", "where", "of", "=", "("])
_WITH_UNIT = re.compile(r"(\d+)([a-z]+)", re.ASCII)


def condition_meant(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """A label for the token at `at`, seen as a part of a condition."""
    return (
        _number(kinds, words, at)
        or _more_or_less(kinds, words, at)
        or _small_letters(words, at)
        or _length(kinds, words, at)
        or _joined(kinds, words, at)
        or _state(kinds, words, at)
        or _arguments(kinds, words, at)
    )


def past(words: str, plural: bool = False) -> str:
    """The verb of the record whose past form this is, or nothing."""
    for stem in (words.removesuffix("ed"), words.removesuffix("d")):
        if words.endswith("d") and stem in VERB_OF:
            return VERBS[VERB_OF[stem]] if plural else VERB_OF[stem]
    return ""


def _number(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """A number in words, or none at all, before an item."""
    for place in (at, at - 1):
        word = words[place].lower()
        if kinds[place] == "NAME" and word in NUMBER_WORDS and kinds[place - 1] != "DATE":
            return f"a number is written in digits: `{NUMBER_WORDS[word]}`"
    if kinds[at] == "NAME" and kinds[at - 1] == "NAME" and words[at - 1].lower() in _SHARES:
        return f"an amount begins with its number: `4 {words[at]}`, or `100 % {words[at]}`"
    if words[at] in ("a", "an") and words[at + 1] in UNITS:
        return f"write `1 {words[at + 1]}`"
    return ""


def _more_or_less(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    if words[at] == "than" and words[at - 1] in ("less", "fewer") and words[at + 1].isdecimal():
        return f"write `at most {max(int(words[at + 1]) - 1, 0)}`"
    if words[at] == "to" and words[at - 1] == "up":
        return f"write `at most {words[at + 1]}`"
    if kinds[at] == "," and kinds[at - 1] == kinds[at + 1] == "NUMBER" and len(words[at + 1]) < 3:
        return f"decimals stand behind a point: `{words[at - 1]}.{words[at + 1]}`"
    if kinds[at] == "of" and kinds[at - 1] in ("%", "NUMBER") and kinds[at + 1] != "NUMBER":
        return "leave out `of`"
    if kinds[at] == "NAME" and [*kinds[at - 2 : at]] == ["NUMBER", "of"]:
        return f"of an amount, leave out `of`: `{words[at - 2]} {words[at]}`; of conditions, put them in parentheses"
    return ""


def _small_letters(words: Sequence[str], at: int) -> str:
    lower = words[at].lower()
    return f"did you mean `{lower}`?" if words[at] != lower and lower in RESERVED and lower not in VERB_OF else ""


def _length(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """A length of time in several units, without a blank, or behind another word than `within`."""
    together = _WITH_UNIT.fullmatch(words[at])
    if together and (together[2] in UNITS or f"{together[2]}s" in UNITS):
        return f"did you mean `{together[1]} {together[2]}`?"
    if kinds[at] == "in" and kinds[at + 1] == "NUMBER":
        return "did you mean `within`?"
    before = at - 1 if kinds[at] == "NUMBER" else at
    if kinds[at] in ("and", "NUMBER") and kinds[before - (kinds[at] == "and")] in UNITS:
        return "a length of time has one unit: count in the smaller one"
    return UNIT_WORDS.get(words[at - 1], "") if kinds[at] == "of" else ""


def _joined(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """Conditions, amounts and names that are joined otherwise than the language joins them."""
    if kinds[at] == "," and kinds[at + 1] == "NAME" and kinds[at + 2] in VERB_OF:
        verb = VERB_OF[kinds[at + 2]]
        return f"a condition has one actor: `{words[at - 1]} {verb} … and {words[at + 1]} {verb} …`"
    if words[at] == "but":
        return "the word here is `and`; for what is not to be so, `unless`"
    if kinds[at - 1] == "NAME" and words[at - 1].lower() in _EMPTY:
        return f"leave out `{words[at - 1]}`"
    if kinds[at] == "," and kinds[at - 2] in ("under", "cites"):
        return f"a second `{kinds[at - 2]}` stands on a line of its own"
    if kinds[at] == "and" and kinds[at - 2] in ("under", "cites"):
        return f"a second `{kinds[at - 2]}` stands on a line of its own"
    if kinds[at] in ("and", "or", ",") and kinds[at - 2] == "NUMBER":
        return f"each item has its own amount: `{words[at - 2]} {words[at - 1]} … and …`"
    if kinds[at] == "," and kinds[at + 1] in RESERVED:
        return "leave out the comma"
    if kinds[at] in RESERVED and kinds[at - 1] == "," and kinds[at - 2] in ("NAME", "STRING", "]"):
        return "leave out the comma"
    return ""


def _state(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """A state or verb in another form: `has been verified`, `X verified`, `Upper signed accord`, `or claimed`."""
    if kinds[at - 1] in ("NAME", "]") and words[at] in _BE and words[at - 2] in _OPENING:
        return "the word here is `is`"
    if kinds[at] in STATE_WORDS and kinds[at - 1] in ("NAME", "]") and words[at - 2] in _OPENING:
        verb = past(words[at])
        if kinds[at + 1] == "NAME" and verb:
            return f"did you mean `{verb}`?"
        return f"did you mean `is {words[at]}`?"
    if kinds[at - 1] == "not" and kinds[at - 2] == "is":
        return f"what is not to be so stands behind `unless`: `… unless {words[at - 3]}`"
    if kinds[at] in STATE_WORDS and kinds[at - 1] in ("or", "and") and kinds[at - 3] == "is":
        return f"say of what: `{words[at - 4]} is {words[at]}`"
    if kinds[at] == "in" and kinds[at - 1] in STATE_WORDS and kinds[at - 2] == "is":
        return "leave it out: a condition is asked in each reading by itself"
    if kinds[at] == "NAME" and kinds[at - 1] == "by" and kinds[at - 2] in STATE_WORDS and kinds[at - 3] == "is":
        return "by whom or what is not said here: leave it out"
    return ""


def _arguments(kinds: Sequence[str], words: Sequence[str], at: int) -> str:
    """The arguments of an event, in other brackets or in none."""
    if kinds[at] == kinds[at - 1] == "NAME" and kinds[at - 2] in ("=", "(", ",", "leaving"):
        return f"a comma is missing before `{words[at]}`"
    if kinds[at] == kinds[at - 1] == "NAME" and kinds[at + 1] == "=":
        return f"arguments stand in parentheses: `{words[at - 1]}({words[at]}=…)`"
    if kinds[at] == "=" and [*kinds[at - 2 : at]] == ["[", "NAME"]:
        return f"arguments stand in parentheses: `{words[at - 3]}({words[at - 1]}=…)`"
    if kinds[at] == ")" and not _opened(kinds, at):
        return "no parenthesis opens before it: leave it out"
    if kinds[at] == ")" and [*kinds[at - 2 : at]] == ["NAME", "("] and kinds[at - 3] != "event":
        return f"leave out `()`: `{words[at - 2]}` alone is any such event"
    return ""


def _opened(kinds: Sequence[str], at: int) -> bool:
    """Whether a parenthesis opens before the token at `at`, on its line."""
    while kinds[at] not in ("NEWLINE", "("):
        at -= 1
    return kinds[at] == "("
