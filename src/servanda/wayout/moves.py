"""The order of moves that a way out frees: nobody moves before its own conditions hold (semantics §10)."""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Iterable

import msgspec

from servanda.model.time import days_later

from . import phrases
from .guards import leanest
from .rules_from_case import Plan
from .sequence import Fixpoint
from .system import Atom

#: Steps of reasoning that are somebody's act.
_MOVES = frozenset(["again", "begun", "done", "shown by", "signed", "told"])


class Move(msgspec.Struct, frozen=True):
    """One act in an order: in which step, by whom, and in words. Moves of one step can be made at once.

    It is either one of the concessions, by its place, or what an atom stands for; `day` is the first on which it can
    be made, where each step takes one day.
    """

    step: int
    actors: tuple[str, ...]
    text: str
    day: datetime.date
    concession: int | None = None
    atom: Atom | None = None


def moves(plan: Plan, granted: Iterable[int]) -> tuple[Move, ...]:
    """The moves that lead to the goal once some concessions are made, each as early as it can be."""
    order = _Order(plan, granted)
    plan = order.plan
    system = plan.system
    needed: set[Atom] = set()
    waiting = [system.goal] if system.goal in order.step else []
    found: list[Move] = []
    conceded: set[int] = set()
    while waiting:
        atom = waiting.pop()
        if atom in needed:
            continue
        needed.add(atom)
        kind, place = order.because[atom]
        if kind == "concession":
            conceded.add(place)
            continue
        waiting += system.rules[place].body
        if _is_move(plan, atom):
            found.append(_move(plan, atom, order.step[atom], order.day[atom]))
    for place in conceded:
        each = system.concessions[place]
        step, day = min((order.step[atom], order.day[atom]) for atom in each.frees)
        found.append(Move(max(step, 1), each.owners, each.text, max(day, order.first), concession=place))
    declared = {name: place for place, name in enumerate(plan.ground.case.commitments)}

    def placed(each: Move) -> tuple[int, bool, int, int, int]:
        name = "" if each.atom is None else plan.atoms[each.atom].about.partition("[")[0]
        return each.step, each.concession is None, each.concession or 0, declared.get(name, -1), each.atom or 0

    found.sort(key=placed)
    return tuple(found)


def each_once(ordered: Iterable[Move]) -> tuple[Move, ...]:
    """Moves as people are told them: what is one act, and counts in several readings, is told once."""
    return tuple({(each.step, each.actors, each.text): each for each in reversed(tuple(ordered))}.values())[::-1]


def last_day(plan: Plan, granted: Iterable[int]) -> datetime.date:
    """The day on which the goal is reached, where each step takes one day and dates are waited for."""
    order = _Order(plan, granted)
    return order.day.get(plan.system.goal, order.first)


def _is_move(plan: Plan, atom: Atom) -> bool:
    return plan.atoms[atom].key[0] in _MOVES and any(
        plan.system.rules[each].body for each in plan.system.concluding[atom]
    )


class _Order:
    """For each atom that is reached the step and the day in which it is, and the rule or concession that reached it."""

    def __init__(self, plan: Plan, granted: Iterable[int]) -> None:
        granted = tuple(granted)
        self.plan = plan = leanest(plan, granted)
        self.step: dict[Atom, int] = {}
        self.day: dict[Atom, datetime.date] = {}
        self.because: dict[Atom, tuple[str, int]] = {}
        self.today = plan.ground.date.latest.day
        self.first = days_later(self.today, 1)
        system = plan.system
        queue: list[tuple[int, Atom, tuple[str, int]]] = []
        for number, rule in enumerate(system.rules):
            if not rule.body:
                queue.append((0, rule.head, ("rule", number)))
        self._waiting = self._uses(granted)
        for place in granted:
            for atom in system.concessions[place].frees:
                if atom not in self._waiting:
                    queue.append((1, atom, ("concession", place)))
        heapq.heapify(queue)
        missing = system.lengths.copy()
        held = {number: (atom, place) for atom, (number, place) in self._waiting.items()}
        for number in held:
            missing[number] -= 1
        while queue:
            when, atom, why = heapq.heappop(queue)
            if atom in self.step:
                continue
            self.step[atom] = when
            self.because[atom] = why
            self.day[atom] = self._day(atom, why)
            for number in system.watching[atom]:
                missing[number] -= 1
                if missing[number]:
                    continue
                if number in held:
                    use, place = held.pop(number)
                    missing[number] = 1
                    heapq.heappush(queue, (when + 1, use, ("concession", place)))
                    continue
                head = system.rules[number].head
                if head not in self.step:
                    heapq.heappush(queue, (when + _is_move(plan, head), head, ("rule", number)))

    def _uses(self, granted: tuple[int, ...]) -> dict[Atom, tuple[int, int]]:
        """The uses of a power that are conceded and have something to wait for: the act, the rule that says so, whose.

        A power is used once it is open; a use before that would be none.
        """
        plan, system = self.plan, self.plan.system
        after = Fixpoint(system, system.freed(granted))
        found = {}
        for place in granted:
            for atom in system.concessions[place].frees:
                for number in system.watching[atom] if plan.atoms[atom].key[0] == "act" else ():
                    rule = system.rules[number]
                    is_use = plan.atoms[rule.head].key[0] == "used"
                    if is_use and system.lengths[number] > 1 and all(each in after for each in rule.body):
                        found[atom] = (number, place)
        return found

    def _day(self, atom: Atom, why: tuple[str, int]) -> datetime.date:
        """The first day on which something can be so."""
        if why[0] == "concession":
            number, _ = self._waiting.get(atom, (None, 0))
            others = () if number is None else set(self.plan.system.rules[number].body) - {atom}
            return days_later(max((self.day[each] for each in others), default=self.today), 1)
        clock, said = self.plan.ground.clock, self.plan.atoms[atom]
        body = self.plan.system.rules[why[1]].body
        day = max((self.day[each] for each in body), default=self.today)
        if said.date is not None:
            day = max(day, clock.day(said.date))
        if said.duration is not None and body:
            day = days_later(clock.day(clock.moved(clock.midnight(day), said.duration, 1, "end", None)), 1)
        return days_later(day, 1) if _is_move(self.plan, atom) else day


def _move(plan: Plan, atom: Atom, step: int, day: datetime.date) -> Move:
    said, case = plan.atoms[atom], plan.ground.case
    text = f"sign {phrases.titled(case, said.about)}" if said.key[0] == "signed" else said.text.partition(": ")[2]
    return Move(step, said.actors, text, day, atom=atom)
