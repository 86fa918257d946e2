"""Commitments → rules: the steps of each, whose they are, and when it binds (semantics §10)."""

from __future__ import annotations

from servanda.model.commitments import EachMember
from servanda.model.conditions import Ref
from servanda.standing import RECORD
from servanda.standing.asking import Asking
from servanda.standing.life import Life
from servanda.standing.wording import label_of

from . import agreed_rules, condition_rules, done_rules, promise_rules
from .building import Building, Guard
from .system import Atom

Key = str | None


def every(b: Building, name: str, key: Key, reading: str, what: str) -> Atom:
    """A step of a commitment; of a family, of all its instances so far; of none, it is out of reach."""
    lives = b.ground.lives(name, reading, key)
    each = b.ground.case.commitments[name].clauses.for_each
    is_series = key is None and each is not None and not isinstance(each, EachMember)
    if len(lives) == 1 and not is_series:
        return step(b, name, lives[0].key, reading, what)

    def make(atom: Atom) -> None:
        if lives:
            no_more = [_no_more(b, name, reading)] if is_series else []
            b.rule(atom, [*(step(b, name, each.key, reading, what) for each in lives), *no_more], b.span_of(name))

    label = label_of(name, key)
    return b.atom(("every", label, reading, what), f"{label} is {what}", make, sort="so" if lives else "beyond")


def _no_more(b: Building, name: str, reading: str) -> Atom:
    """That a series has no instance more than at the date: a way counts on that, unless it waits until there is one."""

    def make(atom: Atom) -> None:
        b.rule(atom, (), b.span_of(name))
        b.guards.append(Guard(atom, name, Asking(reading)))

    return b.atom(("no more", name, reading), f"{name} has no other instance yet", make, sort="beyond")


def step(b: Building, name: str, key: Key, reading: str, what: str) -> Atom:
    """One step of one commitment, in a reading where that matters."""
    match what:
        case "promised":
            return _promised(b, name, key, reading)
        case "agreed":
            return agreed_rules.agreed(b, name, key, reading)
        case "begun":
            return done_rules.begun(b, name, key)
        case "done":
            return done_rules.done(b, name, key)
        case "observed" | "verified":
            return done_rules.shown(b, name, key, reading, any_means=what == "observed")
        case "confirmed":
            return done_rules.confirmed(b, name, key, reading)
        case "in force":
            return in_force(b, name, key, reading)
    kind = b.ground.case.commitments[name].kind
    if kind == "obligation":
        return done_rules.fulfilled(b, name, key, reading)
    if kind == "prohibition":
        return in_force(b, name, key, reading)
    return used(b, name, key, reading)


def _promised(b: Building, name: str, key: Key, reading: str) -> Atom:
    """It is promised as a reading sees it: a bearer that has undertaken it out of its sight says so once more."""
    promised = promise_rules.promised(b, name, key)
    again = said_again(b, name, key, reading)
    if not again:
        return promised
    label = label_of(name, key)
    return b.atom(("promised in", name, key, reading), f"{label} is promised",
                  lambda atom: b.rule(atom, [promised, *again], b.span_of(name)), about=label,
                  span=b.span_of(name))  # fmt: skip


def said_again(b: Building, name: str, key: Key, reading: str, *, is_date: bool = False) -> list[Atom]:
    """What bearers have undertaken, or would on a condition, out of a reading's sight: it takes their saying so there.

    `is_date` says that it is the date that the reading does not see.
    """
    ground = b.ground
    again: dict[Atom, None] = {}
    for each in () if reading == RECORD else b.roles(name, key)[2]:
        if each == reading:
            continue
        if ground.has_given_word(each, name, key):
            if is_date or not ground.sees_word(reading, each, name, key):
                again[promise_rules.told(b, name, key)] = None
        elif ground.is_bound(each, name, key) and not ground.sees_bound(reading, each, name, key):
            again[agreed_rules.recognised_again(b, each, name, key)] = None
        elif ground.unheard(reading, each, name, key):
            again[promise_rules.heard(b, each, name, key, reading)] = None
    return list(again)


def used(b: Building, name: str, key: Key, reading: str) -> Atom:
    """A right or power is used: its bearer's decision, while it is in force in the bearer's reading and in this."""

    def make(atom: Atom) -> None:
        for bearer in b.roles(name, key)[0]:
            own = b.ground.life(name, key, bearer)
            if own is not None:
                said = condition_rules.use(b, bearer, Ref(name, b.span_of(name), key), reading)
                open_to = [in_force(b, name, key, each) for each in (b.ground.reading_of(bearer), reading)]
                b.rule(atom, [said, *open_to], b.span_of(name))

    return b.atom(("used", name, key, reading), f"{label_of(name, key)} is used", make)


def _recognised(b: Building, life: Life) -> list[Atom]:
    """What it takes to be recognised by a reading that nothing in it is promised to: its party's word, or agreement."""
    if b.ground.recognised(life) or life.reading in (*b.roles(life.name, life.key)[2], *b.ground.creditors(life)):
        return []
    if life.reading == RECORD:
        return [agreed_rules.agreed(b, life.name, life.key, RECORD)]
    return [condition_rules.act(b, life.reading, "recognises", Ref(life.name, b.span_of(life.name), life.key))]


def in_force(b: Building, name: str, key: Key, reading: str) -> Atom:
    """It binds in a reading: all have given their word, or all are bound and what the reading waits for is so."""

    def make(atom: Atom) -> None:
        life = b.ground.life(name, key, reading)
        if life is None or b.ground.out_of_force(life) or (life.kind == "obligation" and b.ground.fulfilled(life)):
            return  # what is done before it binds never does
        debtors = b.roles(name, key)[2]
        clauses, asking = b.ground.clauses(life), b.ground.asking(life)
        start = [*promise_rules.starts(b, life)]
        recognising = _recognised(b, life)
        start += recognising
        if reading in debtors:
            b.rule(
                atom, [*(promise_rules.promised_by(b, each, name, key) for each in debtors), *start], b.span_of(name)
            )
            return
        when = [condition_rules.condition(b, clauses.when, asking)] if clauses.when is not None else []
        if debtors and all(b.ground.has_given_word(each, name, key) for each in debtors):
            b.rule(atom, [promise_rules.told(b, name, key), *start], b.span_of(name))
        else:
            b.rule(atom, [*(promise_rules.word(b, each, name, key) for each in debtors), *start], b.span_of(name))
        sees = b.ground.is_owed(life) or (recognising and all(b.ground.accepted(each, life) for each in debtors))
        if sees or not all(b.ground.is_bound(each, name, key) for each in debtors):
            b.rule(
                atom, [*(promise_rules.bound(b, each, name, key) for each in debtors), *when, *start], b.span_of(name)
            )

    label = label_of(name, key)
    return b.atom(("in force", name, key, reading), f"{label} is in force in {reading}", make, about=label,
                  span=b.span_of(name))  # fmt: skip
