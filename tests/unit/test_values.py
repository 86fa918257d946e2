"""The small values that all else is made of: dates, lengths of time, numbers, strings, names, places."""

import datetime
import itertools
from decimal import Decimal
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.diagnostics import nearest, printable
from servanda.load.settings import known_calendar, known_timezone
from servanda.model.span import File, Span
from servanda.model.time import Dating, Duration, Malformed, Moment, Unit, dating_from_words, days_later
from servanda.text import parse, syntax
from servanda.text.lexer import hidden_characters, is_name, string_value, tokenize
from servanda.text.printer import string, value

# ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────


def day(words: str) -> Moment:
    return Moment(datetime.date.fromisoformat(words))


def at(moment: Moment) -> Dating:
    return Dating(moment, moment)


@pytest.mark.parametrize(
    ("words", "dating"),
    [
        ("1962-11-20", Dating(day("1962-11-20"), day("1962-11-20"))),
        ("~1962-11-02", Dating(day("1962-11-02"), day("1962-11-02"), about=True)),
        ("1962-11-05..1962-11-09", Dating(day("1962-11-05"), day("1962-11-09"))),
        ("1962-11-20T18:00", at(Moment(datetime.date(1962, 11, 20), 18 * 60))),
        ("1962-11-20T00:00Z", at(Moment(datetime.date(1962, 11, 20), 0, 0))),
        ("1962-11-20T23:59-04:30", at(Moment(datetime.date(1962, 11, 20), 1439, -270))),
        ("1964-02-29", Dating(day("1964-02-29"), day("1964-02-29"))),
        ("2000-02-29", Dating(day("2000-02-29"), day("2000-02-29"))),
        ("0001-01-01", Dating(day("0001-01-01"), day("0001-01-01"))),
        ("9999-12-31", Dating(day("9999-12-31"), day("9999-12-31"))),
    ],
)
def test_dates_are_read_and_written(words: str, dating: Dating) -> None:
    assert dating_from_words(words) == dating
    assert str(dating) == words


@pytest.mark.parametrize(
    "words",
    (
        "1962-02-29 1900-02-29 2100-02-29 1962-04-31 1962-06-31 1962-09-31 1962-11-31 1962-01-32 1962-00-01 1962-13-01 "
        "1962-01-00 0000-01-01 1962-1-1 62-01-01 19620101 1962-11 1962-11-20T 1962-11-20T24:00 1962-11-20T12:60 "
        "1962-11-20T1:00 1962-11-20T12:00:00 1962-11-20T12:00+24:00 1962-11-20T12:00+05 1962-11-20T12:00-00:60 "
        "1962-11-20T12:00z 1962-11-20Z ~ ~~1962-11-20 ~1962-11-20..1962-11-21 1962-11-21..1962-11-20 1962-11-20.. "
        "..1962-11-20 1962-11-20...1962-11-21 1962-11-20..~1962-11-21 1962-11-20T12:00..1962-11-20T11:59 "
        "1962-11-20T12:00Z..1962-11-20T12:00+00:01 ٢٠٠٠-٠١-٠١"
    ).split(),
)
def test_what_is_no_date_is_told_apart(words: str) -> None:
    with pytest.raises(Malformed, match=r".+"):
        dating_from_words(words)


@pytest.mark.parametrize(
    "words",
    (
        "1962-11-20T12:00..1962-11-20 1962-11-20..1962-11-20T00:00 1962-11-20T12:00+05:00..1962-11-20T07:00Z "
        "1962-11-20T23:00-05:00..1962-11-21T04:00Z 1962-12-31..1963-01-01"
    ).split(),
)
def test_ranges_whose_ends_are_in_order_are_read(words: str) -> None:
    assert str(dating_from_words(words)) == words


@given(st.dates(), st.none() | st.integers(0, 1439), st.none() | st.integers(-1439, 1439), st.booleans())
def test_every_moment_is_read_as_it_is_written(
    date: datetime.date, minute: int | None, offset: int | None, about: bool
) -> None:
    moment = Moment(date, minute, None if minute is None else offset)
    dating = Dating(moment, moment, about)

    assert dating_from_words(str(dating)) == dating
    assert dating.exact is not about


@given(st.text(alphabet="0123456789-T:Z+.~ x", max_size=24))
def test_any_words_are_a_date_or_malformed(words: str) -> None:
    try:
        dating = dating_from_words(words)
    except Malformed:
        return
    assert dating_from_words(str(dating)) == dating


