"""Which words can stand at a place of a text: those that the reader takes there, found by asking it.

There is no table of what may follow what. Each word of the language is put in the place, and the lines up to it are
read: a word fits where the reader goes on behind it.
"""

from __future__ import annotations

from typing import NoReturn

import msgspec

from servanda.diagnostics.diagnostic import Fix, Related
from servanda.model.span import File, Span

from .clauses import REPEATABLE
from .directives import Directives
from .lexer import Tokens, tokenize
from .parser import parse
from .syntax import Act, Declaration, Directive, Names, Scenario
from .words import RESERVED

#: Something of each kind that is no reserved word.
_SOMETHING = {"NAME": "x", "DATE": "2000-01-01", "STRING": '""', "NUMBER": "1"}


class Fitting(msgspec.Struct, frozen=True):
    """What fits a place: reserved words in the order of the alphabet, and whether a name, date or string would do."""

    words: tuple[str, ...] = ()
    name: bool = False
    date: bool = False
    string: bool = False


def block_before(text: str, at: int) -> str:
    """The directive that stands around a place, as far as it is written before it."""
    start = text.rfind("\n", 0, at) + 1
    while start and text[start:at][:1] in ("", " ", "\t", "\r", "\n", "#"):
        start = text.rfind("\n", 0, start - 1) + 1
    return text[start:at]


def fitting(text: str, at: int) -> Fitting:
    """What the reader would take at a place in a text, whatever stands behind it; nothing in a string or comment."""
    block = block_before(text, at)
    tokens = tokenize(f"{block}x")
    if len(block) not in tokens.offsets:
        return Fitting()
    here = tokens.offsets.index(len(block))
    if tokens.words[here] != "x":
        return Fitting()
    file = File("", f"{block}x")

    def fits(kind: str, words: str) -> bool:
        kinds, all_words = list(tokens.kinds), list(tokens.words)
        kinds[here], all_words[here] = kind, words
        return _Trial(file, Tokens(kinds, all_words, tokens.offsets), here).taken()

    name, date, string = (fits(kind, _SOMETHING[kind]) for kind in ("NAME", "DATE", "STRING"))
    said = _said(block)
    return Fitting(tuple(word for word in sorted(RESERVED - said) if fits(word, word)), name, date, string)


def _said(block: str) -> frozenset[str]:
    """The words that can begin nothing more here, though the reader takes them: clauses that stand there already."""
    directives = parse(block).directives
    last = directives[-1] if directives else None
    if isinstance(last, Scenario) and last.directives:
        last = last.directives[-1]
    if not isinstance(last, Declaration | Act) or not last.clauses:
        return frozenset()
    begins_line = not block[block.rfind("\n") + 1 :].strip()
    behind_names = block.rstrip(" \t")[-1:] != "," and isinstance(last.clauses[-1], Names)
    if not (begins_line or behind_names):
        return frozenset()
    said = {each.keyword for each in last.clauses} - REPEATABLE
    said |= {"to" for each in last.clauses if isinstance(each, Names) and each.to}
    return frozenset(each.split()[0] for each in said)


class _Trial(Directives):
    """A reading of some lines that is only asked whether it goes on behind one token."""

    def __init__(self, file: File, tokens: Tokens, here: int) -> None:
        super().__init__(file, tokens)
        self.asked = here
        self.begins = max(at for at in range(here) if self.kinds[at] == "NEWLINE")
        self.stopped: int | None = None

    def taken(self) -> bool:
        """Whether the reader took the token, and had nothing to say about it."""
        while (depth := self.indentation()) >= 0:
            self.stopped = None
            self.attempt(depth, 0, "")
        first = self.offsets[self.begins + 1]
        found = [each for each in self.diagnostics if each.span.start >= first]
        if not found:
            return True
        behind = self.stopped is not None and self.stopped > self.asked
        return behind and all(each.span.start != self.offsets[self.asked] for each in found)

    def directive(self, indent: int) -> Directive:
        """In a scenario nothing begins but acts and expectations."""
        if indent and self.kinds[self.at] not in ("NAME", "DATE"):
            self.slip("not-in-scenario", word=self.words[self.at])
        return super().directive(indent)

    def slip(
        self,
        code: str,
        span: Span | None = None,
        *,
        label: str = "",
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
        **values: object,
    ) -> NoReturn:
        """Remember where the reader stopped."""
        self.stopped = self.at
        super().slip(code, span, label=label, related=related, fix=fix, **values)

    def _nearest(self, words: str, among: object) -> None:
        """Nobody reads what was meant."""
