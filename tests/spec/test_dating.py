"""What is not dated exactly: a standing says so where another of the dates would change it."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda import load_text
from servanda.model.time import dating_from_words
from servanda.standing import Inquiry, Standing
from servanda.standing.wording import status_words

HEAD = """case "By another dating"
  timezone Etc/UTC
party Ada
party Bo
source deal dated 2031-01-01
  by Ada, Bo
matter thaw
obligation dig of Ada to Bo
  under deal
"""
FIRST = datetime.date(2031, 1, 10)


def standing(text: str, at: str) -> Standing:
    loaded = load_text(text)
    assert loaded.ok
    [row] = Inquiry(loaded.case).inventory(dating_from_words(at), ["Bo"])
    return row.standings["Bo"]


def day(number: int) -> str:
    return str(FIRST + datetime.timedelta(days=number))


def stretch(begin: int, length: int) -> str:
    return day(begin) if not length else f"{day(begin)}..{day(begin + length)}"


@settings(max_examples=30)
@given(st.integers(0, 5), st.integers(0, 12), *(st.integers(0, 2) for _ in range(2)), st.integers(0, 4), st.booleans())
def test_all_datings_agree_with_what_is_said(
    thaw: int, done: int, thaw_for: int, done_for: int, within: int, is_done: bool
) -> None:
    def text(thawed: str, dug: str) -> str:
        performed = f"2031-02-01 Bo confirms dig\n  on {dug}\n" if is_done else ""
        return f"{HEAD}  within {within + 1} days of thaw\n2031-01-20 Ada, Bo claim thaw\n  on {thawed}\n{performed}"

    at = "2031-02-01" if is_done else "2031-01-20"
    said = standing(text(stretch(thaw, thaw_for), stretch(done, done_for)), at)
    every = [
        standing(text(day(one), day(other)), at)
        for one, other in itertools.product(range(thaw, thaw + thaw_for + 1), range(done, done + done_for + 1))
    ]

    found = {each.late if is_done else each.status == "overdue" for each in every}
    expected = {said.late if is_done else said.status == "overdue"}
    if said.otherwise_dated is not None:
        assert expected == {False}
        assert said.otherwise_dated == ("late" if is_done else "overdue")
        expected |= {True}
    assert found == expected


@pytest.mark.parametrize(
    ("lines", "at", "words"),
    [
        ("  by 2031-01-15\n2031-01-20 Bo confirms dig\n  on 2031-01-14..2031-01-17\n", "2031-01-20",
         "fulfilled, late by another dating"),
        ("  within 5 days of thaw\n2031-01-10..2031-01-14 Ada, Bo claim thaw\n", "2031-01-16",
         "due by 2031-01-19, overdue by another dating"),
        ("  within 5 days of thaw\n2031-01-10..2031-01-14 Ada, Bo claim thaw\n", "2031-01-15", "due by 2031-01-19"),
        ("  within 5 days of thaw\n2031-01-10..2031-01-14 Ada, Bo claim thaw\n", "2031-01-20",
         "overdue since 2031-01-19"),
        ("  when thaw\n  by 2031-01-05\n2031-01-10 Ada, Bo claim thaw\n", "2031-01-12", "due, deadline dropped"),
        ("  when thaw\n  by 2031-01-05\n2031-01-10 Ada, Bo claim thaw\n2031-01-11 Ada claims dig\n", "2031-01-12",
         "claimed, deadline dropped"),
        ("  when thaw\n  by 2031-01-05\n", "2031-01-12", "dormant"),
        ("  when thaw\n  by 2031-01-05\n2031-01-10 Bo confirms dig\n", "2031-01-12", "fulfilled"),
        ("  begins by 2031-01-11\n", "2031-01-12", "overdue to begin"),
        ("  begins by 2031-01-11\n  by 2031-01-20\n", "2031-01-12", "overdue to begin, due by 2031-01-20"),
        ("  begins by 2031-01-11\n  by 2031-01-20\n", "2031-01-21", "overdue since 2031-01-20"),
        ("  begins by 2031-01-11T12:00\n  by 2031-01-11T15:00\n", "2031-01-12", "overdue since 2031-01-11T15:00"),
        ("2031-01-10 Ada, Bo hold dig\n  by 2031-01-05\n", "2031-01-12", "overdue since 2031-01-05"),
        ("  by 2031-01-15\n2031-01-14 Ada claims dig\n", "2031-01-16", "claimed, late unknown"),
        ("  seeks thaw\n  by 2031-01-15\n2031-01-20 Ada, Bo claim thaw\n  on 2031-01-14..2031-01-17\n", "2031-01-20",
         "fulfilled"),
        ("  seeks thaw\n  by 2031-01-15\n", "2031-01-15", "due by 2031-01-15"),
        ("  seeks thaw\n  by 2031-01-15\n", "2031-01-16", "due, day passed 2031-01-15"),
        ("  seeks thaw\n  by 2031-01-15\n2031-01-14 Ada suspends dig\n2031-01-14 Bo suspends dig\n", "2031-01-16",
         "suspended"),
    ],
)  # fmt: skip
def test_the_words_of_a_status_say_it(lines: str, at: str, words: str) -> None:
    assert status_words(standing(HEAD + lines, at)) == words


@settings(max_examples=30)
@given(
    st.sampled_from(["thaw", "thaw for {} days", "{} days after thaw", "melted", "melted or thaw for {} days"]),
    st.integers(1, 9),
    st.sampled_from(["by", "begins by"]),
)
def test_a_last_day_without_an_hour_lasts_to_its_end(form: str, days: int, clause: str) -> None:
    last = 0 if form in ("thaw", "melted", "melted or thaw for {} days") else days
    head = HEAD.replace("matter thaw\n", "matter thaw\nmatter melted = thaw\n")
    text = f"{head}  {clause} {form.format(days)}\n{day(0)} Ada, Bo claim thaw\n"

    assert standing(text, day(last)).status == "due"
    assert standing(text, day(last + 1)).status == "overdue"
    assert standing(text, day(last)).breached == ()
