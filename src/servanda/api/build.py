"""A case made in Python instead of written: parts with named clauses, their conditions in words of the language.

    sluice = build.case(
        "The sluice",
        build.party("Upper"),
        build.party("Lower"),
        build.obligation("open-gates", "Open the gates.", of="Upper", to="Lower", by="2031-05-01"),
        build.act("2031-04-01", "Upper", "promises", "open-gates"),
    )

Each part comes to some lines of the language, which `str(part)` shows; the ordinary parser reads them, with all its
checks. The spans of such a case have words, and no path.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, TypedDict, Unpack, get_type_hints

from servanda.load.loader import load_text
from servanda.model.time import Dating
from servanda.text.printer import is_name_to_write, string

from .acts import Words
from .case import Case, case_of
from .dates import DateLike, dating_of
from .errors import CaseHasErrors, NotAName

#: One name, or several.
Names = str | Sequence[str]
#: A condition in words of the language, or a date.
Condition = str | datetime.date | Dating


class Stated(TypedDict, total=False):
    """The clauses that a commitment can state, each as in the language; `start` is `from`.

    Names are one or several. `under` is a source with what the language allows behind it, `'lease art2 "the wall"'`.
    """

    of: Names
    to: Names
    under: str | Sequence[str]
    when: Condition
    start: Condition
    until: Condition
    by: Condition
    within: str
    begins_by: Condition
    done_when: Condition
    seeks: Condition
    forbids: Condition
    verified_by: Names
    together_with: Names
    for_each: str
    may: str
    instead_of: str
    survives: bool


class Told(TypedDict, total=False):
    """The clauses that an act can have, each as in the language; `note` is a string in one's own words.

    An act `holds` can state the clauses of a commitment as well.
    """

    cites: str | Sequence[str]
    via: Names
    on: str | DateLike
    known: DateLike
    by: Condition
    within: str
    when: Condition
    result: str
    note: str


class ToldOrStated(Told, Stated, total=False):
    """The clauses of any act, `holds` among them."""


def case(title: str, *parts: Words, timezone: str | None = None, calendar: str | None = None) -> Case:
    """A case of these parts. Raises `CaseHasErrors` where they do not add up, with every problem at its place.

    `timezone` is a name of the IANA database; `calendar`, a country's code, tells which days are no working days.
    """
    first = _part(f"case {string(title)}", [("timezone", timezone), ("calendar", calendar)])
    loaded = load_text("\n".join(str(each) for each in (first, *parts)) + "\n", "")
    if not loaded.ok:
        raise CaseHasErrors(loaded.diagnostics)
    return case_of(loaded.case)


# ── who and what there is ───────────────────────────────────────────────────────────────────────────────────


def party(name: str, title: str = "", *, aka: Sequence[str] = (), calendar: str | None = None) -> Words:
    """Somebody who can owe and be owed, and who has a reading of the case."""
    return _part(_head("party", name, title), [("aka", _strings(aka)), ("calendar", calendar)])


def body(name: str, title: str = "", *, aka: Sequence[str] = (), acts_for: Names = ()) -> Words:
    """Somebody who observes, decides or hosts; an organ where it acts for a party."""
    return _part(_head("body", name, title), [("aka", _strings(aka)), ("for", _names(acts_for))])


def person(name: str, title: str = "", *, acts_for: Names, aka: Sequence[str] = ()) -> Words:
    """Somebody whose act counts as that of the party they speak for."""
    return _part(_head("person", name, title), [("aka", _strings(aka)), ("for", _names(acts_for))])


def channel(name: str, title: str = "", *, among: Names) -> Words:
    """Where acts are done that are known to those among it alone."""
    return _part(_head("channel", name, title), [("among", _names(among))])


def source(
    name: str,
    title: str = "",
    *,
    dated: DateLike | None = None,
    by: Names = (),
    to: Names = (),
    signed_by: Names = (),
    via: Names = (),
) -> Words:
    """A document that something is taken from; an instrument where it needs signatures."""
    clauses = [("dated", _date(dated)), ("by", _names(by)), ("to", _names(to)), ("signed by", _names(signed_by))]
    return _part(_head("source", name, title), [*clauses, ("via", _names(via))])


def item(name: str, title: str = "", *, counted: Names) -> Words:
    """A kind of thing that amounts are of, with the words for what is counted, such as `removed`."""
    return _part(_head("item", name, title), [("counted", _names(counted))])


def means(name: str, title: str = "", *, by: Names, consent_of: Names = ()) -> Words:
    """A way to verify: who carries it out, and whose consent it needs."""
    return _part(_head("means", name, title), [("by", _names(by)), ("consent of", _names(consent_of))])


def term(name: str, members: Names) -> Words:
    """A defined expression: the names that it takes in."""
    return Words(f"term {_name(name)} = {_names(members)}")


def matter(name: str, title: str = "", definition: Condition | None = None) -> Words:
    """A state of affairs one can claim, observe and dispute; defined by a condition, or left to what people say."""
    defined = f" = {_condition(definition)}" if definition is not None else ""
    return Words(_head("matter", name, title) + defined)


def event(name: str, arguments: Names) -> Words:
    """A kind of event, with the names of its arguments."""
    return Words(f"event {_name(name)}({_names(arguments)})")


# ── what is owed ────────────────────────────────────────────────────────────────────────────────────────────


def obligation(name: str, title: str = "", **stated: Unpack[Stated]) -> Words:
    """What somebody is bound, or asked, to bring about."""
    return _commitment("obligation", name, title, stated)


def prohibition(name: str, title: str = "", **stated: Unpack[Stated]) -> Words:
    """What somebody is bound, or asked, not to do."""
    return _commitment("prohibition", name, title, stated)


def right(name: str, title: str = "", **stated: Unpack[Stated]) -> Words:
    """What somebody is allowed."""
    return _commitment("right", name, title, stated)


def power(name: str, title: str = "", **stated: Unpack[Stated]) -> Words:
    """What lets somebody change other commitments, or a source."""
    return _commitment("power", name, title, stated)


def _commitment(kind: str, name: str, title: str, stated: Stated) -> Words:
    return _part(_head(kind, name, title), list(_clauses(stated, Stated)))


# ── what happened ───────────────────────────────────────────────────────────────────────────────────────────


def act(dated: DateLike | None, actors: Names, verb: str, objects: Names = (), **told: Unpack[ToldOrStated]) -> Words:
    """A dated entry of the record: who did or said what.

    `objects` are names, amounts (`"42 missiles removed"`) or events; after `states`, the words that were said.
    """
    who = _names(actors)
    date = f"{_date(dated)} " if dated is not None else ""
    if verb.startswith("state"):
        things = " ".join(string(each) for each in ([objects] if isinstance(objects, str) else objects))
    else:
        things = ", ".join(_line(each) for each in ([objects] if isinstance(objects, str) else objects))
    to = " to" if verb in ("consents", "consent") else ""
    return _part(f"{date}{who} {_line(verb)}{to} {things}".rstrip(), list(_clauses(told, ToldOrStated)))


def _clauses(given: Any, allowed: type) -> Iterable[tuple[str, str | None]]:
    hints = get_type_hints(allowed)
    for keyword, value in given.items():
        if keyword not in hints:
            raise TypeError(f"no clause is called `{keyword}`; there are {', '.join(hints)}")
        clause = _CLAUSES.get(keyword, keyword.replace("_", " "))
        if keyword in ("under", "cites"):
            for each in [value] if isinstance(value, str) else value:
                yield clause, _line(each)
        elif keyword == "survives":
            yield clause, "" if value else None
        elif keyword == "note":
            yield "", string(value, 2)
        elif keyword == "verified_by":
            yield clause, " or ".join(map(_name, [value] if isinstance(value, str) else value))
        elif keyword in _NAMED:
            yield clause, _names(value)
        else:
            yield clause, _condition(value)


_CLAUSES = {"start": "from"}
_NAMED = frozenset(["of", "to", "together_with", "via"])


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────


def _part(head: str, clauses: Iterable[tuple[str, str | None]]) -> Words:
    lines = [head]
    for keyword, value in clauses:
        if value is not None and (value or keyword == "survives"):
            lines.append(f"  {keyword} {value}".rstrip() if keyword else f"  {value}")
    return Words("\n".join(lines))


def _head(kind: str, name: str, title: str) -> str:
    return f"{kind} {_name(name)}" + (f" {string(title, 2)}" if title else "")


def _name(name: str) -> str:
    if not name or not is_name_to_write(name):
        raise NotAName(name)
    return name


def _names(names: Names) -> str:
    """Names with commas between; `others`, and names with an instance, are left to the parser."""
    several = names.split(",") if isinstance(names, str) else list(names)
    return ", ".join(
        _line(each) if each.strip() == "others" or "[" in each else _name(each.strip()) for each in several
    )


def _strings(values: Sequence[str]) -> str:
    return ", ".join(string(value) for value in values)


def _date(given: DateLike | None) -> str:
    return "" if given is None else str(dating_of(given))


def _condition(given: Condition) -> str:
    return _line(given) if isinstance(given, str) else str(dating_of(given))


def _line(words: str) -> str:
    """Words on one line: a clause cannot bring in another one below it."""
    return " ".join(words.split())
