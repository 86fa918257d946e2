"""A comparison of two drafts → one HTML page that needs nothing else, for reading and for printing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from .compare import CompareAnswer

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid #d0d0d0 }
thead th { font-weight: 600; border-bottom-color: #777 }
del { color: #8a1c00; text-decoration-thickness: 1px } ins { color: #004d8c }
@media print { body { margin: 0; max-width: none } tr { break-inside: avoid } }
@media screen and (prefers-color-scheme: dark) {
  body { background: #161616; color: #e8e8e8 } del { color: #ff9d80 } ins { color: #8cc8ff }
}
"""


def html_of_comparison(answer: CompareAnswer, title: str) -> str:
    """The page: what differs in words, then what follows from it."""
    over = f", over public acts and {', '.join(answer.channels)}" if answer.channels else ""
    asked = f"In the readings of {', '.join(answer.readings)}, up to {answer.end}{over}."
    sections = [
        _section(
            "What differs in words",
            ("what", "before", "after"),
            (
                (_named(each.kind, each.name, each.part), _gone(each.before), _come(each.after))
                for each in answer.words
            ),
        ),
        _section(
            "Standings that differ",
            ("commitment", "in the reading of", "from", "before", "after"),
            (
                (_text(each.commitment), _text(", ".join(each.readings)), _text(_days(each.first, each.last)),
                 _gone(each.before), _come(each.after))
                for each in answer.standings
            ),
        ),
        _section(
            "Deadlines that move",
            ("commitment", "in the reading of", "since", "before", "after"),
            (
                (_text(each.commitment), _text(", ".join(each.readings)), _text(each.since), _gone(each.before),
                 _come(each.after))
                for each in answer.deadlines
            ),
        ),
        _section(
            "Ways of performance that open or close",
            ("commitment", "in the reading of", "closed", "opened"),
            (
                (_text(each.commitment), _text(", ".join(each.readings)), _gone("; ".join(each.closed) or None),
                 _come("; ".join(each.opened) or None))
                for each in answer.ways
            ),
        ),
    ]  # fmt: skip
    heading = f"<h1>{_text(title)}</h1><p>{_text(answer.before)} → {_text(answer.after)}. {_text(asked)}</p>"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{_text(title)}: two drafts</title><style>{_STYLE}</style></head>\n"
        f"<body>{heading}\n{''.join(sections)}</body></html>\n"
    )


def _section(heading: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    if not body:
        return f"<section><h2>{heading}</h2><p>None.</p></section>\n"
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    return (
        f"<section><h2>{heading}</h2><table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></section>\n"
    )


def _named(kind: str, name: str, part: str | None) -> str:
    if kind == "act" and part is None:  # its words stand beside it
        return kind
    return f"{_text(kind)} <strong>{_text(name)}</strong>{f', {_text(part)}' if part else ''}"


def _days(first: str, last: str | None) -> str:
    return f"{first} on" if last is None else first if first == last else f"{first} to {last}"


def _gone(words: str | None) -> str:
    return "–" if words is None else f"<del>{_text(words)}</del>"


def _come(words: str | None) -> str:
    return "–" if words is None else f"<ins>{_text(words)}</ins>"


def _text(words: str) -> str:
    return escape(words, quote=False)
