"""Small deadlocks, each worked out by hand first: what the concessions are, what they cost, what moves then."""

from __future__ import annotations

import pytest

from servanda.wayout.moves import moves
from servanda.wayout.prices import named
from servanda.wayout.replay import Replay
from servanda.wayout.stuck import stuck
from servanda.wayout.way_out import Asked, way_out
from servanda.wayout.ways import find
from unit.test_wayout_case import listed, plan_of, replayed, written
from unit.test_wayout_replay import said

# ── a promise on conditions puts them in the place of the text's ────────────────────────────────────────────

CONDITIONAL = """
matter rain "It has rained"
matter thaw "The ice is gone"
matter calm "No wind"
obligation x "Do x" of A to B
  when rain
2029-01-01 A promises x when thaw and calm
"""


def test_who_promised_on_conditions_gives_up_those_and_not_those_of_the_text() -> None:
    plan = plan_of(written(CONDITIONAL), "2030-01-01", ["x"])
    ways = listed(plan)

    assert [(way.price, said(plan, way.concessions)) for way in ways] == [
        (2, {"A does “Do x” without waiting for “The ice is gone”", "A does “Do x” without waiting for “No wind”"})
    ]
    replayed(plan, ways)


def test_a_date_for_what_was_promised_on_conditions_drops_those() -> None:
    body = CONDITIONAL + 'obligation y "Do y" of B to A\n  when x is promised by 2030-06-01\nB recognises y\n'
    plan = plan_of(written(body), "2030-01-01", ["x is promised and y"])
    ways = listed(plan)

    promised = "A promises “Do x”, by 2030-06-01, without waiting for “The ice is gone” and “No wind”"
    assert (3, {promised}) in [(way.price, said(plan, way.concessions)) for way in ways]
    replayed(plan, ways)


def test_a_date_for_what_was_promised_outright_drops_nothing() -> None:
    body = (
        'matter rain "It has rained"\nobligation x "Do x" of A to B\n  when rain\n2029-01-01 A promises x\n'
        'obligation y "Do y" of B to A\n  when x is promised by 2030-06-01\nB recognises y\n'
    )
    plan = plan_of(written(body), "2030-01-01", ["y"])
    ways = listed(plan)

    assert (1, {"A promises “Do x”, by 2030-06-01"}) in [(way.price, said(plan, way.concessions)) for way in ways]
    replayed(plan, ways)


# ── what is said where the other cannot hear it ─────────────────────────────────────────────────────────────

ROOMS = """
channel table "The table" among A, B, C
channel back "The back room" among B, C
obligation x "Do x" of A to B
obligation y "Do y" of B to A
"""


def test_a_dated_promise_that_the_other_did_not_hear_is_given_once_more() -> None:
    body = ROOMS + (
        "2029-12-01 A offers x when y is promised by 2030-01-20\n  via table\n"
        "2029-12-02 B promises y by 2030-01-15\n  via back\n"
    )
    plan = plan_of(written(body), "2030-01-01", ["x"])

    assert find(plan.system, 1).reached
    assert [(*each.actors, each.text) for each in moves(plan, ())] == [
        ("B", "promise “Do y” once more, where all see it"),
        ("A", "Do x"),
    ]
    assert Replay(plan, ()).reaches()
    assert not list(Replay(plan, ()).too_early())


def test_a_date_that_was_named_out_of_hearing_is_named_once_more() -> None:
    body = ROOMS + (
        "2029-12-01 A offers x when y is promised by 2030-05-01\n  via table\n"
        "2029-12-02 B promises y\n  via table\n"
        "2029-12-03 B promises y by 2030-04-20\n  via back\n"
    )
    plan = plan_of(written(body), "2030-01-01", ["x"])

    assert find(plan.system, 1).reached
    assert Replay(plan, ()).reaches()
    assert not list(Replay(plan, ()).too_early())


def test_an_offer_that_the_other_did_not_hear_is_told_once_its_condition_is_met() -> None:
    body = ROOMS + (
        'obligation z "Do z" of C to B\n'
        "2029-12-01 A offers x when y is promised\n  via table\n"
        "2029-12-02 B offers y when z is promised\n  via back\n"
    )
    plan = plan_of(written(body), "2030-01-01", ["x"])
    ways = listed(plan)

    assert {frozenset(said(plan, way.concessions)) for way in ways} == {
        frozenset({"A promises “Do x”"}), frozenset({"B promises “Do y”"}), frozenset({"C promises “Do z”"}),
    }  # fmt: skip
    replayed(plan, ways)
    again = {
        next(iter(said(plan, way.concessions))): any("once more" in each.text for each in moves(plan, way.concessions))
        for way in ways
    }
    assert again == {"A promises “Do x”": False, "B promises “Do y”": False, "C promises “Do z”": True}


