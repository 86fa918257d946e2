"""Why a name has come about in a reading, or is in a state; and what is said of it where it has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.model.commitments import EachPeriod
from servanda.model.conditions import CameAbout, InState, Ref
from servanda.text.words import RUNGS

from . import (
    ladder,
    powers,
    promises,
    states,
    statuses,
    why,
    why_arisen,
    why_done,
    why_forbidden,
    why_owed,
    why_powers,
    why_ready,
    why_so,
)
from .asking import Asking, Evidence
from .life import Life
from .record import Entry
from .stretches import ALWAYS_SO, Instant, at
from .telling import Reason, Telling, held, in_reading
from .texts import Text

if TYPE_CHECKING:
    from .outlook import Outlook

#: Of a family that has not come about, so many instances are named.
_MOST_INSTANCES = 5


def _lives(outlook: Outlook, ref: Ref, asking: Asking, now: Instant) -> list[Life]:
    """The instances that a name stands for at an instant."""
    name, key = asking.named(ref.name), asking.key(ref.key)
    found = states.lives_named(outlook, asking.reading, name, key)
    return [life for life in found if life.exists is ALWAYS_SO or at(life.exists, now) is not None]


# ── it has come about ───────────────────────────────────────────────────────────────────────────────────────


def came_about(t: Telling, outlook: Outlook, ref: Ref, asking: Asking, now: Instant) -> list[Reason]:
    """Why a bare name has come about."""
    case, name = outlook.case, asking.named(ref.name)
    if name in case.commitments:
        lives = _lives(outlook, ref, asking, now)
        family = case.commitments[name].clauses.for_each
        more = why_arisen.not_arisen(t, outlook, asking.reading, name, now) if isinstance(family, EachPeriod) else []
        alone = len(lives) == 1
        return [*(each for life in lives for each in _commitment(t, outlook, life, asking, now, alone=alone)), *more]
    if name in case.matters:
        return matter(t, outlook, name, asking, now)
    if name in case.events:
        return why_so.occurrence(t, outlook, outlook.occurrences(name), asking)
    if name in case.sources:
        return why_owed.carrying(t, outlook, name, now)
    return []


def _commitment(t: Telling, outlook: Outlook, life: Life, asking: Asking, now: Instant, *, alone: bool) -> list[Reason]:
    waived = _waived(t, outlook, life, asking, now)
    if waived:
        return waived
    if life.kind == "obligation":
        if at(ladder.done(outlook, life).fulfilled, now) is None:  # asked on what is asserted
            found = why_done.asserted(t, outlook, life, now)
        else:
            found = why_done.fulfilled(t, outlook, life, now)
    elif life.kind == "prohibition":
        found = why_ready.in_force(t, outlook, life, now)
    else:
        found = why_forbidden.used(t, outlook, life, now, first=True)
    found = [*why_arisen.arisen(t, outlook, life, now), *found]
    if alone:
        return found
    return [Reason(f"{life.label}: it is so", True, outlook.case.commitments[life.name].span, None, None, tuple(found))]


def _waived(t: Telling, outlook: Outlook, life: Life, asking: Asking, now: Instant) -> list[Reason]:
    """In the waiver's own commitments a waived one counts as come about."""
    if not asking.bearers or not outlook.has_powers(life):
        return []
    own = {party: steps for party, steps in powers.waivers(outlook, life).items() if party in asking.bearers}
    since = [step[3] for steps in own.values() if (step := at(steps, now)) is not None]
    done = at(ladder.done(outlook, life).fulfilled, now)
    if not since or (done is not None and done[3] <= min(since)):
        return []
    return why_powers.acted(t, outlook, life, "waive", now, parties=frozenset(own))[:1]


def matter(t: Telling, outlook: Outlook, name: str, asking: Asking, now: Instant) -> list[Reason]:
    """Why a matter is so: by its definition in this reading, or by what is said of it."""
    definition = Text(outlook, asking.reading, now).definition(name)
    if definition is None:
        return why_so.said_of(t, outlook, name, None, asking, now)
    versions = held(outlook, asking.reading, name, None, "definition", now)
    return [why_so.condition(t, outlook, definition, asking, now, lead="defined as ", held_by=versions)]


# ── it has not ──────────────────────────────────────────────────────────────────────────────────────────────


