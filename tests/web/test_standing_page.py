"""Standing, and the page of one commitment: what they show is what the library answers."""

from __future__ import annotations

import datetime
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import servanda
from servanda.workbench.asked import default_date
from servanda.workbench.pages import commitment
from servanda.workbench.wording import FAMILIES, day_words
from web.conftest import PORT, ROOT, client_of

VIEW = "at=1962-11-15&channel=table"


def cells(html: str, label: str) -> dict[str, str]:
    """The status of a row in each reading, as the page has it."""
    row = html.partition(f'id="{label}"')[2].partition("</tr>")[0]
    return {
        unescape(reading): chip
        for reading, chip in re.findall(
            r'data-reading="([^"]+)"><span class="chip [a-z]+">.*?</svg>([^<]+)</span>', row
        )
    }


@pytest.mark.parametrize("at", ["1962-10-28", "1962-11-15", "1962-11-20", "1963-01-07"])
@pytest.mark.parametrize("channel", [None, "table"])
def test_every_cell_is_what_the_library_answers(
    client: TestClient, case: servanda.Case, at: str, channel: str | None
) -> None:
    html = client.get("/cuba-1962/standing", params={"at": at} | ({"channel": channel} if channel else {})).text
    inventory = case.status(at, channels=channel)
    assert len(inventory) > 15
    for row in inventory:
        assert cells(html, row.label) == {reading: each.status for reading, each in row.standings.items()}, row.label


def test_heads_count_what_is_open_on_each_side(client: TestClient, case: servanda.Case) -> None:
    html = client.get(f"/cuba-1962/standing?{VIEW}").text
    inventory = case.status("1962-11-15", channels="table")
    for party in ("US", "USSR"):
        part = html.partition(f"Owed by {party}</th>")[2].partition("</tr>")[0]
        counts = [int(each) for each in re.findall(r"<b>(\d+)</b> open", part)]
        owed = [row for row in inventory if row.bearers == (party,)]
        assert counts == [
            sum(row.commitment.kind == "obligation" and row[reading].status in FAMILIES["open"] for row in owed)
            for reading in (*case.parties, "record")
        ]
    assert f"{sum(row.differs for row in inventory)} of {len(inventory)} commitments" in html


def test_a_row_unfolds_to_reasons_with_their_quotes(client: TestClient, case: servanda.Case) -> None:
    part = client.get(f"/cuba-1962/why/lift-quarantine?{VIEW}").text
    for reading in (*case.parties, "record"):
        why = case.why("lift-quarantine", at="1962-11-15", reading=reading, channels="table")
        assert why.because is not None
        for reason in why.because.because:
            assert reason.text in unescape(part)
            if reason.quote:
                assert reason.quote in unescape(part)
    whole = client.get(f"/cuba-1962/standing?{VIEW}&why=lift-quarantine").text
    assert part.partition('<div class="reasons">')[2].partition("</section>")[0] in whole


def test_a_filter_leaves_what_fits(client: TestClient, case: servanda.Case) -> None:
    inventory = case.status("1962-11-15", channels="table")

    def shown(words: str) -> set[str]:
        answer = client.get("/cuba-1962/standing", params={"at": "1962-11-15", "channel": "table", "filter": words})
        return set(re.findall(r'class="row[^"]*" id="([^"]+)"', answer.text))

    assert shown("owed:USSR") == {row.label for row in inventory if "USSR" in row.bearers}
    assert shown("differs:yes not owed:us") == {row.label for row in inventory.differing if "US" not in row.bearers}
    assert shown("status:dormant or owed:cuba") == {
        row.label
        for row in inventory
        if "Cuba" in row.bearers or any(each.status == "dormant" for each in row.standings.values())
    }
    assert shown("quarantine") == {
        row.label for row in inventory if "quarantine" in (row.label + row.commitment.title).lower()
    }
    empty = client.get("/cuba-1962/standing", params={"at": "1962-11-15", "filter": "owed:USSR status:used"}).text
    assert "No commitment fits" in empty
    assert "without “status:used”" in unescape(empty)


def test_what_cannot_be_taken_is_said_and_the_rest_is_shown(client: TestClient) -> None:
    for name, given in {
        "at": "1962-13-40",
        "as": "Atlantis",
        "channel": "drum",
        "filter": "owed:(",
        "suppose": "x",
    }.items():
        answer = client.get("/cuba-1962/standing", params={name: given})
        assert answer.status_code == 400, name
        assert "could not be taken" in answer.text, name
        assert 'id="remove-bombers"' in answer.text, name


