"""How well documents are read: the figures on generated memoranda beside the plain baseline, as a table of the docs."""

from __future__ import annotations

import statistics
from collections.abc import Callable

import msgspec

from servanda.sources.reading import Participant, read

from .baseline import baseline
from .memo import CASTS, Memo
from .noise import Truth, damaged
from .scoring import scores

FIGURES = {
    "kinds": "kinds of lines",
    "kinds balanced": "the same, balanced over kinds",
    "speakers balanced": "speakers, balanced over speakers",
    "changes": "changes of speaker, F1",
    "names": "persons and states, F1",
    "statements": "statements, F1",
}
_LEVELS = {"none": 0.0, "3 %": 0.03, "8 %": 0.08}
_SEEDS = 3


def reader(truth: Truth) -> dict[str, float]:
    transcript = msgspec.to_builtins(read(truth.text, [Participant(*each) for each in truth.participants]))
    return scores(transcript, truth.lines, truth.names, truth.statements)


def floor(truth: Truth) -> dict[str, float]:
    return scores(baseline(truth.text, truth.participants), truth.lines, truth.names, truth.statements)


def table() -> str:
    """Each figure as its mean and its spread over memoranda, by how much of their letters is damaged."""
    documents = {
        name: [damaged(Memo(cast, seed), seed, level) for cast in CASTS for seed in range(_SEEDS)]
        for name, level in _LEVELS.items()
    }
    columns: list[tuple[str, Callable[[Truth], dict[str, float]], str]] = [
        *((f"damage {name}", reader, name) for name in _LEVELS),
        ("baseline, 3 %", floor, "3 %"),
    ]
    cells = {title: [measure(each) for each in documents[name]] for title, measure, name in columns}
    rows = [["figure", *cells], ["---"] * (1 + len(cells))]
    for figure, words in FIGURES.items():
        shown = [_cell([each[figure] for each in measured]) for measured in cells.values()]
        rows.append([words, *shown])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cell(values: list[float]) -> str:
    return f"{statistics.mean(values):.2f} ± {statistics.pstdev(values):.2f}"
