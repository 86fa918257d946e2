"""`servanda status`: what each side owes, in every reading, at a date."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from servanda.api.answers import status_answer
from servanda.api.views import View
from servanda.diagnostics import frames, nearest
from servanda.load import load
from servanda.model.case import Case
from servanda.model.time import Dating, Malformed, Moment, dating_from_words
from servanda.standing import RECORD, Inquiry, Row

from .options import FORMAT, colour_on, print_json

#: What counts as open (product glossary): claimed, dormant, overdue or due.
_OPEN = frozenset(["claimed", "dormant", "overdue", "due"])


@click.command("status")
@click.argument("path", default=".", type=click.Path(), metavar="[CASE]")
@click.option("--at", "at_words", metavar="DATE", help="The date asked about; today, if none is given.")
@click.option("--as", "readings", multiple=True, metavar="READING", help="A party, or `record`; may repeat.")
@click.option("--channel", "channels", multiple=True, help="Only public acts, and those in this; may repeat.")
@click.option("--known", "known_words", metavar="DATE", help="As it was known by then.")
@click.option("--owed-by", metavar="PARTY", help="Only what this party owes.")
@click.option(
    "--open", "only_open", is_flag=True, help="Only what is claimed, dormant, overdue or due in some reading."
)
@FORMAT
def command(
    path: str,
    at_words: str | None,
    readings: tuple[str, ...],
    channels: tuple[str, ...],
    known_words: str | None,
    owed_by: str | None,
    only_open: bool,
    output: str,
) -> None:
    """Show where every commitment stands in each reading.

    CASE is its folder or root file; without it, the case in the current folder. Commitments are listed by who owes
    them, with the status in each reading at the date asked about. A line begins with ≠ where those whom it concerns
    read its status differently.
    """
    case = _case(path)
    today = Moment(datetime.date.today())
    at = _date(at_words, "--at") or Dating(today, today)
    known = _date(known_words, "--known")
    asked = readings or (*case.parties, RECORD)
    _known_names(asked, (*case.parties, RECORD), "reading")
    _known_names(channels, case.channels, "channel")
    if owed_by is not None:
        _known_names((owed_by,), (*case.parties, *case.bodies), "party")
    rows = Inquiry(case).inventory(at, asked, frozenset(channels) if channels else None, known)
    shown = [row for row in rows if _wanted(row, owed_by, only_open)]
    if output == "json":
        print_json(status_answer(shown, asked, View(at, known, channels or None)))
        return
    for line in _text(case, shown, asked, at, channels):
        click.echo(line)


def _case(path: str) -> Case:
    if not Path(path).exists():
        raise click.UsageError(f"there is no file or folder `{path}`")
    loaded = load(path)
    if not loaded.ok:
        errors = [each for each in loaded.diagnostics if each.severity == "error"]
        for frame in frames(errors[:20], colour=colour_on()):
            click.echo(frame, err=True)
        click.echo(f"{path} has errors; where things stand cannot be said before they are mended", err=True)
        sys.exit(1)
    return loaded.case


def _date(words: str | None, option: str) -> Dating | None:
    if words is None:
        return None
    try:
        dating = dating_from_words(words)
    except Malformed as reason:
        raise click.UsageError(f"{option} {words}: {reason}") from None
    if not dating.exact:
        raise click.UsageError(f"{option} {words}: a view asks at one date")
    return dating


def _known_names(names: Iterable[str], known: Iterable[str], what: str) -> None:
    there = tuple(known)
    for name in names:
        if name not in there:
            guess = nearest(name, there)
            hint = f"; did you mean `{guess}`?" if guess else f"; there are {', '.join(there) or 'none'}"
            raise click.UsageError(f"no {what} is called `{name}`{hint}")


def _wanted(row: Row, owed_by: str | None, only_open: bool) -> bool:
    if owed_by is not None and owed_by not in row.bearers:
        return False
    return not only_open or any(each.status in _OPEN for each in row.standings.values())


# ── for people ──────────────────────────────────────────────────────────────────────────────────────────────


def _text(case: Case, rows: list[Row], readings: Iterable[str], at: Dating, channels: tuple[str, ...]) -> Iterable[str]:
    asked = tuple(readings)
    over = f", over public acts and {', '.join(channels)}" if channels else ""
    yield f"{case.title} · {at}{over}"
    if not rows:
        yield "\nno commitment answers this; without `--open` and `--owed-by`, all are listed"
        return
    width = max(24, *(len(_label(row)) + 4 for row in rows))
    columns = {each: max(len(each), *(len(_cell(row, each)) for row in rows)) + 2 for each in asked}
    heads = "".join(each.ljust(columns[each]) for each in asked).rstrip()
    owners = list(dict.fromkeys(row.bearers for row in rows))
    for owner in owners:
        yield f"\n{f'owed by {_listed(owner)}':{width}}{heads}"
        for row in (row for row in rows if row.bearers == owner):
            cells = "".join(_cell(row, each).ljust(columns[each]) for each in asked).rstrip()
            label = f" {'≠' if row.differs else ' '} {_label(row)}"
            yield f"{label:{width}}{cells}"
            if row.commitment.title:
                yield f"     {row.commitment.title}"
    differing = sum(row.differs for row in rows)
    yield f"\n{len(rows)} {'commitment' if len(rows) == 1 else 'commitments'}; those concerned differ on {differing}"


def _listed(owner: tuple[str, ...]) -> str:
    return ", ".join(owner) or "nobody"


def _label(row: Row) -> str:
    return row.commitment.name if row.instance is None else f"{row.commitment.name}[{row.instance}]"


def _cell(row: Row, reading: str) -> str:
    standing = row.standings.get(reading)
    if standing is None:
        return "–"
    late = " late" if standing.status == "fulfilled" and standing.late else ""
    by = f" by {standing.deadline[1].date()}" if standing.deadline and standing.status in ("due", "overdue") else ""
    return f"{standing.status}{late}{by}"
