"""What those meet who write a case of their own for the first time, and ask it."""

from unit.questions import asked, ran

STORE = """case "The store" timezone Etc/UTC
party North
party South
body Watch
body Bank "Bank of North" for North
item fuel "Fuel" counted held
matter sealed "The store is sealed"
event drops(level) "The account falls"
event topped(level) "It is filled again"
means look "A look" by Watch
source pact dated 2031-01-01
  by North, South
obligation hold-little "Hold little fuel." of North to South
  under pact
  done when at most 300 kg fuel held
  verified by look
obligation seal "Seal the store." of North to South
  under pact
  done when sealed
  verified by look
obligation fill "Fill the account again." of South to North
  under pact
  for each drops(level)
  done when topped(level)
  within 5 days
obligation report "Report." of North to South
  under pact
  when sealed

"""


def test_what_is_held_at_most_is_never_so_much_of_it() -> None:
    data = STORE + "2031-02-01 Watch observes 900 kg fuel held via look\n"
    less = data + "2031-02-05 Watch observes 280 kg fuel held via look\n"

    assert "     900 kg observed, at most 300 asked\n" in asked("status", "--at", "2031-02-02", data=data)
    assert "900 kg fuel held via look: more than that" in asked(
        "why", "hold-little", "--at", "2031-02-02", "--as", "South", data=data
    ).replace("\n      ", " ")
    assert "280 kg observed, at most 300 asked" in asked("attempts", "--at", "2031-02-06", data=less)


def test_a_look_at_a_state_of_affairs_or_an_event_was_to_show_what_hangs_on_it() -> None:
    data = (
        STORE + "2031-02-01 Watch observes sealed via look\n2031-02-02 Watch observes drops(level=40)\n"
        "2031-02-03 Watch observes topped(level=40) via look\n2031-02-04 Watch observes drops(level=50) via look\n"
    )
    found = asked("attempts", "--at", "2031-02-06", data=data)

    assert "seal\n   Seal the store.\n   proof asked for: look\n   2031-02-01  look  seen by Watch: sealed\n" in found
    assert "fill[40]\n   Fill the account again.\n   2031-02-03  look  seen by Watch: topped(level=40)\n" in found
    assert "on something else\n   2031-02-04  look  seen by Watch: drops(level=50)\n" in found
    assert "fill[50]" not in found


def test_an_expectation_that_fails_says_who_was_not_credited() -> None:
    data = STORE + "2031-02-01 Bank observes sealed\n2031-02-02 expect report is due in South\n"
    found = ran("check", "-", "-q", data=data).stdout

    assert "it waits for this: `sealed`" in found
    assert "South neither made nor confirmed it, and does not rely on Bank, an organ of North" in found


def test_an_expectation_about_an_instance_that_is_not_there_says_which_there_are() -> None:
    data = STORE + "2031-02-01 Bank observes drops(level=40)\n"
    none = ran("check", "-", "-q", data=data + "2031-02-02 expect fill[40] is due in South\n").stdout
    another = ran("check", "-", "-q", data=data + "2031-02-02 expect fill[41] is due in North\n").stdout

    assert "drops(level=40): South neither made nor confirmed it, and does not rely on Bank" in none
    assert "`fill` has no instance that is called `41`" in another
    assert "this reading has `fill[40]`" in another
    assert another.count("error[") + another.count("warning[") == 1


def test_why_says_what_a_reading_has_instead_of_an_instance() -> None:
    data = STORE + "2031-02-01 Bank observes drops(level=40)\n2031-02-02 Watch observes drops(level=50)\n"
    found = asked("why", "fill[40]", "--at", "2031-02-03", "--as", "South", data=data)
    first = asked("why", "fill[40]", "--at", "2031-02-01", "--as", "South", data=data)

    assert "there is no fill[40] in the reading of South; there is fill[50]\n" in found
    assert "there is no fill[40] in the reading of South\n  ? drops(level): asserted, but not known" in first


def test_the_same_reason_is_told_once() -> None:
    data = STORE + "2031-02-01 North claims seal\n2031-02-02 South confirms seal\n"
    found = ran("check", "-", "-q", data=data + "2031-02-03 expect seal is fulfilled late in South\n").stdout

    assert found.count("2031-02-02 South confirms seal\n") == 1


BORDER = """case "The border" timezone Etc/UTC
party North
party South
body Watch
matter voted "The vote has been held"
matter calm "Calm"
means tally "A tally" by Watch
source pact dated 2031-01-01
  by North, South
obligation vote "Hold the vote." of South to North
  under pact
  done when voted
obligation open-border "Open the border." of North to South
  under pact
  from 1 day after voted
obligation go-home "Go home." of North to South
  under pact
  from calm
obligation count "Count." of North to South
  under pact
  when tally is used
power wait "Put the count off." of South to North
  under pact
  when calm
  may suspend count

2031-01-05 South holds vote
  when open-border
2031-01-06 South suspends count
"""


