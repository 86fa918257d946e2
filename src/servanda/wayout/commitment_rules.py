"""Commitments → rules: the steps of each, whose they are, and when it binds (semantics §10)."""

from __future__ import annotations

from servanda.model.conditions import Ref
from servanda.standing.wording import label_of

from . import condition_rules, done_rules, promise_rules
from .building import Building
from .system import Atom

Key = str | None


def every(b: Building, name: str, key: Key, reading: str, what: str) -> Atom:
    """A step of a commitment; of a family, of all its instances so far; of none, it is out of reach."""
    lives = b.ground.lives(name, reading, key)
    if len(lives) == 1:
        return step(b, name, lives[0].key, reading, what)

    def make(atom: Atom) -> None:
        if lives:
            b.rule(atom, [step(b, name, each.key, reading, what) for each in lives], b.span_of(name))

    label = label_of(name, key)
    return b.atom(("every", label, reading, what), f"{label} is {what}", make, sort="so" if lives else "beyond")


def step(b: Building, name: str, key: Key, reading: str, what: str) -> Atom:
    """One step of one commitment, in a reading where that matters."""
    match what:
        case "promised":
            return promise_rules.promised(b, name, key)
        case "begun":
            return done_rules.begun(b, name, key)
        case "done":
            return done_rules.done(b, name, key)
        case "observed" | "verified":
            return done_rules.shown(b, name, key, reading, any_means=what == "observed")
        case "confirmed":
            return done_rules.confirmed(b, name, key)
        case "in force":
            return in_force(b, name, key, reading)
    kind = b.ground.case.commitments[name].kind
    if kind == "obligation":
        return done_rules.fulfilled(b, name, key, reading)
    if kind == "prohibition":
        return in_force(b, name, key, reading)
    return used(b, name, key)


def used(b: Building, name: str, key: Key) -> Atom:
    """A right or power is used: its bearer's decision, while it is in force in the bearer's reading."""

    def make(atom: Atom) -> None:
        for bearer in b.roles(name, key)[0]:
            own = b.ground.life(name, key, bearer)
            if own is not None:
                said = condition_rules.act(b, bearer, "uses", Ref(name, b.span_of(name), key))
                b.rule(atom, [said, in_force(b, name, key, b.ground.reading_of(bearer))], b.span_of(name))

    return b.atom(("used", name, key), f"{label_of(name, key)} is used", make)


def in_force(b: Building, name: str, key: Key, reading: str) -> Atom:
    """It binds in a reading: all have given their word, or all are bound and what the reading waits for is so."""

    def make(atom: Atom) -> None:
        life = b.ground.life(name, key, reading)
        if life is None or b.ground.over(life):
            return
        debtors = b.roles(name, key)[2]
        clauses, asking = b.ground.clauses(life), b.ground.asking(life)
        start = [condition_rules.condition(b, clauses.start, asking)] if clauses.start is not None else []
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
        if b.ground.is_owed(life) or not all(b.ground.is_bound(each, name, key) for each in debtors):
            b.rule(
                atom, [*(promise_rules.bound(b, each, name, key) for each in debtors), *when, *start], b.span_of(name)
            )

    label = label_of(name, key)
    return b.atom(("in force", name, key, reading), f"{label} is in force in {reading}", make, about=label,
                  span=b.span_of(name))  # fmt: skip
