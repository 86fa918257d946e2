"""What happened and what is to come: attempts, the timeline, deadlines and their calendar, the residue."""

import io
import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event

from servanda.cli.progress import with_progress
from unit.questions import CLOSED, SLUICE, answer, asked, ran

# ── attempts ────────────────────────────────────────────────────────────────────────────────────────────────


def test_attempts_stand_beside_what_they_were_to_show() -> None:
    assert asked("attempts", "--at", "2031-04-15") == (
        "The sluice · 2031-04-15\n"
        "\n"
        "open-gates\n"
        "   Open the gates.\n"
        "   proof asked for: sight · 3 of 4 observed, 4 claimed\n"
        "   2031-04-05  sight  denied by Gauge\n"
        "   2031-04-12  sight  seen by Gauge: 3 gates opened\n"
        "   1 denied, 1 seen\n"
        "\n"
        "means\n"
        "   sight by Gauge; consent of Upper: given 2031-04-08\n"
    )
    (gates,) = answer("attempts", "--at", "2031-04-15")["commitments"]
    assert (gates["name"], gates["counts"]) == ("open-gates", {"denied": 1, "seen": 1})
    assert gates["amounts"]["Lower"] == {"needed": 4, "claimed": 4, "observed": 3, "credited": 3}


def test_attempts_count_only_what_is_in_view() -> None:
    assert "consent of Upper: refused 2031-04-02" in asked("attempts", "--at", "2031-04-05")
    assert "consent of Upper: not given" in asked("attempts", "--at", "2031-04-05", "--channel", "own")
    assert "no attempt is on record by then" in asked("attempts", "--at", "2031-04-04")


@pytest.mark.parametrize(
    ("name", "shown"), [("open-gates", True), ("sight", True), ("pay-keeper", False), ("no-dredging", False)]
)
def test_attempts_on_one_thing(name: str, shown: bool) -> None:
    found = asked("attempts", name, "--at", "2031-04-15")

    assert ("denied by Gauge" in found, name in found) == (shown, True)


LOOKS = """case "Looks" timezone Etc/UTC
party Host "Host"
party Guest "Guest"
body Council "Council" for Host
body Watch "Watch"
source deal "Deal" dated 2031-01-01
  by Host, Guest
item bag "Bags" counted opened
item Argo "The Argo"
event arrives(ship)
event checked(vessel, hour)
event visited(whom)
term all = Host, Guest
means look "A look" by Watch
  consent of Council
obligation check "Check." of Host to Guest
  under deal
  for each arrives(ship)
  done when checked(vessel=ship)
obligation unpack "Unpack." of Host to Guest
  under deal
  for each arrives(ship)
  done when 2 bag of ship opened
obligation receive "Receive." of p
  under deal
  for each p in all
  done when visited(whom=p)
2031-01-05 Host, Guest claim arrives(ship=Argo)
2031-01-06 Host, Guest claim arrives(ship=Argo)
2031-01-06 Host, Guest claim arrives(ship=Boreas)
2031-01-07 Council consents to look
2031-01-08 Watch observes checked(vessel=Argo, hour=3) via look
2031-01-08 Watch observes 2 bag of Argo opened via look
2031-01-09 Watch observes visited(whom=Guest) via look
"""


def test_attempts_are_told_of_the_instances_that_they_were_on() -> None:
    found = answer("attempts", "--at", "2031-02-01", data=LOOKS)["commitments"]

    assert {each["name"] if each["instance"] is None else f"{each['name']}[{each['instance']}]" for each in found} == {
        "check[Argo]",
        "check[Argo (2)]",
        "unpack[Argo]",
        "unpack[Argo (2)]",
        "receive[Guest]",
    }


def test_an_organ_consents_for_its_party() -> None:
    assert "consent of Host: given 2031-01-07" in asked("attempts", "--at", "2031-02-01", data=LOOKS)


def test_attempts_of_other_means_on_the_same_thing_are_left_out() -> None:
    data = SLUICE.replace("source accord", 'means boat "A boat" by Gauge\nsource accord') + (
        "2031-04-06 Gauge attempts boat\n  on open-gates\n  result unable\n2031-04-06 Gauge attempts boat\n"
    )

    assert "unable" not in asked("attempts", "sight", "--at", "2031-04-15", data=data)
    boat = answer("attempts", "boat", "--at", "2031-04-15", data=data)
    assert [each["result"] for each in boat["commitments"][0]["attempts"]] == ["unable"]
    assert [each["result"] for each in boat["other"]] == ["not said"]


