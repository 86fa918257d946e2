"""Reasons: every act in a tree is in view, a positive answer needs no other, and conditions hold as the engine says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import servanda
from corpus.cases import PUZZLES
from differential.made import random_case
from servanda import load_text
from servanda.model.case import Case
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.span import Span
from servanda.model.time import Dating, dating_from_words
from servanda.standing import RECORD, Inquiry, Reason, Standing, conditions, ladder
from servanda.standing.clock import Clock
from servanda.standing.stretches import at
from servanda.standing.view import channels_of

ROOT = Path(__file__).parents[2]
EXAMPLES = ["cuba-1962", "ceasefire-exchange", "company-sale"]
#: Statuses whose reasons are enough for them: with no other act of the record, each is still so.
POSITIVE = ("fulfilled", "claimed", "due", "overdue", "in force", "open", "used", "waived")
#: The seven or eight days of the case of 1962 on which it is asked.
DAYS = ["1962-10-27", "1962-10-28", "1962-11-09", "1962-11-15", "1962-11-20", "1962-11-21", "1962-12-12", "1963-01-08"]

View = tuple[Dating, frozenset[str] | None, Dating | None]
Place = tuple[str, int, int]


class Told(msgspec.Struct, frozen=True):
    """A standing with its reasons, and of which view it was asked."""

    inquiry: Inquiry
    standing: Standing
    tree: Reason
    view: View

    def __repr__(self) -> str:
        day, channels, known = self.view
        return f"{self.standing} at {day}, via {channels}, known {known}:\n" + "\n".join(lines(self.tree))


def told(case: Case, views: list[View]) -> Iterator[Told]:
    """All standings of a case in all readings, with their reasons."""
    inquiry = Inquiry(case)
    for view in views:
        day, channels, known = view
        for row in inquiry.inventory(day, channels=channels, known=known):
            for reading, standing in row.standings.items():
                ref = Ref(standing.name, row.commitment.span, standing.instance)
                tree = inquiry.why(ref, reading, day, channels, known)
                assert tree is not None
                yield Told(inquiry, standing, tree, view)


def walk(tree: Reason) -> Iterator[Reason]:
    yield tree
    for each in tree.because:
        yield from walk(each)


def depth(tree: Reason) -> int:
    return 1 + max(map(depth, tree.because), default=0)


def lines(tree: Reason, indent: int = 0) -> Iterator[str]:
    yield f"{'  ' * indent}{tree.holds} {tree.text}"
    for each in tree.because:
        yield from lines(each, indent + 1)


def place(span: Span) -> Place:
    return span.file.path, span.start, span.end


def cited(case: Case, tree: Reason) -> list[Act]:
    """The acts that a tree names."""
    nodes = [(place(each.span), each.text) for each in walk(tree) if each.span is not None]
    places = {where for where, _ in nodes}
    rows = {(where, int(row)) for where, text in nodes for row in re.findall(r"\(row (\d+)\)", text)}
    return [
        act
        for act in case.acts
        if place(act.span) in places and (act.row is None or (place(act.span), act.row) in rows)
    ]


def in_view(case: Case, act: Act, reading: str, view: View) -> bool:
    """Whether an act counts in a view, as the meaning says (§1)."""
    day, channels, known = view
    clock = Clock(case.timezone)
    limit = clock.pair(day, "act")[1]
    said = clock.pair(act.dating, "act")[1]
    learned = said if act.known is None else max(said, clock.pair(act.known, "act")[1])
    through = channels_of(case, reading, channels)
    actors = {case.party_of(ref.name) for ref in act.actors}
    by = limit if known is None else clock.pair(known, "act")[1]
    return (
        said <= limit
        and (not act.channels or any(ref.name in through for ref in act.channels))
        and (learned <= by or reading in actors)
    )


def shapes_text(case: Case, act: Act, name: str) -> bool:
    """Whether an act is a version of a commitment or of a term: what a text says, and not why."""
    names = {thing.name for thing in act.objects if isinstance(thing, Ref)}
    terms = names & set(case.terms)
    return (act.verb == "holds" and name in names) or (act.verb in ("holds", "rejects", "recognises") and bool(terms))


def standing_with_these_alone(each: Told) -> Standing | None:
    """What is left where the record has only the acts of a tree, and the versions of its text."""
    case, name = each.inquiry.case, each.standing.name
    kept = {id(act) for act in cited(case, each.tree)}
    acts = tuple(act for act in case.acts if id(act) in kept or shapes_text(case, act, name))
    day, channels, known = each.view
    ref = Ref(name, case.commitments[name].span, each.standing.instance)
    less = Inquiry(msgspec.structs.replace(case, acts=acts))
    return less.standing(ref, each.standing.reading, day, channels, known)


def with_these_alone(each: Told) -> str:
    """The status that is left then."""
    found = standing_with_these_alone(each)
    return "not there" if found is None else found.status


def hold(each: Told) -> None:
    """What must hold of any tree."""
    case, standing = each.inquiry.case, each.standing
    assert each.tree.holds is True
    assert each.tree.text.startswith(f"{standing.label} is {standing.status} in the re")
    unseen = [act for act in cited(case, each.tree) if not in_view(case, act, standing.reading, each.view)]
    assert not unseen, (unseen, each)
    if standing.status == "dormant":
        assert any(node.holds is not True for node in walk(each.tree)), each
    conditions_as_the_engine_says(each)


def conditions_as_the_engine_says(each: Told) -> None:
    """What a tree says of the conditions of the commitment itself is what the engine says of them."""
    standing, (day, channels, known) = each.standing, each.view
    if standing.status not in ("due", "overdue", "dormant", "in force", "open"):
        return
    outlook = each.inquiry.outlook(standing.reading, day, channels, known)
    now = outlook.clock.pair(day, "act")[1]
    life = next(life for life in outlook.lives(standing.reading, standing.name) if life.key == standing.instance)
    chapter = outlook.chapter(life, now)
    for condition in (chapter.clauses.when, chapter.clauses.start):
        if condition is None:
            continue
        so = at(conditions.so(outlook, condition, ladder.asking_for(life, chapter)), now) is not None
        for node in each.tree.because:
            if node.span is condition.span and condition is chapter.clauses.when:
                assert (node.holds is True) == so, (node, each)


def views_of(case: Case) -> list[View]:
    asked = {
        (str(each.dating), each.channel.name if each.channel else None)
        for each in (*case.expectations, *(one for scenario in case.scenarios for one in scenario.expectations))
    }
    return [
        (dating_from_words(day), frozenset([channel]) if channel else None, None)
        for day, channel in sorted(asked, key=str)
    ]


@pytest.mark.parametrize("last", [2, pytest.param(None, marks=pytest.mark.long)], ids=["last-views", "all-views"])
@pytest.mark.parametrize(
    "path", [*(ROOT / "examples" / each for each in EXAMPLES), *PUZZLES], ids=lambda path: path.stem
)
def test_reasons_are_in_view_and_enough(path: Path, last: int | None) -> None:
    """Every day of the last views that a case expects something of."""
    case = servanda.load(path).case
    every = list(told(case, views_of(case)[-(last or 0) :]))

    for each in every:
        hold(each)
    positive = [each for each in every if each.standing.status in POSITIVE]
    assert [each for each in positive if with_these_alone(each) != each.standing.status] == []
    assert positive or path.stem == "promise-for-promise"  # where nobody is ever bound


@pytest.mark.parametrize("seed", [*range(30), *(pytest.param(each, marks=pytest.mark.long) for each in range(30, 60))])
def test_reasons_of_a_case_made_at_random_are_in_view_and_enough(seed: int) -> None:
    made = random_case(seed)
    for each in told(load_text(made.text).case, views_of_made(made.views)):
        hold(each)
        if each.standing.status in POSITIVE:
            assert with_these_alone(each) == each.standing.status, each


def views_of_made(views: tuple[object, ...]) -> list[View]:
    return [
        (dating_from_words(each.at), each.channels, each.known and dating_from_words(each.known))  # type: ignore[attr-defined]
        for each in views
    ]


@pytest.mark.long
def test_hardly_any_reasons_are_not_enough() -> None:
    """Of a thousand cases. What is left hangs on words that no longer count at the date asked about, and go unnamed."""
    parting = every = 0
    for seed in range(1000):
        made = random_case(seed)
        for each in told(load_text(made.text).case, views_of_made(made.views)):
            hold(each)
            if each.standing.status in POSITIVE:
                every += 1
                parting += with_these_alone(each) != each.standing.status

    assert every > 5000
    assert parting < every * 0.003


def test_the_real_case_is_explained_in_short_and_from_its_record() -> None:
    case = servanda.load(ROOT / "examples/cuba-1962").case
    views: list[View] = [
        (dating_from_words(day), channels, None) for day in DAYS for channels in (None, frozenset(["table"]))
    ]
    every = list(told(case, views))

    sizes = sorted(sum(1 for _ in walk(each.tree)) for each in every)
    assert sizes[len(sizes) // 2] <= 8
    assert sizes[-1] <= 40
    assert max(depth(each.tree) for each in every) <= 8
    for each in every:
        for act in cited(case, each.tree):
            assert "/record/" in act.span.file.path, act
    assert {each.standing.status for each in every} >= {
        "due",
        "fulfilled",
        "dormant",
        "proposed",
        "not owed",
        "in force",
    }


def test_each_act_has_its_words_once() -> None:
    """Of what is named twice the second mention is short, so that what is below it is not told again."""
    case = servanda.load(ROOT / "examples/cuba-1962").case
    for each in told(case, [(dating_from_words("1962-11-15"), frozenset(["table"]), None)]):
        quoted = [(node.span, node.quote) for node in walk(each.tree) if node.quote and "as above" not in node.text]
        assert len(quoted) == len({(place(span), quote) for span, quote in quoted if span is not None}), each


RECOGNISED = """
case "Reasons"
party A
party B
party C
body M
channel talks among A, B
source letter
  dated 2031-01-01
  by A to B
