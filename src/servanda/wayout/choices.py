"""All ways → choices: what every way has, and where one of several has to be taken."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import prod

#: One of these sets has to be taken.
Choice = tuple[frozenset[int], ...]


def choices(ways: Sequence[frozenset[int]]) -> tuple[Choice, ...]:
    """The independent choices of which the ways are the combinations; one choice between whole ways at the least.

    Two concessions belong to one choice where having one says something about having the other.
    """
    if not ways:
        return ()
    items = sorted(frozenset().union(*ways))
    has = {item: frozenset(place for place, way in enumerate(ways) if item in way) for item in items}
    group = {item: item for item in items}

    def root(item: int) -> int:
        while group[item] != item:
            item = group[item]
        return item

    for one, other in combinations(items, 2):
        if len(has[one] & has[other]) * len(ways) != len(has[one]) * len(has[other]):
            group[root(one)] = root(other)
    parts: dict[int, list[int]] = {}
    for item in items:
        parts.setdefault(root(item), []).append(item)
    found = []
    for members in parts.values():
        inside = frozenset(members)
        options = dict.fromkeys(way & inside for way in ways)
        found.append(tuple(options))
    if prod(len(each) for each in found) != len(set(ways)):
        found = [tuple(dict.fromkeys(ways))]
    return tuple(sorted(found, key=lambda each: (len(each), min(min(option, default=-1) for option in each))))
