"""What happened: acts that mostly have to do with the commitments and with what they wait for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .commitments import CLAUSES, under
from .conditions import condition, performance
from .draft import Deed, Draft, Owed

#: What each stretch of the record is about, and how often.
PLOTS = {
    "perform": 22, "hint": 22, "word": 8, "promise": 11, "offer": 7, "judge": 10, "power": 14, "suspend": 5, "end": 3,
    "waive": 6, "transfer": 4, "hold": 10, "term": 4, "source": 6, "means": 5, "trust": 3, "talk": 4, "use": 5,
    "close": 2, "deny": 4,
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """An act with the day, or the day and hour, that it is sorted by."""

    when: tuple[datetime.date, int]
    dating: str
    deed: Deed


def record(draft: Draft) -> Iterator[str]:
    """All acts, sorted by their days; those of one day in the order in which they were thought of."""
    entries: list[Entry] = []
    for owed in draft.owed:
        if draft.chance(80):
            entries += _at(draft, _accepted(draft, owed), 0 if draft.chance(70) else draft.choose(4))
    for _ in range(3 + draft.choose(9)):
        owed = draft.one(draft.owed)
        deeds = _PLOTS[draft.weighted(PLOTS)](draft, owed)
        entries += _at(draft, deeds, draft.choose(len(draft.days)))
    lines: list[str] = []
    if draft.chance(30):
        lines += written(draft, "", _undated(draft))
    for entry in sorted(entries, key=lambda each: each.when):
        lines += written(draft, f"{entry.dating} ", entry.deed)
    yield from lines


def written(draft: Draft, dating: str, deed: Deed) -> list[str]:
    words, actors = deed.words, ", ".join(dict.fromkeys(deed.actors))
    return [f"{dating}{actors} {words}", *(f"  {clause}" for clause in deed.clauses)]


def _at(draft: Draft, deeds: list[Deed], index: int) -> list[Entry]:
    """Deeds one after the other, on the same day or on later ones."""
    entries = []
    for deed in deeds:
        day = draft.days[min(index, len(draft.days) - 1)]
        dating, hour = str(day), 24
        if draft.chance(18):
            hour = draft.one((10, 0, 18, 23))
            dating += f"T{hour:02d}:00"
        elif draft.chance(5):
            dating = f"~{dating}" if draft.chance(40) else f"{day - datetime.timedelta(days=2)}..{dating}"
        entries.append(Entry((day, hour), dating, _dressed(draft, deed, day)))
        if draft.chance(60):
            index += 1
    return entries


def _dressed(draft: Draft, deed: Deed, day: datetime.date) -> Deed:
    """The clauses that go with any verb: `via`, `on`, `known`, `cites`, and words of one's own."""
    clauses = list(deed.clauses)
    bare = " via " not in " ".join(["", *clauses])
    if draft.channels and bare and draft.chance(12):
        clauses.append(f"via {draft.one(list(draft.channels))}")
    if deed.words.split()[0] in ("claims", "observes") and draft.chance(18):
        clauses.append(f"on {day - datetime.timedelta(days=1 + draft.choose(9))}")
    if draft.late_news and draft.chance(20):
        clauses.append(f"known {day + datetime.timedelta(days=draft.choose(12))}")
    if draft.chance(5):
        clauses.append(f"cites {draft.one(draft.sources).name}")
    if draft.chance(2):
        clauses.append('"in so many words"')
    return Deed(deed.actors, deed.words, tuple(clauses))


def _undated(draft: Draft) -> Deed:
    party = draft.one(draft.parties)
    match draft.weighted({"holds": 4, "trusts": 2, "recognises": 2, "rejects": 1}):
        case "holds":
            return _version(draft, draft.one(draft.owed), party)
        case "trusts":
            return Deed((party,), f"trusts {draft.other([party])}")
        case "rejects":
            return Deed((party,), f"rejects {draft.one([*draft.bodies, 'goods'])}")
    return Deed((party,), f"recognises {draft.one(draft.sources).name}")


# ── plots ────────────────────────────────────────────────────────────────────────────────────────────────────────


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


def _accepted(draft: Draft, owed: Owed) -> list[Deed]:
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
    verb = draft.weighted({"recognises": 4, "rejects": 4, "refuses": 3, "withdraws": 3, "proposes": 3, "disputes": 1})
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


def _suspend(draft: Draft, owed: Owed) -> list[Deed]:
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


