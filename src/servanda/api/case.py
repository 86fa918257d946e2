"""A case as one asks it from Python."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import msgspec

from servanda.model import case as model
from servanda.model.conditions import Condition, Ref
from servanda.model.record import Act
from servanda.text.act_words import act_words

from .acts import ActLike, acts_of
from .dates import DateLike, single
from .errors import CaseHasErrors, UnknownName
from .views import View

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

    from servanda.findings import CrossCheck
    from servanda.readings import History, Parting
    from servanda.standing import Inquiry
    from servanda.standing.timeline import Change, Timeline
    from servanda.wayout.rules_from_case import Plan

    from .disputes import Disputes
    from .inventory import Inventory
    from .reasons import Why
    from .wayout_answers import StuckAnswer, WayoutAnswer


class Case(model.Case, frozen=True, dict=True):
    """A case as its files have it, immutable, which can be asked. Mappings are by name, in the order of declaration.

    Each question names its date; in whose reading, over which channels and as known by when can be said as well.
    Asking twice costs little: what was worked out for one question is kept for the next.
    """

    def status(
        self,
        at: DateLike,
        *,
        reading: str | Iterable[str] | None = None,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
        suppose: ActLike | Iterable[ActLike] = (),
    ) -> Inventory:
        """Where every commitment stands at a date: in all readings and the record's, or in those named.

        `channels` leaves only public acts and those in these channels; `known` asks what was known by then; what is
        supposed comes on top of the record, for this answer alone. Raises `NotADate`, `UnknownName`, and
        `CaseHasErrors` where a line to suppose cannot be read.
        """
        from .inventory import Inventory
        from .rows import rows_of

        readings = self._readings(reading)
        view, acts = self._view(at, channels, known, suppose)
        rows = self._inquiry_with(acts).inventory(view.at, readings, view.over, view.known)
        return Inventory(rows_of(rows), readings, view, self.title)

    def why(
        self,
        name: str,
        *,
        at: DateLike,
        reading: str,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
        suppose: ActLike | Iterable[ActLike] = (),
    ) -> Why:
        """Why a commitment stands where it stands in a reading: its reasons, down to acts, clauses and quotes.

        An instance is named `report-departure[Labinsk]`. Raises as `status` does.
        """
        from .reasons import Why

        [one] = self._readings(reading)
        view, acts = self._view(at, channels, known, suppose)
        inventory = self.status(at, reading=one, channels=channels, known=known, suppose=suppose)
        standing = inventory[name][one]
        ref = Ref(standing.name, self.commitments[standing.name].span, standing.instance)
        because = self._inquiry_with(acts).why(ref, one, view.at, view.over, view.known)
        assert because is not None, "what stands has its reasons"
        return Why(standing.label, one, standing.status, because, view)

    def disputes(
        self,
        at: DateLike,
        *,
        between: tuple[str, str] | Iterable[tuple[str, str]] | None = None,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
        suppose: ActLike | Iterable[ActLike] = (),
    ) -> Disputes:
        """Where readings part at a date, and the fewest premises that would bring them together.

        `between` names two readings, or several pairs of them; without it, each two parties are held against each
        other. Raises as `status` does.
        """
        from servanda.readings import disputes

        from .disputes import Disputes

        pairs = self._pairs(between)
        view, acts = self._view(at, channels, known, suppose)
        found = disputes(self._inquiry_with(acts), view.at, pairs, view.over, view.known)
        return Disputes(found, view, self.title)

    def partings(
        self,
        at: DateLike,
        *,
        between: tuple[str, str] | Iterable[tuple[str, str]] | None = None,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
        suppose: ActLike | Iterable[ActLike] = (),
    ) -> tuple[Parting, ...]:
        """Where readings part at a date, and at which question: told at once, where `disputes` looks for bridges too.

        Asked and raises as `disputes` is and does.
        """
        from servanda.readings import partings

        view, acts = self._view(at, channels, known, suppose)
        return partings(self._inquiry_with(acts), view.at, self._pairs(between), view.over, view.known)

    def disputes_over_time(
        self,
        until: DateLike,
        *,
        between: tuple[str, str] | Iterable[tuple[str, str]] | None = None,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
        suppose: ActLike | Iterable[ActLike] = (),
    ) -> History:
        """How disputes came and went along the record up to a date, act by act. Asked and raises as `disputes`."""
        from servanda.readings import history

        view, acts = self._view(until, channels, known, suppose)
        pairs = self._pairs(between)
        seen = self._acts_in(view, acts, tuple(dict.fromkeys(each for pair in pairs for each in pair)))
        return history(self._inquiry_with(acts), seen, pairs, view.at, view.over, view.known)

    def stuck(
        self,
        goals: str | Iterable[str] = (),
        *,
        at: DateLike,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
        suppose: ActLike | Iterable[ActLike] = (),
    ) -> StuckAnswer:
        """Who waits for whom at a date, and for what nobody has offered: for the goals, or for all that is owed.

        Nothing of it is in the record. Raises as `status` does, and `CaseHasErrors` where a goal cannot be read.
        """
        from servanda.wayout.stuck import stuck

        from .wayout_answers import stuck_answer

        view, acts = self._view(at, channels, known, suppose)
        plan = self._plan(goals, view, acts)
        return stuck_answer(plan, stuck(plan), view)

    def ways_out(
        self,
        goals: str | Iterable[str],
        *,
        at: DateLike,
        most: int = 3,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
        suppose: ActLike | Iterable[ActLike] = (),
    ) -> WayoutAnswer:
        """The smallest concessions that reach the goals, cheapest first, with the moves that they free.

        A goal is a condition, its names asked `in READING` or in that of those they are owed to. Nothing of the answer
        is in the record. Raises as `stuck` does.
        """
        from servanda.wayout.way_out import Asked, way_out

        from .wayout_answers import wayout_answer

        view, acts = self._view(at, channels, known, suppose)
        return wayout_answer(way_out(self._plan(goals, view, acts), Asked(most)), view)

    def plan(
        self,
        goals: str | Iterable[str] = (),
        *,
        at: DateLike,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
        suppose: ActLike | Iterable[ActLike] = (),
    ) -> Plan:
        """The rules and concessions that `stuck` and `ways_out` are told from, to be asked more than those answer.

        What there is to ask is in `servanda.wayout`. Raises as `stuck` does.
        """
        view, acts = self._view(at, channels, known, suppose)
        return self._plan(goals, view, acts)

    def timeline(
        self,
        at: DateLike,
        *,
        start: DateLike | None = None,
        reading: str | Iterable[str] | None = None,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
        suppose: ActLike | Iterable[ActLike] = (),
    ) -> Timeline:
        """What happened up to a date, day by day, and which standings changed with it; from `start` on, or all of it.

        Its days are worked out while they are gone through. Raises as `status` does.
        """
        from servanda.standing.timeline import Timeline

        readings = self._readings(reading)
        view, acts = self._view(at, channels, known, suppose)
        seen = self._acts_in(view, acts, readings)
        first = None if start is None else single(start).earliest.day
        return Timeline(
            self._inquiry_with(acts), seen, readings, view.at, start=first, channels=view.over, known=view.known
        )

    def changed_by(
        self,
        act: Act,
        *,
        reading: str | Iterable[str] | None = None,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
    ) -> tuple[Change, ...]:
        """What one act of the record changed: the standings before and after it, at the moment from which it counts.

        Raises as `status` does, and `LookupError` where `act` is none of the case's own, or held from the start.
        """
        from servanda.standing.timeline import changed_by

        readings = self._readings(reading)
        view, _ = self._view(datetime.date.max if act.dating is None else act.dating.latest.day, channels, known, ())
        return changed_by(self.inquiry, act, readings, view.over, view.known)

    def cross_check(
        self,
        at: DateLike,
        *,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
        suppose: ActLike | Iterable[ActLike] = (),
    ) -> CrossCheck:
        """What a careful secretary would raise at a date, with the figures of every author. Raises as `status` does."""
        from servanda.findings import cross_check

        readings = self._readings(None)
        view, acts = self._view(at, channels, known, suppose)
        seen = self._acts_in(view, acts, readings)
        return cross_check(self._inquiry_with(acts), seen, readings, view.at, view.over, view.known)

    def with_acts(self, acts: ActLike | Iterable[ActLike]) -> Case:
        """A new case with more acts in its record: given as values, or as lines of the language.

        Raises `CaseHasErrors`, with what there is to say about the lines, where one of them cannot be read.
        """
        more = acts_of(self, acts)
        case = msgspec.structs.replace(self, acts=(*self.acts, *more))
        if "_inquiry" in self.__dict__:
            inquiry = case.__dict__["_inquiry"] = self._inquiry.with_acts(more)
            inquiry.case = case
        return case

    def query(
        self,
        sql: str,
        *,
        at: DateLike | None = None,
        channels: str | Iterable[str] | None = None,
        known: DateLike | None = None,
    ) -> DuckDBPyRelation:
        """The answer to an SQL statement about the case's tables, as a relation of duckdb.

        `servanda query --tables` lists the tables. Those about standings need a date, `at`. Raises `BadQuery`.
        """
        from .query import Question, relation_of

        view = None if at is None else self._view(at, channels, known, ())[0]
        return relation_of(Question(self, view, inquiry=None if view is None else self._inquiry), sql)

    @property
    def inquiry(self) -> Inquiry:
        """What works the answers out, with all that it has worked out so far; see `servanda.standing`."""
        return self._inquiry

    # ── what questions share ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _inquiry(self) -> Inquiry:
        from servanda.standing import Inquiry

        return Inquiry(self)

    def _inquiry_with(self, acts: tuple[Act, ...]) -> Inquiry:
        return self._inquiry.with_acts(acts) if acts else self._inquiry

    def _acts_in(self, view: View, supposed: tuple[Act, ...], readings: tuple[str, ...]) -> tuple[Act, ...]:
        """The acts in view in one of these readings, supposed ones among them."""
        from servanda.standing.chronicle import acts_in_view

        return acts_in_view(self, (*self.acts, *supposed), readings, view.at, view.over, view.known)

    def _plan(self, goals: str | Iterable[str], view: View, acts: tuple[Act, ...]) -> Plan:
        from servanda.load import condition_from_words
        from servanda.wayout.goals import goal_from_words
        from servanda.wayout.ground import Ground
        from servanda.wayout.rules_from_case import rules_from_case

        def read(words: str) -> Condition:
            condition, slips = condition_from_words(self, words, "")
            if condition is None:
                raise CaseHasErrors(slips)
            return condition

        asked = [goals] if isinstance(goals, str) else list(goals)
        ground = Ground(self._inquiry_with(acts), view.at, view.over, view.known)
        return rules_from_case(ground, [goal_from_words(self, words, read) for words in asked])

    def _readings(self, asked: str | Iterable[str] | None) -> tuple[str, ...]:
        from servanda.standing import RECORD

        there = (*self.parties, RECORD)
        if asked is None:
            return there
        readings = tuple(dict.fromkeys([asked] if isinstance(asked, str) else asked))
        for each in readings:
            if each not in there:
                raise UnknownName(each, "reading", there)
        return readings

    def _pairs(self, between: tuple[str, str] | Iterable[tuple[str, str]] | None) -> tuple[tuple[str, str], ...]:
        if between is None:
            return tuple(combinations(self.parties, 2))
        asked: list[Any] = list(between)
        pairs = [tuple(asked)] if asked and isinstance(asked[0], str) else [tuple(pair) for pair in asked]
        for pair in pairs:
            if len(pair) != 2 or pair[0] == pair[1]:
                raise ValueError(f"between takes two readings, or pairs of them, and not {pair!r}")
            self._readings(pair)
        return tuple(pairs)

    def _view(
        self,
        at: DateLike,
        channels: str | Iterable[str] | None,
        known: DateLike | None,
        suppose: ActLike | Iterable[ActLike],
    ) -> tuple[View, tuple[Act, ...]]:
        over = None
        if channels is not None:
            over = tuple(dict.fromkeys([channels] if isinstance(channels, str) else channels))
            for each in over:
                if each not in self.channels:
                    raise UnknownName(each, "channel", self.channels)
        acts = acts_of(self, suppose)
        said = tuple(map(act_words, acts))
        return View(single(at), None if known is None else single(known), over, said), acts


def case_of(case: model.Case) -> Case:
    """A case that can be asked, of one as it was loaded."""
    return Case(**{field: getattr(case, field) for field in case.__struct_fields__})


def after(case: Case, before: Case) -> Case:
    """The same case, with what was worked out of an earlier state of it and still holds.

    That is where nothing differs but the record, and acts that stand in both are the same: as `load` gives them, with
    what was kept.
    """
    settled = all(_same(getattr(case, each), getattr(before, each)) for each in _SETTLED)
    if settled and "_inquiry" in before.__dict__:
        inquiry = before.inquiry.of(case)
        if inquiry is not None:
            case.__dict__["_inquiry"] = inquiry
    return case


#: All of a case that standings hang on, but for the record.
_SETTLED = [each for each in model.Case.__struct_fields__ if each not in ("acts", "expectations", "scenarios", "files")]


def _same(one: object, other: object) -> bool:
    """Whether two parts of a case are the same, in the same order."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return [*one.items()] == [*other.items()]
    return one == other
