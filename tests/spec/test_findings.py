"""What a careful secretary would raise: each rule with a case in which it speaks, and one in which it is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda import load, load_text
from servanda.findings import KINDS, Ask, CrossCheck, Finding, coverage, cross_check
from servanda.model.case import Case
from servanda.model.time import dating_from_words
from servanda.sources import SourceText
from servanda.standing import Inquiry
from servanda.standing.chronicle import acts_in_view
from servanda.standing.links import Links

EXAMPLES = Path(__file__).parents[2] / "examples"
GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "cross-check.md"
HEAD = """case "Findings" timezone Etc/UTC
party Ada
party Bo
body Watch
source deal dated 2031-01-01
  by Ada, Bo
matter m
means look by Watch
  consent of Ada
item boats counted built
event calls(ship)
2031-01-02 Ada, Bo recognise deal
  cites deal
"""


def checked(case: Case, at: str) -> CrossCheck:
    date, readings = dating_from_words(at), (*case.parties, "record")
    return cross_check(Inquiry(case), acts_in_view(case, case.acts, readings, date), readings, date)


def found(text: str, kind: str) -> list[Finding]:
    assert kind in KINDS
    loaded = load_text(HEAD + text)
    assert loaded.ok, [str(each) for each in loaded.diagnostics]
    return [each for each in checked(loaded.case, "2031-03-15").findings if each.kind == kind]


def one(text: str, kind: str) -> str:
    [finding] = found(text, kind)
    assert finding.spans
    return finding.message


X = "obligation x of Ada to Bo\n  under deal\n"


# ── said ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_claim_that_nobody_has_answered() -> None:
    [finding] = found(f"{X}2031-02-01 Ada claims x\n", "unanswered-claim")

    assert finding.message == "`x` is claimed by Ada (2031-02-01), and nobody has confirmed, disputed or observed it"
    assert finding.asks == (Ask(("Bo",), "whether `x` is so"),)


@pytest.mark.parametrize("answer", ["Bo confirms x", "Bo disputes x", "Watch observes x"])
def test_an_answer_settles_that(answer: str) -> None:
    assert found(f"{X}2031-02-01 Ada claims x\n2031-02-02 {answer}\n", "unanswered-claim") == []


@pytest.mark.parametrize(
    ("claim", "said", "asked"),
    [
        ("Watch claims m", "", False),
        ("Watch claims calls(ship=Elk)", "", False),
        ("Watch claims m", "Bo rejects Watch", True),
        ("Ada claims m", "Bo trusts Ada", False),
        ("Ada claims m", "", True),
    ],
)
def test_what_all_others_believe_anyway_needs_no_answer(claim: str, said: str, *, asked: bool) -> None:
    text = f"{X}  when m\nobligation w of Ada to Bo\n  done when calls(ship=Elk)\n"
    word = f"2031-01-20 {said}\n" if said else ""

    assert bool(found(f"{text}{word}2031-02-01 {claim}\n", "unanswered-claim")) is asked


EACH = """term both = Ada, Bo
obligation y of p to others
  for each p in both
  under deal
  done when 4 boats of p built
event moors(ship)
obligation w of Ada to Bo
  under deal
  done when moors(ship=Elk)
