"""Commitments and instruments → rules: promised, done, shown, fulfilled, signed (semantics §10)."""

from __future__ import annotations

from servanda.model.commitments import Clauses
from servanda.model.conditions import (
    AllOf,
    Amount,
    AnyOf,
    CameAbout,
    Condition,
    Did,
    Happening,
    InState,
    PublicAct,
    Ref,
)
from servanda.model.span import Span
from servanda.standing import RECORD
from servanda.standing.asking import Asking
from servanda.standing.life import Life
from servanda.standing.wording import label_of
from servanda.text import printer

from . import condition_rules, phrases
from .building import Building, Waiting
from .system import Atom

Key = str | None


def bearers_of(b: Building, name: str) -> tuple[str, ...]:
    """Who owes a commitment, in the neutral reading."""
    lives = b.ground.lives(name, RECORD)
    return b.ground.roles(lives[0]).bearers if lives else ()


def roles(b: Building, name: str, key: Key) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Who owes it, to whom, and who has to have accepted it."""
    life = b.ground.life(name, key, RECORD) or b.ground.lives(name, RECORD)[0]
    found = b.ground.roles(life)
    return found.bearers, found.counterparties, found.debtors


def every(b: Building, name: str, key: Key, reading: str, what: str) -> Atom:
    """A step of a commitment; of a family, of all its instances so far; of none, it is out of reach."""
    lives = b.ground.lives(name, reading, key)
    if len(lives) == 1:
        return step(b, name, lives[0].key, reading, what)

    def make(atom: Atom) -> None:
        if lives:
            b.rule(atom, [step(b, name, each.key, reading, what) for each in lives], _span(b, name))

    label = label_of(name, key)
    return b.atom(("every", label, reading, what), f"{label} is {what}", make, sort="so" if lives else "beyond")


def step(b: Building, name: str, key: Key, reading: str, what: str) -> Atom:
    """One step of one commitment, in a reading where that matters."""
    match what:
        case "promised":
            return promised(b, name, key)
        case "done":
            return done(b, name, key)
        case "observed" | "verified":
            return shown(b, name, key, reading, any_means=what == "observed")
        case "confirmed":
            return confirmed(b, name, key)
        case "in force":
            return in_force(b, name, key, reading)
    kind = b.ground.case.commitments[name].kind
    if kind == "obligation":
        return fulfilled(b, name, key, reading)
    if kind == "prohibition":
        return in_force(b, name, key, reading)
    return used(b, name, key)


def used(b: Building, name: str, key: Key) -> Atom:
    """A right or power is used: its bearer's decision, while it is open."""

    def make(atom: Atom) -> None:
        for bearer in roles(b, name, key)[0]:
            own = b.ground.life(name, key, bearer)
            if own is not None:
                said = condition_rules.act(b, bearer, "uses", Ref(name, _span(b, name), key))
                asking = b.ground.asking(own)
                clauses = b.ground.clauses(own)
                waits = [condition_rules.condition(b, each, asking) for each in (clauses.when, clauses.start) if each]
                b.rule(atom, [said, *waits], _span(b, name))

    return b.atom(("used", name, key), f"{label_of(name, key)} is used", make)


# ── promised ────────────────────────────────────────────────────────────────────────────────────────────────


def promised(b: Building, name: str, key: Key) -> Atom:
    """All who have to have undertaken it, and what each of them waits for is so."""

    def make(atom: Atom) -> None:
        life = b.ground.life(name, key, RECORD)
        debtors = roles(b, name, key)[2]
        if life is not None and any(_rung(b, name, key, each, "promised") for each in (*debtors, RECORD)):
            b.rule(atom, (), b.ground.case.commitments[name].span)
        else:
            b.rule(atom, [ready(b, name, key)], _span(b, name))

    label = label_of(name, key)
    return b.atom(("promised", name, key), f"{label} is promised", make, about=label, span=_span(b, name))


def ready(b: Building, name: str, key: Key) -> Atom:
    """All who owe it are bound, and what each of them waits for is so now, whatever was promised before."""

    def make(atom: Atom) -> None:
        debtors = roles(b, name, key)[2]
        if debtors:
            b.rule(atom, [promised_by(b, each, name, key) for each in debtors], _span(b, name))

    label = label_of(name, key)
    return b.atom(("ready", name, key), f"{label} is ready to be done", make, about=label, span=_span(b, name))


