"""Cases in colour: the lexer for Pygments and the TextMate grammar, two ways to the same words.

The lexer stands on the tokens of the language; the grammar is regular expressions alone, run here by a port of the
engine that VS Code has (with its regular expressions, Oniguruma). On every text the two have to say the same.
"""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.token import Error, Name, Token, _TokenType
from textmate_grammar.parsers.base import LanguageParser

from corpus import cases
from servanda.text.highlighting import PactaLexer
from servanda.text.words import RESERVED
from spec.generate import mutated_texts, random_text

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors/vscode"
FILES = sorted(
    path
    for folder in (cases.GOOD, ROOT / "examples", ROOT / "src/servanda/cli/templates")
    for path in folder.rglob("*.pacta")
)
BAD = sorted(cases.BAD.rglob("*.pacta"))
#: What the grammar calls what the lexer calls otherwise.
SCOPES = {
    "comment.line.number-sign.pacta": Token.Comment.Single,
    "string.quoted.triple.pacta": Token.Literal.String,
    "string.quoted.double.pacta": Token.Literal.String,
    "constant.other.date.pacta": Token.Literal.Date,
    "constant.numeric.pacta": Token.Literal.Number,
    "keyword.declaration.pacta": Token.Keyword.Declaration,
    "entity.name.type.pacta": Token.Name.Class,
    "variable.other.pacta": Token.Name,
    "variable.parameter.pacta": Token.Name.Attribute,
    "keyword.control.clause.pacta": Token.Keyword,
    "constant.language.state.pacta": Token.Keyword.Constant,
    "support.function.verb.pacta": Token.Name.Function,
    "storage.type.unit.pacta": Token.Keyword.Type,
    "keyword.operator.word.pacta": Token.Operator.Word,
    "keyword.operator.pacta": Token.Operator,
    "punctuation.separator.pacta": Token.Punctuation,
    "punctuation.section.pacta": Token.Punctuation,
}
#: What the words of each row of the page of reserved words are.
ROWS = {
    "directives": "keyword.declaration.pacta",
    "verbs": "support.function.verb.pacta",
    "states": "constant.language.state.pacta",
    "units of time": "storage.type.unit.pacta",
    "clauses and other parts": "keyword.control.clause.pacta",
    "conditions": "keyword.operator.word.pacta",
}


