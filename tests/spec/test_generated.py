"""Generated cases are clean, and an error planted in one is found, and only it."""

import random

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


def test_a_planted_error_is_found_and_only_it() -> None:
    text = generated_case(2_000, 1962)
    for seed in range(60):
        planted, line, code = plant_error(text, seed)
        assert [(line, code)] == _found(planted), f"seed {seed}"


@pytest.mark.long
def test_planted_errors_are_found_in_a_large_case() -> None:
    text = generated_case(100_000, 1962)
    for seed in random.Random(7).sample(range(10_000), 30):
        planted, line, code = plant_error(text, seed)
        assert [(line, code)] == _found(planted), f"seed {seed}"


def test_every_kind_of_error_is_planted() -> None:
    text = generated_case(2_000, 5)
    kinds = {plant_error(text, seed)[2] for seed in range(200)}

    assert len(kinds) >= len(KINDS) - 2
