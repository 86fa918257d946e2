"""Ways out of cases: the derivations of 15 November 1962, published shapes, and each way replayed in the standings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from servanda.load import condition_from_words, load, load_text
from servanda.model.case import Case
from servanda.model.conditions import Condition
from servanda.model.time import dating_from_words
from servanda.standing import Inquiry
from servanda.wayout.goals import goal_from_words
from servanda.wayout.ground import Ground
from servanda.wayout.moves import moves
from servanda.wayout.replay import Replay
from servanda.wayout.rules_from_case import Plan, rules_from_case
from servanda.wayout.stuck import stuck
from servanda.wayout.way_out import Asked, way_out
from servanda.wayout.ways import Way, find

ROOT = Path(__file__).parents[2]
CUBA = ROOT / "examples/cuba-1962"
FIRST = "lift-quarantine in USSR and remove-bombers in US"
SECOND = "no-invasion-declaration in USSR and hemisphere-cooperation is promised"
THIRD = "on-site-verification is verified in US and safeguards in US"
FOURTH = "protocol is signed"


def plan_of(case: Case, at: str, goals: Iterable[str], channels: Iterable[str] | None = None) -> Plan:
    def read(words: str) -> Condition:
        condition, slips = condition_from_words(case, words)
        assert condition is not None, slips
        return condition

    over = None if channels is None else frozenset(channels)
    ground = Ground(Inquiry(case), dating_from_words(at), over)
    return rules_from_case(ground, [goal_from_words(case, words, read) for words in goals])


@pytest.fixture(scope="module")
def cuba() -> Case:
    return load(CUBA).case


def at_the_table(case: Case, *goals: str) -> Plan:
    return plan_of(case, "1962-11-15", goals, ["table"])


def listed(plan: Plan) -> tuple[Way, ...]:
    found = find(plan.system, 1, listed=1000)
    assert found.complete
    return found.ways


def owners(plan: Plan, way: Way) -> set[str]:
    return {owner for each in way.concessions for owner in plan.system.concessions[each].owners}


def told(plan: Plan, way: Way) -> set[tuple[str, str, str]]:
    concessions = [plan.system.concessions[each] for each in way.concessions]
    return {(each.kind, ", ".join(each.owners), each.about) for each in concessions}


def written(body: str) -> Case:
    loaded = load_text(
        f'case "A test"\nparty A "Aldermoor"\nparty B "Brackwater"\nparty C "Cold Ferry"\n{body}'.encode()
    )
    assert [str(each) for each in loaded.diagnostics if each.severity == "error"] == []
    return loaded.case


def replayed(plan: Plan, ways: Iterable[Way]) -> None:
    """Each way, supposed as acts in the order of its moves, reaches the goal; and nobody moves too early."""
    count = 0
    for way in ways:
        ordered = moves(plan, way.concessions)
        count += 1

        assert Replay(plan, way.concessions).reaches(), told(plan, way)
        assert list(Replay(plan, way.concessions).too_early()) == []
        assert {move.concession for move in ordered} - {None} == set(way.concessions)
    assert count


# ── derivation 3: stuck ─────────────────────────────────────────────────────────────────────────────────────


def test_one_circle_and_open_decisions_outside_it(cuba: Case) -> None:
    found = stuck(at_the_table(cuba))
    decisions = [(each.text, each.owner) for each in found.open_decisions]

    assert found.circles == (
        (
            "protocol is signed",
            "lift-quarantine is promised",
            "remove-bombers is promised with a date",
            "remove-bombers is promised",
        ),
    )
    assert ("Cuba consents to “Inspection on Cuban soil”", "Cuba") in decisions
    assert ("US consents to “Teams of the United Nations, in the US as well”", "US") in decisions
    assert [each.text for each in found.beyond] == ["“Adequate arrangements through the United Nations stand”"]


# ── derivation 4: ways out ──────────────────────────────────────────────────────────────────────────────────


def test_quarantine_and_bombers_take_a_dated_promise_or_an_exchange(cuba: Case) -> None:
    plan = at_the_table(cuba, FIRST)
    promise, exchange = listed(plan)

    assert told(plan, promise) == {("promise", "USSR", "remove-bombers")}
    assert promise.price == 2
    assert {kind for kind, _, _ in told(plan, exchange)} == {"exchange"}
    assert owners(plan, exchange) == {"US", "USSR"}
    replayed(plan, (promise, exchange))


def test_the_moves_follow_in_the_order_of_their_conditions(cuba: Case) -> None:
    plan = at_the_table(cuba, FIRST)
    ordered = moves(plan, listed(plan)[0].concessions)

    assert [(each.step, each.actors) for each in ordered] == [
        (1, ("USSR",)), (2, ("USSR",)), (2, ("US",)), (3, ("US",)),
    ]  # fmt: skip


def test_a_declaration_takes_each_of_four_items_supplied_or_dropped(cuba: Case) -> None:
    plan = at_the_table(cuba, FIRST, SECOND)
    ways = listed(plan)
    both = [way for way in ways if {"US", "USSR"} <= owners(plan, way)]

    assert len(both) >= 0.9 * len(ways)
    assert ways[0].price == 5
    replayed(plan, ways[::6])


def test_inspection_takes_a_consent_in_every_way(cuba: Case) -> None:
    plan = at_the_table(cuba, FIRST, SECOND, THIRD)
    ways = listed(plan)

    for way in ways:
        assert {("act", "Cuba", "on-site"), ("act", "US", "un-team")} & told(plan, way)
    replayed(plan, ways[::6])


def test_the_protocol_takes_the_rejection_back_and_seven_things_up(cuba: Case) -> None:
    plan = at_the_table(cuba, FIRST, SECOND, THIRD, FOURTH)
    [text] = [each for each in plan.system.concessions if each.kind == "text"]

    assert text.owners == ("US",)
    assert text.price == 3 + 6 + 1
    for way in listed(plan):
        assert ("text", "US", "protocol") in told(plan, way)
    replayed(plan, listed(plan)[:3])


def test_over_all_channels_the_refusal_weighs_and_the_numbers_have_to_meet(cuba: Case) -> None:
    plan = plan_of(cuba, "1962-11-15", [FIRST])
    ways = listed(plan)
    numbers = [each for each in plan.system.concessions if each.kind == "number"]

    assert [way.price for way in ways][:3] == [3, 3, 4]
    assert {each.owners for each in numbers} == {("US",), ("USSR",)}
    replayed(plan, ways)


def test_on_20_november_nothing_more_is_needed(cuba: Case) -> None:
    assert find(plan_of(cuba, "1962-11-20", [FIRST]).system, 1).reached


def test_every_rule_has_its_place(cuba: Case) -> None:
    plan = at_the_table(cuba, FIRST, SECOND)
    named = [rule for rule in plan.system.rules if plan.atoms[rule.head].key[0] not in ("goal", "every")]

    assert sum(rule.span is not None for rule in named) > 0.9 * len(named)


# ── published shapes ────────────────────────────────────────────────────────────────────────────────────────

CHAIN = """
obligation pay "Pay the broker" of A to B
obligation pay-on "Pay the source" of B to C
  when {broker}
