"""Text → tokens with their places, in a few passes that all run in C.

A newline token swallows what is blank or comment after it and the indentation of the next directive, so the parser
never meets an empty line. Tokens are told apart by a memo of their words: most words of a case occur many times.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate, compress

from .words import RESERVED

# The commonest first; the slower forms of the same things later. Possessive, so no text makes it slow.
_TOKEN = re.compile(
    r"""
      [a-zA-Z][\w.\-]*+(?![^\x00-\x7f])               # a word
    | \ +
    | \n\ *+(?![\s\#])                                # the end of a line, and the indentation of the next
    | [,()=\[\]%/]
    | "(?!"")[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"       # a string
    | ~?\d[\w.:+~\-]*+                                # a number or date
    | (?:[ \t\r]*+(?:\#[^\n]*+)?\n)++[ \t]*+          # the same, over blank lines and comments
    | [ \t\r]++
    | \#[^\n]*+
    | \"""[^"]*+(?:"(?!"")[^"]*+)*+\"""               # a string over several lines
    | [^\W\d_](?:[\w.\-]|[^\x00-\x7f\s])*+            # a word of any script
    | \"""(?:[^\n]++|\n(?=[ \t\r\n]))*+               # one that does not end: up to the next line at the margin
    | "[^\n]*+                                        # a string that does not end
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_STRING_BODY = re.compile(r'[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+')
_NUMBER = re.compile(r"\d{1,18}(?:\.\d{1,18})?", re.ASCII)
_DATE = re.compile(r"~|\d{4}-\d|.*\.\.", re.ASCII)
#: Control characters, and marks that turn the direction of text: what one sees is then not what stands there.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")

_SYMBOLS = frozenset(",()=[]%/")


class Tokens:
    """The tokens of a text: parallel lists of kinds, words and places, closed by an `END`.

    A kind is a reserved word itself, a symbol itself, or one of NAME, NUMBER, DATE, STRING, NEWLINE, END; what is
    none of these has a kind that names what is wrong with it.
    """

    __slots__ = ("kinds", "offsets", "words")

    def __init__(self, kinds: Sequence[str], words: Sequence[str], offsets: Sequence[int]) -> None:
        self.kinds = kinds
        self.words = words
        self.offsets = offsets


class _Kinds(dict[str, str]):
    """What kind of token some words are, found out once."""

    def __missing__(self, words: str) -> str:
        kind = self[words] = _kind(words)
        return kind


def _kind(words: str) -> str:
    first = words[0]
    if words in RESERVED or words in _SYMBOLS:
        return words
    if "\n" in words and first != '"':
        return "NEWLINE"
    if first in " \t\r#":
        return "BLANK"
    if first == '"':
        if words.startswith('"""'):
            return "STRING" if len(words) >= 6 and words.endswith('"""') else "unclosed-string"
        return "STRING" if _closes(words) else "unclosed-string"
    if first == "~" or "0" <= first <= "9":
        if _NUMBER.fullmatch(words):
            return "NUMBER"
        return "DATE" if _DATE.match(words) else "bad-number"
    if first.isalpha():
        return "NAME" if is_name(words) else "bad-name"
    return "stray-character"


def _closes(words: str) -> bool:
    body = words[1:-1]
    return len(words) >= 2 and words[-1] == '"' and _STRING_BODY.fullmatch(body) is not None


def is_name(words: str) -> bool:
    """Whether words have the form of a name: letters of any script, digits, `-`, `_`, `.`, letter first, no `..`."""
    if words.isascii():
        return words[-1].isalnum() and ".." not in words
    parts = [_part(c) for c in words]
    return parts[0] == "letter" and parts[-1] in ("letter", "mark", "digit") and None not in parts and ".." not in words


def _part(character: str) -> str | None:
    """What a character is within a name; None if it cannot be in one."""
    if character in "-_.":
        return "joint"
    category = unicodedata.category(character)
    return "digit" if category == "Nd" else {"L": "letter", "M": "mark"}.get(category[0])


def tokenize(text: str) -> Tokens:
    """Split a text into tokens. Every text has some; what fits nothing is a token of a kind that says so."""
    # A newline in front and one behind: every line then begins and ends with a newline token.
    words = _TOKEN.findall(f"\n{text}\n")
    offsets = list(accumulate(map(len, words), initial=-1))
    solid = list(map(" ".__ne__, words))
    words = list(compress(words, solid))
    offsets = list(compress(offsets, solid))
    kinds = list(map(_Kinds().__getitem__, words))
    if "BLANK" in kinds:
        solid = list(map("BLANK".__ne__, kinds))
        words, offsets, kinds = (list(compress(column, solid)) for column in (words, offsets, kinds))
    words.append("")
    offsets.append(len(text))
    kinds.append("END")
    return Tokens(kinds, words, offsets)


def hidden_characters(text: str) -> list[int]:
    """Where characters stand that a reader cannot see but a computer obeys."""
    return [match.start() for match in _HIDDEN.finditer(text)] if _HIDDEN.search(text) else []


def string_value(words: str) -> str:
    """What a string says, from how it is written."""
    if not words.startswith('"""'):
        body = words[1:-1]
        return body if "\\" not in body else re.sub(r'\\(["\\])', r"\1", body)
    first, *rest = words[3:-3].replace("\r\n", "\n").split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    lines = [first.strip(), *(line[margin:].rstrip() for line in rest)]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return "\n".join(lines)