def _version(draft: Draft, owed: Owed, party: str | None = None) -> Deed:
    """A party's own version of a clause, of a matter, or of a means."""
    party = party or draft.one(owed.concerned if draft.chance(85) else draft.parties)
    kind = draft.weighted({"clause": 12, "means": 2 if draft.means else 0, "matter": 2})
    if kind == "means":
        means = draft.one(draft.means)
        consent = draft.weighted({"none": 2, draft.one(draft.parties): 3})
        clause = f"by {draft.one(draft.parties)}" if draft.chance(35) else f"consent of {consent}"
        return Deed((party,), f"holds {means.name}", (clause,))
    if kind == "matter":
        defined = [each for each in draft.matters if each.rank > 0] or draft.matters
        matter = draft.one(defined)
        before, draft.hints = draft.hints, []
        others = [each for each in draft.matters if each.rank < matter.rank]
        words = condition(draft, matter.rank, depth=1) if others else f"{draft.one(draft.items)} in goods"
        draft.hints = before
        if matter.name in words.replace("(", " ").replace(")", " ").split():
            words = f"{draft.one(draft.items)} in goods"
        return Deed((party,), f"holds {matter.name} = {words}")
    return Deed((party,), f"holds {owed.name}", tuple(_versions(draft, owed)))


#: Clauses that one can hold a version of, and those that can be dropped.
HELD = {
    "obligation": ("when", "by", "within", "done when", "verified by", "until", "from", "under", "begins by"),
    "prohibition": ("when", "forbids", "from", "until", "under"),
    "right": ("when", "until", "under"),
    "power": ("when", "until", "under"),
}


def _versions(draft: Draft, owed: Owed) -> Iterator[str]:
    own = [clause for clause in HELD[owed.kind] if clause in owed.clauses and clause != "under"]
    for clause in draft.some(own if own and draft.chance(75) else HELD[owed.kind], 1, 2):
        if draft.chance(35 if clause in own else 5):
            yield f"{clause} none"
            continue
        before, draft.hints = draft.hints, []
        performances, sources = owed.performances, owed.sources
        words = under(draft, owed) if clause == "under" else CLAUSES[clause](draft, owed)
        owed.hints += draft.hints
        owed.performances = [*performances, *(each for each in owed.performances if each not in performances)]
        draft.hints, owed.sources = before, sources
        yield from (words or f"{clause} none").split("\n")


def _hold(draft: Draft, owed: Owed) -> list[Deed]:
    deed = _version(draft, owed)
    if draft.chance(30) and owed.counterparties and owed.bearers != owed.counterparties:
        everybody = tuple(dict.fromkeys([*owed.bearers, *owed.counterparties]))
        return [Deed(everybody, deed.words, deed.clauses)]
    return [deed]


def _term(draft: Draft, owed: Owed) -> list[Deed]:
    party = draft.one(draft.parties)
    match draft.weighted({"holds": 5, "rejects": 2, "recognises": 1, "group": 1}):
        case "holds":
            return [Deed((party,), f"holds goods = {', '.join(draft.some(draft.items))}")]
        case "group":
            return [Deed((party,), f"holds allies = {', '.join(draft.some(draft.parties, 1))}")]
        case verb:
            return [Deed((party,), f"{verb} goods")]


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
    if draft.bodies and draft.chance(45):
        return [Deed((draft.one(draft.bodies),), f"decides {owed.name}")]
    return [Deed((draft.one(draft.parties),), 'states "so it is"' if draft.chance(50) else f"states {owed.name}")]


def _close(draft: Draft, owed: Owed) -> list[Deed]:
    source = "" if draft.chance(25) else f" {draft.one(draft.sources).name}"
    who = tuple(draft.parties) if draft.chance(50) else (draft.one(draft.parties),)
    leaving = f" leaving {owed.name}" if draft.chance(40) else ""
    return [Deed(who, f"closes{source}{leaving}")]


_PLOTS: dict[str, Callable[[Draft, Owed], list[Deed]]] = {
    "perform": _perform, "hint": _hint, "word": _word, "promise": _promise, "offer": _offer, "judge": _judge,
    "power": _power, "suspend": _suspend, "end": _end, "waive": _waive, "transfer": _transfer, "hold": _hold,
    "term": _term, "source": _source, "means": _means, "trust": _trust, "talk": _talk, "use": _use, "close": _close,
    "deny": _deny,
}  # fmt: skip
