"""Hitting sets made smaller before they are solved: what is implied goes, parts that share nothing are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: Parts with so many members or fewer are solved by branching, without the solver, if that takes so many branches.
_SMALL, _MOST_BRANCHES = 40, 1000

Core = frozenset[int]


def reduced(cores: Iterable[Core], prices: Sequence[float]) -> tuple[set[int], list[Core]]:
    """What some cheapest hitting set has for sure, and the cores that are left.

    A core that has another within it is hit with that; a member is not needed that another one, no dearer, can stand
    for everywhere; the only member of a core is.
    """
    left = set(cores)
    taken: set[int] = set()
    while True:
        left = _without_supersets(left)
        units = {next(iter(core)) for core in left if len(core) == 1}
        taken |= units
        left = {core for core in left if not core & units}
        out = _dominated(left, prices)
        if not out:
            return taken, sorted(left, key=sorted)
        left = {core - out for core in left}


def _without_supersets(cores: set[Core]) -> set[Core]:
    having: dict[int, list[Core]] = {}
    for core in cores:
        for each in core:
            having.setdefault(each, []).append(core)
    gone: set[Core] = set()
    for core in sorted(cores, key=len):
        if core not in gone:
            rarest = min(core, key=lambda each: len(having[each]))
            gone.update(other for other in having[rarest] if len(other) > len(core) and core < other)
    return cores - gone


def _dominated(cores: set[Core], prices: Sequence[float]) -> set[int]:
    having: dict[int, set[Core]] = {}
    for core in cores:
        for each in core:
            having.setdefault(each, set()).add(core)
    out: set[int] = set()
    for each, own in having.items():
        shortest = min(own, key=len)
        for other in shortest:
            if other == each or other in out or prices[other] > prices[each]:
                continue
            if own <= having[other] and (own < having[other] or (prices[other], other) < (prices[each], each)):
                out.add(each)
                break
    return out


def apart(cores: Iterable[Core]) -> list[list[Core]]:
    """The cores in parts that share no member."""
    root: dict[int, int] = {}

    def find(each: int) -> int:
        while root[each] != each:
            root[each] = root[root[each]]
            each = root[each]
        return each

    cores = list(cores)
    for core in cores:
        first = min(core)
        root.setdefault(first, first)
        for each in core:
            root.setdefault(each, each)
            root[find(each)] = find(first)
    parts: dict[int, list[Core]] = {}
    for core in cores:
        parts.setdefault(find(min(core)), []).append(core)
    return list(parts.values())


def by_branching(cores: list[Core], prices: Sequence[float]) -> frozenset[int] | None:
    """The cheapest hitting set of a small part; None of one that is larger, or that takes long.

    A branch ends where cores that share nothing cost too much together, each by its cheapest member.
    """
    if len(frozenset().union(*cores)) > _SMALL:
        return None
    best: list[tuple[float, frozenset[int]]] = [(float("inf"), frozenset())]
    cheapest = {each: min(prices[one] for one in each) for each in cores}
    ordered = sorted(cores, key=lambda each: (len(each), sorted(each)))
    count = 0

    def branch(taken: frozenset[int], out: frozenset[int], price: float) -> None:
        nonlocal count
        count += 1
        if count > _MOST_BRANCHES:
            return
        shortest: Core | None = None
        alone: frozenset[int] = frozenset()
        least = price
        for core in ordered:
            if core & taken:
                continue
            left = core - out
            if shortest is None or len(left) < len(shortest):
                shortest = left
            if not core & alone:
                alone |= core
                least += cheapest[core]
        if least >= best[0][0]:
            return
        if shortest is None:
            best[0] = (price, taken)
            return
        for each in sorted(shortest, key=lambda one: (prices[one], one)):
            branch(taken | {each}, out, price + prices[each])
            out |= {each}

    branch(frozenset(), frozenset(), 0.0)
    return None if count > _MOST_BRANCHES else best[0][1]
