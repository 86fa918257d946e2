"""Ways out of generated negotiations, replayed: the rules and the standings must not tell different stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pytest

from bench.generated import Negotiation
from servanda.load import load_text
from servanda.wayout.replay import Replay
from servanda.wayout.ways_that_hold import find_holding
from unit.test_wayout_case import plan_of

#: What can be asked of an obligation; a bare name asks that it is done and shown.
STEPS = ("promised", "promised with a date", "agreed", "in force", "begun", "verified", "confirmed")


def partings(
    seed: int, quarters: Iterable[int], steps: Sequence[str] = (), most: int = 3
) -> tuple[list[tuple[str, str, tuple[int, ...]]], Counter[str]]:
    """The ways of a negotiation that end elsewhere when they are replayed: of each commitment, asked for by itself."""
    case = load_text(Negotiation(30, seed=seed, parties=2 + seed % 2).text).case
    days = sorted({str(act.dating.latest.day) for act in case.acts if act.dating is not None})
    bare = ("obligation",) if steps else ("obligation", "prohibition")
    names = [name for name, each in case.commitments.items() if each.kind in bare]
    goals = [f"{name} is {step}" for name in names for step in steps] or names
    found, counts = [], Counter[str]()
    for day in (days[len(days) * each // 4] for each in quarters):
        for goal in goals:
            ways, plan = find_holding(plan_of(case, day, [goal]), most)
            tried = [()] if ways.reached else [way.concessions for way in ways.ways]
            counts["reached" if ways.reached else "ways"] += len(tried)
            for granted in tried:
                way = Replay(plan, granted)
                if not way.reaches() or any(way.too_early()):
                    found.append((day, goal, granted))
    return found, counts


@pytest.mark.parametrize("seed", [13, 32, *(pytest.param(each, marks=pytest.mark.long) for each in (0, 15, 21, 23))])
def test_ways_reach_their_goal_in_the_standings(seed: int) -> None:
    found, counts = partings(seed, [1 + seed % 3])

    assert found == []
    assert counts["ways"]
    assert counts["reached"]


@pytest.mark.long
@pytest.mark.parametrize("begin", range(0, 120, 20))
def test_ways_reach_their_goal_in_the_standings_of_many_negotiations(begin: int) -> None:
    """Three dates each: before the middle, in it, and after it."""
    counts = Counter[str]()
    for seed in range(begin, begin + 20):
        found, some = partings(seed, [1, 2, 3])
        counts += some

        assert found == [], seed
    assert counts["ways"] > 600


@pytest.mark.long
def test_ways_to_each_step_reach_it_in_the_standings() -> None:
    counts = Counter[str]()
    for seed in range(6):
        found, some = partings(seed, [1 + seed % 3], STEPS, 2)
        counts += some

        assert found == [], seed
    assert counts["ways"] > 200
