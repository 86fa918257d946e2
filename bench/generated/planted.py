"""Cases in which two readings part on purpose: on what, at which question, and how many premises it takes to end it.

Each premise is one line of Ada's. What Bo would have to say to have it, too, is said beside it, so that a bridge can be
walked without any premise being lent: by acts of the record alone.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

SIZES = (1, 2, 3, 4)


@dataclass(frozen=True)
class Part:
    """A premise: what is declared for it, the condition that hangs on it, Ada's line, and the same for Bo; its id."""

    declared: tuple[str, ...]
    condition: str
    line: str
    said_by_both: tuple[str, ...]
    id: str


@dataclass(frozen=True)
class Plot:
    """A dispute about one commitment. `sizes` has, by reading, the number of premises in its bridges; None for none."""

    name: str
    question: str
    declared: tuple[str, ...]
    acts: tuple[str, ...]
    sizes: dict[str, int | None]
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Planted:
    """A case with the disputes that are in it, and commitments on which nobody parts."""

    plots: tuple[Plot, ...]
    quiet: tuple[str, ...] = field(default=())

    def text(self, *, drop: frozenset[str] = frozenset(), instead: dict[str, tuple[str, ...]] | None = None) -> str:
        """The case, without some lines, and with others in place of some."""
        lines = [
            'case "Planted" timezone Etc/UTC', "party Ada", "party Bo", "party Cy", "channel hers among Ada",
            "means look by Bo", "source deal dated 2031-01-01", "  by Ada, Bo",
        ]  # fmt: skip
        acts = ["2031-01-02 Ada, Bo recognise deal"]
        for plot in self.plots:
            lines += plot.declared
            acts += plot.acts
        swapped = instead or {}
        acts = [line for each in acts if each not in drop for line in swapped.get(each, (each,))]
        return "\n".join([*lines, *self.quiet, *acts]) + "\n"


def planted(seed: int, count: int = 8, quiet: int = 0) -> Planted:
    """The same case for the same seed: so many disputes, and so many commitments without."""
    dice = random.Random(seed)
    plots = tuple(_plot(dice, f"d{place}") for place in range(count))
    return Planted(plots, tuple(line for place in range(quiet) for line in _quiet(dice, place)))


def _plot(dice: random.Random, name: str) -> Plot:
    make = dice.choice([_all_needed, _all_needed, _all_needed, _one_of_two, _own_clause, _trusted, _demand, _proof])
    return make(dice, name)


def _day(dice: random.Random) -> str:
    return f"2031-02-{dice.randrange(1, 28):02d}"


def _part(dice: random.Random, name: str) -> Part:
    day = _day(dice)
    match dice.choice(["term", "credit", "knowledge"]):
        case "term":
            line = f"{day} Ada holds t-{name} = in-{name}"
            declared = (f"item in-{name} counted gone", f"item out-{name} counted gone", f"term t-{name} = out-{name}")
            said = (line, f"{day} Bo holds t-{name} = in-{name}")
            return Part(declared, f"in-{name} in t-{name}", line, said, f"term:t-{name}")
        case "credit":
            line = f"{day} Ada claims m-{name}"
            return Part(
                (f"matter m-{name}",), f"m-{name}", line, (f"{day} Ada, Bo claim m-{name}",), f"credit:m-{name}"
            )
    line = f"{day} Ada consents to see-{name} via hers"
    return Part(
        (f"means see-{name}",), f"Ada consents to see-{name}", line, (line.removesuffix(" via hers"),),
        f"knowledge:{line}",
    )  # fmt: skip


def _all_needed(dice: random.Random, name: str) -> Plot:
    """It waits for several things, all of which are so in Ada's reading, and none in Bo's."""
    parts = tuple(_part(dice, f"{name}-{place}") for place in range(dice.choice(SIZES)))
    return _waiting(name, " and ".join(each.condition for each in parts), parts, {"Ada": len(parts), "Bo": len(parts)})


def _one_of_two(dice: random.Random, name: str) -> Plot:
    """Either of two things would do: Ada has both."""
    parts = tuple(_part(dice, f"{name}-{place}") for place in range(2))
    return _waiting(name, " or ".join(each.condition for each in parts), parts, {"Ada": 1, "Bo": 2})


def _waiting(name: str, when: str, parts: tuple[Part, ...], sizes: dict[str, int | None]) -> Plot:
    declared = [line for each in parts for line in each.declared]
    declared += [f"obligation {name} of Ada to Bo", "  under deal", f"  when {when}"]
    return Plot(name, "live", tuple(declared), tuple(each.line for each in parts), sizes, parts)


def _own_clause(dice: random.Random, name: str) -> Plot:
    """Ada has dropped what it waits for; Bo has not."""
    declared = (f"matter m-{name}", f"obligation {name} of Bo to Ada", "  under deal", f"  when m-{name}")
    acts = (f"{_day(dice)} Ada holds {name}\n  when none",)
    return Plot(name, "live", declared, acts, {"Ada": 1, "Bo": 1})


def _trusted(dice: random.Random, name: str) -> Plot:
    """A third party says several things, and Ada trusts it: that is one premise, however much was said."""
    count = dice.choice((2, 3))
    names = [f"m-{name}-{place}" for place in range(count)]
    declared = [*(f"matter {each}" for each in names), f"person p-{name} for Cy"]
    declared += [f"obligation {name} of Ada to Bo", "  under deal", f"  when {' and '.join(names)}"]
    day = _day(dice)
    acts = (f"2031-01-03 Ada trusts p-{name}", *(f"{day} p-{name} claims {each}" for each in names))
    return Plot(name, "live", tuple(declared), acts, {"Ada": 1, "Bo": 1})


def _demand(dice: random.Random, name: str) -> Plot:
    """Bo says that Ada owes it; Ada, who would be bound, has never accepted it. To have Bo's word would bind Ada."""
    declared = (f"obligation {name} of Ada to Bo",)
    return Plot(name, "owed", declared, (f"{_day(dice)} Bo recognises {name}",), {"Ada": 1, "Bo": None})


def _proof(dice: random.Random, name: str) -> Plot:
    """Ada says that it is done, and both credit that; but Bo may ask for the proof, and Ada, who did it, need not."""
    declared = (f"person w-{name} for Ada", f"obligation {name} of Ada to Bo", "  under deal", "  verified by look")
    acts = (f"2031-01-03 Bo trusts w-{name}", f"{_day(dice)} w-{name} claims {name}")
    return Plot(name, "done", declared, acts, {"Ada": None, "Bo": None})


def _quiet(dice: random.Random, place: int) -> list[str]:
    """A commitment on which nobody parts, and which may wait for another one."""
    lines = [f"obligation q{place} of {dice.choice(['Ada to Bo', 'Bo to Ada'])}", "  under deal"]
    if place and dice.random() < 0.5:
        lines.append(f"  when q{dice.randrange(place)} is promised")
    return lines