def test_what_is_heard_anyway_needs_no_telling() -> None:
    body = ROOMS.replace("of B to A\n", "of B to A\n  under deal\n  when rain\n") + (
        "matter rain\nsource deal dated 2029-01-01\n  by A, B\n"
        'obligation z "Do z" of C to B\nobligation w "Do w" of C to B\n'
        "2029-12-01 A offers x when y is promised\n  via table\n"
        "2029-12-02 B offers y when z is promised\n  via back\n"
        "2029-12-03 B offers y when w is promised\n  via table\n"
    )
    plan = plan_of(written(body), "2030-01-01", ["x"])
    told = {
        next(iter(said(plan, way.concessions))): any("once more" in each.text for each in moves(plan, way.concessions))
        for way in listed(plan)
    }

    assert told["C promises “Do z”"]
    assert not told["C promises “Do w”"]
    assert not told["B does “Do y” without waiting for “rain”"]
    replayed(plan, listed(plan))


# ── a promise that a condition asks for by name is a promise ────────────────────────────────────────────────


@pytest.mark.parametrize("via", ["", " via table"])
def test_who_makes_the_promise_that_a_condition_names_has_promised(via: str) -> None:
    body = ROOMS + f"A recognises x\nA holds x\n  when B promises y{via}\n"
    plan = plan_of(written(body), "2030-01-01", ["x and y"])
    ways = listed(plan)
    alone = plan_of(written(body), "2030-01-01", ["x"])

    assert (1, {f"B promises “Do y”{via}"}) in [(way.price, said(plan, way.concessions)) for way in ways]
    replayed(plan, ways)
    [blocked] = [each.still_blocked for each in way_out(alone, Asked()).ways if each.words[0].startswith("B promises")]
    assert blocked == ()


# ── how little of a concession would do ─────────────────────────────────────────────────────────────────────

GATE = """
means look "A look" by C
  consent of B
obligation x "Give the reactor" of A to B
  when y is verified
obligation y "Shut the site" of B to A
  verified by look
A recognises x, y
B recognises x, y
"""


def test_who_waits_for_less_still_waits_for_that() -> None:
    [less] = [
        way
        for way in way_out(plan_of(written(GATE), "2030-01-01", ["x"]), Asked()).ways
        if way.words[0].startswith("A does")
    ]

    assert less.words[0].endswith(
        "without waiting for the proof of “Shut the site”: that it is said to be done is enough"
    )
    assert [(each.step, each.actors, each.text) for each in less.moves] == [
        (1, ("A",), less.words[0]),
        (1, ("B",), "Shut the site"),
        (2, ("A",), "Give the reactor"),
    ]


LATER = """
obligation x "Do x" of A to B
  when z
obligation y "Do y" of B to A
  when x is promised by 2030-06-01
obligation z "Do z" of C to A
  when x is promised with a date
A recognises x, z
B recognises y
C recognises z
"""


@pytest.mark.parametrize(("body", "goal"), [(GATE, "x"), (LATER, "x and z")])
def test_a_concession_is_called_as_it_is_shown_where_less_of_it_would_do(body: str, goal: str) -> None:
    plan = plan_of(written(body), "2030-01-01", [goal])
    shown = way_out(plan, Asked(all_ways=True)).ways
    less = [
        (words, place)
        for way in shown
        for words, place in zip(way.words, way.way.concessions, strict=True)
        if words != plan.system.concessions[place].text
    ]

    assert less
    for words, place in less:
        assert named(plan.system.concessions, words) == [place], words


TWO_CIRCLES = """
means look "A look" by C
  consent of C
means glance "A glance" by A
  consent of A
obligation a "Do a" of A to B
  when b
obligation b "Do b" of B to A
  when c
  verified by look
obligation c "Do c" of C to B
  when d
obligation d "Do d" of B to C
  when a
  verified by glance
A recognises a, b
B recognises a, b, c, d
C recognises c, d
C consents to look when a
A consents to glance when c
"""


def test_of_two_concessions_each_may_be_less_but_not_both() -> None:
    found = way_out(plan_of(written(TWO_CIRCLES), "2030-01-01", ["a and b and c and d"]), Asked(all_ways=True))
    [both] = [way.words for way in found.ways if all("without waiting" in each for each in way.words)]

    assert sum(each.endswith("enough") for each in both) == 1


def test_the_claim_that_an_effort_has_succeeded_is_nothing_to_wait_for() -> None:
    body = (
        'matter peace "Peace"\nobligation x "Do x" of A to B\n  when y\nobligation y "Seek peace" of B to A\n'
        "  seeks peace\nA recognises x, y\nB recognises x, y\n"
    )
    [way] = way_out(plan_of(written(body), "2030-01-01", ["x"]), Asked()).ways

    assert way.words == ("A does “Do x” without waiting for the completion of “Seek peace”: its promise is enough",)


# ── two readings of one number ──────────────────────────────────────────────────────────────────────────────

