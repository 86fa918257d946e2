"""Writing through the workbench: drafts judged, saves guarded, acts previewed, added, taken back, supposed."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import servanda
from servanda.model.record import Expectation
from servanda.standing.expectations import outcomes
from servanda.text import format_tree, parse
from web.conftest import CUBA, client_of

VIEW = "at=1962-11-15&channel=table"
PROMISE = "1962-11-15 USSR promises remove-bombers by 1962-12-20"
NOVEMBER = "record/1962-11.pacta"


class Own:
    """A workbench on a copy of the case of Cuba, and the words that its forms carry."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self.folder = folder
        self.client: TestClient = client_of(folder, read_only=read_only)
        self.csrf = hidden(self.client.get("/cuba-1962/editor").text, "csrf")

    def text(self, path: str = NOVEMBER) -> str:
        return (self.folder / path).read_text("utf-8")

    def hash(self, path: str = NOVEMBER) -> str:
        return hidden(self.client.get(f"/cuba-1962/editor/{path}").text, "hash")

    def save(self, text: str, was: str, path: str = NOVEMBER, **more: str) -> Any:
        fields = {"csrf": self.csrf, "text": text, "hash": was, **more}
        headers = {"accept": "application/json"}
        return self.client.post(f"/cuba-1962/editor/{path}", data=fields, headers=headers, follow_redirects=False)


