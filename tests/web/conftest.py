"""The workbench as its tests have it: on the case of Cuba, asked without a server; and in a browser, where one is."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from starlette.testclient import TestClient

import servanda
from servanda.workbench.app import Workbench
from servanda.workbench.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
CUBA = ROOT / "examples" / "cuba-1962"
#: How long something may take in a browser: generous, for slow and busy machines.
SECONDS = 30
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def case() -> servanda.Case:
    """The case of Cuba, asked through the library: what the pages are held to."""
    return servanda.load(CUBA).sound()


@pytest.fixture(scope="session")
def client() -> TestClient:
    """The workbench on the case of Cuba."""
    return client_of(CUBA)


def client_of(path: Path, *, read_only: bool = False) -> TestClient:
    """The workbench on a case, asked as a browser on this machine asks."""
    app = Workbench(Desk(path), read_only=read_only).app()
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=True)


def answered_meanwhile(client: TestClient, path: str) -> bool:
    """Whether somebody else is answered now, who asks beside whoever calls this in the midst of an answer."""
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(client.get(path).status_code), daemon=True)
    thread.start()
    thread.join(SECONDS / 2)
    return codes == [200]


#: Three sides, amounts, events, a matter, deadlines that pass on days without an act.
PORT = """\
case "Reopening of a port"
party North "Northern Administration"
party South "Southern Council"
party Coast "Coastal Federation"
body Mission "Port Monitoring Mission"
source accord "Port Accord"
  dated 2024-03-01
  by North, South, Coast
item mines "sea mines" counted removed
matter channel-safe "The channel is safe"
means sonar "Sonar survey" by Mission
event calls(ship)
event crosses(vessel)
obligation clear-mines "Clear the approach of mines." of South to North, Coast
  under accord
  done when 24 mines removed
  verified by sonar
obligation open-gate "Open the gate." of North to South
  under accord
  done when channel-safe
obligation report-call "Report each call." of North to Coast
  under accord
  for each calls(ship)
prohibition no-crossing "No vessel crosses." of South to North
  under accord
  forbids crosses(vessel)
obligation pay-dues "Pay the harbour dues." of Coast to North
  under accord
  by 2024-12-31
obligation pilots "Send pilots." of Coast to South
  under accord
2024-03-05 South promises clear-mines by 2024-04-20
2024-03-14 South claims 8 mines removed
2024-03-16 Mission observes crosses(vessel=Skiff)
2024-04-18 Mission observes calls(ship=Aurora)
2024-04-19 North claims report-call[Aurora]
2024-05-20 Mission observes calls(ship=Borealis)
2024-05-29 Mission observes 24 mines removed
2024-05-30 Coast observes channel-safe
"""


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The workbench on a small case of three sides."""
    folder = tmp_path_factory.mktemp("three") / "port"
    folder.mkdir()
    (folder / "case.pacta").write_text(PORT, "utf-8")
    return client_of(folder)


class Served:
    """A workbench that listens on this machine."""

    def __init__(self, path: Path, *, read_only: bool = False, sources: Path | None = None) -> None:
        self.desk = Desk(path, sources=sources)
        bench = Workbench(self.desk, read_only=read_only)
        config = uvicorn.Config(bench.app(), port=0, log_level="error", lifespan="off", timeout_graceful_shutdown=5)
        self._server = uvicorn.Server(config)
        bench.closing = lambda: self._server.should_exit
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://localhost:{port}/{self.desk.slug}"

    def stop(self) -> None:
        """End it."""
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The address of a workbench on the case of Cuba that takes no changes."""
    server = Served(CUBA, read_only=True)
    yield server.address
    server.stop()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """A workbench on a copy of the case of Cuba, to be changed."""
    shutil.copytree(CUBA, tmp_path / "cuba-1962")
    server = Served(tmp_path / "cuba-1962")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=SECONDS * 1000)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


def until(page: Page, so: Callable[[], bool]) -> None:
    """Wait for what `expect(…)` cannot say."""
    end = time.monotonic() + SECONDS
    while not so():
        assert time.monotonic() < end, f"it did not come about within {SECONDS} seconds"
        page.wait_for_timeout(50)


def said_against(kind: str, words: str) -> bool:
    """Whether a line of the console is an error; a question that the next one overtakes is none."""
    return kind == "error" and "abort" not in words.lower()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, 1440 pixels wide; whatever its console says against it fails the test.

    To wait, use `expect(…)`: `page.wait_for_function` asks again by `eval`, which the workbench's own policy forbids.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    found = context.new_page()
    against: list[str] = []
    found.on(
        "console", lambda message: against.append(message.text) if said_against(message.type, message.text) else None
    )
    found.on("pageerror", lambda error: against.append(str(error)))
    goto = found.goto

    def gone_to(url: str) -> object:
        answer = goto(url)
        found.evaluate(
            "new Promise(done => setTimeout(done))"
        )  # htmx begins once the page is loaded, in a task of its own
        return answer

    found.goto = gone_to  # type: ignore[assignment, method-assign]
    yield found
    context.close()
    assert not against, against
