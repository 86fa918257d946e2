"""Promises and offers, their conditions and dates: §4 of the meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .asking import Asking
from .clock import Onset, later
from .view import Deed

if TYPE_CHECKING:
    from .history import History
    from .instances import Instance


def standing_promises(history: History, giver: str, instance: Instance) -> list[Deed]:
    """§4: a rejected promise is no longer promised (rejected by all to whom it was made; README, gap 10); a promise
    that its giver takes back before it was agreed is none."""
    if (giver, instance) not in history.promised:
        history.promised[giver, instance] = _standing_promises(history, giver, instance)
    return history.promised[giver, instance]


def _standing_promises(history: History, giver: str, instance: Instance) -> list[Deed]:
    from .owed import creditors

    made = [deed for deed in history.words_on(giver, instance) if deed.verb == "promises"]
    if not made:
        return []
    reading, standing = history.reading_of(giver), []
    agreed = any(history.memory.agreed.get((each, instance)) for each in history.readings)
    to = creditors(history, reading, instance)
    for deed in made:
        withdrawn = _after(history, deed, giver, instance, ("withdraws", "rejects")) and not agreed
        if not withdrawn and not (to and all(_after(history, deed, each, instance, ("rejects",)) for each in to)):
            standing.append(deed)
    return standing


def open_offers(history: History, giver: str, instance: Instance) -> list[Deed]:
    """§4: each offer stands beside the text until withdrawn."""
    if (giver, instance) not in history.offered:
        history.offered[giver, instance] = [
            deed
            for deed in history.words_on(giver, instance)
            if deed.verb == "offers" and not _after(history, deed, giver, instance, ("withdraws", "rejects"))
        ]
    return history.offered[giver, instance]


def _after(history: History, deed: Deed, party: str, instance: Instance, verbs: tuple[str, ...]) -> bool:
    """Whether a party's latest word since is one of these."""
    since = [
        each
        for each in history.words_on(party, instance)
        if each.follows(deed) and each.verb in (*verbs, "recognises", "promises", "offers")
    ]
    return bool(since) and since[-1].verb in verbs


def condition_met(history: History, deed: Deed, giver: str, instance: Instance) -> Onset | None:
    """When what a promise or offer waits for came about, in the giver's reading; it counts from its own date on."""
    if deed.act.when is None:
        return deed.said
    asking = Asking(history.reading_of(giver), instance.binding, frozenset([giver]))
    met = history.onset(deed.act.when, asking)
    return None if met is None else later(deed.said, met)


def met_offer(history: History, giver: str, instance: Instance) -> Onset | None:
    """§4: an open offer whose condition is met; one without a condition stays an offer."""
    found = [
        met
        for deed in open_offers(history, giver, instance)
        if deed.act.when is not None and (met := condition_met(history, deed, giver, instance)) is not None
    ]
    return min(found, key=lambda each: each.latest, default=None)


def met_promise(history: History, giver: str, instance: Instance) -> Onset | None:
    """§4: a promise without `when` drops the bearer's own conditions; with `when C` it puts C in their place."""
    found = [
        met
        for deed in standing_promises(history, giver, instance)
        if (met := condition_met(history, deed, giver, instance)) is not None
    ]
    return min(found, key=lambda each: each.latest, default=None)


def undertaken(history: History, giver: str, instance: Instance) -> bool:
    """§3: X was promised to somebody: by a promise, or an offer whose condition is met."""
    return bool(standing_promises(history, giver, instance)) or met_offer(history, giver, instance) is not None


def in_effect(history: History, debtors: tuple[str, ...], instance: Instance) -> Onset | None:
    """§4: a promise, or an offer whose condition is met, brings X into force in every reading that recognises it.
    Joint bearers: promised by all."""
    found = []
    for debtor in debtors:
        met = [each for each in (met_promise(history, debtor, instance), met_offer(history, debtor, instance)) if each]
        if not met:
            return None
        found.append(min(met, key=lambda each: each.latest))
    return later(*found) if found else None


# ── dates ────────────────────────────────────────────────────────────────────────────────────────────────────────


def date_of(history: History, deed: Deed, giver: str, instance: Instance) -> Onset | None:
    """The date that a promise or offer names. §4: `within D` on an act counts from the act."""
    asking = Asking(history.reading_of(giver), instance.binding, frozenset([giver]), end=True)
    found = []
    if deed.act.by is not None:
        found.append(history.instant_of(deed.act.by, asking))
    if deed.act.within is not None:
        within = deed.act.within
        anchor = deed.said if within.of is None else history.instant_of(within.of, history.starting(asking))
        calendar = history.calendar(asking.reading)
        if anchor is not None:
            found.append(history.clock.moved(anchor, within.duration, 1, "end", calendar))
    dated = [each for each in found if each is not None]
    return min(dated, key=lambda each: each.latest, default=None)


def named_date(history: History, giver: str, instance: Instance, rung: str) -> Onset | None:
    """The earliest date that somebody's standing promises, or offers, name."""
    deeds = [*standing_promises(history, giver, instance)] if rung == "promised" else []
    for offer in open_offers(history, giver, instance):
        if rung == "offered" or (offer.act.when is not None and condition_met(history, offer, giver, instance)):
            deeds.append(offer)
    dates = [date for deed in deeds if (date := date_of(history, deed, giver, instance)) is not None]
    return min(dates, key=lambda each: each.latest, default=None)


def deadline(history: History, reading: str, instance: Instance, text: Onset | None) -> Onset | None:
    """§4: a promise's date counts where the text has none or a later one; a later date only once the counterparties
    accept it. Joint bearers have promised a date when all have: the latest of theirs."""
    from .force import delayed
    from .owed import creditors, debtors

    who = debtors(history, reading, instance)
    found = []
    for debtor in who:
        deeds = standing_promises(history, debtor, instance)
        deeds = deeds + [deed for deed in open_offers(history, debtor, instance) if deed.act.when is not None]
        current = text
        made = [deed for deed in history.words_on(debtor, instance) if deed.verb in ("promises", "offers")]
        for deed in sorted(made, key=lambda deed: deed.place):
            date = delayed(history, reading, instance, date_of(history, deed, debtor, instance), id(deed.act))
            if deed not in deeds or date is None or condition_met(history, deed, debtor, instance) is None:
                continue
            accepted = all(
                any(
                    each.follows(deed) and each.verb in ("recognises", "confirms", "consents")
                    for each in history.words_on(other, instance)
                )
                for other in creditors(history, reading, instance)
            )
            if current is None or date.latest <= current.latest or accepted:
                current = date
        found.append(current)
    if not found or any(each is None for each in found):
        return text
    return later(*(each for each in found if each is not None))
