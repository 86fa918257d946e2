"""Acts that change what others owe, and whether they take effect in a reading.

An act of power is judged by the view at its use, and keeps its effect.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from servanda.model.conditions import Ref

from . import course, owed, states
from .lending import Premise
from .life import Chapter, Life
from .record import Entry
from .stretches import (
    NEVER,
    NEVER_SO,
    Instant,
    Steps,
    Stretch,
    any_of,
    at,
    earliest,
    inside,
    since,
    within,
    without,
)
from .texts import Text
from .view import RECORD

if TYPE_CHECKING:
    from .outlook import Outlook

#: What each verb of a power does, as its mandate says it.
MANDATES = {
    "waives": "waive",
    "transfers": "transfer",
    "suspends": "suspend",
    "terminates": "terminate",
    "resumes": "resume",
}
#: The other way round: by which verb each is done.
VERBS = {does: verb for verb, does in MANDATES.items()}
#: At one instant these come after one another, in this order; `uses` of what has no mandate goes with suspensions.
STAGES = {"waive": 1, "transfer": 2, "suspend": 3, "use": 3, "terminate": 4, "resume": 5}


class Effect(NamedTuple):
    """That an act of power took effect on a name, for an instance of it or for all, from an instant on."""

    entry: Entry
    key: str | None
    instant: Instant


class Deed(NamedTuple):
    """An act that would do what a mandate says to a name; `key` picks an instance."""

    entry: Entry
    key: str | None


def deeds(outlook: Outlook, reading: str, name: str, mandate: str) -> list[Deed]:
    """The acts that would do what a mandate says to a name. To use a power is to do what it may by the text that the
    reading held then.
    """
    found = []
    for entry in outlook.acts(name).by_verb.get(VERBS[mandate], ()):
        found += [Deed(entry, ref.instance) for ref in entry.act.objects if isinstance(ref, Ref) and ref.name == name]
    if mandate != "transfer":
        for power in outlook.powers_over(name):
            for entry in outlook.acts(power).by_verb.get("uses", ()):
                for used in entry.act.objects:
                    if not isinstance(used, Ref) or used.name != power:
                        continue
                    may = Text(outlook, reading, entry.said).clauses(power, used.instance).may
                    if may is not None and may.verb == mandate:
                        found += [Deed(entry, ref.instance) for ref in may.refs if ref.name == name]
    return sorted(found, key=lambda each: each.entry.place)


def effects(outlook: Outlook, reading: str, name: str, mandate: str) -> list[Effect]:
    """What took effect on a name in a reading: what others accept later takes effect then."""
    lending = outlook.lending
    if lending is not None and lending.lends(reading, Premise("effect", name, mandate)):
        return effects(lending.theirs, lending.lender, name, mandate)
    found = []
    consents = outlook.acts(name).by_verb.get("consents", ())
    for deed in deeds(outlook, reading, name, mandate):
        if outlook.judged_before(deed.entry.place, mandate):
            continue
        if decided(outlook, reading, deed, name, mandate):
            found.append(Effect(deed.entry, deed.key, deed.entry.said))
        elif deed.entry.verb in MANDATES and reading not in deed.entry.parties:
            for consent in consents:
                if reading in consent.parties and consent.follows(deed.entry) and consent.about(name, None):
                    found.append(Effect(deed.entry, deed.key, consent.said))
                    break
    return sorted(found, key=lambda each: each.instant)


def decided(outlook: Outlook, reading: str, deed: Deed, name: str, mandate: str) -> bool:
    """Whether an act takes effect in a reading, by the view at its use."""
    then = outlook.at_the_time_of(deed.entry, mandate)
    what = ("decided", reading, deed, name, mandate)
    decision: bool = outlook.judged(then, name, what, _takes_effect, then, reading, deed, name, mandate)
    return decision


def _takes_effect(outlook: Outlook, reading: str, deed: Deed, name: str, mandate: str) -> bool:
    """If the reading's party did it, or if in the reading the actor has an open power over it.

    For a waiver that is being owed it, or holding the right or power; for a transfer that the other end consents. In
    `record`, also what all whom it concerns do together.
    """
    entry = deed.entry
    if reading in entry.parties or power_used(outlook, reading, deed, name, mandate) is not None:
        return True
    if by_all(outlook, deed, name):
        return True
    if name not in outlook.case.commitments:
        return False
    now = entry.said
    for life in named(outlook, reading, name, deed.key):
        chapter = outlook.chapter(life, now)
        roles = chapter.roles
        if mandate == "waive" and set(entry.parties) & set(roles.creditors):
            return True
        if mandate == "transfer":
            other = roles.counterparties if set(entry.parties) & set(roles.bearers) else roles.bearers
            involved = set(entry.parties) & {*roles.bearers, *roles.counterparties}
            if (
                involved
                and other
                and all(at(states.consent(outlook, each, name, life.key), now) is not None for each in other)
            ):
                return True
    return False


def named(outlook: Outlook, reading: str, name: str, key: str | None) -> list[Life]:
    """The instances of a name that a key picks, or all."""
    return [life for life in outlook.lives(reading, name) if key is None or life.key in (None, key)]


def by_all(outlook: Outlook, deed: Deed, name: str) -> bool:
    """What all whom it concerns do together."""
    people: set[str] = set()
    if name in outlook.case.sources:
        people.update(outlook.case.parties_to(name))
    else:
        for life in named(outlook, RECORD, name, deed.key):
            roles = outlook.chapter(life, deed.entry.said).roles
            people |= {*roles.bearers, *roles.counterparties}
    return bool(people) and people <= set(deed.entry.parties)


def power_used(outlook: Outlook, reading: str, deed: Deed, name: str, mandate: str) -> Life | None:
    """The actor's power over it that is in force in the reading and was not used since it came into force."""
    entry = deed.entry
    for power in outlook.powers_over(name):
        for life in outlook.lives(reading, power):
            chapter = outlook.chapter(life, entry.said)
            may = chapter.clauses.may
            if may is None or may.verb != mandate or not set(entry.parties) & set(chapter.roles.bearers):
                continue
            if entry.verb == "uses" and not entry.about(power, life.key):
                continue
            if not any(ref.name == name and ref.instance in (None, deed.key) for ref in may.refs):
                continue
            ready = _open(outlook, life, entry.said, mandate)
            if ready is None:
                continue
            if not any(order != entry.order for when, order in uses_of(outlook, life) if when >= ready[3]):
                return life
    return None


