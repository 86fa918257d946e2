"""Walking over the tokens of a file: what stands here, what is expected, and what is said when it is not there."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NoReturn, TypeVar

from servanda.diagnostics import Diagnostic, diagnostic, nearest
from servanda.diagnostics.diagnostic import Fix, Related
from servanda.model.conditions import Ref, Value
from servanda.model.declarations import Text
from servanda.model.span import File, Piece, Span
from servanda.model.time import Dating, Duration, Malformed, dating_from_words

from .lexer import Tokens, string_value
from .meant import meant
from .meant_dates import date_meant
from .meant_words import UNIT_WORDS
from .words import RESERVED, UNITS

_Read = TypeVar("_Read")

#: Kinds of token that are slips in themselves; each is the code of its diagnostic.
_LEXICAL = frozenset(["unclosed-string", "bad-number", "bad-name", "stray-character"])
#: Where the words around a slip may show what was meant.
_SEEN_FROM_AROUND = frozenset(
    [
        *("missing-part", "unexpected-words", "unknown-clause", "clause-not-here", "unknown-verb", "reserved-word"),
        *("bad-number", "bad-name", "stray-character", "second-clause-on-line", "comma-in-condition"),
    ]
)
#: Quotes as other languages and word processors have them.
_OTHER_QUOTES = frozenset("'`\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a")
#: How often a file is offered what it may have meant: where there are more slips, it is no case that went wrong.
MOST_GUESSES = 1000


class Slip(Exception):
    """A line cannot be read further: caught where the line began, and costs that line."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Cursor:
    """A place among the tokens of a file, and the small parts that directives are made of.

    `at` is the index of the token that is looked at. Methods that read a part leave it behind that part. Spans are
    told from `base`, the offset at which their `home` begins.
    """

    def __init__(self, file: File, tokens: Tokens) -> None:
        self.home: File | Piece = file
        self.base = 0
        self.kinds = tokens.kinds
        self.words = tokens.words
        self.offsets = tokens.offsets
        self.at = 0
        self._datings: dict[str, Dating] = {}
        self.guesses = 0

    # ── places ───────────────────────────────────────────────────────────────────────────────────────────────

    def span_since(self, start: int) -> Span:
        """From the token at index `start` to the last one that was read."""
        last = max(self.at - 1, start)
        base = self.base
        return Span(self.home, self.offsets[start] - base, self.offsets[last] + len(self.words[last]) - base)

    def _span(self, start: int, end: int) -> Span:
        """From the character at one offset to that before another."""
        return Span(self.home, start - self.base, end - self.base)

    def here(self) -> Span:
        """The token that is looked at; at the end of a line the place where one would go on writing."""
        kind = self.kinds[self.at]
        if kind in ("NEWLINE", "END"):
            last = self.at - 1
            end = self.offsets[last] + len(self.words[last]) if last > 0 else 0
            return self._span(end, end)
        start = self.offsets[self.at]
        return self._span(start, start + len(self.words[self.at]))

    # ── slips ────────────────────────────────────────────────────────────────────────────────────────────────

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
        """End the reading of this line with a diagnostic, at the token looked at unless a span is given."""
        if not label and code in _SEEN_FROM_AROUND:
            label = meant(self.kinds, self.words, self.at)
        raise Slip(diagnostic(code, span or self.here(), label=label, related=related, fix=fix, **values))

    def lexical(self) -> None:
        """Slip if the token looked at is one that no text should have."""
        kind = self.kinds[self.at]
        if kind in _LEXICAL:
            words = self.words[self.at]
            label = 'quotes are written `"`' if words in _OTHER_QUOTES else ""
            self.slip(kind, label=label, words=words if words.isprintable() else f"U+{ord(words[0]):04X}")

    def missing(self, what: str, *, among: frozenset[str] | None = None) -> NoReturn:
        """Slip because `what` should stand here; `among` are the words that could, for a suggestion."""
        self.lexical()
        kind, words = self.kinds[self.at], self.words[self.at]
        if kind in ("NEWLINE", "END"):
            self.slip("missing-at-end", what=what)
        guess = self._nearest(words, among) if among else None
        if guess:
            span = self.here()
            self.slip(
                "missing-part", span, label=f"did you mean `{guess}`?", fix=Fix(span, guess), what=what, found=words
            )
        self.slip("missing-part", what=what, found=words)

    def _not_at_end(self, what: str) -> None:
        """Slip if no word stands here that could be judged."""
        if self.kinds[self.at] in ("NEWLINE", "END"):
            self.missing(what)
        self.lexical()

    # ── small parts ──────────────────────────────────────────────────────────────────────────────────────────

    def take(self, kind: str, what: str | None = None) -> str:
        """Read a token of this kind and give its words."""
        if self.kinds[self.at] != kind:
            self.missing(what or f"`{kind}`")
        self.at += 1
        return self.words[self.at - 1]

    def word(self, what: str) -> str:
        """Read a name without its place."""
        if self.kinds[self.at] != "NAME":
            if self.kinds[self.at] in RESERVED:
                self.slip("reserved-word", word=self.words[self.at], what=what.rstrip(","))
            self.missing(what)
        words = self.words[self.at]
        self.at += 1
        return words if words.isascii() else unicodedata.normalize("NFC", words)

    def name(self, what: str) -> Ref:
        """Read a name."""
        at = self.at
        words = self.word(what)
        start = self.offsets[at]
        first = start - self.base
        return Ref(words, Span(self.home, first, first + len(self.words[at])))

    def ref(self, what: str) -> Ref:
        """Read a name, with the instance that it may pick in brackets."""
        start = self.at
        name = self.name(what)
        if self.kinds[self.at] != "[":
            return name
        self.at += 1
        key = self.value()
        self.take("]")
        return Ref(name.name, self.span_since(start), key)

    def several(self, read: Callable[[], _Read], between: str = ",") -> tuple[_Read, ...]:
        """Read one or more of something, with a comma, or another word, between."""
        found = [read()]
        while self.kinds[self.at] == between:
            self.at += 1
            found.append(read())
        return tuple(found)

    def names(self, what: str) -> tuple[Ref, ...]:
        """Read names with commas between."""
        return self.several(lambda: self.name(what))

    def refs(self, what: str) -> tuple[Ref, ...]:
        """Read references with commas between."""
        return self.several(lambda: self.ref(what))

    def string(self, what: str) -> Text:
        """Read a string."""
        start = self.at
        words = self.take("STRING", what)
        return Text(string_value(words), self.span_since(start))

    def value(self) -> Value:
        """Read what an instance is named by: a name, number, string or date."""
        kind = self.kinds[self.at]
        if kind == "NUMBER":
            return self.number()
        if kind == "STRING":
            return self.string("a string").value
        if kind == "DATE":
            return self.dating()
        return self.word("a name, number, string or date")

    def number(self, what: str = "a number") -> int | Decimal:
        """Read a number."""
        words = self.take("NUMBER", what)
        return Decimal(words) if "." in words else int(words)

    def dating(self) -> Dating:
        """Read a date."""
        words = self.words[self.at]
        if self.kinds[self.at] != "DATE":
            self.missing("a date")
        dating = self._datings.get(words)
        if dating is None:
            try:
                dating = self._datings[words] = dating_from_words(words)
            except Malformed as reason:
                self.slip("bad-date", label=date_meant(words), words=words, reason=str(reason))
        self.at += 1
        return dating

    def at_duration(self) -> bool:
        """Whether a length of time stands here."""
        return self.kinds[self.at] == "NUMBER" and (
            self.kinds[self.at + 1] in UNITS or self.kinds[self.at + 1] == "working"
        )

    def duration(self) -> Duration:
        """Read a length of time."""
        count = self.number("a length of time, such as `30 days`,")
        working = self.kinds[self.at] == "working"
        if working:
            self.at += 1
        unit = UNITS.get(self.kinds[self.at])
        if unit is None:
            self._not_at_end("a unit of time, such as `days`,")
            words = self.words[self.at]
            self.slip("unknown-unit", label=UNIT_WORDS.get(words) or self.guess(words, UNITS), found=words)
        if working and unit != "day":
            self.slip("working-unit", unit=self.words[self.at])
        self.at += 1
        return Duration(count, unit, working)  # type: ignore[arg-type]  # UNITS gives the singular of a unit

    def guess(self, words: str, among: Iterable[str]) -> str:
        """A label that offers the nearest known word, or nothing."""
        found = self._nearest(words, among)
        return f"did you mean `{found}`?" if found else ""

    def _nearest(self, words: str, among: Iterable[str]) -> str | None:
        self.guesses += 1
        return nearest(words, among) if self.guesses <= MOST_GUESSES else None
