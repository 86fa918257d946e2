"""What an operation takes: names in an address, each with its form, as the OpenAPI document has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from servanda.standing import RECORD
from servanda.workbench.desk import Copy

from .problems import Refused

_DAY = {"type": "string", "format": "date"}
_MINUTE = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?$"}
DATE: dict[str, Any] = {"anyOf": [_DAY, _MINUTE]}
WORDS: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 2000}


class Parameter(msgspec.Struct, frozen=True):
    """A name in an address: what it says, its form, and whether it has to be there or may repeat."""

    name: str
    about: str
    form: dict[str, Any]
    required: bool = False
    many: bool = False


def view_of(copy: Copy, *, readings: bool = True) -> tuple[Parameter, ...]:
    """The names of a view, as pages have them; those of readings and channels are the case's own."""
    case = copy.case
    found = [
        Parameter("at", "The date asked about. Without it, that on which pages open: the last act's, or today.", DATE),
        Parameter("known", "As it was known by then. Without it, by the date asked about.", DATE),
    ]
    if readings:
        there = {"type": "string", "enum": [*case.parties, RECORD]}
        found.append(Parameter("as", "A reading: a party, or `record`. Without it, all.", there, many=True))
    through = {"type": "string", "enum": [*case.channels, "public"]}
    about = "Only public acts, and those in this channel; `public`: no other. Without it, all that each reading has."
    found += [
        Parameter("channel", about, through, many=True),
        Parameter("suppose", "An act on top of the record, as the record writes it.", WORDS, many=True),
    ]
    return tuple(found)


class Given:
    """The values of one question's parameters; a name that it does not take, or takes once, raises `Refused`."""

    def __init__(self, pairs: Sequence[tuple[str, str]], taken: Sequence[Parameter]) -> None:
        by_name = {each.name: each for each in taken}
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            if name not in by_name:
                there = ", ".join(by_name) or "none"
                raise Refused(400, f"there is no parameter `{name[:80]}` here; there are: {there}", name[:80])
            self._values.setdefault(name, []).append(value)
        for each in taken:
            values = self._values.get(each.name, [])
            if each.required and not values:
                raise Refused(400, f"`{each.name}` is missing: {each.about}", each.name)
            if len(values) > 1 and not each.many:
                raise Refused(400, f"`{each.name}` is given {len(values)} times; it is taken once", each.name)
            longest = each.form.get("maxLength", 200)
            if any(len(value) > longest for value in values):
                raise Refused(400, f"`{each.name}` is longer than the {longest:,} characters that are taken", each.name)
            if any(not value.strip() for value in values):
                raise Refused(400, f"`{each.name}` is empty: leave it out, or say what is meant", each.name)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def one(self, name: str) -> str | None:
        """The value of a name that is taken once, or None."""
        return next(iter(self._values.get(name, ())), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a name."""
        return tuple(self._values.get(name, ()))

    def word(self, name: str, among: Mapping[str, Any], default: str) -> Any:
        """What a value out of a few stands for."""
        given = self.one(name) or default
        if given not in among:
            raise Refused(400, f"`{given[:80]}` is not taken for `{name}`; there are: {', '.join(among)}", name)
        return among[given]

    def number(self, name: str, least: int, most: int, default: int) -> int:
        """A whole number within bounds."""
        given = self.one(name)
        if given is None:
            return default
        if not (given.isascii() and given.isdecimal() and len(given) < 6 and least <= int(given) <= most):
            raise Refused(400, f"`{name}` is a whole number from {least} to {most}", name)
        return int(given)
