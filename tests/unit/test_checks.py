"""What is said of a case as a whole: what the one slip of each code in the corpus does not show."""

import pytest

from servanda import load_text

PASSED = """case "A wall" timezone Etc/UTC
party Ada
party Bo
party Cy
party Di
obligation build of Ada to Bo
2031-03-01 Ada promises build
2031-03-02 Bo, Cy, Di consent to build
"""


@pytest.mark.parametrize(
    ("acts", "warned"),
    [
        ("2031-03-05 Cy promises build\n", True),
        ("2031-03-04 Ada transfers build to Cy\n2031-03-05 Cy promises build\n", False),
        (
            "2031-03-04 Cy transfers build to Di\n2031-03-03 Ada transfers build to Cy\n2031-03-05 Di begins build\n",
            False,
        ),
        ("2031-03-04 Bo transfers build to Cy\n2031-03-05 Cy promises build\n", True),
    ],
)
def test_a_debt_that_passed_is_for_its_heir_to_do(acts: str, warned: bool) -> None:
    codes = [each.code for each in load_text(PASSED + acts).diagnostics]

    assert ("not-the-bearer" in codes) == warned


@pytest.mark.parametrize(
    ("acts", "warned"),
    [
        ("2031-03-05 Ada uses look\n", False),
        ("2031-03-05 Bo uses look\n", True),
        ("2031-03-04 Ada transfers look to Cy\n2031-03-05 Cy uses look\n", False),
        ("2031-03-05 Di uses look\n", True),
        ("2031-03-05 Bo uses end\n", False),
        ("2031-03-05 Cy uses end\n", True),
    ],
)
def test_a_right_or_power_is_for_its_holder_to_use(acts: str, warned: bool) -> None:
    text = "right look of Ada to Bo\npower end of Ada, Bo to Cy\n  may terminate build\n"
    codes = [each.code for each in load_text(PASSED + text + acts).diagnostics]

    assert ("not-the-bearer" in codes) == warned


OWN_BREACH = """case "A wall" timezone Etc/UTC
party Ada
party Bo
matter calm
matter over = build is breached
obligation repair of Ada to Bo
  done when over
obligation build of Ada to Bo
"""


@pytest.mark.parametrize(
    ("clauses", "warned"),
    [
        ("by 2031-03-05\n  done when build is breached", True),
        ("by 2031-03-05\n  done when over and calm", True),
        ("by 2031-03-05\n  done when repair", True),
        ("by 3 days after over", True),
        ("within 3 days of repair is claimed", True),
        ("by 2031-03-05\n  done when repair is breached", False),
        ("by 2031-03-05\n  done when repair is due", False),
        ("by 2031-03-05\n  when build is breached", False),
    ],
)
def test_what_is_done_or_due_by_its_own_breach_is_warned_of(clauses: str, warned: bool) -> None:
    codes = [each.code for each in load_text(f"{OWN_BREACH}  {clauses}\n").diagnostics]

    assert ("hangs-on-its-breach" in codes) == warned


LASTING = """case "A dam" timezone Etc/UTC
party Ada
party Bo
matter calm
obligation build of Ada to Bo
obligation repair of Ada to Bo
"""


@pytest.mark.parametrize(
    ("clauses", "warned"),
    [
        ("when build is overdue for 10 days", True),
        ("when calm and build is breached for 10 days", True),
        ("by 3 days after (build is overdue for 10 days)", True),
        ("for each week of build is overdue", True),
        ("when build is overdue for 10 days unless build", False),
        ("when (build is overdue unless build) for 10 days", False),
        ("for each week of build is overdue unless build", False),
        ("when 10 days after build is overdue", False),
        ("when calm for 10 days", False),
        ("when build is claimed for 10 days", False),
    ],
)
def test_a_status_that_is_asked_to_last_is_warned_of(clauses: str, warned: bool) -> None:
    codes = [each.code for each in load_text(f"{LASTING}  {clauses}\n").diagnostics]

    assert ("state-stays" in codes) == warned


WAIVED = """case "A wall" timezone Etc/UTC
party Ada
party Bo
party Cy
term neighbours = Bo, Cy
obligation build of Ada to Bo
obligation paint of Ada to neighbours
right pass of Ada to Bo
power stop of Ada to Bo
  may terminate build
obligation sweep of Ada to others
  for each p in neighbours
"""


@pytest.mark.parametrize(
    ("acts", "warned"),
    [
        ("2031-03-05 Bo waives build\n", False),
        ("2031-03-05 Ada waives build\n", True),
        ("2031-03-05 Cy waives build\n", True),
        ("2031-03-05 Cy waives paint\n", False),
        ("2031-03-05 Ada waives paint\n", True),
        ("2031-03-05 Ada waives pass, stop\n", False),
        ("2031-03-05 Bo waives pass\n", True),
        ("2031-03-05 Bo waives stop\n", True),
        ("2031-03-05 Ada waives sweep\n", False),
        ("2031-03-04 Bo transfers build to Cy\n2031-03-05 Cy waives build\n", False),
        ("2031-03-04 Cy holds build\n  to Bo, Cy\n2031-03-05 Cy waives build\n", False),
        ("power let-go of Cy to Bo\n  may waive build\n2031-03-05 Cy waives build\n", False),
    ],
)
def test_what_is_not_owed_to_one_is_not_ones_own_to_waive(acts: str, warned: bool) -> None:
    codes = [each.code for each in load_text(WAIVED + acts).diagnostics]

    assert ("not-theirs-to-waive" in codes) == warned


