"""What one outlook leaves to another in which a few acts more or less are seen.

All that hangs on the names of these acts is in doubt. It is gone through in the order in which it hangs together, one
circle of names after the other: where nothing that a circle was worked out from differs, its answers still hold; else
they are worked out again, and where they come out as before, what hangs on them still holds. So that the cost is that
of what differs, not of all that could.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from servanda.model.components import components

from .instances import other_periods
from .life import Chapter, Life
from .record import Entry, names_of
from .stretches import ALWAYS, NEVER, Instant

if TYPE_CHECKING:
    from .outlook import Outlook

#: About so many names acts may have changed for it to pay to ask again what was asked; else answers are found when
#: they are asked for.
_FEW = 20


def follow(before: Outlook, after: Outlook, parting: Sequence[Entry]) -> set[str]:
    """Give an outlook the answers of another that still hold where some acts are in one of the two alone.

    Gives the names whose answers do not, or may not.
    """
    #: The names that acts have changed, and from when on.
    changed: dict[str, Instant] = {}
    for entry in parting:
        for name in names_of(entry.act):
            changed[name] = min(entry.said, changed.get(name, NEVER))
    if before.horizon != after.horizon:
        changed |= dict.fromkeys(other_periods(before, after.horizon), ALWAYS)
    doubtful = before.hangs_on(changed)
    after.take_over(before, parting, doubtful)
    if len(changed) > _FEW:
        return doubtful
    answers, again = set[str](), set[str]()

    def read(name: str) -> list[str]:
        reads = before.reads(name)
        return sorted((reads.acts | reads.answers) & doubtful)

    def is_touched(name: str) -> bool:
        reads = before.reads(name)
        return (
            name in changed
            or not reads.acts.isdisjoint(changed)
            or not reads.answers.isdisjoint(answers)
            or any(instant <= reads.earlier.get(each, ALWAYS) for each, instant in changed.items())
        )

    for circle in components(doubtful, read):
        if any(map(is_touched, circle)):
            again.update(circle)
            answers.update([name for name in circle if _differs(before, after, name)])
        else:
            for name in circle:
                after.restore(name)
    return again


def _differs(before: Outlook, after: Outlook, name: str) -> bool:
    """Whether anything that was asked about a name is answered otherwise."""
    for what, value in before.gathered_about(name):
        if isinstance(what, tuple) and what[0] in ("events", "members") and after.lives(what[1], name) != value:
            return True
        if isinstance(what, Life) and list(map(_said, after.chapters(what))) != list(map(_said, value)):
            return True
    return any(after.solved_as(before, name, what) != value for what, value in before.solved_about(name))


def _said(chapter: Chapter) -> tuple[object, ...]:
    """What a chapter says. Its text is the same: nothing is taken over where an act shapes the text."""
    return chapter.begin, chapter.end, chapter.clauses, chapter.roles
