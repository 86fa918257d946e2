"""Run tests on a copy of the product, and write what became of each as the last line.

python -m faults.asked COPY TEST…
"""

from __future__ import annotations

import json
import sys

import pytest

import servanda


class Witness:
    """Notes what became of each test; one that raises anything but a failed assertion is broken."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        crash = getattr(report.longrepr, "reprcrash", None)
        words = str(getattr(crash, "message", report.longrepr or ""))
        if report.failed:
            by_assertion = report.when == "call" and words.startswith(("assert", "AssertionError", "Failed: "))
            self.found[report.nodeid] = "failed" if by_assertion else "broken", words
        elif report.when == "call" and report.passed:
            self.found.setdefault(report.nodeid, ("passed", ""))


def main() -> None:
    copy, *tests = sys.argv[1:]
    assert (servanda.__file__ or "").startswith(copy), f"{servanda.__file__} is not the copy in {copy}"
    witness = Witness()
    pytest.main(["-q", "-p", "no:cacheprovider", "-m", "long or not long", *tests], plugins=[witness])
    sys.stdout.write("\n" + json.dumps(witness.found) + "\n")


if __name__ == "__main__":
    main()
