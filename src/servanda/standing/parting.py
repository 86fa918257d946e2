"""The first premise that two trees of reasons answer differently."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from .telling import Reason

_ROLE = re.compile(
    r"(?:\S+ (?P<word>recognises|does not recognise|has accepted|has not accepted))|"
    r"(?P<lead>when|done when|from|until|seeks|verified by|instead of|together with|the last day|it can no longer)\b"
)
_SAME = {"does not recognise": "recognises", "has not accepted": "has accepted"}


class Parting(msgspec.Struct, frozen=True):
    """Where two trees part: what the one has there, and what the other; None where it has nothing of the kind."""

    one: Reason | None
    other: Reason | None

    @property
    def premise(self) -> str | None:
        """The premise, where both have the same one and answer it differently."""
        if self.one is None or self.other is None:
            return None
        one, other = _premise(self.one), _premise(self.other)
        return one if one == other else None


def parting(one: Reason, other: Reason) -> Parting | None:
    """The first premise that two trees answer differently, or None where they say the same."""
    shared = _shared(one, other)
    if shared is not None:
        return shared
    ours, theirs = dict(_roles(one)), dict(_roles(other))
    for role in dict.fromkeys([*ours, *theirs]):
        a, b = ours.get(role), theirs.get(role)
        if role == "recognises" and a is not None and b is not None and a.holds == b.holds:
            continue
        if role == "has accepted" and (a or b) is not None and all(each is None or each.holds for each in (a, b)):
            continue
        if a is None or b is None or (_premise(a), a.holds) != (_premise(b), b.holds):
            return Parting(a, b)
    return None


def _shared(one: Reason, other: Reason) -> Parting | None:
    """A premise that stands in both trees and holds in one of them alone; of nested ones the innermost."""
    theirs = {(_premise(each), _place(each)): each for each in _walk(other) if each.span is not None}
    for each in _walk(one):
        same = theirs.get((_premise(each), _place(each)))
        if each.span is not None and same is not None and same.holds != each.holds:
            return _shared(each, same) or Parting(each, same)
    return None


def _walk(reason: Reason) -> Iterator[Reason]:
    for each in reason.because:
        yield each
        yield from _walk(each)


def _premise(reason: Reason) -> str:
    """What a reason is about, without how it is answered."""
    return reason.text.removesuffix(", as above").partition(": ")[0]


def _place(reason: Reason) -> tuple[str, int] | None:
    return None if reason.span is None else (reason.span.file.path, reason.span.start)


def _roles(reason: Reason) -> Iterator[tuple[str, Reason]]:
    """The premises right below, each with the question that it answers."""
    for each in reason.because:
        found = _ROLE.match(each.text)
        if found is not None:
            word = found["word"] or found["lead"]
            yield _SAME.get(word, word), each


def deciding(reason: Reason, most: int = 3) -> list[Reason]:
    """The premises in a tree that decide it: what does not hold; where all does, the acts and clauses of the last."""
    failing = [each for each in _walk(reason) if each.holds is False and each.span is not None]
    inner = [each for each in failing if not any(below in failing for below in _walk(each))]
    if not inner and reason.because:
        inner = [each for each in (reason.because[-1], *_walk(reason.because[-1])) if each.span is not None]
        inner = [each for each in inner if not each.because]
    return inner[:most]


def unknown(reason: Reason, most: int = 2) -> list[Reason]:
    """The acts in a tree that assert what is not known: they would decide it, were they credited."""
    found = [each for each in _walk(reason) if each.holds is None and each.span is not None]
    return [each for each in found if not any(below in found for below in _walk(each))][:most]