UNITS: tuple[Unit, ...] = ("minute", "hour", "day", "week", "month", "year")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("count", [0, 1, 2, 10**17, Decimal("0.5"), Decimal("1.0"), Decimal("0.000000000000000001")])
def test_lengths_of_time_are_read_as_they_are_written(count: int | Decimal, unit: Unit) -> None:
    for working in (False, True) if unit == "day" else (False,):
        duration = Duration(count, unit, working)
        (right,) = parse(f"right r of US\n  within {duration}\n").directives

        assert isinstance(right, syntax.Declaration)
        (*_, within) = right.clauses
        assert isinstance(within, syntax.Within)
        assert within.duration == duration


# ── numbers, strings, names ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("42", "NUMBER"),
        ("007", "NUMBER"),
        ("2.50", "NUMBER"),
        ("9" * 18, "NUMBER"),
        ("0." + "9" * 18, "NUMBER"),
        ("9" * 19, "bad-number"),
        ("0." + "9" * 19, "bad-number"),
        ("1,5", None),
        ("1_000", "bad-number"),
        ("30days", "bad-number"),
        ("2.", "bad-number"),
        ("٣", "stray-character"),
        ("1962-11-20", "DATE"),
        ("~", "DATE"),
        ("word", "NAME"),
        ("x.", "bad-name"),
        ("a..b", "bad-name"),
        ("when", "when"),
        ("When", "NAME"),
        ('"a"', "STRING"),
        ('"a', "unclosed-string"),
        ('"a\\"', "unclosed-string"),
        ('"""a', "unclosed-string"),
        ("'", "stray-character"),
    ],
)
def test_the_kind_of_a_word(words: str, kind: str | None) -> None:
    tokens = tokenize(words)
    between = [each for each in tokens.kinds if each not in ("NEWLINE", "END")]

    assert between == [kind] if kind else len(between) > 1
    assert "".join(tokens.words).strip("\n") == words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('""', ""),
        ('"a b"', "a b"),
        (r'"a \"b\" c"', 'a "b" c'),
        (r'"a\\"', "a\\"),
        (r'"\n"', r"\n"),
        (r'"\\n"', r"\n"),
        ('" a "', " a "),
        ('""""""', ""),
        ('"""a"""', "a"),
        ('"""  a  """', "a"),
        ('"""a "b" \\ c"""', 'a "b" \\ c'),
        ('"""\n    a\n      b\n    c\n  """', "a\n  b\nc"),
        ('"""a\n    b\n  c"""', "a\n  b\nc"),
        ('"""\n\n  a\n\n  b\n\n"""', "a\n\nb"),
        ('"""a  \n  b  """', "a\nb"),
        ('"""\r\n  a\r\n  b\r\n"""', "a\nb"),
        ('"""\n"""', ""),
    ],
)
def test_what_a_string_says(words: str, said: str) -> None:
    assert string_value(words) == said


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), st.integers(0, 4))
def test_a_string_says_what_was_put_in_quotes(said: str, indent: int) -> None:
    assert string_value(string(said, indent)) == said


@given(st.lists(st.text(st.sampled_from('ab "\\#'), max_size=6), min_size=2, max_size=5), st.integers(0, 4))
def test_so_does_one_of_several_lines(lines: list[str], indent: int) -> None:
    said = string_value('"""\n' + "\n".join(lines).replace('"""', "") + '\n"""')

    assert string_value(string(said, indent)) == said


@given(st.text(max_size=8) | st.integers(0, 10**18 - 1) | st.decimals(0, 10**6, places=3))
def test_a_key_is_read_as_it_is_written(key: str | int | Decimal) -> None:
    if isinstance(key, str) and ("\n" in key or "\r" in key or hidden_characters(key) or '"""' in key):
        return
    written = parse(f"US claims x[{value(key)}]\n")

    assert written.diagnostics == ()
    (act,) = written.directives
    assert isinstance(act, syntax.Act)
    assert [getattr(each, "key", None) for each in act.objects] == [key]


@pytest.mark.parametrize("name", ["x", "R-12", "a.b_c-1", "é", "e\u0301", "条約", "Ωmega2", "שׁלום", "कि", "aـb"])
def test_what_is_a_name(name: str) -> None:
    assert is_name(name)
    assert parse(f"party {name}\n").diagnostics == ()


