"""What a name says in a condition: that it has come about, or is in a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.model.conditions import InState, Ref
from servanda.text.words import RUNGS

from . import conditions, course, ladder, owed, powers, promises, statuses
from .asking import Asking, Evidence
from .assertions import Assertion
from .life import Life
from .stretches import (
    ALWAYS_SO,
    NEVER,
    NEVER_SO,
    Steps,
    all_of,
    any_of,
    both,
    complement,
    earliest,
    either,
    inside,
    onward,
    settled,
    since,
    within,
    without,
)
from .texts import texts
from .view import RECORD

if TYPE_CHECKING:
    from .outlook import Outlook


def came_about(outlook: Outlook, ref: Ref, asking: Asking) -> Steps:
    """A bare name has come about: a commitment fulfilled in this reading, a matter so, an event happened, a source in
    force.
    """
    case, name = outlook.case, asking.named(ref.name)
    if name in case.commitments:
        lives = lives_named(outlook, asking.reading, name, asking.key(ref.key))
        return _every(outlook, [(life, _commitment(outlook, life, asking)) for life in lives])
    if name in case.matters:
        return matter(outlook, name, asking)
    if name in case.events:
        return _occurred(outlook, name, asking)
    if name in case.sources:
        return source_in_force(outlook, asking.reading, name)
    return NEVER_SO


def lives_named(outlook: Outlook, reading: str, name: str, key: str | None) -> list[Life]:
    """The instances that a name stands for; a key picks those that are called so."""
    lives = outlook.lives(reading, name)
    return lives if key is None else [life for life in lives if life.is_called(key)]


def _every(outlook: Outlook, found: list[tuple[Life, Steps]]) -> Steps:
    """Of all instances so far; of none, it has not come about."""
    if len(found) == 1 and found[0][0].exists is ALWAYS_SO:
        return found[0][1]
    if not found:
        return NEVER_SO
    there = any_of(life.exists for life, _ in found)
    each = [either(inside(steps, life.exists), complement(life.exists)) for life, steps in found]
    return both(all_of(each), there)


def _commitment(outlook: Outlook, life: Life, asking: Asking) -> Steps:
    """An obligation fulfilled; a prohibition in force and unbreached, from its last breach on; a right or power used.

    In the waiver's own commitments a waived one counts as come about.
    """
    if life.kind == "obligation":
        done = ladder.done(outlook, life)
        found = done.fulfilled
        if asking.evidence.unknown:
            found = either(found, done.asserted)
    elif life.kind == "prohibition":
        found = _unbreached(outlook, life)
    else:
        found = onward(course.course(outlook, life).uses)
    return _or_waived(outlook, life, asking, found)


def _unbreached(outlook: Outlook, life: Life) -> Steps:
    went = course.course(outlook, life)
    found = without(went.force, went.breaches)
    if not went.breaches:
        return found
    ends = {end: (early, late) for _, end, early, late in went.breaches}
    return tuple((begin, end, ends[begin][1], ends[begin][1]) if begin in ends else (begin, end, early, late)
                 for begin, end, early, late in found)  # fmt: skip


def _or_waived(outlook: Outlook, life: Life, asking: Asking, found: Steps) -> Steps:
    if not asking.bearers:
        return found
    waived = [steps for party, steps in powers.waivers(outlook, life).items() if party in asking.bearers]
    if not waived:
        return found
    first = earliest(*waived)
    return either(within(found, -NEVER, first[0][0]), first)


def matter(outlook: Outlook, name: str, asking: Asking) -> Steps:
    """A matter is so: by its definition in this reading, or as far as what is said of it counts."""
    if asking.binding or asking.about is not None:
        what: tuple[object, ...] = ("matter", asking._replace(binding=tuple(asking.binding.items())))  # type: ignore[arg-type]
    else:
        what = ("matter", asking.reading, asking.bearers, asking.evidence, asking.end)
    return outlook.solved((name, what), _matter, name, asking)[0]


def _matter(outlook: Outlook, name: str, asking: Asking) -> tuple[Steps]:
    parts = []
    for begin, end, text in texts(outlook, asking.reading, [name]):
        definition = text.definition(name)
        if definition is None:
            steps = conditions.asserted_of(outlook, name, None, asking)
        else:
            steps = conditions.so(outlook, definition, asking)
        parts.append(within(steps, begin, end))
    return (settled(any_of(parts)),)


# ── sources ─────────────────────────────────────────────────────────────────────────────────────────────────


def signed(outlook: Outlook, name: str) -> Steps:
    """An instrument is signed once all have signed; who withdraws before that has not."""
    found = outlook.kept(name, "signed")
    if found is None:
        found = outlook.keep(name, "signed", _signed(outlook, name))
    else:
        outlook.note(name)
    return found  # type: ignore[no-any-return]


def _signed(outlook: Outlook, name: str) -> Steps:
    case = outlook.case
    signers = {case.party_of(ref.name) for ref in case.sources[name].signed_by}
    verbs = outlook.acts(name).by_verb
    if not signers or "signs" not in verbs:
        return NEVER_SO
    so_far: dict[str, Steps] = {}
    for entry in outlook.acts(name).all:
        for party in signers.intersection(entry.parties):
            if entry.verb == "signs":
                so_far.setdefault(party, since(entry.said, entry.early))
            elif entry.verb == "withdraws":
                so_far.pop(party, None)
        if len(so_far) == len(signers):
            return all_of(so_far.values())
    return NEVER_SO


def carries(outlook: Outlook, name: str) -> Steps:
    """A letter carries from its date, an instrument once all have signed."""
    dated = outlook.dated(name)
    if not dated or not outlook.case.sources[name].signed_by:
        return dated
    steps = signed(outlook, name)
    return both(steps, within(ALWAYS_SO, dated[0][0], NEVER))


def source_in_force(outlook: Outlook, reading: str, name: str) -> Steps:
    """While a source is in force in a reading: it carries, and was neither suspended nor ended."""
    return settled(without(carries(outlook, name), powers.out_of_force(outlook, reading, name)))


# ── consents ────────────────────────────────────────────────────────────────────────────────────────────────


def consent(outlook: Outlook, giver: str, name: str, key: str | None, channel: str | None = None) -> Steps:
    """While somebody has consented; with `when C`, once C has come about in the giver's reading; until it refuses."""
    return outlook.solved((name, ("consent", giver, key, channel)), _consent, giver, name, key, channel)[0]


