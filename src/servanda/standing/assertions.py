"""What is asserted about the world, and what other words it is the same as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from servanda.model.conditions import (
    AllOf,
    Amount,
    AnyOf,
    AtLeast,
    CameAbout,
    Condition,
    Happening,
    InState,
    Lasting,
    Ref,
    Shifted,
    Unless,
    Value,
)

from .record import Entry, Thing, name_of
from .stretches import Instant
from .texts import Text

ASSERTING = ("claims", "observes", "confirms")
Binding = Mapping[str, Value]


class Assertion(msgspec.Struct, frozen=True, gc=False, eq=False):
    """One author's assertion of one thing. `author` is who is named, `party` whose act it is."""

    entry: Entry
    thing: Thing
    name: str
    author: str
    party: str
    means: frozenset[str]


class Occurrence(msgspec.Struct, frozen=True, gc=False, eq=False):
    """An event that was asserted, by one or several; its arguments and its instant are what it is known by."""

    event: str
    arguments: tuple[tuple[str, str], ...]
    early: Instant
    late: Instant
    assertions: tuple[Assertion, ...]

    def value(self, argument: str) -> str | None:
        """The value of an argument."""
        return dict(self.arguments).get(argument)


_NO_MEANS: frozenset[str] = frozenset()


def assertions_in(entries: Iterator[Entry], name: str, party_of: Mapping[str, str]) -> list[Assertion]:
    """What these acts assert of a name, each author for itself."""
    found = []
    for entry in entries:
        if entry.verb not in ASSERTING:
            continue
        act = entry.act
        means = frozenset(ref.name for ref in act.means) if act.means else _NO_MEANS
        for thing in act.objects:
            if name_of(thing) == name:
                for actor in act.actors:
                    found.append(Assertion(entry, thing, name, actor.name, party_of[actor.name], means))
    return found


def occurrences_in(name: str, assertions: list[Assertion]) -> list[Occurrence]:
    """The events of a kind that were asserted, in the order in which they happened; one asserted twice is one.

    Who confirms, and says of no day, speaks of what had been asserted by then; where nothing had, of a new one.
    """
    found: dict[tuple[object, ...], list[Assertion]] = {}
    for each in (each for each in assertions if not _confirms(each)):
        found.setdefault(_told(each), []).append(each)
    confirming = sorted(filter(_confirms, assertions), key=lambda each: (each.entry.said, -len(_told(each)[0])))
    joining: list[tuple[list[Assertion], Assertion]] = []
    for each in confirming:
        meant = [group for group in found.values() if any(_means(each, other) for other in group)]
        if meant:
            joining += [(group, each) for group in meant]
        else:
            found.setdefault(_told(each), []).append(each)
    for group, each in joining:
        group.append(each)
    made = [
        Occurrence(name, told, early, late, tuple(group))  # type: ignore[arg-type]
        for (told, early, late), group in found.items()
    ]
    return sorted(made, key=lambda each: (each.late, each.assertions[0].entry.order))


def _told(asserted: Assertion) -> tuple[tuple[tuple[str, str], ...], Instant, Instant]:
    """What an event is known by: its arguments and its instant."""
    told = arguments(asserted.thing) if isinstance(asserted.thing, Happening) else ()
    return told, asserted.entry.performed_early, asserted.entry.performed


def _confirms(asserted: Assertion) -> bool:
    return asserted.entry.verb == "confirms" and asserted.entry.act.performed is None


def _means(word: Assertion, asserted: Assertion) -> bool:
    """Whether who confirms speaks of this."""
    return word.entry.follows(asserted.entry) and is_about(word.thing, asserted.thing, denies=False)


def arguments(happening: Happening) -> tuple[tuple[str, str], ...]:
    """The arguments that an asserted event gives, in the order of their names."""
    return tuple(sorted((each.name, str(each.value)) for each in happening.arguments if each.value is not None))


def series(amount: Amount) -> tuple[str, str, str | None, bool, str | None]:
    """What an amount counts: item, word, unit, share or number, whose."""
    unit = amount.unit.name if amount.unit else None
    return amount.item.name, amount.word.name, unit, amount.percent, amount.of.name if amount.of else None