"""


@pytest.mark.parametrize(
    ("claim", "other", "answer", "what"),
    [
        ("y[Ada]", "Bo disputes y[Bo]", "Bo disputes y[Ada]", "y[Ada]"),
        ("y[Ada]", "Watch observes y[Bo]", "Watch observes y", "y[Ada]"),
        (
            "4 boats of Ada built",
            "Watch observes 4 boats of Bo built",
            "Watch observes 2 boats of Ada built",
            "4 boats of Ada built",
        ),
        ("4 boats of Ada built", "Bo disputes y[Bo]", "Bo disputes y[Ada]", "4 boats of Ada built"),
        ("moors(ship=Elk)", "Watch observes moors(ship=Roe)", "Bo disputes moors(ship=Elk)", "moors"),
    ],
)
def test_an_answer_is_one_to_the_same_thing(claim: str, other: str, answer: str, what: str) -> None:
    text = f"{EACH}2031-02-01 Ada claims {claim}\n2031-02-02 {other}\n"
    [finding] = found(text, "unanswered-claim")

    assert finding.message.startswith(f"`{what}` is claimed by Ada")
    assert finding.asks == (Ask(("Bo",), f"whether `{what}` is so"),)
    assert found(f"{text}2031-02-03 {answer}\n", "unanswered-claim") == []


EARLIER = "obligation w of Ada to Bo\n  under deal\n  done when calls(ship=Elk)\n"


@pytest.mark.parametrize(
    ("before", "on", "answered"),
    [
        ("2031-02-01 Watch observes calls(ship=Elk)", "2031-02-01", True),
        ("2031-02-01 Ada claims calls(ship=Elk)\n2031-02-02 Bo disputes calls(ship=Elk)", "2031-02-01", True),
        ("2031-02-04 Watch observes calls(ship=Elk)\n  on 2031-02-01", "2031-02-01", True),
        ("2031-02-01 Watch observes calls(ship=Elk)", "2031-02-03", False),
        ("2031-02-01 Watch observes calls(ship=Roe)", "2031-02-01", False),
        ("2031-02-02 Bo disputes calls(ship=Elk)", "2031-02-01", False),
    ],
)
def test_an_event_that_was_spoken_of_before_it_was_claimed(before: str, on: str, answered: bool) -> None:
    text = f"{EARLIER}{before}\n2031-02-05 Ada claims calls(ship=Elk)\n  on {on}\n"

    assert bool(found(text, "unanswered-claim")) is not answered


@pytest.mark.parametrize("answer", ["2031-02-02 Bo claims m", "2031-01-20 Bo claims m", "2031-02-01 Ada, Bo claim m"])
def test_who_claims_the_same_on_another_side_has_answered(answer: str) -> None:
    assert found(f"{X}  when m\n2031-02-01 Ada claims m\n{answer}\n", "unanswered-claim") == []


def test_who_owes_it_too_has_not_answered() -> None:
    text = "party Cy\nobligation y of Ada, Cy to Bo\n  under deal\n  done when m\n2031-02-01 Ada, Cy claim {}\n"

    for what in ("y", "m"):
        assert len(found(text.format(what), "unanswered-claim")) == 2


def test_an_amount_that_was_claimed_is_told_whole() -> None:
    [finding] = found(f"{X}  done when 3 boats built\n2031-02-01 Ada claims 2 boats built\n", "unanswered-claim")

    assert finding.message.startswith("`2 boats built` is claimed by Ada")
    assert finding.asks == (Ask(("Bo",), "whether `2 boats built` is so"),)


def test_an_answer_counts_from_the_claim_on() -> None:
    assert found(f"{X}2031-01-31 Bo disputes x\n2031-02-01 Ada claims x\n", "unanswered-claim")


def test_its_author_does_not_answer_a_claim() -> None:
    assert found(f"{X}2031-02-01 Ada claims x\n2031-02-02 Ada confirms x\n", "unanswered-claim")


def test_a_claim_that_is_the_performance_needs_no_answer() -> None:
    assert found(f"{X}  done when claimed\n2031-02-01 Ada claims x\n", "unanswered-claim") == []


def test_a_claim_of_what_the_other_side_has_for_done_needs_no_answer() -> None:
    text = "  done when 2 boats built\n2031-01-20 Watch observes 2 boats built\n2031-02-01 Ada claims x\n"

    assert found(X + text, "unanswered-claim") == []


def test_who_waits_for_a_claim_is_asked() -> None:
    [finding] = found(f"{X}  when m\n2031-02-01 Ada claims m\n", "unanswered-claim")

    assert finding.asks == (Ask(("Bo",), "whether `m` is so"),)


def test_what_the_other_side_claims_too_needs_no_answer() -> None:
    third = 'party Cy "Cy"\nobligation y of Ada, Bo to Cy\n  under deal\n  when m\n'

    assert found(f"{X}  when m\n2031-02-01 Ada, Bo claim m\n", "unanswered-claim") == []
    assert found(f"{X}  when m\n2031-02-01 Bo claims m\n2031-02-02 Ada claims m\n", "unanswered-claim") == []
    assert len(found(f"{third}2031-02-01 Ada claims y\n2031-02-02 Bo claims y\n", "unanswered-claim")) == 2


def test_what_two_claim_alike_needs_no_answer_where_nobody_else_is_asked() -> None:
    assert found("2031-02-01 Ada, Bo claim m\n", "unanswered-claim") == []


def test_a_promise_without_a_date() -> None:
    text = f"{X}2031-02-01 Ada promises x"

    assert one(f"{text}\n", "undated-promise") == "`x` is promised by Ada (2031-02-01), by no date"
    assert found(f"{text} by 2031-04-01\n", "undated-promise") == []
    assert found(f"{X}  by 2031-04-01\n2031-02-01 Ada promises x\n", "undated-promise") == []
    assert found(f"{text}\n2031-02-02 Bo confirms x\n", "undated-promise") == []


def test_acts_that_cite_nothing_are_one_finding() -> None:
    cited = "2031-02-03 Ada recognises deal\n  cites deal\n"

    assert one(f"{cited}2031-02-01 Bo recognises deal\n", "cites-nothing") == (
        "1 of 3 acts cites nothing: “2031-02-01 Bo recognises deal”"
    )
    assert found(f'{cited}2031-02-01 Bo states "Good."\n', "cites-nothing") == []


# ── waiting ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_matter_of_which_nobody_has_said_anything() -> None:
    assert one(f"{X}  when m\n", "out-of-reach") == (
        "x (Ada) and x (Bo) wait for `m`: nobody has said that it is so, and nothing defines when it would be"
    )
    assert found(f"{X}  when m\n2031-02-01 Ada claims m\n", "out-of-reach") == []


def test_a_matter_that_somebody_owes_to_bring_about() -> None:
    owed = "obligation y of Bo to Ada\n  done when m\n"
    text = f"{owed}{X}  when m\n"

    assert "x (Ada) and x (Bo) wait for `m`" in one(text, "out-of-reach")
    assert found(f"{text}2031-02-01 Ada recognises y\n", "out-of-reach")
    assert found(f"{text}2031-02-01 Bo promises y by 2031-05-01\n", "out-of-reach") == []


def test_a_consent_that_was_refused() -> None:
    text = f"{X}  when Ada consents to look\n2031-02-01 Ada refuses look\n"

    assert "wait for `Ada consents to look`: Ada has refused it (2031-02-01)" in one(text, "out-of-reach")
    assert found(f"{X}  when Ada consents to look\n", "out-of-reach") == []


def test_an_instrument_that_a_signer_rejects() -> None:
    text = f"source pact dated 2031-02-01\n  signed by Ada, Bo\n{X}  when pact is signed\n"

    assert found(text, "out-of-reach") == []
    assert "wait for `pact is signed`: Bo rejects it (2031-02-02)" in one(
        f"{text}2031-02-02 Bo rejects pact\n", "out-of-reach"
    )
    assert found(f"{text}2031-02-02 Bo rejects pact\n2031-02-03 Bo recognises pact\n", "out-of-reach") == []


def test_a_matter_that_somebody_is_to_bring_about_is_within_reach() -> None:
    dig = "obligation dig of Bo to Ada\n  done when m\n"

    assert found(f"{X}  when m\n{dig}  under deal\n", "out-of-reach") == []
    assert found(f"{X}  when m\n{dig}2031-02-01 Bo offers dig when x is promised\n", "out-of-reach") == []
    assert "wait for `m`" in one(f"{X}  when m\n{dig}", "out-of-reach")
    assert "wait for `m`" in one(f"{X}  when m\n  done when m\n", "out-of-reach")


def test_the_condition_of_a_promise_is_asked_of_its_giver() -> None:
    text = (
        "source aside dated 2031-01-01\n  by Ada\nparty Cy\nobligation y of Cy to Ada\n  under aside\n"
        "2031-01-03 Cy recognises y\nobligation z of Ada to Bo\n2031-01-04 Ada promises z when y\n"
    )

    assert found(text, "out-of-reach") == []


def test_a_commitment_that_is_not_owed_itself() -> None:
    text = f"obligation y of Bo to Ada\n{X}  when y\n"

    assert "x (Ada) and x (Bo) wait for `y`: it is not owed itself" in one(text, "out-of-reach")
    assert found(f"{text}2031-02-01 Bo promises y by 2031-05-01\n", "out-of-reach") == []
    assert found(f"{text}2031-02-01 Bo offers y when x is promised\n", "out-of-reach") == []


def test_of_two_ways_both_have_to_be_out_of_reach() -> None:
    text = f"matter n\n{X}  when m or n\n"

    assert "wait for `m or n`" in one(text, "out-of-reach")
    assert found(f"{text}2031-02-01 Bo observes n\n2031-02-02 Bo disputes n\n", "out-of-reach") == []


def test_a_proof_whose_means_lacks_a_consent() -> None:
    text = f"{X}  verified by look\n"

    assert one(text, "proof-without-consent") == "`x` is to be shown by look (in Ada): `look` lacks the consent of Ada"
    assert "refused (2031-02-01)" in one(f"{text}2031-02-01 Ada refuses look\n", "proof-without-consent")
    assert found(f"{text}2031-02-01 Ada consents to look\n", "proof-without-consent") == []
    assert found(f"{text}2031-02-01 Bo confirms x\n2031-02-01 Ada claims x\n", "proof-without-consent") == []


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_term_in_two_senses() -> None:
    text = "item rafts counted built\nterm craft = boats\n"

    assert found(text, "two-senses") == []
    assert one(f"{text}2031-02-01 Ada holds craft = boats, rafts\n", "two-senses") == (
        "`craft` is boats, rafts (Ada); boats (Bo)"
    )


def test_a_commitment_that_rests_on_no_source() -> None:
    bare = "obligation z of Ada to Bo\n"

    assert one(bare, "no-source") == "`z` rests on no source, and no act speaks of it: nobody owes it"
    assert found(f"{bare}2031-04-01 Ada promises z\n", "no-source") == []  # nobody has spoken of it yet
    assert "nobody has promised it" in one(f"{bare}2031-02-01 Bo recognises z\n", "no-source")
    offered = f"{bare}2031-02-01 Ada offers z when 2031-05-01\n"
    assert "only on what Ada offered (2031-02-01)" in one(offered, "no-source")
    assert "only on what Ada promised (2031-02-01)" in one(f"{bare}2031-02-01 Ada promises z\n", "no-source")
    assert found(f"{X}2031-02-01 Ada promises x\n", "no-source") == []


def test_a_task_that_a_body_has_not_taken_on() -> None:
    task = "obligation count of Watch to Ada, Bo\n  under deal\n"

    assert one(task, "not-taken-up") == (
        "`count` is to be done by Watch, which has not said that it would: it stays proposed"
    )
    assert found(task, "not-taken-up")[0].asks == (Ask(("Watch",), "whether it takes `count` on"),)
    assert found(f"{task}2031-02-01 Watch recognises deal\n", "not-taken-up") == []
    assert found(f"{task}2031-02-01 Watch claims count\n", "not-taken-up") == []
    assert found("obligation count of Bo to Ada\n", "not-taken-up") == []


def test_what_a_body_wrote_with_others_it_has_taken_on() -> None:
    task = "obligation count of Watch to Ada, Bo\n  under rules\n"

    assert found(f"source rules dated 2031-01-01\n  by Ada\n{task}", "not-taken-up") != []
    assert found(f"source rules dated 2031-01-01\n  by Ada, Watch\n{task}", "not-taken-up") == []


# ── counted ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_declared_beside_observed() -> None:
    text = "2031-02-01 Ada claims 5 boats built\n2031-02-02 Watch observes 3 boats built\n"
    case = load_text(f"{HEAD}{text}2031-02-03 Watch observes 1 more boats built\n").case

    assert one(text, "amounts-differ") == "boats built: 5 declared by Ada, 3 observed by Watch"
    assert [(each.what, each.author, each.declared, each.observed) for each in checked(case, "2031-03-15").tallies] == [
        ("boats built", "Ada", 5, None),
        ("boats built", "Watch", None, 4),
    ]
    assert found(f"{text}2031-02-04 Watch observes 5 boats built\n", "amounts-differ") == []


def test_what_may_be_recorded_twice() -> None:
    first = "2031-02-01 Ada observes calls(ship=Elsa)\n"

    assert "counts as two" in one(f"{first}2031-02-03 Bo observes calls(ship=Elsa)\n", "recorded-twice")
    assert found(f"{first}2031-02-09 Bo observes calls(ship=Elsa)\n", "recorded-twice") == []
    assert found(f"{first}2031-02-02 Bo observes calls(ship=Otto)\n", "recorded-twice") == []
    assert found(f"{first}2031-02-01 Bo observes calls(ship=Elsa)\n", "recorded-twice") == []  # one event, seen by two
    assert "stands in the record 2 times" in one(first + first, "recorded-twice")


# ── coverage ────────────────────────────────────────────────────────────────────────────────────────────────

TEXT = """A TREATY of 3 parts
Article 1. Boats are built.
It goes on.
Article 2. Nobody speaks of this.
Article 3
1. First.
2. Second: boats are sunk.
"""


def test_the_parts_that_no_commitment_rests_on() -> None:
    lines = [
        "obligation a of Ada to Bo", "  under deal art1", "obligation b of Ada to Bo", '  under deal "boats are sunk"',
        "obligation c of Ada to Bo", '  under deal "stands nowhere"',
    ]  # fmt: skip
    case = load_text(HEAD + "\n".join(lines) + "\n").case

    covered = coverage(Links(case, case.acts).clauses(), "deal", SourceText(TEXT))

    assert [(part.number, part.line, part.commitments) for part in covered.parts] == [
        ("1", 2, ("a",)),
        ("2", 4, ()),
        ("3", 5, ("b",)),
    ]
    assert [part.begins for part in covered.bare] == ["Article 2. Nobody speaks of this."]
    assert covered.unplaced == ("c",)


CONTRACT = """SALE OF A BOAT
1. PARTS
1.1 A boat is a boat.
2 PRICE
2.1 Ada pays the price,
2.5 million at most.
2.2 Bo gives a receipt.
3. END
"""


def test_the_paragraphs_of_a_contract_are_parts_of_it() -> None:
    lines = ["obligation a of Ada to Bo", "  under deal art2.1", "obligation b of Ada to Bo", "  under deal art3"]
    case = load_text(HEAD + "\n".join(lines) + "\n").case

    covered = coverage(Links(case, case.acts).clauses(), "deal", SourceText(CONTRACT))

    assert [(part.number, part.line, part.commitments) for part in covered.parts] == [
        ("1", 2, ()), ("1.1", 3, ()), ("2.1", 5, ("a",)), ("2.2", 7, ()), ("3", 8, ("b",)),
    ]  # fmt: skip


def test_what_rests_on_a_paragraph_rests_on_its_article() -> None:
    case = load_text(HEAD + "obligation a of Ada to Bo\n  under deal art1.1\n").case

    covered = coverage(Links(case, case.acts).clauses(), "deal", SourceText(CONTRACT))

    assert [(part.number, part.commitments) for part in covered.parts][:2] == [("1", ("a",)), ("1.1", ("a",))]


# ── the case of 1962 ────────────────────────────────────────────────────────────────────────────────────────


def test_every_finding_of_the_real_case_is_judged_and_few_are_noise() -> None:
    """The guide has a row for each finding on four days; at most a fifth of them is noise."""
    judged: dict[tuple[str, str], str] = {}
    for line in GUIDE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 4 and cells[2] in ("useful", "noise"):
            judged[cells[0].strip("`"), cells[1].strip("`")] = cells[2]
    case = load(EXAMPLES / "cuba-1962").case
    days = ("1962-11-10", "1962-11-15", "1962-11-21", "1963-01-07")
    raised = {(each.kind, each.about) for day in days for each in checked(case, day).findings}

    assert set(judged) == raised
    assert sum(each == "noise" for each in judged.values()) <= len(judged) / 5
