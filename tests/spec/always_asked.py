"""What must always hold however an engine is asked: in any order, of what is supposed, and for reasons."""

from __future__ import annotations

import random
from collections.abc import Iterator

from differential.made import View
from oracle.clock import Clock
from oracle.view import View as OracleView
from oracle.view import channels_of, deeds_in_view, instant_of, sources_in_view
from servanda.model.conditions import Ref
from servanda.model.time import dating_from_words
from servanda.standing import RECORD, Inquiry, Reason
from spec.always import Asked, answers, in_all, inventory, said, with_acts

Question = tuple[View, str, Ref]


def questions(asked: Asked, inquiry: Inquiry) -> list[Question]:
    """Each instance of each commitment in each reading, over each view."""
    case = asked.case
    return [
        (view, reading, Ref(row.commitment.name, row.commitment.span, row.instance))
        for view in asked.views
        for reading in (*case.parties, RECORD)
        for row in inventory(inquiry, view, [reading])
    ]


def any_order_of_asking_gives_the_same(asked: Asked) -> None:
    """4: standings asked for one by one, in any order, are those of a whole inventory; `test_differential.py` holds
    them to the stages of the oracle.
    """
    case = asked.case
    mixed = questions(asked, Inquiry(case))
    random.Random(len(asked.text)).shuffle(mixed)
    whole = {view: in_all(case, view) for view in asked.views}
    inquiry = Inquiry(case)
    for view, reading, ref in mixed:
        known = None if view.known is None else dating_from_words(view.known)
        one = inquiry.standing(ref, reading, dating_from_words(view.at), view.channels, known)
        key = None if ref.key is None else str(ref.key)
        assert one is not None
        assert said(one) == whole[view][reading][ref.name, key], (ref, reading, view)


def every_leaf_of_why_is_in_view(asked: Asked) -> None:
    """18: no act and no letter is a reason that does not count in the view."""
    case, inquiry = asked.case, Inquiry(asked.case)
    clock = Clock(case.timezone)
    for view, reading, ref in questions(asked, inquiry):
        at = instant_of(clock, dating_from_words(view.at))
        known = None if view.known is None else dating_from_words(view.known)
        by = at if known is None else instant_of(clock, known)
        seen = OracleView(reading, at, channels_of(case, reading, view.channels), by)
        tree = inquiry.why(ref, reading, dating_from_words(view.at), view.channels, known)
        assert tree is not None
        places = {each.span for each in walk(tree) if each.span is not None}
        there = {deed.act.span for deed in deeds_in_view(case, clock, seen, ())}
        there |= {case.sources[name].span for name in sources_in_view(case, clock, seen)}
        every = {each.span for each in case.acts} | {each.span for each in case.sources.values()}
        assert places & every <= there, (ref, reading, view, [each.words for each in places & every - there])


def walk(tree: Reason) -> Iterator[Reason]:
    yield tree
    for each in tree.because:
        yield from walk(each)


def supposing_is_recording(asked: Asked) -> None:
    """An act supposed on top of the record counts as one that stands at its end."""
    case = asked.case
    held = [act for act in case.acts if act.verb == "holds"]
    for act in dict.fromkeys((*held, *case.acts[-1:])):
        record = [each for each in case.acts if each != act]
        supposed, recorded = Inquiry(with_acts(case, record), (act,)), Inquiry(with_acts(case, [*record, act]))
        for view in asked.views:
            for reading in (*case.parties, RECORD):
                assert answers(supposed, view, reading) == answers(recorded, view, reading), act.span.words


HOWEVER_ASKED = [any_order_of_asking_gives_the_same, every_leaf_of_why_is_in_view, supposing_is_recording]