def hidden(html: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', html)
    return "" if found is None else unescape(found.group(1))


@pytest.fixture
def bench(tmp_path: Path) -> Own:
    shutil.copytree(CUBA, tmp_path / "cuba-1962")
    return Own(tmp_path / "cuba-1962")


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_editor_shows_a_file_and_the_files_of_the_case(client: TestClient) -> None:
    html = client.get(f"/cuba-1962/editor/{NOVEMBER}").text
    area = html.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
    assert unescape(area).removeprefix("\n") == (CUBA / NOVEMBER).read_text("utf-8")
    listed = re.findall(r'<li><a href="/cuba-1962/editor/([^"]+)"', html)
    assert [each.replace("%2F", "/") for each in listed] == sorted(
        path.relative_to(CUBA).as_posix() for path in CUBA.rglob("*.pacta")
    )
    assert "<code>--read-only</code>" not in html


@pytest.mark.parametrize("path", ["../README.md", "README.md", "%2e%2e/x.pacta", "none.pacta", "/etc/passwd"])
def test_other_files_are_refused(bench: Own, path: str) -> None:
    (bench.folder.parent / "x.pacta").write_text("party Out\n")
    assert bench.client.get(f"/cuba-1962/editor/{path}").status_code == 404
    assert bench.save("party Hacked\n", "", path).status_code in (400, 404)
    assert (bench.folder.parent / "x.pacta").read_text() == "party Out\n"


def test_what_a_case_says_is_text_on_these_pages(bench: Own) -> None:
    evil = '</textarea><script>alert("x")</script>'
    (bench.folder / "who.pacta").write_text(bench.text("who.pacta") + f'party X """{evil}"""\n  aka "</title><b>"\n')
    for address in (
        "editor/who.pacta", "act", f"act?line={evil}", f"act?who=X&verb=states&more={evil}",
        f"act?line=1962-11-15 X states '{evil}'", f"standing?suppose={evil}",
    ):  # fmt: skip
        html = bench.client.get(f"/cuba-1962/{address}").text
        assert "<script>" not in html, address
        assert "</title><b>" not in html, address
    answer = bench.save(f"# {evil}\n", "another", "who.pacta")
    assert answer.status_code == 409
    assert "<script>" not in answer.json()["html"]


# ── drafts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def asked(client: TestClient, about: str, **draft: Any) -> Any:
    answer = client.post(f"/cuba-1962/draft/{about}", json={"file": NOVEMBER, **draft})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_draft_is_judged_as_the_case_would_be_with_it(client: TestClient, tmp_path: Path) -> None:
    text = (CUBA / NOVEMBER).read_text("utf-8").replace("remove-bombers", "remove-bomers", 1)
    found = asked(client, "check", text=text)
    shutil.copytree(CUBA, tmp_path / "case")
    (tmp_path / "case" / NOVEMBER).write_text(text)
    loaded = servanda.load(tmp_path / "case")
    wanted = [
        (each.code, each.span.start, each.span.end, each.message)
        for each in loaded.diagnostics
        if each.span.file.path.endswith(NOVEMBER)
    ]
    assert [(each["code"], each["from"], each["to"], each["message"]) for each in found["diagnostics"]] == wanted
    [slip] = found["diagnostics"]
    assert text[slip["from"] : slip["to"]] == "remove-bomers"
    mended = text[: slip["fix"]["from"]] + slip["fix"]["replacement"] + text[slip["fix"]["to"] :]
    assert mended == (CUBA / NOVEMBER).read_text("utf-8")
    assert asked(client, "check", text=mended)["diagnostics"] == []


def test_places_are_counted_as_browsers_count(client: TestClient) -> None:
    text = "# 𝄞𝄞\n1962-11-15 US signs nothing\n"
    [slip] = asked(client, "check", text=text)["diagnostics"]
    wide = text.encode("utf-16-le")
    assert wide[2 * slip["from"] : 2 * slip["to"]].decode("utf-16-le") == "nothing"
    at = len(text[: text.index("nothing")].encode("utf-16-le")) // 2
    offered = [each["label"] for each in asked(client, "complete", text=text, at=at)["options"]]
    assert "protocol" in offered
    assert "remove-bombers" not in offered


def test_what_could_stand_here_is_offered(client: TestClient, case: servanda.Case) -> None:
    def offered(text: str) -> list[str]:
        return [each["label"] for each in asked(client, "complete", text=text, at=len(text))["options"]]

    assert [each for each in offered("1962-11-15 US offers ") if each in case.commitments] == list(case.commitments)
    assert not set(case.means) & set(offered("1962-11-15 US offers "))
    assert set(case.means) <= set(offered("obligation x of US\n  verified by "))
    assert not set(case.means) & set(offered("obligation x of US\n  verified by on-site or fleet\n  "))
    assert {"done", "when", "verified"} <= set(offered("obligation x of US\n  "))
    assert "promises" in offered("1962-11-15 US ")
    assert "mine" in offered("obligation mine of US\n1962-11-15 US begins ")
    assert offered("# a comment ") == []


def test_a_draft_is_laid_out(client: TestClient) -> None:
    text = 'party   A\nparty B   "b"\n'
    assert asked(client, "format", text=text)["text"] == format_tree(parse(text))
    assert asked(client, "format", text="party A\n  ??\n")["text"] is None


def test_quotes_stand_beside_their_text(tmp_path: Path) -> None:
    example = CUBA.parent / "ceasefire-exchange"
    found = (
        client_of(example)
        .post(
            "/ceasefire-exchange/draft/check",
            json={"file": "accord.pacta", "text": (example / "accord.pacta").read_text("utf-8")},
        )
        .json()["citations"]
    )
    source = (example / "accord.txt").read_text("utf-8")
    anchors = servanda.load(example).quotes.anchors
    there = [each for each in anchors if each.citation.span.file.path.endswith("accord.pacta")]
    assert len(there) > 5
    assert sorted((each["from"], each["words"]) for each in found if each["found"]) == sorted(
        (each.citation.span.start, source[each.place.start : each.place.end]) for each in there
    )
    around = [each["before"] + each["words"] + each["after"] for each in found if each["found"]]
    assert all(each.removeprefix("… ").removesuffix(" …") in source for each in around)


def test_nonsense_is_no_draft(client: TestClient) -> None:
    for body in (b"", b"[]", b'{"file": 1}', b'{"file": "../x.pacta", "text": ""}', b'{"file": "case.pacta"}'):
        answer = client.post("/cuba-1962/draft/check", content=body)
        assert answer.status_code == 400
        assert set(answer.json()) >= {"title", "status", "detail"}


# ── saving ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_save_is_seen_on_every_page(bench: Own) -> None:
    was = bench.hash()
    answer = bench.save(bench.text() + f"{PROMISE}\n", was)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["state"], told["hash"]) == ("saved", bench.hash())
    html = bench.client.get(f"/cuba-1962/commitment/remove-bombers?{VIEW}").text
    standing = servanda.load(bench.folder).case.status("1962-11-15", channels="table")["remove-bombers"]
    before = servanda.load(CUBA).case.status("1962-11-15", channels="table")["remove-bombers"]
    for reading in ("US", "USSR", "record"):
        section = html.partition(f'data-reading="{reading}"')[2].partition("</section>")[0]
        assert f"{standing[reading].status}</span>" in section
    assert str(standing["USSR"]) != str(before["USSR"])


