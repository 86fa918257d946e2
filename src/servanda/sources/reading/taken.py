"""Which characters of a line are part of something already, so that nothing else takes them."""

from __future__ import annotations


class Taken:
    """The characters of one line that are taken."""

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def free(self, start: int, end: int) -> bool:
        """Whether none of these characters is taken."""
        return self._marks.find(1, start, end) < 0

    def take(self, start: int, end: int) -> bool:
        """Take these characters, if they are free; whether they were."""
        if not self.free(start, end):
            return False
        self._marks[start:end] = b"\1" * (end - start)
        return True