def _open(outlook: Outlook, life: Life, now: Instant, mandate: str) -> Stretch | None:
    """The stretch in which a power or right is ready, if it is in force. What ends it at this very instant comes after
    every use of it but a resumption; what ended it before ended it, whoever recognised it since.
    """
    went = course.course(outlook, life)
    ready = at(went.ready, now)
    if ready is None or at(went.force, now) is not None:
        return ready
    ends_now = any(step[0] == step[2] == now for step in went.ended) and at(went.suspended, now) is None
    return ready if ends_now and STAGES[mandate] <= STAGES["terminate"] else None


def uses_of(outlook: Outlook, life: Life) -> list[tuple[Instant, int]]:
    """When a power or right was used in a reading, and by which act of the record. To suspend, terminate and so on
    under a power is to use it.
    """
    if life.is_duty:
        return []
    lending = outlook.lending
    if lending is not None and lending.lends(life.reading, Premise("effect", life.name, "use")):
        theirs = lending.theirs.same_in(life, lending.lender)
        return [] if theirs is None else uses_of(lending.theirs, theirs)
    found: dict[int, Instant] = {}
    for name, mandate in _mandates(outlook, life):
        for deed in deeds(outlook, life.reading, name, mandate):
            if outlook.judged_before(deed.entry.place, mandate, use=True):
                continue
            then = outlook.at_the_time_of(deed.entry, mandate)
            asked = (life.reading, deed, name, mandate)
            power = outlook.judged(then, name, ("power", *asked), power_used, then, *asked)
            if power is not None and (power.name, power.key) == (life.name, life.key):
                found.setdefault(deed.entry.order, deed.entry.said)
    for entry in outlook.acts(life.name).by_verb.get("uses", ()):
        if not entry.about(life.name, life.key) or outlook.judged_before(entry.place, "use", use=True):
            continue
        then = outlook.at_the_time_of(entry, "use")
        what = ("open", life, entry.order)
        own = life.reading in entry.parties and (life.arose is None or life.arose[1] <= entry.said)
        if own or outlook.judged(then, life.name, what, _open_to, then, life, entry):
            found.setdefault(entry.order, entry.said)
    return sorted((when, order) for order, when in found.items())


def _mandates(outlook: Outlook, life: Life) -> list[tuple[str, str]]:
    """What a power may do to which name, or could: what was done under a mandate stays a use when that is changed."""
    given = [chapter.clauses.may for chapter in outlook.chapters(life)]
    return list(dict.fromkeys((ref.name, may.verb) for may in given if may is not None for ref in may.refs))


def _open_to(outlook: Outlook, life: Life, entry: Entry) -> bool:
    """Whether a right or power was open to who used it, by the view at its use."""
    own = outlook.same_in(life, life.reading)
    if own is None or not set(entry.parties) & set(outlook.chapter(own, entry.said).roles.bearers):
        return False
    ready = _open(outlook, own, entry.said, "use")
    if ready is None:
        return False
    return not any(when >= ready[3] for when, order in uses_of(outlook, own) if order != entry.order)


# ── what they do ────────────────────────────────────────────────────────────────────────────────────────────


