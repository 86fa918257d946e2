"""Conditions, up to three deep, of what a generated case has declared so far."""

import random
from datetime import date, timedelta

from .world import Commitment, World

_STATES = {
    "obligation": (
        "promised", "promised", "begun", "claimed", "claimed", "observed", "confirmed", "promised with a date",
        "fulfilled", "agreed", "breached", "offered",
    ),
    "prohibition": ("promised", "agreed", "breached", "in force"),
    "right": ("agreed", "used"),
    "power": ("agreed", "used"),
}  # fmt: skip


_JOINTS = (" and ", " or ", " unless ")


class Conditions:
    """Draws conditions that name commitments below a rank, and nothing that is not declared."""

    def __init__(self, rng: random.Random, world: World) -> None:
        self.rng = rng
        self.world = world

    def condition(self, rank: int, day: date, depth: int = 2) -> str:
        """A condition for a commitment of this rank, stated on this day."""
        whole = self._any(rank, day, depth)
        if depth and self.rng.random() < 0.15:
            return f"{whole} unless {self._shifted(rank, day, 0)}"
        return whole

    def duration(self) -> str:
        """A length of time."""
        count, unit = self.rng.choice(
            ((48, "hours"), (30, "days"), (10, "days"), (2, "weeks"), (3, "months"), (90, "days"))
        )
        return f"{count} {unit}"

    def amount(self, *, share: bool = True) -> str:
        """So many of an item in one of its declared words."""
        rng, item = self.rng, self.rng.choice(self.world.items)
        whose = f" of {rng.choice(self.world.parties)}" if rng.random() < 0.15 else ""
        how, unit = (
            rng.choice((("", ""), ("", ""), ("at least ", ""), ("more than ", ""), ("", "% "))) if share else ("", "")
        )
        return f"{how}{rng.randrange(2, 99)} {unit}{item.name}{whose} {rng.choice(item.counted)}"

    def _any(self, rank: int, day: date, depth: int) -> str:
        roll = self.rng.random()
        if depth == 0 or roll < 0.45:
            return self._shifted(rank, day, depth)
        joint = " or " if roll < 0.6 else " and "
        return joint.join(self._part(rank, day, depth - 1) for _ in range(self.rng.choice((2, 2, 3))))

    def _part(self, rank: int, day: date, depth: int) -> str:
        roll = self.rng.random()
        if depth and roll < 0.3:
            inner = self.condition(rank, day, depth)
            return f"({inner})" if any(joint in inner for joint in _JOINTS) else inner
        if depth and roll < 0.36:
            return f"at least 2 of ({', '.join(self._atom(rank, day) for _ in range(3))})"
        return self._shifted(rank, day, 0)

    def _shifted(self, rank: int, day: date, depth: int) -> str:
        roll = self.rng.random()
        if roll < 0.08:
            return f"{self.duration()} after {self._atom(rank, day)}"
        if roll < 0.12:
            return f"{self.rng.choice(self.world.matters)} for {self.rng.choice((7, 14, 30))} days"
        return self._part(rank, day, depth) if depth else self._atom(rank, day)

    def _atom(self, rank: int, day: date) -> str:
        rng, world, roll = self.rng, self.world, self.rng.random()
        if rank and roll < 0.6:
            return self._of_commitment(world.commitments[max(0, rank - 1 - int(rng.expovariate(1 / 40)))], day)
        if roll < 0.72:
            return rng.choice(world.matters)
        if roll < 0.8:
            means = rng.choice(world.means)
            return (
                f"{rng.choice(means.consent)} consents to {means.name}" if means.consent else rng.choice(world.matters)
            )
        if roll < 0.88:
            return self.amount()
        if roll < 0.94:
            signed = [source.name for source in world.sources[: world.sources_by(day)][-20:] if source.signed]
            return f"{rng.choice(signed)} is signed" if signed else self.amount()
        if roll < 0.97:
            term, members = rng.choice(list(world.terms.items()))
            return f"{rng.choice(members)} in {term}"
        return str(day + timedelta(days=rng.randrange(30, 900)))

    def _of_commitment(self, commitment: Commitment, day: date) -> str:
        rng, roll = self.rng, self.rng.random()
        if commitment.kind == "obligation":
            if roll < 0.25:
                return commitment.name
            if roll < 0.3 and commitment.bearer in self.world.parties:
                return f"{commitment.bearer} {rng.choice(('promises', 'claims', 'begins'))} {commitment.name}"
            if roll < 0.35:
                return f"{commitment.name} is promised by {day + timedelta(days=rng.randrange(30, 400))}"
        state = rng.choice(_STATES[commitment.kind])
        return f"{commitment.name} is {'verified' if commitment.proved and state == 'claimed' else state}"
