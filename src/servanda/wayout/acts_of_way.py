"""A way out → acts: what its concessions and moves would be in the record, so that they can be supposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from servanda.model.commitments import Clauses, Version, Within
from servanda.model.conditions import (
    AllOf,
    Amount,
    CameAbout,
    Condition,
    Did,
    Happening,
    InState,
    OnDate,
    Ref,
)
from servanda.model.record import Act
from servanda.model.span import NOWHERE
from servanda.model.time import Dating, days_later
from servanda.standing.life import Life

from . import done_rules, instrument_rules, promise_rules
from .building import Waiting
from .concessions_from_case import Grant
from .ground import Ground
from .moves import Move
from .rules_from_case import Plan

#: How long a promise runs for which a date is asked, but none in particular.
_MONTH = 30


def acts_of_way(plan: Plan, ordered: Iterable[Move]) -> tuple[Act, ...]:
    """The acts of a way, in their order. Performance is told by its bearer and confirmed by those it is owed to."""
    found: list[Act] = []
    ordered = list(ordered)
    first = _after(plan.ground, 1)
    at_once = [each.concession for each in ordered if each.concession is not None and Dating.on(each.day) == first]
    found += _of_grants(plan, [plan.grants[each] for each in at_once], first)
    for each in ordered:
        if each.concession in at_once:
            continue
        if each.concession is not None:
            found += _of_grant(plan, plan.grants[each.concession], Dating.on(each.day))
        elif each.atom is not None:
            found += _of_move(plan, each.atom, Dating.on(each.day))
    return tuple(found)


def _after(ground: Ground, days: int) -> Dating:
    return Dating.on(days_later(ground.date.latest.day, days))


def _act(day: Dating, actor: str, verb: str, thing: Ref | Amount | Happening, **more: object) -> Act:
    return Act(day, (Ref(actor, NOWHERE),), verb, (thing,), NOWHERE, **more)  # type: ignore[arg-type]


def _ref(name: str, key: str | None = None) -> Ref:
    return Ref(name, NOWHERE, key)


# ── concessions ─────────────────────────────────────────────────────────────────────────────────────────────


def acts_of_grants(plan: Plan, grants: Iterable[Grant]) -> tuple[Act, ...]:
    """The acts that concessions stand for, on the day after the date; what is given up of one condition together."""
    return tuple(_of_grants(plan, list(grants), _after(plan.ground, 1)))


def _of_grants(plan: Plan, grants: list[Grant], day: Dating) -> Iterator[Act]:
    changed: dict[tuple[str, str, str | None, int | None], dict[int, Condition | None]] = {}
    by: dict[tuple[str, str, str | None, int | None], int] = {}
    for grant in grants:
        dropped = grant.dropped
        if dropped is not None:
            place = (dropped.owner, dropped.name, dropped.key, dropped.slot)
            changed.setdefault(place, {})[dropped.place] = _instead(plan, grant, dropped)
        elif grant.version is not None:
            party, name, key, performance = grant.version
            version = Version(("done when",), Clauses(done_when=performance))
            yield _act(day, party, "holds", _ref(name, key), version=version)
        elif grant.kind == "number":
            [(owner, name, key, date)] = grant.promises
            [order] = grant.key
            place = (owner, name, key, order)  # type: ignore[assignment]
            changed.setdefault(place, {})
            assert date is not None
            by[place] = date
        else:
            yield from _of_grant(plan, grant, day)
    for place, parts in changed.items():
        yield from _given_up(plan, place, parts, by.get(place), day)


def _instead(plan: Plan, grant: Grant, dropped: Waiting) -> Condition | None:
    """What stands in the place of a condition: nothing, or the same with another date."""
    if grant.kind != "number" or not isinstance(dropped.condition, InState):
        return None
    [date] = grant.key
    assert isinstance(date, int)
    return msgspec.structs.replace(dropped.condition, with_a_date=False, by=_day_of(plan.ground, date))


def _day_of(ground: Ground, last: int) -> Dating:
    """The day that ends at an instant."""
    return Dating.on(ground.clock.day(last - 1))


def _of_grant(plan: Plan, grant: Grant, day: Dating) -> Iterator[Act]:
    ground = plan.ground
    for owner, name, key, date in grant.promises:
        yield _promise(plan, owner, name, key, date, day)
    match grant.kind:
        case "act":
            yield _said(plan, grant.key, day)
        case "proof":
            _, reading, name, means = (str(each) for each in grant.key)
            for life in ground.lives(name, reading)[:1]:
                admitted = (*ground.clauses(life).verified_by, _ref(means))
                version = Version(("verified by",), Clauses(verified_by=admitted))
                yield _act(day, reading, "holds", _ref(name), version=version)
        case "text":
            _, party, source = (str(each) for each in grant.key)
            yield _act(day, party, "recognises", _ref(source))
            for member in instrument_rules.members(ground, source):
                own = ground.life(member.name, member.key, party)
                if own is not None and ground.denied(party, own):
                    yield _act(day, party, "recognises", _ref(member.name, member.key))


def _said(plan: Plan, key: tuple[object, ...], day: Dating) -> Act:
    """The act that an atom stands for, as a condition or a means names it."""
    _, actor, verb, _, via = key
    atom = next(each for each in plan.atoms if each.key == key)
    assert atom.thing is not None
    return _act(day, str(actor), str(verb), atom.thing, channels=(_ref(str(via)),) if via else ())


def _promise(plan: Plan, owner: str, name: str, key: str | None, date: int | None, day: Dating) -> Act:
    by: Condition | None = None
    if date is not None:
        by = OnDate(_day_of(plan.ground, date), NOWHERE)
    elif any(each.key[:3] == ("dated", name, key) for each in plan.atoms):
        by = OnDate(_after(plan.ground, _MONTH), NOWHERE)
    return _act(day, owner, "promises", _ref(name, key), by=by)


def _given_up(
    plan: Plan,
    place: tuple[str, str, str | None, int | None],
    changed: dict[int, Condition | None],
    date: int | None,
    day: Dating,
) -> Iterator[Act]:
    """One condition less, or another in its place: of a version, by a version; of an offer, by a new one."""
    ground = plan.ground
    owner, name, key, slot = place
    own = ground.life(name, key, owner)
    if own is None:
        return
    if slot is None:
        when, by, within, verb = ground.clauses(own).when, None, None, "holds"
    else:
        [entry] = [each.entry for each in ground.undertakings(owner, own) if each.entry.order == slot]
        when, by, within, verb = entry.act.when, entry.act.by, entry.act.within, entry.verb
    rest = tuple(changed.get(at, part) for at, part in enumerate(promise_rules.parts_of(when)) if changed.get(at, part))
    asked = ground.asking(own) if slot is None else ground.asking(own)._replace(bearers=(owner,))
    left = tuple(part for part in rest if part is not None and not ground.so(part, asked))
    condition = None if not left else left[0] if len(left) == 1 else AllOf(left, NOWHERE)
    if date is not None:
        by, within = OnDate(_day_of(ground, date), NOWHERE), None
    yield from _anew(owner, own, verb, condition, by, within, day)


def _anew(
    owner: str, own: Life, verb: str, when: Condition | None, by: Condition | None, within: Within | None, day: Dating
) -> Iterator[Act]:
    ref = _ref(own.name, own.key)
    if when is None:
        yield _act(day, owner, "promises", ref, by=by, within=within)
    elif verb == "holds":
        yield _act(day, owner, "holds", ref, version=Version(("when",), Clauses(when=when)))
    else:
        yield _act(day, owner, verb, ref, when=when, by=by, within=within)


# ── moves ───────────────────────────────────────────────────────────────────────────────────────────────────


def _of_move(plan: Plan, atom: int, day: Dating) -> Iterator[Act]:
    ground = plan.ground
    key = plan.atoms[atom].key
    if key[0] == "again":
        yield _said(plan, key, day)
    elif key[0] == "signed":
        for ref in ground.case.sources[str(key[1])].signed_by:
            if not ground.signed_for_all(ground.case.party_of(ref.name), str(key[1])):
                yield _act(day, ref.name, "signs", _ref(str(key[1])))
    elif key[0] == "shown by":
        _, name, instance, reading, means = key
        carriers = sorted(ground.text(str(reading)).carriers(str(means)))
        life = ground.life(str(name), instance, str(reading))  # type: ignore[arg-type]
        others = ground.roles(life).counterparties if life is not None else ()
        for who in (carriers or list(others))[:1]:
            yield _act(day, who, "observes", _ref(str(name), instance), means=(_ref(str(means)),))  # type: ignore[arg-type]
        is_apart = reading in ground.case.parties and not (life is not None and reading in ground.roles(life).bearers)
        seeing = (str(reading),) if is_apart else ()
        for other in dict.fromkeys((*others, *seeing)):
            yield _act(day, other, "confirms", _ref(str(name), instance))  # type: ignore[arg-type]
    elif key[0] == "told":
        for debtor in plan.atoms[atom].actors:
            name, instance = str(key[1]), None if key[2] is None else str(key[2])
            yield _promise(plan, debtor, name, instance, ground.date_given(debtor, name, instance), day)
    elif key[0] == "begun":
        for bearer in plan.atoms[atom].actors:
            yield _act(day, bearer, "begins", _ref(str(key[1]), key[2]))  # type: ignore[arg-type]
    elif key[0] == "done":
        _, name, instance = key
        yield from _performance(plan, str(name), instance, day)  # type: ignore[arg-type]


def _performance(plan: Plan, name: str, key: str | None, day: Dating) -> Iterator[Act]:
    """The bearers do what performance names and say so; those to whom it is owed, or the other bearers, confirm it."""
    ground = plan.ground
    lives = [life for reading in ground.readings if (life := ground.life(name, key, reading)) is not None]
    roles = ground.roles(lives[-1])
    if not roles.bearers:
        return
    others = roles.counterparties or roles.bearers[1:]
    said: dict[str, Act] = {}
    for life in lives:
        done_when = ground.clauses(life).done_when
        for part in () if done_when is None else done_rules.named_parts(done_when):
            if isinstance(part, Did) and ground.case.party_of(part.actor.name) in roles.bearers:
                channels = () if part.channel is None else (part.channel,)
                act = _act(day, part.actor.name, part.verb, part.object, channels=channels)
                said[repr((part.actor.name, part.verb, part.object, channels))] = act
            thing: Ref | Amount | Happening | None = None
            if isinstance(part, Amount | Happening):
                thing = part
            elif isinstance(part, CameAbout) and part.ref.name in ground.case.matters:
                thing = part.ref
            if thing is not None:
                said[repr(thing)] = _act(day, roles.bearers[0], "claims", thing)
                for other in others:
                    said[other + repr(thing)] = _act(day, other, "confirms", thing)
    yield from said.values()
    yield _act(day, roles.bearers[0], "claims", _ref(name, key))
    for other in others:
        yield _act(day, other, "confirms", _ref(name, key))
