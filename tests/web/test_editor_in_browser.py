"""The editor as people meet it: in Chromium, by keyboard and mouse, under the policy that the server sends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

import servanda
from servanda.workbench.wording import brief
from web.conftest import CUBA, SECONDS, Served, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROMISE = "1962-11-15 USSR promises remove-bombers by 1962-12-20"
NOVEMBER = "record/1962-11.pacta"
TEXT = "() => document.querySelector('form[data-editor]').editor.state.doc.toString()"


def opened(page: Page, own: Served, path: str = NOVEMBER) -> None:
    page.goto(f"{own.address}/editor/{path}")
    page.wait_for_selector(".cm-content")


def to_the_end(page: Page) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")


def on_disk(own: Served, path: str = NOVEMBER) -> str:
    return (own.desk.folder / path).read_text("utf-8")


def shows(page: Page, label: str, reading: str, status: str) -> None:
    """The page comes to show this status."""
    chip = page.locator(f'tr[id="{label}"] [data-reading="{reading}"] .chip')
    expect(chip).to_have_text(status, use_inner_text=True)


def test_a_slip_is_shown_while_one_writes_and_mended(own: Served, page: Page) -> None:
    opened(page, own)
    assert page.evaluate(TEXT) == on_disk(own)
    to_the_end(page)
    page.keyboard.type("1962-11-22 USSR claims remove-bomers", delay=1)
    page.keyboard.press("Escape")
    listed = page.locator("#problems li")
    listed.filter(has_text="remove-bomers").wait_for()
    text = page.evaluate(TEXT)
    wanted = [
        each.message for each in servanda.load_text(text_of_case(own, text)).diagnostics if "bomers" in each.message
    ]
    assert wanted
    assert wanted[0].replace("`", "") in listed.filter(has_text="remove-bomers").inner_text()
    assert listed.filter(has_text="remove-bomers").locator("code").first.inner_text() == "remove-bomers"
    page.locator(".cm-lintRange-error").first.hover()
    tooltip = page.locator(".cm-tooltip")
    expect(tooltip.locator("code").first).to_have_text("remove-bomers")
    tooltip.get_by_role("button", name="Put remove-bombers").click()
    until(page, lambda: "remove-bomers" not in page.evaluate(TEXT))
    listed.filter(has_text="remove-bomers").wait_for(state="detached")
    to_the_end(page)
    page.keyboard.press("Enter")  # not before: it would take what is offered while one writes
    page.keyboard.press("Control+s")
    page.locator("#said").filter(has_text="Saved.").wait_for()
    assert on_disk(own).endswith("1962-11-22 USSR claims remove-bombers\n")
    case = servanda.load(own.desk.folder).sound()
    page.goto(f"{own.address}/standing?at=1962-11-22")
    for reading in ("US", "USSR", "record"):
        shows(page, "remove-bombers", reading, case.status("1962-11-22")["remove-bombers"][reading].status)


def test_what_was_saved_can_be_taken_back_on_the_spot(own: Served, page: Page) -> None:
    opened(page, own)
    before = on_disk(own)
    to_the_end(page)
    page.keyboard.type("# Saved by mistake.\n", delay=1)
    page.keyboard.press("Control+s")
    page.locator("#said").get_by_role("button", name="Take it back").click()
    page.wait_for_url("**/editor/record%2F1962-11.pacta")
    page.wait_for_selector(".cm-content")
    assert on_disk(own) == before == page.evaluate(TEXT)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+s")
    page.locator("#said").filter(has_text="Saved.").wait_for()
    expect(page.locator("#said button")).to_have_count(0)


def test_the_list_of_problems_mends_and_leads_to_other_files(own: Served, page: Page) -> None:
    opened(page, own)
    to_the_end(page)
    page.keyboard.type("1962-11-22 USSR claims remove-bomers\n", delay=1)
    page.keyboard.press("Escape")
    page.locator("#problems").get_by_role("button", name="Put remove-bombers").click()
    until(page, lambda: "remove-bomers" not in page.evaluate(TEXT))
    assert page.evaluate("document.activeElement.classList.contains('cm-content')"), "one can write on"
    slip = own.desk.folder / "commitments" / "american.pacta"
    slip.write_text(
        slip.read_text("utf-8").replace("obligation hemisphere-cooperation", "obligation hemisphere"), "utf-8"
    )
    opened(page, own, "commitments/soviet.pacta")
    to_the_end(page)
    page.keyboard.type("# Checked.\n", delay=1)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#problems a", has_text=f"{NOVEMBER}:").first.click()
    page.wait_for_url(re.compile(r"1962-11\.pacta#line-\d+"))
    expect(page.locator("h1")).to_have_text(NOVEMBER)


def text_of_case(own: Served, november: str) -> str:
    """The whole case as one text, with another November."""
    files = [
        path for path in sorted(own.desk.folder.rglob("*.pacta")) if path.name not in ("case.pacta", "1962-11.pacta")
    ]
    return "\n".join(['case "x"', *(path.read_text("utf-8") for path in files), november])


@pytest.mark.parametrize("address", ["?line=190", pytest.param("#line-190", marks=pytest.mark.long)])
def test_a_problem_leads_to_its_line(own: Served, page: Page, address: str) -> None:
    page.goto(f"{own.address}/editor/{NOVEMBER}{address}")
    page.wait_for_selector(".cm-content")
    at = page.evaluate("document.querySelector('form[data-editor]').editor.state.selection.main.head")
    assert page.evaluate(TEXT)[:at].count("\n") == 189
    shown = page.locator(".cm-activeLine")
    expect(shown).to_be_visible()
    assert shown.inner_text() == on_disk(own).splitlines()[189]


def test_names_are_completed_from_the_keyboard(own: Served, page: Page, case: servanda.Case) -> None:
    opened(page, own)
    to_the_end(page)
    page.keyboard.type("1962-11-22 USSR promises remove-b", delay=5)
    page.locator(".cm-tooltip-autocomplete").get_by_text("remove-bombers").wait_for()
    offered = page.locator(".cm-tooltip-autocomplete .cm-completionLabel").all_inner_texts()
    assert set(offered) & set(case.commitments) == {
        each for each in case.commitments if "b" in each and "remove-b" in each
    }
    page.wait_for_timeout(200)  # what is pressed sooner than 75 ms after names are offered takes none of them
    page.keyboard.press("Enter")
    until(page, lambda: page.evaluate(TEXT).endswith("promises remove-bombers"))
    page.keyboard.press("Control+z")
    until(page, lambda: not page.evaluate(TEXT).endswith("promises remove-bombers"))


def test_a_conflict_shows_both_texts_and_keeps_them(browser: Browser, own: Served) -> None:
    page = browser.new_page()  # its console speaks of the conflict, too
    opened(page, own)
    base = on_disk(own)
    to_the_end(page)
    page.keyboard.type('1962-11-22 US states "Mine."', delay=1)
    theirs = f'{base}1962-11-22 Cuba states "Theirs."\n'
    (own.desk.folder / NOVEMBER).write_text(theirs)
    page.keyboard.press("Control+s")
    shown = page.locator(".conflict")
    shown.wait_for()
    assert "Theirs." in shown.inner_text()
    assert "Mine." in shown.inner_text()
    assert on_disk(own) == theirs
    assert page.evaluate(TEXT).endswith('1962-11-22 US states "Mine."')
    page.get_by_role("button", name="Go on from mine").click()
    page.keyboard.press("Control+s")
    page.locator("#said").filter(has_text="Saved.").wait_for()
    assert on_disk(own) == f'{base}1962-11-22 US states "Mine."\n'
    page.close()


def test_an_act_is_previewed_written_and_taken_back(own: Served, page: Page, case: servanda.Case) -> None:
    before = on_disk(own)
    page.goto(f"{own.address}/act?at=1962-11-15&channel=table")
    page.get_by_label("When").fill("1962-11-15")
    page.get_by_label("Who").select_option("USSR")
    page.get_by_label("Does").select_option("promises")
    page.get_by_label("What").fill("remove-bombers")
    page.get_by_label("More").fill("by 1962-12-20")
    page.get_by_role("button", name="See what it would change").first.click()
    page.locator(".changes").wait_for()
    then = case.status("1962-11-15", channels="table")["remove-bombers"]
    now = case.status("1962-11-15", channels="table", suppose=PROMISE)["remove-bombers"]
    for reading in ("US", "USSR", "record"):
        row = page.locator(f'tr[data-label="remove-bombers"][data-reading="{reading}"] .chip')
        assert [each.strip() for each in row.all_inner_texts()] == [then[reading].status, now[reading].status]
    assert on_disk(own) == before
    page.get_by_role("button", name="Write it").click()
    page.locator("#last").wait_for()
    assert PROMISE in on_disk(own).splitlines()
    page.get_by_role("button", name="Take it back").click()
    page.locator("#last").wait_for(state="detached")
    assert on_disk(own) == before


def test_a_supposed_act_wears_its_mark_until_it_is_dropped(own: Served, page: Page, case: servanda.Case) -> None:
    page.goto(f"{own.address}/act?at=1962-11-15&channel=table")
    page.get_by_label("Or as the record has it").fill(PROMISE)
    page.get_by_role("button", name="See what it would change").last.click()
    page.get_by_role("link", name="Suppose it instead").click()
    page.locator("#supposed").get_by_text("Not in the record.").wait_for()
    then = case.status("1962-11-15", channels="table")
    now = case.status("1962-11-15", channels="table", suppose=PROMISE)
    for label, reading in (("remove-bombers", "USSR"), ("lift-quarantine", "US"), ("remove-bombers", "record")):
        shows(page, label, reading, now[label][reading].status)
    page.locator("#supposed").get_by_role("link", name="Drop it").click()
    page.locator("#supposed").wait_for(state="detached")
    for label, reading in (("remove-bombers", "USSR"), ("lift-quarantine", "US"), ("remove-bombers", "record")):
        shows(page, label, reading, then[label][reading].status)
    assert on_disk(own) == (CUBA / NOVEMBER).read_text("utf-8")


def test_everything_can_be_done_from_the_keyboard(own: Served, page: Page) -> None:
    opened(page, own)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('cm-content')"):
            break
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Text of {NOVEMBER}"
    page.keyboard.press("Control+End")
    page.keyboard.type('1962-11-22   Cuba states  "From the keyboard."', delay=1)
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Alt+F")
    until(page, lambda: page.evaluate(TEXT).endswith('1962-11-22 Cuba states "From the keyboard."\n'))
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Save"
    page.keyboard.press("Enter")
    page.locator("#said").filter(has_text="Saved.").wait_for()
    case = servanda.load(own.desk.folder).sound()
    assert [act.words.value for act in case.acts if act.words and "keyboard" in act.words.value] == [
        "From the keyboard."
    ]
    assert len(case.acts) == len(servanda.load(CUBA).case.acts) + 1
    assert case.acts[-1].verb or case.commitments


def know_the_record(own: Served) -> None:
    """Wait until the workbench knows the record as it is, which is what it compares a later one with."""
    with urlopen(f"{own.address}/live?copy=", timeout=SECONDS) as stream:
        assert any(line.startswith(b"data:") for line in stream)


@pytest.mark.parametrize("scrolled", [False, True])
def test_a_page_follows_the_record_and_never_under_a_reader(own: Served, page: Page, scrolled: bool) -> None:
    page.goto(f"{own.address}/standing?at=1962-11-15&channel=table")
    then = servanda.load(own.desk.folder).case.status("1962-11-15", channels="table")
    shows(page, "remove-bombers", "USSR", then["remove-bombers"]["USSR"].status)
    know_the_record(own)
    if scrolled:
        page.evaluate("window.scrollTo(0, 400)")
    (own.desk.folder / NOVEMBER).write_text(f"{on_disk(own)}{PROMISE}\n")
    notice = page.locator("#stale")
    notice.wait_for()
    now = servanda.load(own.desk.folder).case.status("1962-11-15", channels="table")
    assert now["remove-bombers"]["USSR"].status != then["remove-bombers"]["USSR"].status
    moved = sum(
        (each.status, brief(each)) != (then[row.label][reading].status, brief(then[row.label][reading]))
        for row in now
        for reading, each in row.standings.items()
    )
    told = re.search(r"(\d+) standings? in this view", notice.inner_text())
    assert told is not None
    assert int(told.group(1)) == moved
    assert "remove-bombers" in notice.inner_text()
    if scrolled:
        shows(page, "remove-bombers", "USSR", then["remove-bombers"]["USSR"].status)
        assert page.evaluate("window.scrollY") == 400
        notice.get_by_role("button", name="Show it").click()
        notice.wait_for(state="detached")
        assert page.evaluate("window.scrollY") == 400
    shows(page, "remove-bombers", "USSR", now["remove-bombers"]["USSR"].status)


def test_the_editor_loads_on_its_own_page_alone(own: Served, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{own.address}/standing")
    page.goto(f"{own.address}/act")
    assert not any("editor.js" in each for each in asked)
    opened(page, own)
    assert any("editor.js" in each for each in asked)
    assert all(each.startswith("http://localhost") for each in asked)
