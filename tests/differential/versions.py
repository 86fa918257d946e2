"""Who holds what: a party's own version of a clause, a term, a matter or a means."""

from __future__ import annotations

from collections.abc import Iterator

from .commitments import CLAUSES, for_each, may, under
from .conditions import condition
from .draft import Deed, Draft, Owed


def version(draft: Draft, owed: Owed, party: str | None = None) -> Deed:
    """A party's own version of a clause, of a matter, or of a means."""
    party = party or draft.one(owed.concerned if draft.chance(85) else draft.parties)
    kind = draft.weighted({"clause": 12, "means": 2 if draft.means else 0, "matter": 2})
    if kind == "means":
        means = draft.one(draft.means)
        consent = draft.weighted({"none": 2, draft.one(draft.parties): 3})
        clause = f"by {draft.one(draft.parties)}" if draft.chance(35) else f"consent of {consent}"
        return Deed((party,), f"holds {means.name}", (clause,))
    if kind == "matter":
        # what is so from the beginning would have periods from the year 1 on
        periods = " ".join(each.clauses.get("for each", "") for each in draft.owed).split()
        free = [each for each in draft.matters if each.name not in periods]
        if not free:
            return Deed((party,), f"holds goods = {draft.one(draft.items)}")
        matter = draft.one([each for each in free if each.rank > 0] or free)
        before, draft.hints = draft.hints, []
        others = [each for each in draft.matters if each.rank < matter.rank]
        words = condition(draft, matter.rank, depth=1) if others else f"{draft.one(draft.items)} in goods"
        draft.hints = before
        if matter.name in words.replace("(", " ").replace(")", " ").split():
            words = f"{draft.one(draft.items)} in goods"
        return Deed((party,), f"holds {matter.name} = {words}")
    return Deed((party,), f"holds {owed.name}", tuple(_versions(draft, owed)))


OWN = {**CLAUSES, "under": under, "may": may}
#: Clauses that one can hold a version of.
HELD = {
    "obligation": ("when", "by", "within", "done when", "verified by", "until", "from", "under", "begins by", "seeks"),
    "prohibition": ("when", "forbids", "from", "until", "under"),
    "right": ("when", "until", "under", "by"),
    "power": ("when", "until", "under", "may"),
}


def _versions(draft: Draft, owed: Owed) -> Iterator[str]:
    own = [clause for clause in HELD[owed.kind] if clause in owed.clauses and clause != "under"]
    if draft.chance(14):
        yield _seldom(draft, owed)
        return
    for clause in draft.some(own if own and draft.chance(75) else HELD[owed.kind], 1, 2):
        if draft.chance(35 if clause in own else 5) and clause != "may":
            yield f"{clause} none"
            continue
        before, draft.hints = draft.hints, []
        performances, sources = owed.performances, owed.sources
        words = OWN[clause](draft, owed)
        owed.hints += draft.hints
        owed.performances = [*performances, *(each for each in owed.performances if each not in performances)]
        draft.hints, owed.sources = before, sources
        yield from (words or f"{clause} none").split("\n")


def _seldom(draft: Draft, owed: Owed) -> str:
    """Who owes it, to whom, what else it goes with: what parties seldom read differently."""
    can_be_dropped = [clause for clause in ("survives", "together with", "instead of") if clause in owed.clauses]
    match draft.one(["to", "of", "survives", *can_be_dropped, *can_be_dropped, *["for each"] * bool(owed.keys)]):
        case "to":
            return f"to {', '.join(draft.some(draft.parties, 1, 2))}"
        case "of":
            return f"of {', '.join(draft.some(draft.parties, 1, 2))}"
        case "for each":
            return "for each p in allies" if owed.keys[0] in draft.parties else for_each(draft, owed)
        case clause:
            return f"{clause} none" if clause in owed.clauses else clause


def hold(draft: Draft, owed: Owed) -> list[Deed]:
    deed = version(draft, owed)
    if draft.chance(30) and owed.counterparties and owed.bearers != owed.counterparties:
        everybody = tuple(dict.fromkeys([*owed.bearers, *owed.counterparties]))
        return [Deed(everybody, deed.words, deed.clauses)]
    return [deed]


def hold_term(draft: Draft, owed: Owed) -> list[Deed]:
    party = draft.one(draft.parties)
    match draft.weighted({"holds": 5, "rejects": 2, "recognises": 1, "group": 1}):
        case "holds":
            return [Deed((party,), f"holds goods = {', '.join(draft.some(draft.items))}")]
        case "group":
            return [Deed((party,), f"holds allies = {', '.join(draft.some(draft.parties, 1))}")]
        case verb:
            return [Deed((party,), f"{verb} goods")]
