"""Texts of whole cases, made from the published grammar, and texts that are nearly such.

Two ways to ask for the same thing: `texts()` and `mutated_texts()` are strategies for hypothesis, which shrink to a
small example; `random_text(seed)` and `random_mutant(seed)` are plain and fast, for volume. What a text *says* is
nonsense: only its form is right.
"""

import random
from collections import Counter
from functools import cache
from math import inf

from hypothesis import strategies as st
from lark import Token, Tree
from lark.grammar import Rule, Symbol

from spec.mutate import mutant
from spec.reference import parser, repeated_clauses
from spec.spelling import Choose, laid_out, name, rarely, spelt

DEEPEST = 16
"""How many productions deep a text goes before it takes the shortest way out."""

WEIGHTS = {"declaration": 7, "act": 5}
"""The statements in which most of the language lies come more often than the others."""

MOSTLY_PLAIN = frozenset({"shifted", "lasting", "condition"})
"""What would fill every condition with durations if all its forms came alike."""

Node = Tree[Token] | Token


def texts(size: int = 6) -> st.SearchStrategy[str]:
    """Texts that the grammar accepts, of up to `size` statements."""
    return st.composite(lambda draw: text_of(_drawn(draw), size))()


def mutated_texts(size: int = 3) -> st.SearchStrategy[str]:
    """Texts that were accepted before a token, line, indentation or character was changed: most are faulty now."""
    return st.composite(lambda draw: _mutant_of(_drawn(draw), size))()


def names() -> st.SearchStrategy[str]:
    """Names in many scripts, none of them reserved."""
    return st.composite(lambda draw: name(_drawn(draw)))()


def random_text(seed: int, size: int = 6) -> str:
    """A text that the grammar accepts, of up to `size` statements: the same for the same seed."""
    return text_of(random.Random(seed).randrange, size)


def random_mutant(seed: int, size: int = 3) -> str:
    """A text as `random_text` makes them, slightly changed: the same for the same seed."""
    return _mutant_of(random.Random(seed).randrange, size)


def text_of(choose: Choose, size: int, used: Counter[Rule] | None = None) -> str:
    """A text of up to `size` statements as the choices fall; counts the productions that went into it if asked to."""
    statements = [_statement(choose, used) for _ in range(choose(size + 1))]
    start = Tree[Token]("start", [node for statement in statements for node in statement])
    return laid_out(choose, _without_repeated_clauses(start).scan_values(lambda value: isinstance(value, Token)))


def productions() -> frozenset[Rule]:
    """Every production of the grammar below its statements, as lark spells them out."""
    return frozenset(rule for rule in parser().rules if rule.origin.name not in ("start", _statements()))


def _mutant_of(choose: Choose, size: int) -> str:
    return mutant(choose, text_of(choose, size))


def _drawn(draw: st.DrawFn) -> Choose:
    return lambda n: draw(_below(n))


@cache
def _below(n: int) -> st.SearchStrategy[int]:
    return st.integers(0, n - 1)


# Derivations: a production is chosen for each symbol until only terminals are left.


def _statement(choose: Choose, used: Counter[Rule] | None) -> list[Node]:
    kinds = [rule.expansion[0] for rule in _alternatives(_statements()) if len(rule.expansion) == 1]
    weighted = [kind for kind in kinds for _ in range(WEIGHTS.get(kind.name, 1))]
    return _derived(choose, weighted[choose(len(weighted))], 0, used)


@cache
def _statements() -> str:
    """The symbol that lark makes for the repeated statements of `start`."""
    return next(rule.expansion[0].name for rule in _alternatives("start") if rule.expansion)


def _derived(choose: Choose, symbol: Symbol, depth: int, used: Counter[Rule] | None) -> list[Node]:
    """The nodes that a symbol comes to: one, or several where lark wrote a repetition as a symbol of its own."""
    if symbol.is_term:
        return [Token(symbol.name, spelt(choose, symbol.name))]
    rules = _alternatives(symbol.name)
    if not symbol.name.startswith("__"):
        if depth > DEEPEST:
            rules = tuple(rule for rule in rules if _height(rule) == _height(rules[0]))
        plain = symbol.name in MOSTLY_PLAIN and choose(2)
        rule = rules[0 if plain else choose(len(rules))]
        return [Tree(symbol.name, _expanded(choose, rule, depth, used))]

    once = [rule for rule in rules if symbol not in rule.expansion]
    again = [rule for rule in rules if symbol in rule.expansion]
    nodes = _expanded(choose, once[choose(len(once))], depth, used)
    while depth <= DEEPEST and rarely(choose, 3):
        nodes += _expanded(choose, again[choose(len(again))], depth, used, skip=symbol)
    return nodes


def _expanded(
    choose: Choose, rule: Rule, depth: int, used: Counter[Rule] | None, skip: Symbol | None = None
) -> list[Node]:
    if used is not None:
        used[rule] += 1
    return [node for part in rule.expansion if part != skip for node in _derived(choose, part, depth + 1, used)]


@cache
def _alternatives(symbol: str) -> tuple[Rule, ...]:
    """The productions of a symbol, the shortest way out first."""
    rules = [rule for rule in parser().rules if rule.origin.name == symbol]
    return tuple(sorted(rules, key=lambda rule: (_height(rule), len(rule.expansion), rule.order)))


def _height(rule: Rule) -> float:
    """How many productions deep the smallest derivation is that begins with this one."""
    return 1 + max((_heights()[symbol.name] for symbol in rule.expansion if not symbol.is_term), default=0)


@cache
def _heights() -> dict[str, float]:
    heights = {rule.origin.name: inf for rule in parser().rules}
    settled = False
    while not settled:
        settled = True
        for rule in parser().rules:
            below = [heights[symbol.name] for symbol in rule.expansion if not symbol.is_term]
            height = 1 + max(below, default=0)
            if height < heights[rule.origin.name]:
                heights[rule.origin.name] = height
                settled = False
    return heights


def _without_repeated_clauses(tree: Tree[Token]) -> Tree[Token]:
    """The same tree without the lines that say a clause a second time, and without blocks left empty by that."""
    for statement in list(tree.iter_subtrees()):
        for clause in repeated_clauses(statement):
            where = next(index for index, child in enumerate(statement.children) if child is clause)
            del statement.children[where : where + 2]
        kinds = [child.type if isinstance(child, Token) else "" for child in statement.children]
        if kinds[-2:] == ["INDENT", "DEDENT"]:
            del statement.children[-2:]
    return tree
