"""Commitment: one of them, where it stands and why in each reading, its clauses, its life, its acts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import msgspec

from servanda.api.dates import single
from servanda.api.rows import Row
from servanda.model.commitments import FIELDS, Commitment
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.span import Span
from servanda.standing import Reason, Standing
from servanda.standing.record import names_of
from servanda.text.act_words import clause_words
from servanda.workbench.pages.wayout import goal_for
from servanda.workbench.sight import NoSuchThing, Sight

#: Each day with an act costs a view of its own: beyond so many of them, the life is told of the latest alone.
MANY_DAYS, MOST_DAYS = 300, 30


class Clause(msgspec.Struct, frozen=True):
    """A clause in words, as it was written at first or as somebody has it since; `whose` is empty for the first."""

    words: str
    span: Span | None
    whose: tuple[str, ...] = ()
    act: Act | None = None
    quote: str = ""
    source: str = ""


def answer(sight: Sight) -> dict[str, Any]:
    """One commitment, or one instance of it."""
    row = row_of(sight, sight.key or "")
    commitment = sight.case.commitments[(sight.key or "").partition("[")[0]] if row is None else row.commitment
    label = commitment.name if row is None else row.label
    return {
        "title": commitment.title or label,
        "row": row,
        "commitment": commitment,
        "label": label,
        "whys": [sight.why(row, each) for each in sight.asked.readings if each in row.standings] if row else (),
        "absent": absent(sight, commitment, sight.key or "") if row is None else {},
        "waits": goal_for(sight.case, label) if row is not None and _waits(row) else "",
        "clauses": list(clauses_of(sight, commitment.name)),
        "life": life(sight, row) if row else (),
        "days": days_of(sight),
        "cut": days_of(sight) != days_with_acts(sight),
        "acts": [act for act in sight.acts if commitment.name in names_of(act)],
        "instances": [each for each in sight.inventory if each.commitment.name == commitment.name],
    }


def row_of(sight: Sight, label: str) -> Row | None:
    """The row that an address names; of a commitment with instances, the first, or None where there is none yet.

    Raises `NoSuchThing`.
    """
    found = next((row for row in sight.inventory if label in (row.label, row.commitment.name)), None)
    if found is not None:
        return found
    if label.partition("[")[0] in sight.case.commitments:
        return None
    raise NoSuchThing.called(label, "commitment", sight.case.commitments)


def _waits(row: Row) -> bool:
    """Whether it waits for something, or for those who would owe it to accept it, in one of the readings."""
    waiting = {"obligation": {"dormant", "proposed"}, "prohibition": {"proposed"}}.get(row.commitment.kind, set())
    return any(each.status in waiting for each in row.standings.values())


def absent(sight: Sight, commitment: Commitment, label: str) -> dict[str, tuple[tuple[str, ...], Reason | None]]:
    """Of an instance that there is not, in each reading asked for: which there are, or why there is none."""
    key = label.partition("[")[2].removesuffix("]") or None
    asked, ref = sight.asked, Ref(commitment.name, commitment.span, key)
    ask = sight.case.inquiry.why_absent
    return {each: ask(ref, each, asked.at, sight.over, asked.known) for each in asked.readings}


def clauses_of(sight: Sight, name: str) -> Iterator[Clause]:
    """The clauses of a commitment as they were written, and each that somebody has otherwise, behind them."""
    commitment = sight.case.commitments[name]
    for keyword, fields in FIELDS.items():
        if keyword in ("of", "to", "under") or not any(getattr(commitment.clauses, each) for each in fields):
            continue
        yield Clause(clause_words(commitment.clauses, keyword), None)
    for citation in commitment.clauses.under:
        quote = citation.quote.value if citation.quote is not None else ""
        places = " ".join(ref.name for ref in citation.places)
        yield Clause(f"under {citation.source.name} {places}".strip(), citation.source.span, quote=quote,
                     source=citation.source.name)  # fmt: skip
    for act in sight.acts:
        if act.version is not None and any(isinstance(each, Ref) and each.name == name for each in act.objects):
            whose = tuple(ref.name for ref in act.actors)
            for keyword in act.version.stated:
                yield Clause(clause_words(act.version.clauses, keyword), act.span, whose, act)


def life(sight: Sight, row: Row) -> list[tuple[datetime.date, dict[str, Standing]]]:
    """Each day on which its standing changed in a reading asked for, up to the date asked about, the newest first."""
    found: list[tuple[datetime.date, dict[str, Standing]]] = []
    before: dict[str, str] = {}
    for day in days_of(sight):
        standings = standings_at(sight, row, day)
        now = {reading: str(each) for reading, each in standings.items()}
        if now != before:
            found.append((day, standings))
        before = now
    return found[::-1]


def days_of(sight: Sight) -> list[datetime.date]:
    """The days on which its life is looked at: those with acts up to the date asked about, of very many the latest."""
    days = days_with_acts(sight)
    return days[-MOST_DAYS:] if len(days) > MANY_DAYS else days


def days_with_acts(sight: Sight) -> list[datetime.date]:
    """The days with acts up to the date asked about."""
    return [day for day in sight.acts_per_day if day <= sight.asked.day]


def standings_at(sight: Sight, row: Row, day: datetime.date) -> dict[str, Standing]:
    """Where a commitment stood on a day, in the readings asked for that had it."""
    ref = Ref(row.commitment.name, row.commitment.span, row.instance)
    ask = sight.case.inquiry.standing
    found = {each: ask(ref, each, single(day), sight.over, sight.asked.known) for each in sight.asked.readings}
    return {reading: standing for reading, standing in found.items() if standing is not None}
