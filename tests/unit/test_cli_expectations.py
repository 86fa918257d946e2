"""`check` runs what a case expects of itself, in whose reading, over which channel and with what supposed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from unit.questions import SLUICE, ran

EXAMPLES = Path(__file__).parents[2] / "examples"


def checked(more: str, *, case: str = SLUICE) -> dict[str, Any]:
    """The answer of `check` to the case with more lines."""
    report = json.loads(ran("check", "-", "--format", "json", data=case + more).stdout)["cases"][0]
    assert isinstance(report, dict)
    return report


@pytest.mark.parametrize(
    "expectation",
    [
        "2031-04-15 expect open-gates is claimed in Lower",
        "2031-04-15 expect open-gates is fulfilled in Upper",
        "2031-04-15 expect pay-keeper is dormant in Lower",
        "2031-05-11 expect open-gates is fulfilled in Lower",
        "2031-05-04 expect no-dredging is breached in record",
    ],
)
def test_an_expectation_that_holds_is_counted(expectation: str) -> None:
    report = checked(f"{expectation}\n")

    assert (report["ok"], report["expected"]) == (True, {"run": True, "hold": 1, "fail": 0})


EACH_PAYS = """case "Each pays" timezone Etc/UTC
party Ada
party Bo
term both = Ada, Bo
source deal dated 2031-01-01
  by Ada, Bo
obligation pay of p to others
  under deal
  for each p in both
  by 2031-02-01
2031-01-10 Ada claims pay[Ada]
2031-01-11 Bo confirms pay[Ada]
"""


@pytest.mark.parametrize(
    ("expectation", "found"),
    [
        ("2031-01-12 expect pay is fulfilled in Bo", "`pay[Bo]` is due by 2031-02-01"),
        ("2031-02-02 expect pay is overdue in Bo", "`pay[Ada]` is fulfilled"),
        ("2031-01-12 expect pay is breached in Bo", "`pay[Ada]` is fulfilled"),
        ("2031-01-09 expect pay is due in Bo", None),
        ("2031-02-02 expect pay is breached in Bo", None),
        ("2031-02-02 expect pay is agreed in Bo", None),
    ],
)
def test_a_bare_name_asks_all_instances_and_whether_one_of_them_is_breached(
    expectation: str, found: str | None
) -> None:
    report = checked(f"{expectation}\n", case=EACH_PAYS)

    said = [each["message"].split(" in the reading")[0] for each in report["diagnostics"]]
    assert said == ([] if found is None else [found])
    assert report["expected"]["run"]


def test_late_is_what_nobody_has_said_to_be_done_in_time() -> None:
    late = "2031-05-11 expect open-gates is fulfilled late in Lower\n"
    unclaimed = SLUICE.replace("2031-04-10 Upper claims 4 gates opened\n", "")

    assert checked(late, case=unclaimed)["expected"] == {"run": True, "hold": 1, "fail": 0}
    (failure,) = checked(late)["diagnostics"]
    assert failure["message"] == (
        "`open-gates` is fulfilled, and whether late is unknown in the reading of Lower on 2031-05-11; "
        "`fulfilled late` was expected"
    )


def test_an_expectation_over_a_channel_is_asked_there() -> None:
    more = "2031-04-13 Upper, Lower confirm open-gates\n  via talks\n"
    at_the_table = "2031-04-15 expect open-gates is fulfilled in Lower via talks\n"
    elsewhere = "2031-04-15 expect open-gates is claimed in Lower via own\n"

    assert checked(more + at_the_table + elsewhere)["expected"] == {"run": True, "hold": 2, "fail": 0}


@pytest.mark.parametrize(
    ("expectation", "said"),
    [
        (
            "2031-04-15 expect open-gates is due in Lower",
            "`open-gates` is claimed in the reading of Lower on 2031-04-15; `due` was expected",
        ),
        (
            "2031-04-15 expect open-gates is fulfilled late in Upper",
            "`open-gates` is fulfilled in time in the reading of Upper on 2031-04-15; `fulfilled late` was expected",
        ),
        (
            "2031-04-15 expect no-dredging is breached in record",
            "`no-dredging` is in force in the record on 2031-04-15; `breached` was expected",
        ),
    ],
)
def test_one_that_fails_says_what_was_found(expectation: str, said: str) -> None:
    report = checked(f"{expectation}\n")
    (failure,) = report["diagnostics"]

    assert (report["ok"], report["expected"]) == (False, {"run": True, "hold": 0, "fail": 1})
    assert (failure["code"], failure["severity"], failure["message"]) == ("expectation-fails", "error", said)
    assert failure["span"]["line"] == SLUICE.count("\n") + 1


def test_one_that_fails_shows_what_the_standing_waits_for() -> None:
    result = ran("check", "-", data=SLUICE + "2031-04-15 expect pay-keeper is due in Lower\n")

    assert result.exit_code == 1
    assert "it waits for this: `open-gates`" in result.stdout
    assert "expectations: 0 of 1 hold" in result.stdout


SCENARIO = """scenario "Looked at in time" from 2031-04-11
  2031-04-18 Gauge observes 4 gates opened via sight
  2031-04-19 expect open-gates is fulfilled in Lower
