"""What a question is asked of, and what counts in it: §1 of the meaning."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from servanda.model.case import Case
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.time import Dating, Moment

from .clock import Clock, Onset

RECORD = "record"


@dataclass(frozen=True)
class View:
    """§1: a view is a reading, a date, channels, and known-by."""

    reading: str
    at: datetime.datetime
    channels: frozenset[str]
    known: datetime.datetime
    #: The place in the record of the act that is being judged: it is in view whenever it became known.
    judged: int | None = None

    def earlier(self, instant: datetime.datetime, judged: int) -> View:
        """The view as it was at an earlier instant: for what is judged by the view at its use."""
        return View(self.reading, instant, self.channels, min(self.known, instant), judged)


@dataclass(frozen=True, eq=False)
class Deed:
    """An act with its instants, and the parties whose act it is. `order` is its place in the record."""

    act: Act
    order: int
    said: Onset
    performed: Onset
    parties: tuple[str, ...]

    @property
    def verb(self) -> str:
        return self.act.verb

    @property
    def place(self) -> tuple[datetime.datetime, int]:
        """§6: of tied words the later line wins."""
        return self.said.latest, self.order

    def follows(self, other: Deed) -> bool:
        """Whether this can be a word on another: said later, or at the same instant. Of one author's tied words it is
        the later line; between authors the order of lines counts for nothing (§11, 2)."""
        if self.said.latest != other.said.latest:
            return self.said.latest > other.said.latest
        return self.order > other.order or not set(self.parties) & set(other.parties)

    @cached_property
    def names(self) -> list[Ref]:
        """The objects that are names."""
        return [each for each in self.act.objects if isinstance(each, Ref)]

    def about(self, name: str, key: str | None) -> bool:
        """Whether an object is this name; without a key it is about all instances."""
        return any(ref.name == name and (ref.key is None or str(ref.key) == key) for ref in self.names)


def instant_of(clock: Clock, when: Dating | Moment | datetime.datetime | datetime.date) -> datetime.datetime:
    """§6: a view with a bare date means the end of that day."""
    if isinstance(when, datetime.datetime):
        return when.astimezone(datetime.timezone.utc)  # noqa: UP017
    if isinstance(when, datetime.date):
        return clock.instant(Moment(when), "act")
    return clock.instant(when.latest if isinstance(when, Dating) else when, "act")


def channels_of(case: Case, reading: str, asked: Iterable[str] | None) -> frozenset[str]:
    """§1: by default all channels that the reading's party is among; an explicit choice is cut to these."""
    own = {
        name
        for name, channel in case.channels.items()
        if reading == RECORD or any(case.party_of(ref.name) == reading for ref in channel.among)
    }
    return frozenset(own if asked is None else own & set(asked))


def deeds_in_view(case: Case, clock: Clock, view: View, supposed: tuple[Act, ...]) -> list[Deed]:
    """§1: acts after the date, via other channels, or known later do not count; none is hidden from its actor."""
    deeds = []
    for order, act in enumerate((*case.acts, *supposed)):
        said = clock.onset(act.dating, "act")
        parties = tuple(dict.fromkeys(case.party_of(actor.name) for actor in act.actors))
        known = max(said.latest, clock.onset(act.known, "act").latest)
        via = {channel.name for channel in act.channels}
        if said.latest > view.at or (via and not via & view.channels):
            continue
        if known > view.known and view.reading not in parties and order != view.judged:
            continue
        performed = said if act.performed is None else clock.onset(act.performed, "act")
        if performed.latest > said.latest:
            performed = Onset(min(performed.earliest, said.latest), said.latest)
        deeds.append(Deed(act, order, said, performed, parties))
    return sorted(deeds, key=lambda deed: deed.place)


def sources_in_view(case: Case, clock: Clock, view: View) -> dict[str, Onset]:
    """§1: a source may be via a channel like an act. A letter carries from its date (§3)."""
    seen = {}
    for name, source in case.sources.items():
        via = {channel.name for channel in source.via}
        dated = clock.onset(source.dated, "start")
        own = view.reading in {case.party_of(ref.name) for ref in source.by}
        if dated.latest > view.at or (via and not via & view.channels):
            continue
        if dated.latest > view.known and not own:
            continue
        seen[name] = dated
    return seen