obligation pay "Pay." of A to B
  under letter "a hundred and no less"
  when deliver
  within 10 days of deliver
obligation deliver "Deliver." of B to A
  verified by look
means look by M
2031-01-02 B recognises letter
2031-01-02 B promises deliver by 2031-02-01
"""


def reasons(more: str, asked: str, reading: str = "A", day: str = "2031-03-01") -> str:
    case = load_text(RECOGNISED + more)
    assert case.ok, case.diagnostics
    tree = Inquiry(case.case).why(Ref(asked, case.case.commitments[asked].span), reading, dating_from_words(day))
    assert tree is not None
    return "\n".join(lines(tree))


def test_what_is_missing_is_named_with_what_is_said_of_it() -> None:
    found = reasons("2031-01-20 B claims deliver\n", "pay")

    assert found.startswith("True pay is dormant in the reading of A")
    assert "None when deliver: it is claimed in the reading of A" in found
    assert "None 2031-01-20 B claims deliver: A neither made nor confirmed it, and does not rely on B" in found


def test_an_effort_says_what_it_seeks_and_that_its_day_is_over() -> None:
    more = "matter calm\nobligation soothe of A to B\n  seeks calm\n  by 2031-02-01\n2031-01-03 A, B recognise soothe\n"

    before, after = (reasons(more, "soothe", day=day) for day in ("2031-02-01", "2031-02-02"))
    assert before.startswith("True soothe is due in the reading of A, by 2031-02-01")
    assert "False seeks calm: nobody has said so" in before
    assert after.startswith("True soothe is due in the reading of A, its day 2031-02-01 has passed: an effort is never")


def test_a_word_that_confirms_is_a_reason_for_credit() -> None:
    more = "matter calm\nobligation rest of B to A\n  when calm\n2031-01-03 A, B recognise rest\n"
    more += "2031-01-20 B claims calm\n2031-01-22 A confirms calm\n"
    found = reasons(more, "rest")

    assert "when calm: it is so\n    True 2031-01-20 B claims calm: confirmed by A\n" in found
    assert "      True 2031-01-22 A confirms calm" in found


def test_an_amount_of_a_later_instance_is_told_with_those_before() -> None:
    rent = """
