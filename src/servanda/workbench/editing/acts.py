"""An act added to the record: what it would change, where it would stand, and the text with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from servanda.api.acts import acts_of
from servanda.api.case import Case
from servanda.api.inventory import Inventory
from servanda.model.record import Act
from servanda.standing import Standing
from servanda.text import parse, syntax
from servanda.workbench.wording import brief

from .files import Refused

_LONGEST = 4_000


class Change(msgspec.Struct, frozen=True):
    """A standing that would be another in one reading; `before` or `after` is None where there is no such instance."""

    label: str
    reading: str
    before: Standing | None
    after: Standing | None


def act_from_line(case: Case, line: str) -> Act:
    """The one act that somebody writes. Raises `Refused` or `CaseHasErrors` where it is none."""
    if not line.strip() or len(line) > _LONGEST:
        raise Refused("write one act, as the record does: DATE ACTOR VERB …")
    acts = acts_of(case, (line,))
    if len(acts) != 1:
        raise Refused("one act at a time: each is added, and can be taken back, by itself")
    return acts[0]


def changes(before: Inventory, after: Inventory) -> Iterator[Change]:
    """The standings that differ between two inventories of one view, in the order of the case."""
    rows = {row.label: row for row in before}
    for row in after:
        was = rows.pop(row.label, None)
        for reading, now in row.standings.items():
            then = was.standings.get(reading) if was is not None else None
            if then is None or (then.status, brief(then)) != (now.status, brief(now)):
                yield Change(row.label, reading, then, now)
    for label, gone in rows.items():
        yield from (Change(label, reading, standing, None) for reading, standing in gone.standings.items())


def file_for(case: Case, act: Act, files: list[str], folder: Path) -> str | None:
    """The file where acts of that time are recorded: the one with the latest act that is not later than this one."""
    latest, found = "", next(iter(files), None)
    for each in case.acts:
        if each.row is not None or not each.span.file.path or not _not_later(each, act):
            continue
        path, day = os.path.relpath(each.span.file.path, folder), _day(each)
        if path in files and day >= latest:
            latest, found = day, path
    return found


def with_line(text: str, line: str, act: Act) -> tuple[str, int]:
    """The text with an act behind the last one that is not later, or at its end; and the line on which it stands."""
    at = len(text)
    for each in parse(text).directives:
        if isinstance(each, syntax.Act) and _not_later(each, act):
            at = _end_of(each, text)
    before, after = text[:at], text[at:]
    if before and not before.endswith("\n"):
        before += "\n"
    return f"{before}{line.strip()}\n{after}", before.count("\n") + 1


def _day(each: Act | syntax.Act) -> str:
    return "" if each.dating is None else each.dating.earliest.day.isoformat()


def _not_later(each: Act | syntax.Act, than: Act) -> bool:
    return _day(each) <= _day(than)


def _end_of(each: syntax.Act, text: str) -> int:
    """Behind the last line of an act, its clauses among them."""
    last = max([each.span.end, *(clause.span.end for clause in each.clauses)])
    newline = text.find("\n", last)
    return len(text) if newline < 0 else newline + 1
