"""`servanda fmt`: case files in canonical layout."""

from __future__ import annotations

import difflib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from servanda.diagnostics import frames, printable
from servanda.load.files import MOST, MOST_BYTES, MOST_LINES
from servanda.text import Tree, format_tree, parse

from .options import MOST_SHOWN, colour_on, read_stdin


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
    changed = failed = unusable = 0
    for path in _files(paths or (".",)):
        name = "-" if path is None else printable(str(path))
        try:
            data = read_stdin() if path is None else _read(path)
            tree = parse(_decoded(data, name), name)
            if _reported(tree):
                failed += 1
                continue
            formatted = format_tree(tree).encode()
            if diff:
                click.echo(_difference(data.decode(), formatted.decode(), name).encode(), nl=False)
            elif path is None and not only_check:
                click.echo(formatted, nl=False)
            if formatted == data:
                continue
            changed += 1
            if only_check:
                click.echo(f"would change {name}")
            elif not diff and path is not None:
                _replace(path, data, formatted)
                click.echo(f"formatted {name}", err=True)
        except click.UsageError as problem:
            unusable += 1
            click.echo(problem.message, err=True)
    if unusable:
        sys.exit(2)
    if failed or (only_check and changed):
        sys.exit(1)


def _reported(tree: Tree) -> bool:
    """Whether lines of a file cannot be read; if so, it is said which."""
    errors = [each for each in tree.diagnostics if each.severity == "error"]
    colour = colour_on(err=True)
    for frame in frames(errors[:MOST_SHOWN], colour=colour):
        click.echo(frame, err=True, color=colour)
    if len(errors) > MOST_SHOWN:
        click.echo(f"… and {len(errors) - MOST_SHOWN} more.\n", err=True)
    if errors:
        click.echo(f"{tree.file.path} is left as it is: lines that cannot be read cannot be laid out", err=True)
    return bool(errors)


def _difference(before: str, after: str, name: str) -> str:
    """What changes, line by line, in the form that `patch` reads."""
    return "".join(difflib.unified_diff(_lines(before), _lines(after), name, f"{name} (formatted)"))


def _lines(text: str) -> list[str]:
    *whole, rest = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([f"{rest}\n\\ No newline at end of file\n"] if rest else [])]


def _files(paths: tuple[str, ...]) -> Iterator[Path | None]:
    for path in map(Path, paths):
        if str(path) == "-":
            yield None
        elif os.path.isdir(path):
            found = sorted(each for each in path.rglob("*.pacta") if os.path.isfile(each))
            if not found:
                raise click.UsageError(f"there are no `.pacta` files in `{path}`")
            yield from found
        elif os.path.isfile(path):
            yield path
        else:
            raise click.UsageError(f"there is no file or folder `{path}`")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size <= MOST_BYTES:
            return path.read_bytes()
    except OSError as reason:
        raise click.UsageError(f"`{path}` cannot be read: {reason.strerror}") from None
    raise click.UsageError(f"`{path}` is too large: a case has at most {MOST} of text")


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES or data.count(b"\n") > MOST_LINES:
        raise click.UsageError(f"`{name}` is too large: a case has at most {MOST} of text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise click.UsageError(f"`{name}` is no text in UTF-8") from None


def _replace(path: Path, read: bytes, formatted: bytes) -> None:
    """Write a file in one step, unless somebody else has changed it since it was read."""
    target = path.resolve()
    temporary: str | None = None
    try:
        status = target.stat()
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(formatted)
        os.chmod(temporary, stat.S_IMODE(status.st_mode))
        if target.read_bytes() != read:
            raise click.UsageError(f"`{path}` was changed by somebody else meanwhile; nothing was written")
        os.replace(temporary, target)
    except OSError as reason:
        raise click.UsageError(f"`{path}` cannot be written: {reason.strerror}") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
