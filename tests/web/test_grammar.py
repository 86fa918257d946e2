"""The editor's grammar reads the language as the product does: the same lines, and the same slips.

The grammar runs where it is used, in Chromium, out of the committed build.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from corpus.cases import CLEAN
from servanda.text import parse
from servanda.text.syntax import Act, Clause, Declaration, Directive, Scenario
from servanda.text.words import RESERVED
from spec.generate import random_mutant, random_text

ROOT = Path(__file__).parents[2]
EDITOR = ROOT / "src" / "servanda" / "workbench" / "static" / "editor.js"
BAD = sorted(ROOT.glob("tests/corpus/bad/**/*.pacta"))
#: What the grammar leaves to the server, as the published one does: rules that no grammar holds, and the calendar.
BEYOND = {"bad-date", "clause-twice", "hidden-character", "nesting-too-deep"}

#: Each text's directives and clauses as (node, line from 1), and the lines of its error nodes.
READ = """texts => texts.map(text => {
  const read = {directives: [], clauses: [], errors: []};
  const kinds = ["Include", "Declaration", "Act", "Expect", "Scenario", "Events"];
  const line = at => text.slice(0, at).split("\\n").length;
  window.pacta.parse(text).iterate({enter(node) {
    if (node.type.isError) read.errors.push(line(node.from));
    else if (kinds.includes(node.name)) read.directives.push([node.name, line(node.from)]);
    else if (node.name === "Clause") read.clauses.push(line(node.from));
  }});
  return read;
})"""


class Read(NamedTuple):
    """A text as one of the two read it."""

    directives: list[tuple[str, int]]
    clauses: list[int]
    faulty: bool


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(path=EDITOR)
    yield page
    page.close()


def by_grammar(page: Page, texts: list[str]) -> list[Read]:
    answers: list[dict[str, Any]] = page.evaluate(READ, [text.removeprefix("\ufeff") for text in texts])
    return [
        Read([(kind, line) for kind, line in each["directives"]], each["clauses"], bool(each["errors"]))
        for each in answers
    ]


def by_product(text: str) -> Read:
    tree = parse(text)
    whole = tree.file.text

    def line(at: int) -> int:
        return whole.count("\n", 0, at) + 1

    def every(directives: tuple[Directive, ...]) -> Iterator[Directive]:
        for each in directives:
            yield each
            if isinstance(each, Scenario):
                yield from every(each.directives)

    found = list(every(tree.directives))
    clauses: list[Clause] = [clause for each in found if isinstance(each, Declaration | Act) for clause in each.clauses]
    faulty = any(each.severity == "error" for each in tree.diagnostics)
    return Read(
        [(type(each).__name__, line(each.span.start)) for each in found],
        [line(each.span.start) for each in clauses],
        faulty,
    )


def beyond(text: str) -> bool:
    """Whether all that is wrong with a text is beyond grammars."""
    return {each.code for each in parse(text).diagnostics if each.severity == "error"} <= BEYOND


def test_good_cases_are_read_alike_line_by_line(page: Page) -> None:
    texts = [path.read_text("utf-8") for path in [*CLEAN, ROOT / "tests" / "spec" / "forms.pacta"]]

    assert len(texts) > 40
    assert [each.faulty for each in by_grammar(page, texts)] == [False] * len(texts)
    assert by_grammar(page, texts) == [by_product(text) for text in texts]


def test_faulty_cases_get_the_same_verdict_and_keep_their_other_lines(page: Page) -> None:
    texts = [path.read_bytes().decode("utf-8", errors="replace") for path in BAD]
    read = by_grammar(page, texts)

    assert sum(each.faulty for each in read) > 25
    for path, text, mine in zip(BAD, texts, read, strict=True):
        theirs = by_product(text)
        assert mine.faulty == theirs.faulty or beyond(text), path.name
        assert [each for each in theirs.directives if each not in mine.directives] == [], path.name


def test_many_texts_get_the_same_verdict(page: Page) -> None:
    texts = [make(seed) for seed in range(60) for make in (random_text, random_mutant)]
    kept = lost = 0
    for text, mine in zip(texts, by_grammar(page, texts), strict=True):
        theirs = by_product(text)
        if mine.faulty != theirs.faulty:
            assert theirs.faulty, text
            assert beyond(text), text
        elif not mine.faulty:
            assert mine.directives == theirs.directives, text
        missing = [each for each in theirs.directives if each not in mine.directives]
        lost += len(missing)
        kept += len(theirs.directives) - len(missing)

    assert lost <= kept / 100, "a slip may cost a line beside it now and then, and no more"


def test_a_reserved_word_names_nothing_but_an_argument(page: Page) -> None:
    words = sorted(RESERVED)

    assert all(each.faulty for each in by_grammar(page, [f"party {word}\n" for word in words]))
    assert not any(each.faulty for each in by_grammar(page, [f"event x({word})\n" for word in words]))
    assert not any(each.faulty for each in by_grammar(page, [f"party {word}x\n" for word in words]))
