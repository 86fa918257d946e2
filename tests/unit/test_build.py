"""A case made in Python is the one that its text would be, and is held to the same rules."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

import msgspec
import pytest

from servanda import CaseHasErrors, NotADate, NotAName, build, load_text
from servanda.api.build import Stated, ToldOrStated
from servanda.model.case import Case
from servanda.model.commitments import Clauses
from servanda.model.span import Span
from servanda.text import format_tree, parse

TEXT = """case "The \\"sluice\\""
  timezone Europe/Vienna
  calendar AT
party Upper "Upper Ossel" aka "U.O."
party Lower calendar DE
party Weir
body Gauge "The gauge"
body Court for Lower
person Anna "Anna K." for Upper
channel quiet "In the boat house" among Upper, Lower
source accord "The accord"
  dated 2031-03-01
  by Upper to Lower
  signed by Upper, Lower
  via quiet
item gates "Gates" counted opened, shut
means look "A look" by Gauge
  consent of Upper
term watched = gates, Gauge
matter calm "All is calm" = 2031-12-24
matter flood
event rises(level, place)
obligation open-gates "Open the gates." of Upper to Lower
  under accord art2 "open the gates" where gates in watched
  under accord
  when accord is signed
  by 2031-05-01
  done when 4 gates opened
  verified by look
  survives
obligation pay of Lower to Upper
  within 10 days of open-gates
  together with report
obligation report of Upper to Lower
  together with pay
prohibition no-storm of Upper, Lower to others
  forbids rises(level=9)
  from 2031-03-01
  until flood
right enter of Upper
  when open-gates
power snap of Lower
  when open-gates is breached
  may suspend pay
2031-03-02 Upper, Lower sign accord
2031-04-01 Anna promises open-gates by 2031-04-20
  via quiet
  cites accord art2 "open the gates"
  known 2031-04-03
2031-04-02 Upper claims 4 gates opened on 2031-04-01
  "At \\"noon\\"."
2031-04-03 Upper consents to look when flood
2031-04-04 Gauge observes rises(level=3, place=Ossel)
2031-04-05 Lower states "Nothing yet."
2031-04-06 Lower holds open-gates
  when calm
2031-04-07 Gauge attempts look on open-gates
  result denied
