"""Why a commitment stands where it stands, in one reading: a tree that prints well."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import msgspec

from servanda.model.conditions import Ref
from servanda.standing import Inquiry, Row

from .answers import ReasonLike, WhyAnswer, plain, why_answer
from .views import View

_MARKS = {True: "✓", False: "✗", None: "?"}
_SAID = {True: "holds", False: "does not hold", None: "unknown"}


class Why(msgspec.Struct, frozen=True):
    """A standing with its reasons: what holds, what does not, what is unknown, down to acts, clauses and quotes."""

    commitment: str
    reading: str
    status: str
    because: ReasonLike
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
        return "\n".join([self._heading, *_lines(self.because, 1)])

    def _repr_html_(self) -> str:
        return f"<div><p><strong>{escape(self._heading)}</strong></p><ul>{_item(self.because)}</ul></div>"


def why_told(inquiry: Inquiry, row: Row, reading: str, view: View) -> WhyAnswer:
    """Why a line of an inventory stands as it does in a reading; of an instance that it has not, why it has none."""
    ref = Ref(row.commitment.name, row.commitment.span, row.instance)
    standing = row.standings.get(reading)
    if standing is None:
        _, absent = inquiry.why_absent(ref, reading, view.at, view.over, view.known)
        return why_answer(row.label, reading, "not there", absent, view)
    because = inquiry.why(ref, reading, view.at, view.over, view.known)
    return why_answer(row.label, reading, standing.status, because, view)


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
