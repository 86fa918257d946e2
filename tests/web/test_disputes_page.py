"""Disputes: what the page shows is what the library answers, pair by pair; it says nobody is right."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

import servanda
from servanda.api.disputes import Disputes
from servanda.readings.questions import ASKED
from servanda.workbench.pages import disputes as disputes_page
from web.conftest import CUBA, ROOT, answered_meanwhile, client_of, until
from web.hostile import SCRIPT, hostile_case, unescaped

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VIEW = "at=1962-11-15&channel=table"
US_USSR = ("US", "USSR")


def test_many_disputes_stand_on_several_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(CUBA)
    monkeypatch.setattr(disputes_page, "PER_PAGE", 3)
    labels = [each.commitment for each in disputes_of("1962-11-15", *US_USSR)]
    view = {"at": "1962-11-15", "channel": "table", "between": "US~USSR"}

    def shown(**more: str) -> list[str]:
        return [*rows(section(client.get("/cuba-1962/disputes", params=view | more).text, US_USSR))]

    pages = [shown(page=str(number)) for number in range(1, -(-len(labels) // 3) + 1)]
    assert len(pages) > 2
    assert [len(each) for each in pages[:-1]] == [3] * (len(pages) - 1)
    assert sorted(label for page in pages for label in page) == sorted(labels)
    for label in labels:
        assert label in shown(about=label)
    with_all = section(client.get("/cuba-1962/disputes", params=view).text, US_USSR)
    assert f"part on {len(labels)} commitments" in with_all
    assert with_all.count("between=US~USSR&amp;page=") == len(pages)


def section(html: str, pair: tuple[str, str]) -> str:
    """A pair's part of the page."""
    return html.partition(f'<section class="pair" id="{"~".join(pair)}"')[2].partition("</section>")[0]


def rows(html: str) -> dict[str, dict[str, str]]:
    """Each row's chips by reading, by the commitment's name."""
    found = {}
    for row in re.findall(r'<tr class="row" id="[^"]+">.*?</tr>', html, re.DOTALL):
        label = re.search(r"<code>([^<]+)</code>", row)
        assert label is not None
        chips = re.findall(r'data-reading="([^"]+)"><span class="chip [a-z]+">.*?</svg>([^<]+)</span>', row)
        found[unescape(label[1])] = {unescape(reading): status for reading, status in chips}
    return found


@cache
def disputes_of(at: str, one: str, other: str) -> Disputes:
    """What the library answers, worked out once for all tests."""
    return servanda.load(CUBA).sound().disputes(at, between=(one, other), channels="table")


@pytest.mark.parametrize("worked", [False, True])
@pytest.mark.parametrize(
    ("at", "pair"), [("1962-10-28", US_USSR), ("1962-11-15", US_USSR), ("1962-11-15", ("US", "Cuba"))]
)
def test_each_pair_has_the_disputes_that_the_library_finds(
    client: TestClient, at: str, pair: tuple[str, str], worked: bool
) -> None:
    params = {"at": at, "channel": "table", "as": ",".join(pair)} | ({"worked": "yes"} if worked else {})
    part = section(client.get("/cuba-1962/disputes", params=params).text, pair)
    disputes = disputes_of(at, *pair)
    assert rows(part) == {each.commitment: each.statuses for each in disputes}
    if disputes:
        assert f"part on {len(disputes)} commitment" in part
        for each in disputes:
            assert ASKED[each.question] in part
    else:
        assert "read all 23 commitments alike" in part


def test_premises_stand_in_the_order_of_what_they_would_end(client: TestClient) -> None:
    part = section(client.get(f"/cuba-1962/disputes?{VIEW}&as=US,USSR&worked=yes").text, ("US", "USSR"))
    disputes = disputes_of("1962-11-15", "US", "USSR")
    ends = [int(each) for each in re.findall(r"<b>(\d+)</b> disputes? ends?</p>", part)]
    ranked = [len(each.ends) for each in disputes.ranked() if each.ends]
    assert ends == sorted(ends, reverse=True)
    assert ends[0] == ranked[0] > 5
    first = unescape(part.partition('<article class="panel difference"')[2].partition("</article>")[0])
    assert "Stance on the source <code>protocol</code>" in first
    premise = next(each for dispute in disputes for each in dispute.premises if each.id == "source:protocol")
    for words in premise.versions.values():
        assert words in first
    apart = unescape(part.partition("They differ without consequence")[2])
    assert len(disputes.without_consequence) == 3
    for each in disputes.without_consequence:
        assert all(words in apart for words in each.versions.values())


