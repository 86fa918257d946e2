"""Working out what hangs on itself: least answers for circles, each kept once it is certain.

What is asked while it is being worked out is answered from a guess: at first that it is never so. Afterwards the guess
is held against what was found; where they part, the guess is corrected up to that instant, and the circle is worked out
again. What comes later hangs on what comes earlier and never the other way round, so that at the end every answer is
the least that the rules allow, instant by instant.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from typing import Any

from .buckets import Buckets, Question, Value, Way
from .stretches import Instant

#: After so many corrections at one instant, or for each edge of the answers, a circle contradicts itself. What was
#: found last is then the answer to the question that it began with, and all others follow from that.
_MOST_CORRECTIONS = 25
_NONE_BELOW = 1 << 60
#: So many answers may be worked out inside each other; each takes some twenty calls of Python's.
_DEEPEST = 60
_CALLS, _MOST_CALLS = 10_000, 100_000
#: Answers are numbered as they are found, through all outlooks.
_numbers = itertools.count()


class TooDeepError(Exception):
    """An answer lies so deep that it is worked out by itself, before those that hang on it."""

    def __init__(self, frame: Question, way: Way) -> None:
        super().__init__(frame[0])
        self.frame = frame
        self.way = way


class Tabling:
    """Answers by bucket and question, and the circles that are being worked out at the moment."""

    def __init__(self) -> None:
        self.buckets = Buckets()
        self._open: dict[Question, int] = {}
        self._guesses: dict[Question, Value] = {}
        self._guessed: dict[Question, None] = {}
        self._found: dict[Question, Value] = {}
        self._provisional: list[Question] = []
        self._low = _NONE_BELOW
        self._deepest = _DEEPEST
        #: Answers that hang on a guess, each with the depth of the outermost one.
        self.hanging: dict[Question, int] = {}

    def passed_on(self, question: Question) -> None:
        """An answer that still hangs on a guess was given: so does what is worked out from it."""
        low = self.hanging.get(question)
        if low is not None and low < self._low:
            self._low = low

    def solve(
        self,
        outlook: Any,
        frame: Question,
        compute: Callable[..., Value],
        args: tuple[Any, ...],
        empty: Value,
    ) -> Value:
        """Work out an answer."""
        depth = self._open.get(frame)
        if depth is not None:
            self._low = min(self._low, depth)
            self._guessed[frame] = None
            return self._guesses.get(frame, empty)
        depth = len(self._open)
        if not depth:
            return self._from_the_ground(outlook, frame, Way(compute, args, empty))
        if depth >= self._deepest:
            raise TooDeepError(frame, Way(compute, args, empty))
        return self._nested(outlook, frame, compute, args, empty)

    def _from_the_ground(self, outlook: Any, frame: Question, way: Way) -> Value:
        """Work out an answer that nothing waits for, and before it those that lie too deep under it.

        A chain of a thousand commitments is not too long for it; of a circle all that hangs together has to be open at
        once.
        """
        calls = sys.getrecursionlimit()
        sys.setrecursionlimit(max(calls, _CALLS))
        waiting = [(frame, way)]
        try:
            while True:
                frame, way = waiting[-1]
                try:
                    value = self._nested(outlook, frame, way.compute, way.args, way.empty)
                except TooDeepError as deep:
                    self._forget()
                    if any(deep.frame == each for each, _ in waiting):
                        self._deepest *= 2
                        sys.setrecursionlimit(max(sys.getrecursionlimit(), min(_MOST_CALLS, 40 * self._deepest)))
                    else:
                        waiting.append((deep.frame, deep.way))
                    continue
                waiting.pop()
                if not waiting:
                    return value
        finally:
            self._forget()
            self._deepest = _DEEPEST
            sys.setrecursionlimit(calls)

    def _forget(self) -> None:
        """Forget what hangs on guesses that nobody is going to correct any more."""
        for bucket, what in self._provisional:
            self.buckets.own(bucket).values.pop(what, None)
        for each in (self._open, self._guesses, self._guessed, self._found, self.hanging):
            each.clear()
        self._provisional.clear()
        self._low = _NONE_BELOW

    def _nested(
        self,
        outlook: Any,
        frame: Question,
        compute: Callable[..., Value],
        args: tuple[Any, ...],
        empty: Value,
    ) -> Value:
        bucket, what = frame
        depth = len(self._open)
        self._open[frame] = depth
        outer, self._low = self._low, _NONE_BELOW
        asked: list[Question] = []
        outer_note, outlook.note_asked = outlook.note_asked, asked.append
        start = len(self._provisional)
        try:
            value = compute(outlook, *args)
            if self._low < depth:
                self._provisional.append(frame)
                self.hanging[frame] = self._low
                if frame in self._guessed:
                    self._found[frame] = value
            elif frame in self._guessed:
                value = self._circle(outlook, frame, value, compute, args, empty, start)
        finally:
            outlook.note_asked = outer_note
            self._open.pop(frame, None)
            self._low = min(outer, self._low if self._low < depth else _NONE_BELOW)
        own = self.buckets.own(bucket)
        own.values[what] = value
        own.ways[what] = Way(compute, args, empty, tuple(asked), next(_numbers))
        return value

    def _circle(
        self,
        outlook: Any,
        frame: Question,
        value: Value,
        compute: Callable[..., Value],
        args: tuple[Any, ...],
        empty: Value,
        start: int,
    ) -> Value:
        """Correct the guesses of a circle until they are what is found."""
        last: Instant | None = None
        times = corrections = 0
        while True:
            self._found[frame] = value
            members = [each for each in self._guessed if each in self._found]
            parting = [
                (instant, each)
                for each in members
                if (instant := parts_at(self._guess(each, empty), self._found[each])) is not None
            ]
            if not parting:
                break
            first = min(instant for instant, _ in parting)
            times = 0 if last is None or first > last else times + 1
            last = first if last is None else max(first, last)
            corrections += 1
            edges = sum(len(steps) for each in members for steps in self._found[each])
            for each in members:
                self._guesses[each] = until(self._found[each], first)
            for each in self._provisional[start:]:
                self.buckets.own(each[0]).values.pop(each[1], None)
                self.hanging.pop(each, None)
            del self._provisional[start:]
            if max(times, corrections / (1 + edges)) > _MOST_CORRECTIONS:
                break
            for each in members:
                self._found.pop(each, None)
            self._low = _NONE_BELOW
            value = compute(outlook, *args)
        for each in members:
            self._guessed.pop(each, None)
            self._guesses.pop(each, None)
            self._found.pop(each, None)
        if self._low < self._open[frame]:  # meanwhile it has come to hang on a guess further out
            self._provisional.append(frame)
            self.hanging[frame] = self._low
            return value
        for each in self._provisional[start:]:
            self.hanging.pop(each, None)
        del self._provisional[start:]
        return value

    def _guess(self, frame: Question, empty: Value) -> Value:
        guess = self._guesses.get(frame)
        return tuple(() for _ in self._found[frame]) if guess is None else guess


def parts_at(one: Value, other: Value) -> Instant | None:
    """The first instant at which two answers differ, or None."""
    first: Instant | None = None
    for a, b in zip(one, other, strict=True):
        if a == b:
            continue
        for x, y in zip(a, b, strict=False):
            if x != y:
                at = min(x[0], y[0]) if x[0] != y[0] or x[2:] != y[2:] else min(x[1], y[1])
                break
        else:
            at = (a if len(a) > len(b) else b)[min(len(a), len(b))][0]
        first = at if first is None else min(first, at)
    return first


def until(value: Value, last: Instant) -> Value:
    """An answer as far as an instant, that instant included: what begins later is left out.

    What is so at that instant goes on as it was found, since it was found without what begins later.
    """
    cut = tuple(tuple(step for step in steps if step[0] <= last) for steps in value)
    named: Callable[..., Value] = type(value)
    return named(*cut) if hasattr(value, "_fields") else cut
