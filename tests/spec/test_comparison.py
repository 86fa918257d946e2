"""Two drafts: what differs in words, and what follows from it; held against asking both drafts day by day."""

from __future__ import annotations

import datetime

import pytest

from servanda import load_text
from servanda.comparison import Comparison, compared
from servanda.comparison.consequences import NOT_THERE
from servanda.model.case import Case
from servanda.model.time import Dating
from servanda.standing import Inquiry
from servanda.standing.wording import status_words

DRAFT = """case "The ferry" timezone Etc/UTC
party Ada
party Bo
means look by Bo
means count by Ada
item boats counted built
term craft = boats
matter m
source deal dated 2031-01-01
  by Ada, Bo
obligation build "Build boats." of Ada to Bo
  under deal art1 "two boats"
  done when 2 boats built
  verified by look
  by 2031-02-10
obligation pay of Bo to Ada
  under deal
  when build
  within 10 days of build
2031-01-02 Ada, Bo recognise deal
2031-02-01 Ada claims 2 boats built
2031-02-05 Bo observes 2 boats built via look
2031-02-20 Bo claims pay
"""


def case_of(text: str) -> Case:
    loaded = load_text(text)
    assert loaded.ok, [str(each) for each in loaded.diagnostics]
    return loaded.case


def drafts(*edits: tuple[str, str]) -> tuple[Case, Case]:
    text = DRAFT
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return case_of(DRAFT), case_of(text)


def held(*edits: tuple[str, str]) -> Comparison:
    found = compared(*drafts(*edits))
    assert found is not None
    return found


# ── words and consequences ──────────────────────────────────────────────────────────────────────────────────


def test_the_same_text_in_another_order_is_the_same() -> None:
    declarations, _, acts = DRAFT.partition("2031-01-02")
    lines = f"2031-01-02{acts}".splitlines()
    other = case_of(declarations + "\n".join(reversed(lines)) + "\n")

    found = compared(case_of(DRAFT), other)

    assert found is not None
    assert found.words == ()
    assert found.without_consequence


@pytest.mark.parametrize(
    ("edit", "changed"),
    [
        (
            ('"Build boats."', '"Build two boats."'),
            ("obligation", "build", "title", "Build boats.", "Build two boats."),
        ),
        (
            ('"two boats"', '"both boats"'),
            ("obligation", "build", "under", "under deal art1 “two boats”", "under deal art1 “both boats”"),
        ),
        (("matter m\n", 'matter m "It is so"\n'), ("matter", "m", "title", None, "It is so")),
        (("matter m\n", ""), ("matter", "m", None, "declared", None)),
    ],
)
def test_words_without_consequence(edit: tuple[str, str], changed: tuple[str | None, ...]) -> None:
    found = held(edit)

    [change] = found.words
    assert (change.kind, change.name, change.part, change.before, change.after) == changed
    assert found.without_consequence


def test_one_word_moves_a_deadline() -> None:
    found = held(("  within 10 days of build", "  within 12 days of build"))

    [change] = found.words
    assert (change.part, change.before, change.after) == (
        "within",
        "within 10 days of build",
        "within 12 days of build",
    )
    moved = {(each.reading, each.before, each.after, str(each.since)) for each in found.deadlines}
    # Ada credits her own claim of 1 February; for Bo it is built as of what he has seen
    assert ("Ada", "2031-02-11", "2031-02-13", "2031-02-01") in moved
    assert ("Bo", "2031-02-15", "2031-02-17", "2031-02-05") in moved


def test_a_day_to_begin_that_moves_is_a_consequence() -> None:
    text = """case "Digging" timezone Etc/UTC
party Ada
party Bo
source deal dated 2031-01-01
  by Ada, Bo
matter calm
obligation dig of Ada to Bo
  under deal
  begins by 10 days after calm
2031-01-05 Ada, Bo claim calm
"""
    found = compared(case_of(text), case_of(text.replace("10 days", "30 days")))

    assert found is not None
    assert {(each.before, each.after, str(each.first), str(each.last)) for each in found.standings} == {
        ("overdue to begin", "due", "2031-01-16", "2031-02-04")
    }


def test_a_way_of_performance_opens_and_another_closes() -> None:
    found = held(("  verified by look", "  verified by count"))

    assert {(each.reading, each.opened, each.closed) for each in found.ways} == {
        (reading, ("verified by count",), ("verified by look",)) for reading in ("Ada", "Bo", "record")
    }
    assert any(each.commitment == "build" and each.reading == "Bo" for each in found.standings)


def test_what_only_one_draft_has() -> None:
    found = held(("2031-02-20 Bo claims pay\n", "obligation sail of Ada to Bo\n  under deal\n"))

    assert [(each.kind, each.name, each.before is None) for each in found.words] == [
        ("obligation", "sail", True),
        ("act", "2031-02-20 Bo claims pay", False),
    ]
    assert {(each.before, each.after) for each in found.standings if each.commitment == "sail"} == {(NOT_THERE, "due")}


def test_an_act_that_says_the_same_and_cites_something_else() -> None:
    found = held(("2031-02-20 Bo claims pay\n", "2031-02-20 Bo claims pay\n  cites deal\n"))

    [change] = found.words
    assert (change.kind, change.part, change.before, change.after) == ("act", "words beside it", None, "cites deal")
    assert found.without_consequence


def test_cases_that_name_no_day_cannot_be_asked() -> None:
    bare = case_of('case "Bare"\nparty Ada\n')

    assert compared(bare, bare) is None
    found = compared(bare, bare, end=datetime.date(2031, 1, 1))
    assert found is not None
    assert found.without_consequence


# ── the oracle: every day, every reading ────────────────────────────────────────────────────────────────────

EDITS = [
    ("  by 2031-02-10", "  by 2031-04-10"),
    ("  by 2031-02-10", "  by 5 days after deal"),
    ("  when build\n", "  when build for 4 days\n"),
    ("  within 10 days of build", "  within 3 days of build"),
    ("  verified by look", "  verified by count"),
    ("2031-02-05 Bo observes 2 boats built via look", "2031-02-12 Bo observes 2 boats built via look"),
    ("  by 2031-02-10", "  by 2031-01-20"),
    ("2031-01-02 Ada, Bo recognise deal", "2031-01-07 Ada, Bo recognise deal"),
    ("  when build\n", "  when build and m\n"),
]


@pytest.mark.parametrize("edit", EDITS)
def test_the_stretches_are_those_of_asking_day_by_day(edit: tuple[str, str]) -> None:
    one, other = drafts(edit)
    found = compared(one, other)
    assert found is not None
    inquiries = Inquiry(one), Inquiry(other)
    day = datetime.date(2031, 1, 1)
    while day <= found.end:
        rows = [{row.label: row for row in each.inventory(Dating.on(day))} for each in inquiries]
        expected = {
            (name, reading)
            for name in rows[0]
            for reading in ("Ada", "Bo", "record")
            if status_words(rows[0][name].standings[reading]) != status_words(rows[1][name].standings[reading])
        }
        told = {
            (each.commitment, each.reading)
            for each in found.standings
            if each.first <= day and (each.last is None or day <= each.last)
            and each.before.removesuffix(", breached before") != each.after.removesuffix(", breached before")
        }  # fmt: skip
        assert told == expected, day
        day += datetime.timedelta(days=1)


def test_what_is_done_in_one_draft_has_no_deadline_to_move() -> None:
    found = held(("  done when 2 boats built", "  done when 3 boats built"))

    assert any(each.after.startswith("overdue") for each in found.standings)
    assert [each for each in found.deadlines if each.commitment == "build"] == []
