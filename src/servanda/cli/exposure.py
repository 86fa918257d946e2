"""`servanda exposure`: in which order, and in which tranches, nobody gives much more than it gets on the way."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from servanda.api.wayout_answers import exposure_answer
from servanda.wayout.exposure import Exposure, Valued, least_exposure
from servanda.wayout.rules_from_case import Plan
from servanda.wayout.to_be_done import ToDo, to_be_done
from servanda.wayout.ways_that_hold import find_holding

from .options import FORMAT, print_json
from .planning import GOAL, graph_option, heading, plan_of, write
from .question import Question, asks, known_names, say
from .wayout import price_said
from .words import faint, strong, table, wrapped

#: So many units can be put in order in reasonable time.
_MOST_UNITS = 40
_BAR = 24


@click.command("exposure")
@asks(by_reading=False)
@GOAL
@click.option(
    "--values",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="What each commitment is worth, in TOML.",
)
@click.option(
    "--template",
    type=click.Path(dir_okay=False, writable=True),
    metavar="FILE",
    help="Write a file of values to fill in.",
)
@graph_option("Draw the exposure of each after every step", ".svg")
@click.option(
    "--way", "number", type=click.IntRange(1), default=1, show_default=True, help="Which of the cheapest ways."
)
@click.option(
    "--time",
    "seconds",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long each search may take.",
)
@FORMAT
def command(
    question: Question,
    goals: tuple[str, ...],
    values: str | None,
    template: str | None,
    graph: str | None,
    number: int,
    seconds: float,
    output: str,
) -> None:
    """Find the order in which nobody gives much more than it gets.

    The commitments are those that a way out to the goal does. What each costs its bearer and is worth to others, only
    you can say: without `--values` nothing is answered, and `--template` writes a file to fill in.
    """
    if values is None and template is None:
        raise click.UsageError(
            "say what is worth what: `--template FILE` writes a file to fill in, `--values FILE` reads it"
        )
    plan = plan_of(question, goals)
    chosen = _way(plan, number)
    todo = to_be_done(plan, chosen)
    if not todo:
        raise click.UsageError("nothing is left to be done for the goal, so nobody is exposed on the way to it")
    if template is not None:
        if Path(template).exists():
            raise click.UsageError(
                f"--template {template}: it is there already, and may hold values; name another file"
            )
        write(template, _template(plan, todo), "--template")
    if values is None:
        return
    valued = _valued(question, todo, values)
    parties = tuple(question.case.parties)
    found = least_exposure(valued, parties, seconds)
    if graph is not None:
        from servanda.wayout.plots import exposure_svg

        write(graph, exposure_svg(found))
    if output == "json":
        print_json(exposure_answer(plan, found, question.view))
        return
    say(_text(question, goals, found))


def _way(plan: Plan, number: int) -> tuple[int, ...]:
    found = find_holding(plan, number)[0]
    if found.reached:
        return ()
    if len(found.ways) < number:
        raise click.UsageError("there is no such way to the goal; `servanda wayout` lists those that there are")
    return found.ways[number - 1].concessions


def _template(plan: Plan, todo: tuple[ToDo, ...]) -> str:
    case = plan.ground.case
    lines = [
        "# What each commitment costs whoever does it, and what it is worth to others, in any one unit.",
        "# The numbers are yours: nothing in the record says them. `tranches` may split a commitment into equal parts.",
    ]
    for each in todo:
        others = [party for party in case.parties if party not in each.bearers]
        worth = ", ".join(f"{_key(party)} = " for party in others)
        lines += ["", f"# {each.title}", f"[{_key(each.name)}]", "costs = ", f"worth = {{ {worth} }}", "tranches = 1"]
    return "\n".join([*lines, ""])


def _key(name: str) -> str:
    return name if name.isascii() and all(c.isalnum() or c in "-_" for c in name) else f'"{name}"'


def _valued(question: Question, todo: tuple[ToDo, ...], path: str) -> list[Valued]:
    try:
        written = tomllib.loads(Path(path).read_text("utf-8"))
    except UnicodeDecodeError as reason:
        raise click.UsageError(f"--values {path}: {reason}") from None
    except tomllib.TOMLDecodeError as reason:
        raise click.UsageError(f"--values {path}: {reason}; a number belongs behind each `=` of the template") from None
    known_names(written, [each.name for each in todo], "commitment to be done")
    found = []
    for each in todo:
        own = written.get(each.name)
        if not isinstance(own, Mapping):
            raise click.UsageError(
                f"--values {path}: `{each.name}` has no values, and none are made up; `--template FILE` lists all"
            )
        worth = own.get("worth", {})
        if not isinstance(worth, Mapping):
            raise click.UsageError(
                f"--values {path}: worth of {each.name} is a table, such as {{ {_any(question)} = 2 }}"
            )
        known_names(worth, question.case.parties, "party")
        costs = _number(path, f"costs of {each.name}", own.get("costs"))
        tranches = own.get("tranches", 1)
        if not isinstance(tranches, int) or not 1 <= tranches <= _MOST_UNITS:
            raise click.UsageError(
                f"--values {path}: tranches of {each.name} is a whole number from 1 to {_MOST_UNITS}"
            )
        of_others = {
            party: _number(path, f"worth of {each.name} to {party}", amount) for party, amount in worth.items()
        }
        found.append(Valued(each.name, each.bearers, costs, of_others, tranches, each.after))
    if sum(each.tranches for each in found) > _MOST_UNITS:
        raise click.UsageError(f"--values {path}: these are more than {_MOST_UNITS} tranches together")
    return found


def _any(question: Question) -> str:
    return _key(next(iter(question.case.parties), "Somebody"))


def _number(path: str, what: str, given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given < math.inf:
        raise click.UsageError(f"--values {path}: {what} is a number, not less than 0")
    return float(given)


# ── for people ──────────────────────────────────────────────────────────────────────────────────────────────


def _text(question: Question, goals: tuple[str, ...], found: Exposure) -> Iterator[str]:
    yield from heading(question, goals)
    yield wrapped("the values are those of the file, not of the record", 0)
    yield ""
    if not found.steps:
        yield "there is nothing to be done by anybody on this way"
        return
    parties = [party for party in found.final if any(step.exposure[party] for step in found.steps)]
    rows = [["", "", "exposure, once it is done", *[""] * (len(parties) - 1)], ["", "", *parties]]
    for number, step in enumerate(found.steps, 1):
        part = f" ({step.part} of {step.of})" if step.of > 1 else ""
        who = ", ".join(step.actors)
        rows.append([f"{number}.", f"{who}: {step.name}{part}", *(price_said(step.exposure[each]) for each in parties)])
    yield from table(rows)
    yield ""
    yield from _plot(found, parties)
    yield ""
    yield from table(
        [["", *parties], ["largest on the way", *(price_said(found.largest[each]) for each in parties)],
         ["at the end", *(price_said(found.final[each]) for each in parties)]]
    )  # fmt: skip
    if not found.proven:
        yield faint("the time was over: there may be an order with less")


def _plot(found: Exposure, parties: list[str]) -> Iterator[str]:
    """Each party's exposure after each step, as a bar: left of the line it has got more than it gave."""
    most = max(abs(step.exposure[party]) for step in found.steps for party in parties) or 1.0
    for party in parties:
        yield strong(f"{party}: what it has given beyond what it got")
        for number, step in enumerate(found.steps, 1):
            amount = step.exposure[party]
            length = round(abs(amount) / most * _BAR)
            left, right = ("█" * length, "") if amount < 0 else ("", "█" * length)
            yield f"{number:>4}  {left:>{_BAR}}│{right:<{_BAR}} {price_said(amount)}".rstrip()
