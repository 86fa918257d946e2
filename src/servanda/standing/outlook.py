"""What can be seen from a view: its acts, texts and lives; and every answer worked out from them, kept."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from servanda.model.case import Case

from . import instances, powers
from .assertions import Assertion, Binding, Occurrence, assertions_in, occurrences_in
from .clock import Pair
from .following import follow
from .keeping import Keeping
from .lending import Lending
from .life import UNBOUND, Chapter, Life, Roles, roles_in
from .links import Links
from .record import Entry, Record
from .stretches import ALWAYS, ALWAYS_SO, NEVER, Instant, Steps, since
from .texts import State, Text, states_of, texts
from .view import RECORD


class Acts(NamedTuple):
    """The acts about a name that are in view, in their order, and by verb."""

    all: list[Entry]
    by_verb: dict[str, list[Entry]]


class Cut(NamedTuple):
    """An instant at which an act of power is judged: acts of power at it do not count, of this stage or a later one."""

    place: tuple[Instant, int]
    stage: int


_NOTHING = Acts([], {})


class Outlook(Keeping):
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
        super().__init__()
        self.record = record
        self.case: Case = record.case
        self.clock = record.clock
        self.count = count
        self.hidden = hidden
        self.hidden_sources = hidden_sources
        self.viewer = viewer
        self.horizon = horizon
        self.readings = (*record.case.parties, RECORD)
        #: Who may be owed something, and of each of them that it was never so.
        self.people = (*record.case.parties, *record.case.bodies)
        self.nobody: tuple[Steps, ...] = ((),) * len(self.people)
        self.links = links
        self.defining: set[tuple[str, str]] = set()
        #: Set where a reading has some premises of another, or is asked for its own.
        self.lending: Lending | None = None
        self._cut = cut
        self._limit = record.entries[count - 1].place if count else (ALWAYS - 1, 0)
        self._all_visible = count == len(record.entries) and not hidden
        self._acts_about: dict[str, Acts] = {}
        #: The lives that there ever were, here and in the outlooks that this one followed.
        self._lives: dict[Hashable, Life] = {}
        self._texts = {reading: Text(self, reading, NEVER) for reading in self.readings}
        self._earlier: dict[Cut, _Earlier] = {}
        #: Those of the outlook that this one followed, and the acts that are in one of the two alone.
        self._earlier_before: dict[Cut, _Earlier] = {}
        self._parting: Sequence[Entry] = ()

    # ── acts ─────────────────────────────────────────────────────────────────────────────────────────────────

    def acts(self, name: str) -> Acts:
        """The acts about a name."""
        self._read_now.acts.add(name)
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
        self.note_text(name)
        found = self.kept(name, "states")
        if found is None:
            found = self.keep(name, "states", self._for(name, states_of, self, name))
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
            found = self.keep(life.name, life, self._for(life.name, self._chapters, life))
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
                found.append(Chapter(first, last, text.instant, clauses, roles))
        return tuple(found)

    def chapter(self, life: Life, instant: Instant) -> Chapter:
        """The chapter that an instant lies in."""
        chapters = self.chapters(life)
        if len(chapters) == 1:
            return chapters[0]
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
        """Who must have accepted a right or power to nobody: other parties to its sources, else all other parties.

        Where there are none, several who have it together are subject to each other.
        """
        people: list[str] = []
        for citation in text.clauses(life.name, life.key).under:
            people += self.case.parties_to(citation.source.name)
        found = tuple(dict.fromkeys(each for each in people or self.case.parties if each not in bearers))
        return found if found or len(bearers) < 2 else bearers

    # ── lives ────────────────────────────────────────────────────────────────────────────────────────────────

    def lives(self, reading: str, name: str) -> list[Life]:
        """The lives of a commitment in a reading: itself, or its instances."""
        if name != self._reader:
            self._read_now.answers.add(name)
            self.note_asked((name, None))
        found = self.kept(name, reading)
        if found is None:
            found = self._for(name, instances.lives, self, reading, name)
            if self.case.commitments[name].clauses.for_each is None:
                self.keep(name, reading, found)
        return found  # type: ignore[no-any-return]

    def life(
        self,
        name: str,
        reading: str,
        key: str | None = None,
        binding: Binding = UNBOUND,
        arose: Pair | None = None,
        number: int = 1,
        exists: Steps | None = None,
    ) -> Life:
        """The one life of which this can be said. What arose is there from then on; all else as it `exists`."""
        if exists is None:
            exists = ALWAYS_SO if arose is None else since(arose[1], arose[0])
        what = (name, reading, key, tuple(binding.items()), arose, number, exists)
        found = self._lives.get(what)
        if found is None:
            kind = self.case.commitments[name].kind
            found = self._lives[what] = Life(name, reading, kind, key, binding, arose, number, exists)
        return found

    def same_in(self, life: Life, reading: str) -> Life | None:
        """The same instance in another reading, if it is there."""
        lives = self.lives(reading, life.name)
        if life.key is None and life.arose is None:
            if len(lives) == 1 and lives[0].key is None:
                return lives[0]
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
        if not self.links.is_in_group(name):
            return (name,), False
        groups: dict[str, tuple[tuple[str, ...], bool]] | None = self.kept("", ("groups", reading))
        if groups is None:
            groups = self.keep("", ("groups", reading), self.links.groups(self.text(reading)))
        return groups[name]

    def replacing(self, name: str) -> tuple[str, ...]:
        """The commitments that may stand in the place of another."""
        return self.links.replacing.get(name, ())

    # ── powers ───────────────────────────────────────────────────────────────────────────────────────────────

    def powers_over(self, name: str) -> tuple[str, ...]:
        """The powers that may do something to a name."""
        return self.links.powers_over.get(name, ())

    def has_act(self, name: str, mandate: str) -> bool:
        """Whether any act does to a name what a mandate says."""
        return powers.VERBS[mandate] in self.acts(name).by_verb

    def has_powers(self, life: Life) -> bool:
        """Whether any act of power may touch a life: itself, or what it rests on."""
        found: bool = self.gathered(life.name, ("powers over", life), self._any_power, life)
        return found

    def _any_power(self, life: Life) -> bool:
        return self._powers_touch(life.name) or any(
            self._powers_touch(cite.source.name) for chapter in self.chapters(life) for cite in chapter.clauses.under
        )

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

    def before_powers(self, instant: Instant) -> Outlook | None:
        """The same without acts of power at an instant or later; None where there are none at it."""
        first, last = self.record.count_until(instant - 1), min(self.record.count_until(instant), self.count)
        cut = Cut((instant, -1), 0)
        if (self._cut is not None and self._cut <= cut) or not any(
            each.verb in powers.MANDATES or each.verb == "uses" for each in self.record.entries[first:last]
        ):
            return None
        found = self._earlier.get(cut)
        if found is None:
            found = self._earlier[cut] = _Earlier(
                self.record,
                self.count,
                self.hidden,
                self.hidden_sources,
                viewer=self.viewer,
                horizon=self.horizon,
                cut=cut,
                links=self.links,
            )
            found.root, found.until = self.root if isinstance(self, _Earlier) else self, self.until
            if self.lending is not None:
                found.lending = self.lending.before_powers(instant)
        return found

    def at_the_time_of(self, entry: Entry, mandate: str) -> Outlook:
        """The outlook in which an act of power is judged: by what was in view at its use."""
        cut = Cut(entry.place, powers.STAGES[mandate])
        root = self if not isinstance(self, _Earlier) else self.root
        found = root._earlier.get(cut)
        if found is None:
            found = root._earlier[cut] = root._up_to(entry, cut, mandate)
        return found

    def _up_to(self, entry: Entry, cut: Cut, mandate: str) -> _Earlier:
        record, instant = self.record, entry.said
        before = self._earlier_before.get(cut)
        changed = [each for each in self._parting if each.said <= instant]
        if before is not None and not changed:  # and nothing differs for what is judged still earlier
            before.root = self
            return before
        hidden = self.hidden | {
            each.order
            for each in record.known_later
            if each.said <= instant < each.known and self.viewer not in each.parties and each is not entry
        }
        count = min(record.count_until(instant), self.count)
        found = _Earlier(
            record,
            count,
            hidden,
            self.hidden_sources,
            viewer=self.viewer,
            horizon=instant,
            cut=cut,
            links=self.links,
        )
        found.root, found.until = self, instant
        if self.lending is not None:
            found.lending = self.lending.at_the_time_of(entry, mandate)
        elif before is not None:
            follow(before, found, changed)
        return found

    # ── more acts ────────────────────────────────────────────────────────────────────────────────────────────

    def names_read(self) -> set[str]:
        """All names of which something was asked so far, here or at the time of an act of power."""
        return super().names_read().union(*(each.names_read() for each in self._earlier.values()))

    def differences(self, other: Outlook) -> list[Entry]:
        """The acts that are in one of two outlooks of one record, and not in the other."""
        first, last = sorted((self.count, other.count))
        found = self.record.entries[first:last]
        if first and self.hidden != other.hidden:
            entries, by_order = self.record.entries, self.record.by_order
            either = (by_order[order] for order in self.hidden ^ other.hidden if order in by_order)
            found = [*found, *(each for each in either if each.place <= entries[first - 1].place)]
        return found

    def take_over(self, before: Outlook, parting: Sequence[Entry], doubtful: set[str]) -> None:
        """Take all that another outlook has found but what is in doubt, since some acts are in one of the two alone."""
        self._lives = before._lives
        self._parting = parting
        self._earlier_before, before._earlier_before = before._earlier, {}
        self.keep_from(before, doubtful)


class _Earlier(Outlook):
    """An outlook at an earlier instant than that of the view it belongs to."""

    root: Outlook
