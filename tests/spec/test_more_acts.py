"""What is kept from one question to the next never changes an answer: with more acts, at another date, in any order.

The other way to the same answer is an inquiry that begins afresh and was asked nothing before.
"""

from __future__ import annotations

import random
from typing import Any
from unittest.mock import patch

import msgspec
import pytest

from differential.made import View, random_case
from servanda import load_text
from servanda.model.case import Case
from servanda.model.record import Act
from servanda.model.time import dating_from_words
from servanda.standing import RECORD, Inquiry, Row, tabling
from servanda.standing.buckets import Question, Value
from servanda.standing.tabling import Tabling
from spec.tangles import tangle

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


def begun_and_left(seed: int) -> None:
    """Inventories of several views are begun, gone on with by turns and given up; what is told is so each time."""
    made, rng = random_case(seed), random.Random(seed)
    case: Case = load_text(made.text).case
    inquiry, readings = Inquiry(case), (*case.parties, RECORD)
    afresh = {view: asked(Inquiry(case), view) for view in made.views}
    for view in rng.choices(made.views, k=12):
        at, known = (None if each is None else dating_from_words(each) for each in (view.at, view.known))
        assert at is not None
        steps = iter(range(rng.randrange(3)))
        rows = inquiry.first_rows(lambda steps=steps: next(steps, None) is None, at, readings, view.channels, known)  # type: ignore[misc]
        what = f"case {seed} {view}\n{made.text}"
        if rows is None or rng.randrange(4) == 0:
            rows = asked(inquiry, view)
            assert len(rows) == len(afresh[view]), what
        assert rows == afresh[view][: len(rows)], what


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


def act_by_act(seed: int) -> bool:
    """Of a tangle one act after the other is told; each time it answers as afresh. Gives whether it could be asked."""
    text, view = tangle(seed), View("2031-03-01")
    loaded = load_text(text)
    if not loaded.ok:
        return False
    case: Case = msgspec.structs.replace(loaded.case, acts=())
    inquiry = Inquiry(case)
    for act in random.Random(seed).sample(loaded.case.acts, len(loaded.case.acts)):
        asked(inquiry, view)
        inquiry, case = inquiry.with_acts([act]), _with(case, act)
        assert asked(inquiry, view) == asked(Inquiry(case), view), f"tangle {seed} with {act}\n{text}"
    return True


def test_what_waits_for_itself_answers_as_afresh() -> None:
    assert sum(map(act_by_act, range(200))) > 40


@pytest.mark.long
@pytest.mark.parametrize("seeds", [range(first, first + 400) for first in range(200, 1000, 400)], ids=str)
def test_many_that_wait_for_themselves_answer_as_afresh(seeds: range) -> None:
    assert sum(map(act_by_act, seeds)) > len(seeds) / 5


CIRCLE = """
case "Circle" timezone Etc/UTC
party A
party B
source deal dated 2031-01-01
  by A, B
matter rain
obligation one of A to B
  under deal
  when two
obligation two of B to A
  under deal
  when three
obligation three of A to B
  under deal
  when one
obligation far of B to A
  under deal
  when one is refused and rain
"""


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ("B observes rain", {"rain"}),
        ("A refuses two", {"two"}),
        ("B refuses one", {"one", "far"}),
        ("A confirms two", {"two", "one"}),
    ],
)
def test_of_a_circle_only_what_hangs_on_what_differs_is_worked_out_again(said: str, again: set[str]) -> None:
    view, more = View("2031-02-01"), load_text(f"{CIRCLE}2031-01-05 {said}\n").case.acts[-1:]
    case = load_text(CIRCLE).case
    inquiry = Inquiry(case)
    asked(inquiry, view)
    worked_out = set[str]()
    nested = tabling.Tabling._nested

    def counted(self: Tabling, outlook: Any, frame: Question, *rest: Any) -> Value:
        name, what = frame
        assert isinstance(what, tuple)
        if what[-1] != "course":  # whether it has ended hangs on itself
            worked_out.add(name)
        return nested(self, outlook, frame, *rest)

    with patch.object(tabling.Tabling, "_nested", counted):
        after = asked(inquiry.with_acts(more), view)

    assert worked_out == again
    assert after == asked(Inquiry(_with(case, *more)), view)


def test_a_line_tells_anew_what_it_tells_of_others() -> None:
    waiting = CIRCLE.replace("one is refused and rain", "rain and one is confirmed\n  until 2031-02-15")
    view, more = View("2031-02-01"), load_text(f"{waiting}2031-01-05 B confirms one\n").case.acts[-1:]
    inquiry = Inquiry(load_text(waiting).case)

    def missing(asked_of: Inquiry) -> list[str]:
        [far] = [row for row in asked(asked_of, view) if row.commitment.name == "far"]
        return [each.text for each in far.standings["B"].missing]

    assert missing(inquiry) == ["rain", "one is confirmed"]
    asked(inquiry, View("2031-03-01"))  # when it waits for nothing any more
    assert missing(inquiry) == ["rain", "one is confirmed"]
    assert missing(inquiry.with_acts(more)) == ["rain"]