case "Rent"
party A
party B
item rent counted paid
obligation pay of A to B
  for each month of 2031-01-01
  done when 100 EUR rent paid
2031-01-01 A, B recognise pay
2031-01-05 B confirms 200 EUR rent paid
"""
    case = load_text(rent).case
    told_of_each = []
    for key in (1, 2, 3):
        tree = Inquiry(case).why(Ref("pay", case.commitments["pay"].span, key), "B", dating_from_words("2031-03-10"))
        assert tree is not None
        told_of_each += [line.partition("when ")[2] for line in lines(tree) if "done when" in line]

    assert told_of_each == [
        "100 EUR rent paid: it is so",
        "100 EUR rent paid (200 with those before): it is so",
        "100 EUR rent paid (300 with those before): it is not so",
    ]


def test_a_proof_is_named_with_the_means_and_who_is_relied_on() -> None:
    found = reasons("2031-01-20 B claims deliver\n2031-01-21 M observes deliver via look\n", "deliver")

    assert found.startswith("True deliver is fulfilled in the reading of A since 2031-01-21")
    assert "True verified by look: it is so" in found
    assert "M is relied on, as a body" in found


def test_lateness_has_its_deadline() -> None:
    found = reasons("2031-02-20 M observes deliver via look\n", "deliver")

    assert "is fulfilled in the reading of A since 2031-02-20, late" in found
    assert "the last day is 2031-02-01" in found
    assert "B promises deliver by 2031-02-01" in found


def test_a_deadline_says_what_it_counts_from() -> None:
    found = reasons("2031-02-25 A confirms deliver\n", "pay")

    assert found.startswith("True pay is due in the reading of A, by 2031-03-07")
    assert "within 10 days of deliver" in found


def test_an_act_of_power_without_effect_is_named_with_what_it_lacks() -> None:
    power = "power stop of B to A\n  when deliver is breached\n  may terminate pay\n"
    found = reasons(power + "2031-01-20 B terminates pay\n2031-01-21 A confirms deliver\n", "pay", day="2031-01-25")

    assert (
        "False 2031-01-20 B terminates pay, without effect in the reading of A: B had no open power to do so" in found
    )
    assert "stop is not owed in the reading of A" in found


def test_a_demand_says_who_has_not_accepted_it() -> None:
    found = reasons("obligation extra of B to A\n2031-01-03 A recognises extra\n2031-01-04 B rejects extra\n", "extra")

    assert found.splitlines()[0] == "True extra is proposed in the reading of A"
    assert "False B has not accepted it\n    True 2031-01-04 B rejects extra" in found


def test_a_transfer_without_effect_is_named_with_whose_consent_it_lacks() -> None:
    said = "2031-01-10 B transfers pay to C\n"

    late = reasons(f"{said}2031-01-12 A consents to pay\n", "pay", "record")
    assert (
        "False 2031-01-10 B transfers pay to C, without effect in the record: A had not consented to it by then" in late
    )
    in_time = reasons(f"2031-01-09 A consents to pay\n{said}", "pay", "record")
    assert "without effect" not in in_time
    stranger = reasons("2031-01-10 C transfers pay to C\n", "pay", "record")
    assert "C transfers pay to C, without effect in the record: C has no part in it" in stranger


def test_a_demand_names_who_does_not_rely_on_what_the_other_has_accepted() -> None:
    text = "source note dated 2031-01-01\n  by B to C\nobligation extra of B to A\n  under note\n"
    found = reasons(f"{text}2031-01-03 A recognises extra\n", "extra")

    assert "True extra is proposed in the reading of A" in found
    assert "False B has not accepted it\n    False it rests on note\n      True B wrote note" in found
    assert "      False A does not stand by note" in found


def test_a_text_that_not_all_have_signed_says_whose_signature_is_missing() -> None:
    text = "source pact dated 2031-01-01\n  by A, B, C\n  signed by A, B, C\nobligation extra of A to B\n  under pact\n"
    text += "channel room among B, C\n"
    found = reasons(f"{text}2031-01-03 A signs pact\n2031-01-03 B signs pact\n  via room\n", "extra")

    assert "False no signature of B and C is in view" in found
    assert "no signature" not in reasons(f"{text}2031-01-03 A, B, C sign pact\n", "extra")


def test_a_circle_is_cut_with_a_word() -> None:
    circle = """
