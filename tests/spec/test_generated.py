"""Generated cases are clean, as large as was asked, and the same for the same seed; errors of every kind are planted.

That an error planted is found, and only it, stands in `test_properties.py`.
"""

import pytest

from bench.generated import KINDS, generated_case, plant_error
from servanda.load import load_text


def _found(text: str) -> list[tuple[int, str]]:
    return [(each.span.line, each.code) for each in load_text(text).diagnostics if each.severity != "note"]


@pytest.mark.parametrize(("lines", "seed"), [(200, 1), (1_000, 2), (5_000, 3)])
def test_a_generated_case_is_clean(lines: int, seed: int) -> None:
    text = generated_case(lines, seed)

    assert lines == text.count("\n")
    assert _found(text) == []
    assert generated_case(lines, seed) == text


def test_every_kind_of_error_is_planted() -> None:
    text = generated_case(2_000, 5)
    kinds = {plant_error(text, seed)[2] for seed in range(200)}

    assert len(kinds) >= len(KINDS) - 2
