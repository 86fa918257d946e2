"""Asking a case from Python: dates, names, what is supposed, and how answers look."""

from __future__ import annotations

import copy
import datetime
import pickle
import re
from html.parser import HTMLParser
from typing import Any

import pytest

import servanda
from servanda import Case, Inventory, NotADate, ServandaError, UnknownName, View, load_text
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.span import NOWHERE
from servanda.model.time import dating_from_words
from servanda.standing import RECORD, Inquiry

TEXT = """case "The sluice"
  timezone Europe/Vienna
party Upper "Upper Ossel"
party Lower "Lower Ossel"
body Gauge "The gauge"
channel quiet "In the boat house" among Upper, Lower
item gates "Gates" counted opened
obligation open-gates "Open the gates <all>." of Upper to Lower
  done when 4 gates opened
  by 2031-04-20
obligation pay "Pay the keeper." of Lower to Upper
  when open-gates
obligation report "Report." of Upper to Lower
  for each rises(level)
event rises(level)
2031-04-01 Upper promises open-gates
2031-04-02 Lower promises pay when open-gates is claimed
2031-04-03 Upper promises report
2031-04-10 Upper claims 4 gates opened
2031-04-11 Gauge observes 3 gates opened
2031-04-12 Gauge observes rises(level=2)
2031-04-13 Gauge observes rises(level=3)
"""


@pytest.fixture
def case() -> Case:
    return load_text(TEXT).sound()


def statuses(inventory: Inventory, name: str) -> dict[str, str]:
    return {reading: each.status for reading, each in inventory[name].standings.items()}


# ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────

VIENNA = datetime.timezone(datetime.timedelta(hours=2))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("2031-04-15", "2031-04-15"),
        ("2031-04-15T18:00", "2031-04-15T18:00"),
        (datetime.date(2031, 4, 15), "2031-04-15"),
        (datetime.datetime(2031, 4, 15, 18, 5), "2031-04-15T18:05"),
        (datetime.datetime(2031, 4, 15, 18, 5, tzinfo=datetime.UTC), "2031-04-15T18:05Z"),
        (datetime.datetime(2031, 4, 15, 18, 5, tzinfo=VIENNA), "2031-04-15T18:05+02:00"),
        (dating_from_words("2031-04-15"), "2031-04-15"),
    ],
)
def test_a_date_can_be_given_in_any_form(case: Case, given: Any, words: str) -> None:
    inventory = case.status(at=given)

    assert str(inventory.view.at) == words
    assert inventory.rows == case.status(at=words).rows


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("2031-04-31", "there is no 2031-04-31 in the calendar"),
        ("tomorrow", "a date is written"),
        ("~2031-04-15", "not at an inexact one"),
        ("2031-04-15..2031-04-18", "not at an inexact one"),
        (datetime.datetime(2031, 4, 15, 18, 5, 30), "to the minute"),
        (20310415, "a date is a `str`"),
    ],
)
def test_what_is_no_date_is_said(case: Case, given: Any, why: str) -> None:
    with pytest.raises(NotADate, match=why):
        case.status(at=given)


# ── what is asked ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("at", ["9999-12-30", "9999-12-31", "9999-12-31T23:59"])
def test_the_last_days_of_all_calendars_can_be_asked_about(case: Case, at: str) -> None:
    late = case.status("9000-01-01")
    assert [(row.label, str(row)) for row in case.status(at)] == [(row.label, str(row)) for row in late]


def test_a_status_is_that_of_the_engine(case: Case) -> None:
    inventory = case.status(at="2031-04-15")
    rows = Inquiry(case).inventory(dating_from_words("2031-04-15"))

    assert inventory.readings == ("Upper", "Lower", RECORD)
    assert [(row.commitment, row.instance, row.differs, row.bearers) for row in inventory] == [
        (row.commitment, row.instance, row.differs, row.bearers) for row in rows
    ]
    for row, wanted in zip(inventory, rows, strict=True):
        assert {reading: each.status for reading, each in row.standings.items()} == {
            reading: each.status for reading, each in wanted.standings.items()
        }


def test_readings_channels_and_knowledge_are_those_asked_for(case: Case) -> None:
    whispered = case.with_acts("2031-04-14 Lower confirms open-gates via quiet\n  known 2031-04-16")

    assert case.status(at="2031-04-15", reading="Lower").readings == ("Lower",)
    assert case.status(at="2031-04-15", reading=["record", "Upper", "record"]).readings == ("record", "Upper")
    assert statuses(whispered.status(at="2031-04-15"), "open-gates")["Lower"] == "fulfilled"
    assert statuses(whispered.status(at="2031-04-15", channels=()), "open-gates")["Lower"] == "claimed"
    assert statuses(whispered.status(at="2031-04-15", channels="quiet"), "open-gates")["Lower"] == "fulfilled"
    late = whispered.status(at="2031-04-18", known="2031-04-15", reading="Upper")
    assert late.view == View(dating_from_words("2031-04-18"), dating_from_words("2031-04-15"))