@pytest.mark.parametrize("name", ["x-", "x.", "x_", "a..b", "1x", "-x", "_x", "x²", "Ⅳ", "x\u200dy", "x’s", "x\u00ady"])
def test_what_is_no_name(name: str) -> None:
    assert parse(f"party {name}\n").diagnostics != ()


def test_names_are_compared_once_they_are_composed() -> None:
    tree = parse("party cafe\u0301\nparty caf\u00e9\n")

    assert [getattr(getattr(each, "name", None), "name", None) for each in tree.directives] == ["caf\u00e9"] * 2


def test_what_cannot_be_seen_is_found() -> None:
    seen = "a\tb\nc\r\nd é ü 条 \u200b \u00a0 \u2028"
    hidden = "\x00\x07\x0b\x0c\x1b\x7f\x85\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

    assert hidden_characters(seen) == []
    assert hidden_characters(f"x{hidden}") == list(range(1, len(hidden) + 1))
    assert hidden_characters("a\rb\r\n\r") == [1, 5]


@given(st.text())
def test_what_is_printable_stays_and_the_rest_is_replaced(text: str) -> None:
    shown = printable(text)

    assert len(shown) == len(text)
    assert shown.isprintable()
    assert all(new in (old, " ", "\ufffd") for old, new in zip(text, shown, strict=True))


@pytest.mark.parametrize(
    ("words", "meant"),
    [("claism", "claims"), ("CLAIMS", "claims"), ("zzzz", None), ("", None), ("c" * 100, None)],
)
def test_the_nearest_word(words: str, meant: str | None) -> None:
    assert nearest(words, ["claims", "confirms", "offers"]) == meant
    assert nearest(words, []) is None


# ── places ──────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.text(st.sampled_from("ab\n\ré条"), max_size=40))
def test_lines_and_columns_lead_back_to_the_character(text: str) -> None:
    file = File("f", text)
    lines = text.split("\n")

    assert file.line_count == len(lines)
    assert [file.line(number) for number in range(1, len(lines) + 1)] == [line.removesuffix("\r") for line in lines]
    starts = [0, *itertools.accumulate(len(line) + 1 for line in lines)]
    for at in range(len(text) + 1):
        line, column = file.line_column(at)
        assert starts[line - 1] + column - 1 == at
        assert 1 <= column <= len(lines[line - 1]) + 1


def test_a_place_tells_itself() -> None:
    span = Span(File("case.pacta", "party US\nparty USSR\n"), 15, 19)

    assert (str(span), span.line, span.position, span.words) == ("case.pacta:2:7", 2, (2, 7), "USSR")


# ── time zones and calendars ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("America/New_York", True),
        ("Europe/Vienna", True),
        ("UTC", True),
        ("America/Argentina/Buenos_Aires", True),
        ("Vienna", False),
        ("Europe", False),
        ("Europe/Vienna/Mitte", False),
        ("Europe/Atlantis", False),
        ("zone.tab", False),
        ("tzdata.zi", False),
        ("x" * 5000, False),
        ("Ünited/条", False),
        ("__init__.py", False),
    ],
)
def test_which_time_zones_are_known(name: str, known: bool) -> None:
    assert known_timezone(name) is known


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("US", True),
        ("CH", True),
        ("DE-BY", True),
        ("USA", True),
        ("us", False),
        ("XX", False),
        ("DE-XX", False),
        ("Germany", False),
        ("-", False),
        ("条", False),
    ],
)
def test_which_calendars_are_known(code: str, known: bool) -> None:
    assert known_calendar(code) is known


@given(st.text(min_size=1, max_size=20))
def test_any_words_are_a_time_zone_or_a_country_or_none(name: str) -> None:
    assert known_timezone(name) == (name in available_timezones())
    assert not known_calendar(name) or name[:2].isupper()


@given(st.dates(), st.integers(-4_000_000, 4_000_000))
def test_days_are_counted_up_to_where_calendars_end(day: datetime.date, days: int) -> None:
    later = days_later(day, days)

    if later not in (datetime.date.min, datetime.date.max):
        assert (later - day).days == days
    assert days_later(datetime.date.max, days) == datetime.date.max or days < 0
    assert days_later(datetime.date.min, days) == datetime.date.min or days > 0
