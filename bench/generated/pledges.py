"""What is owed in a generated negotiation: commitments with their clauses, on conditions that lead back in time."""

import random
from collections.abc import Iterator
from datetime import timedelta

from .dossiers import CHAIN, HUBS, SCALE, SIZE, VESSELS, Dossier, Names, Owed, dossier
from .words import quote

KINDS = {"obligation": 64, "prohibition": 14, "right": 11, "power": 11}
FAMILIES = 0.1
"""How many commitments have instances."""

_STATES = ("promised",) * 4 + ("begun", "begun", "observed", "confirmed", "agreed", "promised with a date", "breached")
_OPEN_TO_ALL = {"prohibition": ("agreed", "promised", "breached"), "right": ("agreed", "used"), "power": ("used",)}
_LENGTHS = ("30 days", "48 hours", "90 days", "6 months", "2 weeks")


class Pledges:
    """Draws dossiers until there are as many commitments as are wanted."""

    def __init__(self, rng: random.Random, count: int, parties: tuple[str, ...], bodies: tuple[str, ...]) -> None:
        self.rng = rng
        self.count = count
        self.parties = parties
        self.bodies = bodies
        self.owed: list[Owed] = []
        self.dossiers: list[Dossier] = []
        self.circles: list[tuple[str, ...]] = []
        self.hub_users: set[str] = set()
        number = -(-count // SIZE)
        for each in range(number):
            self.dossiers.append(dossier(rng, each, number, parties, bodies))
            self._fill(self.dossiers[-1], min(SIZE, count - len(self.owed)))

    def _fill(self, place: Dossier, count: int) -> None:
        names = Names(self.rng, place.place, place.goods)
        until = len(self.owed) + count
        # A circle in every second dossier: with four members on average, one commitment in ten is in one.
        circle_at = len(self.owed) + self.rng.randrange(2, 8) if len(self.dossiers) % 2 else -1
        while len(self.owed) < until:
            room = until - len(self.owed)
            if len(self.owed) >= circle_at > 0 and room >= 6:
                circle_at = -1
                self._circle(place, names)
            else:
                kind = self.rng.choices(tuple(KINDS), tuple(KINDS.values()))[0]
                if kind == "power" and not _targets(place):
                    kind = "obligation"
                self._add(self._drawn(place, names, kind))

    def _add(self, owed: Owed) -> None:
        owed.rank = len(self.owed)
        self.owed.append(owed)
        owed.dossier.owed.append(owed)

    def _drawn(self, place: Dossier, names: Names, kind: str) -> Owed:
        owed = self._begun(place, names, kind)
        if kind in ("obligation", "prohibition") and self.rng.random() < FAMILIES * 4 / 3 and self._family(owed):
            return owed
        match kind:
            case "obligation":
                self._obligation(owed)
            case "prohibition":
                owed.lines.append(self._forbidden(place))
            case "power":
                verb, target = self.rng.choice(("suspend", "suspend", "terminate")), self.rng.choice(_targets(place))
                owed.bearers, owed.to = target.to[:1], target.bearers
                owed.mandate = verb, target
                owed.lines.append(f"may {verb} {target.name}")
        self._conditions(owed)
        return owed

    def _forbidden(self, place: Dossier) -> str:
        return f"forbids {place.event('crosses')}(vessel=Vessel-{self.rng.randrange(VESSELS)})"

    # ── who and on what ──────────────────────────────────────────────────────────────────────────────────────

    def _begun(self, place: Dossier, names: Names, kind: str) -> Owed:
        """A commitment with its parties, and the text that it rests on: its bearer's, the other side's, or both's."""
        rng = self.rng
        bearer, other = rng.choice(((place.first, place.second), (place.second, place.first)))
        third = tuple(each for each in self.parties if each not in (bearer, other))
        roll = rng.random()
        bearers: tuple[str, ...] = (bearer,)
        to: tuple[str, ...] = (other,)
        if third and roll < 0.15:
            to = (other, *third)
        elif third and roll < 0.2:
            bearers = (bearer, *third)
        since = place.opened + timedelta(days=rng.randrange(5, 300))
        owed = Owed(kind, names.take(kind), bearers, to, since, len(self.owed), place)
        own, theirs = (place.letter, place.reply) if bearer == place.first else (place.reply, place.letter)
        roll = rng.random()
        rest = place.accord if place.accord and roll < 0.4 else theirs if roll < 0.7 else own if roll < 0.94 else ""
        owed.demanded = rest in (theirs, "")
        if rest:
            where = f" where {place.goods[0]}-{place.place} in {place.term}" if rng.random() < 0.08 else ""
            at = rng.choice(("", f" p{rng.randrange(1, 30)}", f" art{rng.randrange(1, 9)}.{rng.randrange(1, 5)}"))
            owed.lines.append(f"under {rest}{at} {quote(rng)}{where}")
        return owed

    def _obligation(self, owed: Owed) -> None:
        rng, place, roll = self.rng, owed.dossier, self.rng.random()
        if roll < 0.35:
            # Each counts something else while there is something left: what shows one shall not show the next.
            counted = place.counts.pop() if place.counts else f"{place.goods[0]}-{place.place} removed"
            owed.amount = rng.randrange(12, 60), counted
            owed.lines.append(f"done when {owed.amount[0]} {counted}")
        elif roll < 0.55:
            owed.matter = f"settled-{owed.name}"
            owed.lines.append(f"done when {owed.matter}")
        elif roll < 0.62:
            owed.lines.append("done when claimed")
        elif roll < 0.66:
            owed.lines.append(f"seeks settled-{owed.name}")
            owed.matter = f"settled-{owed.name}"
        if rng.random() < 0.5:
            owed.proof = rng.choice(tuple(place.means))
            owed.lines.append(f"verified by {owed.proof}")
        self._deadline(owed)
        before = place.owed[-1] if place.owed else None
        if before and before.kind == "obligation" and not before.family and rng.random() < 0.07:
            if before.dated and before.chain < CHAIN and rng.random() < 0.5:
                owed.bearers, owed.to, owed.chain = before.bearers, before.to, max(owed.chain, before.chain + 1)
                owed.lines.append(f"instead of {before.name}")
            elif not any("together" in line for line in before.lines):
                owed.lines.append(f"together with {before.name}")
                # It waits for no commitment: the other one waits for it, and would wait for itself in the end.
                owed.waits, owed.chain = True, max(owed.chain, before.chain)
                owed.lines.append(f"when {self._settled(place)}")

    def _deadline(self, owed: Owed) -> None:
        rng, roll = self.rng, self.rng.random()
        if roll < 0.45:
            owed.dated = owed.since + timedelta(days=rng.randrange(90, 1500))
            owed.lines.append(f"by {owed.dated}")
        elif roll < 0.6:
            condition, owed.chain = self._condition(owed)
            owed.lines.append(f"within {rng.choice(_LENGTHS)} of {condition}")
        elif roll < 0.66:
            owed.lines.append(f"by {rng.choice(_LENGTHS)} after {HUBS[0].name}")
            self.hub_users.add(owed.name)

    def _conditions(self, owed: Owed) -> None:
        """When it is in force, from when and until when."""
        rng = self.rng
        if not owed.waits and rng.random() < 0.65:
            condition, chain = self._condition(owed)
            if rng.random() < 0.25:
                more, longer = self._condition(owed)
                condition, chain = f"{condition} {rng.choice(('and', 'and', 'or'))} {more}", max(chain, longer)
            if rng.random() < 0.06:
                more, longer = self._condition(owed)
                condition, chain = f"{condition} unless {more}", max(chain, longer)
            owed.waits = True
            owed.chain = max(owed.chain, chain)
            owed.lines.append(f"when {condition}")
        if rng.random() < 0.05:
            owed.lines.append(f"from {owed.since + timedelta(days=rng.randrange(30, 400))}")
        if rng.random() < 0.08:
            owed.lines.append(f"until {owed.since + timedelta(days=rng.randrange(700, 3000))}")
        if rng.random() < 0.04:
            owed.lines.append("survives")

    # ── what it waits for ────────────────────────────────────────────────────────────────────────────────────

    def _condition(self, owed: Owed) -> tuple[str, int]:
        """One thing to wait for, and over how many commitments it leads: mostly one before it, in its own dossier."""
        rng, roll = self.rng, self.rng.random()
        if roll < 0.7 and (found := self._before(owed)):
            return self._state(found), found.chain + 1
        if roll < 0.76:
            self.hub_users.add(owed.name)
            hub = rng.choice(HUBS)
            return (f"{rng.randrange(1, 20) * SCALE // 20} {hub.name} {hub.counted}" if hub.counted else hub.name), 0
        return self._settled(owed.dossier), 0

    def waited_for(self, owed: Owed) -> str:
        """Something to wait for that may stand in an offer, a promise or a version: it lengthens the chain, too."""
        condition, chain = self._condition(owed)
        # Whoever named it before counted a shorter chain; nobody's may come out longer than stated.
        return condition if chain <= owed.chain else self._settled(owed.dossier)

    def _settled(self, place: Dossier) -> str:
        """Something of the dossier that is no commitment."""
        rng = self.rng
        means, (_, consent) = rng.choice(tuple(place.means.items()))
        if consent and rng.random() < 0.5:
            return f"{consent} consents to {means}"
        if place.accord and rng.random() < 0.5:
            return f"{place.accord} is signed"
        return f"{rng.randrange(2, 30)} {place.goods[2]}-{place.place} removed"

    def _before(self, owed: Owed) -> Owed | None:
        rng = self.rng
        for _ in range(8):
            if owed.dossier.owed and rng.random() < 0.8:
                found = rng.choice(owed.dossier.owed)
            elif self.owed:
                found = self.owed[max(0, owed.rank - 1 - int(rng.expovariate(1 / (4 * SIZE))))]
            else:
                return None
            if found.rank < owed.rank and found.chain < CHAIN:
                return found
        return None

    def _state(self, owed: Owed) -> str:
        rng = self.rng
        if owed.kind != "obligation":
            return f"{owed.name} is {rng.choice(_OPEN_TO_ALL[owed.kind])}"
        roll = rng.random()
        if roll < 0.25:
            return owed.name
        if roll < 0.5:
            return f"{owed.name} is {'verified' if owed.proof else 'claimed'}"
        return f"{owed.name} is {rng.choice(_STATES)}"

    # ── circles and families ─────────────────────────────────────────────────────────────────────────────────

    def _circle(self, place: Dossier, names: Names) -> None:
        """Two to six obligations, each of which waits for the next, and the last for the first."""
        rng = self.rng
        members = []
        for _ in range(rng.randrange(2, 7)):
            owed = self._begun(place, names, "obligation")
            self._deadline(owed)
            owed.waits = True
            members.append(owed)
        longest = max(each.chain for each in members)
        for each, following in zip(members, (*members[1:], members[0]), strict=True):
            also, chain = ("", 0) if rng.random() < 0.7 else self._condition(members[0])
            longest = max(longest, chain)
            state = rng.choice(("promised", "promised", "begun", "claimed"))
            each.lines.append(f"when {following.name} is {state}" + (f" and {also}" if also else ""))
        for each in members:
            each.chain = longest
            self._add(each)
        self.circles.append(tuple(each.name for each in members))

    def _family(self, owed: Owed) -> bool:
        """Give it an instance for each ship that arrives, each party, each stretch of time or each breach."""
        rng, place, roll = self.rng, owed.dossier, self.rng.random()
        if owed.kind == "prohibition":
            owed.family = "member"
            owed.lines.append(self._forbidden(place))
        elif roll < 0.45:
            owed.family = "event"
            owed.keys = tuple(f"Vessel-{number}" for number in rng.sample(range(9), rng.randrange(1, 5)))
            owed.lines += [
                f"for each {place.event('arrives')}(vessel, berth)",
                f"done when {place.event('inspected')}(vessel)",
                f"within {rng.choice(('48 hours', '10 days', '30 days'))}",
            ]
        elif roll < 0.65:
            owed.family = "member"
            owed.lines.append(f"by {owed.since + timedelta(days=rng.randrange(90, 1500))}")
        elif roll < 0.85:
            found = self._before(owed)
            if found is None or found.kind == "power":
                return False
            owed.family, owed.keys, owed.chain = "period", ("1", "2"), found.chain + 1
            owed.lines += [f"for each 3 years of {found.name} is agreed", "done when claimed", "within 60 days"]
        else:
            breached = [each for each in place.owed if each.kind == "prohibition" and not each.family]
            if not breached:
                return False
            owed.family, owed.keys, owed.chain = "breach", ("1",), breached[0].chain + 1
            owed.lines += [f"for each breach of {breached[0].name}", "within 30 days"]
        if owed.family == "member":
            owed.keys = self.parties
            owed.lines += ["for each p in signatories", "of p", "to others"]
        return True

    def circle_members(self) -> Iterator[str]:
        """The names of all that are in a circle."""
        for each in self.circles:
            yield from each


def _targets(place: Dossier) -> list[Owed]:
    """What a power can be about: an obligation with one who owes it and some who are owed it."""
    return [each for each in place.owed if each.kind == "obligation" and not each.family]