def test_a_name_alone_asks_of_the_case_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "case.pacta").write_text(SLUICE)
    monkeypatch.chdir(tmp_path)

    assert "denied by Gauge" in ran("attempts", "open-gates", "--at", "2031-04-15").stdout
    assert "did you mean `open-gates`?" in ran("attempts", "open-gats").stderr
    assert ran("attempts", "open-gats").exit_code == 2


# ── the timeline ────────────────────────────────────────────────────────────────────────────────────────────


def changes(found: dict[str, Any]) -> dict[str, list[tuple[str, str, str | None, str | None]]]:
    def status(standing: dict[str, Any] | None) -> str | None:
        return None if standing is None else str(standing["status"])

    return {
        day["date"]: [(c["name"], c["reading"], status(c["before"]), status(c["after"])) for c in day["changes"]]
        for day in found["days"]
        if day["changes"]
    }


def test_the_timeline_puts_each_change_below_the_acts_of_its_day() -> None:
    found = answer("timeline", "--from", "2031-04-05", "--to", "2031-04-12")

    assert [day["date"] for day in found["days"]] == ["2031-04-05", "2031-04-08", "2031-04-10", "2031-04-12"]
    assert [act["text"] for act in found["days"][2]["acts"]] == ["Upper claims 4 gates opened"]
    assert changes(found) == {
        "2031-04-10": [
            ("open-gates", "Upper", "due", "fulfilled"),
            ("open-gates", "Lower", "due", "claimed"),
            ("open-gates", "record", "due", "claimed"),
        ]
    }


def test_what_time_alone_brings_is_put_down_to_no_act() -> None:
    data = SLUICE.replace("2031-04-10 Upper claims 4 gates opened\n", "")
    found = answer("timeline", "--from", "2031-04-13", "--to", "2031-05-01", "--as", "Lower", data=data)

    assert changes(found) == {"2031-04-21": [("open-gates", "Lower", "due", "overdue")]}
    assert found["days"][0]["acts"] == []
    text = asked("timeline", "--from", "2031-04-13", "--to", "2031-05-01", "--as", "Lower", data=data)
    assert "\n2031-04-21  time passes\n" in text


def test_what_passes_at_midnight_is_not_put_down_to_an_act_of_the_next_day() -> None:
    data = SLUICE.replace("2031-04-10 Upper claims 4 gates opened\n", "") + "2031-04-21 Lower protests open-gates\n"
    found = answer("timeline", "--from", "2031-04-21", "--to", "2031-04-21", "--as", "Lower", data=data)

    assert [(day["date"], len(day["acts"]), len(day["changes"])) for day in found["days"]] == [
        ("2031-04-21", 0, 1),
        ("2031-04-21", 1, 0),
    ]


def test_several_changes_between_two_acts_each_have_their_day() -> None:
    data = (
        'case "Steps"\nparty A\nparty B\nsource s dated 2031-01-01\n  by A, B\n'
        "obligation x of A to B\n  under s\n  from 2031-02-01\n  by 2031-02-10\n  until 2031-02-20\n"
        '2031-01-01 A, B recognise s\n2031-03-01 B states "Well."\n'
    )
    found = answer("timeline", "--as", "B", "--to", "2031-03-02", data=data)

    assert [(day, *[(b, a) for _, _, b, a in made]) for day, made in changes(found).items()] == [
        ("2031-01-01", ("not owed", "dormant")),
        ("2031-02-01", ("dormant", "due")),
        ("2031-02-11", ("due", "overdue")),
        ("2031-02-21", ("overdue", "ended")),
    ]


def test_what_becomes_known_later_changes_things_then() -> None:
    text = asked("timeline", "--from", "2031-05-01", "--to", "2031-05-05", "--as", "Lower")

    assert re.search(
        r"2031-05-04\n  2031-05-02T09:00 Gauge observes dredges\(side=Lower\) becomes known\n"
        r" +no-dredging  in force → in force, breached · Lower\n",
        text,
    )


