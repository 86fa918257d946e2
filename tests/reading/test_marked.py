"""The reader on papers of many kinds whose truth was written down by hand before any of them was read."""

import statistics

import msgspec
import pytest

from reading.marked import NAMES, paper
from reading.scoring import scores
from reading.worn import Noise, worn
from servanda.sources.reading import read, render

#: What each figure was, of all papers in whole and in broken lines, a little below.
FIGURES = {
    0.0: {"kinds": 0.96, "speakers balanced": 0.96, "changes": 0.95, "names": 0.82, "statements": 0.74},
    0.02: {"kinds": 0.95, "speakers balanced": 0.90, "changes": 0.90, "names": 0.81, "statements": 0.65},
    0.05: {"kinds": 0.94, "speakers balanced": 0.81, "changes": 0.81, "names": 0.76, "statements": 0.53},
    0.08: {"kinds": 0.93, "speakers balanced": 0.71, "changes": 0.75, "names": 0.73, "statements": 0.41},
}


def figures(name: str, noise: Noise, level: float, seed: int, width: int | None) -> dict[str, float]:
    truth = worn(paper(name), noise, level, seed, width)
    transcript = read(truth.text, paper(name).known)

    assert render(transcript) == truth.text
    return scores(msgspec.to_builtins(transcript), truth.lines, truth.names, truth.statements)


def mean(level: float, seeds: int) -> dict[str, float]:
    noises: tuple[Noise, ...] = ("LETTERS", "PRINT") if level else ("LETTERS",)
    found = [
        figures(name, noise, level, seed, width)
        for name in NAMES for noise in noises for width in (None, 76) for seed in range(seeds)
    ]  # fmt: skip
    return {figure: statistics.mean(each[figure] for each in found) for figure in FIGURES[level]}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [None, 76])
def test_who_speaks_is_read_from_papers_that_are_sound(name: str, width: int | None) -> None:
    assert figures(name, "LETTERS", 0.0, 0, width)["speakers balanced"] >= 0.75


@pytest.mark.parametrize("level", [0.0, pytest.param(0.02, marks=pytest.mark.long),
                                   pytest.param(0.05, marks=pytest.mark.long),
                                   pytest.param(0.08, marks=pytest.mark.long)])  # fmt: skip
def test_the_figures_are_reached(level: float) -> None:
    found = mean(level, 3 if level else 1)

    assert {each: round(found[each], 2) for each in found if found[each] < FIGURES[level][each]} == {}
