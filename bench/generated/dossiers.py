"""What a generated negotiation is about: dossiers, each with its texts, its things and what is owed in it."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from .words import DEEDS, GOODS, PLACES

START = date(1962, 1, 1)
END = date(1973, 12, 31)
DAYS = (END - START).days

SIZE = 20
"""Commitments in a dossier."""

CHAIN = 8
"""A condition leads over at most so many commitments, each waiting for one before it; circles are apart."""

_DISTRICTS = (
    "", "north", "south", "east", "west", "upper", "lower", "old", "new", "port", "mount", "great", "little", "fort",
    "inner", "outer", "far", "near", "high", "long", "middle",
)  # fmt: skip
_WORDS = ("removed", "returned", "stored", "cleared")
_MEANS = ("survey", "tally", "overflight", "sampling")
_FORBIDDEN = ("raids", "overflights", "patrols", "blockades", "broadcasts", "levies")
_ALLOWED = ("transit", "visits", "fishing", "grazing", "burials", "pilgrimage")
_POWERS = ("halt", "freeze", "call-off", "relief")


@dataclass(slots=True)
class Owed:
    """A commitment. `chain` says over how many others its conditions lead; `keys` are those of its instances."""

    kind: str
    name: str
    bearers: tuple[str, ...]
    to: tuple[str, ...]
    since: date
    rank: int
    dossier: "Dossier"
    chain: int = 0
    lines: list[str] = field(default_factory=list)
    waits: bool = False
    proof: str = ""
    amount: tuple[int, str] | None = None
    matter: str = ""
    dated: date | None = None
    demanded: bool = False
    family: str = ""
    keys: tuple[str, ...] = ()
    mandate: tuple[str, "Owed"] | None = None


@dataclass(slots=True)
class Dossier:
    """One question that is negotiated on: who writes to whom, what is counted, seen and forbidden there."""

    place: str
    opened: date
    first: str
    second: str
    accord: str
    means: dict[str, tuple[str, str]]
    """By name: who carries it out, and whose consent it needs (or nobody's)."""

    counts: list[str]
    goods: tuple[str, ...]
    owed: list[Owed] = field(default_factory=list)

    @property
    def letter(self) -> str:
        return f"letter-{self.place}"

    @property
    def reply(self) -> str:
        return f"reply-{self.place}"

    @property
    def term(self) -> str:
        return f"listed-{self.place}"

    def event(self, kind: str) -> str:
        """The name of a kind of event in this dossier: `arrives`, `inspected` or `crosses`."""
        return f"{kind}-{self.place}"


@dataclass(frozen=True, slots=True)
class Hub:
    """A name that many commitments wait for: a matter, or an item with the word that it is counted by."""

    name: str
    counted: str = ""


HUBS = (
    Hub("armistice-holds"),
    Hub("funds-released"),
    Hub("census-taken"),
    Hub("transition"),
    Hub("troops", "withdrawn"),
    Hub("instalments", "paid"),
)
"""`transition` is defined by two of the others."""

VESSELS = 4
"""One of these is forbidden to cross, and one that crosses is one of these."""

SCALE = 1_000
"""What is counted of a hub's item grows to about this over the years."""


class Names:
    """The names of a dossier, each given once."""

    def __init__(self, rng: random.Random, place: str, goods: tuple[str, ...]) -> None:
        owed = [f"{deed}-{thing}" for thing in goods for deed in DEEDS]
        rng.shuffle(owed)
        self._left = {
            "obligation": owed,
            "prohibition": [f"no-{thing}" for thing in _FORBIDDEN],
            "right": list(_ALLOWED),
            "power": list(_POWERS),
        }
        self._place = place

    def take(self, kind: str) -> str:
        left = self._left[kind]
        return f"{left.pop()}-{self._place}" if left else f"{kind}-{self._place}-{self._number(kind)}"

    def _number(self, kind: str) -> int:
        self._left[f"{kind} numbers"] = numbers = [*self._left.get(f"{kind} numbers", ()), kind]
        return len(numbers)


def place_name(number: int) -> str:
    """A place for each dossier: `alvara`, then `north-alvara`, and with a number once these are used up."""
    again, place = divmod(number, len(PLACES))
    turn, district = divmod(again, len(_DISTRICTS))
    prefix = f"{_DISTRICTS[district]}-" if district else ""
    return f"{prefix}{PLACES[place].lower()}" + (f"-{turn + 1}" if turn else "")


def dossier(rng: random.Random, number: int, count: int, parties: tuple[str, ...], bodies: tuple[str, ...]) -> Dossier:
    """An empty dossier, opened in its turn; the last ones, two years before the record ends."""
    place = place_name(number)
    first, second = rng.sample(parties, 2)
    goods = tuple(rng.sample(GOODS, 3))
    means = {
        f"{kind}-{place}": (rng.choice((*bodies, first, second)), rng.choice(("", first, second)))
        for kind in rng.sample(_MEANS, 2)
    }
    counts = [f"{thing}-{place} {word}" for thing in goods[:2] for word in _WORDS]
    rng.shuffle(counts)
    opened = START + timedelta(days=number * (DAYS - 730) // count)
    accord = f"accord-{place}" if rng.random() < 0.6 else ""
    return Dossier(place, opened, first, second, accord, means, counts, goods)


def counted_words() -> str:
    """The words by which items of dossiers are counted."""
    return ", ".join(_WORDS)
