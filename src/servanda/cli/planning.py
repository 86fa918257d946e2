"""What `wayout`, `stuck` and `exposure` share: goals read from words, a plan made of the question, and its mark."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from servanda.load import condition_from_words
from servanda.model.conditions import Condition
from servanda.wayout.goals import Goal, goal_from_words
from servanda.wayout.ground import Ground
from servanda.wayout.rules_from_case import Plan, rules_from_case

from .question import Question, show
from .words import wrapped

GOAL = click.option(
    "--goal", "goals", multiple=True, metavar="CONDITION",
    help='What is to come about, such as "open-gates in Lower and hand-over is promised"; may repeat.',
)  # fmt: skip
#: What every answer about moves that nobody has made begins with.
MARK = "a plan, not in the record: nobody has said that they would do any of this"


def plan_of(question: Question, goals: tuple[str, ...]) -> Plan:
    """The rules of a question's case at its date, with goals; ends the command where a goal cannot be read."""
    read = [_goal(question, words) for words in goals]
    ground = Ground(question.inquiry, question.at, question.over, question.known)
    return rules_from_case(ground, read)


def _goal(question: Question, words: str) -> Goal:
    def condition(bare: str) -> Condition:
        found, slips = condition_from_words(question.case, bare, "--goal")
        show(slips)
        if found is None:
            click.echo(
                "a goal is read as a condition of the language is; a name may be followed by `in READING`", err=True
            )
            sys.exit(2)
        return found

    return goal_from_words(question.case, words, condition)


def heading(question: Question, goals: tuple[str, ...]) -> Iterator[str]:
    """What an answer begins with: the case, its view, the goals, and that this is no record."""
    yield from question.heading()
    for goal in goals:
        yield wrapped(f"goal: {' '.join(goal.split())}", 0, 2)
    yield wrapped(MARK, 0, 2)
