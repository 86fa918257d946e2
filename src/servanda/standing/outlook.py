"""What can be seen from a view: its acts, texts and lives, and every answer worked out from them, kept.

Whatever is worked out for a name is kept in the name's bucket, and it is noted which names it was worked out from. When
acts are added, only the buckets that hang on what they are about are emptied.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, NamedTuple, TypeVar

from servanda.model.case import Case

from . import instances, powers
from .assertions import Assertion, Occurrence, assertions_in, occurrences_in
from .life import Chapter, Life, Roles, roles_in
from .links import Links
from .record import Entry, Record
from .stretches import ALWAYS, NEVER, Instant, Steps, since
from .tabling import Tabling, Value
from .texts import State, Text, states_of, texts
from .view import RECORD

#: Whatever is kept; and an answer that may hang on itself, a tuple of stretches, with names or without.
Kept = TypeVar("Kept")
Answer = TypeVar("Answer", bound=tuple[Steps, ...])


class Acts(NamedTuple):
    """The acts about a name that are in view, in their order, and by verb."""

    all: list[Entry]
    by_verb: dict[str, list[Entry]]


class Cut(NamedTuple):
    """An instant at which an act of power is judged: acts of power at it do not count, of this stage or a later one."""

    place: tuple[Instant, int]
    stage: int


_NOTHING = Acts([], {})


class Outlook:
    """The acts of a record up to a number, less those that are hidden; and what follows from them."""

    def __init__(
        self,
        record: Record,
        count: int,
        hidden: frozenset[int] = frozenset(),
        hidden_sources: frozenset[str] = frozenset(),
        *,
        viewer: str = RECORD,
        horizon: Instant = NEVER,
        cut: Cut | None = None,
        links: Links,
    ) -> None:
        self.record = record
        self.case: Case = record.case
        self.clock = record.clock
        self.count = count
        self.hidden = hidden
        self.hidden_sources = hidden_sources
        self.viewer = viewer
        self.horizon = horizon
        self.readings = (*record.case.parties, RECORD)
        self.links = links
        self.defining: set[tuple[str, str]] = set()
        self._cut = cut
        self._limit = record.entries[count - 1].place if count else (ALWAYS - 1, 0)
        self._all_visible = count == len(record.entries) and not hidden
        self._tabling = Tabling()
        self._caches: dict[str, dict[Hashable, Any]] = {}
        self._acts_about: dict[str, Acts] = {}
        #: For each bucket the names that it was worked out from, and that of the bucket being worked out; and turned
        #: round, as far as it was: for each name the buckets that hang on it.
        self._reads: dict[str, set[str]] = {}
        self._read_now: set[str] = set()
        self._reader = ""
        self._readers: dict[str, set[str]] = {}
        self._unturned: set[str] = set()
        self._texts = {reading: Text(self, reading, NEVER) for reading in self.readings}
        #: Texts speak of this outlook, which says the same of them: so that what is taken over keeps no other alive.
        self.origin: Outlook = self
        self._earlier: dict[object, Outlook] = {}

    # ── keeping ──────────────────────────────────────────────────────────────────────────────────────────────

    def note(self, name: str) -> None:
        """Note that what is being worked out hangs on a name."""
        self._read_now.add(name)

    def kept(self, name: str, what: Hashable) -> Any:
        """Something that was worked out for a name, or None."""
        bucket = self._caches.get(name)
        return None if bucket is None else bucket.get(what)

    def keep(self, name: str, what: Hashable, value: Kept) -> Kept:
        """Keep something that was worked out for a name."""
        self._caches.setdefault(name, {})[what] = value
        return value

    def solved(
        self, name: str, what: Hashable, compute: Callable[..., Answer], *args: Any, empty: Value = ((),)
    ) -> Answer:
        """The answer to a question about a name, which may hang on itself."""
        if name != self._reader:
            self._read_now.add(name)
        value: Any = self._tabling.known(name, what)
        if value is None:
            value = self._for(name, self._tabling.solve, name, what, compute, args, empty)
        answer: Answer = value
        return answer

    def gathered(self, name: str, what: Hashable, compute: Callable[..., Any], *args: Any) -> Any:
        """Something that is put together from answers about a name, and never hangs on itself."""
        found = self.kept(name, what)
        return self.keep(name, what, self._for(name, compute, *args)) if found is None else found

    def _for(self, name: str, compute: Callable[..., Any], *args: Any) -> Any:
        """Work something out for a name, and note from which names it is worked out."""
        reader, read = self._reader, self._read_now
        if name != reader:
            self._reader = name
            self._read_now = self._reads.setdefault(name, set())
            self._unturned.add(name)
        try:
            return compute(*args)
        finally:
            self._reader, self._read_now = reader, read

    # ── acts ─────────────────────────────────────────────────────────────────────────────────────────────────

    def acts(self, name: str) -> Acts:
        """The acts about a name."""
        self._read_now.add(name)
        found = self._acts_about.get(name)
        if found is None:
            found = self._acts_about[name] = self._acts(name)
        return found

    def _acts(self, name: str) -> Acts:
        entries = self.record.by_name.get(name)
        if not entries:
            return _NOTHING
        if not self._all_visible:
            limit, hidden = self._limit, self.hidden
            entries = [each for each in entries if each.place <= limit and each.order not in hidden]
        by_verb: dict[str, list[Entry]] = {}
        for entry in entries:
            of_verb = by_verb.get(entry.verb)
            if of_verb is None:
                by_verb[entry.verb] = [entry]
            else:
                of_verb.append(entry)
        return Acts(entries, by_verb)

    def assertions(self, name: str) -> list[Assertion]:
        """What is asserted of a name."""
        acts = self.acts(name)
        found = self.kept(name, "assertions")
        if found is None:
            made = assertions_in(iter(acts.all), name, self.links.party_of)
            found = self.keep(name, "assertions", made)
        return found  # type: ignore[no-any-return]

    def occurrences(self, event: str) -> list[Occurrence]:
        """The events of a kind that were asserted."""
        told = self.assertions(event)
        found = self.kept(event, "occurrences")
        if found is None:
            found = self.keep(event, "occurrences", occurrences_in(event, told))
        return found  # type: ignore[no-any-return]

    def dated(self, source: str) -> Steps:
        """Since when there is a source, for those whose view this is."""
        self.note(source)
        found = self.kept(source, "dated")
        if found is None:
            declared = self.case.sources.get(source)
            if declared is None or source in self.hidden_sources:
                found = ()
            else:
                early, late = self.clock.pair(declared.dated, "start")
                found = since(late, early)
            self.keep(source, "dated", found)
        return found  # type: ignore[no-any-return]

    # ── texts ────────────────────────────────────────────────────────────────────────────────────────────────

    def states(self, name: str) -> tuple[State, ...]:
        """The versions of a name over time."""
        found = self.kept(name, "states")
        if found is None:
            found = self.keep(name, "states", states_of(self, name))
        else:
            self.note(name)
        return found  # type: ignore[no-any-return]

    def text(self, reading: str) -> Text:
        """The text that a reading holds at the end."""
        found = self._texts.get(reading)
        return Text(self, reading, NEVER) if found is None else found

    def opened(self, terms: Iterable[str]) -> list[str]:
        """Terms, and all terms that may be within them."""
        return self.links.opened(terms)

    def chapters(self, life: Life) -> tuple[Chapter, ...]:
        """The stretches of time in which a life's text and roles stay the same."""
        found = self.kept(life.name, life)
        if found is None:
            found = self.keep(life.name, life, self._chapters(life))
        return found  # type: ignore[no-any-return]

    def _chapters(self, life: Life) -> tuple[Chapter, ...]:
        commitment = self.case.commitments[life.name]
        refs = (*commitment.clauses.of, *commitment.clauses.to)
        terms = [ref.name for ref in refs if ref.name in self.case.terms]
        names = [life.name, *(self.opened(terms) if terms else ())]
        found = []
        moves = powers.transfers(self, life.reading, life.name, life.key) if self.has_act(life.name, "transfer") else []
        for begin, end, text in texts(self, life.reading, names):
            clauses = text.clauses(life.name, life.key)
            bearers, counterparties = roles_in(text, clauses, life.binding)
            edges = sorted({begin, *(each for each in self._moves(life, moves) if begin < each < end)})
            for first, last in zip(edges, [*edges[1:], end], strict=True):
                roles = self._roles(life, text, bearers, counterparties, moves, first)
                found.append(Chapter(first, last, text, clauses, roles))
        return tuple(found)

    def chapter(self, life: Life, instant: Instant) -> Chapter:
        """The chapter that an instant lies in."""
        chapters = self.chapters(life)
        return next((each for each in chapters if each.begin <= instant < each.end), chapters[-1])

    def _moves(self, life: Life, moves: list[tuple[Instant, str, str]]) -> Iterable[Instant]:
        for instant, _, heir in moves:
            yield instant
            taken = self._took_on(life, heir)
            if taken is not None:
                yield taken

    def _took_on(self, life: Life, party: str) -> Instant | None:
        verbs = ("recognises", "promises", "begins", "claims", "consents")
        for entry in self.acts(life.name).all:
            if entry.verb in verbs and party in entry.parties and entry.about(life.name, life.key):
                return entry.said
        return None

    def _roles(
        self,
        life: Life,
        text: Text,
        bearers: tuple[str, ...],
        others: tuple[str, ...],
        moves: list[tuple[Instant, str, str]],
        now: Instant,
    ) -> Roles:
        """Who owes and is owed, after transfers. A debt passes only to who has taken it on."""
        for instant, old, new in moves:
            if instant > now:
                continue
            owes = old in bearers or old not in others
            if owes and life.is_duty:
                taken = self._took_on(life, new)
                if taken is None or taken > now:
                    continue
            if owes:
                neither = old not in bearers and old not in others
                bearers = tuple(new if each == old or neither else each for each in bearers)
            else:
                others = tuple(new if each == old else each for each in others)
        if life.is_duty:
            return Roles(bearers, others, bearers, others)
        return Roles(bearers, others, others or self._subject(life, text, bearers), bearers)

    def _subject(self, life: Life, text: Text, bearers: tuple[str, ...]) -> tuple[str, ...]:
        """Who must have accepted a right or power to nobody: other parties to its sources, else all other parties."""
        people: list[str] = []
        for citation in text.clauses(life.name, life.key).under:
            source = self.case.sources[citation.source.name]
            people += [self.case.party_of(ref.name) for ref in (*source.by, *source.to, *source.signed_by)]
        return tuple(dict.fromkeys(each for each in people or self.case.parties if each not in bearers))

    # ── lives ────────────────────────────────────────────────────────────────────────────────────────────────

    def lives(self, reading: str, name: str) -> list[Life]:
        """The lives of a commitment in a reading: itself, or its instances."""
        self.note(name)
        found = self.kept(name, reading)
        if found is None:
            found = instances.lives(self, reading, name)
            if self.case.commitments[name].clauses.for_each is None:
                self.keep(name, reading, found)
        return found  # type: ignore[no-any-return]

    def same_in(self, life: Life, reading: str) -> Life | None:
        """The same instance in another reading, if it is there."""
        lives = self.lives(reading, life.name)
        if life.key is None and life.arose is None:
            return next((each for each in lives if each.key is None), None)
        return next((each for each in lives if each.key == life.key and each.arose == life.arose), None)

    # ── who, and what ────────────────────────────────────────────────────────────────────────────────────────

    def is_body(self, name: str) -> bool:
        """Whether it is a body that stands for itself, rather than somebody's organ."""
        body = self.case.bodies.get(name)
        return body is not None and not body.acts_for

    def reading_of(self, name: str) -> str:
        """The reading of a party; a body reads what is common to all."""
        return name if name in self.case.parties else RECORD

    def calendar(self, reading: str) -> str | None:
        """Working days go by the reading's calendar, or the case's."""
        party = self.case.parties.get(reading)
        return party.calendar if party is not None and party.calendar else self.case.calendar

    def speaking_of(self, name: str) -> list[str]:
        """The commitments whose performance or breach is told in terms of a name."""
        return self.links.speaking_of(name)

    def together(self, reading: str, name: str) -> tuple[tuple[str, ...], bool]:
        """The names of a `together` group, and whether it means the instances of one family."""
        return self.links.together(self, reading, name)

    def replacing(self, name: str) -> tuple[str, ...]:
        """The commitments that may stand in the place of another."""
        return self.links.replacing.get(name, ())

    # ── powers ───────────────────────────────────────────────────────────────────────────────────────────────

    def powers_over(self, name: str) -> tuple[str, ...]:
        """The powers that may do something to a name."""
        return self.links.powers_over.get(name, ())

    def has_act(self, name: str, mandate: str) -> bool:
        """Whether any act does to a name what a mandate says."""
        verbs = self.acts(name).by_verb
        return any(does == mandate and verb in verbs for verb, does in powers.MANDATES.items())

    def has_powers(self, life: Life) -> bool:
        """Whether any act of power may touch a life: itself, or what it rests on."""
        found = self.kept(life.name, ("powers over", life))
        if found is None:
            found = self._powers_touch(life.name) or any(
                self._powers_touch(cite.source.name)
                for chapter in self.chapters(life)
                for cite in chapter.clauses.under
            )
            self.keep(life.name, ("powers over", life), found)
        return found  # type: ignore[no-any-return]

    def _powers_touch(self, name: str) -> bool:
        acts = self.acts(name)
        found = self.kept(name, "powers")
        if found is None:
            found = self.keep(name, "powers", not powers.MANDATES.keys().isdisjoint(acts.by_verb))
        return found or any("uses" in self.acts(power).by_verb for power in self.powers_over(name))

    def judged_before(self, place: tuple[Instant, int], mandate: str, *, use: bool = False) -> bool:
        """Whether an act of power does not count here: it comes after the one that is being judged."""
        cut = self._cut
        if cut is None or place[0] < cut.place[0]:
            return False
        stage = powers.STAGES[mandate]
        if use and stage == cut.stage:
            return place >= cut.place
        return stage >= cut.stage

    def at_the_time_of(self, entry: Entry, mandate: str) -> Outlook:
        """The outlook in which an act of power is judged: by what was in view at its use."""
        stage = powers.STAGES[mandate]
        cut = Cut(entry.place, stage)
        root = self if not isinstance(self, _Earlier) else self.root
        found = root._earlier.get(cut)
        if found is None:
            record, instant = self.record, entry.said
            hidden = root.hidden | {
                each.order
                for each in record.known_later
                if each.said <= instant < each.known and root.viewer not in each.parties and each is not entry
            }
            found = root._earlier[cut] = _Earlier(
                record,
                min(record.count_until(instant), root.count),
                hidden,
                root.hidden_sources,
                viewer=root.viewer,
                horizon=instant,
                cut=cut,
                links=self.links,
            )
            found.root = root
        return found

    # ── more acts ────────────────────────────────────────────────────────────────────────────────────────────

    def hangs_on(self, names: Iterable[str]) -> set[str]:
        """All names of which something was worked out from these."""
        for reader in self._unturned:
            for name in self._reads[reader]:
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

    def differences(self, other: Outlook) -> list[Entry]:
        """The acts that are in one of two outlooks of one record, and not in the other."""
        first, last = sorted((self.count, other.count))
        found = self.record.entries[first:last]
        if self.hidden != other.hidden:
            either = self.hidden ^ other.hidden
            found = [*found, *(each for each in self.record.entries[:first] if each.order in either)]
        return found

    def followed_by(self, other: Outlook, changed: set[str]) -> set[str]:
        """Give another outlook, in which only what hangs on some names differs, all answers but those.

        Gives the names about which nothing was handed on.
        """
        gone = self.hangs_on(changed)
        other.origin, other._texts = self.origin, self._texts
        other._readers, other._reads = self._readers, self._reads
        other._acts_about = _less(self._acts_about, changed)
        other._caches = _less(self._caches, gone)
        other._tabling.values = _less(self._tabling.values, gone)
        return gone


def _less(buckets: dict[str, Kept], names: set[str]) -> dict[str, Kept]:
    """A copy without these names."""
    found = buckets.copy()
    for name in names:
        found.pop(name, None)
    return found


class _Earlier(Outlook):
    """An outlook at an earlier instant than that of the view it belongs to."""

    root: Outlook
