"""Of a large case a page comes at once with what is known by then, says so, and has the rest come behind it."""

from __future__ import annotations

import asyncio
import re
import threading
from html import unescape
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient
from starlette.types import Message

import servanda
from servanda.workbench import app, sight
from servanda.workbench.desk import Desk
from web.conftest import CUBA, Served, client_of
from web.test_standing_page import VIEW, cells

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = ("standing", "disputes", "deadlines", "party/US", "commitment/lift-quarantine")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A workbench that takes any case for a large one, and makes one line of an inventory at a time."""
    monkeypatch.setattr(sight, "FEW", 1)
    monkeypatch.setattr(sight, "SOON", 0)
    monkeypatch.setattr(app, "AT_ONCE", 0)
    return client_of(CUBA)


def main(html: str) -> str:
    """What stands in the body of a page."""
    return html.partition("<main ")[2].partition(">")[2].partition("</main>")[0]


def address_of_the_rest(html: str) -> str | None:
    found = re.search(r'<main [^>]*data-load="([^"]+)" aria-busy="true">', html)
    return None if found is None else unescape(found[1])


def test_what_is_known_first_is_so_and_no_count_is_told(impatient: TestClient, case: servanda.Case) -> None:
    html = impatient.get(f"/cuba-1962/standing?{VIEW}").text
    inventory = case.status("1962-11-15", channels="table")
    shown = re.findall(r'<tr class="row" id="([^"]+)"', html)
    assert 0 < len(shown) < len(inventory)
    assert shown == [row.label for row in inventory][: len(shown)]
    for label in shown:
        assert cells(html, label) == {reading: each.status for reading, each in inventory[label].standings.items()}
    assert f"{len(shown)} of {len(case.commitments)} commitments so far" in html
    assert " open<" not in main(html)
    assert "differ on" not in main(html)


@pytest.mark.parametrize("page", PAGES)
def test_the_rest_is_the_page_as_it_would_have_been(
    impatient: TestClient, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/cuba-1962/{page}?{VIEW}"
    first = impatient.get(path).text
    address = address_of_the_rest(first)
    assert address is not None
    assert f'href="{address.replace("&", "&amp;")}">Have all of it with the page</a>' in first
    whole = impatient.get(address).text
    assert address_of_the_rest(whole) is None
    assert main(impatient.get(path).text) == main(whole), "from now on it is known"
    monkeypatch.setattr(sight, "FEW", 200)
    assert main(whole) == main(client_of(CUBA).get(path).text), "of a workbench that nobody has asked anything"


def test_asked_again_and_again_a_page_comes_to_its_end(impatient: TestClient, case: servanda.Case) -> None:
    path = f"/cuba-1962/disputes?{VIEW}"
    told = [re.search(r"(\d+) of \d+ commitments so far", impatient.get(path).text) for _ in case.commitments]
    known = [int(each[1]) for each in told if each is not None]
    assert len(known) > 10
    assert known == sorted(set(known))
    assert address_of_the_rest(impatient.get(path).text) is None


def test_the_rest_keeps_what_the_page_was_asked(impatient: TestClient) -> None:
    html = impatient.get(f"/cuba-1962/standing?{VIEW}&why=lift-quarantine&filter=owed%3AUS").text
    address = address_of_the_rest(html)
    assert address is not None
    assert {"why=lift-quarantine", "filter=owed:US", "at=1962-11-15", "whole=yes"} <= {
        *urlsplit(address).query.split("&")
    }


def test_what_the_case_does_not_have_is_said_at_once(impatient: TestClient) -> None:
    assert impatient.get(f"/cuba-1962/party/Nobody?{VIEW}").status_code == 404


def test_what_is_supposed_is_waited_for(impatient: TestClient) -> None:
    html = impatient.get("/cuba-1962/standing", params={"at": "1962-11-15", "suppose": "1962-11-14 US lifts x"}).text
    assert address_of_the_rest(html) is not None
    line = "1962-11-14 USSR promises remove-bombers"
    html = impatient.get("/cuba-1962/standing", params={"at": "1962-11-15", "suppose": line}).text
    assert address_of_the_rest(html) is None
    assert "Not in the record" in html


def test_why_is_answered_whole(impatient: TestClient, client: TestClient) -> None:
    path = f"/cuba-1962/why/lift-quarantine?{VIEW}"
    assert impatient.get(path).text == client.get(path).text


def test_others_may_ask_while_the_rest_is_worked_out(impatient: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, free = Desk(CUBA), list[bool]()

    def take() -> None:
        free.append(desk.lock.acquire(timeout=5))
        desk.lock.release()

    def pause(seconds: float) -> None:
        thread = threading.Thread(target=take)
        thread.start()
        thread.join()

    monkeypatch.setattr(app, "time", SimpleNamespace(sleep=pause))
    client = TestClient(app.Workbench(desk).app(), base_url="http://localhost")
    assert address_of_the_rest(client.get(f"/cuba-1962/deadlines?{VIEW}&whole=yes").text) is None
    assert len(free) > 10
    assert all(free)


def test_nothing_is_worked_out_for_who_has_gone(impatient: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    path, sent, worked = "/cuba-1962/standing", list[Message](), list[float]()
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "root_path": "",
             "query_string": f"{VIEW}&whole=yes".encode(), "headers": [(b"host", b"localhost")]}  # fmt: skip
    coming = iter([{"type": "http.request", "body": b""}])

    async def receive() -> Message:
        return next(coming, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        sent.append(message)

    monkeypatch.setattr(app, "time", SimpleNamespace(sleep=worked.append))
    served = app.Workbench(Desk(CUBA)).app()

    async def ask() -> None:
        await served(scope, receive, send)

    # a browser of other tests may have a loop of its own in this thread
    thread = threading.Thread(target=lambda: asyncio.run(ask()))
    thread.start()
    thread.join()
    assert sent[0]["status"] == 204
    assert 0 < len(worked) < 4


# ── in a browser ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_rest_comes_by_itself(impatient: TestClient, own: Served, page: Page, case: servanda.Case) -> None:
    page.goto(f"{own.address}/standing?{VIEW}")
    for at in ("1962-11-15", "1962-10-30"):
        if at not in page.url:
            page.locator("#at").fill(at)
            page.locator("#at").press("Enter")
            expect(page).to_have_url(re.compile(at))
        inventory = case.status(at, channels="table")
        expect(page.locator("tr.row")).to_have_count(len(inventory))
        expect(page.locator("main")).to_contain_text(f"{len(inventory.differing)} of {len(inventory)} commitments")
        expect(page.locator("main[aria-busy]")).to_have_count(0)
        for label in ("lift-quarantine", "remove-bombers"):
            chip = page.locator(f'[id="{label}"] td[data-reading="USSR"] .chip')
            expect(chip).to_have_text(inventory[label]["USSR"].status)


def test_what_comes_by_itself_brings_its_title_and_counts(
    impatient: TestClient, own: Served, page: Page, case: servanda.Case
) -> None:
    page.goto(f"{own.address}/disputes?{VIEW}")
    expect(page).to_have_title(re.compile("^Where the readings part ·"))
    differing = case.status("1962-11-15", channels="table").differing
    expect(page.locator("#nav a[data-key=d] i")).to_have_text(str(len(differing)))


def test_without_script_all_of_it_is_a_link_away(
    impatient: TestClient, own: Served, browser: Browser, case: servanda.Case
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{own.address}/disputes?{VIEW}")
    page.get_by_role("link", name="Have all of it with the page").click()
    differing = case.status("1962-11-15", channels="table").differing
    expect(page.locator("main")).to_contain_text(f"differ on {len(differing)} of")
    context.close()
