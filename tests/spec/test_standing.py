"""The standings of the examples: every expectation that their authors wrote holds, in every reading they name."""

from pathlib import Path

import pytest

import servanda
from bench.generated import generated_case
from corpus.cases import PUZZLES
from differential.made import random_case
from servanda.load import acts_from_words
from servanda.model.time import dating_from_words
from servanda.standing import RECORD, Inquiry
from servanda.standing.course import course
from servanda.standing.expectations import Outcome, outcomes
from servanda.standing.owed import owed
from servanda.standing.residue import left_open
from servanda.standing.stretches import without

EXAMPLES = Path(__file__).parents[2] / "examples"


def _found(path: Path) -> list[Outcome]:
    return list(outcomes(servanda.load(path).case))


def _failures(found: list[Outcome]) -> list[str]:
    return [
        f"{each.expectation.span}: got {each.found.status if each.found else 'no such instance'}"
        for each in found
        if not each.holds
    ]


@pytest.mark.parametrize(
    ("name", "count"), [("cuba-1962", 89), ("ceasefire-exchange", 49), ("company-sale", 37)], ids=lambda each: str(each)
)
def test_every_expectation_of_an_example_holds(name: str, count: int) -> None:
    found = _found(EXAMPLES / name)

    assert _failures(found) == []
    assert len(found) == count


@pytest.mark.parametrize("puzzle", PUZZLES, ids=lambda each: each.stem)
def test_every_expectation_of_a_puzzle_holds(puzzle: Path) -> None:
    loaded = servanda.load(puzzle)
    found = list(outcomes(loaded.case))

    assert _failures(found) == []
    assert found
    assert [each.code for each in loaded.diagnostics if each.code == "no-such-instance"] == []


SHIPS = """
case "Ships"
party A
party B
body M
source s
  dated 2031-01-01
  by A to B
event departs(ship)
event inspected(ship)
obligation report of A to B
  under s
  for each departs(ship)
  done when inspected(ship)
  within 48 hours
2031-01-02 B recognises s
2031-01-03 M observes departs(ship=X)
2031-01-04 M observes departs(ship=X)
2031-01-04T10:00 M observes inspected(ship=X)
2031-01-07 M observes inspected(ship=X)
"""


@pytest.mark.parametrize(
    ("day", "statuses"),
    [
        ("2031-01-02", []),
        ("2031-01-03", ["due"]),
        ("2031-01-04", ["fulfilled", "due"]),
        ("2031-01-07", ["fulfilled", "fulfilled late"]),
    ],
)
def test_an_event_counts_for_the_oldest_open_match(day: str, statuses: list[str]) -> None:
    rows = Inquiry(servanda.load_text(SHIPS).case).inventory(dating_from_words(day), ["B"])
    found = [row.standings["B"] for row in rows]

    assert statuses == [f"{each.status}{' late' if each.late else ''}" for each in found]


def test_consents_that_wait_for_each_other_are_not_met() -> None:
    case = servanda.load_text("""
case "Circle"
party A
party B
means look
  by A
source s
  dated 2031-01-01
  by A, B
obligation o of A to B
  under s
  when A consents to look
2031-01-02 A consents to look when B consents to look
2031-01-02 B consents to look when A consents to look
""").case
    inquiry = Inquiry(case)

    assert [
        inquiry.inventory(dating_from_words("2031-01-03"), [reading])[0].standings[reading].status for reading in "AB"
    ] == ["dormant", "dormant"]


DIG = """
case "Dig" timezone Etc/UTC
party A
party B
body M
obligation dig of A to B
  by 2031-04-10
2031-03-01 A, B recognise dig
"""


@pytest.mark.parametrize(
    ("seen", "late"),
    [
        ("2031-04-10", False),
        ("2031-04-11", True),
        ("2031-04-09..2031-04-14", False),
        ("2031-04-11..2031-04-14", True),
        ("2031-04-14 M observes dig\n  on 2031-04-09", False),
    ],
)
def test_what_may_have_been_in_time_is_not_late(seen: str, late: bool) -> None:
    line = seen if "observes" in seen else f"{seen} M observes dig"
    (row,) = Inquiry(servanda.load_text(f"{DIG}{line}\n").case).inventory(dating_from_words("2031-04-20"), ["B"])

    assert (row.standings["B"].status, row.standings["B"].late) == ("fulfilled", late)
    assert bool(row.standings["B"].breached) == late


