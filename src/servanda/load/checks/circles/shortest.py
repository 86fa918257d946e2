"""Of all circles through a *not* the shortest, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.model.span import Span

from .dependence import Question, Step
from .texts import Texts

#: How many questions are walked over to find the shortest of several circles.
_MOST_COMPARED = 20_000
#: How many places of a circle are shown.
_MOST_PLACES = 8

#: Questions that hang on each other, each with the steps that lead on to others of them.
Hanging = Mapping[Question, list[Step]]
#: The steps of a circle, each with the question that hangs on another by it.
Circle = list[tuple[Question, Step]]


def shortest(texts: Texts, hanging: Hanging) -> Circle | None:
    """Of the ways to hang on a *not* and be led back, the one over the fewest places."""
    nots = [(asked, step) for asked, ways in hanging.items() for step in ways if step.through and step.span]
    nots.sort(key=lambda each: _place(each[1].span))
    compared = nots[: max(1, _MOST_COMPARED // len(hanging))]
    found = [_way_back(hanging, asked, step) for asked, step in compared]
    # What matters alone lead to is told as a definition by itself.
    told = [circle for circle in found if not all(asked.name in texts.case.matters for asked, _ in circle)]
    return min(told, key=len, default=None)


def _place(span: Span | None) -> tuple[str, int]:
    return ("", 0) if span is None else (span.file.path, span.start)


def _way_back(hanging: Hanging, first: Question, step: Step) -> Circle:
    """From what a question hangs on back to it, over the fewest places of the text, and then the fewest questions."""
    best: dict[Question, tuple[int, int]] = {step.to: (0, 0)}
    before: dict[Question, tuple[Question, Step]] = {}
    waiting = [((0, 0), 0, step.to)]
    tie = 0
    while waiting:
        length, _, asked = heappop(waiting)
        if asked == first:
            break
        if length > best[asked]:
            continue
        for way in hanging[asked]:
            longer = (length[0] + (way.span is not None), length[1] + 1)
            if way.to not in best or longer < best[way.to]:
                best[way.to] = longer
                before[way.to] = (asked, way)
                tie += 1
                heappush(waiting, (longer, tie, way.to))
    back: Circle = []
    asked = first
    while asked != step.to:
        earlier, way = before[asked]
        back.append((earlier, way))
        asked = earlier
    return [(first, step), *((asked, way) for asked, way in reversed(back) if way.span is not None)]


def told(circle: Circle) -> Diagnostic:
    """What is said of a circle: where it hangs on a *not*, and the places that lead back there."""
    (asked, step), *rest = circle
    assert step.span is not None
    ways = rest if rest and step.to.label == asked.label else circle
    way = " → ".join(f"`{label}`" for label in (asked.label, *(each.to.label for _, each in ways)))
    related = tuple(
        Related(each.span, f"`{before.label}` hangs on `{each.to.label}` here")
        for before, each in rest[:_MOST_PLACES]
        if each.span is not None and each.span != step.span
    )
    return diagnostic("circular-condition", step.span, related=related, name=asked.label, word=step.through, way=way)
