"""Seeded faults: each mistake in the engine that `tests/faults/faults.toml` names turns a test red, by an assertion.

The faults were chosen because they change an answer; where none of the tests noticed, a corpus case was written.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from faults.planted import ENGINE, ROOT, SOURCE, Fault, copy_to, faults, reports

FAULTS = faults()
#: Every part of the meaning has faults of its own.
PARTS = {
    "crediting", "recognition", "offers", "ladder", "confirmations", "amounts", "deadlines", "time", "inexact-dates",
    "same-instant", "suspension", "powers", "waivers", "transfers", "instances", "finals", "breaches", "prohibitions",
    "groups", "defined-matters", "unless-and-until", "versions", "knowledge", "channels", "consents", "closing",
    "reasons", "keeping",
}  # fmt: skip

each_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)


def test_there_are_faults_of_every_part_of_the_meaning() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) > 100
    assert {fault.part for fault in FAULTS} == PARTS


@each_fault
def test_a_fault_can_still_be_made(fault: Fault) -> None:
    text = (SOURCE / ENGINE / fault.file).read_text("utf-8")
    faulty = fault.in_text(text)

    assert ast.dump(ast.parse(faulty)) != ast.dump(ast.parse(text))
    path, name = re.split("::|\\[", fault.test)[:2]
    assert f"def {name}(" in (ROOT / path).read_text("utf-8")


@pytest.mark.long
def test_without_a_fault_the_same_tests_are_green(tmp_path: Path) -> None:
    tests = list(dict.fromkeys(fault.test for fault in FAULTS))

    assert {test: report.outcome for test, report in reports(copy_to(tmp_path), tests).items()} == dict.fromkeys(
        tests, "passed"
    )


@pytest.mark.long
@each_fault
def test_a_fault_turns_its_test_red(fault: Fault, tmp_path: Path) -> None:
    found = reports(copy_to(tmp_path, fault), [fault.test])

    assert [report.outcome for report in found.values()] == ["failed"], found
