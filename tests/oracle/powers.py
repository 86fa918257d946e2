"""Acts that change what others owe, and whether they take effect in a reading: §7 of the meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.model.conditions import Ref

from . import force, owed
from .clock import at
from .view import RECORD, Deed

if TYPE_CHECKING:
    from .history import History
    from .instances import Instance

#: What each verb of a power does, as its mandate says it.
MANDATES = {
    "suspends": "suspend",
    "resumes": "resume",
    "terminates": "terminate",
    "waives": "waive",
    "transfers": "transfer",
}


def deeds_now(history: History, reading: str, mandate: str) -> list[tuple[Deed, list[Ref]]]:
    """The acts of this instant that do what a mandate says, with what they do it to.

    To use a power is to do what it may in R's text (README, gap 41); to consent to somebody's earlier act is to accept
    it (gap 19).
    """
    found = []
    for deed in history.deeds:
        if deed.said.latest != history.now:
            continue
        if MANDATES.get(deed.verb) == mandate:
            found.append((deed, deed.names))
        for ref in deed.names:
            if deed.verb == "uses" and ref.name in history.case.commitments:
                key = None if ref.key is None else str(ref.key)
                may = history.text(reading).clauses(ref.name, key).may
                if may is not None and may.verb == mandate and mandate != "transfer":
                    found.append((deed, list(may.refs)))
    return found


def accepted_now(history: History, reading: str, mandate: str) -> list[tuple[Deed, Ref]]:
    """Earlier acts of others that R's party accepts at this instant, by consenting to the same thing."""
    found = []
    for consent in history.deeds:
        if consent.verb != "consents" or consent.said.latest != history.now or reading not in consent.parties:
            continue
        for deed in history.deeds:
            if MANDATES.get(deed.verb) == mandate and consent.follows(deed) and reading not in deed.parties:
                found += [(deed, ref) for ref in deed.names if consent.about(ref.name, None)]
    return found


def takes_effect(history: History, reading: str, deed: Deed, ref: Ref, mandate: str) -> bool:
    """§7: in R if R's party did or accepted it, or if in R the actor has an open power over it (is owed it, for a
    waiver; the other end consents, for a transfer). §1: judged by the view at its use."""
    decision = (reading, deed.order, ref.name, ref.key)
    if history.at > deed.said.latest:
        earlier = history.earlier_decisions(deed)
        _note_use(history, deed, reading, earlier.get(decision))
        if decision in earlier:
            history.decisions[decision] = earlier[decision]
        return decision in earlier
    power = _open_power(history, reading, deed, ref, mandate)
    _note_use(history, deed, reading, power)
    done = power is not None or reading in deed.parties or _by_all(history, deed, ref)
    if not done and ref.name in history.case.commitments:
        key = None if ref.key is None else str(ref.key)
        for instance in history.named(reading, ref.name, key):
            if mandate == "waive" and set(deed.parties) & set(owed.creditors(history, reading, instance)):
                done = True
            if mandate == "transfer":
                done = done or _other_end(history, reading, deed, instance)
    if done:
        history.decisions[decision] = power
    return done


def _note_use(history: History, deed: Deed, reading: str, power: Instance | None) -> None:
    """To terminate, suspend and so on under a power is to use it (README, gap 2)."""
    if power is not None:
        uses = history.memory.uses.setdefault((reading, power), [])
        if deed.order not in [order for _, order in uses]:
            uses.append((at(history.now), deed.order))


def _by_all(history: History, deed: Deed, ref: Ref) -> bool:
    """In `record`: what all whom it concerns do together (README, gap 20)."""
    source = history.case.sources.get(ref.name)
    if source is not None:
        people = [history.case.party_of(each.name) for each in (*source.by, *source.to, *source.signed_by)]
    else:
        instances = history.named(RECORD, ref.name, None if ref.key is None else str(ref.key))
        found = [history.roles(RECORD, each) for each in instances]
        people = [name for roles in found for name in (*roles.bearers, *roles.counterparties)]
    return bool(people) and set(people) <= set(deed.parties)


def _other_end(history: History, reading: str, deed: Deed, instance: Instance) -> bool:
    """§7: a transfer needs that the other end consents."""
    from . import states

    roles = history.roles(reading, instance)
    actors = set(deed.parties)
    other = roles.counterparties if actors & set(roles.bearers) else roles.bearers
    involved = actors & {*roles.bearers, *roles.counterparties}
    return bool(involved and other) and all(
        states.consent(history, each, instance.name, instance.key) for each in other
    )


