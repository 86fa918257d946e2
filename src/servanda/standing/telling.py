"""Reasons as they are told: a tree of premises, in which what is shared is named once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING

import msgspec

from servanda.model.commitments import Citation
from servanda.model.conditions import Ref
from servanda.model.span import Span, meaning
from servanda.text.act_words import act_words

from .record import Entry
from .stretches import ALWAYS, NEVER, Instant
from .view import RECORD

if TYPE_CHECKING:
    from .outlook import Outlook


class Reason(msgspec.Struct, frozen=True):
    """One premise of a standing in words, whether it holds, where it stands, and what it rests on in turn.

    `holds` is None where something is asserted and unknown. `span` is the place of an act or a clause, `source` and
    `quote` say what it is taken from.
    """

    text: str
    holds: bool | None
    span: Span | None = None
    source: str | None = None
    quote: str | None = None
    because: tuple[Reason, ...] = ()


AS_ABOVE = ", as above"


def stale(reason: Reason) -> bool:
    """Whether a reason says nothing that was not said before in the same tree."""
    told = reason.text.endswith(AS_ABOVE)
    if reason.because:
        return (told or reason.span is None) and all(stale(each) for each in reason.because)
    return told


def fresh(reasons: Iterable[Reason]) -> list[Reason]:
    """The reasons that say something new."""
    return [each for each in reasons if not stale(each)]


class Telling:
    """One tree that is being told: what was said before in it, and what is being explained at the moment."""

    def __init__(self) -> None:
        self._told: dict[Hashable, Reason] = {}
        self._open: set[Hashable] = set()
        self._circles = 0

    def once(self, key: Hashable, text: str, span: Span | None, tell: Callable[[], Reason]) -> Reason:
        """A part that several others may share: told the first time, and then referred to; a circle is cut."""
        told = self._told.get(key)
        if told is not None:
            return Reason(f"{told.text}{AS_ABOVE}", told.holds, span or told.span)
        if key in self._open:
            self._circles += 1
            return Reason(f"{text}, which hangs on this itself", None, span)
        self._open.add(key)
        try:
            found = self._told[key] = tell()
        finally:
            self._open.discard(key)
        return found

    def first_sound(self, ways: Iterable[Callable[[], list[Reason]]]) -> list[Reason]:
        """The first of several sufficient grounds that does not hang on what it is to explain."""
        circular: tuple[list[Reason], dict[Hashable, Reason]] | None = None
        circles = self._circles
        for way in ways:
            told = self._told.copy()
            found = way()
            if self._circles == circles:
                return found
            circular = circular or (found, self._told)
            self._told, self._circles = told, circles
        if circular is None:
            return []
        self._circles = circles + 1
        self._told = circular[1]
        return circular[0]

    def act(self, entry: Entry, because: Callable[[], Iterable[Reason]] | None = None) -> Reason:
        """An act of the record, with the words that it is taken from."""
        act = entry.act
        words = act_words(act)
        source, quote = cited(act.citations[0]) if act.citations else (None, None)
        found = self.once(("act", entry.order), words, act.span, lambda: Reason(words, True, act.span, source, quote))
        below = () if because is None else tuple(because())
        return msgspec.structs.replace(found, because=below) if below else found

    def acts(self, entries: Iterable[Entry]) -> list[Reason]:
        """Several acts, each once."""
        return [self.act(each) for each in dict.fromkeys(entries)]

    def nothing(self, text: str, span: Span | None = None, *, holds: bool | None = False) -> Reason:
        """Something that is missing, or that needs no further ground."""
        return Reason(text, holds, span)


def cited(citation: Citation) -> tuple[str, str | None]:
    """A source with the place in it, and the words quoted from there."""
    source = " ".join([citation.source.name, *(each.name for each in citation.places)])
    return source, None if citation.quote is None else citation.quote.value


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────


def named(names: Iterable[str]) -> str:
    """Names in a row: `US, USSR and Cuba`."""
    *most, last = [*names] or ["nobody"]
    return f"{', '.join(most)} and {last}" if most else last


def in_reading(reading: str) -> str:
    """Whose reading it is."""
    return "in the record" if reading == RECORD else f"in the reading of {reading}"


def day(outlook: Outlook, instant: Instant) -> str:
    """An instant as a date in the case's time zone, with its hour where it is not that of a whole day."""
    if not ALWAYS < instant < NEVER:
        return "the beginning" if instant <= ALWAYS else "the end"
    moment = outlook.clock.moment(instant)
    if (moment.hour, moment.minute) in ((0, 0), (23, 59)):
        return str(moment.date())
    return f"{moment:%Y-%m-%dT%H:%M}"


def last_day(outlook: Outlook, deadline: Instant) -> str:
    """The last day, or moment, before a deadline passes."""
    moment = outlook.clock.moment(deadline)
    return day(outlook, deadline if moment.hour or moment.minute else deadline - 1)


# ── versions ────────────────────────────────────────────────────────────────────────────────────────────────


def held(outlook: Outlook, reading: str, name: str, key: str | None, clause: str, now: Instant) -> list[Entry]:
    """The acts by which a reading has its own version of a clause, term, matter or means; none for the common text."""
    states = [state for state in outlook.states(name) if state.since <= now]
    if not states:
        return []
    last = states[-1]
    slots = ((key, clause), (None, clause)) if key is not None else ((None, clause),)
    own = last.own.get(reading, {})
    for slot in slots:
        if slot in own:
            return _holding(outlook, reading, name, slot, now)[-1:]
    for slot in slots:
        if slot in last.common:
            wanted = meaning(last.common[slot])
            since = next(each.since for each in states if meaning(each.common.get(slot)) == wanted)
            then = next(each for each in states if each.since == since).own
            own_then = {party: layer[slot] for party, layer in then.items() if slot in layer}
            holders = [party for party, version in own_then.items() if meaning(version) == wanted]
            return [entry for party in holders for entry in _holding(outlook, party, name, slot, since)[-1:]]
    return []


def _holding(outlook: Outlook, party: str, name: str, slot: tuple[str | None, str], now: Instant) -> list[Entry]:
    is_term = name in outlook.case.terms
    found = []
    for entry in outlook.acts(name).all:
        version = entry.act.version
        if entry.said > now or party not in entry.parties:
            continue
        states = version is not None and (slot[1] in version.stated or slot[1] == "definition")
        if (entry.verb == "holds" and states and _picks(entry, name, slot[0])) or (is_term and entry.verb == "rejects"):
            found.append(entry)
    return found


def _picks(entry: Entry, name: str, key: str | None) -> bool:
    return any(isinstance(ref, Ref) and ref.name == name and ref.instance == key for ref in entry.act.objects)


def term_held(outlook: Outlook, reading: str, terms: Iterable[str], now: Instant) -> list[Entry]:
    """The acts by which a reading has its own versions of terms, those within them included."""
    return [
        entry
        for term in outlook.opened([each for each in terms if each in outlook.case.terms])
        for entry in held(outlook, reading, term, None, "definition", now)
    ]
