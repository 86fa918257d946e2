"""`servanda fmt`: case files in canonical layout."""

from __future__ import annotations

import difflib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from servanda.diagnostics import frames
from servanda.load.files import MOST_BYTES
from servanda.text import format_tree, parse

from .options import colour_on, read_stdin


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]...")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit status 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def command(paths: tuple[str, ...], only_check: bool, diff: bool) -> None:
    """Put case files into the agreed layout.

    One blank between words, two spaces a level; words, comments and the order of lines stay. PATH is a file, or a
    folder, of which all `.pacta` files are taken; `-` formats standard input to standard output. Without a PATH, the
    current folder is formatted. A file with lines that cannot be read is left as it is, and the exit status is 1.
    """
    changed = failed = 0
    for path in _files(paths or (".",)):
        text, shown = read_stdin() if path is None else (_read(path), str(path))
        tree = parse(text, shown)
        errors = [each for each in tree.diagnostics if each.severity == "error"]
        if errors:
            failed += 1
            for frame in frames(errors, colour=colour_on()):
                click.echo(frame, err=True)
            click.echo(f"{shown} is left as it is: lines that cannot be read cannot be laid out", err=True)
            continue
        formatted = format_tree(tree)
        if diff:
            sys.stdout.writelines(
                difflib.unified_diff(
                    text.splitlines(keepends=True), formatted.splitlines(keepends=True), shown, f"{shown} (formatted)"
                )
            )
        elif path is None and not only_check:
            click.echo(formatted, nl=False)
        if formatted == text:
            continue
        changed += 1
        if only_check:
            click.echo(f"would change {shown}")
        elif not diff and path is not None:
            _replace(path, text, formatted)
            click.echo(f"formatted {shown}", err=True)
    if failed or (only_check and changed):
        sys.exit(1)


def _files(paths: tuple[str, ...]) -> Iterator[Path | None]:
    for path in map(Path, paths):
        if str(path) == "-":
            yield None
        elif path.is_dir():
            found = sorted(each for each in path.rglob("*.pacta") if each.is_file())
            if not found:
                raise click.UsageError(f"there are no `.pacta` files in `{path}`")
            yield from found
        elif path.is_file():
            yield path
        else:
            raise click.UsageError(f"there is no file or folder `{path}`")


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise click.UsageError(f"`{path}` is too large: a case has at most {MOST_BYTES // 1024 // 1024} MiB")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise click.UsageError(f"`{path}` is no text in UTF-8") from None
    except OSError as reason:
        raise click.UsageError(f"`{path}` cannot be read: {reason.strerror}") from None


def _replace(path: Path, read: str, formatted: str) -> None:
    """Write a file in one step, unless somebody else has changed it since it was read."""
    target = path.resolve()
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(formatted)
        os.chmod(temporary, target.stat().st_mode)
        if target.read_bytes().decode("utf-8") != read:
            raise click.UsageError(f"`{path}` was changed by somebody else meanwhile; nothing was written")
        os.replace(temporary, target)
    except OSError as reason:
        raise click.UsageError(f"`{path}` cannot be written: {reason.strerror}") from None
    finally:
        Path(temporary).unlink(missing_ok=True)