obligation document "Deliver the document to the broker" of C to B
  when {source}
obligation pass-on "Pass the document on" of B to A
  when document
A recognises pay, pass-on
B recognises pay, pass-on, pay-on, document
C recognises pay-on, document
"""


def test_a_chain_in_which_each_trusts_the_next_is_feasible() -> None:
    case = written(CHAIN.format(broker="pay", source="pay-on is promised"))

    assert find(plan_of(case, "2030-01-01", ["pass-on and pay-on"]).system, 1).reached


def test_a_broker_who_must_buy_before_a_sure_sale_is_stuck_and_an_indemnity_frees_it() -> None:
    body = """
obligation pay "Pay for both documents" of A to B
  when first and second
obligation buy-first "Buy the first document" of B to C
  when pay is confirmed or indemnity is promised
obligation first "Deliver the first document" of C to A
  when buy-first
obligation second "Deliver the second document" of B to A
obligation indemnity "Make good a loss" of A to B
A recognises pay, first, second
B recognises pay, buy-first, second
C recognises buy-first, first
"""
    plan = plan_of(written(body), "2030-01-01", ["pay and first"])
    ways = listed(plan)

    assert not find(plan.system, 1).reached
    assert stuck(plan).circles
    assert ("promise", "A", "indemnity") in {each for way in ways for each in told(plan, way)}
    replayed(plan, ways)


PROMISES = """
obligation x "Do the one thing" of A to B
obligation y "Do the other thing" of B to A
A offers x when y is promised
B offers y when x is promised
"""


def test_i_promise_if_you_promise_is_stuck_until_exchanged_at_once() -> None:
    plan = plan_of(written(PROMISES), "2030-01-01", ["x and y"])
    ways = listed(plan)

    [circle] = stuck(plan).circles
    assert set(circle) == {"x is promised", "y is promised"}
    assert ("exchange", "A, B", "x, y") in {each for way in ways for each in told(plan, way)}
    replayed(plan, ways)


# ── the forms of concession, each in a case of its own ──────────────────────────────────────────────────────

FORMS = {
    "an act that a condition names": (
        'obligation x "Do it" of A to B\n  when C consents to look\nmeans look "A look" by C\nA recognises x\n',
        "x", ("act", "C", "look"),
    ),
    "a means accepted as proof": (
        'means look "A look" by C\nmeans count "A count" by C\n  consent of A\nobligation x "Do it" of A to B\n'
        "  verified by count\nA recognises x\nB recognises x\nA holds x\n  verified by look\nA refuses count\n",
        "x in B", ("proof", "B", "x"),
    ),
    "two numbers that meet": (
        'obligation x "Do it" of A to B\nobligation y "Pay" of B to A\nB recognises y\nA recognises y\n'
        "B holds y\n  when x is promised by 2030-02-01\n2029-12-01 A offers x when y is promised\n  by 2030-04-01\n",
        "y is promised", ("number", "B", "y"),
    ),
    "a text accepted": (
        'source deed "The deed"\n  dated 2029-01-01\n  by B\n  signed by A, B\n'
        'obligation x "Do it" of A to B\n  under deed\n',
        "deed is signed and x", ("text", "A", "deed"),
    ),
    "a condition given up": (
        'matter rain "It has rained"\nobligation x "Do it" of A to B\n  when rain\nA recognises x\nB recognises x\n',
        "x", ("condition", "A", "x"),
    ),
    "a step together": (
        'obligation x "Do it" of A to B\n  together with y\nobligation y "Pay" of B to A\n'
        "A recognises x\nB recognises x\n",
        "x", ("promise", "B", "y"),
    ),
    "a joint commitment": (
        'obligation x "Do it" of A, B to C\nA recognises x\nC recognises x\n', "x", ("promise", "B", "x"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_concession(form: str) -> None:
    body, goal, wanted = FORMS[form]
    plan = plan_of(written(body), "2030-01-01", [goal])
    ways = listed(plan)

    assert wanted in {each for way in ways for each in told(plan, way)}
    replayed(plan, ways)


def test_what_is_refused_costs_three() -> None:
    body = 'obligation x "Do it" of A to B\n2029-01-01 A refuses x\n'

    assert listed(plan_of(written(body), "2029-01-02", ["x"]))[0].price == 3
    assert listed(plan_of(written(body), "2028-12-31", ["x"]))[0].price == 1


def test_an_effort_cannot_be_asked_to_come_about() -> None:
    body = 'matter peace "Peace"\nobligation x "Seek peace" of A to B\n  seeks peace\nA recognises x\nB recognises x\n'
    case = written(body)

    assert not find(plan_of(case, "2030-01-01", ["x"]).system, 1).possible
    assert find(plan_of(case, "2030-01-01", ["x is promised"]).system, 1).reached


def test_what_stands_under_unless_is_frozen() -> None:
    body = 'matter storm "A storm"\nobligation x "Sail" of A to B\n  when 2029-01-01 unless storm\nA recognises x\n'
    calm, stormy = written(body), written(body + "2029-02-01 A, B claim storm\n")

    assert find(plan_of(calm, "2030-01-01", ["x"]).system, 1).reached
    assert not find(plan_of(stormy, "2030-01-01", ["x"]).system, 1).reached


IN_PLACE = """
obligation x "Do it" of A to B
  by 2030-01-10
