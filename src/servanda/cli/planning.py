"""What `wayout`, `stuck` and `exposure` share: goals read from words, a plan made of the question, and its mark."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from servanda.load import condition_from_words
from servanda.model.conditions import Condition
from servanda.wayout.goals import Goal, goal_from_words
from servanda.wayout.ground import Ground
from servanda.wayout.rules_from_case import Plan, rules_from_case

from .question import Command, Question, show
from .words import wrapped

GOAL = click.option(
    "--goal", "goals", multiple=True, metavar="CONDITION",
    help='What is to come about, such as "open-gates in Lower and hand-over is promised"; may repeat.',
)  # fmt: skip


def graph_option(drawn: str, *endings: str) -> Callable[[Command], Command]:
    """The option `--graph` of a command, and what it draws to a file with one of these endings."""

    def checked(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
        if name is not None and Path(name).suffix not in endings:
            raise click.UsageError(f"--graph {name}: the name of the file ends in {' or '.join(endings)}")
        return name

    return click.option(
        "--graph", type=click.Path(dir_okay=False, writable=True), metavar="FILE", callback=checked,
        help=f"{drawn}: FILE ends in {' or '.join(endings)}.",
    )  # fmt: skip


def write(name: str, words: str, option: str = "--graph") -> None:
    """Write a drawing, or another file that an option asks for, and say so."""
    try:
        Path(name).write_text(words, "utf-8")
    except OSError as reason:
        raise click.UsageError(f"{option} {name}: {reason.strerror}") from None
    click.echo(f"wrote {name}", err=True)


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