def _consent(outlook: Outlook, giver: str, name: str, key: str | None, channel: str | None) -> tuple[Steps]:
    given: list[Steps] = []
    own = [entry for entry in outlook.acts(name).all if entry.by(giver) and entry.about(name, key)]
    refusals = [entry for entry in own if entry.verb == "refuses"]
    for entry in own:
        if entry.verb != "consents" or not (channel is None or any(ref.name == channel for ref in entry.act.channels)):
            continue
        steps = since(entry.said, entry.early)
        if entry.act.when is not None:
            asking = Asking(outlook.reading_of(giver), bearers=(giver,))
            steps = both(steps, onward(conditions.so(outlook, entry.act.when, asking)))
        until = next((each.said for each in refusals if each.place > entry.place), NEVER)
        given.append(within(steps, -NEVER, until))
    return (any_of(given),)


# ── NAME is STATE ───────────────────────────────────────────────────────────────────────────────────────────


def in_state(outlook: Outlook, condition: InState, asking: Asking) -> Steps:
    """`NAME is STATE`: a rung, a status, or a fact; it means that this has come about."""
    case, name, key = outlook.case, asking.named(condition.ref.name), asking.key(condition.ref.key)
    if name in case.commitments:
        lives = lives_named(outlook, asking.reading, name, key)
        found = [(life, life_state(outlook, condition, life, asking)) for life in lives]
        return any_of(steps for _, steps in found) if condition.state == "breached" else _every(outlook, found)
    if name in case.sources:
        return source_state(outlook, condition.state, name, asking)
    if name in case.means:
        return _means_state(outlook, condition.state, name)
    return _world_state(outlook, condition.state, name, asking)


def life_state(outlook: Outlook, condition: InState, life: Life, asking: Asking) -> Steps:
    """Since when one instance is in the state that a condition names."""
    state = condition.state
    if state in RUNGS:
        found = rung(outlook, life, state)
        if found and (condition.with_a_date or condition.by is not None):
            found = settled(both(found, _dated(outlook, condition, life)))
        return _or_waived(outlook, life, asking, found)
    if state == "fulfilled":
        return _or_waived(outlook, life, asking, ladder.done(outlook, life).fulfilled)
    if state == "agreed":
        return owed.owed(outlook, life).agreed
    if state == "refused":
        return refused(outlook, life)
    went = course.course(outlook, life)
    if state == "breached":
        found = onward(went.breaches)
        if asking.evidence.unknown:
            return either(found, onward(went.late_unknown))
        return found
    if state == "used":
        return onward(went.uses)
    if state == "in force":
        return onward(went.force)
    return statuses.has_been(outlook, life, state)


def rung(outlook: Outlook, life: Life, name: str) -> Steps:
    """Since when a rung has been reached; a higher one reaches the lower."""
    done = ladder.done(outlook, life)
    if name in ("offered", "promised"):
        return getattr(ladder.undertaken(outlook, life), name)  # type: ignore[no-any-return]
    return getattr(done, name)  # type: ignore[no-any-return]


