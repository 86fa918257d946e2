"""Promises → rules: when a bearer has undertaken something, what it waits for, and by which date (semantics §10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from servanda.model.commitments import Clauses
from servanda.model.conditions import AllOf, CameAbout, Condition, InState, Ref, Shifted
from servanda.standing import RECORD
from servanda.standing.asking import Asking
from servanda.standing.life import Life
from servanda.standing.wording import label_of
from servanda.text import printer

from . import commitment_rules, condition_rules, instrument_rules, phrases
from .building import Building, Waiting
from .ground import Ground
from .system import Atom


def promised(b: Building, name: str, key: str | None) -> Atom:
    """All who have to have undertaken it, and what each of them waits for is so."""

    def make(atom: Atom) -> None:
        debtors = b.roles(name, key)[2]
        own = [b.ground.life(name, key, each) for each in (*debtors, RECORD)]
        if own[-1] is not None and any(each is not None and b.ground.rung(each, "promised") for each in own):
            b.rule(atom, (), b.span_of(name))
        elif debtors:
            b.rule(atom, [promised_by(b, each, name, key) for each in debtors], b.span_of(name))

    label = label_of(name, key)
    return b.atom(("promised", name, key), f"{label} is promised", make, about=label, span=b.span_of(name))


def ready(b: Building, name: str, key: str | None) -> Atom:
    """All who owe it are bound, and what each of them waits for is so now, whatever was promised before.

    What it holds from is no condition that a promise drops: nobody moves before that has come about, nor in place of
    what is not broken.
    """

    def make(atom: Atom) -> None:
        debtors = b.roles(name, key)[2]
        if debtors:
            bound = [promised_by(b, each, name, key) for each in debtors]
            b.rule(atom, [*bound, *_starts(b, debtors, name, key)], b.span_of(name))

    label = label_of(name, key)
    return b.atom(("ready", name, key), f"{label} is ready to be done", make, about=label, span=b.span_of(name))


def _starts(b: Building, debtors: Iterable[str], name: str, key: str | None) -> Iterator[Atom]:
    """That what it holds from, as each who owes it reads it, has come about."""
    for debtor in debtors:
        own = b.ground.life(name, key, debtor)
        if own is not None:
            yield from starts(b, own)


def starts(b: Building, life: Life) -> Iterator[Atom]:
    """That what it holds from has come about, and that what it stands in place of is broken."""
    clauses, asking = b.ground.clauses(life), b.ground.asking(life)
    if clauses.start is not None:
        yield condition_rules.condition(b, clauses.start, asking)
    if (broken := broken_before(clauses)) is not None:
        yield condition_rules.condition(b, broken, asking)


def broken_before(clauses: Clauses) -> Condition | None:
    """That what a commitment stands in place of is broken, where there is such."""
    ref = clauses.instead_of
    return None if ref is None else InState(ref, "breached", ref.span)


def promised_by(b: Building, debtor: str, name: str, key: str | None, apart: str | None = None) -> Atom:
    """One bearer is bound and ready, or its word is in effect.

    `apart` leaves out an instrument: what the bearer waits for but for that.
    """

    def make(atom: Atom) -> None:
        b.rule(atom, [word(b, debtor, name, key)], b.span_of(name))
        own = b.ground.life(name, key, debtor)
        if own is None:
            return
        clauses = b.ground.clauses(own)
        ready = own_when(b, debtor, own, clauses, apart)
        start = bound(b, debtor, name, key, apart)
        b.rule(atom, [start, *ready], clauses.when.span if clauses.when is not None else b.span_of(name))

    label = label_of(name, key)
    return b.atom(
        ("promised by", debtor, name, key, apart), f"{label} is promised", make,
        about=label, actors=(debtor,), span=b.span_of(name), shown=True,
    )  # fmt: skip


def own_when(b: Building, debtor: str, own: Life, clauses: Clauses, apart: str | None) -> list[Atom]:
    """What a bearer waits for in its own version, each part by itself; what an instrument meets itself left out."""
    asking = b.ground.asking(own)
    found = []
    for place, part in enumerate(parts_of(clauses.when)):
        if apart is not None and _met_by(part, apart):
            continue
        found.append(waits(b, debtor, own, None, place, part, asking))
    return found


def parts_of(condition: Condition | None) -> tuple[Condition, ...]:
    """The conditions that all have to be so."""
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, AllOf) else (condition,)


def _met_by(condition: Condition, instrument: str) -> bool:
    if isinstance(condition, CameAbout):
        return condition.ref.name == instrument
    return isinstance(condition, InState) and condition.ref.name == instrument and condition.state in (
        "signed", "in force", "agreed",
    )  # fmt: skip


def waits(b: Building, owner: str, life: Life, slot: int | None, place: int, part: Condition, asking: Asking) -> Atom:
    """One condition of an owner's own, which it could give up: of its text, or of the promise or offer `slot`."""
    key = ("waits", owner, life.name, life.key, slot, place)
    known = b.known(*key)
    if known is not None:
        return known
    words = printer.condition(part)
    atom = b.atom(key, words, span=part.span, about=label_of(life.name, life.key))
    b.rule(atom, [condition_rules.condition(b, part, asking)], part.span)
    b.waiting.append(Waiting(owner, life.name, life.key, slot, place, part, atom, _lower(b, part, asking)))
    if isinstance(part, InState) and part.state == "promised" and (part.with_a_date or part.by is not None):
        by = None if part.by is None else b.ground.clock.pair(part.by, "end")[1]
        b.dates_asked.setdefault((part.ref.name, asking.key(part.ref.key)), {})[by] = None
    return atom


