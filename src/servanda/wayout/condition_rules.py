"""Conditions → rules: when a condition that is not so would come about, form by form (semantics §10)."""

from __future__ import annotations

import msgspec

from servanda.model.conditions import (
    AllOf,
    Amount,
    AnyOf,
    AtLeast,
    CameAbout,
    Condition,
    Did,
    Happening,
    InState,
    Lasting,
    OnDate,
    Ref,
    Shifted,
    Unless,
)
from servanda.standing import RECORD
from servanda.standing.asking import Asking
from servanda.standing.assertions import counts, names
from servanda.standing.assertions import parts as parts_named
from servanda.standing.life import Life
from servanda.standing.record import name_of
from servanda.standing.wording import label_of
from servanda.text import printer

from . import amount_rules, commitment_rules, done_rules, instrument_rules, phrases, promise_rules
from .building import Building, Guard
from .system import Atom

#: The states of a commitment that follow from what somebody does, each with its step; all others stay as they are.
_STEPS = {
    "offered": "promised",
    "agreed": "agreed",
    "promised": "promised",
    "begun": "begun",
    "claimed": "done",
    "observed": "observed",
    "verified": "verified",
    "confirmed": "confirmed",
    "fulfilled": "fulfilled",
    "in force": "in force",
    "used": "used",
}


def condition(b: Building, wanted: Condition, asking: Asking) -> Atom:
    """The atom of a condition, as it is asked."""
    words = printer.condition(wanted)
    key = ("so", asking.reading, asking.bearers, tuple(sorted(asking.binding.items())), words)
    known = b.known(*key)
    if known is not None:
        return known
    date = b.ground.clock.pair(wanted.dating, "end")[1] if isinstance(wanted, OnDate) else None
    duration = wanted.duration if isinstance(wanted, Shifted | Lasting) else None
    text = words if asking.reading == RECORD else f"{words} ({asking.reading})"
    atom = b.atom(key, text, span=wanted.span, date=date, duration=duration)
    if b.ground.so(wanted, asking) and not _has_exception(wanted):
        b.rule(atom, (), wanted.span)
    else:
        _rules(b, atom, wanted, asking)
    return atom


def _rules(b: Building, atom: Atom, wanted: Condition, asking: Asking) -> None:
    match wanted:
        case AllOf(parts=parts):
            b.rule(atom, [condition(b, part, asking) for part in parts], wanted.span)
        case AnyOf(parts=parts):
            for part in parts:
                b.rule(atom, [condition(b, part, asking)], wanted.span)
        case AtLeast(count=count, parts=parts):
            at_least(b, atom, int(count), [condition(b, part, asking) for part in parts])
        case Unless(condition=inner, exception=exception):
            if not b.ground.asserted(exception, asking):
                b.rule(atom, [condition(b, inner, asking), guard(b, exception, asking)], wanted.span)
        case Shifted(direction="after", condition=inner) | Lasting(condition=inner):
            b.rule(atom, [condition(b, inner, asking)], wanted.span)
        case OnDate():
            b.rule(atom, (), wanted.span)
        case CameAbout(ref=ref):
            b.rule(atom, [came_about(b, ref, asking)], wanted.span)
        case InState():
            for found in in_state(b, wanted, asking):
                b.rule(atom, found, wanted.span)
        case Did():
            b.rule(atom, did(b, wanted, asking), wanted.span)
        case Amount() | Happening():
            b.rule(atom, [in_the_world(b, wanted, asking)], wanted.span)


def _has_exception(wanted: Condition) -> bool:
    if isinstance(wanted, AllOf | AnyOf):
        return any(_has_exception(part) for part in wanted.parts)
    return isinstance(wanted, Unless)


def guard(b: Building, exception: Condition, asking: Asking) -> Atom:
    """That an exception is not so at the date: a way counts on that, unless it brings the exception about itself."""

    def make(atom: Atom) -> None:
        b.rule(atom, (), exception.span)
        b.guards.append(Guard(atom, exception, asking))

    words = printer.condition(exception)
    key = ("unless", asking.reading, asking.bearers, tuple(sorted(asking.binding.items())), words)
    return b.atom(key, f"it is not so that {words}", make, sort="beyond", span=exception.span)


def at_least(b: Building, atom: Atom, count: int, parts: list[Atom]) -> None:
    """At least so many of these: each row says how many of the first ones there are."""
    key = b.atoms[atom].key
    before: list[Atom] = []
    for place, part in enumerate(parts):
        row = []
        for number in range(min(place + 1, count)):
            here = (
                atom
                if (place, number) == (len(parts) - 1, count - 1)
                else b.atom((*key, place, number), f"{number + 1} of {place + 1}")
            )
            row.append(here)
            if number < len(before):
                b.rule(here, [before[number]])
            b.rule(here, [part, before[number - 1]] if number else [part])
        before = row


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────


