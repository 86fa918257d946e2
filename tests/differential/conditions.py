"""What a clause or an act waits for, and what would make it come true."""

from __future__ import annotations

from .declared import SHIPS
from .draft import Deed, Draft, Owed

RUNGS = {"promised": 5, "begun": 2, "claimed": 4, "observed": 2, "verified": 3, "confirmed": 2, "offered": 2}
FACTS = {"in force": 3, "agreed": 2, "refused": 2, "breached": 4}
#: What a case must not come back to on a circle: whether something is not so, or no longer so.
STATUSES = {
    "obligation": ("fulfilled", "overdue", "due", "dormant", "waived", "ended", "suspended", "proposed", "not owed"),
    "prohibition": ("dormant", "ended", "suspended", "proposed", "not owed", "waived"),
    "right": ("open", "denied", "dormant", "ended", "suspended", "not owed"),
    "power": ("open", "denied", "dormant", "ended", "suspended", "not owed"),
}
SOURCE_STATES = {"signed": 4, "in force": 3, "agreed": 3, "proposed": 1, "refused": 1, "ended": 1, "suspended": 1}
MEANS_STATES = {"agreed": 3, "used": 2, "denied": 2, "refused": 1, "offered": 1}


def condition(draft: Draft, rank: int, *, depth: int = 2, without: str | None = None) -> str:
    """A condition in words; `without` names a commitment that it leaves alone. Leaves hints in the draft."""
    shapes = {"atom": 10}
    if depth > 0:
        shapes |= {"and": 3, "or": 2, "at least": 2, "after": 2, "for": 2, "before": 1}
        if not draft.circular:
            shapes["unless"] = 3

    def inner() -> str:
        return condition(draft, rank, depth=depth - 1, without=without)

    match draft.weighted(shapes):
        case "and":
            return f"{_within(inner())} and {_within(inner())}"
        case "or":
            return f"{_within(inner())} or {_within(inner())}"
        case "at least":
            parts = [inner() for _ in range(2 + draft.choose(2))]
            return f"at least {1 + draft.choose(len(parts) - 1)} of ({', '.join(parts)})".replace(
                "least 1 of", "least 2 of"
            )
        case "unless":
            return f"{_within(inner())} unless {_within(inner())}"
        case "after":
            return f"{draft.duration()} after {_within(atom(draft, rank, without))}"
        case "before":
            return f"{draft.duration()} before {draft.date()}"
        case "for":
            return f"{_within(atom(draft, rank, without))} for {draft.duration(most=7)}"
    return atom(draft, rank, without)


def _within(words: str) -> str:
    bare = words.count("(") == 0 and not any(
        f" {word} " in f" {words} " for word in ("and", "or", "unless", "after", "before", "for")
    )
    return words if bare else f"({words})"


def atom(draft: Draft, rank: int, without: str | None = None) -> str:
    """One thing that can come about."""
    named = [each for each in draft.owed if (draft.circular or each.rank < rank) and each.name != without]
    kinds = {"matter": 6, "date": 2, "source": 2, "amount": 3, "event": 2, "did": 3, "member": 1}
    if named:
        kinds |= {"commitment": 7, "state": 8}
    if draft.means:
        kinds["means"] = 2
    match draft.weighted(kinds):
        case "commitment":
            owed = draft.one(named)
            draft.hints += performance(draft, owed)
            return _ref(draft, owed)
        case "state":
            return _state(draft, draft.one(named))
        case "date":
            return draft.date()
        case "source":
            return _source(draft)
        case "amount":
            return amount(draft)
        case "event":
            return event(draft)
        case "did":
            return _did(draft, named)
        case "member":
            return f"{draft.one(draft.items)} in goods"
        case "means":
            means = draft.one(draft.means)
            state = draft.weighted(MEANS_STATES)
            if state in ("agreed", "offered"):
                draft.hints += [Deed((each,), f"consents to {means.name}") for each in means.consent_of]
            else:
                words = f"refuses {means.name}" if state == "refused" else f"attempts {means.name}"
                draft.hints.append(Deed((means.by,), words, ("result denied",) if state == "denied" else ()))
            return f"{means.name} is {state}"
    matter = draft.one([each for each in draft.matters if draft.circular or each.rank <= rank])
    if matter.definition is None:
        draft.hints.append(Deed((draft.onlooker(),), f"{draft.one(('observes', 'claims'))} {matter.name}"))
        if draft.chance(12):
            return f"{matter.name} is {draft.one(('claimed', 'observed', 'confirmed', 'verified'))}"
    return matter.name


def _ref(draft: Draft, owed: Owed) -> str:
    return f"{owed.name}[{draft.one(owed.keys)}]" if owed.keys and draft.chance(25) else owed.name


