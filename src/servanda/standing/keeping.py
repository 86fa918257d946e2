"""Answers that are kept by name, and what they were worked out from.

Whatever is worked out for a name is kept in the name's bucket, and it is noted which names it was worked out from. When
acts are added, only the buckets that hang on what they are about are in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from .buckets import Value
from .present import Present
from .stretches import ALWAYS, NEVER, Instant, Steps
from .tabling import Tabling

#: Whatever is kept; and an answer that may hang on itself, a tuple of stretches, with names or without.
Kept = TypeVar("Kept")
Answer = TypeVar("Answer", bound=tuple[Steps, ...])


class Reads:
    """The names that something was worked out from: from the acts about them, or from answers about them alone.

    `earlier` are names that were looked at as they were seen earlier, with the latest instant of which it was.
    """

    __slots__ = ("acts", "answers", "earlier")

    def __init__(self) -> None:
        self.acts: set[str] = set()
        self.answers: set[str] = set()
        self.earlier: dict[str, Instant] = {}

    def looked_at(self, names: Mapping[str, Instant]) -> None:
        """Note names as they were seen at earlier instants."""
        earlier = self.earlier
        for name, instant in names.items():
            if instant > earlier.get(name, ALWAYS):
                earlier[name] = instant


_NO_READS = Reads()


class Keeping:
    """What is worked out from one outlook. No act after `until` could ever be seen from it."""

    until: Instant = NEVER

    def __init__(self) -> None:
        self._tabling = Tabling()
        self._buckets = self._tabling.buckets
        #: For each bucket what it was worked out from, and that of the bucket being worked out; and turned round, as
        #: far as it was: for each name the buckets that hang on it.
        self._reads: dict[str, Reads] = {}
        self._read_now = Reads()
        self._reader = ""
        self._readers: dict[str, set[str]] = {}
        self._unturned: set[str] = set()

    def note(self, name: str) -> None:
        """Note that what is being worked out hangs on the acts about a name."""
        self._read_now.acts.add(name)

    def kept(self, name: str, what: Hashable) -> Any:
        """Something that was worked out for a name, or None."""
        buckets = self._buckets
        return (buckets.newest.get(name) or buckets.get(name)).gathered.get(what)

    def keep(self, name: str, what: Hashable, value: Kept) -> Kept:
        """Keep something that was worked out for a name."""
        self._buckets.own(name).gathered[what] = value
        return value

    def solved(
        self, name: str, what: Hashable, compute: Callable[..., Answer], *args: Any, empty: Value = ((),)
    ) -> Answer:
        """The answer to a question about a name, which may hang on itself: computed from this outlook and `args`."""
        tabling, buckets, reader = self._tabling, self._buckets, self._reader
        if name != reader:
            self._read_now.answers.add(name)
        value: Any = (buckets.newest.get(name) or buckets.get(name)).values.get(what)
        if value is None:
            if name == reader:
                value = tabling.solve(self, name, what, compute, args, empty)
            else:
                value = self._for(name, tabling.solve, self, name, what, compute, args, empty)
        elif tabling.hanging:
            tabling.passed_on(name, what)
        answer: Answer = value
        return answer

    def gathered(self, name: str, what: Hashable, compute: Callable[..., Any], *args: Any) -> Any:
        """Something that is put together for a name, and never hangs on itself.

        What others than the name itself ask for must hang on nothing but the acts about it.
        """
        if name != self._reader:
            self._read_now.acts.add(name)
        buckets = self._buckets
        found = (buckets.newest.get(name) or buckets.get(name)).gathered.get(what)
        return self.keep(name, what, self._for(name, compute, *args)) if found is None else found

    def lasting(
        self, name: str, what: Hashable, instant: Instant, compute: Callable[..., Kept], *args: Any
    ) -> tuple[Kept, Instant, Instant]:
        """Something that is put together for a name at an instant; from when until when it would come out the same.

        Computed from the present, where it looks everything up, and `args`. One is kept, the last.
        """
        found: tuple[Kept, Instant, Instant] | None = self.kept(name, what)
        if found is None or not found[1] <= instant < found[2]:
            now = Present(instant)
            value = self._for(name, compute, now, *args)
            found = self.keep(name, what, (value, now.begin, now.end))
        return found

    def judged(self, then: Keeping, name: str, what: Hashable, compute: Callable[..., Any], *args: Any) -> Any:
        """What is judged in an earlier outlook: all that it is worked out from there counts as read here."""
        found = then.kept(name, what)
        if found is None:
            answer = then._for(name, compute, *args)
            found = then.keep(name, what, (answer, then._read_for(name)))
        self._read_now.looked_at(found[1])
        return found[0]

    def _read_for(self, name: str) -> dict[str, Instant]:
        """All names that a bucket was worked out from, through whatever others; until when acts about them count."""
        found, every = {name}, Reads()
        waiting = [name]
        while waiting:
            reads = self._reads.get(waiting.pop())
            if reads is not None:
                more = (reads.acts | reads.answers) - found
                found |= more
                waiting += more
                every.looked_at(reads.earlier)
        every.looked_at(dict.fromkeys(found, self.until))
        return every.earlier

    def _for(self, name: str, compute: Callable[..., Any], *args: Any) -> Any:
        """Work something out for a name, and note from which names it is worked out."""
        reader, read = self._reader, self._read_now
        if name != reader:
            self._reader = name
            read_now = self._reads.get(name)
            if read_now is None:
                read_now = self._reads[name] = Reads()
            self._read_now = read_now
            self._unturned.add(name)
        try:
            return compute(*args)
        finally:
            self._reader, self._read_now = reader, read

    # ── more acts ────────────────────────────────────────────────────────────────────────────────────────────

    def hangs_on(self, names: Iterable[str]) -> set[str]:
        """All names of which something was worked out from these."""
        for reader in self._unturned:
            reads = self._reads[reader]
            for name in (*reads.acts, *reads.answers, *reads.earlier):
                self._readers.setdefault(name, set()).add(reader)
        self._unturned.clear()
        found = set(names)
        waiting = list(found)
        while waiting:
            for reader in self._readers.get(waiting.pop(), ()):
                if reader not in found:
                    found.add(reader)
                    waiting.append(reader)
        return found

    def keep_from(self, before: Keeping, doubtful: set[str]) -> None:
        """Keep what was kept elsewhere, but for some names."""
        self._readers, self._reads = before._readers, before._reads
        self._buckets.over(before._buckets, doubtful)

    def restore(self, name: str) -> None:
        """Take back what was in doubt about a name: it holds."""
        self._buckets.put_back(name)

    def reads(self, name: str) -> Reads:
        """What the answers about a name were worked out from."""
        return self._reads.get(name, _NO_READS)

    def names_read(self) -> set[str]:
        """All names of which something was asked so far."""
        every = (self._read_now, *self._reads.values())
        return set[str]().union(*(names for each in every for names in (each.acts, each.answers, each.earlier)))

    def gathered_about(self, name: str) -> list[tuple[Hashable, Any]]:
        """What was put together about a name."""
        return list(self._buckets.get(name).gathered.items())

    def solved_about(self, name: str) -> list[tuple[Hashable, Value]]:
        """The questions about a name that were answered, with the answers."""
        return list(self._buckets.get(name).values.items())

    def solved_as(self, before: Keeping, name: str, what: Hashable) -> Value:
        """The answer to a question, worked out as it was in another outlook."""
        compute, args, empty = before._buckets.get(name).ways[what]
        return self.solved(name, what, compute, *args, empty=empty)
