"""What all tests share: how many cases a property tries, `--rewrite`, and a count of what was skipped."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

# `make test` tries the same cases for everybody; `make test-long` goes looking for new ones, except where a change is
# judged (CI): there what one change is asked must not depend on chance.
settings.register_profile("everyday", deadline=None, max_examples=30, derandomize=True)
settings.register_profile(
    "long",
    deadline=None,
    max_examples=1000,
    print_blob=True,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("everyday")

# Who runs in the background of a shell is not interrupted, nor is what it starts: here what is interrupted is to end.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option by which expected outputs of the corpus are written anew, to be read at review."""
    parser.addoption("--rewrite", action="store_true", help="write the expected outputs of the corpus anew")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped, also when there are none."""
    terminalreporter.write_line(f"skipped tests: {len(terminalreporter.stats.get('skipped', []))}")
