"""What happened that was forbidden, and what it was to have been used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.model.conditions import AllOf, AnyOf, Condition, Did, Happening, Unless

from . import breaches, conditions, powers, why_ready, why_so
from .asking import Asking
from .life import Life
from .record import Entry
from .stretches import Instant, at
from .telling import Reason, Telling, fresh, term_held
from .texts import Text

if TYPE_CHECKING:
    from .outlook import Outlook


def forbidden(t: Telling, outlook: Outlook, asked: Condition, asking: Asking, instant: Instant) -> list[Reason]:
    """What happened at an instant of what a condition forbids."""
    text = Text(outlook, asking.reading, instant)
    match asked:
        case Happening():
            terms = t.acts(term_held(outlook, asking.reading, conditions.terms_in(outlook, asked), instant))
            for occurrence, _, late in conditions.matching(outlook, asked, text, asking):
                if late == instant:
                    return [*why_so.occurrence(t, outlook, [occurrence], asking), *terms]
        case AnyOf(parts=parts):
            for part in parts:
                if any(step[0] == instant for step in breaches.forbidden(outlook, part, asking)):
                    return forbidden(t, outlook, part, asking, instant)
        case AllOf(parts=parts):
            return [
                each
                for part in parts
                for each in (
                    forbidden(t, outlook, part, asking, instant)
                    if any(step[0] == instant for step in breaches.forbidden(outlook, part, asking))
                    else [why_so.condition(t, outlook, part, asking, instant)]
                )
            ]
        case Unless(condition=inner):
            return forbidden(t, outlook, inner, asking, instant)
        case Did():
            name = asking.named(asked.actor.name)
            for entry in conditions.acts_like(outlook, asked, asking):
                if (
                    entry.said == instant
                    and any(entry.by(actor) for actor in text.expanded(name))
                    and conditions.is_object(outlook, entry, asked, text, asking)
                ):
                    terms = t.acts(term_held(outlook, asking.reading, [name], instant))
                    return [t.act(entry), *terms]
    return [why_so.condition(t, outlook, asked, asking, instant)]


# ── rights and powers ───────────────────────────────────────────────────────────────────────────────────────


def used(t: Telling, outlook: Outlook, life: Life, now: Instant, *, first: bool = False) -> list[Reason]:
    """By which act a right or power was used, and why it was open then."""
    found = [(when, order) for when, order in powers.uses_of(outlook, life) if when <= now]
    if not found:
        return []
    when, order = found[0 if first else -1]
    entry = next(each for each in outlook.record.entries if each.order == order)
    mandate = powers.MANDATES.get(entry.verb, "use")
    then = outlook.at_the_time_of(entry, mandate)
    own = then.same_in(life, life.reading)
    if own is None:
        return t.acts([entry])
    return [t.act(entry), *fresh(why_ready.in_force(t, then, own, when) if _open(then, own, when) else [])]


def _open(outlook: Outlook, life: Life, when: Instant) -> bool:
    from . import course

    return at(course.course(outlook, life).ready, when) is not None


def denied(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """Who denied a right or power: by refusing it, or at an attempt on it."""
    acts = outlook.acts(life.name).by_verb
    found: list[Entry] = [
        entry for entry in acts.get("refuses", ()) if entry.said <= now and entry.about(life.name, life.key)
    ]
    found += [each for each in acts.get("attempts", ()) if each.act.result == "denied" and each.said <= now]
    return t.acts(sorted(found, key=lambda each: each.place)[-1:])