def _rung(b: Building, name: str, key: Key, reading: str, rung: str) -> bool:
    life = b.ground.life(name, key, reading)
    return life is not None and b.ground.rung(life, rung)


def _span(b: Building, name: str) -> Span:
    return b.ground.case.commitments[name].span


def promised_by(b: Building, debtor: str, name: str, key: Key, apart: str | None = None) -> Atom:
    """One bearer is bound and ready, or its word is in effect.

    `apart` leaves out an instrument: what the bearer waits for but for that.
    """

    def make(atom: Atom) -> None:
        b.rule(atom, [word(b, debtor, name, key)], _span(b, name))
        own = b.ground.life(name, key, debtor)
        if own is None:
            return
        clauses = b.ground.clauses(own)
        ready = own_when(b, debtor, own, clauses, apart)
        start = bound(b, debtor, name, key, apart)
        b.rule(atom, [start, *ready], clauses.when.span if clauses.when is not None else _span(b, name))

    label = label_of(name, key)
    return b.atom(
        ("promised by", debtor, name, key, apart), f"{label} is promised", make,
        about=label, actors=(debtor,), span=_span(b, name), shown=True,
    )  # fmt: skip


def own_when(b: Building, debtor: str, own: Life, clauses: Clauses, apart: str | None) -> list[Atom]:
    """What a bearer waits for in its own version, each part by itself; what an instrument meets itself left out."""
    asking = b.ground.asking(own)
    found = []
    for place, part in enumerate(parts_of(clauses.when)):
        if apart is not None and _met_by(part, apart):
            continue
        found.append(waits(b, debtor, own, None, place, len(parts_of(clauses.when)), part, asking))
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


def waits(
    b: Building, owner: str, life: Life, slot: int | None, place: int, of: int, part: Condition, asking: Asking
) -> Atom:
    """One condition of an owner's own, which it could give up: of its text, or of the promise or offer `slot`."""
    key = ("waits", owner, life.name, life.key, slot, place)
    known = b.known(*key)
    if known is not None:
        return known
    words = printer.condition(part)
    atom = b.atom(key, words, span=part.span, about=label_of(life.name, life.key))
    b.rule(atom, [condition_rules.condition(b, part, asking)], part.span)
    b.waiting.append(Waiting(owner, life.name, life.key, slot, place, of, part, atom))
    if isinstance(part, InState) and part.state == "promised" and (part.with_a_date or part.by is not None):
        by = None if part.by is None else b.ground.clock.pair(part.by, "end")[1]
        b.dates_asked.setdefault((part.ref.name, asking.key(part.ref.key)), {})[by] = None
    return atom


def bound(b: Building, debtor: str, name: str, key: Key, apart: str | None = None) -> Atom:
    """A bearer has accepted it: it has already, an instrument would bind it, or it would have to decide so."""

    def make(atom: Atom) -> None:
        own = b.ground.life(name, key, debtor)
        if own is None:
            return
        if b.ground.bound(debtor, own) and (apart is None or b.ground.accepted_apart(debtor, own, apart)):
            b.rule(atom, (), _span(b, name))
            return
        for citation in b.ground.clauses(own).under:
            source = citation.source.name
            where = citation.where
            if source == apart or (where is not None and not b.ground.so(where, Asking(debtor, own.binding))):
                continue
            if b.ground.case.sources[source].signed_by and not b.ground.carries(source):
                b.rule(atom, [signed(b, source)], citation.span)

    case = b.ground.case
    return b.atom(
        ("bound", debtor, name, key, apart), f"{debtor} undertakes {phrases.titled(case, name)}", make,
        sort="decision", actors=(debtor,), about=label_of(name, key), span=_span(b, name),
    )  # fmt: skip