obligation y "Pay instead" of A to B
  instead of x
obligation z "Open" of B to A
  when y
A, B recognise x, y, z
"""


def test_what_is_in_place_of_something_waits_until_that_is_broken() -> None:
    case = written(IN_PLACE)
    before, after = (plan_of(case, day, ["z"]) for day in ("2030-01-05", "2030-01-15"))

    assert [told(before, way) for way in listed(before)] == [{("condition", "B", "z")}]
    assert not find(plan_of(case, "2030-01-05", ["y"]).system, 1).possible
    assert [each.chain[-1] for each in stuck(plan_of(case, "2030-01-05", ["y"])).blocked] == ["x is breached (A)"]
    assert find(after.system, 1).reached
    replayed(before, listed(before))


def test_what_is_owed_no_more_is_no_part_of_all_that_is_owed() -> None:
    def asked(day: str, more: str = "") -> list[str]:
        return [label for label, _ in plan_of(written(IN_PLACE + more), day, []).blocked]

    assert asked("2030-01-05") == ["x", "z"]
    assert asked("2030-01-15") == ["y", "z"]
    assert asked("2030-01-05", "2030-01-02 A, B terminate x\n") == []  # and with it what hangs on its breach
    assert asked("2030-01-05", "2030-01-02 A waives z\n") == ["x"]
    assert asked("2030-01-05", "2030-01-02 A, B suspend z\n") == ["x", "z"]


@pytest.mark.parametrize(
    ("example", "day"),
    [("ceasefire-exchange", "2027-03-02"), ("company-sale", "2027-04-11"), ("company-sale", "2027-04-13")],
)
def test_the_ways_of_the_invented_examples_reach_their_goals(example: str, day: str) -> None:
    case = load(ROOT / "examples" / example).case
    freed = 0
    for name, each in case.commitments.items():
        if each.kind in ("obligation", "prohibition"):
            plan = plan_of(case, day, [name])
            found = find(plan.system, 5)
            if found.reached:
                assert Replay(plan, ()).reaches(), name
            elif found.ways:
                replayed(plan, found.ways)
                freed += 1
    assert freed >= 3


def test_a_promise_that_one_of_those_it_is_owed_to_did_not_see_is_said_once_more() -> None:
    case = written(
        'channel aside "Between A and B" among A, B\nevent shot(place)\n'
        'prohibition truce "Hold fire" of A to B, C\n  forbids shot(place=Esk)\n'
        "2031-01-01 A promises truce\n  via aside\n"
    )
    plan = plan_of(case, "2031-02-01", ["truce"])

    assert find(plan.system, 1).reached
    assert [(move.actors, move.text) for move in moves(plan, ())] == [
        (("A",), "promise “Hold fire” once more, where all see it")
    ]
    assert Replay(plan, ()).reaches()


def test_a_power_is_used_once_what_it_waits_for_is_so() -> None:
    case = written(
        'obligation x "Do x" of B to A\n  when pause is used\nobligation y "Do y" of B to A\n'
        'right look "Look" of A to B\npower pause "Pause" of A to B\n  may suspend y\n  when look is used\n'
        "2031-01-01 B recognises x\n2031-01-01 A, B recognise look\n2031-01-01 A, B recognise pause\n"
    )
    plan = plan_of(case, "2031-02-01", ["x"])
    way = next(way for way in listed(plan) if {kind for kind, _, _ in told(plan, way)} == {"act"})

    assert [(move.step, move.text) for move in moves(plan, way.concessions)] == [
        (1, "A uses “Look”"), (2, "A uses “Pause”"), (3, "Do x"),
    ]  # fmt: skip
    replayed(plan, [way])


def test_who_waits_for_a_beginning_does_not_wait_for_the_end() -> None:
    case = written(
        'obligation x "Do x" of A to B\n  when y is begun\nobligation y "Do y" of B to A\n'
        "2031-01-01 A recognises x\n2031-01-01 B recognises y\n"
    )
    plan = plan_of(case, "2031-02-01", ["x"])

    assert [(move.step, move.text) for move in moves(plan, ())] == [(1, "begin “Do y”"), (2, "Do x")]
    assert Replay(plan, ()).reaches()
    assert not list(Replay(plan, ()).too_early())


def test_a_signature_that_another_signer_did_not_see_is_given_again() -> None:
    case = written(
        'channel aside "Between A and B" among A, B\n'
        'source pact "Pact"\n  dated 2031-01-01\n  signed by A, B, C\n'
        'obligation x "Do x" of C to A\n  under pact\n'
        "2031-01-02 A signs pact\n  via aside\n2031-01-02 B proposes pact\n2031-01-02 C proposes pact\n"
    )
    plan = plan_of(case, "2031-02-01", ["x"])

    assert Replay(plan, ()).reaches()
    assert not list(Replay(plan, ()).too_early())


def test_a_text_meets_what_waits_for_its_own_signing() -> None:
    body = (
        'source deed "The deed"\n  dated 2029-01-01\n  by B\n  signed by A, B\n'
        'obligation x "Do it" of A to B\n  under deed\n  when deed is signed\nA recognises x, deed\n'
    )

    assert find(plan_of(written(body), "2030-01-01", ["x"]).system, 1).reached


def test_a_text_is_signed_once_what_its_members_wait_for_apart_from_it_is_so() -> None:
    body = (
        'matter rain "It has rained"\nsource deed "The deed"\n  dated 2029-01-01\n  by A, B\n  signed by A, B\n'
        'obligation x "Do it" of A to B\n  under deed\n  when rain\nA recognises x\n'
    )
    plan = plan_of(written(body), "2030-01-01", ["deed is signed"])

    assert {kind for way in listed(plan) for kind, _, _ in told(plan, way)} == {"condition"}
    replayed(plan, listed(plan))


def test_a_name_is_asked_in_the_reading_that_the_goal_says() -> None:
    body = (
        'means look "A look" by C\n  consent of B\nobligation x "Do it" of A to B\n  verified by look\n'
        "A recognises x\nB recognises x\n"
    )
    case = written(body)

    assert find(plan_of(case, "2030-01-01", ["x in A"]).system, 1).reached
    plan = plan_of(case, "2030-01-01", ["x"])
    assert [told(plan, way) for way in listed(plan)] == [{("act", "B", "look")}]


@pytest.mark.parametrize(
    ("goal", "readings", "reached"),
    [
        ("x in A unless y in B", [("x", "A"), ("y", "B")], True),
        ("y in B unless x in B", [("y", "B"), ("x", "B")], False),
        ("x in B unless look-out", [("x", "B")], True),
        ("x in A unless (x in B and y in A)", [("x", "A"), ("x", "B"), ("y", "A")], True),
        ("x in A unless (x in A or y in A)", [("x", "A"), ("x", "A"), ("y", "A")], False),
        ("x in A unless at least 2 of (x in A, y in B)", [("x", "A"), ("x", "A"), ("y", "B")], True),
        ("x in A unless at least 1 of (x in A, y in B)", [("x", "A"), ("x", "A"), ("y", "B")], False),
        ("x in A unless (x in A unless x in A)", [("x", "A")] * 3, True),
        ("(x and y) in A", [("x", "A"), ("y", "A")], True),
        ("(x or y) in A", [("x", "A"), ("y", "A")], True),
        ("at least 2 of (x, y) in B and look-out", [("x", "B"), ("y", "B")], False),
    ],
)
def test_each_name_of_a_goal_is_asked_in_its_reading(goal: str, readings: list[tuple[str, str]], reached: bool) -> None:
    body = (
        'matter look-out "A look-out"\nmeans look "A look" by C\nobligation x "Sail" of A to B\n  verified by look\n'
        'obligation y "Row" of B to A\nA, B recognise x, y\n2029-02-01 A claims x\n'
    )
    plan = plan_of(written(body), "2030-01-01", [goal])
    found = find(plan.system, 3)

    assert [(span.words, reading) for span, reading in plan.goals[0][0].readings] == readings
    assert found.reached is reached
    if found.ways:
        replayed(plan, found.ways)
    assert Replay(plan, ()).reaches() is reached


def test_of_a_condition_that_is_given_up_the_strongest_rung_that_would_do_is_said() -> None:
    body = (
        'means look "A look" by C\n  consent of B\nobligation x "Do it" of A to B\n  when y\n'
        'obligation y "Pay" of B to A\n  when z\n  verified by look\nobligation z "Begin" of C to A\n'
        "A recognises x, y\nB recognises x, y\nC recognises z\nB refuses look\n"
    )
    plan = plan_of(written(body), "2030-01-01", ["x"])
    [words] = [each for way in way_out(plan, Asked()).ways for each in way.words if each.startswith("A does")]

    assert words == "A does “Do it” without waiting for the completion of “Pay”: that it is said to be done is enough"


def test_the_latest_date_that_would_do_is_said(cuba: Case) -> None:
    plan = plan_of(cuba, "1962-11-15", [FIRST])
    words = [each for way in way_out(plan, Asked()).ways for each in way.words]

    assert any(each.startswith("USSR promises “Take the bombers out of Cuba”, with a date,") for each in words)


def test_an_act_on_one_instance_says_which() -> None:
    case = load_text("""party A
party B
party C
source deal dated 2031-01-01
  by A, B, C
term lenders = A, B
obligation lend "Lend a share" of c to C
  under deal
  for each c in lenders
  done when C confirms lend[c]
""").case
    found = stuck(plan_of(case, "2031-01-02", ["lend[A] in C and lend[B] in C"]))

    decided = {each.text for each in found.open_decisions}

    assert {"C confirms “Lend a share” [A]", "C confirms “Lend a share” [B]"} <= decided


def test_what_waits_for_a_name_that_two_share_waits_for_both() -> None:
    body = (
        "source deal dated 2030-01-01\n  by A, B\nevent orders(ship)\n"
        "obligation deliver of A to B\n  under deal\n  for each orders(ship)\n"
        "obligation pay of B to A\n  under deal\n  when deliver[Argo]\n"
        "2030-01-05 A, B claim orders(ship=Argo)\n2030-01-06 B confirms deliver[Argo]\n"
        "2030-01-07 A, B claim orders(ship=Argo)\n"
    )
    plan = plan_of(written(body), "2030-02-01", ["pay"])

    assert [each.actors for each in moves(plan, ())] == [("A",), ("B",)]
    assert Replay(plan, ()).reaches()
    assert list(Replay(plan, ()).too_early()) == []
