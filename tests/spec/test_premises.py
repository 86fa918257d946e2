"""Each kind of premise, put into another reading: which sets of them end a dispute, said by hand for small cases."""

from __future__ import annotations

import pytest

from servanda import load_text
from servanda.model.time import dating_from_words
from servanda.readings import Between, between
from servanda.readings.sides import asked
from servanda.standing import Inquiry
from servanda.standing.lending import Premise, Table

AT = dating_from_words("2031-03-15")
HEAD = """case "Premises" timezone Etc/UTC
party Ada
party Bo
party Cy
channel hers among Ada
channel his among Bo, Cy
source deal dated 2031-01-01
  by Ada, Bo
matter m
item ore counted gone
item slag counted gone
term waste = slag
means look by Cy
2031-01-02 Ada, Bo recognise deal
"""


def held(text: str, one: str = "Ada", other: str = "Bo") -> Between:
    loaded = load_text(HEAD + text)
    assert loaded.ok, [str(each) for each in loaded.diagnostics]
    return between(Inquiry(loaded.case), AT, (one, other))


def bridges(text: str, name: str, one: str = "Ada", other: str = "Bo") -> dict[str, list[str]]:
    [dispute] = [each for each in held(text, one, other).disputes() if each.commitment == name]
    return {reading: sorted(" + ".join(each) for each in sets) for reading, sets in dispute.bridges.items()}


# ── what a reading's party has said ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("verb", ["recognises", "protests"])
def test_who_takes_a_word_as_its_own_is_bound_by_it(verb: str) -> None:
    """The bearer has said nothing: with the counterparty's word it has accepted, and without a condition."""
    between_them = held(f"obligation x of Ada to Bo\n2031-02-01 Bo {verb} x\n")
    ada, bo = between_them.table.sides

    assert asked(ada, bo, frozenset(), "x", None, 2).answers[0] == "not owed"
    bound = asked(ada, bo, frozenset([Premise("word", "x")]), "x", None, 2).answers
    assert bound[0] == "owed"
    assert verb == "protests" or bound == ("owed", "not done", "live")  # a protest undertakes nothing
    assert asked(bo, ada, frozenset(), "x", None, 2).answers[0] == "proposed"
    assert asked(bo, ada, frozenset([Premise("word", "x")]), "x", None, 2).answers[0] == "not owed"


def test_a_source_is_stood_by_or_not() -> None:
    text = """source draft dated 2031-02-01
  by Bo
  signed by Ada, Bo
obligation x of Ada to Bo
  under draft
2031-02-03 Ada rejects draft
"""
    assert bridges(text, "x") == {"Ada": ["source:draft"], "Bo": ["source:draft"]}


def test_a_source_that_one_does_not_know_takes_its_knowledge_as_well() -> None:
    text = """source note dated 2031-02-01
  by Ada
  via hers
obligation x of Ada to Bo
  under note
"""
    assert bridges(text, "x")["Ada"] == ["knowledge:note + source:note"]


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_version_is_taken_as_its_owner_has_it_from_when_it_has_it() -> None:
    text = """obligation x of Ada to Bo
  under deal
  when ore in waste
2031-02-01 Ada holds waste = ore
  via hers
"""
    assert bridges(text, "x")["Ada"] == ["term:waste"]
    ada, bo = held(
        text.replace("  when ore in waste", "  when ore in waste\n  within 20 days of ore in waste")
    ).table.sides
    taken = frozenset([Premise("term", "waste", (None, "definition"))])
    assert asked(bo, ada, taken, "x", None, 4).answers == asked(ada, bo, frozenset(), "x", None, 4).answers


def test_a_clause_is_a_premise_by_itself() -> None:
    text = """obligation x of Ada to Bo
  under deal
  by 2031-04-01
2031-02-01 Bo holds x
  by 2031-05-01
  verified by look
"""
    assert bridges(text, "x") == {"Ada": ["clause:x:by"], "Bo": ["clause:x:by"]}


