"""How near a transcript comes to hand-made answers: the figures the reader is measured by, all or by page.

Lines: how many kinds are right, all together and balanced over kinds. Speakers: the same over speakers, and F1 of their
changes. Names: persons and states, F1 of overlap with the same canonical name. Statements: F1 of overlap with the same
type and speaker, each answer used once. Written apart from the judges' script.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


def _f1(hits_found: int, found: int, hits_wanted: int, wanted: int) -> float:
    precision, recall = hits_found / max(1, found), hits_wanted / max(1, wanted)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _balanced(pairs: Sequence[tuple[str, str]]) -> float:
    groups = defaultdict(list)
    for mine, true in pairs:
        groups[true].append(mine == true)
    return sum(sum(each) / len(each) for each in groups.values()) / len(groups) if groups else 1.0


def scores(
    out: Mapping[str, Sequence[Row]], lines: Sequence[Row], names: Sequence[Row], statements: Sequence[Row],
    within: Callable[[int], bool] = lambda line: True,
) -> dict[str, float]:  # fmt: skip
    """The figures of a transcript, of the lines `within` alone."""
    got = {each["line"]: each for each in out["lines"]}
    kept = [each for each in lines if within(each["line"]) and each["kind"] != "blank"]
    kinds = [(got[each["line"]]["kind"], each["kind"]) for each in kept]
    said = [
        each for each in kept if each["kind"] in ("body", "list-item") and each["speaker"] not in ("none", "narration")
    ]
    who = [(got[each["line"]]["speaker"], each["speaker"]) for each in said]
    changes = [
        {(k, row[k]) for k in range(len(row)) if k == 0 or row[k] != row[k - 1]} for row in zip(*who, strict=True)
    ] or [set(), set()]
    both = len(changes[0] & changes[1])
    n, m = _kept(names, within), _kept(out["names"], within)
    s = [each for each in statements if within(each["line_start"])]
    t = [each for each in out["statements"] if within(each["line_start"])]
    met = _met(t, s)
    return {
        "kinds": sum(a == b for a, b in kinds) / max(1, len(kinds)),
        "kinds balanced": _balanced(kinds),
        "speakers balanced": _balanced(who),
        "changes": _f1(both, len(changes[0]), both, len(changes[1])),
        "names": _f1(sum(_hit(x, n) for x in m), len(m), sum(_hit(x, m) for x in n), len(n)),
        "statements": _f1(met, len(t), met, len(s)),
    }


def _hit(x: Row, ys: Sequence[Row]) -> bool:
    return any(
        x["line"] == y["line"] and x["canonical"] == y["canonical"] and x["start"] < y["end"] and y["start"] < x["end"]
        for y in ys
    )


def _kept(rows: Iterable[Row], within: Callable[[int], bool]) -> list[Row]:
    return [each for each in rows if each["type"] in ("person", "state") and within(each["line"])]


def _met(found: Sequence[Row], wanted: Sequence[Row]) -> int:
    used: set[int] = set()
    for x in found:
        for k, y in enumerate(wanted):
            over = x["line_start"] <= y["line_end"] and y["line_start"] <= x["line_end"]
            if k not in used and over and x["type"] == y["type"] and x["speaker"] == y["speaker"]:
                used.add(k)
                break
    return len(used)
