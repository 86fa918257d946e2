"""The instances of each kind of `for each`: §7 of the meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servanda.model.commitments import EachBreach, EachEvent, EachMember, EachPeriod
from servanda.model.time import Duration

from .assertions import fits
from .clock import Onset, at
from .roles import Template

if TYPE_CHECKING:
    from .history import History


@dataclass(frozen=True)
class Instance(Template):
    """A commitment, or one instance of a family: its key, what its variables stand for, and when it arose."""

    arose: Onset | None = field(default=None)
    number: int = 1
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Instances are looked up so often that more than this would be the half of all work.
        object.__setattr__(self, "_hash", hash((self.name, self.key)))

    def __hash__(self) -> int:
        return self._hash

    @property
    def template(self) -> Template:
        """What of it does not depend on a history."""
        return Template(self.name, self.key, self.binding)

    def is_called(self, key: str | None) -> bool:
        """§7: whether a name with this key, or with none, stands for it. A name that was used twice means both."""
        return key is None or self.key is None or key in (self.key, re.sub(r" \(\d+\)$", "", self.key))

    @property
    def counted(self) -> bool:
        """Whether it is one of several that arose one after the other, rather than one for each member."""
        return self.arose is not None


def instances(history: History, reading: str, name: str) -> Iterator[Instance]:
    """§7: an instance's key is its arguments and instant. It is named by the first argument, or an ordinal."""
    text = history.text(reading)
    each = text.clauses(name).for_each
    match each:
        case None:
            yield Instance(name)
        case EachMember(variable=variable, term=term):
            for number, member in enumerate(text.listed(term.name), 1):
                yield Instance(name, member, ((variable.name, member),), None, number)
        case EachEvent():
            yield from _each_event(history, reading, name, each)
        case EachPeriod():
            for number, start in enumerate(_periods(history, reading, name, each), 1):
                yield Instance(name, str(number), (), start, number)
        case EachBreach(commitment=ref):
            breaches = history.breaches_of(reading, ref.name, None if ref.key is None else str(ref.key))
            for number, instant in enumerate(breaches, 1):
                yield Instance(name, str(number), (), at(instant), number)


def _each_event(history: History, reading: str, name: str, each: EachEvent) -> Iterator[Instance]:
    """One for each such event that the reading credits, in the order in which they happened."""
    variables = [argument.name for argument in each.event.arguments if argument.value is None and argument.term is None]
    names = [argument.name for argument in each.event.arguments]
    given = {argument.name for argument in each.event.arguments if argument.value is not None}
    first = next((one for one in names if one not in given), names[0] if names else "")
    taken: dict[str, int] = {}
    number = 0
    for occurrence in history.occurrences:
        if occurrence.event != each.event.event.name or occurrence.when.latest > history.now:
            continue
        if not history.credited(reading, occurrence) or not fits(
            each.event, dict(occurrence.arguments), history.text(reading), ()
        ):
            continue
        number += 1
        value = occurrence.value(first) or str(number)
        taken[value] = taken.get(value, 0) + 1
        key = value if taken[value] == 1 else f"{value} ({taken[value]})"
        bound = tuple((each_, got) for each_ in variables if (got := occurrence.value(each_)) is not None)
        yield Instance(name, key, bound, occurrence.when, number)


def _periods(history: History, reading: str, name: str, each: EachPeriod) -> list[Onset]:
    """One for each stretch of time while something is so: each begins where the one before it ends."""
    starts = {start.latest for start in history.memory.periods.get((reading, name), [])}
    onset = history.holds(reading, each.of)
    if onset is not None:
        length, number, start = Duration(each.count, each.unit), 0, onset.latest
        while start <= history.now:
            starts.add(start)
            number += 1
            start = history.clock.after(onset.latest, length, number)
        history.wake(start)
    return [at(start) for start in sorted(starts)]
