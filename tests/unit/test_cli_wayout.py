"""`servanda stuck`, `wayout` and `exposure`: what they print, their JSON, their options."""

from __future__ import annotations

import io
import json
import signal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from servanda.api.schemas import schema_of
from servanda.cli.wayout import progress, until
from unit.questions import CUBA, asked, ran

TABLE = ("--at", "1962-11-15", "--channel", "table")
GOAL = ("--goal", "lift-quarantine in USSR and remove-bombers in US")
MARK = "a plan, not in the record"


def shown(command: str, *arguments: str) -> str:
    result = ran(command, CUBA, *TABLE, *arguments)
    assert result.exit_code == 0, result.stderr
    return " ".join(result.stdout.split())


def answered(command: str, *arguments: str, schema: str | None = None) -> dict[str, Any]:
    result = ran(command, CUBA, *TABLE, *arguments, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    found: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(found, schema_of(schema or command))
    return found


def answered_with(command: tuple[str, ...], graph: Path) -> dict[str, Any]:
    """What a command answers as it draws."""
    name, *arguments = command
    result = ran(name, CUBA, *TABLE, *arguments, "--graph", str(graph), "--format", "json")
    assert (result.exit_code, result.stderr) == (0, f"wrote {graph}\n")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_contract_of_ways_out() -> None:
    found = answered("wayout", *GOAL)
    [first, second] = found["ways"]

    assert list(found) == [
        "schema_version", "view", "goals", "reached", "stuck", "ways", "choices", "frontier", "complete",
    ]  # fmt: skip
    assert list(found["stuck"]) == ["circles", "open_decisions"]
    assert list(first) == ["price", "concessions", "moves", "still_blocked", "cheapest_share"]
    assert list(first["concessions"][0]) == ["kind", "owner", "about", "text", "price", "span"]
    assert list(first["moves"][0]) == ["step", "actor", "text"]
    assert (first["price"], second["price"]) == (2, 3)
    assert found["complete"] is True
    assert 0.99 <= first["cheapest_share"] + second["cheapest_share"] <= 1.01


@pytest.mark.parametrize("command", ["stuck", "wayout"])
def test_what_is_shown_is_marked_as_no_record(command: str) -> None:
    assert MARK in shown(command, *GOAL)


def test_ways_are_told_as_choices_and_steps() -> None:
    words = shown("wayout", *GOAL)

    assert "one of: – USSR promises “Take the bombers out of Cuba”, with a date, without waiting for" in words
    assert "way 1: price 2" in words
    assert "burden: USSR 2" in words
    assert words.index("2. US: End the quarantine") < words.index("3. US: Counting and photographs")
    assert "exits may lie outside what was recorded" in words


def test_the_same_seed_gives_the_same_shares() -> None:
    goals = ("--goal", "no-invasion-declaration in USSR")

    assert answered("wayout", *goals, "--seed", "7") == answered("wayout", *goals, "--seed", "7")
    assert shown("wayout", *goals, "--seed", "7") != shown("wayout", *goals, "--seed", "8")


def test_prices_never_and_owners() -> None:
    exchange = answered("wayout", *GOAL, "--price", "promise=9")["ways"][0]
    dearer = answered("wayout", *GOAL, "--price", "USSR promises …=5")["ways"]
    as_shown = next(each["concessions"][0]["text"] for each in dearer if each["price"] == 5)
    copied = answered("wayout", *GOAL, "--price", f"{as_shown}=5")["ways"]
    without = answered("wayout", *GOAL, "--never", "exchange")["ways"]
    alone = answered("wayout", *GOAL, "--owner", "US")

    assert exchange["concessions"][0]["kind"] == "exchange"
    assert [way["price"] for way in dearer] == [3, 5]
    assert [way["price"] for way in copied] == [3, 5], "a concession is called as it is shown, too"
    assert len(without) == 1
    assert alone["ways"] == []
    assert "no concession that the text knows of" in shown("wayout", *GOAL, "--owner", "US")


def test_an_interruption_ends_the_search_and_a_second_one_the_command() -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        left = until(None)
        assert left() == float("inf")
        signal.raise_signal(signal.SIGINT)
        assert left() == 0.0
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


def test_out_of_time_the_best_so_far_is_given_with_what_is_not_known() -> None:
    other = ("--goal", "no-invasion-declaration in USSR")
    words = shown("wayout", *GOAL, *other, "--time", "0.000001")

    assert "the time was over: no way costs less than" in words or "no way was found in that time" in words
    assert "what else becomes possible was not looked at" in words
    assert "way 1: price" in words


def test_words_that_name_nothing_in_particular_are_a_slip() -> None:
    for words in ("", "…", " . "):
        result = ran("wayout", CUBA, *TABLE, *GOAL, "--never", words)

        assert result.exit_code == 2
        assert "no concession is called so" in result.stderr


def test_without_draws_there_are_no_shares() -> None:
    assert "random" not in shown("wayout", *GOAL, "--draws", "0")
    assert {way["cheapest_share"] for way in answered("wayout", *GOAL, "--draws", "0")["ways"]} == {None}


def test_where_not_all_can_be_reached_it_is_told_what_can() -> None:
    words = shown("wayout", *GOAL, "--goal", "safeguards in US", "--owner", "US")

    assert "no concession that the text knows of, and that is asked for, reaches the goal" in words
    assert "with 1 concession by US: safeguards in US" in words
    assert "with no concession that is asked for: lift-quarantine in USSR and remove-bombers in US" in words


def test_many_goals_are_told_each_by_itself() -> None:
    words = shown("wayout", "-k", "1")
    reached = [each["reached"] for each in answered("wayout", "-k", "1")["frontier"]]

    assert "with 1 concession by USSR, each by itself: remove-bombers; warheads-assurance" in words
    assert {len(each) for each in reached} == {1}


def test_all_ways_and_that_there_are_more() -> None:
    goal = ("--goal", "no-invasion-declaration in USSR and hemisphere-cooperation is promised", "--draws", "0")
    every, one = answered("wayout", *goal, "--all"), answered("wayout", *goal, "-k", "1")

    assert (every["complete"], one["complete"]) == (True, False)
    assert len(every["ways"]) > 10
    assert every["ways"][0] == one["ways"][0]
    assert "there are more ways: ask with a larger `-k`, or with `--all`" in shown("wayout", *goal, "-k", "1")


def test_ways_that_cost_the_same_are_told_together() -> None:
    result = ran("wayout", CUBA, "--at", "1962-11-15", *GOAL)

    assert "the first 2 ways cost the same, or nearly" in result.stdout


def test_a_search_that_takes_longer_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    now = iter([0.0, 0.5, 2.0])
    monkeypatch.setattr("servanda.cli.wayout.time.monotonic", lambda: next(now))
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    report = progress()
    assert report is not None
    report(2.0, 7.0)
    report(3.0, 5.0)

    assert terminal.getvalue().strip() == "best so far 5, at least 3"


def test_what_is_supposed_frees_the_goal() -> None:
    act = "1962-11-15 USSR promises remove-bombers by 1962-12-15"

    assert answered("wayout", *GOAL, "--suppose", act)["reached"] is True
    assert "needs no concession" in shown("wayout", *GOAL, "--suppose", act)


def test_rules_have_their_places() -> None:
    words = shown("wayout", *GOAL, "--rules")
    rules = answered("wayout", *GOAL, "--rules", schema="wayout --rules")["rules"]

    assert "protocol is signed, once (sources.pacta:" in words
    assert sum(rule["span"] is not None for rule in rules) > 0.8 * len(rules)


def test_stuck_tells_each_chain() -> None:
    found = answered("stuck")
    chains = {each["commitment"]: each["chain"] for each in found["blocked"]}

    assert chains["lift-quarantine"][-1] == "circle 1"
    assert chains["on-site-verification"][-1] == "Cuba consents to “Inspection on Cuban soil”"
    assert "protocol is signed → lift-quarantine is promised" in shown("stuck")


def test_the_graph_is_drawn(tmp_path: Path) -> None:
    for name in ("waits.svg", "waits.dot"):
        assert ran("stuck", CUBA, *TABLE, *GOAL, "--graph", str(tmp_path / name)).exit_code == 0
    drawn = ElementTree.parse(tmp_path / "waits.svg").getroot()
    words = " ".join("".join(drawn.itertext()).split())

    assert "End the quarantine" in words
    assert MARK in words
    assert len([each for each in drawn.iter() if "ring" in (each.get("class") or "")]) == 5  # the legend has one
    assert (tmp_path / "waits.dot").read_text("utf-8").startswith("digraph waits {")
    assert ran("stuck", CUBA, *TABLE, "--graph", str(tmp_path / "waits.png")).exit_code == 2


def test_the_frontier_is_drawn(tmp_path: Path) -> None:
    other = ("--goal", "no-invasion-declaration in USSR")
    name = tmp_path / "frontier.svg"
    found = answered_with(("wayout", *GOAL, *other, "-k", "1"), name)
    drawn = ElementTree.parse(name).getroot()
    boxes = [each for each in drawn.iter() if each.get("class") == "unit"]
    words = " ".join("".join(drawn.itertext()).split())

    assert len(boxes) == sum(each["concessions"] for each in found["frontier"]) > 0
    assert all(f"{each['concessions']}, by {', '.join(each['owners'])}" in words for each in found["frontier"])
    assert MARK in words


def test_exposure_is_drawn(tmp_path: Path) -> None:
    values, name = tmp_path / "values.toml", tmp_path / "exposure.svg"
    values.write_text(
        "[remove-bombers]\ncosts = 5\nworth = { US = 9 }\ntranches = 3\n[lift-quarantine]\ncosts = 6\n"
        "worth = { USSR = 8 }\ntranches = 2\n",
        "utf-8",
    )
    found = answered_with(("exposure", *GOAL, "--values", str(values)), name)
    drawn = ElementTree.parse(name).getroot()
    lines = [each.get("points") or "" for each in drawn.iter() if each.tag.endswith("polyline")]
    words = " ".join("".join(drawn.itertext()).split())

    assert [len(line.split()) for line in lines] == [1 + len(found["order"])] * 2  # Cuba neither gives nor gets
    for line, party in zip(lines, ("US", "USSR"), strict=True):
        heights = [float(point.split(",")[1]) for point in line.split()]
        amounts = [0.0, *(step["exposure"][party] for step in found["order"])]
        by_height = sorted(range(len(heights)), key=lambda at: (-heights[at], at))
        assert [amounts[at] for at in by_height] == pytest.approx(sorted(amounts))
    assert "USSR: at most 1.67 on the way, −3 at the end" in words
    assert "1. USSR: remove-bombers (1 of 3)" in words
    assert MARK in words


@pytest.mark.parametrize("command", ["wayout", "stuck"])
def test_a_drawing_that_cannot_be_written_is_told(command: str, tmp_path: Path) -> None:
    for name, words in (("plan.png", "ends in .svg"), ("nowhere/plan.svg", "No such file")):
        result = ran(command, CUBA, *TABLE, *GOAL, "--graph", str(tmp_path / name))

        assert result.exit_code == 2
        assert words in result.stderr


def test_exposure_asks_for_values_and_makes_none_up(tmp_path: Path) -> None:
    template, values = tmp_path / "template.toml", tmp_path / "values.toml"
    without = ran("exposure", CUBA, *TABLE, *GOAL)
    made = ran("exposure", CUBA, *TABLE, *GOAL, "--template", str(template))
    unfilled = ran("exposure", CUBA, *TABLE, *GOAL, "--values", str(template))
    values.write_text("[remove-bombers]\ncosts = 1\n", "utf-8")
    half = ran("exposure", CUBA, *TABLE, *GOAL, "--values", str(values))

    assert [each.exit_code for each in (without, made, unfilled, half)] == [2, 0, 2, 2]
    assert "`--template FILE` writes a file to fill in" in without.stderr
    assert "[lift-quarantine]" in template.read_text("utf-8")
    assert "`lift-quarantine` has no values, and none are made up" in half.stderr


def test_exposure_in_figures(tmp_path: Path) -> None:
    values = tmp_path / "values.toml"
    values.write_text(
        "[remove-bombers]\ncosts = 4\nworth = { US = 4 }\ntranches = 2\n[lift-quarantine]\ncosts = 4\n"
        "worth = { USSR = 4 }\ntranches = 2\n",
        "utf-8",
    )
    found = answered("exposure", *GOAL, "--values", str(values))

    assert max(found["largest"].values()) == 2
    assert found["final"] == {"US": 0, "USSR": 0, "Cuba": 0}
    assert MARK in shown("exposure", *GOAL, "--values", str(values))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--goal", "lift-quarantin"), "lift-quarantine"),
        (("--goal", "lift-quarantine is"), "state"),
        ((*GOAL, "--price", "promise"), "write WHAT=PRICE"),
        ((*GOAL, "--never", "nothing of the kind"), "no concession is called so"),
        ((*GOAL, "--owner", "UNO"), "did you mean `UN`?"),
    ],
)
def test_slips_in_what_is_asked_are_told(arguments: tuple[str, ...], words: str) -> None:
    result = ran("wayout", CUBA, *TABLE, *arguments)

    assert result.exit_code == 2
    assert words in result.stderr


