"""The order of least exposure, held against looking at every set of what has been done."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from servanda.wayout.exposure import Valued, before, change, least_exposure, units_of

PARTIES = ("A", "B", "C")


def drawn(seed: int) -> list[Valued]:
    rng = random.Random(seed)
    found = []
    for place in range(rng.randint(1, 6)):
        bearers = tuple(rng.sample(PARTIES, rng.choice((1, 1, 1, 2))))
        worth = {party: float(rng.randint(0, 9)) for party in PARTIES if party not in bearers and rng.random() < 0.8}
        after = tuple(other for other in range(place) if rng.random() < 0.2)
        found.append(Valued(f"c{place}", bearers, float(rng.randint(0, 9)), worth, rng.choice((1, 1, 2, 3)), after))
    return found


def by_all_sets(valued: Sequence[Valued]) -> float:
    """The least largest exposure, worked out over all sets of units that can have been done."""
    units = units_of(valued)
    changes = [change(valued, unit, PARTIES) for unit in units]
    needs: list[int] = [0] * len(units)
    for one, other in before(valued, units):
        needs[other] |= 1 << one
    worst = {0: 0.0}
    for done in range(1, 1 << len(units)):
        sums = [sum(changes[at][p] for at in range(len(units)) if done >> at & 1) for p in range(len(PARTIES))]
        ways = [
            worst[done & ~(1 << at)]
            for at in range(len(units))
            if done >> at & 1 and needs[at] & ~done == 0 and done & ~(1 << at) in worst
        ]
        if ways:
            worst[done] = max(min(ways), *sums)
    return worst[(1 << len(units)) - 1]


def holds(valued: list[Valued]) -> None:
    found = least_exposure(valued, PARTIES)

    assert found.proven
    assert max(found.largest.values()) == pytest.approx(by_all_sets(valued), abs=1e-6)
    at_end = {
        party: sum(each.costs / len(each.bearers) for each in valued if party in each.bearers)
        - sum(each.worth.get(party, 0) for each in valued)
        for party in PARTIES
    }
    assert found.final == pytest.approx(at_end, abs=1e-6)
    places = {(step.name, step.part): at for at, step in enumerate(found.steps)}
    for each in valued:
        for other in each.after:
            assert places[valued[other].name, valued[other].tranches] < places[each.name, 1]
        assert [places[each.name, part + 1] for part in range(each.tranches)] == sorted(
            places[each.name, part + 1] for part in range(each.tranches)
        )


def test_no_order_has_less_exposure() -> None:
    small = [valued for valued in map(drawn, range(25)) if len(units_of(valued)) <= 9]

    assert len(small) > 20
    for valued in small:
        holds(valued)


@pytest.mark.long
def test_no_order_of_more_moves_has_less_exposure() -> None:
    every = [valued for valued in map(drawn, range(25, 60)) if len(units_of(valued)) <= 16]

    assert max(map(len, map(units_of, every))) > 9
    for valued in every:
        holds(valued)


def test_tranches_lessen_what_one_side_has_to_give_first() -> None:
    whole = [Valued("x", ("A",), 10, {"B": 10}), Valued("y", ("B",), 10, {"A": 10})]
    parts = [Valued("x", ("A",), 10, {"B": 10}, 5), Valued("y", ("B",), 10, {"A": 10}, 5)]

    assert max(least_exposure(whole, PARTIES).largest.values()) == pytest.approx(10)
    assert max(least_exposure(parts, PARTIES).largest.values()) == pytest.approx(2)
    assert least_exposure(parts, PARTIES).final == {"A": 0, "B": 0, "C": 0}


def test_out_of_time_there_is_an_order_all_the_same() -> None:
    for seed in range(25):
        valued = drawn(seed)
        found = least_exposure(valued, PARTIES, seconds=0.0)
        done: set[tuple[str, int]] = set()

        assert len(found.steps) == len(units_of(valued))
        for step in found.steps:
            own = next(each for each in valued if each.name == step.name)
            assert step.part == 1 or (step.name, step.part - 1) in done
            assert all((valued[other].name, valued[other].tranches) in done for other in own.after)
            done.add((step.name, step.part))
        if len(done) <= 9:
            assert max(found.largest.values()) >= by_all_sets(valued) - 1e-6