def word(b: Building, debtor: str, name: str, key: Key) -> Atom:
    """A bearer's promise or offer takes effect, once its condition is so."""

    def make(atom: Atom) -> None:
        own = b.ground.life(name, key, debtor)
        if own is None:
            return
        if b.ground.gave_word(debtor, own):
            b.rule(atom, (), _span(b, name))
            return
        for made in b.ground.undertakings(debtor, own):
            b.rule(atom, undertaking(b, debtor, own, made.entry.order), made.entry.act.span)

    label = label_of(name, key)
    return b.atom(
        ("word", debtor, name, key), f"{label} is promised", make,
        about=label, actors=(debtor,), span=_span(b, name), shown=True,
    )  # fmt: skip


def undertaking(b: Building, debtor: str, own: Life, order: int) -> list[Atom]:
    """What one of a bearer's promises or offers waits for, part by part."""
    [made] = [each for each in b.ground.undertakings(debtor, own) if each.entry.order == order]
    parts = parts_of(made.entry.act.when)
    asking = Asking(b.ground.reading_of(debtor), own.binding, (debtor,))
    return [waits(b, debtor, own, order, place, len(parts), part, asking) for place, part in enumerate(parts)]


def dated(b: Building, name: str, key: Key, by: int | None) -> Atom:
    """It is promised with a date, or by one."""

    def make(atom: Atom) -> None:
        b.rule(atom, [_dated_by(b, each, name, key, by) for each in roles(b, name, key)[2]], _span(b, name))

    label, said = label_of(name, key), date_said(b, by)
    return b.atom(
        ("dated", name, key, by), f"{label} is promised {said}", make,
        about=label, actors=roles(b, name, key)[2], span=_span(b, name), shown=True,
    )  # fmt: skip


def date_said(b: Building, by: int | None) -> str:
    """`with a date`, or by which."""
    return "with a date" if by is None else f"by {b.ground.clock.day(by - 1)}"


def _dated_by(b: Building, debtor: str, name: str, key: Key, by: int | None) -> Atom:
    def make(atom: Atom) -> None:
        own = b.ground.life(name, key, debtor)
        if own is None:
            return
        promise = promised_by(b, debtor, name, key)
        clauses = b.ground.clauses(own)
        if by is None and (clauses.by is not None or clauses.within is not None):
            b.rule(atom, [promise], _span(b, name))
        for made in b.ground.undertakings(debtor, own):
            date = b.ground.date_of(made, debtor, own)
            if date is not None and (by is None or date <= by):
                b.rule(atom, undertaking(b, debtor, own, made.entry.order), made.entry.act.span)
        b.rule(atom, [promise, names_a_date(b, debtor, name, key, by)])

    label = label_of(name, key)
    return b.atom(("dated by", debtor, name, key, by), f"{label} is promised {date_said(b, by)}", make, about=label)


def names_a_date(b: Building, debtor: str, name: str, key: Key, by: int | None) -> Atom:
    """A bearer's decision on a date."""
    said = "a date" if by is None else f"a date by {b.ground.clock.day(by - 1)}"
    text = f"{debtor} names {said} for {phrases.titled(b.ground.case, name)}"
    return b.atom(
        ("names", debtor, name, key, by), text, sort="decision", actors=(debtor,), about=label_of(name, key),
        span=_span(b, name),
    )  # fmt: skip


# ── done, shown, fulfilled ──────────────────────────────────────────────────────────────────────────────────


def done(b: Building, name: str, key: Key) -> Atom:
    """The bearers do what is theirs to do: once it is promised, and all that is one step with it can be."""

    def make(atom: Atom) -> None:
        body = [ready(b, name, key)]
        own = b.ground.life(name, key, bearers_of(b, name)[0]) if bearers_of(b, name) else None
        if own is not None and b.ground.performed(own):
            b.rule(atom, (), _span(b, name))
            return
        if own is not None:
            names, _ = b.ground.outlook(own.reading).together(own.reading, name)
            for other in names:
                if other != name and b.ground.case.commitments[other].kind == "obligation":
                    body += [ready(b, other, each.key) for each in b.ground.lives(other, RECORD)]
        b.rule(atom, body, _span(b, name))

    case, label = b.ground.case, label_of(name, key)
    bearers = roles(b, name, key)[0]
    text = f"{phrases.listed(bearers) if bearers else 'nobody'}: {phrases.title(case, name)}"
    return b.atom(
        ("done", name, key), text, make, sort="move", actors=bearers, about=label, span=_span(b, name)
    )  # fmt: skip


