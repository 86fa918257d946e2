"""`servanda compare`: what differs between two drafts of a case, in words and in consequences."""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click

from servanda.api.compare import CompareAnswer, compare_answer
from servanda.api.compare_html import html_of_comparison
from servanda.comparison import Comparison, compared
from servanda.model.case import Case
from servanda.standing import RECORD

from .options import ALLOW_OUTSIDE, FORMAT, print_json
from .question import date_from_words, known_names, loaded_case, say
from .words import counted, strong, wrapped


@click.command("compare")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="CASE_A CASE_B | CASE")
@click.option(
    "--rev", "revisions", multiple=True, metavar="REV",
    help="A git revision of CASE, in place of CASE_A; a second one, in place of CASE_B.",
)  # fmt: skip
@click.option("--to", "--at", "end_words", metavar="DATE", help="The last day to compare.")
@click.option("--as", "readings", multiple=True, metavar="READING", help="A party, or `record`; may repeat.")
@click.option("--channel", "channels", multiple=True, metavar="CHANNEL", help="Only public acts, and those in this.")
@click.option("--html", "page", type=click.Path(dir_okay=False), metavar="FILE", help="Write a page to read or print.")
@click.option(
    "--sources", type=click.Path(exists=True, file_okay=False), help="Where the texts of sources lie, if elsewhere."
)
@ALLOW_OUTSIDE
@FORMAT
def command(
    paths: tuple[str, ...],
    revisions: tuple[str, ...],
    end_words: str | None,
    readings: tuple[str, ...],
    channels: tuple[str, ...],
    page: str | None,
    sources: str | None,
    allow_outside: bool,
    output: str,
) -> None:
    """Show what differs between two drafts, in words and in consequences.

    CASE_A and CASE_B are folders or root files. With `--rev`, CASE as it is in one git revision is held against CASE as
    it lies there, or as it is in another. Told are declarations, clauses and acts that differ; then, reading by
    reading, which standings differ and when, which deadlines move, and which ways of performance open or close.
    """
    end = date_from_words(end_words, "--to")
    wanted = 1 if revisions else 2
    if len(paths) != wanted or len(revisions) > 2:
        raise click.UsageError("name two cases, or one case and one or two revisions of it with `--rev`")
    with tempfile.TemporaryDirectory() as folder:
        drafts = [
            (f"{paths[0]} at {rev}", _checked_out(paths[0], rev, Path(folder) / str(place)))
            for place, rev in enumerate(revisions)
        ]
        drafts += [(path, path) for path in paths[: 2 - len(drafts)]]
        cases = [loaded_case(path, sources, allow_outside).case for _, path in drafts]
    (before, _), (after, _) = drafts
    known_names(readings, {**cases[0].parties, **cases[1].parties, RECORD: None}, "reading")
    known_names(channels, {**cases[0].channels, **cases[1].channels}, "channel")
    found = compared(
        cases[0],
        cases[1],
        tuple(dict.fromkeys(readings)) or None,
        None if end is None else end.latest.day,
        frozenset(channels) if channels else None,
    )
    if found is None:
        raise click.UsageError("neither case names any day: say up to which day to compare with `--to`")
    answer = compare_answer(found, before, after, channels or None)
    if page is not None:
        Path(page).write_text(html_of_comparison(answer, _title(cases)), "utf-8")
    if output == "json":
        print_json(answer)
    else:
        say(_text(answer, found, _title(cases)))


def _title(cases: list[Case]) -> str:
    return cases[1].title or cases[0].title or "a case without a title"


def _checked_out(path: str, revision: str, folder: Path) -> str:
    """A case as it is in a git revision, in a folder of its own; its path there."""
    if revision.startswith("-"):
        raise click.UsageError(f"`{revision}` is no revision")
    place = Path(path).resolve()
    inside = place if place.is_dir() else place.parent
    if not inside.is_dir():
        raise click.UsageError(f"there is no file or folder `{path}`")
    prefix = _git(inside, "rev-parse", "--show-prefix").decode().strip().rstrip("/")
    root = Path(_git(inside, "rev-parse", "--show-toplevel").decode().strip())
    data = _git(root, "archive", "--format=zip", f"{revision}:{prefix}")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return str(folder if place.is_dir() else folder / place.name)


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", os.fspath(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise click.UsageError("`--rev` needs git, which is not installed") from None
    if done.returncode:
        raise click.UsageError(f"git: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


# ── for people ──────────────────────────────────────────────────────────────────────────────────────────────


def _text(answer: CompareAnswer, found: Comparison, title: str) -> Iterator[str]:
    over = f", over public acts and {', '.join(answer.channels)}" if answer.channels else ""
    yield wrapped(f"{title} · {answer.before} → {answer.after} · up to {answer.end}{over}", 0)
    yield ""
    if not answer.words:
        yield "the two say the same"
        return
    yield strong(f"{counted(len(answer.words), 'difference')} in words")
    for each in answer.words:
        part = f", {each.part}" if each.part else ""
        yield wrapped(each.name + part, 3, 5, lead=f"{each.kind} " if each.kind != "act" else "")
        if each.kind != "act" or each.part:
            if each.before is not None:
                yield wrapped(each.before, 6, 8, lead="− ")
            if each.after is not None:
                yield wrapped(each.after, 6, 8, lead="+ ")
        else:
            yield wrapped("only before" if each.after is None else "only after", 6)
    if found.without_consequence:
        yield ""
        yield wrapped(f"no consequence in the readings of {', '.join(answer.readings)}", 0)
        return
    yield from _consequences(answer)


def _consequences(answer: CompareAnswer) -> Iterator[str]:
    if answer.standings:
        yield ""
        yield strong("standings that differ")
        for each in answer.standings:
            days = f"{each.first} on" if each.last is None else f"{each.first} to {each.last}"
            yield wrapped(f"{each.commitment} · {', '.join(each.readings)} · {days}", 3, 5)
            yield wrapped(f"{each.before} → {each.after}", 6, 8)
    if answer.deadlines:
        yield ""
        yield strong("deadlines that move")
        for moved in answer.deadlines:
            yield wrapped(f"{moved.commitment} · {', '.join(moved.readings)} · since {moved.since}", 3, 5)
            yield wrapped(f"{moved.before or 'none'} → {moved.after or 'none'}", 6, 8)
    if answer.ways:
        yield ""
        yield strong("ways of performance")
        for way in answer.ways:
            yield wrapped(f"{way.commitment} · {', '.join(way.readings)}", 3, 5)
            for word, those in (("closed", way.closed), ("opened", way.opened)):
                for one in those:
                    yield wrapped(one, 6, 8, lead=f"{word}: ")
