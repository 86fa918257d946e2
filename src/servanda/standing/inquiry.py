"""(Case, View) → standings: every commitment in every reading, at any date; and after more acts."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

import msgspec

from servanda.model.case import Case
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.time import Dating, Moment

from . import why, why_arisen
from .clock import Clock
from .following import follow
from .life import Life
from .links import Links
from .outlook import Outlook
from .present import Present
from .record import Entry, Record
from .rows import Making, Row, Sheet, there
from .standings import Standing, standing_of
from .stretches import NEVER, Instant
from .telling import Reason, Telling
from .view import RECORD, View, channels_of, hidden, hidden_of, hidden_sources

#: Date, readings, channels and date of knowledge of an inventory.
_What = tuple[Dating, tuple[str, ...], frozenset[str] | None, Dating | None]


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave Python's garbage alone: of what answers are made of almost all is kept, and to look through it again and
    again takes a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _grown_old() -> None:
    """Let all that was made count as old garbage. To see that nobody has frozen anything, which would be thawed, all
    that is frozen is counted: this is for when much was made.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()


#: What is kept of views asked before: as many as names were worked out afresh for them, but for the latest; and of
#: inventories, as many as lines were made for them. Of a case of a thousand commitments those are some hundred that lie
#: near each other, or ten views and forty inventories that are far apart.
_MOST_NAMES, _LATEST, _MOST_LINES = 10_000, 8, 40_000
#: So many inventories are kept that were begun and not finished.
_MOST_BEGUN = 2


#: What nobody but its actor comes to know.
_NOT_KNOWN = Dating(Moment(datetime.date(9000, 1, 1)), Moment(datetime.date(9000, 1, 1)))


