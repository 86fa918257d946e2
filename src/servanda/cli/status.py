"""`servanda status`: what each side owes, in every reading, at a date."""

from __future__ import annotations

from collections.abc import Iterator

import click

from servanda.api.answers import status_answer
from servanda.api.figures import figures_words
from servanda.standing import Row
from servanda.standing.attempts import Attempt, attempts, attempts_on, counts
from servanda.standing.residue import is_open
from servanda.standing.rows import by_bearers
from servanda.standing.wording import arose_words, owners_words, status_words

from .columns import heads_of, lines_of, widths_for
from .options import FORMAT, print_json
from .question import Question, asks, known_names, say
from .words import by_words, columns, counted, faint, marked, strong, table, wrapped


@click.command("status")
@asks()
@click.option("--owed-by", metavar="PARTY", help="Only what this party owes.")
@click.option(
    "--open", "only_open", is_flag=True, help="Only obligations claimed, dormant, overdue or due in some reading."
)
@FORMAT
def command(question: Question, owed_by: str | None, only_open: bool, output: str) -> None:
    """Show where every commitment stands in each reading.

    CASE is its folder or root file; without it, the case in the current folder. Commitments are listed by who owes
    them, with the status in each reading at the date asked about. A line begins with ≠ where those whom it concerns
    read its status differently.
    """
    case = question.case
    if owed_by is not None:
        known_names((owed_by,), (*case.parties, *case.bodies), "party")
    shown = [row for row in question.inventory() if _wanted(row, owed_by, only_open)]
    if output == "json":
        print_json(status_answer(shown, question.readings, question.view))
        return
    say(_text(question, shown))


def _wanted(row: Row, owed_by: str | None, only_open: bool) -> bool:
    if owed_by is not None and owed_by not in row.bearers:
        return False
    return not only_open or any(is_open(row.commitment.kind, each.status) for each in row.standings.values())


# ── for people ──────────────────────────────────────────────────────────────────────────────────────────────


def _text(question: Question, rows: list[Row]) -> Iterator[str]:
    asked = question.readings
    yield from question.heading()
    if not rows:
        yield ""
        some = "nothing is left to list: leave out `--open` and `--owed-by` to see all commitments"
        yield some if question.case.commitments else "this case has no commitments"
        return
    made = [each for each in attempts(question.acts()) if each.result != "seen"]
    cells = {id(row): [status_words(row.standings.get(each)) for each in asked] for row in rows}
    first = max(24, *(len(row.label) + 4 for row in rows))
    widths = widths_for(first, [asked, *cells.values()])
    for owned in by_bearers(rows).values():
        yield ""
        yield from heads_of(owners_words(owned), first, asked, widths)
        for row in owned:
            mark = f" {marked('≠' if row.differs else ' ')} "
            if widths is not None:
                label, *more = lines_of(row.label, first - 3, cells[id(row)], widths)
                yield mark + label
                yield from (f"   {line}" for line in more)
            else:
                yield mark + row.label
                said = by_words(row.standings, asked)
                yield wrapped(" · ".join(f"{', '.join(each)}: {words}" for words, each in said.items()), 5)
            yield from (faint(line) for line in _below(question, row, made))
    yield ""
    yield from _counts(rows, asked)


def _below(question: Question, row: Row, made: list[Attempt]) -> Iterator[str]:
    """What stands below a line: its title, which one it is where readings count otherwise, and how much there is."""
    if row.commitment.title:
        yield wrapped(row.commitment.title, 5)
    arose = arose_words(row, question.readings)
    if arose:
        yield wrapped(arose, 5)
    shown = "; ".join(each for each in (figures_words(row, question.readings), _tried(attempts_on(made, row))) if each)
    if shown:
        yield wrapped(shown, 5)


def _tried(made: tuple[Attempt, ...]) -> str:
    if not made:
        return ""
    results = ", ".join(f"{count} {result}" for result, count in counts(made).items())
    return f"{counted(len(made), 'attempt')} to show it ({results})"


def _counts(rows: list[Row], asked: tuple[str, ...]) -> Iterator[str]:
    """The closing lines: how many there are, on how many readings part, and how many are open in each."""
    differing = sum(row.differs for row in rows)
    yield wrapped(f"{counted(len(rows), 'commitment')}; those concerned differ on {differing}", 0, 2)
    heads = ["open, of those owed", *asked]
    lines = []
    for owner, owned in by_bearers(rows).items():
        lines.append([f"   by {', '.join(owner) or 'nobody'}", *(_open(owned, each) for each in asked)])
    found = table([heads, *lines])
    if max(map(len, found)) <= columns():
        yield strong(found[0])
        yield from found[1:]
        return
    yield strong(heads[0])
    for line in lines:
        yield wrapped(
            f"{line[0].strip()}: {', '.join(f'{n} in {r}' for n, r in zip(line[1:], asked, strict=True))}", 3, 5
        )


def _open(rows: list[Row], reading: str) -> str:
    """How many are open in a reading, and how many are proposed to whoever would owe them."""
    there = [(row.commitment.kind, row.standings[reading].status) for row in rows if reading in row.standings]
    proposed = sum(status == "proposed" for _, status in there)
    shown = str(sum(is_open(*each) for each in there))
    return f"{shown} + {proposed} proposed" if proposed else shown
