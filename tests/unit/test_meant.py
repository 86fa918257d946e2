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
        ("2031-02-01 EST Bo claims pay", ""),
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
        ("matter over = pay is overdue by Bo", ""),
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
