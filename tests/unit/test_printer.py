"""Conditions as the formatter writes them: with the parentheses that they need, and no others."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.text import format_tree, parse


def laid_out(condition: str) -> str:
    return format_tree(parse(f"matter m = {condition}\n")).removeprefix("matter m = ").rstrip("\n")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("(a)", "a"),
        ("((a)) and (b)", "a and b"),
        ("a or (b and c)", "a or b and c"),
        ("(a or b) and c", "(a or b) and c"),
        ("a or (b or c)", "a or (b or c)"),
        ("(a and b) and c", "(a and b) and c"),
        ("(a or b) unless (c and d)", "a or b unless c and d"),
        ("(a unless b) and c", "(a unless b) and c"),
        ("a unless (b unless c)", "a unless (b unless c)"),
        ("(a unless b) unless c", "(a unless b) unless c"),
        ("2 days after (a for 3 days)", "2 days after a for 3 days"),
        ("(2 days after a) for 3 days", "(2 days after a) for 3 days"),
        ("2 days after (3 days after a)", "2 days after (3 days after a)"),
        ("2 days after (a and b)", "2 days after (a and b)"),
        ("(2 days after a) and b", "2 days after a and b"),
        ("(a for 2 days) for 3 days", "(a for 2 days) for 3 days"),
        ("(a and b) for 1 days", "(a and b) for 1 day"),
        ("at least 2 of ((a unless b), (c or d), e)", "at least 2 of (a unless b, c or d, e)"),
        ("(at least 1 of (a)) and b", "at least 1 of (a) and b"),
        ("at least 42 a b and c", "at least 42 a b and c"),
        ("((a is promised)) by 1962-11-20", None),
        ("a is promised   by 1962-11-20", "a is promised by 1962-11-20"),
        ("US claims a via t", "US claims a via t"),
        ("US consent to a", "US consents to a"),
        ("e(x=1,y not  in t,z)", "e(x=1, y not in t, z)"),
        ('a["b c"] and a["b"]', 'a["b c"] and a[b]'),
        ('a["when"] and a["1"]', 'a["when"] and a["1"]'),
        ("10 working days before 1962-11-20T18:00+00:00", "10 working days before 1962-11-20T18:00Z"),
    ],
)
def test_parentheses_are_written_where_they_are_needed(written: str, wanted: str | None) -> None:
    if wanted is None:
        assert parse(f"matter m = {written}\n").diagnostics
    else:
        assert laid_out(written) == wanted


ATOMS = st.sampled_from(
    ["a", "a is due", "1962-11-20", "US claims a", "2 a b", "e(x)", "a in t", "at least 1 of (a, b or c)"]
)
DURATIONS = st.sampled_from(["2 days", "1 working day", "0.5 hours"])


def with_parentheses(conditions: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Conditions in which every part has its parentheses, so that nothing is left to how tightly words bind."""
    inner = conditions.map("({})".format)
    return st.one_of(
        *(st.lists(inner, min_size=2, max_size=3).map(word.join) for word in (" and ", " or ")),
        st.tuples(inner, inner).map(" unless ".join),
        st.tuples(DURATIONS, st.sampled_from([" after ", " before "]), inner).map("".join),
        st.tuples(inner, DURATIONS).map(" for ".join),
    )


@given(st.recursive(ATOMS, with_parentheses, max_leaves=12))
def test_none_is_missing_and_none_is_too_many(condition: str) -> None:
    shown = laid_out(condition)

    assert laid_out(shown) == shown
    assert skeleton(shown) == skeleton(condition)
    for at in (at for at, character in enumerate(shown) if character == "(" and shown[at - 1 : at] in ("", " ", "(")):
        if shown[:at].endswith("of "):
            continue
        without = shown[:at] + shown[at + 1 : closing(shown, at)] + shown[closing(shown, at) + 1 :]
        assert parse(f"matter m = {without}\n").diagnostics or skeleton(without) != skeleton(shown)


def closing(text: str, opened: int) -> int:
    depth = 0
    for at in range(opened, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if not depth:
            return at
    raise AssertionError(text)


def skeleton(condition: str) -> str:
    """What a condition says, places aside."""
    tree = parse(f"matter m = {condition}\n")
    assert tree.diagnostics == ()
    return re.sub(r"Span\([^)]*\)", "", repr(tree.directives[0].definition))  # type: ignore[union-attr]
