"""`servanda brief`: one page for the next meeting, for who keeps the case or for one party."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from servanda.api.schemas import schema_of
from unit.questions import CUBA, SLUICE, answer, asked, ran


def test_what_changed_is_due_divides_and_is_to_be_asked() -> None:
    shown = asked("brief", "--at", "2031-04-15", "--since", "2031-04-05")

    assert "private, for who keeps the case" in shown
    assert "open-gates: due by 2031-04-20 → fulfilled · Upper" in shown
    assert "2031-04-08 Upper consents to sight" in shown
    assert "2031-04-05" not in shown.partition("by which acts")[2]
    assert "open-gates, Upper: by 2031-04-20 · claimed in Lower, record" in shown
    assert "Upper and Lower: 2 disputes\n   gates · would end open-gates" in shown


def test_the_answer_follows_its_schema() -> None:
    found = answer("brief", "--at", "2031-04-25", "--since", "2031-04-05")

    jsonschema.validate(found, schema_of("brief"))
    assert [(each["commitment"], each["overdue"]) for each in found["due"]] == [("open-gates", False)]


def test_a_last_day_that_has_passed_is_overdue_where_it_is_and_nowhere_else(tmp_path: Path) -> None:
    data = SLUICE + "2031-04-21 Lower disputes open-gates\n"
    asking = ("brief", "--at", "2031-04-25", "--since", "2031-04-05")
    [due] = answer(*asking, data=data)["due"]
    page = tmp_path / "brief.html"

    assert [(each["status"], each["readings"]) for each in due["stands"]] == [
        ("overdue", ["Lower"]),
        ("claimed, late unknown", ["record"]),
    ]
    line = "by 2031-04-20 · overdue in Lower; claimed, late unknown in record\n"
    assert line in asked(*asking, "--html", str(page), data=data)
    assert "<small>overdue in Lower; claimed, late unknown in record</small>" in page.read_text("utf-8")


BYSTANDER = """party Dredgers
source letter dated 2031-04-01
  by Upper, Lower
event passes(boat)
obligation count-boat "Count the boat." of Upper to Lower
  under letter
  for each passes(boat)
2031-04-10 Upper, Lower claim passes(boat=Swan)
2031-04-11 Upper claims count-boat[Swan]
"""


def test_somebody_whom_it_does_not_concern_is_not_divided_from_others_over_it() -> None:
    found = answer("brief", "--at", "2031-04-15", "--since", "2031-04-05", data=SLUICE + BYSTANDER)

    ends = {tuple(each["readings"]): [e["ends"] for e in each["premises"]] for each in found["divided"]}
    assert ["count-boat[Swan]"] in ends["Upper", "Lower"]
    assert not any("Dredgers" in pair for pair, named in ends.items() if named)


def test_without_a_day_it_tells_of_a_week() -> None:
    assert answer("brief", "--at", "2031-04-15")["since"] == "2031-04-08"


@pytest.fixture(scope="module")
def cuban() -> dict[str, Any]:
    """What Cuba could be told at the end of the year."""
    found = json.loads(
        ran("brief", CUBA, "--at", "1962-12-31", "--since", "1962-10-01", "--for", "Cuba", "--format", "json").stdout
    )
    assert isinstance(found, dict)
    return found


def test_what_a_party_cannot_know_is_not_in_its_brief(cuban: dict[str, Any]) -> None:
    told = json.dumps(cuban)

    assert cuban["view"]["channels"] == ["council"]
    assert all(f"via {channel}" not in told for channel in ("secret", "leaders", "table"))
    assert "turkey" not in told
    assert all(each["readings"][0] == "Cuba" or each["readings"][1] == "Cuba" for each in cuban["divided"])


def test_what_one_has_never_taken_up_does_not_divide(cuban: dict[str, Any]) -> None:
    ended = [name for each in cuban["divided"] for premise in each["premises"] for name in premise["ends"]]

    assert "stop-overflights" in ended
    assert "stop-work" not in ended


def test_nobody_is_asked_what_they_know() -> None:
    text = SLUICE + (
        "obligation visit of Upper to Lower\n"
        "2031-04-01 Upper, Lower recognise visit\n2031-04-14 Lower waives visit\n  via own\n"
    )
    brief = answer("brief", "--at", "2031-04-15", data=text)
    [divided] = brief["divided"]

    assert ("knowledge", ["visit"]) in [(each["premise"]["kind"], each["ends"]) for each in divided["premises"]]
    assert not any("waives visit" in each["what"] for each in brief["asks"])


def test_the_page_is_whole(tmp_path: Path) -> None:
    page = tmp_path / "brief.html"
    ran("brief", "-", "--at", "2031-04-15", "--for", "Lower", "--html", page, data=SLUICE)

    text = page.read_text("utf-8")
    assert '<p class="private">Private, for Lower.</p>' in text
    assert text.count("<section>") == text.count("</section>") == 5
    assert "http" not in text


def test_a_day_behind_the_date_is_refused() -> None:
    result = ran("brief", "-", "--at", "2031-04-15", "--since", "2031-05-01", data=SLUICE)

    assert result.exit_code == 2
    assert "lies after" in result.stderr
