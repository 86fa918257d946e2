"""Doing something again whenever files of a case change."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from servanda.diagnostics import printable


def watched(paths: Sequence[str], do: Callable[[], object]) -> None:
    """Do it once, then after every change below the folders of `paths`, until interrupted."""
    from watchfiles import watch

    folders = {path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths}
    do()
    click.echo("watching for changes; Ctrl-C ends it", err=True)
    for changes in watch(*folders, debounce=200, raise_interrupt=False):
        changed = sorted({Path(path).name for _, path in changes})
        listed = printable(", ".join(changed[:3]))
        click.echo(f"\n── {listed}{' …' if len(changed) > 3 else ''} changed ──", err=True)
        try:
            do()
        except click.UsageError as problem:  # a file that is being replaced is not there for a moment
            click.echo(problem.message, err=True)
