"""Buckets of answers by name, laid over those that were taken over."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, NamedTuple

from .stretches import Instant, Steps

Value = tuple[Steps, ...]
#: A question about a name that may hang on itself; None stands for what is put together about the name.
Question = tuple[str, Hashable]


class Way(NamedTuple):
    """How an answer came about: what computes it, with which arguments, what it is taken for at first.

    `asked` are the questions whose answers it was worked out from; by `number` answers are in the order in which they
    were found.
    """

    compute: Callable[..., Value]
    args: tuple[Any, ...]
    empty: Value
    asked: tuple[Question, ...] = ()
    number: int = 0


class Lasting(NamedTuple):
    """Something that was put together for an instant, and would come out the same from `begin` until `end`.

    `asked` are the questions whose answers it was made of, and those of others before it.
    """

    value: Any
    begin: Instant
    end: Instant
    asked: tuple[Question, ...]


class Bucket:
    """What is kept for one name: what was put together, answers that may hang on themselves, how these came about; and
    what was put together of such answers for an instant.
    """

    __slots__ = ("gathered", "lasting", "values", "ways")

    def __init__(self, *others: Bucket) -> None:
        """All that is in others, the first before the second."""
        self.gathered: dict[Hashable, Any] = {}
        self.values: dict[Hashable, Value] = {}
        self.ways: dict[Hashable, Way] = {}
        self.lasting: dict[Hashable, Lasting] = {}
        for each in reversed(others):
            self.gathered |= each.gathered
            self.values |= each.values
            self.ways |= each.ways
            self.lasting |= each.lasting


EMPTY = Bucket()
#: Buckets that others lie over, and the names for which what lies beneath these does not hold.
_Layer = tuple[dict[str, Bucket], set[str]]
#: After so many layers they are made one.
_MOST_LAYERS = 8


def _found_in(layers: Iterable[_Layer], name: str) -> Bucket:
    """What the first of some layers that has it keeps for a name."""
    for layer, doubtful in layers:
        found = layer.get(name)
        if found is not None:
            return found
        if name in doubtful:
            break
    return EMPTY


class Buckets:
    """Buckets by name. What lies beneath is shared with others, and copied before anything is put into it."""

    def __init__(self) -> None:
        #: Those that are its own: what is found here need not be looked for beneath.
        self.newest: dict[str, Bucket] = {}
        #: From the newest on.
        self._beneath: tuple[_Layer, ...] = ()

    def get(self, name: str) -> Bucket:
        """What is kept for a name, to be read."""
        found = self.newest.get(name)
        return (_found_in(self._beneath, name) if self._beneath else EMPTY) if found is None else found

    def own(self, name: str) -> Bucket:
        """What is kept for a name, to be added to."""
        found = self.newest.get(name)
        if found is None:
            found = self.newest[name] = Bucket(_found_in(self._beneath, name))
        return found

    def over(self, others: Buckets, doubtful: Iterable[str]) -> None:
        """Lie over others from now on, but for some names. What they put into theirs later is theirs alone."""
        if others.newest:
            others._beneath, others.newest = ((others.newest, set()), *others._beneath), {}
        if len(others._beneath) > _MOST_LAYERS:
            others._beneath = ((others._whole(), set()),)
        self._beneath = (({}, set(doubtful)), *others._beneath)

    def only_gathered(self, name: str) -> None:
        """Take over what was put together about a name in doubt, though not its answers."""
        (layer, _), *beneath = self._beneath
        layer[name] = half = Bucket()
        half.gathered = _found_in(beneath, name).gathered

    def _whole(self) -> dict[str, Bucket]:
        found: dict[str, Bucket] = {}
        for layer, doubtful in reversed(self._beneath):
            for name in doubtful:
                found.pop(name, None)
            found |= layer
        return found

    def put_back(self, name: str) -> None:
        """Take over what lies beneath for a name after all; before any others lie over these."""
        layer, doubtful = self._beneath[0]
        doubtful.discard(name)
        layer.pop(name, None)
        own = self.newest.get(name)
        if own is not None:
            self.newest[name] = Bucket(own, _found_in(self._beneath, name))
