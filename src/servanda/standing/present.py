"""An instant at which answers are looked up, and the time around it over which all of them stay the same."""

from __future__ import annotations

from .stretches import ALWAYS, NEVER, Instant, Steps, Stretch


class Present:
    """An instant; and from when until when nothing that was looked up at it would be found otherwise."""

    __slots__ = ("begin", "end", "instant")

    def __init__(self, instant: Instant) -> None:
        self.instant = instant
        self.begin = ALWAYS
        self.end = NEVER

    def at(self, steps: Steps) -> Stretch | None:
        """The stretch that the instant lies in."""
        now = self.instant
        for step in steps:
            if step[0] > now:
                self.lies_in(ALWAYS, step[0])
                return None
            if now < step[1]:
                self.lies_in(step[0], step[1])
                return step
            self.lies_in(step[1], NEVER)
        return None

    def is_past(self, instant: Instant) -> bool:
        """Whether another instant has come."""
        if instant <= self.instant:
            self.lies_in(instant, NEVER)
            return True
        self.lies_in(ALWAYS, instant)
        return False

    def lies_in(self, begin: Instant, end: Instant) -> None:
        """Note that the instant was found to lie in a stretch of time."""
        if begin > self.begin:
            self.begin = begin
        if end < self.end:
            self.end = end
