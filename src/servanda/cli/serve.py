"""`servanda serve`: the workbench, a case to look at in a browser."""

from __future__ import annotations

import os
import socket
import threading
import webbrowser

import click

from servanda.diagnostics import printable

from .options import ALLOW_OUTSIDE, SOURCES, existing


@click.command("serve")
@click.argument("path", default=".", type=click.Path(), metavar="[CASE]")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8462, show_default=True, help="0 takes any that is free."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; beyond this machine, `--token`.")
@click.option("--open", "browse", is_flag=True, help="Open it in a browser.")
@click.option("--read-only", is_flag=True, help="Take no changes to the case's files.")
@click.option("--token", envvar="SERVANDA_TOKEN", metavar="WORD", help="Answer only who gives this word.")
@SOURCES
@ALLOW_OUTSIDE
def command(
    path: str, port: int, host: str, browse: bool, read_only: bool, token: str | None, sources: str | None,
    allow_outside: bool,
) -> None:  # fmt: skip
    """Open a case in the workbench.

    CASE is its folder or root file; without it, the case in the current folder. Ctrl-C ends it.
    """
    import uvicorn

    from servanda.workbench.app import Workbench
    from servanda.workbench.desk import Desk
    from servanda.workbench.security import LOOPBACK
    from servanda.workbench.tidying import Tidying

    if host not in LOOPBACK and not token:
        raise click.UsageError(f"--host {printable(host)} is beyond this machine: give `--token` with it")
    if token is not None and len(token) < 16:
        raise click.UsageError("--token needs at least 16 letters, lest it be guessed")
    desk = Desk(existing(path), sources=sources, allow_outside=allow_outside)
    if not os.path.exists(desk.root):
        raise click.UsageError(f"`{printable(path)}` has no `{desk.root.name}`: begin a case with `servanda new`")
    listening = _listening(host, port)
    port = listening.getsockname()[1]
    shown = "localhost" if host in LOOPBACK else host
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/{desk.slug}/standing"
    address += f"?token={token}" if token else ""
    hosts = LOOPBACK if host in LOOPBACK else {*LOOPBACK, host, socket.gethostname()}
    click.echo(f"{desk.copy().case.title or 'The case'} is open at {address}")
    click.echo("Ctrl-C ends it.", err=True)
    if browse:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    bench = Workbench(desk, read_only=read_only)
    app = Tidying(bench.app(hosts, token))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=2))
    bench.closing = lambda: server.should_exit
    server.run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """A socket on that port; where it is taken, the command says so."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as why:
        listening.close()
        raise click.UsageError(
            f"--port {port}: {(why.strerror or str(why)).lower()}; `--port 0` takes a free one"
        ) from None
    listening.listen()
    return listening
