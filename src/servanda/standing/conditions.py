"""When a condition is so in a reading: stretches of time for each form of the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal

from servanda.model.commitments import Clauses
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

from . import states
from .asking import ASSERTED, Asking
from .assertions import Assertion, Occurrence, arguments, counts, fits, is_about
from .clock import whole
from .credit import credit
from .figures import Counted, needed, reached, reached_by
from .life import Life
from .record import UNNAMED, Entry, Thing, name_of
from .stretches import (
    ALWAYS_SO,
    NEVER_SO,
    Instant,
    Steps,
    all_of,
    any_of,
    at_least,
    come,
    counted_from_first,
    dated,
    earliest,
    later,
    settled,
    since,
    sooner,
    within,
    without,
)
from .texts import Text, texts

if TYPE_CHECKING:
    from .outlook import Outlook


def so(outlook: Outlook, condition: Condition, asking: Asking) -> Steps:
    """While a condition is so, as asked."""
    return _FORMS[type(condition)](outlook, condition, asking)


# ── compounds ───────────────────────────────────────────────────────────────────────────────────────────────


def _all_of(outlook: Outlook, condition: AllOf, asking: Asking) -> Steps:
    return all_of(so(outlook, part, asking) for part in condition.parts)


def _any_of(outlook: Outlook, condition: AnyOf, asking: Asking) -> Steps:
    return any_of([so(outlook, part, asking) for part in condition.parts])


def _at_least(outlook: Outlook, condition: AtLeast, asking: Asking) -> Steps:
    return at_least(int(condition.count), [so(outlook, part, asking) for part in condition.parts])


def _unless(outlook: Outlook, condition: Unless, asking: Asking) -> Steps:
    """`c unless d` fails while d is so, waits while d is asserted but unknown, holds otherwise."""
    inner = so(outlook, condition.condition, asking)
    if not inner:
        return NEVER_SO
    exception = any_of(
        [
            so(outlook, condition.exception, asking),
            so(outlook, condition.exception, asking._replace(evidence=ASSERTED)),
        ]
    )
    return without(inner, exception)


def _lasting(outlook: Outlook, condition: Lasting, asking: Asking) -> Steps:
    """`c for 7 days`: from when a stretch has lasted so long."""
    after, duration = outlook.clock.after, condition.duration
    found = []
    for begin, end, early, late in so(outlook, condition.condition, asking):
        lasted = after(late, duration)
        if max(begin, lasted) < end:
            found.append((max(begin, lasted), end, after(early, duration), lasted))
    return settled(tuple(found))


# ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────


def _has_come(outlook: Outlook, condition: OnDate | Shifted, asking: Asking) -> Steps:
    return come(dates(outlook, condition, asking))


def _edge(asking: Asking) -> Literal["start", "end"]:
    return "end" if asking.end else "start"


def dates(outlook: Outlook, condition: Condition, asking: Asking) -> Steps:
    """When a condition came about, or will, where that is certain from dates alone: no anchor yet, no date."""
    match condition:
        case OnDate(dating=dating):
            return dated(*outlook.clock.pair(dating, _edge(asking)))
        case Shifted(duration=duration, direction=direction, condition=inner):
            sign, edge = (1 if direction == "after" else -1), _edge(asking)
            anchors = dates(outlook, inner, asking._replace(end=False))
            return shifted(
                outlook,
                anchors,
                lambda each: outlook.clock.moved(each, duration, sign, edge, outlook.calendar(asking.reading)),
            )
        case AnyOf(parts=parts):
            return sooner([dates(outlook, part, asking) for part in parts])
        case AllOf(parts=parts):
            return later([dates(outlook, part, asking) for part in parts])
        case CameAbout(ref=ref) if ref.name in outlook.case.matters:
            if (asking.reading, ref.name) not in outlook.defining:
                outlook.defining.add((asking.reading, ref.name))
                try:
                    return _dates_of_matter(outlook, ref.name, condition, asking)
                finally:
                    outlook.defining.discard((asking.reading, ref.name))
            return NEVER_SO
    return _onsets(outlook, condition, asking)


def _onsets(outlook: Outlook, condition: Condition, asking: Asking) -> Steps:
    """When what has no date of its own came about; as a deadline, a day without an hour passes at its 24:00."""
    steps = so(outlook, condition, asking)
    return shifted(outlook, steps, whole) if asking.end else steps


def _dates_of_matter(outlook: Outlook, name: str, condition: Condition, asking: Asking) -> Steps:
    found: list[Steps] = []
    for begin, end, text in texts(outlook, asking.reading, [name]):
        definition = text.definition(name)
        known = _onsets(outlook, condition, asking) if definition is None else dates(outlook, definition, asking)
        found.append(within(known, begin, end))
    return tuple(step for steps in found for step in steps)


def shifted(outlook: Outlook, anchors: Steps, move: Callable[[Instant], Instant]) -> Steps:
    """Dates that lie so long after others, each end of what is inexact moved for itself."""
    return tuple((begin, end, move(early), move(late)) for begin, end, early, late in anchors)


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────


def terms_in(outlook: Outlook, *things: Any) -> list[str]:
    """The terms that amounts and events speak of."""
    terms = outlook.case.terms
    found = []
    for thing in things:
        if isinstance(thing, Happening):
            found += [each.term.name for each in thing.arguments if each.term is not None]
        elif isinstance(thing, Amount):
            found += [ref.name for ref in (thing.item, thing.of) if ref is not None and ref.name in terms]
        elif isinstance(thing, str) and thing in terms:
            found.append(thing)
    return outlook.opened(found)


def _member(outlook: Outlook, condition: Member, asking: Asking) -> Steps:
    term, name = asking.named(condition.term.name), asking.named(condition.name.name)
    if term not in outlook.case.terms:
        return NEVER_SO
    return settled(
        any_of(
            within(ALWAYS_SO, begin, end)
            for begin, end, text in texts(outlook, asking.reading, outlook.opened([term]))
            if name in (text.members(term) or ())
        )
    )


def _came_about(outlook: Outlook, condition: CameAbout, asking: Asking) -> Steps:
    return states.came_about(outlook, condition.ref, asking)


def _in_state(outlook: Outlook, condition: InState, asking: Asking) -> Steps:
    return states.in_state(outlook, condition, asking)


# ── acts ────────────────────────────────────────────────────────────────────────────────────────────────────


def _did(outlook: Outlook, condition: Did, asking: Asking) -> Steps:
    """An act has happened. A term that stands for a group: all of them have done it."""
    name = asking.named(condition.actor.name)
    found = []
    for begin, end, text in texts(outlook, asking.reading, terms_in(outlook, name, condition.object)):
        group = text.expanded(name)
        parts = [_one_did(outlook, condition, actor, text, asking) for actor in group]
        found.append(within(all_of(parts) if group else NEVER_SO, begin, end))
    return settled(any_of(found))


def _one_did(outlook: Outlook, condition: Did, actor: str, text: Text, asking: Asking) -> Steps:
    wanted, channel = condition.object, condition.channel
    if condition.verb == "consents" and isinstance(wanted, Ref):
        name, key = asking.named(wanted.name), asking.key(wanted.key)
        return states.consent(outlook, actor, name, key, None if channel is None else channel.name)
    done = [
        entry
        for entry in acts_like(outlook, condition, asking)
        if entry.by(actor) and (isinstance(wanted, Amount) or is_object(outlook, entry, condition, text, asking))
    ]
    if isinstance(wanted, Amount):
        said = [
            (_assertion(entry, thing, actor), entry.early, entry.said) for entry in done for thing in entry.act.objects
        ]
        return reached(wanted, wanted.number, said, text, asking)
    return earliest(*(since(entry.said, entry.early) for entry in done))


def _assertion(entry: Entry, thing: Thing, actor: str) -> Assertion:
    return Assertion(entry, thing, name_of(thing), actor, actor, frozenset())


def acts_like(outlook: Outlook, condition: Did, asking: Asking) -> list[Entry]:
    """The acts of a condition's verb, on its object's name, over its channel."""
    wanted = condition.object
    name = asking.named(name_of(wanted)) if isinstance(wanted, Ref) else name_of(wanted)
    names_ = [name, UNNAMED] if condition.verb == "closes" else [name]
    return [
        entry
        for each in names_
        for entry in outlook.acts(each).by_verb.get(condition.verb, ())
        if condition.channel is None or any(ref.name == condition.channel.name for ref in entry.act.channels)
    ]


def is_object(outlook: Outlook, entry: Entry, condition: Did, text: Text, asking: Asking) -> bool:
    """Whether an act's object is what a condition names."""
    wanted = condition.object
    if isinstance(wanted, Happening):
        return any(
            isinstance(thing, Happening)
            and thing.event.name == wanted.event.name
            and fits(wanted, dict(arguments(thing)), text, asking.binding)
            for thing in entry.act.objects
        )
    if isinstance(wanted, Amount):
        return True
    if entry.verb == "closes" and not entry.act.objects:
        return True
    return entry.about(asking.named(wanted.name), asking.key(wanted.key)) or any(
        isinstance(thing, Happening) and is_about(wanted, thing, denies=False) for thing in entry.act.objects
    )


