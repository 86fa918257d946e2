"""Why a commitment stands where it stands, in one reading: a tree that prints well."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import msgspec

from .answers import ReasonLike, WhyAnswer, plain, why_answer
from .views import View

_MARKS = {True: "✓", False: "✗", None: "?"}
_SAID = {True: "holds", False: "does not hold", None: "unknown"}


class Why(msgspec.Struct, frozen=True):
    """A standing with its reasons: what holds, what does not, what is unknown, down to acts, clauses and quotes."""

    commitment: str
    reading: str
    status: str
    because: ReasonLike | None
    view: View

    def answer(self) -> WhyAnswer:
        """The reasons as the JSON contract has them, a value that can be written and read again."""
        return why_answer(self.commitment, self.reading, self.status, self.because, self.view)

    def as_json(self) -> dict[str, Any]:
        """What `servanda why --format json` prints, as plain values."""
        return plain(self.answer())

    @property
    def _heading(self) -> str:
        return f"{self.commitment} is {self.status} in {self.reading} · {self.view}"

    def __repr__(self) -> str:
        return f"<Why {self._heading}>"

    def __str__(self) -> str:
        below = [] if self.because is None else list(_lines(self.because, 1))
        return "\n".join([self._heading, *below])

    def _repr_html_(self) -> str:
        tree = "" if self.because is None else f"<ul>{_item(self.because)}</ul>"
        return f"<div><p><strong>{escape(self._heading)}</strong></p>{tree}</div>"


def _lines(reason: ReasonLike, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}{_MARKS[reason.holds]} {reason.text}{_from(reason)}"
    for each in reason.because:
        yield from _lines(each, depth + 1)


def _from(reason: ReasonLike) -> str:
    """Where a reason is taken from: the source with its words, and the place in the case."""
    quote = f' "{reason.quote}"' if reason.quote else ""
    source = f" — {reason.source}{quote}" if reason.source else quote
    place = f" ({reason.span})" if reason.span is not None and reason.span.file.path else ""
    return source + place


def _item(reason: ReasonLike) -> str:
    mark = f'<span title="{_SAID[reason.holds]}">{_MARKS[reason.holds]}</span>'
    below = f"<ul>{''.join(map(_item, reason.because))}</ul>" if reason.because else ""
    quote = f" <q>{escape(reason.quote)}</q>" if reason.quote else ""
    source = f" <cite>{escape(reason.source)}</cite>" if reason.source else ""
    return f"<li>{mark} {escape(reason.text)}{source}{quote}{below}</li>"
