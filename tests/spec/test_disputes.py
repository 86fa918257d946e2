"""Where readings part, and what would bring them together (semantics §9), held against trying every set of premises."""

from __future__ import annotations

import itertools
import textwrap
from collections import Counter
from collections.abc import Iterator

import pytest

from bench.generated.planted import SIZES, Planted, Plot, planted
from differential.made import View, random_case
from servanda import load_text
from servanda.model.case import Case
from servanda.model.time import dating_from_words
from servanda.readings import Between, Dispute, Disputes, between, disputes, partings
from servanda.readings.questions import QUESTIONS, answers
from servanda.readings.sides import asked
from servanda.standing import RECORD, Inquiry
from servanda.standing.lending import Premise

AT = dating_from_words("2031-03-15")
SEEDS = range(12)
#: So many premises may be asked for where every set of them is tried.
MOST_TRIED = 7


def case_of(text: str) -> Case:
    loaded = load_text(text)
    assert loaded.ok, [str(each) for each in loaded.diagnostics]
    return loaded.case


def found_in(case: Planted) -> Disputes:
    return disputes(Inquiry(case_of(case.text())), AT, [("Ada", "Bo")])


@pytest.mark.parametrize("seed", range(20))
def test_the_rows_of_an_inventory_tell_where_readings_part(seed: int) -> None:
    made = random_case(seed)
    inquiry = Inquiry(case_of(made.text))
    pairs = list(itertools.combinations((*inquiry.case.parties, RECORD), 2))
    for view in made.views:
        at, known = (None if each is None else dating_from_words(each) for each in (view.at, view.known))
        assert at is not None
        rows = inquiry.inventory(at, None, view.channels, known)
        told = partings(inquiry, at, pairs, view.channels, known, rows)
        assert told == partings(inquiry, at, pairs, view.channels, known), f"case {seed} {view}\n{made.text}"
        assert list(told) == [
            each for pair in pairs for each in between(inquiry, at, pair, view.channels, known).partings()
        ]


def test_by_which_means_it_is_to_be_shown_no_row_tells() -> None:
    text = """
        case "Shown" timezone Etc/UTC
        party Ada
        party Bo
        means survey by Bo
        obligation it of Ada to Bo
        2031-01-01 Ada, Bo recognise it
        2031-01-02 Bo holds it
          verified by survey
    """
    inquiry, at = Inquiry(case_of(textwrap.dedent(text))), dating_from_words("2031-02-01")
    [told] = partings(inquiry, at, [("Ada", "Bo")], rows=inquiry.inventory(at))
    assert QUESTIONS[told.place] == "shown"


# ── what was planted is found ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_planted_is_found(seed: int) -> None:
    case = planted(seed, quiet=4)

    found = {each.commitment: each for each in found_in(case).disputes}

    assert {name: each.question for name, each in found.items()} == {each.name: each.question for each in case.plots}
    for plot in case.plots:
        assert sizes(found[plot.name]) == plot.sizes, plot
        assert found[plot.name].complete


def sizes(dispute: Dispute) -> dict[str, int | None]:
    """How many premises the bridges have, by reading; all those of one direction have as many."""
    found = {reading: {len(each) for each in sets} for reading, sets in dispute.bridges.items()}
    assert all(len(each) <= 1 for each in found.values())
    return {reading: next(iter(each), None) for reading, each in found.items()}


def test_bridges_of_every_size_and_none_are_planted() -> None:
    planted_sizes = Counter(size for seed in SEEDS for plot in planted(seed).plots for size in plot.sizes.values())

    assert all(planted_sizes[size] >= 5 for size in (*SIZES, None)), planted_sizes


@pytest.mark.parametrize("seed", SEEDS[:5])
def test_a_bridge_that_is_walked_by_acts_ends_the_dispute(seed: int) -> None:
    """No premise is lent here: Bo says what Ada said; or Ada has not said it."""
    case = planted(seed)
    found = {each.commitment: each for each in found_in(case).disputes}

    for plot in (each for each in case.plots if each.parts):
        for bridge in found[plot.name].bridges["Ada"]:
            lines = {part.line: part.said_by_both for part in plot.parts if is_in(part.id, bridge)}
            assert len(lines) == len(bridge)
            assert plot.name not in parted(case.text(instead=lines))
            for fewer in itertools.combinations(lines, len(lines) - 1):
                assert plot.name in parted(case.text(instead={line: lines[line] for line in fewer}))
        for bridge in found[plot.name].bridges["Bo"]:
            dropped = frozenset(part.line for part in plot.parts if is_in(part.id, bridge))
            assert len(dropped) == len(bridge)
            assert plot.name not in parted(case.text(drop=dropped))


