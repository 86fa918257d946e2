"""(Case, View) → standings: every commitment in every reading, at any date; and after more acts."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain

import msgspec

from servanda.model.case import Case
from servanda.model.commitments import Commitment
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.time import Dating

from . import why
from .clock import Clock
from .following import follow
from .life import Life
from .links import Links
from .outlook import Outlook
from .record import Entry, Record, names_of
from .standings import Standing, standing_of
from .stretches import ALWAYS_SO, NEVER, Instant, at
from .telling import Reason, Telling
from .view import RECORD, View, channels_of, hidden, hidden_sources
from .wording import label_of


class Row(msgspec.Struct, frozen=True):
    """One line of an inventory: a commitment, or an instance of one, with its standing in each reading that has it.

    `differs` says whether the parties it is owed by and to, as far as asked, read its status differently.
    """

    commitment: Commitment
    instance: str | None
    bearers: tuple[str, ...]
    counterparties: tuple[str, ...]
    differs: bool
    standings: Mapping[str, Standing]

    @property
    def label(self) -> str:
        """The commitment's name, with its instance if it has one."""
        return label_of(self.commitment.name, self.instance)

    def __str__(self) -> str:
        said: dict[str, list[str]] = {}
        for reading, each in self.standings.items():
            said.setdefault(str(each), []).append(reading)
        return f"{self.label}: " + "; ".join(f"{words} in {', '.join(those)}" for words, those in said.items())

    def __repr__(self) -> str:
        return f"<Row {self}>"


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


