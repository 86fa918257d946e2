"""Circles: what hangs on itself through a *not* is told at all its places, what does otherwise is not; and both end."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.generated import Negotiation, generated_case
from differential.compare import at_most, compare
from differential.made import View, random_case
from servanda import load_text
from servanda.diagnostics import Diagnostic
from servanda.load import acts_from_words
from servanda.load.checks.circles.dependence import Question, Step, steps
from servanda.load.checks.circles.texts import AllTexts
from servanda.model.components import components
from servanda.model.conditions import Ref
from servanda.model.span import NOWHERE
from servanda.model.time import dating_from_words
from servanda.standing import RECORD, Inquiry, tabling
from spec.tangles import HEAD, tangle

CODE = "circular-condition"
X = "obligation x of Ada to Bo\n"
Y = "obligation y of Bo to Ada\n"
Z = "obligation z of Bo to Ada\n"


def circles(text: str) -> list[Diagnostic]:
    """What is said about circles, of a text that has no other errors."""
    loaded = load_text(text)
    assert [str(each) for each in loaded.diagnostics if each.severity == "error" and each.code != CODE] == []
    return [each for each in loaded.diagnostics if each.code == CODE]


def places(each: Diagnostic) -> list[str]:
    """The words at all places that a message speaks of."""
    return [each.span.words, *(other.span.words for other in each.related)]


# What is told

ILL_FOUNDED: dict[str, tuple[str, str, str, list[str]]] = {
    "a promise unless the other promises": (
        X + "  when rain unless y is promised\n" + Y + "  when rain unless x is promised\n",
        *("unless", "x → y → x", ["y is promised", "x is promised"]),
    ),
    "a *not* at one place is enough": (
        X + "  when y is promised\n" + Y + "  when rain unless x is promised\n",
        *("unless", "y → x → y", ["x is promised", "y is promised"]),
    ),
    "a status": (
        X + "  when y is dormant\n" + Y + "  when x is in force\n",
        *("dormant", "x → y → x", ["y is dormant", "x is in force"]),
    ),
    "its own status": (X + "  when x is overdue\n", "overdue", "x → x", ["x is overdue"]),
    "until": (
        X + "  until y is in force\n" + Y + "  from x is in force\n",
        *("until", "x → y → x", ["y is in force", "x is in force"]),
    ),
    "until what is waited for stands still": (
        X + "  when y\n" + Y + "  until x is dormant\n",
        *("until", "y → x → y", ["x is dormant", "y"]),
    ),
    "in force no longer, once done": (
        X + "  done when y is in force\n" + Y + "  when x is in force\n",
        *("in force", "x → y → x", ["y is in force", "x is in force"]),
    ),
    "over a matter": (
        "matter calm = rain unless y is promised\n" + X + "  when calm\n" + Y + "  when x is promised\n",
        *("unless", "calm → y → x → calm", ["y is promised", "x is promised", "calm"]),
    ),
    "a prohibition that is unbroken": (
        "prohibition x of Ada to Bo\n  until y\n" + Y + "  done when x for 7 days\n",
        *("until", "x → y → x", ["y", "x"]),
    ),
    "in one step": (
        X + "  until z is in force\n" + Y + "  together with x\n" + Z + "  when y is in force\n",
        *("until", "x → z → y → x", ["z is in force", "y is in force", "x"]),
    ),
    "ready in one step": (
        X + "  when rain unless z is in force\n" + Y + "  together with x\n" + Z + "  when y is in force\n",
        *("unless", "x → z → y → x", ["z is in force", "y is in force", "x"]),
    ),
    "an effort": (
        X + "  seeks y is in force\n" + Y + "  when rain unless x\n",
        *("unless", "y → x → y", ["x", "y is in force"]),
    ),
    "a date that counts from force": (
        X + "  when rain unless y is promised with a date\n" + Y + "  from x is in force\n  within 3 days\n",
        *("unless", "x → y → x", ["y is promised with a date", "x is in force"]),
    ),
    "a date that is promised": (
        X + "  when rain unless y is promised with a date\n" + Y + "  within 3 days of x is in force\n",
        *("unless", "x → y → x", ["y is promised with a date", "x is in force"]),
    ),
    "consents": (
        "means look by Ada\n" + X + "  when Bo consents to look\n2031-01-02 Bo consents to look\n  when x is due\n",
        *("due", "look → x → look", ["x is due", "Bo consents to look"]),
    ),
    "consents alone": (
        "means look by Ada\nmeans count by Bo\n2031-01-02 Bo consents to look\n"
        "  when rain unless Ada consents to count\n2031-01-03 Ada consents to count\n  when Bo consents to look\n",
        *("unless", "look → count → look", ["Ada consents to count", "Bo consents to look"]),
    ),
    "the shorter of two": (
        X + "  when (rain unless z is promised) and (snow unless y is promised)\n"
        + Y + "  when x is promised\n" + Z + "  when y is promised\n",
        *("unless", "x → y → x", ["y is promised", "x is promised"]),
    ),
    "periods of itself": (
        X + "  for each month of (rain unless x is in force)\n",
        *("unless", "x → x", ["x is in force"]),
    ),
    "the conditions of offers and promises": (
        X + "2031-01-02 Ada offers x\n  when rain unless y is promised\n"
        + Y + "2031-01-03 Bo promises y\n  when x is promised\n",
        *("unless", "x → y → x", ["y is promised", "x is promised"]),
    ),
    "what one party holds": (
        X + Y + "Ada holds x\n  when y is due\nAda holds y\n  when x is due\n",
        *("due", "x → y → x", ["y is due", "x is due"]),
    ),
    "what each bearer holds of its own": (
        X + Y + "Ada holds x\n  when rain unless y is promised\nBo holds y\n  when x is promised\n",
        *("unless", "x → y → x", ["y is promised", "x is promised"]),
    ),
    "what came to be the text of all": (
        X + Y + "  when x is in force\nAda, Bo hold x\n  when y is dormant\n",
        *("dormant", "x → y → x", ["y is dormant", "x is in force"]),
    ),
    "one instance of a family": (
        "term both = Ada, Bo\nobligation x of p to others\n  for each p in both\n"
        "  when rain unless x[Ada] is promised\n",
        *("unless", "x[Ada] → x[Ada]", ["x[Ada] is promised"]),
    ),
    "instances of which each is held in a way of its own": (
        "term both = Ada, Bo\nobligation x of p to others\n  for each p in both\n"
        "Ada holds x[Ada]\n  when rain unless x[Bo] is in force\nAda holds x[Bo]\n  when x[Ada] is in force\n",
        *("unless", "x[Ada] → x[Bo] → x[Ada]", ["x[Bo] is in force", "x[Ada] is in force"]),
    ),
    "the instance of the same member": (
        "term both = Ada, Bo\nobligation x of p to others\n  for each p in both\n  when y[p] is in force\n"
        "obligation y of p to others\n  for each p in both\nAda holds y[Bo]\n  when x[Bo] is dormant\n",
        *("dormant", "y[Bo] → x[Bo] → y[Bo]", ["x[Bo] is dormant", "y[p] is in force"]),
    ),
    "what was so before it was changed": (
        X + "  when y is dormant\n" + Y + "  when x is in force\n2031-01-02 Ada, Bo hold x\n  when rain\n",
        *("dormant", "x → y → x", ["y is dormant", "x is in force"]),
    ),
    "what a variable stands for": (
        Y + "  when z is in force\nterm it = y\n"
        "obligation z of Bo to Ada\n  for each each-one in it\n  when each-one is dormant\n",
        *("dormant", "z → y → z", ["each-one is dormant", "z is in force"]),
    ),
    "a scenario": (
        X + Y + "  when x is in force\n"
        'scenario "Held"\n  2031-01-02 Ada holds x\n    when y is dormant\n  2031-01-02 expect y is due in Bo\n',
        *("dormant", "x → y → x", ["y is dormant", "x is in force"]),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "word", "way", "where"), ILL_FOUNDED.values(), ids=list(ILL_FOUNDED))
def test_what_hangs_on_itself_through_a_not_is_told_at_all_its_places(
    text: str, word: str, way: str, where: list[str]
) -> None:
    [found] = circles(HEAD + text)

    first, *_ = names = way.split(" → ")
    shown = " → ".join(f"`{name}`" for name in names)
    assert found.message == f"`{first}` hangs on itself through `{word}`: {shown}"
    assert places(found) == where


def test_each_circle_is_told_once() -> None:
    apart = "".join(
        f"obligation {one} of Ada to Bo\n  when {other} is due\nobligation {other} of Bo to Ada\n  when {one} is open\n"
        for one, other in (("first", "second"), ("third", "fourth"))
    ).replace("is open", "is dormant")

    assert [each.span.words for each in circles(HEAD + apart)] == ["second is due", "fourth is due"]


def test_a_definition_by_itself_is_told_as_that_alone() -> None:
    loaded = load_text(
        HEAD + "matter calm = rain unless storm\nmatter storm = snow unless calm\n" + X + "  when calm\n"
    )

    assert [each.code for each in loaded.diagnostics if each.severity == "error"] == ["circular-definition"]


def test_what_is_supposed_closes_a_circle_at_its_own_place() -> None:
    case = load_text(HEAD + X + Y + "  when x is in force\n").case
    _, found = acts_from_words(case, "2031-01-02 Ada holds x\n  when y is dormant\n", "--suppose")

    assert [(each.code, each.span.words, each.span.file.path) for each in found] == [
        (CODE, "y is dormant", "--suppose")
    ]


# What is not

WELL_FOUNDED = {
    "each waits for the other": X + "  when y is in force\n" + Y + "  when x is in force\n",
    "each promises for a promise": X + "  when y is promised\n" + Y + "  when x is promised\n",
    "one or the other": X + "  when rain unless y\n" + Y + "  when rain unless x\n",
    "one until the other": X + "  until y\n" + Y + "  until x\n",
    "until the other is done, which waits": X + "  until y\n" + Y + "  when x is in force\n",
    "after a breach": X + "  when rain unless y is breached\n" + Y + "  when x is in force\n  by 2031-02-01\n",
    "in place of": X + "  when y is in force\n" + Y + "  until x is breached\n" + Z + "  instead of x\n",
    "for each breach": X + "  for each breach of y\n" + Y + "  until x is promised\n",
    "a power over what is late": X + "  by 2031-02-01\npower p of Bo to Ada\n  when x is overdue\n  may terminate x\n",
    "a power over what is suspended": X + "power p of Bo to Ada\n  when x is suspended\n  may resume x\n",
    "until a power is used": X + "  until p is used\npower p of Bo to Ada\n  when x is in force\n  may terminate x\n",
    "the *not* is outside": X + "  when y is promised unless rain\n" + Y + "  when x is promised\n",
    "the *not* leads away": X + "  when y is promised unless z is due\n" + Y + "  when x is promised\n" + Z,
    "the *not* leads in": X + "  when y is promised\n" + Y + "  when x is promised\n"
    + Z + "  when snow unless x is due\n",
    "a status of what is done": X + "  when y is dormant\n" + Y + "  when x\n",
    "amounts": "item tons counted moved\n" + X + "  when at most 4 tons moved\n  done when 9 tons moved\n",
    "acts": X + "  when rain unless Bo promises y\n" + Y + "  when snow unless Ada promises x\n",
    "a day that falls away": X + "  when y is in force\n" + Y + "  by 2031-02-01 unless x is in force\n",
    "what an exception waits for is not lost": X + "  when rain unless y\n" + Y + "  until z is in force\n"
    + Z + "  when x is dormant\n",
    "as proposed": X + "  when x is proposed\n",
    "in two readings": X + Y + "Ada holds x\n  when y is due\nBo holds y\n  when x is due\n",
    "one after the other": X + Y
    + "2031-01-02 Ada holds x\n  when y is due\n2031-01-03 Ada holds x\n  when rain\n"
    + "2031-01-04 Ada holds y\n  when x is due\n",
    "until both changed it": X + "  when rain\n" + Y
    + "2031-01-02 Ada, Bo hold x\n  when snow\n2031-01-03 Ada, Bo hold y\n  when x is due\n",
    "until both changed it, for a third": "party Cy\n" + X + "  when y is due\n" + Y
    + "2031-01-02 Ada, Bo hold x\n  when snow\n2031-01-03 Cy holds y\n  when x is due\n",
    "two scenarios": X + Y
    + 'scenario "One"\n  2031-01-02 Ada holds x\n    when y is due\n  2031-01-02 expect y is due in Bo\n'
    + 'scenario "Two"\n  2031-01-02 Ada holds y\n    when x is due\n  2031-01-02 expect x is due in Bo\n',
    "before a scenario begins": X + Y + "2031-01-20 Ada holds x\n  when y is due\n"
    + 'scenario "Early" from 2031-01-10\n  2031-01-12 Ada holds y\n    when x is due\n'
    + "  2031-01-12 expect x is due in Bo\n",
    "another instance": "term both = Ada, Bo\nobligation x of p to others\n  for each p in both\n"
    + "Ada holds x[Bo]\n  when rain unless x[Ada] is promised\n",
    "an offer of another instance": "term both = Ada, Bo\nobligation x of p to others\n  for each p in both\n"
    + "2031-01-02 Bo offers x[Bo]\n  when rain unless x[Ada] is promised\n",
}  # fmt: skip


@pytest.mark.parametrize("text", WELL_FOUNDED.values(), ids=list(WELL_FOUNDED))
def test_what_hangs_on_itself_otherwise_is_not_told(text: str) -> None:
    assert circles(HEAD + text) == []


@pytest.mark.parametrize(
    "make", [lambda: generated_case(5000, 7), lambda: Negotiation(300, None, 5).text], ids=["lines", "negotiation"]
)
def test_nothing_is_told_of_cases_that_were_made_without(make: object) -> None:
    assert circles(make()) == []  # type: ignore[operator]


def test_nothing_is_told_of_cases_at_random_in_which_each_waits_for_earlier_ones() -> None:
    assert [seed for seed in range(400) if circles(random_case(seed).text)] == []


# Against brute force


def brute_components(graph: dict[int, list[int]], starts: list[int]) -> set[frozenset[int]]:
    """The same by all paths."""

    def paths(node: int, walked: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        yield walked
        for to in graph[node]:
            if to not in walked:
                yield from paths(to, (*walked, to))

    leads_to = {node: {to for walked in paths(node, (node,)) for to in walked} for node in graph}
    there = {to for start in starts for to in leads_to[start]}
    return {frozenset(other for other in leads_to[node] if node in leads_to[other]) for node in there}


@given(st.integers(1, 6), st.randoms(use_true_random=False))
def test_components_are_those_that_all_paths_show(size: int, rng: random.Random) -> None:
    graph = {node: [to for to in range(size) if rng.random() < 0.3] for node in range(size)}
    starts = [node for node in range(size) if rng.random() < 0.6]

    found = [frozenset(each) for each in components(starts, lambda node: graph[node])]

    assert set(found) == brute_components(graph, starts)
    assert sum(map(len, found)) == len(frozenset().union(*found))
    place = {node: number for number, each in enumerate(found) for node in each}
    assert all(place[to] <= place[node] for node in place for to in graph[node])


def closes_a_circle(text: str) -> bool:
    """Whether any step through a *not* is led back to, by walking over all that is ahead of it; matters alone aside."""
    texts = AllTexts(load_text(text).case)
    whats = ("status", "promised", "lost", "so", "consent")
    ahead = [Question(name, what) for name in texts.names() for what in whats]  # type: ignore[arg-type]
    ways: dict[Question, list[Step]] = {}
    while ahead:
        asked = ahead.pop()
        if asked not in ways:
            ways[asked] = list(steps(texts, asked))
            ahead += [step.to for step in ways[asked]]

    def walks(start: Question, goal: Question, names: bool) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            asked = waiting.pop()
            if asked == goal:
                return True
            for step in ways[asked]:
                if step.to not in seen and (names or step.to.name in texts.case.matters):
                    seen.add(step.to)
                    waiting.append(step.to)
        return False

    return any(
        step.through
        and walks(step.to, asked, names=True)
        and not (asked.what == "so" and step.to.what == "so" and walks(step.to, asked, names=False))
        for asked, every in ways.items()
        for step in every
    )


def test_what_is_told_is_what_walking_finds() -> None:
    told = {seed: bool(circles(text)) for seed in range(300) if _plain(text := tangle(seed, versions=False))}

    assert {seed: closes_a_circle(tangle(seed, versions=False)) for seed in told} == told
    assert set(told.values()) == {True, False}


def _plain(text: str) -> bool:
    return not any(each.code == "circular-definition" for each in load_text(text).diagnostics)


# The engine

TANGLES = {seed: tangle(seed) for seed in range(240)}
DAYS = ("2031-01-20", "2031-03-01")


def test_what_nothing_is_told_of_needs_no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabling, "_MOST_CORRECTIONS", float("inf"))
    well_founded = [text for text in TANGLES.values() if load_text(text).ok]

    assert len(well_founded) > 50
    for text in well_founded:
        with at_most(20):
            inquiry = Inquiry(load_text(text).case)
            for day in DAYS:
                inquiry.inventory(dating_from_words(day))


@pytest.mark.long
def test_what_nothing_is_told_of_has_one_answer() -> None:
    well_founded = [text for text in TANGLES.values() if load_text(text).ok]

    views = [View(day) for day in DAYS]
    assert [text for text in well_founded[:60] if compare(load_text(text).case, views)] == []


#: Ends itself some days after it has come to stand still, and so moves its own end ahead of itself.
RUNS_AWAY = HEAD + "prohibition x of Ada to Bo\n  under deal\n  until 3 days after (x is dormant)\n"


@pytest.mark.parametrize("text", [RUNS_AWAY, *(TANGLES[seed] for seed in range(60))])
def test_ill_founded_cases_are_answered_all_the_same(text: str) -> None:
    case = load_text(text).case
    with at_most(10):
        inquiry = Inquiry(case)
        for name in case.commitments:
            for reading in (*case.parties, RECORD):
                for day in DAYS:
                    assert inquiry.why(Ref(name, NOWHERE), reading, dating_from_words(day)) is not None


@pytest.mark.parametrize("count", [300, pytest.param(3000, marks=pytest.mark.long)])
def test_a_long_way_round_is_no_deep_one(count: int) -> None:
    ring = [
        f"obligation o{at} of Ada to Bo\n  when {'rain unless ' if at == 7 else ''}o{(at + 1) % count} is in force"
        for at in range(count)
    ]
    with at_most(20):
        [found] = circles(HEAD + "\n".join(ring) + "\n")

    assert found.message.startswith("`o7` hangs on itself through `unless`: `o7` → `o8` → ")
    assert len(found.message) < 200
    assert len(found.related) == 8
