"""Two readings of one number → rules: a bearer does what its own version asks, and no more (semantics §10)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from servanda.model.conditions import AllOf, Amount, AnyOf, Condition
from servanda.standing import RECORD
from servanda.standing.assertions import counts
from servanda.standing.life import Life
from servanda.standing.wording import label_of
from servanda.text import printer

from . import phrases
from .building import Building
from .system import Atom


def amount(b: Building, atom: Atom, wanted: Amount, life: Life) -> None:
    """An amount that a reading asks for: free, unless the versions of all bearers ask less. Then one of them takes the
    reading's number on, or the reading takes less for enough.
    """
    own = [_own(b, wanted, life, each) for each in b.ground.roles(life).bearers]
    if not own or any(each is None or covers(each, wanted) for each in own):
        b.rule(atom, (), wanted.span)
        return
    for bearer, each in zip(b.ground.roles(life).bearers, own, strict=True):
        assert each is not None
        b.rule(atom, [_takes_on(b, bearer, wanted, each, life)], wanted.span)
        if life.reading != RECORD:
            b.rule(atom, [_takes_less(b, wanted, each, life)], wanted.span)


def _own(b: Building, wanted: Amount, life: Life, bearer: str) -> Amount | None:
    """The amount of the same that a bearer's own version of performance asks, if it asks for one."""
    own = b.ground.life(life.name, life.key, bearer)
    version = None if own is None else b.ground.clauses(own).done_when
    text = b.ground.text(bearer)
    found = [each for each in amounts(version) if counts(wanted, each, text, life.binding)]
    return found[0] if found else None


def amounts(performance: Condition | None) -> Iterator[Amount]:
    """The amounts that performance names."""
    if isinstance(performance, AllOf | AnyOf):
        for part in performance.parts:
            yield from amounts(part)
    elif isinstance(performance, Amount):
        yield performance


def covers(done: Amount, wanted: Amount) -> bool:
    """Whether whoever does the one has done the other."""
    if "at most" in (done.bound, wanted.bound):
        return done.bound != wanted.bound or done.number <= wanted.number
    if wanted.bound == "more than" and done.bound != "more than":
        return done.number > wanted.number
    return done.number >= wanted.number


def _takes_on(b: Building, bearer: str, wanted: Amount, own: Amount, life: Life) -> Atom:
    title = phrases.titled(b.ground.case, life.name, life.key)
    asked, instead = printer.condition(wanted), printer.condition(own)
    text = f"{bearer} takes on {asked} for {title}, as asked, instead of {instead}"
    return b.atom(
        ("takes on", bearer, life.name, life.key, asked), text, sort="decision", actors=(bearer,),
        about=label_of(life.name, life.key), span=wanted.span, thing=wanted,
    )  # fmt: skip


def _takes_less(b: Building, wanted: Amount, own: Amount, life: Life) -> Atom:
    title = phrases.titled(b.ground.case, life.name, life.key)
    asked, less = printer.condition(wanted), printer.condition(own)
    text = f"{life.reading} takes {less} for enough of {title}, instead of {asked}"
    return b.atom(
        ("takes", life.reading, life.name, life.key, asked, less), text, sort="decision", actors=(life.reading,),
        about=label_of(life.name, life.key), span=wanted.span, thing=own,
    )  # fmt: skip


def taken(b: Building, atom: Atom) -> tuple[str, str, str | None, Condition] | None:
    """What a party's version of performance is once it takes the other's number: whose, of what, and the version."""
    said = b.atoms[atom]
    if said.key[0] not in ("takes on", "takes") or not isinstance(said.thing, Amount):
        return None
    party, name, key = str(said.key[1]), str(said.key[2]), None if said.key[3] is None else str(said.key[3])
    own = b.ground.life(name, key, party)
    version = None if own is None else b.ground.clauses(own).done_when
    if version is None:
        return None
    text = b.ground.text(party)
    mine = next(each for each in amounts(version) if counts(said.thing, each, text, own.binding if own else {}))
    return party, name, key, _with(version, mine, said.thing)


def _with(performance: Condition, old: Amount, new: Amount) -> Condition:
    if performance == old:
        return new
    if isinstance(performance, AllOf | AnyOf):
        return msgspec.structs.replace(performance, parts=tuple(_with(each, old, new) for each in performance.parts))
    return performance
