"""What a name says in a condition: that it has come about, or is in a state (language, Conditions)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from servanda.model.conditions import InState, Ref

from . import owed, promises
from .asking import STATUS_WORDS, Asking, Evidence
from .clock import Onset, at, later
from .view import Deed

if TYPE_CHECKING:
    from .assertions import Occurrence
    from .history import History
    from .instances import Instance

RUNGS = ("offered", "promised", "begun", "claimed", "observed", "verified", "confirmed")


def came_about(history: History, ref: Ref, asking: Asking) -> Onset | None:
    """A bare name has come about: a commitment is fulfilled in this reading, a matter is so, an event has happened, a
    source is in force."""
    name, key = asking.name(ref.name), asking.key(ref.key)
    if name in history.case.commitments:
        return _all(history, [_commitment(history, each, asking) for each in history.named(asking.reading, name, key)])
    if name in history.case.matters:
        return matter(history, name, asking)
    if name in history.case.events:
        return _any(_occurred(history, each, asking) for each in history.occurrences if each.event == name)
    if name in history.case.sources:
        return source_in_force(history, asking.reading, name)
    return None


def _all(history: History, onsets: Iterable[Onset | None]) -> Onset | None:
    """§7: a family's bare name: all instances so far (none: it has not come about; README, gap 17)."""
    found = list(onsets)
    met = [each for each in found if each is not None]
    return later(*met) if met and len(met) == len(found) else None


def _any(onsets: Iterable[Onset | None]) -> Onset | None:
    met = [each for each in onsets if each is not None]
    return min(met, key=lambda each: each.latest, default=None)


def _occurred(history: History, occurrence: Occurrence, asking: Asking) -> Onset | None:
    from .conditions import counted

    return _any([counted(history, each, asking, occurrence.when) for each in occurrence.assertions])


def _commitment(history: History, instance: Instance, asking: Asking) -> Onset | None:
    """§4 fulfilled; §7: a prohibition while in force and unbreached, from its last breach on; a right or power, used.

    In the waiver's own commitments a waived one counts as come about.
    """
    reading, point = asking.reading, history.point(asking.reading, instance)
    waived = [when for party, when in history.waivers(reading, instance) if party in asking.bearers]
    if waived:
        return min(waived, key=lambda when: when.latest)
    kind = history.case.commitments[instance.name].kind
    if kind == "obligation":
        if point.fulfilled is None and asking.evidence.unknown and point.asserted is not None:
            return point.asserted
        return point.fulfilled
    if kind == "prohibition":
        breaches = history.memory.breaches.get((reading, instance), [])
        if point.force is None or history.now in breaches:
            return None
        return Onset(max([point.force.earliest, *breaches]), max([point.force.latest, *breaches]))
    return _any([at_ for at_, _ in history.memory.uses.get((reading, instance), [])])


def matter(history: History, name: str, asking: Asking) -> Onset | None:
    """A matter is so: by its definition in this reading, or as far as what is said of it is credited."""
    from .conditions import asserted_of

    definition = history.text(asking.reading).definition(name)
    if definition is None:
        return asserted_of(history, name, None, asking)
    if not history.enter(name, asking):
        return None
    found = history.onset(definition, asking)
    history.leave(name, asking)
    return found


# ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────


def signed(history: History, name: str) -> Onset | None:
    """§3: an instrument carries once all have signed; who withdraws before that has not signed (README, gap 37)."""
    if name not in history.signatures:
        history.signatures[name] = _signed(history, name)
    return history.signatures[name]


def _signed(history: History, name: str) -> Onset | None:
    signers = {history.case.party_of(ref.name) for ref in history.case.sources[name].signed_by}
    so_far: dict[str, Onset] = {}
    for deed in history.deeds:
        for party in signers.intersection(deed.parties) if deed.about(name, None) else ():
            if deed.verb == "signs":
                so_far.setdefault(party, deed.said)
            elif deed.verb == "withdraws":
                so_far.pop(party, None)
        if signers and len(so_far) == len(signers):
            return later(*so_far.values())
    return None


def carries(history: History, name: str) -> Onset | None:
    """§3: a letter carries from its date, an instrument once all have signed."""
    dated = history.sources.get(name)
    if dated is None or dated.latest > history.now:
        return None
    if not history.case.sources[name].signed_by:
        return dated
    return signed(history, name)


def source_in_force(history: History, reading: str, name: str) -> Onset | None:
    if (reading, name) in history.memory.terminated or (reading, name) in history.memory.held:
        return None
    return carries(history, name)


# ── consents ─────────────────────────────────────────────────────────────────────────────────────────────────────


def consent(history: History, giver: str, name: str, key: str | None, channel: Ref | None = None) -> Onset | None:
    """§2: consented; with `when C`, once C has come about in the giver's reading; until its giver refuses."""
    found: list[Onset] = []
    for deed in history.deeds_by(giver):
        if not any(ref.name == name and (key is None or ref.key is None or str(ref.key) == key) for ref in deed.names):
            continue
        if deed.verb == "refuses":
            found = []
        elif deed.verb == "consents" and (
            channel is None or any(ref.name == channel.name for ref in deed.act.channels)
        ):
            given: Onset | None = deed.said
            if deed.act.when is not None:
                met = _condition_of(history, giver, deed)
                given = None if met is None else later(deed.said, met)
            found += [given] if given is not None else []
    return min(found, key=lambda each: each.latest, default=None)


def _condition_of(history: History, giver: str, deed: Deed) -> Onset | None:
    """§4: circular conditions are not met; a consent may wait for itself, or for one that waits for it."""
    assert deed.act.when is not None
    asking, name = Asking(history.reading_of(giver), bearers=frozenset([giver])), f"consent {deed.order}"
    if not history.enter(name, asking):
        return None
    met = history.onset(deed.act.when, asking)
    history.leave(name, asking)
    return history.once(("consent", deed.order), met)


