"""The most likely course through a chain of choices, and how sure each choice is.

Viterbi (1967) for the course, forward and backward sums (Baum and Welch 1970) for how sure. Scores are logarithms; a
step's price is subtracted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, log

#: The least chance that anything has, and a logarithm below all others.
_LEAST, _FAR = 1e-9, 1e9
#: The price of going from one choice of a place to one of the next.
Prices = Callable[[int, int, int], float]


def best_path(
    scores: Sequence[Sequence[float]], first: Sequence[float], price: Prices
) -> tuple[list[int], list[float]]:
    """For every place the choice on the best course, and how likely that choice is.

    `scores[i][k]` speaks for choice `k` at place `i`; `first` are the prices of beginning so; `price(i, j, k)` is that
    of choice `k` at place `i` after choice `j` at the place before.
    """
    if not scores:
        return [], []
    choices = range(len(scores[0]))
    best = [[scores[0][k] - first[k] for k in choices]]
    total = [list(best[0])]
    came: list[list[int]] = []
    for place in range(1, len(scores)):
        prices = [[price(place, j, k) for j in choices] for k in choices]
        came.append([max(choices, key=lambda j: best[-1][j] - prices[k][j]) for k in choices])
        best.append([scores[place][k] + best[-1][came[-1][k]] - prices[k][came[-1][k]] for k in choices])
        total.append([scores[place][k] + _sum([total[-1][j] - prices[k][j] for j in choices]) for k in choices])
    path = [max(choices, key=lambda k: best[-1][k])]
    for row in reversed(came):
        path.append(row[path[-1]])
    path.reverse()
    return path, _sure(scores, total, path, price)


def _sure(scores: Sequence[Sequence[float]], total: list[list[float]], path: list[int], price: Prices) -> list[float]:
    choices = range(len(scores[0]))
    after = [0.0 for _ in choices]
    sure: list[float] = []
    for place in range(len(scores) - 1, -1, -1):
        whole = [total[place][k] + after[k] for k in choices]
        sure.append(exp(whole[path[place]] - _sum(whole)))
        if place:
            after = [_sum([scores[place][k] + after[k] - price(place, j, k) for k in choices]) for j in choices]
    return sure[::-1]


def best_turns(
    scores: Sequence[Sequence[float]], share: Sequence[float], stays: Sequence[float]
) -> tuple[list[int], list[float]]:
    """The same where a choice stays or gives way to any other, each by its share: time grows with choices, not pairs.

    `share[k]` is how likely choice `k` begins and takes over, `stays[i]` how likely the one before `i` stays.
    """
    if not scores:
        return [], []
    choices = range(len(share))
    takes = [log(max(_LEAST, each)) for each in share]
    leaves = [-log(max(_LEAST, 1 - each)) for each in share]
    best = [[scores[0][k] + takes[k] for k in choices]]
    total = [list(best[0])]
    came: list[list[int]] = []
    for place in range(1, len(scores)):
        stay, go = log(stays[place]), log(max(_LEAST, 1 - stays[place]))
        ranked = sorted(choices, key=lambda j: -(best[-1][j] + leaves[j]))[:2]
        others = _sums_of_others([total[-1][j] + leaves[j] for j in choices])
        row, sums, before = [], [], []
        for k in choices:
            rival = next((j for j in ranked if j != k), k)
            new = best[-1][rival] + leaves[rival] + go + takes[k] if rival != k else -_FAR
            before.append(k if best[-1][k] + stay >= new else rival)
            row.append(scores[place][k] + max(best[-1][k] + stay, new))
            sums.append(scores[place][k] + _sum([total[-1][k] + stay, others[k] + go + takes[k]]))
        came.append(before)
        best.append(row)
        total.append(sums)
    path = [max(choices, key=lambda k: best[-1][k])]
    for before in reversed(came):
        path.append(before[path[-1]])
    path.reverse()
    after = [0.0 for _ in choices]
    sure: list[float] = []
    for place in range(len(scores) - 1, -1, -1):
        whole = [total[place][k] + after[k] for k in choices]
        sure.append(exp(whole[path[place]] - _sum(whole)))
        if place:
            stay, go = log(stays[place]), log(max(_LEAST, 1 - stays[place]))
            here = [scores[place][k] + after[k] for k in choices]
            others = _sums_of_others([here[k] + takes[k] for k in choices])
            after = [_sum([here[j] + stay, others[j] + go + leaves[j]]) for j in choices]
    return path, sure[::-1]


def _sums_of_others(logs: Sequence[float]) -> list[float]:
    """For each the logarithm of the sum of all others."""
    before, after = [-_FAR], [-_FAR]
    for each in logs[:-1]:
        before.append(_sum([before[-1], each]))
    for each in logs[:0:-1]:
        after.append(_sum([after[-1], each]))
    return [_sum([a, b]) for a, b in zip(before, reversed(after), strict=True)]


def _sum(logs: list[float]) -> float:
    top = max(logs)
    return top + log(sum(exp(each - top) for each in logs))
