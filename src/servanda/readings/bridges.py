"""The fewest premises of one reading which, put into the other, make the two agree (semantics §9).

Taking one premise more can undo what another did, so no set can be ruled out by a larger or a smaller one. But a
premise that was not asked for changes nothing: sets grow only by what was asked with those that they have. Every least
bridge is reached in that way, since of what it adds to a part of itself something was asked there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from servanda.standing.lending import Premise

from .sides import Asked

Taken = frozenset[Premise]


class Found(NamedTuple):
    """All least bridges, and whether the search was finished."""

    bridges: tuple[Taken, ...]
    complete: bool


def least(
    plain: Asked,
    candidates: Collection[Premise],
    names_of: Callable[[Premise], frozenset[str]],
    ask: Callable[[Taken], Asked],
    agrees: Callable[[Asked], bool],
    most_tried: int,
    most_found: int,
) -> Found:
    """All sets of fewest candidates with which a reading agrees; `ask` says what it answers with some, `plain` without.

    `names_of` are the names under which an act or source of which one knows is looked up; `most_tried` and
    `most_found` bound the search, which is then not complete.
    """
    layer: dict[Taken, Asked] = {frozenset(): plain}
    tried = 0
    for _ in candidates:
        found: list[Taken] = []
        grown: dict[Taken, Asked] = {}
        for taken, asked in layer.items():
            for premise in candidates:
                larger = taken | {premise}
                if premise in taken or larger in grown or not _was_asked(premise, asked, names_of):
                    continue
                if tried == most_tried:
                    return Found(tuple(found), complete=False)
                tried += 1
                grown[larger] = answer = ask(larger)
                if agrees(answer):
                    if len(found) == most_found:
                        return Found(tuple(found), complete=False)
                    found.append(larger)
        if found:
            return Found(tuple(found), complete=True)
        layer = grown
    return Found((), complete=True)


def _was_asked(premise: Premise, asked: Asked, names_of: Callable[[Premise], frozenset[str]]) -> bool:
    if premise.table in ("hearing", "finding"):
        return not asked.names.isdisjoint(names_of(premise))
    return premise in asked.premises