# ── NAME is STATE ────────────────────────────────────────────────────────────────────────────────────────────────


def is_in_state(history: History, condition: InState, asking: Asking) -> Onset | None:
    """`NAME is STATE`: a rung, a status, or a fact; it means that this has come about."""
    name, key = asking.name(condition.ref.name), asking.key(condition.ref.key)
    if name in history.case.commitments:
        found = [_state(history, condition, each, asking) for each in history.named(asking.reading, name, key)]
        return _any(found) if condition.state == "breached" else _all(history, found)
    if name in history.case.sources:
        return _source_state(history, condition.state, name, asking)
    if name in history.case.means:
        return _means_state(history, condition.state, name)
    return _world_state(history, condition.state, name, asking)


def _state(history: History, condition: InState, instance: Instance, asking: Asking) -> Onset | None:
    reading, state = asking.reading, condition.state
    point, where = history.point(reading, instance), (reading, instance)
    waived = [when for party, when in history.waivers(reading, instance) if party in asking.bearers]
    if waived and (state in RUNGS or state == "fulfilled"):
        return min(waived, key=lambda when: when.latest)
    if state in RUNGS:
        found = point.rungs.get(state)
        if found is not None and (condition.with_a_date or condition.by is not None):
            return found if _dated(history, condition, instance, reading) else None
        return found
    if state == "fulfilled":
        return point.fulfilled
    if state == "breached":
        breaches = history.memory.breaches.get(where, [])
        if not breaches and asking.evidence.unknown and history.late_unknown(reading, instance):
            return at(history.now)
        return at(min(breaches)) if breaches else None
    if state == "used":
        return _any([at_ for at_, _ in history.memory.uses.get(where, [])])
    if state == "agreed":
        return point.agreed
    if state == "refused":
        return history.refused(instance)
    if state == "in force":
        return history.once(("in force", reading, instance), point.force)
    assert state in STATUS_WORDS, state
    return history.has_been(condition, reading, instance, state)


def _dated(history: History, condition: InState, instance: Instance, reading: str) -> bool:
    """`promised with a date`, `promised by D`: a promise names one, or the text has one in the bearer's reading."""
    debtors = owed.debtors(history, reading, instance)
    for debtor in debtors:
        dates = [promises.named_date(history, debtor, instance, condition.state)]
        if condition.state == "promised":
            dates.append(history.point(history.reading_of(debtor), instance).deadline)
        last = None if condition.by is None else history.clock.onset(condition.by, "end").latest
        if not any(date is not None and (last is None or date.latest <= last) for date in dates):
            return False
    return bool(debtors)


def _source_state(history: History, state: str, name: str, asking: Asking) -> Onset | None:
    source, reading = history.case.sources[name], asking.reading
    people = [history.case.party_of(ref.name) for ref in (*source.by, *source.to, *source.signed_by)]
    match state:
        case "signed":
            return signed(history, name)
        case "in force":
            return history.once(("source in force", reading, name), source_in_force(history, reading, name))
        case "proposed":
            return _any([deed.said for deed in history.deeds if deed.verb == "proposes" and deed.about(name, None)])
        case "refused":
            return _any([deed.said for deed in history.deeds if deed.verb == "refuses" and deed.about(name, None)])
        case "agreed":
            found = [owed.stance_since(history, party, name) for party in dict.fromkeys(people)]
            return history.once(("source agreed", name), _all(history, found))
        case "suspended":
            return history.memory.ever.get(("source suspended", reading, name))
        case "ended":
            return history.memory.terminated.get((reading, name))
    return None


def _means_state(history: History, state: str, name: str) -> Onset | None:
    needed = history.text(history.reading_of("")).consent_of(name)
    attempts = [deed for deed in history.deeds if deed.verb == "attempts" and deed.about(name, None)]
    match state:
        case "agreed":
            return _all(history, [consent(history, giver, name, None) for giver in needed])
        case "refused" | "proposed":
            verb = "refuses" if state == "refused" else "proposes"
            return _any([deed.said for deed in history.deeds if deed.verb == verb and deed.about(name, None)])
        case "denied":
            return _any([deed.said for deed in attempts if deed.act.result == "denied"])
        case "used":
            shown = [each.deed.said for each in history.assertions if name in each.means and each.deed in history.deeds]
            return _any([*shown, *(deed.said for deed in attempts if deed.act.result in ("done", None))])
        case "offered":
            return _any([deed.said for deed in history.deeds if deed.verb == "consents" and deed.about(name, None)])
    return None


def _world_state(history: History, state: str, name: str, asking: Asking) -> Onset | None:
    """Of a matter or event: somebody said so, a credited sight, one by some means, somebody confirmed it."""
    from .conditions import asserted_of

    assertions = history.assertions_of.get(name, [])
    if name in history.case.events:
        assertions = [one for each in history.occurrences if each.event == name for one in each.assertions]
    said = [each for each in assertions if each.deed.said.latest <= history.now]
    if state == "confirmed":
        return _any([each.deed.said for each in said if each.deed.verb == "confirms"])
    if state == "claimed":
        return _any([each.deed.said for each in said])
    means = frozenset(history.case.means) if state == "verified" else None
    evidence = Evidence(means=means, sight=state == "observed")
    if name in history.case.events:
        asked = asking.on(evidence)
        return _any(_occurred(history, each, asked) for each in history.occurrences if each.event == name)
    return asserted_of(history, name, None, asking.on(evidence))
