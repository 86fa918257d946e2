"""Ways replayed in the standings: where the rules used to tell another story, one small case each."""

from __future__ import annotations

import pytest

from servanda.wayout.moves import moves
from servanda.wayout.replay import Replay
from servanda.wayout.rules_from_case import Plan
from servanda.wayout.ways import Way, Ways, find
from servanda.wayout.ways_that_hold import find_holding
from unit.test_wayout_case import plan_of, told, written

ACCORD = 'source accord "The accord"\n  dated 2029-01-01\n  by A\n  signed by A, B\n'
ASIDE = 'channel aside "Between B and C" among B, C\n'


def ways_of(body: str, goal: str, at: str = "2030-01-01") -> tuple[Plan, Ways]:
    """The ways of a small case, all of them, each replayed."""
    found, plan = find_holding(plan_of(written(body), at, [goal]), 1, listed=1000)
    for granted in [()] if found.reached else [way.concessions for way in found.ways]:
        way = Replay(plan, granted)

        assert way.reaches(), said(plan, granted)
        assert not list(way.too_early()), said(plan, granted)
    return plan, found


def said(plan: Plan, granted: tuple[int, ...]) -> set[str]:
    return {plan.system.concessions[place].text for place in granted}


def words(plan: Plan, way: Way) -> set[str]:
    return said(plan, way.concessions)


def ordered(plan: Plan) -> list[tuple[str, ...]]:
    return [(*each.actors, each.text) for each in moves(plan, ())]


# ── what stands under `unless` ──────────────────────────────────────────────────────────────────────────────

UNLESS = f"""{ACCORD}
obligation x "Do x" of A to B
  when y unless accord is signed
obligation y "Do y" of B to A
  under accord
A recognises x
A proposes accord
"""
SIGN = "B accepts “The accord” and takes up “Do y”"
DROP = "A does “Do x” without waiting for y unless accord is signed"


def test_who_does_a_thing_unless_a_text_is_signed_does_not_do_it_once_a_way_has_it_signed() -> None:
    plan, found = ways_of(UNLESS, "x")

    assert find(plan.system, 1, listed=1000).ways[0].price == 1
    assert found.complete
    assert {frozenset(words(plan, way)) for way in found.ways} == {
        frozenset({"B promises “Do y”"}), frozenset({DROP}),
    }  # fmt: skip


def test_a_way_that_brings_about_an_exception_gives_the_condition_up_as_well() -> None:
    plan, found = ways_of(UNLESS, "x and accord is signed")

    assert find(plan.system, 1).ways[0].price == 2
    assert {frozenset(words(plan, way)) for way in found.ways} == {
        frozenset({SIGN, DROP}),
    }  # fmt: skip


@pytest.mark.parametrize("so", ["2029-01-01", "y"])
def test_what_is_so_by_now_fails_with_its_exception_as_well(so: str) -> None:
    body = UNLESS.replace("when y unless accord is signed", f"when z and ({so} unless accord is signed)")
    more = 'obligation z "Do z" of B to A\n  under accord\n2029-02-01 B promises y\n2029-02-02 B, A claim y\n'
    plan, found = ways_of(body + more, "x and accord is signed")

    assert [way.price for way in found.ways] == [find(plan.system, 1).ways[0].price + 1]
    assert f"A does “Do x” without waiting for {so} unless accord is signed" in words(plan, found.ways[0])


def test_an_exception_is_counted_upon_only_where_nothing_else_will_do() -> None:
    body = UNLESS.replace("when y unless accord is signed", "when (y unless accord is signed) or z")
    plan, found = ways_of(body + 'obligation z "Do z" of B to A\n  under accord\n', "x and accord is signed")

    assert [words(plan, way) for way in found.ways] == [
        {"B accepts “The accord” and takes up “Do y” and “Do z”"}
    ]  # fmt: skip


def test_what_is_excepted_comes_after_what_hangs_on_it_where_it_can() -> None:
    plan, found = ways_of(UNLESS.replace("when y unless", "when 2029-01-01 unless"), "x and y and accord is signed")

    assert {frozenset(words(plan, way)) for way in found.ways} == {frozenset({SIGN})}


def test_what_is_excepted_and_left_alone_is_still_counted_out() -> None:
    plan, found = ways_of(UNLESS + "B promises y\n", "x")

    assert found.reached
    assert [text for *_, text in ordered(plan)] == ["Do y", "Do x"]


