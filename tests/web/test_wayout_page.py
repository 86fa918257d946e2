"""Way out: what the page shows is what the library answers; every part of it says that it is not in the record."""

from __future__ import annotations

import random
import re
import shutil
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

import servanda
from servanda.api.planning import shared_by
from servanda.wayout.exposure import Valued, least_exposure
from servanda.wayout.picture import picture
from servanda.wayout.rules_from_case import Plan
from servanda.wayout.stuck import stuck
from servanda.wayout.way_out import Asked, WayOut, way_out
from servanda.workbench import values
from servanda.workbench.api import operations
from servanda.workbench.app import Workbench
from servanda.workbench.desk import Desk
from servanda.workbench.graph import MOST_NODES, part_of, tall, wide
from servanda.workbench.pages import wayout
from servanda.workbench.wording import figure
from web.conftest import CUBA, PORT, ROOT, answered_meanwhile, client_of
from web.hostile import SCRIPT, hostile_case, unescaped

if TYPE_CHECKING:
    from playwright.sync_api import Page

VIEW = {"at": "1962-11-15", "channel": "table"}
GOALS = ["lift-quarantine", "remove-bombers"]
PROMISE = "1962-11-15 USSR promises remove-bombers by 1962-12-20"


def way(html: str, number: int) -> str:
    """A way's part of the page, in words."""
    part = html.partition(f'id="way-{number}"')[2].partition("</article>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split())


def words_of(html: str) -> str:
    """The page's words."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_without_a_goal_it_says_what_is_stuck(client: TestClient, case: servanda.Case) -> None:
    html = client.get("/cuba-1962/wayout", params=VIEW).text
    found = case.stuck(at="1962-11-15", channels="table")
    assert len(found.circles) == 1
    circle = html.partition('<ol class="circle">')[2].partition("</ol>")[0]
    assert [unescape(each) for each in re.findall(r"<li>([^<]+)</li>", circle)] == list(found.circles[0])
    decisions = words_of(html.partition('<ul class="decisions">')[2].partition("</ul>")[0])
    assert len(found.open_decisions) == 9
    for each in found.open_decisions:
        assert each.text in decisions
    chains = words_of(html.partition('id="chains"')[2])
    for blocked in found.blocked:
        assert " ".join(f"← {step}" for step in blocked.chain[1:]).replace(" ←", "←") in chains.replace(" ←", "←")
    assert 'id="way-1"' not in html


def test_what_concessions_make_possible_leads_to_the_ways_to_it(client: TestClient) -> None:
    html = client.get("/cuba-1962/wayout", params={"at": "1962-10-28"}).text
    links = re.findall(r'<li><a href="([^"]+)">', html.partition('id="frontier"')[2].partition("</section>")[0])
    assert len(links) > 10
    for each in links:
        assert 'id="way-1"' in client.get(unescape(each)).text, each


def test_in_a_case_of_ones_own_it_says_what_waits_there_and_names_its_own(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src" / "servanda" / "cli" / "templates" / "small", tmp_path / "road")
    client = client_of(tmp_path / "road")
    html = words_of(client.get("/road/wayout", params={"at": "2031-03-25"}).text)
    assert "1 matter in nobody’s hands and 1 commitment that waits." in html
    assert "Nothing is stuck" not in html
    assert "such as pay-share," in html
    assert "lift-quarantine" not in html
    assert html.count("together") == 1
    page = client.get("/road/commitment/pay-share", params={"at": "2031-03-25"}).text
    goal = re.search(r'href="([^"]+)">What would free it', page)
    assert goal is not None
    assert 'id="way-1"' in client.get(unescape(goal[1])).text
    assert "What would free it" not in client.get("/road/commitment/clear-road", params={"at": "2031-03-25"}).text
    (tmp_path / "road" / "case.pacta").write_text("party A\nparty B\n", "utf-8")
    empty = words_of(client_of(tmp_path / "road").get("/road/wayout").text)
    assert "Nothing is owed in this view." in empty
    assert "A goal is a condition, such as X is promised" in empty


def test_where_nothing_is_stuck_it_says_so_and_what_needs_no_concession_stands_in_one_line(port: TestClient) -> None:
    html = port.get("/port/wayout", params={"at": "2024-04-18"}).text
    assert "all that is owed can come about without a concession" in html
    frontier = html.partition('id="frontier"')[2].partition("</table>")[0]
    lines = frontier.partition("<tbody>")[2].split("<tr>")[1:]
    found = servanda.load_text(PORT).sound().plan(at="2024-04-18")
    assert len(lines) == 1
    assert re.findall(r"<code>([^<]+)</code>", lines[0]) == [label for label, _ in found.blocked]


def test_with_goals_it_shows_the_ways_of_the_library(client: TestClient, case: servanda.Case) -> None:
    html = client.get("/cuba-1962/wayout", params={**VIEW, "goal": GOALS}).text
    found = case.ways_out(GOALS, at="1962-11-15", channels="table")
    assert len(found.ways) == 2
    asked = "; ".join(f"{case.commitments[goal].title} <code>{goal}</code>" for goal in GOALS)
    assert f"Goals: {asked}" in html, "on paper there are no fields"
    assert re.findall(r'class="price"><b>([^<]+)</b>', html) == [figure(each.price) for each in found.ways]
    for number, each in enumerate(found.ways, 1):
        words = way(html, number)
        for concession in each.concessions:
            assert concession.text.removeprefix(f"{concession.owner.replace(', ', ' and ')} ") in words
        for move in each.moves:
            assert move.text.removeprefix(f"{move.actor.replace(', ', ' and ')} ") in words
            assert f"Step {move.step}:" in words
        blocked = html.partition(f'id="way-{number}"')[2].partition("Stays blocked · ")[2]
        assert blocked.startswith(f"{len(each.still_blocked)}<")
    page = words_of(html)
    for choice in found.choices:
        for option in choice.one_of:
            assert " + ".join(option) in page
    [reach] = found.frontier
    assert reach.owners == ("USSR",)
    assert "lift-quarantine and remove-bombers" in words_of(html.partition('id="frontier"')[2])


@pytest.mark.parametrize(
    ("asked", "least"),
    [({}, 6), ({"goal": GOALS}, 8), ({"goal": "lift-quarantine", "suppose": PROMISE}, 2),
     ({"goal": "lift-quarantine", "never": ["promise", "condition", "exchange", "act"]}, 4)],
)  # fmt: skip
def test_every_part_wears_its_mark(client: TestClient, asked: dict[str, str | list[str]], least: int) -> None:
    html = client.get("/cuba-1962/wayout", params={**VIEW, **asked}).text
    opening = r'<(?:section|article|details|div) class="[^"]*\bplan\b[^"]*"'
    parts = re.split(f"(?={opening})", html.partition("</main>")[0])[1:]
    assert len(parts) >= least
    for each in parts:
        if 'class="panel plan choices"' not in each:
            assert '<span class="sup">not in the record</span>' in each, each[:300]
    assert "changes nothing in it" in html
    assert "options, not predictions" in html


def test_prices_and_what_is_out_change_the_ways(client: TestClient) -> None:
    def prices(**more: str | list[str]) -> list[str]:
        html = client.get("/cuba-1962/wayout", params={**VIEW, "goal": GOALS, **more}).text
        return re.findall(r'class="price"><b>([^<]+)</b>', html)

    assert prices() == ["2", "3"]
    assert prices(price="promise=7") == ["3", "14"]
    assert prices(never="exchange") == ["2"]
    assert prices(never=["exchange", "promise"]) == []
    assert prices(ways="1") == ["2"]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("price", "promise=-1"),
        ("never", "no such thing"),
        ("ways", "0"),
        ("seed", "x"),
        ("goal", "lift-it"),
        ("way", "a"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_is_answered(client: TestClient, name: str, given: str) -> None:
    asked: dict[str, str | list[str]] = {**VIEW, "goal": GOALS, name: [*GOALS, given] if name == "goal" else given}
    answer = client.get("/cuba-1962/wayout", params=asked)
    assert answer.status_code == 400
    assert f"<code>{given}</code> could not be taken" in answer.text
    assert 'id="way-1"' in answer.text
    leave = re.search(r'href="([^"]+)">Leave it out', answer.text)
    assert leave is not None
    without = client.get(unescape(leave[1]))
    assert without.status_code == 200
    assert without.text.count('name="goal"') == len(GOALS) + 1


def test_a_promise_that_is_supposed_leaves_nothing_to_concede(client: TestClient, case: servanda.Case) -> None:
    html = client.get("/cuba-1962/wayout", params={**VIEW, "goal": "lift-quarantine", "suppose": PROMISE}).text
    found = case.ways_out("lift-quarantine", at="1962-11-15", channels="table", suppose=PROMISE)
    assert found.reached
    assert "No concession is needed" in html
    assert 'id="way-1"' not in html
    assert PROMISE in unescape(html)


def test_a_way_can_be_supposed(client: TestClient) -> None:
    html = client.get("/cuba-1962/wayout", params={**VIEW, "goal": GOALS}).text
    for number in (1, 2):
        part = html.partition(f'id="way-{number}"')[2].partition("</article>")[0]
        conceded, whole = (unescape(each) for each in re.findall(r'href="([^"]*suppose=[^"]*)"', part))
        then = client.get(conceded)
        assert then.status_code == 200
        assert "No concession is needed" in then.text, number
        assert parse_qs(urlsplit(conceded).query)["goal"] == GOALS
        standing = client.get(whole).text
        assert "Not in the record." in standing
        row = standing.partition('id="remove-bombers"')[2].partition("</tr>")[0]
        assert re.search(r'data-reading="US"><span class="chip settled">.*?</svg>fulfilled', row)


@pytest.mark.parametrize("seed", [0, 5])
def test_shares_come_with_their_seed_and_meaning(client: TestClient, case: servanda.Case, seed: int) -> None:
    goal = "no-invasion-declaration"
    html = client.get("/cuba-1962/wayout", params={**VIEW, "goal": goal, "seed": str(seed)}).text
    assert "nothing about how likely" in html
    dice = random.Random(seed)
    plan = case.plan(goal, at="1962-11-15", channels="table")
    found = way_out(plan, Asked(draw=lambda: dice.uniform(1, 100)))
    shares = [f"{each.cheapest_share:.0%}" for each in found.ways if each.cheapest_share is not None]
    assert len(shares) == len(found.ways) > 1
    assert f"1,000 draws, seed {seed}, among {shared_by(found)}" in html
    assert re.findall(r"Cheapest in (\d+%) of 1,000 draws", html) == shares


def test_exposure_says_nothing_without_values_and_two_figures_with_them(
    client: TestClient, case: servanda.Case
) -> None:
    html = client.get("/cuba-1962/wayout", params={**VIEW, "goal": GOALS}).text
    assert "No values given, so none shown." in html
    assert 'name="costs:lift-quarantine"' in html
    assert 'name="worth:remove-bombers:US"' in html
    assert "data-figure" not in html
    half = client.get("/cuba-1962/wayout", params={**VIEW, "goal": GOALS, "costs:lift-quarantine": "2"}).text
    assert "Still missing: what remove-bombers costs." in half
    assert "data-figure" not in half
    values = {
        "costs:lift-quarantine": "2", "worth:lift-quarantine:USSR": "5", "costs:remove-bombers": "4",
        "worth:remove-bombers:US": "5", "tranches:remove-bombers": "3",
    }  # fmt: skip
    whole = client.get("/cuba-1962/wayout", params={**VIEW, "goal": GOALS, **values}).text
    told = least_exposure(
        [Valued("remove-bombers", ("USSR",), 4, {"US": 5}, 3), Valued("lift-quarantine", ("US",), 2, {"USSR": 5})],
        ("US", "USSR", "Cuba"),
    )
    shown = re.findall(r'data-figure="(\w+)" data-party="(\w+)">([^<]+)<', whole)
    assert {(figure_, party): number for figure_, party, number in shown} == {
        (name, party): figure(those[party])
        for name, those in (("largest", told.largest), ("final", told.final))
        for party in ("US", "USSR")
    }
    wrong = client.get("/cuba-1962/wayout", params={**VIEW, "goal": GOALS, **values, "costs:lift-quarantine": "much"})
    assert wrong.status_code == 400
    assert "data-figure" not in wrong.text


def test_the_drawing_has_what_the_lists_have(client: TestClient, case: servanda.Case) -> None:
    html = client.get("/cuba-1962/wayout", params={**VIEW, "goal": GOALS}).text
    plan = case.plan(GOALS, at="1962-11-15", channels="table")
    drawn = picture(plan, stuck(plan))
    for name in ("across", "down"):
        svg = html.partition(f'<svg class="waits {name}"')[2].partition("</svg>")[0]
        assert svg.count('<rect class="node') == len(drawn.nodes)
        assert len(re.findall(r'<path class="wait[ "]', svg)) == len(drawn.edges)
        assert len(re.findall(r'class="node [^"]*\bgoal"', svg)) == sum(node.asked for node in drawn.nodes) == 3
        assert svg.count("in-ring") == sum(node.ring is not None for node in drawn.nodes) == 4
        assert f'id="waits-title-{name}"' in svg
        for node in drawn.nodes:
            text = " ".join(node.label.replace(" · ", " ").split())
            assert text in " ".join(unescape(re.sub(r"<[^>]+>", " ", svg)).replace(" · ", " ").split())


@pytest.mark.parametrize("goals", [[], GOALS, ["no-invasion-declaration"], ["safeguards"]])
def test_no_box_of_a_drawing_lies_on_another(case: servanda.Case, goals: list[str]) -> None:
    plan = case.plan(goals, at="1962-11-15", channels="table")
    part = part_of(picture(plan, stuck(plan)))
    assert 0 < len(part.nodes) <= MOST_NODES
    for drawing in (wide(part), tall(part)):
        boxes = drawing.boxes
        for at, one in enumerate(boxes):
            assert one.x >= 0
            assert one.y >= 0
            assert one.x + one.width <= drawing.width
            assert one.y + one.height <= drawing.height
            assert all(one.y < line.y < one.y + one.height for line in one.lines)
            for other in boxes[at + 1 :]:
                apart = (
                    one.x + one.width <= other.x or other.x + other.width <= one.x
                    or one.y + one.height <= other.y or other.y + other.height <= one.y
                )  # fmt: skip
                assert apart, (one.node.label, other.node.label)
    left = {at: box.x for at, box in enumerate(wide(part).boxes)}
    for waiting, waited in part.edges:
        assert left[waiting] < left[waited] or part.nodes[waiting].layer == part.nodes[waited].layer


def test_no_script_gets_into_the_page(tmp_path: Path) -> None:
    client = client_of(hostile_case(tmp_path / "talks"))
    html = client.get("/talks/wayout", params={"at": "1971-06-01"}).text
    assert unescaped(html) == []
    assert 'class="circle"' in html
    assert "<script>alert(6)" in unescape(html), "the title is there, as text"
    html = client.get("/talks/wayout", params={"at": "1971-06-01", "goal": "give", "never": "exchange"}).text
    assert unescaped(html) == []
    assert 'id="way-1"' in html
    for name in ("goal", "never", "price", "ways", "way", "seed", "costs:give", "worth:give:B", "tranches:give",
                 f"costs:{SCRIPT.format(98)}", "filter", "suppose"):  # fmt: skip
        params = {"at": "1971-06-01", "goal": "give"} | {name: SCRIPT.format(99)}
        answer = client.get("/talks/wayout", params=params)
        assert answer.status_code in (200, 400)
        assert unescaped(answer.text) == [], name


def test_in_a_browser_a_supposed_promise_makes_the_way_out_vanish(served: str, page: Page) -> None:
    page.goto(f"{served}/wayout?at=1962-11-15&channel=table")
    expect(page.locator("#way-1")).to_have_count(0)
    page.locator("#goal-0").fill("lift-quarantine")
    page.keyboard.press("Enter")
    page.wait_for_selector("#way-1")
    page.wait_for_url("**goal=lift-quarantine**")
    expect(page.locator("#way-1 .concessions")).to_contain_text("without waiting for")
    page.locator("#goal-1").fill("remove-bombers")
    page.get_by_role("button", name="Look for ways out").click()
    page.wait_for_selector("#goal-2")
    page.wait_for_load_state()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.evaluate(
        "window.seen = ''; const main = document.getElementById('main');"
        "new MutationObserver(() => { window.seen += main.className; }).observe(main, {attributes: true})"
    )
    page.keyboard.press("[")
    page.wait_for_url(re.compile(r"at=1962-11-1[0-4]"))
    assert page.url.count("goal=") == 2, "a step to another date keeps the goals"
    assert "htmx-request" in page.evaluate("window.seen"), "the old view is dimmed while a new one is worked out"
    page.goto(f"{served}/wayout?at=1962-11-15&channel=table&goal=lift-quarantine&suppose={PROMISE}")
    expect(page.locator("#way-1")).to_have_count(0)
    expect(page.locator("#reached")).to_be_visible()
    expect(page.locator("#supposed")).to_be_visible()
    page.get_by_role("link", name="Drop it").click()
    page.wait_for_selector("#way-1")
    page.wait_for_url("**goal=lift-quarantine**")
    assert "suppose" not in page.url


def test_in_a_browser_the_drawing_turns_upright_on_a_phone(served: str, page: Page) -> None:
    page.goto(f"{served}/wayout?at=1962-11-15&channel=table&goal=lift-quarantine")
    expect(page.locator("svg.across")).to_be_visible()
    expect(page.locator("svg.down")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("svg.down")).to_be_visible()
    expect(page.locator("svg.across")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("place", ["way_out", "frontier", "least_exposure"])
def test_others_are_answered_while_ways_are_looked_for(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(CUBA)
    room = values if place == "least_exposure" else wayout
    asked: dict[str, Any] = {"goal": GOALS} if place != "frontier" else {}
    if place == "least_exposure":
        asked |= {"costs:lift-quarantine": "2", "costs:remove-bombers": "4"}
    found, answered = getattr(room, place), []

    def beside(*given: Any) -> Any:
        answered.append(answered_meanwhile(client, "/cuba-1962/standing?at=1962-11-10"))
        return found(*given)

    monkeypatch.setattr(room, place, beside)
    html = client.get("/cuba-1962/wayout", params={**VIEW, **asked}).text
    assert answered == [True]
    monkeypatch.undo()
    assert client_of(CUBA).get("/cuba-1962/wayout", params={**VIEW, **asked}).text == html


def test_plans_share_nothing_with_what_others_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(CUBA)
    client = TestClient(Workbench(desk).app(), base_url="http://localhost")
    inquiries = [desk.copy().case.inquiry]

    def seen(plan: Plan, asked: Asked) -> WayOut:
        inquiries.append(plan.ground.inquiry)
        return way_out(plan, asked)

    for room in (wayout, operations):
        monkeypatch.setattr(room, "way_out", seen)
    for path in ("wayout", "api/wayout"):
        client.get(f"/cuba-1962/{path}", params={**VIEW, "goal": GOALS})
    assert len(inquiries) == 3
    assert inquiries[0] not in inquiries[1:]


def test_where_the_time_is_over_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wayout, "SECONDS", 0.0)
    client = client_of(CUBA)
    html = client.get("/cuba-1962/wayout", params={**VIEW, "goal": "no-invasion-declaration"}).text
    assert "cut short after 0 seconds" in html or "No way was found in 0 seconds" in html
    none = client.get("/cuba-1962/wayout", params=VIEW).text
    assert "fewer concessions than these may do" in none
    monkeypatch.setattr(wayout, "_MOST_REACHED", 5)
    few = client_of(CUBA).get("/cuba-1962/wayout", params=VIEW).text
    assert 'id="frontier"' not in few
    assert 'id="chains"' in few


def test_what_a_series_adds_by_the_end_of_a_way_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "series"
    folder.mkdir()
    (folder / "case.pacta").write_text(
        'case "Series"\nparty A "A"\nparty B "B"\nmatter rain "It has rained"\n'
        'source accord "The accord"\n  dated 2033-01-01\n  by A\n  signed by A, B\n'
        'obligation x "Do x" of A to B\n  under accord\n  for each 3 years of rain\n'
        "2029-06-01 A, B claim rain\n2029-07-01 A proposes accord\n",
        "utf-8",
    )
    html = client_of(folder).get("/series/wayout", params={"at": "2030-01-01", "goal": "x"}).text
    said = [way(html, 1), way(html, 2)]

    assert sum("By then there is x[2] as well" in each for each in said) == 1
