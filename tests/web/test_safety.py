"""Who may ask, how much, and what becomes of script in a case: nothing that harms."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from servanda.workbench.app import Workbench
from servanda.workbench.desk import Desk
from servanda.workbench.pages import PAGES
from servanda.workbench.security import LOOPBACK, MOST_QUERY
from web.conftest import CUBA, ROOT

SCRIPT = "<script>alert(1)</script>"
IMAGE = "'\\\"><img src=x onerror=alert(2)>"
HOSTILE = f'''
case "{SCRIPT}{IMAGE}"
party Upper "{SCRIPT}{IMAGE}"
party Lower "{SCRIPT}"
body Watch "{IMAGE}"
person Speaker "{SCRIPT}" for Upper
channel back "{SCRIPT}" among Upper, Lower
source letter "{SCRIPT}{IMAGE}"
  dated 2031-01-01
  by Upper to Lower
  file "letter.txt"
item gate "{SCRIPT}" counted opened
means look "{SCRIPT}"
  by Watch
  consent of Lower
term gates "{SCRIPT}" = gate
matter calm "{IMAGE}"
event flood(place) "{SCRIPT}"

obligation open-gates "{SCRIPT}{IMAGE}" of Upper to Lower
  under letter "{SCRIPT}"
  when calm
  by 2031-02-01
  done when 3 gate opened
  verified by look

2031-01-01 Upper recognises letter
2031-01-02 Speaker states "{SCRIPT}{IMAGE}"
  cites letter "{SCRIPT}"
  via back
2031-01-03 Upper claims 2 gate opened
  cites letter "{IMAGE} is nowhere"
2031-01-03 Lower disputes open-gates
2031-01-04 Upper promises open-gates by 2031-03-01
'''


class Loaded(HTMLParser):
    """What a browser would load or run of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.found.append((tag, dict(attrs)))


def harmful(html: str) -> Iterator[str]:
    parser = Loaded()
    parser.feed(html)
    for tag, attributes in parser.found:
        if tag == "script" and not re.fullmatch(r"/static/[\w.]+\?\w+", attributes.get("src") or ""):
            yield f"a script {attributes}"
        if tag in ("iframe", "object", "embed", "base", "style"):
            yield tag
        for name, value in attributes.items():
            if name.startswith("on") or name == "style":
                yield f"{name} on {tag}"
            if name in ("href", "src", "action") and re.match(r"\s*(javascript|data|https?|//):?", value or ""):
                yield f"{name}={value}"
        if tag == "img" and attributes.get("src") == "x":
            yield "an image out of the case"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "case.pacta").write_text(HOSTILE, "utf-8")
    (folder / "letter.txt").write_text(f"Mr. {SCRIPT} said that {IMAGE} was so.\n", "utf-8")
    desk = Desk(folder)
    assert desk.copy().loaded.ok, [str(each) for each in desk.copy().loaded.diagnostics]
    return TestClient(Workbench(desk).app(), base_url="http://localhost")


ABOUT = {"commitment": "open-gates", "party": "Upper"}


@pytest.mark.parametrize("name", PAGES)
def test_script_in_a_case_is_shown_and_never_run(hostile: TestClient, name: str) -> None:
    slug = hostile.get("/", follow_redirects=False).headers["location"].split("/")[1]
    keys: list[str | None] = [ABOUT[name]] if PAGES[name].about else [None]
    keys += {"sources": ["letter"], "file": ["case.pacta"], "editor": ["case.pacta"]}.get(name, [])
    for key in keys:
        path = f"/{slug}/{name}" + (f"/{key}" if key else "")
        shown = 0
        for query in ({}, {"at": "2031-01-05"}, {"at": SCRIPT}, {"filter": IMAGE}, {"suppose": SCRIPT}, {"as": IMAGE},
                      {"channel": SCRIPT}, {"known": IMAGE}, {"why": "open-gates"}, {"goal": SCRIPT}, {"sql": IMAGE},
                      {"page": SCRIPT}, {"file": IMAGE}, {"act": SCRIPT}, {"line": IMAGE},
                      {"from": SCRIPT}):  # fmt: skip
            answer = hostile.get(path, params=query)
            assert answer.status_code in (200, 400), (query, answer.status_code)
            assert not list(harmful(answer.text)), query
            shown += "&lt;script&gt;" in answer.text
        assert shown, "the words of the case are shown"
    for path in (
        f"/{slug}/commitment/{SCRIPT}",
        f"/{slug}/sources/{IMAGE}",
        f"/{slug}/{SCRIPT}",
        f"/{slug}/why/{IMAGE}",
    ):
        answer = hostile.get(path)
        assert answer.status_code == 404
        assert not list(harmful(answer.text)), path


def test_the_policy_forbids_script_and_style_in_pages(client: TestClient) -> None:
    for path in ("/cuba-1962/standing", "/static/servanda.css", "/nothing", "/cuba-1962/commitment/nothing"):
        headers = client.get(path).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == "'self'"
        assert policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert headers["x-content-type-options"] == "nosniff"


