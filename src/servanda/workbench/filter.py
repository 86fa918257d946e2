"""The filter of a page: `owed:USSR status:open not source:memcon`, read once and held against rows, acts, quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from .wording import counted

_TOKEN = re.compile(r"""\s*(\(|\)|(?:[\w-]+:)?"[^"]*"|[^\s()]+)""")
_DEEPEST = 50

#: What something shown can be asked for: by key, the words that fit, in small letters.
Facets = Mapping[str, Collection[str]]


class Malformed(ValueError):
    """A filter that cannot be read; its words say why."""


class Word(msgspec.Struct, frozen=True):
    """`key:value`, or a word alone, which is looked for in everything that is shown."""

    key: str
    value: str

    def fits(self, facets: Facets, text: str) -> bool:
        """Whether something with these facets and this text is meant."""
        if self.key:
            return any(self.value == each or self.value == each.split("[")[0] for each in facets.get(self.key, ()))
        return self.value in text

    def __str__(self) -> str:
        value = f'"{self.value}"' if re.search(r"[\s()]", self.value) or not self.value else self.value
        return f"{self.key}:{value}" if self.key else value


class Not(msgspec.Struct, frozen=True):
    """What does not fit."""

    part: Part

    def fits(self, facets: Facets, text: str) -> bool:
        """See `Word.fits`."""
        return not self.part.fits(facets, text)

    def __str__(self) -> str:
        inner = str(self.part)
        return f"not ({inner})" if isinstance(self.part, Group) else f"not {inner}"


class Group(msgspec.Struct, frozen=True):
    """All of several, or any of them; all of none fits everything."""

    how: Literal["and", "or"]
    parts: tuple[Part, ...]

    def fits(self, facets: Facets, text: str) -> bool:
        """See `Word.fits`."""
        found = (each.fits(facets, text) for each in self.parts)
        return all(found) if self.how == "and" else any(found)

    def __str__(self) -> str:
        between = " " if self.how == "and" else " or "
        return between.join(f"({each})" if isinstance(each, Group) else str(each) for each in self.parts)


Part = Word | Not | Group
EVERYTHING = Group("and", ())


def filter_from_words(words: str, keys: Collection[str]) -> Group:
    """Read a filter; words side by side must all fit, `or` binds less than that. Raises `Malformed`."""
    tokens = [each.group(1) for each in _TOKEN.finditer(words)]
    if not tokens:
        return EVERYTHING
    found = _Reader(tokens, keys).whole()
    return found if isinstance(found, Group) and found.how == "and" else Group("and", (found,))


class _Reader:
    def __init__(self, tokens: list[str], keys: Collection[str]) -> None:
        self._tokens = tokens
        self._keys = keys
        self._at = 0
        self._depth = 0

    def whole(self) -> Part:
        found = self._any()
        if self._at < len(self._tokens):
            raise Malformed("a bracket is closed that was not opened")
        return found

    def _peek(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _any(self) -> Part:
        parts = [self._all()]
        while (self._peek() or "").lower() == "or":
            self._at += 1
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Group("or", tuple(parts))

    def _all(self) -> Part:
        parts = list(self._several())
        if not parts:
            raise Malformed("something is missing beside `or`, `and`, `not` or between brackets")
        return parts[0] if len(parts) == 1 else Group("and", tuple(parts))

    def _several(self) -> Iterator[Part]:
        while (token := self._peek()) is not None and token != ")" and token.lower() != "or":
            if token.lower() == "and":
                self._at += 1
                if self._peek() in (None, ")"):
                    raise Malformed("something is missing behind `and`")
                continue
            yield self._one()

    def _one(self) -> Part:
        token = self._peek()
        self._depth += 1
        if token is None or self._depth > _DEEPEST:
            raise Malformed("something is missing behind `not`" if token is None else "it is nested too deep")
        self._at += 1
        if token.lower() == "not":
            found: Part = Not(self._one())
        elif token == "(":
            found = self._any()
            if self._peek() != ")":
                raise Malformed("a bracket is not closed")
            self._at += 1
        elif token == ")":
            raise Malformed("a bracket is closed that was not opened")
        else:
            found = self._word(token)
        self._depth -= 1
        return found

    def _word(self, token: str) -> Word:
        key, colon, value = token.partition(":")
        if not colon or token.startswith('"') or not re.fullmatch(r"[\w-]+", key):
            return Word("", token.strip('"').lower())
        if key.lower() not in self._keys:
            raise Malformed(f"`{key}:` is none of {', '.join(f'{each}:' for each in self._keys)}")
        return Word(key.lower(), value.strip('"').lower())


def with_word(found: Group, word: Word) -> str:
    """The filter with one word more that must fit, or without it where it has it already, in words."""
    if word in found.parts:
        return str(Group("and", tuple(each for each in found.parts if each != word)))
    return str(Group("and", (*found.parts, word)))


def with_only(found: Group, word: Word | None, key: str) -> str:
    """The filter with this as its only word of that key, in words."""
    others = tuple(each for each in found.parts if not (isinstance(each, Word) and each.key == key))
    return str(Group("and", others if word is None else (*others, word)))


class Toggle(msgspec.Struct, frozen=True):
    """A filter that a reader can switch on or off: its words, whether it is on, and the filter it leads to."""

    label: str
    on: bool
    leads_to: str | None


def toggles_of(found: Group, key: str, values: Iterable[str], everyone: str = "everyone") -> list[Toggle]:
    """Switches of which one is on: for each value of a key, and before them for all."""
    none = not any(isinstance(each, Word) and each.key == key for each in found.parts)
    first = Toggle(everyone, none, with_only(found, None, key) or None)
    return [first, *toggles_for(found, key, {each: each for each in values})]


def toggles_for(found: Group, key: str, values: Mapping[str, str]) -> Iterator[Toggle]:
    """Switches of which at most one is on: for each value of a key, by its label."""
    for label, value in values.items():
        word = Word(key, value.lower())
        on = word in found.parts
        yield Toggle(label, on, with_only(found, None if on else word, key) or None)


def nearest(found: Group, fits: Callable[[Group], int], noun: str) -> Toggle | None:
    """Where a filter leaves nothing: it without one of its parts, so that most is left; `fits` counts what is."""
    best: tuple[int, Toggle] | None = None
    for part in found.parts:
        without = Group("and", tuple(each for each in found.parts if each is not part))
        count = fits(without)
        if count and (best is None or count > best[0]):
            best = count, Toggle(f"{counted(count, noun)} without “{part}”", False, str(without) or None)
    return None if best is None else best[1]
