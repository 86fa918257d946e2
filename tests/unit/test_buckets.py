"""Buckets laid over others hold what copies would."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from servanda.standing import buckets
from servanda.standing.buckets import Buckets

NAMES = "abc"
MOST = 40


class Copies:
    """The same by copying: for each name what was put there."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[Any, Any]] = {name: {} for name in NAMES}
        self.before: dict[str, dict[Any, Any]] = {}

    def over(self, others: Copies, doubtful: set[str]) -> None:
        self.before = {name: dict(bucket) for name, bucket in others.kept.items()}
        for name in NAMES:
            if name not in doubtful:
                self.kept[name] = dict(self.before[name])

    def put_back(self, name: str) -> None:
        self.kept[name] = self.before.get(name, {}) | self.kept[name]


@patch.object(buckets, "_MOST_LAYERS", 2)
@given(st.data())
def test_layers_keep_what_copies_would(data: st.DataObject) -> None:
    laid, copied = [Buckets()], [Copies()]
    for step in range(data.draw(st.integers(0, MOST))):
        which = data.draw(st.integers(0, len(laid) - 1))
        doing = data.draw(st.sampled_from(["put", "over", "back"]))
        name = data.draw(st.sampled_from(NAMES))
        if doing == "put":
            laid[which].own(name).gathered[step] = step
            copied[which].kept[name][step] = step
        elif doing == "over":
            doubtful = data.draw(st.sets(st.sampled_from(NAMES)))
            laid.append(Buckets())
            copied.append(Copies())
            laid[-1].over(laid[which], doubtful)
            copied[-1].over(copied[which], doubtful)
        elif len(laid) > 1:
            laid[-1].put_back(name)
            copied[-1].put_back(name)
        for ours, theirs in zip(laid, copied, strict=True):
            assert {name: ours.get(name).gathered for name in NAMES} == theirs.kept
