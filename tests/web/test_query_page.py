"""Questions in SQL: their answers are those of the library; they see nothing else, and take no more than they may."""

from __future__ import annotations

import io
import re
import threading
import time
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

import servanda
from servanda.api.query_apart import Lines
from servanda.api.tables import TABLES
from servanda.workbench.api.apart import asked_apart
from servanda.workbench.app import Workbench
from servanda.workbench.desk import Desk
from servanda.workbench.pages import query
from servanda.workbench.pages.query import EXAMPLES

from .conftest import CUBA, client_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = "/cuba-1962/query"
AT = {"at": "1962-11-15", "channel": "table"}


def lines(html: str) -> list[list[str]]:
    part = html.partition('class="tbl answer"')[2].partition("</table>")[0]
    return [[unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
            for row in re.findall(r'<tr class="row">(.*?)</tr>', part, re.DOTALL)]  # fmt: skip


def test_the_answer_is_that_of_the_library(client: TestClient, case: servanda.Case) -> None:
    sql = "from standings select commitment, reading, status where differs order by all"
    html = client.get(HERE, params=AT | {"sql": sql}).text
    expected = case.query(sql, at="1962-11-15", channels="table").fetchall()
    assert len(expected) > 20
    assert lines(html) == [list(each) for each in expected]
    assert f"{len(expected)} lines" in html
    for _, example in EXAMPLES:
        answer = client.get(HERE, params=AT | {"sql": example})
        assert lines(answer.text), example
        assert len(lines(answer.text)) == len(case.query(example, at="1962-11-15", channels="table").fetchall()) or (
            "quotes" in example
        )


def test_others_are_answered_while_the_page_works_out_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(CUBA)
    free: list[bool] = []

    def asked(sheet: bytes) -> tuple[list[str], Lines]:
        def try_it() -> None:
            free.append(desk.lock.acquire(timeout=5))
            desk.lock.release()

        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
        return asked_apart(sheet)

    monkeypatch.setattr(query, "asked_apart", asked)
    client = TestClient(Workbench(desk).app(), base_url="http://localhost")
    assert lines(client.get(HERE, params=AT | {"sql": "select 41 + 1 as found"}).text) == [["42"]]
    assert client.get(f"{HERE}/answer.csv", params=AT | {"sql": "select 41 + 1 as found"}).text.split() == [
        "found",
        "42",
    ]
    assert free == [True, True]


def test_what_is_supposed_is_in_the_standings_and_not_in_the_record(client: TestClient, case: servanda.Case) -> None:
    line = "1962-11-15 USSR promises remove-bombers by 1962-12-20"
    html = client.get(HERE, params=AT | {"suppose": line, "sql": "select status from standings where commitment = "
                                         "'remove-bombers' and reading = 'USSR'"}).text  # fmt: skip
    assert lines(html) == [[case.status("1962-11-15", channels="table", suppose=line)["remove-bombers"]["USSR"].status]]
    acts = client.get(HERE, params=AT | {"suppose": line, "sql": "select count(*) from acts"}).text
    assert lines(acts) == [[str(len(case.acts))]]


def test_a_slip_is_shown_at_its_place(client: TestClient) -> None:
    html = client.get(HERE, params={"sql": "from acts\nselect verbb"}).text
    assert "No column here is called <code>verbb</code>." in html
    assert "Did you mean <code>verb</code>?" in html
    assert "<mark>verbb</mark>" in html
    assert "<span>2</span>" in html.partition('id="slipped"')[2]
    for sql in (
        "select '<script>alert(1)</script>' as x",
        "from <script>alert(1)</script>",
        "</textarea><script>alert(1)",
    ):
        answer = client.get(HERE, params={"sql": sql}).text
        assert "<script>alert" not in answer, sql


@pytest.mark.parametrize(
    "sql",
    [
        "from '/etc/passwd'", "from read_text('/etc/passwd')", "copy acts to '/tmp/x'", "drop table acts",
        "attach '/tmp/x.db'", "install httpfs", "set memory_limit = '90GB'", "select 1; select 2", "pragma version",
    ],
)  # fmt: skip
def test_a_question_sees_the_case_and_changes_nothing(client: TestClient, sql: str) -> None:
    html = client.get(HERE, params={"sql": sql}).text
    assert 'id="slipped"' in html
    assert not lines(html)
    assert client.get(f"{HERE}/answer.csv", params={"sql": sql}).status_code == 400


def test_a_question_ends_in_time_and_with_so_many_lines(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def hurried(sheet: bytes) -> tuple[list[str], Lines]:
        return asked_apart(sheet, seconds=0.5)

    monkeypatch.setattr(query, "asked_apart", hurried)
    begun = time.monotonic()
    html = client.get(HERE, params={"sql": "select sum(range % 7) from range(10000000000000)"}).text
    assert "It takes longer than 0.5 seconds" in html
    assert time.monotonic() - begun < 20
    monkeypatch.undo()
    many = client.get(HERE, params={"sql": "select range as n from range(10000)"}).text
    assert "The first 500 of 10,000 lines" in many
    assert len(lines(many)) == 500
    more = client.get(HERE, params={"sql": "select range as n from range(10001)"}).text
    assert "The answer has more than 10,000 lines" in more
    large = client.get(HERE, params={"sql": "select list(range) from range(300000000)"}).text
    assert "It takes more than" in large


def test_it_comes_as_files(client: TestClient, case: servanda.Case, tmp_path: Path) -> None:
    import duckdb

    asked = AT | {"sql": "select commitment, status from standings where reading = 'US' order by commitment"}
    expected = case.query(asked["sql"], at="1962-11-15", channels="table").fetchall()
    csv = client.get(f"{HERE}/answer.csv", params=asked)
    assert csv.text.splitlines() == ["commitment,status", *(f"{name},{status}" for name, status in expected)]
    assert 'filename="cuba-1962-answer.csv"' in csv.headers["content-disposition"]
    found = client.get(f"{HERE}/answer.json", params=asked).json()
    assert [(row["commitment"], row["status"]) for row in found["rows"]] == expected
    assert found["view"]["at"] == "1962-11-15"
    assert found["view"]["channels"] == ["table"]
    path = tmp_path / "answer.parquet"
    path.write_bytes(client.get(f"{HERE}/answer.parquet", params=asked).content)
    assert duckdb.read_parquet(str(path)).fetchall() == expected
    assert io.BytesIO(path.read_bytes()).read(4) == b"PAR1"


def test_every_table_is_listed_with_its_columns_and_nothing_asked_says_so(client: TestClient, tmp_path: Path) -> None:
    html = unescape(client.get(HERE).text)
    for table in TABLES.values():
        part = html.partition(f"<summary><code>{table.name}</code>")[2].partition("</details>")[0]
        assert table.about in part
        assert re.findall(r"<dt><code>([^<]+)</code>", part) == [each.name for each in table.columns]
    assert "Nothing has been asked yet" in html
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "case.pacta").write_text("party A\nparty B\n")
    assert "No line answers this" in client_of(folder).get("/new/query", params={"sql": "from acts"}).text


def test_in_a_browser_an_example_is_asked_and_changed(page: Page, served: str) -> None:
    page.goto(f"{served}/query?at=1962-11-15")
    page.get_by_role("link", name="How many stand how").click()
    page.wait_for_selector("table.answer")
    page.fill("#sql", "from acts select verb, count(*) as n group by all order by n desc limit 3")
    page.keyboard.press("Control+Enter")
    expect(page.locator("table.answer tbody tr")).to_have_count(3)
    page.fill("#sql", "from acts select verb, count(*) as n group by all order by n desc limit 4")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("table.answer tbody tr")).to_have_count(4)
    expect(page).to_have_url(re.compile("at=1962-11-15"))
    page.locator("h1").click()
    page.keyboard.press("]")
    page.wait_for_url(re.compile("at=1962-11-19.*sql="))
    expect(page.locator("table.answer tbody tr")).to_have_count(4)