def is_in(part: str, bridge: tuple[str, ...]) -> bool:
    return any(each.partition("#")[0] == part for each in bridge)


def parted(text: str) -> set[str]:
    return {each.label for each in between(Inquiry(case_of(text)), AT, ("Ada", "Bo")).partings()}


# ── every set of premises ───────────────────────────────────────────────────────────────────────────────────


def least_of_all(held: Between, dispute: Dispute, giver: int) -> set[frozenset[str]] | None:
    """All least bridges, by trying every set of the premises that either reading was asked for; None of too many."""
    table, key = held.table, dispute.instance
    sides = table.sides
    last = len(QUESTIONS) - 1
    own = [asked(*pair, frozenset(), dispute.name, key, last) for pair in (sides, sides[::-1])]
    names = own[0].names | own[1].names
    every = [each for each in own[0].premises | own[1].premises if table.differs(each)]
    every += [each for each in table.heard_by_one() if names & table.names_of(each)]
    if len(every) > MOST_TRIED:
        return None
    place = QUESTIONS.index(dispute.question)
    ours, taker = sides[giver], sides[1 - giver]
    wanted = answers(ours, dispute.name, key)[: place + 1]
    for size in range(1, len(every) + 1):
        found = {
            frozenset(table.told(each).id for each in taken)
            for taken in itertools.combinations(every, size)
            if asked(taker, ours, frozenset(taken), dispute.name, key, place).answers == wanted
        }
        if found:
            return found
    return set()


def agree_with_all_sets(held: Between) -> Iterator[tuple[str, int]]:
    """Every dispute has the bridges that are found by trying every set; what each of them was held against."""
    for dispute in held.disputes():
        for giver, reading in enumerate(dispute.readings):
            expected = least_of_all(held, dispute, giver)
            if expected is None or not dispute.complete:
                continue
            assert {frozenset(each) for each in dispute.bridges[reading]} == expected, (dispute, reading)
            yield dispute.question, len(next(iter(expected), ()))


@pytest.mark.parametrize("seed", range(4))
def test_planted_bridges_are_those_of_trying_every_set(seed: int) -> None:
    held = between(Inquiry(case_of(planted(seed, 5).text())), AT, ("Ada", "Bo"))

    assert len([*agree_with_all_sets(held)]) == 10


def random_pairs(seeds: range) -> Iterator[Between]:
    for seed in seeds:
        made = random_case(seed)
        case = load_text(made.text).case
        view: View = made.views[0]
        for pair in itertools.combinations([*case.parties, "record"], 2):
            known = None if view.known is None else dating_from_words(view.known)
            yield between(Inquiry(case), dating_from_words(view.at), pair, view.channels, known)


def test_bridges_of_cases_at_random_are_those_of_trying_every_set() -> None:
    held_against = Counter(each for held in random_pairs(range(25)) for each in agree_with_all_sets(held))

    assert {question for question, _ in held_against} >= {"owed", "done", "live", "late"}
    assert {size for _, size in held_against} >= {0, 1, 2}


@pytest.mark.long
def test_bridges_of_many_cases_at_random_are_those_of_trying_every_set() -> None:
    held_against = Counter(each for held in random_pairs(range(25, 150)) for each in agree_with_all_sets(held))

    assert held_against.total() > 1000


# ── what always holds ───────────────────────────────────────────────────────────────────────────────────────


