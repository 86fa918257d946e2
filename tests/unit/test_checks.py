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


MINE_AND_YOURS = """case "A wall" timezone Etc/UTC
party Ada
party Bo
party Cy
body Council
body Watch
person Agent for Bo
body Bureau for Watch
term every = Ada, Bo, Cy
term watchers = Watch
matter built
means look by watchers
source deal dated 2031-03-01
  by Ada, Bo, Cy
obligation dig of p to others
  for each p in every
obligation fill of Ada to p
  for each p in every
obligation mow of Ada to Bo
  under deal
obligation sow of Ada to Bo
obligation reap of Ada to Bo
power let-go of Council to Ada
  may waive mow
power let-all-go of p to others
  for each p in every
  may waive deal
2031-03-02 Bo holds look
  by Cy
2031-03-02 Ada holds reap
  to Cy
2031-03-02 Bo transfers sow to Council
"""


@pytest.mark.parametrize(
    ("act", "warned"),
    [
        ("Ada waives dig[Bo]", False),
        ("Bo waives fill[Bo]", False),
        ("Council waives dig[Bo]", True),
        ("Council waives mow", False),
        ("Cy waives mow", False),
        ("Watch waives mow", True),
        ("Agent waives reap", False),
        ("Cy waives reap", False),
        ("Ada waives reap", True),
        ("Council waives sow", False),
        ("Watch observes built via look", False),
        ("Bureau observes built via look", False),
        ("Cy observes built via look", False),
        ("Ada observes built via look", True),
        ("Ada attempts look result denied", False),
    ],
)
def test_what_only_some_can_do_is_warned_of_from_others(act: str, warned: bool) -> None:
    codes = [each.code for each in load_text(f"{MINE_AND_YOURS}2031-03-05 {act}\n").diagnostics]

    assert ("not-owed-to" in codes or "not-the-carrier" in codes) == warned, codes
