"""When something is so: stretches of time, each with the instant it counts from.

A stretch is `(begin, end, early, late)`: so from `begin` up to, but without, `end`. It counts from `late`; where the
dating is inexact, `early` is the first instant that it could count from. `Steps` are stretches in order, apart.

The same form holds dates that are known from `begin` to `end`: then `late` may lie ahead of `begin`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

Instant = int
Stretch = tuple[Instant, Instant, Instant, Instant]
Steps = tuple[Stretch, ...]

#: Before everything, where undated acts stand; and after everything.
ALWAYS: Instant = -(1 << 60)
NEVER: Instant = 1 << 60
NEVER_SO: Steps = ()
ALWAYS_SO: Steps = ((ALWAYS, NEVER, ALWAYS, ALWAYS),)


def since(late: Instant, early: Instant | None = None) -> Steps:
    """So from an instant on."""
    return ((late, NEVER, late if early is None else early, late),)


def at(steps: Steps, instant: Instant) -> Stretch | None:
    """The stretch that an instant lies in."""
    for step in steps:
        if step[0] > instant:
            return None
        if instant < step[1]:
            return step
    return None


def both(one: Steps, other: Steps) -> Steps:
    """`a and b`: so while both are, counted from the later."""
    if one is ALWAYS_SO or not other:
        return other
    if other is ALWAYS_SO or not one:
        return one
    if len(one) == len(other) == 1:  # as most are
        begin, end, early, late = one[0]
        first, last, earlier, later = other[0]
        begin, end = first if first > begin else begin, last if last < end else end
        if begin >= end:
            return NEVER_SO
        return (_settled(begin, end, earlier if earlier > early else early, later if later > late else late),)
    found = []
    i = j = 0
    while i < len(one) and j < len(other):
        a, b = one[i], other[j]
        begin, end = max(a[0], b[0]), min(a[1], b[1])
        if begin < end:
            found.append(_settled(begin, end, max(a[2], b[2]), max(a[3], b[3])))
        if a[1] <= b[1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def _settled(begin: Instant, end: Instant, early: Instant, late: Instant) -> Stretch:
    """What became so again counts from then; a second is left for what begins right after a breach."""
    return (begin, end, begin, begin) if late < begin - 1 else (begin, end, early, late)


def settled(steps: Steps) -> Steps:
    """The same, each stretch counted from its own beginning at the earliest."""
    for step in steps:
        if step[3] < step[0] - 1:
            return tuple([_settled(*each) for each in steps])
    return steps


def all_of(parts: Iterable[Steps]) -> Steps:
    """So while all are; of none, always."""
    found = ALWAYS_SO
    for part in parts:
        found = both(found, part)
        if not found:
            break
    return found


def either(one: Steps, other: Steps) -> Steps:
    """`a or b`: so while one is; a stretch goes on where one takes over from the other."""
    if not one:
        return other
    if not other:
        return one
    if one is ALWAYS_SO or other is ALWAYS_SO:
        return ALWAYS_SO
    return _merged([*one, *other])


def _merged(steps: list[Stretch]) -> Steps:
    steps.sort()
    found = [steps[0]]
    for step in steps[1:]:
        last = found[-1]
        if step[0] > last[1]:
            found.append(step)
        elif step[0] == last[0]:
            found[-1] = (last[0], max(last[1], step[1]), min(last[2], step[2]), min(last[3], step[3]))
        elif step[1] > last[1]:
            found[-1] = (last[0], step[1], last[2], last[3])
    return tuple(found)


def any_of(parts: Iterable[Steps]) -> Steps:
    """So while any is; of none, never."""
    found = NEVER_SO
    steps: list[Stretch] = []
    for part in parts:
        if part:
            found = part
            steps += part
    return found if len(steps) < 2 else _merged(steps)


def at_least(count: int, parts: Sequence[Steps]) -> Steps:
    """So while at least so many are, counted from the last of the first so many."""
    found: list[Stretch] = []
    edges = sorted({edge for part in parts for step in part for edge in step[:2]})
    for begin, end in itertools.pairwise(edges):
        met = sorted((step[3], step[2]) for part in parts if (step := at(part, begin)) is not None)
        if len(met) < count:
            continue
        if found and found[-1][1] == begin:
            found[-1] = (found[-1][0], end, *found[-1][2:])
        else:
            found.append(_settled(begin, end, max(early for _, early in met[:count]), met[count - 1][0]))
    return tuple(found)


def without(one: Steps, other: Steps) -> Steps:
    """`a`, while `b` is not so; what is interrupted counts anew."""
    if not one or not other:
        return one
    found = []
    for step in one:
        begin = step[0]
        for gone in other:
            if gone[1] <= begin:
                continue
            if gone[0] >= step[1]:
                break
            if begin < gone[0]:
                found.append((begin, gone[0], *_counted(step, begin)))
            begin = gone[1]
        if begin < step[1]:
            found.append((begin, step[1], *_counted(step, begin)))
    return tuple(found)


def _counted(step: Stretch, begin: Instant) -> tuple[Instant, Instant]:
    return (step[2], step[3]) if begin == step[0] else (begin, begin)


def complement(steps: Steps) -> Steps:
    """While it is not so."""
    return without(ALWAYS_SO, steps)


def within(steps: Steps, begin: Instant, end: Instant) -> Steps:
    """What of it lies between two instants, counted as before."""
    if not steps or (begin <= ALWAYS and end >= NEVER):
        return steps
    if len(steps) == 1:
        first, last, early, late = steps[0]
        first, last = begin if begin > first else first, end if end < last else last
        return ((first, last, early, late),) if first < last else NEVER_SO
    return tuple(
        [
            (max(step[0], begin), min(step[1], end), step[2], step[3])
            for step in steps
            if max(step[0], begin) < min(step[1], end)
        ]
    )


def inside(steps: Steps, other: Steps) -> Steps:
    """What of it lies in another, counted as before."""
    return any_of(within(steps, begin, end) for begin, end, _, _ in other)


def onward(steps: Steps) -> Steps:
    """What has once come about stays so, from its first onset on."""
    if not steps or (len(steps) == 1 and steps[0][1] == NEVER):
        return steps
    begin, _, early, late = steps[0]
    return ((begin, NEVER, early, late),)


def earliest(*parts: Steps) -> Steps:
    """Of things that stay so once they are: from the first of them on."""
    found: Stretch | None = None
    for part in parts:
        if part and (found is None or part[0][0] < found[0]):
            found = part[0]
    return () if found is None else (found,)


def counted_from_first(*parts: Steps) -> Steps:
    """Of things that stay so once they are: so from the first on, counted at each instant from the earliest then."""
    found = [part for part in parts if part]
    return sooner(found) if len(found) > 1 else found[0] if found else ()


# ── dates, as they are known ────────────────────────────────────────────────────────────────────────────────


def dated(early: Instant, late: Instant) -> Steps:
    """A date that is known from the beginning."""
    return ((ALWAYS, NEVER, early, late),)


def sooner(parts: Sequence[Steps]) -> Steps:
    """At each instant the earliest of the dates that are known then."""
    if parts and all(len(part) == 1 for part in parts):
        first = min([part[0] for part in parts], key=_late)
        if all(first[0] <= part[0][0] and part[0][1] <= first[1] for part in parts):
            return (first,)  # which is known whenever any of them is
    return _pointwise(parts, lambda known: min(known, key=_late))


def _late(step: Stretch) -> Instant:
    return step[3]


def later(parts: Sequence[Steps]) -> Steps:
    """While all dates are known, the latest of them."""

    def latest(known: list[Stretch]) -> Stretch | None:
        if len(known) < len(parts):
            return None
        return 0, 0, max(step[2] for step in known), max(step[3] for step in known)

    return _pointwise(parts, latest)


def _pointwise(parts: Sequence[Steps], choose: object) -> Steps:
    if len(parts) == 1:
        return parts[0]
    found: list[Stretch] = []
    edges = sorted({edge for part in parts for step in part for edge in step[:2]})
    for begin, end in itertools.pairwise(edges):
        known = [step for part in parts if (step := at(part, begin)) is not None]
        chosen = choose(known) if known else None  # type: ignore[operator]
        if chosen is None:
            continue
        if found and found[-1][1] == begin and found[-1][2:] == chosen[2:4]:
            found[-1] = (found[-1][0], end, *found[-1][2:])
        else:
            found.append((begin, end, chosen[2], chosen[3]))
    return tuple(found)


def come(dates: Steps) -> Steps:
    """So once a date has come, for as long as it is known."""
    return tuple(
        _settled(max(begin, late), end, early, late) for begin, end, early, late in dates if max(begin, late) < end
    )