def _open_power(history: History, reading: str, deed: Deed, ref: Ref, mandate: str) -> Instance | None:
    """The actor's power over it that is in force in R and was not used before; the first of several."""
    for name, commitment in history.case.commitments.items():
        if commitment.kind != "power":
            continue
        for power in history.named(reading, name, None):
            may, found = history.clauses(reading, power).may, history.point(reading, power)
            if may is None or may.verb != mandate or found.force is None or found.ready is None:
                continue
            if deed.verb == "uses" and not deed.about(power.name, power.key):
                continue
            over = any(each.name == ref.name and each.key in (None, ref.key) for each in may.refs)
            uses = history.memory.uses.get((reading, power), [])
            free = all(order == deed.order for when, order in uses if when.latest >= found.ready.latest)
            if over and free and set(deed.parties) & set(history.roles(reading, power).bearers):
                return power
    return None


def apply(history: History, mandate: str) -> bool:
    """Let the acts of this instant that waive, suspend, terminate, resume or transfer take effect; whether any did."""
    changed = False
    for reading in history.readings:
        acts = [(deed, ref) for deed, refs in deeds_now(history, reading, mandate) for ref in refs]
        for deed, ref in acts:
            if takes_effect(history, reading, deed, ref, mandate):
                _effect(history, reading, deed, ref, mandate)
                changed = True
        for deed, ref in accepted_now(history, reading, mandate):
            if (reading, deed.order, ref.name, ref.key) not in history.decisions:
                history.decisions[reading, deed.order, ref.name, ref.key] = None
                _effect(history, reading, deed, ref, mandate)
                changed = True
    return changed


def _effect(history: History, reading: str, deed: Deed, ref: Ref, mandate: str) -> None:
    memory, target = history.memory, (reading, ref.name if ref.key is None else f"{ref.name}[{ref.key}]")
    now = at(history.now)
    if mandate == "suspend":
        memory.held.setdefault(target, now)
        if ref.name in history.case.sources:
            memory.ever.setdefault(("source suspended", reading, ref.name), now)
    elif mandate == "resume":
        memory.held.pop(target, None)
    elif mandate == "terminate":
        memory.terminated.setdefault(target, now)
    elif mandate == "waive":
        waiver = memory.waived.setdefault(target, {})
        if deed.verb == "uses" or not set(deed.parties) & _owed_to(history, reading, ref):
            for each in _owed_to(history, reading, ref):
                waiver.setdefault(each, now)
        for party in deed.parties:
            waiver.setdefault(party, now)
    elif mandate == "transfer":
        for party in deed.parties:
            for recipient in deed.act.recipients:
                memory.transfers.setdefault(target, []).append((party, history.case.party_of(recipient.name)))


def _owed_to(history: History, reading: str, ref: Ref) -> set[str]:
    key = None if ref.key is None else str(ref.key)
    return {name for each in history.named(reading, ref.name, key) for name in owed.creditors(history, reading, each)}


def plain_uses(history: History) -> bool:
    """Rights, and powers that are used by name: the use is kept where it takes effect."""
    changed = False
    for deed in history.deeds:
        if deed.verb != "uses" or deed.said.latest != history.now:
            continue
        for reading in history.readings:
            for ref in deed.names:
                for each in history.named(reading, ref.name, None if ref.key is None else str(ref.key)):
                    changed |= _use(history, reading, deed, each)
    return changed


def _use(history: History, reading: str, deed: Deed, instance: Instance) -> bool:
    uses = history.memory.uses.setdefault((reading, instance), [])
    if any(order == deed.order for _, order in uses):
        return False
    decision = (reading, deed.order, instance.name, instance.key)
    found = history.point(reading, instance)
    open_ = (
        found.force is not None
        and found.ready is not None
        and not force.used_since(history, reading, instance, found.ready.latest)
    )
    holder = bool(set(deed.parties) & set(history.roles(reading, instance).bearers))
    own = reading in deed.parties
    earlier = history.at > deed.said.latest and decision in history.earlier_decisions(deed)
    if earlier or (history.at <= deed.said.latest and (own or (open_ and holder))):
        history.decisions[decision] = instance
        uses.append((at(history.now), deed.order))
        return True
    return False
