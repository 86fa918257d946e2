"""Who waits for whom → a drawing: SVG that stands by itself, or the language of Graphviz."""

from __future__ import annotations

import textwrap
from html import escape

from .picture import Picture, picture
from .rules_from_case import Plan
from .stuck import Stuck

_WIDTH, _LINE, _GAP, _BETWEEN, _MARGIN = 230, 16, 18, 90, 24
_WRAP = 32
_LEGEND = (
    ("step", "waits for what its arrows point at"),
    ("ring", "in a circle: each waits for the next"),
    ("decision", "nobody has offered this"),
    ("beyond", "in nobody's hands"),
)
_STYLE = """
.box { fill: #ffffff; stroke: #55606a; stroke-width: 1.2 }
.decision { stroke-dasharray: 6 3; fill: #f4f7fb }
.beyond { stroke-dasharray: 1.5 3; fill: #f3f3f1 }
.ring { stroke: #8a3b12; stroke-width: 3; fill: #fdf3ec }
.wait { fill: none; stroke: #8b949c; stroke-width: 1.1; marker-end: url(#tip) }
.round { stroke: #8a3b12; stroke-width: 2.4; marker-end: url(#round) }
text { font: 12px system-ui, sans-serif; fill: #1c2328 }
.note { font-style: italic }
"""


def dot(plan: Plan, found: Stuck) -> str:
    """The drawing in the language of Graphviz."""
    drawn = picture(plan, found)
    lines = ["digraph waits {", "  rankdir=LR;", '  node [shape=box, fontname="sans-serif", fontsize=10];']
    styles = {"step": "", "decision": ', style="dashed,rounded"', "beyond": ", style=dotted"}
    for at, node in enumerate(drawn.nodes):
        label = "\\n".join(_quoted(line) for line in _lines(node.label))
        ring = ', color="#8a3b12", penwidth=3' if node.ring is not None else ""
        lines.append(f'  n{at} [label="{label}"{styles[node.look]}{ring}];')
    for one, other in drawn.edges:
        ring = ' [color="#8a3b12", penwidth=2]' if _goes_round(drawn, one, other) else ""
        lines.append(f"  n{one} -> n{other}{ring};")
    lines.append('  label="dashed: nobody has offered this; dotted: in nobody\'s hands; thick: a circle of waits";')
    return "\n".join([*lines, "}", ""])


