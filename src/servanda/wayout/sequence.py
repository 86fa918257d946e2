"""What follows from what: the least fixpoint of definite rules (Dowling and Gallier 1984), each step looked at once."""

from __future__ import annotations

from collections.abc import Iterable

from .system import Atom, System

#: From so many atoms on the first grant goes wave by wave; below, one atom after the other is as fast.
LARGE = 20_000


class Fixpoint:
    """What has come about so far. It grows by what is granted, and a grant can be taken back again."""

    def __init__(self, system: System, granted: Iterable[Atom] = ()) -> None:
        self._system = system
        self._heads = system.heads
        if system.size < LARGE:
            self._missing = system.lengths.copy()
            self.reached = bytearray(system.size)
            self.grant([*system.facts, *granted])
        else:
            from .waves import waves

            self.reached, self._missing, rest = waves(system, granted)
            if rest:
                self.grant(rest)

    def __contains__(self, atom: Atom) -> bool:
        return bool(self.reached[atom])

    def grant(self, atoms: Iterable[Atom]) -> list[Atom]:
        """Let atoms come about, and what follows; gives all that was not there before, in its order."""
        reached, missing, watching, heads = self.reached, self._missing, self._system.watching, self._heads
        came = []
        for atom in atoms:
            if not reached[atom]:
                reached[atom] = 1
                came.append(atom)
        for atom in came:
            for rule in watching[atom]:
                left = missing[rule] - 1
                missing[rule] = left
                if not left:
                    head = heads[rule]
                    if not reached[head]:
                        reached[head] = 1
                        came.append(head)
        return came

    def take_back(self, came: Iterable[Atom]) -> None:
        """Undo the latest grant, given what it gave."""
        reached, missing, watching = self.reached, self._missing, self._system.watching
        for atom in came:
            reached[atom] = 0
            for rule in watching[atom]:
                missing[rule] += 1
