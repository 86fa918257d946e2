"""What a page has before it: the case, what is asked of it, and how to link to other pages."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from servanda.api.acts import acts_of
from servanda.api.errors import CaseHasErrors, ServandaError
from servanda.api.inventory import Inventory
from servanda.api.reasons import Why
from servanda.api.rows import Row
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.standing.chronicle import acts_in_view, done_at

from .asked import Asked, Pairs, Slip
from .desk import Copy, Desk
from .filter import EVERYTHING, Facets, Malformed, filter_from_words
from .links import Links

_T = TypeVar("_T")
#: So much of what was worked out is kept with a state of the files; what was made first goes first.
_MOST_KEPT = 200


class NoSuchThing(LookupError):
    """A page about something that the case does not have; its words say what."""


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

    def kept_of_files(self, what: str, *about: Hashable, make: Callable[[], _T]) -> _T:
        """Something worked out of the files, whatever the view: made once, and kept with their state."""
        return self._kept((what, about), make)

    def _kept(self, key: Hashable, make: Callable[[], _T]) -> _T:
        found: dict[Hashable, Any] = self.copy.kept
        if key not in found:
            while len(found) >= _MOST_KEPT:
                del found[next(iter(found))]
            found[key] = make()
        worked: _T = found[key]
        return worked

    def has_kept(self, what: str, *about: Hashable) -> bool:
        """Whether that has been worked out already."""
        return self._key_of(what, about) in self.copy.kept

    def _key_of(self, what: str, about: Hashable) -> Hashable:
        asked = self.asked
        return what, str(asked.at), str(asked.known), asked.channels, asked.supposed, about

    @cached_property
    def inventory(self) -> Inventory:
        """Every commitment in the readings asked for."""
        asked = self.asked
        return self.case.status(asked.at, reading=asked.readings, channels=asked.channels, known=asked.known)

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """The acts in view in one of the readings asked for, in the order of time."""
        asked = self.asked
        return acts_in_view(self.case, self.case.acts, asked.readings, asked.at, self.over, asked.known)

    def sees(self, act: Act) -> bool:
        """Whether an act is in view."""
        return id(act) in self._seen

    @cached_property
    def _seen(self) -> frozenset[int]:
        return frozenset(map(id, self.acts))

    def why(self, row: Row, reading: str) -> Why:
        """The reasons of one standing of the inventory."""
        asked = self.asked
        ref = Ref(row.commitment.name, row.commitment.span, row.instance)
        because = self.case.inquiry.why(ref, reading, asked.at, self.over, asked.known)
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
        for act in self.case.acts:
            if over is not None and act.channels and not any(ref.name in over for ref in act.channels):
                continue
            place = done_at(self.case, act)
            if place is not None:
                found[place[0]] += 1
        return dict(sorted(found.items()))

    @cached_property
    def counts(self) -> dict[str, int]:
        """The numbers beside the names of pages in the bar."""
        problems = sum(each.severity != "note" for each in self.copy.loaded.diagnostics)
        at_hand = {"disputes": len(self.inventory.differing)} if "inventory" in self.__dict__ else {}
        return {"problems": problems, **at_hand}

    def filter_by(self, keys: Collection[str]) -> Callable[[Facets, str], bool]:
        """The filter asked for, to be held against facets and text; one that cannot be read leaves everything."""
        try:
            return filter_from_words(self.asked.filter, keys).fits
        except Malformed as why:
            self.slips.append(Slip("filter", self.asked.filter, str(why)))
            return EVERYTHING.fits

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
