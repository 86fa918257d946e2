"""`servanda new`: a small case to begin with."""

from __future__ import annotations

import shlex
from importlib.resources import files
from pathlib import Path

import click


@click.command("new")
@click.argument("folder", type=click.Path(file_okay=False), metavar="DIR")
def command(folder: str) -> None:
    """Begin a case in DIR.

    DIR is made if it is not there, and has to be empty. What is written is a small case about invented parties, with
    comments, that checks clean: a beginning to change.
    """
    target = Path(folder)
    template = files("servanda.cli") / "templates" / "small"
    try:
        target.mkdir(parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise click.UsageError(f"`{folder}` is not empty; nothing was written")
        for name in ("case.pacta", "record.pacta"):
            with (target / name).open("x", encoding="utf-8") as file:
                file.write((template / name).read_text(encoding="utf-8"))
    except OSError as reason:
        raise click.UsageError(f"`{folder}` cannot be written: {reason.strerror}") from None
    click.echo(f"wrote {target / 'case.pacta'} and {target / 'record.pacta'}")
    click.echo(f"next: servanda check {shlex.quote(folder)}")