def _public_act(outlook: Outlook, condition: PublicAct, asking: Asking) -> Steps:
    """`done when claimed`: the bearer's own claim is the performance, in every reading."""
    life = asking.about
    return NEVER_SO if life is None else public_act(outlook, life, asking.bearers)


def public_act(outlook: Outlook, life: Life, bearers: Iterable[str]) -> Steps:
    """Since when one of these has claimed a commitment: from when it was said. An earlier `on` is their word alone."""
    return counted_from_first(
        *(
            since(entry.said, entry.early)
            for entry in outlook.acts(life.name).by_verb.get("claims", ())
            if entry.about(life.name, life.key) and any(bearer in entry.parties for bearer in bearers)
        )
    )


# ── what is so in the world ─────────────────────────────────────────────────────────────────────────────────


def counted(outlook: Outlook, asserted: Assertion, asking: Asking) -> tuple[Instant, Instant] | None:
    """From when on an assertion counts, early and late, on the evidence that is asked; None where it does not."""
    evidence, about = asking.evidence, asking.about
    if evidence.means is not None and not _shown_by(outlook, asking.reading, asserted) & evidence.means:
        return None
    if evidence.sight and (
        asserted.entry.verb != "observes" or (about is not None and asserted.party in asking.bearers)
    ):
        return None
    if not (evidence.unknown and evidence.disputed):
        credited = credit(outlook, asking.reading, asserted, about)
        if credited is False or (credited is None and not evidence.unknown):
            return None
    entry = asserted.entry
    return (entry.early, entry.said) if evidence.unknown else (entry.performed_early, entry.performed)


