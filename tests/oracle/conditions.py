"""When a condition came about, at the instant that history has reached: language, Conditions; §6 of the meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    Shifted,
    Unless,
)

from . import states
from .asking import ASSERTED, Asking
from .assertions import Assertion, Occurrence, arguments, fits, is_about
from .clock import ALWAYS, Onset, at, later, sooner
from .figures import reached, steps_by_author
from .view import Deed

if TYPE_CHECKING:
    from .history import History


def onset(history: History, condition: Condition, asking: Asking) -> Onset | None:
    """The start of the present unbroken stretch in which a condition is so; None while it is not.

    What is asked about other dates (`whenever`) is not part of history, and not followed.
    """
    found = raw(history, condition, asking)
    if asking.evidence.whenever:
        return found
    return history.stretch(("condition", id(condition), asking), found)


def raw(history: History, condition: Condition, asking: Asking) -> Onset | None:
    match condition:
        case AllOf(parts=parts):
            onsets = [onset(history, part, asking) for part in parts]
            met = [each for each in onsets if each is not None]
            return later(*met) if len(met) == len(parts) else None
        case AnyOf(parts=parts):
            met = [each for part in parts if (each := onset(history, part, asking)) is not None]
            return sooner(*met) if met else None
        case AtLeast(count=count, parts=parts):
            met = [each for part in parts if (each := onset(history, part, asking)) is not None]
            met.sort(key=lambda each: each.latest)
            return later(*met[: int(count)]) if len(met) >= count else None
        case Unless(condition=inner, exception=exception):
            found, key = onset(history, inner, asking), ("unless", id(exception), asking)
            excepted = history.assumed(key, exception, asking)
            if history.was(key, excepted) and not excepted and found is not None:
                return later(found, at(history.now))  # interrupted, it counts anew, if only since the last instant
            return None if excepted else found
        case Lasting(condition=inner):
            return _by_now(history, _lasting(history, inner, condition, asking), asking)
        case OnDate() | Shifted():
            return _by_now(history, instant_of(history, condition, asking), asking)
        case Member(name=name, term=term):
            members = history.text(asking.reading).members(asking.name(term.name))
            return ALWAYS if members is not None and asking.name(name.name) in members else None
        case CameAbout(ref=ref):
            return states.came_about(history, ref, asking)
        case InState():
            return states.is_in_state(history, condition, asking)
        case Did():
            return did(history, condition, asking)
        case Amount():
            return amount(history, condition, asking)
        case Happening():
            return happening(history, condition, asking)
        case PublicAct():
            return public_act(history, asking)


def _by_now(history: History, found: Onset | None, asking: Asking) -> Onset | None:
    if found is not None and found.latest > history.now and not asking.evidence.whenever:
        history.wake(found.latest)
        return None
    return found


# ── dates ────────────────────────────────────────────────────────────────────────────────────────────────────────


def instant_of(history: History, condition: Condition, asking: Asking) -> Onset | None:
    """When a condition came about, or will, where that is certain from dates alone.

    §6: as a start a date means the start of its day, as a deadline its end. No anchor yet: no deadline.
    """
    match condition:
        case OnDate(dating=dating):
            return history.clock.onset(dating, "end" if asking.end else "start")
        case Shifted(duration=duration, direction=direction, condition=inner):
            anchor = instant_of(history, inner, history.starting(asking))
            if anchor is None:
                return None
            sign = 1 if direction == "after" else -1
            calendar = history.calendar(asking.reading)
            return history.clock.moved(anchor, duration, sign, "end" if asking.end else "start", calendar)
        case AnyOf(parts=parts):
            known = [each for part in parts if (each := instant_of(history, part, asking)) is not None]
            return sooner(*known) if known else None
        case AllOf(parts=parts):
            known = [each for part in parts if (each := instant_of(history, part, asking)) is not None]
            return later(*known) if len(known) == len(parts) else None
        case CameAbout(ref=ref) if ref.name in history.case.matters:
            definition = history.text(asking.reading).definition(ref.name)
            if definition is not None and history.enter(ref.name, asking):
                found = instant_of(history, definition, asking)
                history.leave(ref.name, asking)
                return found
    found = onset(history, condition, asking)
    if found is None or not asking.end:
        return found
    return Onset(history.clock.whole(found.earliest), history.clock.whole(found.latest))


def _lasting(history: History, inner: Condition, lasting: Lasting, asking: Asking) -> Onset | None:
    """`C for 7 days`: unbroken; a breach of a prohibition begins its stretch afresh (§7)."""
    start = onset(history, inner, asking)
    if start is None:
        return None
    duration = lasting.duration
    return Onset(history.clock.after(start.earliest, duration), history.clock.after(start.latest, duration))


# ── acts ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def did(history: History, condition: Did, asking: Asking) -> Onset | None:
    """An act has happened. A term that stands for a group: all of them have done it (README, gap 14)."""
    name = asking.name(condition.actor.name)
    group = history.text(asking.reading).listed(name) if name in history.case.terms else [name]
    found = [_one_did(history, condition, actor, asking) for actor in group]
    met = [each for each in found if each is not None]
    return later(*met) if met and len(met) == len(group) else None


def _one_did(history: History, condition: Did, actor: str, asking: Asking) -> Onset | None:
    wanted = condition.object
    if condition.verb == "consents" and not isinstance(wanted, Amount | Happening):
        return states.consent(history, actor, asking.name(wanted.name), asking.key(wanted.key), condition.channel)
    deeds = [deed for deed in history.deeds_by(actor) if deed.verb == condition.verb and _in_channel(deed, condition)]
    if isinstance(wanted, Amount):
        said = [Assertion(deed, thing, actor, actor) for deed in deeds for thing in deed.act.objects]
        text = history.text(asking.reading)
        steps = steps_by_author(wanted, said, text, asking.binding, lambda each: each.deed.said)
        return reached(wanted, wanted.number, steps.get(actor, []), history.now)
    done = [deed.said for deed in deeds if _is_object(history, deed, condition, asking)]
    return min(done, key=lambda each: each.latest, default=None)


def is_such(history: History, deed: Deed, condition: Did, asking: Asking) -> bool:
    """Whether an act is one that a condition names, by anybody in the group where it names one."""
    name = asking.name(condition.actor.name)
    group = history.text(asking.reading).listed(name) if name in history.case.terms else [name]
    by = any(deed in history.deeds_by(actor) for actor in group)
    if not by or deed.verb != condition.verb or not _in_channel(deed, condition):
        return False
    return isinstance(condition.object, Amount) or _is_object(history, deed, condition, asking)


def _in_channel(deed: Deed, condition: Did) -> bool:
    return condition.channel is None or any(ref.name == condition.channel.name for ref in deed.act.channels)


def _is_object(history: History, deed: Deed, condition: Did, asking: Asking) -> bool:
    wanted = condition.object
    if isinstance(wanted, Happening):
        text = history.text(asking.reading)
        return any(
            thing.event.name == wanted.event.name and fits(wanted, dict(arguments(thing)), text, asking.binding)
            for thing in deed.act.objects
            if isinstance(thing, Happening)
        )
    assert not isinstance(wanted, Amount)
    if deed.verb == "closes" and not deed.act.objects:
        return True
    name, key = asking.name(wanted.name), asking.key(wanted.key)
    named = any(ref.name == name and (key is None or ref.key is None or str(ref.key) == key) for ref in deed.names)
    return named or any(
        is_about(wanted, thing, denies=False) for thing in deed.act.objects if isinstance(thing, Happening)
    )


def public_act(history: History, asking: Asking) -> Onset | None:
    """§4, `done when claimed`: the bearer's own claim is the performance, in every reading (when, gap 49)."""
    about = asking.about
    if about is None:
        return None
    bearers = history.roles(asking.reading, about).bearers
    deeds_by = history.all_deeds_by if asking.evidence.whenever else history.deeds_by
    said = [
        deed.said
        for bearer in bearers
        for deed in deeds_by(bearer)
        if deed.verb == "claims" and deed.about(about.name, about.key)
    ]
    return min(said, key=lambda each: each.latest, default=None)


