"""The view of which an answer is given, as every answer names it."""

from __future__ import annotations

import msgspec

from servanda.model.time import Dating


class View(msgspec.Struct, frozen=True):
    """Of what a question was asked: the date, the channels, what was known by then, and what was supposed.

    `channels` is None for all that each reading's party is among; `known` is None for the date itself; `supposed` are
    acts on top of the record, in words.
    """

    at: Dating
    known: Dating | None = None
    channels: tuple[str, ...] | None = None
    supposed: tuple[str, ...] = ()

    @property
    def over(self) -> frozenset[str] | None:
        """The channels, as an inquiry takes them."""
        return None if self.channels is None else frozenset(self.channels)

    def __str__(self) -> str:
        over = f", over public acts and {', '.join(self.channels)}" if self.channels else ""
        over = ", over public acts" if self.channels == () else over
        known = f", as known by {self.known}" if self.known is not None else ""
        supposed = "".join(f"; supposed: {each}" for each in self.supposed)
        return f"{self.at}{over}{known}{supposed}"
