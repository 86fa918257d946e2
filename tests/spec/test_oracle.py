"""The oracle agrees with every expectation that is written down, and keeps the properties of the meaning, §11.

Where an expectation of an example does not hold in the oracle, one of the two is wrong, by the meaning; none is now.

The oracle is slow, and seldom changed. Every day it is asked about the case of 1962 and about the last date of each
puzzle; about every date, and about the other examples, in the long tests.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Hashable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from corpus.cases import PUZZLES
from oracle import Verdict, evaluate, residue
from oracle.clock import Clock
from oracle.history import History
from oracle.states import RUNGS
from servanda import Case, load, load_text
from servanda.model.record import Act, Expectation
from servanda.model.time import Duration, Unit, dating_from_words

ROOT = Path(__file__).parents[2]
EXAMPLES = ("cuba-1962", "ceasefire-exchange", "company-sale")
#: The example that is asked every day.
OFTEN = "cuba-1962"
#: What some texts are about.
WARNED = frozenset(["not-the-bearer", "not-the-carrier"])

#: One case's histories, kept from question to question.
Kept = dict[Hashable, History]


class Asked(NamedTuple):
    """The expectations of one date, on the record or in a scenario."""

    path: Path
    scenario: int | None
    date: str

    def __str__(self) -> str:
        return f"{self.path.stem} {self.date}" + ("" if self.scenario is None else f" supposed {self.scenario + 1}")


@cache
def case_at(path: Path) -> Case:
    loaded = load(path)
    assert all(each.severity == "note" or each.code in WARNED for each in loaded.diagnostics), loaded.diagnostics
    return loaded.case


@cache
def histories(path: Path, scenario: int | None) -> Kept:
    return {}


def dates(*paths: Path) -> list[Asked]:
    """Every date at which a case expects something."""
    found = []
    for path in paths:
        case = case_at(path)
        for number, expectations in [
            (None, case.expectations),
            *enumerate(each.expectations for each in case.scenarios),
        ]:
            for date in dict.fromkeys(str(each.dating) for each in expectations):
                found.append(Asked(path, number, date))
    return found


def asked_of(*paths: Path, every_day: bool = True) -> list[object]:
    """The dates as parameters of a test; of each record and scenario, the last date alone is asked every day."""
    asked = dates(*paths)
    last = {(each.path, each.scenario): each for each in sorted(asked, key=lambda each: each.date)}
    return [
        _parameter(each, often=every_day and last[each.path, each.scenario] is each, called=str(each)) for each in asked
    ]


def _parameter(*values: object, often: bool, called: str | None = None) -> object:
    return pytest.param(*values, id=called, marks=() if often else pytest.mark.long)


def up_to(case: Case, start: str | None) -> Case:
    """`from DATE` of a scenario leaves out later acts of the record."""
    if start is None:
        return case
    clock = Clock(case.timezone)
    last = clock.onset(dating_from_words(start), "act").latest
    return msgspec.structs.replace(
        case, acts=tuple(act for act in case.acts if clock.onset(act.dating, "act").latest <= last)
    )


def failures(asked: Asked) -> list[str]:
    case = case_at(asked.path)
    expectations, supposed = case.expectations, tuple[Act, ...]()
    if asked.scenario is not None:
        scenario = case.scenarios[asked.scenario]
        case = up_to(case, str(scenario.start) if scenario.start else None)
        expectations, supposed = scenario.expectations, scenario.acts
    return [
        failure
        for each in expectations
        if str(each.dating) == asked.date
        for failure in failed(case, each, supposed, histories(asked.path, asked.scenario))
    ]


def failed(case: Case, expectation: Expectation, supposed: tuple[Act, ...], kept: Kept) -> Iterator[str]:
    channels = None if expectation.channel is None else [expectation.channel.name]
    verdicts = evaluate(case, expectation.reading, expectation.dating, channels, None, supposed, kept)
    key = None if expectation.ref.key is None else str(expectation.ref.key)
    found = verdicts.get((expectation.ref.name, key))
    if found is None or not found.has(expectation.state) or (expectation.late and not found.late):
        yield f"{expectation.span}: {expectation.span.words}; found {found}"


@pytest.mark.parametrize(
    "asked",
    [each for name in EXAMPLES for each in asked_of(ROOT / "examples" / name, every_day=name == OFTEN)],
)
def test_the_examples_stand_where_they_expect(asked: Asked) -> None:
    assert failures(asked) == []


@pytest.mark.parametrize("asked", asked_of(*PUZZLES))
def test_puzzles_come_out_as_argued(asked: Asked) -> None:
    assert failures(asked) == []


# Time


@pytest.mark.parametrize(
    ("anchor", "count", "unit", "last_day"),
    [
        ("1995-12-14", 30, "day", "1996-01-13"),
        ("1995-12-20", 30, "day", "1996-01-19"),
        ("1995-12-20", 45, "day", "1996-02-03"),
        ("1995-12-20", 91, "day", "1996-03-20"),
        ("1995-12-20", 120, "day", "1996-04-18"),
        ("2015-07-20", 90, "day", "2015-10-18"),
        ("2031-01-31", 1, "month", "2031-02-28"),
        ("2032-02-29", 1, "year", "2033-02-28"),
        ("2031-03-01", 2, "week", "2031-03-15"),
    ],
)
def test_the_day_of_the_anchor_is_not_counted(anchor: str, count: int, unit: Unit, last_day: str) -> None:
    clock = Clock("Europe/Vienna")
    said = clock.onset(dating_from_words(anchor), "act")
    passes = clock.moved(said, Duration(count, unit), 1, "end", None)

    assert clock.onset(dating_from_words(last_day), "end") == passes


def test_a_deadline_passes_outside_the_view_of_its_day() -> None:
    clock = Clock("Europe/Vienna")
    day = dating_from_words("2031-05-10")

    assert clock.onset(day, "act").latest < clock.onset(day, "end").latest
    assert clock.onset(day, "end") == clock.onset(dating_from_words("2031-05-11"), "start")


def test_hours_run_through_the_night_in_which_clocks_change() -> None:
    clock = Clock("Europe/Vienna")
    evening = clock.onset(dating_from_words("2031-03-29T20:00"), "act")

    passes = clock.moved(evening, Duration(12, "hour"), 1, "end", None)

    assert clock.onset(dating_from_words("2031-03-30T09:00"), "act") == passes


def test_holidays_are_no_working_days() -> None:
    clock = Clock("Europe/Berlin")
    said = clock.onset(dating_from_words("2027-05-03"), "act")

    with_holidays = clock.moved(said, Duration(10, "day", working=True), 1, "act", "DE")
    without = clock.moved(said, Duration(10, "day", working=True), 1, "act", None)

    assert datetime.date(2027, 5, 19) == clock.day(with_holidays.latest)
    assert datetime.date(2027, 5, 17) == clock.day(without.latest)


# What must always hold: the numbers are those of the meaning, §11

#: A date in the middle of each example.
MIDDLE = {"cuba-1962": "1962-11-16", "ceasefire-exchange": "2027-03-18", "company-sale": "2027-05-13"}
#: The readings of each that are asked.
READINGS = {
    "cuba-1962": ("US", "record"),
    "ceasefire-exchange": ("Upper",),
    "company-sale": ("Seller",),
}
Answers = dict[tuple[str, str | None], Verdict]


def folder_of(name: str) -> Path:
    return ROOT / "examples" / name


def example(name: str) -> Case:
    return case_at(folder_of(name))


def answers(case: Case, reading: str, at: str, channels: tuple[str, ...] | None = None) -> Answers:
    return evaluate(case, reading, dating_from_words(at), channels, kept=kept_of(case))


def kept_of(case: Case) -> Kept:
    """The histories of an example, which all its questions share; none of a case that is asked once."""
    return next((histories(path, None) for path in map(folder_of, EXAMPLES) if case is case_at(path)), {})


@cache
def middle(name: str, reading: str) -> Answers:
    return answers(example(name), reading, MIDDLE[name])


def of_examples(*names: str) -> pytest.MarkDecorator:
    """Ask these examples, one of them every day."""
    return pytest.mark.parametrize("name", [_parameter(name, often=name == OFTEN) for name in names])


asked_of_each = pytest.mark.parametrize(
    ("name", "reading"),
    [_parameter(name, reading, often=name == OFTEN) for name in EXAMPLES for reading in READINGS[name]],
)


@asked_of_each
def test_1_a_later_act_never_changes_an_earlier_day(name: str, reading: str) -> None:
    shorter = up_to(example(name), MIDDLE[name])

    assert len(shorter.acts) < len(example(name).acts)
    assert middle(name, reading) == answers(shorter, reading, MIDDLE[name])


@of_examples(*EXAMPLES)
def test_1_what_is_merely_stated_changes_nothing(name: str) -> None:
    case, reading = example(name), READINGS[name][0]
    silent = msgspec.structs.replace(case, acts=tuple(act for act in case.acts if act.verb != "states"))

    assert len(silent.acts) < len(case.acts)
    assert statuses(middle(name, reading)) == statuses(answers(silent, reading, MIDDLE[name]))


def statuses(found: Answers) -> dict[tuple[str, str | None], tuple[str, frozenset[str], tuple[datetime.datetime, ...]]]:
    return {name: (each.status, each.facts, each.breached) for name, each in found.items()}


@pytest.mark.long
@pytest.mark.parametrize("name", ["ceasefire-exchange", "company-sale"])
def test_2_the_order_of_lines_changes_nothing(name: str) -> None:
    case, reading = example(name), READINGS[name][0]
    turned = msgspec.structs.replace(case, acts=case.acts[::-1])

    assert middle(name, reading) == answers(turned, reading, MIDDLE[name])


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "one", "other"), [("company-sale", "Seller", "Buyer"), ("ceasefire-exchange", "Upper", "Lower")]
)
def test_3_renaming_parties_permutes_the_answers(name: str, one: str, other: str, tmp_path: Path) -> None:
    swap = {one: other, other: one}

    def swapped(text: str) -> str:
        return re.sub(rf"\b({one}|{other})\b", lambda match: swap[match[0]], text)

    for path in (ROOT / "examples" / name).rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(ROOT / "examples" / name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8")
            copy.write_text(swapped(text) if path.suffix == ".pacta" else text, "utf-8")
    renamed = load(tmp_path).case

    for reading in READINGS[name]:
        found = statuses(answers(renamed, swap.get(reading, reading), MIDDLE[name]))
        expected = {
            (name_, swap.get(key or "", key)): each for (name_, key), each in statuses(middle(name, reading)).items()
        }

        assert expected == found


@of_examples(*EXAMPLES)
def test_6_leaving_a_channel_out_is_leaving_its_acts_out(name: str) -> None:
    case, reading = example(name), READINGS[name][0]
    public = msgspec.structs.replace(
        case,
        acts=tuple(act for act in case.acts if not act.channels),
        sources={source: each for source, each in case.sources.items() if not each.via},
    )

    asked = answers(case, reading, MIDDLE[name], ())
    expected = answers(public, reading, MIDDLE[name])

    assert statuses(expected) == statuses(asked)


@asked_of_each
def test_8_a_higher_rung_reaches_the_lower(name: str, reading: str) -> None:
    ladder = RUNGS[:-1]
    for verdict in middle(name, reading).values():
        reached = [verdict.rungs[rung] is not None for rung in ladder]

        assert sorted(reached, reverse=True) == reached


@pytest.mark.parametrize("reading", ["US", "USSR", "Cuba", "record"])
@pytest.mark.parametrize("date", ["1962-11-16", "1962-11-21"])
def test_9_a_bearer_that_never_accepted_owes_nothing_in_any_reading(reading: str, date: str) -> None:
    never_accepted_by_its_bearers = [
        "stop-overflights", "withdraw-forces", "no-intervention", "respect-sovereignty", "end-subversion", "free-trade",
        "guantanamo-talks", "un-presence",
    ]  # fmt: skip
    found = answers(example("cuba-1962"), reading, date)

    for name in never_accepted_by_its_bearers:
        assert found[name, None].status in ("not owed", "proposed")
        assert not found[name, None].facts & {"breached", "in force", "agreed"}


@of_examples("cuba-1962", "company-sale")
def test_12_what_was_agreed_stays_so_in_the_record(name: str) -> None:
    case = example(name)
    later = answers(case, "record", {"cuba-1962": "1963-01-08"}.get(name, "2027-05-20"))

    agreed = [each for each, verdict in middle(name, "record").items() if "agreed" in verdict.facts]

    assert agreed
    assert all("agreed" in later[each].facts for each in agreed)


@of_examples(*EXAMPLES)
def test_supposing_acts_is_recording_them(name: str) -> None:
    case, reading = example(name), READINGS[name][0]
    scenario = case.scenarios[0]
    date = str(scenario.expectations[-1].dating)
    case = up_to(case, str(scenario.start) if scenario.start else None)
    recorded = msgspec.structs.replace(case, acts=(*case.acts, *scenario.acts))

    assert answers(recorded, reading, date) == evaluate(case, reading, dating_from_words(date), supposed=scenario.acts)


HELD_UP = """
case "Held up" timezone Europe/Vienna
party Ada
party Bo
source deal dated 2031-03-01
  by Ada, Bo