def test_what_is_known_later_is_known_to_its_actor_at_once() -> None:
    data = SLUICE + '2031-05-06 Upper states "We knew."\n  known 2031-05-09\n'
    asked_of = [
        asked("timeline", "--from", "2031-05-06", "--to", "2031-05-07", "--as", each, data=data)
        for each in ("Upper", "Lower")
    ]

    assert ["We knew." in each for each in asked_of] == [True, False]


def test_the_timeline_shows_what_the_asked_are_among() -> None:
    everybody = asked("timeline", "--from", "2031-04-02", "--to", "2031-04-02")
    own = asked("timeline", "--from", "2031-04-02", "--to", "2031-04-02", "--channel", "own")

    assert ("Upper refuses sight via talks" in everybody, "Upper refuses" in own) == (True, False)


def test_the_timeline_marks_what_is_supposed_and_ends_with_what_is_due() -> None:
    text = asked(
        "timeline", "--from", "2031-04-13", "--to", "2031-04-15", "--suppose", "2031-04-13 Lower confirms open-gates"
    )

    assert "\n  supposed: Lower confirms open-gates\n" in text
    assert "claimed → fulfilled · Lower" in text
    assert re.search(r"what is due then\n +2031-04-20  in 5 days +pay-keeper", text)


def test_an_hour_of_a_day_cuts_its_later_acts_off() -> None:
    data = SLUICE.replace("  known 2031-05-04\n", "")
    early, late = (
        asked("timeline", "--from", "2031-05-02", "--to", f"2031-05-02T{hour}", data=data)
        for hour in ("08:59", "09:00")
    )

    assert "dredges" not in early
    assert "dredges(side=Lower) [09:00]" in late
    assert "in force → in force, breached" in late


def test_what_is_supposed_from_the_start_is_marked_for_programs_too() -> None:
    found = answer("timeline", "--to", "2031-04-20", "--suppose", "Upper trusts Gauge")["undated"]

    assert {each["text"]: each["supposed"] for each in found}["Upper trusts Gauge"] is True


def test_a_timeline_without_anything_says_so() -> None:
    assert "nothing happened, and nothing changed" in asked("timeline", "--from", "2030-01-01", "--to", "2030-02-01")
    backward = ran("timeline", "-", "--from", "2031-05-02", "--to", "2031-05-01", data=SLUICE)
    assert (backward.exit_code, "lies after" in backward.stderr) == (2, True)


# ── deadlines ───────────────────────────────────────────────────────────────────────────────────────────────


def test_deadlines_are_marked_where_they_have_passed() -> None:
    data = SLUICE.replace("2031-04-10 Upper claims 4 gates opened\n", "")

    assert " ! 2031-04-20  1 day ago  open-gates\n     overdue in Upper, Lower, record\n" in asked(
        "deadlines", "--at", "2031-04-21", data=data
    )
    assert "   2031-04-20  that day  open-gates\n     due in Upper, Lower, record\n" in asked(
        "deadlines", "--at", "2031-04-20", data=data
    )
    assert " ? 2031-04-20  5 days ago  open-gates\n     claimed, late unknown in Lower, record\n" in asked(
        "deadlines", "--at", "2031-04-25"
    )


def test_the_day_of_an_effort_passes_and_nothing_is_overdue() -> None:
    effort = SLUICE.replace("done when 4 gates opened", "seeks flooded", 1) + 'matter flooded "It is flooded"\n'

    assert "   2031-04-20  1 day ago  open-gates\n     due, day passed in Upper, Lower, record\n" in asked(
        "deadlines", "--at", "2031-04-21", data=effort
    )
    assert "open-gates, Upper: by 2031-04-20 · due, day passed in Upper, Lower, record\n" in asked(
        "brief", "--at", "2031-04-21", data=effort
    )


def test_deadlines_that_wait_for_their_anchor_are_listed_without_a_date() -> None:
    found = answer("deadlines", "--at", "2031-04-25")

    assert [(each["name"], each["counts_from"], each["readings"]) for each in found["undated"]] == [
        ("pay-keeper", "within 10 days of open-gates", ["Lower"])
    ]
    assert [each["name"] for each in answer("deadlines", "--at", "2031-05-12")["deadlines"]] == ["pay-keeper"]


