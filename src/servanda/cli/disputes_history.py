"""`servanda disputes --history`: how the disputes came and went along the record, as lines and a drawing."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.readings import History, history
from servanda.readings.drawing import drawing
from servanda.text.act_words import act_words

from .question import Question
from .words import faint, strong, wrapped

#: So many acts of one moment are named.
_MOST_ACTS = 6


def found_for(question: Question, pairs: tuple[tuple[str, str], ...]) -> History:
    """The history of the disputes between these readings, up to the date asked about."""
    return history(question.inquiry, question.acts(), pairs, question.at, question.over, question.known)


def lines(question: Question, found: History) -> Iterator[str]:
    """The moments at which a dispute began or ended, each with its acts."""
    yield from question.heading(f"up to {question.at}")
    for pair in found.pairs:
        one, other = pair
        yield ""
        yield strong(f"{one} and {other}")
        for each in found.moments:
            begun, ended = each.begun[pair], each.ended[pair]
            if not begun and not ended:
                continue
            changed = [f"+ {', '.join(begun)}"] * bool(begun) + [f"− {', '.join(ended)}"] * bool(ended)
            yield wrapped("; ".join(changed), 3, 25, lead=f"{each.at!s:16} {each.counts[pair]:3}  ")
            told = [act for act in each.acts if act.verb != "states"]
            for act in told[:_MOST_ACTS]:
                yield faint(wrapped(act_words(act, date=False), 8, 10))
            if len(told) > _MOST_ACTS:
                yield faint(f"        and {len(told) - _MOST_ACTS} more acts")
        if not any(each.begun[pair] or each.ended[pair] for each in found.moments):
            yield "   no dispute"


def drawn(question: Question, found: History) -> str:
    """The history as a drawing: an SVG document."""
    return drawing(question.case.title, found, question.inquiry.clock)
