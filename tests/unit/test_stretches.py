"""Stretches of time, instant by instant: what is so, and from when it counts."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from servanda.standing.stretches import NEVER_SO, Steps, Stretch, at, both, either, sooner, within

LAST = 12
instants = range(LAST + 1)


@st.composite
def stretches(draw: st.DrawFn) -> Steps:
    """Up to three stretches in order, apart, each counted from an instant of its own."""
    edges = sorted(draw(st.sets(st.integers(0, LAST), max_size=6)))
    found = []
    for begin, end in zip(edges[::2], edges[1::2], strict=False):
        late = draw(st.integers(begin - 3, end + 3))
        found.append((begin, end, late - draw(st.integers(0, 2)), late))
    return tuple(found)


def by_instant(steps: Steps) -> list[Stretch | None]:
    assert all(begin < end for begin, end, _, _ in steps)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(steps))
    return [at(steps, instant) for instant in instants]


@given(stretches(), stretches())
def test_both_are_so_while_each_is_and_count_from_the_later(one: Steps, other: Steps) -> None:
    for a, b, found in zip(by_instant(one), by_instant(other), by_instant(both(one, other)), strict=True):
        if a is None or b is None:
            assert found is None
            continue
        begin, late = max(a[0], b[0]), max(a[3], b[3])
        assert found is not None
        assert found[:2] == (begin, min(a[1], b[1]))
        assert found[2:] == ((begin, begin) if late < begin - 1 else (max(a[2], b[2]), late))


@given(stretches(), stretches())
def test_one_of_two_is_so_while_either_is(one: Steps, other: Steps) -> None:
    for a, b, found in zip(by_instant(one), by_instant(other), by_instant(either(one, other)), strict=True):
        assert (found is None) == (a is None and b is None)


@given(stretches(), st.integers(0, LAST), st.integers(0, LAST))
def test_what_lies_between_two_instants_counts_as_before(steps: Steps, begin: int, end: int) -> None:
    for instant, whole, found in zip(instants, by_instant(steps), by_instant(within(steps, begin, end)), strict=True):
        assert (found and found[2:]) == (whole and whole[2:] if begin <= instant < end else None)


@given(st.lists(stretches(), max_size=3))
def test_of_dates_that_are_known_the_earliest_counts(parts: list[Steps]) -> None:
    known = [[each for each in there if each is not None] for there in zip(*map(by_instant, parts), strict=True)]
    for there, found in zip(known or [[] for _ in instants], by_instant(sooner(parts)), strict=True):
        first = min(there, key=lambda step: step[3], default=None)
        assert (found and found[2:]) == (first and first[2:])


def test_of_none_there_is_none() -> None:
    assert sooner([]) == both(NEVER_SO, ((1, 2, 1, 1),)) == NEVER_SO
