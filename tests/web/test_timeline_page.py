"""The timeline: its acts, changes and drawing are what the library answers, in a browser too."""

from __future__ import annotations

import datetime
import re
import shutil
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

import servanda
from bench.generated import Negotiation
from servanda.standing.chronicle import acts_in_view
from servanda.workbench.asked import asked_of
from servanda.workbench.desk import Desk
from servanda.workbench.lanes import lanes
from servanda.workbench.links import LiveLinks
from servanda.workbench.scale import MARK, WIDTH, Scale
from servanda.workbench.sight import Sight
from servanda.workbench.wording import act_mark, words_after_date

from .conftest import CUBA, client_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = "/cuba-1962/timeline"


def drawn(html: str) -> dict[int, set[str]]:
    """The acts of the drawing by their numbers, with their states."""
    return {
        int(number): set(states.split())
        for states, number in re.findall(r'<a class="act ([a-z ]+)"[^>]*act=(\d+)', html)
    }


def listed(html: str) -> list[int]:
    return [int(each) for each in re.findall(r'<li id="act-(\d+)"', html)]


def shifts(html: str, day: str) -> set[tuple[str, str, str, frozenset[str]]]:
    """The changes beneath a day: commitment, before, after, readings."""
    part = html.partition(f'id="day-{day}"')[2].partition("</section>")[0]
    found = set()
    for line in re.findall(r"<p>(<a .*?)</p>", part, re.DOTALL):
        plain = unescape(line)
        name = re.findall(r"<code>(.*?)</code>", plain)[0]
        words = plain.partition('class="shift-words">')[2].partition('class="shift-of"')[0]
        before, after = re.findall(r'</svg>([a-z ]+)</span>|class="quiet">(not there)', words)
        readings = frozenset(re.findall(r'<span class="party [a-z0-9]+">.*?</svg>(?:<a [^>]*>)?([^<]+)', plain))
        found.add((name, "".join(before), "".join(after), readings))
    return found


@pytest.mark.parametrize(("at", "channel"), [("1962-11-15", "table"), ("1962-11-20", None), ("1963-01-07", None)])
def test_each_act_in_view_is_drawn_and_listed_once_and_marked_where_it_is_not_in_it(
    client: TestClient, case: servanda.Case, at: str, channel: str | None
) -> None:
    html = client.get(HERE, params={"at": at, "from": "1962-10-20", "until": "1963-01-10"} | (
        {"channel": channel} if channel else {})).text  # fmt: skip
    over = None if channel is None else frozenset([channel])
    date = servanda.api.dates.single(at)
    seen = {id(act) for act in acts_in_view(case, case.acts, (*case.parties, "record"), date, over)}
    states = drawn(html)
    counted = [int(each) for each in re.findall(r"<title>(\d+) acts? more on", html)]
    assert len(states) + sum(counted) == len(case.acts)
    assert len(states) > 50
    for number, state in states.items():
        act = case.acts[number - 1]
        assert act.dating is not None
        assert ("ahead" in state) is (str(act.dating.latest.day) > at)
        if "ahead" not in state:
            assert ("outside" in state) is (id(act) not in seen), act
        elif channel == "table":
            assert ("outside" in state) is bool(act.channels and act.channels[0].name != "table"), act
    numbers = listed(html)
    assert sorted(numbers) == [
        number for number, act in enumerate(case.acts, 1) if act.dating and str(act.dating.latest.day) <= at
    ]
    for number in numbers:
        line = unescape(html.partition(f'id="act-{number}"')[2].partition("</li>")[0])
        assert words_after_date(case.acts[number - 1]) in line
        assert f'href="#m-{act_mark(case.acts[number - 1])}"' in line


@pytest.mark.parametrize("channel", [None, "table"])
def test_beneath_each_day_stands_what_it_changed(client: TestClient, case: servanda.Case, channel: str | None) -> None:
    html = client.get(HERE, params={"at": "1962-11-21", "whole": "1"} | ({"channel": channel} if channel else {})).text
    days = [day for step in case.timeline("1962-11-21", channels=channel) for day in step]
    assert sum(bool(day.changes) for day in days) > 5
    for day in days:
        quiet = not day.acts and not day.learned
        grouped: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        for each in day.changes:
            key = (each.label, str(each.before), str(each.after))
            grouped.setdefault(key, []).append((each.reading, each.reading))
        expected = set()
        for (label, _, _), readings in grouped.items():
            names = frozenset("the record" if name == "record" else name for name, _ in readings)
            one = next(c for c in day.changes if c.label == label and c.reading == readings[0][0])
            before = one.before.status if one.before else "not there"
            expected.add((label, before, one.after.status if one.after else "not there", names))
        assert shifts(html, f"{day.day}-time" if quiet else str(day.day)) == expected, day.day


