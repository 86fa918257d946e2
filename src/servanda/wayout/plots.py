"""The frontier, and exposure step by step → drawings: each an SVG that stands by itself."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

from .exposure import Exposure
from .frontier import Reach, lines_of

_MARGIN, _LINE, _INK, _ACCENT = 24, 16, "#1c2328", "#8a3b12"
_STYLE = f"""
text {{ font: 12px system-ui, sans-serif; fill: {_INK} }}
.head {{ font-size: 15px; font-weight: 600 }}
.note {{ font-style: italic }}
.tick {{ font-size: 11px; fill: #55606a }}
.middle {{ text-anchor: middle }}
.left {{ text-anchor: end }}
.grid {{ stroke: #e4e7ea; stroke-width: 1 }}
.zero {{ stroke: #55606a; stroke-width: 1.4 }}
.unit {{ fill: #fdf3ec; stroke: {_ACCENT}; stroke-width: 1.4 }}
.line {{ fill: none; stroke-width: 2.2 }}
.most {{ fill: none; stroke-width: 1.4 }}
"""
#: Each party has a colour, a dash and a mark of its own: neither carries the meaning alone.
_PARTIES = (
    ("#1f5f8b", "", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"),
    ("#b5541c", "7 4", "M-4 -4h8v8h-8z"),
    ("#3c7a3e", "2 4", "M0 -5L5 4L-5 4z"),
    ("#7a4b8f", "10 3 2 3", "M0 -5L5 0L0 5L-5 0z"),
    ("#6b5b12", "1 3", "M-5 -4L5 -4L0 5z"),
)


def _sheet(width: float, height: float, title: str, described: str, note: str, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-labelledby="title described">\n'
        f'<title id="title">{escape(title)}</title>\n<desc id="described">{escape(described)}</desc>\n'
        f'<style>{_STYLE}</style>\n<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f'<text class="head" x="{_MARGIN}" y="34">{escape(title)}</text>\n{body}\n'
        f'<text class="note" x="{_MARGIN}" y="{height - 14:.0f}">{escape(note)}</text>\n</svg>\n'
    )


def _text(x: float, y: float, lines: Sequence[str], look: str = "") -> str:
    look = f' class="{look}"' if look else ""
    spans = "".join(
        f'<tspan x="{x:.0f}" dy="{_LINE if number else 0}">{escape(line)}</tspan>' for number, line in enumerate(lines)
    )
    return f'<text{look} x="{x:.0f}" y="{y:.0f}">{spans}</text>'


# ── the frontier ────────────────────────────────────────────────────────────────────────────────────────────


def frontier_svg(names: Sequence[str], reached: Sequence[Reach]) -> str:
    """What becomes possible with how many concessions, and by whose: a row each, from few to many."""
    wide, unit = 400, 22
    most = max((each.concessions for each in reached), default=0)
    owners = max((len(", ".join(each.owners)) for each in reached), default=0)
    left = _MARGIN + wide + 16
    right = left + most * unit + max(200, owners * 7 + 150)
    parts = [_text(_MARGIN, 62, ["what becomes possible"], "tick"), _text(left, 62, ["concessions, and whose"], "tick")]
    y = 72.0
    for each, alone in lines_of(reached):
        parts.append(f'<path class="grid" d="M{_MARGIN} {y:.0f}H{right:.0f}"/>')
        for number in range(each.concessions):
            x = left + number * unit
            parts.append(f'<rect class="unit" x="{x}" y="{y + 8:.0f}" width="{unit - 6}" height="16" rx="3"/>')
        said = f"{each.concessions}, by {', '.join(each.owners)}" if each.concessions else "none"
        said += ", each by itself" if alone else ""
        parts.append(_text(left + each.concessions * unit + (4 if each.concessions else 0), y + 20, [said]))
        y += 8
        for at in each.goals:
            lines = textwrap.wrap(names[at], 58)
            parts += [_text(_MARGIN, y + 12, ["·"]), _text(_MARGIN + 10, y + 12, lines)]
            y += len(lines) * _LINE + 2
        y += 8
    described = "; ".join(
        f"{each.concessions} by {', '.join(each.owners) or 'nobody'}: {', '.join(names[at] for at in each.goals)}"
        for each in reached
    )
    note = "each box is one concession · a plan, not in the record"
    title = "What becomes possible, with how many concessions and by whom"
    return _sheet(right + _MARGIN, y + 40, title, described, note, parts)


# ── exposure ────────────────────────────────────────────────────────────────────────────────────────────────


def exposure_svg(found: Exposure) -> str:
    """What each party has given beyond what it got, after each step, as a line; its largest with a ring."""
    parties = [party for party in found.final if any(step.exposure[party] for step in found.steps)]
    courses = {party: [0.0, *(step.exposure[party] for step in found.steps)] for party in parties}
    every = [amount for course in courses.values() for amount in course] or [0.0]
    ticks = _ticks(min(every), max(every))
    left, top, tall, gap = 70.0, 62.0, 260.0, max(44.0, min(90.0, 560 / max(len(found.steps), 1)))
    right = left + gap * len(found.steps)

    def x(position: int) -> float:
        return left + gap * position

    def y(amount: float) -> float:
        return top + tall * (ticks[-1] - amount) / (ticks[-1] - ticks[0])

    parts = []
    for tick in ticks:
        look = "zero" if tick == 0 else "grid"
        parts.append(f'<path class="{look}" d="M{left:.0f} {y(tick):.1f}H{right:.0f}"/>')
        parts.append(f'<text class="tick left" x="{left - 8:.0f}" y="{y(tick) + 4:.1f}">{_amount(tick)}</text>')
    for position in range(len(found.steps) + 1):
        parts.append(
            f'<text class="tick middle" x="{x(position):.0f}" y="{top + tall + 18:.0f}">{position or "before"}</text>'
        )
    labels = _apart([y(course[-1]) for course in courses.values()])
    for number, (party, course) in enumerate(courses.items()):
        colour, dash, mark = _PARTIES[number % len(_PARTIES)]
        points = " ".join(f"{x(at):.1f},{y(amount):.1f}" for at, amount in enumerate(course))
        parts.append(f'<polyline class="line" stroke="{colour}" stroke-dasharray="{dash}" points="{points}"/>')
        for at, amount in enumerate(course):
            parts.append(f'<path d="{mark}" fill="{colour}" transform="translate({x(at):.1f} {y(amount):.1f})"/>')
        worst = max(range(len(course)), key=course.__getitem__)
        if course[worst] > 0:
            ring = f'<circle class="most" stroke="{colour}" cx="{x(worst):.1f}" cy="{y(course[worst]):.1f}" r="9"/>'
            parts += [ring, _text(x(worst) + 12, y(course[worst]) - 8, [_amount(course[worst])])]
        swatch = f'd="M{right + 16:.0f} {labels[number]:.1f}h26"'
        parts.append(f'<path class="line" stroke="{colour}" stroke-dasharray="{dash}" {swatch}/>')
        parts.append(f'<path d="{mark}" fill="{colour}" transform="translate({right + 29:.0f} {labels[number]:.1f})"/>')
        parts.append(_text(right + 50, labels[number] + 4, [f"{party}, {_amount(course[-1])} at the end"]))
    below = top + tall + 46
    for number, step in enumerate(found.steps, 1):
        part = f" ({step.part} of {step.of})" if step.of > 1 else ""
        parts.append(_text(_MARGIN, below, [f"{number}. {', '.join(step.actors)}: {step.name}{part}"]))
        below += _LINE + 2
    described = "; ".join(
        f"{party}: at most {_amount(found.largest[party])} on the way, {_amount(found.final[party])} at the end"
        for party in parties
    )
    note = "above 0: given more than got; ring: the largest · the values are a user’s · a plan, not in the record"
    width = max(right + 190 + 7 * max(map(len, parties), default=0), 700.0)
    return _sheet(width, below + 30, "What each has given beyond what it got, step by step", described, note, parts)


def _amount(amount: float) -> str:
    """Two places behind the point at the most."""
    return f"{amount:.2f}".rstrip("0").rstrip(".").replace("-", "−")


def _ticks(low: float, high: float) -> list[float]:
    """Round amounts from below the lowest to above the highest, 0 among them."""
    low, high = min(low, 0.0), max(high, 0.0)
    span = (high - low) or 1.0
    step = 10.0 ** len(str(int(span))) / 100
    while span / step > 8:
        step *= 2 if span / step < 20 else 5
    first, last = int(low // step), -int(-high // step)
    if first == last:
        last += 1
    return [number * step for number in range(first, last + 1)]


def _apart(places: Sequence[float]) -> list[float]:
    """Where labels stand so that none covers another, each near its own place."""
    found = list(places)
    last = float("-inf")
    for at in sorted(range(len(places)), key=places.__getitem__):
        found[at] = last = max(places[at], last + _LINE)
    return found
