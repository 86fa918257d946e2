"""Ways out of generated negotiations, replayed: the rules and the standings must not tell different stories."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.generated import Negotiation
from servanda.load import load_text
from servanda.wayout.replay import reaches, too_early
from servanda.wayout.ways import find
from unit.test_wayout_case import plan_of

#: Where they part, by seed and name; `wayout` says so below each of these ways. What is awaited is frozen at the date
#: under `unless`; a text is dated years ahead, and by then a series has an instance more; what is agreed may take a
#: word of those it is owed to as well, and the rules take the bearer's for it.
OPEN = {(32, "publish-permits-alvara"), (25, "restore-ledgers-brenn"), (36, "open-convoys-brenn")}


def parting(seed: int) -> tuple[set[tuple[int, str]], Counter[str]]:
    """The commitments of a negotiation of which rules and standings part, asked for one by one."""
    negotiation = Negotiation(30, seed=seed, parties=2 + seed % 2)
    case = load_text(negotiation.text).case
    days = sorted({str(act.dating.latest.day) for act in case.acts if act.dating is not None})
    day = days[len(days) * (1 + seed % 3) // 4]
    found, counts = set(), Counter[str]()
    for name, each in case.commitments.items():
        if each.kind not in ("obligation", "prohibition"):
            continue
        plan = plan_of(case, day, [name])
        ways = find(plan.system, 2)
        tried = [()] if ways.reached else [way.concessions for way in ways.ways]
        counts["reached" if ways.reached else "ways"] += len(tried)
        if not all(reaches(plan, granted) and not list(too_early(plan, granted)) for granted in tried):
            found.add((seed, name))
    return found, counts


@pytest.mark.parametrize("seed", [0, 23, *(pytest.param(each, marks=pytest.mark.long) for each in (15, 21))])
def test_ways_reach_their_goal_in_the_standings(seed: int) -> None:
    found, counts = parting(seed)

    assert found == set()
    assert counts["ways"]
    assert counts["reached"]


@pytest.mark.long
def test_ways_reach_their_goal_in_the_standings_of_many_negotiations() -> None:
    found: set[tuple[int, str]] = set()
    counts = Counter[str]()
    for seed in range(12, 40):
        more, some = parting(seed)
        found |= more
        counts += some

    assert found == OPEN
    assert counts["ways"] > 300