def refused(outlook: Outlook, life: Life) -> Steps:
    """Somebody said no."""
    return earliest(
        *(
            since(entry.said, entry.early)
            for entry in outlook.acts(life.name).by_verb.get("refuses", ())
            if entry.about(life.name, life.key)
        )
    )


def _dated(outlook: Outlook, condition: InState, life: Life) -> Steps:
    """`promised with a date`, `promised by D`: a promise names one, or the text has one in the bearer's reading."""
    last = None if condition.by is None else outlook.clock.pair(condition.by, "end")[1]
    found = []
    for chapter in outlook.chapters(life):
        debtors = []
        for debtor in chapter.roles.debtors:
            dates = [promises.named_dates(outlook, debtor, life, condition.state)]
            if condition.state == "promised":
                own = outlook.same_in(life, outlook.reading_of(debtor))
                if own is not None:
                    dates.append(course.text_deadline(outlook, own))
            debtors.append(any_of(_no_later(each, last) for each in dates))
        found.append(within(all_of(debtors) if debtors else NEVER_SO, chapter.begin, chapter.end))
    return any_of(found)


def _no_later(dates: Steps, last: int | None) -> Steps:
    """While a date is known that is no later."""
    return tuple((begin, end, begin, begin) for begin, end, _, late in dates if last is None or late <= last)


def _first_act(outlook: Outlook, name: str, verb: str) -> Steps:
    return earliest(
        *(
            since(entry.said, entry.early)
            for entry in outlook.acts(name).by_verb.get(verb, ())
            if entry.about(name, None)
        )
    )


def source_state(outlook: Outlook, state: str, name: str, asking: Asking) -> Steps:
    """Since when a source is in the state that a condition names."""
    match state:
        case "signed":
            return signed(outlook, name)
        case "in force":
            return onward(source_in_force(outlook, asking.reading, name))
        case "proposed":
            return _first_act(outlook, name, "proposes")
        case "refused":
            return _first_act(outlook, name, "refuses")
        case "agreed":
            people = outlook.case.parties_to(name)
            return onward(all_of(owed.stance(outlook, party, name) for party in people)) if people else NEVER_SO
        case "suspended":
            return onward(powers.held(outlook, asking.reading, name))
        case "ended":
            return powers.terminated(outlook, asking.reading, name)
    return NEVER_SO


def _means_state(outlook: Outlook, state: str, name: str) -> Steps:
    attempts = outlook.acts(name).by_verb.get("attempts", ())
    match state:
        case "agreed":
            found = []
            for begin, end, text in texts(outlook, RECORD, [name]):
                givers = text.consents_needed(name)
                steps = all_of(consent(outlook, giver, name, None) for giver in givers) if givers else NEVER_SO
                found.append(within(steps, begin, end))
            return any_of(found)
        case "refused":
            return _first_act(outlook, name, "refuses")
        case "proposed":
            return _first_act(outlook, name, "proposes")
        case "offered":
            return _first_act(outlook, name, "consents")
        case "denied":
            return earliest(*(since(each.said, each.early) for each in attempts if each.act.result == "denied"))
        case "used":
            shown = [
                since(entry.said, entry.early)
                for verb in ("claims", "observes", "confirms")
                for entry in outlook.acts(name).by_verb.get(verb, ())
                if any(ref.name == name for ref in entry.act.means)
            ]
            tried = [since(each.said, each.early) for each in attempts if each.act.result in ("done", None)]
            return earliest(*shown, *tried)
    return NEVER_SO


def _world_state(outlook: Outlook, state: str, name: str, asking: Asking) -> Steps:
    """Of a matter or event: somebody said so, a credited sight, one by some means, somebody confirmed it."""
    told: list[Assertion] = outlook.assertions(name)
    if state in ("confirmed", "claimed"):
        return earliest(
            *(
                since(each.entry.said, each.entry.early)
                for each in told
                if state == "claimed" or each.entry.verb == "confirms"
            )
        )
    means = frozenset(outlook.case.means) if state == "verified" else None
    own = asking._replace(evidence=Evidence(means=means, sight=state == "observed"))
    if name in outlook.case.events:
        return _occurred(outlook, name, own)
    return conditions.asserted_of(outlook, name, None, own)


def _occurred(outlook: Outlook, name: str, asking: Asking) -> Steps:
    found = [conditions.occurred(outlook, each, asking) for each in outlook.occurrences(name)]
    return earliest(*(since(when[1], when[0]) for when in found if when is not None))
