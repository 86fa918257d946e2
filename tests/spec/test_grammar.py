"""The published grammar and the product read the same language.

Two readers that share no code, the product's own and lark running `docs/reference/grammar.lark`, are asked about the
same texts: all cases that this repository holds, thousands made from the grammar, and thousands that are nearly right.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from lark import GrammarError, Lark
from lark.grammar import Rule
from lark.lexer import PatternStr

from corpus.cases import CLEAN
from servanda.text import parse
from servanda.text.words import RESERVED as PRODUCT_RESERVED
from spec.generate import mutated_texts, names, productions, random_mutant, random_text, text_of, texts
from spec.mutate import CHARACTERS, CLAUSES, DATES, NAMES, NUMBERS, PIECE, STRINGS
from spec.reference import GRAMMAR, TerminalLexer, accepts, parser, verdict
from spec.reference_lexer import RESERVED, SPELT_OUT

ROOT = GRAMMAR.parents[2]
FORMS = Path(__file__).with_name("forms.pacta")
GOOD = [FORMS, *CLEAN]
BAD = sorted(ROOT.glob("tests/corpus/bad/**/*.pacta"))

# Words that nearly are something else, and texts in which they take the place of an underscore.
ODD_WORDS = {
    "names": (NAMES, ["party _\n", "term x = _\n", "_ signs x\n", "event x(_)\n"]),
    "numbers": (NUMBERS, ["x claim _ y z\n", "term x = at least _ of (y)\n", "term x = y for _ day\n", "x use y[_]\n"]),
    "dates": (DATES, ["_ US signs x\n", "source x dated _\n", "right x by _\n", "term x = y(z=_)\n"]),
    "strings": (STRINGS, ["include _\n", "party x _ aka _\n", "US signs x _\n"]),
    "characters": (CHARACTERS, ["party x_\n", "party x _\n", "party x_y\n", "_party x\n", 'party x "_"\n', "# _\n"]),
}  # fmt: skip
STATEMENTS = (
    *('case "x"', "party x", "body x", "person x", "channel x", "source x", "item x", "means x", "term x = y"),
    *("matter x", "event x(y)", "obligation x", "power x of US to USSR", 'include "x"', "x expect y is due in z"),
    *("US holds x", "US holds x = y", "US claims x", "US consents to x", "US transfers x to y", 'scenario "x"'),
    *("US closes x", "US begins x", 'US states "x"', "1962-11-20 expect x is due in y"),
)


def product_accepts(text: str) -> bool:
    return all(diagnostic.severity != "error" for diagnostic in parse(text).diagnostics)


def first_faulty_line(text: str) -> int:
    tree = parse(text)
    at = min(diagnostic.span.start for diagnostic in tree.diagnostics if diagnostic.severity == "error")
    return text.removeprefix("\ufeff").count("\n", 0, at) + 1


def differs(text: str) -> bool:
    return product_accepts(text) != accepts(text)


def smallest(text: str, fails: Callable[[str], bool]) -> str:
    """A text that still fails and of which no line, token or character can be left out."""
    for split in (lambda whole: whole.splitlines(keepends=True), PIECE.findall, list):
        parts: list[str] = split(text)
        size = len(parts)
        while size:
            here, shorter = 0, False
            while here < len(parts):
                rest = parts[:here] + parts[here + size :]
                if fails("".join(rest)):
                    parts, shorter = rest, True
                else:
                    here += size
            size = size // 2 if size > 1 else int(shorter)
        text = "".join(parts)
    return text


def differences(candidates: Iterable[str]) -> list[str]:
    """The first few texts on which the two readers part, each made as small as it goes."""
    found: list[str] = []
    for text in candidates:
        if differs(text):
            found.append(smallest(text, differs))
            if len(found) == 3:
                break
    return found


def one_word_changes() -> Iterator[str]:
    """Each form of the language with each word left out, or replaced or preceded by each other word there is."""
    words = [
        *sorted(RESERVED),
        *"()[],=/%#",
        "x",
        "1",
        "2.5",
        '"w"',
        "1962-11-20",
        "~1962-11-20",
        "a date",
        "\n  ",
        "2 days",
    ]
    for form in re.split(r"\n(?! )", FORMS.read_text(encoding="utf-8").strip()):
        pieces: list[str] = PIECE.findall(form + "\n")
        for here in (index for index, piece in enumerate(pieces) if not piece.isspace()):
            before, after = "".join(pieces[:here]), "".join(pieces[here + 1 :])
            yield before + after
            for word in words:
                yield before + word + after
                yield f"{before}{word} {pieces[here]}{after}"
        for word in words:
            yield f"{form} {word}\n"
            yield f"{form}\n  {word}\n"
            yield f"{form}\n  {word} x\n"


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


# The grammar itself


def lalr(grammar: str) -> Lark:
    """The parser of a grammar; raises GrammarError at any conflict, also where lark would settle it silently."""
    return Lark(grammar, parser="lalr", lexer=TerminalLexer, strict=True)


def test_the_grammar_has_no_conflicts() -> None:
    lalr(GRAMMAR.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "grammar",
    [
        'start: "when" start ["or" start] | NAME\n%declare NAME',
        "start: one | other\none: NAME\nother: NAME\n%declare NAME",
    ],
    ids=["shift or reduce", "reduce or reduce"],
)
def test_a_conflict_would_be_noticed(grammar: str) -> None:
    with pytest.raises(GrammarError):
        lalr(grammar)


def test_every_production_is_used_in_the_texts_made_from_it() -> None:
    used = Counter[Rule]()
    for seed in range(1600):
        text_of(random.Random(seed).randrange, 6, used)

    assert productions() - set(used) == set()


def test_the_grammar_spells_out_what_the_lexer_leaves_to_it() -> None:
    words = [terminal.pattern.value for terminal in parser().terminals if isinstance(terminal.pattern, PatternStr)]

    assert sorted(SPELT_OUT) == sorted(word for word in words if word.isalpha())


# Reserved words


def test_the_reserved_words_are_the_same() -> None:
    assert sorted(RESERVED) == sorted(PRODUCT_RESERVED)


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_a_reserved_word_names_nothing_but_an_argument(word: str) -> None:
    for text in (f"party {word}\n", f"term x = {word}\n", f"US signs {word}\n", f"{word} signs x\n"):
        assert (accepts(text), product_accepts(text)) == (False, False), text

    for text in (f"event x({word})\n", f"term x = y({word}=1, {word} not in z)\n", f"party {word.title()}\n"):
        assert (accepts(text), product_accepts(text)) == (True, True), text


@given(names())
def test_any_other_name_will_do(name: str) -> None:
    text = f"party {name}\n"

    assert (accepts(text), product_accepts(text)) == (True, True)


# The same verdict


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_cases_are_read_by_the_grammar_and_by_the_product(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert (verdict(text).line, product_accepts(text)) == (None, True)


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_faulty_cases_get_the_same_verdict(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", errors="replace")

    assert accepts(text) == product_accepts(text)


@given(texts())
def test_a_text_made_from_the_grammar_is_read_by_both(text: str) -> None:
    assert (verdict(text).line, product_accepts(text)) == (None, True)


@given(mutated_texts())
def test_a_changed_text_gets_the_same_verdict(text: str) -> None:
    assert accepts(text) == product_accepts(text)


@pytest.mark.parametrize("kind", sorted(ODD_WORDS))
def test_odd_words_get_the_same_verdict(kind: str) -> None:
    words, frames = ODD_WORDS[kind]

    assert differences(frame.replace("_", word) for word in words for frame in frames) == []


@pytest.mark.parametrize("statement", STATEMENTS)
def test_clauses_out_of_place_get_the_same_verdict(statement: str) -> None:
    layouts = (
        "{0} {1}\n",
        "{0}\n  {1}\n",
        "{0}\n    {1}\n",
        "{0} {1}\n  {1}\n",
        "{0}\n  {1}\n  {1}\n",
        "{0} {1} {1}\n",
    )

    assert differences(layout.format(statement, clause) for clause in CLAUSES for layout in layouts) == []


@pytest.mark.parametrize("state", ["promised", "fulfilled", "signed", "in force", "not owed"])
@pytest.mark.parametrize("date", ["with a date", "by 1962-11-20"])
def test_a_date_with_a_state_gets_the_same_verdict(state: str, date: str) -> None:
    text = f"term x = y is {state} {date}\n"

    assert accepts(text) == product_accepts(text) == (" " not in state)


@pytest.mark.parametrize("seeds", [range(400), pytest.param(range(400, 1000), marks=pytest.mark.long)], ids=str)
def test_many_texts_get_the_same_verdict(seeds: range) -> None:
    assert differences(make(seed) for seed in seeds for make in (random_text, random_mutant)) == []


@pytest.mark.long
@pytest.mark.parametrize("seeds", [range(first, first + 2_500) for first in range(10_000, 35_000, 2_500)], ids=str)
def test_very_many_texts_get_the_same_verdict(seeds: range) -> None:
    assert differences(make(seed) for seed in seeds for make in (random_text, random_mutant)) == []


@pytest.mark.long
def test_every_change_of_one_word_gets_the_same_verdict() -> None:
    assert differences(one_word_changes()) == []


def test_about_half_of_the_changed_texts_are_faulty() -> None:
    faulty = sum(not accepts(random_mutant(seed)) for seed in range(500))

    assert 150 < faulty < 400


@pytest.mark.parametrize("seeds", [range(400), pytest.param(range(400, 1000), marks=pytest.mark.long)], ids=str)
def test_the_product_finds_a_fault_no_later_than_the_grammar(seeds: range) -> None:
    # The grammar stops at the first word that cannot go on; the product may blame an earlier one, as a missing name.
    faulty = [text for text in map(random_mutant, seeds) if not (accepts(text) or product_accepts(text))]

    assert [text for text in faulty if first_faulty_line(text) > (verdict(text).line or 0)] == []
