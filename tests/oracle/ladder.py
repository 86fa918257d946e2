"""How far a commitment has come, and whether it is fulfilled: §4 of the meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.model.conditions import PublicAct

from . import owed, promises
from .asking import ASSERTED, CREDITED, SAID, Asking, Evidence
from .clock import Onset, later
from .conditions import asserted_of, counted, onset, public_act, raw
from .view import RECORD

if TYPE_CHECKING:
    from .history import History
    from .instances import Instance

ORDER = ("offered", "promised", "begun", "claimed", "observed", "verified")


def asking_for(history: History, reading: str, instance: Instance, evidence: Evidence = CREDITED) -> Asking:
    """How a commitment asks what its performance is."""
    bearers = frozenset(history.roles(reading, instance).bearers)
    return Asking(reading, instance.binding, bearers, instance, evidence)


def performed(history: History, reading: str, instance: Instance, evidence: Evidence = CREDITED) -> Onset | None:
    """§4: performance dates from the earliest instant a credited assertion gives. What performance is `done when` or
    `seeks` say; a bare claim asserts the full amount."""
    asking, clauses = asking_for(history, reading, instance, evidence), history.clauses(reading, instance)
    found = [asserted_of(history, instance.name, instance.key, asking)]
    for condition in (clauses.done_when, clauses.seeks):
        if condition is not None:
            ask = raw if evidence.whenever else onset
            found.append(ask(history, condition, asking))
    met = [each for each in found if each is not None]
    return min(met, key=lambda each: each.latest, default=None)


def evidenced(history: History, reading: str, instance: Instance, evidence: Evidence) -> bool:
    """Whether anybody said, as far as that evidence counts, that it is done."""
    asking = asking_for(history, reading, instance, evidence)
    return any(counted(history, each, asking) for each in history.saying_done(reading, instance))


def asserted(history: History, reading: str, instance: Instance, evidence: Evidence) -> Onset | None:
    """When it was said to be done."""
    if not evidenced(history, reading, instance, evidence):
        return None
    return performed(history, reading, instance, evidence)


def shown(history: History, reading: str, instance: Instance, *, whenever: bool = False) -> Onset | None:
    """§4, verified: by a means that R's `verified by` admits, to the full amount."""
    admitted = frozenset(ref.name for ref in history.clauses(reading, instance).verified_by)
    return asserted(history, reading, instance, Evidence(means=admitted, whenever=whenever)) if admitted else None


def confirmed_by(history: History, party: str, instance: Instance) -> Onset | None:
    """§4: a counterparty says so, for itself; until it disputes it."""
    since = None
    for deed in history.all_deeds_by(party):
        if deed.about(instance.name, instance.key) and deed.verb in ("confirms", "disputes"):
            since = deed.said if deed.verb == "confirms" else None
    return since


def fulfilled(history: History, reading: str, instance: Instance, *, whenever: bool = False) -> Onset | None:
    """§4: confirmed by R's party (in `record`: by every counterparty); or verified where R's text names a proof; or,
    where none is named or R is the bearer's own reading, credited as done. `done when claimed`: in every reading.

    Late proof does not make it late: what is proved by the date of the view counts from the performance on. With
    `whenever` also a performance that lies, or may lie, ahead of the present instant.
    """
    clauses, roles = history.clauses(reading, instance), history.roles(reading, instance)
    if history.kind(instance) != "obligation":
        return None
    if isinstance(clauses.done_when, PublicAct):
        claimed = public_act(history, asking_for(history, reading, instance, Evidence(whenever=whenever)))
        if claimed is not None and (whenever or claimed.latest <= history.now):
            return performed(history, reading, instance, Evidence(whenever=whenever))
    done = performed(history, reading, instance, Evidence(whenever=whenever))
    if done is None:
        return None
    who = roles.counterparties if reading == RECORD else (reading,)
    if who and all(confirmed_by(history, each, instance) for each in who):
        return done
    if clauses.verified_by and reading not in roles.bearers:
        return done if shown(history, reading, instance, whenever=True) is not None else None
    return done


