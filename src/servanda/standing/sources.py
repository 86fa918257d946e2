"""Sources: whose they are, since when they carry, whether they were ended or suspended (semantics §§3, 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clock import Instant
from .view import RECORD

if TYPE_CHECKING:
    from .history import History


class SourceStates:
    """What each source has come to."""

    def __init__(self, history: History) -> None:
        self._history = history
        #: (reading, source) → since when it is ended, or suspended.
        self.ended: dict[tuple[str, str], Instant] = {}
        self.suspended: dict[tuple[str, str], Instant] = {}

    def exists(self, name: str, reading: str) -> Instant | None:
        """Since when there is such a text, for those who can know of it."""
        history = self._history
        source = history.case.sources.get(name)
        if source is None:
            return None
        among = {ref.name for ref in source.via}
        if among and reading != RECORD and not among & self._channels(reading):
            return None
        start = history.clock.start(source.dated.earliest) if source.dated else -(1 << 60)
        return start if start <= history.now else None

    def _channels(self, reading: str) -> set[str]:
        case = self._history.case
        return {
            name
            for name, channel in case.channels.items()
            if reading in {case.party_of(ref.name) for ref in channel.among}
        }

    def carries(self, name: str, reading: str) -> Instant | None:
        """Since when its commitments are accepted by those who accept it: a letter from its date, an instrument once
        all who are named have signed.
        """
        history = self._history
        start = self.exists(name, reading)
        signers = (
            {history.case.party_of(ref.name) for ref in history.case.sources[name].signed_by}
            if start is not None
            else set()
        )
        if start is None or not signers:
            return start
        signed = history.words.signed.get(name, {})
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
        history = self._history
        start = self.exists(name, reading)
        if start is None:
            return None
        source = history.case.sources[name]
        if party in {history.case.party_of(ref.name) for ref in source.by}:
            return start
        signed = history.words.signed.get(name, {}).get(party)
        if signed is not None:
            return max(start, signed)
        word = history.words.accepted.get((party, name, None))
        return None if word is None else max(start, word)

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
