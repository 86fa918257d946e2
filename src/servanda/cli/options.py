"""What all commands share: the output format, colour, JSON, standard input."""

from __future__ import annotations

import os
import sys
from typing import Any

import click
import msgspec

#: `--format text|json`, the same on every command.
FORMAT = click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or JSON for programs.",
)
#: How many bytes are read from standard input: the bound of a case.
_MOST_BYTES = 32 * 1024 * 1024


def colour_on() -> bool:
    """Whether stdout takes colour: a terminal, unless `NO_COLOR` is set; `FORCE_COLOR` overrides both."""
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_json(value: Any) -> None:
    """Print a value as JSON, indented, on stdout."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def read_stdin() -> tuple[str, str]:
    """What stands on standard input, and the name to show for it."""
    data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise click.UsageError(f"standard input is too large: a case has at most {_MOST_BYTES // 1024 // 1024} MiB")
    try:
        return data.decode("utf-8"), "-"
    except UnicodeDecodeError as reason:
        raise click.UsageError(f"standard input is no text in UTF-8 (byte {reason.start})") from None