def test_somebody_elses_change_is_shown_and_never_overwritten(bench: Own) -> None:
    was, base = bench.hash(), bench.text()
    theirs = base + '1962-11-22 Cuba states "Theirs."\n'
    (bench.folder / NOVEMBER).write_text(theirs)
    mine = base + '1962-11-22 US states "Mine."\n'
    answer = bench.save(mine, was)
    assert (answer.status_code, answer.json()["state"]) == (409, "conflict")
    html = unescape(answer.json()["html"])
    assert '− 1962-11-22 Cuba states "Theirs."' in html
    assert '+ 1962-11-22 US states "Mine."' in html
    assert bench.text() == theirs
    # without a script the page comes back with both, and saving again is somebody's own decision
    plain = bench.client.post(f"/cuba-1962/editor/{NOVEMBER}", data={"csrf": bench.csrf, "text": mine, "hash": was})
    assert plain.status_code == 409
    area = plain.text.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
    assert unescape(area).removeprefix("\n") == mine
    assert 'Cuba states "Theirs."' in unescape(plain.text)
    assert bench.text() == theirs
    again = bench.save(mine, hidden(plain.text, "hash"))
    assert again.json()["state"] == "saved"
    assert bench.text() == mine


def test_a_form_without_script_saves_and_comes_back(bench: Own) -> None:
    text = bench.text().replace("\n", "\r\n") + '1962-11-22 Cuba states "So be it."\r\n'
    fields = {"csrf": bench.csrf, "text": text, "hash": bench.hash()}
    answer = bench.client.post(f"/cuba-1962/editor/{NOVEMBER}", data=fields, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/cuba-1962/editor/{NOVEMBER.replace('/', '%2F')}")
    assert bench.text() == text.replace("\r\n", "\n")
    page = bench.client.get(answer.headers["location"]).text
    assert "The file holds what was last written here." in page
    undo = {"csrf": bench.csrf, "text": "", "hash": hidden(page, "hash"), "file": NOVEMBER}
    back = bench.client.post("/cuba-1962/act/undo", data=undo)
    assert back.url.path == f"/cuba-1962/editor/{NOVEMBER}"
    assert bench.text() == (CUBA / NOVEMBER).read_text("utf-8")
    assert "last written here" not in back.text


def test_a_text_is_laid_out_on_saving_where_it_can_be_read(bench: Own) -> None:
    bench.save(bench.text() + '1962-11-22   Cuba states   "Wide."\n', bench.hash(), layout="on")
    assert bench.text().endswith('1962-11-22 Cuba states "Wide."\n')
    torn = bench.text() + "1962-11-23   Cuba ???\n"
    told = bench.save(torn, bench.hash(), layout="on").json()
    assert bench.text() == torn
    assert "1 error in this file" in told["message"]


def test_nothing_is_written_without_the_word_of_the_form(bench: Own) -> None:
    was, before = bench.hash(), bench.text()
    bench.csrf = "guessed"
    assert bench.save("party X\n", was).status_code == 403
    post = bench.client.post
    assert post("/cuba-1962/act", data={"line": PROMISE, "file": NOVEMBER}).status_code == 403
    assert post("/cuba-1962/act/undo", data={"file": NOVEMBER}).status_code == 403
    strange = {"origin": "http://elsewhere.example"}
    assert post(f"/cuba-1962/editor/{NOVEMBER}", data={"csrf": bench.csrf}, headers=strange).status_code == 403
    assert bench.text() == before


def test_a_read_only_workbench_says_so_and_writes_nothing(tmp_path: Path) -> None:
    shutil.copytree(CUBA, tmp_path / "cuba-1962")
    bench = Own(tmp_path / "cuba-1962", read_only=True)
    before = bench.text()
    answer = bench.save("party X\n", bench.hash())
    assert answer.status_code == 403
    assert "--read-only" in answer.json()["message"]
    assert "--read-only" in bench.client.get("/cuba-1962/editor").text
    page = bench.client.get("/cuba-1962/act", params={"line": PROMISE}).text
    assert "--read-only" in page
    assert "Write it" not in page
    assert bench.client.post("/cuba-1962/act", data={"line": PROMISE}).status_code == 403
    assert bench.text() == before


# ── acts ────────────────────────────────────────────────────────────────────────────────────────────────────────


def previewed(html: str) -> dict[tuple[str, str], tuple[str, str]]:
    """The standings that would change: before and after, by commitment and reading."""
    found = {}
    for label, reading, row in re.findall(
        r'<tr data-label="([^"]+)" data-reading="([^"]+)">(.*?)</tr>', html, re.DOTALL
    ):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)[-2:]
        before, after = (re.sub(r"<[^>]+>", "", cell.partition('<span class="quiet">')[0]).strip() for cell in cells)
        found[unescape(label), reading] = before, after
    return found


