"""Deadlines: what the page and its calendar have is what the library answers."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

import servanda
from servanda.cli.main import main
from servanda.standing.deadlines import deadlines, undated

from .conftest import CUBA, ROOT, client_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = "/cuba-1962/deadlines"


def lines(html: str) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """The deadlines of a page: by day and commitment, the statuses with their readings."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for day, part in re.findall(r'<h3 id="due-([\d-]+)">(.*?)</section>', html, re.DOTALL):
        for label, row in re.findall(r'<li class="row" id="([^"]+)">(.*?)</li>', part, re.DOTALL):
            statuses = re.findall(r'<dt><span class="chip [a-z]+">.*?</svg>([a-z ]+)</span>.*?<dd>(.*?)</dd>', row)
            found[f"{day} {label}"] = [
                (status, frozenset(re.findall(r"</svg>(?:<a [^>]*>)?([^<]+)", names))) for status, names in statuses
            ]
    return found


@pytest.mark.parametrize("name", ["cuba-1962", "company-sale", "ceasefire-exchange"])
def test_each_deadline_stands_at_its_day_with_its_readings(name: str) -> None:
    case = servanda.load(ROOT / "examples" / name).sound()
    client = client_of(ROOT / "examples" / name)
    days = sorted({act.dating.latest.day for act in case.acts if act.dating})
    overdue = 0
    for day in days[:: max(1, len(days) // 6)]:
        html = unescape(client.get(f"/{name}/deadlines?at={day}").text)
        rows = case.status(day).rows
        running = deadlines(rows)
        expected: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for each in running:
            said: dict[tuple[str, bool], set[str]] = {}
            for reading, standing in each.standings.items():
                whose = "the record" if reading == "record" else reading
                said.setdefault((standing.status, standing.late_unknown), set()).add(whose)
            expected[f"{each.latest.date()} {'begin-' if each.to_begin else ''}{each.row.label}"] = [
                (status, frozenset(readings)) for (status, _), readings in said.items()
            ]
        assert lines(html) == expected, day
        overdue += sum(each.overdue for each in running)
        assert all(row.label in html.partition("Without a date so far")[2] for row, *_ in undated(rows))
        assert ('<h2 class="part">Passed' in html) is any(each.overdue or each.latest.date() < day for each in running)
    assert overdue or name == "cuba-1962"


def test_it_says_how_far_away_each_is_and_leaves_out_what_is_asked(client: TestClient) -> None:
    html = client.get(HERE, params={"at": "1962-11-30"}).text
    assert "2 deadlines as of 30 Nov 1962. The next is remove-bombers, in 20 days." in html
    assert "in 117 days" in html
    only = client.get(HERE, params={"at": "1962-11-30", "filter": "owed:us"}).text
    assert list(lines(only)) == ["1963-03-27 turkey"]
    none = client.get(HERE, params={"at": "1962-11-30", "filter": "owed:cuba"}).text
    assert "No deadline runs on 30 Nov 1962 for" in none
    assert "2 deadlines without the filter" in none
    early = client.get(HERE, params={"at": "1962-10-25"}).text
    assert "No deadline runs on 25 Oct 1962" in early
    wrong = client.get(HERE, params={"filter": "<script>alert(1)</script>:("})
    assert wrong.status_code == 400
    assert "<script>alert" not in wrong.text


def test_the_calendar_is_that_of_the_command(client: TestClient, tmp_path: Path) -> None:
    from click.testing import CliRunner

    written = tmp_path / "deadlines.ics"
    done = CliRunner().invoke(main, ["deadlines", str(CUBA), "--at", "1962-11-30", "--ics", str(written)])
    assert done.exit_code == 0, done.output
    answer = client.get(f"{HERE}/deadlines.ics", params={"at": "1962-11-30"})
    assert answer.headers["content-type"].startswith("text/calendar")
    assert 'filename="cuba-1962-deadlines.ics"' in answer.headers["content-disposition"]
    assert answer.content == written.read_bytes()
    only = client.get(f"{HERE}/deadlines.ics", params={"at": "1962-11-30", "filter": "owed:us"})
    assert only.text.count("BEGIN:VEVENT") == 1
    assert client.get(f"{HERE}/deadlines.ics", params={"at": "never"}).status_code == 400


def test_in_a_browser_the_date_slides_over_a_deadline(page: Page, served: str) -> None:
    page.goto(f"{served}/deadlines?at=1962-11-20")
    expect(page.locator(".due-lines > li")).to_have_count(2)
    page.keyboard.press("j")
    expect(page.locator(".due-lines > li.at")).to_have_id("remove-bombers")
    page.fill("#at", "1962-12-06")
    page.press("#at", "Enter")
    page.wait_for_selector("text=in 111 days")
    expect(page.locator(".due-lines > li")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="As a calendar (.ics)").click()
    assert download.value.suggested_filename == "cuba-1962-deadlines.ics"


def test_readings_stand_in_the_order_of_the_parties(port: TestClient) -> None:
    html = port.get("/port/deadlines?at=2025-02-01").text
    assert "passed unfulfilled in the readings of North, South and Coast and the record." in html
    assert "2 deadlines as of 1 Feb 2025" in html