def test_what_is_supposed_is_in_the_answer_and_not_in_the_case(case: Case) -> None:
    words = "2031-04-12 Lower confirms open-gates\n  via quiet"
    supposed = case.status(at="2031-04-15", suppose=words)

    assert statuses(supposed, "open-gates")["Lower"] == "fulfilled"
    assert supposed.view.supposed == ("2031-04-12 Lower confirms open-gates via quiet",)
    assert statuses(case.status(at="2031-04-15"), "open-gates")["Lower"] == "claimed"


def test_acts_come_into_the_record_of_a_new_case(case: Case) -> None:
    act = Act(
        dating_from_words("2031-04-12"), (Ref("Lower", NOWHERE),), "confirms", (Ref("open-gates", NOWHERE),), NOWHERE
    )
    by_value, by_line = case.with_acts(act), case.with_acts(["2031-04-12 Lower confirms open-gates"])

    assert isinstance(by_value, Case)
    assert [len(each.acts) for each in (case, by_value, by_line)] == [7, 8, 8]
    for each in (by_value, by_line):
        assert statuses(each.status(at="2031-04-15"), "open-gates")["Lower"] == "fulfilled"
    assert case.status(at="2031-04-15", suppose=act).view.supposed == ("2031-04-12 Lower confirms open-gates",)


def test_what_was_worked_out_is_kept_with_the_case(case: Case) -> None:
    assert case._inquiry is case._inquiry
    assert case.with_acts('2031-04-12 Lower states "Good."')._inquiry is not case._inquiry


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda case: case.status(at="2031-04-15", reading="Uper"), "reading is called `Uper`; did you mean `Upper`?"),
        (
            lambda case: case.status(at="2031-04-15", reading="Gauge"),
            "no reading is called `Gauge`; there are Upper, Lower, record",
        ),
        (lambda case: case.status(at="2031-04-15", channels="quite"), "called `quite`; did you mean `quiet`?"),
        (lambda case: case.status(at="2031-04-15")["open-gate"], "did you mean `open-gates`?"),
        (lambda case: case.status(at="2031-04-15")["open-gates"]["Uper"], "did you mean `Upper`?"),
        (
            lambda case: case.with_acts(Act(None, (Ref("Loer", NOWHERE),), "states", (), NOWHERE)),
            "no party, body or person is called `Loer`; did you mean `Lower`?",
        ),
        (
            lambda case: case.with_acts(Act(None, (Ref("Lower", NOWHERE),), "begins", (Ref("pya", NOWHERE),), NOWHERE)),
            "did you mean `pay`?",
        ),
    ],
)  # fmt: skip
def test_an_unknown_name_is_told_with_the_one_that_may_be_meant(case: Case, ask: Any, said: str) -> None:
    with pytest.raises(UnknownName) as raised:
        ask(case)

    assert said in str(raised.value)
    assert isinstance(raised.value, LookupError)
    again = pickle.loads(pickle.dumps(raised.value))
    assert (str(again), again.suggestion) == (str(raised.value), raised.value.suggestion)


@pytest.mark.parametrize("line", ["2031-04-12 Lower confirms open-gate", "2031-04-12 Lower clams pay", "party Third"])
def test_a_line_that_is_no_act_of_the_case_is_told_at_its_place(case: Case, line: str) -> None:
    with pytest.raises(servanda.CaseHasErrors) as raised:
        case.with_acts(line)

    assert len(raised.value.diagnostics) == 1
    assert line in str(raised.value)
    assert len(case.acts) == 7


def test_nothing_to_suppose_is_said() -> None:
    with pytest.raises(ServandaError, match="is no act"):
        load_text(TEXT).sound().with_acts("# only a comment")


def test_a_case_with_errors_is_not_asked() -> None:
    loaded = load_text(TEXT + "2031-04-14 Lower clams pay\n")

    with pytest.raises(servanda.CaseHasErrors, match="1 error\nerror\\[unknown-verb\\]"):
        loaded.sound()
    assert load_text(TEXT).sound().title == "The sluice"


# ── how answers look ────────────────────────────────────────────────────────────────────────────────────────


def test_an_inventory_is_a_sequence_that_knows_names(case: Case) -> None:
    inventory = case.status(at="2031-04-15")

    assert [row.label for row in inventory] == ["open-gates", "pay", "report[2]", "report[3]"]
    assert inventory["open-gates"] is inventory[0]
    assert inventory["report[3]"] is inventory[-1]
    assert [row.label for row in inventory[1:3]] == ["pay", "report[2]"]
    assert isinstance(inventory[1:3], Inventory)
    assert [row.label for row in inventory.differing] == [row.label for row in inventory if row.differs] != []
    with pytest.raises(UnknownName, match=r"no single row is called `report`; did you mean `report\[2\]`"):
        inventory["report"]


