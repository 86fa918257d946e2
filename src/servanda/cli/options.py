"""What all commands share: the output format, colour, JSON, standard input."""

from __future__ import annotations

import os
import sys
from typing import Any

import click
import msgspec

from servanda.diagnostics import printable

#: How many diagnostics are printed for people; `--format json` gives them all.
MOST_SHOWN = 200
#: `--format text|json`, the same on every command.
FORMAT = click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or JSON for programs.",
)
#: `--sources DIR` and `--allow-outside`, on every command that asks a case.
SOURCES = click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False),
    help="Where the texts of sources and event tables lie, if not in the case folder.",
)
ALLOW_OUTSIDE = click.option("--allow-outside", is_flag=True, help="As for `check`: only for cases that you trust.")


def existing(path: str) -> str:
    """A path at which there is something; ends the command where there is nothing."""
    if not os.path.exists(path):
        raise click.UsageError(f"there is no file or folder `{printable(path)}`")
    return path


def colour_on(*, err: bool = False) -> bool:
    """Whether stdout (or stderr) takes colour: a terminal, unless `NO_COLOR` is set; `FORCE_COLOR` overrides both."""
    if os.environ.get("FORCE_COLOR"):
        return True
    stream = sys.stderr if err else sys.stdout
    if stream is None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def print_json(value: Any) -> None:
    """Print a value as JSON, indented, on stdout, in UTF-8 whatever the terminal takes."""
    click.echo(json_bytes(value), nl=False)


def json_bytes(value: Any) -> bytes:
    """A value as JSON, indented, in UTF-8, with a newline at its end."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def read_stdin() -> bytes:
    """What stands on standard input; of what is larger than a case may be, enough to see that it is."""
    from servanda.load.files import MOST_BYTES

    if sys.stdin is None:
        raise click.UsageError("standard input is closed")
    return sys.stdin.buffer.read(MOST_BYTES + 1)
