"""How standings, dates and names are said on pages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable

from markupsafe import Markup, escape

from servanda.model.commitments import Kind
from servanda.model.conditions import Amount
from servanda.model.record import Act
from servanda.model.time import Dating, Moment
from servanda.standing import Standing
from servanda.standing.residue import is_open
from servanda.standing.wording import instant_words
from servanda.text.act_words import act_words
from servanda.text.words import OPEN

#: A day as the language writes it.
_DATE = re.compile(r"(?<![\w~.-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-]|\.\.)", re.ASCII)
#: Statuses by what a reader asks first: is it open, does it wait, is it done, or owed at all.
FAMILIES: dict[str, frozenset[str]] = {
    "open": OPEN,
    "waiting": frozenset({"dormant", "suspended"}),
    "done": frozenset({"fulfilled", "used", "waived", "ended", "in force", "open"}),
    "not-owed": frozenset({"not owed", "proposed", "denied"}),
}
#: The form of a status's chip (see `static/servanda.css`), and the mark in it.
CHIPS = {
    "due": ("now", "clock"),
    "in force": ("now", "barred"),
    "open": ("now", "clock"),
    "overdue": ("past", "late"),
    "breached": ("past", "broken"),
    "denied": ("past", "barred"),
    "dormant": ("waiting", "hourglass"),
    "suspended": ("waiting", "pause"),
    "claimed": ("said", "quotes"),
    "fulfilled": ("settled", "tick"),
    "used": ("settled", "tick"),
    "waived": ("settled", "crossed"),
    "ended": ("settled", "square"),
    "not owed": ("unrecognised", "dashes"),
    "proposed": ("unrecognised", "dashes"),
    "not there": ("unrecognised", "dashes"),
}


def families_of(kind: Kind, status: str) -> list[str]:
    """The families that a status belongs to; `in force` and `open` are what stands as it should.

    Only obligations are open: a prohibition, right or power that is dormant waits, and nobody is to perform it.
    """
    found = [family for family, statuses in FAMILIES.items() if status in statuses]
    return [family for family in found if family != "open" or is_open(kind, status)]


def day_words(day: datetime.date | None) -> str:
    """A day as people write it."""
    return "" if day is None else f"{day.day} {day:%b} {day.year}"


def begins_with_date(words: str) -> bool:
    """Whether words are those of an act, or of what else begins with its date."""
    return _DATE.match(words) is not None


def with_day_words(words: str) -> str:
    """A sentence in which days are written as people write them."""
    return _DATE.sub(lambda found: day_words(datetime.date.fromisoformat(found[0])), words)


def moment_words(moment: Moment) -> str:
    """A day, with its hour where that is known."""
    words = day_words(moment.day)
    return words if moment.minute is None else f"{words}, {str(moment).partition('T')[2]}"


def dating_words(dating: Dating | None) -> str:
    """A date as exactly as it is known, never rounded."""
    if dating is None:
        return "from the start"
    if dating.earliest == dating.latest:
        return f"{'about ' if dating.about else ''}{moment_words(dating.earliest)}"
    if dating.earliest.day == dating.latest.day:
        return f"{day_words(dating.latest.day)}, {hour_words(dating)}"
    first, last = moment_words(dating.earliest), moment_words(dating.latest)
    if dating.earliest.minute is None and dating.earliest.day.year == dating.latest.day.year:
        one, other = dating.earliest.day, dating.latest.day
        first = str(one.day) if one.month == other.month and dating.latest.minute is None else f"{one.day} {one:%b}"
    return f"between {first} and {last}"


def hour_words(dating: Dating) -> str:
    """The hour of a day, or between which of its hours; nothing where the day says it all."""
    hours = [str(each).partition("T")[2] for each in (dating.earliest, dating.latest)]
    if dating.earliest == dating.latest:
        return hours[0]
    return f"between {hours[0] or '00:00'} and {hours[1] or '24:00'}"


def instant(moment: datetime.datetime | None) -> str:
    """An instant as people write it; the hour is left out where it is the end of a day."""
    if moment is None:
        return ""
    _, _, hour = instant_words(moment).partition("T")
    return day_words(moment.date()) + (f", {hour}" if hour and hour != "00:00" else "")


def brief(standing: Standing) -> str:
    """What a standing comes to beside its status: its deadline, what it waits for, how far it has come."""
    said: list[str] = []
    status = standing.status
    if status == "dormant" and standing.missing:
        more = len(standing.missing) - 1
        said.append(f"waits for {standing.missing[0].text}{f' and {more} more' if more else ''}")
    if standing.deadline is not None and status in ("due", "overdue", "claimed"):
        word = "since" if status == "overdue" else "day passed" if standing.day_passed else "by"
        said.append(f"{word} {instant(standing.deadline[1])}")
    elif status == "due":
        said.append("no deadline" if not standing.deadline_dropped else "deadline dropped")
    if status == "fulfilled" and standing.late:
        said.append("late")
    if status in ("fulfilled", "claimed") and standing.late_unknown:
        said.append("whether in time is unknown")
    if standing.otherwise_dated is not None:
        said.append(f"{standing.otherwise_dated} by another dating")
    if standing.claim_disputed:
        said.append("claim disputed")
    if standing.breached:
        said.append("breached" + (f" {len(standing.breached)} times" if len(standing.breached) > 1 else ""))
    reached = [rung for rung, since in standing.rungs.items() if since is not None]
    if reached and status in ("due", "overdue", "dormant", "claimed", "fulfilled", "in force"):
        rung = reached[-1]
        since = standing.rungs[rung]
        assert since is not None
        always = since.year == 1
        if not (status == "claimed" and rung == "claimed"):
            said.append(rung if always else f"{rung} {instant(since)}")
        elif not always:
            said.append(f"claimed {instant(since)}; nobody has looked")
    return "; ".join(said)


def listed(names: Iterable[str]) -> str:
    """Names in a row: `US, USSR and Cuba`."""
    those = list(names)
    return " and ".join([", ".join(those[:-1]), those[-1]]) if len(those) > 1 else "".join(those)


def figure(value: float) -> str:
    """A number to the hundredth, without zeros at its end."""
    rounded = round(value, 2) or 0.0
    return f"{rounded:,.2f}".rstrip("0").rstrip(".").replace("-", "−")


def without_names(words: str, names: Iterable[str]) -> str:
    """A sentence without the names that it begins with, where they stand beside it already."""
    return words.removeprefix(f"{listed(names)} ")


def counted(count: int, noun: str, plural: str = "") -> str:
    """A count of things."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def shown_of(shown: int, count: int) -> str:
    """How many of all a page shows."""
    return f"{shown:,} of {count:,} shown"


