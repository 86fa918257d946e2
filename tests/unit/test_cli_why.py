"""`servanda why`: the tree for people and for programs, in one reading or in several."""

import json

import jsonschema
import pytest

from servanda.api.schemas import schema_of
from unit.questions import CUBA, FERRY, SLUICE, answer, asked, ran

ARGUMENTS = ["--at", "1962-11-15", "--channel", "table"]


def cuba(*arguments: str) -> str:
    result = ran("why", CUBA, *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_the_words_lead_to_the_passage() -> None:
    shown = cuba("remove-bombers", "--as", "US", *ARGUMENTS)

    assert "✓ remove-bombers is due in the reading of US, with no last day  (commitments/soviet.pacta:16)" in shown
    assert "kennedy-27 “remove these weapons systems from Cuba”  (commitments/soviet.pacta:17)" in shown
    assert "1962-11-02 US holds offensive-weapons = missiles, bombers" in shown


def test_readings_part_at_a_premise_that_is_named_first() -> None:
    shown = " ".join(cuba("remove-bombers", *ARGUMENTS).split())

    assert (
        "US and USSR part first at `where bombers in offensive-weapons`: it is so in US, it is not so in USSR" in shown
    )
    assert shown.index("part first") < shown.index("is due in the reading of US")
    assert "in the reading of Cuba" not in shown  # it is neither owed by it nor to it


def test_readings_with_clauses_of_their_own_part_there() -> None:
    shown = " ".join(cuba("lift-quarantine", *ARGUMENTS).split())

    assert (
        "US and USSR part first here: when un-arrangements: nobody has said so (US); "
        "when remove-missiles: it is so (USSR)" in shown
    )


def test_readings_that_agree_are_said_to() -> None:
    assert "Upper, Lower agree: claimed" not in asked("why", "open-gates", "--at", "2031-04-11")
    assert "agree: due by 2031-04-20" in asked("why", "open-gates", "--at", "2031-04-02")


def test_what_is_only_said_is_not_told_to_be_so() -> None:
    claimed = "  ? done when 4 gates opened: asserted, but not known"
    assert claimed in asked("why", "open-gates", "--at", "2031-04-11", "--as", "Lower")
    thank = "obligation thank of Lower to Upper\n  under accord\n  when open-gates is claimed\n"
    data = f"{SLUICE}{thank}2031-04-11 Lower disputes open-gates\n"
    disputed = asked("why", "thank", "--at", "2031-04-11", "--as", "Lower", data=data)

    assert "    ✗ done when 4 gates opened: asserted, and disputed" in disputed


def test_all_readings_can_be_asked() -> None:
    assert "in the record" not in asked("why", "open-gates", "--at", "2031-04-11")
    assert "in the record" in asked("why", "open-gates", "--at", "2031-04-11", "--all")


def test_name_and_case_stand_in_either_order() -> None:
    assert (
        ran("why", "remove-bombers", CUBA, *ARGUMENTS).stdout == ran("why", CUBA, "remove-bombers", *ARGUMENTS).stdout
    )


def test_what_is_supposed_is_a_reason_like_any_other() -> None:
    promise = "1962-11-16 USSR promises remove-bombers by 1962-12-16"
    shown = cuba("remove-bombers", "--as", "USSR", "--at", "1962-11-17", "--suppose", promise)

    assert f"✓ {promise}" in shown
    assert "remove-bombers is due in the reading of USSR, by 1962-12-16" in shown


def test_an_instance_is_asked_by_its_key() -> None:
    result = ran("why", FERRY, "show-convoy[C-3]", "--at", "2027-03-29", "--as", "Lower")

    assert "show-convoy[C-3] is overdue in the reading of Lower, since 2027-03-14T20:00" in result.stdout
    assert "art5 “stops each supply convoy at the landing”" in result.stdout
    assert "line 16: …" in result.stdout  # the text of the accord lies beside the case


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "say which commitment"),
        (["-", "open-gate"], "no commitment is called `open-gate`; did you mean `open-gates`?"),
        (["-", "open-gates[3]"], "there is no instance `open-gates[3]`"),
    ],
)
def test_a_misspelt_name_gets_a_guess(arguments: list[str], said: str) -> None:
    result = ran("why", *arguments, data=SLUICE)

    assert result.exit_code == 2
    assert said in result.stderr


def test_a_family_is_asked_instance_by_instance() -> None:
    result = ran("why", FERRY, "show-convoy", "--at", "2027-03-29")

    assert result.exit_code == 2
    assert "ask about one of them: show-convoy[C-1], show-convoy[C-2]" in " ".join(result.stderr.split())


@pytest.mark.parametrize("name", ["remove-bombers", "lift-quarantine", "no-invasion", "stop-overflights", "turkey"])
@pytest.mark.parametrize("reading", ["US", "Cuba", "record"])
def test_programs_get_the_contract(name: str, reading: str) -> None:
    found = json.loads(cuba(name, "--as", reading, "--at", "1962-12-12", "--format", "json"))

    jsonschema.validate(found, schema_of("why"), jsonschema.Draft202012Validator)
    assert (found["commitment"], found["reading"]) == (name, reading)
    assert found["because"]["text"].startswith(f"{name} is {found['status']} in the re")


def test_programs_are_told_that_a_reading_has_no_such_instance() -> None:
    """Each reading that was asked for is in the answer; why it has none of a family is there, where it has no other."""
    asked = ("why", FERRY, "lower-accounts[2]", "--at", "2027-03-29", "--format", "json")
    one = json.loads(ran(*asked, "--as", "record").stdout)
    several = json.loads(ran(*asked, "--all").stdout)
    seen_by_one = """obligation refill "Refill it." of Upper to Lower
  for each dredges(side)
2031-04-02 Lower observes dredges(side=Lower) via own
"""
    none_yet = answer("why", "refill[Lower]", "--at", "2031-04-11", "--as", "Upper", data=SLUICE + seen_by_one)

    jsonschema.validate(one, schema_of("why"), jsonschema.Draft202012Validator)
    jsonschema.validate(several, schema_of("why --all"), jsonschema.Draft202012Validator)
    assert (one["reading"], one["status"], one["because"]) == ("record", "not there", None)
    assert [(each["reading"], each["status"]) for each in several["readings"]] == [
        ("Upper", "overdue"),
        ("Lower", "not there"),
        ("record", "not there"),
    ]
    assert (none_yet["reading"], none_yet["status"]) == ("Upper", "not there")
    assert none_yet["because"]["text"] == "there is no refill yet"


def test_programs_get_several_readings_in_one_answer() -> None:
    found = answer("why", "open-gates", "--at", "2031-04-11")

    jsonschema.validate(found, schema_of("why --all"), jsonschema.Draft202012Validator)
    assert [each["reading"] for each in found["readings"]] == ["Upper", "Lower"]
    assert [each["status"] for each in found["readings"]] == ["fulfilled", "claimed"]