# ── what is so in the world ──────────────────────────────────────────────────────────────────────────────────────


def counted(history: History, asserted: Assertion, asking: Asking, happened: Onset | None = None) -> Onset | None:
    """From when on an assertion counts, on the evidence that is asked; None where it does not.

    `happened` is when the event was that it asserts: for who confirms one, when those say that first told of it."""
    evidence, about = asking.evidence, asking.about
    if evidence.means is not None and not shown_by(history, asking.reading, asserted) & evidence.means:
        return None
    if evidence.sight:
        bearers = history.roles(asking.reading, about).bearers if about else ()
        if asserted.deed.verb != "observes" or asserted.party in bearers:
            return None
    credit = history.credits.credit(asking.reading, asserted, about.template if about else None)
    if credit is None and not evidence.unknown:
        return None
    if credit is False and not evidence.disputed:
        return None
    when = asserted.deed.said if evidence.unknown else happened or asserted.deed.performed
    return when if evidence.whenever or when.latest <= history.now else None


def shown_by(history: History, reading: str, asserted: Assertion) -> frozenset[str]:
    """By which means something was shown: those that its author carries out, in this reading."""
    text = history.text(reading)
    carriers = {means: text.carried_out_by(means) for means in asserted.means}
    return frozenset(means for means, by in carriers.items() if not by or asserted.party in by)


