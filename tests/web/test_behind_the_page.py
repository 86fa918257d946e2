"""Of a large case a page comes at once with what is known by then, says so, and has the rest come behind it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

import servanda
from servanda.workbench import app, sight
from web.conftest import CUBA, client_of
from web.test_standing_page import VIEW, cells

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
    impatient: TestClient, client: TestClient, page: str, monkeypatch: pytest.MonkeyPatch
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
    assert main(whole) == main(client.get(path).text)


def test_asked_again_and_again_a_page_comes_to_its_end(impatient: TestClient, case: servanda.Case) -> None:
    path = f"/cuba-1962/disputes?{VIEW}"
    told = [re.search(r"(\d+) of \d+ commitments so far", impatient.get(path).text) for _ in case.commitments]
    known = [int(each[1]) for each in told if each is not None]
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
