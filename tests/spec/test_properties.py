"""What holds for every text: reading, laying out and loading keep what is said, and a slip costs its own line.

The texts are made from the grammar (`generate.py`) and, where the case has to make sense, by `bench.generated`.
"""

import itertools
import random
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bench.generated import KINDS, generated_case, plant_error
from servanda import Case, Loaded, load, load_text
from servanda.diagnostics import Diagnostic
from servanda.model.conditions import (
    AllOf,
    Amount,
    AnyOf,
    Argument,
    AtLeast,
    CameAbout,
    Did,
    Happening,
    InState,
    Lasting,
    Member,
    OnDate,
    Ref,
    Shifted,
    Unless,
)
from servanda.model.declarations import Text
from servanda.model.span import File, Span
from servanda.text import Tree, format_tree, parse, syntax
from servanda.text.lexer import string_value, tokenize
from spec.generate import mutated_texts, texts

CONDITIONS = (
    *(AllOf, Amount, AnyOf, AtLeast, CameAbout, Did, Happening, InState, Lasting, Member, OnDate, Shifted, Unless),
)
QUOTED_OR_COMMENT = re.compile(r'"""[\s\S]*?"""|"(?:\\[^\n]|[^"\\\n])*"|#[^\n]*')

# What people paste, and what nobody types.
FRAGMENTS = (
    *("case ", '"', '"""', "(", ")", "[", ",", "=", "%", "#", "~", "/", "\\", "-", "_", ".", "..", " ", "  ", "    "),
    *("\n", "\n  ", "\n    ", "\t", "\r", "\r\n", "\x00", "\x1b[2J", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028"),
    *("party US", "obligation x of US", "when ", "a and ", " or ", "unless ", "not ", "at least 2 of (", "1962-11-20"),
    *("1962-02-30", "9999-12-31T23:59", "0000-00-00", "30 days after ", "1e9", "9" * 30, "claims ", "holds x = "),
    *(
        "scenario ",
        "for each ",
        "none",
        "é",
        "е",
        "条",
        "\U0001f600",
        "\ud800",
        "٣",
        "expect ",
        "include ",
        "events by ",
    ),
)


def any_text() -> st.SearchStrategy[str]:
    """Any text at all: letters of all scripts, lone surrogates, and pieces of the language put together wrongly."""
    anything = st.text(st.characters(codec=None, categories=None), max_size=40)
    return st.lists(st.sampled_from(FRAGMENTS) | anything, max_size=30).map("".join)


def bare(value: object) -> object:
    """A value without its places and without how its lines were laid out."""
    if isinstance(value, msgspec.Struct):
        fields = (each for each in value.__struct_fields__ if each not in ("span", "plural"))
        return type(value).__name__, *((each, bare(getattr(value, each))) for each in fields)
    if isinstance(value, tuple | list):
        return tuple(bare(each) for each in value)
    if isinstance(value, File | Span):
        return None
    return type(value).__name__, value


def bare_case(case: Case) -> object:
    """What a case says, in the order in which it does, without places and files."""
    rooms = {field: getattr(case, field) for field in case.__struct_fields__ if field != "files"}
    return [
        (field, tuple((name, bare(each)) for name, each in room.items()) if hasattr(room, "items") else bare(room))
        for field, room in rooms.items()
    ]


def nodes(value: object) -> Iterator[msgspec.Struct]:
    """A value and all that is in it."""
    if isinstance(value, Span):
        return
    if isinstance(value, msgspec.Struct):
        yield value
        for field in value.__struct_fields__:
            yield from nodes(getattr(value, field))
    elif isinstance(value, tuple):
        for each in value:
            yield from nodes(each)


def comments(text: str) -> list[str]:
    return [each.rstrip() for each in QUOTED_OR_COMMENT.findall(text) if each.startswith("#")]


def errors(tree: Tree) -> list[Diagnostic]:
    return [each for each in tree.diagnostics if each.severity == "error"]


def said(loaded: Loaded) -> set[tuple[str, str]]:
    # Of an unknown name used in several ways, the message tells the first of them.
    return {(each.code, re.sub("no .* is called", "nothing is called", each.message)) for each in loaded.diagnostics}


# ── laying out ──────────────────────────────────────────────────────────────────────────────────────────────


def check_layout(text: str) -> None:
    tree = parse(text)
    formatted = format_tree(tree)
    again = parse(formatted)

    assert again.diagnostics == ()
    assert bare(tree.directives) == bare(again.directives)
    assert formatted == format_tree(again)
    assert comments(tree.file.text) == comments(formatted)
    assert not re.search(r"[ \t]$|\n\n\n|\r|\A\n|\n\n\Z", QUOTED_OR_COMMENT.sub("x", formatted), re.MULTILINE)


@given(texts())
def test_laying_out_keeps_meaning_and_comments_and_is_done_once(text: str) -> None:
    check_layout(text)


@given(mutated_texts())
def test_so_it_does_for_whatever_can_be_read(text: str) -> None:
    assume(not errors(parse(text)))
    check_layout(text)


@given(texts(3), mutated_texts(2))
def test_nothing_is_laid_out_that_cannot_be_read(text: str, faulty: str) -> None:
    tree = parse(text + "\n" + faulty)
    assume(errors(tree))

    with pytest.raises(ValueError, match="has errors"):
        format_tree(tree)


def test_so_it_does_for_a_case_of_many_lines() -> None:
    check_layout(generated_case(2000, seed=7))


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────


@given(any_text() | mutated_texts())
def test_reading_never_raises_and_blames_places_in_the_text(text: str) -> None:
    tree = parse(text)

    for each in tree.diagnostics:
        spans = [each.span, *(other.span for other in each.related), *([each.fix.span] if each.fix else [])]
        assert all(span.file is tree.file and 0 <= span.start <= span.end <= len(tree.file.text) for span in spans)
        assert each.message.isprintable()
        assert len(each.message) < 500
    positions = [each.span.start for each in tree.diagnostics]
    assert positions == sorted(positions)


@given(any_text() | mutated_texts())
def test_loading_never_raises_and_blames_places_in_its_files(text: str) -> None:
    loaded = load_text(text, folder="/nowhere")

    files = {file.path for file in loaded.case.files}
    for each in loaded.diagnostics:
        for span in (each.span, *(other.span for other in each.related)):
            assert span.file.path in files
            assert 0 <= span.start <= span.end <= len(span.file.text)


@given(texts() | mutated_texts())
def test_every_place_lies_in_the_text_and_around_its_parts(text: str) -> None:
    tree = parse(text)

    for node in nodes(tree.directives):
        span: Span | None = getattr(node, "span", None)
        if span is None:
            continue
        assert span.file is tree.file
        assert 0 <= span.start < span.end <= len(tree.file.text)
        assert span.words == span.words.strip()
        if not isinstance(node, syntax.Scenario | syntax.Declaration | syntax.Act):
            inner = [getattr(each, "span", None) for each in nodes(node)]
            assert all(span.start <= each.start and each.end <= span.end for each in inner if each is not None)


@given(texts())
def test_the_words_of_a_place_say_the_thing_again(text: str) -> None:
    tree = parse(text)

    for node in nodes(tree.directives):
        if isinstance(node, Ref):
            name, bracket, _ = node.span.words.partition("[")
            assert unicodedata.normalize("NFC", name.strip()) == node.name
            assert bool(bracket) == (node.key is not None)
        elif isinstance(node, Text):
            words = [word for word in tokenize(node.span.words).words if word.strip()]
            assert [node.value] == [string_value(word) for word in words]
        elif isinstance(node, Argument):
            assert unicodedata.normalize("NFC", re.split(r"[\s=]", node.span.words)[0]) == node.name
        elif isinstance(node, CONDITIONS):
            again = parse(f"matter zz = {node.span.words}\n")
            assert errors(again) == []
            (matter,) = again.directives
            assert isinstance(matter, syntax.Declaration)
            assert bare(matter.definition) == bare((node,))


@given(texts())
def test_the_words_of_a_clause_say_the_clause_again(text: str) -> None:
    for each in parse(text).directives:
        for directive in each.directives if isinstance(each, syntax.Scenario) else (each,):
            if not isinstance(directive, syntax.Declaration | syntax.Act):
                continue
            for clause in directive.clauses:
                again = parse(f"{head_for(directive)}\n  {clause.span.words}\n")
                assert errors(again) == []
                (read,) = again.directives
                assert isinstance(read, syntax.Declaration | syntax.Act)
                assert bare(read.clauses) == bare((clause,))


def head_for(directive: syntax.Declaration | syntax.Act) -> str:
    """The shortest line below which the clauses of a directive can stand."""
    if isinstance(directive, syntax.Act):
        return "US holds zz" if directive.verb == "holds" and directive.definition is None else "US claims zz"
    return 'case "zz"' if directive.kind == "case" else f"{directive.kind} zz"


# ── slips ───────────────────────────────────────────────────────────────────────────────────────────────────

GARBAGE = (
    *(")", "(((", '"no end', "party", "party 42", "1962-13-45 US claims x", "US claimz x", "obligation when when", ","),
    *("include", 'include "', "scenario", 'scenario "empty"', "\x00\x01", "\u202eparty x", "$$$ ???", "~~", "[", "1"),
    *("term = x", "event e(", "1962-11-20 expect", "of x", "when y", "claims x", "a" * 5000, "(" * 500, "\tparty T"),
    *("   party T", "events by", "a..b claims c", "9" * 40, "x is promised and", "é.", "\u200bparty x", "US holds"),
)


def lines_between_directives(text: str) -> list[int]:
    """The places in a text where a line of its own can stand without coming between a directive and its lines."""
    tree = parse(text)
    starts = [each.span.start for each in tree.directives]
    return [*(tree.file.text.rfind("\n", 0, start) + 1 for start in starts), len(tree.file.text)]


@given(texts(), st.sampled_from(GARBAGE) | st.text(max_size=30), st.randoms(use_true_random=False))
def test_a_line_that_cannot_be_read_costs_that_line_alone(text: str, garbage: str, rng: random.Random) -> None:
    garbage = re.sub(r"[\r\n]", "", garbage).replace('"""', "")
    assume(errors(parse(garbage)))
    text = parse(text).file.text
    at = rng.choice(lines_between_directives(text))
    before = text[:at] if not at or text[at - 1] == "\n" else text[:at] + "\n"

    tree, spoilt = parse(text), parse(f"{before}{garbage}\n{text[at:]}")
    # indented, the line may belong to the directive above, which then knows that one of its lines is lost
    assert bare([_untorn(each) for each in tree.directives]) == bare([_untorn(each) for each in spoilt.directives])
    lines = {each.span.line for each in spoilt.diagnostics}
    assert lines == {before.count("\n") + 1}


@given(texts(), st.integers(0, 20))
def test_a_clause_that_cannot_be_read_costs_that_clause_alone(text: str, which: int) -> None:
    tree = parse(text)
    blocks = [each for each in tree.directives if isinstance(each, syntax.Declaration | syntax.Act)]
    clauses = [clause for each in blocks for clause in each.clauses[each.inline :]]
    assume(clauses)
    start = clauses[which % len(clauses)].span.start
    spoilt = parse(f"{tree.file.text[:start]}$ no clause\n  {tree.file.text[start:]}")

    assert [each.code for each in spoilt.diagnostics] == ["stray-character"]
    torn = [getattr(each, "torn", False) for each in spoilt.directives]
    assert torn.count(True) == 1
    assert bare(tree.directives) == bare([_untorn(each) for each in spoilt.directives])


def _untorn(each: syntax.Directive) -> syntax.Directive:
    if isinstance(each, syntax.Declaration | syntax.Act):
        return msgspec.structs.replace(each, torn=False)
    return each


# ── planted errors ──────────────────────────────────────────────────────────────────────────────────────────

CASES = 4


@cache
def specimen(seed: int) -> str:
    return generated_case(2000, seed)


def found(text: str) -> list[tuple[str, int]]:
    diagnostics = load_text(text, folder="/nowhere").diagnostics
    return [(each.code, each.span.line) for each in diagnostics if each.severity != "note"]


@pytest.mark.parametrize("seed", range(CASES))
def test_nothing_is_said_of_a_clean_case(seed: int) -> None:
    assert found(specimen(seed)) == []


@pytest.mark.parametrize("seeds", [range(CASES), pytest.param(range(CASES, 12), marks=pytest.mark.long)], ids=str)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_error_planted_in_2000_lines_is_found_and_only_it(kind: str, seeds: range) -> None:
    for seed in seeds:
        spoilt, line, code = plant_error(specimen(seed % CASES), seed, kind)

        assert found(spoilt) == [(code, line)], f"seed {seed}"


@cache
def _large(seed: int) -> str:
    return generated_case(100_000, seed)


@pytest.mark.long
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_error_planted_in_100_000_lines_is_found_and_only_it(kind: str) -> None:
    for seed in range(CASES):
        spoilt, line, code = plant_error(_large(seed), seed, kind)

        assert found(spoilt) == [(code, line)], f"seed {seed}"


# ── order and files ─────────────────────────────────────────────────────────────────────────────────────────


def pieces(text: str) -> tuple[list[str], list[str]]:
    """The declarations of a text and its other directives, each with the lines below it."""
    tree = parse(text)
    starts = [each.span.start for each in tree.directives]
    ends = [*starts, len(tree.file.text)][1:]
    cut = [tree.file.text[start:end] for start, end in zip(starts, ends, strict=True)]
    declared = [isinstance(each, syntax.Declaration) for each in tree.directives]
    return list(itertools.compress(cut, declared)), list(itertools.compress(cut, (not each for each in declared)))


@given(st.integers(0, CASES - 1), st.lists(st.integers(0, 10_000), max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_declarations_does_not_change_what_is_said(
    which: int, seeds: list[int], rng: random.Random
) -> None:
    text = SHORT[which]
    for seed in seeds:
        text = spoilt_somewhere(text, seed)
    declared, others = pieces(text)
    shuffled = rng.sample(declared, len(declared))

    before = load_text("".join(declared + others), folder="/nowhere")
    after = load_text("".join(shuffled + others), folder="/nowhere")
    assert said(before) == said(after)
    assert {name: bare(each) for name, each in before.case.commitments.items()} == {
        name: bare(each) for name, each in after.case.commitments.items()
    }


SHORT = {seed: generated_case(250, seed) for seed in range(CASES)}


def spoilt_somewhere(text: str, seed: int) -> str:
    """The text with one name exchanged for another, or for one that there is not."""
    rng = random.Random(seed)
    words = list(re.finditer(r"(?<=of |to |in )[A-Za-z][\w-]+", text))
    word = rng.choice(words)
    other = rng.choice([*(each[0] for each in words), "nobody"])
    return text[: word.start()] + other + text[word.end() :]


@given(texts(8), st.integers(1, 4), st.randoms(use_true_random=False))
def test_a_case_split_into_files_says_the_same(text: str, files: int, rng: random.Random) -> None:
    declared, others = pieces(text)
    # Reading its own includes belongs to another folder, and a BOM or an unended last line to another property.
    cut = [each.rstrip("\r\n") + "\n" for each in (*declared, *others) if not each.startswith(("include", "events"))]
    assume(cut)
    cuts = sorted(rng.randrange(len(cut) + 1) for _ in range(files))
    parts = ["".join(cut[a:b]) for a, b in itertools.pairwise([0, *cuts, len(cut)])]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, part in enumerate(parts):
            (folder / f"{number}.pacta").write_text(part, "utf-8", newline="")
        root = "".join(f'include "{number}.pacta"\n' for number in range(len(parts)))
        (folder / "case.pacta").write_text(root, "utf-8")

        split, whole = load(folder), load_text("".join(cut), folder=folder)
    assert bare_case(split.case) == bare_case(whole.case)
    assert sorted(each.code for each in split.diagnostics) == sorted(each.code for each in whole.diagnostics)


@given(texts(8))
@example("body x\n1962-01-01 x holds x = 1962-01-01T07:18+00:00\nbody Z\n")  # laid out, the hour ends in Z
def test_laying_out_changes_nothing_of_the_case(text: str) -> None:
    formatted = format_tree(parse(text))

    before, after = load_text(text, folder="/nowhere"), load_text(formatted, folder="/nowhere")
    assert bare_case(before.case) == bare_case(after.case)
    assert sorted(map(str, said(before))) == sorted(map(str, said(after)))