THRESHOLD = """
body Port "Harbour office"
item grain "Grain" counted delivered
source contract "Contract" dated 2029-01-01
  by A, B
means tally "Tally" by Port
obligation deliver "Deliver the grain" of A to B
  under contract
  done when 1000 tonnes grain delivered
  verified by tally
obligation pay "Pay for it" of B to A
  under contract
  when deliver
"""
HOLDS = "2029-02-01 B holds deliver\n  done when 1200 tonnes grain delivered\n"
SEEN = "2029-03-01 Port observes 1000 tonnes grain delivered via tally\n"
MORE = (
    "A takes on 1200 tonnes grain delivered for “Deliver the grain”, as asked, instead of 1000 tonnes grain delivered"
)
LESS = "B takes 1000 tonnes grain delivered for enough of “Deliver the grain”, instead of 1200 tonnes grain delivered"
FIRST = "B does “Pay for it” without waiting for the completion of “Deliver the grain”"


@pytest.mark.parametrize("seen", ["", SEEN])
def test_nobody_does_more_than_its_own_reading_asks_without_saying_so(seen: str) -> None:
    plan = plan_of(written(THRESHOLD + HOLDS + seen), "2030-01-01", ["pay"])
    ways = listed(plan)

    assert {(way.price, *said(plan, way.concessions)) for way in ways} == {(1, MORE), (1, LESS), (1, FIRST)}
    assert [each.text for each in stuck(plan).open_decisions] == [MORE]
    replayed(plan, ways)


@pytest.mark.parametrize(
    "held",
    [
        "",
        "2029-02-01 B holds deliver\n  done when 800 tonnes grain delivered\n",
        "2029-02-01 A holds deliver\n  done when more than 1000 tonnes grain delivered\n",
        "2029-02-01 A holds deliver\n  done when none\n",
    ],
)
def test_what_its_own_reading_asks_a_bearer_does_by_itself(held: str) -> None:
    assert find(plan_of(written(THRESHOLD + held), "2030-01-01", ["pay"]).system, 1).reached


def test_a_lower_ceiling_is_more_to_ask() -> None:
    body = THRESHOLD.replace("when 1000", "when at most 1000")
    held = "2029-02-01 B holds deliver\n  done when at most {} tonnes grain delivered\n"

    assert not find(plan_of(written(body + held.format(800)), "2030-01-01", ["pay"]).system, 1).reached
    assert find(plan_of(written(body + held.format(1200)), "2030-01-01", ["pay"]).system, 1).reached


def test_an_amount_that_is_more_than_anybody_owes_does_not_come_about_by_itself() -> None:
    body = THRESHOLD.replace("when deliver\n", "when 1200 tonnes grain delivered\n")
    less = THRESHOLD.replace("when deliver\n", "when 800 tonnes grain delivered\n")
    plan = plan_of(written(body), "2030-01-01", ["pay"])
    ways = listed(plan)

    assert {(way.price, *said(plan, way.concessions)) for way in ways} == {
        (1, "B does “Pay for it” without waiting for 1200 tonnes grain delivered")
    }
    assert [each.text for each in stuck(plan).beyond] == ["1200 tonnes grain delivered"]
    replayed(plan, ways)
    assert find(plan_of(written(less), "2030-01-01", ["pay"]).system, 1).reached


# ── efforts ─────────────────────────────────────────────────────────────────────────────────────────────────

EFFORT = """
matter peace "Peace"
obligation x "Seek it" of A to B
  seeks {}
A recognises x
B recognises x
"""


def test_what_an_effort_seeks_is_in_nobodys_hands_and_that_is_said() -> None:
    plan = plan_of(written(EFFORT.format("peace")), "2030-01-01", ["x"])

    assert not find(plan.system, 1).possible
    assert [each.text for each in stuck(plan).beyond] == ["“Peace”"]


def test_an_effort_is_made_once_somebody_else_does_what_it_seeks() -> None:
    plan = plan_of(written(EFFORT.format("C recognises x")), "2030-01-01", ["x"])
    ways = listed(plan)

    assert [said(plan, way.concessions) for way in ways] == [{"C recognises “Seek it”"}]
    replayed(plan, ways)


# ── two who owe one thing, each by another text ─────────────────────────────────────────────────────────────

TWO_TEXTS = """
source frame "Framework" dated 2029-01-01
  by A, C
source supply "Supply agreement" dated 2029-02-01
  by B, C
obligation reactors "Give the reactors" of A, B to C
  under frame
  under supply
"""


@pytest.mark.parametrize("goal", ["reactors", "reactors is promised"])
def test_of_two_who_owe_one_thing_by_different_texts_the_word_of_one_is_enough(goal: str) -> None:
    plan = plan_of(written(TWO_TEXTS), "2030-01-01", [goal])
    ways = listed(plan)

    assert {(way.price, *said(plan, way.concessions)) for way in ways} == {
        (1, "A promises “Give the reactors”"),
        (1, "B promises “Give the reactors”"),
    }
    replayed(plan, ways)
