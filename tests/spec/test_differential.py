"""The engine answers as the oracle does: on cases made at random, in every reading, over any channels, at any date.

The cases are those of fixed seeds, the same for everybody.

`python tests/differential/hunt.py` looks for differences in other cases, and keeps a small text of each kind.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

import servanda
from differential.compare import Difference, TooLongError, at_most, compare, first_of_each
from differential.made import Made, View, random_case
from differential.occurrences import tally
from differential.shrink import shrunk
from servanda import load_text
from servanda.standing import Inquiry, Row

SEEDS = range(75)
HUNT = Path(__file__).parents[1] / "differential" / "hunt.py"

#: A share of the cases that many processes can take one by one.
CHUNKS = [range(first, first + 25) for first in range(45, 1000, 25)]
CROWDED = [range(first, first + 25) for first in range(15, 215, 25)]


@pytest.mark.parametrize("seeds", [range(first, first + 15) for first in range(0, 45, 15)], ids=str)
def test_the_engine_answers_as_the_oracle(seeds: range) -> None:
    agree_on(seeds)


def test_the_engine_answers_as_the_oracle_where_much_falls_on_one_instant() -> None:
    agree_on(range(15), crowded=True)


MENDED = {
    "a claim that dates the public act earlier": """party Ada
body Watch
obligation o3 of Ada
  done when claimed
Ada recognises o3
2031-12-29 Ada claims o3
2031-12-31 Ada claims o3
  on 2031-12-27
2032-01-03 Watch observes o3
""",
    "a claim that dates the performance earlier": """party Ada
body Watch
matter dug
obligation o3 of Ada
  done when dug
Ada recognises o3
2031-12-29 Ada claims o3
2031-12-31 Ada claims dug
  on 2031-12-27
2032-01-03 Watch observes o3
""",
    "what was done by the words of its time": """party Ada
body Watch
item crates counted moved
item barrels
term goods = crates
obligation o4 of Ada
  done when 3 goods moved
2031-04-28 Watch observes 3 crates moved
2031-05-02 Ada offers o4
2031-05-18 Ada holds goods = barrels
""",
    "what counts from something that was excepted at first": """party Cy
body Watch
source pact dated 2031-12-20
matter calm
matter busy
prohibition p2 of Cy
  under pact
  when busy unless calm
obligation o4 of Cy
  under pact
  within 2 days of busy unless p2
2031-12-15 Cy signs pact
2031-12-20 Watch claims busy
2031-12-26 Watch claims calm
""",
    "a use of a right before there was any of its kind": """party Ada
party Cy
body Watch
event arrives(ship)
right r2 of Ada
  for each arrives(ship)
2031-05-09 Cy uses r2
2031-05-20 Watch observes arrives
""",
    "a waiver of what there was nothing of yet": """party Bo
party Cy
body Watch
source letter dated 2031-10-19
event arrives(port)
right r1 of Cy
  for each arrives(port)
  under letter
Bo recognises letter
2031-10-22 Bo waives r1
2031-10-23 Watch observes arrives
2031-10-25 Bo waives r1
""",
    "what was done before there was an instance of it": """party Ada
party Bo
event arrives(ship)
obligation o2 of Ada
  for each arrives(ship)
  done when 2031-03-26
2031-03-27 Bo observes arrives
2031-03-30 Bo observes o2
""",
    "more that was done on an earlier day": """party Ada
body Watch
source letter dated 2031-01-26
  by Ada
item crates counted moved
obligation o1 of Ada
  under letter
  done when 1 crates moved
2031-02-03 Watch observes 1 crates moved
2031-02-04 Watch observes 1 more crates moved
  on 2031-01-29
""",
    "a member that a version of a term brings": """party Ada
party Cy
term allies = Ada
obligation o2 of Ada
  for each p in allies
2032-03-15 Cy holds allies = Cy
""",
    "waived and transferred at one instant": """party Ada
party Bo
source pact dated 2031-12-14
  by Bo
obligation o1 of Ada to Bo
  under pact
2031-12-20 Bo transfers o1 to Ada
2031-12-20 Bo waives o1
""",
    "forbidden at the instant of its resumption": """party Ada
party Bo
event arrives(ship)
prohibition p1 of Ada to Bo
  forbids arrives
