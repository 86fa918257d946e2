"""What stretches of the record are about: acts that mostly have to do with a commitment and with what it waits for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from .conditions import condition, performance
from .draft import Deed, Draft, Owed
from .versions import hold, hold_term

#: What each stretch of the record is about, and how often.
PLOTS = {
    "perform": 20, "hint": 22, "word": 11, "promise": 10, "offer": 8, "judge": 7, "power": 11, "suspend": 6, "end": 4,
    "waive": 5, "transfer": 4, "hold": 10, "term": 4, "source": 9, "means": 6, "trust": 4, "talk": 9, "use": 4,
    "close": 5, "deny": 8, "contest": 7, "late proof": 7,
}  # fmt: skip


def _name(draft: Draft, owed: Owed) -> str:
    return f"{owed.name}[{draft.one(owed.keys)}]" if owed.keys and draft.chance(30) else owed.name


def _bearer(draft: Draft, owed: Owed) -> str:
    return draft.voice(draft.one(owed.bearers))


def _counterparty(draft: Draft, owed: Owed) -> str:
    return draft.voice(draft.one(owed.counterparties)) if owed.counterparties else draft.other(owed.bearers)


def _subjects(draft: Draft, owed: Owed) -> tuple[str, ...]:
    """Who has to accept it for it to be owed."""
    if owed.kind in ("obligation", "prohibition"):
        return tuple(owed.bearers)
    return tuple(owed.counterparties or [party for party in draft.parties if party not in owed.bearers] or owed.bearers)


def accepted(draft: Draft, owed: Owed) -> list[Deed]:
    """It comes to be owed: its source is signed or accepted, or it is accepted itself."""
    sources = [each for each in draft.sources if each.name in owed.sources] if "under" in owed.clauses else []
    subjects = _subjects(draft, owed)
    if not sources or draft.chance(30):
        verb = draft.weighted({"recognises": 3, "promises": 3})
        who = subjects if draft.chance(85) else subjects[:1]
        deeds = [Deed(who, f"{verb if owed.kind in ('obligation', 'prohibition') else 'recognises'} {owed.name}")]
    elif sources[0].signers:
        signers = tuple(sources[0].signers)
        deeds = [Deed(signers if draft.chance(80) else signers[:1], f"signs {sources[0].name}")]
    else:
        deeds = [Deed(subjects, f"recognises {sources[0].name}")]
    if draft.chance(35):
        deeds.append(Deed((_counterparty(draft, owed),), f"recognises {owed.name}"))
    return deeds


def _perform(draft: Draft, owed: Owed) -> list[Deed]:
    deeds = [Deed((_bearer(draft, owed),), f"begins {_name(draft, owed)}")] if draft.chance(15) else []
    deeds += performance(draft, owed)
    if draft.chance(35):
        deeds.append(_judgement(draft, owed))
    return deeds


def _judgement(draft: Draft, owed: Owed) -> Deed:
    verb = draft.weighted({"confirms": 4, "disputes": 4, "protests": 2})
    thing = _name(draft, owed)
    if owed.performances and verb != "protests" and draft.chance(30):
        thing = draft.one(owed.performances)
        thing = owed.name if " more " in thing else thing
    return Deed((_counterparty(draft, owed),), f"{verb} {thing}")


def _hint(draft: Draft, owed: Owed) -> list[Deed]:
    """What its conditions wait for comes about, or is asserted to."""
    hints = owed.hints or draft.hints
    if not hints:
        return _perform(draft, owed)
    return draft.some(hints, 1, 3)


def _word(draft: Draft, owed: Owed) -> list[Deed]:
    who = _counterparty(draft, owed) if draft.chance(45) else _bearer(draft, owed)
    verb = draft.weighted({"recognises": 3, "rejects": 3, "refuses": 4, "withdraws": 4, "proposes": 4, "disputes": 1})
    return [Deed((who,), f"{verb} {_name(draft, owed)}")]


def _date_of_promise(draft: Draft) -> list[str]:
    if draft.chance(45):
        return []
    return [f"by {draft.day(1)}"] if draft.chance(60) else [f"within {draft.duration()}"]


def _promise(draft: Draft, owed: Owed) -> list[Deed]:
    clauses = _date_of_promise(draft)
    if draft.chance(35):
        before = len(draft.hints)
        clauses.append(f"when {condition(draft, owed.rank, depth=1, without=owed.name)}")
        hints = draft.hints[before:]
    else:
        hints = []
    who = tuple(draft.voice(each) for each in owed.bearers)
    deeds = [Deed(who, f"promises {_name(draft, owed)}", tuple(clauses))]
    if draft.chance(20):
        deeds.append(Deed((_counterparty(draft, owed),), f"{draft.one(('rejects', 'recognises'))} {owed.name}"))
    return deeds + (draft.some(hints, 1, 2) if hints and draft.chance(60) else [])


def _offer(draft: Draft, owed: Owed) -> list[Deed]:
    before = len(draft.hints)
    clauses = [f"when {condition(draft, owed.rank, depth=1, without=owed.name)}"] if draft.chance(80) else []
    hints, clauses = draft.hints[before:], [*clauses, *_date_of_promise(draft)]
    deeds = [Deed(tuple(owed.bearers), f"offers {owed.name}", tuple(clauses))]
    deeds += draft.some(hints, 1, 2) if hints and draft.chance(70) else []
    if draft.chance(12):
        deeds.append(Deed(tuple(owed.bearers), f"withdraws {owed.name}"))
    return deeds


def _judge(draft: Draft, owed: Owed) -> list[Deed]:
    return [_judgement(draft, owed)]


def _deed_of(draft: Draft, owed: Owed, verb: str, *, of: Owed | None = None) -> Deed:
    """An act of power upon a commitment: under the power, by one side, or by all whom it concerns."""
    who = of.bearers if of is not None else owed.concerned if draft.chance(55) else [draft.one(owed.concerned)]
    name = draft.one(owed.sources) if draft.chance(18) and verb not in ("waives", "transfers") else _name(draft, owed)
    if verb == "transfers":
        return Deed(tuple(who[:1]), f"transfers {owed.name} to {draft.other(who)}")
    return Deed(tuple(who), f"{verb} {name}")


def _power(draft: Draft, owed: Owed) -> list[Deed]:
    """Somebody uses a power, as it was given or by its name."""
    powers = [each for each in draft.owed if each.kind == "power"]
    if not powers:
        return _suspend(draft, owed)
    power = draft.one(powers)
    _, mandate, rest = power.clauses["may"].split(" ", 2)
    target = draft.one(rest.split(", "))
    deeds = draft.some(power.hints, 1, 2) if power.hints and draft.chance(40) else []
    if draft.chance(25):
        return [*deeds, Deed((_bearer(draft, power),), f"uses {power.name}")]
    to = f" to {draft.other(power.bearers)}" if mandate == "transfer" else ""
    deeds.append(Deed((_bearer(draft, power),), f"{mandate}s {target}{to}"))
    if mandate == "suspend" and draft.chance(60):
        deeds.append(Deed((_bearer(draft, power),), f"resumes {target}"))
    if draft.chance(20):
        deeds.append(Deed((_counterparty(draft, power),), f"consents to {target}"))
    return deeds


def _contest(draft: Draft, owed: Owed) -> list[Deed]:
    """It is said to be done, and the other side says that it is not."""
    thing = draft.one(owed.performances) if owed.performances and draft.chance(50) else _name(draft, owed)
    denied = owed.name if " more " in thing or draft.chance(50) else thing
    deeds = [
        Deed((_bearer(draft, owed),), f"claims {thing}"),
        Deed((_counterparty(draft, owed),), f"disputes {denied}"),
    ]
    if draft.chance(25):
        deeds.append(Deed((draft.onlooker(owed.bearers),), f"observes {thing}"))
    return deeds


def _late_proof(draft: Draft, owed: Owed) -> list[Deed]:
    """Claimed in time, perhaps, and seen by others only when the day has passed."""
    dated = [each for each in draft.owed if each.kind == "obligation" and "by" in each.clauses]
    owed = draft.one(dated) if dated else owed
    thing = draft.one(owed.performances) if owed.performances and draft.chance(40) else _name(draft, owed)
    last = re.fullmatch(r"by (\d{4}-\d\d-\d\d)", owed.clauses.get("by", ""))
    day = datetime.date.fromisoformat(last[1]) if last else draft.day()
    deeds = [Deed((_bearer(draft, owed),), f"claims {thing}", (), day - datetime.timedelta(draft.choose(3)))]
    later = day + datetime.timedelta(1 + draft.choose(5))
    if draft.chance(70):
        return [*deeds, Deed((draft.onlooker(owed.bearers),), f"observes {thing}", (), later)]
    return [*deeds, Deed((_counterparty(draft, owed),), f"confirms {_name(draft, owed)}", (), later)]


def _suspend(draft: Draft, owed: Owed) -> list[Deed]:
    allowed = [each for each in draft.owed if each.kind in ("right", "power")]
    owed = draft.one(allowed) if allowed and draft.chance(35) else owed
    deeds = [_deed_of(draft, owed, "suspends")]
    if draft.chance(65):
        deeds.append(Deed(deeds[0].actors, deeds[0].words.replace("suspends", "resumes")))
    return deeds


def _end(draft: Draft, owed: Owed) -> list[Deed]:
    return [_deed_of(draft, owed, "terminates")]


def _waive(draft: Draft, owed: Owed) -> list[Deed]:
    who = owed.counterparties or owed.bearers
    if draft.chance(60):
        return [Deed(tuple(who), f"waives {_name(draft, owed)}")]
    return [Deed((draft.voice(draft.one(who)),), f"waives {_name(draft, owed)}")]


def _transfer(draft: Draft, owed: Owed) -> list[Deed]:
    who = draft.one(owed.concerned)
    to = draft.other([who])
    deeds = [Deed((who,), f"transfers {_name(draft, owed)} to {to}")]
    if draft.chance(50):
        other = owed.counterparties if who in owed.bearers else owed.bearers
        consents = [Deed((draft.one(other or owed.bearers),), f"consents to {owed.name}")]
        deeds = consents + deeds if draft.chance(60) else deeds + consents
    if draft.chance(45):
        deeds.append(Deed((to,), f"{draft.one(('recognises', 'claims'))} {owed.name}"))
    return deeds


def _use(draft: Draft, owed: Owed) -> list[Deed]:
    allowed = [each for each in draft.owed if each.kind in ("right", "power")]
    if not allowed:
        return _perform(draft, owed)
    permission = draft.one(allowed)
    return [Deed((_bearer(draft, permission),), f"uses {_name(draft, permission)}")]


def _deny(draft: Draft, owed: Owed) -> list[Deed]:
    allowed = [each for each in draft.owed if each.kind in ("right", "power")] or [owed]
    permission = draft.one(allowed)
    if draft.means and draft.chance(30):
        means = draft.one(draft.means)
        return [Deed((means.by,), f"attempts {means.name}", (f"on {permission.name}", "result denied"))]
    verb = draft.weighted({"refuses": 3, "consents to": 1})
    return [Deed((draft.one(_subjects(draft, permission)),), f"{verb} {_name(draft, permission)}")]


def _source(draft: Draft, owed: Owed) -> list[Deed]:
    source = draft.one(draft.sources)
    verbs = {"recognises": 3, "rejects": 3, "withdraws": 2, "proposes": 3, "refuses": 1, "disputes": 1}
    if source.signers:
        verbs["signs"] = 9
    verb = draft.weighted(verbs)
    who = source.signers if verb == "signs" else draft.parties
    return [Deed((draft.voice(draft.one(who)),), f"{verb} {source.name}")]


def _means(draft: Draft, owed: Owed) -> list[Deed]:
    if not draft.means:
        return _perform(draft, owed)
    means = draft.one(draft.means)
    deeds: list[Deed] = []
    for each in means.consent_of:
        when = (f"when {condition(draft, owed.rank, depth=0)}",) if draft.chance(25) else ()
        deeds.append(Deed((each,), f"{draft.weighted({'consents to': 4, 'refuses': 1})} {means.name}", when))
    result = draft.weighted({"done": 3, "denied": 3, "unable": 1})
    deeds.append(Deed((means.by,), f"attempts {means.name}", (f"on {owed.name}", f"result {result}")))
    return draft.some(deeds, 1, 2)


def _trust(draft: Draft, owed: Owed) -> list[Deed]:
    party = draft.one(draft.parties)
    whom = draft.one([each for each in [*draft.bodies, *draft.parties] if each != party])
    return [Deed((party,), f"{draft.weighted({'trusts': 3, 'rejects': 1})} {whom}")]


def _talk(draft: Draft, owed: Owed) -> list[Deed]:
    if draft.bodies and draft.chance(60):
        return [Deed((draft.one(draft.bodies),), f"decides {owed.name}")]
    return [Deed((draft.one(draft.parties),), 'states "so it is"' if draft.chance(50) else f"states {owed.name}")]


def _close(draft: Draft, owed: Owed) -> list[Deed]:
    source = "" if draft.chance(25) else f" {draft.one(draft.sources).name}"
    who = tuple(draft.parties) if draft.chance(50) else (draft.one(draft.parties),)
    leaving = f" leaving {owed.name}" if draft.chance(40) else ""
    return [Deed(who, f"closes{source}{leaving}")]


DEEDS: dict[str, Callable[[Draft, Owed], list[Deed]]] = {
    "perform": _perform, "hint": _hint, "word": _word, "promise": _promise, "offer": _offer, "judge": _judge,
    "power": _power, "suspend": _suspend, "end": _end, "waive": _waive, "transfer": _transfer, "hold": hold,
    "term": hold_term, "source": _source, "means": _means, "trust": _trust, "talk": _talk, "use": _use, "close": _close,
    "deny": _deny, "contest": _contest, "late proof": _late_proof,
}  # fmt: skip
