"""What all questions to a case share, and `status`: in whose reading, at which date, what is supposed."""

import json
import re
from pathlib import Path

import pytest

import servanda
from servanda.load import acts_from_words
from unit.questions import SLUICE, answer, asked, ran

QUESTIONS = ["status", "attempts", "timeline", "deadlines", "residue"]
PROMISE = "2031-04-13 Lower confirms open-gates"


# ── what is asked ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", QUESTIONS)
def test_every_question_takes_the_same_view(command: str) -> None:
    found = answer(
        command, "--at", "2031-05-03", "--as", "Lower", "--as", "record", "--channel", "own", "--known", "2031-05-02",
        "--suppose", PROMISE,
    )  # fmt: skip

    assert found["schema_version"] == 1
    assert found["readings"] == ["Lower", "record"]
    view = {key: value for key, value in found["view"].items() if key != "from"}
    assert view == {"at": "2031-05-03", "known": "2031-05-02", "channels": ["own"], "supposed": [PROMISE]}


@pytest.mark.parametrize("command", QUESTIONS)
def test_all_readings_are_asked_unless_one_is_named(command: str) -> None:
    assert answer(command, "--at", "2031-04-15")["readings"] == ["Upper", "Lower", "record"]
    assert answer(command, "--at", "2031-04-15", "--all")["readings"] == ["Upper", "Lower", "record"]


@pytest.mark.parametrize("command", QUESTIONS)
def test_the_heading_says_what_was_asked(command: str) -> None:
    heading = asked(command, "--at", "2031-05-03", "--channel", "own", "--known", "2031-05-02", "--suppose", PROMISE)

    assert re.match(
        r"The sluice · (\S+ to )?2031-05-03, over public acts and own, as known by 2031-05-02\n"
        rf"supposed: {PROMISE}\n",
        heading,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", "3 May"], "--at 3 May: a date is written 1962-11-20"),
        (["--at", "2031-02-30"], "there is no 2031-02-30 in the calendar"),
        (["--at", "~2031-05-01"], "a view asks at one date"),
        (["--known", "soon"], "--known soon: a date is written"),
        (["--as", "lower"], "no reading is called `lower`; did you mean `Lower`?"),
        (["--as", "Gauge"], "no reading is called `Gauge`; there are Upper, Lower, record"),
        (["--as", "Upper", "--all"], "give one of the two"),
        (["--channel", "talk"], "no channel is called `talk`; did you mean `talks`?"),
        (["--suppose", " "], "nothing is supposed"),
    ],
)
@pytest.mark.parametrize("command", QUESTIONS)
def test_nonsense_is_met_with_a_way_out(command: str, arguments: list[str], said: str) -> None:
    result = ran(command, "-", *arguments, data=SLUICE)

    assert (result.exit_code, result.stdout) == (2, "")
    assert (said.replace("--at", "--to") if command == "timeline" else said) in result.stderr


@pytest.mark.parametrize("command", QUESTIONS)
def test_a_case_with_errors_is_not_asked(command: str) -> None:
    result = ran(command, "-", data=SLUICE.replace("promises open-gates", "promises open-gate"))

    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean `open-gates`" in result.stderr
    assert "where things stand cannot be said" in result.stderr


def test_a_case_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    result = ran("status", tmp_path / "nowhere")

    assert (result.exit_code, "there is no file or folder" in result.stderr) == (2, True)


# ── what is supposed ────────────────────────────────────────────────────────────────────────────────────────


def statuses(*arguments: str, data: str = SLUICE) -> dict[str, dict[str, str]]:
    found = answer("status", *arguments, data=data)["commitments"]
    return {each["name"]: {reading: s["status"] for reading, s in each["standings"].items()} for each in found}


def test_supposing_an_act_is_as_if_the_record_had_it() -> None:
    act = "2031-04-13 Lower confirms open-gates"

    supposed = statuses("--at", "2031-04-15", "--suppose", act)
    assert supposed == statuses("--at", "2031-04-15", data=f"{SLUICE}{act}\n")
    assert supposed != statuses("--at", "2031-04-15")
    assert supposed["open-gates"]["Lower"] == "fulfilled"