def asked(client: TestClient, method: str = "GET", **headers: str) -> int:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return int(client.request(method, "/cuba-1962/standing", headers=names).status_code)


def test_it_answers_to_its_own_names_alone(client: TestClient) -> None:
    assert asked(client, host="localhost:8462") == 200
    assert asked(client, host="127.0.0.1") == 200
    assert asked(client, host="[::1]:80") == 200
    for name in ("evil.example", "localhost.evil.example", "169.254.169.254", "", "[", "localhost@evil.example"):
        assert asked(client, host=name) == 421, name


def test_writing_is_for_its_own_pages(client: TestClient) -> None:
    assert asked(client, "POST", origin="http://evil.example") == 403
    assert asked(client, "POST", origin="null") == 403
    assert asked(client, "DELETE", sec_fetch_site="cross-site") == 403
    assert asked(client, "POST", origin="http://localhost") == 405


def test_too_much_is_refused(client: TestClient) -> None:
    assert client.get("/cuba-1962/standing?at=" + "9" * MOST_QUERY).status_code == 414
    assert asked(client, "POST", content_length="99999999999", origin="http://localhost") == 413
    assert asked(client, "POST", content_length="-1", origin="http://localhost") == 413
    many = "&".join("suppose=2031-01-01+US+states+%22x%22" for _ in range(200))
    answer = client.get(f"/cuba-1962/standing?{many}")
    assert answer.status_code == 400
    assert "at most 50" in answer.text
    assert client.get("/cuba-1962/standing", params={"filter": "(" * 3000}).status_code == 400
    assert client.get("/cuba-1962/standing", params={"filter": "not " * 3000}).status_code == 400


def test_with_a_token_nobody_else_gets_in() -> None:
    app = Workbench(Desk(CUBA)).app(LOOPBACK, "a-word-that-is-long-enough")
    client = TestClient(app, base_url="http://localhost", follow_redirects=False)
    assert client.get("/cuba-1962/standing").status_code == 401
    assert client.get("/static/servanda.css").status_code == 401
    assert client.get("/cuba-1962/standing?token=a-word-that-is-long-enougH").status_code == 401
    assert asked(client, authorization="Bearer a-word-that-is-long-enough") == 200
    let_in = client.get("/cuba-1962/standing?at=1962-11-15&token=a-word-that-is-long-enough")
    assert let_in.status_code == 303
    assert let_in.headers["location"] == "/cuba-1962/standing?at=1962-11-15"
    cookie = let_in.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/cuba-1962/standing").status_code == 200


def test_a_failure_says_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **kwargs: Any) -> str:
        raise RuntimeError("the inside")

    monkeypatch.setattr("servanda.workbench.app.page_html", fails)
    client = TestClient(Workbench(Desk(CUBA)).app(), base_url="http://localhost", raise_server_exceptions=False)
    answer = client.get("/cuba-1962/standing")
    assert answer.status_code == 500
    assert "Nothing has changed" in answer.text
    assert "the inside" not in answer.text
    assert "Traceback" not in answer.text


def test_paths_outside_the_case_are_no_pages(tmp_path: Path) -> None:
    shutil.copytree(CUBA, tmp_path / "case")
    (tmp_path / "secret.pacta").write_text('case "secret"\n', "utf-8")
    (tmp_path / "case" / "link.pacta").symlink_to(tmp_path / "secret.pacta")
    file = tmp_path / "case" / "case.pacta"
    file.write_text(file.read_text("utf-8") + 'include "link.pacta"\ninclude "../secret.pacta"\n', "utf-8")
    client = TestClient(Workbench(Desk(tmp_path / "case")).app(), base_url="http://localhost")
    problems = client.get("/case/problems").text
    assert problems.count("<code>path-outside</code>") == 2
    for path in ("link.pacta", "../secret.pacta", "%2e%2e/secret.pacta", "..%2fsecret.pacta", "/etc/passwd"):
        assert client.get(f"/case/file/{path}").status_code == 404, path


def serve(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "servanda", "serve", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["examples/cuba-1962", "--host", "0.0.0.0"], "beyond this machine: give `--token` with it"),
        (["examples/cuba-1962", "--host", "0.0.0.0", "--token", "short"], "at least 16 letters"),
        (["examples/nothing"], "there is no file or folder `examples/nothing`"),
        (["docs"], "has no `case.pacta`"),
        (["examples/cuba-1962", "--port", "99999"], "99999 is not in the range"),
    ],
)
def test_serve_says_what_is_wrong(words: list[str], said: str) -> None:
    done = serve(*words)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("page", ["standing", "record", "sources/letter"])
def test_a_page_number_of_many_digits_is_a_page_all_the_same(hostile: TestClient, page: str) -> None:
    slug = hostile.get("/", follow_redirects=False).headers["location"].split("/")[1]
    assert hostile.get(f"/{slug}/{page}", params={"page": "9" * 5_000}).status_code == 200