def _quoted(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"')


def _lines(label: str) -> list[str]:
    return textwrap.wrap(label, _WRAP) or [""]


def _goes_round(drawn: Picture, one: int, other: int) -> bool:
    ring = drawn.nodes[one].ring
    return ring is not None and ring == drawn.nodes[other].ring


def svg(plan: Plan, found: Stuck) -> str:
    """The drawing as an SVG: what waits stands left of what it waits for."""
    drawn = picture(plan, found)
    columns = _columns(drawn)
    last = len(columns) - 1
    places: dict[int, tuple[float, float, float]] = {}
    height = 0.0
    for number, column in enumerate(columns):
        y = float(_MARGIN)
        for at in column:
            tall = _LINE * len(_lines(drawn.nodes[at].label)) + 14
            places[at] = (_MARGIN + (last - number) * (_WIDTH + _BETWEEN), y, tall)
            y += tall + _GAP
        height = max(height, y)
    width = max(_MARGIN * 2 + len(columns) * (_WIDTH + _BETWEEN) - _BETWEEN, 2 * _MARGIN + 640)
    parts = [_edge(drawn, places, one, other) for one, other in drawn.edges]
    parts += [_box(drawn, places[at], at) for at in range(len(drawn.nodes))]
    parts += _legend(height)
    total = height + 30 + 26 * len(_LEGEND)
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{total:.0f}" '
        f'viewBox="0 0 {width:.0f} {total:.0f}" role="img">\n'
        "<title>Who waits for whom: a plan, not in the record</title>\n"
        f"<desc>{escape(_described(drawn))}</desc>\n"
        f"<style>{_STYLE}</style>\n<defs>{_tip('tip', '#8b949c')}{_tip('round', '#8a3b12')}</defs>\n"
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _described(drawn: Picture) -> str:
    """The drawing in words, for those who cannot see it: each wait in turn."""
    return "; ".join(f"{drawn.nodes[one].label} waits for {drawn.nodes[other].label}" for one, other in drawn.edges)


def _tip(name: str, colour: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
        'markerUnits="userSpaceOnUse" orient="auto">'
        f'<path d="M0 0 L10 5 L0 10 z" fill="{colour}"/></marker>'
    )


def _columns(drawn: Picture) -> list[list[int]]:
    """The nodes of each layer, each near those it is joined to: by the middle of their places, swept to and fro."""
    layers: list[list[int]] = [[] for _ in range(max((node.layer for node in drawn.nodes), default=-1) + 1)]
    for at, node in enumerate(drawn.nodes):
        layers[node.layer].append(at)
    joined: dict[int, list[int]] = {at: [] for at in range(len(drawn.nodes))}
    for one, other in drawn.edges:
        joined[one].append(other)
        joined[other].append(one)
    rank = {at: float(place) for layer in layers for place, at in enumerate(layer)}
    for sweep in range(8):
        for layer in layers if sweep % 2 else layers[::-1]:
            inside = set(layer)
            middle = {}
            for at in layer:
                near = [rank[each] for each in joined[at] if each not in inside]
                middle[at] = sum(near) / len(near) if near else rank[at]
            layer.sort(key=lambda at, middle=middle: (middle[at], at))  # type: ignore[misc]
            rank |= {at: float(place) for place, at in enumerate(layer)}
    return layers


def _box(drawn: Picture, place: tuple[float, float, float], at: int) -> str:
    x, y, tall = place
    node = drawn.nodes[at]
    look = f"box {node.look}{' ring' if node.ring is not None else ''}"
    corner = 10 if node.look == "decision" else 2
    lines = "".join(
        f'<tspan x="{x + 10:.0f}" dy="{0 if not number else _LINE}">{escape(line)}</tspan>'
        for number, line in enumerate(_lines(node.label))
    )
    return (
        f'<g><rect class="{look}" x="{x:.0f}" y="{y:.0f}" width="{_WIDTH}" height="{tall:.0f}" rx="{corner}"/>'
        f'<text x="{x + 10:.0f}" y="{y + 19:.0f}">{lines}</text></g>'
    )


def _edge(drawn: Picture, places: dict[int, tuple[float, float, float]], one: int, other: int) -> str:
    x1, y1, tall1 = places[one]
    x2, y2, tall2 = places[other]
    look = "wait round" if _goes_round(drawn, one, other) else "wait"
    if x1 == x2:
        bow = 46
        down = y2 > y1
        start, end = (y1 + tall1 * (0.7 if down else 0.3)), (y2 + tall2 * (0.3 if down else 0.7))
        side = x1 if down else x1 + _WIDTH
        out = side - bow if down else side + bow
        path = f"M{side:.0f} {start:.0f} C{out:.0f} {start:.0f} {out:.0f} {end:.0f} {side:.0f} {end:.0f}"
    else:
        left, right = x1 + _WIDTH, x2
        start, end, half = y1 + tall1 / 2, y2 + tall2 / 2, (right - left) / 2
        path = (
            f"M{left:.0f} {start:.0f} C{left + half:.0f} {start:.0f} {right - half:.0f} {end:.0f} {right:.0f} {end:.0f}"
        )
    return f'<path class="{look}" d="{path}"/>'


def _legend(height: float) -> list[str]:
    found = [f'<text class="note" x="{_MARGIN}" y="{height + 14:.0f}">a plan, not in the record</text>']
    for number, (look, words) in enumerate(_LEGEND):
        y = height + 26 + 26 * number
        corner = 8 if look == "decision" else 2
        found.append(
            f'<rect class="box {look}" x="{_MARGIN}" y="{y:.0f}" width="34" height="17" rx="{corner}"/>'
            f'<text x="{_MARGIN + 44}" y="{y + 13:.0f}">{escape(words)}</text>'
        )
    return found
