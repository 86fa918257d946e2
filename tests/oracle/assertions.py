"""What was asserted about the world, and what other words it is the same as: §2 of the meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from servanda.model.case import Case
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
)

from .clock import Onset
from .view import Deed
from .words import Binding, Text

Thing = Ref | Amount | Happening
ASSERTING = ("claims", "observes", "confirms")


@dataclass(frozen=True, eq=False)
class Assertion:
    """One author's assertion of one thing. `author` is who is named, `party` whose act it is."""

    deed: Deed
    thing: Thing
    author: str
    party: str

    @property
    def means(self) -> frozenset[str]:
        return frozenset(ref.name for ref in self.deed.act.means)


@dataclass(frozen=True, eq=False)
class Occurrence:
    """An event that was asserted, by one or several: its arguments and its instant are what it is known by."""

    event: str
    arguments: tuple[tuple[str, str], ...]
    when: Onset
    assertions: tuple[Assertion, ...]

    def value(self, argument: str) -> str | None:
        return dict(self.arguments).get(argument)


def assertions_in(case: Case, deeds: Iterable[Deed]) -> list[Assertion]:
    """§2: claims, observes and confirms assert something about the world; each author for itself."""
    return [
        Assertion(deed, thing, actor.name, case.party_of(actor.name))
        for deed in deeds
        if deed.verb in ASSERTING
        for thing in deed.act.objects
        for actor in deed.act.actors
    ]


def occurrences_in(case: Case, assertions: Iterable[Assertion]) -> list[Occurrence]:
    """§7: one event asserted twice is one; who confirms speaks of what had been asserted by then (README, gap 44)."""
    events = [each for each in assertions if _event(case, each) is not None]
    kept = [each for each in events if not _confirms(each)]
    joining = []
    for each in sorted(filter(_confirms, events), key=lambda word: (word.deed.said.latest, -len(_told(word)))):
        meant = [
            other for other in kept if each.deed.follows(other.deed) and is_about(each.thing, other.thing, denies=False)
        ]
        joining += [(other, each) for other in meant]
        if not meant:
            kept.append(each)
    found: dict[tuple[str, tuple[tuple[str, str], ...], Onset], list[Assertion]] = {}
    for other, each in [*((each, each) for each in kept), *joining]:
        found.setdefault((str(_event(case, other)), _told(other), other.deed.performed), []).append(each)
    occurrences = [Occurrence(*key, tuple(group)) for key, group in found.items()]
    return sorted(occurrences, key=lambda each: (each.when.latest, each.assertions[0].deed.order))


def _event(case: Case, asserted: Assertion) -> str | None:
    thing = asserted.thing
    if isinstance(thing, Happening):
        return thing.event.name
    return thing.name if isinstance(thing, Ref) and thing.name in case.events else None


def _told(asserted: Assertion) -> tuple[tuple[str, str], ...]:
    return arguments(asserted.thing) if isinstance(asserted.thing, Happening) else ()


def _confirms(asserted: Assertion) -> bool:
    return asserted.deed.verb == "confirms" and asserted.deed.act.performed is None


def arguments(happening: Happening) -> tuple[tuple[str, str], ...]:
    """The arguments that an asserted event gives, in the order of their names."""
    return tuple(sorted((each.name, str(each.value)) for each in happening.arguments if each.value is not None))


def same_series(one: Amount, other: Amount) -> bool:
    """Whether two amounts count the same thing."""
    return series(one) == series(other)


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
        if not isinstance(asserted, Amount) or not same_series(word, asserted):
            return False
        return asserted.number >= word.number if denies else asserted.number <= word.number
    if not isinstance(asserted, Happening) or asserted.event.name != word.event.name:
        return False
    return set(arguments(word)) <= set(arguments(asserted))


def names(condition: Condition | None, thing: Thing, text: Text, binding: Binding) -> bool:
    """Whether a condition, such as a `done when`, names what is asserted; through the definitions of matters, too."""
    return any(_names(part, thing, text, binding) for part in parts(condition, text))


def _names(part: Condition, thing: Thing, text: Text, binding: Binding) -> bool:
    if isinstance(part, CameAbout) and isinstance(thing, Ref):
        return part.ref.name == thing.name and part.ref.name not in text.case.commitments
    if isinstance(part, Amount) and isinstance(thing, Amount):
        return counts(part, thing, text, binding)
    if isinstance(part, Happening) and isinstance(thing, Happening):
        return part.event.name == thing.event.name and fits(part, dict(arguments(thing)), text, binding)
    return False


def counts(wanted: Amount, asserted: Amount, text: Text, binding: Binding) -> bool:
    """Whether an asserted amount is of what a condition counts. Without `of` it counts everybody's."""
    item, word, unit, percent, whose = series(asserted)
    bound = dict(binding)
    items = {wanted.item.name}
    if wanted.item.name in text.case.terms:
        items |= text.members(wanted.item.name) or frozenset()
    if (word, unit, percent) != series(wanted)[1:4] or item not in items:
        return False
    if wanted.of is None:
        return True
    of = str(bound.get(wanted.of.name, wanted.of.name))
    return whose == of or (of in text.case.terms and whose in (text.members(of) or frozenset()))


def fits(wanted: Happening, given: dict[str, str], text: Text, binding: Binding) -> bool:
    """Whether an event with these arguments is one that a condition names; arguments left out may be anything."""
    bound = dict(binding)
    for argument in wanted.arguments:
        value = given.get(argument.name)
        if argument.term is not None:
            members = text.members(argument.term.name)
            if members is None or value is None or (value in members) == argument.negated:
                return False
        elif argument.value is not None:
            if value != str(bound.get(str(argument.value), argument.value)):
                return False
        elif argument.name in bound and value != str(bound[argument.name]):
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
        case CameAbout(ref=ref) | InState(ref=ref) if ref.name in text.case.matters and ref.name not in seen:
            yield from parts(text.definition(ref.name), text, seen | {ref.name})
