"""Reading and checking a case of 100,000 lines, beside Beancount checking a ledger of as many."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .generated import generated_case, plant_error
from .measure import Spread, run, side_by_side, until_first_word
from .report import Row

LINES = 100_000
SEED = 1962
EXPECTED = 1_000
PAIRS = 7
PACKAGES = ("servanda", "beancount", "msgspec", "click")
SHORT, STARTS = 200, 15

ROOT = Path(__file__).parents[1]
CHECK = (sys.executable, "-m", "servanda", "check")
BEAN_CHECK = (Path(sys.executable).with_name("bean-check"), "--no-cache")
BEAN_EXAMPLE = Path(sys.executable).with_name("bean-example")


def rows() -> Iterator[Row]:
    """The rows of the table, measured one by one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = _generated(folder / "case.pacta", "case")
        what = f"`check`, {LINES:,} lines"
        yield _beside(
            folder, f"{what}; `bean-check`, a ledger of as many", case, _generated(folder / "a.beancount", "ledger")
        )
        example = _example(folder / "b.beancount")
        lines = len(example.read_bytes().splitlines())
        yield _beside(folder, f"{what}; `bean-check`, {lines:,} lines of `bean-example`", case, example)
        yield _expecting(folder)
        yield from _phases(case)
        yield _start(folder)
        yield _first(folder)


def _beside(folder: Path, what: str, case: Path, ledger: Path) -> Row:
    ours, theirs = side_by_side((*CHECK, case), (*BEAN_CHECK, ledger), folder, PAIRS)
    ratios = [our.seconds / their.seconds for our, their in zip(ours, theirs, strict=True)]
    return Row(
        what,
        Spread.of([run.seconds for run in ours]).show(),
        Spread.of([run.seconds for run in theirs]).show(),
        Spread.of(ratios).show(),
        Spread.of([run.megabytes for run in ours]).show(0),
        Spread.of([run.megabytes for run in theirs]).show(0),
        "ratio 1.0",
    )


def _expecting(folder: Path) -> Row:
    """A case whose expectations all hold, else there is nothing to measure; a ledger whose balances do."""
    what = f"with {EXPECTED:,} expectations; with as many balances"
    case = _generated(folder / "expecting.pacta", "case", EXPECTED)
    return _beside(folder, what, case, _generated(folder / "balances.beancount", "ledger", EXPECTED))


def _example(path: Path) -> Path:
    """A ledger of nearly as many lines from Beancount's own generator, which knows nothing of this comparison."""
    years = ("--date-birth", "1950-01-01", "--date-begin", "1976-06-01", "--date-end", "2020-01-01")
    subprocess.run((BEAN_EXAMPLE, "--seed", str(SEED), *years, "-o", path), stderr=subprocess.DEVNULL, check=True)
    return path


def _generated(path: Path, kind: str, expected: int = 0) -> Path:
    """A text made by a process of its own: a large one that starts others would lend them its peak of memory."""
    command = (sys.executable, "-m", "bench.generated", kind, str(LINES), str(SEED), str(expected))
    with path.open("wb") as file:
        subprocess.run(command, cwd=ROOT, stdout=file, check=True)
    return path


def _phases(case: Path) -> Iterator[Row]:
    """The steps of the first row within one process, without starting Python."""
    command = (sys.executable, "-m", "bench.phases", str(case), str(PAIRS))
    measured = json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)
    for step, what in (
        ("words", "words alone"),
        ("syntax", "words and syntax"),
        ("load", "all until the case is loaded"),
    ):
        yield Row(f"of the first row, in one process: {what}", Spread.of(measured[step]).show())


def _start(folder: Path) -> Row:
    """What every command pays before it does anything."""
    figures = [run((sys.executable, "-m", "servanda", "--help"), folder).seconds for _ in range(1 + STARTS)][1:]
    bare = [run((sys.executable, "-c", "pass"), folder).seconds for _ in range(1 + STARTS)][1:]
    return Row("`servanda --help`, beside Python doing nothing", Spread.of(figures).show(3), Spread.of(bare).show(3))


def _first(folder: Path) -> Row:
    text, _, _ = plant_error(generated_case(SHORT, SEED), SEED)
    case = folder / "short.pacta"
    case.write_text(text, "utf-8")
    figures = [until_first_word((*CHECK, case), folder) for _ in range(1 + STARTS)][1:]
    return Row(f"start to first diagnostic, {SHORT} lines", Spread.of(figures).show(3), aim="0.25 s")