def test_the_lists_are_mirrored_where_readings_change_places() -> None:
    count = 0
    for seed in range(12):
        made = random_case(seed)
        case = load_text(made.text).case
        inquiry, at = Inquiry(case), dating_from_words(made.views[0].at)
        one, other = [*case.parties, "record"][:2]
        there, back = disputes(inquiry, at, [(one, other)]), disputes(inquiry, at, [(other, one)])
        count += len(there.disputes)
        for a, b in zip(there.disputes, back.disputes, strict=True):
            assert (a.commitment, a.question, a.statuses, a.answers) == (
                b.commitment,
                b.question,
                b.statuses,
                b.answers,
            )
            assert a.bridges == b.bridges
            assert {each.id for each in a.premises} == {each.id for each in b.premises}
        assert [each for _, each in there.without_consequence] == [each for _, each in back.without_consequence]
    assert count > 12


def test_parties_that_change_names_change_places_in_all_answers() -> None:
    case = planted(3).text()
    renamed = case.replace("Ada", "Xxx").replace("Bo", "Ada").replace("Xxx", "Bo")

    plain = disputes(Inquiry(case_of(case)), AT, [("Ada", "Bo")]).disputes
    other = disputes(Inquiry(case_of(renamed)), AT, [("Bo", "Ada")]).disputes

    assert plain
    for a, b in zip(plain, other, strict=True):
        assert sizes(a) == {"Ada": sizes(b)["Bo"], "Bo": sizes(b)["Ada"]}
        assert (a.commitment, a.question) == (b.commitment, b.question)


def test_equal_readings_have_no_dispute() -> None:
    plots: tuple[Plot, ...] = ()
    found = found_in(Planted(plots, planted(1, 0, quiet=6).quiet))

    assert found.disputes == ()
    assert found.without_consequence == ()


def test_a_search_that_is_cut_short_says_so() -> None:
    from servanda.readings import Limits

    case = next(each for seed in SEEDS for each in [planted(seed)] if any(p.sizes["Ada"] == 4 for p in each.plots))
    held = between(Inquiry(case_of(case.text())), AT, ("Ada", "Bo"), limits=Limits(tried=5))

    cut = [each for each in held.disputes() if not each.complete]
    assert cut
    assert all("there may be larger ones" in words for each in cut for words in each.no_bridge.values())
    assert not any(each.needs_concession for each in cut)


def test_only_so_many_bridges_are_listed() -> None:
    from servanda.readings import Limits

    lines = ["party Ada", "party Bo", "source deal dated 2031-01-01", "  by Ada, Bo"]
    lines += [f"matter m{place}" for place in range(9)]
    lines += ["obligation x of Ada to Bo", "  under deal", f"  when {' or '.join(f'm{place}' for place in range(9))}"]
    lines += ["2031-01-02 Ada, Bo recognise deal", *(f"2031-01-03 Ada claims m{place}" for place in range(9))]
    inquiry = Inquiry(case_of("\n".join(['case "Wide" timezone Etc/UTC', *lines, ""])))

    [whole] = between(inquiry, AT, ("Ada", "Bo")).disputes()
    [cut] = between(inquiry, AT, ("Ada", "Bo"), limits=Limits(found=4)).disputes()

    assert len(whole.bridges["Ada"]) == 9
    assert whole.complete
    assert len(cut.bridges["Ada"]) == 4
    assert not cut.complete


def test_a_premise_is_taken_wherever_its_reading_is_asked() -> None:
    """Bo asks Ada's reading whether her promise counts; with Bo's term Ada's own reading says something else."""
    case = case_of(
        """case "Inside" timezone Etc/UTC
party Ada
party Bo
item ore counted gone
item slag counted gone
term waste = slag
obligation clear of Ada to Bo
obligation pay of Bo to Ada
  when clear is promised
2031-01-02 Ada holds waste = ore
2031-01-03 Ada promises clear when ore in waste
2031-01-03 Ada, Bo recognise pay
"""
    )
    held = between(Inquiry(case), AT, ("Ada", "Bo"))
    ada, bo = held.table.sides
    taken = frozenset([Premise("term", "waste", (None, "definition"))])

    def live(taker: int, lent: frozenset[Premise]) -> object:
        sides = (ada, bo) if taker == 0 else (bo, ada)
        return asked(*sides, lent, "pay", None, 2).answers[2]

    assert live(0, frozenset()) == live(1, frozenset()) == "live"  # both ask whether it is so in Ada's reading
    assert live(0, taken) == ("dormant", frozenset(["clear is promised"]))
    assert live(1, taken) == "live"  # Ada's reading is not the one that takes something over here