def _shown_by(outlook: Outlook, reading: str, asserted: Assertion) -> frozenset[str]:
    """By which means something was shown: those that its author carries out, in this reading."""
    if not asserted.means:
        return asserted.means
    text = outlook.text(reading)
    found = {means: text.carriers(means) for means in asserted.means}
    return frozenset(means for means, by in found.items() if not by or asserted.party in by)


def asserted_of(outlook: Outlook, name: str, key: str | None, asking: Asking) -> Steps:
    """Since when, by an assertion that counts, a commitment is done or a matter so."""
    best = None
    for each in outlook.assertions(name):
        if isinstance(each.thing, Ref) and (key is None or each.thing.key is None or str(each.thing.key) == key):
            when = counted(outlook, each, asking)
            if when is not None and (best is None or when[1] < best[1]):
                best = when
    return NEVER_SO if best is None else since(best[1], best[0])


def _amount(outlook: Outlook, condition: Amount, asking: Asking) -> Steps:
    """A reading's figure is the largest that counts of any author; none: unknown, `at most` included."""
    found = []
    for begin, end, text in texts(outlook, asking.reading, terms_in(outlook, condition, *whose(condition, asking))):
        said = counted_amounts(outlook, condition, text, asking)
        found.append(within(reached_by(condition, needed(condition, asking), said), begin, end))
    return settled(any_of(found))


