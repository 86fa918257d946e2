"""What one act changed: held to the record cut off before it and after it, and to what its day changed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

import servanda
from bench.generated import Negotiation
from servanda.model.record import Act
from servanda.standing import RECORD, Inquiry, Row
from servanda.standing.chronicle import placed
from servanda.standing.timeline import Change, changed_by

CUBA = Path(__file__).parents[2] / "examples" / "cuba-1962"


def in_order(case: servanda.Case) -> list[Act]:
    return [each.act for each in placed(case, case.acts)]


def words(rows: tuple[Row, ...]) -> dict[tuple[str, str], str]:
    return {(row.label, reading): str(each) for row in rows for reading, each in row.standings.items()}


def cut_off(case: servanda.Case, acts: list[Act], act: Act) -> dict[tuple[str, str], str]:
    """All standings at the moment from which an act counts, if these acts were the whole record."""
    assert act.dating is not None
    readings = (*case.parties, RECORD)
    return words(Inquiry(msgspec.structs.replace(case, acts=tuple(acts))).inventory(act.dating, readings))


def said(changes: tuple[Change, ...]) -> dict[tuple[str, str], tuple[str, str]]:
    return {(each.label, each.reading): (str(each.before), str(each.after)) for each in changes}


@pytest.mark.parametrize("seed", [None, 3])
def test_an_act_changes_what_the_record_up_to_it_has_otherwise(seed: int | None) -> None:
    if seed is None:
        case = servanda.load(CUBA).sound()
    else:
        case = servanda.load_text(Negotiation(20, 200, seed, 3).text).sound()
    acts = in_order(case)
    found = 0
    for at, act in enumerate(acts):
        if at % (9 if seed is None else 40):
            continue
        before, after = cut_off(case, acts[:at], act), cut_off(case, acts[: at + 1], act)
        changes = said(case.changed_by(act))
        status = {key: each for key, each in changes.items() if before.get(key) != after.get(key)}
        assert status == changes, act
        for key in before.keys() | after.keys():
            one, other = before.get(key, "None"), after.get(key, "None")
            if one.split(" by ")[0].split(",")[0] != other.split(" by ")[0].split(",")[0]:
                assert changes[key] == (one, other), (key, act)
        found += len(changes)
    assert found > 3


def test_the_acts_of_a_day_change_together_what_the_timeline_has_of_it() -> None:
    case = servanda.load(CUBA).sound()
    days = [day for step in case.timeline("1962-11-19") for day in step if day.acts]
    checked = 0
    for day in days:
        if any(act.dating is None or act.dating.latest.minute is not None for act in day.acts):
            continue
        chain: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for act in day.acts:
            for key, step in said(case.changed_by(act)).items():
                chain.setdefault(key, []).append(step)
        for steps in chain.values():
            assert all(one[1] == other[0] for one, other in pairwise(steps)), steps
        ends = {key: (steps[0][0], steps[-1][1]) for key, steps in chain.items() if steps[0][0] != steps[-1][1]}
        assert ends == said(day.changes), day.day
        checked += len(ends)
    assert checked > 30


def test_what_is_known_later_and_what_is_said_in_secret_changes_nothing_outside() -> None:
    case = servanda.load(CUBA).sound()
    secret = next(act for act in case.acts if act.verb == "promises" and "turkey" in str(act.objects))
    assert {each.reading for each in case.changed_by(secret)} == {"US", "USSR"}
    assert case.changed_by(secret, channels="table") == ()

    late = servanda.load_text(
        "party A\nparty B\nobligation give of A to B\n  done when A claims give\n"
        "2031-01-01 A, B recognise give\n2031-01-02 A claims give\n  known 2031-03-01\n"
    ).sound()
    claim = late.acts[1]
    assert said(late.changed_by(claim))["give", "B"] == ("due", "fulfilled")
    assert {each.reading for each in late.changed_by(claim, known="2031-01-15")} == {"A"}


def test_an_act_of_no_record_and_one_that_held_from_the_start_are_refused() -> None:
    words = "party A\nparty B\nobligation give of A to B\nA trusts B\n2031-01-02 A claims give\n"
    case = servanda.load_text(words).sound()
    with pytest.raises(LookupError):
        case.changed_by(case.acts[0])
    with pytest.raises(LookupError):
        changed_by(Inquiry(case), msgspec.structs.replace(case.acts[1], verb="begins"), ("A",))
