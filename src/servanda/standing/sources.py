"""Sources: whose they are, since when they carry, whether they were ended or suspended (semantics §§3, 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clock import ALWAYS, Instant
from .view import RECORD, channels_of

if TYPE_CHECKING:
    from .history import History


class SourceStates:
    """What each source has come to."""

    def __init__(self, history: History) -> None:
        self._history = history
        case, clock = history.case, history.clock
        self._starts = {
            name: ALWAYS if source.dated is None else clock.start(source.dated.earliest)
            for name, source in case.sources.items()
        }
        self._authors = {
            name: frozenset(case.party_of(ref.name) for ref in source.by) for name, source in case.sources.items()
        }
        self._signers = {
            name: frozenset(case.party_of(ref.name) for ref in source.signed_by)
            for name, source in case.sources.items()
        }
        self._channels = {reading: channels_of(case, reading) for reading in history.readings}
        #: (reading, source) → since when it is ended, or suspended.
        self.ended: dict[tuple[str, str], Instant] = {}
        self.suspended: dict[tuple[str, str], Instant] = {}

    def exists(self, name: str, reading: str) -> Instant | None:
        """Since when there is such a text, for those who can know of it."""
        start = self._starts.get(name)
        if start is None or start > self._history.now:
            return None
        via = self._history.case.sources[name].via
        if via and reading != RECORD and not {ref.name for ref in via} & self._channels[reading]:
            return None
        return start

    def carries(self, name: str, reading: str) -> Instant | None:
        """Since when its commitments are accepted by those who accept it: a letter from its date, an instrument once
        all who are named have signed.
        """
        start = self.exists(name, reading)
        signers = self._signers.get(name)
        if start is None or not signers:
            return start
        signed = self._history.words.signed.get(name, {})
        if not signers <= signed.keys():
            return None
        return max(start, *(signed[party] for party in signers))

    def in_force(self, name: str, reading: str) -> Instant | None:
        """Since when a source is in force in a reading."""
        if (reading, name) in self.ended or (reading, name) in self.suspended:
            return None
        return self.carries(name, reading)

    def accepted_by(self, party: str, name: str, reading: str) -> Instant | None:
        """Since when a party has accepted a source: it wrote, signed or recognised it. `reading` asks."""
        start = self.exists(name, reading)
        if start is None:
            return None
        if party in self._authors[name]:
            return start
        words = self._history.words
        signed = words.signed.get(name, {}).get(party)
        if signed is not None:
            return max(start, signed)
        word = words.accepted.get((party, name, None))
        return None if word is None else max(start, word)

    def authors(self, name: str) -> frozenset[str]:
        """The parties that wrote a source."""
        return self._authors.get(name, frozenset())

    def state(self, name: str, state: str, reading: str) -> Instant | None:
        """Since when `SOURCE is STATE`."""
        history = self._history
        match state:
            case "signed" | "agreed":
                return self.carries(name, reading)
            case "in force":
                return self.in_force(name, reading)
            case "ended":
                return self.ended.get((reading, name))
            case "suspended":
                return self.suspended.get((reading, name))
            case "proposed":
                return history.word_on(name, "proposes")
            case "refused":
                return history.word_on(name, "rejects") or history.word_on(name, "refuses")
        return None
