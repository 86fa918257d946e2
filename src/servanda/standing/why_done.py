"""Why a commitment is offered, promised, begun, claimed, observed, verified, fulfilled, in a reading."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from servanda.model.commitments import Clauses
from servanda.model.conditions import Amount, Condition, PublicAct
from servanda.model.walk import parts
from servanda.text.act_words import act_words

from . import conditions, ladder, promises, states, why_named, why_owed, why_so
from .asking import ASSERTED, SAID, SEEN, Asking, Evidence
from .credit import credit
from .life import Chapter, Life
from .record import Entry
from .stretches import Instant, Steps, at
from .telling import AS_ABOVE, Reason, Telling, fresh, held
from .view import RECORD
from .why_credited import asserted as assertion_told
from .why_credited import uncredited

if TYPE_CHECKING:
    from .outlook import Outlook


def versions(
    t: Telling, outlook: Outlook, life: Life, now: Instant, clauses: Iterable[str], reading: str | None = None
) -> list[Reason]:
    """The acts by which a reading has its own versions of these clauses."""
    return t.acts(
        entry for each in clauses for entry in held(outlook, reading or life.reading, life.name, life.key, each, now)
    )


def _asking(life: Life, chapter: Chapter) -> Asking:
    return Asking(life.reading, life.binding, chapter.roles.bearers, life)


# ── performed ───────────────────────────────────────────────────────────────────────────────────────────────


def performed(t: Telling, outlook: Outlook, life: Life, now: Instant, asking: Asking) -> list[Reason]:
    """What lets it count as performed, on the evidence that is asked: the earliest ground."""
    chapter = outlook.chapter(life, now)
    said = at(conditions.asserted_of(outlook, life.name, life.key, asking), now)
    ways = []
    if said is not None:
        ways.append((said[3], 1, partial(why_so.said_of, t, outlook, life.name, life.key, asking, now)))
    for clause, condition in performance(chapter.clauses):
        so = at(conditions.so(outlook, condition, asking), now)
        if so is not None:
            ways.append((so[3], 0, partial(_by_condition, t, outlook, life, clause, condition, asking, now)))
    return t.first_sound(way for _, _, way in sorted(ways, key=lambda each: each[:2]))


def performance(clauses: Clauses) -> Iterable[tuple[str, Condition]]:
    """What the text says that performance is, or what an effort seeks: the clause and its condition."""
    if clauses.done_when is not None:
        yield "done when", clauses.done_when
    if clauses.seeks is not None:
        yield "seeks", clauses.seeks


def _by_condition(
    t: Telling, outlook: Outlook, life: Life, clause: str, condition: Condition, asking: Asking, now: Instant
) -> list[Reason]:
    own = held(outlook, life.reading, life.name, life.key, clause, now)
    return [why_so.condition(t, outlook, condition, asking, now, lead=f"{clause} ", held_by=own)]


def told(t: Telling, outlook: Outlook, life: Life, now: Instant, asking: Asking) -> list[Reason]:
    """What is said that lets it count as done, on the evidence that is asked."""
    chapter = outlook.chapter(life, now)
    found = performed(t, outlook, life, now, asking)
    counting = [
        (when[1], each.entry.order, each)
        for each in ladder.saying_done(outlook, life, chapter, now)
        if (when := conditions.counted(outlook, each, asking)) is not None and when[1] <= now
    ]
    if counting:
        first = min(counting, key=lambda each: each[:2])[2]
        if not any(_cites(each, first.entry) for each in found):
            found.append(assertion_told(t, outlook, first, asking))
            found += versions(t, outlook, life, now, ("done when", "seeks"))
    return found


def _cites(reason: Reason, entry: Entry) -> bool:
    return reason.span is entry.act.span or any(_cites(each, entry) for each in reason.because)


def asserted(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """Why it is said to be done, and not disputed."""
    chapter = outlook.chapter(life, now)
    return told(t, outlook, life, now, _asking(life, chapter)._replace(evidence=ASSERTED))


# ── fulfilled ───────────────────────────────────────────────────────────────────────────────────────────────


def fulfilled(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """Why it is fulfilled in a reading: what was done, and the proof."""
    chapter = outlook.chapter(life, now)
    asking, clauses = _asking(life, chapter), chapter.clauses
    if isinstance(clauses.done_when, PublicAct):
        public = conditions.public_act(outlook, life, chapter.roles.bearers)
        if at(public, now) is not None:
            return _by_condition(t, outlook, life, "done when", clauses.done_when, asking, now)
    found = performed(t, outlook, life, now, asking)
    who = chapter.roles.counterparties if life.reading == RECORD else (life.reading,)
    if who and all(ladder.confirmed_by(outlook, each, life) for each in who):
        return [*found, *fresh(t.acts(each for party in who for each in _confirming(outlook, party, life)))]
    if not clauses.verified_by or life.reading in chapter.roles.bearers:
        return [*found, *(versions(t, outlook, life, now, ["verified by"]) if not clauses.verified_by else [])]
    return [*found, *_verified(t, outlook, life, now)]


def _confirming(outlook: Outlook, party: str, life: Life) -> list[Entry]:
    return [
        entry
        for entry in outlook.acts(life.name).by_verb.get("confirms", ())
        if party in entry.parties and entry.about(life.name, life.key)
    ][-1:]


def _verified(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """By which means that the reading admits it is shown."""
    chapter = outlook.chapter(life, now)
    admitted = frozenset(ref.name for ref in chapter.clauses.verified_by)
    evidence = Evidence(means=admitted)
    asking = _asking(life, chapter)._replace(evidence=evidence)
    words = f"verified by {' or '.join(ref.name for ref in chapter.clauses.verified_by)}: it is so"
    span = chapter.clauses.verified_by[0].span if chapter.clauses.verified_by else None
    shown = ladder.shown(outlook, life, chapter, _asking(life, chapter))
    below = told(t, outlook, life, shown[0][0] if shown else now, asking)
    if all(each.because and all(part.text.endswith(AS_ABOVE) for part in each.because) for each in below):
        below = [part for each in below for part in each.because]
    return [
        Reason(words, True, span, None, None, (*below, *versions(t, outlook, life, now, ["verified by"]))),
    ]


def unproved(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """What is asserted of its performance and does not count, or is not the proof that is asked."""
    chapter = outlook.chapter(life, now)
    asking = _asking(life, chapter)
    said = [
        each
        for each in ladder.saying_done(outlook, life, chapter, now)
        if (when := conditions.counted(outlook, each, asking._replace(evidence=SAID))) is not None and when[1] <= now
    ]
    found = uncredited(t, outlook, said, asking)
    done = ladder.done(outlook, life)
    if at(done.performed, now) is not None and at(done.fulfilled, now) is None and chapter.clauses.verified_by:
        first = chapter.clauses.verified_by[0]
        proof = " or ".join(ref.name for ref in chapter.clauses.verified_by)
        below = versions(t, outlook, life, now, ["verified by"])
        found.append(Reason(f"verified by {proof}: it is not so", False, first.span, None, None, tuple(below)))
    return found


def in_vain(t: Telling, outlook: Outlook, life: Life, now: Instant) -> list[Reason]:
    """What is said to be done and disputed; of amounts, how much is."""
    chapter = outlook.chapter(life, now)
    asking = Asking(life.reading, life.binding, chapter.roles.bearers, life, SAID)
    said = [
        each
        for each in ladder.saying_done(outlook, life, chapter, now)
        if (when := conditions.counted(outlook, each, asking)) is not None and when[1] <= now
    ]
    latest = {each.party: each for each in said}
    asked = parts(chapter.clauses.done_when) if chapter.clauses.done_when is not None else ()
    most = any(isinstance(each, Amount) and each.bound == "at most" for each in asked)
    short = "more than that" if most else "not the whole of it"
    found = []
    for each in latest.values():
        if credit(outlook, life.reading, each, life) is False:
            found.append(assertion_told(t, outlook, each, asking._replace(evidence=ASSERTED)))
        else:
            words = f"{act_words(each.entry.act)}: {short}"
            below = tuple(t.acts([each.entry]))
            found.append(Reason(words, None, each.entry.act.span, None, None, below[0].because))
    return fresh(found)


# ── rungs ───────────────────────────────────────────────────────────────────────────────────────────────────


def rung(t: Telling, outlook: Outlook, life: Life, name: str, now: Instant) -> list[Reason]:
    """Why a rung has been reached; a higher one reaches the lower."""
    step = at(states.rung(outlook, life, name), now)
    if step is None:
        return []
    begin = max(step[0], step[3]) if step[3] <= now else step[0]
    chapter = outlook.chapter(life, begin)
    asking = _asking(life, chapter)
    match name:
        case "verified":
            return _verified(t, outlook, life, begin)
        case "confirmed":
            return t.acts(_earliest_confirmation(outlook, life, chapter))
        case "observed":
            if _first(ladder.told(outlook, life, chapter, asking._replace(evidence=SEEN)), begin):
                return told(t, outlook, life, begin, asking._replace(evidence=SEEN))
            return rung(t, outlook, life, "verified", now)
        case "claimed":
            if _first(ladder.told(outlook, life, chapter, asking._replace(evidence=SAID)), begin):
                return told(t, outlook, life, begin, asking._replace(evidence=SAID))
            return _by_higher(t, outlook, life, ("confirmed", "observed"), now)
        case "begun":
            begins = [
                entry
                for entry in outlook.acts(life.name).by_verb.get("begins", ())
                if entry.about(life.name, life.key) and set(entry.parties) & set(chapter.roles.bearers)
            ]
            if begins and begins[0].said <= now:
                return t.acts(begins[:1])
            return rung(t, outlook, life, "claimed", now)
        case "promised":
            return _promised(t, outlook, life, chapter, begin, now)
    found = []
    for debtor in chapter.roles.debtors:
        made = [each for each in promises.made(outlook, debtor, life, "offers") if at(each.stands, begin) is not None]
        if not made:
            return rung(t, outlook, life, "promised", now)
        found.append(t.act(made[0].entry))
    return found


def _first(steps: Steps, now: Instant) -> bool:
    return at(steps, now) is not None


def _by_higher(t: Telling, outlook: Outlook, life: Life, names: tuple[str, ...], now: Instant) -> list[Reason]:
    found = [(step[3], each) for each in names if (step := at(states.rung(outlook, life, each), now)) is not None]
    return rung(t, outlook, life, min(found)[1], now) if found else []


def _earliest_confirmation(outlook: Outlook, life: Life, chapter: Chapter) -> list[Entry]:
    every = [each for party in chapter.roles.counterparties for each in _confirming(outlook, party, life)
             if ladder.confirmed_by(outlook, party, life)]  # fmt: skip
    return sorted(every, key=lambda each: each.place)[:1]


def _promised(t: Telling, outlook: Outlook, life: Life, chapter: Chapter, begin: Instant, now: Instant) -> list[Reason]:
    found: list[Reason] = []
    for debtor in chapter.roles.debtors:
        ways = [
            partial(by_undertaking, t, outlook, each, debtor, life, begin)
            for verb in ("promises", "offers")
            for each in promises.made(outlook, debtor, life, verb)
            if (verb == "promises" or each.entry.act.when is not None) and at(each.met, begin) is not None
        ]
        if at(ladder.bound_by(outlook, debtor, life), begin) is not None:
            ways.append(partial(_bound, t, outlook, debtor, life, begin))
        if not ways:
            return rung(t, outlook, life, "begun", now)
        found += t.first_sound(ways)
    return found


def by_undertaking(
    t: Telling, outlook: Outlook, each: promises.Undertaking, giver: str, life: Life, now: Instant
) -> list[Reason]:
    """The promise, or the offer whose condition is met, as one of several ways to the same end."""
    return [why_named.undertaking(t, outlook, each, giver, life, now)]


def _bound(t: Telling, outlook: Outlook, debtor: str, life: Life, now: Instant) -> list[Reason]:
    """Bound by a source, or by a word other than a promise, with its `when` met in the bearer's own reading."""
    own = outlook.same_in(life, outlook.reading_of(debtor))
    if own is None:
        return []
    found = [why_owed.recognised(t, outlook, own, now), *why_owed.accepted(t, outlook, own, now)]
    found += why_owed.by_source(t, outlook, debtor, own, now)[:1]
    chapter = outlook.chapter(own, now)
    when = chapter.clauses.when
    if when is not None:
        asking = ladder.asking_for(own, chapter)
        held_by = held(outlook, own.reading, own.name, own.key, "when", now)
        found.append(why_so.condition(t, outlook, when, asking, now, lead="when ", held_by=held_by))
    else:
        found += versions(t, outlook, own, now, ["when"])
    return found
