"""Performance → rules: done, shown by a means, fulfilled in a reading (semantics §10)."""

from __future__ import annotations

from servanda.model.conditions import AllOf, Amount, AnyOf, CameAbout, Condition, Did, Happening, PublicAct, Ref
from servanda.standing import RECORD
from servanda.standing.asking import Asking
from servanda.standing.life import Life
from servanda.standing.wording import label_of
from servanda.text import printer

from . import amount_rules, condition_rules, phrases, promise_rules
from .building import Building
from .system import Atom


def done(b: Building, name: str, key: str | None) -> Atom:
    """The bearers do what is theirs to do: once it is promised, and all that is one step with it can be."""

    def make(atom: Atom) -> None:
        body = [promise_rules.ready(b, name, key)]
        own = b.ground.life(name, key, b.bearers_of(name)[0]) if b.bearers_of(name) else None
        if own is not None and b.ground.performed(own):
            lives = [b.ground.life(name, key, b.ground.reading_of(each)) for each in b.roles(name, key)[1]]
            agreed = all(each is None or b.ground.performed(each) for each in lives)
            b.rule(atom, () if agreed else [_said_to_be_done(b, name, key)], b.span_of(name))
            return
        if own is not None:
            names, _ = b.ground.outlook(own.reading).together(own.reading, name)
            for other in names:
                if other != name and b.ground.case.commitments[other].kind == "obligation":
                    body += [promise_rules.ready(b, other, each.key) for each in b.ground.lives(other, RECORD)]
        b.rule(atom, body, b.span_of(name))

    case, label = b.ground.case, label_of(name, key)
    bearers = b.roles(name, key)[0]
    text = f"{phrases.listed(bearers) if bearers else 'nobody'}: {phrases.title(case, name)}{phrases.instance(key)}"
    return b.atom(
        ("done", name, key), text, make, sort="move", actors=bearers, about=label, span=b.span_of(name)
    )  # fmt: skip


def begun(b: Building, name: str, key: str | None) -> Atom:
    """The bearers begin, once it is promised: a move of its own, since some things wait for it and not for the end."""
    case, label = b.ground.case, label_of(name, key)
    bearers = b.roles(name, key)[0]
    text = f"{phrases.listed(bearers) if bearers else 'nobody'}: begin {phrases.titled(case, name, key)}"
    return b.atom(
        ("begun", name, key), text, lambda atom: b.rule(atom, [promise_rules.ready(b, name, key)], b.span_of(name)),
        sort="move", actors=bearers, about=label, span=b.span_of(name),
    )  # fmt: skip


def _said_to_be_done(b: Building, name: str, key: str | None) -> Atom:
    """Its bearer holds that it is done, and somebody it is owed to has not said so: it is yet to be shown to them."""
    label = label_of(name, key)
    return b.atom(
        ("said", name, key),
        f"{label} is said to be done",
        lambda atom: b.rule(atom, (), b.span_of(name)),
    )


def performed(b: Building, name: str, key: str | None, reading: str) -> Atom:
    """It is done as a reading means it: the bearers' own acts are free, others' acts are theirs to decide."""

    def make(atom: Atom) -> None:
        life = b.ground.life(name, key, reading)
        if life is None:
            return
        clauses = b.ground.clauses(life)
        if b.ground.performed(life):
            b.rule(atom, (), b.span_of(name))
        elif clauses.seeks is not None:
            b.rule(atom, [condition_rules.condition(b, clauses.seeks, b.ground.asking(life))], clauses.seeks.span)
        else:
            body = [done(b, name, key)]
            if clauses.done_when is not None:
                body.append(_performance(b, clauses.done_when, life))
                b.performances.append((atom, clauses.done_when))
            b.rule(
                atom,
                body,
                clauses.done_when.span if clauses.done_when is not None else b.span_of(name),
            )

    label = label_of(name, key)
    return b.atom(
        ("performed", name, key, reading), f"{label} is done as {reading} means it", make,
        about=label, span=b.span_of(name),
    )  # fmt: skip


def performed_by_the_way(b: Building) -> None:
    """Performance that is nothing but acts which somebody asks for anyway: these make it, promised or not.

    An act that nobody else asks for is its bearer's performance alone, and waits for what that waits for.
    """
    for atom, wanted in b.performances:
        acts = []
        for part in promise_rules.parts_of(wanted):
            if isinstance(part, Did) and isinstance(part.object, Ref):
                via = "" if part.channel is None else part.channel.name
                acts.append(b.known("act", part.actor.name, part.verb, printer.thing(part.object), via))
            else:
                acts.append(None)
        if acts and None not in acts:
            b.rule(atom, [each for each in acts if each is not None], wanted.span)


def _performance(b: Building, wanted: Condition, life: Life) -> Atom:
    """What performance names, as far as it is not the bearers' own to do."""
    words = printer.condition(wanted)
    key = ("performance", life.name, life.key, life.reading, words)
    known = b.known(*key)
    if known is not None:
        return known
    atom = b.atom(key, words, span=wanted.span)
    asking = b.ground.asking(life)
    match wanted:
        case AllOf(parts=parts):
            b.rule(atom, [_performance(b, part, life) for part in parts], wanted.span)
        case AnyOf(parts=parts):
            for part in parts:
                b.rule(atom, [_performance(b, part, life)], wanted.span)
        case Amount():
            amount_rules.amount(b, atom, wanted, life)
        case PublicAct() | Happening():
            b.rule(atom, (), wanted.span)
        case CameAbout(ref=ref) if ref.name in b.ground.case.matters:
            definition = b.ground.text(life.reading).definition(ref.name)
            if definition is None:
                b.rule(atom, (), wanted.span)
            else:
                b.rule(atom, [_performance(b, definition, life)], wanted.span)
        case Did() if _is_own(b, wanted, life):
            b.rule(atom, (), wanted.span)
        case _:
            b.rule(atom, [condition_rules.condition(b, wanted, asking)], wanted.span)
    return atom