def asserted_of(history: History, name: str, key: str | None, asking: Asking) -> Onset | None:
    """The earliest instant that an assertion which counts gives for a commitment or matter."""
    found = [
        when
        for each in history.assertions_of.get(name, [])
        if _same_instance(each, key) and (when := counted(history, each, asking)) is not None
    ]
    return min(found, key=lambda when: when.latest, default=None)


def _same_instance(asserted: Assertion, key: str | None) -> bool:
    named = getattr(asserted.thing, "key", None)
    return key is None or named is None or str(named) == key


def amount(history: History, wanted: Amount, asking: Asking) -> Onset | None:
    """§4: R's figure is the largest credited one; none credited: unknown, `at most` included."""
    text = history.text(asking.reading)
    steps = steps_by_author(
        wanted, history.assertions, text, asking.binding, lambda each: counted(history, each, asking)
    )
    all_steps = [step for own in steps.values() for step in own]
    return reached(wanted, needed(wanted, asking), all_steps, None)


def needed(wanted: Amount, asking: Asking) -> int:
    """How much is needed: of instances that arose one after the other each needs its own share (§11: joint
    performance counts once per unit and instance)."""
    about, number = asking.about, wanted.number
    own = wanted.of is not None and wanted.of.name in dict(asking.binding)
    if about is None or not about.counted or own or wanted.percent or wanted.bound in ("at most", "more than"):
        return number  # type: ignore[return-value]
    return number * about.number  # type: ignore[return-value]


def happening(history: History, wanted: Happening, asking: Asking) -> Onset | None:
    """The first such event. §7: an event counts for the oldest open match."""
    found = [
        (each, when) for each in history.occurrences if (when := occurred(history, each, wanted, asking)) is not None
    ]
    about = asking.about
    if about is None or not about.counted:
        return min((when for _, when in found), key=lambda when: when.latest, default=None)
    for occurrence, when in found:
        if taken_by(history, occurrence, when, wanted, asking) == about:
            return when
    return None


def occurred(history: History, occurrence: Occurrence, wanted: Happening, asking: Asking) -> Onset | None:
    """When an event that the condition names happened, as far as the reading credits it."""
    if occurrence.event != wanted.event.name:
        return None
    if not fits(wanted, dict(occurrence.arguments), history.text(asking.reading), asking.binding):
        return None
    found = [
        when for each in occurrence.assertions if (when := counted(history, each, asking, occurrence.when)) is not None
    ]
    return min(found, key=lambda when: when.latest, default=None)


def taken_by(history: History, occurrence: Occurrence, when: Onset, wanted: Happening, asking: Asking) -> object:
    """The oldest instance that this event can be for, events before it having been given to others."""
    assert asking.about is not None
    text, open_ = history.text(asking.reading), list(history.siblings(asking.reading, asking.about))
    for each in history.occurrences:
        if each.event != wanted.event.name or (each is not occurrence and each.when.latest > occurrence.when.latest):
            continue
        for instance in open_:
            arose = instance.arose
            if arose is None or arose.latest > each.when.latest:
                continue
            if not fits(wanted, dict(each.arguments), text, instance.binding):
                continue
            if not any(counted(history, one, asking, each.when) for one in each.assertions):
                continue
            if each is occurrence:
                return instance
            open_.remove(instance)
            break
    return None


def asserted_but_unknown(history: History, condition: Condition, asking: Asking) -> bool:
    """§6: `unless d` waits while d is asserted but unknown."""
    return raw(history, condition, asking.on(ASSERTED)) is not None