#: The rows of an inventory, by the names of the commitments.
Sheet = dict[str, list[Row]]


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
        self._views: dict[View, Outlook] = {}
        self._outlooks: dict[object, Outlook] = {}
        self._sheets: dict[object, Sheet] = {}
        #: What was asked of the case without the acts that this has more, and these.
        self._before: dict[View, Outlook] = {}
        self._sheets_before: Mapping[object, Sheet] = {}
        self._more: list[Entry] = []
        #: The names about which an outlook may answer otherwise than the one before.
        self._changed: dict[Outlook, set[str]] = {}
        self._by_periods = links.by_periods

    def with_acts(self, acts: Iterable[Act]) -> Inquiry:
        """The same case with more acts supposed on top. What does not hang on them is kept."""
        more = tuple(acts)
        inquiry = Inquiry.__new__(Inquiry)
        inquiry.case = self.case
        record, entries = self._record.with_acts(more)
        lasting = any(act.version is not None for act in more)
        inquiry._start(record, self._links.with_acts(more) if lasting else self._links)
        inquiry._before, inquiry._sheets_before, inquiry._more = dict(self._views), self._sheets, entries
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
        what = (asked, at, channels, known)
        sheet = self._sheets.get(what)
        if sheet is None:
            with uncollected():
                outlooks = {each: self.outlook(each, at, channels, known) for each in asked}
                sheet = self._sheets[what] = self._sheet(self._sheets_before.get(what), outlooks, self._instant(at))
        return tuple(chain.from_iterable(sheet.values()))

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
        found = []
        with uncollected():
            for count in (place, place + 1):
                outlooks = {each: self._seen(view, count) for each, view in views.items()}
                found.append(tuple(chain.from_iterable(self._sheet(None, outlooks, entry.said).values())))
        return found[0], found[1]

    # ── outlooks ─────────────────────────────────────────────────────────────────────────────────────────────

    def outlook(
        self, reading: str, at: Dating, channels: frozenset[str] | None = None, known: Dating | None = None
    ) -> Outlook:
        """What can be seen from a view; one and the same for views in which the same counts."""
        record, case = self._record, self.case
        instant = self._instant(at)
        known_by = instant if known is None else record.clock.pair(known, "act")[1]
        view = View(reading, instant, channels_of(case, reading, channels), known_by)
        found = self._views.get(view)
        if found is not None:
            return found
        found = self._views[view] = self._seen(view, record.count_until(instant), self._before.get(view))
        return found

    def _seen(self, view: View, count: int, before: Outlook | None = None) -> Outlook:
        """What can be seen from a view of so many acts; `before`: the same without the acts that this case has more."""
        record, case, instant = self._record, self.case, view.at
        if before is None:
            hidden_acts, hidden_texts = (
                hidden(record.guarded_in(view.at, view.known), view),
                hidden_sources(case, record, view),
            )
        else:
            more = hidden(self._more, view)
            hidden_acts, hidden_texts = before.hidden | more if more else before.hidden, before.hidden_sources
        key = (
            count,
            hidden_acts,
            hidden_texts,
            view.reading if record.known_later else None,
            instant if self._by_periods else None,
        )
        found = self._outlooks.get(key)
        if found is None:
            horizon = instant if self._by_periods else NEVER
            found = Outlook(
                record, count, hidden_acts, hidden_texts, viewer=view.reading, horizon=horizon, links=self._links
            )
            self._take_over(found, view, None if before is None else self._before.pop(view))
            self._outlooks[key] = found
        return found

    def _take_over(self, outlook: Outlook, view: View, without_more: Outlook | None) -> None:
        """Give an outlook the answers of another that differs little from it."""
        before = without_more
        if before is not None:
            changed = [each for each in self._more if each.said <= view.at]
        else:
            before = next(
                (
                    each
                    for each in reversed(self._outlooks.values())
                    if each.hidden_sources == outlook.hidden_sources and each.horizon == outlook.horizon == NEVER
                ),
                None,
            )
            if before is None:
                return
            changed = before.differences(outlook)
        if before.viewer != outlook.viewer and self._record.known_later:
            return
        names = {name for each in changed for name in names_of(each.act)}
        if not self._links.shapes_text(changed, names) and before.horizon == outlook.horizon:
            gone = follow(before, outlook, changed)
            if before is without_more:
                self._changed[outlook] = gone

    @property
    def clock(self) -> Clock:
        """The clock by which the case dates its acts."""
        return self._record.clock

    def _instant(self, at: Dating) -> Instant:
        return self._record.clock.pair(at, "act")[1]

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _sheet(self, before: Sheet | None, outlooks: Mapping[str, Outlook], instant: Instant) -> Sheet:
        """All rows, by name; those that nothing changed as they were before."""
        changed = [self._changed.get(each) for each in outlooks.values()]
        if before is None or None in changed:
            return {name: self._rows(name, outlooks, instant) for name in self.case.commitments}
        sheet = before.copy()
        for name in set().union(*(each for each in changed if each is not None)):
            if name in sheet:
                sheet[name] = self._rows(name, outlooks, instant)
        return sheet

    def _rows(self, name: str, outlooks: Mapping[str, Outlook], instant: Instant) -> list[Row]:
        found: dict[str | None, dict[str, Life]] = {}
        for reading, outlook in outlooks.items():
            for life in _there(outlook, reading, name, instant):
                found.setdefault(life.key, {})[reading] = life
        rows = []
        for key, lives in found.items():
            first, life = next(iter(lives.items()))
            roles = outlooks[first].chapter(life, instant).roles
            standings = {each: standing_of(outlooks[each], life, instant) for each, life in lives.items()}
            concerned = {*roles.bearers, *roles.counterparties}
            statuses = {each.status for reading, each in standings.items() if reading in concerned}
            rows.append(
                Row(self.case.commitments[name], key, roles.bearers, roles.counterparties, len(statuses) > 1, standings)
            )
        return rows


def _there(outlook: Outlook, reading: str, name: str, instant: Instant) -> Iterator[Life]:
    for life in outlook.lives(reading, name):
        if life.exists is ALWAYS_SO or at(life.exists, instant) is not None:
            yield life


def _picked(outlook: Outlook, reading: str, ref: Ref, instant: Instant) -> Life | None:
    """The life that a reference picks among those that are there."""
    key = None if ref.key is None else str(ref.key)
    lives = _there(outlook, reading, ref.name, instant)
    return next((life for life in lives if key is None or life.key == key), None)