LEFT = """
case "Left open" timezone Etc/UTC
party A
party B
body M
source s dated 2031-01-01
  by A, B
matter calm
obligation claimed-one of A to B
  under s
obligation dormant-one of A to B
  under s
  when calm
obligation overdue-one of A to B
  under s
  by 2031-01-05
obligation due-one of A to B
  under s
obligation fulfilled-one of A to B
  under s
obligation waived-one of A to B
  under s
obligation suspended-one of A to B
  under s
obligation ended-one of A to B
  under s
  until 2031-01-05
obligation not-owed-one of A to B
obligation proposed-one of A to B
right proposed-right of B to A
right open-right of B to A
  under s
right dormant-right of B to A
  under s
  when calm
prohibition hush of A to B
  under s
2031-01-02 A claims claimed-one
2031-01-02 B recognises proposed-one, proposed-right
2031-01-02 M observes fulfilled-one
2031-01-02 B waives waived-one
2031-01-02 A, B suspend suspended-one
"""


def test_the_residue_is_the_obligations_still_open_and_whatever_is_proposed() -> None:
    rows = Inquiry(servanda.load_text(LEFT).case).inventory(dating_from_words("2031-02-01"), ["B"])
    said = {row.commitment.name: row.standings["B"].status for row in rows}
    assert all(name.startswith(status.replace(" ", "-")) for name, status in said.items() if name != "hush"), said

    assert [row.commitment.name for row in rows if left_open(row, row.standings["B"])] == [
        "claimed-one", "dormant-one", "overdue-one", "due-one", "proposed-one", "proposed-right",
    ]  # fmt: skip


NEWS = """
case "News" timezone Etc/UTC
party A
party B
party C
source old dated 2031-03-01
  by A, B, C
source new dated 2031-03-10
  by A
obligation tell of B to C
  under old
  when new
obligation call of B to C
  under old
  when A claims tell
2031-03-10 A claims tell
"""


@pytest.mark.parametrize(
    ("known", "reading", "status"),
    [("2031-03-09", "B", "dormant"), ("2031-03-10", "B", "due"), ("2031-03-09", "A", "due"), (None, "B", "due")],
)
def test_what_was_not_known_then_counts_for_its_author_alone(known: str | None, reading: str, status: str) -> None:
    by = None if known is None else dating_from_words(known)
    rows = Inquiry(servanda.load_text(NEWS).case).inventory(dating_from_words("2031-03-20"), [reading], None, by)

    assert {row.commitment.name: row.standings[reading].status for row in rows}["call"] == status
    assert (rows[0].standings[reading].status == "dormant") == (status == "dormant")


def test_the_expectations_of_a_generated_case_hold() -> None:
    case = servanda.load_text(generated_case(600, 11, expectations=40)).case

    assert _failures(list(outcomes(case))) == []


JOINT = """
case "Both"
party A
party B
party C
source s dated 2031-01-01
  by A, C
obligation dig of A to C
  under s
2031-01-05 A, C hold dig
  of A, B
"""


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ("", ["B binds itself"]),
        ("2031-01-06 B offers dig\n", ["B binds itself"]),
        ("2031-01-06 B promises dig when A begins dig\n", ["A begins dig"]),
        ("2031-01-06 B promises dig\n", []),
    ],
)
def test_a_joint_bearer_that_has_not_bound_itself_is_missing(more: str, missing: list[str]) -> None:
    [row] = Inquiry(servanda.load_text(JOINT + more).case).inventory(dating_from_words("2031-02-01"))

    for reading in ("A", "C", "record"):
        found = row.standings[reading]
        assert (found.status, [each.text for each in found.missing]) == ("dormant" if missing else "due", missing)


PROMISED = """
case "A promise on a condition"
party A
party B
matter rain
matter thaw
source s dated 2031-01-01
  by A
obligation dig of A to B
  when rain
{}2031-01-04 B recognises s
2031-01-05 A promises dig when thaw
"""


