"""Text → syntax tree."""

from __future__ import annotations

import unicodedata

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.model.span import File, Span

from .directives import Directives
from .lexer import hidden_characters, tokenize
from .syntax import Directive, Tree


def parse(text: str, path: str = "case.pacta") -> Tree:
    """Read the text of a case file. What cannot be read is reported in the tree's diagnostics; the rest is there.

    `path` is the name under which people know the file. Never raises, whatever the text.
    """
    file = File(path, text.removeprefix("\ufeff"))
    reader = Directives(file, tokenize(file.text))
    directives: list[Directive] = []
    while (depth := reader.indentation()) >= 0:
        directive = reader.attempt(depth, 0, "")
        if directive is not None:
            directives.append(directive)
    found = [*_hidden(file), *reader.diagnostics]
    found.sort(key=lambda each: each.span.start)
    return Tree(file, tuple(directives), tuple(found), frozenset(reader.unread))


def _called(character: str) -> str:
    return f"U+{ord(character):04X}, {unicodedata.name(character, 'a control character').lower()}"


def _hidden(file: File) -> list[Diagnostic]:
    return [
        diagnostic("hidden-character", Span(file, at, at + 1), character=_called(file.text[at]))
        for at in hidden_characters(file.text)[:100]
    ]
