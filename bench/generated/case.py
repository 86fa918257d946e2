"""A whole generated case: its declarations, its record, what is expected of it."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from .declarations import FEWEST, declared
from .record import Record
from .words import quote
from .world import START, Commitment, World

DECLARED = 0.05
"""How much of the lines are declarations; the rest are acts, and what is expected."""

LINES_A_DAY = 14
GROUP = 25
"""How many standings are expected at a time: one looks at many on one day."""


def generated_case(lines: int = 100_000, seed: int = 1962, expectations: int = 0) -> str:
    """A case of exactly so many lines without an error or a warning: the same for the same seed.

    One line in twenty declares something (at least 70 lines: it takes a few to say who is who), the others are acts,
    half of which have one or two lines below them. `expectations` lines at the end, in place of acts, are `expect`,
    and hold. Everything that is declared is used. From 200 lines on.
    """
    if lines < 200:
        raise ValueError("a case of fewer than 200 lines has no room for every kind of line")
    rng = random.Random(seed)
    room = lines - max(FEWEST, round(lines * DECLARED)) - expectations
    world, out = declared(rng, lines - room - expectations, room // LINES_A_DAY)
    histories = [_history(rng, world, commitment) for commitment in world.commitments if commitment.plain]
    out += _acts(rng, world, histories, room)
    out += _expectations(rng, world, histories, expectations)
    return "\n".join(out) + "\n"


History = tuple[Commitment, dict[str, date]]
"""A plain commitment, and the days on which it was recognised, promised, claimed and confirmed."""


def _history(rng: random.Random, world: World, commitment: Commitment) -> History:
    span = (world.end - commitment.since).days
    after = sorted(rng.sample(range(span), min(4, span)))
    return commitment, {
        verb: commitment.since + timedelta(days=days)
        for verb, days in zip(("recognises", "promises", "claims", "confirms"), after, strict=False)
    }


def _acts(rng: random.Random, world: World, histories: list[History], room: int) -> list[str]:
    """Exactly `room` lines: who trusts whom, the record day by day, and at the end one side closes what it wrote."""
    due: dict[date, list[str]] = defaultdict(list)
    for commitment, days in histories:
        for verb, day in days.items():
            actor = commitment.bearer if verb in ("promises", "claims") else commitment.counterparties[0]
            due[day].append(f"{day} {actor} {verb} {commitment.name}")
    acts = [f"{party} trusts {world.bodies[0]}" for party in world.parties]
    source = world.sources[0]
    last = [f"{world.end} {source.by[0]} closes {source.name} leaving {world.commitments[0].name}"]
    record, first = Record(rng, world), len(acts)
    room -= len(last)
    day = START
    while len(acts) < room:
        for act in due.pop(day, ()):
            acts.append(act)
            if rng.random() < 0.5:
                acts.append(f"  cites {world.sources[world.sources_by(day) - 1].name} {quote(rng)}")
        evening = min(first + ((day - START).days + 1) * LINES_A_DAY, room)
        while len(acts) < evening:
            acts += record.on(day, room - len(acts))
        day += timedelta(days=1) if day < world.end else timedelta()
        del acts[room:]
    if record.pending:
        raise ValueError("too few lines for everything that is declared")
    return acts + last


def _expectations(rng: random.Random, world: World, histories: list[History], count: int) -> Iterator[str]:
    """So many expectations that hold, a group to a day."""
    groups = -(-count // GROUP)
    for group in range(groups):
        # From the middle of the record on: until then, little has been promised in a short one.
        day = START + timedelta(days=world.days * (groups + group + 1) // (2 * groups))
        known = _promised(histories, day)
        if not known:
            day = world.end
            known = _promised(histories, day)
        for _ in range(min(GROUP, count - group * GROUP)):
            commitment, days = rng.choice(known)
            reading = rng.choice((commitment.bearer, commitment.counterparties[0], "record"))
            yield f"{day} expect {commitment.name} is {_status(commitment, days, day, reading)} in {reading}"


def _promised(histories: list[History], day: date) -> list[History]:
    return [history for history in histories if history[1].get("promises", day) < day]


def _status(commitment: Commitment, days: dict[str, date], day: date, reading: str) -> str:
    """A bearer's claim fulfils in its own reading; elsewhere it is a claim until the other side confirms it."""
    if days.get("confirms", day + timedelta(days=1)) <= day:
        return "fulfilled"
    if days.get("claims", day + timedelta(days=1)) <= day:
        return "fulfilled" if reading == commitment.bearer else "claimed"
    return "due"
