"""Ways out: the cheapest sets of concessions that reach a goal, the next cheapest, and all of them.

Implicit hitting sets (Haslum, Slaney and Thiébaux 2012): a master gives the cheapest set that hits all cores known; the
fixpoint says whether it reaches the goal; if not, it gives cores that it misses. Every set that is found is minimal:
none of its concessions can be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from .contraction import contracted
from .cores import core, lessened
from .hitting import TOLERANCE, Master
from .listing import Listing, relevant
from .pruning import pruned
from .sequence import Fixpoint
from .system import Atom, System

#: After so many seconds the master says how far it is; the next time it has twice as long.
_TURN = 10.0
#: With so many concessions or fewer all ways are listed, up to so many ways.
_SMALL, _LISTED = 40, 1000
#: With so many concessions or fewer, cores are made as small as they get.
_FEW = 60


#: Is told the bound, and the price of the best way so far.
Report = Callable[[float, float], None]


class Way(msgspec.Struct, frozen=True):
    """A set of concessions, by their places, that reaches the goal; nothing can be left out of it."""

    concessions: tuple[int, ...]
    price: float


class Ways(msgspec.Struct, frozen=True):
    """What was found: the ways, cheapest first. No further one is cheaper than `bound`.

    `reached` says that the goal needs no concession, `possible` that it can be reached with all of them; `complete`
    that there are no other ways than these, `proven` that no cheaper way than those that are shown was missed. `all`
    are all minimal ways, where all are known.
    """

    ways: tuple[Way, ...]
    reached: bool
    possible: bool
    complete: bool
    proven: bool
    bound: float
    all: tuple[Way, ...] = ()


class Search:
    """A search for the ways out of one system, one after the other. `left` gives the seconds that are left, if any.

    `report` is told now and then the bound, and the price of the best way so far.
    """

    def __init__(
        self,
        system: System,
        allowed: Iterable[int] | None = None,
        left: Callable[[], float] | None = None,
        report: Report | None = None,
    ) -> None:
        self.system = system
        self.prices = [each.price for each in system.concessions]
        self.allowed = set(range(len(self.prices)) if allowed is None else allowed)
        self.left = left
        self.report = report
        self.bound = 0.0
        self.best: Way | None = None
        self.reached = system.goal in Fixpoint(system)
        self.possible = system.goal in self._with(self.allowed)
        self._out = frozenset(range(len(self.prices))) - self.allowed
        self._least = len(self.prices) <= _FEW
        self._targets = _targets(system)
        self._turn = _TURN
        self._cores: set[frozenset[int]] = set()
        self._found: list[frozenset[int]] = []
        self._master: Master | None = None

    def _with(self, chosen: Iterable[int]) -> Fixpoint:
        return Fixpoint(self.system, self.system.freed(chosen))

    def _out_of_time(self) -> bool:
        return self.left is not None and self.left() <= 0

    # ── one after the other ──────────────────────────────────────────────────────────────────────────────────

    def ways(self, known: Way | None = None) -> Iterator[Way]:
        """All ways, cheapest first, until there are no more, or the time is over. `known` is a cheapest one."""
        if self.reached or not self.possible:
            return
        way = self._next() if known is None else known
        while way is not None:
            self._leave_out(way)
            yield way
            for other in self._as_cheap_as(way):
                self._leave_out(other)
                yield other
            way = self._next()

    def _leave_out(self, way: Way) -> None:
        """Look for others than a way that is known; what is cheaper was not missed."""
        self._found.append(frozenset(way.concessions))
        self._solver.leave_out(self._found[-1])
        self.bound = max(self.bound, way.price)
        self.best = None

    def _as_cheap_as(self, way: Way) -> Iterator[Way]:
        """Ways of the same price with one concession in the place of another: since none is cheaper, they come next."""
        for each in way.concessions:
            if self._out_of_time():
                return
            others = frozenset(way.concessions) - {each}
            now = self._with(others)
            for instead in sorted(core(self.system, now, self.system.goal) & self.allowed - {each}):
                if abs(self.prices[instead] - self.prices[each]) > TOLERANCE:
                    continue
                came = now.grant(self.system.concessions[instead].frees)
                enough = bool(now.reached[self.system.goal])
                now.take_back(came)
                if enough:
                    other = self._way(others | {instead})
                    if self._is_new(frozenset(other.concessions)):
                        yield other

    @property
    def _solver(self) -> Master:
        if self._master is None:
            self._master = Master(self.prices)
        return self._master

    def _next(self) -> Way | None:
        if not self._cores:
            self._begin()
        while not (self.best is not None and self._better(self.bound)):
            if self._out_of_time():
                return None
            hit = self._solver.solve(self._turn if self.left is None else min(self.left(), self._turn))
            if hit is None:
                self.bound = float("inf")
                return None
            self.bound = max(self.bound, hit.bound)
            if self.report is not None and self.best is not None:
                self.report(self.bound, self.best.price)
            more = bool(hit.chosen) and self._improve(hit.chosen)
            if not hit.best:
                self._turn *= 2
            elif not more and self._is_new(hit.chosen):
                return self._way(hit.chosen)
        return self._way(self.best.concessions)

    def _begin(self) -> None:
        """Cores that share nothing: together they give a first bound, and their cheapest members something to go on."""
        self._missed(frozenset(), whole=True)
        chosen = frozenset(min(each, key=lambda one: (self.prices[one], one)) for each in self._cores)
        self.bound = max(self.bound, sum(self.prices[each] for each in chosen))
        self._improve(chosen)

    def _better(self, bound: float) -> bool:
        return self.best is not None and self.best.price <= bound + TOLERANCE

    def _is_new(self, chosen: frozenset[int]) -> bool:
        return not any(each <= chosen for each in self._found)

    def _way(self, chosen: Iterable[int]) -> Way:
        """A cheapest set as a way: what costs something cannot be left out of it, what is free perhaps can."""
        free = [each for each in chosen if self.prices[each] <= 0]
        kept = self.minimal(chosen) if free else frozenset(chosen)
        return Way(tuple(sorted(kept)), sum(self.prices[each] for each in kept))

    # ── cores ────────────────────────────────────────────────────────────────────────────────────────────────

    def _improve(self, chosen: frozenset[int]) -> bool:
        """Find cores that a set misses, until the goal is reached; gives whether there were any.

        At first all of each core is granted, so that the cores share nothing; then only its cheapest: what was taken
        in the end is a way, though perhaps not the cheapest.
        """
        before = len(self._cores)
        self._missed(chosen, whole=True)
        taken = self._missed(chosen, whole=False)
        price = sum(self.prices[each] for each in taken)
        if self._is_new(taken) and (self.best is None or price < self.best.price):
            self.best = Way(tuple(sorted(taken)), price)
        return len(self._cores) > before

    def _missed(self, chosen: frozenset[int], *, whole: bool) -> frozenset[int]:
        """Cores that a set misses, and all that was granted until it missed none."""
        system, prices = self.system, self.prices
        now, taken = self._with(chosen), set(chosen)
        for target in self._targets:
            while not now.reached[target]:
                found = core(system, now, target) & self.allowed
                if self._least:
                    found = lessened(system, now, found | self._out, target) - self._out
                if found not in self._cores:
                    self._cores.add(found)
                    self._solver.hit(found)
                cheapest = min(found, key=lambda each: (prices[each], each))
                granted = found if whole else (cheapest,)
                taken.update(granted)
                now.grant(system.freed(granted))
        return frozenset(taken)

    def minimal(self, chosen: Iterable[int]) -> frozenset[int]:
        """A set that reaches the goal, less what it does not need: the dearest is tried first."""
        return pruned(self.system, sorted(set(chosen), key=lambda each: (-self.prices[each], each)))


def _targets(system: System) -> list[Atom]:
    """What the goal takes, all of it: where one rule alone concludes it, its premises."""
    rules = system.concluding[system.goal]
    if len(rules) == 1 and not system.freeing[system.goal]:
        return [*system.rules[rules[0]].body, system.goal]
    return [system.goal]


def find(
    system: System,
    most: int,
    allowed: Iterable[int] | None = None,
    left: Callable[[], float] | None = None,
    *,
    listed: int = 0,
    report: Report | None = None,
) -> Ways:
    """The cheapest ways, at most so many; where `listed` is more, all minimal ways are looked at, up to so many.

    In a small system all are listed in any case.
    """
    search = Search(system, allowed, left, report)
    if search.reached or not search.possible:
        return Ways((), search.reached, search.possible, complete=True, proven=True, bound=0.0)
    worth = relevant(system) & search.allowed
    ways: list[Way] = []
    if listed or len(worth) <= _SMALL:
        listing = Listing(system, worth, max(listed, most, _LISTED), left)
        ways = sorted((_way(system, each) for each in listing.ways()), key=in_order)
        if not listing.cut:
            shown = ways[: max(most, listed)]
            bound = shown[-1].price if shown else 0.0
            return Ways(tuple(shown), False, True, len(shown) == len(ways), True, bound, tuple(ways))
    first = _first(search, worth)
    if first is None:
        cheapest, proven = _cheapest(search, most)
    elif not first.proven or most == 1:
        cheapest, proven, search.bound = list(first.ways), first.proven, first.bound
    else:
        cheapest, proven = _cheapest(search, most, first.ways[0])
    known = {each.concessions for each in cheapest}
    others = [each for each in ways if each.concessions not in known][: max(listed - len(cheapest), 0)]
    complete = proven and not others and search.bound == float("inf")
    return Ways(tuple(sorted([*cheapest, *others], key=in_order)), False, True, complete, proven, search.bound)


def _first(search: Search, worth: frozenset[int]) -> Ways | None:
    """The cheapest way of a large system, found in a smaller one."""
    if len(worth) <= _FEW or any(search.prices[each] <= 0 for each in worth):
        return None
    small, places = contracted(search.system, worth)
    inner = Search(small, None, search.left, search.report)
    ways, proven = _cheapest(inner, 1)
    found = tuple(Way(tuple(sorted(places[each] for each in way.concessions)), way.price) for way in ways)
    return Ways(found, False, True, False, proven, inner.bound)


def _cheapest(search: Search, most: int, known: Way | None = None) -> tuple[list[Way], bool]:
    """The cheapest ways one after the other, and whether they are proven to be. `known` is a cheapest one."""
    found: list[Way] = []
    for way in search.ways(known):
        found.append(way)
        if len(found) == most:
            return found, True
    if search.bound == float("inf"):
        return found, True
    if search.best is not None:
        found.append(_way(search.system, search.minimal(search.best.concessions)))
    return found, False


def _way(system: System, chosen: frozenset[int]) -> Way:
    return Way(tuple(sorted(chosen)), sum(system.concessions[each].price for each in chosen))


def in_order(way: Way) -> tuple[float, int, tuple[int, ...]]:
    """By price; of ways that cost the same, the shortest first."""
    return way.price, len(way.concessions), way.concessions