def waivers(outlook: Outlook, life: Life) -> dict[str, Steps]:
    """Who has waived a commitment in a reading, and since when."""
    since_when = outlook.solved(life.questions.waivers, _waivers, life, empty=outlook.nobody)
    return {party: steps for party, steps in zip(outlook.people, since_when, strict=True) if steps}


def _waivers(outlook: Outlook, life: Life) -> tuple[Steps, ...]:
    """Since when each party or body has waived it."""
    found: dict[str, Steps] = {}
    for effect in effects(outlook, life.reading, life.name, "waive"):
        if effect.key is not None and effect.key != life.key:
            continue
        owed_to = {
            party
            for each in named(outlook, life.reading, life.name, effect.key)
            if at(each.exists, effect.instant) is not None
            for party in _before_transfers(outlook, each, effect.instant).roles.creditors
        }
        who = set(effect.entry.parties)
        if effect.entry.verb == "uses" or not who & owed_to:
            who |= owed_to
        for party in who:
            found.setdefault(party, since(effect.instant))
    return tuple(found.get(party, NEVER_SO) for party in outlook.people) if found else outlook.nobody


def _before_transfers(outlook: Outlook, life: Life, instant: Instant) -> Chapter:
    """The chapter of a life at an instant, as it was before what is handed on at that instant."""
    for before, after in itertools.pairwise(outlook.chapters(life)):
        if after.begin == instant and before.text_of == after.text_of:
            return before
    return outlook.chapter(life, instant)


def held(outlook: Outlook, reading: str, name: str, key: str | None = None) -> Steps:
    """While a name (or the instance of it) is suspended by itself."""
    begins = [
        each.instant for each in effects(outlook, reading, name, "suspend") if each.key is None or each.key == key
    ]
    if not begins:
        return NEVER_SO
    ends = [each.instant for each in effects(outlook, reading, name, "resume") if each.key is None or each.key == key]
    found: list[tuple[int, int, int, int]] = []
    for begin in begins:
        if found and begin < found[-1][1]:
            continue
        end = min((each for each in ends if each >= begin), default=NEVER)
        if begin < end:
            found.append((begin, end, begin, begin))
    return tuple(found)


def suspended_at(outlook: Outlook, life: Life, instant: Instant) -> bool:
    """Whether a commitment was suspended at an instant, if only for that instant."""
    names = {life.name: life.key} | {cite.source.name: None for cite in outlook.chapter(life, instant).clauses.under}
    return any(
        each.instant == instant and (each.key is None or each.key == key)
        for name, key in names.items()
        for each in effects(outlook, life.reading, name, "suspend")
    )


def terminated(outlook: Outlook, reading: str, name: str, key: str | None = None) -> Steps:
    """Since when a name (or the instance of it) is ended by an act."""
    return earliest(
        *(
            since(each.instant)
            for each in effects(outlook, reading, name, "terminate")
            if each.key is None or each.key == key
        )
    )


def out_of_force(outlook: Outlook, reading: str, source: str) -> Steps:
    """While a source is suspended or ended in a reading."""
    return any_of([held(outlook, reading, source), terminated(outlook, reading, source)])


def gone(outlook: Outlook, life: Life, mandate: str) -> Steps:
    """While a commitment is suspended (or ended) by an act upon it, or upon all the sources that it lives on.

    A power over what is suspended is not suspended with it.
    """
    of = held if mandate == "suspend" else terminated
    own = of(outlook, life.reading, life.name, life.key)
    found = [own]
    for chapter in outlook.chapters(life):
        clauses = chapter.clauses
        by_source = {cite.source.name: of(outlook, life.reading, cite.source.name) for cite in clauses.under}
        if clauses.survives or not any(by_source.values()):
            continue
        if mandate == "suspend" and clauses.may is not None:
            refs = {ref.name for ref in clauses.may.refs}
            over = any_of(of(outlook, life.reading, ref) for ref in refs)
        else:
            over = NEVER_SO
        lives_on, any_at_all = [], []
        for source, steps in owed.resting(outlook, life, chapter):
            alive = states.carries(outlook, source)
            if life.reading != RECORD:
                alive = inside(alive, owed.stance(outlook, life.reading, source))
            alive = inside(alive, steps)
            any_at_all.append(alive)
            lives_on.append(without(alive, by_source[source]))
        dead = without(without(any_of(any_at_all), any_of(lives_on)), over)
        found.append(within(dead, chapter.begin, chapter.end))
    return any_of(found)


def transfers(outlook: Outlook, reading: str, name: str, key: str | None) -> list[tuple[Instant, str, str]]:
    """Who was put in whose place in a reading, and when."""
    found = []
    for effect in effects(outlook, reading, name, "transfer"):
        if effect.key is None or effect.key == key:
            for party in effect.entry.parties:
                for heir in effect.entry.act.recipients:
                    found.append((effect.instant, party, outlook.case.party_of(heir.name)))
    return found
