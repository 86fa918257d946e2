"""What was declared beside what was observed, author by author; and what may have been recorded twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from servanda.model.conditions import Amount
from servanda.standing.assertions import Assertion, series
from servanda.standing.figures import figures
from servanda.standing.telling import named
from servanda.text.act_words import act_words

from .finding import Desk, Finding

#: Events of one kind with the same arguments are taken for one if they are reported at most so far apart.
_CLOSE = 3 * 24 * 60 * 60
_Series = tuple[str, str, str | None, bool, str | None]


class Tally(msgspec.Struct, frozen=True):
    """How much of something one author has declared, and how much it has observed; None where it said nothing."""

    what: str
    author: str
    declared: Decimal | None
    observed: Decimal | None


def tallies(desk: Desk) -> Iterator[Tally]:
    """Every author's latest figures of everything that is counted."""
    for key, said in _counted(desk).items():
        for author in dict.fromkeys(each.party for each in said):
            own = [each for each in said if each.party == author]
            yield Tally(_words(key), author, _latest(own, "claims"), _latest(own, "observes"))


def amounts_differ(desk: Desk) -> Iterator[Finding]:
    """Things of which the most that is declared is not the most that is observed."""
    for key, said in _counted(desk).items():
        declared = _most(said, "claims")
        observed = _most(said, "observes")
        if declared is None or observed is None or declared[0] == observed[0]:
            continue
        yield Finding(
            "amounts-differ",
            _words(key),
            f"{_words(key)}: {_number(declared[0])} declared by {named(declared[1])}, "
            f"{_number(observed[0])} observed by {named(observed[1])}",
            tuple(dict.fromkeys(each.entry.act.span for each in said)),
        )


def _counted(desk: Desk) -> dict[_Series, list[Assertion]]:
    found: dict[_Series, list[Assertion]] = {}
    for item in desk.case.items:
        for each in desk.record.assertions(item):
            if isinstance(each.thing, Amount) and each.entry.verb in ("claims", "observes"):
                found.setdefault(series(each.thing), []).append(each)
    return found


def _latest(said: list[Assertion], verb: str) -> Decimal | None:
    own = [(each, each.entry.early, each.entry.said) for each in said if each.entry.verb == verb]
    wanted = own[0][0].thing if own else None
    if not isinstance(wanted, Amount):
        return None
    steps = [step for found in figures(wanted, own).values() for step in found]
    return Decimal(steps[-1][0]) if steps else None


def _most(said: list[Assertion], verb: str) -> tuple[Decimal, list[str]] | None:
    """The most that any author says, and who says so."""
    by_author = {
        author: figure
        for author in dict.fromkeys(each.party for each in said)
        if (figure := _latest([each for each in said if each.party == author], verb)) is not None
    }
    if not by_author:
        return None
    most = max(by_author.values())
    return most, [author for author, figure in by_author.items() if figure == most]


def _words(key: _Series) -> str:
    item, word, unit, percent, of = key
    parts = ["%"] if percent else [unit] if unit else []
    return " ".join([*parts, item, *(["of", of] if of else []), word])


def _number(number: Decimal) -> str:
    return f"{number.normalize():f}"


def recorded_twice(desk: Desk) -> Iterator[Finding]:
    """One act written twice; events of one kind with the same arguments, within three days, that count as two."""
    written: dict[str, list[int]] = {}
    for place, act in enumerate(desk.acts):
        if act.verb != "states":
            written.setdefault(act_words(act), []).append(place)
    for words, places in written.items():
        if len(places) > 1:
            spans = tuple(desk.acts[place].span for place in places)
            yield Finding("recorded-twice", words, f"“{words}” stands in the record {len(places)} times", spans)
    for event in desk.case.events:
        last: dict[tuple[tuple[str, str], ...], tuple[int, Assertion]] = {}
        for each in desk.record.occurrences(event):
            before = last.get(each.arguments)
            last[each.arguments] = each.late, each.assertions[0]
            if before is None or not each.arguments or each.late - before[0] > _CLOSE or each.late == before[0]:
                continue
            one, other = before[1].entry.act, each.assertions[0].entry.act
            label = f"{event}({', '.join(f'{name}={value}' for name, value in each.arguments)})"
            yield Finding(
                "recorded-twice",
                label,
                f"`{label}` is reported twice within three days, and counts as two: “{act_words(one)}”, "
                f"“{act_words(other)}”",
                (one.span, other.span),
            )
