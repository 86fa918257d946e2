"""The corpus: each code has a case with one slip, and each construct of the language a case with none.

`pytest tests/spec/test_corpus.py --rewrite` writes the expected outputs anew; what it changed is then read at review.
"""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from corpus import cases
from corpus.page import ROOMS, heading
from servanda import load
from servanda.diagnostics import CODES, Code
from servanda.model.span import Span
from servanda.text import format_tree, parse
from servanda.text.lexer import tokenize
from servanda.text.words import RESERVED, STATES, VERBS
from spec.reference import verdict

GOOD = sorted(cases.GOOD.rglob("*.pacta"))
ROOTS = [path for path in GOOD if path.parent == cases.GOOD or path.name == "case.pacta"]
PAGE = Path(__file__).parents[2] / "docs/reference/codes.md"
DROPPABLE = (
    *("under", "when", "from", "until", "by", "begins by", "within", "done when", "seeks", "forbids", "verified by"),
    *("together with", "instead of", "survives", "consent of"),
)


def name_of(path: Path) -> str:
    return path.relative_to(cases.CORPUS).as_posix()


# Codes


def test_each_code_has_a_case_and_each_case_a_code() -> None:
    assert cases.codes_of_files() == sorted(CODES)


def test_each_code_has_its_expected_output_and_each_output_a_code() -> None:
    assert sorted(path.stem for path in cases.BAD.glob("*.txt")) == sorted(CODES)


def test_each_code_is_in_one_room() -> None:
    assert Counter(code.name for room in ROOMS.values() for code in room) == Counter(list(CODES))


def test_each_code_is_in_the_reference() -> None:
    page = PAGE.read_text("utf-8")

    assert [code.name for code in CODES.values() if f"\n{heading(code)}\n" not in page] == []


def test_no_two_codes_share_both_cause_and_next_step() -> None:
    shared = Counter((code.cause, code.remedy) for code in CODES.values())

    assert [texts for texts, count in shared.items() if count > 1] == []


@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_messages_are_written_in_one_way(code: Code) -> None:
    assert re.fullmatch(r"[a-z`{].*[^.!? ]", code.message), "lower case, no full stop"
    assert not re.match(r"[A-Z]", code.label)
    for text in (code.cause, code.remedy):
        assert re.fullmatch(r"[A-Z`].*[.]", text), "a sentence"
        assert "{" not in text, "values are filled into the message alone"


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_slip_gets_its_own_message_and_no_other(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(tmp_path)
    found = cases.problems(cases.lay_out(code, clean=False))
    expected = cases.expected_file(code)
    if pytestconfig.getoption("--rewrite"):
        expected.write_text(cases.shown(found), "utf-8")

    assert [each.code for each in found] == [code]
    assert cases.shown(found) == expected.read_text("utf-8")
    assert cases.pointed_at(found[0]) == cases.place(code)


@pytest.mark.parametrize("code", sorted(CODES))
def test_without_its_slip_the_case_is_clean(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = cases.problems(cases.lay_out(code, clean=True))

    assert cases.shown(found) == ""
    assert cases.slips(code) == 1


# Good cases


def good_words() -> Iterator[tuple[str, str]]:
    for path in GOOD:
        tokens = tokenize(path.read_text("utf-8"))
        yield from zip(tokens.kinds, [*tokens.kinds[1:], ""], strict=True)


@pytest.mark.parametrize("path", ROOTS, ids=name_of)
def test_a_good_case_is_clean(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb

    shutil.copytree(cases.GOOD, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    for table in (tmp_path / path.relative_to(cases.GOOD)).parent.glob("*.csv"):
        duckdb.read_csv(str(table), all_varchar=True).write_parquet(str(table.with_suffix(".parquet")))
    loaded = load(path.relative_to(cases.GOOD))

    assert cases.shown(loaded.diagnostics) == ""
    assert loaded.quotes.unchecked == 0


def test_csv_and_parquet_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test_a_good_case_is_clean(cases.GOOD / "event-tables/case.pacta", tmp_path, monkeypatch)
    events = [(str(act.dating), act.objects) for act in load("event-tables").case.acts]
    first, second = events[:4], events[4:8]

    assert [when for when, _ in first] == [when for when, _ in second]
    assert [_values(what) for _, what in first] == [_values(what) for _, what in second]


def _values(objects: tuple[object, ...]) -> list[object]:
    return [argument.value for each in objects for argument in getattr(each, "arguments", ())]


def meaning(value: object) -> object:
    """A value without its places, and without the number of its verbs."""
    if isinstance(value, msgspec.Struct):
        fields = [field for field in value.__struct_fields__ if field not in ("span", "plural")]
        return type(value).__name__, *((field, meaning(getattr(value, field))) for field in fields)
    assert not isinstance(value, Span)
    return tuple(map(meaning, value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_a_good_case_keeps_its_meaning_when_it_is_laid_out(path: Path) -> None:
    tree = parse(path.read_text("utf-8"))
    laid_out = format_tree(tree)
    again = parse(laid_out)

    assert meaning(again.directives) == meaning(tree.directives)
    assert format_tree(again) == laid_out


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_the_grammar_reads_a_good_case(path: Path) -> None:
    text = path.read_text("utf-8")

    assert (verdict(text).line, parse(text).diagnostics) == (None, ())


def test_the_good_cases_use_every_word_of_the_language() -> None:
    assert RESERVED - {kind for kind, _ in good_words()} == set()


def test_the_good_cases_have_every_state() -> None:
    after_is = {
        second if second not in ("not", "in") else f"{second} " for first, second in good_words() if first == "is"
    }

    assert {state.replace("owed", "").replace("force", "") for state in STATES} - after_is == set()


def test_the_good_cases_drop_every_clause_that_can_be_dropped() -> None:
    text = "\n".join(path.read_text("utf-8") for path in GOOD)

    assert [clause for clause in DROPPABLE if f"\n  {clause} none\n" not in text] == []


@pytest.mark.parametrize("verb", VERBS)
def test_the_good_cases_have_every_verb_by_one_and_by_several(verb: str) -> None:
    acts = [act for path in GOOD for act in load(path).case.acts if act.verb == verb]

    assert {len(act.actors) > 1 for act in acts} == {True, False}