def test_an_inventory_knows_what_is_in_it(case: Case) -> None:
    inventory = case.status(at="2031-04-15")
    asked: list[Any] = ["open-gates", "report[3]", inventory[0], "report[4]", "open-gate", 0]

    assert [each in inventory for each in asked] == [True, True, True, False, False, False]


def test_an_inventory_prints_as_a_table(case: Case) -> None:
    inventory = case.status(at="2031-04-15")

    assert (
        str(inventory)
        == """\
The sluice · 2031-04-15

owed by Upper  Upper      Lower    record
 ≠ open-gates  fulfilled  claimed  not owed
   report[2]   due        due      not owed
   report[3]   due        due      not owed

owed by Lower  Upper      Lower    record
   pay         due        due      not owed

4 commitments; those concerned differ on 1"""
    )
    assert repr(inventory) == "<Inventory 'The sluice' · 2031-04-15: 4 commitments; those concerned differ on 1>"
    assert str(inventory[:0]) == "The sluice · 2031-04-15\n\n0 commitments; those concerned differ on 0"


def test_values_print_well(case: Case) -> None:
    row = case.status(at="2031-04-15")["open-gates"]

    assert repr(row) == "<Row open-gates: fulfilled in Upper; claimed in Lower; not owed in record>"
    assert repr(row["Upper"]) == "<Standing open-gates in Upper: fulfilled>"
    assert repr(row["Lower"].amount) == "<Figures 4 needed, 4 claimed, 3 observed, 3 credited>"
    due = case.status(at="2031-04-05")["open-gates"]
    assert str(due["Upper"]) == "due by 2031-04-20"
    overdue = case.status(at="2031-04-25", suppose="2031-04-24 Lower disputes open-gates")["open-gates"]
    assert str(overdue["Lower"]) == "overdue since 2031-04-20, claim disputed"


class _Outline(HTMLParser):
    """The tags of a page, which must all be closed, with the words in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_a_notebook_shows_a_table_that_can_be_read_aloud(case: Case) -> None:
    page = case.status(at="2031-04-15")._repr_html_()
    outline = _Outline(page)
    heads = [attributes["scope"] for tag, attributes in outline.tags if tag == "th"]

    assert heads.count("col") == 4
    assert heads.count("row") == 4
    assert heads.count("rowgroup") == 2
    assert [tag for tag, _ in outline.tags][:2] == ["table", "caption"]
    assert "Open the gates <all>." in outline.words  # its title is text, not a tag
    assert ("abbr", {"title": "those whom it concerns differ"}) in outline.tags


def test_a_notebook_loads_nothing_and_sets_no_colour(case: Case) -> None:
    page = case.status(at="2031-04-15")._repr_html_()

    assert re.findall(r"https?:|src=|<script|<style|<link|#[0-9a-f]{3}|\brgb", page) == []
    assert set(re.findall(r"[;\"](?:color|background):([^;\"]+)", page)) == {"inherit", "transparent"}


def test_a_table_of_duckdb_has_a_line_for_each_row_and_reading(case: Case) -> None:
    inventory = case.status(at="2031-04-15")
    table = inventory.to_table()

    wanted = [(row.commitment.name, row.instance, reading) for row in inventory for reading in row.standings]
    assert table.select("commitment, instance, reading").fetchall() == wanted
    [(needed, since)] = table.filter("commitment = 'open-gates' and reading = 'Upper'").select(
        "amount_needed, claimed::date"
    ).fetchall()  # fmt: skip
    assert (needed, since) == (4.0, datetime.date(2031, 4, 10))


@pytest.mark.parametrize(
    "again", [lambda case: pickle.loads(pickle.dumps(case)), copy.deepcopy], ids=["pickle", "copy"]
)
def test_a_case_can_be_pickled_and_copied(case: Case, again: Any) -> None:
    before = case.status(at="2031-04-15")
    other = again(case)

    assert isinstance(other, Case)
    assert other.status(at="2031-04-15").answer() == before.answer()
    assert [str(act.span) for act in other.acts] == [str(act.span) for act in case.acts]
    assert other.acts[0].span.file is other.files[0]
    with pytest.raises(TypeError):
        other.parties["Third"] = case.parties["Upper"]  # type: ignore[index]


def test_answers_can_be_pickled(case: Case) -> None:
    inventory = case.status(at="2031-04-15")
    again = pickle.loads(pickle.dumps(inventory))

    assert str(again) == str(inventory)
    assert again.answer() == inventory.answer()
