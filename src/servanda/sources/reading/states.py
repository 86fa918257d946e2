"""States and what they are called: the names and adjectives that people write for them, and those of the table's own.

A table of the world's states gives ordinary names and adjectives. A party that is in no table is called by its name
and by the adjectives that English makes of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

from .english import ADJECTIVES
from .transcript import NameType


class Entity(msgspec.Struct, frozen=True):
    """A state or body, with all the forms in which it may be named; the first is what it is called here."""

    name: str
    type: NameType
    forms: tuple[str, ...]
    given: bool = False

    @property
    def abbreviations(self) -> tuple[str, ...]:
        """The forms that are written in capitals."""
        return tuple(form for form in self.forms if form.isupper() and form.isalpha() and len(form) <= 6)

    @property
    def words(self) -> tuple[str, ...]:
        """The forms that are one word, and no abbreviation."""
        return tuple(form for form in self.forms if form.isalpha() and not form.isupper())


BODIES = (
    Entity("UN", "organisation", ("UN", "United Nations", "U.N.")),
    Entity("OAS", "organisation", ("OAS", "Organization of American States")),
    Entity("NATO", "organisation", ("NATO", "North Atlantic Treaty Organization")),
    Entity("EU", "organisation", ("EU", "European Union")),
    Entity("AU", "organisation", ("AU", "African Union")),
    Entity("OSCE", "organisation", ("OSCE",)),
    Entity("IAEA", "organisation", ("IAEA",)),
    Entity("Security Council", "organisation", ("Security Council",)),
)


@cache
def world() -> tuple[Entity, ...]:
    """The states of the table, with their names and adjectives."""
    rows = (files("servanda.sources.reading") / "states.txt").read_text("utf-8").splitlines()
    return tuple(
        Entity(name, "state", (name, *(form.strip() for form in rest.split(","))))
        for name, _, rest in (row.partition(":") for row in rows if row.strip())
    )


def party(name: str, also: Iterable[str] = ()) -> Entity:
    """The entity that a party is: one of the table, if any of its names is there, or one of its own."""
    names = [name, *also]
    known = next((each for each in (*world(), *BODIES) if not {*names}.isdisjoint(each.forms)), None)
    forms = [*names, *(known.forms if known else ())]
    if known is None:
        for each in names:
            if each.isalpha() and not each.isupper():
                forms += adjectives(each)
    return Entity(name, known.type if known else "state", tuple(dict.fromkeys(forms)), given=True)


def adjectives(name: str) -> list[str]:
    """The adjectives that English may make of a name: Corran, Corranian, Corrani."""
    stems = {name, name.rstrip("aeiouy")} if len(name.rstrip("aeiouy")) >= 3 else {name}
    return [stem + ending for stem in sorted(stems) for ending in ADJECTIVES if stem + ending != name]


def present(entities: Iterable[Entity], text: str) -> list[Entity]:
    """Those that are named in a text, in a form that can be read without doubt, or that were given."""
    words = set(re.findall(r"[^\W\d_]+", text))

    def named(entity: Entity) -> bool:
        long = [form for form in entity.forms if not (form.isupper() and len(form) <= 3) or entity.type != "state"]
        return any(form in words if form.isalpha() else form in text for form in long)

    return [entity for entity in entities if entity.given or named(entity)]
