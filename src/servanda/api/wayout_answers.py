"""The JSON contract of what is stuck, of ways out and of exposure. Nothing in these answers is in the record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from servanda.wayout.exposure import Exposure
from servanda.wayout.moves import each_once
from servanda.wayout.rules_from_case import Plan
from servanda.wayout.stuck import Decision, Stuck
from servanda.wayout.system import Concession
from servanda.wayout.way_out import Told, WayOut

from .answers import SpanAnswer, ViewAnswer, span_answer, view_answer
from .views import View


class DecisionAnswer(msgspec.Struct, frozen=True):
    """An act that nobody has offered, and whose decision it is."""

    text: str
    owner: str


class CirclesAnswer(msgspec.Struct, frozen=True):
    """Circular waits, each in the order in which one waits for the next, and decisions that nobody has offered."""

    circles: tuple[tuple[str, ...], ...]
    open_decisions: tuple[DecisionAnswer, ...]


class ConcessionAnswer(msgspec.Struct, frozen=True):
    """One concession: its kind, whose it is, the commitment, text or means it is about, in words, and its price."""

    kind: str
    owner: str
    about: str
    text: str
    price: float
    span: SpanAnswer | None


class MoveAnswer(msgspec.Struct, frozen=True):
    """One move, and the step in which it can be made: moves of one step can be made at once."""

    step: int
    actor: str
    text: str


class WayAnswer(msgspec.Struct, frozen=True):
    """A smallest set of concessions that reaches the goals, the moves that it frees, and what stays blocked.

    `cheapest_share` says how often it is the cheapest when the price of each part is drawn at random: the cheapest of
    all minimal ways, also of those that are not listed, where the system is small enough to know them all; else of
    those listed.
    """

    price: float
    concessions: tuple[ConcessionAnswer, ...]
    moves: tuple[MoveAnswer, ...]
    still_blocked: tuple[str, ...]
    cheapest_share: float | None


class ChoiceAnswer(msgspec.Struct, frozen=True):
    """One of these sets of concessions, in words, has to be made."""

    one_of: tuple[tuple[str, ...], ...]


class ReachAnswer(msgspec.Struct, frozen=True):
    """What becomes possible with so many concessions and no fewer, and by whose."""

    concessions: int
    owners: tuple[str, ...]
    reached: tuple[str, ...]


class WayoutAnswer(msgspec.Struct, frozen=True):
    """What `servanda wayout --format json` gives: a plan, not in the record.

    `reached` says that the goals need no concession; `complete`, that there are no other ways than these.
    """

    schema_version: Literal[1]
    view: ViewAnswer
    goals: tuple[str, ...]
    reached: bool
    stuck: CirclesAnswer
    ways: tuple[WayAnswer, ...]
    choices: tuple[ChoiceAnswer, ...]
    frontier: tuple[ReachAnswer, ...]
    complete: bool


class RuleAnswer(msgspec.Struct, frozen=True):
    """The head comes about once all of the body has; `span` is the clause or act that says so."""

    head: str
    body: tuple[str, ...]
    span: SpanAnswer | None


class RulesAnswer(msgspec.Struct, frozen=True):
    """What `servanda wayout --rules --format json` gives: the rules that a way out is found with."""

    schema_version: Literal[1]
    view: ViewAnswer
    rules: tuple[RuleAnswer, ...]


class BlockedAnswer(msgspec.Struct, frozen=True):
    """A commitment that waits, and the chain of what it waits for: each entry waits for the next."""

    commitment: str
    chain: tuple[str, ...]


class StuckAnswer(msgspec.Struct, frozen=True):
    """What `servanda stuck --format json` gives. `beyond` is what is waited for and nobody in particular can do."""

    schema_version: Literal[1]
    view: ViewAnswer
    goals: tuple[str, ...]
    circles: tuple[tuple[str, ...], ...]
    open_decisions: tuple[DecisionAnswer, ...]
    beyond: tuple[str, ...]
    blocked: tuple[BlockedAnswer, ...]


class UnitAnswer(msgspec.Struct, frozen=True):
    """One position in an order: which commitment, which of its tranches, and each party's exposure then."""

    position: int
    actor: str
    commitment: str
    part: int
    of: int
    exposure: dict[str, float]