def test_a_move_that_comes_too_early_in_the_standings_is_told(tmp_path: Path) -> None:
    """What is `at most` so much is frozen at the date: that the way itself makes it more, only the replay sees."""
    (tmp_path / "case.pacta").write_text(
        'case "Frozen"\nparty A "A"\nparty B "B"\nitem boats "Boats" counted repaired\n'
        'obligation x "Do x" of A to B\n  when y and at most 3 boats repaired\n'
        'obligation y "Do y" of B to A\n  done when 5 boats repaired\n'
        "2031-01-01 A recognises x\n2031-01-01 B recognises y\n2031-01-02 A, B claim 1 boats repaired\n",
        "utf-8",
    )
    both = ran("wayout", tmp_path, "--at", "2031-02-01", "--goal", "x").stdout
    alone = ran("wayout", tmp_path, "--at", "2031-02-01", "--goal", "y").stdout

    assert "by then what A waits for is not so in the standings: Do x" in " ".join(both.split())
    assert "B: Do y" in alone
    assert "supposed as acts" not in alone


SEEN_IN_TWO_READINGS = """case "Seen in two readings" timezone Etc/UTC
party Ada
party Bo
party Cy
body Watch
means look "A look" by Watch
source deal dated 2031-01-01
  by Ada, Bo, Cy
matter dug
obligation dig "Dig." of Ada to Bo, Cy
  under deal
  when Bo consents to look
  done when dug
  verified by look
obligation pay "Pay." of Cy to Ada
  under deal
  when dig
"""


