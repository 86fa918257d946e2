"""Who waits for whom → two drawings: from left to right, and for a narrow screen from top to bottom."""

from __future__ import annotations

import itertools
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from servanda.wayout.picture import Node, Picture

#: Measures in pixels: a box, its lines of text, the room between boxes and between columns.
WIDTH, LINE, PAD, GAP, BETWEEN, MARGIN = 224, 16, 10, 18, 64, 14
NARROW = 342
#: So many letters fit into a line of a box, of a title and of the rest.
_TITLE, _REST = 28, 31
#: Beyond so many nodes, only circles and what is next to them are drawn.
MOST_NODES = 34


class Text(msgspec.Struct, frozen=True):
    """A line of text in a box; `title` says that it is of a commitment's title."""

    words: str
    x: float
    y: float
    title: bool


class Box(msgspec.Struct, frozen=True):
    """A node with its place and its lines."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Text, ...]


class Arrow(msgspec.Struct, frozen=True):
    """A line from who waits to what is waited for; `round` says that it is one of a circle."""

    path: str
    round: bool


class Drawing(msgspec.Struct, frozen=True):
    """Boxes and arrows with the room they take; `rings` are the frames around circles: x, y, width, height."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    rings: tuple[tuple[float, float, float, float], ...]


def part_of(picture: Picture) -> Picture:
    """The picture where it can be taken in at a glance; else its circles, with what waits and is waited for next."""
    if len(picture.nodes) <= MOST_NODES:
        return picture
    rings = {at for at, node in enumerate(picture.nodes) if node.ring is not None}
    near = rings | {each for edge in picture.edges if rings & set(edge) for each in edge}
    places = {at: number for number, at in enumerate(sorted(near))}
    edges = [(one, other) for one, other in picture.edges if {one, other} <= near and {one, other} & rings]
    layers = {layer: number for number, layer in enumerate(sorted({picture.nodes[at].layer for at in near}))}
    nodes = [msgspec.structs.replace(picture.nodes[at], layer=layers[picture.nodes[at].layer]) for at in places]
    return Picture(tuple(nodes), tuple((places[one], places[other]) for one, other in edges))