def grammar() -> dict[str, Any]:
    found = json.loads((EXTENSION / "syntaxes/pacta.tmLanguage.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


@cache
def engine() -> LanguageParser:
    logging.getLogger("textmate_grammar").setLevel(logging.CRITICAL)
    return LanguageParser(grammar())


def by_grammar(text: str) -> Iterator[tuple[int, _TokenType, str]]:
    """The stretches of a text that the grammar has a scope for: place, kind in the lexer's terms, words."""
    if not text.strip():
        return
    found = engine().parse_string(f"{text}\n")  # the port stumbles over blanks behind the last line end
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for (line, column), words, scopes in found.flatten() if found is not None else ():
        if len(scopes) > 1:
            yield starts[line] + column, SCOPES[scopes[1]], words


def by_lexer(text: str) -> list[tuple[int, _TokenType, str]]:
    return list(PactaLexer().get_tokens_unprocessed(text))


def painted(tokens: Iterator[tuple[int, _TokenType, str]] | list[tuple[int, _TokenType, str]], text: str) -> list[str]:
    """What each character of a text is, blanks aside."""
    colours = ["" for _ in text]
    for start, kind, words in tokens:
        for at in range(start, start + len(words)):
            if not text[at].isspace() and kind is not Error:
                colours[at] = str(kind)
    return colours


def difference(text: str) -> list[tuple[str, str, str]]:
    """The characters of which the two say different things, in their lines."""
    pairs = zip(painted(by_lexer(text), text), painted(by_grammar(text), text), strict=True)
    return [(text[max(0, at - 20) : at + 20], one, two) for at, (one, two) in enumerate(pairs) if one != two]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def nothing_lost(text: str) -> None:
    tokens = by_lexer(text)
    assert "".join(words for _, _, words in tokens) == text
    assert [start for start, _, _ in tokens] == [0, *(start + len(words) for start, _, words in tokens)][: len(tokens)]


# ── the lexer ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_case_is_lexed_whole_and_without_an_error(path: Path) -> None:
    text = path.read_text("utf-8")

    nothing_lost(text)
    assert [words for _, kind, words in by_lexer(text) if kind is Error] == []


@pytest.mark.parametrize("path", BAD, ids=name)
def test_a_faulty_text_is_lexed_whole_too(path: Path) -> None:
    nothing_lost(path.read_bytes().decode("utf-8", "replace"))


@given(st.text() | mutated_texts())
def test_any_text_is_lexed_whole(text: str) -> None:
    nothing_lost(text)


@pytest.mark.parametrize("text", ['US states "open\n', "2x", "^", "US.. claims x\n"])
def test_what_is_no_word_of_the_language_is_an_error(text: str) -> None:
    assert [kind for _, kind, _ in by_lexer(text) if kind is Error] == [Error]


def test_pygments_finds_the_lexer() -> None:
    for found in (get_lexer_by_name("pacta"), get_lexer_by_name("servanda"), get_lexer_for_filename("case.pacta")):
        assert type(found).__name__ == "PactaLexer"
    page = highlight('party US "<b>"\n', get_lexer_by_name("pacta"), HtmlFormatter())
    assert '<span class="kd">party</span>' in page
    assert "&lt;b&gt;" in page


def test_servanda_runs_without_pygments() -> None:
    blocked = "import sys; sys.modules['pygments'] = None; import servanda; from servanda.cli.check import command"

    subprocess.run([sys.executable, "-c", blocked], check=True)


# ── the grammar ─────────────────────────────────────────────────────────────────────────────────────────────


def reserved() -> dict[str, set[str]]:
    """Each word of the page of reserved words, with the scopes it may have."""
    page = (ROOT / "docs/reference/words.md").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for row, scope in ROWS.items():
        line = re.search(rf"^\| {row} \| (.*) \|$", page, re.MULTILINE)
        assert line is not None, row
        for word in re.findall("`([^`]+)`", line[1]):
            found.setdefault(word, set()).add(scope)
    assert set(found) == RESERVED
    return found


@pytest.mark.parametrize(("word", "scopes"), sorted(reserved().items()))
def test_every_reserved_word_has_the_scope_of_its_row(word: str, scopes: set[str]) -> None:
    for text in (f"x {word} y", f"  {word} y", f"{word}"):
        kinds = [kind for _, kind, words in by_grammar(text) if words == word]
        assert len(kinds) == 1
        assert kinds[0] in {SCOPES[scope] for scope in scopes}
    longer = f"x {word}-{word}.{word} y"
    assert [kind for _, kind, words in by_grammar(longer) if word in words] == [Name]


def test_scopes_are_all_of_those_that_the_tests_know_and_all_are_used() -> None:
    used = set(re.findall(r'"name": "([\w.-]+\.pacta)"', json.dumps(grammar()))) - {"constant.character.escape.pacta"}

    assert used == set(SCOPES)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_grammar_and_lexer_say_the_same_of_a_case(path: Path) -> None:
    assert difference(path.read_text("utf-8")) == []


@pytest.mark.parametrize("seed", range(40))
def test_grammar_and_lexer_say_the_same_of_any_text_of_the_language(seed: int) -> None:
    assert difference(random_text(seed)) == []


@pytest.mark.long
@pytest.mark.parametrize("start", range(40, 2040, 200))
def test_grammar_and_lexer_say_the_same_of_many_texts(start: int) -> None:
    assert [seed for seed in range(start, start + 200) if difference(random_text(seed))] == []


# ── the extension ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_extension_names_files_that_are_there() -> None:
    about = json.loads((EXTENSION / "package.json").read_text("utf-8"))["contributes"]
    [language], [syntax] = about["languages"], about["grammars"]

    assert (language["id"], language["extensions"]) == ("pacta", [".pacta"])
    assert (EXTENSION / language["configuration"]).is_file()
    assert (EXTENSION / syntax["path"]).is_file()
    assert (syntax["language"], syntax["scopeName"]) == ("pacta", grammar()["scopeName"])


def test_the_extension_reads_what_check_prints(tmp_path: Path) -> None:
    [matcher] = json.loads((EXTENSION / "package.json").read_text("utf-8"))["contributes"]["problemMatchers"]
    (tmp_path / "case.pacta").write_text('case "A case"\nparty US\nUS trusts Cuba\n')
    done = subprocess.run(
        [sys.executable, "-m", "servanda", "check", "."], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    patterns = [re.compile(each["regexp"]) for each in matcher["pattern"]]
    found = []
    for first, second in pairwise(done.stdout.splitlines()):
        said, place = patterns[0].match(first), patterns[1].match(second)
        if said and place:
            head, where = matcher["pattern"]
            found.append((said[head["severity"]], said[head["code"]], place[where["file"]], place[where["line"]]))

    assert ("error", "unknown-name", "case.pacta", "3") in found