class Inquiry:
    """Answers for one case: all readings, any date, any channels. What is alike in two views is worked out once."""

    def __init__(self, case: Case, supposed: Iterable[Act] = (), *, until: Dating | None = None) -> None:
        self.case = case
        acts: Iterable[Act] = case.acts
        if until is not None:
            clock = Clock(case.timezone)
            last = clock.pair(until, "act")[1]
            acts = [act for act in acts if clock.pair(act.dating, "act")[1] <= last]
        acts = [*acts, *supposed]
        self._start(Record(case, acts), Links(case, acts))

    def _start(self, record: Record, links: Links) -> None:
        self._record = record
        self._links = links
        #: From the one asked longest ago to the latest.
        self._views: dict[View, Outlook] = {}
        self._outlooks: dict[object, Outlook] = {}
        self._sheets: dict[_What, Sheet] = {}
        #: Inventories that were begun, from the one asked longest ago.
        self._made_so_far: dict[_What, Making] = {}
        self._last: _What | None = None
        #: What was asked of the case without the acts that this has more, or with those that it has no more, and all of
        #: these; the orders of the latter.
        self._before: dict[View, Outlook] = {}
        self._sheets_before: tuple[Sheet, ...] = ()
        self._more: list[Entry] = []
        self._gone: frozenset[int] = frozenset()
        #: For an outlook that took over from another: which, about which names it may answer otherwise than that had
        #: answered by then, and how many sheets had been made by then.
        self._taken: dict[Outlook, tuple[Outlook, set[str], int]] = {}
        self._count = 0

    def with_acts(self, acts: Iterable[Act]) -> Inquiry:
        """The same case with more acts supposed on top. What does not hang on them is kept."""
        record, more = self._record.with_acts(acts)
        return self._with(self.case, record, more, ())

    def of(self, case: Case) -> Inquiry | None:
        """The same for a case in which nothing differs but the record. What does not hang on that is kept.

        An act that stands in both records is one and the same. None where one has to begin afresh: acts changed
        places, or very many differ.
        """
        found = self._record.of(case.acts)
        return None if found is None else self._with(case, *found)

    def _with(self, case: Case, record: Record, more: Iterable[Entry], gone: Iterable[Entry]) -> Inquiry:
        if self._last is not None and not self._sheets:  # only what was asked can be handed on
            self.inventory(*self._last)
        inquiry = Inquiry.__new__(Inquiry)
        inquiry.case = case
        changed = [*more, *gone]
        links = self._links
        if any(each.act.version is not None for each in changed):
            links = Links(self.case, [each.act for each in sorted(record.entries, key=lambda each: each.order)])
        inquiry._start(record, links)
        inquiry._last = self._last
        inquiry._before, inquiry._sheets_before = dict(self._views), tuple(self._sheets.values())
        inquiry._more, inquiry._count = changed, self._count
        inquiry._gone = frozenset(each.order for each in gone)
        return inquiry

    def without_later(self, at: Dating) -> Inquiry:
        """The same case, and what is supposed of it, as if nobody had done anything after a date, or came to know."""
        last = self._record.clock.pair(at, "act")[1]
        past = sorted(self._record.entries[: self._record.count_until(last)], key=lambda each: each.order)
        acts = [
            each.act if each.known <= last else msgspec.structs.replace(each.act, known=_NOT_KNOWN) for each in past
        ]
        inquiry = Inquiry.__new__(Inquiry)
        inquiry.case = self.case
        inquiry._start(Record(self.case, acts), Links(self.case, acts))
        return inquiry

    # ── questions ────────────────────────────────────────────────────────────────────────────────────────────

    def inventory(
        self,
        at: Dating,
        readings: Iterable[str] | None = None,
        channels: frozenset[str] | None = None,
        known: Dating | None = None,
    ) -> tuple[Row, ...]:
        """Every commitment at a date, in these readings: by default those of all parties, and the record's."""
        asked = tuple(readings) if readings is not None else (*self.case.parties, RECORD)
        self._last = what = (at, asked, channels, known)
        sheet = self._sheets.pop(what, None)
        if sheet is None:
            with uncollected():
                making = self._made_so_far.pop(what, None) or self._begun(what)
                sheet = self._finished(making)
                if 2 * sheet.made > len(sheet.lines):
                    _grown_old()
            least = self._least()
            while self._sheets and sum(each.made + least for each in self._sheets.values()) > _MOST_LINES:
                del self._sheets[next(iter(self._sheets))]
        self._sheets[what] = sheet
        return sheet.rows

    def first_rows(
        self,
        is_up: Callable[[], bool],
        at: Dating,
        readings: Iterable[str],
        channels: frozenset[str] | None = None,
        known: Dating | None = None,
    ) -> tuple[Row, ...] | None:
        """As many rows of an inventory as are known once it is up; None where all are. The next call goes on there."""
        what = (at, tuple(readings), channels, known)
        if what in self._sheets:
            return None
        with uncollected():
            making = self._made_so_far.pop(what, None) or self._begun(what)
            while len(self._made_so_far) >= _MOST_BEGUN:
                del self._made_so_far[next(iter(self._made_so_far))]
            self._made_so_far[what] = making
            return None if making.go_on(is_up) else tuple(making.first_rows())

    def _begun(self, what: _What) -> Making:
        at, readings, channels, known = what
        outlooks = {each: self.outlook(each, at, channels, known) for each in readings}
        return self._making(outlooks, self._instant(at))

    def _making(self, outlooks: Mapping[str, Outlook], instant: Instant) -> Making:
        """The latest sheet from which outlooks took over, with what has changed since; else one made afresh."""
        making = Making(outlooks, self.case.commitments, instant)
        for before in (*reversed(self._sheets.values()), *reversed(self._sheets_before)):
            changed = self._changed(before, outlooks)
            if changed is not None:
                return making.after(before, changed)
        return making

    def _finished(self, making: Making) -> Sheet:
        # what an outlook took over is told by how many sheets there were: this one may have asked on since it was begun
        self._count += 1
        return making.sheet(self._count)

    def _changed(self, before: Sheet, outlooks: Mapping[str, Outlook]) -> set[str] | None:
        """The names about which outlooks may answer otherwise than a sheet does; None where that is not known."""
        if list(before.outlooks) != list(outlooks):
            return None
        found: set[str] = set()
        for reading, outlook in outlooks.items():
            old = before.outlooks[reading]
            if old is outlook:
                continue
            taken_from, changed, count = self._taken.get(outlook, (None, found, 0))
            if taken_from is not old or before.number > count:
                return None
            found |= changed
        return found

    def standing(
        self,
        ref: Ref,
        reading: str,
        at: Dating,
        channels: frozenset[str] | None = None,
        known: Dating | None = None,
    ) -> Standing | None:
        """One commitment's standing, or None where it has no such instance in that reading."""
        outlook, instant = self.outlook(reading, at, channels, known), self._instant(at)
        life = _picked(outlook, reading, ref, instant)
        return None if life is None else standing_of(outlook, life, instant)

    def standings(
        self, ref: Ref, reading: str, at: Dating, channels: frozenset[str] | None = None
    ) -> tuple[Standing, ...]:
        """The standings of all that a name stands for: a bare name, for all instances so far."""
        outlook, instant = self.outlook(reading, at, channels, None), self._instant(at)
        return tuple(standing_of(outlook, life, instant) for life in _named(outlook, reading, ref, instant))

    def why(
        self,
        ref: Ref,
        reading: str,
        at: Dating,
        channels: frozenset[str] | None = None,
        known: Dating | None = None,
    ) -> Reason | None:
        """Why a commitment stands where it does, down to acts and clauses; None where there is no such instance."""
        outlook, instant = self.outlook(reading, at, channels, known), self._instant(at)
        life = _picked(outlook, reading, ref, instant)
        return None if life is None else why.of(Telling(), outlook, life, instant)

    def why_absent(
        self,
        ref: Ref,
        reading: str,
        at: Dating,
        channels: frozenset[str] | None = None,
        known: Dating | None = None,
    ) -> tuple[tuple[str, ...], Reason | None]:
        """Of an instance that a reading has not: how those are called that it has, or else why it has none."""
        outlook, instant = self.outlook(reading, at, channels, known), self._instant(at)
        lives = list(there(outlook, reading, ref.name, Present(instant)))
        if lives or self.case.commitments[ref.name].clauses.for_each is None:
            return tuple(each.label for each in lives), None
        below = why_arisen.not_arisen(Telling(), outlook, reading, ref.name, instant)
        span = self.case.commitments[ref.name].span
        return (), Reason(f"there is no {ref.name} yet", False, span, None, None, tuple(below))

    def around(
        self,
        act: Act,
        readings: Iterable[str] | None = None,
        channels: frozenset[str] | None = None,
        known: Dating | None = None,
    ) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """Every commitment before an act of the record and after it, at the moment from which it counts.

        Of acts that count from the same moment, those before it in the record come before it. Without `known`, an act
        that became known later is taken as known. Raises `LookupError` where the record has no such act, or it held
        from the start.
        """
        asked = tuple(readings) if readings is not None else (*self.case.parties, RECORD)
        record = self._record
        place, entry = next((each for each in enumerate(record.entries) if each[1].act is act), (0, None))
        if entry is None or act.dating is None:
            raise LookupError(act)
        known_by = entry.known if known is None else record.clock.pair(known, "act")[1]
        views = {each: View(each, entry.said, channels_of(self.case, each, channels), known_by) for each in asked}
        kept = dict(self._outlooks)
        with uncollected():
            outlooks = {each: self._outlook(view, place) for each, view in views.items()}
            before = self._finished(self._making(outlooks, entry.said))
            outlooks = {each: self._outlook(view, place + 1) for each, view in views.items()}
            changed, making = self._changed(before, outlooks), Making(outlooks, self.case.commitments, entry.said)
            after = (making if changed is None else making.after(before, changed)).sheet(self._count)
        # no date is asked about in these views: they are not kept
        for outlook in {*self._outlooks.values()} - {*kept.values()}:
            self._taken.pop(outlook, None)
        self._outlooks = {key: each for key, each in self._outlooks.items() if key in kept}
        return before.rows, after.rows

    # ── outlooks ─────────────────────────────────────────────────────────────────────────────────────────────

    def outlook(
        self, reading: str, at: Dating, channels: frozenset[str] | None = None, known: Dating | None = None
    ) -> Outlook:
        """What can be seen from a view; one and the same for views in which the same counts."""
        record, case = self._record, self.case
        instant = self._instant(at)
        known_by = instant if known is None else record.clock.pair(known, "act")[1]
        view = View(reading, instant, channels_of(case, reading, channels), known_by)
        found = self._views.pop(view, None)
        if found is None:
            found = self._outlook(view)
        self._views[view] = found
        return found

    def _outlook(self, view: View, cut: int | None = None) -> Outlook:
        """What can be seen from a view; of the first acts of the record alone, where it is cut behind so many."""
        record, case, links = self._record, self.case, self._links
        count = record.count_until(view.at) if cut is None else cut
        before = self._before.get(view) if cut is None else None
        if before is None:
            hidden_acts, hidden_texts = hidden(record, view), hidden_sources(case, record, view)
        else:
            more = hidden_of(self._more, view)
            hidden_acts, hidden_texts = (before.hidden | more) - self._gone, before.hidden_sources
        horizon = view.at if links.by_periods else NEVER
        key = (count, hidden_acts, hidden_texts, view.reading if record.known_later else None, horizon)
        found = self._outlooks.get(key)
        if found is None:
            found = Outlook(record, count, hidden_acts, hidden_texts, viewer=view.reading, horizon=horizon, links=links)
            self._take_over(found, view, None if cut is not None else self._before.pop(view, None))
            self._forget()
            self._outlooks[key] = found
        return found

    def _take_over(self, outlook: Outlook, view: View, before: Outlook | None) -> None:
        """Give an outlook the answers of another that differs little from it."""
        if before is not None:
            changed = [each for each in self._more if each.said <= view.at]
        else:
            before = self._nearest(outlook, view.reading)
            if before is None:
                return
            changed = before.differences(outlook)
        if not self._links.reshaping.reaches_all(changed):
            self._taken[outlook] = before, follow(before, outlook, changed), self._count

    def _nearest(self, outlook: Outlook, reading: str) -> Outlook | None:
        """Of the outlooks that there are, from the latest on, the one from which another parts by the fewest acts.

        If there is one, of those that a reading was asked through: others have answers for other readings.
        """
        known_later = self._record.known_later
        near = [
            each
            for each in reversed(self._outlooks.values())
            if each.hidden_sources == outlook.hidden_sources and (each.viewer == outlook.viewer or not known_later)
        ]
        own = {each for view, each in self._views.items() if view.reading == reading}
        return min(
            [each for each in near if each in own] or near,
            key=lambda each: abs(each.count - outlook.count) + len(each.hidden ^ outlook.hidden),
            default=None,
        )

    def _forget(self) -> None:
        """Forget the views asked longest ago, where much was worked out for those kept."""
        every, least = len(self.case.commitments), self._least()
        while len(self._views) > _LATEST:
            sizes = (len(self._taken[each][1]) if each in self._taken else every for each in self._outlooks.values())
            if sum(least + size for size in sizes) <= _MOST_NAMES:
                break
            outlook = self._views.pop(next(iter(self._views)))
            if outlook not in self._views.values():
                self._outlooks = {key: each for key, each in self._outlooks.items() if each is not outlook}
                self._taken.pop(outlook, None)

    def _least(self) -> int:
        """As how many names or lines what is kept of a view counts at the least."""
        return max(100, len(self.case.commitments) // 10)

    @property
    def acts(self) -> Iterator[Act]:
        """All acts of the record, those supposed among them, in the order of time."""
        return (each.act for each in self._record.entries)

    @property
    def clock(self) -> Clock:
        """The clock by which the case dates its acts."""
        return self._record.clock

    def _instant(self, at: Dating) -> Instant:
        # a day beyond those that can be reckoned with is before never, all the same
        return min(self._record.clock.pair(at, "act")[1], NEVER - 1)


def _picked(outlook: Outlook, reading: str, ref: Ref, instant: Instant) -> Life | None:
    """The life that a reference picks among those that are there."""
    return next(_named(outlook, reading, ref, instant), None)


def _named(outlook: Outlook, reading: str, ref: Ref, instant: Instant) -> Iterator[Life]:
    """The lives that a reference names among those that are there."""
    lives = there(outlook, reading, ref.name, Present(instant))
    return (life for life in lives if ref.instance in (None, life.key))
