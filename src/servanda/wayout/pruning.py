"""A set of concessions, less what it does not need: each in turn is withdrawn, and given back where the goal fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .system import Atom, System


def pruned(system: System, chosen: Iterable[int]) -> frozenset[int]:
    """A set that reaches the goal, less what it does not need; its members are tried in their order."""
    kept = dict.fromkeys(chosen)
    frees = [each.frees for each in system.concessions]
    now = _Supported(system, [atom for each in kept for atom in frees[each]])
    for each in list(kept):
        now.withdraw(frees[each])
        if now.since[system.goal]:
            del kept[each]
        else:
            now.grant(frees[each])
    return frozenset(kept)


class _Supported:
    """What has come about, and in which order: each by a grant, or by a rule all of whose body came before it.

    So what hangs on a grant is found without working out the rest anew (as truth maintenance does, Doyle 1979).
    """

    def __init__(self, system: System, granted: Iterable[Atom]) -> None:
        self._system = system
        self._missing = system.lengths.copy()
        self._granted: Counter[Atom] = Counter()
        self._count = 0
        #: When each atom came about, counted from 1; 0 while it has not.
        self.since = [0] * system.size
        self._come(system.facts)
        self.grant(granted)

    def grant(self, atoms: Iterable[Atom]) -> None:
        """Let atoms come about, and what follows."""
        atoms = tuple(atoms)
        self._granted.update(atoms)
        self._come(atoms)

    def withdraw(self, atoms: Iterable[Atom]) -> None:
        """Take one grant of each atom back, and what hung on them."""
        since, missing = self.since, self._missing
        watching, heads = self._system.watching, self._system.heads
        gone = []
        for atom in atoms:
            self._granted[atom] -= 1
            if since[atom] and not self._holds(atom):
                gone.append((atom, since[atom]))
                since[atom] = 0
        for atom, _ in gone:
            for rule in watching[atom]:
                missing[rule] += 1
                head = heads[rule]
                if missing[rule] == 1 and since[head] and not self._holds(head):
                    gone.append((head, since[head]))
                    since[head] = 0
        concluding = self._system.concluding
        self._come([atom for atom, _ in gone if any(not missing[rule] for rule in concluding[atom])])

    def _holds(self, atom: Atom) -> bool:
        """Whether something has a grant, or a rule from what came before it."""
        if self._granted[atom] > 0:
            return True
        since, missing, bodies = self.since, self._missing, self._system.bodies
        own = since[atom]
        return any(
            not missing[rule] and all(0 < since[each] < own for each in bodies[rule])
            for rule in self._system.concluding[atom]
        )

    def _come(self, atoms: Iterable[Atom]) -> None:
        since, missing = self.since, self._missing
        watching, heads = self._system.watching, self._system.heads
        came = []
        for atom in atoms:
            if not since[atom]:
                self._count += 1
                since[atom] = self._count
                came.append(atom)
        for atom in came:
            for rule in watching[atom]:
                missing[rule] -= 1
                head = heads[rule]
                if not missing[rule] and not since[head]:
                    self._count += 1
                    since[head] = self._count
                    came.append(head)
