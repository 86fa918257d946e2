"""`servanda compare`: two cases, or two revisions of one; for people, for programs, and as a page."""

import json
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from servanda.api.schemas import schema_of
from unit.questions import SLUICE, ran


@pytest.fixture
def drafts(tmp_path: Path) -> tuple[Path, Path]:
    """The sluice, and a draft in which the promise names another day and `&` stands in a title."""
    found = []
    for name, text in {
        "before": SLUICE,
        "after": SLUICE.replace("by 2031-04-20", "by 2031-04-11").replace(
            '"Pay the keeper."', '"Pay the keeper & co."'
        ),
    }.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "case.pacta").write_text(text, "utf-8")
        found.append(folder)
    return found[0], found[1]


def test_two_drafts_in_words_and_in_consequences(drafts: tuple[Path, Path]) -> None:
    shown = ran("compare", *drafts).stdout

    assert "3 differences in words" in shown
    assert "obligation pay-keeper, title\n      − Pay the keeper.\n      + Pay the keeper & co." in shown
    assert "2031-04-01 Upper promises open-gates by 2031-04-11\n      only after" in shown
    assert "open-gates · Upper, Lower, record · since 2031-04-01\n      2031-04-20 → 2031-04-11" in shown
    assert "open-gates · Lower, record · 2031-04-12 to" in shown


def test_programs_get_the_same(drafts: tuple[Path, Path]) -> None:
    found = json.loads(ran("compare", *drafts, "--as", "Lower", "--to", "2031-04-30", "--format", "json").stdout)

    jsonschema.validate(found, schema_of("compare"))
    assert (found["readings"], found["end"]) == (["Lower"], "2031-04-30")
    assert found["deadlines"][0] == {
        "commitment": "open-gates",
        "readings": ["Lower"],
        "before": "2031-04-20",
        "after": "2031-04-11",
        "since": "2031-04-01",
    }


class Tags(HTMLParser):
    """What is open on a page, and the words in it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_is_whole(drafts: tuple[Path, Path], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    ran("compare", *drafts, "--html", page)

    text = page.read_text("utf-8")
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    assert "Pay the keeper & co." in tags.words
    assert "<ins>Pay the keeper &amp; co.</ins>" in text
    assert "http" not in text


def test_what_says_the_same_is_said_to(drafts: tuple[Path, Path]) -> None:
    assert ran("compare", drafts[0], drafts[0]).stdout.endswith("the two say the same\n")


def test_what_changes_words_alone_is_said_to(drafts: tuple[Path, Path]) -> None:
    (drafts[1] / "case.pacta").write_text(SLUICE.replace("Pay the keeper.", "Pay him."), "utf-8")

    assert "no consequence in the readings of Upper, Lower, record" in ran("compare", *drafts).stdout


def test_a_case_is_compared_with_what_it_was(drafts: tuple[Path, Path]) -> None:
    before, after = drafts
    git = ["git", "-C", str(before.parent), "-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "before"], check=True)
    subprocess.run([*git, "commit", "-qm", "first"], check=True)
    (before / "case.pacta").write_text((after / "case.pacta").read_text("utf-8"), "utf-8")

    shown = ran("compare", before, "--rev", "HEAD").stdout
    assert "before at HEAD → " in shown.replace("\n", " ")
    assert "2031-04-20 → 2031-04-11" in shown
    subprocess.run([*git, "commit", "-qam", "second"], check=True)
    assert "2031-04-20 → 2031-04-11" in ran("compare", before / "case.pacta", "--rev", "HEAD~1", "--rev", "HEAD").stdout
    assert "not a valid object name" in ran("compare", before, "--rev", "nowhere").stderr


@pytest.mark.parametrize("arguments", [[], ["one"], ["one", "two", "--rev", "HEAD"]])
def test_any_other_number_of_drafts_than_two_is_a_slip(arguments: list[str]) -> None:
    result = ran("compare", *arguments)

    assert result.exit_code == 2
    assert "name two cases" in result.stderr
