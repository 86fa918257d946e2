"""The page for review in a real Chromium, without a server: by keys alone, from the first doubt to what is saved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from reading.memo import Memo
from reading.noise import damaged
from servanda.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Page

TRUTH = damaged(Memo("weir", 1), 1)


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    """A page for review of a damaged memorandum."""
    (tmp_path / "weir-talks.txt").write_text(TRUTH.text, "utf-8")
    target = tmp_path / "weir-talks.json"
    people = "Hollander:Tarsk, Orbanescu:Vell"
    for words in (["ingest", str(tmp_path / "weir-talks.txt"), "--participants", people, "-o", str(target)],
                  ["review", str(target)]):  # fmt: skip
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
    return target.with_suffix(".html")


def saved(page: Page, key: str, at: Path) -> str:
    with page.expect_download() as download:
        page.keyboard.press(key)
    download.value.save_as(at)
    return at.read_text("utf-8")


def test_by_keys_alone_statements_are_accepted_dropped_and_saved(page: Page, reviewed: Path, tmp_path: Path) -> None:
    before: dict[str, Any] = json.loads(reviewed.with_suffix(".json").read_text("utf-8"))
    page.goto(reviewed.as_uri())
    count = len(before["statements"])
    expect(page.locator("header")).to_contain_text(f"0 statements accepted, {count} undecided")

    decided = 0
    for _ in range(200):  # down the page: the first statement is accepted, the second dropped
        page.keyboard.press("j")
        page.keyboard.press("ad"[decided])
        if f"{count - decided} undecided" not in page.locator("header").inner_text():
            decided += 1
        if decided == 2:
            break
    expect(page.locator("header")).to_contain_text(f"1 statement accepted, {count - 2} undecided")

    after = json.loads(saved(page, "s", tmp_path / "after.json"))
    assert [each["review"] for each in after["statements"] if each["review"]] == ["accepted", "dropped"]
    assert after["lines"] == before["lines"], "nothing else has changed"
    draft = saved(page, "p", tmp_path / "after.pacta")
    accepted = next(each for each in after["statements"] if each["review"] == "accepted")
    assert accepted["suggests"][0].splitlines()[0] in draft
    assert draft.count("  cites ") == 1, "what is not accepted is no act"


def test_who_speaks_is_put_right_by_a_figure_and_doubts_are_gone_to(page: Page, reviewed: Path, tmp_path: Path) -> None:
    page.goto(reviewed.as_uri())
    before = json.loads(reviewed.with_suffix(".json").read_text("utf-8"))
    row = page.locator("section:focus")
    speaker = row.get_by_role("combobox", name="speaker")
    for _ in range(10):  # to the first doubt about what somebody says; some are about what kind of line it is
        page.keyboard.press("n")
        expect(row).to_have_class("doubt")
        if speaker.count():
            break
    number = int(row.locator("i").first.inner_text())
    speakers = speaker.locator("option").all_text_contents()
    for figure in (1, 2):
        page.keyboard.press(str(figure))
        after = json.loads(saved(page, "s", tmp_path / f"{figure}.json"))
        line = after["lines"][number - 1]
        assert (line["speaker"], line["confidence"]) == (speakers[figure - 1], 1)
    assert before["lines"][number - 1]["confidence"] < 1
    expect(row).not_to_have_class("doubt")
