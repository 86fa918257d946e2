"""`servanda disputes`: for people and for programs, one premise, what is supposed, and the history with its drawing."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

import servanda
from servanda.api.schemas import schema_of
from servanda.model.time import dating_from_words
from servanda.readings import between
from servanda.standing import Inquiry
from unit.questions import CUBA, SLUICE, answer, asked, ran

TABLE = ["--at", "1962-11-15", "--channel", "table", "--between", "US", "USSR"]


def cuba(*arguments: str) -> str:
    result = ran("disputes", CUBA, *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.fixture(scope="module")
def november() -> dict[str, Any]:
    """The disputes of 15 November, at the table."""
    found = json.loads(cuba(*TABLE, "--format", "json"))
    assert isinstance(found, dict)
    return found


# ── the case of 1962 ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def shown() -> str:
    """The same for people."""
    return cuba(*TABLE)


def by_name(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["commitment"]: each for each in found["disputes"]}


def test_the_bombers_hang_on_one_term_in_both_directions(november: dict[str, Any]) -> None:
    bombers = by_name(november)["remove-bombers"]

    assert bombers["question"] == "owed"
    assert bombers["statuses"] == {"US": "due", "USSR": "not owed"}
    assert bombers["bridges"] == {"US": [["term:offensive-weapons"]], "USSR": [["term:offensive-weapons"]]}
    [term] = [each for each in bombers["premises"] if each["kind"] == "term"]
    assert term["versions"] == {"US": "missiles, bombers", "USSR": "missiles"}
    assert (term["name"], term["owner"]) == ("offensive-weapons", "US")
    assert term["span"]["path"].endswith("record/1962-11.pacta")


def test_the_rejection_of_the_protocol_would_end_most(november: dict[str, Any]) -> None:
    first, second = november["ranking"][:2]

    assert first["premise"] == "source:protocol"
    assert len(first["ends"]) == 8 > len(second["ends"])
    [premise] = [each for each in by_name(november)["un-presence"]["premises"] if each["id"] == first["premise"]]
    assert premise["owner"] == "US"
    assert "US rejects protocol" in premise["versions"]["US"]


def test_every_dispute_has_a_bridge_or_says_why_not(november: dict[str, Any]) -> None:
    assert len(november["disputes"]) == 18
    for dispute in november["disputes"]:
        assert dispute["complete"]
        for reading in dispute["readings"]:
            assert bool(dispute["bridges"][reading]) != (reading in dispute["no_bridge"]), dispute["commitment"]
    assert by_name(november)["stop-overflights"]["no_bridge"] == {
        "USSR": "no premise can help, since US never accepted it; this needs a concession"
    }


def test_each_bridge_of_one_premise_ends_its_dispute_where_it_is_asked_for(november: dict[str, Any]) -> None:
    loaded = servanda.load(CUBA)
    held = between(Inquiry(loaded.case), dating_from_words("1962-11-15"), ("US", "USSR"), frozenset(["table"]))
    asked_for = 0
    for dispute in november["disputes"]:
        for giver, bridges in dispute["bridges"].items():
            for [premise] in (each for each in bridges if len(each) == 1):
                [change] = [each for each in held.changes(premise) if each.giver == giver]
                assert dispute["commitment"] in change.ended
                asked_for += 1
    assert asked_for == 35


def test_a_difference_without_consequence_stands_apart() -> None:
    found = json.loads(cuba("--at", "1962-12-20", "--between", "US", "USSR", "--format", "json"))

    assert "term:agreement" in [each["id"] for each in found["without_consequence"]]
    assert "term:agreement" not in [each["premise"] for each in found["ranking"]]


def test_the_answer_follows_its_schema(november: dict[str, Any]) -> None:
    jsonschema.validate(november, schema_of("disputes"))


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_disputes_stand_below_the_premise_that_would_end_most(shown: str) -> None:
    assert shown.index("stance on the source protocol · would end 8 disputes") < shown.index("≠ withdraw-forces")
    assert shown.index("≠ withdraw-forces") < shown.index("term offensive-weapons · would end 1 dispute")
    assert "   US    missiles, bombers  (record/1962-11.pacta:5)" in shown
    assert shown.count("≠ ") == 18


def test_what_is_supposed_is_told_by_what_it_ends() -> None:
    shown = cuba(*TABLE, "--suppose", "1962-11-15 USSR promises remove-bombers by 1962-12-15")

    assert "ends    remove-bombers  between US and USSR: is it owed?" in shown
    assert "ends    lift-quarantine  between US and USSR" in shown
    assert "begins" not in shown


def test_one_premise_is_asked_by_its_name() -> None:
    shown = " ".join(cuba(*TABLE, "--premise", "offensive-weapons").split())

    assert "would end: remove-bombers (but not: is it live, or waiting for what?)" in shown
    assert "remove-bombers not owed → dormant in USSR" in shown
    assert "remove-bombers due → not owed in US" in shown


def test_all_pairs_of_parties_are_held_against_each_other() -> None:
    three = SLUICE.replace("party Lower\n", "party Lower\nparty Weir\n")
    shown = asked("disputes", "--at", "2031-04-15", data=three)

    assert all(f"{pair} part on" in shown for pair in ("Upper and Lower", "Upper and Weir", "Lower and Weir"))


def test_of_what_is_forbidden_it_is_asked_whether_it_was_breached() -> None:
    doubted = "2031-05-03 Lower disputes dredges(side=Lower)\n"
    shown = asked("disputes", "--at", "2031-06-01", data=SLUICE.replace("2031-05-10", f"{doubted}2031-05-10"))

    assert "by when, is it late or breached? breached in Upper; not breached in Lower" in " ".join(shown.split())


def test_readings_that_agree_are_said_to() -> None:
    assert "Upper and Lower agree" in asked("disputes", "--at", "2031-03-01")


def test_the_neutral_reading_can_be_held_against_a_party() -> None:
    assert "Upper and record part on" in asked("disputes", "--at", "2031-04-15", "--between", "Upper", "record")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--between", "Upper", "Lowr"], "did you mean `Lower`?"),
        (["--between", "Upper", "Upper"], "does not part from itself"),
        (["--premise", "open-gate"], "do not differ on a premise called `open-gate`"),
        (["--premise", "gates", "--history"], "ask one of them"),
        (["--plot", "history.png"], "the name of the file ends in .svg"),
        (["--as", "Upper"], "no two readings"),
    ],
)
def test_what_cannot_be_asked_is_said(arguments: list[str], said: str) -> None:
    result = ran("disputes", "-", "--at", "2031-04-15", *arguments, data=SLUICE)

    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())


# ── over time ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_history_tells_what_began_and_ended() -> None:
    found = answer("disputes", "--at", "2031-05-10", "--history")

    counts = [(each["at"], each["disputes"][0]["count"]) for each in found["moments"]]
    changed = {
        each["at"]: (each["disputes"][0]["begun"], each["disputes"][0]["ended"])
        for each in found["moments"]
        if each["disputes"][0]["begun"] or each["disputes"][0]["ended"]
    }
    assert counts[-1][0] == "2031-05-10"
    assert changed["2031-04-10"] == (["open-gates"], [])
    assert changed["2031-04-01"] == (["pay-keeper"], [])
    so_far = 0
    for moment in found["moments"]:
        [each] = moment["disputes"]
        so_far += len(each["begun"]) - len(each["ended"])
        assert each["count"] == so_far


def test_who_disputes_a_commitment_disputes_what_was_said_of_it() -> None:
    shown = asked("disputes", "--at", "2031-04-25", data=SLUICE + "2031-04-21 Lower disputes open-gates\n")

    assert "credit of gates" in shown
    assert "   Upper  credits “2031-04-10 Upper claims 4 gates opened”" in shown
    assert "   Lower  disputes “2031-04-10 Upper claims 4 gates opened”" in shown


def test_an_act_can_end_a_dispute() -> None:
    found = json.loads(cuba("--at", "1962-11-20", "--between", "US", "USSR", "--history", "--format", "json"))
    last = found["moments"][-2]

    assert last["at"] == "1962-11-20T18:00"
    assert last["disputes"][0]["ended"] == ["remove-bombers", "lift-quarantine"]


def test_the_history_counts_what_is_asked_at_its_moments() -> None:
    found = answer("disputes", "--at", "2031-05-10", "--history")

    assert max(moment["disputes"][0]["count"] for moment in found["moments"][::3]) > 0
    for moment in found["moments"][::3]:
        plain = answer("disputes", "--at", moment["at"])
        assert len(plain["disputes"]) == moment["disputes"][0]["count"]


def test_the_history_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "disputes.svg"
    asked("disputes", "--at", "2031-05-10", "--plot", str(file))

    drawn = ElementTree.parse(file).getroot()
    space = {"svg": "http://www.w3.org/2000/svg"}
    [line] = drawn.findall("svg:path", space)
    assert line.attrib["d"].startswith("M 50")
    assert "Upper and Lower: " in (drawn.findtext("svg:desc", namespaces=space) or "")
    assert "Upper and Lower" in [each.text for each in drawn.findall("svg:text", space)]


# ── from Python ─────────────────────────────────────────────────────────────────────────────────────────────


def test_disputes_can_be_asked_from_python() -> None:
    case = servanda.load_text(SLUICE).case
    found = case.disputes("2031-04-15", between=("Upper", "Lower"))

    assert [each.commitment for each in found] == ["open-gates", "pay-keeper"]
    [gates] = found["open-gates"]
    assert gates is found[0]
    assert gates.bridges == {"Upper": (), "Lower": (("credit:gates",),)}
    assert not gates.needs_concession
    assert gates.ended_by("credit:gates")
    assert [each.premise for each in found.ranked()] == ["credit:gates", "word:pay-keeper"]
    assert found.as_json() == answer("disputes", "--at", "2031-04-15")
    assert "open-gates: fulfilled in Upper, claimed in Lower (is it done?)" in str(found)
    assert "<td>open-gates</td>" in found._repr_html_()
    assert repr(found) == "<Disputes 2 · 2031-04-15>"


def test_python_says_what_it_does_not_know() -> None:
    case = servanda.load_text(SLUICE).case

    with pytest.raises(servanda.UnknownName):
        case.disputes("2031-04-15", between=("Upper", "Nobody"))
    with pytest.raises(servanda.UnknownName):
        case.disputes("2031-04-15")["no-dredging"]
    with pytest.raises(ValueError, match="two readings"):
        case.disputes("2031-04-15", between=("Upper", "Upper"))


def test_a_word_on_one_instance_is_none_on_another() -> None:
    data = """case "Two posts" timezone Etc/UTC
