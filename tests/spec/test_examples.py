"""The examples are clean, in canonical layout, and quote their sources as these have it."""

from pathlib import Path

import pytest

import servanda
from servanda.load.quotes import quotes_of
from servanda.text import format_tree, parse

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(each for each in (ROOT / "examples").iterdir() if each.is_dir())
SOURCES = ROOT.parent / "shared" / "sources"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_an_example_is_clean(example: Path) -> None:
    loaded = servanda.load(example)

    assert [str(each) for each in loaded.diagnostics if each.severity != "note"] == []
    assert loaded.quotes.not_found == ()


@pytest.mark.parametrize("file", sorted((ROOT / "examples").rglob("*.pacta")), ids=lambda each: each.name)
def test_an_example_is_in_canonical_layout(file: Path) -> None:
    text = file.read_text("utf-8")

    assert text == format_tree(parse(text))


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the source texts are not in ../shared/sources")
def test_every_quote_of_the_cuban_case_is_in_its_source() -> None:
    loaded = servanda.load(ROOT / "examples" / "cuba-1962", sources=SOURCES)

    assert [str(each) for each in loaded.diagnostics] == []
    assert loaded.quotes.unchecked == 0
    assert len(loaded.quotes.anchors) >= 85


def test_quotes_are_short() -> None:
    quotes = [quote.value for example in EXAMPLES for _, quote in quotes_of(servanda.load(example).case)]

    assert len(quotes) > 100
    assert [each for each in quotes if len(each.split()) > 8] == []