def _is_own(b: Building, wanted: Did, life: Life) -> bool:
    """Whether an act is a bearer's own, named by its own version of what performance is."""
    ground = b.ground
    actor = ground.case.party_of(wanted.actor.name)
    if actor not in ground.roles(life).bearers:
        return False
    own = ground.life(life.name, life.key, actor)
    if own is None:
        return False
    version = ground.clauses(own).done_when
    words = printer.condition(wanted)
    return version is not None and words in {printer.condition(part) for part in named_parts(version)}


def named_parts(performance: Condition) -> list[Condition]:
    """What performance names, one thing after the other."""
    if isinstance(performance, AllOf | AnyOf):
        return [inner for part in performance.parts for inner in named_parts(part)]
    return [performance]


def fulfilled(b: Building, name: str, key: str | None, reading: str) -> Atom:
    """Shown by a means that a reading admits; or done, where it asks no proof or is the bearer's own."""

    def make(atom: Atom) -> None:
        life = b.ground.life(name, key, reading)
        if life is None:
            return
        if b.ground.fulfilled(life):
            b.rule(atom, (), b.span_of(name))
            return
        admitted = b.ground.clauses(life).verified_by
        if admitted:
            b.rule(atom, [shown(b, name, key, reading)], b.span_of(name))
        if not admitted or reading in b.ground.roles(life).bearers:
            b.rule(atom, [performed(b, name, key, reading)], b.span_of(name))

    label = label_of(name, key)
    return b.atom(
        ("fulfilled", name, key, reading),
        f"{label} in {reading}",
        make,
        about=label,
        span=b.span_of(name),
        shown=True,
    )


def shown(b: Building, name: str, key: str | None, reading: str, *, any_means: bool = False) -> Atom:
    """Shown by one of the means that a reading admits; seen, by any that the case names for it."""

    def make(atom: Atom) -> None:
        life = b.ground.life(name, key, reading)
        if life is None:
            return
        if b.ground.rung(life, "observed" if any_means else "verified"):
            b.rule(atom, (), b.span_of(name))
            return
        admitted = {ref.name: ref for ref in b.ground.clauses(life).verified_by}
        for means in means_named(b, name):
            if any_means or means in admitted:
                span = admitted[means].span if means in admitted else b.span_of(name)
                b.rule(atom, [shown_by(b, name, key, reading, means)], span)
            else:
                accepted = accepts_proof(b, reading, name, means)
                b.rule(atom, [shown_by(b, name, key, reading, means), accepted], b.span_of(name))

    label = label_of(name, key)
    what = "seen" if any_means else "verified"
    return b.atom(
        ("shown", name, key, reading, any_means), f"{label} is {what} in {reading}", make,
        about=label, span=b.span_of(name), shown=True,
    )  # fmt: skip


def means_named(b: Building, name: str) -> list[str]:
    """The means that the case names for a commitment, in any reading."""
    found = dict.fromkeys(ref.name for ref in b.ground.case.commitments[name].clauses.verified_by)
    for reading in b.ground.readings:
        for life in b.ground.lives(name, reading):
            found |= dict.fromkeys(ref.name for ref in b.ground.clauses(life).verified_by)
    return list(found)


def accepts_proof(b: Building, reading: str, name: str, means: str) -> Atom:
    """A reading's party takes a means for proof that it does not admit so far."""
    case = b.ground.case
    text = f"{reading} accepts {phrases.titled(case, means)} as proof of {phrases.titled(case, name)}"
    return b.atom(
        ("proof", reading, name, means),
        text,
        sort="decision",
        actors=(reading,),
        about=name,
        span=b.span_of(name),
    )


def shown_by(b: Building, name: str, key: str | None, reading: str, means: str) -> Atom:
    """Once it is done, and all have consented to the means whose consent it needs."""

    def make(atom: Atom) -> None:
        span = b.ground.case.means[means].span
        givers = b.ground.text(reading).consents_needed(means)
        consents = [condition_rules.consent(b, giver, Ref(means, span)) for giver in givers]
        b.rule(atom, [performed(b, name, key, reading), *consents], span)

    case = b.ground.case
    carriers = sorted(b.ground.text(reading).carriers(means))
    who = phrases.listed(carriers) if carriers else "somebody"
    text = f"{who}: {phrases.title(case, means)}, of {phrases.titled(case, name)}"
    return b.atom(
        ("shown by", name, key, reading, means), text, make, sort="move", actors=tuple(carriers),
        about=label_of(name, key), span=b.span_of(name),
    )  # fmt: skip


def confirmed(b: Building, name: str, key: str | None, reading: str) -> Atom:
    """A counterparty says that it is done, where a reading sees that: its decision, once it is."""

    def make(atom: Atom) -> None:
        span = b.span_of(name)
        for party in b.roles(name, key)[1]:
            said = Did(Ref(party, span), "confirms", Ref(name, span, key), span)
            b.rule(atom, [done(b, name, key), *condition_rules.did(b, said, Asking(reading))], span)

    return b.atom(("confirmed", name, key, reading), f"{label_of(name, key)} is confirmed", make)
