"""A brief → one HTML page to print, which needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from .brief import BriefAnswer, DividedAnswer

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b }
h1 { font-size: 1.4rem; margin-bottom: .2rem } h2 { font-size: 1.05rem; margin: 1.4rem 0 .3rem }
ul { margin: .2rem 0; padding-left: 1.2rem } li { margin: .15rem 0 } small { color: #555 }
.private { border: 1px solid #777; padding: .3rem .6rem; display: inline-block }
@media print { body { margin: 0; max-width: none; font-size: 11px } h2, li { break-inside: avoid } }
"""


def html_of_brief(brief: BriefAnswer) -> str:
    """The page, in the order in which it is talked through."""
    sections = [
        _section("What changed", _changed(brief)),
        _section("What is due", _due(brief)),
        _section("Said to be done, and unanswered", (_text(each.message) for each in brief.claims)),
        *(_divided(each) for each in brief.divided),
        _section(
            "What to ask, of whom", (f"<strong>{_text(', '.join(a.of))}</strong>: {_text(a.what)}" for a in brief.asks)
        ),
    ]
    whose = "for who keeps the case" if brief.party is None else f"for {_text(brief.party)}"
    over = f", over public acts and {', '.join(brief.view.channels)}" if brief.view.channels else ""
    title = _text(brief.title or "a case without a title")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}: brief</title>'
        f"<style>{_STYLE}</style></head>\n"
        f"<body><h1>{title}</h1><p>{_text(brief.since)} to {_text(brief.view.at)}{_text(over)}</p>"
        f'<p class="private">Private, {whose}.</p>\n{"".join(sections)}</body></html>\n'
    )


def _changed(brief: BriefAnswer) -> Iterator[str]:
    for each in brief.changed:
        changed, readings = f"{each.before} → {each.after}", ", ".join(each.readings)
        yield f"<strong>{_text(each.commitment)}</strong>: {_text(changed)} <small>{_text(readings)}</small>"
    if brief.acts:
        yield f"by {len(brief.acts)} acts"


def _due(brief: BriefAnswer) -> Iterator[str]:
    for each in brief.due:
        who = ", ".join(each.bearers)
        yield (
            f"<strong>{_text(each.commitment)}</strong>, {_text(who)}: by {_text(each.by)} "
            f"<small>{_text(each.words)}</small>"
        )


def _divided(divided: DividedAnswer) -> str:
    lines = []
    for each in divided.premises:
        versions = "; ".join(f"{reading}: {words}" for reading, words in each.premise.versions.items())
        part = f" ({each.premise.part})" if each.premise.part else ""
        lines.append(
            f"<strong>{_text(each.premise.name + part)}</strong>: {_text(versions)}<br>"
            f"would end {_text(', '.join(each.ends))}"
        )
    lines += [_text(each) for each in (*divided.others, *divided.concessions)]
    one, other = divided.readings
    return _section(f"{_text(one)} and {_text(other)}: {divided.disputes} in dispute", lines)


def _section(heading: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{line}</li>\n" for line in lines)
    return f"<section><h2>{heading}</h2>{f'<ul>{items}</ul>' if items else '<p>Nothing.</p>'}</section>\n"


def _text(words: str) -> str:
    return escape(words, quote=False)
