"""The faults of `faults.toml`; a copy of the product with one of them in it; and what tests say of such a copy."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
ENGINE = "servanda/standing"
#: The test that a corpus case of standings is.
PUZZLE = "tests/spec/test_standing.py::test_every_expectation_of_a_puzzle_holds[{}]"


class Fault(NamedTuple):
    """One fault: what the engine then gets wrong, and the words that would have to change for it.

    `part` is the part of the meaning that it is about; `test` the test that must turn red.
    """

    name: str
    part: str
    file: str
    old: str
    new: str
    test: str

    def in_text(self, text: str) -> str:
        """The text of its file with the fault."""
        assert text.count(self.old) == 1, (
            f"“{self.name}”: the engine changed, and in {self.file} the words of this fault are found "
            f"{text.count(self.old)} times: name the fault anew in tests/faults/faults.toml\n{self.old}"
        )
        return text.replace(self.old, self.new)


class Report(NamedTuple):
    """What became of a test: `passed`, `failed` by an assertion, or `broken` in any other way; and the last words."""

    outcome: str
    words: str


def faults() -> list[Fault]:
    """All faults, in their order."""
    table = tomllib.loads((Path(__file__).parent / "faults.toml").read_text("utf-8"))
    return [
        Fault(part=part, test=each.pop("test", None) or PUZZLE.format(each.pop("case")), **each)
        for part, own in table.items()
        for each in own
    ]


def copy_to(folder: Path, fault: Fault | None = None) -> Path:
    """A copy of the product in a folder, with one fault or none."""
    copy = folder / "src"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    if fault is not None:
        path = copy / ENGINE / fault.file
        path.write_text(fault.in_text(path.read_text("utf-8")), "utf-8")
    return copy


def reports(copy: Path, tests: Sequence[str]) -> dict[str, Report]:
    """What tests say of a copy of the product, in a process of its own that has no other."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHONPATH"))}
    environment = {
        **kept,
        "PYTHONPATH": os.pathsep.join([str(copy), str(ROOT / "tests"), str(ROOT)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    command = [sys.executable, "-m", "faults.asked", str(copy), *tests]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {test: Report(*said) for test, said in json.loads(done.stdout.splitlines()[-1]).items()}
