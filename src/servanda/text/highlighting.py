"""The words of a case as tokens of Pygments, for whoever shows cases in colour: Sphinx, MkDocs, a terminal.

Pygments finds this lexer by its entry point. Nothing else imports this file, so Servanda runs without Pygments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from pygments import token
from pygments.lexer import Lexer

from . import words as language
from .lexer import tokenize

#: A kind of token: Pygments keeps the type of these to itself.
Kind = Any

_NAMING = frozenset(language.DECLARATIONS + language.NORMS) - {"case"}
_BETWEEN = re.compile(r"#[^\n]*|[^#]+")
#: What each word is. Of a word that is in two lists the later kind counts, but for what `_AHEAD` says.
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(language.CONDITION_WORDS, token.Operator.Word),
    **dict.fromkeys(language.CLAUSE_WORDS, token.Keyword),
    **dict.fromkeys(language.UNITS, token.Keyword.Type),
    **dict.fromkeys(language.STATE_WORDS, token.Keyword.Constant),
    **dict.fromkeys(language.VERB_OF, token.Name.Function),
    **dict.fromkeys((*language.DECLARATIONS, *language.NORMS, *language.OTHER_DIRECTIVES), token.Keyword.Declaration),
    **dict.fromkeys("=%", token.Operator),
    **dict.fromkeys(",()[]/", token.Punctuation),
    "NAME": token.Name,
    "NUMBER": token.Number,
    "DATE": token.Literal.Date,
    "STRING": token.String,
}
#: Words that belong to the next one: these clauses and states are written in two words.
_AHEAD: dict[tuple[str, str], Kind] = {
    ("begins", "by"): token.Keyword,
    ("consent", "of"): token.Keyword,
    ("signed", "by"): token.Keyword,
    ("verified", "by"): token.Keyword,
    ("not", "owed"): token.Keyword.Constant,
    ("in", "force"): token.Keyword.Constant,
}
_BEHIND: dict[tuple[str, str], Kind] = {pair: kind for pair, kind in _AHEAD.items() if kind is token.Keyword.Constant}


class PactaLexer(Lexer):
    """Cases of Servanda, file by file."""

    name = "Servanda case"
    aliases: ClassVar = ["pacta", "servanda"]
    filenames: ClassVar = ["*.pacta"]
    mimetypes: ClassVar = ["text/x-pacta"]

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, Kind, str]]:
        """Every character of a text, in order: where it stands, what it is, the words."""
        tokens = tokenize(text)
        kinds = tokens.kinds
        at = 0
        in_event = False
        for index, (kind, words, offset) in enumerate(zip(kinds, tokens.words, tokens.offsets, strict=True)):
            # the lexer reads a text between two line ends that are not in it
            start, end = max(offset, 0), min(offset + len(words), len(text))
            yield from _blank(text[at:start], at)
            at = end
            if kind in ("NEWLINE", "END"):
                in_event = False
                yield from _blank(text[start:end], start)
                continue
            before = kinds[index - 1]
            if kind == "(":
                in_event = before == "NAME"
            elif kind == ")":
                in_event = False
            yield start, _kind(kind, before, kinds[index + 1], in_event), words


def _kind(kind: str, before: str, after: str, in_event: bool) -> Kind:
    if in_event and before in "(," and (kind == "NAME" or kind in language.RESERVED):
        return token.Name.Attribute
    if kind == "NAME" and before in _NAMING:
        return token.Name.Class
    paired = _AHEAD.get((kind, after)) or _BEHIND.get((before, kind))
    return paired or _KINDS.get(kind, token.Error)


def _blank(words: str, start: int) -> Iterator[tuple[int, Kind, str]]:
    for match in _BETWEEN.finditer(words):
        yield start + match.start(), token.Comment.Single if match[0].startswith("#") else token.Whitespace, match[0]
