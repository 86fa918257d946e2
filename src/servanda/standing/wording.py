"""How a standing is said in a few words, the same in every answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from servanda.model.commitments import DUTIES
from servanda.model.conditions import Value

if TYPE_CHECKING:
    from .rows import Row
    from .standings import Standing


def label_of(name: str, key: Value | None = None) -> str:
    """A commitment's name, with its instance."""
    return name if key is None else f"{name}[{key}]"


def owners_words(rows: Sequence[Row]) -> str:
    """What stands above commitments of the same bearers."""
    return f"{owing_words(rows)} {', '.join(rows[0].bearers) or 'nobody'}"


def owing_words(rows: Iterable[Row]) -> str:
    """What commitments are to their bearers: what binds them is owed, a right or power is held."""
    duties = [row.commitment.kind in DUTIES for row in rows]
    return "owed by" if all(duties) else "owed or held by" if any(duties) else "held by"


def instant_words(moment: datetime.datetime) -> str:
    """A day, with the hour unless it is the end of the day."""
    if (moment.hour, moment.minute, moment.second) == (23, 59, 59):
        return str(moment.date())
    return f"{moment.date()}T{moment:%H:%M}"


def status_words(standing: Standing | None) -> str:
    """Where a commitment stands in one reading, in a few words; an en dash stands for no standing at all."""
    if standing is None:
        return "–"
    status = standing.status
    words = [f"{status} late" if status == "fulfilled" and standing.late else status]
    if status == "overdue" and not _has_passed(standing):
        words[0] = "overdue to begin"
        if standing.deadline is not None:
            words.append(f"due by {instant_words(standing.deadline[1])}")
    elif standing.deadline is not None and standing.day_passed:
        words.append(f"day passed {instant_words(standing.deadline[1])}")
    elif standing.deadline is not None and status in ("due", "overdue"):
        words[0] += f" {'by' if status == 'due' else 'since'} {instant_words(standing.deadline[1])}"
    if standing.deadline_dropped and status in ("due", "claimed"):
        words.append("deadline dropped")
    if standing.otherwise_dated is not None:
        words.append(f"{standing.otherwise_dated} by another dating")
    if is_late_unknown(standing):
        words.append("late unknown")
    if standing.claim_disputed and status in ("due", "overdue", "dormant"):
        words.append("claim disputed")
    if standing.breached and status in ("in force", "ended", "dormant", "due", "waived", "claimed", "suspended"):
        words.append("breached" if len(standing.breached) == 1 else f"breached {len(standing.breached)} times")
    return ", ".join(words)


def arose_words(row: Row, asked: Iterable[str]) -> str:
    """What an instance is for, reading by reading, where they count and so mean different ones by one number."""
    said: dict[str, list[str]] = {}
    for reading in asked:
        standing = row.standings.get(reading)
        if standing is not None and standing.arose is not None:
            said.setdefault(instant_words(standing.arose), []).append(reading)
    if len(said) < 2:
        return ""
    return "arose " + "; ".join(f"{when} in {', '.join(readings)}" for when, readings in said.items())


def _has_passed(standing: Standing) -> bool:
    """Whether what is overdue is so by its last day, and not only by the day on which to begin."""
    if standing.deadline is None:
        return False
    last, since = standing.deadline[1], standing.since
    return since is None or since >= last or any(breach >= last for breach in standing.breached)


def is_late_unknown(standing: Standing) -> bool:
    """Whether it is said or shown to be done, and nobody can tell whether in time."""
    if standing.status == "claimed":
        return standing.late_unknown
    return standing.status == "fulfilled" and standing.late is None
