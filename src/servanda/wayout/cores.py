"""Cores: concessions of which every way needs one, since the goal fails with all others granted."""

from __future__ import annotations

from .sequence import Fixpoint
from .system import Atom, System


def core(system: System, now: Fixpoint, goal: Atom) -> frozenset[int]:
    """A core of what is unreached now.

    It goes back from the goal: of each rule for something unreached it picks one unreached premise. What was picked
    stays out of reach whatever else is granted, so long as no concession frees a member of it: each of its rules keeps
    a premise among it.
    """
    reached, concluding, freeing = now.reached, system.concluding, system.freeing
    bodies, breadths = system.bodies, system.breadths
    inside = bytearray(system.size)
    inside[goal] = 1
    waiting = [goal]
    found: set[int] = set()
    while waiting:
        atom = waiting.pop()
        found.update(freeing[atom])
        for number in concluding[atom]:
            best, least = -1, 1 << 30
            for premise in bodies[number]:
                if reached[premise]:
                    continue
                if inside[premise]:
                    best = -1
                    break
                if breadths[premise] < least:
                    best, least = premise, breadths[premise]
            if best >= 0:
                inside[best] = 1
                waiting.append(best)
    return frozenset(found)


def lessened(system: System, now: Fixpoint, found: frozenset[int], goal: Atom) -> frozenset[int]:
    """A least core within a core: nothing can be taken out of it."""
    granted = []
    outside = [a for n, each in enumerate(system.concessions) if n not in found for a in each.frees]
    granted.append(now.grant(outside))
    kept = set(found)
    for each in sorted(found):
        came = now.grant(system.concessions[each].frees)
        if now.reached[goal]:
            now.take_back(came)
        else:
            granted.append(came)
            kept.discard(each)
    for came in reversed(granted):
        now.take_back(came)
    return frozenset(kept)
