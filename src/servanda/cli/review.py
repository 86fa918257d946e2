"""`servanda review`: a transcript as one page on which a person corrects it, without a server."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import click
import msgspec

from servanda.sources.documents import MOST_BYTES
from servanda.sources.reading import Transcript, head


@click.command("review")
@click.argument("transcript", type=click.Path(), metavar="TRANSCRIPT")
@click.option("-o", "--output", "target", type=click.Path(dir_okay=False), help="Where to write the page.")
def command(transcript: str, target: str | None) -> None:
    """Write the page on which a transcript is corrected.

    TRANSCRIPT is what `servanda ingest -o transcript.json` wrote, or what the page itself saved. The page holds all it
    needs: open it in a browser, go through what is in doubt with the keyboard, accept or drop statements, and save the
    transcript as JSON and what you accepted as `.pacta`. Nothing leaves the machine.
    """
    if not os.path.isfile(transcript):
        raise click.UsageError(f"there is no file `{transcript}`")
    with open(transcript, "rb") as stream:
        data = stream.read(4 * MOST_BYTES + 1)
    if len(data) > 4 * MOST_BYTES:
        raise click.UsageError(f"`{transcript}` is too large for a transcript")
    try:
        read = msgspec.json.decode(data, type=Transcript)
    except (msgspec.DecodeError, UnicodeDecodeError) as reason:
        raise click.UsageError(f"`{transcript}` is no transcript: {reason}") from None
    path = Path(target) if target else Path(transcript).with_suffix(".html")
    path.write_text(page(read), "utf-8")
    click.echo(f"wrote {path}: open it in a browser")


def page(transcript: Transcript) -> str:
    """The page of a transcript: a template with the transcript laid into it as data."""
    template = (files("servanda.cli") / "templates" / "review.html").read_text("utf-8")
    data = msgspec.json.encode({"transcript": transcript, "head": head(transcript)}).decode()
    # within a script no `<` may stand that a browser could take for its end
    return template.replace("__DATA__", data.replace("<", "\\u003c"))
