"""The declarations of a generated case: the lines, and the world that they declare."""

import random
from datetime import date, timedelta
from itertools import cycle

from .conditions import Conditions
from .words import BODIES, COUNTED, DEEDS, GOODS, LETTERS, PARTIES, PLACES, SURNAMES, quote
from .world import START, Commitment, Event, Item, Means, Source, World

FEWEST = 70
"""How many lines of declarations a case has at least, however short."""

LONGEST = 12
"""No commitment has so many lines."""

PLAIN = 6
"""One commitment in so many is plain: its standing is known from its history."""

_MEANS = ("overflight", "ship-side", "on-site", "photographs", "tally", "sampling")
_EVENTS = (
    ("departs", "ship", "port"),
    ("inspected", "ship"),
    ("introduces", "item"),
    ("enters", "place"),
    ("arrives", "ship", "port"),
)


def declared(rng: random.Random, lines: int, days: int) -> tuple[World, list[str]]:
    """A world, and exactly so many lines that declare it."""
    declarations = _Declarations(rng, lines, days)
    declarations.things()
    declarations.sources()
    declarations.commitments()
    return declarations.world, declarations.out


class _Declarations:
    def __init__(self, rng: random.Random, lines: int, days: int) -> None:
        self.rng = rng
        self.lines = lines
        self.world = World(days)
        self.conditions = Conditions(rng, self.world)
        self.out = ['case "A settlement between neighbours"', "  timezone Europe/Vienna"]
        self.grouped: set[str] = set()

    # ── who and what there is ────────────────────────────────────────────────────────────────────────────────

    def things(self) -> None:
        rng, world, out, lines = self.rng, self.world, self.out, self.lines
        world.parties += PARTIES[: 3 + lines // 400]
        out += [f'party {name} "Republic of {name}"' for name in world.parties]
        world.bodies += BODIES[: 1 + lines // 800]
        out += [f'body {name} "The {name} of the settlement"' for name in world.bodies]
        for name, party in zip(SURNAMES[: 2 + lines // 200], cycle(world.parties)):
            world.persons[name] = party
            out.append(f'person {name} "Envoy {name}" for {party}')
        for place in PLACES[: 2 + lines // 500]:
            pair = rng.sample(world.parties, 2 if rng.random() < 0.5 else 3)
            among = (*pair, rng.choice(world.bodies)) if rng.random() < 0.4 else tuple(pair)
            world.channels[f"talks-{place.lower()}"] = among
            out.append(f'channel talks-{place.lower()} "Talks at {place}" among {", ".join(among)}')
        for name in _names(GOODS, 3 + lines // 80):
            item = Item(name, tuple(rng.sample(COUNTED, rng.choice((1, 2, 2, 3)))))
            world.items.append(item)
            out.append(f'item {name} "{_title(name)}" counted {", ".join(item.counted)}')
        for name in _names(("heavy", "listed", "excluded", "naval", "foreign"), 1 + lines // 200):
            world.terms[name] = tuple(rng.sample([item.name for item in world.items], rng.choice((1, 2, 3))))
            out.append(f"term {name} = {', '.join(world.terms[name])}")
        for name in _names(("signatories", "neighbours"), 1 + lines // 1000):
            world.groups[name] = tuple(rng.sample(world.parties, rng.choice((2, 3))))
            out.append(f"term {name} = {', '.join(world.groups[name])}")
        for kind, name in zip(
            cycle(_EVENTS), _names(tuple(kind for kind, *_ in _EVENTS), max(len(_EVENTS), lines // 160))
        ):
            world.events.append(Event(name, tuple(kind[1:])))
            out.append(f"event {name}({', '.join(kind[1:])})")
        for name in _names(_MEANS, 2 + lines // 120):
            means = Means(
                name,
                (rng.choice(world.parties + world.bodies),),
                tuple(rng.sample(world.parties, rng.choice((0, 1, 2)))),
            )
            world.means.append(means)
            out.append(f'means {name} "{_title(name)}" by {", ".join(means.by)}')
            out += [f"  consent of {', '.join(means.consent)}"] * bool(means.consent)
        for number, name in enumerate(_names(GOODS, 3 + lines // 40)):
            # A defined matter names no commitment, so that no commitment can wait for itself through it.
            meaning = f" = {self.conditions.condition(0, START, 1)}" if number > 3 and rng.random() < 0.3 else ""
            out.append(f'matter no-more-{name} "There are no more {_title(name).lower()}"{meaning}')
            world.matters.append(f"no-more-{name}")

    def sources(self) -> None:
        rng, world, count = self.rng, self.world, max(4, self.lines // 20)
        for number in range(count):
            # The first are there from the start; the last, early enough that the record can still speak of them.
            dated = START + timedelta(days=max(0, number - 2) * (world.days * 4 // 5) // count)
            by, *others = rng.sample(world.parties, 3)
            name = f"{rng.choice(LETTERS)}-{number + 1}"
            signed = (by, *others[: rng.choice((1, 2))]) if number % 5 == 1 else ()
            source = Source(name, dated, (by,), tuple(others[:1]), signed, firm=number % 3 == 0)
            world.sources.append(source)
            self.out.append(f'source {name} "{_title(name)}, from {by}"')
            self.out.append(f"  dated {dated}")
            self.out.append(f"  by {by} to {', '.join(source.to)}")
            self.out += [f"  signed by {', '.join(signed)}"] * bool(signed)

    # ── what is owed ─────────────────────────────────────────────────────────────────────────────────────────

    def commitments(self) -> None:
        names = [f"{deed}-{goods}-{place.lower()}" for deed in DEEDS for goods in GOODS for place in PLACES]
        self.rng.shuffle(names)
        room = self.lines - len(self.out)
        first = len(self.out)
        while left := self.lines - len(self.out):
            share = (len(self.out) - first) / room
            self.out += (
                self._commitment(names.pop(), share) if left >= LONGEST else self._plain(names.pop(), share)[:left]
            )

    def _commitment(self, name: str, share: float) -> list[str]:
        """The lines of one more commitment, the least needed last."""
        rng, world = self.rng, self.world
        rank = len(world.commitments)
        if rank % PLAIN == 2:
            return self._plain(name, share)
        source = world.sources[int(share * len(world.sources))]
        since = source.dated
        bearer, counterparty, third = rng.sample(world.parties, 3)
        to: tuple[str, ...] = (counterparty, third) if rng.random() < 0.2 else (counterparty,)
        kind = (
            "obligation"
            if rank < 4
            else rng.choices(("obligation", "prohibition", "right", "power"), (70, 12, 9, 9))[0]
        )
        head = f'{kind} {name} "{_title(name)}"'
        under = f"  under {source.name}{self._place()} {quote(rng)}"
        if rng.random() < 0.25:
            term, members = rng.choice(list(world.terms.items()))
            under += f" where {rng.choice(members)} in {term}"
        lines = [under]
        if rank > 8 and kind == "obligation" and rng.random() < 0.08:
            return self._family(head, name, under, since, bearer, to, rank)
        condition, mandate, proved = self.conditions.condition, None, False
        if kind == "power":
            targets = self._targets(rank)
            mandate = (rng.choice(("suspend", "suspend", "terminate")), tuple(target.name for target in targets))
            lines.append(f"  may {mandate[0]} {', '.join(mandate[1])}")
        if kind == "prohibition":
            lines.append(f"  forbids {self._forbidden()}")
        deep = rank
        if kind == "obligation":
            before = world.commitments[rank - 1] if rank else None
            if (
                before
                and before.kind == "obligation"
                and not before.plain
                and before.bearer in world.parties
                and rng.random() < 0.06
            ):
                if before.name not in self.grouped and rng.random() < 0.6:
                    self.grouped |= {before.name, name}
                    deep = before.rank
                    lines.append(f"  together with {before.name}")
                else:
                    bearer, to = before.bearer, before.counterparties
                    lines.append(f"  instead of {before.name}")
            lines.append(f"  done when {self._performance(deep, since)}")
        if rng.random() < 0.6:
            lines.append(f"  when {condition(deep, since)}")
        if kind == "obligation":
            if proved := rng.random() < 0.6:
                lines.append(f"  verified by {self._proof()}")
            if rng.random() < 0.6:
                lines.append(f"  {self._deadline(deep, since)}")
        if rng.random() < 0.12:
            lines.append(f"  from {condition(deep, since, 0)}")
        if rng.random() < 0.12:
            lines.append(f"  until {since + timedelta(days=rng.randrange(1000, 4000))}")
        if rng.random() < 0.05:
            lines.append("  survives")
        world.commitments.append(Commitment(kind, name, bearer, to, since, rank, proved=proved, mandate=mandate))
        return [f"{head} of {bearer} to {', '.join(to)}", *lines]

    def _plain(self, name: str, share: float) -> list[str]:
        """An obligation without conditions, from a letter of its bearer that nobody goes back on."""
        world, rng, rank = self.world, self.rng, len(self.world.commitments)
        firm = [source for source in world.sources[: int(share * len(world.sources)) + 1] if source.firm]
        source = firm[-1]
        since = world.sources[int(share * len(world.sources))].dated
        world.commitments.append(Commitment("obligation", name, source.by[0], source.to, since, rank, plain=True))
        lines = [f'obligation {name} "{_title(name)}" of {source.by[0]} to {", ".join(source.to)}']
        lines.append(f"  under {source.name}{self._place()} {quote(rng)}")
        return [*lines, *[f"  verified by {self._proof()}"] * (rank % 2)]

    def _family(
        self, head: str, name: str, under: str, since: date, bearer: str, to: tuple[str, ...], rank: int
    ) -> list[str]:
        """An obligation with an instance for each event, member, month or breach."""
        rng, world, roll = self.rng, self.world, self.rng.random()
        between = f" of {bearer} to {', '.join(to)}"
        keys: tuple[str, ...] = ()
        if roll < 0.4:
            first, second = world.events[0], world.events[1]
            keys = tuple(f"{place}-{number}" for number, place in enumerate(rng.sample(PLACES, 5)))
            lines = [
                f"  for each {first.name}({', '.join(first.arguments)})",
                f"  done when {second.name}(ship)",
                "  within 48 hours",
            ]
        elif roll < 0.6:
            group, members = rng.choice(list(world.groups.items()))
            bearer, to, keys, between = "", (), members, ""
            lines = [
                "  of p",
                "  to others",
                f"  for each p in {group}",
                f"  by {since + timedelta(days=rng.randrange(90, 900))}",
            ]
        elif roll < 0.85:
            keys = ("1", "2", "3", "4")
            lines = [
                f"  for each month of {world.commitments[rank - 1].name} is agreed",
                "  done when claimed",
                "  within 5 days",
            ]
        else:
            breached = rng.choice([each for each in world.commitments if each.kind == "obligation" and not each.plain])
            lines = [
                f"  for each breach of {breached.name}",
                f"  done when {self._performance(rank, since)}",
                "  within 30 days",
            ]
        world.commitments.append(Commitment("obligation", name, bearer, to, since, rank, keys=keys))
        return [head + between, *lines, under]

    def _place(self) -> str:
        roll = self.rng.random()
        return (
            f" p{self.rng.randrange(1, 30)}"
            if roll < 0.3
            else f" art{self.rng.randrange(1, 9)}.{self.rng.randrange(1, 5)}"
            if roll < 0.4
            else ""
        )

    def _targets(self, rank: int) -> list[Commitment]:
        owed = [each for each in self.world.commitments[:rank] if each.kind == "obligation" and not each.plain]
        return self.rng.sample(owed, min(len(owed), self.rng.choice((1, 2))))

    def _forbidden(self) -> str:
        rng, event = self.rng, self.rng.choice(self.world.events)
        if event.arguments == ("item",):
            return f"{event.name}(item in {rng.choice(list(self.world.terms))})"
        return f"{event.name}({event.arguments[0]}={rng.choice(PLACES)}-{rng.randrange(5)})"

    def _performance(self, rank: int, day: date) -> str:
        roll = self.rng.random()
        if roll < 0.5:
            return self.conditions.amount()
        if roll < 0.75:
            return self.rng.choice(self.world.matters)
        return "claimed" if roll < 0.85 else self.conditions.condition(rank, day, 1)

    def _proof(self) -> str:
        return " or ".join(means.name for means in self.rng.sample(self.world.means, self.rng.choice((1, 1, 2))))

    def _deadline(self, rank: int, day: date) -> str:
        roll, later = self.rng.random(), day + timedelta(days=self.rng.randrange(60, 2000))
        if roll < 0.5:
            return f"by {later}"
        if roll < 0.7:
            return f"by {self.conditions.duration()} after {self.rng.choice(self.world.matters)}"
        if roll < 0.9:
            return f"within {self.conditions.duration()} of {self.conditions.condition(rank, day, 0)}"
        return f"begins by {later}"


def _names(stems: tuple[str, ...], count: int) -> list[str]:
    """So many names: the stems alone, then each with a place, and a number once the places are used up."""
    names = []
    for number in range(count):
        turn, stem = divmod(number, len(stems))
        again, place = divmod(turn - 1, len(PLACES))
        names.append(
            stems[stem] + (f"-{PLACES[place].lower()}" if turn else "") + (f"-{again + 1}" if turn and again else "")
        )
    return names


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()