def performed(b: Building, name: str, key: Key, reading: str) -> Atom:
    """It is done as a reading means it: the bearers' own acts are free, others' acts are theirs to decide."""

    def make(atom: Atom) -> None:
        life = b.ground.life(name, key, reading)
        if life is None:
            return
        clauses = b.ground.clauses(life)
        if b.ground.performed(life):
            b.rule(atom, (), _span(b, name))
        elif clauses.seeks is None:
            body = [done(b, name, key)]
            if clauses.done_when is not None:
                body.append(_performance(b, clauses.done_when, life, clauses))
                b.performances.append((atom, clauses.done_when))
            b.rule(atom, body, clauses.done_when.span if clauses.done_when is not None else _span(b, name))

    label = label_of(name, key)
    return b.atom(
        ("performed", name, key, reading), f"{label} is done as {reading} means it", make,
        about=label, span=_span(b, name),
    )  # fmt: skip


def performed_by_the_way(b: Building) -> None:
    """Performance that is nothing but acts which somebody asks for anyway: these make it, promised or not.

    An act that nobody else asks for is its bearer's performance alone, and waits for what that waits for.
    """
    for atom, wanted in b.performances:
        acts = []
        for part in parts_of(wanted):
            if isinstance(part, Did) and isinstance(part.object, Ref):
                via = "" if part.channel is None else part.channel.name
                acts.append(b.known("act", part.actor.name, part.verb, printer.thing(part.object), via))
            else:
                acts.append(None)
        if acts and None not in acts:
            b.rule(atom, [each for each in acts if each is not None], wanted.span)


def _performance(b: Building, wanted: Condition, life: Life, clauses: Clauses) -> Atom:
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
            b.rule(atom, [_performance(b, part, life, clauses) for part in parts], wanted.span)
        case AnyOf(parts=parts):
            for part in parts:
                b.rule(atom, [_performance(b, part, life, clauses)], wanted.span)
        case PublicAct() | Amount() | Happening():
            b.rule(atom, (), wanted.span)
        case CameAbout(ref=ref) if ref.name in b.ground.case.matters:
            definition = b.ground.text(life.reading).definition(ref.name)
            if definition is None:
                b.rule(atom, (), wanted.span)
            else:
                b.rule(atom, [_performance(b, definition, life, clauses)], wanted.span)
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
    return version is not None and words in {printer.condition(part) for part in _all_parts(version)}


def _all_parts(condition: Condition) -> list[Condition]:
    if isinstance(condition, AllOf | AnyOf):
        return [inner for part in condition.parts for inner in _all_parts(part)]
    return [condition]


def fulfilled(b: Building, name: str, key: Key, reading: str) -> Atom:
    """Shown by a means that a reading admits; or done, where it asks no proof or is the bearer's own."""

    def make(atom: Atom) -> None:
        life = b.ground.life(name, key, reading)
        if life is None:
            return
        if b.ground.fulfilled(life):
            b.rule(atom, (), _span(b, name))
            return
        admitted = b.ground.clauses(life).verified_by
        if admitted:
            b.rule(atom, [shown(b, name, key, reading)], _span(b, name))
        if not admitted or reading in b.ground.roles(life).bearers:
            b.rule(atom, [performed(b, name, key, reading)], _span(b, name))

    label = label_of(name, key)
    return b.atom(
        ("fulfilled", name, key, reading), f"{label} in {reading}", make, about=label, span=_span(b, name), shown=True
    )


