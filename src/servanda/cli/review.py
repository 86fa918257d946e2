"""`servanda review`: a transcript as one page on which a person corrects it, without a server."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import click
import msgspec

from servanda.sources.documents import MOST_BYTES, Unreadable, pictures_of
from servanda.sources.reading import Transcript, head

#: What pictures of pages can be made of.
_PICTURED = frozenset((".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"))


@click.command("review")
@click.argument("transcript", type=click.Path(), metavar="TRANSCRIPT")
@click.option(
    "-d",
    "--document",
    type=click.Path(),
    metavar="FILE",
    help="The PDF or image that was read, to be shown beside. Looked for beside the transcript if not given.",
)
@click.option("-o", "--output", "target", type=click.Path(dir_okay=False), help="Where to write the page.")
def command(transcript: str, document: str | None, target: str | None) -> None:
    """Write the page on which a transcript is corrected.

    TRANSCRIPT is what `servanda ingest -o transcript.json` wrote, or what the page itself saved. The page holds all it
    needs: open it in a browser, go through what is in doubt with the keyboard, accept or drop statements, and save the
    transcript as JSON and what you accepted as `.pacta`. The pages of a PDF or an image stand beside their words.
    Nothing leaves the machine.
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
    path.write_text(page(read, _pictures(read, transcript, document)), "utf-8")
    click.echo(f"wrote {path}: open it in a browser")


def _pictures(read: Transcript, transcript: str, document: str | None) -> list[bytes]:
    """The pages of the document, which may lie beside its transcript under the name that stands in there."""
    beside = Path(transcript).with_name(os.path.basename(read.file) or "-")
    if document is None and not (beside.is_file() and beside.suffix.lower() in _PICTURED):
        return []
    path = Path(document) if document is not None else beside
    if not path.is_file():
        raise click.UsageError(f"there is no file `{path}`")
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    try:
        return pictures_of(data)
    except Unreadable as reason:
        if document is None:
            return []
        raise click.UsageError(f"`{path}` {reason}") from None


def page(transcript: Transcript, pictures: Sequence[bytes] = ()) -> str:
    """The page of a transcript: a template with the transcript laid into it as data, and the pages as JPEG images."""
    template = (files("servanda.cli") / "templates" / "review.html").read_text("utf-8")
    shown = [f"data:image/jpeg;base64,{b64encode(each).decode()}" for each in pictures]
    data = msgspec.json.encode({"transcript": transcript, "head": head(transcript), "pictures": shown}).decode()
    # within a script no `<` may stand that a browser could take for its end
    return template.replace("__DATA__", data.replace("<", "\\u003c"))
