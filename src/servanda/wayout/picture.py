"""The waits that are worth drawing: who waits for whom, in layers, and which of it goes round."""

from __future__ import annotations

from typing import Literal

import msgspec

from . import phrases
from .rules_from_case import Plan
from .stuck import Stuck, is_told
from .system import Atom
from .wait_graph import circles

Look = Literal["step", "decision", "beyond"]


class Node(msgspec.Struct, frozen=True):
    """One thing that is waited for; `layer` counts from what waits for nothing further; `ring` is its circle.

    `title` is that of the commitment that `label` begins with, or empty; `actors` are those whose step it is; `asked`
    says that it is what the goal itself asks for.
    """

    label: str
    look: Look
    layer: int
    ring: int | None
    title: str = ""
    actors: tuple[str, ...] = ()
    asked: bool = False


class Picture(msgspec.Struct, frozen=True):
    """Nodes, and who waits for whom: pairs of their places, the waiting one first."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[int, int], ...]


def picture(plan: Plan, found: Stuck) -> Picture:
    """What is stuck, as a graph that people can read: steps of reasoning left out, what says the same once."""
    labels: dict[str, int] = {}
    place: dict[Atom, int] = {}
    looks: list[Look] = []
    told: list[tuple[str, tuple[str, ...]]] = []
    for atom in sorted(found.waits):
        said = plan.atoms[atom]
        if not is_told(said):
            continue
        title, label = _label(plan, atom)
        if label not in labels:
            told.append((title, said.actors))
            labels[label] = len(labels)
            look: Look = "step"
            if not plan.system.concluding[atom]:
                look = "decision" if said.sort == "decision" else "beyond" if said.sort == "beyond" else "step"
            looks.append(look)
        place[atom] = labels[label]
    edges = _edges(found.waits, place)
    asked = _first_told(found.waits, plan.system.goal, place)
    rings = {each: number for number, ring in enumerate(circles(_lists(edges, len(labels)))) for each in ring}
    layers = _layers(edges, len(labels), rings)
    nodes = tuple(
        Node(label, looks[at], layers[at], rings.get(at), *told[at], at in asked) for label, at in labels.items()
    )
    return Picture(nodes, tuple(sorted(edges)))


def _label(plan: Plan, atom: Atom) -> tuple[str, str]:
    """What a node is called: the title of the commitment, where it has one, and with it how far that has come."""
    said = plan.atoms[atom]
    name = said.about.partition("[")[0]
    if name and said.text.startswith(said.about):
        title = phrases.title(plan.ground.case, name)
        return title, title + said.text[len(said.about) :].replace(" in ", " · in reading ", 1)
    return "", said.text


def _edges(waits: dict[Atom, list[Atom]], place: dict[Atom, int]) -> set[tuple[int, int]]:
    found = set()
    for atom, here in place.items():
        seen = {atom}
        queue = list(waits[atom])
        for premise in queue:
            if premise in seen:
                continue
            seen.add(premise)
            if premise in place:
                if place[premise] != here:
                    found.add((here, place[premise]))
            else:
                queue += waits.get(premise, ())
    return found


def _first_told(waits: dict[Atom, list[Atom]], start: Atom, place: dict[Atom, int]) -> set[int]:
    """The first drawn nodes that one comes to from an atom that is not drawn itself."""
    found, seen, queue = set(), {start}, list(waits.get(start, ()))
    for atom in queue:
        if atom in place:
            found.add(place[atom])
        elif atom not in seen:
            seen.add(atom)
            queue += waits.get(atom, ())
    return found


def _lists(edges: set[tuple[int, int]], count: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {at: [] for at in range(count)}
    for one, other in sorted(edges):
        found[one].append(other)
    return found


def _layers(edges: set[tuple[int, int]], count: int, rings: dict[int, int]) -> list[int]:
    """Each node one layer above all that it waits for; the members of a circle side by side."""
    group = [(-1 - rings[at]) if at in rings else at for at in range(count)]
    needs: dict[int, set[int]] = {each: set() for each in group}
    for one, other in edges:
        if group[one] != group[other]:
            needs[group[one]].add(group[other])
    layer: dict[int, int] = {}
    while len(layer) < len(needs):
        for each, others in needs.items():
            if each not in layer and others <= layer.keys():
                layer[each] = max((layer[other] + 1 for other in others), default=0)
    return [layer[each] for each in group]