def lacking(
    t: Telling, outlook: Outlook, asked: CameAbout | InState, ref: Ref, asking: Asking, now: Instant
) -> list[Reason]:
    """What is said of a name that has not come about, or is not in a state."""
    case, name = outlook.case, asking.named(ref.name)
    if name in case.commitments:
        lives = _lives(outlook, ref, asking, now)
        if not lives:
            below = tuple(why_arisen.not_arisen(t, outlook, asking.reading, name, now))
            return [Reason(f"there is no {name} yet", False, case.commitments[name].span, None, None, below)]
        alone = len(lives) == 1
        return [
            each
            for life in lives[:_MOST_INSTANCES]
            for each in _where_it_stands(t, outlook, asked, life, now, alone=alone)
        ]
    if name in case.matters and isinstance(asked, CameAbout):
        definition = Text(outlook, asking.reading, now).definition(name)
        if definition is not None:
            versions = held(outlook, asking.reading, name, None, "definition", now)
            return [why_so.condition(t, outlook, definition, asking, now, lead="defined as ", held_by=versions)]
        return why_so.said_in_vain(t, outlook, name, None, asking, now)
    if name in case.sources:
        return _unsigned(t, outlook, name, now)
    return []


def standing_of(outlook: Outlook, ref: Ref, asking: Asking, now: Instant) -> str | None:
    """Where the one commitment that a name stands for stands, in a few words."""
    if asking.named(ref.name) not in outlook.case.commitments:
        return None
    lives = _lives(outlook, ref, asking, now)
    return f"it is {_status(outlook, lives[0], now)}" if len(lives) == 1 else None


def _status(outlook: Outlook, life: Life, now: Instant) -> str:
    return f"{statuses.word(at(statuses.statuses(outlook, life), now))} {in_reading(life.reading)}"


def _where_it_stands(
    t: Telling, outlook: Outlook, asked: CameAbout | InState, life: Life, now: Instant, *, alone: bool
) -> list[Reason]:
    """Where another commitment stands, in one line, with what is asserted of it and does not count."""
    words = f"{life.label} is {_status(outlook, life, now)}"
    span = outlook.case.commitments[life.name].span
    below: list[Reason] = []
    wanted = asked.state if isinstance(asked, InState) else None
    if wanted in (None, "fulfilled", "observed", "verified", "claimed") and life.kind == "obligation":
        below = why_done.unproved(t, outlook, life, now)
    elif wanted == "promised":
        below = _unpromised(t, outlook, life, asked, now)
    return below if alone else [Reason(words, False, span, None, None, tuple(below))]


def _unpromised(t: Telling, outlook: Outlook, life: Life, asked: object, now: Instant) -> list[Reason]:
    """Promises and offers that stand without being in effect, or without the date that is asked."""
    found = []
    for debtor in outlook.chapter(life, now).roles.debtors:
        for verb in ("promises", "offers"):
            for each in promises.made(outlook, debtor, life, verb):
                if at(each.stands, now) is not None:
                    found.append(undertaking(t, outlook, each, debtor, life, now))
    return found


def undertaking(
    t: Telling, outlook: Outlook, each: promises.Undertaking, giver: str, life: Life, now: Instant
) -> Reason:
    """A promise or offer, and whether its condition is met in its giver's reading."""
    when = each.entry.act.when
    if when is None:
        return t.act(each.entry)
    asking = Asking(outlook.reading_of(giver), life.binding, (giver,))
    return t.act(each.entry, lambda: [why_so.condition(t, outlook, when, asking, now, lead="when ")])


def _unsigned(t: Telling, outlook: Outlook, name: str, now: Instant) -> list[Reason]:
    source = outlook.case.sources[name]
    if not source.signed_by:
        return [] if outlook.dated(name) else [t.nothing(f"{name} is not in view", source.span)]
    signed = {
        party for entry in outlook.acts(name).by_verb.get("signs", ()) if entry.said <= now for party in entry.parties
    }
    wanted = dict.fromkeys(outlook.case.party_of(ref.name) for ref in source.signed_by)
    return [t.nothing(f"{party} has not signed {name}", source.span) for party in wanted if party not in signed]


# ── NAME is STATE ───────────────────────────────────────────────────────────────────────────────────────────


def in_state(t: Telling, outlook: Outlook, asked: InState, asking: Asking, now: Instant) -> list[Reason]:
    """Why a name is in a state, or has been."""
    case, name, state = outlook.case, asking.named(asked.ref.name), asked.state
    if name in case.commitments:
        lives = _lives(outlook, asked.ref, asking, now)
        if state == "breached":
            lives = [life for life in lives if at(states.life_state(outlook, asked, life, asking), now) is not None][:1]
        found = []
        for life in lives:
            found += why_arisen.arisen(t, outlook, life, now)
            found += _state(t, outlook, asked, life, asking, now)
        return found
    if name in case.sources:
        return _source_state(t, outlook, state, name, asking, now)
    if name in case.means:
        return _means_state(t, outlook, state, name, now)
    return _world_state(t, outlook, state, name, asking, now)


