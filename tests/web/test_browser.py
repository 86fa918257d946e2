"""The workbench in a real Chromium: what a reader does, with a mouse, with keys, on paper."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

import servanda
from servanda.workbench.links import STATIC
from servanda.workbench.pages import PAGES
from web.conftest import ROOT, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SOURCES = ROOT.parent / "shared" / "sources"
VIEW = "at=1962-11-15&channel=table"


def shows(page: Page, label: str, reading: str, status: str) -> None:
    """The page comes to show this status."""
    chip = page.locator(f'[id="{label}"] td[data-reading="{reading}"] .chip')
    expect(chip).to_have_text(status, use_inner_text=True)


def test_slide_the_date_and_see_the_quarantine_lifted(page: Page, served: str, case: servanda.Case) -> None:
    page.goto(f"{served}/standing?at=1962-11-15")
    for reading in ("US", "USSR", "record"):
        shows(page, "lift-quarantine", reading, case.status("1962-11-15")["lift-quarantine"][reading].status)
    page.locator("#slider").focus()
    while page.locator("#at").input_value() < "1962-11-20":
        page.keyboard.press("ArrowRight")
    assert page.locator("#at").input_value() == "1962-11-20"
    page.wait_for_url(re.compile("at=1962-11-20"))
    expect(page.locator("#view-line")).to_contain_text("20 Nov 1962")
    for reading in ("US", "USSR", "record"):
        shows(page, "lift-quarantine", reading, "fulfilled")
        assert case.status("1962-11-20")["lift-quarantine"][reading].status == "fulfilled"
    page.go_back()
    expect(page.locator("#at")).not_to_have_value("1962-11-20")
    expect(page).to_have_url(re.compile("at=1962-11-1"))


def test_unfold_a_why_down_to_its_quote(page: Page, served: str, case: servanda.Case) -> None:
    page.goto(f"{served}/standing?{VIEW}")
    page.locator('[id="remove-bombers"] .exp').click()
    detail = page.locator('[id="remove-bombers"] + tr.detail')
    detail.wait_for()
    for reading in (*case.parties, "record"):
        why = case.why("remove-bombers", at="1962-11-15", channels="table", reading=reading)
        assert why.because is not None
        assert why.because.because[0].text in detail.locator(f'section[data-reading="{reading}"]').inner_text()
    assert "remove these weapons systems from Cuba" in detail.inner_text()
    expect(page).to_have_url(re.compile("why=remove-bombers"))
    page.locator('[id="remove-bombers"] .exp').click()
    expect(detail).to_be_hidden()
    page.reload()
    expect(page.locator("tr.detail")).to_have_count(0)


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the source texts do not lie in ../shared/sources")
def test_follow_a_quote_to_its_place(page: Page) -> None:
    from web.conftest import CUBA, Served

    server = Served(CUBA, sources=SOURCES)
    try:
        page.goto(f"{server.address}/standing?{VIEW}&why=remove-bombers")
        page.locator("tr.detail a.place", has_text="kennedy-27").first.click()
        page.wait_for_url(re.compile(r"/sources/kennedy-27.*#L\d+"))
        line = page.locator(".scan-line:target")
        expect(line).to_contain_text("remove these weapons systems from Cuba")
        number = line.locator("a.quoted").first.get_attribute("data-pair")
        line.locator("a.quoted").first.hover()
        expect(page.locator(f"#t{number}.paired")).to_have_count(1)
    finally:
        server.stop()


def test_with_keys_alone(page: Page, served: str, case: servanda.Case) -> None:
    page.goto(f"{served}/standing?at=1962-11-15")
    page.keyboard.press("]")
    page.wait_for_url(re.compile("at=1962-11-16|at=1962-11-19|at=1962-11-20"))
    page.keyboard.press("[")
    page.wait_for_url(re.compile("at=1962-11-15"))
    expect(page.locator("#view-line")).to_contain_text("15 Nov")
    page.keyboard.press("3")
    page.wait_for_url(re.compile("as=US,USSR,record"))
    expect(page.locator('[id="remove-bombers"] .chip')).to_have_count(3)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.row.at")).to_have_id(list(case.commitments)[1])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("why=|/commitment/"))
    page.goto(f"{served}/standing?at=1962-11-15")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/sources"))
    expect(page.locator("h1")).to_have_text("What the record is taken from")
    page.goto(f"{served}/standing?at=1962-11-15")
    page.keyboard.press("/")
    page.keyboard.type("owed:cuba")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("filter=owed:cuba"))
    expect(page.locator("tr.row").nth(4)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#filter")).to_have_value("owed:cuba")
    page.keyboard.press("j")
    expect(page.locator("tr.row.at")).to_have_count(1)


def test_who_copies_a_view_sees_that_it_is_copied(page: Page, served: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served}/standing?at=1962-11-15")
    page.bring_to_front()
    page.keyboard.press("c")
    expect(page.locator('[data-do="copy"]')).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith(page.url)
    expect(page.locator('[data-do="copy"]')).to_have_text("Copy this view")


def test_every_page_has_the_key_that_the_list_of_keys_names(client: TestClient) -> None:
    html = client.get("/cuba-1962/standing").text
    bar = dict(
        re.findall(
            r'href="/cuba-1962/(\w+)[^"]*"[^>]*data-key="(\w)"', html.partition("<nav")[2].partition("</nav>")[0]
        )
    )
    assert bar == {name: page.key for name, page in PAGES.items() if page.key}
    told = re.findall(
        r"<kbd>(\w)</kbd> ([\w ]+)", html.partition("<dt><kbd>g</kbd> then</dt>")[2].partition("</dd>")[0]
    )
    assert told == [(page.key, page.label) for page in PAGES.values() if page.key]


def test_a_menu_that_closes_gives_the_focus_back(page: Page, served: str) -> None:
    page.goto(f"{served}/standing?{VIEW}")
    for menu in (".more", ".menu"):
        page.locator(f"{menu} summary").first.press("Enter")
        page.locator(f"{menu} > div :is(a, input)").first.focus()
        page.keyboard.press("Escape")
        expect(page.locator(f"{menu} summary").first).to_be_focused()


def test_what_is_unfolded_stays_so_on_another_day_and_the_focus_with_it(page: Page, served: str) -> None:
    page.goto(f"{served}/standing?{VIEW}")
    page.locator('[id="lift-quarantine"] .exp').press("Enter")
    page.locator('[id="lift-quarantine"] + tr.detail').wait_for()
    for key, day in (("]", "1962-11-19"), ("]", "1962-11-20"), ("[", "1962-11-19")):
        page.keyboard.press(key)
        page.wait_for_url(re.compile(f"at={day}.*why=lift-quarantine"))
        expect(page.locator("#at")).to_have_value(day)
        expect(page.locator('[id="lift-quarantine"] + tr.detail')).to_be_visible()
        expect(page.locator('[id="lift-quarantine"] .exp')).to_be_focused()
    page.locator(".filters a", has_text="done").click()
    expect(page).to_have_url(re.compile("why=lift-quarantine.*filter=|filter=.*why=lift-quarantine"))
    page.goto(f"{served}/standing?{VIEW}&why=lift-quarantine")
    page.locator('[id="lift-quarantine"] .exp').press("Enter")
    expect(page.locator('[id="lift-quarantine"] + tr.detail')).to_be_hidden()
    page.keyboard.press("]")
    page.wait_for_url(re.compile("at=1962-11-19"))
    assert "why=" not in page.url


def test_a_button_keeps_the_focus_when_its_page_comes_anew(page: Page, served: str) -> None:
    page.goto(f"{served}/wayout?{VIEW}&goal=lift-quarantine")
    button = page.get_by_role("button", name="Look for ways out")
    for goal in ("remove-bombers", "safeguards"):
        page.locator("[name=goal]").last.fill(goal)
        button.press("Enter")
        page.wait_for_url(re.compile(f"goal={goal}"))
        expect(page.locator(f'[name=goal][value="{goal}"]')).to_be_visible()
        expect(button).to_be_focused()


def test_on_a_phone_the_page_that_is_open_is_in_sight_in_the_bar(browser: Browser, served: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    for name in ("problems", "help", "standing"):
        page.goto(f"{served}/{name}")
        expect(page.locator(".nav [aria-current], .nav .here").first).to_be_in_viewport(ratio=0.99)
    page.goto(f"{served}/deadlines?{VIEW}")
    page.locator("#view-line").click()
    page.locator("#at").fill("1962-11-20")
    page.locator("#at").press("Enter")
    page.wait_for_url(re.compile("at=1962-11-20"))
    expect(page.locator(".nav [aria-current]")).to_be_in_viewport(ratio=0.99)
    page.close()


def test_without_script_all_is_still_there(browser: Browser, served: str, case: servanda.Case) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/standing?at=1962-11-15")
    page.locator("#at").fill("1962-11-20")
    page.get_by_role("button", name="Show").click()
    shows(page, "lift-quarantine", "record", case.status("1962-11-20")["lift-quarantine"]["record"].status)
    page.locator('[id="remove-bombers"] .exp').click()
    expect(page.locator("tr.detail section")).to_have_count(len(case.parties) + 1)
    context.close()


def test_print_to_pdf(page: Page, served: str, tmp_path: Path) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    page.goto(f"{served}/standing?{VIEW}&why=remove-bombers")
    page.pdf(path=tmp_path / "standing.pdf", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "standing.pdf")
    words = " ".join(document[at].get_textpage().get_text_range() for at in range(len(document)))
    width, height = document[0].get_size()
    assert width > height
    assert "15 Nov 1962" in words
    assert "What each side owes" in words
    assert "remove these weapons systems from Cuba" in " ".join(words.split())
    assert "Copy this view" not in words


@pytest.mark.parametrize("mode", ["light", pytest.param("dark", marks=pytest.mark.long)])
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_hangs_over_the_edge(browser: Browser, served: str, width: int, mode: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode)  # type: ignore[arg-type]
    page = context.new_page()
    for path in ("standing?why=remove-bombers", "commitment/lift-quarantine", "sources", "sources/memo-15", "problems",
                 "help", "help/guides/standing", "file/case.pacta"):  # fmt: skip
        page.goto(f"{served}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()


def test_pages_are_safe_from_right_to_left(page: Page, served: str) -> None:
    for path in ("standing?why=remove-bombers", "commitment/lift-quarantine", "problems"):
        page.goto(f"{served}/{path}")
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        heads, cells = (
            page.locator(f".inventory {which}").evaluate_all(
                "all => all.map(each => each.getBoundingClientRect().left)"
            )
            for which in ("thead th.reading", "tbody tr.row:first-child td.reading")
        )
        assert heads == sorted(heads, reverse=True)
        assert cells == sorted(cells, reverse=True)
    page.goto(f"{served}/timeline")
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.evaluate("async () => { await document.fonts.ready }")  # until then, names are as wide as other letters
    box, *names = page.evaluate(
        "[...document.querySelectorAll('.lane-heads, .lane-heads text')]"
        ".map(each => each.getBoundingClientRect().toJSON())"
    )
    assert len(names) > 3
    assert all(box["left"] <= each["left"] and each["right"] <= box["right"] + 1 for each in names)


def test_script_is_small() -> None:
    scripts = {path.name: len(gzip.compress(path.read_bytes())) for path in STATIC.glob("*.js")}
    beside = sum(size for name, size in scripts.items() if name != "editor.js")
    assert 0 < beside < 60_000, scripts


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1440])
def test_a_long_name_stays_within_the_page(browser: Browser, tmp_path: Path, width: int) -> None:
    name = "Donaudampfschifffahrtsgesellschaft"
    shutil.copytree(ROOT / "examples" / "company-sale", tmp_path / "sale")
    for file in (tmp_path / "sale").glob("*.pacta"):
        file.write_text(re.sub(r"\bBuyer\b", name, file.read_text("utf-8")), "utf-8")
    server = Served(tmp_path / "sale")
    page = browser.new_page(viewport={"width": width, "height": 900})
    heads = "[...document.querySelectorAll('th.reading .party')].map(e => [e.offsetWidth, e.parentNode.clientWidth])"
    for path in ("standing", "commitment/pay-price", f"party/{name}", f"disputes?as=Seller,{name}&worked=yes"):
        page.goto(f"{server.address}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert all(inner <= outer for inner, outer in page.evaluate(heads)), path
    page.close()
    server.stop()


LONG = """\
case "Соглашение о прекращении огня и о возвращении перемещённых лиц, подписанное двадцать девятого февраля"
party Северо-Западная-Объединённая-Администрация "Объединённая администрация северо-западных территорий"
party الجنوب "مجلس الجنوب المؤقت"
party A-fourth-party-with-a-rather-long-name-that-never-ends "The fourth"
channel переговоры-за-закрытыми-дверями among Северо-Западная-Объединённая-Администрация, الجنوب
source договор "Договор о прекращении огня"
  dated 2024-01-15
  by Северо-Западная-Объединённая-Администрация, الجنوب