party North
party South
term both = North, South
source truce dated 2031-03-01
  by North, South
obligation leave "Leave the post." of p to others
  under truce
  for each p in both
2031-03-10 North claims leave[North]
2031-03-10 South claims leave[South]
2031-03-11 North confirms leave[South]
2031-03-11 South disputes leave[North]
"""
    shown = " ".join(asked("disputes", "--at", "2031-03-12", data=data).split())

    assert "South disputes “2031-03-10 North claims leave[North]”" in shown
    assert "leave[South]" not in shown  # on which the two agree


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("disputes --premise", ("--premise", "offensive-weapons")),
        ("disputes --premise", ("--premise", "protocol")),
        ("disputes --history", ("--history",)),
        ("disputes --history", ("--history", "--between", "record", "Cuba", "--channel", "table")),
    ],
)
def test_what_is_asked_of_disputes_is_answered_as_its_schema_says(command: str, more: tuple[str, ...]) -> None:
    found = json.loads(cuba("--at", "1962-11-15", *more, "--format", "json"))

    jsonschema.validate(found, schema_of(command), jsonschema.Draft202012Validator)
    told = found.get("changes", found.get("moments"))
    assert len(told) > 1
    told[0].popitem()
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, schema_of(command), jsonschema.Draft202012Validator)
