"""What brought an instance into being, and who was put in whose place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.model.commitments import EachBreach, EachEvent, EachMember, EachPeriod, unnumbered
from servanda.model.time import Duration
from servanda.text import printer

from . import conditions, course, states, why_done, why_powers, why_ready, why_so
from .asking import Asking
from .life import Life
from .stretches import Instant, at
from .telling import Reason, Telling, day, term_held

if TYPE_CHECKING:
    from .outlook import Outlook


def arisen(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """What brought an instance into being: an event, a breach, a period, membership; and who was put in whose place."""
    found = _moved(t, outlook, life, now)
    each = outlook.text(life.reading).clauses(life.name, None).for_each
    if each is None:
        return found
    found += why_done.versions(t, outlook, life, now, ["for each"])
    match each:
        case EachMember(term=term):
            found += t.acts(term_held(outlook, life.reading, [term.name], now))
        case EachEvent(event=event):
            first = each.called_by
            for other in _counted(outlook, life):
                for occurrence in outlook.occurrences(event.event.name):
                    told = dict(occurrence.arguments)
                    if (
                        (occurrence.early, occurrence.late) == other.arose
                        and all(str(other.binding.get(name, value)) == value for name, value in occurrence.arguments)
                        and (told.get(first) is None or unnumbered(other.key or "") == told[first])
                    ):
                        found += why_so.occurrence(t, outlook, [occurrence], Asking(life.reading))
                        break
        case EachBreach(commitment=ref):
            for other in _counted(outlook, life):
                begin = now if other.arose is None else other.arose[1]
                for breached in states.lives_named(outlook, life.reading, ref.name, ref.instance):
                    if any(step[0] == begin for step in course.course(outlook, breached).breaches):
                        found += why_ready.breached(t, outlook, breached, now, when=begin)
                        break
        case EachPeriod(of=of):
            begin = now if life.arose is None else life.arose[1]
            if at(conditions.so(outlook, of, Asking(life.reading)), begin) is not None:
                found.append(why_so.condition(t, outlook, of, Asking(life.reading), begin))
    return found


def not_arisen(t: Telling, outlook: Outlook, reading: str, name: str, now: Instant) -> list[Reason]:
    """Why there is no instance of a family, or no more: what would bring the next one into being."""
    match outlook.text(reading).clauses(name, None).for_each:
        case EachPeriod(of=of, count=count, unit=unit):
            asking = Asking(reading)
            so = at(conditions.so(outlook, of, asking), now)
            if so is None:
                return [why_so.condition(t, outlook, of, asking, now)]
            number = sum(so[0] <= life.arose[0] <= now for life in outlook.lives(reading, name) if life.arose)
            next_ = outlook.clock.after(so[0], Duration(count, unit), number)
            return [t.nothing(f"the next period begins on {day(outlook, next_)}", of.span)]
        case EachEvent(event=event):
            return [why_so.condition(t, outlook, event, Asking(reading), now)]
        case EachBreach(commitment=ref):
            return [t.nothing(f"{printer.ref(ref)} has not been breached", ref.span)]
        case EachMember(term=term):
            return t.acts(term_held(outlook, reading, [term.name], now))
    return []


def _counted(outlook: Outlook, life: Life) -> list[Life]:
    """An instance, and those before it that its number counts: `[3]` is the third, `[Argo (2)]` the second Argo."""
    key = life.key or ""
    name = unnumbered(key)
    every = outlook.lives(life.reading, life.name)
    if key == str(life.number):
        return [each for each in every if each.number <= life.number]
    if name != key:
        return [each for each in every if each.number <= life.number and unnumbered(each.key or "") == name]
    return [life]


def _moved(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """The acts by which a debt or claim passed to another, and was taken on."""
    if not outlook.has_act(life.name, "transfer"):
        return []
    found = why_powers.acted_on(t, outlook, life.reading, life.name, life.key, "transfer", now)
    for entry in outlook.acts(life.name).by_verb.get("transfers", ()):
        for heir in entry.act.recipients:
            party = outlook.case.party_of(heir.name)
            verbs = ("recognises", "promises", "begins", "claims", "consents")
            taken = [each for each in outlook.acts(life.name).all
                     if each.verb in verbs and party in each.parties and each.about(life.name, life.key)]  # fmt: skip
            if found and taken and taken[0].said <= now:
                found += t.acts(taken[:1])
    return found
