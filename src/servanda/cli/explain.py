"""`servanda explain`: what a message means, and what to do next."""

from __future__ import annotations

import re
import textwrap

import click
from click.shell_completion import CompletionItem

from servanda.diagnostics import CODES, Code, nearest

from .options import FORMAT, print_json


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name, help=_form(code)) for name, code in CODES.items() if name.startswith(incomplete)]


@click.command("explain")
@click.argument("code", required=False, shell_complete=_complete)
@FORMAT
def command(code: str | None, output: str) -> None:
    """Say why a message is given, and what to do next.

    CODE is the word that stands in brackets, such as `unknown-name`. Without a CODE, all are listed.
    """
    if code is None:
        _list(output)
        return
    found = CODES.get(code.strip("[]"))
    if found is None:
        guess = nearest(code, CODES)
        hint = f"; did you mean `{guess}`?" if guess else "; `servanda explain` lists them all"
        raise click.UsageError(f"no message has the code `{code}`{hint}")
    if output == "json":
        print_json({"schema_version": 1, **_as_json(found)})
        return
    click.echo(f"{found.severity}[{found.name}]: {_form(found)}\n")
    click.echo(textwrap.fill(found.cause, 100) + "\n")
    click.echo(textwrap.fill(f"Next: {found.remedy}", 100))


def _list(output: str) -> None:
    if output == "json":
        print_json({"schema_version": 1, "codes": [_as_json(code) for code in CODES.values()]})
        return
    width = max(map(len, CODES))
    for code in CODES.values():
        click.echo(f"{code.name:{width}}  {code.severity:7}  {_form(code)}")


def _form(code: Code) -> str:
    """A code's message with its fields as gaps."""
    return re.sub(r"\{\w+\}", "…", code.message)


def _as_json(code: Code) -> dict[str, str]:
    return {
        "code": code.name,
        "severity": code.severity,
        "message": _form(code),
        "cause": code.cause,
        "next": code.remedy,
    }
