"""The same systems, solved by clingo: another engine with another method, to hold ours against."""

from __future__ import annotations

from collections.abc import Iterable

import clingo

from servanda.wayout.system import System


def program(system: System) -> str:
    """A system as an answer set program: what is conceded is free, the rest follows, the goal is asked for."""
    lines = [f"r({rule.head}) :- {', '.join(f'r({atom})' for atom in rule.body)}." if rule.body else f"r({rule.head})."
             for rule in system.rules]  # fmt: skip
    for place, each in enumerate(system.concessions):
        lines += [f"r({atom}) :- c({place})." for atom in each.frees]
    lines += [f"{{ c({place}) }}." for place in range(len(system.concessions))]
    return "\n".join([*lines, f":- not r({system.goal}).", "#show c/1."])


def optimum(system: System) -> float | None:
    """The price of the cheapest way."""
    return next((price for price, _ in cheapest(system, 1)), None)


def cheapest(system: System, most: int) -> list[tuple[float, frozenset[int]]]:
    """The cheapest ways with their prices, by unsatisfiable cores with stratification; prices are whole numbers here.

    One after the other from one program, which is told each time not to find what has all of the latest way.
    """
    control = clingo.Control(["--opt-strategy=usc,stratify", "--warn=none"])
    prices = "".join(f":~ c({place}). [{int(each.price)},{place}]\n" for place, each in enumerate(system.concessions))
    control.add("base", [], f"{program(system)}\n{prices}")
    control.ground([("base", [])])
    found: list[tuple[float, frozenset[int]]] = []
    while len(found) < most:
        best: tuple[float, frozenset[int]] | None = None
        with control.solve(yield_=True) as models:
            for model in models:
                best = (model.cost[0] if model.cost else 0, frozenset(_places(model.symbols(shown=True))))
        if best is None:
            break
        found.append(best)
        chosen = [control.symbolic_atoms[clingo.Function("c", [clingo.Number(place)])] for place in best[1]]
        with control.backend() as backend:
            backend.add_rule([], [each.literal for each in chosen if each is not None])
    return found


def all_minimal(system: System) -> set[frozenset[int]]:
    """All subset-minimal ways, by domain heuristics and recording."""
    control = clingo.Control(["0", "--enum-mode=domRec", "--heuristic=Domain", "--dom-mod=5,16", "--warn=none"])
    control.add("base", [], program(system))
    control.ground([("base", [])])
    found = set()
    with control.solve(yield_=True) as models:
        for model in models:
            found.add(frozenset(_places(model.symbols(shown=True))))
    return found


def _places(symbols: Iterable[clingo.Symbol]) -> Iterable[int]:
    return (symbol.arguments[0].number for symbol in symbols)
