"""Cases that have hardly anything in them: each page says so, counts nothing, and leads on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from servanda.workbench.pages import PAGES
from web.conftest import client_of

PARTIES = 'case "Nothing but parties"\nparty A "First"\nparty B "Second"\n'
NOT_YET = PARTIES + 'event calls(ship)\nobligation report "Report." of A to B\n  for each calls(ship)\n'


def opened(folder: Path, text: str, *, read_only: bool = False) -> TestClient:
    (folder / "bare").mkdir(exist_ok=True)
    (folder / "bare" / "case.pacta").write_text(text, "utf-8")
    return client_of(folder / "bare", read_only=read_only)


def words_of(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]).split())


@pytest.mark.parametrize("text", ['case "Empty"\n', PARTIES, NOT_YET])
def test_no_page_of_a_bare_case_counts_what_is_not_there(tmp_path: Path, text: str) -> None:
    client = opened(tmp_path, text)
    for page in PAGES.values():
        if not page.about and page.name not in ("problems", "query", "file"):
            words = words_of(client.get(f"/bare/{page.name}").text)
            assert not re.search(r"\b(all|of|on) 0\b|\b0 (acts|sources|commitments|deadlines)\b", words), words


def test_a_case_of_parties_alone_leads_to_where_it_is_written(tmp_path: Path) -> None:
    client = opened(tmp_path, PARTIES)
    standing = client.get("/bare/standing").text
    assert "This case has no commitments yet." in standing
    assert 'href="/bare/editor"' in standing.partition("<main")[2]
    first = re.findall(r'href="([^"]+)">a first case', standing)[0]
    assert client.get(first).status_code == 200
    disputes = words_of(client.get("/bare/disputes").text)
    assert "There is no commitment on which readings could part." in disputes
    assert "came and went" not in disputes
    assert "agree" not in disputes
    for page in ("timeline", "record"):
        assert 'href="/bare/act"' in client.get(f"/bare/{page}").text.partition("<main")[2]


def test_who_cannot_write_is_not_sent_to_write(tmp_path: Path) -> None:
    client = opened(tmp_path, PARTIES, read_only=True)
    for page in ("standing", "timeline", "record"):
        main = client.get(f"/bare/{page}").text.partition("<main")[2]
        assert 'href="/bare/editor"' not in main
        assert 'href="/bare/act"' not in main


def test_what_has_not_been_called_for_yet_is_named(tmp_path: Path) -> None:
    client = opened(tmp_path, NOT_YET)
    standing = client.get("/bare/standing?at=2024-01-01").text
    assert "None of its commitments has come to be by 1 Jan 2024" in standing
    assert 'href="/bare/commitment/report?at=2024-01-01"' in standing