"""


def test_a_scenario_supposes_its_acts_and_leaves_the_record_alone() -> None:
    after = "2031-04-19 expect open-gates is claimed in Lower\n"

    assert checked(SCENARIO + after)["expected"] == {"run": True, "hold": 2, "fail": 0}
    # the sight of 12 April comes after the scenario's beginning: without `from`, it would be there
    without = 'scenario "Nothing more" from 2031-04-11\n  2031-06-01 expect open-gates is fulfilled in Lower\n'
    failed = checked(without)
    assert failed["expected"] == {"run": True, "hold": 0, "fail": 1}
    told = "supposed in this scenario, which leaves out what the record says after 2031-04-11"
    assert told in [each["text"] for each in failed["diagnostics"][0]["related"]]
    nothing_later = checked(without.replace("from 2031-04-11", "from 2031-05-31").replace("fulfilled", "waived"))
    assert "supposed in this scenario" in [each["text"] for each in nothing_later["diagnostics"][0]["related"]]
    assert checked(without.replace(" from 2031-04-11", ""))["expected"] == {"run": True, "hold": 1, "fail": 0}


def test_where_the_text_has_errors_nothing_is_run_and_that_is_said() -> None:
    more = "2031-04-15 expect open-gates is due in Lower\n2031-04-15 Upper promises open-gate\n"

    assert checked(more)["expected"] == {"run": False, "hold": 0, "fail": 0}
    assert [each["code"] for each in checked(more)["diagnostics"]] == ["unknown-name"]
    assert "expectations: not run, since the text has errors" in ran("check", "-", data=SLUICE + more).stdout


def test_what_can_never_hold_is_told_once() -> None:
    report = checked("2031-04-15 expect no-dredging is overdue in Lower\n")

    assert [each["code"] for each in report["diagnostics"]] == ["expectation-fails"]
    assert "never overdue" in report["diagnostics"][0]["related"][0]["text"]


def test_only_what_is_fulfilled_can_be_expected_late() -> None:
    report = checked("2031-04-22 expect open-gates is overdue late in Lower\n")

    [failure] = report["diagnostics"]
    assert failure["code"] == "expectation-fails"
    assert "it is never overdue late" in failure["related"][0]["text"]
    assert "whether late" not in failure["message"]


def test_what_is_named_twice_in_the_reasons_is_told_without_what_stands_above() -> None:
    case = """party A
party B
obligation pay of A to B
  when deliver
obligation deliver of B to A
2031-03-01 A promises pay when deliver
2031-03-01 B promises deliver
2031-03-02 B claims deliver
2031-03-05 expect pay is due in B
2031-03-05 expect pay is due in A
"""
    texts = [each["text"] for failure in checked("", case=case)["diagnostics"] for each in failure["related"]]

    assert any(each.startswith("2031-03-02 B claims deliver: A neither") for each in texts)
    assert [each for each in texts if "as above" in each] == []


@pytest.mark.parametrize("example", ["cuba-1962", "ceasefire-exchange", "company-sale"])
def test_the_examples_hold(example: str) -> None:
    result = ran("check", EXAMPLES / example)

    assert (result.exit_code, "expectations: all hold" in result.stdout) == (0, True)


def test_a_case_without_expectations_does_not_load_the_engine(tmp_path: Path) -> None:
    (tmp_path / "case.pacta").write_text(SLUICE)
    call = "try:\n    main(['check', sys.argv[1]])\nfinally:\n    print(*sys.modules)"
    program = f"import sys\nfrom servanda.cli import main\n{call}"
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)

    assert "no problems" in done.stdout
    assert [each for each in done.stdout.split() if each.startswith("servanda.standing")] == []