def test_a_goal_that_its_own_moves_keep_away_is_not_reached() -> None:
    body = (
        'obligation x "Do x" of A to B\n  when y unless y is claimed\nobligation y "Do y" of B to A\n'
        "A recognises x\nB recognises y\n"
    )
    plan = plan_of(written(body), "2030-01-01", ["x"])
    found, held = find_holding(plan, 1, listed=1000)

    assert find(plan.system, 1).reached
    assert not found.reached
    assert [words(held, way) for way in found.ways] == [
        {"A does “Do x” without waiting for y unless y is claimed"},
    ]  # fmt: skip


# ── what is agreed ──────────────────────────────────────────────────────────────────────────────────────────

AGREED = 'obligation x "Do x" of A to B\n  when y is agreed\nobligation y "Do y" of B to C\nA recognises x\n'


def test_agreement_takes_a_word_of_those_it_is_owed_to() -> None:
    plan, found = ways_of(AGREED + "B recognises y\n", "x")

    assert {frozenset(words(plan, way)) for way in found.ways} == {
        frozenset({"C recognises “Do y”"}),
        frozenset({"A does “Do x” without waiting for “Do y” to be agreed"}),
    }


def test_agreement_takes_a_word_of_its_bearer() -> None:
    plan, found = ways_of(AGREED + "C recognises y\n", "x")

    assert frozenset({"B promises “Do y”"}) in {frozenset(words(plan, way)) for way in found.ways}


def test_agreement_waits_for_nothing_that_its_bearer_waits_for() -> None:
    body = AGREED.replace("of B to C\n", "of B to C\n  when C consents to look\n")
    _, found = ways_of('means look "A look" by C\n' + body + "B recognises y\nC recognises y\n", "x")

    assert found.reached


def test_agreement_comes_with_the_signing_of_a_text() -> None:
    plan, found = ways_of(
        'source deed "The deed"\n  dated 2029-01-01\n  by B\n  signed by B, C\n'
        + AGREED.replace("of B to C\n", "of B to C\n  under deed\n")
        + "B proposes deed\n",
        "x",
    )

    assert frozenset({"A accepts “The deed”", "C accepts “The deed”"}) in {
        frozenset(words(plan, way)) for way in found.ways
    }


def test_what_was_agreed_out_of_sight_is_recognised_where_all_see_it() -> None:
    plan, found = ways_of(
        ASIDE + AGREED + "2029-02-01 B recognises y\n  via aside\n2029-02-01 C recognises y\n  via aside\n", "x"
    )

    assert found.reached
    assert ordered(plan) == [
        ("C", "recognise “Do y”, where all see it"), ("B", "recognise “Do y”, where all see it"), ("A", "Do x"),
    ]  # fmt: skip


# ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────

DATED = """matter rain "It has rained"
obligation x "Do x" of A to B
  when y is promised with a date
obligation y "Do y" of B to A
  {clause}
A recognises x
B recognises y
"""


@pytest.mark.parametrize("clause", ["by 30 days after rain", "within 30 days of rain"])
def test_a_date_that_counts_from_what_has_not_come_is_none(clause: str) -> None:
    _, waiting = ways_of(DATED.format(clause=clause), "x")
    _, known = ways_of(DATED.format(clause=clause) + "2029-06-01 A, B claim rain\n", "x")

    assert not waiting.reached
    assert known.reached


def test_a_date_of_the_text_is_one_to_promise_by() -> None:
    body = DATED.replace("with a date", "by 2031-06-30") + 'means look "A look" by C\n'
    asked = {"C consents to “A look”"}
    early, late = (
        ways_of(body.format(clause=f"when C consents to look\n  by {day}"), "x") for day in ("2031-03-01", "2031-09-01")
    )

    assert asked in [words(early[0], way) for way in early[1].ways]
    assert asked not in [words(late[0], way) for way in late[1].ways]


def test_of_no_instance_nothing_is_promised() -> None:
    body = 'event shot(place)\nobligation x "Do x" of A to B\n  for each shot(place)\n  within 3 days\nA recognises x\n'

    assert not ways_of(body, "x is promised with a date")[1].reached
    assert ways_of(body + "2029-12-30 A, B observe shot(place=Esk)\n", "x is promised with a date")[1].reached


def test_what_is_done_before_it_binds_never_binds() -> None:
    body = 'obligation x "Do x" of A to B\n  when C consents to look\nmeans look "A look" by C\nA, B recognise x\n'
    done = body + "2029-06-01 A claims x\n2029-06-02 B confirms x\n"

    assert ways_of(body, "x is in force")[1].possible
    assert not ways_of(done, "x is in force")[1].possible


SERIES = """matter rain "It has rained"
source accord "The accord"
  dated 2033-01-01
  by A
  signed by A, B
obligation x "Do x" of A to B
  under accord
  for each 3 years of rain
A proposes accord
2029-06-01 A, B claim rain
"""