def _lower(b: Building, part: Condition, asking: Asking) -> tuple[tuple[str, Atom], ...]:
    """The rungs below what is waited for, the strongest first: where it is given up, one of them may still do."""
    if isinstance(part, CameAbout) and part.ref.name in b.ground.case.commitments:
        rung = "fulfilled"
    elif isinstance(part, InState) and part.ref.name in b.ground.case.commitments:
        rung = part.state
    else:
        return ()
    above_done = rung in ("fulfilled", "verified", "observed", "confirmed")
    if not above_done and rung not in ("claimed", "begun"):
        return ()
    found = []
    key = asking.key(part.ref.key)
    is_effort = b.ground.text(asking.reading).clauses(part.ref.name, key).seeks is not None
    if above_done and not is_effort:
        said = commitment_rules.every(b, part.ref.name, key, asking.reading, "done")
        found.append(("that it is said to be done", said))
    found.append(("its promise", commitment_rules.every(b, part.ref.name, key, asking.reading, "promised")))
    return tuple(found)


def bound(b: Building, debtor: str, name: str, key: str | None, apart: str | None = None) -> Atom:
    """A bearer has accepted it: it has already, an instrument would bind it, or it would have to decide so."""

    def make(atom: Atom) -> None:
        own = b.ground.life(name, key, debtor)
        if own is None:
            return
        if b.ground.bound(debtor, own) and (apart is None or b.ground.accepted_apart(debtor, own, apart)):
            b.rule(atom, (), b.span_of(name))
            return
        others = b.ground.lacking(debtor, own)
        if others:  # it has accepted itself, and does not see that the others have: their word is enough
            b.rule(atom, [word(b, each, name, key) for each in others], b.span_of(name))
        for citation in b.ground.clauses(own).under:
            source = citation.source.name
            where = citation.where
            if source == apart or (where is not None and not b.ground.so(where, Asking(debtor, own.binding))):
                continue
            if b.ground.case.sources[source].signed_by and not b.ground.carries(source):
                anew = [takes_up(b, debtor, name, key)] if b.ground.denied(debtor, own) else []
                text = instrument_rules.relied_on(b, debtor, source)
                b.rule(atom, [instrument_rules.signed(b, source), *text, *anew], citation.span)

    case = b.ground.case
    return b.atom(
        ("bound", debtor, name, key, apart), f"{debtor} undertakes {phrases.titled(case, name, key)}", make,
        sort="decision", actors=(debtor,), about=label_of(name, key), span=b.span_of(name),
    )  # fmt: skip


def bound_by_the_way(b: Building) -> None:
    """Who makes the promise that somebody's condition names is bound by it, wherever it is made."""
    for act, said in enumerate(tuple(b.atoms)):
        if said.key[:1] != ("act",) or said.key[2] != "promises" or not isinstance(said.thing, Ref):
            continue
        debtor = b.ground.case.party_of(str(said.key[1]))
        for life in b.ground.lives(said.thing.name, debtor, said.thing.instance):
            atom = b.known("bound", debtor, life.name, life.key, None)
            if atom is not None:
                b.rule(atom, [act], said.span)


def takes_up(b: Building, debtor: str, name: str, key: str | None) -> Atom:
    """A bearer takes up what it has rejected by a word of its own, with the text that holds it."""
    return b.atom(("takes up", debtor, name, key), f"{debtor} takes up {phrases.titled(b.ground.case, name, key)}")


def word(b: Building, debtor: str, name: str, key: str | None) -> Atom:
    """A bearer's promise or offer takes effect, once its condition is so."""

    def make(atom: Atom) -> None:
        own = b.ground.life(name, key, debtor)
        if own is None:
            return
        if b.ground.gave_word(debtor, own):
            b.rule(atom, (), b.span_of(name))
            return
        for made in b.ground.undertakings(debtor, own):
            b.rule(atom, undertaking(b, debtor, own, made.entry.order), made.entry.act.span)

    label = label_of(name, key)
    return b.atom(
        ("word", debtor, name, key), f"{label} is promised", make,
        about=label, actors=(debtor,), span=b.span_of(name), shown=True,
    )  # fmt: skip