HANDED_ON = """
case "Crates" timezone Etc/UTC
party A
party B
party C
item crates counted delivered
source deal dated 2031-01-01
  by A, B
obligation deliver of B to A
  under deal
  done when 4 crates delivered
obligation pay of A to B
  under deal
  when 4 crates delivered
2031-01-10 A claims 4 crates delivered
"""


def test_who_has_handed_it_on_before_admits_nothing_to_anybody() -> None:
    view, more = View("2031-02-01"), load_text(f"{HANDED_ON}2031-01-05 A transfers deliver to C\n").case.acts[-1:]
    inquiry = Inquiry(load_text(HANDED_ON).case)

    def pay(asked_of: Inquiry) -> str:
        return asked(asked_of, view)[1].standings["B"].status

    assert pay(inquiry) == "due"
    assert pay(inquiry.with_acts(more)) == "dormant"


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


@pytest.mark.parametrize(
    ("day", "status"), [("2031-01-09", "suspended"), ("2031-01-11", "due")], ids=["before", "after"]
)
def test_an_act_reaches_what_was_judged_after_it_and_nothing_that_was_judged_before(day: str, status: str) -> None:
    """What was so when a power was used is so no longer, and yet it was open then."""
    view, more = View("2031-02-01"), load_text(f"{JUDGED}{day} B claims quarrel\n").case.acts[-1:]
    inquiry = Inquiry(load_text(JUDGED).case)

    def pay(asked_of: Inquiry) -> str:
        return asked(asked_of, view)[0].standings["B"].status

    assert pay(inquiry) == "due"
    assert pay(inquiry.with_acts(more)) == status


RESHAPED = """case "Reshaped" timezone UTC
party A "A"
party B "B"
body Watch "The watch"
item gates "Gates" counted opened
item doors "Doors" counted opened
term things "Things" = doors
source s "S" dated 2031-01-01
  by A, B
obligation open-them of A to B
  under s
obligation pay of A to B
  under s
  when 3 gates opened
obligation sweep of A to B
obligation mow of A to B
  under s
obligation dig of A to B
  under s
obligation fill of A to B
  under s
  together with dig
obligation shut of A to B
  under s
  when 2 doors opened
2031-01-05 Watch observes 2 doors opened
2031-01-05 B claims 3 gates opened
2031-01-06 A promises sweep when gates in things
"""


@pytest.mark.parametrize(
    ("act", "commitment", "before", "after"),
    [
        # what B says is then an admission in the reading of A: that what A owes it is done
        ("holds open-them\n  done when 3 gates opened", "pay", "dormant", "due"),
        # of the term the condition of a promise speaks alone
        ("holds things = doors, gates", "sweep", "dormant", "due"),
        ("holds mow\n  together with sweep", "mow", "due", "dormant"),
        ("rejects Watch", "shut", "due", "dormant"),
    ],
    ids=["version", "term", "group", "trust"],
)
def test_what_changes_a_text_or_whom_one_trusts_reaches_what_hangs_on_it(
    act: str, commitment: str, before: str, after: str
) -> None:
    view, more = View("2031-02-01"), load_text(f"{RESHAPED}2031-01-10 A {act}\n").case.acts[-1:]
    inquiry = Inquiry(load_text(RESHAPED).case)

    def status(asked_of: Inquiry) -> str:
        return next(row for row in asked(asked_of, view) if row.commitment.name == commitment).standings["A"].status

    assert status(inquiry) == before
    assert status(inquiry.with_acts(more)) == after


@pytest.mark.parametrize("seed", range(40))
def test_with_more_acts_it_answers_as_afresh(seed: int) -> None:
    with_more_acts(seed)


@pytest.mark.parametrize("seed", range(20))
def test_views_asked_in_any_order_are_answered_as_afresh(seed: int) -> None:
    in_any_order(seed)


@pytest.mark.parametrize("seed", range(30))
def test_what_is_known_of_an_inventory_so_far_is_so(seed: int) -> None:
    begun_and_left(seed)


def test_a_line_of_another_date_is_not_told_for_one_that_is_still_to_be_made() -> None:
    text = 'case "Three" timezone Etc/UTC\nparty Ada\nparty Bo\n'
    text += "".join(f"obligation o{each} of Ada to Bo\n2031-01-0{each} Ada promises o{each}\n" for each in (1, 2, 3))
    case = load_text(text).case
    inquiry, late = Inquiry(case), View("2031-02-01")
    asked(inquiry, View("2030-01-01"))
    at = dating_from_words(late.at)
    assert at is not None
    known = [inquiry.first_rows(lambda: True, at, (*case.parties, RECORD)) for _ in range(3)]
    whole = asked(Inquiry(case), late)
    assert known == [whole[:1], whole[:2], None]
    assert asked(inquiry, late) == whole


@pytest.mark.long
@pytest.mark.parametrize("seeds", [range(first, first + 25) for first in range(40, 540, 25)], ids=str)
def test_many_cases_answer_as_afresh(seeds: range) -> None:
    for seed in seeds:
        with_more_acts(seed)
        in_any_order(seed)
        begun_and_left(seed)
        however_few_are_open(seed)
