"""Answers that are kept by name, and what they were worked out from.

Whatever is worked out for a name is kept in the name's bucket, and it is noted which names it was worked out from. When
acts are added, only the buckets that hang on what they are about are in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from .buckets import Lasting, Question, Value, Way
from .present import Present
from .stretches import ALWAYS, NEVER, Instant, Steps
from .tabling import Tabling

#: Whatever is kept; and an answer that may hang on itself, a tuple of stretches, with names or without.
Kept = TypeVar("Kept")
Answer = TypeVar("Answer", bound=tuple[Steps, ...])


class Reads:
    """The names that something was worked out from: from the acts about them, or from answers about them alone.

    `texts` are names of which versions were read; `earlier` those that were looked at as they were seen earlier, with
    the latest instant of which it was. `asked` are the questions that were answered for what was put together.
    """

    __slots__ = ("acts", "answers", "asked", "earlier", "texts")

    def __init__(self) -> None:
        self.acts: set[str] = set()
        self.answers: set[str] = set()
        self.asked: set[Question] = set()
        self.texts: set[str] = set()
        self.earlier: dict[str, Instant] = {}

    def looked_at(self, names: Mapping[str, Instant]) -> None:
        """Note names as they were seen at earlier instants."""
        earlier = self.earlier
        for name, instant in names.items():
            if instant > earlier.get(name, ALWAYS):
                earlier[name] = instant


_NO_READS = Reads()


def _ignore(question: Question) -> None:
    """Nothing is made of what is asked from outside."""


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
        #: Notes a question that is asked for what is being worked out.
        self.note_asked: Callable[[Question], object] = _ignore
        #: Answers of the outlook that this one follows, which are found to hold: for what is not answered yet.
        self.holding: Mapping[Question, tuple[Value, Way]] = {}
        self._readers: dict[str, set[str]] = {}
        self._text_readers: dict[str, set[str]] = {}
        self._unturned: set[str] = set()

    def note(self, name: str) -> None:
        """Note that what is being worked out hangs on the acts about a name."""
        self._read_now.acts.add(name)

    def note_text(self, name: str) -> None:
        """Note that what is being worked out hangs on the versions of a name."""
        self._read_now.texts.add(name)

    def kept(self, name: str, what: Hashable) -> Any:
        """Something that was worked out for a name, or None."""
        buckets = self._buckets
        return (buckets.newest.get(name) or buckets.get(name)).gathered.get(what)

    def keep(self, name: str, what: Hashable, value: Kept) -> Kept:
        """Keep something that was worked out for a name."""
        self._buckets.own(name).gathered[what] = value
        return value

    def solved(self, question: Question, compute: Callable[..., Answer], *args: Any, empty: Value = ((),)) -> Answer:
        """The answer to a question about a name, which may hang on itself: computed from this outlook and `args`."""
        tabling, buckets, reader = self._tabling, self._buckets, self._reader
        name, what = question
        if name != reader:
            self._read_now.answers.add(name)
        self.note_asked(question)
        value: Any = (buckets.newest.get(name) or buckets.get(name)).values.get(what)
        if value is None:
            if question in self.holding:
                value = self.adopt(question)
            elif name == reader:
                value = tabling.solve(self, question, compute, args, empty)
            else:
                value = self._for(name, tabling.solve, self, question, compute, args, empty)
        elif tabling.hanging:
            tabling.passed_on(question)
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

        Computed from the present, where it looks everything up, and `args`. One is kept, the last; and what any of them
        asked, since others may still be told.
        """
        buckets = self._buckets
        found = (buckets.newest.get(name) or buckets.get(name)).lasting.get(what)
        if found is None or not found.begin <= instant < found.end:
            now, asked = Present(instant), list[Question](() if found is None else found.asked)
            value = self._for(name, self._asking, asked, compute, now, *args)
            found = Lasting(value, now.begin, now.end, tuple(dict.fromkeys(asked)))
            buckets.own(name).lasting[what] = found
        return found.value, found.begin, found.end

    def _asking(self, asked: list[Question], compute: Callable[..., Kept], *args: Any) -> Kept:
        """Put something together, and note which questions are asked for it."""
        self.note_asked = asked.append
        return compute(*args)

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
                more = (reads.acts | reads.answers | reads.texts) - found
                found |= more
                waiting += more
                every.looked_at(reads.earlier)
        every.looked_at(dict.fromkeys(found, self.until))
        return every.earlier

    def _for(self, name: str, compute: Callable[..., Any], *args: Any) -> Any:
        """Work something out for a name, and note from which names it is worked out."""
        reader, read, note_asked = self._reader, self._read_now, self.note_asked
        if name != reader:
            self._reader = name
            read_now = self._reads.get(name)
            if read_now is None:
                read_now = self._reads[name] = Reads()
            self._read_now = read_now
            self._unturned.add(name)
        self.note_asked = self._read_now.asked.add
        try:
            return compute(*args)
        finally:
            self._reader, self._read_now, self.note_asked = reader, read, note_asked

    # ── more acts ────────────────────────────────────────────────────────────────────────────────────────────

    def hangs_on(self, names: Iterable[str], texts: Iterable[str] = ()) -> set[str]:
        """All names of which something was worked out from these, or from versions of others."""
        for reader in self._unturned:
            reads = self._reads[reader]
            for name in (*reads.acts, *reads.answers, *reads.earlier):
                self._readers.setdefault(name, set()).add(reader)
            for name in reads.texts:
                self._text_readers.setdefault(name, set()).add(reader)
        self._unturned.clear()
        found = set(names).union(*(self._text_readers.get(name, ()) for name in texts))
        waiting = list(found)
        while waiting:
            for reader in self._readers.get(waiting.pop(), ()):
                if reader not in found:
                    found.add(reader)
                    waiting.append(reader)
        return found

    def keep_from(self, before: Keeping, doubtful: set[str]) -> None:
        """Keep what was kept elsewhere, but for some names."""
        self._readers, self._text_readers, self._reads = before._readers, before._text_readers, before._reads
        self._buckets.over(before._buckets, doubtful)

    def restore(self, name: str) -> None:
        """Take back all that was in doubt about a name: it holds."""
        self._buckets.put_back(name)

    def restore_gathered(self, name: str) -> None:
        """Take back what was put together about a name in doubt, though not the answers about it."""
        self._buckets.only_gathered(name)

    def adopt(self, question: Question) -> Value:
        """Take over an answer that is found to hold."""
        name, what = question
        own = self._buckets.own(name)
        if what not in own.values:
            own.values[what], own.ways[what] = self.holding[question]
        return own.values[what]

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

    def solved_about(self, name: str) -> list[tuple[Question, Value, Way]]:
        """The questions about a name that were answered, with the answers and how they came about."""
        bucket = self._buckets.get(name)
        return [((name, what), value, bucket.ways[what]) for what, value in bucket.values.items()]

    def asked_for_lasting(self, name: str) -> Iterator[tuple[Question, ...]]:
        """The questions asked for each thing that was put together about a name for an instant."""
        return (each.asked for each in self._buckets.get(name).lasting.values())

    def solved_as(self, question: Question, way: Way) -> Value:
        """The answer to a question, worked out as it was in another outlook."""
        return self.solved(question, way.compute, *way.args, empty=way.empty)