def test_what_is_supposed_wears_its_mark(client: TestClient, case: servanda.Case) -> None:
    line = "1962-11-15 USSR promises remove-bombers by 1962-12-20"
    html = client.get("/cuba-1962/standing", params={"at": "1962-11-15", "channel": "table", "suppose": line}).text
    assert "Not in the record." in html
    assert line in unescape(html)
    supposed = case.status("1962-11-15", channels="table", suppose=line)
    for row in supposed:
        assert cells(html, row.label) == {reading: each.status for reading, each in row.standings.items()}
    assert str(supposed["remove-bombers"]) != str(case.status("1962-11-15", channels="table")["remove-bombers"])


def test_the_page_of_a_commitment(client: TestClient, case: servanda.Case) -> None:
    html = unescape(client.get(f"/cuba-1962/commitment/remove-bombers?{VIEW}").text)
    row = case.status("1962-11-15", channels="table")["remove-bombers"]
    assert row.commitment.title in html
    assert "done when 42 bombers removed" in html
    for reading, standing in row.standings.items():
        section = html.partition(f'data-reading="{reading}"')[2].partition("</section>")[0]
        assert f"{standing.status}</span>" in section
    assert "1962-11-02" in html
    assert "US holds offensive-weapons" in html
    missing = client.get("/cuba-1962/commitment/remove-cannons")
    assert missing.status_code == 404
    assert "no commitment <code>remove-cannons</code>" in unescape(missing.text)


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ("1963-01-07", "1963-01-07"),
        ("1963-06-01", "1963-06-01"),
        ("2026-11-27", "1963-01-07"),
        ("1950-01-01", "1963-01-07"),
    ],
)
def test_before_anybody_asks_it_shows_today_or_the_last_day(case: servanda.Case, today: str, shown: str) -> None:
    assert str(default_date(case, datetime.date.fromisoformat(today))) == shown


def told_life(client: TestClient, path: str) -> list[tuple[str, list[str]]]:
    html = client.get(path).text
    part = html.partition("Its life")[2].partition("</section>")[0]
    rows = re.findall(r'<th scope="row"><a href="[^"]*at=([^&"]+)[^>]*>([^<]+)</a></th>(.*?)</tr>', part, re.DOTALL)
    assert all(words == day_words(datetime.date.fromisoformat(day)) for day, words, _ in rows)
    return [(day, re.findall(r'class="chip [^"]*"><svg.*?</svg>([^<]+)<', cells)) for day, _, cells in rows]


@pytest.mark.parametrize("label", ["lift-quarantine", "remove-bombers", "remove-missiles"])
def test_the_life_of_a_commitment_is_that_of_the_inventories_day_by_day(
    client: TestClient, case: servanda.Case, label: str
) -> None:
    first = min(act.dating.latest.day for act in case.acts if act.dating is not None)
    last = datetime.date(1962, 12, 24)  # days after the last word on the bombers, which were to go by the 20th
    days = [first + datetime.timedelta(days=at) for at in range((last - first).days + 1)]
    stood = {str(day): case.status(str(day))[label].standings for day in days}
    words = [(day, {reading: str(each) for reading, each in standings.items()}) for day, standings in stood.items()]
    changed = [day for at, (day, now) in enumerate(words) if not at or now != words[at - 1][1]]

    told = told_life(client, f"/cuba-1962/commitment/{label}?at={last}")

    assert [day for day, _ in told] == changed[::-1]
    assert [chips for _, chips in told] == [[each.status for each in stood[day].values()] for day in changed[::-1]]


def test_a_life_of_very_many_days_is_told_of_the_latest(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commitment, "MANY_DAYS", 4)
    monkeypatch.setattr(commitment, "MOST_DAYS", 2)
    assert len(told_life(client, "/cuba-1962/commitment/lift-quarantine?at=1962-11-21")) <= 2
    assert "on the latest 2 days with an act" in client.get("/cuba-1962/commitment/lift-quarantine?at=1962-11-21").text


def test_the_page_of_a_commitment_says_beside_each_status_what_the_inventory_says(client: TestClient) -> None:
    for label in ("remove-missiles", "remove-bombers"):
        row = client.get("/cuba-1962/standing?at=1962-12-24").text.partition(f'id="{label}"')[2].partition("</tr>")[0]
        beside = re.findall(r'data-reading="([^"]+)"><span class="chip.*?</span><span class="why">([^<]+)<', row)
        heads = client.get(f"/cuba-1962/commitment/{label}?at=1962-12-24").text.partition("Its life")[0]
        said = dict(re.findall(r'data-reading="([^"]+)">\s*<h4>.*?<span class="quiet">([^<]+)</span></h4>', heads))
        assert said
        assert said.items() <= dict(beside).items()