def slot_of(name: str, parties: Collection[str]) -> str:
    """The kind of rule and colour that stands for a party: by the order of declaration; all others share one."""
    for at, each in enumerate(parties):
        if each == name:
            return f"p{at % 5 + 1}"
    return "record" if name == "record" else "body"


#: The mark of an act, by its verb: square, what stands between people; diamond, what is undertaken; circle, what is
#: done; a dot, what is said. Filled, where it binds or closes.
_ACT_MARKS = {
    "standing-closed": "recognises signs withdraws waives transfers closes suspends resumes terminates uses decides",
    "standing": "proposes rejects holds trusts",
    "undertaking-closed": "promises consents",
    "undertaking": "offers refuses",
    "performance-closed": "observes confirms",
    "performance": "begins claims attempts",
    "speech": "disputes protests states",
}
_MARK_OF = {verb: mark for mark, verbs in _ACT_MARKS.items() for verb in verbs.split()}


def act_mark(act: Act) -> str:
    """The mark of an act."""
    return "quantity" if any(isinstance(each, Amount) for each in act.objects) else _MARK_OF[act.verb]


def coded(words: str) -> Markup:
    """A sentence with names between backticks, these set as names."""
    parts = words.split("`")
    if len(parts) % 2 == 0:
        return escape(words)
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else escape(part)
                           for at, part in enumerate(parts))  # fmt: skip


def words_after_date(act: Act) -> str:
    """An act in the words of the language, without its date."""
    words = act_words(act)
    return words if act.dating is None else words.partition(" ")[2]
