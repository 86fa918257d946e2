"""A case: one negotiation or agreement with everything recorded about it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from .commitments import Commitment
from .declarations import Body, Channel, Event, Item, Matter, Means, Party, Person, Source, Term
from .record import Act, Expectation, Scenario
from .span import File

Declared = Party | Body | Person | Channel | Source | Item | Term | Matter | Means | Event | Commitment

_NOTHING: Mapping[str, Any] = MappingProxyType({})
#: The kinds of declarations, as the language calls them, with the field of a case that holds each; commitments aside.
ROOMS: Mapping[str, str] = MappingProxyType(
    {
        "party": "parties",
        "body": "bodies",
        "person": "persons",
        "channel": "channels",
        "source": "sources",
        "item": "items",
        "term": "terms",
        "matter": "matters",
        "means": "means",
        "event": "events",
    }
)


class Case(msgspec.Struct, frozen=True):
    """A case as its files have it, immutable. Mappings are by name, in the order of declaration.

    `acts` stand in the order of the files, event tables behind them; `timezone` is a name of the IANA database,
    `calendar` a country's code whose public holidays are no working days.
    """

    title: str = ""
    timezone: str = "UTC"
    calendar: str | None = None
    parties: Mapping[str, Party] = _NOTHING
    bodies: Mapping[str, Body] = _NOTHING
    persons: Mapping[str, Person] = _NOTHING
    channels: Mapping[str, Channel] = _NOTHING
    sources: Mapping[str, Source] = _NOTHING
    items: Mapping[str, Item] = _NOTHING
    terms: Mapping[str, Term] = _NOTHING
    matters: Mapping[str, Matter] = _NOTHING
    means: Mapping[str, Means] = _NOTHING
    events: Mapping[str, Event] = _NOTHING
    commitments: Mapping[str, Commitment] = _NOTHING
    acts: tuple[Act, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    files: tuple[File, ...] = ()

    def __repr__(self) -> str:
        return f"<Case {self.title!r}: {len(self.commitments)} commitments, {len(self.acts)} acts>"

    def __reduce__(self) -> tuple[Any, ...]:
        """A case can be pickled and copied, without what was worked out of it."""
        fields = (getattr(self, each) for each in self.__struct_fields__)
        return _made_again, (type(self), *(dict(each) if isinstance(each, Mapping) else each for each in fields))

    def declared(self, name: str) -> Declared | None:
        """What a name stands for, or None."""
        rooms = (getattr(self, field) for field in (*ROOMS.values(), "commitments"))
        return next((room[name] for room in rooms if name in room), None)

    def party_of(self, actor: str) -> str:
        """The party whose act it is when `actor` acts: a person's or an organ's party, else the actor itself."""
        speaker = self.persons.get(actor) or self.bodies.get(actor)
        if speaker is not None and speaker.acts_for:
            return speaker.acts_for[0].name
        return actor

    def parties_to(self, source: str) -> tuple[str, ...]:
        """Those that a source names as its authors, receivers or signers, each once."""
        declared = self.sources[source]
        named = (*declared.by, *declared.to, *declared.signed_by)
        return tuple(dict.fromkeys(self.party_of(ref.name) for ref in named))

    def path_within(self, file: File) -> str:
        """A file's path as seen from the case's folder, in which its root lies; one outside it, as it is known."""
        root = self.files[0].path if self.files else ""
        return file.path.removeprefix(root.removesuffix(os.path.basename(root)))


def _made_again(kind: Callable[..., Case], *fields: Any) -> Case:
    return kind(*(MappingProxyType(each) if isinstance(each, dict) else each for each in fields))
