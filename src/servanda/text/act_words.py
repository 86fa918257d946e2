"""An act, and a clause of a version, in one line as the language writes them: the same words in every answer."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.diagnostics import printable
from servanda.model.commitments import Clauses, Version
from servanda.model.conditions import Ref
from servanda.model.record import Act

from . import printer
from .words import VERBS


def act_words(act: Act, *, date: bool = True) -> str:
    """An act as the record writes it, without its citations, words beside it, and when it became known."""
    return printable(" ".join(_parts(act, date=date)))


def _parts(act: Act, *, date: bool) -> Iterator[str]:
    if date and act.dating is not None:
        yield str(act.dating)
    yield printer.refs(act.actors)
    yield VERBS[act.verb] if len(act.actors) > 1 else act.verb
    if act.verb == "consents":
        yield "to"
    if act.words is not None:
        yield printer.string(" ".join(act.words.value.split()))
    if act.objects:
        yield ", ".join(printer.thing(each) for each in act.objects)
    if act.leaving:
        yield f"leaving {printer.refs(act.leaving)}"
    if act.recipients:
        yield f"to {printer.refs(act.recipients)}"
    if act.version is not None:
        yield from _version_words(act.version)
    if act.on is not None:
        yield f"on {printer.ref(act.on)}"
    if act.result is not None:
        yield f"result {act.result}"
    if act.by is not None:
        yield f"by {printer.condition(act.by)}"
    if act.within is not None:
        yield printer.within(act.within)
    if act.when is not None:
        yield f"when {printer.condition(act.when)}"
    if act.performed is not None:
        yield f"on {act.performed}"
    yield from (f"via {printer.ref(each)}" for each in (*act.means, *act.channels))
    if act.row is not None:
        yield f"(row {act.row})"


def _version_words(version: Version) -> Iterator[str]:
    if version.members:
        yield f"= {printer.refs(version.members)}"
    elif version.definition is not None:
        yield f"= {printer.condition(version.definition)}"
    for clause in version.stated:
        if clause == "consent of":
            yield f"consent of {printer.refs(version.consent_of) or 'none'}"
        elif clause == "by" and version.by:
            yield f"by {printer.refs(version.by)}"
        elif clause != "definition":
            yield clause_words(version.clauses, clause)


def clause_words(clauses: Clauses, keyword: str) -> str:
    """A clause as a version states it; one that drops the common clause says `none`."""
    field = {"from": "start"}.get(keyword, keyword.replace(" ", "_"))
    stated = getattr(clauses, field)
    if keyword == "within" and clauses.within is not None:
        return printer.within(clauses.within)
    if keyword == "may" and clauses.may is not None:
        return f"may {clauses.may.verb} {printer.refs(clauses.may.refs)}"
    if keyword == "under":
        return f"under {', '.join(each.source.name for each in clauses.under) or 'none'}"
    if keyword == "for each" and clauses.for_each is not None:
        return f"for each {printer.each(clauses.for_each)}"
    if keyword == "survives" and clauses.survives:
        return keyword
    if keyword == "together with" and clauses.with_others:
        return "together with others"
    if keyword == "to" and clauses.to_others:
        return "to others"
    if not stated:
        return f"{keyword} none"
    if isinstance(stated, Ref):
        return f"{keyword} {printer.ref(stated)}"
    if isinstance(stated, tuple):
        return f"{keyword} {(' or ' if keyword == 'verified by' else ', ').join(printer.ref(each) for each in stated)}"
    return f"{keyword} {printer.condition(stated)}"
