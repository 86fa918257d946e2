"""What the browser runs was built from `islands/`, and is committed: an installation never needs Node."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from web.conftest import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
ISLANDS = ROOT / "islands"
STATIC = ROOT / "src" / "servanda" / "workbench" / "static"
RECORD = json.loads((STATIC / "islands.json").read_text("utf-8"))


def hashes(folder: Path, names: list[str]) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(names)}


def sources() -> list[str]:
    return [
        path
        for file in ISLANDS.rglob("*")
        if file.is_file() and not (path := file.relative_to(ISLANDS).as_posix()).startswith("node_modules/")
    ]


def test_the_committed_build_belongs_to_the_sources() -> None:
    assert RECORD["sources"] == hashes(ISLANDS, sources()), "run `make islands` and commit what it builds"


def test_nobody_wrote_into_the_committed_build() -> None:
    assert RECORD["built"] == hashes(STATIC, list(RECORD["built"]))


def test_every_face_comes_with_its_licence() -> None:
    faces = {file.name.split("-latin")[0].split("-cyrillic")[0] for file in (STATIC / "fonts").glob("*.woff2")}

    assert faces == {"inter", "source-serif-4", "jetbrains-mono"}
    for face in faces:
        licence = (STATIC / "fonts" / f"OFL-{face}.txt").read_text("utf-8")
        assert licence.startswith(("Copyright", "©"))
        assert "SIL OPEN FONT LICENSE" in licence.upper()


def test_the_lock_file_names_no_registry() -> None:
    lock = (ISLANDS / "package-lock.json").read_text("utf-8")

    assert "resolved" not in lock
    assert all("integrity" in package for path, package in json.loads(lock)["packages"].items() if path)


def test_htmx_runs_no_program_from_an_attribute_and_brings_no_style(browser: Browser) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.set_content(
        '<button hx-on:click="window.ran = true" hx-get="/x" hx-trigger="click[window.ran = true]">x</button>'
    )
    page.add_script_tag(path=STATIC / "htmx.js")

    def refused() -> bool:
        page.click("button")
        return any("no program in an attribute" in each for each in errors)

    until(page, refused)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.adoptedStyleSheets.length + document.querySelectorAll('style').length") == 0
    page.close()
