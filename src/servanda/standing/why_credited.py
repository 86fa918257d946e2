"""Why an assertion is credited in a reading, or is not: the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from servanda.model.conditions import Amount

from . import credit as crediting
from .asking import Asking
from .assertions import Assertion
from .figures import Counted, reached
from .record import Entry
from .stretches import at
from .telling import Reason, Telling
from .texts import Text
from .view import RECORD

if TYPE_CHECKING:
    from .outlook import Outlook

#: Of assertions that do not count, so many are named.
_MOST_SAID = 3


def asserted(t: Telling, outlook: Outlook, assertion: Assertion, asking: Asking) -> Reason:
    """An assertion, and why the reading credits it, disputes it, or does not know."""
    evidence = asking.evidence
    if evidence.unknown and evidence.disputed:
        return t.act(assertion.entry)
    found = crediting.credit(outlook, asking.reading, assertion, asking.about)
    words, entries = _why(outlook, assertion, asking, found)

    def tell() -> Reason:
        act = t.act(assertion.entry)
        because = tuple(t.acts(each for each in entries if each is not assertion.entry))
        return Reason(f"{act.text}: {words}", found, act.span, act.source, act.quote, because)

    span = assertion.entry.act.span
    return t.once(("credited", assertion.entry.order, assertion.name, asking.reading, words), words, span, tell)


def uncredited(t: Telling, outlook: Outlook, assertions: Iterable[Assertion], asking: Asking) -> list[Reason]:
    """What is asserted without counting in the reading: the latest words of each author."""
    latest: dict[str, Assertion] = {each.party: each for each in assertions}
    return [asserted(t, outlook, each, asking) for each in list(latest.values())[-_MOST_SAID:]]


def _why(outlook: Outlook, assertion: Assertion, asking: Asking, credited: bool | None) -> tuple[str, list[Entry]]:
    reading, about = asking.reading, asking.about
    gone = credited is False and assertion.party != reading and crediting.taken_back(outlook, assertion, about)
    if gone and not _own_words(outlook, assertion, asking, reading)[1]:
        return "taken back since", _own_words(outlook, assertion, asking, assertion.party)[1][-1:]
    if reading == RECORD:
        return _in_record(outlook, assertion, asking, credited)
    own, disputes = _own_words(outlook, assertion, asking, reading)
    trusting = _trusting(outlook, reading, assertion)
    if credited is False:
        return f"{reading} disputes it", disputes[-1:]
    if credited is None:
        author = _unreliable(outlook, assertion) if not trusting else assertion.author
        return f"{reading} neither made nor confirmed it, and does not rely on {author}", trusting
    if assertion.party == reading and not (disputes and not own):
        return "its own word", own[-1:] if disputes else []
    if own:
        return f"confirmed by {reading}", own[-1:]
    if crediting.trusts(outlook, reading, assertion, about):
        if trusting:
            return f"{reading} relies on {assertion.author}", trusting
        return f"{assertion.author} is relied on, as a body", []
    return _admission(outlook, reading, assertion, asking), []


def _unreliable(outlook: Outlook, assertion: Assertion) -> str:
    """Who said it; of a body, why it is not relied on as bodies are."""
    body = outlook.case.bodies.get(assertion.author)
    if body is None:
        return assertion.author
    if body.acts_for:
        return f"{assertion.author}, an organ of {assertion.party}"
    return f"{assertion.author} about what it owes itself"


def _own_words(outlook: Outlook, assertion: Assertion, asking: Asking, party: str) -> tuple[list[Entry], list[Entry]]:
    """What a party said of it since: that it is so, that it is not."""
    own: list[Entry] = []
    disputes: list[Entry] = []
    earlier: list[Entry] = []
    for entry in sorted(crediting.words_on(outlook, assertion, asking.about), key=lambda each: each.place):
        denies = entry.verb == "disputes"
        if party not in entry.parties or not crediting.covers(entry, assertion, asking.about, denies=denies):
            continue
        if entry is assertion.entry or entry.follows(assertion.entry):
            (disputes if denies else own).append(entry)
        elif denies:
            earlier.append(entry)  # what is said again after it stays disputed
    return own, disputes or ([] if own else earlier)


def _trusting(outlook: Outlook, reading: str, assertion: Assertion) -> list[Entry]:
    """The latest word by which a party relies on an author, or does not."""
    found = [
        entry
        for name in {assertion.author, assertion.party}
        for verb in ("trusts", "recognises", "rejects")
        for entry in outlook.acts(name).by_verb.get(verb, ())
        if reading in entry.parties
    ]
    return sorted(found, key=lambda each: each.place)[-1:]


def _admission(outlook: Outlook, reading: str, assertion: Assertion, asking: Asking) -> str:
    for template in crediting.concerned(outlook, reading, assertion, asking.about):
        if crediting.admits(template, assertion, outlook.text(reading)):
            if assertion.party not in template.bearers:
                return f"said by {assertion.party}, to whom it is owed"
            return f"admitted by {assertion.party}"
    return "credited"


def _in_record(
    outlook: Outlook, assertion: Assertion, asking: Asking, credited: bool | None
) -> tuple[str, list[Entry]]:
    if not credited:
        return "one side's word alone", []
    about = asking.about
    templates, text = crediting.concerned(outlook, RECORD, assertion, about), outlook.text(RECORD)
    done = templates if about is not None else [each for each in templates if each.says_done(assertion, text)]
    bearers = {bearer for each in done for bearer in each.bearers}
    if outlook.is_body(assertion.party) and assertion.party not in bearers:
        return f"{assertion.author} is a body", []
    for means in sorted(assertion.means):
        carriers = text.carriers(means)
        if assertion.party in carriers and not carriers & bearers:
            return f"seen by {means}, which {assertion.party} carries out", []
    if any(crediting.admits(each, assertion, text) for each in templates):
        return _admission(outlook, RECORD, assertion, asking), []
    other = crediting.corroboration(outlook, assertion, templates, about)
    if other is not None:
        return f"asserted by {other.party}, too", [other.entry]
    return "credited", []


def amount(
    t: Telling, outlook: Outlook, wanted: Amount, number: int | Decimal, said: list[Counted], text: Text,
    asking: Asking, now: int,
) -> list[Reason]:  # fmt: skip
    """The assertions without which a figure would not be reached, or not as early."""
    known = [each for each in said if each[2] <= now]
    whole = at(reached(wanted, number, known, text, asking), now)
    if whole is None:
        return []
    for each in reversed(list(known)):
        fewer = [other for other in known if other is not each]
        met = at(reached(wanted, number, fewer, text, asking), now)
        if met is not None and met[3] <= whole[3]:
            known = fewer
    return [asserted(t, outlook, each, asking) for each, _, _ in known]