def test_what_is_to_be_begun_by_a_day_is_listed_until_it_is_begun() -> None:
    begins = SLUICE.replace("  verified by sight\n", "  verified by sight\n  begins by 2031-04-09\n", 1)
    waits = begins.replace("by 2031-04-09", "by 2 days after flooded") + 'matter flooded "It is flooded"\n'
    idle = begins.replace("2031-04-10 Upper claims", "2031-05-10 Upper claims")

    def on(day: str, data: str) -> str:
        return asked("deadlines", "--at", day, data=data)

    assert "   2031-04-09  in 1 day    begin open-gates\n     due in Upper, Lower, record\n" in on("2031-04-08", begins)
    assert "   2031-04-09  that day    begin open-gates\n" in on("2031-04-09", idle)
    assert " ! 2031-04-09  1 day ago   begin open-gates\n" in on("2031-04-10", idle)
    assert "   2031-04-20  in 10 days  open-gates\n" in on("2031-04-10", idle), (
        "the day by which to be done has not passed"
    )
    assert "begin open-gates" not in on("2031-04-10", begins), "what is claimed is begun"
    assert "open-gates: begins by 2 days after flooded · in" in on("2031-04-08", waits)


def test_what_is_done_is_due_no_more() -> None:
    assert "no deadline runs at this date" in asked("deadlines", "--at", "2031-04-15", "--as", "Upper")


def events(path: Path) -> list[Event]:
    return [each for each in Calendar.from_ical(path.read_bytes()).walk("VEVENT") if isinstance(each, Event)]


def test_a_calendar_has_an_event_for_each_deadline_and_its_readings(tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    result = ran("deadlines", "-", "--at", "2031-05-12", "--ics", path, data=SLUICE)
    (event,) = events(path)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"wrote 1 deadline to {path}\n")
    assert str(event["summary"]) == "pay-keeper: Pay the keeper. (Lower)"
    assert (event.decoded("dtstart").isoformat(), event.decoded("dtend").isoformat()) == ("2031-05-19", "2031-05-20")
    assert event.decoded("dtstamp").isoformat() == "2031-05-12T00:00:00+00:00"
    assert "due in the reading of Lower" in str(event["description"])


def test_a_calendar_keeps_its_events_when_their_dates_move(tmp_path: Path) -> None:
    first, again, moved = (tmp_path / name for name in ("first.ics", "again.ics", "moved.ics"))
    act = "2031-05-11 Lower promises pay-keeper by 2031-05-15T12:00"
    for path, more in ((first, ()), (again, ()), (moved, ("--suppose", act))):
        ran("deadlines", "-", "--at", "2031-05-12", "--as", "Lower", "--ics", path, *more, data=SLUICE)
    (one,), (other,) = events(first), events(moved)

    assert first.read_bytes() == again.read_bytes()
    assert one["uid"] == other["uid"]
    assert "supposed: " in str(other["description"])
    assert "supposed: " not in str(one["description"])