def test_others_keep_their_own() -> None:
    """Cy's promise is asked in Cy's reading, whoever has taken over what."""
    text = """obligation clear of Cy to Bo
obligation pay of Bo to Ada
  when clear is promised
2031-01-03 Cy holds waste = ore
2031-01-03 Cy promises clear when ore in waste
2031-01-03 Ada, Bo recognise pay
"""
    ada, bo = held(text).table.sides
    taken = frozenset([Premise("term", "waste", (None, "definition"))])

    assert asked(bo, ada, taken, "pay", None, 2).answers[2] == "live"


# ── what is so ──────────────────────────────────────────────────────────────────────────────────────────────

WAITING = "obligation x of Ada to Bo\n  under deal\n  when m\n"


def test_credit_is_a_premise() -> None:
    assert held(f"{WAITING}2031-02-01 Ada claims m\n").changes("credit:m") != []
    assert bridges(f"{WAITING}2031-02-01 Ada claims m\n", "x") == {"Ada": ["credit:m"], "Bo": ["credit:m"]}


@pytest.mark.parametrize("together", ["Ada, Cy", "Cy, Ada"])
def test_what_several_say_together_is_the_word_of_each(together: str) -> None:
    text = f"{WAITING}2031-02-01 {together} claim m\n"
    between_them = held(text)

    assert bridges(text, "x") == {"Ada": ["credit:m"], "Bo": ["credit:m"]}
    told = between_them.table.told(Premise("credit", "m")).versions
    act = f"“2031-02-01 {together} claim m”"
    assert told == {"Ada": f"credits {act}", "Bo": f"leaves open {act}"}
    hers = held(text, "Ada", "Cy").table.told(Premise("credit", "m")).versions["Ada"]
    assert sorted(hers.split("; ")) == [f"credits Ada’s word in {act}", f"leaves open Cy’s word in {act}"]


def test_only_what_is_credited_differently_where_it_counts_is_told() -> None:
    text = """obligation dig of Ada to Bo
  under deal
  for each month of 2031-01-05
2031-01-20 Ada claims dig[1]
2031-01-21 Bo confirms dig[1]
2031-02-20 Ada claims dig[2]
"""
    told = held(text).table.told(Premise("credit", "dig"))

    assert told.versions == {
        "Ada": "credits “2031-02-20 Ada claims dig[2]”",
        "Bo": "leaves open “2031-02-20 Ada claims dig[2]”",
    }
    assert told.owner is None


def test_what_is_said_of_what_nobody_disputes_is_not_told_among_it() -> None:
    text = """item money counted held, released
obligation hold-it of Ada to Bo, Cy
  under deal
  done when 100 EUR money held
obligation release of Ada to Bo
  under deal
  done when 100 EUR money released
2031-01-20 Ada claims 100 EUR money held
2031-01-21 Cy confirms hold-it
2031-02-20 Ada claims 100 EUR money released
"""
    told = held(text).table.told(Premise("credit", "money"))

    assert told.versions["Bo"] == "leaves open “2031-02-20 Ada claims 100 EUR money released”"


def test_what_has_ended_was_breached_or_not_and_is_never_late() -> None:
    text = """event sale(thing)
prohibition keep of Ada to Bo
  under deal
  until 2031-02-10
  forbids sale
obligation fetch of Ada to Bo
  under deal
  by 2031-02-01
2031-01-20 Bo claims sale(thing=ore)
2031-01-25 Ada claims fetch
2031-02-05 Bo recognises fetch
2031-02-10 Cy claims fetch
Bo trusts Cy
"""
    answers = {each.name: each.answers for each in held(text).disputes()}

    assert answers == {
        "keep": {"Ada": "not breached", "Bo": "breached"},
        "fetch": {"Ada": "in time", "Bo": "unknown whether late"},
    }


def test_what_one_has_not_heard_one_does_not_credit() -> None:
    found = bridges(f"{WAITING}2031-01-05 Ada trusts Bo\n2031-02-01 Bo claims m\n  via his\n", "x")

    assert [each.partition("#")[0] for each in found["Ada"]] == [
        "credit:m",
        "knowledge:2031-02-01 Bo claims m via his",
    ]