@pytest.mark.parametrize("line", [PROMISE, "1962-11-15 US holds offensive-weapons = missiles"], ids=["act", "premise"])
def test_an_act_is_previewed_in_the_view(client: TestClient, case: servanda.Case, line: str) -> None:
    html = client.get("/cuba-1962/act", params={"at": "1962-11-15", "channel": "table", "line": line}).text
    before = case.status("1962-11-15", channels="table")
    after = case.status("1962-11-15", channels="table", suppose=line)
    shown = previewed(html)
    assert any(then != now for then, now in shown.values())
    for (label, reading), (then, now) in shown.items():
        assert (before[label][reading].status, after[label][reading].status) == (then, now)
    for row in after:
        for reading, standing in row.standings.items():
            if standing.status != before[row.label][reading].status:
                assert (row.label, reading) in shown
    assert "Not in the record." in html


def test_the_preview_says_what_check_would_say_anew(client: TestClient, case: servanda.Case) -> None:
    line = "1962-11-10 USSR promises remove-bombers by 1962-12-20"
    html = client.get("/cuba-1962/act", params={"at": "1962-11-15", "line": line}).text
    news = [unescape(re.sub(r"<[^>]+>", "", each)) for each in re.findall(r"<li><b class=\"sev.*?</li>", html)]
    failing = [
        outcome
        for outcome in outcomes(case.with_acts(line))
        if not outcome.holds and isinstance(outcome.expectation, Expectation)
    ]
    assert len(failing) > 1
    assert len(news) == len(failing)
    for outcome in failing:
        assert any(outcome.expectation.ref.name in each and outcome.expectation.reading in each for each in news)


def test_the_fields_of_the_form_make_the_act(client: TestClient) -> None:
    fields = {
        "at": "1962-11-15", "on": "1962-11-15", "who": "USSR", "verb": "promises", "what": "remove-bombers",
        "more": "by 1962-12-20", "via": "table", "source": "memo-15", "place": "p9", "quote": 'the "whole"',
    }  # fmt: skip
    html = unescape(client.get("/cuba-1962/act", params=fields).text)
    line = f'{PROMISE}\n  via table\n  cites memo-15 p9 "the \\"whole\\""'
    assert f'name="line" value="{line}"' in html
    fields = {"who": "Cuba", "verb": "consents", "what": "on-site", "on": "1962-11-16"}
    assert 'name="line" value="1962-11-16 Cuba consents to on-site"' in client.get("/cuba-1962/act", params=fields).text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"on": "soon", "who": "US", "verb": "promises", "what": "turkey"},
         "soon is no date; one is written 1963-01-07"),
        ({"on": "1962-11-16", "who": "US"}, "Nothing yet: say what was done."),
        ({"what": "turkey"}, "Nothing yet: say who and what was done."),
        ({}, "Nothing yet: fill in who did what."),
        ({"on": "1962-11-16", "who": "US", "verb": "states", "what": "No, not yet."}, 'US states "No, not yet."'),
        ({"on": "1962-11-16", "who": "US", "verb": "states", "what": "turkey, kennedy-27"},
         "US states turkey, kennedy-27"),
        ({"on": "~1962-11-16", "who": "US", "verb": "states", "what": '"So."'}, '~1962-11-16 US states "So."'),
    ],
)  # fmt: skip
def test_the_form_says_what_it_still_needs(client: TestClient, fields: dict[str, str], says: str) -> None:
    html = client.get("/cuba-1962/act", params=fields).text
    preview = html.partition('id="preview"')[2].partition("</section>")[0]
    words = " ".join(unescape(re.sub(r"<[^>]+>", "", preview)).split())
    assert says in words
    assert ("cannot be read" in words) == (" is no date" in says)


