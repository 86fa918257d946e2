"""`servanda wayout`: the smallest concessions that reach a goal, and the order of moves that they free."""

from __future__ import annotations

import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType

import click

from servanda.api.planning import BadTerms, allowed, shared_by, with_prices
from servanda.api.wayout_answers import rules_answer, wayout_answer
from servanda.wayout.concessions_from_case import KINDS
from servanda.wayout.frontier import lines_of
from servanda.wayout.moves import Move, each_once, moves
from servanda.wayout.replay import Replay
from servanda.wayout.rules_from_case import Plan
from servanda.wayout.sequence import Fixpoint
from servanda.wayout.system import Concession
from servanda.wayout.way_out import MOST_WAYS, Asked, Told, WayOut, way_out
from servanda.wayout.ways import Report

from .options import FORMAT, print_json
from .planning import GOAL, graph_option, heading, plan_of, write
from .question import Question, asks, known_names, say
from .stuck import circles
from .words import counted, faint, strong, wrapped

#: What is said of moves of which the rules and the standings do not tell the same: of all, or of one.
_NOT_SO = "supposed as acts, these moves do not reach the goal in the standings: read this with care"
_ARISEN = "by then there is {what} as well: the goal asks for what there is at the date, and says nothing of it"
_TOO_EARLY = "supposed as acts, by then what {who} waits for is not so in the standings: {what}"
#: Ways whose prices differ by less than this share of the cheapest are shown as near-ties.
_NEAR = 0.1


@click.command("wayout")
@asks(by_reading=False)
@GOAL
@click.option("--rules", is_flag=True, help="Print the rules of the case in plain words, and nothing else.")
@click.option("-k", "most", type=click.IntRange(1), default=3, show_default=True, help="How many ways, cheapest first.")
@click.option("--all", "all_ways", is_flag=True, help=f"All minimal ways, up to {MOST_WAYS}; says if there are more.")
@click.option(
    "--price",
    "prices",
    multiple=True,
    metavar="WHAT=PRICE",
    help=f"The price of a part of a kind ({', '.join(KINDS)}), or of a concession in words; may repeat.",
)
@click.option("--never", "never", multiple=True, metavar="WHAT", help="A kind or concession that is out; may repeat.")
@click.option("--owner", "owners", multiple=True, metavar="PARTY", help="Only concessions of this party; may repeat.")
@click.option(
    "--time",
    "seconds",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="Stop then, with the best found and the bound.",
)
@graph_option("Draw the frontier: what becomes possible, with how many concessions", ".svg")
@click.option("--seed", type=int, default=0, show_default=True, help="For the random prices.")
@click.option("--draws", type=click.IntRange(0), default=1000, show_default=True, help="How often prices are drawn.")
@FORMAT
def command(
    question: Question,
    goals: tuple[str, ...],
    rules: bool,
    most: int,
    all_ways: bool,
    prices: tuple[str, ...],
    never: tuple[str, ...],
    owners: tuple[str, ...],
    seconds: float | None,
    graph: str | None,
    seed: int,
    draws: int,
    output: str,
) -> None:
    """Find the smallest concessions that reach a goal.

    A goal is a condition; each name in it may be followed by `in READING`, and is else asked in the reading of those
    to whom it is owed. Without `--goal`, all that is owed or proposed is the goal. Concessions come from the text
    alone; one part costs 1, and 3 where its party has refused it.
    """
    known_names(owners, (*question.case.parties, *question.case.bodies), "party")
    plan = plan_of(question, goals)
    if rules:
        if output == "json":
            print_json(rules_answer(plan, question.view))
        else:
            say(_rules(question, plan, goals))
        return
    try:
        plan = with_prices(plan, prices)
    except BadTerms as slip:
        raise click.UsageError(f"--price {slip}") from None
    try:
        asked_for = allowed(plan, never, owners)
    except BadTerms as slip:
        raise click.UsageError(f"--never {slip}") from None
    dice = random.Random(seed)
    found = way_out(
        plan,
        Asked(
            most,
            all_ways,
            asked_for,
            (lambda: dice.uniform(1, 100)) if draws else None,
            draws,
            until(seconds),
            progress(),
        ),
    )
    if graph is not None:
        from servanda.wayout.plots import frontier_svg

        write(graph, frontier_svg(_goals(found), found.frontier))
    if output == "json":
        print_json(wayout_answer(found, question.view))
        return
    say(_text(question, found, goals, f"seed {seed}, {draws} draws"))


