"""Sources, Problems, Help and the case's files: what they show is what the library answers."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from starlette.testclient import TestClient

import servanda
from servanda.findings import cross_check
from servanda.workbench.app import Workbench
from servanda.workbench.desk import Desk
from servanda.workbench.pages import PAGES, problems
from servanda.workbench.pages.help import CONTENTS, head_of, text_of
from web.conftest import CUBA, ROOT, client_of

WEIR = ROOT / "examples" / "weir-talks"
SHARED = ROOT.parent / "shared" / "sources"


def test_the_list_of_sources_counts_what_is_taken(client: TestClient, case: servanda.Case) -> None:
    html = unescape(client.get("/cuba-1962/sources").text)
    assert f"{len(case.sources)} sources, none of their texts at hand." in html
    cited = [citation.source.name for act in case.acts for citation in act.citations]
    cited += [each.source.name for one in case.commitments.values() for each in one.clauses.under]
    cited += [each.source.name for act in case.acts if act.version for each in act.version.clauses.under]
    for name, source in case.sources.items():
        row = html.partition(f"<code>{name}</code>")[2].partition("</tr>")[0]
        assert source.title in html
        assert f'data-head="Taken from it">{cited.count(name)}<' in row


@pytest.mark.skipif(not WEIR.is_dir(), reason="the example of a damaged memorandum is missing")
def test_a_text_at_hand_has_its_quotes_at_their_place() -> None:
    weir = servanda.load(WEIR)
    client = client_of(WEIR)
    assert weir.quotes.anchors
    for anchor in weir.quotes.anchors:
        html = client.get(f"/weir-talks/sources/{anchor.citation.source.name}").text
        line = html.partition(f'id="L{anchor.line}"')[2].partition('class="scan-line')[0]
        assert 'class="quoted"' in line
        assert anchor.citation.quote is not None
        assert anchor.citation.quote.value in unescape(html)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the source texts do not lie in ../shared/sources")
def test_the_damaged_memorandum_says_who_speaks() -> None:
    desk = Desk(CUBA, sources=SHARED)
    text = (SHARED / "memcon-1962-11-15.ocr.txt").read_text("utf-8")
    transcript = desk.readings.of(desk.copy().case, text, wait=True)
    assert transcript is not None
    client = TestClient(Workbench(desk).app(), base_url="http://localhost")
    html = unescape(client.get("/cuba-1962/sources/memo-15").text)
    shown = html.count('class="scan-line ')
    assert shown == len(text.splitlines())
    before = ""
    for line in transcript.lines:
        if line.speaker not in ("none", before):
            part = html.partition(f'id="L{line.line}"')[2].partition('class="tx"')[0]
            assert line.speaker in part
            assert ("?" in part) == (line.confidence < 0.8)
        before = line.speaker if line.speaker != "none" else before
    for kept in re.findall(r'data-read-as="([^"]+)"', html):
        assert re.search(r"0\.\d\d sure|1\.00 sure", kept)


def test_a_quote_that_is_not_there_is_kept_and_shown(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "ceasefire-exchange", tmp_path / "ceasefire")
    loaded = servanda.load(tmp_path / "ceasefire")
    anchor = loaded.quotes.anchors[0]
    quote = anchor.citation.quote
    assert quote is not None
    file = Path(quote.span.file.path)
    file.write_text(file.read_text("utf-8").replace(quote.value, "words that nobody ever wrote here"), "utf-8")
    html = unescape(client_of(tmp_path / "ceasefire").get(f"/ceasefire/sources/{anchor.citation.source.name}").text)
    assert "Quotes that are not found" in html
    assert "words that nobody ever wrote here" in html.partition("Quotes that are not found")[2]


def test_problems_are_those_of_check(tmp_path: Path) -> None:
    shutil.copytree(CUBA, tmp_path / "cuba")
    file = tmp_path / "cuba" / "commitments" / "american.pacta"
    file.write_text(file.read_text("utf-8").replace("obligation lift-quarantine", "obligation lift-quarantin"), "utf-8")
    loaded = servanda.load(tmp_path / "cuba")
    html = unescape(client_of(tmp_path / "cuba").get("/cuba/problems").text)
    assert not loaded.ok
    for found in loaded.diagnostics:
        assert f"<code>{found.code}</code>" in html
        assert re.sub(r"`([^`]*)`", r"<code>\1</code>", found.message) in html
        if found.span.file.text:
            assert f"#L{found.span.line}" in html
    assert "lift-quarantin " in html.partition('class="would"')[2].partition("</div>")[0]
    assert str(tmp_path) not in html
    other = client_of(tmp_path / "cuba").get("/cuba/standing").text
    assert "The files have errors." in other


def test_findings_are_those_of_cross_check(client: TestClient, case: servanda.Case) -> None:
    html = unescape(client.get("/cuba-1962/problems?at=1962-11-15").text)
    from servanda.api.dates import single
    from servanda.standing.chronicle import acts_in_view

    at = single("1962-11-15")
    readings = (*case.parties, "record")
    found = cross_check(case.inquiry, acts_in_view(case, case.acts, readings, at), readings, at, None, None)
    assert len(found.findings) > 4
    for each in found.findings:
        assert re.sub(r"`([^`]*)`", r"<code>\1</code>", each.message) in html
    assert f"<b>{len(found.findings)}</b>" in html


def test_a_problem_at_the_end_of_a_line_marks_its_line(tmp_path: Path) -> None:
    own = Path(shutil.copytree(CUBA, tmp_path / "own"))
    with (own / "case.pacta").open("a", encoding="utf-8") as file:
        file.write("\nobligation\n")
    found = next(each for each in servanda.load(own).diagnostics if each.code == "missing-at-end")
    html = unescape(client_of(own).get("/own/problems").text)
    assert re.findall(r'<div class="hit"><span>(\d+)</span><span>obligation', html) == [str(found.span.line)]
    label = html.partition('<div class="hit">')[2].partition('<div class="label">')[2].partition("</div>")[0]
    assert found.label
    assert found.label in label
    assert 'href="#errors"' in html
    assert 'href="#warnings"' not in html


def test_the_last_sound_state_stays_while_a_file_is_broken(tmp_path: Path) -> None:
    shutil.copytree(CUBA, tmp_path / "cuba")
    client = client_of(tmp_path / "cuba")
    file = tmp_path / "cuba" / "commitments" / "american.pacta"
    text = file.read_text("utf-8")
    before = client.get("/cuba/standing?at=1962-11-15").text
    file.write_text(text + '\nobligation "no name" of\n', "utf-8")
    broken = client.get("/cuba/standing?at=1962-11-15").text
    assert "The last state" in broken or "the last state" in broken
    assert re.findall('class="chip [^"]*">', broken) == re.findall('class="chip [^"]*">', before)
    file.write_text(text, "utf-8")
    assert "The files have errors." not in client.get("/cuba/standing?at=1962-11-15").text


def test_the_manual_is_whole_and_its_links_lead_somewhere(client: TestClient) -> None:
    pages = [name for names in CONTENTS.values() for name in names if text_of(name) is not None]
    assert len(pages) > 12
    contents = unescape(client.get("/cuba-1962/help").text)
    for name in pages:
        assert head_of(name) in contents
        html = client.get(f"/cuba-1962/help/{name}").text
        article = html.partition('<article class="prose">')[2].partition("</article>")[0]
        assert head_of(name) in unescape(re.sub("<[^>]*>", "", article))
        for target in re.findall(r'(?:href|src)="(/cuba-1962/[^"]+)"', article):
            assert client.get(unescape(target)).status_code == 200, (name, target)
    for missing in ("guides/nothing", "../../README", "..%2f..%2fpyproject"):
        assert client.get(f"/cuba-1962/help/{missing}").status_code == 404
    for outside in ("../pyproject.toml", "%2e%2e/pyproject.toml", "/etc/passwd", "guides/standing.md"):
        assert client.get(f"/cuba-1962/picture/{outside}").status_code == 404


def test_every_line_of_every_file_is_there(client: TestClient, case: servanda.Case) -> None:
    for file in case.files:
        name = Path(file.path).relative_to(CUBA).as_posix()
        html = unescape(client.get(f"/cuba-1962/file/{name}").text)
        for number, line in enumerate(file.text.splitlines(), 1):
            assert f'<div id="L{number}"><a href="#L{number}">{number}</a><span>{line}</span></div>' in html
    assert client.get("/cuba-1962/file/../../pyproject.toml").status_code == 404
    assert client.get("/cuba-1962/file/record/../../../pyproject.toml").status_code == 404


def test_findings_of_a_large_case_come_behind_the_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get("/cuba-1962/problems?at=1962-11-15").text
    monkeypatch.setattr(problems, "FEW", 0)
    first = client.get("/cuba-1962/problems?at=1962-11-15").text
    assert "Looking for what the case implies" in first
    address = unescape(first.partition('id="findings" data-load="')[2].partition('"')[0])
    behind = client.get(address).text
    assert behind.partition('<div id="findings"')[2].count("<li>") == whole.partition('<div id="findings"')[2].count(
        "<li>"
    )
    assert "Looking for" not in behind


def test_the_files_are_listed_with_their_lengths(client: TestClient, case: servanda.Case) -> None:
    html = client.get("/cuba-1962/file").text
    listed = re.findall(r'href="[^"]*/file/([^"?]+)[^"]*">([^<]+)</a> <span class="quiet">(\d+) lines?<', html)
    texts = {Path(file.path).relative_to(CUBA).as_posix(): file.text for file in case.files}
    assert {(unquote(path), shown, int(count)) for path, shown, count in listed} == {
        (path, path, len(text.splitlines())) for path, text in texts.items()
    }


@pytest.mark.parametrize(
    ("page", "kept"),
    [("standing?filter=owed:ussr", ("standing", "disputes", "deadlines")), ("record?filter=verb:claims", ("record",)),
     ("sources?filter=quotes:none", ("sources",)), ("wayout?filter=owed:ussr", ("standing", "disputes", "deadlines")),
     ("deadlines?filter=bombers", ("standing", "disputes", "deadlines", "record", "sources"))],
)  # fmt: skip
def test_a_page_of_the_bar_is_asked_with_no_filter_that_it_does_not_have(
    client: TestClient, page: str, kept: tuple[str, ...]
) -> None:
    html = client.get(f"/cuba-1962/{page}").text
    bar = {
        urlsplit(unescape(each)).path.rpartition("/")[2]: unescape(each)
        for each in re.findall(r'href="([^"]+)"', html.partition("<nav")[2].partition("</nav>")[0])
    }
    assert set(kept) <= {name for name in bar if PAGES[name].filters}
    for name, address in bar.items():
        assert client.get(address).status_code == 200, address
        if PAGES[name].filters:
            assert ("filter=" in address) == (name in kept), address


def test_a_commitment_is_found_in_the_inventory_whatever_was_filtered(client: TestClient) -> None:
    html = client.get("/cuba-1962/commitment/turkey?filter=owed:ussr").text
    address = re.search(r'href="([^"]+)">In the inventory', html)
    assert address is not None
    assert '<tr class="row" id="turkey"' in client.get(unescape(address[1])).text
