"""One reading of a dispute: what it sees, and what it would answer with premises of the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from servanda.standing.lending import Lending, Premise
from servanda.standing.outlook import Outlook
from servanda.standing.rows import Row
from servanda.standing.standings import standing_of
from servanda.standing.stretches import at

from .questions import NOT_THERE, Answers, Side, answers, answers_by, answers_of


def keys_of(sides: Iterable[Side], name: str) -> list[str | None]:
    """The instances of a commitment that there are in any of these readings; None for one without instances."""
    return list({life.key: None for side in sides for life in side.outlook.lives(side.reading, name)})


def status_of(side: Side, name: str, key: str | None) -> str:
    """The status of a commitment, or an instance of it, in a reading."""
    life = side.life(name, key)
    return "not there" if life is None else standing_of(side.outlook, life, side.now).status


#: What a reading answers of each commitment, and of each of its instances by their keys.
Answered = dict[str, dict[str | None, Answers]]


def answered(side: Side) -> Answered:
    """What a reading answers of all commitments."""
    found: Answered = {}
    for name in side.outlook.case.commitments:
        own = found[name] = {}
        for life in side.outlook.lives(side.reading, name):
            if own.get(life.key, NOT_THERE) is NOT_THERE:
                there = at(life.exists, side.now) is not None
                own[life.key] = answers_of(side, life) if there else NOT_THERE
    return found


def answered_by(rows: Iterable[Row], reading: str, side: Side | None = None) -> Answered:
    """The same by the rows of an inventory; `side` is needed for those that a version has shown by other means."""
    found: Answered = {}
    for row in rows:
        own = found.setdefault(row.commitment.name, {})
        standing = row.standings.get(reading)
        if standing is None:
            own[row.instance] = NOT_THERE
            continue
        clauses = row.commitment.clauses
        if side is not None:
            life = side.life(standing.name, standing.instance)
            assert life is not None
            clauses = side.outlook.chapter(life, side.now).clauses
        own[row.instance] = answers_by(standing, clauses.verified_by)
    return found


class Asked(NamedTuple):
    """What a reading answers about one commitment; of which premises, and about which names, it was asked on the way.

    `answers` go up to the last question where the first is asked `whole`; what was asked on the way to the question in
    dispute is `premises` and `names`, on the way to the last one `every`.
    """

    answers: Answers
    premises: frozenset[Premise]
    names: frozenset[str]
    every: frozenset[Premise]


def asked(
    side: Side, other: Side, taken: frozenset[Premise], name: str, key: str | None, upto: int, *, whole: bool = False
) -> Asked:
    """What a reading answers about a commitment, up to a question, with some premises taken from another."""
    outlook = taking(side, other, taken)
    lending = outlook.lending
    assert lending is not None
    given = answers(side._replace(outlook=outlook), name, key, upto)
    premises, names = frozenset(lending.asked), frozenset(outlook.names_read())
    if whole:
        given = answers(side._replace(outlook=outlook), name, key)
    return Asked(given, premises, names, frozenset(lending.asked))


def taking(side: Side, other: Side, taken: frozenset[Premise]) -> Outlook:
    """What a reading sees and answers with some premises taken from another."""
    heard = {each.part for each in taken if each.table == "hearing"}
    found = {each.name for each in taken if each.table == "finding"}
    mine, theirs = side.outlook, other.outlook
    made = Outlook(
        mine.record,
        mine.count,
        mine.hidden - heard | theirs.hidden & heard,
        mine.hidden_sources - found | theirs.hidden_sources & found,
        viewer=mine.viewer,
        horizon=mine.horizon,
        links=mine.links,
    )
    made.lending = Lending(side.reading, other.reading, theirs, taken)
    return made