UNSEEN = """case "A wall" timezone Etc/UTC
party Ada
party Bo
party Cy
body Court
body Office for Cy
person Lea for Cy
channel room among Ada, Bo
channel hall among Ada, Lea
channel open
source note dated 2031-03-01
  by Ada to Bo
  via room
source memo dated 2031-03-01
  by Ada to Bo
  via room, hall
source pact dated 2031-03-01
  by Ada, Bo, Cy
  signed by Ada, Bo, Lea, Court
"""


@pytest.mark.parametrize(
    ("acts", "code"),
    [
        ("Cy recognises note\n", "source-unseen"),
        ("Ada, Lea recognise note\n", "source-unseen"),
        ("Office rejects note\n", "source-unseen"),
        ("Bo recognises note\n", ""),
        ("Court recognises note\n", ""),
        ("Cy recognises memo\n", ""),
        ("Ada claims talk\n  cites note\n", ""),
        ("Ada signs pact\n  via room\n", "signature-unseen"),
        ("Ada signs pact\n  via hall\n", "signature-unseen"),
        ("Ada, Bo sign pact\n  via room\n", "signature-unseen"),
        ("Ada, Bo sign pact\n  via hall, room\n", ""),
        ("Ada, Bo, Cy sign pact\n  via room\n", ""),
        ("Ada signs pact\n  via open\n", ""),
        ("Ada signs pact\n", ""),
        ("Ada signs pact\n  via room\n2031-03-09 Ada signs pact\n", ""),
        ("Ada signs pact\n  via room\n2031-03-09 Bo signs pact\n", "signature-unseen"),
    ],
)
def test_stances_and_signatures_out_of_view_are_warned_of(acts: str, code: str) -> None:
    loaded = load_text(f"{UNSEEN}matter talk\n2031-03-05 {acts}")
    found = {each.code for each in loaded.diagnostics} & {"source-unseen", "signature-unseen"}

    assert found == ({code} if code else set())


SEEN = """case "A wall" timezone Etc/UTC
party Ada
party Bo
party Cy
body Watch
person Agent for Bo
body Bureau for Watch
term watchers = Watch
matter built
means look by watchers
means glance
2031-03-02 Bo holds look
  by Cy
"""


@pytest.mark.parametrize(
    ("act", "warned"),
    [
        ("Watch observes built via look", False),
        ("Bureau observes built via look", False),
        ("Cy observes built via look", False),
        ("Ada, Watch observe built via look", False),
        ("Ada observes built via look", True),
        ("Agent observes built via look", True),
        ("Ada observes built via glance", False),
        ("Ada attempts look result denied", False),
    ],
)
def test_who_looks_through_a_means_is_one_who_carries_it_out(act: str, warned: bool) -> None:
    codes = [each.code for each in load_text(f"{SEEN}2031-03-05 {act}\n").diagnostics]

    assert ("not-the-carrier" in codes) == warned, codes


def test_a_reserved_word_taken_for_a_name_is_one_slip() -> None:
    text = """case "A wall" timezone Etc/UTC
party Ada
party Bo
source deal dated 2031-01-01
  by Ada, Bo
right file of Ada to Bo
  under deal
matter kept = done
2031-02-01 Bo transfers file to Ada
2031-02-02 Bo consents to file
2031-02-03 expect file is open in Ada
2031-02-04 expect file is open in Bo
"""
    found = [each for each in load_text(text).diagnostics if each.code == "reserved-word"]

    assert [(each.span.words, each.span.line, len(each.related)) for each in found] == [("file", 6, 3), ("done", 8, 0)]
    assert found[0].message.endswith("as the name of the right (used 5 times)")
    assert found[1].message.endswith("as a condition")


def test_of_a_name_that_is_not_there_nothing_is_said_but_that() -> None:
    found = load_text("1962-01-01 expect nowhere is not owed late in nobody\n").diagnostics

    assert {each.code for each in found if each.span.words in ("nowhere", "nobody")} == {"unknown-name"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("event runs(train, train)", "argument-twice"),
        ("2031-02-01 Ada observes runs(train=a, train=b)", "argument-twice"),
        ("obligation tell of Bo to Ada\n  for each runs(train, train)", "argument-twice"),
        ("obligation tell of Bo to Ada\n  done when runs(train=a, load=b, train=a)", "argument-twice"),
        ("2031-02-01 Ada observes runs(train=a, load=a)", ""),
        ("obligation tell of Ada, Bo to others", "others-of-nobody"),
        ("obligation tell of Bo to Ada\n  together with others", "others-of-nobody"),
        ("obligation tell of Bo to Ada\n  for each runs(train)\n  together with others", ""),
        ("obligation tell of p to others\n  for each p in both", ""),
    ],
)
def test_arguments_are_named_once_and_others_are_others_of_something(line: str, code: str) -> None:
    case = "party Ada\nparty Bo\nterm both = Ada, Bo\n"
    case += "event runs(train, load)\n" * (not line.startswith("event"))
    found = [each.code for each in load_text(f"{case}{line}\n").diagnostics if each.severity == "error"]

    assert found == [code] * bool(code)