def test_an_act_shows_what_stood_before_and_after_it(client: TestClient, case: servanda.Case) -> None:
    number = next(n for n, act in enumerate(case.acts, 1) if "remove-missiles" in act_words(act) and n > 40
                  and act.verb == "confirms")  # fmt: skip
    html = client.get(HERE, params={"at": "1962-11-20", "act": str(number)}).text
    panel = unescape(html.partition('id="changed"')[2].partition("</section>")[0])
    changes = case.changed_by(case.acts[number - 1])
    assert {each.reading for each in changes} == {"US", "record"}
    assert f"Before and after act {number}" in panel
    assert f"{len(changes)} changes of standing: 1 in the reading of US and 1 in the record" in panel
    chips = re.findall(r'<span class="chip [a-z]+">.*?</svg>([a-z ]+)</span>', panel)
    assert chips == ["claimed", "fulfilled"]
    assert "remove-missiles" in panel

    none = client.get(HERE, params={"at": "1962-11-20", "act": "1"}).text
    assert case.changed_by(case.acts[0]) == ()
    assert "It changed no standing" in none
    outside = client.get(HERE, params={"at": "1962-11-20", "act": "6", "channel": "table"}).text
    assert "It changes nothing here: it is outside the view" in outside
    later = client.get(HERE, params={"at": "1962-11-01", "act": str(number)}).text
    assert "It changes nothing here: it is after the date asked about" in later
    wrong = client.get(HERE, params={"act": "74"})
    assert wrong.status_code == 400
    assert "the acts 1 to 73" in wrong.text


def act_words(act: servanda.model.record.Act) -> str:
    return words_after_date(act)


def test_an_inexact_date_is_drawn_with_its_span(client: TestClient, case: servanda.Case) -> None:
    html = client.get(HERE, params={"at": "1963-01-07", "from": "1962-11-01", "until": "1962-12-10"}).text
    number = next(n for n, act in enumerate(case.acts, 1) if str(act.dating) == "1962-11-16..1962-12-03")
    spans = re.findall(
        rf'<g class="span"><line x1="([\d.]+)%" x2="([\d.]+)%"[^>]*></g>\s*<a class="act [a-z ]+"[^>]*act={number}&',
        html.replace("/>", ">"),
    )
    day = 100 / 40
    [(left, right)] = spans
    assert float(left) == pytest.approx(15 * day, abs=0.01)
    assert float(right) == pytest.approx(33 * day, abs=0.01)
    assert html.count('<g class="span">') == sum(
        act.dating is not None and not act.dating.exact and "1962-11-01" <= str(act.dating.latest.day) <= "1962-12-10"
        for act in case.acts
    )


@pytest.mark.parametrize("days", [(1962, 10, 23, 77), (1962, 11, 10, 9), (1962, 11, 15, 1), (1960, 1, 1, 2000)])
def test_marks_of_a_lane_do_not_lie_on_each_other_and_none_is_lost(days: tuple[int, int, int, int]) -> None:
    year, month, day, length = days
    first = datetime.date(year, month, day)
    scale = Scale(first, first + datetime.timedelta(days=length - 1))
    desk = Desk(CUBA)
    asked = asked_of(desk.copy().case, [("at", "1962-11-15")], first)
    sight = Sight(desk, desk.copy(), asked, LiveLinks("cuba-1962", asked, ""), {})
    chosen = sight.case.acts[46]
    found = lanes(sight, scale, 40, chosen)
    inside = [each for each in sight.chronicle if each.done is not None and each.done[0] in scale]
    assert sum(len(lane.marks) + sum(more.count for more in lane.more) for lane in found) == len(inside)
    assert (chosen in [sight.case.acts[mark.number - 1] for lane in found for mark in lane.marks]) is (
        datetime.date(1962, 11, 15) in scale
    )
    for one, other in pairwise(found):
        assert other.y == one.y + one.height
    for lane in found:
        by_row: dict[float, list[tuple[float, float]]] = {}
        for mark in lane.marks:
            assert lane.y < mark.y < lane.y + lane.height
            half = 100 * MARK / WIDTH / 2
            left = min([mark.x - half, *(mark.span[:1] if mark.span else ())])
            right = max([mark.x + half, *(mark.span[1:] if mark.span else ())])
            by_row.setdefault(mark.y, []).append((left, right))
        for row in by_row.values():
            assert all(one[1] <= other[0] + 0.05 for one, other in pairwise(sorted(row))), lane.name


