"""`servanda query`: a question in SQL, to the tables that a case comes to."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click

from servanda.api.answers import view_answer
from servanda.api.errors import BadQuery
from servanda.api.grid import grid, lines_of
from servanda.api.query import Question as Asked
from servanda.api.query import fetched, write_parquet
from servanda.api.query_answers import csv_of, query_answer, shown, tables_answer
from servanda.api.tables import TABLES
from servanda.diagnostics import printable

from .options import json_bytes, print_json, read_stdin
from .question import Question, asks
from .words import counted


def _without_case(sql: str | None, path: str, tables: bool, output: str, file: str | None) -> None:
    """List the tables where that is asked for; or see that there is a question, and that its answer has a place."""
    if tables:
        _list_tables(output)
        click.get_current_context().exit()
    if sql is None:
        raise click.UsageError('a question is missing: servanda query "from acts", or `--tables` to see what there is')
    if sql != "-" and os.path.exists(sql):
        example = f'servanda query "from acts" {sql}'
        raise click.UsageError(f"`{sql}` is a path, and no question: the question comes first, as in `{example}`")
    if sql == "-" and path == "-":
        raise click.UsageError("standard input can give the question or the case, not both")
    if output == "parquet" and file is None and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError("parquet is not for a terminal: name a file with `-o`, or send it into a pipe")


@click.command("query")
@click.argument("sql", required=False, metavar="[SQL]")
@asks(first=_without_case)
@click.option("--tables", is_flag=True, help="List the tables with their columns, and ask nothing.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "csv", "json", "parquet"]),
    default="text",
    show_default=True,
    help="A table for people, or one of three forms for programs.",
)
@click.option("-o", "--output", "file", type=click.Path(dir_okay=False), help="Write the answer to this file.")
def command(question: Question, sql: str, tables: bool, output: str, file: str | None) -> None:
    """Ask a case in SQL.

    SQL is one statement that asks, in the dialect of duckdb, such as `from standings where differs`; `-` reads it from
    standard input. CASE is its folder or root file; without it, the case in the current folder. The statement sees the
    tables of the case and nothing else. Standings are those at the date asked about; what is supposed is in them, and
    not in the table of acts, which is the record.
    """
    del tables  # where it is given, the command has ended before
    asked = read_stdin().decode(errors="replace") if sql == "-" else sql
    try:
        answer = _answer(question, asked, output, None if file is not None else _width())
    except BadQuery as slip:
        click.echo(f"Error: {_printable(str(slip))}", err=True)
        sys.exit(2)
    if file is not None:
        Path(file).write_bytes(answer.encode(errors="replace") if isinstance(answer, str) else answer)
    else:
        click.echo(answer, nl=False)


def _answer(question: Question, sql: str, output: str, width: int | None) -> str | bytes:
    """The answer in the form that is asked for: as text, or as the bytes that programs take."""
    asked = Asked(question.case, question.view, question.quotes, question.inquiry, question.readings)
    if output == "parquet":
        with tempfile.TemporaryDirectory() as folder:
            written = Path(folder) / "answer.parquet"
            write_parquet(asked, sql, written)
            return written.read_bytes()
    heads, lines = fetched(asked, sql)
    if output == "csv":
        return csv_of(heads, lines).encode(errors="replace")
    if output == "json":
        return json_bytes(query_answer(view_answer(question.view), heads, lines))
    cells = [[_printable(shown(each)) for each in line] for line in lines]
    return "\n".join([*grid([printable(each) for each in heads], cells, width), "", counted(len(lines), "line"), ""])


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
