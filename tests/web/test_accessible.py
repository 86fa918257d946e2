"""Every page is audited for WCAG AA, in both widths and both modes; light and dark are a choice of colours alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

from servanda.workbench.links import STATIC
from servanda.workbench.pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: Pages about one thing, with one that the case has; and pages in a state of their own.
ABOUT = {"commitment": "remove-bombers", "party": "USSR"}
MORE = (
    "standing?at=1962-11-15&channel=table&why=remove-bombers",
    "standing?filter=owed:atlantis",
    "standing?at=never",
    "standing?suppose=1962-11-15+USSR+promises+remove-bombers",
    "sources/memo-15",
    "help/guides/standing",
    "file/case.pacta",
    "commitment/nothing",
    "disputes?at=1962-11-15&channel=table&as=US,USSR&worked=yes",
    "disputes?as=US",
    "wayout?at=1962-11-15&channel=table&goal=lift-quarantine&goal=remove-bombers",
    "wayout?at=1962-11-15&channel=table&goal=lift-quarantine&costs:lift-quarantine=2&worth:lift-quarantine:USSR=5",
)
PATHS = [*(f"{name}/{ABOUT[name]}" if page.about else name for name, page in PAGES.items()), *MORE]


#: Audited with every change; all pages and states, in both widths, by `make test-long`.
EVERY_DAY = ("standing", "disputes", "wayout", "editor")
AUDITS = [
    pytest.param(path, width, mode, marks=() if path in EVERY_DAY and width == 1440 else pytest.mark.long)
    for path in PATHS
    for width, mode in ((1440, "light"), (390, "dark"))
]


@pytest.mark.parametrize(("path", "width", "mode"), AUDITS)
def test_page_has_no_violations(browser: Browser, served: str, path: str, width: int, mode: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{served}/{path}")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    context.close()
    assert found.violations_count == 0, found.generate_report()


def test_each_colour_is_said_once_for_light_and_dark() -> None:
    screen = (STATIC / "servanda.css").read_text("utf-8")
    colours = re.findall(r"--([\w-]+): light-dark\(", screen)
    assert len(colours) > 15
    for each in (*colours, "hatch"):
        assert screen.count(f"--{each}:") == 1, each


def test_the_button_changes_the_mode_and_the_next_page_keeps_it(page: Page, served: str) -> None:
    def paper() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    page.emulate_media(color_scheme="dark")
    page.goto(f"{served}/help")
    assert paper() == "rgb(19, 19, 18)"
    page.get_by_role("button", name="Light or dark").click()
    assert paper() == "rgb(247, 246, 242)"
    page.goto(f"{served}/editor")
    assert paper() == "rgb(247, 246, 242)"
    page.get_by_role("button", name="Light or dark").click()
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')") == "#000"
