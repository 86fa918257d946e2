"""`servanda query`: a question in SQL, to the tables that a case comes to."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from servanda.api.answers import view_answer
from servanda.api.dates import single
from servanda.api.errors import BadQuery, NotADate, UnknownName
from servanda.api.grid import grid, lines_of
from servanda.api.query import Question, fetched, write_parquet
from servanda.api.query_answers import csv_of, query_answer, shown, tables_answer
from servanda.api.tables import TABLES
from servanda.api.views import View
from servanda.diagnostics import frames, printable
from servanda.load import Loaded, load, load_text
from servanda.model.case import Case
from servanda.model.time import Dating, Moment

from .options import colour_on, json_bytes, print_json, read_stdin


@click.command("query")
@click.argument("sql", required=False, metavar="[SQL]")
@click.argument("path", default=".", type=click.Path(), metavar="[CASE]")
@click.option("--at", "at_words", metavar="DATE", help="The date asked about; today, if none is given.")
@click.option("--channel", "channels", multiple=True, help="Only public acts, and those in this; may repeat.")
@click.option("--known", "known_words", metavar="DATE", help="As it was known by then.")
@click.option("--tables", is_flag=True, help="List the tables with their columns, and ask nothing.")
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False),
    help="Where the texts of sources lie, if not in the case folder.",
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "csv", "json", "parquet"]),
    default="text",
    show_default=True,
    help="A table for people, or one of three forms for programs.",
)
@click.option("-o", "--output", "file", type=click.Path(dir_okay=False), help="Write the answer to this file.")
def command(
    sql: str | None,
    path: str,
    at_words: str | None,
    channels: tuple[str, ...],
    known_words: str | None,
    tables: bool,
    sources: str | None,
    output: str,
    file: str | None,
) -> None:
    """Ask a case in SQL.

    SQL is one statement that asks, in the dialect of duckdb, such as `from standings where differs`; `-` reads it from
    standard input. CASE is its folder or root file; without it, the case in the current folder. The statement sees the
    tables of the case and nothing else. Standings are those at the date asked about, in every reading.
    """
    if tables:
        _list_tables(output)
        return
    if sql is None:
        raise click.UsageError('a question is missing: servanda query "from acts", or `--tables` to see what there is')
    if sql == "-" and path == "-":
        raise click.UsageError("standard input can give the question or the case, not both")
    if output == "parquet" and file is None and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError("parquet is not for a terminal: name a file with `-o`, or send it into a pipe")
    at = _date(at_words, "--at") or _today()
    known = _date(known_words, "--known")
    loaded = _loaded(path, sources)
    _known_channels(channels, loaded.case)
    view = View(at, known, channels or None)
    question = Question(loaded.case, view, loaded.quotes)
    asked = read_stdin().decode(errors="replace") if sql == "-" else sql
    try:
        answer = _answer(question, asked, view, output, None if file is not None else _width())
    except BadQuery as slip:
        click.echo(f"Error: {_printable(str(slip))}", err=True)
        sys.exit(2)
    if file is not None:
        Path(file).write_bytes(answer.encode(errors="replace") if isinstance(answer, str) else answer)
    else:
        click.echo(answer, nl=False)


def _answer(question: Question, sql: str, view: View, output: str, width: int | None) -> str | bytes:
    """The answer in the form that is asked for: as text, or as the bytes that programs take."""
    if output == "parquet":
        with tempfile.TemporaryDirectory() as folder:
            written = Path(folder) / "answer.parquet"
            write_parquet(question, sql, written)
            return written.read_bytes()
    heads, lines = fetched(question, sql)
    if output == "csv":
        return csv_of(heads, lines).encode(errors="replace")
    if output == "json":
        return json_bytes(query_answer(view_answer(view), heads, lines))
    cells = [[_printable(shown(each)) for each in line] for line in lines]
    count = f"{len(lines)} {'line' if len(lines) == 1 else 'lines'}"
    return "\n".join([*grid([printable(each) for each in heads], cells, width), "", count, ""])


def _printable(words: str) -> str:
    return "\n".join(map(printable, words.split("\n")))


def _list_tables(output: str) -> None:
    if output not in ("text", "json"):
        raise click.UsageError("the list of tables comes as text or as JSON")
    if output == "json":
        print_json(tables_answer())
        return
    every = [column for table in TABLES.values() for column in table.columns]
    first = max(len(each.name) for each in every) + 2
    second = max(len(each.type) for each in every)
    for table in TABLES.values():
        click.echo(f"{table.name}: {table.about}")
        rows = [(f"  {each.name}".ljust(first), each.type.ljust(second), each.about) for each in table.columns]
        for line in lines_of(rows, _width()):
            click.echo(line)
        click.echo()


def _width() -> int | None:
    """How wide the terminal is; None where the answer goes elsewhere, and nobody has said."""
    if os.environ.get("COLUMNS", "").isdigit() or (sys.stdout is not None and sys.stdout.isatty()):
        return shutil.get_terminal_size().columns
    return None


def _loaded(path: str, sources: str | None) -> Loaded:
    if path == "-":
        loaded = load_text(read_stdin(), sources=sources)
    elif Path(path).exists():
        loaded = load(path, sources=sources)
    else:
        raise click.UsageError(f"there is no file or folder `{printable(path)}`")
    errors = [each for each in loaded.diagnostics if each.severity == "error"]
    if errors:
        for frame in frames(errors[:20], colour=colour_on(err=True)):
            click.echo(frame, err=True)
        click.echo(f"{path} has errors; nothing can be asked before they are mended", err=True)
        sys.exit(1)
    return loaded


def _date(words: str | None, option: str) -> Dating | None:
    if words is None:
        return None
    try:
        return single(words)
    except NotADate as slip:
        raise click.UsageError(f"{option}: {printable(str(slip))}") from None


def _today() -> Dating:
    today = Moment(datetime.date.today())
    return Dating(today, today)


def _known_channels(channels: Iterable[str], case: Case) -> None:
    for each in channels:
        if each not in case.channels:
            raise click.UsageError(printable(str(UnknownName(each, "channel", case.channels))))