def _state(draft: Draft, owed: Owed) -> str:
    states = {**RUNGS, **FACTS}
    if owed.kind in ("right", "power"):
        states |= {"used": 8}
    if not draft.circular and draft.chance(40):
        state = draft.one(STATUSES[owed.kind])
    elif owed.kind == "obligation" or draft.chance(60):
        state = draft.weighted(states)
    else:
        state = draft.weighted({"used": 4} if owed.kind in ("right", "power") else FACTS)
    bearer, other = owed.bearers[0], draft.one(owed.counterparties) if owed.counterparties else owed.bearers[0]
    deeds = {
        "promised": Deed((bearer,), f"promises {owed.name}"),
        "offered": Deed((bearer,), f"offers {owed.name}"),
        "begun": Deed((bearer,), f"begins {owed.name}"),
        "claimed": Deed((bearer,), f"claims {owed.name}"),
        "confirmed": Deed((other,), f"confirms {owed.name}"),
        "agreed": Deed((other,), f"recognises {owed.name}"),
        "refused": Deed((bearer,), f"refuses {owed.name}"),
        "used": Deed((bearer,), f"uses {owed.name}"),
        "waived": Deed((other,), f"waives {owed.name}"),
    }
    if state in deeds:
        draft.hints.append(deeds[state])
    elif state in ("observed", "verified", "fulfilled"):
        draft.hints += performance(draft, owed)
    words = f"{_ref(draft, owed)} is {state}"
    if state in ("promised", "offered"):
        words += draft.weighted({"": 3, " with a date": 1, " by": 1})
        if words.endswith(" by"):
            words += f" {draft.day()}"
    return words


def _source(draft: Draft) -> str:
    source = draft.one(draft.sources)
    if source.signers:
        draft.hints += [Deed((each,), f"signs {source.name}") for each in source.signers]
    else:
        draft.hints.append(Deed((draft.one(source.to or source.authors),), f"recognises {source.name}"))
    if draft.chance(45):
        return source.name
    states = {state: weight for state, weight in SOURCE_STATES.items() if source.signers or state != "signed"}
    if draft.circular:
        states = {state: weight for state, weight in states.items() if state not in ("ended", "suspended")}
    return f"{source.name} is {draft.weighted(states)}"


def amount(draft: Draft, *, whose: str | None = None) -> str:
    """So much of an item; what is said of it later names the same item."""
    item = draft.one([*draft.items, "goods"])
    number = 1 + draft.choose(6)
    bound = draft.weighted({"": 6, "at least ": 1, "more than ": 1} | ({} if draft.circular else {"at most ": 1}))
    percent = draft.chance(10)
    of = f" of {whose}" if whose else (f" of {draft.one(draft.parties)}" if draft.chance(12) else "")
    thing = f"{'% ' if percent else ''}{item}{of} moved"
    number *= 10 if percent else 1
    said = thing.replace("goods", draft.one(draft.goods)).replace(" of p ", f" of {draft.one(draft.parties)} ")
    draft.hints.append(Deed((draft.onlooker(),), f"observes {number + (bound == 'more than ')} {said}"))
    return f"{bound}{number} {thing}"


def event(draft: Draft) -> str:
    name, ship = draft.one(draft.events), draft.one(SHIPS)
    port = ", port=Novi" if name == "arrives" else ""
    draft.hints.append(Deed((draft.onlooker(),), f"observes {name}(ship={ship}{port})"))
    return f"{name}({draft.weighted({f'ship={ship}': 4, 'ship': 2, 'ship not in goods': 1, 'ship in allies': 1})})"


def _did(draft: Draft, named: list[Owed]) -> str:
    party = draft.one(draft.parties)
    actor = draft.weighted({draft.voice(party): 8, "allies": 1})
    objects = [each.name for each in draft.sources]
    objects += [each.name for each in named]
    kinds = {"recognises": 3, "claims": 2, "rejects": 1, "refuses": 1, "closes": 1}
    if draft.means:
        kinds["consents to"] = 4
    if named:
        kinds |= {"promises": 3, "begins": 1, "protests": 1}
    verb = draft.weighted(kinds)
    if verb == "consents to":
        name = draft.one(draft.means).name
    elif verb == "claims":
        name = draft.one([each.name for each in draft.matters if each.definition is None])
        if draft.chance(35):
            name = f"{1 + draft.choose(5)} {draft.one(draft.items)} moved"
    elif verb == "closes":
        name = draft.one(draft.sources).name
    elif verb in ("promises", "begins", "protests"):
        name = draft.one(named).name
    else:
        name = draft.one(objects)
    clauses: tuple[str, ...] = ()
    via = ""
    if draft.channels and draft.chance(15):
        channel = draft.one(list(draft.channels))
        via, clauses = f" via {channel}", (f"via {channel}",)
    who = draft.parties if actor == "allies" else [actor]
    draft.hints += [Deed((each,), f"{verb} {name}", clauses) for each in who]
    return f"{actor} {verb} {name}{via}"


def performance(draft: Draft, owed: Owed) -> list[Deed]:
    """What is said when a commitment is said to be done: a claim, and somebody's sight."""
    thing = draft.one(owed.performances) if owed.performances and draft.chance(70) else _ref(draft, owed)
    if owed.kind in ("right", "power"):
        return [Deed((owed.bearers[0],), f"uses {owed.name}")]
    deeds = []
    if draft.chance(45):
        deeds.append(Deed((draft.voice(draft.one(owed.bearers)),), f"claims {thing}"))
    clauses: tuple[str, ...] = ()
    who = draft.onlooker(owed.bearers)
    if draft.means and draft.chance(65 if owed.means else 20):
        name = draft.one(owed.means or [each.name for each in draft.means])
        means = next(each for each in draft.means if each.name == name)
        who, clauses = means.by, (f"via {means.name}",)
    if not deeds or draft.chance(70):
        deeds.append(Deed((who,), f"observes {thing}", clauses))
    return deeds