matter begun-there
obligation by-a-date of Ada to Bo
  under deal
  by 2031-04-02
obligation in-hours of Ada to Bo
  under deal
  within 500 hours of begun-there
power hold-up of Bo to Ada
  under deal
  may suspend deal
power go-on of Bo to Ada
  under deal
  may resume deal
2031-03-20T09:00 Ada, Bo claim begun-there
"""


def test_11_suspending_and_resuming_moves_each_deadline_by_the_gap() -> None:
    whole = load_text(HELD_UP + "2031-03-25T10:00 Bo suspends deal\n2031-03-27T16:30 Bo resumes deal\n")
    assert whole.ok
    gap = datetime.timedelta(days=2, hours=6, minutes=30)

    for reading in ("Ada", "Bo", "record"):
        before = answers(load_text(HELD_UP).case, reading, "2031-03-28")
        after = answers(whole.case, reading, "2031-03-28")
        for name in ("by-a-date", "in-hours"):
            expected, found = before[name, None].deadline, after[name, None].deadline
            assert expected is not None
            assert found == (expected[0] + gap, expected[1] + gap)


@pytest.mark.long
def test_5_what_is_final_stays_so() -> None:
    case = example("company-sale")
    finals = ("fulfilled", "waived", "ended")
    later = answers(case, "Seller", "2027-05-20")
    before = {name: each for name, each in middle("company-sale", "Seller").items() if each.status in finals}

    assert before
    for name, verdict in before.items():
        assert (verdict.status, verdict.since) == (later[name].status, later[name].since)


def test_the_residue_is_what_is_open_and_what_is_proposed() -> None:
    case = example("cuba-1962")

    found = {name for name, _ in residue(answers(case, "USSR", "1963-01-08"), case)}

    assert {"no-invasion-declaration", "hemisphere-cooperation", "safeguards", "un-presence", "turkey"} <= found
    assert not found & {"remove-missiles", "remove-bombers", "lift-quarantine", "no-invasion", "draft-declaration"}


PASSED_ON = """
case "Passed on" timezone Etc/UTC
party Ada
party Bo
party Cy
source deal dated 2031-03-01
  by Ada, Bo
obligation dig of Ada to Bo
  under deal
2031-03-10 Ada transfers dig to Cy
"""


def test_a_debt_passes_only_with_both_others() -> None:
    def standing(acts: str, reading: str) -> str:
        return answers(load_text(PASSED_ON + acts).case, reading, "2031-04-01")["dig", None].status

    assert standing("", "Cy") == "not owed"
    assert standing("2031-03-09 Bo consents to dig\n", "Cy") == "not owed"
    assert standing("2031-03-09 Bo consents to dig\n2031-03-11 Cy recognises dig\n", "Cy") == "due"
