"""Showing how far a long answer has come: on a terminal only, and only once it has taken a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from typing import TypeVar

import click

Step = TypeVar("Step")


def with_progress(steps: Iterable[Step], length: int, label: str) -> list[Step]:
    """All steps, worked out one after the other, with a bar on stderr while that takes long.

    They are given at once, since the answer and the bar may stand on the same terminal.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        return list(steps)
    begun = time.monotonic()
    done: list[Step] = []
    waiting = iter(steps)
    for step in waiting:
        done.append(step)
        if time.monotonic() - begun > 1:
            break
    else:
        return done
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        bar.update(len(done))
        for step in waiting:
            done.append(step)
            bar.update(1)
    return done
