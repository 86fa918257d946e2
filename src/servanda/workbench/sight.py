"""What a page has before it: the case, what is asked of it, and how to link to other pages."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from servanda.api.acts import acts_of
from servanda.api.case import Case
from servanda.api.errors import CaseHasErrors, ServandaError
from servanda.api.inventory import Inventory
from servanda.api.reasons import Why
from servanda.api.rows import Row, rows_of
from servanda.diagnostics import nearest
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.time import Dating, Moment
from servanda.standing.chronicle import Place, Placed, in_view, place_of, placed

from .asked import Asked, Pairs, Slip
from .desk import Copy, Desk
from .filter import EVERYTHING, Group, Malformed, filter_from_words
from .links import Links
from .wording import dating_words

_T = TypeVar("_T")
#: So much of what was worked out is kept with a state of the files; what was made first goes first.
_MOST_KEPT = 200


#: A page of a case with more commitments than this comes without its inventory where that takes longer, in seconds of
#: the processor; and so long at a time it is worked on while others may ask.
FEW, SOON, AT_ONCE = 200, 0.08, 0.04


class NotYet(Exception):
    """A page asks for an inventory that takes longer than it may wait; the rest of the page comes behind it."""


class NoSuchThing(LookupError):
    """A page about something that the case does not have; its words say what."""

    @classmethod
    def called(cls, name: str, what: str, known: Iterable[str]) -> NoSuchThing:
        """That the case has nothing of a name; where there is one near it, that may be meant."""
        guess = nearest(name, known)
        return cls(f"This case has no {what} `{name}`." + (f" Did you mean `{guess}`?" if guess else ""))


class Sight:
    """One look at a case. What several pages need is worked out when it is first asked for.

    `record` is the case as its files have it; `case`, the same with what is supposed. `more` are the names of the
    address that are not the view's, the last value of each; `pairs`, all that the address says. `csrf` is the word of
    forms that write, `nonce` the one by which a page's script may bring styles.
    """

    def __init__(
        self,
        desk: Desk,
        copy: Copy,
        asked: Asked,
        links: Links,
        more: Mapping[str, str],
        *,
        read_only: bool = True,
        csrf: str = "",
        pairs: Pairs = (),
    ) -> None:
        self.desk = desk
        self.copy = copy
        self.asked = asked
        self.links = links
        self.more = more
        self.pairs = pairs
        self.read_only = read_only
        self.csrf = csrf
        self.nonce = ""
        self.key: str | None = None
        #: Whether what is asked is waited for, however long it takes.
        self.patient = True
        #: What of a page's own names goes on otherwise than the address had it.
        self.moved: dict[str, list[str]] = {}
        self.record = copy.case
        self.slips: list[Slip] = list(asked.slips)
        self.supposed = self._acts_supposed()
        self.case = self.record.with_acts(self.supposed) if self.supposed else self.record

    def _acts_supposed(self) -> tuple[Act, ...]:
        found: list[Act] = []
        for line in self.asked.supposed:
            try:
                found += acts_of(self.record, (line,))
            except CaseHasErrors as why:
                self.slips.append(Slip("suppose", line, why.diagnostics[0].message))
            except ServandaError as why:
                self.slips.append(Slip("suppose", line, str(why)))
        return tuple(found)

    @property
    def title(self) -> str:
        """What the case is called."""
        return self.case.title or "A case without a title"

    def every(self, name: str) -> list[str]:
        """All that the address gives under one name, without what is empty, each once."""
        return list(dict.fromkeys(value.strip() for key, value in self.pairs if key == name and value.strip()))

    def kept(self, what: str, *about: Hashable, make: Callable[[], _T]) -> _T:
        """Something worked out of the case in this view: made once, and kept with the state of the files."""
        return self._kept(self._key_of(what, about), make)

    def kept_beside(self, what: str, *about: Hashable, make: Callable[[Case], _T]) -> _T:
        """The same for what takes long: worked out of a copy that shares nothing, while others are answered."""

        def made() -> _T:
            return make(self.copy.for_plans(self.asked.supposed, self.supposed))

        if self.has_kept(what, *about):
            return self.kept(what, *about, make=made)
        with self.desk.meanwhile(), self.desk.plans:
            return self.kept(what, *about, make=made)

    def kept_of_files(self, what: str, *about: Hashable, make: Callable[[], _T]) -> _T:
        """Something worked out of the files, whatever the view: made once, and kept with their state."""
        return self._kept((what, about), make)

    def _kept(self, key: Hashable, make: Callable[[], _T]) -> _T:
        found: dict[Hashable, Any] = self.copy.kept
        if key not in found:
            for oldest in list(found)[: len(found) - _MOST_KEPT + 1]:
                found.pop(oldest, None)  # who plans does it beside the others
            made = found[key] = make()
            return made
        worked: _T = found[key]
        return worked

    def has_kept(self, what: str, *about: Hashable) -> bool:
        """Whether that has been worked out already."""
        return self._key_of(what, about) in self.copy.kept

    def _key_of(self, what: str, about: Hashable) -> Hashable:
        asked = self.asked
        return what, str(asked.at), str(asked.known), asked.channels, asked.supposed, about

    @cached_property
    def first_rows(self) -> tuple[Row, ...] | None:
        """The rows of the inventory that are known soon, of a page that waits for no more; None where those are all."""
        small = len(self.case.commitments) <= FEW or self.supposed
        return None if self.patient or small else self.go_on(SOON)

    @property
    def so_far(self) -> tuple[Row, ...] | None:
        """The first rows, of a page that has asked for its inventory and does not wait for all of it."""
        found: tuple[Row, ...] | None = self.__dict__.get("first_rows")
        return found

    def go_on(self, seconds: float) -> tuple[Row, ...] | None:
        """Work on the inventory for so many seconds; its first rows, or None where all are known then."""
        asked, end = self.asked, time.thread_time() + seconds
        rows = self.case.inquiry.first_rows(
            lambda: time.thread_time() >= end, asked.at, asked.readings, self.over, asked.known
        )
        return None if rows is None else rows_of(rows)

    @cached_property
    def inventory(self) -> Inventory:
        """Every commitment in the readings asked for. Raises `NotYet` where a page does not wait so long."""
        if self.first_rows is not None:
            raise NotYet
        asked = self.asked
        return self.case.status(asked.at, reading=asked.readings, channels=asked.channels, known=asked.known)

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """The acts in view in one of the readings asked for, in the order of time."""
        asked = self.asked
        return in_view(self.case, self.chronicle, asked.readings, asked.at, self.over, asked.known)

    def sees(self, act: Act) -> bool:
        """Whether an act is in view."""
        return id(act) in self._seen

    @cached_property
    def _seen(self) -> frozenset[int]:
        return frozenset(map(id, self.acts))

    def is_ahead(self, act: Act) -> bool:
        """Whether an act counts only after the date asked about."""
        return act.dating is not None and place_of(self.case, act.dating.latest) > self._limit

    @cached_property
    def _limit(self) -> Place:
        return place_of(self.case, self.asked.at.latest)

    @cached_property
    def _seen_at_last(self) -> set[int]:
        """The acts that are in view at the end of all days, when everything is known."""
        last = Moment(datetime.date.max)
        at_last = in_view(self.case, self.chronicle, self.asked.readings, Dating(last, last), self.over)
        return {id(act) for act in at_last}

    def is_outside(self, act: Act) -> bool:
        """Whether an act is not in view, and would not be in it later: it was done over other channels."""
        return id(act) not in (self._seen_at_last if self.is_ahead(act) else self._seen)

    def why_outside(self, act: Act) -> str:
        """Why an act is not in view, in words; nothing of one that is."""
        said = ["after the date asked about"] if self.is_ahead(act) else []
        if self.is_outside(act):
            if act.known is not None and id(act) in self._seen_at_last:
                said.append(f"not known before {dating_words(act.known)}")
            else:
                said.append("outside the view")
        return "; ".join(said)

    @cached_property
    def known_names(self) -> frozenset[str]:
        """Those who have a page of their own: parties, bodies, persons."""
        return frozenset([*self.case.parties, *self.case.bodies, *self.case.persons])

    @cached_property
    def chronicle(self) -> tuple[Placed, ...]:
        """All acts with their places, those supposed among them, in the order of time."""
        acts = self.kept_of_files("chronicle", make=lambda: placed(self.record, self.record.acts))
        if not self.supposed:
            return acts
        more = placed(self.case, self.supposed)
        return tuple(sorted((*acts, *more), key=lambda each: each.done or (datetime.date.min, 0)))

    def number(self, act: Act) -> int:
        """The number by which an act is asked for: its place in the record, from 1; behind it, those supposed."""
        found = self._numbers.get(id(act))
        if found is not None:
            return found
        return len(self.record.acts) + 1 + next(n for n, each in enumerate(self.supposed) if each is act)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return self.kept_of_files(
            "numbers", make=lambda: {id(act): number for number, act in enumerate(self.record.acts, start=1)}
        )

    def act(self, number: str) -> Act | None:
        """The act with a number, as an address has it; None where there is none."""
        at = int(number) if number.isdecimal() and len(number) < 10 else 0
        return self.case.acts[at - 1] if 0 < at <= len(self.case.acts) else None

    def why(self, row: Row, reading: str) -> Why:
        """The reasons of one standing of the inventory."""
        asked = self.asked
        ref = Ref(row.commitment.name, row.commitment.span, row.instance)
        because = self.case.inquiry.why(ref, reading, asked.at, self.over, asked.known)
        assert because is not None, "what stands has its reasons"
        return Why(row.label, reading, row.standings[reading].status, because, self.inventory.view)

    @property
    def over(self) -> frozenset[str] | None:
        """The channels, as `servanda.standing` takes them."""
        return None if self.asked.channels is None else frozenset(self.asked.channels)

    @cached_property
    def acts_per_day(self) -> dict[datetime.date, int]:
        """How many acts of the record the channels let see on each day, whatever date is asked about, in order."""
        found: Counter[datetime.date] = Counter()
        over = self.asked.channels
        for act, place, _ in self.chronicle:
            if over is not None and act.channels and not any(ref.name in over for ref in act.channels):
                continue
            if place is not None:
                found[place[0]] += 1
        return dict(sorted(found.items()))

    @cached_property
    def counts(self) -> dict[str, int]:
        """The numbers beside the names of pages in the bar."""
        problems = sum(each.severity != "note" for each in self.copy.loaded.diagnostics)
        at_hand = {"disputes": len(self.inventory.differing)} if "inventory" in self.__dict__ else {}
        return {"problems": problems, **at_hand}

    def filter_by(self, keys: Collection[str]) -> Group:
        """The filter asked for; one that cannot be read leaves everything, and is a slip."""
        try:
            return filter_from_words(self.asked.filter, keys)
        except Malformed as why:
            self.slips.append(Slip("filter", self.asked.filter, str(why)))
            return EVERYTHING

    def paged(self, items: Sequence[_T], per_page: int) -> tuple[int, int, Sequence[_T]]:
        """The number of the page asked for, how many there are, and what stands on it."""
        pages = max(1, -(-len(items) // per_page))
        wanted = self.more.get("page", "1")[:9]
        page = min(max(1, int(wanted)), pages) if wanted.isdecimal() else 1
        return page, pages, items[(page - 1) * per_page : page * per_page]

    def line_of_quote(self, source: str | None, quote: str | None) -> str | None:
        """The place of a quote on the page of its source: `L210`; None where its text is not at hand."""
        line = self._quote_lines.get((source or "", quote or ""))
        return None if line is None else f"L{line}"

    @cached_property
    def _quote_lines(self) -> dict[tuple[str, str], int]:
        return {
            (each.citation.source.name, each.citation.quote.value): each.line
            for each in self.copy.loaded.quotes.anchors
            if each.citation.quote is not None
        }
