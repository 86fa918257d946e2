"""Is this text a case? The verdict of the published grammar, told apart from the product's own reader.

`docs/reference/grammar.lark` is run by lark on the terminals of `reference_lexer`; the two rules that the grammar only
states in prose are checked here: no clause twice in one statement, and parentheses at most 50 deep.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lark import Lark, Token, Tree, UnexpectedInput
from lark.lexer import Lexer

from spec.reference_lexer import Fault, cleaned, refuse_hidden_characters, terminals

GRAMMAR = Path(__file__).parents[2] / "docs" / "reference" / "grammar.lark"
DEEPEST_NESTING = 50
MAY_REPEAT = frozenset({"UNDER", "CITES", "VIA"})


class Verdict(NamedTuple):
    """Whether a text is a case and, if it is not, the first line (from 1) at which a fault was found."""

    ok: bool
    line: int | None


def accepts(text: str) -> bool:
    """Whether the published grammar reads this text as a case."""
    return verdict(text).ok


def verdict(text: str) -> Verdict:
    """Whether the published grammar reads this text as a case, and where it first fails."""
    lines = []
    for check in (refuse_hidden_characters, _refuse_what_the_grammar_refuses):
        try:
            check(cleaned(text))
        except Fault as fault:
            lines.append(fault.line)
    return Verdict(not lines, min(lines, default=None))


@cache
def parser() -> Lark:
    """The published grammar, built; keyword tokens stay in its trees."""
    return Lark(
        GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        lexer=TerminalLexer,
        keep_all_tokens=True,
        maybe_placeholders=False,
    )


class TerminalLexer(Lexer):
    """Hands the terminals of `reference_lexer` to lark."""

    def __init__(self, lexer_conf: object) -> None:
        """Take lark's settings, of which none matters here."""

    # A lexer of one's own is given the text alone, whatever the base class says.
    def lex(self, text: str) -> Iterator[Token]:  # type: ignore[override]
        """The terminals of a cleaned text as lark's tokens; raises Fault where parentheses nest too deep."""
        depth = 0
        for kind, words, line in terminals(text):
            depth = 0 if kind == "NL" else depth + (kind == "LPAR") - (kind == "RPAR")
            if depth > DEEPEST_NESTING:
                raise Fault(line, "nested too deep")
            yield Token(kind, words, line=line)


def repeated_clauses(statement: Tree[Token]) -> list[Tree[Token]]:
    """The clauses of one statement that stand there a second time, in order."""
    seen: set[str] = set()
    repeated: list[Tree[Token]] = []
    for child in statement.children:
        if isinstance(child, Token):
            # `of` and `to` on the header of a commitment belong to the declaration itself.
            seen |= {child.type} & {"OF", "TO"}
        elif child.data.endswith(("_clause", "_line")):
            words = clause_words(child) - MAY_REPEAT
            if words & seen:
                repeated.append(child)
            seen |= words
    return repeated


def clause_words(clause: Tree[Token]) -> set[str]:
    """The words a clause is known by: its first, and the `to` in a source's `by US to USSR`."""
    words = {next(_tokens(clause)).type}
    return words | ({"TO"} & {child.type for child in clause.children if isinstance(child, Token)})


def _tokens(tree: Tree[Token]) -> Iterator[Token]:
    for child in tree.children:
        if isinstance(child, Token):
            yield child
        else:
            yield from _tokens(child)


def _refuse_what_the_grammar_refuses(text: str) -> None:
    try:
        tree = parser().parse(text)
    except UnexpectedInput as error:
        raise Fault(error.line, "not in the grammar") from None
    repeated = [clause for statement in tree.iter_subtrees() for clause in repeated_clauses(statement)]
    if repeated:
        raise Fault(min(int(next(_tokens(clause)).line or 0) for clause in repeated), "a clause twice")