def test_several_acts_are_supposed_together_each_with_lines_below_it() -> None:
    acts = ["2031-04-13 Lower confirms open-gates\n  via own", "2031-04-14 Lower claims pay-keeper"]
    found = answer("status", "--at", "2031-04-15", "--suppose", acts[0], "--suppose", acts[1])

    assert found["view"]["supposed"] == ["2031-04-13 Lower confirms open-gates via own", acts[1]]
    standings = {each["name"]: each["standings"] for each in found["commitments"]}
    assert standings["open-gates"]["Lower"]["status"] == "fulfilled"
    # Upper is not among `own`, and its own reading has the gates open anyway
    assert standings["pay-keeper"]["Lower"]["status"] == "fulfilled"


@pytest.mark.parametrize(
    ("act", "code", "place"),
    [
        ("2031-04-13 Lower confirms open-gate", "unknown-name", "--suppose:1:27"),
        ("2031-04-13 Lower confrims open-gates", "unknown-verb", "--suppose:1:18"),
        ("2031-04-13 Lower confirms open-gates\n  via tawks", "unknown-name", "--suppose:2:7"),
        ("2031-04-13 Lower confirms Gauge", "wrong-kind", "--suppose:1:27"),
        ("2031-04-31 Lower confirms open-gates", "bad-date", "--suppose:1:1"),
        ("2031-04-13 Gauge observes 3 gates lifted", "uncounted-word", "--suppose:1:35"),
        ("2031-04-13 Gauge observes dredges(who=Lower)", "unknown-argument", "--suppose:1:35"),
        ("obligation another of Upper", "not-in-scenario", "--suppose:1:1"),
        ("2031-04-13 expect open-gates is due in Lower", "not-in-scenario", "--suppose:1:1"),
        ("nonsense", "missing-at-end", "--suppose:1:9"),
    ],
)
def test_a_slip_in_what_is_supposed_is_shown_at_its_place(act: str, code: str, place: str) -> None:
    result = ran("status", "-", "--suppose", act, data=SLUICE)

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"[{code}]" in result.stderr
    assert f"--> {place}" in result.stderr
    assert act.splitlines()[int(place.split(":")[1]) - 1] in result.stderr


def test_what_is_supposed_by_somebody_who_cannot_do_it_is_warned_of() -> None:
    result = ran("status", "-", "--at", "2031-04-15", "--suppose", "2031-04-13 Lower promises open-gates", data=SLUICE)

    assert result.exit_code == 0
    assert "warning[not-the-bearer]" in result.stderr
    assert "The sluice" in result.stdout


def test_acts_are_read_against_the_names_of_a_case() -> None:
    case = servanda.load_text(SLUICE).case
    acts, found = acts_from_words(case, "2031-04-13 Lower holds open-gates\n  done when 2 gates opened\n")

    assert found == ()
    (act,) = acts
    assert act.version is not None
    assert act.version.stated == ("done when",)
    assert act not in case.acts


# ── status ──────────────────────────────────────────────────────────────────────────────────────────────────

INVENTORY = """\
The sluice · 2031-05-05

owed by Upper           Upper               Lower                  record
 ≠ open-gates           fulfilled           claimed, late unknown  claimed, late unknown
     Open the gates.
     3 of 4 observed, 4 claimed; 1 attempt to show it (1 denied)

owed by Lower           Upper               Lower                  record
 ≠ pay-keeper           not owed            dormant                not owed
     Pay the keeper.
   no-dredging          in force, breached  in force, breached     in force, breached
     Do not dredge.

3 commitments; those concerned differ on 2
open, of those owed  Upper  Lower  record
   by Upper          0      1      1
   by Lower          0      1      0
"""


def test_status_is_set_out_by_who_owes_a_column_for_each_reading() -> None:
    assert asked("status", "--at", "2031-05-05") == INVENTORY


@pytest.mark.parametrize("columns", [40, 55, 70, 100])
def test_status_fits_the_terminal_and_says_the_same(columns: int) -> None:
    found = asked("status", "--at", "2031-05-05", columns=columns)

    assert max(map(len, found.splitlines())) <= columns
    assert {*re.findall(r"[\w-]+", found)} >= {*re.findall(r"[\w-]+", INVENTORY)}


def test_colour_is_for_terminals_and_adds_nothing(tmp_path: Path) -> None:
    (tmp_path / "case.pacta").write_text(SLUICE)
    import os

    from click.testing import CliRunner

    from servanda.cli import main

    environment = {"FORCE_COLOR": "1", "COLUMNS": "100", "NO_COLOR": os.environ.get("NO_COLOR")}
    painted = (
        CliRunner().invoke(main, ["status", str(tmp_path), "--at", "2031-05-05"], color=True, env=environment).stdout
    )

    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == INVENTORY