def promised(history: History, reading: str, instance: Instance) -> Onset | None:
    """§4: undertaken and its `when` met in the bearer's reading, or one open offer's condition met; by all bearers."""
    found = []
    for debtor in owed.debtors(history, reading, instance):
        met = [promises.met_promise(history, debtor, instance), promises.met_offer(history, debtor, instance)]
        met.append(_bound(history, debtor, instance))
        own = [each for each in met if each is not None]
        if not own:
            return None
        found.append(min(own, key=lambda each: each.latest))
    return later(*found) if found else None


def _bound(history: History, debtor: str, instance: Instance) -> Onset | None:
    """Undertaken by a source, or by a word other than a promise, and its `when` met in the bearer's reading."""
    own = history.reading_of(debtor)
    if not history.exists(own, instance) or not owed.unconditionally(history, debtor, own, instance):
        return None
    if not owed.owed(history, own, instance) or bool(promises.standing_promises(history, debtor, instance)):
        return None
    if not _by_more_than_promises(history, debtor, instance) and (own, instance) not in history.memory.agreed:
        return None  # a rejected promise is no longer promised
    when = history.clauses(own, instance).when
    met = history.when_met(own, instance, when)
    since = history.stretch(("bound", debtor, instance), history.at_now())
    return None if met is None or since is None else later(since, met)


def _by_more_than_promises(history: History, debtor: str, instance: Instance) -> bool:
    words = [deed for deed in history.words_on(debtor, instance) if deed.verb in owed.AFFIRMING]
    other_words = any(deed.verb != "promises" and deed.act.when is None for deed in words)
    return other_words or owed.by_source(history, debtor, history.reading_of(debtor), instance)


def rungs(history: History, reading: str, instance: Instance) -> dict[str, Onset]:
    """§4: the ladder. A higher rung reaches the lower; `confirmed` stands beside it and implies `claimed`."""
    who = owed.debtors(history, reading, instance)
    roles = history.roles(reading, instance)
    offers = [[deed.said for deed in promises.open_offers(history, each, instance)] for each in who]
    found: dict[str, Onset | None] = {
        "offered": later(*(own[0] for own in offers)) if offers and all(offers) else None,
        "promised": promised(history, reading, instance),
        "begun": _first(
            deed.said for each in roles.bearers for deed in history.words_on(each, instance) if deed.verb == "begins"
        ),
        "claimed": asserted(history, reading, instance, SAID),
        "observed": asserted(history, reading, instance, Evidence(sight=True)),
        "verified": shown(history, reading, instance),
        "confirmed": _first(
            since
            for each in roles.counterparties
            if (since := confirmed_by(history, each, instance))
            if since.latest <= history.now
        ),
    }
    for rung in ORDER:
        keep = rung not in ("offered", "promised") or _kept(history, rung, who, instance)
        found[rung] = history.once(("rung", rung, reading, instance), found[rung], keep=keep)
        if rung in ("offered", "promised"):
            found[rung] = history.stretch(("rung", rung, reading, instance), found[rung])
    if found["confirmed"] is not None:
        found["claimed"] = _first(each for each in (found["claimed"], found["confirmed"]) if each is not None)
    for lower, higher in zip(ORDER[-2::-1], ORDER[:0:-1], strict=True):
        reached = [each for each in (found[lower], found[higher]) if each is not None]
        found[lower] = _first(reached)
    if instance.arose is not None:  # what was undertaken before an instance came to be counts from then
        for rung in ("offered", "promised"):
            if (when := found[rung]) is not None:
                found[rung] = later(when, instance.arose)
    return {rung: when for rung, when in found.items() if when is not None}


def _first(found: object) -> Onset | None:
    return min(found, key=lambda each: each.latest, default=None)  # type: ignore[call-overload, no-any-return]


def _kept(history: History, rung: str, debtors: tuple[str, ...], instance: Instance) -> bool:
    """Whether a rung stays reached though what reached it has gone: but for what was taken back or rejected."""
    verbs = {"offered": ("offers", "promises"), "promised": ("promises",)}[rung]
    for debtor in debtors:
        made = [deed for deed in history.words_on(debtor, instance) if deed.verb in verbs]
        standing = [
            *promises.standing_promises(history, debtor, instance),
            *promises.open_offers(history, debtor, instance),
        ]
        if made and not any(deed in standing for deed in made):
            return False
    return True


__all__ = ["ASSERTED", "asserted", "evidenced", "fulfilled", "performed", "rungs"]