def test_a_goal_speaks_of_the_instances_there_are_when_it_is_asked() -> None:
    plan, found = ways_of(SERIES, "x")
    later = {frozenset(words(plan, way)): Replay(plan, way.concessions).arisen() for way in found.ways}

    assert later[frozenset({"B accepts “The accord”"})] == ("x[2]",)
    assert later[frozenset({"A promises “Do x” [1]"})] == ()


SHOWN = """means look "A look" by C
obligation x "Do x" of A to B
obligation y "Do y" of A to B
A, B recognise x, y
B holds x
  verified by look
B holds y
  verified by look
"""


def test_each_of_several_is_asked_in_the_reading_of_those_it_is_owed_to() -> None:
    plan, _ = ways_of(SHOWN, "at least 1 of (x, y)")
    other, _ = ways_of(SHOWN, "at least 2 of (x in A, y)")

    assert ordered(plan) == [("A", "Do y"), ("C", "A look, of “Do y”")]
    assert ordered(other) == [("A", "Do x"), ("A", "Do y"), ("C", "A look, of “Do y”")]


def test_who_waits_for_a_series_waits_for_what_has_come_up_by_then() -> None:
    """A way that takes years cannot count on there being no instance more: the condition is given up as well."""
    body = SERIES.replace("  under accord\n", "").replace("of A to B", "of B to A") + (
        'obligation y "Do y" of A to B\n  when x and accord is signed\nA recognises y\nB recognises x\n'
    )
    plan, found = ways_of(body, "y")

    assert {frozenset(words(plan, way)) for way in found.ways} == {
        frozenset({"A does “Do y” without waiting for the signing of “The accord”"}),
        frozenset({"A does “Do y” without waiting for the completion of “Do x”", "B accepts “The accord”"}),
    }  # fmt: skip


POWER = (
    'obligation x "Do x" of B to A\n  when pause is used\nobligation y "Do y" of B to A\n'
    'power pause "Pause" of A to B\n  may suspend y\n  from 2031-06-01\nB recognises x\nA, B recognise pause\n'
)


def test_a_power_is_used_on_its_day() -> None:
    plan, found = ways_of(POWER, "x")
    used = next(way for way in found.ways if words(plan, way) == {"A uses “Pause”"})

    assert str(moves(plan, used.concessions)[0].day) > "2031-06-01"


def test_what_was_done_after_the_date_counts_for_nothing() -> None:
    plan, found = ways_of(POWER + "2031-02-01 B rejects pause\n", "x")

    assert frozenset({"A uses “Pause”"}) in {frozenset(words(plan, way)) for way in found.ways}


def test_what_comes_to_be_known_later_counts_for_nothing() -> None:
    body = (
        'means look "A look" by C\nobligation x "Do x" of A to B\n  when C consents to look\nA recognises x\n'
        "2029-06-01 C consents to look\n2029-12-01 C refuses look\n"
    )

    assert ways_of(body + "  known 2030-01-02\n", "x")[1].reached
    assert not ways_of(body, "x")[1].reached


def test_what_is_breached_on_the_day_is_kept_from_the_next_on() -> None:
    body = (
        'event shot(place)\nprohibition truce "Hold fire" of A to B\n  forbids shot(place=Esk)\nA recognises truce\n'
        "B recognises truce\n2030-01-01 A, B observe shot(place=Esk)\n"
    )
    plan, found = ways_of(body, "truce")

    assert found.reached
    assert moves(plan, ()) == ()


# ── what some do not see ────────────────────────────────────────────────────────────────────────────────────

UNSEEN = ASIDE + 'means look "A look" by C\nobligation x "Do x" of A to B\n  when C consents to look\nA recognises x\n'


@pytest.mark.parametrize("goal", ["9999-12-31", "9999-12-30", "30 days after 9999-12-20", "x and 9999-12-31"])
def test_what_would_be_so_after_the_last_of_all_days_is_not_seen_to_be_so(goal: str) -> None:
    found, plan = find_holding(
        plan_of(written('obligation x "Do x" of A to B\nA recognises x\n'), "2030-01-01", [goal]), 1
    )

    assert found.reached
    assert not Replay(plan, ()).reaches()


def test_a_consent_that_who_waits_for_it_did_not_see_is_given_once_more() -> None:
    plan, found = ways_of(UNSEEN + "2029-02-01 C consents to look\n  via aside\n", "x")

    assert found.reached
    assert ordered(plan) == [("C", "consent to “A look” once more, where all see it"), ("A", "Do x")]


GO = 'obligation x "Do x" of A to B\n  when go is used\nright go "Go" of B to {others}\nA recognises x\n'


