"""Pages as files: they open from a disk, lead to one another and nowhere else, and say what the library answers."""

from __future__ import annotations

import json
import os
import re
import shutil
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect
from starlette.testclient import TestClient

import servanda
from servanda.cli import main
from servanda.workbench.export import FileLinks, Names, Target
from web.conftest import CUBA
from web.hostile import hostile_case, unescaped
from web.test_standing_page import cells

if TYPE_CHECKING:
    from playwright.sync_api import Page

DAYS = ("1962-11-19", "1962-11-20")
SMALL = 'case "A case"\nparty A\nparty B\nA trusts B\n'


def ran(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def cuba(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days of the case of Cuba, as files."""
    folder = tmp_path_factory.mktemp("export") / "cuba"
    result = ran(folder, CUBA, "--from", DAYS[0], "--to", DAYS[-1])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    result = ran(folder / "out", hostile_case(folder / "case"))
    assert result.exit_code == 0, result.output
    return folder / "out"


class Seen(HTMLParser):
    """What a page names: addresses, places on it, and everything that would run or ask."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.places: set[str] = set()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self.addresses += [value for name, value in attrs if name in ("href", "src", "action", "data-why") and value]
        if given.get("id"):
            self.places.add(given["id"] or "")


@cache
def pages(folder: Path) -> list[tuple[Path, Seen]]:
    return [(file, seen_in(file)) for file in sorted(folder.rglob("*.html"))]


def seen_in(file: Path) -> Seen:
    seen = Seen()
    seen.feed(file.read_text("utf-8"))
    return seen


@pytest.mark.parametrize("which", [pytest.param("cuba", marks=pytest.mark.long), "hostile"])
def test_every_address_leads_to_a_file_of_the_export(which: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(which)
    there = {str(path) for path in folder.rglob("*") if path.is_file()}
    found = 0
    for file, seen in pages(folder):
        for address in set(seen.addresses):
            parts = urlsplit(address)
            assert (parts.scheme, parts.netloc, parts.query) == ("", "", ""), f"{file}: {address}"
            assert not parts.path.startswith("/"), f"{file}: {address}"
            assert os.path.normpath(file.parent / (unquote(parts.path) or file.name)) in there, f"{file}: {address}"
            found += 1
    assert found > 50
    for sheet in folder.rglob("*.css"):
        for path in re.findall(r"url\(([^)]+)\)", sheet.read_text("utf-8")):
            assert path.startswith(("data:", "#")) or (sheet.parent / path.strip("\"'")).is_file(), path


@pytest.mark.parametrize("which", ["cuba", "hostile"])
def test_nothing_in_the_pages_needs_a_server(which: str, request: pytest.FixtureRequest) -> None:
    for file, seen in pages(request.getfixturevalue(which)):
        for tag, has in seen.tags:
            assert not any(name.startswith(("data-hx", "hx-", "on")) for name in has), file
            assert tag != "form" or has.get("method") == "dialog", file
            if tag == "script":
                assert has.get("src", "").endswith("workbench.js"), file  # type: ignore[union-attr]
                assert "type" not in has, file
            assert tag not in ("iframe", "object", "embed", "base"), file


def test_the_list_of_keys_names_no_key_that_needs_a_server(cuba: Path, client: TestClient) -> None:
    def keys(html: str) -> set[str]:
        return set(re.findall(r"<dd>([^<]+)</dd>", html.partition('id="keys"')[2]))

    there = keys((cuba / DAYS[0] / "standing.html").read_text("utf-8"))
    assert there == {"previous, next day with an act", "next, previous row or act", "copy the address of this view",
                     "this list; close"}  # fmt: skip
    assert there < keys(client.get("/cuba-1962/standing").text)


def test_words_of_a_case_stay_words(hostile: Path) -> None:
    shown = 0
    for file, seen in pages(hostile):
        text = file.read_text("utf-8")
        assert [each for each in unescaped(text) if each != "<script>"] == [], file
        assert sum(tag == "script" for tag, _ in seen.tags) <= 1, file
        shown += text.count("&lt;script&gt;alert(")
    assert shown > 100


@pytest.mark.parametrize("day", DAYS)
def test_a_page_says_what_the_library_answers(cuba: Path, case: servanda.Case, day: str) -> None:
    html = (cuba / day / "standing.html").read_text("utf-8")
    inventory = case.status(day)

    assert len(inventory) > 15
    for row in inventory:
        assert cells(html, row.label) == {reading: each.status for reading, each in row.standings.items()}, row.label
        why = unescape((cuba / day / "commitment" / f"{row.label}.html").read_text("utf-8"))
        for reason in case.why(row.label, at=day, reading="USSR").because.because:
            assert reason.text in why


def test_the_way_out_leads_to_the_ways_to_each_commitment_and_asks_for_nothing(cuba: Path, case: servanda.Case) -> None:
    html = (cuba / DAYS[0] / "wayout.html").read_text("utf-8")
    assert "Name a goal" not in html
    assert 'href="#frontier"' in html
    files = re.findall(r'href="wayout/([^"]+)\.html"', html.partition('id="frontier"')[2])
    goals = [each.replace("_20", " ") for each in files]
    assert len(set(goals)) == len(goals) > 10

    for goal, file in zip(goals, files, strict=True):
        page = (cuba / DAYS[0] / "wayout" / f"{file}.html").read_text("utf-8")
        found = case.ways_out(goal, at=DAYS[0])
        assert len(re.findall(r'id="way-\d+"', page)) == len(found.ways) > 0
        assert f"<code>{goal}</code>" in page
        assert 'href="../wayout.html">all that waits' in page
        assert "Give values" not in page
        later = f'href="../../{DAYS[1]}/wayout/{file}.html"'
        assert later in page, "the next day has the same goal"


def test_the_export_says_what_is_in_it(cuba: Path) -> None:
    told = json.loads((cuba / "servanda-export.json").read_text())
    files = {path.relative_to(cuba).as_posix() for path in cuba.rglob("*") if path.is_file()}

    assert told["days"] == list(DAYS)
    assert {*told["files"], "servanda-export.json"} == files
    assert len(told["files"]) == len(set(told["files"]))
    assert not files & {"static/editor.js", "static/htmx.js"}
    assert f"Record <code>{told['record'][:10]}</code>" in (cuba / "index.html").read_text("utf-8")


def test_it_says_how_many_pages_it_wrote(tmp_path: Path, small: Path) -> None:
    result = ran(tmp_path / "out", small)
    written = list((tmp_path / "out").rglob("*"))

    count = sum(path.suffix == ".html" for path in written)
    size = sum(path.stat().st_size for path in written if path.is_file())
    assert f"wrote {count} pages for 1 day, {size / 1e6:.1f} MB" in result.stdout
    assert str(tmp_path / "out" / "index.html") in result.stdout


# ── where it is written, and where not ──────────────────────────────────────────────────────────────────────


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "case").mkdir()
    (tmp_path / "case/case.pacta").write_text(SMALL + '2031-01-01 A states "Yes."\n')
    return tmp_path / "case"


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, small: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "own.txt").write_text("mine")

    result = ran(out, small)
    assert (result.exit_code, "nothing was written" in result.stderr) == (2, True)
    assert [path.name for path in out.iterdir()] == ["own.txt"]

    assert ran(out, small, "--force").exit_code == 0
    assert (out / "own.txt").read_text() == "mine"
    assert (out / "2031-01-01/standing.html").is_file()
    (small / "case.pacta").write_text(SMALL + '2031-01-02 A states "No."\n')
    assert ran(out, small, "--force").exit_code == 0
    assert not (out / "2031-01-01/standing.html").exists()
    assert (out / "2031-01-02/standing.html").is_file()
    assert (out / "own.txt").read_text() == "mine"


def test_an_earlier_export_takes_away_nothing_that_is_not_its_own(tmp_path: Path, small: Path) -> None:
    out, outside = tmp_path / "out", tmp_path / "precious.txt"
    outside.write_text("precious")
    ran(out, small)
    told = json.loads((out / "servanda-export.json").read_text())
    told["files"] += ["../precious.txt", str(outside), "static/../../precious.txt", "linked/precious.txt", "link.html"]
    (out / "linked").symlink_to(tmp_path)
    (out / "link.html").symlink_to(outside)
    (out / "servanda-export.json").write_text(json.dumps(told))

    assert ran(out, small, "--force").exit_code == 0
    assert outside.read_text() == "precious"


def test_nothing_is_written_through_a_link(tmp_path: Path, small: Path) -> None:
    out, outside = tmp_path / "out", tmp_path / "precious.txt"
    outside.write_text("precious")
    out.mkdir()
    (out / "index.html").symlink_to(outside)

    assert ran(out, small, "--force").exit_code == 0
    assert outside.read_text() == "precious"
    assert "A case" in (out / "index.html").read_text()


def test_what_cannot_be_exported_says_why(tmp_path: Path, small: Path) -> None:
    out = tmp_path / "out"
    for more, says in (
        ((small / "nowhere",), "no file or folder"),
        ((small, "--from", "2031-02-01", "--to", "2031-01-01"), "lies after"),
        ((small, "--from", "soon"), "--from soon"),
        ((CUBA, "--most", "100"), "--from"),
    ):
        result = ran(out, *more)
        assert (result.exit_code, says in result.stderr) == (2, True), result.output
    assert "case itself" in ran(small, small, "--force").stderr
    swapped = ran(small, tmp_path / "pages")
    assert (swapped.exit_code, (tmp_path / "pages").exists()) == (2, False)
    assert "name the folder to write first, and the case behind it" in " ".join(swapped.stderr.split())
    (small / "case.pacta").write_text('case "A case"\nparty A\nA trusts Nobody\n')
    result = ran(out, small)
    assert (result.exit_code, "unknown-name" in result.stderr) == (1, True)
    assert not out.exists()


def test_a_case_without_acts_has_one_day(tmp_path: Path) -> None:
    (tmp_path / "case.pacta").write_text(SMALL)
    assert ran(tmp_path / "out", tmp_path, "--to", "2031-05-01").exit_code == 0
    assert (tmp_path / "out/2031-05-01/standing.html").is_file()


# ── names of files ──────────────────────────────────────────────────────────────────────────────────────────

keys = st.text(max_size=40) | st.sampled_from(["con", "CON.pacta", "a/b", "..", "a\\b", "x" * 300, "ä", "Ä", "", "."])


@given(st.lists(st.tuples(keys, st.sampled_from(["", "2", "../3"])), min_size=1, max_size=12, unique=True))
def test_every_page_has_a_file_of_its_own_on_any_disk(found: list[tuple[str, str]]) -> None:
    names = Names()
    targets = [Target("file", key, None, part) for key, part in found]
    paths = [names.of(each) for each in targets]

    assert [names.of(each) for each in targets] == paths
    assert len({path.casefold() for path in paths}) == len(set(targets))
    for path in paths:
        folder, name = path.split("/")
        assert folder == "file"
        assert re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*\.html", name), name
        assert len(name) < 250
        assert name.partition(".")[0].lower() not in ("con", "nul", "aux", "prn", "com1")


def test_what_has_no_file_is_no_link() -> None:
    wanted: list[Target] = []
    days = ("2031-01-01", "2031-01-02")
    links = FileLinks("2031-01-02/commitment/x.html", days[1], Names(), days, wanted.append)

    assert links.page("standing", to="a b") == "../standing.html#a%20b"
    assert links.page("standing", at="2031-01-01") == "../../2031-01-01/standing.html"
    assert links.page("standing", page="2") == "../standing~part2.html"
    assert links.page("standing", page="1", filter=None) == "../standing.html"
    assert links.page("commitment", "x[1]") == "x_5b1_5d.html"
    assert links.page("file", "record/a.pacta", to="L3") == "../../file/record_2fa.pacta.html#L3"
    assert links.page("wayout", goal=["x"]) == "../wayout/x.html"
    assert links.page("wayout", goal="x", at="2031-01-01") == "../../2031-01-01/wayout/x.html"
    assert links.page("wayout", goal=None) == "../wayout.html"
    assert links.static("servanda.css") == "../../static/servanda.css"
    assert wanted == [
        Target("standing", None, "2031-01-02"), Target("standing", None, "2031-01-01"),
        Target("standing", None, "2031-01-02", "2"), Target("standing", None, "2031-01-02"),
        Target("commitment", "x[1]", "2031-01-02"), Target("file", "record/a.pacta", None),
        Target("wayout", "x", "2031-01-02"), Target("wayout", "x", "2031-01-01"), Target("wayout", None, "2031-01-02"),
    ]  # fmt: skip
    nowhere = {
        links.page("standing", at="2031-01-03"), links.page("standing", filter="owed:A"), links.page("help"),
        links.page("no-such-page"), links.page("standing", suppose=["2031-01-02 A states x"]), links.page("commitment"),
        links.page("wayout", goal=["x", "y"]), links.page("wayout", goal="x", never=["promise"]),
    }  # fmt: skip
    assert nowhere == {"about:nothing"}


# ── in a browser, from the disk ─────────────────────────────────────────────────────────────────────────────


def test_the_quarantine_is_lifted_before_the_readers_eyes(cuba: Path, page: Page, tmp_path: Path) -> None:
    moved = tmp_path / "on a stick"  # it opens wherever it lies
    shutil.copytree(cuba, moved)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{moved.as_uri()}/index.html")
    page.get_by_role("link", name="19 Nov 1962").click()

    lifted = page.locator("#lift-quarantine td.reading[data-reading=US] .chip")
    expect(page.locator("h1")).to_have_text("What each side owes")
    expect(lifted).to_have_text("dormant", use_inner_text=True)
    page.get_by_role("link", name="Next day with an act").click()
    page.wait_for_url("**/1962-11-20/standing.html")
    expect(lifted).to_have_text("fulfilled", use_inner_text=True)
    page.keyboard.press("[")
    page.wait_for_url("**/1962-11-19/standing.html")
    page.keyboard.press("[")  # the day before is not among those that were asked for
    assert page.url.endswith("/1962-11-19/standing.html")
    page.keyboard.press("]")
    page.wait_for_url("**/1962-11-20/standing.html")
    page.locator("summary", has_text="Other days").click()
    page.locator(".days a", has_text="19 Nov 1962").click()
    page.wait_for_url("**/1962-11-19/standing.html")

    page.locator("#lift-quarantine a.what").click()
    expect(page.locator("main")).to_contain_text("to be completed within thirty days")
    page.locator("main a.place", has_text="1962-11.pacta").first.click()
    page.wait_for_url("**/file/record_2f1962-11.pacta.html#L*")
    page.go_back()
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/1962-11-19/problems.html")

    assert asked
    assert [each for each in asked if not each.startswith(moved.as_uri())] == []


@pytest.mark.long
def test_a_long_inventory_goes_on_in_further_files(tmp_path: Path) -> None:
    owed = "".join(f'obligation x{n} "Do it {n}." of A to B\n' for n in range(205))
    names = ", ".join(f"x{n}" for n in range(205))
    (tmp_path / "case.pacta").write_text(f"{SMALL}2031-01-01 A promises {names}\n{owed}")
    assert ran(tmp_path / "out", tmp_path).exit_code == 0

    day = tmp_path / "out/2031-01-01"
    first, second = ((day / name).read_text() for name in ("standing.html", "standing~part2.html"))
    assert (first.count('<tr class="row'), second.count('<tr class="row')) == (200, 5)
    assert 'href="standing~part2.html"' in first
    assert 'href="standing.html"' in second


@pytest.mark.long
def test_the_whole_case_as_files(tmp_path: Path) -> None:
    result = ran(tmp_path / "out", CUBA)
    assert result.exit_code == 0
    count = 0
    for file in (tmp_path / "out").rglob("*.html"):
        count += 1
        for address in seen_in(file).addresses:
            path = unquote(urlsplit(address).path)
            assert not path or (file.parent / path).is_file(), f"{file}: {address}"
    assert count > 1000
    assert sum(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file()) < 100e6
