"""Who speaks in the texts of sources: transcripts, made in the background, since a long one takes seconds."""

from __future__ import annotations

import threading
from collections.abc import Hashable

from servanda.model.case import Case
from servanda.sources.reading import Participant, Transcript, read

#: Longer texts are shown without being read for who speaks.
MOST_READ = 400_000


class Readings:
    """Transcripts of texts, each made once."""

    def __init__(self) -> None:
        self._found: dict[Hashable, Transcript | None] = {}
        self._lock = threading.Lock()

    def of(self, case: Case, text: str, *, wait: bool = False) -> Transcript | None:
        """The transcript of a text, with the people and parties of a case; None while it is being made.

        With `wait` it is made at once. Of a text that is too long there is none: see `pending`.
        """
        if len(text) > MOST_READ:
            return None
        people = tuple((each.name, each.acts_for[0].name if each.acts_for else None) for each in case.persons.values())
        parties = tuple((each.name, (each.title, *each.aka)) for each in case.parties.values())
        key = (text, people, parties)

        def make() -> None:
            self._found[key] = read(text, [Participant(*each) for each in people], dict(parties))

        with self._lock:
            begun = key in self._found
            self._found.setdefault(key, None)
        if wait and self._found[key] is None:
            make()
        elif not begun:
            threading.Thread(target=make, daemon=True).start()
        return self._found[key]

    @staticmethod
    def pending(transcript: Transcript | None, text: str) -> bool:
        """Whether a transcript is on its way."""
        return transcript is None and len(text) <= MOST_READ
