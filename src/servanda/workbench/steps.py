"""Counts that change now and then → the lines of a chart, as steps."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

#: The drawing's own measure; it is stretched to the place that it has.
WIDTH, HEIGHT = 1000, 120


class Line(msgspec.Struct, frozen=True):
    """One line of a chart: what it is of, its path, and where it ends."""

    name: str
    path: str
    last: float


class Chart(msgspec.Struct, frozen=True):
    """Lines over the same length, with the lowest and highest value that they come to; `zero` is the height of none."""

    lines: tuple[Line, ...]
    lowest: float
    highest: float
    zero: float


def chart_of(places: Sequence[float], values: dict[str, Sequence[float]]) -> Chart:
    """Steps: each value holds from its place to the next, the last to the end. Places run from 0 to 1."""
    every = [each for line in values.values() for each in line]
    highest, lowest = max([0.0, *every]), min([0.0, *every])
    whole = (highest - lowest) or 1.0

    def y(value: float) -> float:
        return round(HEIGHT * (highest - value) / whole, 1)

    lines = []
    for name, line in values.items():
        path = [f"M{round(WIDTH * places[0], 1)} {y(line[0])}"] if line else []
        for place, value in zip(places[1:], line[1:], strict=True):
            path.append(f"H{round(WIDTH * place, 1)}V{y(value)}")
        lines.append(Line(name, " ".join([*path, f"H{WIDTH}"]) if path else "", line[-1] if line else 0))
    return Chart(tuple(lines), lowest, highest, y(0.0))
