"""Showing how far a long answer has come: on a terminal only, and only once it has taken a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

Step = TypeVar("Step")


def with_progress(steps: Iterable[Step], length: int, label: str) -> Iterator[Step]:
    """The steps, one after the other, with a bar on stderr while they take long."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from steps
        return
    begun = time.monotonic()
    done = 0
    waiting = iter(steps)
    for step in waiting:
        yield step
        done += 1
        if time.monotonic() - begun > 1:
            break
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        bar.update(done)
        for step in waiting:
            yield step
            bar.update(1)
