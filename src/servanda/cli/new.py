"""`servanda new`: a small case to begin with."""

from __future__ import annotations

import shlex
from importlib.resources import files
from pathlib import Path

import click

#: Each template with what it is about, in the order of help.
TEMPLATES = {
    "small": "a road between two communes",
    "ceasefire": "a ceasefire with withdrawal, exchange and observers",
    "closing": "a sale whose two halves are one step",
    "treaty": "a treaty of three states with yearly reports and a protocol",
}
_FILES = ("case.pacta", "record.pacta")


@click.command("new")
@click.argument("folder", type=click.Path(file_okay=False), metavar="DIR")
@click.option(
    "--template",
    type=click.Choice(list(TEMPLATES)),
    default="small",
    show_default=True,
    help=f"What it is about: {'; '.join(f'`{name}` {about}' for name, about in TEMPLATES.items())}.",
)
def command(folder: str, template: str) -> None:
    """Begin a case in DIR.

    DIR is made if it is not there, and has to be empty. What is written is a small case about invented parties, with
    comments, that checks clean: a beginning to change.
    """
    target = Path(folder)
    source = files("servanda.cli") / "templates" / template
    try:
        target.mkdir(parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise click.UsageError(f"`{folder}` is not empty; nothing was written")
        for name in _FILES:
            with (target / name).open("x", encoding="utf-8") as file:
                file.write((source / name).read_text(encoding="utf-8"))
    except OSError as reason:
        raise click.UsageError(f"`{folder}` cannot be written: {reason.strerror}") from None
    click.echo(f"wrote {' and '.join(str(target / name) for name in _FILES)}")
    click.echo(f"next: servanda check {shlex.quote(folder)}")