# ── what is asked ───────────────────────────────────────────────────────────────────────────────────────────


def until(seconds: float | None) -> Callable[[], float]:
    """The seconds that are left; none once somebody has interrupted."""
    end = float("inf") if seconds is None else time.monotonic() + seconds
    stopped = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever asks twice wants no answer

    signal.signal(signal.SIGINT, stop)
    return lambda: 0.0 if stopped else end - time.monotonic()


def progress() -> Report | None:
    """One line on a terminal that says how far it is, once that takes longer."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    begun = time.monotonic()

    def report(bound: float, best: float) -> None:
        if time.monotonic() - begun > 1:
            click.echo(f"\rbest so far {price_said(best)}, at least {price_said(bound)}    ", nl=False, err=True)

    return report


# ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────


def _rules(question: Question, plan: Plan, goals: tuple[str, ...]) -> Iterator[str]:
    yield from question.heading()
    for head, said in enumerate(plan.atoms):
        for number in plan.system.concluding[head]:
            rule = plan.system.rules[number]
            place = question.beside(rule.span)
            yield ""
            if not rule.body:
                is_guard = any(each.atom == head for each in plan.guards)
                yield wrapped(f"{said.text}{', as at the date' if is_guard else ': it is so'}{place}", 0, 2)
                continue
            yield wrapped(f"{said.text}, once{place}", 0, 2)
            for atom in rule.body:
                yield wrapped(f"· {plan.atoms[atom].text}", 3, 5)


# ── for people ──────────────────────────────────────────────────────────────────────────────────────────────


def _text(question: Question, found: WayOut, goals: tuple[str, ...], drawn: str) -> Iterator[str]:
    yield from heading(question, goals)
    yield ""
    if found.found.reached:
        yield "the goal needs no concession: it comes about by what is owed and done already"
        yield from _moves(moves(found.plan, ()))
        yield from _replayed(found.plan, ())
        return
    if not found.found.possible:
        yield wrapped("no concession that the text knows of, and that is asked for, reaches the goal", 0)
        system = found.plan.system
        if system.goal in Fixpoint(system, system.freed(range(len(system.concessions)))):
            yield wrapped("others do: there is a way with nothing out of the question, whoever concedes", 0)
        for each in found.stuck.beyond:
            yield wrapped(f"in nobody's hands: {each.text}", 3, 5)
        yield ""
        yield from _frontier(found)
        return
    yield from circles(found.stuck)
    yield from _choices(found)
    ways = found.ways
    if not ways:
        yield f"no way was found in that time; none costs less than {price_said(found.found.bound)}"
        return
    near = [each for each in ways if each.way.price <= ways[0].way.price * (1 + _NEAR)]
    if len(near) > 1:
        yield wrapped(f"the first {len(near)} ways cost the same, or nearly", 0)
        yield ""
    for number, told in enumerate(ways, 1):
        yield from _way(found.plan, told, number, alone=len(ways) == 1)
    yield from _frontier(found)
    if len(ways) > 1 and ways[0].cheapest_share is not None:
        yield faint(
            wrapped(
                f"shares under random prices, among {shared_by(found)}: each part uniform on 1 to 100, {drawn}", 0, 2
            )
        )
    if not found.found.complete:
        yield faint(wrapped(_cut(found), 0, 2))
    yield faint(wrapped("exits may lie outside what was recorded; this lists options and predicts nothing", 0, 2))


def _cut(found: WayOut) -> str:
    if found.found.proven:
        return "there are more ways: ask with a larger `-k`, or with `--all`"
    return f"the time was over: no way costs less than {price_said(found.found.bound)}, and there may be others"


def price_said(price: float) -> str:
    """A price without zeros behind the point."""
    return f"{price:g}"


def _choices(found: WayOut) -> Iterator[str]:
    """What every way has, and where one of several has to be taken."""
    concessions = found.plan.system.concessions
    if len(found.ways) < 2:
        return
    yield strong("every way takes" if found.found.complete else "every way listed takes")
    for choice in found.choices:
        if len(choice) == 1:
            for place in sorted(choice[0]):
                yield wrapped(f"· {concessions[place].text}", 3, 5)
    for choice in found.choices:
        if len(choice) > 1:
            yield wrapped("and one of:" if any(len(c) == 1 for c in found.choices) else "one of:", 3)
            for option in choice:
                words = " + ".join(concessions[place].text for place in sorted(option)) or "nothing more"
                yield wrapped(f"– {words}", 5, 7)
    yield ""


def _way(plan: Plan, told: Told, number: int, *, alone: bool) -> Iterator[str]:
    concessions = [plan.system.concessions[place] for place in told.way.concessions]
    share = "" if alone or told.cheapest_share is None else f", cheapest in {told.cheapest_share:.0%} of random prices"
    yield strong(f"way {number}: price {price_said(told.way.price)}{share}")
    yield wrapped(f"burden: {_burden(concessions)}", 3, 5)
    yield from _moves(told.moves)
    if told.still_blocked:
        yield faint(wrapped(f"still blocked: {', '.join(told.still_blocked)}", 3, 5))
    yield from _replayed(plan, told.way.concessions)
    yield ""


def _replayed(plan: Plan, granted: tuple[int, ...]) -> Iterator[str]:
    """Where the standings do not tell the same as the rules, once a way's moves are supposed as acts."""
    way = Replay(plan, granted)
    if plan.goals and not way.reaches():
        yield wrapped(_NOT_SO, 3, 5)
    later = way.arisen()
    if later:
        yield wrapped(_ARISEN.format(what=" and ".join(later)), 3, 5)
    for move in way.too_early():
        yield wrapped(_TOO_EARLY.format(who=", ".join(move.actors), what=move.text), 3, 5)