def lines_of(node: Node, across: int) -> list[tuple[str, bool]]:
    """A node's text in lines: the title, then how far it has come."""
    rest = node.label[len(node.title) :].lstrip(" ·") if node.title else node.label
    found = [(each, True) for each in textwrap.wrap(node.title, across * _TITLE // _REST)]
    return found + [(each, False) for each in textwrap.wrap(rest, across)]


def _height(node: Node, across: int) -> float:
    return LINE * len(lines_of(node, across)) + 2 * PAD


def _box(node: Node, x: float, y: float, width: float, across: int) -> Box:
    lines = tuple(
        Text(words, x + 16, y + PAD + 12 + LINE * number, title)
        for number, (words, title) in enumerate(lines_of(node, across))
    )
    return Box(node, x, y, width, _height(node, across), lines)


# ── from left to right ──────────────────────────────────────────────────────────────────────────────────────

#: What stands in a column: a node by its place, or a bend of an edge that passes through (edge, layer).
_Item = int | tuple[tuple[int, int], int]


def wide(picture: Picture) -> Drawing:
    """What waits stands left of what it waits for; the members of a circle below one another, as they wait."""
    columns, chains = _columns(picture)
    heights: dict[_Item, float] = {
        item: _height(picture.nodes[item], _REST) if isinstance(item, int) else 6.0 for c in columns for item in c
    }
    middles = _middles([_blocks(column, picture) for column in columns], chains, heights)
    last = len(columns) - 1
    x = {item: MARGIN + 20 + (last - layer) * (WIDTH + BETWEEN) for layer, c in enumerate(columns) for item in c}
    top = min((middles[item] - heights[item] / 2 for item in middles), default=0) - MARGIN
    middles = {item: middle - top for item, middle in middles.items()}
    boxes = [_box(node, x[at], middles[at] - heights[at] / 2, WIDTH, _REST) for at, node in enumerate(picture.nodes)]
    arrows = []
    for edge, chain in chains.items():
        one, other = edge
        if picture.nodes[one].layer == picture.nodes[other].layer:
            arrows.append(Arrow(_beside(boxes[one], boxes[other], columns), _goes_round(picture, edge)))
            continue
        points = [(x[one] + WIDTH, middles[one])]
        for item in chain[1:-1]:
            points += [(x[item], middles[item]), (x[item] + WIDTH, middles[item])]
        arrows.append(Arrow(_curve([*points, (x[other] - 2, middles[other])]), _goes_round(picture, edge)))
    height = max((box.y + box.height for box in boxes), default=0) + MARGIN
    width = MARGIN * 2 + 40 + len(columns) * (WIDTH + BETWEEN) - BETWEEN
    return Drawing(width, height, tuple(boxes), tuple(arrows), tuple(_frames(boxes, 30)))


def _goes_round(picture: Picture, edge: tuple[int, int]) -> bool:
    ring = picture.nodes[edge[0]].ring
    return ring is not None and ring == picture.nodes[edge[1]].ring


def _columns(picture: Picture) -> tuple[list[list[_Item]], dict[tuple[int, int], list[_Item]]]:
    """What stands in each layer, in order, edges that pass through among it; and each edge with where it passes."""
    layers: list[list[_Item]] = [[] for _ in range(max((node.layer for node in picture.nodes), default=-1) + 1)]
    for at, node in enumerate(picture.nodes):
        layers[node.layer].append(at)
    chains: dict[tuple[int, int], list[_Item]] = {}
    for edge in picture.edges:
        one, other = edge
        bends: list[_Item] = []
        for layer in range(picture.nodes[one].layer - 1, picture.nodes[other].layer, -1):
            bends.append((edge, layer))
            layers[layer].append((edge, layer))
        chains[edge] = [one, *bends, other]
    joined = _joined(chains)
    rings = _walks(picture)
    rank: dict[_Item, float] = {item: float(place) for column in layers for place, item in enumerate(column)}
    for sweep in range(10):
        for column in layers if sweep % 2 else layers[::-1]:
            _sort(column, joined, rank, rings, picture)
    return layers, chains


def _joined(chains: dict[tuple[int, int], list[_Item]]) -> defaultdict[_Item, list[_Item]]:
    """What each item is joined to, on either side."""
    found: defaultdict[_Item, list[_Item]] = defaultdict(list)
    for chain in chains.values():
        for a, b in itertools.pairwise(chain):
            found[a].append(b)
            found[b].append(a)
    return found


def _sort(
    layer: list[_Item], joined: defaultdict[_Item, list[_Item]], rank: dict[_Item, float],
    rings: dict[int, list[int]], picture: Picture,
) -> None:  # fmt: skip
    """Put a layer in the order of the middles of what it is joined to; the members of a circle stay together."""
    inside = set(layer)

    def group(item: _Item) -> _Item | tuple[str, int]:
        ring = picture.nodes[item].ring if isinstance(item, int) else None
        return item if ring is None else ("ring", ring)

    near: dict[object, list[float]] = {}
    for item in layer:
        near.setdefault(group(item), []).extend(rank[each] for each in joined[item] if each not in inside)
    own = {group(item): rank[item] for item in reversed(layer)}
    middle = {each: sum(those) / len(those) if those else own[each] for each, those in near.items()}  # type: ignore[index]

    def place(item: _Item) -> tuple[float, float, int]:
        ring = picture.nodes[item].ring if isinstance(item, int) else None
        walk = rings[ring].index(item) if ring is not None and isinstance(item, int) else 0
        return middle[group(item)], own[group(item)], walk

    layer.sort(key=place)
    rank |= {item: float(at) for at, item in enumerate(layer)}


def _walks(picture: Picture) -> dict[int, list[int]]:
    """The members of each circle, each as far as can be followed by one that it waits for."""
    found: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for one, other in picture.edges:
        if _goes_round(picture, (one, other)):
            after.setdefault(one, []).append(other)
    for at, node in enumerate(picture.nodes):
        if node.ring is None or node.ring in found:
            continue
        members = [each for each, other in enumerate(picture.nodes) if other.ring == node.ring]
        walk, here = [at], at
        while len(walk) < len(members):
            following = [each for each in after.get(here, ()) if each not in walk]
            here = following[0] if following else next(each for each in members if each not in walk)
            walk.append(here)
        found[node.ring] = walk
    return found


def _blocks(column: Iterable[_Item], picture: Picture) -> list[list[_Item]]:
    """The items of a column, the members of a circle together."""
    found: list[list[_Item]] = []
    before: int | None = None
    for item in column:
        ring = picture.nodes[item].ring if isinstance(item, int) else None
        if ring is not None and ring == before:
            found[-1].append(item)
        else:
            found.append([item])
        before = ring
    return found


def _middles(
    columns: Sequence[list[list[_Item]]], chains: dict[tuple[int, int], list[_Item]], heights: dict[_Item, float]
) -> dict[_Item, float]:
    """How high each item stands: near what it is joined to, over no other, and close to those of its block."""
    joined = _joined(chains)
    middles: dict[_Item, float] = {}
    tall = {id(block): sum(heights[item] + GAP for item in block) - GAP for column in columns for block in column}

    def stack(column: list[list[_Item]], tops: Iterable[float]) -> None:
        for block, top in zip(column, tops, strict=True):
            for item in block:
                middles[item] = top + heights[item] / 2
                top += heights[item] + GAP

    for column in columns:
        stack(column, itertools.accumulate((tall[id(block)] + GAP for block in column[:-1]), initial=0.0))
    for sweep in range(8):
        for column in columns if sweep % 2 else columns[::-1]:
            inside = {item for block in column for item in block}
            wanted = []
            for block in column:
                near = [middles[each] for item in block for each in joined[item] if each not in inside]
                own = [middles[item] for item in block]
                wanted.append(sum(near or own) / len(near or own) - tall[id(block)] / 2)
            low, tops = float("-inf"), []
            for block, top in zip(column, wanted, strict=True):
                tops.append(max(top, low))
                low = tops[-1] + tall[id(block)] + GAP
            shift = sum(a - b for a, b in zip(wanted, tops, strict=True)) / max(1, len(tops))
            stack(column, [top + shift for top in tops])
    return middles


def _curve(points: Sequence[tuple[float, float]]) -> str:
    path = [f"M{points[0][0]:.0f} {points[0][1]:.0f}"]
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        if y1 == y2:
            path.append(f"L{x2:.0f} {y2:.0f}")
        else:
            half = (x2 - x1) / 2
            path.append(f"C{x1 + half:.0f} {y1:.0f} {x2 - half:.0f} {y2:.0f} {x2:.0f} {y2:.0f}")
    return "".join(path)


def _beside(one: Box, other: Box, columns: Sequence[Sequence[_Item]]) -> str:
    """Between two boxes of one column: straight where they are next to each other, else around on the left."""
    gap = other.y - (one.y + one.height)
    if 0 < gap < 2 * GAP:
        x = one.x + one.width / 2
        return f"M{x:.0f} {one.y + one.height:.0f}V{other.y - 2:.0f}"
    start, end, left = one.y + one.height / 2, other.y + other.height / 2, one.x - 20
    bend = 8 if end > start else -8
    return (
        f"M{one.x:.0f} {start:.0f}H{left + 8:.0f}Q{left:.0f} {start:.0f} {left:.0f} {start + bend:.0f}"
        f"V{end - bend:.0f}Q{left:.0f} {end:.0f} {left + 8:.0f} {end:.0f}H{other.x - 2:.0f}"
    )


def _frames(boxes: Iterable[Box], beside: float) -> list[tuple[float, float, float, float]]:
    by_ring: dict[int, list[Box]] = {}
    for box in boxes:
        if box.node.ring is not None:
            by_ring.setdefault(box.node.ring, []).append(box)
    return [
        (those[0].x - beside, top - 9, those[0].width + beside + 9, max(b.y + b.height for b in those) - top + 18)
        for those in by_ring.values()
        for top in [min(b.y for b in those)]
    ]


# ── from top to bottom ──────────────────────────────────────────────────────────────────────────────────────


def tall(picture: Picture) -> Drawing:
    """One box below another, what waits above what it waits for; lines run beside them."""
    columns, _ = _columns(picture)
    order = [item for column in reversed(columns) for item in column if isinstance(item, int)]
    row = {at: number for number, at in enumerate(order)}
    far = [edge for edge in picture.edges if row[edge[1]] != row[edge[0]] + 1]
    lanes, count = _lanes(far, row)
    pitch = min(9.0, 96 / max(1, count))
    left = 12 + pitch * count + 6
    width = NARROW - left - 2
    across = int((width - 24) / 6.1)
    boxes: dict[int, Box] = {}
    y = float(MARGIN)
    for at in order:
        boxes[at] = _box(picture.nodes[at], left, y, width, across)
        y += boxes[at].height + GAP
    arrows = []
    for edge in picture.edges:
        one, other = boxes[edge[0]], boxes[edge[1]]
        if edge not in lanes:
            path = f"M{left + 30:.0f} {one.y + one.height:.0f}V{other.y - 2:.0f}"
        else:
            lane = left - 10 - pitch * lanes[edge]
            start, end = one.y + one.height / 2 + 5, other.y + other.height / 2 - 5
            bend = 6 if end > start else -6
            path = (
                f"M{left:.0f} {start:.0f}H{lane + 6:.1f}Q{lane:.1f} {start:.0f} {lane:.1f} {start + bend:.0f}"
                f"V{end - bend:.0f}Q{lane:.1f} {end:.0f} {lane + 6:.1f} {end:.0f}H{left - 2:.0f}"
            )
        arrows.append(Arrow(path, _goes_round(picture, edge)))
    placed = [boxes[at] for at in range(len(picture.nodes))]
    return Drawing(NARROW, y, tuple(placed), tuple(arrows), tuple(_frames(placed, 4)))


def _lanes(edges: Iterable[tuple[int, int]], row: dict[int, int]) -> tuple[dict[tuple[int, int], int], int]:
    """For each edge a lane of its own beside the boxes that it passes, short ones inside."""
    taken: list[list[tuple[int, int]]] = []
    found: dict[tuple[int, int], int] = {}
    for edge in sorted(edges, key=lambda each: (abs(row[each[0]] - row[each[1]]), each)):
        low, high = sorted((row[edge[0]], row[edge[1]]))
        lane = next(
            (at for at, those in enumerate(taken) if all(high < a or b < low for a, b in those)), len(taken)
        )  # fmt: skip
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        found[edge] = lane
    return found, len(taken)