def shown(b: Building, name: str, key: Key, reading: str, *, any_means: bool = False) -> Atom:
    """Shown by one of the means that a reading admits; seen, by any that the case names for it."""

    def make(atom: Atom) -> None:
        life = b.ground.life(name, key, reading)
        if life is None:
            return
        if b.ground.rung(life, "observed" if any_means else "verified"):
            b.rule(atom, (), _span(b, name))
            return
        admitted = {ref.name: ref for ref in b.ground.clauses(life).verified_by}
        for means in means_named(b, name):
            if any_means or means in admitted:
                span = admitted[means].span if means in admitted else _span(b, name)
                b.rule(atom, [shown_by(b, name, key, reading, means)], span)
            else:
                accepted = accepts_proof(b, reading, name, means)
                b.rule(atom, [shown_by(b, name, key, reading, means), accepted], _span(b, name))

    label = label_of(name, key)
    what = "seen" if any_means else "verified"
    return b.atom(
        ("shown", name, key, reading, any_means), f"{label} is {what} in {reading}", make,
        about=label, span=_span(b, name), shown=True,
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
        ("proof", reading, name, means), text, sort="decision", actors=(reading,), about=name, span=_span(b, name)
    )


def shown_by(b: Building, name: str, key: Key, reading: str, means: str) -> Atom:
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
        about=label_of(name, key), span=_span(b, name),
    )  # fmt: skip


def confirmed(b: Building, name: str, key: Key) -> Atom:
    """A counterparty says that it is done: its decision, once it is."""

    def make(atom: Atom) -> None:
        for party in roles(b, name, key)[1]:
            said = condition_rules.act(b, party, "confirms", Ref(name, _span(b, name), key))
            b.rule(atom, [done(b, name, key), said], _span(b, name))

    return b.atom(("confirmed", name, key), f"{label_of(name, key)} is confirmed", make)


def in_force(b: Building, name: str, key: Key, reading: str) -> Atom:
    """It binds in a reading: all have given their word, or all are bound and what the reading waits for is so."""

    def make(atom: Atom) -> None:
        life = b.ground.life(name, key, reading)
        if life is None:
            return
        debtors = roles(b, name, key)[2]
        clauses, asking = b.ground.clauses(life), b.ground.asking(life)
        start = [condition_rules.condition(b, clauses.start, asking)] if clauses.start is not None else []
        b.rule(atom, [*(promised_by(b, each, name, key) for each in debtors), *start], _span(b, name))

    label = label_of(name, key)
    return b.atom(("in force", name, key, reading), f"{label} is in force in {reading}", make, about=label,
                  span=_span(b, name))  # fmt: skip


# ── instruments ─────────────────────────────────────────────────────────────────────────────────────────────


def signed(b: Building, name: str) -> Atom:
    """An instrument carries: every signer accepts it, and what its members wait for apart from it is so."""

    def make(atom: Atom) -> None:
        source = b.ground.case.sources[name]
        signers = tuple(dict.fromkeys(b.ground.case.party_of(ref.name) for ref in source.signed_by))
        if b.ground.carries(name):
            b.rule(atom, (), source.span)
        elif signers:
            body = [accepts(b, each, name) for each in signers if not b.ground.signed_by(each, name)]
            for member, life in members(b, name):
                for debtor in roles(b, member, life.key)[2]:
                    own = b.ground.life(member, life.key, debtor)
                    if own is not None and b.ground.accepted_apart(debtor, own, name):
                        body.append(promised_by(b, debtor, member, life.key, name))
            b.rule(atom, body, source.span)

    source = b.ground.case.sources[name]
    signers = tuple(dict.fromkeys(b.ground.case.party_of(ref.name) for ref in source.signed_by))
    return b.atom(
        ("signed", name), f"{name} is signed", make, sort="move", actors=signers, about=name, span=source.span,
        shown=True,
    )  # fmt: skip


def members(b: Building, instrument: str) -> list[tuple[str, Life]]:
    """The commitments that rest on an instrument."""
    return [
        (name, life)
        for name in b.ground.case.commitments
        for life in b.ground.lives(name, RECORD)
        if any(citation.source.name == instrument for citation in b.ground.clauses(life).under)
    ]


def accepts(b: Building, party: str, name: str) -> Atom:
    """A signer accepts a text: it stands by it already, or it would have to decide so."""
    case = b.ground.case
    source = case.sources[name]

    def make(atom: Atom) -> None:
        if b.ground.stands_by(party, name):
            b.rule(atom, (), source.span)

    return b.atom(
        ("accepts", party, name), f"{party} accepts {phrases.titled(case, name)}", make,
        sort="decision", actors=(party,), about=name, span=source.span,
    )  # fmt: skip