def came_about(b: Building, ref: Ref, asking: Asking) -> Atom:
    """A bare name: a commitment done and shown, a matter so, an event, a source in force."""
    case, name = b.ground.case, asking.named(ref.name)
    if name in case.commitments:
        return commitment_rules.every(b, name, asking.key(ref.key), asking.reading, "come about")
    if name in case.matters:
        definition = b.ground.text(asking.reading).definition(name)
        if definition is not None:
            return b.atom(
                ("matter", name, asking.reading), name, span=definition.span,
                make=lambda atom: b.rule(atom, [condition(b, definition, asking)], definition.span),
            )  # fmt: skip
        return in_the_world(b, CameAbout(Ref(name, ref.span), ref.span), asking)
    if name in case.sources:
        return instrument_rules.signed(b, name)
    return in_the_world(b, CameAbout(Ref(name, ref.span), ref.span), asking)


def in_the_world(b: Building, wanted: CameAbout | Amount | Happening, asking: Asking) -> Atom:
    """A matter, an amount, an event: brought about by whoever's performance it is; else out of everybody's reach."""
    ground, words = b.ground, printer.condition(wanted)
    thing = wanted.ref if isinstance(wanted, CameAbout) else wanted
    name = name_of(thing)

    def make(atom: Atom) -> None:
        for other in ground.outlook(asking.reading).speaking_of(name):
            if other not in ground.case.commitments or ground.case.commitments[other].kind != "obligation":
                continue
            for bearer in b.bearers_of(other):
                for life in ground.lives(other, bearer):
                    if _brings_about(b, life, bearer, thing):
                        b.rule(atom, [done_rules.done(b, other, life.key)], wanted.span)
        for other in b.sights.get(name, ()):
            for life in ground.lives(other, RECORD):
                b.rule(atom, [done_rules.done(b, other, life.key)], wanted.span)

    return b.atom(
        ("world", words, asking.reading if asking.binding else ""), phrases.awaited(ground.case, wanted), make,
        sort="beyond", span=wanted.span,
    )  # fmt: skip


def _brings_about(b: Building, life: Life, bearer: str, thing: Ref | Amount | Happening) -> bool:
    """Whether a bearer's own version of performance names something; of an amount, at least as much."""
    text, performance = b.ground.text(bearer), b.ground.clauses(life).done_when
    if not names(performance, thing, text, life.binding):
        return False
    if performance is None or not isinstance(thing, Amount) or life.key is not None:
        return True
    return any(
        isinstance(part, Amount) and counts(part, thing, text, life.binding) and amount_rules.covers(part, thing)
        for part in parts_named(performance, text)
    )


def in_state(b: Building, wanted: InState, asking: Asking) -> list[list[Atom]]:
    """`NAME is STATE`: the bodies of its rules. What nobody can bring about has none."""
    case, name, state = b.ground.case, asking.named(wanted.ref.name), wanted.state
    key = asking.key(wanted.ref.key)
    if name in case.commitments:
        return _of_commitment(b, wanted, name, key, asking)
    if name in case.sources:
        if state in ("signed", "in force"):
            return [[instrument_rules.signed(b, name)]]
        if state == "agreed":
            return [[instrument_rules.accepts(b, each, name) for each in case.parties_to(name)]]
    if name in case.means and state == "agreed":
        givers = b.ground.text(RECORD).consents_needed(name)
        return [[consent(b, giver, Ref(name, wanted.ref.span)) for giver in givers]] if givers else []
    return []


def _of_commitment(b: Building, wanted: InState, name: str, key: str | None, asking: Asking) -> list[list[Atom]]:
    state = wanted.state
    if state == "promised" and (wanted.with_a_date or wanted.by is not None):
        by = None if wanted.by is None else b.ground.clock.pair(wanted.by, "end")[1]
        lives = b.ground.lives(name, asking.reading, key)
        body: list[Atom] = []
        for each in lives:
            is_date = b.ground.so(
                msgspec.structs.replace(wanted, ref=Ref(name, wanted.ref.span, each.key)), Asking(RECORD)
            )
            again = commitment_rules.said_again(b, name, each.key, asking.reading, is_date=is_date)
            body += [promise_rules.dated(b, name, each.key, by), *again]
        return [body] if body else []
    step = _STEPS.get(state)
    if step is not None:
        return [[commitment_rules.every(b, name, key, asking.reading, step)]]
    return []


# ── acts ────────────────────────────────────────────────────────────────────────────────────────────────────


