"""What one outlook leaves to another in which a few acts more or less are seen.

All names that hang on the names of these acts are in doubt. They are gone through in the order in which they hang
together, one circle of names after the other: where nothing that was read for a circle differs, all of it still holds.
Else what was put together from acts that differ is put together again, and each question whose answer was worked out
from that, or from an answer that differs, is asked again. Where the answer comes out as before, what hangs on it still
holds. So that the cost is that of what differs, not of all that could.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from servanda.model.components import components

from .buckets import Question, Value, Way
from .instances import other_periods
from .life import Chapter, Life
from .record import Entry, names_of
from .stretches import ALWAYS, NEVER, Instant

if TYPE_CHECKING:
    from .outlook import Outlook

_NO_ANSWER: tuple[Value, Way] = ((), Way(tuple, (), ()))


def follow(before: Outlook, after: Outlook, parting: Sequence[Entry]) -> set[str]:
    """Give an outlook the answers of another that still hold where some acts are in one of the two alone.

    Gives the names whose answers do not, or may not.
    """
    #: The names that acts have changed, and from when on.
    changed: dict[str, Instant] = {}
    reshaped = set[str]()
    for entry in parting:
        reached = after.links.reshaping.reached_by(entry, after.record)
        reshaped |= reached
        for name in names_of(entry.act) | reached:
            changed[name] = min(entry.said, changed.get(name, NEVER))
    if before.horizon != after.horizon:
        changed |= dict.fromkeys(other_periods(before, after.horizon), ALWAYS)
    doubtful = before.hangs_on(changed, reshaped)
    after.take_over(before, parting, doubtful)
    return _Doubts(before, after, changed, reshaped, doubtful).through()


class _Doubts:
    """The names in doubt, as they are gone through."""

    def __init__(
        self, before: Outlook, after: Outlook, changed: dict[str, Instant], reshaped: set[str], doubtful: set[str]
    ) -> None:
        self.before = before
        self.after = after
        self.changed = changed
        self.reshaped = reshaped
        self.doubtful = doubtful
        #: The names that were not gone through yet; and of those that were, the questions that are answered otherwise.
        self.left = set(doubtful)
        self.differing = set[Question]()
        self.differing_names = set[str]()
        #: The questions about the circle at hand that are answered as they were, with the answers.
        self.holding: dict[Question, tuple[Value, Way]] = {}

    def through(self) -> set[str]:
        """Go through all names; give those whose answers do not hold, or may not."""
        again = set[str]()
        for circle in components(self.doubtful, lambda name: sorted(self.before.reads(name).answers & self.doubtful)):
            touched = set(filter(self._is_touched, circle))
            if touched or any(not self.before.reads(name).answers.isdisjoint(self.differing_names) for name in circle):
                again |= self._asked_again(circle, touched)
            else:
                for name in circle:
                    self.after.restore(name)
            self.left.difference_update(circle)
        return again

    def _is_touched(self, name: str) -> bool:
        """Whether what was put together about a name may differ, and with it all answers about the name."""
        reads = self.before.reads(name)
        return (
            name in self.changed
            or not reads.acts.isdisjoint(self.changed)
            or not reads.texts.isdisjoint(self.reshaped)
            or any(instant <= reads.earlier.get(each, ALWAYS) for each, instant in self.changed.items())
            or any(map(self._is_open, reads.asked))
        )

    def _is_open(self, question: Question) -> bool:
        """Whether a question is answered otherwise, or is not known to be answered as it was."""
        return question in self.differing or (question[0] in self.left and question not in self.holding)

    def _asked_again(self, circle: Sequence[str], touched: set[str]) -> set[str]:
        """Ask again, in the order in which answers were found, what was worked out from what differs.

        Gives the names that are left with other answers, or with other lines of an inventory.
        """
        before, after = self.before, self.after
        self.holding = after.holding = {}
        for name in circle:
            if name not in touched:
                after.restore_gathered(name)
            if name in touched and _is_put_together_otherwise(before, after, name):
                self.differing.add((name, None))
            else:
                self.holding[name, None] = _NO_ANSWER
        found = [each for name in circle for each in before.solved_about(name)]
        for question, value, way in sorted(found, key=lambda each: each[2].number):
            asked_again = question[0] in touched or any(map(self._is_open, way.asked))
            if asked_again and after.solved_as(question, way) != value:
                self.differing.add(question)
            else:
                self.holding[question] = value, way
        self.differing_names |= {name for name, _ in self.differing}
        again = {name for name in circle if name in touched or self._is_otherwise(name)}
        for question in self.holding:
            if question[0] in again and question[1] is not None:
                after.adopt(question)
        for name in circle:
            if name not in again:
                after.restore(name)
        after.holding = {}
        return again

    def _is_otherwise(self, name: str) -> bool:
        """Whether something about a name differs, or about what its line in an inventory is made of."""
        return name in self.differing_names or any(
            not self.differing.isdisjoint(asked) for asked in self.before.asked_for_lasting(name)
        )


def _is_put_together_otherwise(before: Outlook, after: Outlook, name: str) -> bool:
    """Whether the instances of a commitment differ, or what their texts say."""
    for what, value in before.gathered_about(name):
        if isinstance(what, tuple) and what[0] in ("events", "members") and after.lives(what[1], name) != value:
            return True
        if isinstance(what, Life) and list(map(_said, after.chapters(what))) != list(map(_said, value)):
            return True
    return any(
        after.solved_as(question, way) != value
        for question, value, way in before.solved_about(name)
        if isinstance(question[1], tuple) and question[1][0] in ("breaches", "periods")
    )


def _said(chapter: Chapter) -> tuple[object, ...]:
    """What a chapter says of a commitment; what its text says of others is asked of them."""
    return chapter.begin, chapter.end, chapter.clauses, chapter.roles
