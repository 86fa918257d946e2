"""A reading with some of its premises taken from another: what it would answer, had it those (semantics §9).

A reading is a table of premises. Each place that looks one up asks here whose it is to be; so that what a reading was
asked is known as well. What an act said or promised stays public fact: only how a reading stands to it is its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from .stretches import Instant
from .texts import Layer, Slot, Text

if TYPE_CHECKING:
    from .outlook import Outlook
    from .record import Entry

#: `effect` is whether an act of power took effect; `hearing` and `finding`, whether an act or a source is in view.
Table = Literal["term", "clause", "word", "source", "credit", "trust", "effect", "hearing", "finding"]


class Premise(NamedTuple):
    """One thing that a reading rests on, by what it is about.

    `part` is, of a clause, its name behind that of the instance; of an effect, its mandate; of a hearing, the act's
    place in the record. A credit is about all that is asserted under one name.
    """

    table: Table
    name: str
    part: Any = None


class Lending:
    """Which premises a reading takes from another, and which it was asked for."""

    def __init__(self, borrower: str, lender: str, theirs: Outlook, taken: frozenset[Premise]) -> None:
        self.borrower = borrower
        self.lender = lender
        #: What the lender sees: a premise is taken as it is there.
        self.theirs = theirs
        self.taken = taken
        self.asked: set[Premise] = set()

    def lends(self, reading: str, premise: Premise) -> bool:
        """Whether a reading that is asked for a premise is to have the lender's."""
        if reading != self.borrower:
            return False
        self.asked.add(premise)
        return premise in self.taken

    def layers(self, text: Text, name: str, common: Layer, own: Layer) -> tuple[Layer, Layer]:
        """The common and the own versions of a name, those that are taken replaced by the lender's."""
        if text.reading is None:
            return common, own
        table: Table = "term" if name in self.theirs.case.terms else "clause"
        slots = {slot: None for outlook in (text.outlook, self.theirs) for slot in slots_of(outlook, name)}
        taken = [slot for slot in slots if self.lends(text.reading, Premise(table, name, slot))]
        if not taken:
            return common, own
        there = Text(self.theirs, self.lender, text.instant).layers(name)
        replaced = []
        for layer, other in zip((common, own), there, strict=True):
            kept = {slot: version for slot, version in layer.items() if slot not in taken}
            replaced.append(kept | {slot: other[slot] for slot in taken if slot in other})
        return replaced[0], replaced[1]

    def before_powers(self, instant: Instant) -> Lending:
        """The same without acts of power at an instant or later."""
        then = Lending(self.borrower, self.lender, self.theirs.before_powers(instant) or self.theirs, self.taken)
        then.asked = self.asked
        return then

    def at_the_time_of(self, entry: Entry, mandate: str) -> Lending:
        """The same, where an act of power is judged by what was in view at its use."""
        then = Lending(self.borrower, self.lender, self.theirs.at_the_time_of(entry, mandate), self.taken)
        then.asked = self.asked
        return then


def slots_of(outlook: Outlook, name: str) -> Iterator[Slot]:
    """The clauses of which anybody ever held a version, instance by instance, as far as is in view."""
    for state in outlook.states(name):
        for layer in (state.common, *state.own.values()):
            yield from layer
