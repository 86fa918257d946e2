"""Words → goals: conditions whose names are asked in a reading, or in that of those to whom they are owed."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from servanda.model.case import Case
from servanda.model.conditions import AllOf, AnyOf, AtLeast, CameAbout, Condition, InState, Unless
from servanda.model.span import Span
from servanda.standing import RECORD


class Goal(msgspec.Struct, frozen=True):
    """A condition to be reached, in the words it was given in; `readings` has those of the names that say one."""

    text: str
    condition: Condition
    readings: tuple[tuple[Span, str], ...] = ()

    def reading_of(self, part: Condition) -> str | None:
        """In whose reading a part is asked, where the goal says so."""
        return next((reading for span, reading in self.readings if span == part.span), None)


def goal_from_words(case: Case, words: str, read: Callable[[str], Condition]) -> Goal:
    """Read a goal. `read` reads a condition from words; what it raises where it cannot is not caught."""
    readings = "|".join(re.escape(each) for each in (*case.parties, RECORD))
    said = re.compile(rf"\s+in\s+({readings})(?![\w.-])")
    places = [(match.start(), match.group(1)) for match in said.finditer(words)]
    bare = said.sub(lambda match: " " * len(match.group()), words)
    condition = read(bare)
    atoms = atoms_of(condition)
    found = [(_asked_there(atoms, bare, start), reading) for start, reading in places]
    if not all(parts for parts, _ in found):  # a reading of nothing: the words as they are say where they go wrong
        return Goal(" ".join(words.split()), read(words))
    named = tuple((part.span, reading) for parts, reading in found for part in parts)
    return Goal(" ".join(words.split()), condition, named)


def _asked_there(atoms: list[Condition], words: str, place: int) -> list[Condition]:
    """The parts that a reading named at a place is of: those in the parentheses that close there, or the last one."""
    before = words[:place].rstrip()
    opened = depth = 0
    for at in range(len(before) - 1, -1, -1):
        depth += (before[at] == ")") - (before[at] == "(")
        if depth <= 0:
            opened = at
            break
    grouped = [part for part in atoms if part.span.start > opened and part.span.end < len(before)]
    if before.endswith(")") and grouped:
        return grouped
    return [part for part in atoms if part.span.start < place][-1:]


def atoms_of(condition: Condition) -> list[Condition]:
    """The parts of a goal that are asked by themselves: `and`, `or`, `at least` and `unless` taken apart."""
    if isinstance(condition, AllOf | AnyOf | AtLeast):
        return [atom for part in condition.parts for atom in atoms_of(part)]
    if isinstance(condition, Unless):
        return [*atoms_of(condition.condition), *atoms_of(condition.exception)]
    return [condition]


def is_of_commitment(case: Case, part: Condition) -> bool:
    """Whether a part names a commitment, so that it is asked in somebody's reading."""
    return isinstance(part, CameAbout | InState) and part.ref.name in case.commitments