def _state(t: Telling, outlook: Outlook, asked: InState, life: Life, asking: Asking, now: Instant) -> list[Reason]:
    state = asked.state
    if state in RUNGS or state == "fulfilled":
        waived = _waived(t, outlook, life, asking, now)
        if waived:
            return waived
    if state in RUNGS:
        found = why_done.rung(t, outlook, life, state, now)
        if asked.with_a_date or asked.by is not None:
            found += why_ready.named_date(t, outlook, asked, life, now)
        return found
    if state == "fulfilled":
        return why_done.fulfilled(t, outlook, life, now)
    if state == "agreed":
        return why_owed.agreed(t, outlook, life, now)
    if state == "refused":
        return _first_act(t, outlook, life.name, ("refuses",), life.key)
    if state == "breached":
        return why_ready.breached(t, outlook, life, now)
    if state == "used":
        return why_forbidden.used(t, outlook, life, now, first=True)
    begin = why_so.first(states.life_state(outlook, asked, life, asking), now)
    if begin is None:
        return []
    if state == "in force":
        return why_ready.in_force(t, outlook, life, begin)
    return [why.of(t, outlook, life, now if state == "not owed" else begin)]


def _first_act(t: Telling, outlook: Outlook, name: str, verbs: tuple[str, ...], key: str | None = None) -> list[Reason]:
    entries = [each for verb in verbs for each in outlook.acts(name).by_verb.get(verb, ()) if each.about(name, key)]
    return t.acts(sorted(entries, key=lambda each: each.place)[:1])


def _source_state(t: Telling, outlook: Outlook, state: str, name: str, asking: Asking, now: Instant) -> list[Reason]:
    match state:
        case "signed":
            return why_owed.carrying(t, outlook, name, now)
        case "in force":
            begin = why_so.first(states.source_in_force(outlook, asking.reading, name), now)
            return [] if begin is None else why_owed.carrying(t, outlook, name, begin)
        case "proposed":
            return _first_act(t, outlook, name, ("proposes",))
        case "refused":
            return _first_act(t, outlook, name, ("refuses",))
        case "agreed":
            begin = why_so.first(states.source_state(outlook, "agreed", name, asking), now)
            people = outlook.case.parties_to(name)
            return [] if begin is None else [why_owed.stance(t, outlook, each, name, begin) for each in people]
        case "suspended" | "ended":
            mandate = "suspend" if state == "suspended" else "terminate"
            return why_powers.acted_on(t, outlook, asking.reading, name, None, mandate, now)
    return []


def _means_state(t: Telling, outlook: Outlook, state: str, name: str, now: Instant) -> list[Reason]:
    match state:
        case "agreed":
            givers = Text(outlook, "record", now).consents_needed(name)
            versions = held(outlook, "record", name, None, "consent of", now)
            found = [each for giver in givers for each in why_so.consent(t, outlook, giver, name, None, now)]
            return [*found, *t.acts(versions)]
        case "refused":
            return _first_act(t, outlook, name, ("refuses",))
        case "proposed":
            return _first_act(t, outlook, name, ("proposes",))
        case "offered":
            return _first_act(t, outlook, name, ("consents",))
    attempts = outlook.acts(name).by_verb.get("attempts", ())
    if state == "denied":
        return t.acts([each for each in attempts if each.act.result == "denied"][:1])
    used = [each for each in attempts if each.act.result in ("done", None)]
    for verb in ("claims", "observes", "confirms"):
        used += [
            each for each in outlook.acts(name).by_verb.get(verb, ()) if any(ref.name == name for ref in each.act.means)
        ]
    return t.acts(sorted(used, key=lambda each: each.place)[:1])


def _world_state(t: Telling, outlook: Outlook, state: str, name: str, asking: Asking, now: Instant) -> list[Reason]:
    told = outlook.assertions(name)
    if state in ("confirmed", "claimed"):
        entries: list[Entry] = [each.entry for each in told if state == "claimed" or each.entry.verb == "confirms"]
        return t.acts(sorted(entries, key=lambda each: each.place)[:1])
    means = frozenset(outlook.case.means) if state == "verified" else None
    own = asking._replace(evidence=Evidence(means=means, sight=state == "observed"))
    if name in outlook.case.events:
        return why_so.occurrence(t, outlook, outlook.occurrences(name), own)
    return why_so.said_of(t, outlook, name, None, own, now)
