"""The record: all acts, filtered, sorted and paged as the library has them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

import servanda
from servanda.standing.chronicle import acts_in_view, placed
from servanda.workbench.wording import words_after_date

from .conftest import client_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = "/cuba-1962/record"


def shown(html: str) -> list[int]:
    return [int(each) for each in re.findall(r'<tr class="row[^"]*" id="act-(\d+)"', html)]


def test_all_acts_stand_in_the_order_of_time_and_those_outside_are_marked(
    client: TestClient, case: servanda.Case
) -> None:
    html = client.get(HERE, params={"at": "1962-11-15", "channel": "table"}).text
    numbers = {id(act): number for number, act in enumerate(case.acts, 1)}
    assert shown(html) == [numbers[id(each.act)] for each in placed(case, case.acts)]
    at = servanda.api.dates.single("1962-11-15")
    seen = {id(each) for each in acts_in_view(case, case.acts, (*case.parties, "record"), at, frozenset(["table"]))}
    assert 0 < len(seen) < len(case.acts)
    for number in shown(html):
        act = case.acts[number - 1]
        row = unescape(html.partition(f'id="act-{number}"')[2].partition("</tr>")[0])
        assert words_after_date(act) in row
        assert ("pill" in row) is (id(act) not in seen), act
        assert all(each.quote.value in row for each in act.citations if each.quote)
        assert f"act={number}" in row
    assert f"{len(case.acts)} acts: {len(seen)} in view on 15 Nov 1962" in html


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("party:ussr", lambda case, act: any(case.party_of(ref.name) == "USSR" for ref in act.actors)),
        ("verb:holds not party:ussr", lambda case, act: act.verb == "holds"
         and all(ref.name != "USSR" for ref in act.actors)),
        ("source:memo-15 channel:public", lambda case, act: not act.channels and any(
            each.source.name == "memo-15" for each in act.citations)),
        ("quote:unchecked", lambda case, act: any(each.quote for each in act.citations)),
        ("quote:none", lambda case, act: not any(each.quote for each in act.citations)),
        ("name:remove-bombers verb:offers", lambda case, act: act.verb == "offers"
         and act.objects[0].name == "remove-bombers"),
        ("view:after", lambda case, act: str(act.dating.latest.day) > "1962-11-15"),
        ("inspection", lambda case, act: "inspection" in words_after_date(act).lower()
         or any("inspection" in each.quote.value.lower() for each in act.citations if each.quote)
         or (act.note and "inspection" in act.note.value.lower())),
    ],
)  # fmt: skip
def test_a_filter_leaves_what_fits(client: TestClient, case: servanda.Case, words: str, fits: object) -> None:
    html = client.get(HERE, params={"at": "1962-11-15", "filter": words}).text
    assert callable(fits)
    expected = {number for number, act in enumerate(case.acts, 1) if fits(case, act)}
    assert 0 < len(expected) < len(case.acts)
    assert set(shown(html)) == expected


def test_it_sorts_by_place_and_by_source_and_says_what_it_cannot_take(client: TestClient, case: servanda.Case) -> None:
    by_place = shown(client.get(HERE, params={"sort": "file"}).text)
    assert by_place == sorted(by_place, key=lambda n: (case.acts[n - 1].span.file.path, case.acts[n - 1].span.start))
    by_source = shown(client.get(HERE, params={"sort": "source", "filter": "not quote:none"}).text)
    cited = [case.acts[n - 1].citations[0].source.name for n in by_source]
    assert cited == sorted(cited)
    assert len(set(cited)) > 5
    for name, given in {"sort": "beauty", "filter": "owed:us"}.items():
        answer = client.get(HERE, params={name: given})
        assert answer.status_code == 400
        assert "could not be taken" in answer.text
        assert len(shown(answer.text)) == len(case.acts)
    empty = unescape(client.get(HERE, params={"filter": "party:oas verb:claims"}).text)
    assert "No act fits" in empty
    assert "1 act without “verb:claims”" in empty or "without “party:oas”" in empty


def test_what_became_of_quotes_is_told_where_texts_are_at_hand(tmp_path: Path) -> None:
    folder = tmp_path / "quoted"
    folder.mkdir()
    (folder / "letter.txt").write_text("The mill shall be mended before the harvest, and the weir be opened.\n")
    (folder / "case.pacta").write_text(
        'party A\nparty B\nsource letter dated 2031-01-01\n  by A to B\n  file "letter.txt"\n'
        '2031-01-02 A states "One."\n  cites letter "be mended before the harvest"\n'
        '2031-01-03 A states "Two."\n  cites letter "be melted down for scrap at noon"\n'
        '2031-01-04 A states "Three."\n'
    )
    client = client_of(folder)
    html = client.get("/quoted/record").text
    assert "line 1" in html.partition('id="act-1"')[2].partition("</tr>")[0]
    assert "not found in its source" in html.partition('id="act-2"')[2].partition("</tr>")[0]
    assert shown(client.get("/quoted/record?filter=quote:found").text) == [1]
    assert shown(client.get("/quoted/record?filter=quote:not-found").text) == [2]


def test_it_comes_a_page_at_a_time_and_script_stays_words(tmp_path: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    lines = [f'2031-01-{1 + n % 28:02} A states "<script>alert({n})</script>"' for n in range(450)]
    (folder / "case.pacta").write_text("\n".join(["party A", "party B", *lines]) + "\n")
    client = client_of(folder)
    pages = [client.get(f"/long/record?page={number}").text for number in (1, 2, 3)]
    assert [len(shown(each)) for each in pages] == [200, 200, 50]
    assert len({number for each in pages for number in shown(each)}) == 450
    assert all("<script>alert" not in each for each in pages)
    assert "&lt;script&gt;alert(0)" in pages[0]
    for name in ("sort", "page", "filter"):
        assert "<script>alert" not in client.get("/long/record", params={name: "<script>alert(1)</script>"}).text
    (folder / "case.pacta").write_text("party A\nparty B\n")
    assert "Nothing is in the record of this case yet" in client.get("/long/record").text


def test_in_a_browser_it_leads_to_what_an_act_changed(page: Page, served: str) -> None:
    page.goto(f"{served}/record?at=1962-11-20")
    page.keyboard.press("j")
    expect(page.locator("tr.row.at")).to_have_id("act-1")
    page.get_by_role("link", name="US", exact=True).first.click()
    page.wait_for_url("**filter=party:us**")
    page.locator("#act-64 .act-words").click()
    page.wait_for_selector("h2:has-text('Before and after act 64')")
    expect(page.locator(".chosen-panel .shifts")).to_contain_text("lift-quarantine")


def test_quotes_that_could_not_be_checked_are_those_of_acts(tmp_path: Path) -> None:
    def said(cites: str) -> str:
        folder = tmp_path / "case"
        folder.mkdir(exist_ok=True)
        (folder / "case.pacta").write_text(
            'case "Two"\nparty A "First"\nparty B "Second"\nsource letter "A letter"\n  by A to B\n'
            'obligation go "Go." of A to B\n  under letter "we shall go"\n'
            f"2024-01-01 A promises go\n{cites}2024-01-02 A claims go\n",
            "utf-8",
        )
        return client_of(folder).get("/case/record").text.partition('class="said">')[2].partition("</p>")[0]

    assert "could not be checked" not in said("")
    assert "Its quotes could not be checked: the texts are not at hand." in said('  cites letter "we shall go"\n')