Ada, Bo recognise p1
2031-03-26 Ada, Bo suspend p1
2031-03-28 Bo observes arrives
2031-03-28 Ada, Bo resume p1
""",
}


@pytest.mark.parametrize("text", MENDED.values(), ids=MENDED)
def test_where_they_once_differed_they_agree(text: str) -> None:
    case = load_text(text).case
    days = sorted({act.dating.latest.day for act in case.acts if act.dating is not None})
    views = [View(str(day + timedelta(days=after))) for day in days for after in (0, 1, 4)]

    assert not compare(case, views)


@pytest.mark.long
@pytest.mark.parametrize("seeds", CHUNKS, ids=str)
def test_the_engine_answers_as_the_oracle_on_many_cases(seeds: range) -> None:
    agree_on(seeds)


@pytest.mark.long
@pytest.mark.parametrize("seeds", CROWDED, ids=str)
def test_the_engine_answers_as_the_oracle_on_many_crowded_cases(seeds: range) -> None:
    agree_on(seeds, crowded=True)


def agree_on(seeds: range, *, crowded: bool = False) -> None:
    """Every answer to every one of these cases is the same."""
    for seed in seeds:
        made = random_case(seed, crowded=crowded)
        with soon_enough(made.text):
            differences = first_of_each(compare(load_text(made.text).case, made.views))
        assert not differences, report(made, differences)


@contextmanager
def soon_enough(text: str) -> Iterator[None]:
    """What has no answer in half a minute has none."""
    try:
        with at_most(30):
            yield
    except TooLongError as error:
        raise AssertionError(f"no answer in half a minute:\n{text}") from error


def report(made: Made, differences: list[Difference]) -> str:
    """The smallest text found that still shows the first of the differences."""
    first = differences[0]

    def shows(text: str) -> bool:
        loaded = load_text(text)
        return loaded.ok and first.group in [each.group for each in compare(loaded.case, (first.view,))]

    return "\n".join(["", shrunk(made.text, shows, 10), *map(str, differences)])


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_made_can_be_read(seed: int) -> None:
    assert [each for each in load_text(random_case(seed).text).diagnostics if each.severity == "error"] == []


def test_a_seed_makes_the_same_case_every_time() -> None:
    assert random_case(7) == random_case(7)
    assert len({random_case(seed).text for seed in SEEDS}) == len(SEEDS)


@pytest.mark.long
def test_everything_occurs_in_one_of_a_hundred() -> None:
    found = tally(random_case(seed) for seed in range(3000))

    assert found.rare(1) == [], "\n".join(found.lines())


# The comparison itself: a wrong answer is found, and made small.

SMALL = """
case "Small" timezone Etc/UTC
party Ada
party Bo
obligation dig of Ada to Bo
  by 2031-03-20
obligation fill of Ada to Bo
2031-03-10 Ada promises dig, fill
"""


class Mistaken(Inquiry):
    """An engine that takes all that is due for overdue."""

    def inventory(self, *asked: object, **more: object) -> tuple[Row, ...]:
        rows = super().inventory(*asked, **more)  # type: ignore[arg-type]
        return tuple(msgspec.structs.replace(row, standings=self._mistaken(row)) for row in rows)

    @staticmethod
    def _mistaken(row: Row) -> dict[str, object]:
        return {
            reading: msgspec.structs.replace(each, status="overdue") if each.status == "due" else each
            for reading, each in row.standings.items()
        }


def test_a_wrong_answer_is_a_difference() -> None:
    case = load_text(SMALL).case

    right = [each for each in compare(case, [View("2031-03-15")]) if each.field == "status"]
    wrong = [each for each in compare(case, [View("2031-03-15")], ["Bo"], Mistaken) if each.field == "status"]

    assert right == []
    assert [(each.name[0], each.oracle, each.engine) for each in wrong] == [
        ("dig", "due", "overdue"),
        ("fill", "due", "overdue"),
    ]


def test_what_an_engine_raises_is_a_difference() -> None:
    class Broken(Inquiry):
        def inventory(self, *asked: object, **more: object) -> tuple[Row, ...]:
            raise LookupError

    found = compare(load_text(SMALL).case, [View("2031-03-15")], None, Broken)

    assert [(each.field, each.engine) for each in found] == [
        ("raises", "LookupError in test_differential.py inventory")
    ]


def test_a_text_is_made_smaller_as_long_as_it_shows_the_same() -> None:
    def shows(text: str) -> bool:
        loaded = load_text(text)
        return loaded.ok and "dig" in loaded.case.commitments and bool(loaded.case.commitments["dig"].clauses.by)

    assert shrunk(SMALL, shows) == "party Bo\nobligation dig of Bo\n  by 2031-03-20\n"


def test_a_hunt_keeps_a_text_of_what_it_finds(tmp_path: Path) -> None:
    engine = tmp_path / "src"
    engine.symlink_to(Path(servanda.__file__).parents[1])
    command = [sys.executable, str(HUNT), "--src", str(engine), "--out", str(tmp_path / "found")]
    hunt = subprocess.run(
        [*command, "--seeds", "0-2", "--groups", "1", "--shrink", "1"], capture_output=True, text=True, check=False
    )

    texts = list((tmp_path / "found").iterdir())
    assert hunt.returncode == (1 if texts else 0), hunt.stderr
    assert hunt.stdout.startswith("3 cases, ")
    assert all(text.name in hunt.stdout and load_text(text.read_text("utf-8")).ok for text in texts)


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(TooLongError), at_most(0.05):
        time.sleep(5)