obligation x of A to B
obligation y of B to A
2031-01-03 A offers x when y is promised
2031-01-03 B offers y when x is promised
2031-01-03 A recognises y
2031-01-03 B recognises x
"""
    found = reasons(circle, "x", reading="B")

    assert "x is proposed in the reading of B" in found
    assert len(found.splitlines()) < 20


def test_there_are_no_reasons_for_an_instance_that_is_not_there() -> None:
    case = servanda.load(ROOT / "examples/ceasefire-exchange").case
    ref = Ref("show-convoy", case.commitments["show-convoy"].span, "C-9")

    assert Inquiry(case).why(ref, RECORD, dating_from_words("2027-03-29")) is None


# ── what is not so, and what is so no longer ────────────────────────────────────────────────────────────────

PLAIN = """case "What is not so" timezone Etc/UTC
party A
party B
body M
source deal dated 2031-01-01
  by A, B
matter calm
matter storm
event departs(ship)
event checked(ship)
obligation check "Have each departure checked." of A to B
  under deal
  for each departs(ship)
  done when checked(ship)
  within 30 days
obligation start "Begin in time." of A to B
  under deal
  begins by 2031-01-10
obligation sail "Sail unless there is a storm." of A to B
  under deal
  when calm unless storm
obligation report "Report each month." of A to B
  under deal
  for each month of calm