def is_about(word: Thing, asserted: Thing, *, denies: bool) -> bool:
    """Whether somebody's word on a thing is also a word on what was asserted.

    A name without a key is about all instances, an event about all that give at least its arguments. Who denies an
    amount denies all that are as large; who confirms one confirms all that are no larger.
    """
    if isinstance(word, Ref):
        if isinstance(asserted, Ref):
            return word.name == asserted.name and (word.key is None or str(word.key) == str(asserted.key))
        return isinstance(asserted, Happening) and asserted.event.name == word.name
    if isinstance(word, Amount):
        if not isinstance(asserted, Amount) or series(word) != series(asserted):
            return False
        return asserted.number >= word.number if denies else asserted.number <= word.number
    if not isinstance(asserted, Happening) or asserted.event.name != word.event.name:
        return False
    return set(arguments(word)) <= set(arguments(asserted))


def names(condition: Condition | None, thing: Thing, text: Text, binding: Binding) -> bool:
    """Whether a condition, such as a `done when`, names what is asserted; through the definitions of matters, too."""
    if condition is None:
        return False
    return any(_names(part, thing, text, binding) for part in parts(condition, text))


def _names(part: Condition, thing: Thing, text: Text, binding: Binding) -> bool:
    if isinstance(part, CameAbout):
        return (
            isinstance(thing, Ref) and part.ref.name == thing.name and thing.name not in text.outlook.case.commitments
        )
    if isinstance(part, Amount):
        return isinstance(thing, Amount) and counts(part, thing, text, binding)
    if isinstance(part, Happening) and isinstance(thing, Happening):
        return part.event.name == thing.event.name and fits(part, dict(arguments(thing)), text, binding)
    return False


def counts(wanted: Amount, asserted: Amount, text: Text, binding: Binding) -> bool:
    """Whether an asserted amount is of what a condition counts. Without `of` it counts everybody's."""
    if asserted.word.name != wanted.word.name or asserted.percent != wanted.percent:
        return False
    if (asserted.unit.name if asserted.unit else None) != (wanted.unit.name if wanted.unit else None):
        return False
    item, whose = asserted.item.name, asserted.of.name if asserted.of else None
    terms = text.outlook.case.terms
    if item != wanted.item.name and (
        wanted.item.name not in terms or item not in (text.members(wanted.item.name) or ())
    ):
        return False
    if wanted.of is None:
        return True
    of = str(binding.get(wanted.of.name, wanted.of.name))
    return whose == of or (of in terms and whose in (text.members(of) or ()))


def fits(wanted: Happening, given: Mapping[str, str], text: Text, binding: Binding) -> bool:
    """Whether an event with these arguments is one that a condition names; arguments left out may be anything."""
    for argument in wanted.arguments:
        value = given.get(argument.name)
        if argument.term is not None:
            members = text.members(argument.term.name)
            if members is None or value is None or (value in members) == argument.negated:
                return False
        elif argument.value is not None:
            if value != str(binding.get(str(argument.value), argument.value)):
                return False
        elif argument.name in binding and value != str(binding[argument.name]):
            return False
    return True


def parts(condition: Condition | None, text: Text, seen: frozenset[str] = frozenset()) -> Iterator[Condition]:
    """A condition and all within it, the definitions of matters included."""
    if condition is None:
        return
    yield condition
    match condition:
        case AllOf(parts=inner) | AnyOf(parts=inner) | AtLeast(parts=inner):
            for part in inner:
                yield from parts(part, text, seen)
        case Unless(condition=one, exception=other):
            yield from parts(one, text, seen)
            yield from parts(other, text, seen)
        case Shifted(condition=one) | Lasting(condition=one):
            yield from parts(one, text, seen)
        case CameAbout(ref=ref) | InState(ref=ref) if ref.name in text.outlook.case.matters and ref.name not in seen:
            yield from parts(text.definition(ref.name), text, seen | {ref.name})