@pytest.mark.parametrize(
    ("under", "supposed", "missing"),
    [
        ("", "", (["thaw"], ["thaw"])),
        ("", "2031-01-06 A, B claim rain\n", (["thaw"], ["thaw"])),
        ("", "2031-01-06 A, B claim thaw\n", ([], [])),
        ("  under s\n", "", (["thaw"], ["rain"])),
        ("  under s\n", "2031-01-06 A, B claim rain\n", (["thaw"], [])),
    ],
)
def test_who_is_bound_by_a_conditional_promise_alone_waits_for_nothing_in_the_text(
    under: str, supposed: str, missing: tuple[list[str], list[str]]
) -> None:
    [row] = Inquiry(servanda.load_text((PROMISED.format(under) + supposed).encode()).case).inventory(
        dating_from_words("2031-02-01"), ["A", "B"]
    )

    assert tuple([each.text for each in row.standings[reading].missing] for reading in "AB") == missing


@pytest.mark.parametrize("seeds", [range(40), pytest.param(range(40, 120), marks=pytest.mark.long)], ids=str)
def test_what_is_dormant_says_what_for(seeds: range) -> None:
    for seed in seeds:
        made = random_case(seed)
        inquiry = Inquiry(servanda.load_text(made.text).case)
        for view in made.views:
            for row in inquiry.inventory(dating_from_words(view.at), None, view.channels):
                for standing in row.standings.values():
                    assert bool(standing.missing) == (standing.status == "dormant"), (seed, view, standing)


STEP = """
case "In one step"
party A
party B
source s dated 2031-01-01
  by A, B
matter rain
obligation a of A to B
  under s
obligation b of B to A
  under s
  when rain
"""


def test_a_version_that_is_supposed_joins_what_it_names() -> None:
    words = "2031-01-02 A, B hold a\n  together with b\n"
    case, recorded = servanda.load_text(STEP).case, servanda.load_text(STEP + words).case
    supposed, _ = acts_from_words(case, words)
    at = dating_from_words("2031-02-01")
    expected = ["dormant", "dormant"]

    for inquiry in (Inquiry(recorded), Inquiry(case, supposed), Inquiry(case).with_acts(supposed)):
        assert [row.standings["A"].status for row in inquiry.inventory(at)] == expected


@pytest.mark.parametrize("seed", range(0, 60, 2))
def test_what_is_ready_is_owed(seed: int) -> None:
    made = random_case(seed)
    case = servanda.load_text(made.text).case
    for view in made.views:
        outlook = Inquiry(case).outlook(RECORD, dating_from_words(view.at), view.channels)
        every = [
            life for reading in outlook.readings for name in case.commitments for life in outlook.lives(reading, name)
        ]
        assert every
        assert [life for life in every if without(course(outlook, life).ready, owed(outlook, life).owed)] == []


INSTEAD_OF_A_PROHIBITION = """case "Raids" timezone Etc/UTC
party A
party B
event raid(place)
source deal dated 2031-01-01
  by A, B
prohibition no-raids of A to B
  under deal
  forbids raid(place)
obligation pay of A to B
  under deal
  instead of no-raids
2031-01-02 A, B claim raid(place=X)
"""


def test_nothing_stands_in_the_place_of_a_prohibition() -> None:
    """The loader says that it cannot; what was loaded all the same, or made from Python, does not end it either."""
    loaded = servanda.load_text(INSTEAD_OF_A_PROHIBITION)
    rows = {row.label: row for row in Inquiry(loaded.case).inventory(dating_from_words("2031-01-05"))}

    assert [each.code for each in loaded.diagnostics] == ["wrong-kind"]
    assert {each.status for each in rows["no-raids"].standings.values()} == {"in force"}
    assert all(each.breached for each in rows["no-raids"].standings.values())


@pytest.mark.parametrize(
    ("scenario", "late"), [("Done while it is held up", False), ("Late before it was held up", True)]
)
def test_what_is_done_while_its_day_is_held_up_is_not_late(scenario: str, late: bool) -> None:
    """While it is suspended no last day passes, also where nobody ever takes it up again."""
    found = [
        each
        for each in _found(next(each for each in PUZZLES if each.stem == "late-while-suspended"))
        if each.scenario is not None and each.scenario.title == scenario and each.expectation.state == "fulfilled"
    ]

    assert [(each.found.late, each.found.otherwise_dated) for each in found if each.found] == [(late, None)]
