"""All minimal ways of a small system: minimal hitting sets of cores that are found as they are needed.

Branching as in MMCS (Murakami and Uno 2014): of a core that is missed each member is taken in turn, those before it
left out; a branch ends where one of those taken is no longer needed, since it never will be again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .cores import core, lessened
from .sequence import Fixpoint
from .system import System

#: So often a set is tried; a system that takes more has too many ways to be read.
_MOST_TRIED = 40_000


class Listing:
    """A walk over all minimal ways, up to so many. `cut` says that it ended before there were no more."""

    def __init__(
        self, system: System, allowed: Iterable[int], most: int, left: Callable[[], float] | None = None
    ) -> None:
        self.system = system
        self.allowed = frozenset(allowed)
        self.most = most
        self.left = left
        self.cut = False
        self._out = frozenset(range(len(system.concessions))) - self.allowed
        self._found = 0
        self._tried = 0

    def ways(self) -> Iterator[frozenset[int]]:
        """All minimal ways, in no order of price."""
        yield from self._walk((), frozenset())

    def _walk(self, taken: tuple[int, ...], without: frozenset[int]) -> Iterator[frozenset[int]]:
        system = self.system
        if self._tried > _MOST_TRIED or (self.left is not None and self.left() <= 0):
            self.cut = True
        if self.cut:
            return
        now = self._with(taken)
        if system.goal in now:
            if self._found >= self.most:
                self.cut = True
                return
            self._found += 1
            yield frozenset(taken)
            return
        missed = lessened(system, now, core(system, now, system.goal) | self._out, system.goal) - self._out
        banned = without
        for each in sorted(missed - without):
            more = (*taken, each)
            if not any(system.goal in self._with(other for other in more if other != one) for one in taken):
                yield from self._walk(more, banned)
            banned |= {each}

    def _with(self, chosen: Iterable[int]) -> Fixpoint:
        self._tried += 1
        return Fixpoint(self.system, self.system.freed(chosen))


def relevant(system: System) -> frozenset[int]:
    """The concessions that free something the goal may hang on."""
    now = Fixpoint(system)
    found: set[int] = set()
    seen = {system.goal}
    waiting = [system.goal]
    while waiting:
        atom = waiting.pop()
        if atom in now:
            continue
        found.update(system.freeing[atom])
        for number in system.concluding[atom]:
            for premise in system.rules[number].body:
                if premise not in seen:
                    seen.add(premise)
                    waiting.append(premise)
    return frozenset(found)