@pytest.mark.parametrize("length", [5, 30, 77, 200])
def test_the_day_asked_about_is_named_and_no_other_touches_it(length: int) -> None:
    first = datetime.date(1962, 10, 23)
    scale = Scale(first, first + datetime.timedelta(days=length - 1))
    for at in (0, 1, length // 2, length - 1):
        asked = first + datetime.timedelta(days=at)
        named = {name.day: name.x for name in scale.below(asked)}
        here = named.pop(str(asked))
        assert all(abs(x - here) * WIDTH / 100 > 17 for x in named.values())
    elsewhere = first - datetime.timedelta(days=1)
    assert str(elsewhere) not in {name.day for name in scale.below(elsewhere)}


def test_a_large_record_shows_what_lies_around_the_date_and_all_of_it_as_bars(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    (folder / "case.pacta").write_text(Negotiation(150, 1500, 7).text)
    client = client_of(folder)
    case = servanda.load(folder).sound()
    first, last = (f(act.dating.latest.day for act in case.acts if act.dating) for f in (min, max))
    html = client.get("/large/timeline").text
    numbers = listed(html)
    assert 40 <= len(numbers) < 200
    assert all(case.acts[number - 1].dating for number in numbers)
    assert len(drawn(html)) >= len(numbers)
    whole = client.get("/large/timeline", params={"from": str(first), "until": str(last)}).text
    assert not drawn(whole)
    bars = [int(each.replace(",", "")) for each in re.findall(r'class="bin".*?<title>([\d,]+) acts?,', whole)]
    assert sum(bars) == len(case.acts)
    assert len(listed(whole)) <= 200
    assert "Days up to" in whole


def test_deadlines_ahead_are_drawn_where_they_fall(client: TestClient, case: servanda.Case) -> None:
    from servanda.standing.deadlines import deadlines

    html = client.get(HERE, params={"at": "1962-11-30"}).text
    running = deadlines(case.status("1962-11-30").rows)
    assert [each.row.label for each in running] == ["remove-bombers", "turkey"]
    assert "20 Dec 1962, remove-bombers, in US, USSR, record" in unescape(html)
    assert html.count('<a class="due"') == 1
    longer = unescape(client.get(HERE, params={"at": "1962-11-30", "until": "1963-04-01"}).text)
    assert "27 Mar 1963, turkey, in US, USSR" in longer


def test_the_stretch_shown_follows_the_date_and_stays_in_links(client: TestClient) -> None:
    asked = {"at": "1962-12-15", "from": "1962-11-01", "until": "1962-11-10"}
    still = client.get(HERE, params=asked).text
    assert "15 Dec 1962, the date asked about, lies outside this stretch" in still
    assert listed(still)[-1] == 15
    answer = client.get(HERE, params=asked | {"seen": "1962-11-08"},
                        headers={"HX-Request": "true"})  # fmt: skip
    assert answer.headers["HX-Push-Url"] == f"{HERE}?at=1962-12-15&from=1962-12-10&until=1962-12-19"
    assert "at=1962-12-11&amp;from=1962-12-10&amp;until=1962-12-19" in answer.text
    turned = client.get(HERE, params={"from": "1962-11-10", "until": "1962-11-01", "at": "1962-11-05"}).text
    assert 'value="1962-11-01"' in turned
    wrong = client.get(HERE, params={"from": "<b>"})
    assert wrong.status_code == 400
    assert "&lt;b&gt;" in wrong.text


def test_the_latest_days_come_first_and_the_others_when_they_are_asked_for(tmp_path: Path) -> None:
    shutil.copytree(CUBA, tmp_path / "cuba-1962")
    client = client_of(tmp_path / "cuba-1962")

    def worked_out(html: str) -> list[str]:
        return re.findall(r'id="day-([\d-]+)(?:-time)?">(?:(?!</section>).)*?shift-lines', html, re.DOTALL)

    first = client.get(HERE, params={"at": "1962-11-20"}).text
    assert worked_out(first) == ["1962-11-20"]
    assert "data-hx-select-oob" in first.partition('id="days"')[2]
    assert len(listed(first)) > 50
    whole = client.get(HERE, params={"at": "1962-11-20", "whole": "1"}).text
    assert len(worked_out(whole)) > 8
    assert "data-hx-select-oob" not in whole.partition('id="days"')[2]
    again = client.get(HERE, params={"at": "1962-11-15"}).text
    assert worked_out(again) == [day for day in worked_out(whole) if day <= "1962-11-15"]


def test_what_is_supposed_is_drawn_with_its_mark(client: TestClient) -> None:
    line = "1962-11-15 USSR promises remove-bombers by 1962-12-20"
    html = client.get(HERE, params={"at": "1962-11-15", "suppose": line, "act": "74"}).text
    assert "supposed" in drawn(html)[74]
    panel = html.partition('id="changed"')[2].partition("</section>")[0]
    assert "supposed, not in the record" in panel
    assert "remove-bombers" in panel


def test_an_empty_record_and_an_empty_stretch_say_so(client: TestClient, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "case.pacta").write_text('party A\nparty B\nobligation give "Give." of A to B\n')
    assert "Nothing has happened in this case yet" in client_of(folder).get("/new/timeline").text
    empty = client.get(HERE, params={"at": "1962-12-25", "from": "1962-12-22", "until": "1962-12-28"}).text
    assert "Nothing happened from 22 Dec 1962 to 25 Dec 1962" in empty
    assert f'href="{HERE}?at=1962-12-18"' in empty


def test_in_a_browser_the_date_slides_and_keys_go_from_act_to_act(page: Page, served: str) -> None:
    page.goto(f"{served}/timeline?at=1962-11-19")
    expect(page.locator("#day-1962-11-20")).to_have_count(0)
    page.wait_for_selector("#day-1962-10-28 .shift-lines")
    assert "whole" not in page.url
    slider = page.locator("#slider")
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_selector("#day-1962-11-20 .shift-lines")
    expect(page).to_have_url(re.compile("at=1962-11-20"))
    lifted = page.locator("#day-1962-11-20 .shift-lines p", has_text="lift-quarantine").all_inner_texts()
    assert any("due" in each and "fulfilled" in each for each in lifted)
    expect(page.locator(".lanes rect.here")).to_have_count(1)

    page.wait_for_selector("#day-1962-10-28 .shift-lines")
    page.locator("h1").click()
    page.keyboard.press("j")
    first = page.locator(".days-list .acts > li").first.get_attribute("id")
    assert first
    expect(page.locator(".days-list .acts > li.at")).to_have_id(first)
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector(".chosen-panel h2:has-text('Before and after act')")
    page.wait_for_url(re.compile("act="))
    expect(page.locator(".days-list .acts > li.on")).to_have_count(1)
    page.keyboard.press("j")
    expect(page.locator(".days-list li.on + li.at")).to_have_count(1)
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url(re.compile(r"timeline\?at=1962-11-20$"))


def test_in_a_browser_a_stretch_is_typed_and_kept(page: Page, served: str) -> None:
    page.goto(f"{served}/timeline?at=1962-11-15")
    page.fill('input[name="from"]', "1962-11-10")
    page.fill('input[name="until"]', "1962-11-20")
    page.press('input[name="until"]', "Enter")
    page.wait_for_url(re.compile("from=1962-11-10&until=1962-11-20"))
    expect(page.locator(".lanes text.day")).to_have_count(11)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("]")
    page.wait_for_url(re.compile("at=1962-11-19.*from=1962-11-10"))
    expect(page.locator(".lanes text.day")).to_have_count(11)


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "0001-01-01", "until": "9999-12-31"}, {"at": "9998-12-31"}, {"at": "0001-01-01"},
        {"at": "9998-12-31", "from": "9999-12-01", "until": "9999-12-31"}, {"until": "0001-01-01"},
        {"at": "2962-11-15", "whole": "1"},
    ],
)  # fmt: skip
def test_the_ends_of_the_calendar_are_drawn_as_far_as_they_can_be(client: TestClient, asked: dict[str, str]) -> None:
    answer = client.get(HERE, params=asked)
    assert answer.status_code == 200
    assert len(answer.text) < 400_000
    assert answer.text.count("<line") < 1_000


def test_script_in_its_fields_stays_words(client: TestClient) -> None:
    for name in ("from", "until", "act", "filter"):
        html = client.get(f"{HERE}?{name}={quote('<script>alert(1)</script>')}").text
        assert "<script>alert" not in html, name
