"""Ways out of systems of rules: optimum, all minimal sets and cores, held against clingo and against trying all."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations

import highspy
import numpy
import pytest

from answer_sets import all_minimal, cheapest, optimum
from bench.generated.systems import PARTIES, SHAPES, Parameters, giant_circles, small_circles, system
from servanda.wayout import sequence, waves
from servanda.wayout.choices import choices
from servanda.wayout.cores import core, lessened
from servanda.wayout.frontier import frontier
from servanda.wayout.hitting import Master, quiet
from servanda.wayout.prices import shares
from servanda.wayout.pruning import pruned
from servanda.wayout.reduction import by_branching
from servanda.wayout.sequence import Fixpoint
from servanda.wayout.system import Concession, Part, Rule, System
from servanda.wayout.wait_graph import blocked_waits, circles
from servanda.wayout.ways import Search, find

EVERYDAY, THOUSANDS = range(150), range(150, 3000)


def drawn(seed: int) -> System:
    """A small negotiation: two to ten parties, circles of all sizes, joint steps, consents, `never`."""
    rng = random.Random(seed)
    count = rng.randint(2, 9)
    return system(
        Parameters(
            count,
            rng.choice((2, 3, 5, 10)),
            circles=(2, rng.randint(2, 6)),
            chords=rng.random() / 2,
            second_ways=rng.random() / 2,
            consents=rng.random() / 2,
            never=rng.random() / 2,
            joint=rng.random() / 2,
            wanted=rng.random(),
        ),
        seed,
    )


def tangled(seed: int) -> System:
    """Rules without any order at all."""
    rng = random.Random(seed)
    size = rng.randint(3, 10)
    rules = tuple(
        Rule(rng.randrange(size), tuple(rng.sample(range(size), rng.randint(0 if rng.random() < 0.1 else 1, 3))))
        for _ in range(rng.randint(1, 14))
    )
    concessions = tuple(
        Concession("act", tuple(Part("A", rng.randint(1, 4)) for _ in range(rng.randint(1, 2))),
                   tuple(rng.sample(range(size), rng.randint(1, 2))))
        for _ in range(rng.randint(0, 9))
    )  # fmt: skip
    return System(size, rules, concessions, rng.randrange(size))


def reaches(one: System, chosen: frozenset[int]) -> bool:
    """Stage by stage, without any of the engine."""
    there = {atom for place in chosen for atom in one.concessions[place].frees}
    while True:
        more = {rule.head for rule in one.rules if there.issuperset(rule.body)} - there
        if not more:
            return one.goal in there
        there |= more


def by_trying_all(one: System) -> set[frozenset[int]]:
    found: list[frozenset[int]] = []
    for count in range(len(one.concessions) + 1):
        for chosen in map(frozenset, combinations(range(len(one.concessions)), count)):
            if not any(each <= chosen for each in found) and reaches(one, chosen):
                found.append(chosen)
    return set(found)


def same_as_clingo(one: System) -> None:
    found = find(one, 1, listed=10_000)
    sets = {frozenset(way.concessions) for way in found.ways}
    wanted = all_minimal(one)

    assert found.complete
    assert found.possible == bool(wanted)
    assert found.reached == (frozenset() in wanted)
    assert sets == wanted - {frozenset()}
    assert (found.ways[0].price if found.ways else None) == (optimum(one) if sets else None)
    assert [way.price for way in found.ways] == sorted(way.price for way in found.ways)


@pytest.mark.parametrize("make", [drawn, tangled])
def test_all_ways_are_those_that_clingo_lists(make: object) -> None:
    for seed in EVERYDAY:
        same_as_clingo(make(seed))  # type: ignore[operator]


@pytest.mark.long
@pytest.mark.parametrize("make", [drawn, tangled])
def test_all_ways_are_those_that_clingo_lists_thousands_of_times(make: object) -> None:
    for seed in THOUSANDS:
        same_as_clingo(make(seed))  # type: ignore[operator]


def test_all_ways_are_those_that_trying_all_finds() -> None:
    for seed in range(200):
        one = tangled(seed)
        found = {frozenset(way.concessions) for way in find(one, 1, listed=10_000).ways}

        assert found == by_trying_all(one) - {frozenset()}, seed


@pytest.mark.parametrize("parties", PARTIES)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_optimum_of_larger_systems_is_that_of_clingo(shape: str, parties: int) -> None:
    for size in (60, 100):
        one = system(SHAPES[shape](size, parties), size)
        found = find(one, 3)

        assert found.ways[0].price == optimum(one)
        assert size < 100 or found.ways[0].price >= 10
        assert len({each.price for each in one.concessions}) >= 3
        for way in found.ways:
            assert reaches(one, frozenset(way.concessions))
            assert not any(reaches(one, frozenset(way.concessions) - {each}) for each in way.concessions)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_ten_cheapest_of_larger_systems_cost_what_those_of_clingo_cost(shape: str) -> None:
    for size in (60, 100):
        one = system(SHAPES[shape](size, 5), size)
        ways = find(one, 10).ways

        assert [way.price for way in ways] == [price for price, _ in cheapest(one, 10)]
        assert len({frozenset(way.concessions) for way in ways}) == 10
        for way in ways:
            assert reaches(one, frozenset(way.concessions))
            assert not any(reaches(one, frozenset(way.concessions) - {each}) for each in way.concessions)


@pytest.mark.parametrize("make", [drawn, tangled])
def test_what_is_pruned_reaches_the_goal_and_has_nothing_to_spare(make: Callable[[int], System]) -> None:
    shorter = 0
    for seed in range(300):
        one = make(seed)
        everything = frozenset(range(len(one.concessions)))
        if not reaches(one, everything):
            continue
        left = pruned(one, everything)
        shorter += left < everything

        assert reaches(one, left), seed
        assert not any(reaches(one, left - {each}) for each in left), seed
    assert shorter > 50


def test_a_core_fails_with_everything_outside_it_granted() -> None:
    found = 0
    for seed in range(300):
        one = drawn(seed)
        now = Fixpoint(one)
        if now.reached[one.goal]:
            continue
        for each in (core(one, now, one.goal), lessened(one, now, core(one, now, one.goal), one.goal)):
            found += 1

            assert not reaches(one, frozenset(range(len(one.concessions))) - each), seed
            assert now.reached == Fixpoint(one).reached
    assert found > 100


def test_a_lessened_core_has_nothing_to_spare() -> None:
    for seed in range(200):
        one = drawn(seed)
        now = Fixpoint(one)
        if now.reached[one.goal]:
            continue
        least = lessened(one, now, core(one, now, one.goal), one.goal)
        rest = frozenset(range(len(one.concessions))) - least

        assert all(reaches(one, rest | {each}) for each in least)


@pytest.mark.parametrize("make", [drawn, tangled])
def test_wave_by_wave_the_same_comes_about_as_atom_by_atom(
    make: Callable[[int], System], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with few waves, after which the rest goes atom by atom; and what is granted later, and taken back."""
    for seed in range(300):
        one = make(seed)
        granted = [atom for each in one.concessions[::2] for atom in each.frees]
        more = [atom for each in one.concessions[1::2] for atom in each.frees]
        plain, after = Fixpoint(one, granted), Fixpoint(one, [*granted, *more])
        with monkeypatch.context() as patched:
            patched.setattr(sequence, "LARGE", 0)
            patched.setattr(waves, "_MOST_WAVES", seed % 4)
            fast = Fixpoint(one, granted)
        before = bytes(fast.reached)

        assert before == bytes(plain.reached), seed
        came = fast.grant(more)
        assert fast.reached == after.reached, seed
        fast.take_back(came)
        assert bytes(fast.reached) == before, seed


