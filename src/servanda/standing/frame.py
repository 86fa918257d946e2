"""A life as it is looked at, at one instant: whose reading, which text, who owes it to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.model.commitments import Clauses
from servanda.model.conditions import Condition, Ref

from .clock import Clock, Instant
from .evidence import Filter
from .judge import Judge, Mode, Question
from .life import Life
from .view import Entry

if TYPE_CHECKING:
    from .history import History


class Frame:
    """One life in one reading, with the text that the reading has of it now."""

    __slots__ = (
        "bearers",
        "clauses",
        "counterparties",
        "history",
        "key",
        "kind",
        "life",
        "name",
        "question",
        "reading",
    )

    def __init__(self, history: History, reading: str, name: str, life: Life) -> None:
        self.history = history
        self.reading = reading
        self.name = name
        self.key = life.instance.key
        self.life = life
        self.kind = history.case.commitments[name].kind
        self.clauses: Clauses = history.texts.clauses(reading, name, history.now)
        self.bearers = history.bearers(life, self.clauses)
        self.counterparties = history.counterparties(life, self.clauses, self.bearers)
        self.question = Question(reading, life.instance.scope, frozenset(self.bearers))

    @property
    def judge(self) -> Judge:
        """Who answers conditions."""
        return self.history.judge

    @property
    def clock(self) -> Clock:
        """The case's clock."""
        return self.history.clock

    @property
    def now(self) -> Instant:
        """The instant that the history has come to."""
        return self.history.now

    def onset(self, condition: Condition) -> Instant | None:
        """Since when a condition of this life is so, in its reading."""
        return self.history.judge.onset(condition, self.question)

    def crediting(self, mode: Mode, admits: Filter | None = None) -> Question:
        """The same question, with other assertions counting."""
        return Question(self.reading, self.life.instance.scope, self.question.owners, mode, admits)

    def in_reading_of(self, party: str) -> Question:
        """A question in somebody's own reading; of those who have none, in the record's."""
        return Question(self.history.reading_of(party), self.life.instance.scope)

    def about(self, entry: Entry) -> bool:
        """Whether an act is about this instance: it names it, or the whole family."""
        return any(
            isinstance(thing, Ref)
            and thing.name == self.name
            and (thing.key is None or self.key is None or str(thing.key) == self.key)
            for thing in entry.act.objects
        )

    def acts(self, verb: str, by: tuple[str, ...]) -> list[Entry]:
        """The acts of a verb about this life so far, by one of these."""
        return [
            entry
            for entry in self.history.acts_so_far(verb, self.name)
            if set(entry.actors) & set(by) and self.about(entry)
        ]

    def authors(self) -> set[str]:
        """The parties to the sources it rests on."""
        case = self.history.case
        return {
            case.party_of(ref.name)
            for cite in self.clauses.under
            if (source := case.sources.get(cite.source.name))
            for ref in (*source.by, *source.to, *source.signed_by)
        }


def earliest(*instants: Instant | None) -> Instant | None:
    """The first of those instants that there are."""
    return min((each for each in instants if each is not None), default=None)