def test_where_lateness_is_unknown_the_inventory_says_so_as_the_command_does(tmp_path: Path) -> None:
    (tmp_path / "port").mkdir()
    (tmp_path / "port" / "case.pacta").write_text(f"{PORT}2024-12-30 Coast claims pay-dues\n", "utf-8")
    rows = servanda.load(tmp_path / "port").sound().status("2025-02-01")
    found = [each for row in rows for each in row.standings.values() if "late unknown" in str(each)]
    assert len(found) > 1
    html = client_of(tmp_path / "port").get("/port/standing?at=2025-02-01").text
    assert html.count("whether in time is unknown") == len(found)


def test_time_alone_has_its_days_in_a_life(port: TestClient) -> None:
    told = told_life(port, "/port/commitment/clear-mines?at=2024-06-30")

    assert [day for day, chips in told if "overdue" in chips] == ["2024-04-21"]
    assert told_life(port, "/port/commitment/pay-dues?at=2026-01-01")[0] == ("2025-01-01", ["overdue"] * 4)
    assert told_life(port, "/port/commitment/pay-dues?at=2024-12-31")[0][1] == ["due"] * 4


def test_acts_about_a_commitment_are_also_those_that_it_consists_of(port: TestClient) -> None:
    def about(label: str) -> list[str]:
        html = port.get(f"/port/commitment/{label}?at=2024-06-30").text
        part = html.partition("Acts about it")[2].partition("</section>")[0]
        return re.findall(r'class="act-words"[^>]*>([^<]+)<', part)

    assert about("clear-mines") == ["South promises clear-mines by 2024-04-20", "South claims 8 mines removed",
                                    "Mission observes 24 mines removed"]  # fmt: skip
    assert about("report-call[Aurora]") == ["Mission observes calls(ship=Aurora)", "North claims report-call[Aurora]"]
    assert about("report-call[Borealis]") == ["Mission observes calls(ship=Borealis)"]
    assert about("no-crossing") == ["Mission observes crosses(vessel=Skiff)"]
    assert about("open-gate") == ["Coast observes channel-safe"]


def test_of_many_sides_the_sentence_gives_sums(port: TestClient) -> None:
    html = port.get("/port/standing?at=2024-06-30").text
    rows = servanda.load_text(PORT).sound().status("2024-06-30")
    open_in = {
        reading: sum(row.commitment.kind == "obligation" and row[reading].status in FAMILIES["open"] for row in rows)
        for reading in ("North", "South", "Coast", "record")
    }
    assert sum(open_in.values()) > 8
    said = html.partition('class="said">')[2].partition("</p>")[0]
    assert re.findall(r"(\d+)(?: \(\d+ waiting\))? (?:as|by the) (\w+)", said) == [
        (str(number), reading) for reading, number in open_in.items()
    ]


def test_one_reading_alone_neither_agrees_nor_differs(client: TestClient, case: servanda.Case) -> None:
    html = client.get("/cuba-1962/standing?at=1962-11-15&as=US").text
    assert f"There are {len(case.status('1962-11-15'))} commitments. Open are " in html
    assert "Those concerned" not in html
    assert "only where they differ" not in html
    asked = client.get("/cuba-1962/standing?at=1962-11-15&as=US&filter=differs:yes").text
    assert "only where they differ" in asked, "what is switched on can be switched off"


CEASEFIRE = ROOT / "examples" / "ceasefire-exchange"


def test_what_has_not_come_to_be_has_its_clauses_and_says_why() -> None:
    client = client_of(CEASEFIRE)
    answer = client.get("/ceasefire-exchange/commitment/upper-accounts")
    assert answer.status_code == 200
    html = unescape(answer.text)
    assert "It has not come to be yet" in html
    assert html.count("upper-holds-fire has not been breached") == 3, "in each reading"
    assert "<code>for each breach of upper-holds-fire</code>" in html
    assert "Upper gives an account of each of its shots." in html
    there = client.get("/ceasefire-exchange/commitment/show-convoy%5BC-9%5D")
    assert "not this one" in there.text
    assert ">show-convoy[C-1]</a>" in there.text
    assert client.get("/ceasefire-exchange/commitment/nothing").status_code == 404


def test_reasons_lead_to_their_source_also_where_they_name_an_article() -> None:
    client = client_of(CEASEFIRE)
    html = client.get("/ceasefire-exchange/why/run-ferry").text
    links = {unescape(each) for each in re.findall(r'href="([^"]+/sources/[^"]+)"[^>]*>accord art', html)}
    assert links
    for each in links:
        assert client.get(each).status_code == 200, each


@pytest.mark.parametrize(
    ("path", "near"),
    [("commitment/remove-bomers", "remove-bombers"), ("party/USR", "USSR"), ("sources/memo15", "memo-15")],
)
def test_a_name_that_is_none_comes_with_the_one_that_may_be_meant(client: TestClient, path: str, near: str) -> None:
    answer = client.get(f"/cuba-1962/{path}")
    assert answer.status_code == 404
    assert f"Did you mean <code>{near}</code>?" in answer.text
