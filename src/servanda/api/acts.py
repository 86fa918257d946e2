"""Acts as people of Python give them: as values, as lines of the language, or as `servanda.build` makes them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from servanda.load import acts_from_words
from servanda.model.case import Case
from servanda.model.conditions import Ref
from servanda.model.record import Act

from .errors import CaseHasErrors, ServandaError, UnknownName


class Words(msgspec.Struct, frozen=True):
    """A part of a case: some lines of the language."""

    words: str

    def __str__(self) -> str:
        return self.words


#: An act: as a value, as a line of the language, or as `servanda.build.act` makes it.
ActLike = Act | str | Words


def acts_of(case: Case, given: ActLike | Iterable[ActLike]) -> tuple[Act, ...]:
    """The acts that were given; their names have to be those of the case.

    Raises `CaseHasErrors` where a line cannot be read, `UnknownName` where an act as a value names what is not there.
    """
    found: list[Act] = []
    for each in [given] if isinstance(given, str | Act | Words) else given:
        if isinstance(each, Act):
            _known(case, each)
            found.append(each)
            continue
        words = str(each)
        acts, diagnostics = acts_from_words(case, words, "")
        if any(slip.severity == "error" for slip in diagnostics):
            raise CaseHasErrors(diagnostics)
        if not acts:
            raise ServandaError(f"`{words}` is no act; write one as the record does: DATE ACTOR VERB …")
        found += acts
    return tuple(found)


def _known(case: Case, act: Act) -> None:
    """See that an act's names are those of the case: an act that nobody here did would be lost in silence."""
    for ref in act.actors:
        if not (ref.name in case.parties or ref.name in case.bodies or ref.name in case.persons):
            raise UnknownName(ref.name, "party, body or person", (*case.parties, *case.bodies, *case.persons))
    for thing in act.objects:
        if isinstance(thing, Ref) and case.declared(thing.name) is None:
            raise UnknownName(thing.name, "commitment or other thing", case.commitments)
    for ref in act.channels:
        if ref.name not in case.channels:
            raise UnknownName(ref.name, "channel", case.channels)