"""

PARTS = (
    build.party("Upper", "Upper Ossel", aka=["U.O."]),
    build.party("Lower", calendar="DE"),
    build.party("Weir"),
    build.body("Gauge", "The gauge"),
    build.body("Court", acts_for="Lower"),
    build.person("Anna", "Anna K.", acts_for="Upper"),
    build.channel("quiet", "In the boat house", among=["Upper", "Lower"]),
    build.source(
        "accord", "The accord", dated=datetime.date(2031, 3, 1), by="Upper", to="Lower", signed_by="Upper, Lower",
        via="quiet",
    ),
    build.item("gates", "Gates", counted=["opened", "shut"]),
    build.means("look", "A look", by="Gauge", consent_of="Upper"),
    build.term("watched", ["gates", "Gauge"]),
    build.matter("calm", "All is calm", datetime.date(2031, 12, 24)),
    build.matter("flood"),
    build.event("rises", ["level", "place"]),
    build.obligation(
        "open-gates", "Open the gates.", of="Upper", to="Lower",
        under=['accord art2 "open the gates" where gates in watched', "accord"], when="accord is signed",
        by=datetime.date(2031, 5, 1), done_when="4 gates opened", verified_by="look", survives=True,
    ),
    build.obligation("pay", of="Lower", to="Upper", within="10 days of open-gates", together_with="report"),
    build.obligation("report", of="Upper", to="Lower", together_with="pay"),
    build.prohibition(
        "no-storm", of=["Upper", "Lower"], to="others", forbids="rises(level=9)", start="2031-03-01", until="flood"
    ),
    build.right("enter", of="Upper", when="open-gates", survives=False),
    build.power("snap", of="Lower", when="open-gates is breached", may="suspend pay"),
    build.act("2031-03-02", ["Upper", "Lower"], "sign", "accord"),
    build.act(
        "2031-04-01", "Anna", "promises", "open-gates", by="2031-04-20", via="quiet",
        cites='accord art2 "open the gates"', known=datetime.date(2031, 4, 3),
    ),
    build.act("2031-04-02", "Upper", "claims", "4 gates opened", on="2031-04-01", note='At "noon".'),
    build.act("2031-04-03", "Upper", "consents", "look", when="flood"),
    build.act("2031-04-04", "Gauge", "observes", "rises(level=3, place=Ossel)"),
    build.act("2031-04-05", "Lower", "states", "Nothing yet."),
    build.act("2031-04-06", "Lower", "holds", "open-gates", when="calm"),
    build.act("2031-04-07", "Gauge", "attempts", "look", on="open-gates", result="denied"),
)  # fmt: skip


def placeless(value: Any) -> Any:
    """A value without its places."""
    if isinstance(value, Span):
        return None
    if isinstance(value, tuple):
        return tuple(map(placeless, value))
    if isinstance(value, msgspec.Struct):
        return type(value).__name__, {field: placeless(getattr(value, field)) for field in value.__struct_fields__}
    return value


def contents(case: Case) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in case.__struct_fields__:
        value = getattr(case, field)
        if field != "files":
            found[field] = (
                [placeless(each) for each in value.values()] if hasattr(value, "values") else placeless(value)
            )
    return found


def test_a_case_made_in_python_is_the_one_of_its_text() -> None:
    loaded = load_text(TEXT)
    assert [str(each) for each in loaded.diagnostics if each.severity == "error"] == []
    made = build.case('The "sluice"', *PARTS, timezone="Europe/Vienna", calendar="AT")

    assert contents(made) == contents(loaded.case)
    assert list(made.commitments) == ["open-gates", "pay", "report", "no-storm", "enter", "snap"]


def test_its_places_have_words_and_no_path() -> None:
    made = build.case("The sluice", *PARTS)
    span = made.commitments["open-gates"].clauses.when.span  # type: ignore[union-attr]

    assert (span.words, span.file.path) == ("accord is signed", "")
    missing = made.status(at="2031-03-01").as_json()["commitments"][0]["standings"]["Upper"]["missing"]
    assert [each["span"] for each in missing] == [None] * len(missing)


def test_every_clause_of_the_language_can_be_stated() -> None:
    of_clauses = set(Clauses.__struct_fields__) - {"to_others", "with_others"}

    assert set(Stated.__annotations__) == of_clauses
    assert set(ToldOrStated.__annotations__) >= of_clauses


def test_what_it_comes_to_is_text_that_can_be_kept() -> None:
    made = build.case("The sluice", *PARTS)
    text = made.files[0].text

    assert contents(load_text(text).case) == contents(made)
    assert contents(load_text(format_tree(parse(text))).case) == contents(made)


@pytest.mark.parametrize("words", ["", "A to B", "of", "a\nparty B", 'A "x"', "1st", "a..b"])
def test_what_is_no_name_is_not_taken_for_one(words: str) -> None:
    for make in (
        partial(build.party, words),
        partial(build.obligation, "x", of=[words]),
        partial(build.act, "2031-01-01", [words], "states", "x"),
        partial(build.item, words, counted="removed"),
    ):
        with pytest.raises(NotAName):
            make()


def test_a_condition_brings_in_no_other_clause() -> None:
    parts = [build.party("A"), build.matter("m"), build.obligation("x", of="A", when="m\n  by 2031-01-01")]

    with pytest.raises(CaseHasErrors) as raised:
        build.case("x", *parts)
    assert "when m by 2031-01-01" in str(raised.value)


def test_problems_are_told_at_their_place() -> None:
    with pytest.raises(CaseHasErrors) as raised:
        build.case("x", build.party("Upper"), build.obligation("pay", of="Uper"))
    [error] = [each for each in raised.value.diagnostics if each.severity == "error"]

    assert error.code == "unknown-name"
    assert error.span.words == "Uper"
    assert "did you mean `Upper` (line 2)?" in str(raised.value)


def test_what_is_no_clause_or_date_is_said_at_once() -> None:
    with pytest.raises(TypeError, match="no clause is called `wen`"):
        build.obligation("x", of="A", wen="y")  # type: ignore[call-arg]
    with pytest.raises(NotADate, match="there is no 2031-02-30"):
        build.act("2031-02-30", "A", "states", "x")


def test_parts_can_be_added_as_acts() -> None:
    made = build.case("The sluice", *PARTS)
    more = made.with_acts([build.act("2031-04-09", "Lower", "confirms", "open-gates"), "2031-04-10 Lower promises pay"])

    assert [act.verb for act in more.acts[-2:]] == ["confirms", "promises"]
    assert more.status(at="2031-04-11", reading="Lower")["open-gates"]["Lower"].status == "fulfilled"