def test_a_confirmation_that_who_waits_for_it_did_not_see_is_given_once_more() -> None:
    body = (
        'obligation x "Do x" of A to B\n  when y is confirmed\nobligation y "Do y" of B to C\n  done when claimed\n'
        "A recognises x\nB recognises y\n2029-02-01 B claims y\n2029-02-02 C confirms y\n  via aside\n"
    )
    plan, found = ways_of(ASIDE + body, "x")

    assert found.reached
    assert ("C", "confirm “Do y” once more, where all see it") in ordered(plan)


def test_a_use_that_who_waits_for_it_did_not_see_is_made_once_more() -> None:
    plan, found = ways_of(
        ASIDE + GO.format(others="A, C") + "2029-01-01 A, B, C recognise go\n2029-02-01 B uses go\n  via aside\n", "x"
    )

    assert found.reached
    assert ordered(plan) == [("B", "use “Go” once more, where all see it"), ("A", "Do x")]


def test_a_use_counts_for_who_recognises_the_right() -> None:
    plan, found = ways_of(GO.format(others="C") + "B, C recognise go\n", "x")

    assert {frozenset(words(plan, way)) for way in found.ways} == {
        frozenset({"B uses “Go”", "A recognises “Go”"}),
        frozenset({"A does “Do x” without waiting for “Go” to be used"}),
    }


def test_what_was_undertaken_out_of_sight_is_recognised_where_who_waits_for_it_sees_it() -> None:
    body = 'obligation x "Do x" of A to B\n  when y is promised\nobligation y "Do y" of B to C\nA recognises x\n'
    plan, found = ways_of(ASIDE + body + "2029-02-01 B recognises y\n  via aside\n", "x")

    assert found.reached
    assert ordered(plan) == [("B", "recognise “Do y”, where all see it"), ("A", "Do x")]


def test_what_one_of_several_promised_out_of_sight_is_promised_once_more() -> None:
    body = 'obligation x "Do x" of A to B\n  when y is promised\nobligation y "Do y" of B, C to A\nA recognises x, y\n'
    plan, found = ways_of(ASIDE + body + "2029-02-01 B promises y\n  via aside\n2029-02-02 C promises y\n", "x")

    assert found.reached
    assert ordered(plan) == [("B", "C", "promise “Do y” once more, where all see it"), ("A", "Do x")]


def test_a_text_binds_those_who_sign_it_or_stand_by_it() -> None:
    body = (
        'source deed "The deed"\n  dated 2029-01-01\n  by A, B\n  signed by A, B\n'
        'obligation x "Do x" of C to A\n  under deed\n'
    )
    plan, found = ways_of(body, "deed is signed and x")

    assert {frozenset(words(plan, way)) for way in found.ways} == {
        frozenset({"C accepts “The deed” and takes up “Do x”"}), frozenset({"C promises “Do x”"}),
    }  # fmt: skip


def test_a_text_signed_out_of_sight_of_a_signer_is_signed_again() -> None:
    body = (
        ASIDE + 'source pact "The pact"\n  dated 2029-01-01\n  by A\n  signed by A, B\n'
        'obligation x "Do x" of A to B\n  when pact is signed\nA recognises x\n'
        "2029-02-01 A signs pact\n2029-02-02 B signs pact\n  via aside\n"
    )
    plan, found = ways_of(body, "x")

    assert found.reached
    assert ordered(plan) == [("A", "B", "sign “The pact”"), ("A", "Do x")]


def test_what_is_shown_is_shown_to_who_waits_for_it() -> None:
    body = (
        'means look "A look" by B\nobligation x "Do x" of A to B\n  when y\n'
        'obligation y "Do y" of B to C\n  verified by look\nA recognises x, y\nB recognises y\nC recognises y\n'
    )
    plan, found = ways_of(body, "x")

    assert found.reached
    assert told(plan, Way((), 0)) == set()


# ── what several owe to each other ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("signed", ["2029-01-01 A, B sign accord\n", "A proposes accord\n2029-01-01 A signs accord\n"])
def test_what_two_owe_together_and_to_nobody_else_both_say_is_done(signed: str) -> None:
    body = f"{ACCORD}obligation x of A, B\n  under accord\n{signed}"
    _, found = ways_of(body, "x")

    assert found.reached is ("A, B sign" in signed)


def test_a_power_that_two_have_together_is_agreed_once_both_have_signed() -> None:
    body = f"{ACCORD}power end of A, B\n  under accord\n  may terminate accord\nA proposes accord\n"
    plan, found = ways_of(f"{body}2029-01-01 A signs accord\n", "end is agreed")

    assert {frozenset(words(plan, way)) for way in found.ways} == {
        frozenset({"B accepts “The accord” and takes up “end”"}),
        frozenset({"A promises “end”", "B promises “end”"}),
    }
