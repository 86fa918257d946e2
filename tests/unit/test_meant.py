"""What a line that cannot be read may have meant: seen from the words around, and from what people reach for."""

import pytest

from servanda.load import load_text

CASE = """case "Words" timezone Etc/UTC
party Ada
party Bo
party A
body Court
item rent counted paid
matter ready
source deal dated 2031-01-01
  by Ada, Bo
means visit by Court
  consent of Bo
obligation pay of Bo to Ada
  done when 500 EUR rent paid
event calls(who, room)
"""


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("2031-02-01 Bo claims 7,955,000 EUR rent paid", "a number has no separators: `7955000`"),
        ("2031-02-01 Bo claims EUR 500 rent paid", "the unit stands behind the number: `500 EUR`"),
        ("2031-02-01 Bo claims 20 % more rent paid", "`more` stands behind the number: `20 more %`"),
        ("2031-02-01 18:00 Bo claims pay", "the hour belongs to the date: `2031-02-01T18:00`"),
        ("2031-02-01 8:00 Bo claims pay", "the hour belongs to the date: `2031-02-01T08:00`"),
        ("2031-2-1 Bo claims pay", "did you mean `2031-02-01`?"),
        ("2031-02 Bo claims pay", "did you mean `2031-02-01..2031-02-28`?"),
        ("2031-02-01..03 Bo claims pay", "did you mean `2031-02-01..2031-02-03`?"),
        ("2031-02-01T18:00:00 Bo claims pay", "did you mean `2031-02-01T18:00`?"),
        ("2031-02-01T18 Bo claims pay", "did you mean `2031-02-01T18:00`?"),
        ("2031-13 Bo claims pay", ""),
        ("2031-02-01-2031-02-03 Bo claims pay", "did you mean `2031-02-01..2031-02-03`?"),
        ("about 2031-02-01 Bo claims pay", "about a day is written `~2031-02-01`"),
        ("circa 2031-02-01 Bo claims pay", "about a day is written `~2031-02-01`"),
        ("February 2031 Bo claims pay", "did you mean `2031-02-01..2031-02-28`?"),
        ("2031-02-01T18:00 UTC Bo claims pay", "the hour has its distance from UTC: `2031-02-01T18:00Z`"),
        ("2031-02-01T18:00 EST Bo claims pay", "the hour has its distance from UTC: `2031-02-01T18:00-05:00`"),
        ("2031-02-01 EST Bo claims pay", "`EST Bo` are two names: write the one that was declared, or a comma between"),
        ("2031-02-01 Bo claims 40 of 42 EUR rent paid", "an amount is one number: `40`, or a share: `90 %`"),
        ("2031-02-01 Bo claims rent paid", "how many? An amount begins with its number: `4 rent paid`"),
        ("2031-02-01 Bo claims rent paid via visit", "how many? An amount begins with its number: `4 rent paid`"),
        ("source note dated 1 January 2031", "a date is written `2031-01-01`"),
        ("obligation end of Bo to Ada by 30 June 2031", "a date is written `2031-06-30`"),
        ("2031-02-01 Ada terminates the pay", "leave out `the`"),
        ("2031-02-01 The Ada claims pay", "leave out `The`"),
        ("2031-02-01 Bo gives notice", 'write what was done or told: `claims`, or `states "…"`'),
        ("2031-02-01 Ada accepts pay", "a text, or what is asked, one `recognises`; what was done, one `confirms`"),
        ("2031-02-01 Ada expect pay is due in Bo", "begin with `expect`, after the date"),
        (
            "right back of Bo to Ada for 14 days after ready",
            "for so long: `until 30 days after …`, or `within 30 days of …`",
        ),
        ("obligation end of Bo to Ada due 2031-02-01", "did you mean `by`?"),
        ("matter over = deal is signed by Bo", "who did it stands first: `Bo signs deal`"),
        ("matter over = ready is observed by Court", "who did it stands first: `Court observes ready`"),
        ("matter over = pay[3] is confirmed by Ada", "who did it stands first: `Ada confirms …`"),
        ("matter over = pay is promised by Bo", "who did it stands first: `Bo promises pay`"),
        ("matter over = pay is overdue by Bo", "by whom or what is not said here: leave it out"),
        ("matter over = Bo has signed deal", "what somebody did is said so: `Bo signs deal`"),
        ("matter over = Bo has signed", "what somebody did is said so: `Bo signs …`"),
        ("matter over = Bo is ready", ""),
        ("obligation end of Bo and Ada to Court", "names have commas between them"),
        ("2031-02-01 A and Bo claim pay", "names have commas between them"),
        ("obligation end of A and Bo to Court", "names have commas between them"),
        ("2031-02-01 Bo promises to pay", "leave it out"),
        ("2031-02-01 Bo suspends pay for 30 days", "it lasts till somebody `resumes` it, by an act of its own"),
        ("2031-02-01 Bo, Ada suspend pay until ready", "it lasts till somebody `resumes` it, by an act of its own"),
        ("2031-02-01 Bo suspends pay\n  until 2031-03-01", "it lasts till somebody `resumes` it, by an act of its own"),
        ("2031-02-01 Bo suspends pay\n2031-02-02 Bo claims pay\n  until 2031-03-01", ""),
        ("obligation end of Bo to Ada\n  replaces pay", "did you mean `instead of`?"),
        ("2031-02-01 Bo withdraws consent to visit", "consent is taken back by `refuses`"),
        ("obligation end of Bo to Ada within 10 business days of ready", "the word here is `working`"),
        ("obligation end of Bo to Ada within 10 calendar days of ready", "leave it out: every day is counted"),
        ("obligation end of Bo to Ada within 10 days after ready", "the word here is `of`"),
        ("obligation end of Bo to Ada for each quarter of ready", "write it in months: `3 months`"),
        ("obligation end of Bo to Ada verified by visit and look", "any of them will do; the word here is `or`"),
        ("obligation end of Bo to Ada provided ready", "did you mean `when`?"),
        (
            "obligation end of Bo to Ada\n  when ready\n  unless pay",
            "it goes on with a condition, on its line: `when … unless …`",
        ),
        ("obligation end of Bo to Ada within three months of ready", "a number is written in digits: `3`"),
        ("obligation end of Bo to Ada done when at least half rent paid", "a number is written in digits: `50 %`"),
        (
            "2031-02-01 Ada accelerates pay",
            "who has a power `uses` it; what it makes due is an obligation of its own, `when` that power `is used`",
        ),
        ("duty end of Bo to Ada", "the word here is `obligation`"),
        ("2031-02-01 Bo violates pay", "no act: write who `observes` what happened, or `protests` the commitment"),
        ("2031-02-01 Bo assigns pay to Court", "the word here is `transfers`"),
        ("2031-02-01 Court determines ready", "the word here is `decides`"),
        ("2031-02-01 Bo, Ada object pay", "the word here is `protests`"),
        ("2031-02-01 expect pay is done in Bo", "the word here is `fulfilled`"),
        ("2031-02-01 expects pay is due in Bo", "begin with `expect`, after the date"),
        ("power end of Bo to Ada\n  may suspend pay\n  may terminate deal", "declare a second power for this"),
    ],
)
def test_a_slip_says_what_was_meant(line: str, label: str) -> None:
    errors = [each for each in load_text(f"{CASE}{line}\n").diagnostics if each.severity == "error"]

    assert [each.label for each in errors[:1]] == [label]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("2031/02/01 Bo claims pay", "did you mean `2031-02-01`?"),
        ("20310201 Bo claims pay", "did you mean `2031-02-01`?"),
        ("2031 Bo claims pay", "did you mean `2031-01-01..2031-12-31`?"),
        ("01/02/2031 Bo claims pay", "a date has its year first: `2031-MM-DD`"),
        ("01.02.2031 Bo claims pay", "did you mean `2031-02-01`?"),
        ("2031–02–01 Bo claims pay", "did you mean `2031-02-01`?"),
        ("2031-02-01–2031-02-03 Bo claims pay", "some time between two days is written `2031-02-01..2031-02-03`"),
        ("2031-02-01 .. 2031-02-03 Bo claims pay", "some time between two days is written `2031-02-01..2031-02-03`"),
        ("2031-02-01...2031-02-03 Bo claims pay", "did you mean `2031-02-01..2031-02-03`?"),
        ("2031-02-01 to 2031-02-03 Bo claims pay", "some time between two days is written `2031-02-01..2031-02-03`"),
        (
            "2031-02-01T24:00 Bo claims pay",
            "the end of that day is `2031-02-01` as a deadline; its last minute is `2031-02-01T23:59`",
        ),
        ("2031-02-01t18.00 Bo claims pay", "did you mean `2031-02-01T18:00`?"),
        ("2031-02-01T18:00+1 Bo claims pay", "did you mean `2031-02-01T18:00+01:00`?"),
        ("2031-02-01T18:00CET Bo claims pay", "did you mean `2031-02-01T18:00+01:00`?"),
        ("2031-02-01 6pm Bo claims pay", "the hour belongs to the date: `2031-02-01T18:00`"),
        ("2031-02-01 T18:00 Bo claims pay", "the hour belongs to the date: `2031-02-01T18:00`"),
        ("2031-02-01 - Bo claims pay", "behind the date follows who acts: leave it out"),
        ("2031-02-01, Bo claims pay", "behind the date follows who acts: leave out the comma"),
        ("On 2031-02-01 Bo claims pay", "leave out `On`: the line begins with its date"),
        ("after 2031-02-01 Bo claims pay", "leave out `after`: the line begins with its date"),
        ("1st February 2031 Bo claims pay", "a date is written `2031-02-01`"),
        ("February 1, 2031 Bo claims pay", "a date is written `2031-02-01`"),
        ("2031-02-01 Bo Ada claims pay", "`Bo Ada` are two names: write the one that was declared, or a comma between"),
        ('2031-02-01 "Bo" claims pay', "write the name as it was declared, without quotes"),
        ("2031-02-01 Bo/Ada claim pay", "names have commas between them"),
        ("2031-02-01 Bo: claims pay", "leave it out"),
        ("2031-02-01 Bo claims pay; Ada confirms pay", "each directive and each clause has a line of its own"),
        ("2031-02-01 Bo claimed pay", "the word here is `claims`"),
        ("2031-02-01 Bo, Ada claimed pay", "the word here is `claim`"),
        ("2031-02-01 Bo has claimed pay", "write what was done, with a verb of the record"),
        ("2031-02-01 Bo transferred 500 EUR", "so much is said to be done: `claims 500 …`"),
        ("2031-02-01 Bo agrees to visit", "the word here is `consents`"),
        ("2031-02-01 Bo transfers to Court pay", "what passes stands first: `transfers NAME to PARTY`"),
        ("2031-02-01 Court attempts visit denied", "did you mean `result denied`?"),
        ('2031-02-01 Bo "All is well."', "did you mean `states`?"),
        ("2031-02-01 Bo states all well", 'somebody\'s words stand in quotes: `states "all well …"`'),
        ("2031-02-01 Bo claims pay // late", "a remark stands behind `#`"),
        ("2031-02-01 Bo promises pay within 30days", "did you mean `30 days`?"),
        (
            "2031-02-01 Bo promises pay within 30 days and 12 hours",
            "a length of time has one unit: count in the smaller one",
        ),
        ("2031-02-01 Bo promises pay within thirty days", "a number is written in digits: `30`"),
        ("2031-02-01 Bo promises pay within a month", "write `1 month`"),
        ("2031-02-01 Bo promises pay in 30 days", "did you mean `within`?"),
        ("2031-02-01 Bo promises pay, when ready", "leave out the comma"),
        ("2031-02-01 Expect pay is due in Bo", "begin with `expect`, after the date"),
        ("2031-02-01 expect pay is due for Bo", "the word here is `in`"),
        ("2031-02-01 expect pay is due in Record", "did you mean `record`?"),
        ("2031-02-01 expect pay is due in Bo, Ada", "each reading has a line of its own"),
        ("expect 2031-02-01 pay is due in Bo", "the date stands first, before `expect`"),
        ('scenario "X" 2031-02-01', "did you mean `from 2031-02-01`?"),
        ('party "Cy"', 'a short name stands before the title: `party NAME "Cy"`'),
        ("party Cy Town", "a title stands in quotes"),
        ("party Cy, Di", "each declaration has a line of its own"),
        ('party Cy "C", aka "Cyan"', "leave out the comma"),
        ('party Cy "C";', "each directive and each clause has a line of its own"),
        ('party Cy "C" {', "what belongs to a directive is indented below it"),
        ("party _cy", "a name begins with a letter"),
        ("2031-02-01 Court observes calls(who: Bo)", "a value stands behind `=`: `who=Bo`"),
        ("2031-02-01 Court observes calls who=Bo", "arguments stand in parentheses: `calls(who=…)`"),
        ("2031-02-01 Court observes calls[who=Bo]", "arguments stand in parentheses: `calls(who=…)`"),
        ("2031-02-01 Court observes calls(who=Bo room=x)", "a comma is missing before `room`"),
        ("2031-02-01 Court observes calls()", "leave out `()`: `calls` alone is any such event"),
        ("event rings", "something is missing here"),
        ("event rings(who room)", "a comma is missing before `room`"),
        ('obligation end "E" by Bo to Ada', "who owes it stands behind `of`: `of Bo to Ada`"),
        ('obligation end "E" of Bo, to Ada', "leave out the comma"),
        ("obligation end of Bo to Ada under deal, deal", "a second `under` stands on a line of its own"),
        ("obligation end of Bo to Ada under deal and deal", "a second `under` stands on a line of its own"),
        ("obligation end of Bo to Ada under deal article 3", "a place in a source is one word: `art3`"),
        ("obligation end of Bo to Ada under deal art. 3", "a place in a source is one word: `art3`"),
        ("obligation end of Bo to Ada under deal section 3", "a place in a source is one word: `art3`"),
        ("obligation end of Bo to Ada under deal p. 3", "a place in a source is one word: `p3`"),
        ("obligation end of Bo to Ada under deal 3", "an article is written `art3`, a page `p3`"),
        ("obligation end of Bo to Ada under deal art3(2)", "parts of a place have points between: `art3.2`"),
        ("obligation end of Bo to Ada under deal §3", "an article is written `art3`, a page `p3`"),
        ("obligation end of Bo to Ada for every calls(who)", "did you mean `each`?"),
        ("obligation end of Bo to Ada each calls(who)", "did you mean `for each`?"),
        ("obligation end of Bo to Ada for each month", "something is missing here"),
        ("obligation end of Bo to Ada when ready AND pay", "did you mean `and`?"),
        ("obligation end of Bo to Ada when ready & pay", "the word here is `and`"),
        ("obligation end of Bo to Ada when ready, or pay", "leave out the comma"),
        (
            "obligation end of Bo to Ada when ready but pay",
            "the word here is `and`; for what is not to be so, `unless`",
        ),
        ("obligation end of Bo to Ada when either ready or pay", "leave out `either`"),
        ("obligation end of Bo to Ada when ready or pay)", "no parenthesis opens before it: leave it out"),
        ("obligation end of Bo to Ada when pay are claimed", "the word here is `is`"),
        ("obligation end of Bo to Ada when pay verified", "did you mean `is verified`?"),
        (
            "obligation end of Bo to Ada when pay is not so",
            "what is not to be so stands behind `unless`: `… unless pay`",
        ),
        ("obligation end of Bo to Ada when pay is verified or claimed", "say of what: `pay is claimed`"),
        (
            "obligation end of Bo to Ada when pay is claimed in Bo",
            "leave it out: a condition is asked in each reading by itself",
        ),
        ("obligation end of Bo to Ada when pay is claimed by Bo", "who did it stands first: `Bo claims pay`"),
        ("obligation end of Bo to Ada when pay is verified by visit", "by whom or what is not said here: leave it out"),
        ("obligation end of Bo to Ada when Bo signed deal", "did you mean `signs`?"),
        ("obligation end of Bo to Ada when Bo has signed deal", "what somebody did is said so: `Bo signs deal`"),
        (
            "obligation end of Bo to Ada when Bo, Ada sign deal",
            "a condition has one actor: `Bo signs … and Ada signs …`",
        ),
        ("obligation end of Bo to Ada when rent paid", "how many? An amount begins with its number: `4 rent paid`"),
        ("obligation end of Bo to Ada when five EUR rent paid", "a number is written in digits: `5`"),
        (
            "obligation end of Bo to Ada when all rent paid",
            "an amount begins with its number: `4 rent`, or `100 % rent`",
        ),
        ("obligation end of Bo to Ada when less than 5 EUR rent paid", "write `at most 4`"),
        ("obligation end of Bo to Ada when up to 5 EUR rent paid", "write `at most 5`"),
        ("obligation end of Bo to Ada when >= 5 EUR rent paid", "in words: `at least`, or `more than`"),
        (
            "obligation end of Bo to Ada when at least 5 of rent paid",
            "of an amount, leave out `of`: `5 rent`; of conditions, put them in parentheses",
        ),
        ("obligation end of Bo to Ada when 5,5 EUR rent paid", "decimals stand behind a point: `5.5`"),
        ("obligation end of Bo to Ada when 50 % of rent paid", "leave out `of`"),
        ("obligation end of Bo to Ada when €5 rent paid", "a currency is a unit in letters: `500 EUR`"),
        ("obligation end of Bo to Ada when 5 rent and 3 rent paid", "each item has its own amount: `5 rent … and …`"),
        ("2031-02-01 Bo holds both = Ada Bo", "a comma is missing before `Bo`"),
        ("obligation end of Bo to Ada\n  - when ready", "lines have no bullets: leave it out"),
    ],
)
def test_a_slip_is_one_and_says_what_to_type(line: str, label: str) -> None:
    errors = [each for each in load_text(f"{CASE}{line}\n").diagnostics if each.severity == "error"]

    assert [each.label for each in errors] == [label]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("2031-02-01 Bo promises pay(1)", ["missing-part"]),
        ("2031-02-01 Bo promises pay(who=Bo)", ["wrong-kind"]),
        ("2031-02-01 Bo promises calls(who=Bo)", ["not-of-the-world"]),
        ("2031-02-01 Bo holds deal", ["wrong-kind"]),
        ("2031-02-01 Bo holds deal = ready", ["wrong-kind"]),
        ("2031-02-01 Bo holds pay", ["empty-version"]),
        ("2031-02-01 expect ready is fulfilled in Bo", ["wrong-kind"]),
        ("2031-02-01 expect pay is open in Bo", ["state-never-reached"]),
        ("2031-02-01 expect pay is due late in Bo", ["state-never-reached"]),
    ],
)
def test_one_slip_is_said_once(line: str, codes: list[str]) -> None:
    found = load_text(f"{CASE}{line}\n").diagnostics

    assert [each.code for each in found if each.code != "unused-name"] == codes


def test_what_is_missing_at_the_end_of_a_line_is_called_what_it_is() -> None:
    found = [
        each.message
        for line in ("event rings", "2031-02-01 Bo states", "obligation end of Bo to Ada for each month")
        for each in load_text(f"{CASE}{line}\n").diagnostics
        if each.severity == "error"
    ]

    assert found == [
        "the line ends where the event's arguments in parentheses, such as `(ship)`, should stand",
        "the line ends where somebody's words, in quotes, should stand",
        "the line ends where `of` and what goes on meanwhile, should stand",
    ]
