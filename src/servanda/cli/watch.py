"""Doing something again whenever files of a case change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click


def watched(paths: Sequence[str], do: Callable[[], object]) -> None:
    """Do it once, then after every change below the folders of `paths`, until interrupted."""
    from watchfiles import watch

    folders = {str(path if path.is_dir() else path.parent) for path in map(Path, paths)}
    do()
    click.echo("watching for changes; Ctrl-C ends it", err=True)
    for changes in watch(*folders, debounce=200, raise_interrupt=False):
        changed = sorted({Path(path).name for _, path in changes})
        click.echo(f"\n── {', '.join(changed[:3])}{' …' if len(changed) > 3 else ''} changed ──", err=True)
        do()