@pytest.mark.parametrize("output", ["text", "json"])
def test_what_is_seen_once_and_counts_in_two_readings_is_told_once(output: str) -> None:
    told = asked(
        "wayout", "--at", "2031-01-05", "--goal", "dig in Bo and pay in Ada", "-k", "1", "--format", output,
        data=SEEN_IN_TWO_READINGS,
    )  # fmt: skip

    assert told.count("A look, of “Dig”") == 1


def test_a_way_that_brings_about_an_exception_takes_a_concession_more(tmp_path: Path) -> None:
    (tmp_path / "case.pacta").write_text(
        'case "Frozen"\nparty A "A"\nparty B "B"\n'
        'obligation x "Do x" of A to B\n  when y unless z\n'
        'obligation y "Do y" of B to A\nobligation z "Do z" of B to A\n'
        "2031-01-01 A recognises x\n2031-01-01 B recognises y\n2031-01-01 B recognises z\n",
        "utf-8",
    )
    both = ran("wayout", tmp_path, "--at", "2031-02-01", "--goal", "x and z").stdout
    alone = ran("wayout", tmp_path, "--at", "2031-02-01", "--goal", "x").stdout
    stuck = ran("stuck", tmp_path, "--at", "2031-02-01", "--goal", "x and z").stdout

    assert "way 1: price 1" in both
    assert "A does “Do x” without waiting for y unless z" in " ".join(both.split())
    assert "the goal needs no concession" in alone
    assert "supposed as acts" not in both + alone
    assert "it is not so that z" in stuck
    assert "it is not so that z, as at the date" in ran("wayout", tmp_path, "--rules", "--at", "2031-02-01").stdout


