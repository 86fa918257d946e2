"""What is kept from one question to the next never changes an answer: with more acts, at another date, in any order.

The other way to the same answer is an inquiry that begins afresh and was asked nothing before.
"""

from __future__ import annotations

import random
from unittest.mock import patch

import msgspec
import pytest

from differential.made import View, random_case
from servanda import load_text
from servanda.model.case import Case
from servanda.model.record import Act
from servanda.model.time import dating_from_words
from servanda.standing import Inquiry, Row, tabling

MOST_VIEWS, TIMES = 3, 3


def asked(inquiry: Inquiry, view: View) -> tuple[Row, ...]:
    at = dating_from_words(view.at)
    known = None if view.known is None else dating_from_words(view.known)
    assert at is not None
    return inquiry.inventory(at, None, view.channels, known)


def with_more_acts(seed: int) -> None:
    """Acts are added to a case that was asked before, one after the other; each time it answers as afresh."""
    made, rng = random_case(seed), random.Random(seed)
    case: Case = load_text(made.text).case
    views = rng.sample(made.views, min(MOST_VIEWS, len(made.views)))
    more = rng.sample(case.acts, min(TIMES, len(case.acts)))
    case = msgspec.structs.replace(case, acts=tuple(act for act in case.acts if act not in more))
    inquiry = Inquiry(case)
    for act in more:
        asked(inquiry, views[0])
        before, old = inquiry, case
        inquiry = inquiry.with_acts([act])
        case = _with(case, act)
        for view in views:  # both are asked in turn: neither may see what the other finds
            assert asked(inquiry, view) == asked(Inquiry(case), view), f"case {seed} with {act} {view}\n{made.text}"
            assert asked(before, view) == asked(Inquiry(old), view), f"case {seed} without {act} {view}\n{made.text}"


def _with(case: Case, act: Act) -> Case:
    return msgspec.structs.replace(case, acts=(*case.acts, act))


def in_any_order(seed: int) -> None:
    """Views are asked of one inquiry one after the other; each time it answers as afresh."""
    made, rng = random_case(seed), random.Random(seed)
    case = load_text(made.text).case
    inquiry = Inquiry(case)
    for view in rng.sample(made.views, len(made.views)):
        assert asked(inquiry, view) == asked(Inquiry(case), view), f"case {seed} {view}\n{made.text}"


def however_few_are_open(seed: int) -> None:
    """Answers that lie deep are worked out by themselves first; where one begins anew is nothing to the answer."""
    made = random_case(seed)
    case = load_text(made.text).case
    for view in made.views[:MOST_VIEWS]:
        whole = asked(Inquiry(case), view)
        for deepest in (1, 3):
            with patch.object(tabling, "_DEEPEST", deepest):
                assert asked(Inquiry(case), view) == whole, f"case {seed} {view} {deepest} deep\n{made.text}"


@pytest.mark.parametrize("seed", range(20))
def test_it_answers_the_same_however_few_are_open_at_once(seed: int) -> None:
    however_few_are_open(seed)


def test_a_long_chain_is_answered() -> None:
    chain = "".join(
        f"obligation o{n} of {'Ada' if n % 2 else 'Bo'} to {'Bo' if n % 2 else 'Ada'}\n"
        + (f"2031-03-10 {'Ada' if n % 2 else 'Bo'} offers o{n} when o{n + 1} is promised\n" if n < 1000 else "")
        for n in range(1001)
    )
    head = 'case "Chain" timezone Etc/UTC\nparty Ada\nparty Bo\n'
    rows = asked(Inquiry(load_text(f"{head}{chain}2031-03-09 Bo promises o1000\n").case), View("2031-04-01"))

    assert {each.status for row in rows for reading, each in row.standings.items() if reading != "record"} == {"due"}


CHAIN = """
case "Chain" timezone Etc/UTC
party A
party B
source s dated 2031-01-01
  by A, B
obligation first of A to B
  under s
obligation second of A to B
  under s
  when first
obligation third of A to B
  under s
  when second is due
obligation fourth of A to B
  under s
  when third is due
"""


def test_an_act_reaches_what_hangs_on_it_by_way_of_others() -> None:
    view, more = View("2031-02-01"), load_text(CHAIN + "2031-01-05 B confirms first\n").case.acts
    inquiry = Inquiry(load_text(CHAIN).case)

    def statuses(asked_of: Inquiry) -> list[str]:
        return [row.standings["B"].status for row in asked(asked_of, view)]

    assert statuses(inquiry) == ["due", "dormant", "dormant", "dormant"]
    assert statuses(inquiry.with_acts(more)) == ["fulfilled", "due", "due", "due"]


JUDGED = """case "Judged" timezone UTC
party A "A"
party B "B"
source s "S" dated 2031-01-01
  by A, B
matter quarrel "They have quarrelled"
obligation pay of A to B
  under s
power stop of A to B
  under s
  when quarrel
  may suspend pay
2031-01-10 A suspends pay
2031-01-20 B disputes quarrel
"""


@pytest.mark.parametrize(("day", "status"), [("2031-01-09", "suspended"), ("2031-01-11", "due")])
def test_an_act_reaches_what_was_judged_after_it_and_nothing_that_was_judged_before(day: str, status: str) -> None:
    """What was so when a power was used is so no longer, and yet it was open then."""
    view, more = View("2031-02-01"), load_text(f"{JUDGED}{day} B claims quarrel\n").case.acts[-1:]
    inquiry = Inquiry(load_text(JUDGED).case)

    def pay(asked_of: Inquiry) -> str:
        return asked(asked_of, view)[0].standings["B"].status

    assert pay(inquiry) == "due"
    assert pay(inquiry.with_acts(more)) == status


@pytest.mark.parametrize("seed", range(40))
def test_with_more_acts_it_answers_as_afresh(seed: int) -> None:
    with_more_acts(seed)


@pytest.mark.parametrize("seed", range(20))
def test_views_asked_in_any_order_are_answered_as_afresh(seed: int) -> None:
    in_any_order(seed)


@pytest.mark.long
@pytest.mark.parametrize("seeds", [range(first, first + 25) for first in range(40, 540, 25)], ids=str)
def test_many_cases_answer_as_afresh(seeds: range) -> None:
    for seed in seeds:
        with_more_acts(seed)
        in_any_order(seed)
        however_few_are_open(seed)
