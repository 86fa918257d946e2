"""Why an act of power took effect in a reading, or did not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import powers, states, why_arisen, why_ready, why_so
from .life import Life
from .powers import Deed, Effect
from .record import Entry
from .stretches import Instant, at
from .telling import Reason, Telling, in_reading, named

if TYPE_CHECKING:
    from .outlook import Outlook

#: Of acts of power without effect, so many are named.
_MOST_IN_VAIN = 3
_DONE = {"suspend": "suspended", "terminate": "ended", "waive": "waived"}


def acted_on(
    t: Telling, outlook: Outlook, reading: str, name: str, key: str | None, mandate: str, now: Instant
) -> list[Reason]:
    """The acts that did what a mandate says to a name and are in effect at an instant."""
    found = _in_effect(outlook, reading, name, key, mandate, now)
    return [effect(t, outlook, reading, name, each, mandate) for each in found]


def _in_effect(outlook: Outlook, reading: str, name: str, key: str | None, mandate: str, now: Instant) -> list[Effect]:
    def of(what: str) -> list[Effect]:
        return [each for each in powers.effects(outlook, reading, name, what)
                if each.instant <= now and (each.key is None or each.key == key)]  # fmt: skip

    found = of(mandate)
    if mandate == "suspend":
        ends = of("resume")
        found = [each for each in found if not any(each.instant <= end.instant for end in ends)]
    return found if mandate == "transfer" else found[:1]


def acted(
    t: Telling, outlook: Outlook, life: Life, mandate: str, now: Instant, parties: frozenset[str] | None = None
) -> list[Reason]:
    """The acts by which a commitment is suspended, ended or waived: upon it, or upon what it rests on."""
    if mandate == "waive":
        return _waivers(t, outlook, life, now, parties)
    found = acted_on(t, outlook, life.reading, life.name, life.key, mandate, now)
    if found:
        return found
    for citation in outlook.chapter(life, now).clauses.under:
        below = acted_on(t, outlook, life.reading, citation.source.name, None, mandate, now)
        if below:
            words = f"{citation.source.name}, on which it rests, is {_DONE[mandate]}"
            found.append(Reason(words, True, citation.span, None, None, tuple(below)))
    return found


def _waivers(t: Telling, outlook: Outlook, life: Life, now: Instant, parties: frozenset[str] | None) -> list[Reason]:
    roles = outlook.chapter(life, now).roles
    found: dict[int, Effect] = {}
    waiting = set(parties if parties is not None else roles.creditors)
    for each in powers.effects(outlook, life.reading, life.name, "waive"):
        if each.instant > now or (each.key is not None and each.key != life.key):
            continue
        who = set(each.entry.parties)
        if each.entry.verb == "uses" or not who & set(roles.creditors):
            who |= set(roles.creditors)
        if who & waiting:
            found.setdefault(each.entry.order, each)
            waiting -= who
    return [effect(t, outlook, life.reading, life.name, each, "waive") for each in found.values()]


def effect(t: Telling, outlook: Outlook, reading: str, name: str, took: Effect, mandate: str) -> Reason:
    """An act of power that took effect, and why it could."""
    entry = took.entry
    deeds = powers.deeds(outlook, reading, name, mandate)
    deed = next(each for each in deeds if each.entry is entry and each.key == took.key)
    words, below = _right(t, outlook, reading, name, deed, mandate, took.instant)
    act = t.act(entry)
    return Reason(f"{act.text}: {words}", True, act.span, act.source, act.quote, tuple(below))


def _right(
    t: Telling, outlook: Outlook, reading: str, name: str, deed: Deed, mandate: str, instant: Instant
) -> tuple[str, list[Reason]]:
    """By what right an act took effect, and what that rests on."""
    entry = deed.entry
    if reading in entry.parties:
        return "its own act", []
    then = outlook.at_the_time_of(entry, mandate)
    power = powers.power_used(then, reading, deed, name, mandate)
    if power is not None:
        span = outlook.case.commitments[power.name].span
        below = why_ready.in_force(t, then, power, entry.said)
        return f"under {power.label}", [Reason(f"{power.label} was open", True, span, None, None, tuple(below))]
    if powers.by_all(then, deed, name):
        return "done by all whom it concerns", []
    if powers.decided(outlook, reading, deed, name, mandate) and name in outlook.case.commitments:
        if mandate == "waive":
            owed_to = powers.named(then, reading, name, deed.key)[:1]
            return "it is owed to it" if owed_to and owed_to[0].is_duty else "it holds it", [
                each for life in owed_to for each in why_arisen.arisen(t, then, life, entry.said)
            ]
        found = []
        for life in powers.named(then, reading, name, deed.key)[:1]:
            roles = then.chapter(life, entry.said).roles
            other = roles.counterparties if set(entry.parties) & set(roles.bearers) else roles.bearers
            for party in other:
                if at(states.consent(then, party, name, life.key), entry.said) is not None:
                    found += why_so.consent(t, then, party, name, life.key, entry.said)
        return "with the other side's consent", found
    for consent in outlook.acts(name).by_verb.get("consents", ()):
        if reading in consent.parties and consent.follows(entry) and consent.about(name, None):
            return f"accepted by {reading}", t.acts([consent])
    return "it took effect", []


def without_effect(t: Telling, outlook: Outlook, life: Life, now: Instant) -> Iterator[Reason]:
    """Acts of power upon a commitment, or what it rests on, that change nothing in this reading."""
    if not outlook.has_powers(life):
        return
    chapter = outlook.chapter(life, now)
    names = [life.name, *dict.fromkeys(cite.source.name for cite in chapter.clauses.under)]
    told: set[int] = set()
    for name in names:
        for mandate in ("suspend", "terminate", "waive", "transfer"):
            took = {each.entry.order for each in powers.effects(outlook, life.reading, name, mandate)}
            for deed in powers.deeds(outlook, life.reading, name, mandate):
                entry = deed.entry
                if entry.said > now or entry.order in told or (deed.key is not None and deed.key != life.key):
                    continue
                if entry.order in took and (mandate != "waive" or name != life.name):
                    continue
                told.add(entry.order)
                act = t.act(entry)
                words = f"without effect {in_reading(life.reading)}: {_lack(outlook, life, entry, mandate, took)}"
                if len(told) > _MOST_IN_VAIN:
                    return
                below = _unopened(t, outlook, life, deed, name, mandate)
                yield Reason(f"{act.text}, {words}", False, act.span, act.source, act.quote, tuple(below))


def _unopened(t: Telling, outlook: Outlook, life: Life, deed: Deed, name: str, mandate: str) -> list[Reason]:
    """Where the actor's power over it stood at its use, in this reading."""
    from . import why

    entry = deed.entry
    then = outlook.at_the_time_of(entry, mandate)
    for power in then.powers_over(name):
        for each in then.lives(life.reading, power):
            chapter = then.chapter(each, entry.said)
            may = chapter.clauses.may
            if may is not None and may.verb == mandate and set(entry.parties) & set(chapter.roles.bearers):
                return [why.of(t, then, each, entry.said)]
    return []


def _lack(outlook: Outlook, life: Life, entry: Entry, mandate: str, took: set[int]) -> str:
    if mandate == "waive":
        roles, who = outlook.chapter(life, entry.said).roles, named(entry.parties)
        if entry.order in took:
            others = [each for each in roles.creditors if each not in entry.parties]
            return f"{named(others)} has not waived it" if others else "it is not recognised"
        return f"it is not owed to {who}" if life.is_duty else f"{who} does not hold it"
    who = named(entry.parties)
    if mandate == "transfer":
        roles = outlook.chapter(life, entry.said).roles
        other = roles.counterparties if set(entry.parties) & set(roles.bearers) else roles.bearers
        if not set(entry.parties) & {*roles.bearers, *roles.counterparties}:
            return f"{who} has no part in it"
        lacking = [each for each in other if at(states.consent(outlook, each, life.name, life.key), entry.said) is None]
        return f"{named(lacking)} had not consented to it by then"
    return f"{who} had no open power to do so"
