"""`servanda stuck`: who waits for whom, and for what nobody has offered."""

from __future__ import annotations

from collections.abc import Iterator

import click

from servanda.api.wayout_answers import stuck_answer
from servanda.wayout.rules_from_case import Plan
from servanda.wayout.stuck import Decision, Stuck, stuck

from .options import FORMAT, print_json
from .planning import GOAL, graph_option, heading, plan_of, write
from .question import Question, asks, say
from .words import faint, strong, wrapped


@click.command("stuck")
@asks(by_reading=False)
@GOAL
@graph_option("Draw who waits for whom", ".svg", ".dot")
@FORMAT
def command(question: Question, goals: tuple[str, ...], graph: str | None, output: str) -> None:
    """Show who waits for whom, and what nobody has offered.

    Without `--goal`, all that is owed or proposed is looked at. Shown are circles of waits, decisions that nobody has
    taken, what is in nobody's hands, and for each blocked commitment what it waits for.
    """
    plan = plan_of(question, goals)
    found = stuck(plan)
    if graph is not None:
        from servanda.wayout.drawing import dot, svg

        write(graph, svg(plan, found) if graph.endswith(".svg") else dot(plan, found))
    if output == "json":
        print_json(stuck_answer(plan, found, question.view))
        return
    say(_text(question, plan, found, goals))


def _text(question: Question, plan: Plan, found: Stuck, goals: tuple[str, ...]) -> Iterator[str]:
    yield from heading(question, goals)
    yield ""
    yield from circles(found)
    yield from _decisions("open decisions: nobody has offered to", found.open_decisions)
    yield from _decisions("in nobody's hands: only giving it up as a condition helps", found.beyond)
    if not found.blocked:
        yield "nothing is stuck"
        return
    yield strong("what waits, and what for")
    for each in found.blocked:
        yield wrapped(each.name, 3)
        for step in each.chain[1:] or ("nothing: it can be done now",):
            yield faint(wrapped(f"← {step}", 5, 7))


def circles(found: Stuck) -> Iterator[str]:
    """The circles, each walked round once."""
    for number, circle in enumerate(found.circles, 1):
        yield strong(wrapped(f"circle {number}: each waits for the next, the last for the first", 0, 3))
        for step in circle:
            yield wrapped(f"→ {step}", 3, 5)
        yield ""


def _decisions(head: str, found: tuple[Decision, ...]) -> Iterator[str]:
    if found:
        yield strong(head)
        for each in found:
            yield wrapped(each.text, 3, 5)
        yield ""
