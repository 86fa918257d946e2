"""What is owed: commitments of all four kinds, with any of their clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .conditions import amount, condition, event
from .draft import Deed, Draft, Matter, Owed

KINDS = {"obligation": 12, "prohibition": 5, "power": 5, "right": 3}
#: How often, of a hundred commitments of the kind, each clause is written.
SHARES = {
    "obligation": {
        "for each": 16, "when": 30, "from": 9, "until": 9, "by": 28, "within": 22, "begins by": 10, "done when": 50,
        "seeks": 7, "verified by": 30, "together with": 8, "instead of": 12, "survives": 7,
    },
    "prohibition": {
        "for each": 10, "when": 25, "from": 14, "until": 16, "forbids": 85, "together with": 4, "survives": 6,
    },
    "right": {"for each": 8, "when": 30, "from": 10, "until": 10, "by": 12, "within": 12, "survives": 5},
    "power": {"for each": 5, "when": 30, "from": 8, "until": 8, "by": 8, "within": 8, "survives": 5},
}  # fmt: skip
MANDATES = ("suspend", "resume", "terminate", "waive", "transfer")


def commitments(draft: Draft) -> Iterator[str]:
    """One to six commitments, with the matters that are defined by them."""
    count = 1 + draft.choose(4) + (draft.choose(3) if draft.chance(30) else 0)
    for number in range(1, count + 1):
        kind = draft.weighted(KINDS)
        if kind == "power" and not draft.owed:
            kind = "obligation"
        owed = Owed(f"{kind[0]}{number}", kind, number)
        lines = _clauses(draft, owed)
        draft.owed.append(owed)
        yield f"{kind} {owed.name} of {lines.pop('of')}" + (f" to {to}" if (to := lines.pop("to")) else "")
        owed.clauses = lines
        yield from (f"  {line}" for block in lines.values() for line in block.split("\n"))
        if draft.chance(12):
            matter = Matter(f"state{number}", number + 1, "")
            matter.definition = condition(draft, number + 1, depth=1)
            draft.matters.append(matter)
            yield f"matter {matter.name} = {matter.definition}"


def _clauses(draft: Draft, owed: Owed) -> dict[str, str]:
    """The clauses, each in the words of its lines; `of` and `to` belong to the header."""
    _roles(draft, owed)
    shares = SHARES[owed.kind]
    before, draft.hints = draft.hints, []
    lines: dict[str, str] = {}
    if draft.chance(shares["for each"]):
        lines["for each"] = for_each(draft, owed)
    lines |= _who(draft, owed)
    if draft.chance(88):
        lines["under"] = under(draft, owed)
    if owed.kind == "power":
        lines["may"] = may(draft, owed)
    if owed.kind == "obligation" and "for each" not in lines and draft.chance(shares["together with"]):
        lines |= _together(draft, owed)
    for clause, words_of in CLAUSES.items():
        if draft.chance(shares.get(clause, 0)):
            words = words_of(draft, owed)
            if words is not None and not ("seeks" in lines and clause == "done when"):
                lines[clause] = words
    if "together with others" not in lines.get("together with", "") and "for each" in lines and draft.chance(12):
        lines["together with"] = "together with others"
    owed.hints, draft.hints = draft.hints, before
    return lines


# ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _roles(draft: Draft, owed: Owed) -> None:
    source = draft.one(draft.sources)
    bearers = draft.some(draft.parties, 1, 2 if draft.chance(15) else 1)
    if draft.chance(5) and draft.bodies:
        bearers = [draft.one(draft.bodies)]
    rest = [party for party in draft.parties if party not in bearers]
    owed.bearers, owed.sources = bearers, [source.name]
    owed.counterparties = draft.some(rest, 1, 2) if rest and draft.chance(90) else []


def _who(draft: Draft, owed: Owed) -> dict[str, str]:
    if owed.keys and owed.keys[0] in draft.parties and draft.chance(75):
        to = "others" if draft.chance(70) else draft.one(draft.parties)
        owed.bearers, owed.counterparties = list(owed.keys), list(draft.parties)
        return {"of": "p", "to": to}
    if len(owed.bearers) > 1 and draft.chance(30):
        return {"of": "allies", "to": ", ".join(owed.counterparties)}
    return {"of": ", ".join(owed.bearers), "to": ", ".join(owed.counterparties)}


def under(draft: Draft, owed: Owed) -> str:
    """What it rests on: one source or two, now and then only where a term takes something in."""
    names = draft.some([each.name for each in draft.sources], 1, 2 if draft.chance(20) else 1)
    owed.sources = names
    lines = []
    for name in names:
        where = f" where {draft.one(draft.items)} in goods" if draft.chance(18) else ""
        lines.append(f"under {name}{where}")
    return "\n  ".join(lines).replace("\n  ", "\n")


# ── for each ─────────────────────────────────────────────────────────────────────────────────────────────────────


def for_each(draft: Draft, owed: Owed) -> str:
    lower = [each for each in draft.owed if each.kind in ("obligation", "prohibition")]
    kinds = {"event": 5, "member": 4, "period": 3} | ({"breach": 4} if lower else {})
    match draft.weighted(kinds):
        case "member":
            owed.keys = list(draft.parties)
            return "for each p in allies"
        case "period":
            owed.keys = ["1", "2"]
            matter = draft.one([each.name for each in draft.matters if each.definition is None])
            draft.hints.append(Deed((draft.onlooker(),), f"observes {matter}"))
            return f"for each {draft.weighted({'week': 3, '10 days': 2, 'month': 2})} of {matter}"
        case "breach":
            owed.keys = ["1", "2"]
            return f"for each breach of {draft.one(lower).name}"
    owed.keys = ["Argo", "Briga"]
    event(draft)
    draft.hints.append(Deed((draft.onlooker(),), f"observes arrives(ship={draft.one(owed.keys)}, port=Novi)"))
    return draft.weighted({"for each arrives(ship)": 3, "for each arrives(ship, port)": 2})


def _family_of_events(owed: Owed) -> bool:
    return owed.keys[:1] == ["Argo"]


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


def _in_force(word: str) -> Callable[[Draft, Owed], str]:
    return lambda draft, owed: f"{word} {condition(draft, owed.rank)}"


def _until(draft: Draft, owed: Owed) -> str:
    if draft.circular or draft.chance(60):
        return f"until {draft.days[-1 - draft.choose(4)]}"
    return f"until {condition(draft, owed.rank, depth=1)}"


def by(draft: Draft, owed: Owed) -> str:
    """A deadline: mostly a date, else counted from something or waiting for it."""
    match draft.weighted({"date": 7, "after": 3, "condition": 1}):
        case "after":
            return f"by {draft.duration()} after {condition(draft, owed.rank, depth=0)}"
        case "condition":
            return f"by {condition(draft, owed.rank, depth=1)}"
    if draft.chance(12):
        return f"by {draft.days[3]}..{draft.days[4]}"
    return f"by {draft.day(2)}" if draft.chance(85) else f"by {draft.date()}"


def within(draft: Draft, owed: Owed) -> str:
    words = f"within {draft.duration()}"
    return words if draft.chance(45) else f"{words} of {condition(draft, owed.rank, depth=draft.choose(2))}"


def done_when(draft: Draft, owed: Owed) -> str:
    """What performance is."""
    kinds = {"amount": 6, "matter": 5, "claimed": 2, "event": 3, "did": 1, "any": 2}
    if _family_of_events(owed):
        kinds |= {"event": 20}
    match draft.weighted(kinds):
        case "claimed":
            return "done when claimed"
        case "event":
            owed.performances = [f"checked(ship={ship})" for ship in ("Argo", "Briga")]
            return "done when checked(ship)" if _family_of_events(owed) else "done when checked(ship=Argo)"
        case "matter":
            matter = draft.one([each for each in draft.matters if each.definition is None])
            owed.performances = [matter.name]
            return f"done when {matter.name}"
        case "any":
            return f"done when {condition(draft, owed.rank, depth=2, without=owed.name)}"
        case "did":
            return (
                f"done when {owed.bearers[0]} promises {draft.one(draft.owed).name}" if draft.owed else "done when calm"
            )
    wanted = amount(draft, whose="p" if owed.keys and owed.keys[0] in draft.parties and draft.chance(50) else None)
    number = next(int(word) for word in wanted.split() if word.isdigit())
    for who in draft.parties if " of p " in wanted else ["p"]:
        thing = wanted.replace(" of p ", f" of {who} ").replace("goods", draft.one(draft.goods))
        bare = thing.removeprefix("at least ").removeprefix("at most ").removeprefix("more than ")
        rest = bare.removeprefix(f"{number} ")
        owed.performances += [bare, f"{max(1, number // 2)} {rest}", f"{max(1, number // 2)} more {rest}"]
    return f"done when {wanted}"


def _seeks(draft: Draft, owed: Owed) -> str:
    owed.performances = [each.name for each in draft.matters if each.definition is None][:1]
    return f"seeks {owed.performances[0]}" if draft.chance(60) else f"seeks {condition(draft, owed.rank, depth=1)}"


def forbids(draft: Draft, owed: Owed) -> str:
    """What breach is: an event, an act, an amount, a state of affairs."""
    match draft.weighted({"event": 6, "did": 2, "matter": 2, "amount": 2, "any": 2}):
        case "did":
            party = owed.bearers[0]
            words = f"protests {draft.one(draft.sources).name}"
            draft.hints.append(Deed((party,), words))
            return f"forbids {party} {words}"
        case "matter":
            matter = draft.one([each for each in draft.matters if each.definition is None])
            owed.performances = [matter.name]
            return f"forbids {matter.name}"
        case "amount":
            item = draft.one(draft.items)
            owed.performances = [f"5 {item} moved", f"2 more {item} moved"]
            return f"forbids more than {1 + draft.choose(4)} {item} moved"
        case "any":
            return f"forbids {condition(draft, owed.rank, depth=1)}"
    owed.performances = ["arrives(ship=Argo, port=Novi)", "arrives(ship=Briga, port=Novi)"]
    return f"forbids arrives({draft.weighted({'ship': 3, 'ship=Argo': 2, 'ship, port': 1})})"


def verified_by(draft: Draft, owed: Owed) -> str | None:
    if not draft.means:
        return None
    owed.means = draft.some([each.name for each in draft.means], 1)
    return f"verified by {' or '.join(owed.means)}"


def _together(draft: Draft, owed: Owed) -> dict[str, str]:
    """One step with an earlier one: its conditions name nothing later than the earliest of them."""
    others = [each for each in draft.owed if not each.keys]
    if not others:
        return {}
    other = draft.one(others)
    owed.rank = min(owed.rank, other.rank)
    return {"together with": f"together with {other.name}"}


def instead_of(draft: Draft, owed: Owed) -> str | None:
    """In the place of an earlier obligation; its own conditions do not come back to that one."""
    others = [each for each in draft.owed if each.kind == "obligation" and each.rank < owed.rank]
    if not others:
        return None
    other = draft.one(others)
    owed.rank = min(owed.rank, other.rank)
    return f"instead of {other.name}"


def may(draft: Draft, owed: Owed) -> str:
    mandate = draft.one(MANDATES)
    names = [each.name for each in draft.owed]
    if mandate not in ("waive", "transfer") and draft.chance(30):
        names = [each.name for each in draft.sources]
    return f"may {mandate} {', '.join(draft.some(names, 1, 2))}"


def _survives(draft: Draft, owed: Owed) -> str:
    return "survives"


CLAUSES: dict[str, Callable[[Draft, Owed], str | None]] = {
    "instead of": instead_of,
    "when": _in_force("when"),
    "from": _in_force("from"),
    "until": _until,
    "by": by,
    "within": within,
    "begins by": lambda draft, owed: f"begins {by(draft, owed)}",
    "done when": done_when,
    "seeks": _seeks,
    "forbids": forbids,
    "verified by": verified_by,
    "survives": _survives,
}
