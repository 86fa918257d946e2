"""`servanda export`: the workbench's pages as files, for people without the tool."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from servanda.diagnostics import printable
from servanda.load.files import ROOT

from .options import ALLOW_OUTSIDE, SOURCES, existing
from .question import date_from_words, end_where_wrong
from .words import counted

if TYPE_CHECKING:
    from servanda.workbench.desk import Desk

#: So many pages are written without being asked whether that is meant.
MOST_PAGES = 20_000


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False), metavar="DIR")
@click.argument("path", default=".", type=click.Path(), metavar="[CASE]")
@click.option("--from", "from_words", metavar="DATE", help="The first day with pages; else that of the first act.")
@click.option("--to", "to_words", metavar="DATE", help="The last day with pages; else that of the last act.")
@click.option("--force", is_flag=True, help="Write into DIR although it is not empty; replace an earlier export.")
@click.option(
    "--most",
    type=click.IntRange(1),
    default=MOST_PAGES,
    show_default=True,
    metavar="PAGES",
    help="Write nothing if there would be many more pages than that.",
)
@SOURCES
@ALLOW_OUTSIDE
def command(
    folder: str, path: str, from_words: str | None, to_words: str | None, force: bool, most: int, sources: str | None,
    allow_outside: bool,
) -> None:  # fmt: skip
    """Write the pages of the workbench as files.

    DIR then has an `index.html` that opens from a disk, without a server and without Servanda: the same pages, once for
    each day with an act. CASE is its folder or root file; without it, the case in the current folder. All of the case
    is in the files, also what was said in a channel, and the texts of sources that are at hand.
    """
    from servanda.workbench.desk import Desk
    from servanda.workbench.export import clear, days_of

    first, last = date_from_words(from_words, "--from"), date_from_words(to_words, "--to")
    if first is not None and last is not None and first.earliest.day > last.latest.day:
        raise click.UsageError(f"--from {first} lies after --to {last}")
    target = Path(folder)
    if (target / ROOT).is_file() and os.path.realpath(target) != os.path.realpath(path):
        raise click.UsageError(
            f"`{printable(folder)}` is the folder of a case: name the folder to write first, and the case behind it"
        )
    desk = Desk(existing(path), sources=sources, allow_outside=allow_outside)
    if os.path.realpath(target) == os.path.realpath(desk.folder):
        raise click.UsageError(f"`{printable(folder)}` is the folder of the case itself: name another one")
    if not force and target.is_dir() and any(target.iterdir()):
        raise click.UsageError(f"`{printable(folder)}` is not empty; nothing was written. `--force` writes into it")
    loaded = desk.copy().loaded
    end_where_wrong(loaded, path, "nothing was written")
    days = days_of(desk, None if first is None else first.earliest.day, None if last is None else last.latest.day)
    about = len(days) * (2 * len(loaded.case.commitments) + len(loaded.case.sources) + 5)
    if about > most:
        raise click.UsageError(
            f"that would be some {about:,} pages for {counted(len(days), 'day')}: choose days with `--from` and "
            f"`--to`, or allow it with `--most {about}`"
        )
    target.mkdir(parents=True, exist_ok=True)
    if force:
        clear(target)
    pages, size = _written(desk, target, days)
    click.echo(f"wrote {counted(pages, 'page')} for {counted(len(days), 'day')}, {size / 1e6:.1f} MB, to {folder}")
    click.echo(f"open {target / 'index.html'}")


def _written(desk: Desk, target: Path, days: tuple[str, ...]) -> tuple[int, int]:
    """Write all files; how many pages there are, and how many bytes in all. On a terminal it says how far it is."""
    from servanda.workbench.export import Export

    export = Export(desk, target, days)
    said = sys.stderr is not None and sys.stderr.isatty()
    told = time.monotonic()
    pages = size = 0
    for path, length in export:
        pages += path.endswith(".html")
        size += length
        if said and time.monotonic() - told > 1:
            told = time.monotonic()
            click.echo(f"\r{pages:,} pages written, {export.ahead:,} known ahead    ", nl=False, err=True)
    if said:
        click.echo("\r\x1b[K", nl=False, err=True)
    return pages, size
