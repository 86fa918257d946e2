"""Commitment: one of them, where it stands and why in each reading, its clauses, its life, its acts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from servanda.api.dates import single
from servanda.api.rows import Row
from servanda.model.commitments import FIELDS, Commitment, EachEvent
from servanda.model.conditions import (
    AllOf,
    Amount,
    AnyOf,
    AtLeast,
    CameAbout,
    Condition,
    Happening,
    Lasting,
    Ref,
    Shifted,
    Unless,
)
from servanda.model.record import Act
from servanda.model.span import Span
from servanda.model.time import Dating
from servanda.standing import Reason, Standing
from servanda.text.act_words import clause_words
from servanda.workbench.pages.wayout import goal_for
from servanda.workbench.sight import NoSuchThing, Sight

#: Each day with an act costs a view of its own: beyond so many of them, the life is told of the latest alone.
MANY_DAYS, MOST_DAYS = 300, 30
_DAY = datetime.timedelta(days=1)


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
        "acts": acts_about(sight, commitment, None if row is None else row.instance),
        "instances": [each for each in sight.inventory if each.commitment.name == commitment.name],
    }


def acts_about(sight: Sight, commitment: Commitment, instance: str | None) -> list[Act]:
    """The acts in view that name it, or what its performance or its breach consists of; of one instance, not those
    about another.
    """
    clauses = commitment.clauses
    each = clauses.for_each.event if isinstance(clauses.for_each, EachEvent) else None
    parts = list(_parts([clauses.done_when, clauses.seeks, clauses.forbids, each]))
    amounts = {(part.item.name, part.word.name) for part in parts if isinstance(part, Amount)}
    events = {part.event.name for part in parts if isinstance(part, Happening)}
    matters = {part.ref.name for part in parts if isinstance(part, CameAbout)} & sight.case.matters.keys()

    def is_about(thing: object) -> bool:
        if isinstance(thing, Amount):
            return (thing.item.name, thing.word.name) in amounts
        if isinstance(thing, Happening):
            values = {str(argument.value) for argument in thing.arguments}
            return thing.event.name in events and (instance is None or instance in values)
        if isinstance(thing, Ref) and thing.name == commitment.name:
            return None in (thing.key, instance) or str(thing.key) == instance
        return isinstance(thing, Ref) and thing.name in matters

    return [act for act in sight.acts if any(map(is_about, (*act.objects, act.on)))]


def _parts(those: Iterable[Condition | None]) -> Iterator[Condition]:
    """Conditions, and whatever they are put together of."""
    for each in those:
        if isinstance(each, AllOf | AnyOf | AtLeast):
            yield from _parts(each.parts)
        elif isinstance(each, Unless | Shifted | Lasting):
            yield from _parts([each.condition])
        elif each is not None:
            yield each


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
    """Each day on which its standing changed in a reading asked for, up to the date asked about, the newest first.

    Between two days with acts it is time alone that changes it: where they differ, the day is looked for.
    """
    asked = sight.asked
    about = row.label, asked.readings, str(asked.known), asked.channels, asked.supposed
    #: The standings of each day in words, and themselves, whatever date is asked about.
    kept: dict[str, tuple[tuple[str, ...], dict[str, Standing]]] = sight.kept_of_files("life", about, make=dict)

    def at(day: datetime.date) -> tuple[tuple[str, ...], dict[str, Standing]]:
        dating = asked.at if day == asked.day else single(day)
        if str(dating) not in kept:
            found = standings_at(sight, row, dating)
            kept[str(dating)] = tuple(f"{reading}: {each}" for reading, each in found.items()), found
        return kept[str(dating)]

    days = days_of(sight)
    found: list[datetime.date] = []
    last = None
    for day in days if days[-1:] == [asked.day] else [*days, asked.day]:
        if last is not None and at(day)[0] != at(last)[0]:
            found += _quiet_days(lambda day: at(day)[0], last, day - _DAY)
        if at(day)[0] != (at(found[-1])[0] if found else ()):
            found.append(day)
        last = day
    return [(day, at(day)[1]) for day in reversed(found)]


def _quiet_days(
    at: Callable[[datetime.date], object], last: datetime.date, end: datetime.date
) -> Iterator[datetime.date]:
    """The days after one and up to another on which something changed, as long as they differ."""
    while at(last) != at(end):
        same, other = last, end
        while (other - same).days > 1:
            middle = same + (other - same) // 2
            same, other = (middle, other) if at(middle) == at(last) else (same, middle)
        yield other
        last = other


def days_of(sight: Sight) -> list[datetime.date]:
    """The days on which its life is looked at: those with acts up to the date asked about, of very many the latest."""
    days = days_with_acts(sight)
    return days[-MOST_DAYS:] if len(days) > MANY_DAYS else days


def days_with_acts(sight: Sight) -> list[datetime.date]:
    """The days with acts up to the date asked about."""
    return [day for day in sight.acts_per_day if day <= sight.asked.day]


def standings_at(sight: Sight, row: Row, at: Dating) -> dict[str, Standing]:
    """Where a commitment stood at a date, in the readings asked for that had it."""
    ref = Ref(row.commitment.name, row.commitment.span, row.instance)
    ask = sight.case.inquiry.standing
    found = {each: ask(ref, each, at, sight.over, sight.asked.known) for each in sight.asked.readings}
    return {reading: standing for reading, standing in found.items() if standing is not None}
