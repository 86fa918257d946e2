"""The command `servanda`: its subcommands are loaded when they are called, so that it starts at once."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from importlib import import_module
from typing import Any

import click

#: Each command with its module's name, in the order of help.
COMMANDS = {
    "new": "new",
    "check": "check",
    "ingest": "ingest",
    "review": "review",
    "status": "status",
    "why": "why",
    "disputes": "disputes",
    "brief": "brief",
    "compare": "compare",
    "cross-check": "cross_check",
    "attempts": "attempts",
    "timeline": "timeline",
    "deadlines": "deadlines",
    "residue": "residue",
    "stuck": "stuck",
    "wayout": "wayout",
    "exposure": "exposure",
    "serve": "serve",
    "export": "export",
    "query": "query",
    "fmt": "fmt",
    "explain": "explain",
    "completion": "completion",
}
#: What help says of each, the first sentence of its own: kept here so that help loads none of them.
SUMMARIES = {
    "new": "Begin a case in DIR.",
    "check": "Show every problem of a case, and what the case holds.",
    "ingest": "Read a document: pages, who speaks, who is named, what was said.",
    "review": "Write the page on which a transcript is corrected.",
    "status": "Show where every commitment stands in each reading.",
    "why": "Say why a commitment stands where it does.",
    "disputes": "Show where readings part, and what would bring them together.",
    "brief": "Make one page for the next meeting.",
    "compare": "Show what differs between two drafts, in words and in consequences.",
    "cross-check": "Show what a careful secretary would raise.",
    "attempts": "Show what was tried to find something out, and how it ended.",
    "timeline": "Show what happened day by day, and what changed with it.",
    "deadlines": "Show what is due when, and in which reading.",
    "residue": "Show what is open when the record closes.",
    "stuck": "Show who waits for whom, and what nobody has offered.",
    "wayout": "Find the smallest concessions that reach a goal.",
    "exposure": "Find the order in which nobody gives much more than it gets.",
    "serve": "Open a case in the workbench.",
    "export": "Write the pages of the workbench as files.",
    "query": "Ask a case in SQL.",
    "fmt": "Put case files into the agreed layout.",
    "explain": "Say why a message is given, and what to do next.",
    "completion": "Print the script for completion in a shell.",
}


def _drop_output() -> None:
    """Let go of what stdout could not take, lest Python tries it again at the end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Commands(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command = import_module(f"servanda.cli.{module}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands below their heading, each with what it does."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command; what the machine cannot do ends it with a sentence and status 2."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        try:
            return super().main(*args, **extra)
        except OSError as reason:
            failure = f"{reason.strerror or reason}".lower()
            if isinstance(reason.filename, str):
                failure = f"`{reason.filename}`: {failure}"
        except MemoryError:
            failure = "this machine has too little memory for it"
        _drop_output()
        click.echo(f"Error: {failure}", err=True)
        sys.exit(2)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from servanda.diagnostics import nearest

            guess = nearest(args[0], COMMANDS)
            hint = f"; did you mean `{guess}`?" if guess else f"; there are {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command is called `{args[0]}`{hint}", ctx)
        return super().resolve_command(ctx, args)


_FIRST_STEPS = """\b
First steps:
  servanda new my-case      begin a case
  servanda check my-case    see what does not add up in it, and what it holds
  servanda explain CODE     read what a message means
"""


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_FIRST_STEPS)
@click.version_option(package_name="servanda", message="servanda %(version)s")
def main() -> None:
    """Negotiated agreements in plain text: who owes what to whom, on which condition, shown how, in whose reading."""
