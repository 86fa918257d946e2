"""A whole generated negotiation, made to be asked where things stand: its text, its hubs, acts to be added to it."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from .diary import Diary
from .dossiers import END, HUBS, SCALE, START, Dossier, Owed, counted_words
from .lives import Lives
from .pledges import Pledges
from .words import BODIES, PARTIES, SURNAMES

_NAME = re.compile(r"[^\W\d][\w.-]*")


@dataclass(frozen=True, slots=True)
class Move:
    """An act that is not in the record and might be: its line, and whether it is about a hub."""

    line: str
    hub: bool


class Negotiation:
    """So many commitments and acts among two or three parties over twelve years: the same for the same seed.

    With two parties both are in every channel, so that all readings know the same acts. With three each is among
    other channels than the others, and one act of a party in six is known to two of them only.

    `hubs` are names that many commitments wait for; `hub_users`, these commitments; `circles`, commitments that wait
    for each other, on purpose; `chains`, how many commitments there are by how many others their conditions lead over.
    """

    def __init__(self, commitments: int = 1_000, acts: int | None = None, seed: int = 1962, parties: int = 2) -> None:
        if commitments < 20 or parties not in (2, 3):
            raise ValueError("a negotiation has twenty commitments at least, and two or three parties")
        rng = random.Random(f"{seed} {commitments} {parties}")
        self.parties = PARTIES[:parties]
        self.bodies = BODIES[:2]
        persons = dict(zip(self.parties, zip(*[iter(SURNAMES)] * 4, strict=False), strict=False))
        self._pledges = Pledges(rng, commitments, self.parties, self.bodies)
        self._diary = Diary(rng, _channels(self.parties), persons)
        Lives(rng, self._pledges, self._diary).tell(10 * commitments if acts is None else acts)
        self._seed = seed
        self.hubs = frozenset(hub.name for hub in HUBS)
        self.hub_users = frozenset(self._pledges.hub_users)
        self.circles = tuple(self._pledges.circles)
        self.chains = Counter(owed.chain for owed in self._pledges.owed)
        self.acts = len(self._diary)
        self.private = self._diary.private
        self.text = "\n".join(self._lines(persons)) + "\n"

    @property
    def at(self) -> date:
        """The day that is asked about: the last of the record."""
        return END

    @property
    def earlier(self) -> date:
        """Another day to ask about: two thirds on."""
        return START + (END - START) * 2 // 3

    def moves(self, seed: int, *, hub: bool = False, late: bool = False) -> Iterator[Move]:
        """Acts without end that might be added: on the last day, or `late`, on a day of the past; on hubs, or not."""
        rng = random.Random(f"{self._seed} {seed} {hub} {late}")
        while True:
            owed = rng.choice(self._pledges.owed)
            past = rng.randrange(1, max(2, (END - owed.since).days))
            day = owed.since + timedelta(days=past) if late else END
            deed = self._about_hub(rng) if hub else self._about(rng, owed)
            if deed:
                yield Move(f"{day} {deed}", hub)

    def _about(self, rng: random.Random, owed: Owed) -> str:
        bearer, other = rng.choice(owed.bearers), rng.choice(owed.to)
        name = owed.name
        if owed.family:
            return f"{other} confirms {name}[{owed.keys[0]}]" if owed.kind == "obligation" else ""
        if owed.kind in ("right", "power"):
            return f"{other} {rng.choice(('recognises', 'refuses'))} {name}"
        if owed.kind == "prohibition":
            return f"{bearer} promises {name}"
        proof = f" via {owed.proof}" if owed.proof else ""
        seer = owed.dossier.means[owed.proof][0] if owed.proof else rng.choice(self.bodies)
        return rng.choice(
            (
                f"{bearer} promises {name}", f"{bearer} claims {name}", f"{other} confirms {name}",
                f"{other} disputes {name}", f"{seer} observes {name}{proof}",
                f"{other} recognises {name}", f"{other} rejects {name}", f"{bearer} begins {name}",
                f"{other} waives {name}",
            )
        )  # fmt: skip

    def _about_hub(self, rng: random.Random) -> str:
        hub = rng.choice([each for each in HUBS if each.name != "transition"])
        party = rng.choice(self.parties)
        if hub.counted:
            number = rng.randrange(1, 20) * SCALE // 20
            return rng.choice(
                (
                    f"{party} claims {number} {hub.name} {hub.counted}",
                    f"{self.bodies[0]} observes {number} more {hub.name} {hub.counted}",
                )
            )
        return f"{party} {rng.choice(('claims', 'disputes'))} {hub.name}"

    # ── the text ─────────────────────────────────────────────────────────────────────────────────────────────

    def _lines(self, persons: dict[str, tuple[str, ...]]) -> list[str]:
        owed = [line for each in self._pledges.owed for line in _commitment(each)]
        record = self._diary.lines()
        used = {word for line in (*owed, *record) for word in _NAME.findall(line)}
        out = ['case "A negotiation between neighbours"', "  timezone Europe/Vienna"]
        out += [f'party {name} "Republic of {name}"' for name in self.parties]
        out += [f'body {name} "The {name} of the settlement"' for name in self.bodies]
        out += [f'person {name} "Envoy {name}" for {party}' for party, those in persons.items() for name in those]
        out += [f"channel {name} among {', '.join(among)}" for name, among in self._diary.channels.items()]
        out += [f"term signatories = {', '.join(self.parties)}"] * ("signatories" in used)
        for hub in HUBS:
            if hub.counted:
                out.append(f'item {hub.name} "{hub.name.capitalize()}" counted {hub.counted}')
            else:
                both = f" = {HUBS[0].name} and {HUBS[1].name}" if hub.name == "transition" else ""
                out.append(f'matter {hub.name} "{_title(hub.name)}"{both}')
        for place in self._pledges.dossiers:
            out += _declared(place, self.parties, used)
        return out + owed + record


def _channels(parties: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """One for all; with three parties, one for each two besides, and a second one for the first two."""
    channels = {"plenary": parties}
    if len(parties) > 2:
        channels |= {f"talks-{one}-{other}".lower(): (one, other) for one, other in combinations(parties, 2)}
        channels["back-door"] = parties[:2]
    return channels


def _declared(place: Dossier, parties: tuple[str, ...], used: set[str]) -> Iterator[str]:
    """The declarations of a dossier, of what is used by a commitment or an act."""
    where = _title(place.place)
    for name, by, to in ((place.letter, place.first, place.second), (place.reply, place.second, place.first)):
        if name in used:
            yield f'source {name} "On {where}"'
            yield f"  dated {place.opened}"
            yield f"  by {by} to {to}"
    if place.accord in used:
        yield f'source {place.accord} "Accord on {where}"'
        yield f"  dated {place.opened}"
        yield f"  by {place.first} to {place.second}"
        yield f"  signed by {', '.join(parties)}"
    for number, thing in enumerate(place.goods):
        name = f"{thing}-{place.place}"
        if name in used or (number == 0 and place.term in used):
            yield f'item {name} "{thing.capitalize()} at {where}" counted {counted_words()}'
    if place.term in used:
        yield f"term {place.term} = {place.goods[0]}-{place.place}"
    for name, (by, consent) in place.means.items():
        if name in used:
            yield f'means {name} "{_title(name)}" by {by}'
            if consent:
                yield f"  consent of {consent}"
    for kind, arguments in (("arrives", "vessel, berth"), ("inspected", "vessel"), ("crosses", "vessel")):
        if place.event(kind) in used:
            yield f"event {place.event(kind)}({arguments})"
    for owed in place.owed:
        if owed.matter:
            yield f'matter {owed.matter} "{_title(owed.name)}: settled"'


def _commitment(owed: Owed) -> Iterator[str]:
    between = "" if owed.family == "member" else f" of {', '.join(owed.bearers)} to {', '.join(owed.to)}"
    yield f'{owed.kind} {owed.name} "{_title(owed.name)}"{between}'
    for line in owed.lines:
        yield f"  {line}"


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()
