"""Why a condition is so in a reading, or what of it is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

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
    Member,
    OnDate,
    PublicAct,
    Ref,
    Shifted,
    Unless,
)
from servanda.text import printer

from . import conditions, why_named
from .asking import ASSERTED, CREDITED, SAID, Asking
from .assertions import Assertion, Occurrence
from .figures import needed
from .record import Entry, name_of
from .stretches import Instant, Steps, at
from .telling import AS_ABOVE, Reason, Telling, day, held, term_held
from .texts import Text
from .why_credited import amount, asserted, uncredited

if TYPE_CHECKING:
    from .outlook import Outlook

_COMPOUND = AllOf | AnyOf | AtLeast | Unless | Shifted | Lasting


def holds(outlook: Outlook, condition: Condition, asking: Asking, now: Instant) -> bool | None:
    """Whether a condition is so at an instant; None where it would be, if what is asserted and unknown were so."""
    if at(conditions.so(outlook, condition, asking), now) is not None:
        return True
    if not isinstance(condition, Unless):
        asserted_ = asking._replace(evidence=ASSERTED)
        if asking.evidence != ASSERTED and at(conditions.so(outlook, condition, asserted_), now) is not None:
            return None
    return False


def condition(
    t: Telling, outlook: Outlook, asked: Condition, asking: Asking, now: Instant, *, lead: str = "",
    held_by: Iterable[Entry] = (),
) -> Reason:  # fmt: skip
    """A condition, whether it is so, and why: the acts that make it so, or the atoms that are missing.

    `lead` are words put before it, `held_by` the acts by which the reading has this version of the clause.
    """
    words = printer.condition(asked)
    so = holds(outlook, asked, asking, now)
    known = so
    if so and asking.evidence.unknown:  # said is not so
        known = holds(outlook, asked, asking._replace(evidence=CREDITED), now)
    told = {True: "it is so", False: "it is not so", None: "asserted, but not known"}[known]
    if so and known is False:
        told = "asserted, and disputed"
    if not so and isinstance(asked, CameAbout | InState):
        where = why_named.standing_of(outlook, asked.ref, asking, now)
        told = told if where is None else f"not so; {where}" if isinstance(asked, InState) else where
    if so is False and not _said_at_all(outlook, asked, asking, now):
        told = "nobody has said so"
    before = ""
    if isinstance(asked, Amount) and (whole := needed(asked, asking)) != asked.number:
        before = f" ({whole} with those before)"
    text = f"{lead}{words}{before}: {told}"
    key = (
        "so",
        id(outlook),
        words,
        asking.reading,
        str(asking.binding),
        asking.bearers,
        asking.evidence,
        asking.about,
        now,
    )

    def tell() -> Reason:
        below = grounds(t, outlook, asked, asking, now) if so else lacking(t, outlook, asked, asking, now)
        return Reason(text, known, asked.span, None, None, tuple(below))

    found = t.once(key, text, asked.span, tell)
    if found.text != text and found.text.endswith(AS_ABOVE):  # named before by another clause
        found = msgspec.structs.replace(found, text=f"{text}{AS_ABOVE}")
    versions = t.acts(held_by)
    return Reason(found.text, found.holds, found.span, None, None, (*found.because, *versions)) if versions else found


def _said_at_all(outlook: Outlook, asked: Condition, asking: Asking, now: Instant) -> bool:
    """Whether anybody has said of a matter, amount or event that it is so, as far as there is something to be said."""
    said, text = asking._replace(evidence=SAID), _text(outlook, asking, now)
    match asked:
        case Amount():
            return any(late <= now for _, _, late in conditions.counted_amounts(outlook, asked, text, said))
        case Happening():
            return any(late <= now for _, _, late in conditions.matching(outlook, asked, text, said))
        case CameAbout(ref=ref) if ref.name in outlook.case.matters and text.definition(ref.name) is None:
            return any(each.entry.said <= now for each in outlook.assertions(ref.name))
    return True


def grounds(t: Telling, outlook: Outlook, asked: Condition, asking: Asking, now: Instant) -> list[Reason]:
    """What makes a condition so at an instant at which it is so."""
    return _GROUNDS[type(asked)](t, outlook, asked, asking, now)


def lacking(t: Telling, outlook: Outlook, asked: Condition, asking: Asking, now: Instant) -> list[Reason]:
    """What is missing of a condition that is not so."""
    match asked:
        case AllOf(parts=parts):
            return [condition(t, outlook, part, asking, now) for part in parts]
        case AnyOf(parts=parts) | AtLeast(parts=parts):
            return [condition(t, outlook, part, asking, now) for part in parts]
        case Unless(condition=inner, exception=exception):
            if at(conditions.so(outlook, inner, asking), now) is None:
                return [condition(t, outlook, inner, asking, now)]
            return [condition(t, outlook, exception, asking, now, lead="unless ")]
        case Lasting(condition=inner):
            return [condition(t, outlook, inner, asking, now)]
        case Shifted(condition=inner):
            date = at(conditions.dates(outlook, asked, asking), now)
            if date is not None:
                return [t.nothing(f"that is {day(outlook, date[3])}", asked.span)]
            return [condition(t, outlook, inner, asking._replace(end=False), now)]
        case CameAbout(ref=ref) | InState(ref=ref):
            return why_named.lacking(t, outlook, asked, ref, asking, now)
        case Member(term=term):
            return t.acts(term_held(outlook, asking.reading, [asking.named(term.name)], now))
        case Amount():
            text = _text(outlook, asking, now)
            said = conditions.counted_amounts(outlook, asked, text, asking._replace(evidence=SAID))
            return uncredited(t, outlook, [each for each, _, late in said if late <= now], asking)
        case Happening():
            said_ = conditions.matching(outlook, asked, _text(outlook, asking, now), asking._replace(evidence=SAID))
            told = [each for occurrence, _, late in said_ if late <= now for each in occurrence.assertions]
            return [*uncredited(t, outlook, told, asking), *_of_others(t, outlook, asked, asking, now)]
    return []


def _of_others(t: Telling, outlook: Outlook, asked: Happening, asking: Asking, now: Instant) -> list[Reason]:
    """The events that fit an instance and do not count for it: they do for an older one, or came before it."""
    about = asking.about
    if about is None or about.arose is None:
        return []
    text, found = _text(outlook, asking, now), []
    given = conditions.given_to(outlook, asked, text, asking)
    for event, early, late in conditions.matching(outlook, asked, text, asking):
        if late > now:
            continue
        owner = next((life for life, when in given.items() if when == (early, late) and life is not about), None)
        if event.late < about.arose[1]:
            words = f"it was before {about.label}"
        elif owner is not None:
            words = f"it counts for {owner.label}, which was open before"
        else:
            continue
        for each in occurrence(t, outlook, [event], asking):
            found.append(Reason(f"{each.text}; {words}", False, each.span, each.source, each.quote, each.because))
    return found


def _text(outlook: Outlook, asking: Asking, now: Instant) -> Text:
    return Text(outlook, asking.reading, now)


# ── compounds ───────────────────────────────────────────────────────────────────────────────────────────────


def _onset(outlook: Outlook, part: Condition, asking: Asking, now: Instant) -> Instant | None:
    found = at(conditions.so(outlook, part, asking), now)
    return None if found is None else found[3]


def _so_far(outlook: Outlook, parts: Iterable[Condition], asking: Asking, now: Instant) -> list[Condition]:
    """The parts that are so, the earliest first."""
    found = [(onset, place, part) for place, part in enumerate(parts)
             if (onset := _onset(outlook, part, asking, now)) is not None]  # fmt: skip
    return [part for _, _, part in sorted(found, key=lambda each: each[:2])]


def _all_of(t: Telling, outlook: Outlook, asked: AllOf, asking: Asking, now: Instant) -> list[Reason]:
    return [condition(t, outlook, part, asking, now) for part in asked.parts]


def _any_of(t: Telling, outlook: Outlook, asked: AnyOf, asking: Asking, now: Instant) -> list[Reason]:
    def one(part: Condition) -> list[Reason]:
        return [condition(t, outlook, part, asking, now)]

    return t.first_sound(partial(one, part) for part in _so_far(outlook, asked.parts, asking, now))


def _at_least(t: Telling, outlook: Outlook, asked: AtLeast, asking: Asking, now: Instant) -> list[Reason]:
    met = _so_far(outlook, asked.parts, asking, now)[: int(asked.count)]
    return [condition(t, outlook, part, asking, now) for part in met]


def _unless(t: Telling, outlook: Outlook, asked: Unless, asking: Asking, now: Instant) -> list[Reason]:
    exception = condition(t, outlook, asked.exception, asking, now, lead="unless ")
    return [condition(t, outlook, asked.condition, asking, now), exception]


def _lasting(t: Telling, outlook: Outlook, asked: Lasting, asking: Asking, now: Instant) -> list[Reason]:
    since = _onset(outlook, asked.condition, asking, now)
    lead = "" if since is None else f"since {day(outlook, since)}, "
    return [condition(t, outlook, asked.condition, asking, now, lead=lead)]


def dated(t: Telling, outlook: Outlook, asked: Condition, asking: Asking, now: Instant) -> list[Reason]:
    """What a date that is counted from something hangs on."""
    match asked:
        case OnDate():
            return []
        case Shifted(condition=inner):
            return dated(t, outlook, inner, asking._replace(end=False), now)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return [each for part in parts for each in dated(t, outlook, part, asking, now)]
    if at(conditions.so(outlook, asked, asking), now) is not None:
        return [condition(t, outlook, asked, asking, now)]
    if isinstance(asked, CameAbout) and asked.ref.name in outlook.case.matters:
        definition = _text(outlook, asking, now).definition(asked.ref.name)
        if definition is not None and at(conditions.dates(outlook, definition, asking), now) is not None:
            return [
                *dated(t, outlook, definition, asking, now),
                *t.acts(held(outlook, asking.reading, asked.ref.name, None, "definition", now)),
            ]
    return []


def _has_come(t: Telling, outlook: Outlook, asked: Condition, asking: Asking, now: Instant) -> list[Reason]:
    return dated(t, outlook, asked, asking, now)


# ── acts ────────────────────────────────────────────────────────────────────────────────────────────────────


def _member(t: Telling, outlook: Outlook, asked: Member, asking: Asking, now: Instant) -> list[Reason]:
    term = asking.named(asked.term.name)
    acts = t.acts(term_held(outlook, asking.reading, [term], now))
    return acts or [t.nothing(f"{term}, as all have it", outlook.case.terms[term].span, holds=True)]


def _did(t: Telling, outlook: Outlook, asked: Did, asking: Asking, now: Instant) -> list[Reason]:
    name = asking.named(asked.actor.name)
    terms = conditions.terms_in(outlook, name, asked.object)
    text = _text(outlook, asking, now)
    found = t.acts(term_held(outlook, asking.reading, terms, now))
    for actor in text.expanded(name):
        found += _one_did(t, outlook, asked, actor, text, asking, now)
    return found


def _one_did(
    t: Telling, outlook: Outlook, asked: Did, actor: str, text: Text, asking: Asking, now: Instant
) -> list[Reason]:
    wanted = asked.object
    if asked.verb == "consents" and isinstance(wanted, Ref):
        channel = None if asked.channel is None else asked.channel.name
        return consent(t, outlook, actor, asking.named(wanted.name), asking.key(wanted.key), now, channel)
    done = [entry for entry in conditions.acts_like(outlook, asked, asking) if entry.by(actor) and entry.said <= now]
    if isinstance(wanted, Amount):
        said = [
            (Assertion(entry, thing, name_of(thing), actor, actor, frozenset()), entry.early, entry.said)
            for entry in done
            for thing in entry.act.objects
        ]
        return amount(t, outlook, wanted, wanted.number, said, text, asking._replace(evidence=SAID), now)
    done = [entry for entry in done if conditions.is_object(outlook, entry, asked, text, asking)]
    return t.acts(done[:1])


def consent(
    t: Telling, outlook: Outlook, giver: str, name: str, key: str | None, now: Instant, channel: str | None = None
) -> list[Reason]:
    """The act by which somebody has consented, and what its condition hangs on."""
    own = [
        entry for entry in outlook.acts(name).all if entry.by(giver) and entry.about(name, key) and entry.said <= now
    ]
    last = max((entry.place for entry in own if entry.verb == "refuses"), default=None)
    for entry in own:
        if entry.verb != "consents" or (last is not None and entry.place < last):
            continue
        if channel is not None and not any(ref.name == channel for ref in entry.act.channels):
            continue
        when = entry.act.when
        if when is None:
            return [t.act(entry)]
        asking = Asking(outlook.reading_of(giver), bearers=(giver,))
        steps = conditions.so(outlook, when, asking)
        if steps and steps[0][0] <= now:
            first = max(steps[0][0], outlook.clock.pair(None, "act")[0])
            return [t.act(entry, partial(_when, t, outlook, when, asking, first))]
    return []


def _when(t: Telling, outlook: Outlook, when: Condition, asking: Asking, now: Instant) -> list[Reason]:
    return [condition(t, outlook, when, asking, now, lead="when ")]


def _public_act(t: Telling, outlook: Outlook, asked: PublicAct, asking: Asking, now: Instant) -> list[Reason]:
    life = asking.about
    if life is None:
        return []
    claims = [
        entry
        for entry in outlook.acts(life.name).by_verb.get("claims", ())
        if entry.about(life.name, life.key) and any(bearer in entry.parties for bearer in asking.bearers)
    ]
    return t.acts(sorted(claims, key=lambda each: each.performed)[:1])


# ── what is so in the world ─────────────────────────────────────────────────────────────────────────────────


def _amount(t: Telling, outlook: Outlook, asked: Amount, asking: Asking, now: Instant) -> list[Reason]:
    text = _text(outlook, asking, now)
    said = conditions.counted_amounts(outlook, asked, text, asking)
    terms = conditions.terms_in(outlook, asked, *([] if asked.of is None else [asking.named(asked.of.name)]))
    found = amount(t, outlook, asked, needed(asked, asking), said, text, asking, now)
    return [*found, *t.acts(term_held(outlook, asking.reading, terms, now))]


def _happening(t: Telling, outlook: Outlook, asked: Happening, asking: Asking, now: Instant) -> list[Reason]:
    text, about = _text(outlook, asking, now), asking.about
    terms = conditions.terms_in(outlook, asked)
    found = t.acts(term_held(outlook, asking.reading, terms, now))
    matching = conditions.matching(outlook, asked, text, asking)
    if about is not None and about.arose is not None:
        own = at(conditions.so(outlook, asked, asking), now)
        matching = [each for each in matching if own is not None and each[2] == own[3]]
    first = min(matching, key=lambda each: each[2], default=None)
    return found if first is None else [*found, *occurrence(t, outlook, [first[0]], asking)]


def occurrence(t: Telling, outlook: Outlook, events: Iterable[Occurrence], asking: Asking) -> list[Reason]:
    """The assertion that lets the first of some events count; where that only confirms another, that one, too."""
    found = [(when[1], each) for each in events if (when := conditions.occurred(outlook, each, asking)) is not None]
    if not found:
        return []
    event = min(found, key=lambda each: each[0])[1]
    counting = [each for each in event.assertions if conditions.counted(outlook, each, asking) is not None]
    first = min(counting, key=lambda each: (each.entry.performed, each.entry.order))
    reason, told = asserted(t, outlook, first, asking), event.assertions[0]
    if first.entry.performed == told.entry.performed:
        return [reason]
    return [msgspec.structs.replace(reason, because=(*reason.because, *t.acts([told.entry])))]


def said_of(t: Telling, outlook: Outlook, name: str, key: str | None, asking: Asking, now: Instant) -> list[Reason]:
    """The assertion by which a commitment is done, or a matter so, as early as it counts."""
    best: tuple[Instant, Assertion] | None = None
    for each in outlook.assertions(name):
        if isinstance(each.thing, Ref) and (key is None or each.thing.key is None or str(each.thing.key) == key):
            when = conditions.counted(outlook, each, asking)
            if when is not None and when[1] <= now and (best is None or when[1] < best[0]):
                best = when[1], each
    return [] if best is None else [asserted(t, outlook, best[1], asking)]


def said_in_vain(
    t: Telling, outlook: Outlook, name: str, key: str | None, asking: Asking, now: Instant
) -> list[Reason]:
    """What is said of a commitment or matter without counting."""
    said = [
        each
        for each in outlook.assertions(name)
        if isinstance(each.thing, Ref)
        and each.entry.said <= now
        and (key is None or each.thing.key is None or str(each.thing.key) == key)
        and conditions.counted(outlook, each, asking) is None
    ]
    return uncredited(t, outlook, said, asking)


def first(steps: Steps, now: Instant) -> Instant | None:
    """The first instant up to now at which something was so."""
    return steps[0][0] if steps and steps[0][0] <= now else None


def _came_about(t: Telling, outlook: Outlook, asked: CameAbout, asking: Asking, now: Instant) -> list[Reason]:
    return why_named.came_about(t, outlook, asked.ref, asking, now)


def _in_state(t: Telling, outlook: Outlook, asked: InState, asking: Asking, now: Instant) -> list[Reason]:
    return why_named.in_state(t, outlook, asked, asking, now)


_GROUNDS: dict[type, Callable[[Telling, Outlook, Any, Asking, Instant], list[Reason]]] = {
    AllOf: _all_of,
    AnyOf: _any_of,
    AtLeast: _at_least,
    Unless: _unless,
    Lasting: _lasting,
    OnDate: _has_come,
    Shifted: _has_come,
    Member: _member,
    CameAbout: _came_about,
    InState: _in_state,
    Did: _did,
    PublicAct: _public_act,
    Amount: _amount,
    Happening: _happening,
}