def test_who_is_nobody_leaves_the_date_a_date(client: TestClient) -> None:
    fields = {"on": "1962-11-16", "who": "Nobdy", "verb": "claims", "what": "turkey"}
    says = unescape(client.get("/cuba-1962/act", params=fields).text)
    assert "is no date" not in says
    assert "Nobdy" in says.partition("This cannot be read yet:")[2].partition("</p>")[0]


def test_an_act_that_cannot_be_read_says_why(client: TestClient) -> None:
    html = unescape(client.get("/cuba-1962/act", params={"line": "1962-11-15 USSR promisses remove-bombers"}).text)
    assert "This cannot be read yet:" in html
    assert "promises" in html.partition("This cannot be read yet:")[2].partition("</p>")[0]
    later = client.get("/cuba-1962/act", params={"at": "1962-11-15", "line": "1962-11-20 USSR promises remove-bombers"})
    assert "dated after the date in view" in later.text


def act_form(bench: Own, line: str, **view: str) -> dict[str, str]:
    html = bench.client.get("/cuba-1962/act", params={"at": "1962-11-15", "line": line, **view}).text
    writing = html.partition('class="writing"')[2]
    chosen = re.search(r"<option selected>([^<]+)", writing)
    assert chosen is not None
    return {name: hidden(writing, name) for name in ("csrf", "seen", "line")} | {"file": chosen.group(1)}


def test_an_act_is_written_where_it_belongs_and_can_be_taken_back(bench: Own) -> None:
    before = bench.text()
    form = act_form(bench, PROMISE)
    assert form["file"] == NOVEMBER
    answer = bench.client.post("/cuba-1962/act?at=1962-11-15", data=form)
    assert answer.status_code == 200
    lines = bench.text().splitlines()
    at = lines.index(PROMISE)
    assert all(line[:10] > "1962-11-15" for line in lines[at + 1 :] if re.match(r"\d{4}-\d\d-\d\d", line))
    assert any(line.startswith("1962-11-15") for line in lines[:at])
    assert [each for each in lines if each != PROMISE] == before.splitlines()
    assert lines[at + 1].strip() == "" or not lines[at + 1].startswith(" ")
    case = servanda.load(bench.folder).sound()
    there = [act for act in case.acts if act.span.words.startswith(PROMISE)]
    assert [(act.verb, act.actors[0].name) for act in there] == [("promises", "USSR")]
    assert "The last change made here" in answer.text
    undo = answer.text.partition('action="/cuba-1962/act/undo')[2]
    fields = {name: hidden(undo, name) for name in ("csrf", "file", "hash")}
    assert bench.client.post("/cuba-1962/act/undo", data=fields).status_code == 200
    assert bench.text() == before


def test_changes_are_taken_back_one_after_the_other_the_last_first(bench: Own) -> None:
    texts, answer = [bench.text()], None
    for day in (20, 21, 22):
        line = f"1962-11-15 USSR promises remove-bombers by 1962-12-{day}"
        answer = bench.client.post("/cuba-1962/act?at=1962-11-15", data=act_form(bench, line))
        texts.append(bench.text())
    assert len({*texts}) == 4
    assert answer is not None
    html = answer.text
    for before in texts[-2::-1]:
        undo = html.partition('action="/cuba-1962/act/undo')[2]
        fields = {name: hidden(undo, name) for name in ("csrf", "file", "hash")}
        html = bench.client.post("/cuba-1962/act/undo", data=fields).text
        assert bench.text() == before
    assert "The last change made here" not in html