def whose(amount: Amount, asking: Asking) -> list[str]:
    """The name, if any, of which something is counted."""
    return [] if amount.of is None else [asking.named(amount.of.name)]


def counted_amounts(outlook: Outlook, wanted: Amount, text: Text, asking: Asking) -> list[Counted]:
    """The assertions of an amount that count, in the order of the record, with when they count from."""
    items = [wanted.item.name]
    if items[0] in outlook.case.terms:
        items += text.members(items[0]) or ()
    found = []
    for item in items:
        for each in outlook.assertions(item):
            if isinstance(each.thing, Amount) and counts(wanted, each.thing, text, asking.binding):
                when = counted(outlook, each, asking)
                if when is not None:
                    found.append((each, *when))
    return found if len(items) == 1 else sorted(found, key=lambda each: each[0].entry.place)


# ── events ──────────────────────────────────────────────────────────────────────────────────────────────────


def _happening(outlook: Outlook, condition: Happening, asking: Asking) -> Steps:
    """The first such event; for one instance of several, the event that counts for it: the oldest open match."""
    found = []
    about = asking.about
    for begin, end, text in texts(outlook, asking.reading, terms_in(outlook, condition)):
        if about is not None and about.arose is not None:
            when = given_to(outlook, condition, text, asking).get(about)
            steps = NEVER_SO if when is None else since(when[1], when[0])
        else:
            steps = earliest(*(since(late, early) for _, early, late in matching(outlook, condition, text, asking)))
        found.append(within(steps, begin, end))
    return settled(any_of(found))


def matching(
    outlook: Outlook, wanted: Happening, text: Text, asking: Asking
) -> list[tuple[Occurrence, Instant, Instant]]:
    """The events that a condition names and that count, with when."""
    found = []
    for each in outlook.occurrences(wanted.event.name):
        if fits(wanted, dict(each.arguments), text, asking.binding):
            when = occurred(outlook, each, asking)
            if when is not None:
                found.append((each, *when))
    return found


def occurred(outlook: Outlook, occurrence: Occurrence, asking: Asking) -> tuple[Instant, Instant] | None:
    """When an event happened, as far as the assertions of it count; who confirms it has no other date for it."""
    found = [when for each in occurrence.assertions if (when := counted(outlook, each, asking)) is not None]
    if found and not asking.evidence.unknown:
        return occurrence.early, occurrence.late
    return min(found, key=lambda when: when[1], default=None)


def given_to(outlook: Outlook, wanted: Happening, text: Text, asking: Asking) -> dict[Life, tuple[Instant, Instant]]:
    """Which event counts for which instance: each for the oldest that is open and that it fits, and for one only."""
    assert asking.about is not None
    what = ("given", asking.reading, id(wanted), asking.evidence, text.instant)
    found: dict[Life, tuple[Instant, Instant]] = outlook.gathered(
        asking.about.name, what, _given, outlook, wanted, text, asking, asking.about.name
    )
    return found


def _given(
    outlook: Outlook, wanted: Happening, text: Text, asking: Asking, name: str
) -> dict[Life, tuple[Instant, Instant]]:
    open_ = list(outlook.lives(asking.reading, name))
    given: dict[Life, tuple[Instant, Instant]] = {}
    for each in outlook.occurrences(wanted.event.name):
        told = dict(each.arguments)
        for place, life in enumerate(open_):
            if life.arose is None or life.arose[1] > each.late:
                continue
            own = asking._replace(about=life, binding=life.binding)
            if not fits(wanted, told, text, life.binding) or (when := occurred(outlook, each, own)) is None:
                continue
            given[life] = when
            del open_[place]
            break
    return given


def conditions_in(clauses: Clauses) -> Iterable[Condition]:
    """What performance is, as far as a condition says it."""
    for condition in (clauses.done_when, clauses.seeks):
        if condition is not None:
            yield condition


_FORMS: dict[type, Callable[[Outlook, Any, Asking], Steps]] = {
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
