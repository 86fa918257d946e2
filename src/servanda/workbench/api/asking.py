"""One question over HTTP, its parameters read: what of the case it is about, in which view."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from servanda.api.errors import CaseHasErrors
from servanda.api.views import View
from servanda.load import acts_from_words, condition_from_words
from servanda.model.conditions import Condition
from servanda.model.record import Act
from servanda.model.time import Dating
from servanda.standing import Inquiry, Row
from servanda.standing.chronicle import acts_in_view
from servanda.wayout.goals import goal_from_words
from servanda.wayout.ground import Ground
from servanda.wayout.rules_from_case import Plan, rules_from_case
from servanda.workbench.asked import Asked, asked_of
from servanda.workbench.desk import Copy, Desk

from .parameters import Given
from .problems import Refused

#: What supposed acts and goals are called where something is wrong with them: as on the command line.
_SUPPOSE, _GOAL = "--suppose", "--goal"


class Asking(msgspec.Struct, frozen=True):
    """A question to a sound case, and how it was given; `inquiry` is the case's own, with what is supposed."""

    desk: Desk
    copy: Copy
    given: Given
    asked: Asked
    supposed: tuple[Act, ...]
    inquiry: Inquiry

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings asked for."""
        return self.asked.readings

    @property
    def over(self) -> frozenset[str] | None:
        """The channels, as an inquiry takes them."""
        return None if self.asked.channels is None else frozenset(self.asked.channels)

    @property
    def view(self) -> View:
        """What was asked, as every answer names it."""
        return self.view_at(self.asked.at)

    def view_at(self, at: Dating) -> View:
        """The same at another date."""
        from servanda.text.act_words import act_words

        return View(at, self.asked.known, self.asked.channels, tuple(map(act_words, self.supposed)))

    def rows(self, at: Dating | None = None) -> tuple[Row, ...]:
        """Every commitment at the date asked about, in the readings asked for."""
        return self.inquiry.inventory(at or self.asked.at, self.readings, self.over, self.asked.known)

    def acts(self, at: Dating | None = None) -> tuple[Act, ...]:
        """The acts in view in one of the readings asked for, supposed ones among them, in the order of time."""
        case = self.copy.case
        every = (*case.acts, *self.supposed)
        return acts_in_view(case, every, self.readings, at or self.asked.at, self.over, self.asked.known)

    def beside(self, answer: Callable[[Inquiry], msgspec.Struct]) -> Callable[[], msgspec.Struct]:
        """An answer that takes long, for whoever has let go of the desk's lock: of a copy that shares nothing."""

        def found() -> msgspec.Struct:
            with self.desk.plans:
                return answer(self.copy.for_plans(self.asked.supposed, self.supposed).inquiry)

        return found

    def plan(self, inquiry: Inquiry) -> Plan:
        """The rules of the case at the date, with the goals that were given, by this inquiry."""
        goals = [self._goal(words) for words in self.given.all("goal")]
        return rules_from_case(Ground(inquiry, self.asked.at, self.over, self.asked.known), goals)

    def _goal(self, words: str) -> Any:
        case = self.copy.case

        def condition(bare: str) -> Condition:
            found, slips = condition_from_words(case, bare, _GOAL)
            if found is None:
                detail = slips[0].message if slips else "a goal is read as a condition of the language is"
                raise Refused(400, detail, "goal")
            return found

        return goal_from_words(case, words, condition)

    def party(self, name: str) -> str | None:
        """A party or body that a parameter names, or None where it is not given."""
        named = self.given.one(name)
        there = (*self.copy.case.parties, *self.copy.case.bodies)
        if named is not None and named not in there:
            raise Refused(400, f"no party or body is called `{named[:80]}`; there are: {', '.join(there)}", name)
        return named


def asking(desk: Desk, copy: Copy, given: Given, pairs: Sequence[tuple[str, str]], today: datetime.date) -> Asking:
    """Read a question's view; raises `Refused` for what cannot be taken, and where the case has errors."""
    if not copy.loaded.ok:
        detail = "the text of the case has errors; nothing can be said of it before they are mended: see `check`"
        raise Refused(409, detail)
    asked = asked_of(copy.case, pairs, today)
    for slip in asked.slips:
        raise Refused(400, f"`{slip.given}` could not be taken: {slip.why}", slip.name)
    acts: list[Act] = []
    for line in asked.supposed:
        try:
            acts += _supposed(copy, line)
        except CaseHasErrors as why:
            raise Refused(400, why.diagnostics[0].message, "suppose") from None
    inquiry = copy.case.inquiry
    return Asking(desk, copy, given, asked, tuple(acts), inquiry.with_acts(tuple(acts)) if acts else inquiry)


def _supposed(copy: Copy, line: str) -> tuple[Act, ...]:
    acts, found = acts_from_words(copy.case, line, _SUPPOSE)
    if any(each.severity == "error" for each in found):
        raise CaseHasErrors([each for each in found if each.severity == "error"])
    if not acts:
        raise Refused(400, "nothing is supposed; write an act as the record does: DATE ACTOR VERB …", "suppose")
    return acts