def test_an_act_goes_where_the_acts_of_its_time_are(tmp_path: Path) -> None:
    (tmp_path / "case.pacta").write_text(
        'case "x"\nparty A\nparty B\nobligation pay of A to B\ninclude "late.pacta"\ninclude "early.pacta"\n'
    )
    (tmp_path / "late.pacta").write_text('2031-03-01 A states "Late."\n')
    (tmp_path / "early.pacta").write_text(
        '2031-01-01 A states "First."\n  "A note."\n\n# the second\n2031-01-05 A states "Second."\n'
    )
    client = client_of(tmp_path)
    slug = client.get("/").url.path.split("/")[1]

    def place(line: str) -> str:
        html = client.get(f"/{slug}/act", params={"line": line}).text
        found = re.search(r"it would stand on (line \d+ of [\w.]+)", html)
        return "" if found is None else found.group(1)

    assert place("2031-04-01 A promises pay") == "line 2 of late.pacta"
    assert place("2031-02-01 A promises pay") == "line 6 of early.pacta"
    assert place("2031-01-02 A promises pay") == "line 3 of early.pacta"
    assert place("2030-01-02 A promises pay") == "line 7 of case.pacta"


def test_an_act_is_not_written_over_a_record_that_has_moved_on(bench: Own) -> None:
    form = act_form(bench, PROMISE)
    theirs = bench.text() + '1962-11-22 Cuba states "Theirs."\n'
    (bench.folder / NOVEMBER).write_text(theirs)
    answer = bench.client.post("/cuba-1962/act?at=1962-11-15", data=form)
    assert answer.status_code == 409
    assert "The record has changed since" in answer.text
    assert bench.text() == theirs
    again = {**form, "seen": hidden(answer.text.partition('class="writing"')[2], "seen")}
    assert bench.client.post("/cuba-1962/act?at=1962-11-15", data=again).status_code == 200
    assert PROMISE in bench.text()
    assert "Theirs." in bench.text()


def test_what_is_supposed_is_dropped_or_written_with_one_click(bench: Own) -> None:
    supposed = {"at": "1962-11-15", "suppose": PROMISE}
    html = bench.client.get("/cuba-1962/standing", params=supposed).text
    notice = html.partition('id="supposed"')[2].partition("</ul>")[0]
    assert "Not in the record." in html
    drop = re.search(r'href="([^"]+)">Drop it', notice)
    assert drop is not None
    assert "suppose" not in drop.group(1)
    assert PROMISE not in bench.text()
    action = re.search(r'action="([^"]+)"', notice)
    assert action is not None
    fields = {name: hidden(notice, name) for name in ("csrf", "seen", "line")}
    answer = bench.client.post(unescape(action.group(1)), data=fields)
    assert answer.status_code == 200
    assert PROMISE in bench.text()
    assert 'id="supposed"' not in answer.text
    assert "Take it back" in answer.text
    supposing = servanda.load(CUBA).case.status("1962-11-15", suppose=PROMISE)
    written = servanda.load(bench.folder).case.status("1962-11-15")
    assert [list(map(str, row.standings.values())) for row in written] == [
        list(map(str, row.standings.values())) for row in supposing
    ]


# ── the record moves on ─────────────────────────────────────────────────────────────────────────────────────────


def test_what_a_change_changes_is_told_in_the_view(bench: Own) -> None:
    mark = re.search(r'data-copy="([^"]+)"', bench.client.get(f"/cuba-1962/standing?{VIEW}").text)
    assert mark is not None
    bench.client.get(f"/cuba-1962/changed/{mark.group(1)}?{VIEW}")
    bench.save(bench.text() + f"{PROMISE}\n", bench.hash())
    told = unescape(bench.client.get(f"/cuba-1962/changed/{mark.group(1)}?{VIEW}").text)
    before = servanda.load(CUBA).case.status("1962-11-15", channels="table")
    after = servanda.load(bench.folder).case.status("1962-11-15", channels="table")
    assert str(before["remove-bombers"]["USSR"]) != str(after["remove-bombers"]["USSR"])
    assert "The record has changed." in told
    assert f"{before['remove-bombers']['USSR'].status} →" in told
    assert f"{after['remove-bombers']['USSR'].status}</span>" in told
    assert "cannot be told any more" in bench.client.get(f"/cuba-1962/changed/0000000000?{VIEW}").text
