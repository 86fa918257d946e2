"""How disputes came and went, drawn as steps over time: an SVG document that needs nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from html import escape

from servanda.standing.clock import Clock

from .history import History, Pair

_WIDTH, _HEIGHT = 900, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 50, 50, 50, 70
#: Colours that are told apart by those who see few of them, and dashes for those who see none.
_LINES = (("#0072b2", ""), ("#d55e00", "7 3"), ("#009e73", "2 3"), ("#cc79a7", "10 3 2 3"), ("#56b4e9", "5 5"))
_MOST_DATES = 9
_Point = tuple[datetime.datetime, int]


def drawing(title: str, found: History, clock: Clock) -> str:
    """The number of disputes between each two readings, as steps over time; with a description in words."""
    moments = [clock.moment(clock.pair(each.at, "act")[1]) for each in found.moments]
    most = max((count for each in found.moments for count in each.counts.values()), default=0) or 1
    return "\n".join([*_document(title, found, moments, most), "</svg>", ""])


def _document(title: str, found: History, moments: list[datetime.datetime], most: int) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12">'
    )
    yield f"<title>Disputes over time: {escape(title or 'a case without a title')}</title>"
    yield f"<desc>{escape(' '.join(_said(found)))}</desc>"
    yield f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>'
    yield f'<text x="{_LEFT}" y="20" font-size="15">{escape(title)}: commitments in dispute</text>'
    yield from _rules(most)
    if moments:
        yield from _dates(moments)
        for place, pair in enumerate(found.pairs):
            points = [(moment, each.counts[pair]) for moment, each in zip(moments, found.moments, strict=True)]
            yield from _line(place, pair, points, moments, most)


def _said(found: History) -> Iterator[str]:
    for one, other in found.pairs:
        counts = [(each.at, each.counts[one, other]) for each in found.moments]
        if counts:
            at, most = max(counts, key=lambda each: each[1])
            yield f"{one} and {other}: {most} disputes at most, first on {at}; {counts[-1][1]} on {counts[-1][0]}."


def _rules(most: int) -> Iterator[str]:
    step = max(1, round(most / 5))
    for count in range(0, most + 1, step):
        y = _y(count, most)
        yield f'<line x1="{_LEFT}" y1="{y}" x2="{_WIDTH - _RIGHT}" y2="{y}" stroke="#dddddd"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{count}</text>'


def _dates(moments: list[datetime.datetime]) -> Iterator[str]:
    first, last = moments[0], moments[-1]
    for place in range(_MOST_DATES):
        moment = first + (last - first) * place / (_MOST_DATES - 1)
        x = _x(moment, moments)
        yield f'<text x="{x}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{moment:%Y-%m-%d}</text>'
        if first == last:
            break


def _line(place: int, pair: Pair, points: list[_Point], moments: list[datetime.datetime], most: int) -> Iterator[str]:
    colour, dashes = _LINES[place % len(_LINES)]
    path = [f"M {_x(points[0][0], moments)} {_y(points[0][1], most)}"]
    for moment, count in points[1:]:
        path.append(f"H {_x(moment, moments)} V {_y(count, most)}")
    path.append(f"H {_WIDTH - _RIGHT}")
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    yield f'<path d="{" ".join(path)}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'
    x, y = _LEFT + 190 * (place % 4), _HEIGHT - 28 + 16 * (place // 4)
    yield f'<line x1="{x}" y1="{y}" x2="{x + 28}" y2="{y}" stroke="{colour}" stroke-width="2"{dashed}/>'
    yield f'<text x="{x + 34}" y="{y + 4}">{escape(" and ".join(pair))}</text>'


def _x(moment: datetime.datetime, moments: list[datetime.datetime]) -> float:
    whole = (moments[-1] - moments[0]).total_seconds() or 1.0
    part = (moment - moments[0]).total_seconds() / whole
    return round(_LEFT + part * (_WIDTH - _LEFT - _RIGHT), 1)


def _y(count: int, most: int) -> float:
    return round(_HEIGHT - _BOTTOM - count / most * (_HEIGHT - _TOP - _BOTTOM), 1)