def test_no_bridge_is_offered_that_the_library_does_not_find(client: TestClient) -> None:
    part = unescape(section(client.get(f"/cuba-1962/disputes?{VIEW}&as=US,USSR&worked=yes").text, ("US", "USSR")))
    disputes = disputes_of("1962-11-15", "US", "USSR")
    for dispute in disputes:
        row = part.partition(f'id="{dispute.commitment}"')[2]
        also = re.match(r'[^§]*?</tr>\s*(<tr class="also">.*?</tr>)?', row, re.DOTALL)
        assert also is not None
        offered = re.findall(
            r"(?:or|ends) if (\S+) takes (\S+)’s (.*?)</span></li>", re.sub("<.?bdi>", "", also[1] or "")
        )
        article = part[: part.index(f'id="{dispute.commitment}"')].rpartition('<article class="panel difference"')[2]
        title = re.sub(r"<[^>]+>", "", article.partition("<h3>")[2].partition("</h3>")[0]).lower()
        sets = [
            set(bridge) for taken in dispute.bridges.values() for bridge in taken
        ]  # fmt: skip
        alone = [
            each for each in dispute.premises if {each.id} in sets and each.name in title and (each.part or "") in title
        ]
        assert alone, dispute.commitment
        wanted = {
            (taker, giver, len(bridge))
            for giver, those in dispute.bridges.items()
            for taker in dispute.readings
            if taker != giver
            for bridge in those
            if bridge != (alone[0].id,)
        }
        assert {(taker, giver, words.count(" and ") + 1) for taker, giver, words in offered} == wanted
    [lacking] = [each for each in disputes if each.no_bridge]
    assert all(why in part for why in lacking.no_bridge.values())
    assert part.count("this needs a concession") == 1


def test_one_word_is_said_to_both_sides(client: TestClient) -> None:
    html = client.get(f"/cuba-1962/disputes?{VIEW}&as=US,USSR&worked=yes").text.lower()
    for word in ("violat", "correct", "wrong", "stronger", "winner"):
        assert word not in html, word
    other = client.get(f"/cuba-1962/disputes?{VIEW}&as=USSR,US").text
    assert section(other, ("US", "USSR")), "readings stand in the order of the case, whatever is asked first"


def test_a_pair_can_be_asked_for_alone_and_with_the_record(client: TestClient, case: servanda.Case) -> None:
    html = client.get(f"/cuba-1962/disputes?{VIEW}&between=record~US&worked=yes").text
    assert rows(html).keys() == {
        each.commitment for each in case.disputes("1962-11-15", between=("US", "record"), channels="table")
    }
    assert 'id="US~USSR"' not in html
    one = client.get(f"/cuba-1962/disputes?{VIEW}&as=US")
    assert one.status_code == 200
    assert "One reading does not part from itself" in one.text
    unknown = client.get(f"/cuba-1962/disputes?{VIEW}&between=US~Atlantis")
    assert unknown.status_code == 400
    assert 'id="US~USSR"' in unknown.text


def test_a_filter_leaves_what_fits(client: TestClient, case: servanda.Case) -> None:
    html = client.get(f"/cuba-1962/disputes?{VIEW}&as=US,USSR&filter=owed:USSR&worked=yes").text
    owed = {row.label for row in case.status("1962-11-15", channels="table") if "USSR" in row.bearers}
    disputes = disputes_of("1962-11-15", "US", "USSR")
    wanted = {each.commitment for each in disputes} & owed
    assert rows(html).keys() == wanted
    assert f"{len(wanted)} of {len(disputes)} shown" in html
    assert 'id="filter" name="filter" value="owed:USSR"' in html
    none = client.get(f"/cuba-1962/disputes?{VIEW}&as=US,USSR&filter=status:used").text
    assert f"None of these {len(disputes)} fits" in none


def test_every_row_is_found_by_the_name_of_its_commitment(client: TestClient, case: servanda.Case) -> None:
    for query in (VIEW, f"{VIEW}&worked=yes&between=USSR~Cuba"):
        ids = re.findall(r' id="([^"]+)"', client.get(f"/cuba-1962/disputes?{query}").text)
        assert len(ids) == len(set(ids))
        pairs = None if query == VIEW else ("USSR", "Cuba")
        assert {each.label for each in case.partings("1962-11-15", between=pairs, channels="table")} <= set(ids)


def test_how_disputes_came_and_went(client: TestClient, case: servanda.Case) -> None:
    html = client.get(f"/cuba-1962/disputes?{VIEW}&as=US,USSR&part=history&worked=yes").text
    found = case.disputes_over_time("1962-11-15", between=("US", "USSR"), channels="table")
    pair = found.pairs[0]
    changed = [each for each in found.moments if each.begun[pair] or each.ended[pair]]
    shown = re.findall(r'data-of="US and USSR"><b>(\d+)</b>', html)
    assert [int(each) for each in shown] == [each.counts[pair] for each in changed][::-1]
    assert len(changed) > 4
    last = disputes_of("1962-11-15", *pair)
    assert f"US and USSR, now {len(last)}" in html


