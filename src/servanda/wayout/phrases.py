"""How moves and concessions are said: with the titles that the case gives."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.model.case import Case
from servanda.model.conditions import AllOf, Amount, AnyOf, CameAbout, Condition, Did, Happening, InState, Ref
from servanda.text import printer
from servanda.text.words import VERBS


def title(case: Case, name: str) -> str:
    """What something is called: its title, or else its name."""
    declared = case.declared(name)
    said = getattr(declared, "title", "") or name
    return said.rstrip(".")


def titled(case: Case, name: str, key: str | None = None) -> str:
    """A title in quotes, as it stands in a sentence; with the instance, where it is one's."""
    return f"“{title(case, name)}”{instance(key)}"


def instance(key: str | None) -> str:
    """Which instance of a family it is, behind its title."""
    return "" if key is None else f" [{key}]"


def listed(names: Iterable[str]) -> str:
    """`A, B and C`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


_STATES = {
    "promised": "the promise of",
    "offered": "an offer of",
    "begun": "the beginning of",
    "claimed": "the word that it has done",
    "observed": "the sight of",
    "verified": "the proof of",
    "confirmed": "the confirmation of",
    "fulfilled": "the completion of",
}


def awaited(case: Case, condition: Condition) -> str:
    """What is waited for, as a thing: `the signature of …`."""
    match condition:
        case CameAbout(ref=ref) if ref.name in case.commitments:
            return f"the completion of {titled(case, ref.name)}"
        case CameAbout(ref=ref) if ref.name in case.sources:
            return f"{titled(case, ref.name)} in force"
        case CameAbout(ref=ref):
            return titled(case, ref.name)
        case InState(ref=ref, state="signed"):
            return f"the signing of {titled(case, ref.name)}"
        case InState(ref=ref, state=state, with_a_date=with_a_date, by=by) if state in _STATES:
            date = ", with a date" if with_a_date else f", by {by}" if by else ""
            return f"{_STATES[state]} {titled(case, ref.name)}{date}"
        case InState(ref=ref, state=state):
            return f"{titled(case, ref.name)} to be {state}"
        case Did(object=thing):
            whole = msgspec.structs.replace(thing, key=None) if isinstance(thing, Ref) else thing
            return act_said(case, condition.actor.name, condition.verb, whole, condition.channel)
        case AllOf(parts=parts):
            return listed(awaited(case, part) for part in parts)
        case AnyOf(parts=parts):
            return " or ".join(awaited(case, part) for part in parts)
    return printer.condition(condition)


def thing_said(case: Case, thing: Ref | Amount | Happening) -> str:
    """What an act is about, in words."""
    if isinstance(thing, Ref) and case.declared(thing.name) is not None:
        return titled(case, thing.name, thing.instance)
    return printer.thing(thing)


def act_said(case: Case, actor: str, verb: str, thing: Ref | Amount | Happening, channel: Ref | None = None) -> str:
    """An act as a sentence: `Cuba consents to “Inspection on Cuban soil”`."""
    to = " to" if verb in ("consents", "consent") else ""
    via = f" via {channel.name}" if channel is not None else ""
    return f"{actor} {verb}{to} {thing_said(case, thing)}{via}"


def plural(verb: str) -> str:
    """The form of a verb behind several actors."""
    return VERBS[verb]
