"""What fits a place of a text: what the published grammar takes there, and the kinds of names that stand in cases."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lark import Token
from lark.parsers.lalr_interactive_parser import InteractiveParser

import servanda
from corpus.cases import CLEAN
from servanda.load.fitting_names import kinds_that_fit
from servanda.text import parse
from servanda.text.fitting import Fitting, block_before, fitting
from servanda.text.lexer import tokenize
from servanda.text.syntax import Act, Declaration, Names, Scenario
from servanda.text.words import DECLARATIONS, NORMS, RESERVED
from spec.generate import random_text
from spec.reference import parser
from spec.reference_lexer import Fault, cleaned, terminals

ROOT = Path(__file__).parents[2]
DECLARING = {*DECLARATIONS, *NORMS}
EXAMPLES = ["ceasefire-exchange", "company-sale", "cuba-1962"]


def terminal_of(word: str) -> str:
    """Which terminal of the published grammar a reserved word is."""
    [found] = [each for each in terminals(f"x {word}\n") if each.text == word]
    return found.kind


TERMINALS = {word: terminal_of(word) for word in sorted(RESERVED)}


def taken(reader: InteractiveParser) -> set[str]:
    return set(reader.accepts())  # type: ignore[no-untyped-call]  # lark does not say


def by_grammar(block: str) -> Fitting | None:
    """What fits at the end of some lines, by lark running the published grammar; None where it cannot come so far."""
    try:
        found = list(terminals(f"{block}x\n"))
    except Fault:
        return None
    last = max(at for at, each in enumerate(found) if each.kind not in ("NL", "DEDENT"))
    if found[last].text != "x":
        return None  # in a string, or in a comment
    reader: InteractiveParser = parser().parse_interactive("")
    for each in found[:last]:
        if each.kind not in taken(reader):
            return None
        reader.feed_token(Token(each.kind, each.text))
    takes = taken(reader)
    if found[last].kind == "ARGUMENT":
        return Fitting(tuple(TERMINALS), True) if "ARGUMENT" in takes else None
    words = [word for word, kind in TERMINALS.items() if kind in takes]
    return Fitting(tuple(words), "NAME" in takes, "DATE" in takes, "STRING" in takes)


def said(block: str) -> set[str]:
    """The first words of the clauses that the last directive of some lines has, but for those that may repeat."""
    tree = parse(block)
    last = tree.directives[-1] if tree.directives else None
    if isinstance(last, Scenario) and last.directives:
        last = last.directives[-1]
    if not isinstance(last, Declaration | Act):
        return set()
    to = {"to" for each in last.clauses if isinstance(each, Names) and each.to}
    return {each.keyword.split()[0] for each in last.clauses} | to


def places(text: str, count: int, seed: int) -> list[int]:
    """Some places of a text where a word begins."""
    tokens = tokenize(text)
    every = [at for kind, at in zip(tokens.kinds, tokens.offsets, strict=True) if kind not in ("NEWLINE", "END")]
    return sorted(random.Random(seed).sample(every, min(count, len(every))))


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_stands_in_a_case_is_among_what_fits(path: Path) -> None:
    text = path.read_text("utf-8")
    tokens = tokenize(text)
    kinds = dict(zip(tokens.offsets, tokens.kinds, strict=True))
    for at in places(text, 3, 1):
        found, kind = fitting(text, at), kinds[at]
        if kind in RESERVED:
            assert kind in found.words, text[:at][-80:]
        elif kind in ("NAME", "DATE", "STRING"):
            assert getattr(found, kind.lower()), text[:at][-80:]


def test_what_fits_is_what_the_published_grammar_takes() -> None:
    texts = [*(path.read_text("utf-8") for path in CLEAN), *(random_text(seed) for seed in range(20))]
    compared = 0
    for seed, text in enumerate(cleaned(each) for each in texts if '"""' not in each):
        for at in places(text, 4, seed):
            block = block_before(text, at)
            mine, theirs, there = fitting(text[:at], at), by_grammar(block), said(block)
            if theirs is None:
                continue
            compared += 1
            begins_line = not block[block.rfind("\n") + 1 :].strip()
            assert set(mine.words) <= set(theirs.words), block
            assert set(theirs.words) - set(mine.words) <= there, block
            assert not begins_line or not set(mine.words) & there - {"cites", "under", "via"}, block
            assert (mine.name, mine.date) == (theirs.name, theirs.date), block
            assert mine.string == theirs.string or "words" in there, block

    assert compared > 150


@pytest.mark.parametrize(
    "block",
    [
        "obligation x\n  done when ",
        "term x = y is ",
        "x holds ",
        "term x = y ",
        "1962-11-15 x claims ",
        'scenario "x"\n  ',
    ],
)
def test_what_fits_at_places_of_every_kind(block: str) -> None:
    assert fitting(block, len(block)) == by_grammar(block)


@pytest.mark.parametrize("text", ["# a comm", 'party x "a b', "obligation x\n   ", "party x\n\t", "party x ?? "])
def test_nothing_fits_where_nothing_could_be_read(text: str) -> None:
    assert fitting(text, len(text)) == Fitting()


def test_what_stands_behind_does_not_matter() -> None:
    text = "1962-11-15 US offers \nparty X\n"

    assert fitting(text, text.index("\n")) == fitting("1962-11-15 US offers ", 21)
    assert fitting("1962-11-15 US offers ", 21).name


# Kinds of names


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_kind_of_every_name_in_a_case_is_among_those_that_fit(example: str) -> None:
    case = servanda.load(ROOT / "examples" / example).case
    compared = 0
    for path in sorted((ROOT / "examples" / example).rglob("*.pacta")):
        text = path.read_text("utf-8")
        tokens = tokenize(text)
        words = dict(zip(tokens.offsets, zip(tokens.kinds, tokens.words, strict=True), strict=True))
        for at in places(text, 25, 2):
            kind, name = words[at]
            there = case.declared(name)
            if text[text.rfind("\n", 0, at) + 1 :].startswith("events "):
                continue  # its names are looked up when its table is read
            if (
                kind == "NAME"
                and there is not None
                and text[:at].split()[-1] not in DECLARING
                and text[at - 1] not in "[="
            ):
                compared += 1
                assert called(there) in kinds_that_fit(case, text, at), text[:at][-80:]

    assert compared > 12


def called(declared: object) -> str:
    return str(getattr(declared, "kind", type(declared).__name__.lower()))


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        ("1962-11-15 US offers ", {"obligation", "prohibition", "right", "power"}),
        ("1962-11-15 US attempts ", {"means"}),
        ("1962-11-15 ", {"party", "body", "person"}),
        ("obligation remove-bombers of USSR\n  verified by ", {"means"}),
        ("obligation remove-bombers of USSR\n  under ", {"source"}),
        ("1962-11-15 US signs protocol\n  cites ", {"source"}),
        ("1962-11-20 expect remove-bombers is due in ", {"party"}),
        ("US claims 42 ", {"item", "term"}),
        ("party ", set()),
        ("# by ", set()),
    ],
)
def test_which_kinds_of_names_fit_a_place(lines: str, kinds: set[str]) -> None:
    case = servanda.load(ROOT / "examples" / "cuba-1962").case

    assert kinds_that_fit(case, lines, len(lines)) == kinds