def test_what_is_supposed_changes_the_disputes(client: TestClient, case: servanda.Case) -> None:
    line = "1962-11-15 US recognises protocol"
    params = {"at": "1962-11-15", "channel": "table", "as": "US,USSR", "suppose": line}
    supposed = case.partings("1962-11-15", between=US_USSR, channels="table", suppose=line)
    inventory = case.status("1962-11-15", reading=US_USSR, channels="table", suppose=line)
    client.get("/cuba-1962/disputes", params={name: value for name, value in params.items() if name != "suppose"})
    html = client.get("/cuba-1962/disputes", params=params).text
    assert "Not in the record." in html
    assert rows(html) == {
        each.label: {reading: inventory[each.label][reading].status for reading in US_USSR} for each in supposed
    }
    before = disputes_of("1962-11-15", "US", "USSR")
    assert rows(html).keys() != {each.commitment for each in before}


def test_no_script_gets_into_the_page(tmp_path: Path) -> None:
    client = client_of(hostile_case(tmp_path / "talks"))
    thrown = SCRIPT.format(99)
    for more in ("", "&part=history"):
        answer = client.get(f"/talks/disputes?at=1971-06-01&worked=yes{more}")
        assert answer.status_code == 200
        assert unescaped(answer.text) == []
    whole = client.get("/talks/disputes?at=1971-06-01&worked=yes").text
    assert 'class="row" id="opened"' in whole
    assert unescape(whole).count("<script>alert(10)") > 0, "the title is there, as text"
    for name in ("between", "filter", "part", "at", "suppose", "as", "channel"):
        answer = client.get("/talks/disputes", params={"at": "1971-06-01", name: thrown})
        assert answer.status_code in (200, 400)
        assert unescaped(answer.text) == [], name


def test_in_a_browser_bridges_come_behind_the_page(served: str, page: Page, case: servanda.Case) -> None:
    page.goto(f"{served}/standing?{VIEW}&as=US,USSR")
    page.locator("#on-site-verification .fork a").click()
    page.wait_for_url("**/disputes?**#on-site-verification")
    busy = page.locator("[aria-busy]")
    expect(busy).to_have_count(0)
    expect(page.locator("#on-site-verification")).to_be_visible()
    expect(page.locator(".difference").nth(8)).to_be_attached()
    until(page, lambda: page.evaluate("scrollY") > 100)  # the row that was asked for is in sight
    page.keyboard.press("j")
    expect(page.locator("tr.row.at")).to_have_count(1)
    page.locator("#history summary").click()
    page.wait_for_selector(".moments")
    page.keyboard.press("g")
    page.keyboard.press("w")
    page.wait_for_url("**/wayout?**")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/disputes?**")
    told = page.locator("#US\\~USSR h2 small")
    expect(told).to_have_text(f"part on {len(disputes_of('1962-11-15', 'US', 'USSR'))} commitments")
    expect(busy).to_have_count(0)
    page.keyboard.press("]")
    page.wait_for_url(re.compile(r"at=1962-11-19"))
    now = len(case.disputes("1962-11-19", between=("US", "USSR"), channels="table"))
    expect(told).to_have_text(f"part on {now} commitments")


def test_without_script_bridges_can_be_asked_for(served: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/disputes?at=1962-11-14&channel=table&as=US,USSR")
    page.get_by_text("Look for what would bring them together").click()
    expect(page.locator(".difference").nth(1)).to_be_attached()
    expect(page.locator(".moments")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("asked", "works"), [("between=US~USSR", "disputes"), ("part=history", "disputes_over_time")])
def test_others_are_answered_while_bridges_are_looked_for(
    asked: str, works: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, answered = client_of(CUBA), []
    work = getattr(servanda.Case, works)

    def beside(*given: Any, **named: Any) -> Any:
        answered.append(answered_meanwhile(client, "/cuba-1962/standing?at=1962-11-10"))
        return work(*given, **named)

    monkeypatch.setattr(servanda.Case, works, beside)
    html = client.get(f"/cuba-1962/disputes?{VIEW}&{asked}&worked=yes").text
    assert answered == [True]
    monkeypatch.undo()
    assert client_of(CUBA).get(f"/cuba-1962/disputes?{VIEW}&{asked}&worked=yes").text == html


def test_long_work_waits_until_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disputes_page, "MOST_UNASKED", 5)
    client = client_of(CUBA)
    html = client.get("/cuba-1962/disputes?at=1962-11-15&channel=table&as=US,USSR").text
    assert "with 18 disputes that takes a while" in html
    assert "data-load" not in section(html, US_USSR)
    assert "aria-busy" not in html
    early = client.get("/cuba-1962/disputes?at=1962-11-13&channel=table&as=US,USSR").text
    assert 0 < len(rows(early)) <= 5
    assert "aria-busy" in early


def test_what_is_not_there_does_not_look_as_if_it_were_due() -> None:
    html = client_of(ROOT / "examples" / "ceasefire-exchange").get("/ceasefire-exchange/disputes").text
    assert re.search(r'<span class="chip unrecognised"><svg [^>]*><use href="#m-dashes"/></svg>not there</span>', html)
    assert not re.search(r'class="chip now"[^§]{0,120}?</svg>not there', html)