def _moves(ordered: tuple[Move, ...]) -> Iterator[str]:
    for move in each_once(ordered):
        who = "" if move.concession is not None else f"{', '.join(move.actors)}: "
        yield wrapped(f"{who}{move.text}", 3, 6, lead=f"{move.step}. ")


def _burden(concessions: list[Concession]) -> str:
    sums: dict[str, float] = {}
    for each in concessions:
        for part in each.parts:
            sums[part.owner] = sums.get(part.owner, 0) + part.price
    return ", ".join(f"{owner} {price_said(total)}" for owner, total in sorted(sums.items()))


def _conceding(count: int) -> str:
    return f"with {counted(count, 'concession')}" if count else "without a concession"


def _goals(found: WayOut) -> list[str]:
    return [goal.text for goal, _ in found.plan.goals] or [label for label, _ in found.plan.blocked]


def _frontier(found: WayOut) -> Iterator[str]:
    names = _goals(found)
    if len(names) < 2 or not (found.frontier or not found.in_time):
        return
    yield strong("what becomes possible")
    for each, alone in lines_of(found.frontier):
        by = f" by {', '.join(each.owners)}" if each.owners else ""
        by += ", each by itself" if alone else ""
        yield f"   {'█' * each.concessions or '·'}"
        yield wrapped(f"{_conceding(each.concessions)}{by}: {'; '.join(names[at] for at in each.goals)}", 3, 5)
    reached = {at for each in found.frontier for at in each.goals}
    out = [name for at, name in enumerate(names) if at not in reached]
    if out and found.in_time:
        yield wrapped(f"with no concession that is asked for: {'; '.join(out)}", 3, 5)
    if not found.in_time:
        yield wrapped("the time was over: what else becomes possible was not looked at", 3, 5)
    yield ""
