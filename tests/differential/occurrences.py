"""How often each word of the language, and each answer, occurs in the cases that are made.

    PYTHONPATH=src:tests:. python -m differential.occurrences [CASES]

What occurs is counted against what it could have occurred in: a clause among the commitments (and versions of them) of
the kinds that may have it, a status among the standings of its kind, a verb among the acts. The standings are those of
the engine: where the two are compared they are the oracle's, too, and they cost a fraction.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import click
import msgspec

from oracle.states import RUNGS
from servanda import load_text
from servanda.load import Loaded
from servanda.model import conditions as shapes
from servanda.model.case import Case
from servanda.model.commitments import (
    Clauses,
    Commitment,
    EachBreach,
    EachEvent,
    EachMember,
    EachPeriod,
    Version,
)
from servanda.model.record import Act
from servanda.model.span import Node
from servanda.model.time import dating_from_words
from servanda.standing import Inquiry, Standing

from .compare import FACTS
from .made import Made, random_case

KINDS = ("obligation", "prohibition", "right", "power")
"""The kinds of commitments; clauses and statuses are counted among those of their kind."""

CLAUSES: dict[str, Callable[[Clauses], object]] = {
    "to": lambda c: c.to,
    "to others": lambda c: c.to_others,
    "of several": lambda c: len(c.of) > 1,
    "under": lambda c: c.under,
    "under … where": lambda c: any(each.where for each in c.under),
    "under two": lambda c: len(c.under) > 1,
    "when": lambda c: c.when,
    "from": lambda c: c.start,
    "until": lambda c: c.until,
    "by": lambda c: c.by,
    "within": lambda c: c.within and c.within.of is None,
    "within … of": lambda c: c.within and c.within.of,
    "begins by": lambda c: c.begins_by,
    "done when": lambda c: c.done_when and not isinstance(c.done_when, shapes.PublicAct),
    "done when claimed": lambda c: isinstance(c.done_when, shapes.PublicAct),
    "seeks": lambda c: c.seeks,
    "forbids": lambda c: c.forbids,
    "verified by": lambda c: c.verified_by,
    "together with": lambda c: c.together_with,
    "together with others": lambda c: c.with_others,
    "for each event": lambda c: isinstance(c.for_each, EachEvent),
    "for each member": lambda c: isinstance(c.for_each, EachMember),
    "for each period": lambda c: isinstance(c.for_each, EachPeriod),
    "for each breach": lambda c: isinstance(c.for_each, EachBreach),
    "instead of": lambda c: c.instead_of,
    "survives": lambda c: c.survives,
    **{
        f"may {verb}": lambda c, verb=verb: c.may and c.may.verb == verb  # type: ignore[misc]
        for verb in ("suspend", "resume", "terminate", "waive", "transfer")
    },
}
#: Clauses that only some kinds have.
ONLY = {
    **dict.fromkeys(
        ("begins by", "done when", "done when claimed", "seeks", "verified by", "instead of"), ("obligation",)
    ),
    **dict.fromkeys(("by", "within", "within … of"), ("obligation", "right", "power")),
    **dict.fromkeys([f"may {verb}" for verb in ("suspend", "resume", "terminate", "waive", "transfer")], ("power",)),
    "forbids": ("prohibition",),
}
HELD = (
    "when", "by", "within", "done when", "verified by", "until", "from", "under", "begins by", "seeks", "forbids",
    "may", "to", "of", "survives", "consent of",
)  # fmt: skip
"""Clauses of which somebody holds a version of their own; `none` among them, definitions of terms and matters."""

STATUSES = {
    "obligation": (
        "not owed", "proposed", "fulfilled", "waived", "ended", "suspended", "claimed", "dormant", "overdue", "due",
    ),
    "prohibition": ("not owed", "proposed", "waived", "ended", "suspended", "dormant", "in force"),
    "right": ("not owed", "proposed", "waived", "ended", "suspended", "dormant", "open", "used", "denied"),
    "power": ("not owed", "proposed", "waived", "ended", "suspended", "dormant", "open", "used", "denied"),
}  # fmt: skip
VERBS = (
    "proposes recognises rejects signs withdraws holds trusts waives transfers closes offers promises consents refuses "
    "begins claims observes confirms disputes protests attempts suspends resumes terminates uses decides states"
).split()
SHAPES = (
    "CameAbout InState Did Member OnDate Amount Happening AllOf AnyOf AtLeast Unless Shifted Lasting"
).split()  # fmt: skip


@dataclass
class Tally:
    """What occurred, and among how many. Both by population and word."""

    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    among: Counter[str] = field(default_factory=Counter)

    def expect(self, population: str, words: tuple[str, ...] | list[str]) -> None:
        for word in words:
            self.found[population, word] += 0

    def see(self, population: str, words: Iterator[str] | list[str], count: int = 1) -> None:
        self.among[population] += count
        for word in words:
            self.found[population, word] += 1

    def share(self, population: str, word: str) -> float:
        return 100 * self.found[population, word] / max(1, self.among[population])

    def rare(self, percent: float) -> list[str]:
        """Whatever occurred in less than so many of a hundred."""
        return [
            f"{population}: {word} {self.share(population, word):.2f} %"
            for population, word in self.found
            if self.share(population, word) < percent
        ]

    def lines(self) -> Iterator[str]:
        for population in dict.fromkeys(population for population, _ in self.found):
            yield f"{population} ({self.among[population]})"
            words = sorted(
                (word for where, word in self.found if where == population),
                key=lambda word: -self.found[population, word],
            )
            for start in range(0, len(words), 6):
                yield "   " + ", ".join(
                    f"{word} {self.share(population, word):.1f}" for word in words[start : start + 6]
                )


def tally(cases: Iterator[Made]) -> Tally:
    """Count in these cases, and in what the engine answers of them."""
    found = _empty()
    for made in cases:
        loaded = load_text(made.text)
        assert loaded.ok, [each.message for each in loaded.diagnostics if each.severity == "error"]
        _count_text(found, loaded)
        _count_answers(found, loaded.case, made)
    return found


def _empty() -> Tally:
    found = Tally()
    found.expect(
        "cases", ["no body", "two bodies", "three parties", "organ or person", "channel", "calendar", "circular"]
    )
    for kind in KINDS:
        words = [clause for clause in CLAUSES if kind in ONLY.get(clause, KINDS)]
        found.expect(f"clauses of each {kind}", [word for word in words if _sensible(kind, word)])
    found.expect("versions", [*HELD, "none", "term", "matter", "means"])
    found.expect("verbs", VERBS)
    found.expect("clauses of acts", ["via channel", "via means", "on", "known", "cites", "inexact", "hour", "undated"])
    found.expect("promises and offers", ["by", "within", "when"])
    found.expect("conditions and their parts", SHAPES)
    found.expect("amounts", ["percent", "of", "at most", "at least", "more than", "increment"])
    for kind in KINDS:
        found.expect(f"standings of each {kind}", STATUSES[kind])
    found.expect("all standings", [*RUNGS, *sorted(FACTS), "claim disputed", "deadline", "missing", "amount"])
    found.expect("standings with a last day", ["inexact"])
    found.expect("fulfilled that had a last day", ["late", "not late", "late unknown"])
    return found


def _sensible(kind: str, clause: str) -> bool:
    """Whether the generator means to write it: a few clauses hardly make sense on some kinds."""
    rare = {
        "together with",
        "together with others",
        "to others",
        "for each period",
        "for each breach",
        "for each member",
    }
    return kind in ("obligation",) or clause not in rare


# ── texts ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _count_text(found: Tally, loaded: Loaded) -> None:
    case = loaded.case
    for commitment in case.commitments.values():
        _count_commitment(found, commitment)
    for act in case.acts:
        _count_act(found, act)
    for node in _nodes(msgspec.structs.astuple(case)):
        kind = type(node).__name__
        if kind in SHAPES:
            found.see("conditions and their parts", [kind])
        if isinstance(node, shapes.Amount):
            words = {"percent": node.percent, "of": node.of, node.bound or "": True, "increment": node.more}
            found.see("amounts", [word for word, so in words.items() if so and word])


def _count_commitment(found: Tally, commitment: Commitment) -> None:
    said = [clause for clause, has in CLAUSES.items() if has(commitment.clauses)]
    population = f"clauses of each {commitment.kind}"
    found.see(population, [clause for clause in said if (population, clause) in found.found])


def _count_act(found: Tally, act: Act) -> None:
    found.see("verbs", [act.verb])
    words = {
        "via channel": act.channels, "via means": act.means, "on": act.performed, "known": act.known,
        "cites": act.citations, "undated": act.dating is None,
        "inexact": act.dating is not None and not act.dating.exact,
        "hour": act.dating is not None and act.dating.earliest.minute is not None,
    }  # fmt: skip
    found.see("clauses of acts", [word for word, so in words.items() if so])
    if act.verb in ("promises", "offers"):
        own = {"by": act.by, "within": act.within, "when": act.when}
        found.see("promises and offers", [word for word, so in own.items() if so])
    if act.version is not None:
        found.see("versions", [word for word in _version_words(act.version) if ("versions", word) in found.found])


def _version_words(version: Version) -> Iterator[str]:
    yield from version.stated
    if version.members:
        yield "term"
    if version.definition is not None:
        yield "matter"
    if version.by or version.consent_of or "consent of" in version.stated:
        yield "means"
    empty = {"when": version.clauses.when, "by": version.clauses.by, "within": version.clauses.within}
    if any(clause in version.stated and value is None for clause, value in empty.items()):
        yield "none"


def _nodes(value: object) -> Iterator[Node]:
    """A value and all within it that has a place in the text."""
    if isinstance(value, Node):
        yield value
        for name in value.__struct_fields__:
            yield from _nodes(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _nodes(each)
    elif hasattr(value, "values"):
        for each in value.values():
            yield from _nodes(each)


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _count_answers(found: Tally, case: Case, made: Made) -> None:
    words = {
        "no body": not case.bodies, "two bodies": len(case.bodies) > 1, "three parties": len(case.parties) > 2,
        "organ or person": case.persons or any(each.acts_for for each in case.bodies.values()),
        "channel": case.channels, "calendar": case.calendar, "circular": made.circular,
    }  # fmt: skip
    found.see("cases", [word for word, so in words.items() if so])
    inquiry = Inquiry(case)
    for view in made.views:
        at, known = dating_from_words(view.at), None if view.known is None else dating_from_words(view.known)
        for row in inquiry.inventory(at, None, view.channels, known):
            for standing in row.standings.values():
                _count_standing(found, row.commitment.kind, standing)


def _count_standing(found: Tally, kind: str, standing: Standing) -> None:
    found.see(f"standings of each {kind}", [standing.status])
    words = {
        "claim disputed": standing.claim_disputed, "deadline": standing.deadline, "missing": standing.missing,
        "amount": standing.amount,
    }  # fmt: skip
    rungs = [rung for rung, when in standing.rungs.items() if when is not None]
    facts = sorted(standing.facts & FACTS)
    found.see("all standings", [*rungs, *facts, *(word for word, so in words.items() if so)])
    if standing.deadline is not None:
        found.see("standings with a last day", ["inexact"] if standing.deadline[0] != standing.deadline[1] else [])
    if standing.status == "fulfilled" and standing.deadline is not None:
        found.see(
            "fulfilled that had a last day", [{True: "late", False: "not late", None: "late unknown"}[standing.late]]
        )


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    found = tally(random_case(seed) for seed in range(count))
    click.echo(f"{count} cases; in percent of the number in parentheses")
    for line in found.lines():
        click.echo(line)
    rare = found.rare(1)
    click.echo(f"below 1 %: {'; '.join(rare) or 'none'}")
    return 1 if rare else 0


if __name__ == "__main__":
    sys.exit(main())