def test_what_a_series_adds_by_the_end_of_a_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "case.pacta").write_text(
        'case "Series"\nparty A "A"\nparty B "B"\nmatter rain "It has rained"\n'
        'source accord "The accord"\n  dated 2033-01-01\n  by A\n  signed by A, B\n'
        'obligation x "Do x" of A to B\n  under accord\n  for each 3 years of rain\n'
        "2029-06-01 A, B claim rain\n2029-07-01 A, B propose accord\n",
        "utf-8",
    )
    late = ran("wayout", tmp_path, "--at", "2030-01-01", "--goal", "x").stdout

    assert "by then there is x[2] as well" in late
    assert "supposed as acts" not in late


def test_what_is_ruled_out_is_told_from_what_is_out_of_reach() -> None:
    ruled_out = shown("wayout", *GOAL, "--owner", "OAS")
    out_of_reach = shown("wayout", "--goal", "un-arrangements")

    assert "there is a way with nothing out of the question" in ruled_out
    assert "there is a way" not in out_of_reach
    assert "in nobody's hands" in out_of_reach


def test_a_template_is_not_written_over_and_is_of_something(tmp_path: Path) -> None:
    values = tmp_path / "values.toml"
    values.write_text("[remove-bombers]\ncosts = 4\n", "utf-8")
    kept = ran("exposure", CUBA, *TABLE, *GOAL, "--template", str(values))
    done = ran("exposure", CUBA, "--at", "1962-12-31", *GOAL, "--template", str(tmp_path / "new.toml"))

    assert (kept.exit_code, done.exit_code) == (2, 2)
    assert "it is there already" in kept.stderr
    assert "nothing is left to be done" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["values.toml"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("costs = \n", "a number belongs behind each `=`"),
        ("costs = nan\n", "is a number, not less than 0"),
        ("costs = inf\n", "is a number, not less than 0"),
        ("costs = 1\nworth = 3\n", "is a table, such as { US = 2 }"),
    ],
)
def test_values_that_are_none_are_told(more: str, words: str, tmp_path: Path) -> None:
    values = tmp_path / "values.toml"
    values.write_text(f"[lift-quarantine]\n{more}\n[remove-bombers]\ncosts = 4\n", "utf-8")
    result = ran("exposure", CUBA, *TABLE, *GOAL, "--values", str(values))

    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


def test_circles_keep_to_a_narrow_terminal() -> None:
    shown = ran("stuck", CUBA, "--at", "1962-11-15", "--channel", "table", columns=40).stdout

    assert "circle 1: each waits for the next, the\n   last for the first\n" in shown