def test_a_body_that_names_an_atom_twice_waits_for_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    one = System(3, (Rule(0), Rule(1, (0, 0)), Rule(2, (1, 0, 1))), (), 2)
    monkeypatch.setattr(sequence, "LARGE", 0)

    assert 2 in Fixpoint(one)
    assert bytes(Fixpoint(System(0, (), (), 0)).reached) == b""


def test_atoms_are_taken_once_in_few_and_in_many() -> None:
    atoms = numpy.array([3, 1, 3, 7])

    assert waves._once(atoms, 8).tolist() == waves._once(atoms, 10_000).tolist() == [1, 3, 7]


def test_branching_finds_what_the_solver_finds() -> None:
    """Parts of up to 45 members: the cheapest set, or none where the part is too large."""
    solved = 0
    for seed in range(120):
        rng = random.Random(seed)
        members = rng.randint(2, 45)
        prices = [float(rng.randint(1, 4)) for _ in range(members)]
        cores = {frozenset(rng.sample(range(members), rng.randint(1, min(4, members)))) for _ in range(members)}
        found = by_branching(sorted(cores, key=sorted), prices)
        if found is None:
            continue
        solved += 1
        master = Master(prices)
        for each in cores:
            master.hit(each)
        master.leave_out(frozenset(range(members)))  # so that the solver is asked for all of it
        hit = master.solve(10)

        assert all(each & found for each in cores), seed
        assert hit is None or sum(prices[each] for each in found) == pytest.approx(hit.bound), seed
    assert solved > 100