def test_an_hour_is_an_hour_of_the_world_in_a_calendar(tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    data = SLUICE.replace("by 2031-04-20", "by 2031-04-20T12:00").replace(
        "2031-04-10 Upper claims 4 gates opened\n", ""
    )
    ran("deadlines", "-", "--at", "2031-04-15", "--as", "Lower", "--ics", path, data=data)

    assert events(path)[0].decoded("dtstart").isoformat() == "2031-04-20T10:00:00+00:00"


def test_a_calendar_overwrites_calendars_alone(tmp_path: Path) -> None:
    path = tmp_path / "case.pacta"
    path.write_text(SLUICE)
    result = ran("deadlines", path, "--ics", path)

    assert (result.exit_code, "is no calendar; nothing was written" in result.stderr) == (2, True)
    assert path.read_text() == SLUICE
    lost = ran("deadlines", path, "--ics", tmp_path / "no" / "due.ics")
    assert (lost.exit_code, "cannot be written" in lost.stderr) == (2, True)
    for _ in range(2):
        assert ran("deadlines", path, "--ics", tmp_path / "due.ics").exit_code == 0


# ── the residue ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_residue_is_taken_when_the_last_of_them_has_closed() -> None:
    found = answer("residue", data=CLOSED)

    assert found["view"]["at"] == "2031-06-02"
    assert [(each["source"], each["date"]) for each in found["closed"]] == [(None, "2031-06-02")]
    assert [(each["name"], each["open_in"]) for each in found["residue"]] == [("pay-keeper", ["Lower"])]


def test_what_is_proposed_is_left_over_whatever_its_kind() -> None:
    data = CLOSED + (
        "source draft dated 2031-04-02\n  by Lower\n  signed by Upper, Lower\n"
        "prohibition no-boats of Upper to Lower\n  under draft\n"
        "2031-04-03 Lower recognises no-boats\n"
    )
    found = answer("residue", data=data)

    assert ("no-boats", ["Lower"]) in [(each["name"], each["open_in"]) for each in found["residue"]]


def test_what_a_closing_names_is_compared_and_defines_nothing() -> None:
    leaving = {each["reading"]: each for each in answer("residue", data=CLOSED)["leaving"]}

    assert leaving["Lower"]["named"] == ["pay-keeper"]
    assert leaving["Lower"]["settled"] == ["open-gates", "no-dredging"]
    assert leaving["Upper"]["named"] == []
    unnamed = CLOSED.replace("leaving pay-keeper", "").replace("leaving open-gates, no-dredging", "leaving no-dredging")
    assert {e["reading"]: e["unnamed"] for e in answer("residue", data=unnamed)["leaving"]} == {
        "Upper": [], "Lower": ["pay-keeper"], "record": []
    }  # fmt: skip
    assert "open under what was closed, and not named: pay-keeper" in asked("residue", data=unnamed)


def test_a_closing_of_a_source_speaks_of_what_rests_on_it() -> None:
    data = SLUICE + "2031-06-01 Upper, Lower close accord leaving no-dredging\n"

    assert [each["unnamed"] for each in answer("residue", data=data)["leaving"]] == [[], [], []]
    assert "closed on 2031-06-01 by Upper, Lower: accord" in asked("residue", data=data)


def test_one_side_alone_closes_nothing() -> None:
    data = SLUICE + "2031-06-01 Upper closes leaving pay-keeper\n"

    shown = asked("residue", "--at", "2031-06-10", data=data)
    assert (
        "closed by Upper, not yet by Lower: the record\nNot all whom it takes have closed the record by then" in shown
    )
    assert answer("residue", "--at", "2031-06-10", data=data)["closed"] == []
    assert "not yet by Lower" in asked("residue", "--at", "2031-06-01", data=CLOSED)
    assert "Nobody has closed the record by then" in asked("residue", "--at", "2031-05-31", data=CLOSED)


def test_a_body_that_has_signed_has_to_close_too() -> None:
    data = SLUICE.replace("  by Upper, Lower\n", "  by Upper, Lower\n  signed by Upper, Lower, Gauge\n", 1)
    closed = "2031-06-01 Upper, Lower close accord leaving no-dredging\n"

    shown = asked("residue", "--at", "2031-06-10", data=data + closed)
    assert "closed by Upper, Lower, not yet by Gauge: accord" in shown
    assert "not yet" not in asked(
        "residue", "--at", "2031-06-10", data=f"{data}{closed}2031-06-02 Gauge closes accord\n"
    )


def test_what_is_open_in_one_reading_is_shown_in_all() -> None:
    assert re.search(
        r"pay-keeper +\(not owed\) +overdue since 2031-05-19 +\(not owed\)\n", asked("residue", data=CLOSED)
    )


# ── while it takes long ─────────────────────────────────────────────────────────────────────────────────────


def test_a_bar_shows_on_a_terminal_once_it_takes_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def shown(stream: io.StringIO, seconds: float) -> str:
        clock = itertools.count(0, seconds)
        monkeypatch.setattr("servanda.cli.progress.time.monotonic", lambda: next(clock))
        monkeypatch.setattr("sys.stderr", stream)
        assert with_progress(iter("abc"), 3, "asking") == ["a", "b", "c"]
        return stream.getvalue()

    assert "asking" in shown(Terminal(), 0.6)
    assert shown(Terminal(), 0.1) == ""
    assert shown(io.StringIO(), 0.6) == ""


def test_what_is_claimed_after_its_last_day_is_told_with_its_breach() -> None:
    view = ("--at", "2031-04-25", "--as", "Lower")
    late = SLUICE.replace("2031-04-10 Upper claims", "2031-04-22 Upper claims")

    assert "claimed, breached" in asked("status", *view, data=late)
    assert " ! 2031-04-20  5 days ago  open-gates" in asked("deadlines", *view, data=late)
    assert " ? 2031-04-20  5 days ago  open-gates" in asked("deadlines", *view)
