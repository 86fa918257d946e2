"""What is kept from one date to the next never changes an answer: not to any date, nor with acts known or added since.

The other way to the same answer is an inquiry that begins afresh. Dates are walked to at random, near and far; and each
standing that is said to hold for a stretch of time is asked again within it.
"""

from __future__ import annotations

import datetime
import random
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest

from corpus.cases import PUZZLES
from differential.made import random_case
from servanda import load_text
from servanda.load import load
from servanda.model.case import Case
from servanda.model.conditions import Ref
from servanda.model.span import File, Span
from servanda.model.time import Dating, Moment
from servanda.standing import RECORD, Inquiry, Row, inquiry
from servanda.standing.present import Present
from servanda.standing.standings import _standing_of, lasting
from servanda.standing.stretches import ALWAYS, NEVER, Instant, at

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/case.pacta"))
STEPS = 8
DAY = datetime.timedelta(days=1)


def days_of(case: Case) -> list[datetime.date]:
    """The days of the record, and those around its ends."""
    days = sorted({act.dating.latest.day for act in case.acts if act.dating is not None})
    first, last = (days[0], days[-1]) if days else (datetime.date(2031, 3, 1),) * 2
    return [first - DAY, *days, last + 40 * DAY]


class Walk:
    """A walk over the days of a case: to the next day, to that of the next act, or to any."""

    def __init__(self, case: Case, rng: random.Random) -> None:
        self.rng, self.days = rng, days_of(case)
        self.day = rng.choice(self.days)
        self.channels = [None, frozenset(rng.sample(sorted(case.channels), len(case.channels) // 2))]

    def step(self) -> tuple[Dating, frozenset[str] | None, Dating | None]:
        rng = self.rng
        near = [each for each in self.days if each > self.day][:1] or self.days[-1:]
        self.day = rng.choice([self.day + DAY, self.day - DAY, near[0], rng.choice(self.days)])
        channels = rng.choice(self.channels) if rng.random() < 0.3 else None
        known = whole(self.day - rng.randrange(9) * DAY) if rng.random() < 0.2 else None
        return whole(self.day, rng.choice([None, None, 0, 720])), channels, known


def whole(day: datetime.date, minute: int | None = None) -> Dating:
    return Dating(Moment(day, minute), Moment(day, minute))


def walk(case: Case, seed: int, said: str = "", steps: int = STEPS) -> None:
    """Each date is answered as by an inquiry that was asked nothing before; now and then an act is added."""
    rng = random.Random(seed)
    later = rng.sample(case.acts, min(2, len(case.acts)))
    case = msgspec.structs.replace(case, acts=tuple(act for act in case.acts if act not in later))
    kept, way = Inquiry(case), Walk(case, rng)
    for _ in range(steps):
        if later and rng.random() < 0.25:
            act = later.pop()
            kept, case = kept.with_acts([act]), msgspec.structs.replace(case, acts=(*case.acts, act))
        date, channels, known = way.step()
        if rng.random() < 0.4:  # one standing alone, so that of this date no more may be known when the next is asked
            ref = Ref(rng.choice(list(case.commitments)), Span(File("-", ""), 0, 0), None)
            one, other = (each.standing(ref, RECORD, date, channels, known) for each in (kept, Inquiry(case)))
            assert one == other, f"case {seed}, {ref.name} at {date}\n{said}"
            continue
        found, fresh = (each.inventory(date, None, channels, known) for each in (kept, Inquiry(case)))
        assert found == fresh, (
            f"case {seed}, at {date}, via {channels}, known {known}\n{differing(found, fresh)}\n{said}"
        )


def differing(found: tuple[Row, ...], fresh: tuple[Row, ...]) -> str:
    return "\n".join(f"{one!r}\nafresh {other!r}" for one, other in zip(found, fresh, strict=False) if one != other)


def stretches(case: Case, seed: int, said: str = "") -> int:
    """Each standing is the same at all instants of its stretch that are tried, worked out without any that was kept."""
    rng, tried = random.Random(seed), 0
    date, channels, known = Walk(case, rng).step()
    whole_case = Inquiry(case)
    acts = [whole_case.clock.pair(act.dating, "act")[1] for act in case.acts]
    for reading in (*case.parties, RECORD):
        outlook = whole_case.outlook(reading, date, channels, known)
        instant = whole_case.clock.pair(date, "act")[1]
        for life in [each for name in case.commitments for each in outlook.lives(reading, name)]:
            if at(life.exists, instant) is None:
                continue
            standing, begin, end = lasting(outlook, life, instant)
            assert begin <= instant < end
            for other in some_within(rng, acts, begin, end):
                again = _standing_of(Present(other), outlook, life)
                assert again == standing, f"case {seed}: {standing!r} at {instant}, {again!r} at {other}\n{said}"
                tried += 1
    return tried


def some_within(rng: random.Random, acts: list[Instant], begin: Instant, end: Instant) -> list[Instant]:
    """Instants of a stretch: its ends, and those just before and after acts."""
    tried = sorted({begin, end - 1, *(said + more for said in acts for more in (-1, 0, 1))})
    inside = [each for each in tried if max(begin, ALWAYS + 1) <= each < min(end, NEVER)]
    return rng.sample(inside, min(5, len(inside)))


@pytest.mark.parametrize("seed", range(40))
def test_dates_walked_to_are_answered_as_afresh(seed: int) -> None:
    made = random_case(seed)
    walk(load_text(made.text).case, seed, made.text)


@pytest.mark.parametrize("seeds", [range(1), pytest.param(range(4, 6), marks=pytest.mark.long)], ids=str)
@pytest.mark.parametrize("path", PUZZLES, ids=lambda path: path.stem)
def test_cases_by_hand_are_answered_as_afresh(path: Path, seeds: range) -> None:
    case = load(path).case
    tried = 0
    for seed in seeds:
        walk(case, seed)
        tried += stretches(case, seed)
    assert tried > 0


def test_a_family_by_periods_grows_and_shrinks_with_the_date() -> None:
    case = load(next(path for path in PUZZLES if path.stem == "periods")).case
    kept, days = Inquiry(case), days_of(case)
    dates = [days[0] + ahead * DAY for ahead in range(0, (days[-1] - days[0]).days, 3)]
    for day in (*dates, *reversed(dates)):
        found, fresh = (each.inventory(whole(day)) for each in (kept, Inquiry(case)))
        assert found == fresh, f"at {day}\n{differing(found, fresh)}"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_are_answered_as_afresh(path: Path) -> None:
    case = load(path).case
    walk(case, 1, steps=4)
    assert stretches(case, 1) > 0


@pytest.mark.parametrize("seed", range(20))
def test_a_standing_is_the_same_at_all_dates_of_its_stretch(seed: int) -> None:
    made = random_case(seed)
    assert stretches(load_text(made.text).case, seed, made.text) > 0


AMENDED = """
case "More to clear" timezone Etc/UTC
party Ada
party Bo
item skiffs counted removed
source deal dated 2031-03-01
  by Ada, Bo
obligation clear of Ada to Bo
  under deal
  done when 4 skiffs removed
2031-03-05 Ada holds clear
  done when 6 skiffs removed
"""


def test_a_standing_by_a_later_text_is_not_that_by_an_earlier_one() -> None:
    kept = Inquiry(load_text(AMENDED).case)
    outlook = kept.outlook("Ada", whole(datetime.date(2031, 3, 20)))
    (life,) = outlook.lives("Ada", "clear")

    def needed(day: int) -> int | None:
        amount = lasting(outlook, life, kept.clock.midnight(datetime.date(2031, 3, day)))[0].amount
        return None if amount is None else int(amount.needed)

    assert [needed(20), needed(4), needed(20)] == [6, 4, 6]


WAITING = """
case "One waits" timezone Etc/UTC
party A
party B
source s dated 2031-01-01
  by A, B
obligation first of A to B
  under s
obligation second of A to B
  under s
  when first
obligation alone of A to B
  under s
2031-01-05 B confirms first
"""


def test_what_was_asked_of_a_date_later_on_is_not_taken_for_what_was_known_of_it() -> None:
    case = load_text(WAITING).case
    kept = Inquiry(case)
    dates = {day: whole(datetime.date(2031, 1, day)) for day in (3, 8, 9)}

    kept.standing(Ref("alone", Span(File("-", ""), 0, 0), None), "B", dates[3])
    for day in (8, 3, 9):
        assert kept.inventory(dates[day]) == Inquiry(case).inventory(dates[day])


@pytest.mark.parametrize("seed", range(10))
def test_however_little_is_kept_dates_are_answered_as_afresh(seed: int) -> None:
    made = random_case(seed)
    with patch.multiple(inquiry, _MOST_NAMES=0, _LATEST=2, _MOST_LINES=0):
        walk(load_text(made.text).case, seed, made.text)


@pytest.mark.long
@pytest.mark.parametrize("seeds", [range(first, first + 25) for first in range(40, 540, 25)], ids=str)
def test_many_cases_walked_over_are_answered_as_afresh(seeds: range) -> None:
    for seed in seeds:
        made = random_case(seed)
        case = load_text(made.text).case
        walk(case, seed, made.text, 2 * STEPS)
        stretches(case, seed, made.text)


@pytest.mark.long
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_are_answered_as_afresh_on_long_walks(path: Path) -> None:
    case = load(path).case
    for seed in range(4):
        walk(case, seed, steps=25)
        stretches(case, seed)