def test_one_concession_more_never_takes_a_goal_away() -> None:
    for seed in range(100):
        one = drawn(seed)
        before = find(one, 1)
        more = System(one.size, one.rules, (*one.concessions, Concession("act", (Part("A", 1),), (0,))), one.goal)
        after = find(more, 1)

        assert after.possible or not before.possible
        if before.ways and after.ways:
            assert after.ways[0].price <= before.ways[0].price


def test_taking_one_condition_out_frees_what_working_it_out_anew_says() -> None:
    for seed in range(100):
        one = drawn(seed)
        now = Fixpoint(one)
        for atom in range(one.size):
            came = now.grant([atom])
            anew = Fixpoint(one, [atom])

            assert now.reached == anew.reached
            now.take_back(came)
        assert now.reached == Fixpoint(one).reached


def test_circles_are_what_reaches_itself() -> None:
    for seed in range(100):
        one = drawn(seed)
        waits = blocked_waits(one, Fixpoint(one), range(one.size))
        closure = {atom: set(needs) for atom, needs in waits.items()}
        for _ in waits:
            for needs in closure.values():
                needs |= {far for near in list(needs) for far in closure.get(near, ())}
        wanted = {
            frozenset(other for other in waits if other in closure[atom] and atom in closure[other])
            for atom in waits
            if atom in closure[atom]
        }

        assert {frozenset(circle) for circle in circles(waits)} == wanted


def test_choices_multiply_out_to_the_ways() -> None:
    for seed in range(150):
        ways = [frozenset(way.concessions) for way in find(drawn(seed), 1, listed=10_000).ways]
        made = {frozenset[int]()}
        for choice in choices(ways):
            made = {so_far | option for so_far in made for option in choice}

        assert made == set(ways) or (not ways and made == {frozenset()})


def test_independent_choices_are_told_apart() -> None:
    ways = [frozenset([0, one, other]) for one in (1, 2) for other in (3, 4)]

    assert choices(ways) == ((frozenset([0]),), (frozenset([1]), frozenset([2])), (frozenset([3]), frozenset([4])))


def test_what_is_out_of_the_question_is_not_offered() -> None:
    one = system(small_circles(30), 3)
    best = find(one, 1).ways[0]
    allowed = set(range(len(one.concessions))) - {best.concessions[0]}

    ways = find(one, 20, allowed).ways

    assert ways
    assert all(best.concessions[0] not in way.concessions for way in ways)


def test_out_of_time_a_way_and_a_bound_are_given() -> None:
    one = system(giant_circles(500, 2), 1962)
    looks = iter([1.0] * 3)
    said: list[tuple[float, float]] = []
    found = find(one, 1, left=lambda: next(looks, 0.0), report=lambda bound, best: said.append((bound, best)))

    assert not found.complete
    assert not found.proven
    assert reaches(one, frozenset(found.ways[0].concessions))
    assert 0 < found.bound <= found.ways[0].price
    assert said
    assert all(bound <= best for bound, best in said)