def test_nobody_moves_before_that_from_which_it_is_owed() -> None:
    found = asked("wayout", "--at", "2031-01-07", "--goal", "open-border", data=BORDER)

    assert "circle 1" in found
    assert "   2. South: Hold the vote\n   3. North: Open the border\n" in found
    assert "in nobody's hands: “Calm”" in asked("wayout", "--at", "2031-01-07", "--goal", "go-home", data=BORDER)


def test_what_is_blocked_never_can_be_done_now() -> None:
    found = asked("stuck", "--at", "2031-01-05", "--goal", "count", data=BORDER)

    assert "   count\n     ← count is promised\n     ← tally is used (North)\n" in found


def test_a_dispute_about_an_act_of_power_names_the_act() -> None:
    found = asked("disputes", "--at", "2031-01-07", data=BORDER)

    assert "word on suspending count · would end 1 dispute\n" in found
    assert "   North  “2031-01-06 South suspends count” took no effect" in found
    assert "   South  “2031-01-06 South suspends count” took effect" in found


RAIDS = """case "Raids" timezone Etc/UTC
party North
party South
body Watch
event raids(side, place)
source pact dated 2031-01-01
  by North, South
prohibition no-raids "No raids." of South to North
  under pact
  forbids raids(side=South)
obligation account "Account for the raid." of South to North
  under pact
  for each breach of no-raids
  within 5 days

2031-02-01T08:00 Watch observes raids(side=South, place="mill")
2031-02-03 Watch observes raids(side=South, place="ford")
2031-02-04 South disputes raids(side=South, place="mill")
"""


def test_where_readings_count_otherwise_each_number_says_which_it_is() -> None:
    found = asked("status", "--at", "2031-02-05", data=RAIDS)
    before = asked("status", "--at", "2031-02-03", data=RAIDS)

    assert "     arose 2031-02-01T08:00 in North, record; 2031-02-03 in South\n" in found
    assert "arose" not in before


def test_changes_of_one_commitment_stand_below_each_other() -> None:
    data = STORE + "2031-02-01 North claims seal\n2031-02-02 South disputes seal\n2031-02-03 South confirms seal\n"
    found = asked("timeline", "--from", "2031-02-03", "--to", "2031-02-03", data=data, columns=50)

    assert "      seal\n        due, claim disputed → fulfilled · South\n        claimed → fulfilled · record\n" in (
        found
    )


RELIEF = """case "Relief" timezone Etc/UTC
party North
party South
body Agency
matter steps-done "The steps are done"
matter sealed "The store is sealed"
means look "A look" by Agency
source pact dated 2031-01-01
  by North, South, Agency
obligation seal "Seal the store." of North to South
  under pact
  done when sealed
  verified by look
obligation report "Report that the steps are done." of Agency to North, South
  under pact
  when seal is verified
  done when Agency observes steps-done
obligation lift "Lift the blockade." of South to North
  under pact
  when steps-done
"""


def test_what_a_body_reports_is_so_for_what_waits_for_it() -> None:
    found = asked("wayout", "--at", "2031-01-05", "--goal", "lift", data=RELIEF)

    assert "the goal needs no concession" in found
    assert "   3. Agency: Report that the steps are done\n   4. South: Lift the blockade\n" in found
    organ = RELIEF.replace("body Agency", 'body Agency "Agency of North" for North')
    assert "needs no concession" not in asked("wayout", "--at", "2031-01-05", "--goal", "lift", data=organ)


THREE = (
    RAIDS.partition("2031-02-04")[0]
    .replace("party North\n", "party North\nparty East\n")
    .replace("by North, South", "by North, South, East")
    .replace("of South to North", "of South to North, East")
)


def test_a_way_out_asks_those_who_have_the_instance() -> None:
    data = THREE + '2031-02-04 East disputes raids(side=South, place="mill")\n'
    found = asked("wayout", "--at", "2031-02-05", "--goal", "account[2]", data=data)

    assert "the goal needs no concession" in found
    assert "nothing is stuck" in asked("stuck", "--at", "2031-02-05", data=data)


def test_what_is_no_slip_is_not_warned_of() -> None:
    """Counts beside a share, words that are codes, instances of events that nobody has told of yet."""
    data = STORE.replace("at most 300 kg fuel", "80 % fuel") + (
        "2031-02-01 Watch observes 12 fuel held via look\n"
        "2031-02-02 Watch observes drops(level=Watch-2)\n"
        "2031-02-03 South claims fill[spring]\n"
    )
    found = ran("check", "-", "-q", data=data).stdout

    assert [code for code in ("odd-unit", "lookalike-value", "no-such-instance") if code in found] == []
