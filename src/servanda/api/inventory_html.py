"""An inventory → HTML for a notebook: a table that a screen reader can follow, in the page's own colours."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from servanda.standing.rows import by_bearers
from servanda.standing.wording import owners_words, status_words

from .rows import Row

if TYPE_CHECKING:
    from .inventory import Inventory

# Colours come from the page, so that light and dark both work; nothing is loaded from elsewhere.
_RULE = "border-bottom:1px solid color-mix(in srgb, currentColor 25%, transparent)"
_CELL = f"text-align:left;vertical-align:top;padding:.2em .8em .2em 0;{_RULE}"
_TABLE = "border-collapse:collapse;color:inherit;background:transparent"


def html_of_inventory(inventory: Inventory) -> str:
    """The inventory as one table, rows in groups by who owes, a column for each reading."""
    title = escape(f"{inventory.title or 'a case without a title'} · {inventory.view}")
    heads = "".join(f'<th scope="col" style="{_CELL}">{escape(each)}</th>' for each in inventory.readings)
    bodies = "".join(_group(rows, inventory.readings) for rows in by_bearers(inventory.rows).values())
    return (
        f'<table style="{_TABLE}"><caption style="text-align:left;color:inherit">{title}</caption>'
        f'<thead><tr><th scope="col" style="{_CELL}">commitment</th>{heads}</tr></thead>{bodies}</table>'
    )


def _group(rows: list[Row], readings: tuple[str, ...]) -> str:
    across, words = len(readings) + 1, escape(owners_words(rows))
    head = f'<tr><th scope="rowgroup" colspan="{across}" style="{_CELL};padding-top:1em">{words}</th></tr>'
    return f"<tbody>{head}{''.join(_row(row, readings) for row in rows)}</tbody>"


def _row(row: Row, readings: tuple[str, ...]) -> str:
    mark = '<abbr title="those whom it concerns differ">≠</abbr> ' if row.differs else ""
    said = escape(row.commitment.title)
    title = f'<br><small style="font-weight:normal">{said}</small>' if said else ""
    cells = "".join(f'<td style="{_CELL}">{escape(status_words(row.standings.get(each)))}</td>' for each in readings)
    return f'<tr><th scope="row" style="{_CELL}">{mark}{escape(row.label)}{title}</th>{cells}</tr>'