def test_owed_by_and_open_leave_out_the_rest() -> None:
    assert set(statuses("--at", "2031-05-05", "--owed-by", "Lower")) == {"pay-keeper", "no-dredging"}
    assert set(statuses("--at", "2031-05-05", "--open")) == {"open-gates", "pay-keeper"}
    assert (
        "no party is called `Lowre`; did you mean `Lower`?"
        in ran("status", "-", "--owed-by", "Lowre", data=SLUICE).stderr
    )
    assert "nothing is left to list" in asked("status", "--at", "2031-03-05", "--open")
    assert "this case has no commitments" in asked("status", data='case "None"\n')


def test_amounts_that_readings_see_differently_are_said_apart() -> None:
    hidden = SLUICE.replace(
        "2031-04-12 Gauge observes 3 gates opened via sight",
        "2031-04-12 Gauge observes 3 gates opened via sight\n  via talks",
    )
    data = hidden.replace("channel talks among Upper, Lower", "channel talks among Upper, Gauge")

    assert "4 of 4 claimed (Lower)" in asked("status", "--at", "2031-04-15", data=data)
    assert "3 of 4 observed, 4 claimed (Upper, record)" in asked("status", "--at", "2031-04-15", data=data)


def test_an_overdue_deadline_is_said_with_its_date() -> None:
    data = SLUICE.replace("2031-04-10 Upper claims 4 gates opened\n", "")

    assert "due by 2031-04-20" in asked("status", "--at", "2031-04-20", data=data)
    assert "overdue since 2031-04-20" in asked("status", "--at", "2031-04-21", data=data)
    disputed = asked("status", "--at", "2031-04-12", "--suppose", "2031-04-11 Lower disputes open-gates")
    assert "due by 2031-04-20, claim disputed" in disputed


def test_what_is_proposed_is_counted_apart() -> None:
    data = 'case "A demand"\nparty A\nparty B\nobligation x of A to B\n2031-01-01 B recognises x\n'

    assert re.search(r"by A +0 +0 \+ 1 proposed +0\n", asked("status", "--at", "2031-01-02", data=data))


def test_status_in_json_keeps_to_its_contract() -> None:
    found = json.loads(json.dumps(answer("status", "--at", "2031-05-05")))

    assert set(found) == {"schema_version", "view", "readings", "commitments"}
    gates = found["commitments"][0]
    assert set(gates) == {"name", "title", "kind", "bearer", "to", "instance", "differs", "standings"}
    assert set(gates["standings"]["Lower"]) == {
        *("status", "since", "claim_disputed", "deadline", "late", "breached", "rungs", "missing", "amount"),
    }


WAITING = """
case "Waiting" timezone Etc/UTC
party A
party B
source deal dated 2031-01-01
  by A, B
obligation pay of A to B
  under deal
  when rain
prohibition stay-out of A to B
  under deal
  when rain
  forbids entry(place)
right transit of A to B
  under deal
  when rain
matter rain
event entry(place)
"""


def test_what_is_open_is_an_obligation_as_in_the_residue() -> None:
    found = answer("status", "--at", "2031-02-01", data=WAITING)
    assert {each["standings"]["A"]["status"] for each in found["commitments"]} == {"dormant"}
    only_open = answer("status", "--at", "2031-02-01", "--open", data=WAITING)
    left = answer("residue", "--at", "2031-02-01", data=WAITING)
    assert [each["name"] for each in only_open["commitments"]] == [each["name"] for each in left["residue"]] == ["pay"]
    assert re.search(r"by A +1 +1 +1\n", asked("status", "--at", "2031-02-01", data=WAITING))


def test_rights_are_held_and_not_owed() -> None:
    held = WAITING.replace("transit of A to B", "transit of B to A")
    assert "\nowed or held by A " in asked("status", "--at", "2031-02-01", data=WAITING)
    found = asked("status", "--at", "2031-02-01", data=held)
    assert "\nowed by A " in found
    assert "\nheld by B " in found


def test_a_date_before_the_record_is_told_for_one() -> None:
    said = "before the record, which begins on 2031-03-02: choose a date with --at"
    assert said in asked("status", "--at", "2031-03-01", data=SLUICE)
    assert "before the record" not in asked("status", "--at", "2031-03-02", data=SLUICE)
