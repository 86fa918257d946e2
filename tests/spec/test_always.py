"""What must always hold of the engine's answers, on cases made at random and on the real one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from differential.made import View
from servanda import load, load_text
from servanda.standing.expectations import outcomes
from spec.always import (
    PROPERTIES,
    Asked,
    at_random,
    dates_are_only_dates,
    in_all,
    moved,
    names_are_only_names,
    nothing_is_breached_out_of_force,
    only_what_is_in_view_counts,
    suspending_moves_deadlines_by_the_gap,
    the_day_itself_is_in_time,
    the_order_of_lines_changes_nothing,
    unknown_neither_fulfils_nor_breaches,
    who_never_accepted_owes_nothing,
)
from spec.always_asked import HOWEVER_ASKED

ROOT = Path(__file__).parents[2]
CUBA = ROOT / "examples/cuba-1962"
#: What only few cases give an occasion for, or only some would show, is asked of more of them.
SELDOM = (
    who_never_accepted_owes_nothing, suspending_moves_deadlines_by_the_gap, unknown_neither_fulfils_nor_breaches,
    the_day_itself_is_in_time, only_what_is_in_view_counts, nothing_is_breached_out_of_force,
    the_order_of_lines_changes_nothing,
)  # fmt: skip
Property = Callable[[Asked], int | None]
EVERY: list[Property] = [*PROPERTIES, *HOWEVER_ASKED]


each_property = pytest.mark.parametrize("holds", EVERY, ids=lambda each: each.__name__)


@each_property
def test_it_holds_of_cases_at_random(holds: Property) -> None:
    occasions = [holds(at_random(seed)) for seed in range(70 if holds in SELDOM else 15)]

    assert None in occasions or sum(each or 0 for each in occasions) >= 5


@pytest.mark.long
@each_property
def test_it_holds_of_many_cases_at_random(holds: Property) -> None:
    for seed in range(80, 130):
        holds(at_random(seed))


# The real case


def in_one_text(folder: Path, file: str = "case.pacta") -> str:
    """A case with what it includes in its place."""
    text = (folder / file).read_text("utf-8")
    return re.sub(
        r'^include "(.+)"$', lambda match: in_one_text((folder / file).parent, match[1]), text, flags=re.MULTILINE
    )


@cache
def cuba() -> Asked:
    text = in_one_text(CUBA)
    views = (View("1962-11-15", frozenset(["table"])), View("1962-11-21"), View("1963-01-08", None, "1962-11-21"))
    return Asked(text, load_text(text).case, views)


@pytest.mark.parametrize(
    "holds",
    [only_what_is_in_view_counts, the_order_of_lines_changes_nothing, names_are_only_names, dates_are_only_dates],
    ids=lambda each: each.__name__,
)
def test_it_holds_of_the_real_case(holds: Property) -> None:
    holds(cuba())


@pytest.mark.long
@each_property
def test_all_of_it_holds_of_the_real_case(holds: Property) -> None:
    holds(cuba())


def test_in_one_file_or_in_many_it_is_the_same_case() -> None:
    for view in cuba().views:
        assert in_all(load(CUBA).case, view) == in_all(cuba().case, view)


def test_the_expectations_of_the_real_case_hold_at_another_time() -> None:
    found = list(outcomes(load_text(moved(cuba().text)).case))

    assert len(found) == 89
    assert [str(each.expectation.span) for each in found if not each.holds] == []


def test_each_version_held_in_the_real_case_cites_its_source() -> None:
    held = [act for act in cuba().case.acts if act.verb == "holds"]

    assert held
    assert [act.span.words for act in held if not act.citations] == []
