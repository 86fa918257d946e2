"""What a reader asks, as the address of a page has it: date, readings, channels, filter, suppositions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

import msgspec

from servanda.api.case import Case
from servanda.api.dates import single
from servanda.api.errors import NotADate
from servanda.model.time import Dating, Moment
from servanda.standing import RECORD

#: A query as a server has it: its names and values in order, a name as often as it was given.
Pairs = Sequence[tuple[str, str]]

#: The names that make up a view; any others in an address belong to the page.
NAMES = ("at", "known", "as", "channel", "suppose", "filter")
_MOST_SUPPOSED = 50
_LONGEST = 2_000
#: A record whose last act is no longer ago than this goes on.
_GOES_ON = datetime.timedelta(days=366)


class Slip(msgspec.Struct, frozen=True):
    """Something in an address that could not be taken as it stands: which name, what was given, and why not."""

    name: str
    given: str
    why: str


class Asked(msgspec.Struct, frozen=True):
    """The view of a page. `known` None is the date itself; `channels` None, all that each reading is among.

    `readings` are in the order of the case; `every` says that none was left out. `supposed` are lines of the language;
    `filter` is as it was typed. `given` holds only what the address said, so that links stay short.
    """

    at: Dating
    known: Dating | None
    readings: tuple[str, ...]
    channels: tuple[str, ...] | None
    supposed: tuple[str, ...]
    filter: str
    given: tuple[tuple[str, str], ...]
    slips: tuple[Slip, ...] = ()
    every: bool = True

    @property
    def day(self) -> datetime.date:
        """The day of the date asked about."""
        return self.at.latest.day

    def query(self, **changes: str | Iterable[str] | None) -> str:
        """The query of the same view with some names changed: None drops a name, a list gives it several times."""
        kept = [(name, value) for name, value in self.given if name not in changes]
        for name, value in changes.items():
            if value is None:
                continue
            kept += [(name, value)] if isinstance(value, str) else [(name, each) for each in value]
        return urlencode(kept, quote_via=quote, safe=",:~")


def asked_of(case: Case, pairs: Pairs, today: datetime.date) -> Asked:
    """Read the view from an address; what cannot be taken is left at its default and said in `slips`."""
    slips: list[Slip] = []
    given: list[tuple[str, str]] = []

    def date(name: str) -> Dating | None:
        words = next((value.strip() for key, value in reversed(pairs) if key == name and value.strip()), None)
        if words is None:
            return None
        try:
            found = single(words[:_LONGEST])
        except NotADate as why:
            slips.append(Slip(name, words[:80], why.why))
            return None
        given.append((name, str(found)))
        return found

    at = date("at") or default_date(case, today)
    known = date("known")

    there = (*case.parties, RECORD)
    named = _named(pairs, "as", there, slips)
    readings = tuple(each for each in there if each in named) or there
    every = len(readings) == len(there)
    if not every:
        given.append(("as", ",".join(readings)))

    channels = None
    through = _named(pairs, "channel", (*case.channels, "public"), slips)
    if through:
        channels = tuple(each for each in case.channels if each in through)
        given.append(("channel", ",".join(channels) or "public"))

    supposed = [value.strip()[:_LONGEST] for key, value in pairs if key == "suppose" and value.strip()]
    if len(supposed) > _MOST_SUPPOSED:
        slips.append(Slip("suppose", f"{len(supposed)} lines", f"at most {_MOST_SUPPOSED} can be supposed at once"))
    supposed = supposed[:_MOST_SUPPOSED]
    given += [("suppose", each) for each in supposed]

    words = next((value.strip()[:_LONGEST] for key, value in reversed(pairs) if key == "filter"), "")
    if words:
        given.append(("filter", words))
    return Asked(at, known, readings, channels, tuple(supposed), words, tuple(given), tuple(slips), every)


def _named(pairs: Pairs, name: str, there: Sequence[str], slips: list[Slip]) -> set[str]:
    """The names given for a control, separated by commas or given several times, as far as there are such."""
    named = {part.strip() for key, value in pairs if key == name for part in value.split(",") if part.strip()}
    for each in sorted(named - set(there)):
        slips.append(Slip(name, each[:80], f"there is {', '.join(there)}"))
    return named & set(there)


def default_date(case: Case, today: datetime.date) -> Dating:
    """The date that is shown before anybody asks: today where the record goes on, else the last day with an act."""
    last = max((act.dating.latest.day for act in case.acts if act.dating is not None), default=today)
    moment = Moment(today if datetime.timedelta(0) <= today - last <= _GOES_ON else last)
    return Dating(moment, moment)