def did(b: Building, wanted: Did, asking: Asking) -> list[Atom]:
    """An act has happened: one atom for each of those who have to do it."""
    text = b.ground.text(asking.reading)
    actors = text.expanded(asking.named(wanted.actor.name))
    thing = wanted.object
    if isinstance(thing, Ref):
        thing = Ref(asking.named(thing.name), thing.span, asking.key(thing.key))
    found = []
    for actor in actors:
        if wanted.verb == "consents" and isinstance(thing, Ref):
            decided = consent(b, actor, thing, wanted.channel)
        else:
            decided = act(b, actor, wanted.verb, thing, wanted.channel)
        said = Did(Ref(actor, thing.span), wanted.verb, thing, thing.span, wanted.channel)
        seen = not _is_said(b, said) or b.ground.so(said, Asking(asking.reading))
        found.append(decided if seen else again(b, said, decided))
    return found


def _is_said(b: Building, said: Did) -> bool:
    """Whether an act is in the record, or in the reading of whoever did it."""
    own = Asking(b.ground.reading_of(b.ground.case.party_of(said.actor.name)), bearers=(said.actor.name,))
    return b.ground.so(said, Asking(RECORD)) or b.ground.so(said, own)


def use(b: Building, bearer: str, thing: Ref, reading: str) -> Atom:
    """Somebody uses a right or power; where it has, and that did not count in a reading, once more."""
    decided = act(b, bearer, "uses", thing)
    said = Did(Ref(bearer, thing.span), "uses", thing, thing.span)
    counts = not _is_said(b, said) or b.ground.so(InState(thing, "used", thing.span), Asking(reading))
    return decided if counts else again(b, said, decided)


def again(b: Building, said: Did, known: Atom, times: str = " once more") -> Atom:
    """What is known of somebody, by its word or otherwise, and a reading does not see: it says so where all can."""
    case, actor, thing = b.ground.case, said.actor.name, said.object
    words = phrases.act_said(case, "", phrases.plural(said.verb), thing, said.channel).strip()
    via = "" if said.channel is None else said.channel.name
    return b.atom(
        ("again", actor, said.verb, printer.thing(thing), via), f"{actor}: {words}{times}, where all see it",
        lambda atom: b.rule(atom, [known], said.span), sort="move", actors=(case.party_of(actor),),
        about=label_of(thing.name, thing.key) if isinstance(thing, Ref) else "", span=said.span, thing=thing,
    )  # fmt: skip


def act(b: Building, actor: str, verb: str, thing: Ref | Amount | Happening, channel: Ref | None = None) -> Atom:
    """Somebody's act: its decision, unless it goes without saying with what it does."""
    case = b.ground.case
    said = Did(Ref(actor, thing.span), verb, thing, thing.span, channel)

    def make(atom: Atom) -> None:
        if _is_said(b, said):
            b.rule(atom, (), thing.span)
        elif isinstance(thing, Ref) and thing.name in case.sources and verb == "signs":
            b.rule(atom, [instrument_rules.signed(b, thing.name)], thing.span)
        elif isinstance(thing, Ref) and thing.name in case.sources and verb == "recognises":
            b.rule(atom, [instrument_rules.accepts(b, case.party_of(actor), thing.name)], thing.span)
        elif isinstance(thing, Ref) and thing.name in case.commitments and channel is None:
            for bearer in b.bearers_of(thing.name):
                if bearer == case.party_of(actor) and verb in ("begins", "claims"):
                    how = done_rules.begun if verb == "begins" else done_rules.done
                    b.rule(atom, [how(b, thing.name, thing.instance)], thing.span)

    via = "" if channel is None else channel.name
    return b.atom(
        ("act", actor, verb, printer.thing(thing), via), phrases.act_said(case, actor, verb, thing, channel), make,
        sort="decision", actors=(case.party_of(actor),), span=thing.span, thing=thing,
    )  # fmt: skip


def consent(b: Building, giver: str, thing: Ref, channel: Ref | None = None) -> Atom:
    """Somebody's consent: given, given on a condition, or its decision."""
    case, ground = b.ground.case, b.ground
    said = Did(Ref(giver, thing.span), "consents", thing, thing.span, channel)
    asking = Asking(ground.reading_of(giver), bearers=(giver,))

    def make(atom: Atom) -> None:
        if _is_said(b, said):
            b.rule(atom, (), thing.span)
            return
        own = ground.outlook(giver).acts(thing.name).all
        last_no = max((each.place for each in own if each.verb == "refuses" and each.by(giver)), default=None)
        for entry in own:
            if entry.verb != "consents" or not entry.by(giver) or entry.act.when is None:
                continue
            if last_no is None or entry.place > last_no:
                b.rule(atom, [condition(b, entry.act.when, asking)], entry.act.span)

    via = "" if channel is None else channel.name
    return b.atom(
        ("act", giver, "consents", printer.thing(thing), via),
        phrases.act_said(case, giver, "consents", thing, channel), make,
        sort="decision", actors=(giver,), about=thing.name, span=thing.span, thing=thing,
    )  # fmt: skip