def told(b: Building, name: str, key: str | None) -> Atom:
    """What all have promised already, and a reading does not see: they say it once more, where all can."""
    case, debtors = b.ground.case, b.roles(name, key)[2]
    text = f"{phrases.listed(debtors)}: promise {phrases.titled(case, name)} once more, where all see it"
    return b.atom(
        ("told", name, key), text,
        lambda atom: b.rule(atom, [word(b, each, name, key) for each in debtors], b.span_of(name)),
        sort="move", actors=debtors, about=label_of(name, key), span=b.span_of(name),
    )  # fmt: skip


def heard(b: Building, debtor: str, name: str, key: str | None, reading: str) -> Atom:
    """One bearer's promise as a reading can see it: by what binds it, by an offer made where the reading hears it; or
    it says so once more.
    """

    def make(atom: Atom) -> None:
        b.rule(atom, [told(b, name, key)], b.span_of(name))
        own = b.ground.life(name, key, debtor)
        if own is None:
            return
        clauses = b.ground.clauses(own)
        b.rule(atom, [bound(b, debtor, name, key), *own_when(b, debtor, own, clauses, None)], b.span_of(name))
        for made in b.ground.undertakings(debtor, own):
            if b.ground.hears(reading, name, made.entry):
                b.rule(atom, undertaking(b, debtor, own, made.entry.order), made.entry.act.span)

    label = label_of(name, key)
    return b.atom(("heard", debtor, name, key, reading), f"{label} is promised", make, about=label)


def undertaking(b: Building, debtor: str, own: Life, order: int) -> list[Atom]:
    """What one of a bearer's promises or offers waits for, part by part."""
    [made] = [each for each in b.ground.undertakings(debtor, own) if each.entry.order == order]
    asking = Asking(b.ground.reading_of(debtor), own.binding, (debtor,))
    parts = enumerate(parts_of(made.entry.act.when))
    return [waits(b, debtor, own, order, place, part, asking) for place, part in parts]


def dated(b: Building, name: str, key: str | None, by: int | None) -> Atom:
    """It is promised with a date, or by one."""

    def make(atom: Atom) -> None:
        b.rule(
            atom,
            [_dated_by(b, each, name, key, by) for each in b.roles(name, key)[2]],
            b.span_of(name),
        )

    label, said = label_of(name, key), day_said(b.ground, by)
    return b.atom(
        ("dated", name, key, by), f"{label} is promised {said}", make,
        about=label, actors=b.roles(name, key)[2], span=b.span_of(name), shown=True,
    )  # fmt: skip


def day_said(ground: Ground, by: int | None) -> str:
    """`with a date`, or by which: the day that ends at an instant."""
    return "with a date" if by is None else f"by {ground.clock.day(by - 1)}"


def _dated_by(b: Building, debtor: str, name: str, key: str | None, by: int | None) -> Atom:
    def make(atom: Atom) -> None:
        own = b.ground.life(name, key, debtor)
        if own is None:
            return
        promise = promised_by(b, debtor, name, key)
        clauses = b.ground.clauses(own)
        for known in _date_of_text(b, own, clauses, by):
            b.rule(atom, [promise, *known], b.span_of(name))
        for made in b.ground.undertakings(debtor, own):
            date = b.ground.date_of(made, debtor, own)
            if date is not None and (by is None or date <= by):
                b.rule(atom, undertaking(b, debtor, own, made.entry.order), made.entry.act.span)
        b.rule(atom, [promise, names_a_date(b, debtor, name, key, by)])

    label = label_of(name, key)
    said = f"{label} is promised {day_said(b.ground, by)}"
    return b.atom(("dated by", debtor, name, key, by), said, make, about=label)


def _date_of_text(b: Building, own: Life, clauses: Clauses, by: int | None) -> Iterator[list[Atom]]:
    """What has to come about for the bearer's own text to name a date: nothing, or what the date counts from."""
    known = b.ground.deadline(own)
    if known is not None:
        if by is None or known <= by:
            yield []
    elif by is None:
        named = [clauses.by, None if clauses.within is None else clauses.within.of]
        for each in named:
            if each is not None:
                anchor = each.condition if isinstance(each, Shifted) else each
                yield [condition_rules.condition(b, anchor, b.ground.asking(own))]


def names_a_date(b: Building, debtor: str, name: str, key: str | None, by: int | None) -> Atom:
    """A bearer's decision on a date."""
    said = "a date" if by is None else f"a date by {b.ground.clock.day(by - 1)}"
    text = f"{debtor} names {said} for {phrases.titled(b.ground.case, name)}"
    return b.atom(
        ("names", debtor, name, key, by), text, sort="decision", actors=(debtor,), about=label_of(name, key),
        span=b.span_of(name),
    )  # fmt: skip