obligation reward "Pay for the reports." of B to A
  under deal
  when report
obligation bonus "Pay for the reports that are wanted." of B to A
  under deal
  when report[3]
prohibition keep-out "Keep out." of A to B
  under deal
obligation dig "Dig." of A to B
  under deal
obligation fill "Fill." of A to B
  under deal
  by 2031-02-20
"""
TWO_SAIL = """2031-01-05 M observes departs(ship=X)
2031-01-06 M observes departs(ship=X)
2031-01-08 M observes checked(ship=X)
"""
CALM = "2031-01-05 A, B claim calm\n"


def told_of(text: str, asked: str, reading: str = "B", day: str = "2031-01-20") -> Told:
    """One standing with its reasons; an instance is named by its key in brackets."""
    loaded = load_text(text)
    assert loaded.ok, loaded.diagnostics
    name, _, key = asked.rstrip("]").partition("[")
    ref = Ref(name, loaded.case.commitments[name].span, key or None)
    inquiry, view = Inquiry(loaded.case), (dating_from_words(day), None, None)
    standing, tree = inquiry.standing(ref, reading, *view), inquiry.why(ref, reading, *view)
    assert standing is not None
    assert tree is not None
    return Told(inquiry, standing, tree, view)


@pytest.mark.parametrize(
    ("more", "asked", "words"),
    [
        (TWO_SAIL, "check[X (2)]", ["M observes checked(ship=X)", "; it counts for check[X], which was open before"]),
        (
            "2031-01-03 M observes checked(ship=X)\n" + TWO_SAIL.splitlines(keepends=True)[0],
            "check[X]",
            ["M observes checked(ship=X)", "; it was before check[X]"],
        ),
        (
            "2031-01-12 A begins start\n",
            "start",
            [
                "is due",
                "to begin by 2031-01-10",
                "False begun on 2031-01-12, after that",
                "True 2031-01-12 A begins start",
            ],
        ),
        ("2031-01-08 A begins start\n", "start", ["is due", "to begin by 2031-01-10", "True begun on 2031-01-08\n"]),
        ("", "start", ["is overdue in the reading of B, to begin by 2031-01-10", "False it has not begun"]),
        (
            CALM + "2031-01-06 A claims storm\n2031-01-07 B disputes storm\n",
            "sail",
            ["is due", "False unless storm: it is not so", "A claims storm", "B disputes storm"],
        ),
        (
            CALM + "2031-01-15 B confirms report[1]\n",
            "reward",
            ["is due", "when report: it is so", "False the next period begins on 2031-02-05"],
        ),
        (CALM, "bonus", ["is dormant", "there is no report yet", "False the next period begins on 2031-02-05"]),
        ("", "bonus", ["is dormant", "there is no report yet", "False calm: nobody has said so"]),
        (
            "2031-01-05 A, B suspend keep-out\n2031-01-09 A, B resume keep-out\n",
            "keep-out",
            ["is in force", "it was suspended, and is no longer", "A, B suspend keep-out", "A, B resume keep-out"],
        ),
        (
            "2031-01-05 A, B suspend deal\n2031-01-09 A, B resume deal\n",
            "dig",
            ["is due in the reading of B, with no last day", "it was suspended, and is no longer", "A, B resume deal"],
        ),
        (
            "2031-01-05 A promises dig by 2031-01-10\n2031-01-06 B rejects dig\n",
            "dig in A",
            [
                "is due in the reading of A, with no last day",
                "False 2031-01-05 A promises dig by 2031-01-10, as above: it stands no longer",
                "True 2031-01-06 B rejects dig",
            ],
        ),
        (
            "2031-01-05 A promises fill by 2031-01-10\n2031-01-06 B rejects fill\n",
            "fill in A",
            [
                "is due in the reading of A, by 2031-02-20",
                "False 2031-01-05 A promises fill by 2031-01-10, as above: it stands no longer",
                "True 2031-01-06 B rejects fill",
            ],
        ),
        (
            "2031-01-05 A promises fill by 2031-01-10\n2031-01-06 A withdraws fill\n2031-01-07 A promises fill\n",
            "fill",
            ["is overdue in the reading of B, since 2031-01-10"],  # what was agreed is not taken back
        ),
        (
            "2031-01-02 A promises fill by 2031-01-10\n2031-01-10 A claims fill\n2031-01-14 M observes fill\n",
            "fill",
            [
                "is fulfilled in the reading of B since 2031-01-14, whether late is unknown",
                "it was claimed when that passed, and this neither credited nor disputed",
                "None 2031-01-10 A claims fill: B neither made nor confirmed it",
            ],
        ),
    ],
)
def test_what_is_not_so_has_its_words(more: str, asked: str, words: list[str]) -> None:
    name, _, reading = asked.partition(" in ")
    each = told_of(PLAIN + more, name, reading or "B")
    found = "\n".join(lines(each.tree))

    assert [each for each in words if each not in found] == [], found
    hold(each)
    alone = standing_with_these_alone(each)
    assert alone is not None
    assert (alone.status, alone.deadline) == (each.standing.status, each.standing.deadline)


@pytest.mark.parametrize(
    ("promised", "suspended", "moved"),
    [("2031-01-02", "2031-01-03", True), ("2031-01-02", "2031-01-08", False), ("2031-01-04", "2031-01-01", False)],
)
def test_a_suspension_after_the_last_day_or_before_it_was_said_has_not_moved_it(
    promised: str, suspended: str, moved: bool
) -> None:
    resumed = "2031-01-10" if suspended > promised else "2031-01-03"
    acts = f"{promised} A promises fill by 2031-01-05\n{suspended} A, B suspend deal\n{resumed} A, B resume deal\n"
    each = told_of(PLAIN + acts, "fill", "B")
    found = "\n".join(lines(each.tree))

    assert each.standing.deadline is not None
    assert ("moved by the time suspended" in found) is moved
    hold(each)


EACH_IN_ITS_PLACE = """case "Each in its place" timezone Etc/UTC
party A
party B
source deal dated 2031-01-01
  by A, B
event orders(ship)
obligation deliver of A to B
  under deal
  for each orders(ship)
  within 10 days
obligation refund of A to B
  under deal
  for each orders(ship)
  instead of deliver[ship]
obligation fine of A to B
  under deal
  for each breach of deliver[Boreas]
2031-01-05 A, B claim orders(ship=Argo)
2031-01-05 A, B claim orders(ship=Boreas)
"""


def test_what_is_in_place_of_one_instance_is_told_of_that_one() -> None:
    ended = told_of(EACH_IN_ITS_PLACE, "deliver[Boreas]")
    fine = told_of(EACH_IN_ITS_PLACE, "fine[1]")

    assert [each.text for each in ended.tree.because if "in its place" in each.text] == [
        "refund[Boreas] is in force in its place"
    ]
    assert [each.text for each in walk(fine.tree) if "deliver[Argo]" in each.text] == []


def test_what_is_in_place_of_an_instance_waits_for_the_breach_of_that_one() -> None:
    delivered = told_of(EACH_IN_ITS_PLACE + "2031-01-06 B confirms deliver[Argo]\n", "refund[Argo]")

    assert delivered.standing.status == "dormant"
    assert [each.text for each in delivered.standing.missing] == ["deliver[ship] is breached"]
