"""Small cases in which everything may wait for everything: most lead back to themselves, many through a *not*."""

from __future__ import annotations

import random
from collections.abc import Iterator

RUNGS = ["offered", "promised", "begun", "claimed", "observed", "confirmed", "fulfilled", "agreed", "refused"]
STATES = {
    "obligation": [
        *RUNGS, "in force", "not owed", "proposed", "waived", "ended", "suspended", "dormant", "overdue", "due",
    ],
    "prohibition": ["in force", "not owed", "proposed", "ended", "suspended", "dormant", "agreed"],
    "right": ["in force", "open", "used", "denied", "dormant", "ended", "suspended"],
    "power": ["in force", "open", "used", "denied", "dormant", "ended", "suspended"],
}  # fmt: skip
HEAD = """case "Tangle"
  timezone Etc/UTC
party Ada
party Bo
source deal
  dated 2031-01-01
  by Ada, Bo
matter rain
matter snow
"""
SAID = ("claims", "promises", "confirms", "terminates", "suspends", "resumes", "waives", "refuses", "rejects", "begins")


def tangle(seed: int, *, versions: bool = True) -> str:
    """The same text for the same seed; without `versions`, nobody holds one of its own."""
    return "\n".join([HEAD.rstrip(), *_Tangle(random.Random(seed)).lines(versions=versions)]) + "\n"


class _Tangle:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        kinds = ["obligation"] * 6 + ["prohibition"] * 2 + ["right", "power"]
        self.owed = {f"owed{number}": rng.choice(kinds) for number in range(rng.randint(1, 4))}
        self.matters = [f"state{number}" for number in range(rng.randint(0, 2))]

    def chance(self, percent: int) -> bool:
        return self.rng.randrange(100) < percent

    def lines(self, *, versions: bool) -> Iterator[str]:
        for matter in self.matters:
            yield f"matter {matter} = {self.condition()}"
        for number, (name, kind) in enumerate(self.owed.items()):
            yield from self.commitment(number, name, kind)
        for _ in range(self.rng.randint(1, 8)):
            yield from self.act(versions=versions)

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────

    def atom(self) -> str:
        kind = self.rng.choices(["world", "date", "matter", "name", "state"], [15, 7, 13, 20, 45])[0]
        if kind == "matter" and self.matters:
            return self.rng.choice(self.matters)
        if kind == "world":
            return self.rng.choice(["rain", "snow"])
        if kind == "date":
            return self.rng.choice(["2031-01-10", "2031-02-01"])
        name = self.rng.choice(list(self.owed))
        return name if kind == "name" else f"{name} is {self.rng.choice(STATES[self.owed[name]])}"

    def condition(self, depth: int = 2) -> str:
        shapes = ["atom", "and", "or", "unless", "after"]
        shape = self.rng.choices(shapes, [45, 15, 12, 18, 10])[0] if depth else "atom"
        if shape == "atom":
            return self.atom()
        if shape == "after":
            return f"{self.rng.randint(1, 5)} days after ({self.condition(depth - 1)})"
        return f"({self.condition(depth - 1)}) {shape} ({self.condition(depth - 1)})"

    # ── what is owed, and what happens ───────────────────────────────────────────────────────────────────────

    def commitment(self, number: int, name: str, kind: str) -> Iterator[str]:
        bearer, other = self.rng.choice([("Ada", "Bo"), ("Bo", "Ada")])
        yield f"{kind} {name} of {bearer} to {other}"
        if self.chance(80):
            yield "  under deal"
        if self.chance(70):
            yield f"  when {self.condition()}"
        if self.chance(15):
            yield f"  from {self.condition(1)}"
        if self.chance(30):
            yield f"  until {self.condition(1)}"
        if self.chance(30) and kind != "prohibition":
            yield f"  by {self.rng.choice(['2031-01-15', '2031-02-05', self.condition(1)])}"
        if self.chance(30) and kind == "obligation":
            yield f"  done when {self.condition(1)}"
        if self.chance(10) and kind == "obligation" and number:
            yield f"  together with owed{self.rng.randrange(number)}"
        if kind == "power":
            mandate = self.rng.choice(["suspend", "terminate", "waive", "resume"])
            yield f"  may {mandate} {self.rng.choice(list(self.owed))}"

    def act(self, *, versions: bool) -> Iterator[str]:
        who = f"2031-01-{self.rng.randint(2, 28):02} {self.rng.choice(['Ada', 'Bo'])}"
        name = self.rng.choice(list(self.owed))
        match self.rng.choices(["said", "condition", "world", "version"], [60, 15, 10, 15 if versions else 0])[0]:
            case "said":
                yield f"{who} {self.rng.choice(SAID)} {name}"
            case "condition":
                yield f"{who} {self.rng.choice(['promises', 'offers'])} {name}"
                yield f"  when {self.condition(1)}"
            case "world":
                yield f"{who} claims {self.rng.choice(['rain', 'snow'])}"
            case "version":
                yield f"{who} holds {name}"
                yield f"  {self.rng.choice(['when', 'until'])} {self.condition(1)}"