obligation вывести-все-тяжёлые-вооружения-за-линию-соприкосновения "Вывести вооружения"
  of الجنوب
  to Северо-Западная-Объединённая-Администрация
  under договор
  by 2024-12-31
2024-02-29 الجنوب claims вывести-все-тяжёлые-вооружения-за-линию-соприкосновения
  via переговоры-за-закрытыми-дверями
2024-03-01 A-fourth-party-with-a-rather-long-name-that-never-ends states "So be it."
"""


def test_many_long_names_stay_within_the_page_and_apart(page: Page, tmp_path: Path) -> None:
    (tmp_path / "long").mkdir()
    (tmp_path / "long" / "case.pacta").write_text(LONG, "utf-8")
    server = Served(tmp_path / "long")
    controls = (
        """[...document.querySelectorAll(".bar-view > .ctl")].map(each => each.getBoundingClientRect().toJSON())"""
    )
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("standing", "disputes", "wayout", "timeline", "sources", "record", "party/الجنوب"):
            page.goto(f"{server.address}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, path)
            boxes = page.evaluate(controls)
            for at, one in enumerate(boxes if width == 1440 else ()):
                for other in boxes[at + 1 :]:
                    beside = one["right"] <= other["left"] or other["right"] <= one["left"]
                    assert beside or one["bottom"] <= other["top"] or other["bottom"] <= one["top"], path
    server.stop()


def test_on_paper_each_count_stands_beneath_its_reading(page: Page, served: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{served}/standing?{VIEW}")
    heads = page.locator(".inventory thead th.reading").evaluate_all("all => all.map((each) => each.offsetLeft)")
    for kind in (".group td[data-reading]", ".row td[data-reading]"):
        cells = page.locator(f".inventory tbody:first-of-type {kind}").evaluate_all(
            "all => all.map((each) => each.offsetLeft)"
        )
        assert cells[: len(heads)] == heads, kind
