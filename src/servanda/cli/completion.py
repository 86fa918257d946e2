"""`servanda completion`: the script that makes a shell complete commands, options, paths and codes."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from .main import main

_LINES = {
    "bash": 'eval "$(servanda completion bash)"   # in ~/.bashrc',
    "zsh": 'eval "$(servanda completion zsh)"    # in ~/.zshrc',
    "fish": "servanda completion fish | source    # in ~/.config/fish/config.fish",
}


@click.command("completion", epilog="\b\n" + "\n".join(_LINES.values()))
@click.argument("shell", type=click.Choice(list(_LINES)))
def command(shell: str) -> None:
    """Print the script for completion in a shell.

    With it the shell completes commands, options, paths and the codes of messages. Put this line into your settings:
    """
    completion = get_completion_class(shell)
    assert completion is not None
    click.echo(completion(main, {}, "servanda", "_SERVANDA_COMPLETE").source())
