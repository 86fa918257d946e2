"""Party: one of them, what it owes and is owed, what it said and nobody saw, who speaks for it, what it did.

Bodies and persons have the same page with less on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from servanda.api.rows import Row
from servanda.findings import CrossCheck, Kind, cross_check
from servanda.model.conditions import Ref
from servanda.model.declarations import Body, Party, Person
from servanda.model.record import Act
from servanda.standing import RECORD
from servanda.standing.chronicle import in_view
from servanda.standing.deadlines import Deadline, deadlines
from servanda.text import printer
from servanda.text.act_words import clause_words
from servanda.workbench.sight import NoSuchThing, Sight
from servanda.workbench.wording import counted, day_words, families_of, listed

_MOST_ACTS = 12
#: Up to so many commitments, each standing has its foremost reason beside it.
_FEW = 60


class Own(msgspec.Struct, frozen=True):
    """What a party has otherwise than the common text: of which term or commitment, in which words, by which act."""

    name: str
    is_commitment: bool
    words: tuple[str, ...]
    act: Act


class Claim(msgspec.Struct, frozen=True):
    """What a party claimed and nobody else has confirmed, disputed or observed; the acts by which it did."""

    name: str
    is_commitment: bool
    acts: tuple[Act, ...]


def answer(sight: Sight) -> dict[str, Any]:
    """The page of a party, a body or a person."""
    name = sight.key or ""
    case = sight.case
    declared = case.parties.get(name) or case.bodies.get(name) or case.persons.get(name)
    if declared is None:
        raise NoSuchThing.called(name, "party, body or person", sight.known_names)
    is_party = isinstance(declared, Party)
    readings = (name, RECORD) if is_party else (RECORD,)
    rows = _rows(sight, readings)
    owes = [row for row in rows if name in row.bearers]
    owed = [row for row in rows if name in row.counterparties and name not in row.bearers]
    acts = [act for act in sight.acts if any(name in (ref.name, case.party_of(ref.name)) for ref in act.actors)]
    speaks_for = [ref.name for ref in declared.acts_for] if isinstance(declared, Body | Person) else []
    return {
        "title": declared.title or name,
        "name": name,
        "declared": declared,
        "kind": "party" if is_party else "body" if isinstance(declared, Body) else "person",
        "said": _said(sight, name, owes, owed, acts, is_party=is_party),
        "readings": readings,
        "sides": [(f"What {name} owes", owes), (f"What {name} is owed", owed)],
        "few": len(owes) + len(owed) <= _FEW,
        "speaks_for": speaks_for,
        "persons": [each for each in case.persons.values() if name in {ref.name for ref in each.acts_for}],
        "organs": [each for each in case.bodies.values() if name in {ref.name for ref in each.acts_for}],
        "channels": [
            each for each in case.channels.values() if name in {case.party_of(ref.name) for ref in each.among}
        ],
        "means": [each for each in case.means.values() if name in {ref.name for ref in (*each.by, *each.consent_of)}],
        "claims": list(_claims(sight, acts)),
        "next_due": _next_due(sight, owes),
        "versions": list(_own(acts, sight)) if is_party else [],
        "acts": acts,
        "recent": acts[::-1][:_MOST_ACTS],
    }


def _rows(sight: Sight, readings: tuple[str, ...]) -> tuple[Row, ...]:
    """The inventory in these readings, whichever the bar has on: the page is about this one."""
    asked = sight.asked
    if set(readings) <= set(asked.readings):
        return sight.inventory.rows
    return sight.case.status(asked.at, reading=readings, channels=asked.channels, known=asked.known).rows


def _claims(sight: Sight, acts: list[Act]) -> Iterator[Claim]:
    """Its claims that nobody has answered, as `servanda cross-check` finds them."""
    asked, case = sight.asked, sight.case
    readings = (*case.parties, RECORD)
    kinds: tuple[Kind, ...] = ("unanswered-claim",)

    def make() -> CrossCheck:
        seen = in_view(case, sight.chronicle, readings, asked.at, sight.over, asked.known)
        return cross_check(case.inquiry, seen, readings, asked.at, sight.over, asked.known, kinds)

    for finding in sight.kept("unanswered claims", make=make).findings:
        made = tuple(act for act in acts if act.verb == "claims" and act.span in finding.spans)
        if made:
            yield Claim(finding.about, finding.about in case.commitments, made)


def _own(acts: list[Act], sight: Sight) -> Iterator[Own]:
    """Its own versions of terms and clauses, the latest word on each first."""
    for act in reversed(acts):
        if act.version is None:
            continue
        for thing in act.objects:
            if not isinstance(thing, Ref):
                continue
            version = act.version
            words = [clause_words(version.clauses, each) for each in version.stated
                     if each not in ("definition", "by", "consent of")]  # fmt: skip
            if version.members:
                words.insert(0, f"= {', '.join(map(printer.ref, version.members))}")
            elif version.definition is not None:
                words.insert(0, f"= {printer.condition(version.definition)}")
            if version.by:
                words.append(f"by {', '.join(map(printer.ref, version.by))}")
            if version.consent_of:
                words.append(f"consent of {', '.join(map(printer.ref, version.consent_of))}")
            yield Own(thing.name, thing.name in sight.case.commitments, tuple(words), act)


def _next_due(sight: Sight, owes: list[Row]) -> Deadline | None:
    return next((each for each in deadlines(owes) if each.latest.date() >= sight.asked.day), None)


def _said(sight: Sight, name: str, owes: list[Row], owed: list[Row], acts: list[Act], *, is_party: bool) -> str:
    """The page in a sentence or two: how much is open on each side, in its own reading and the record's."""
    if not is_party:
        return f"{counted(len(acts), 'act')} in view up to {day_words(sight.asked.day)}."
    sentences = []
    for reading in (name, RECORD):
        counts = []
        for rows, what in ((owes, "that it owes"), (owed, "that it is owed")):
            if not rows:
                continue
            stands = [row.standings[reading].status for row in rows if reading in row.standings]
            counts.append(f"{sum('open' in families_of(each) for each in stands)} of {len(stands)} {what}")
        whose = "The record" if reading == RECORD else "Its own reading"
        sentences.append(f"{whose} counts {listed(counts)} as open.")
    return " ".join(sentences) if owes or owed else "It owes nothing, and nothing is owed to it."