def test_the_bound_of_cores_that_share_nothing_is_one() -> None:
    tight = 0
    for seed in range(150):
        one = drawn(seed)
        search = Search(one, left=lambda: 0.0)
        if search.reached or not search.possible:
            continue
        first = next(search.ways(), None)
        wanted = optimum(one)

        assert wanted is not None
        assert 0 < search.bound <= wanted, seed
        assert first is None or first.price == wanted
        tight += search.bound == wanted
    assert tight > 50


def test_the_frontier_has_the_fewest_concessions_that_reach_a_goal() -> None:
    looked = 0
    for seed in range(80):
        one = drawn(seed)
        goals = [one.goal, 0, 1]
        allowed = frozenset(place for place in range(len(one.concessions)) if place % 5)
        kept = tuple(each for place, each in enumerate(one.concessions) if place in allowed)
        alone = {reach.goals[0]: reach for reach in frontier(one, goals * 2, allowed)}
        for at, goal in enumerate(goals):
            sets = by_trying_all(System(one.size, one.rules, kept, goal)) if len(kept) <= 9 else None
            if sets is not None:
                looked += 1

                assert (min(map(len, sets)) if sets else None) == (alone[at].concessions if at in alone else None), seed
    assert looked > 50


def test_out_of_time_the_frontier_has_nothing_that_is_not_proven() -> None:
    one = system(giant_circles(300), 1962)

    assert frontier(one, [one.goal], range(len(one.concessions)), lambda: 0.0) == ()
    assert [each.goals for each in frontier(one, [one.goal], range(len(one.concessions)))] == [(0,)]


def test_nothing_is_said_on_stdout(capfd: pytest.CaptureFixture[str]) -> None:
    find(system(giant_circles(100), 1), 3)

    assert capfd.readouterr() == ("", "")


def test_under_random_prices_a_part_costs_the_same_wherever_it_occurs() -> None:
    rng = random.Random(7)
    x, y = Part("A", 1, "A promises x"), Part("B", 1, "B promises y")
    one = System(2, (Rule(1, (0,)),), (Concession("promise", (x,), (0,)), Concession("text", (x, y), (0,))), 1)
    other = System(2, one.rules, (one.concessions[0], Concession("promise", (y,), (0,))), 1)
    draw = lambda: rng.uniform(1, 100)  # noqa: E731

    assert shares(one, find(one, 2).ways, draw, 200) == [1.0, 0.0]
    assert shares(other, find(other, 2).ways, draw, 2000) == pytest.approx([0.5, 0.5], abs=0.06)


def test_under_random_prices_what_is_given_in_an_exchange_has_a_price_of_its_own() -> None:
    """Two parts against three, all independent and uniform: the two are cheaper with 31/40 (Irwin and Hall 1927)."""
    rng = random.Random(7)
    x, y, z = Part("A", 1, "A promises x"), Part("A", 1, "A does x without waiting"), Part("B", 1, "B promises y")
    exchange = Concession("exchange", (x, y, z), (0,))
    one = System(2, (Rule(1, (0,)),), (Concession("promise", (x, y), (0,)), exchange), 1)

    first, second = shares(one, find(one, 2).ways, lambda: rng.uniform(0, 1), 20_000)

    assert first == pytest.approx(31 / 40, abs=0.01)
    assert first + second == pytest.approx(1)


def test_ways_of_the_same_parts_share_what_they_win() -> None:
    x = Part("A", 1, "A promises x")
    one = System(2, (Rule(1, (0,)),), (Concession("promise", (x,), (0,)), Concession("act", (x,), (0,))), 1)

    assert shares(one, find(one, 2).ways, iter(range(1, 999)).__next__, 10) == [0.5, 0.5]


def test_every_solver_asks_for_one_thread() -> None:
    """Solvers of one process share their threads: where one had asked for more, the next could wait for ever."""
    assert quiet(highspy).getOptionValue("threads")[1] == 1