class ExposureAnswer(msgspec.Struct, frozen=True):
    """What `servanda exposure --format json` gives: a plan, not in the record, on values that a user gave.

    `largest` is what each party has given beyond what it got, at the worst moment; `final`, at the end; `proven` says
    that in no order the largest of all is less.
    """

    schema_version: Literal[1]
    view: ViewAnswer
    goals: tuple[str, ...]
    order: tuple[UnitAnswer, ...]
    largest: dict[str, float]
    final: dict[str, float]
    proven: bool


# ── answers made of plans ───────────────────────────────────────────────────────────────────────────────────


def wayout_answer(found: WayOut, view: View) -> WayoutAnswer:
    """The answer of `wayout`."""
    plan = found.plan
    concessions = plan.system.concessions
    names = [goal.text for goal, _ in plan.goals]
    reached_by = names or [label for label, _ in plan.blocked]
    return WayoutAnswer(
        1,
        view_answer(view),
        tuple(names),
        found.found.reached,
        CirclesAnswer(found.stuck.circles, _decisions(found.stuck.open_decisions)),
        tuple(_way(plan, each) for each in found.ways),
        tuple(
            ChoiceAnswer(tuple(tuple(concessions[place].text for place in sorted(option)) for option in choice))
            for choice in found.choices
        ),
        tuple(
            ReachAnswer(each.concessions, each.owners, tuple(reached_by[at] for at in each.goals))
            for each in found.frontier
        ),
        found.found.complete,
    )


def stuck_answer(plan: Plan, found: Stuck, view: View) -> StuckAnswer:
    """The answer of `stuck`."""
    return StuckAnswer(
        1,
        view_answer(view),
        tuple(goal.text for goal, _ in plan.goals),
        found.circles,
        _decisions(found.open_decisions),
        tuple(each.text for each in found.beyond),
        tuple(BlockedAnswer(each.name, each.chain) for each in found.blocked),
    )


def exposure_answer(plan: Plan, found: Exposure, view: View) -> ExposureAnswer:
    """The answer of `exposure`."""
    return ExposureAnswer(
        1,
        view_answer(view),
        tuple(goal.text for goal, _ in plan.goals),
        tuple(
            UnitAnswer(at, ", ".join(step.actors), step.name, step.part, step.of, dict(step.exposure))
            for at, step in enumerate(found.steps, 1)
        ),
        dict(found.largest),
        dict(found.final),
        found.proven,
    )


def rules_answer(plan: Plan, view: View) -> RulesAnswer:
    """The answer of `wayout --rules`."""
    return RulesAnswer(
        1,
        view_answer(view),
        tuple(
            RuleAnswer(
                plan.atoms[rule.head].text,
                tuple(plan.atoms[each].text for each in rule.body),
                span_answer(rule.span),
            )
            for rule in plan.system.rules
        ),
    )


def _decisions(found: Iterable[Decision]) -> tuple[DecisionAnswer, ...]:
    return tuple(DecisionAnswer(each.text, each.owner) for each in found)


def _way(plan: Plan, told: Told) -> WayAnswer:
    return WayAnswer(
        told.way.price,
        tuple(
            _concession(plan.system.concessions[place], words)
            for place, words in zip(told.way.concessions, told.words, strict=True)
        ),
        tuple(MoveAnswer(each.step, ", ".join(each.actors), each.text) for each in each_once(told.moves)),
        told.still_blocked,
        told.cheapest_share,
    )


def _concession(each: Concession, words: str) -> ConcessionAnswer:
    owners = ", ".join(each.owners)
    return ConcessionAnswer(each.kind, owners, each.about, words, each.price, span_answer(each.span))