def test_trust_is_a_premise() -> None:
    found = bridges(f"{WAITING}2031-01-05 Ada trusts Cy\n2031-02-01 Cy claims m\n", "x")

    assert found == {"Ada": ["credit:m", "trust:Cy"], "Bo": ["credit:m", "trust:Cy"]}


def test_who_has_confirmed_it() -> None:
    text = """obligation x of Ada to Bo
  under deal
  verified by look
2031-01-03 Cy recognises x
2031-02-01 Ada claims x
2031-02-02 Bo confirms x
"""
    assert bridges(text, "x", "Bo", "Cy") == {"Bo": ["credit:x"], "Cy": ["credit:x"]}


# ── powers ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_whether_an_act_of_power_took_effect() -> None:
    text = "obligation x of Ada to Bo\n  under deal\n2031-02-01 Ada suspends x\n"

    changes = held(text).changes("word:x:suspend")
    assert [(each.taker, each.standings) for each in changes] == [
        ("Bo", {"x": ("due", "suspended")}),
        ("Ada", {"x": ("suspended", "due")}),
    ]
    assert bridges(text, "x") == {"Ada": ["word:x:suspend"], "Bo": ["word:x:suspend"]}


def test_whether_a_power_was_open_at_its_use() -> None:
    text = """obligation x of Bo to Ada
  under deal
power stop of Ada to Bo
  under deal
  when ore in waste
  may suspend x
2031-01-05 Ada holds waste = ore
2031-02-01 Ada suspends x
"""
    assert bridges(text, "x")["Ada"] == ["term:waste", "word:x:suspend"]


def test_whether_a_right_was_used() -> None:
    text = """right pass of Ada to Bo
  under deal
2031-01-05 Bo holds pass
  of Cy
2031-02-01 Ada uses pass
"""
    assert bridges(text, "pass")["Ada"] == ["clause:pass:of", "word:pass:use"]


# ── without consequence ─────────────────────────────────────────────────────────────────────────────────────


def test_silence_is_no_difference() -> None:
    between_them = held("obligation x of Ada to Bo\n  under deal\n2031-02-01 Ada recognises x\n")

    assert list(between_them.disputes()) == []
    assert between_them.without_consequence() == []


def test_what_nothing_hangs_on_is_told_apart() -> None:
    between_them = held("obligation x of Ada to Bo\n  under deal\n2031-02-01 Ada holds waste = ore\n")

    assert list(between_them.disputes()) == []
    assert [(each.id, each.owner) for each in between_them.without_consequence()] == [("term:waste", "Ada")]


def test_what_the_next_question_hangs_on_is_not_without_consequence() -> None:
    """They part on whether it is owed; that Bo would have it wait comes after that."""
    text = """obligation x of Ada to Bo
  under deal where ore in waste
2031-01-05 Ada holds waste = ore
2031-01-05 Bo holds x
  when m
"""
    between_them = held(text)
    [dispute] = between_them.disputes()

    assert dispute.bridges == {"Ada": (("term:waste",),), "Bo": (("term:waste",),)}
    assert [each.id for each in dispute.premises] == ["clause:x:when", "term:waste"]
    assert between_them.without_consequence() == []


def test_every_table_has_a_test_here() -> None:
    from typing import get_args

    assert set(get_args(Table)) == {
        "term", "clause", "word", "source", "credit", "trust", "effect", "hearing", "finding"
    }  # fmt: skip


def test_what_two_hold_alike_now_and_held_differently_once_is_told() -> None:
    text = """obligation x of Ada to Bo
  under deal
  by 2031-02-10
2031-01-05 Ada holds x
  by 2031-02-20
2031-02-15 Ada, Bo hold x
  by 2031-03-01
2031-03-10 Ada claims x
"""
    [found] = [each for dispute in held(text).disputes() for each in dispute.premises if each.kind == "clause"]

    assert found.versions == {
        "Ada": "by 2031-03-01; until 2031-02-15: by 2031-02-20",
        "Bo": "by 2031-03-01; until 2031-02-15: by 2031-02-10",
    }
