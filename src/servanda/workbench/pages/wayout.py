"""Way out: who waits for whom, what would free it, in which order, and at whose exposure. Nothing of it is recorded."""

from __future__ import annotations

import random
import time
from collections import Counter
from itertools import groupby
from typing import Any

import msgspec

from servanda.api.case import Case
from servanda.api.errors import CaseHasErrors, ServandaError
from servanda.api.planning import BadTerms, allowed, shared_by, with_prices
from servanda.model.commitments import DUTIES
from servanda.model.span import Span
from servanda.text.act_words import act_words
from servanda.wayout.acts_of_way import acts_of_grants, acts_of_way
from servanda.wayout.concessions_from_case import KINDS
from servanda.wayout.frontier import Reach, frontier, lines_of
from servanda.wayout.moves import Move, each_once, last_day, moves
from servanda.wayout.picture import picture
from servanda.wayout.prices import plain
from servanda.wayout.replay import Replay
from servanda.wayout.rules_from_case import Plan
from servanda.wayout.sequence import Fixpoint
from servanda.wayout.stuck import Stuck, stuck
from servanda.wayout.way_out import Asked, Told, WayOut, way_out
from servanda.workbench.asked import Slip
from servanda.workbench.graph import Drawing, part_of, tall, wide
from servanda.workbench.sight import Sight
from servanda.workbench.values import exposed
from servanda.workbench.wording import counted, figure, listed

#: A page looks for ways so many seconds, and says where that cut it short.
SECONDS = 3.0
#: Ways whose prices differ by less than this share of the cheapest are shown as near-ties.
NEAR = 0.1
DRAWS = 1000
_MOST_GOALS, _MOST_WAYS, _MOST_LINES = 8, 12, 40
#: Of more commitments than this it is not worked out, without goals, with how many concessions each becomes possible.
_MOST_REACHED = 100
#: Longer addresses are not made: what they suppose would not fit.
_LONGEST = 6_000


class Conceded(msgspec.Struct, frozen=True):
    """One concession of a way: whose, in words, at what price, by which clause; `name` picks it to be left out."""

    owners: tuple[str, ...]
    words: str
    price: float
    span: Span | None
    name: str


class Shown(msgspec.Struct, frozen=True):
    """A way as the page has it.

    `burden` is what it costs each owner; `freed` and `blocked` are the commitments that no longer wait, and those that
    do; `next` leads to the day on which its concessions are supposed, `last` to where all its moves are, if an address
    can hold them. `told_otherwise` says that the standings do not bear it out; `later` are the instances that will have
    come up by then, of which the goal says nothing.
    """

    number: int
    price: float
    share: float | None
    near: bool
    concessions: tuple[Conceded, ...]
    burden: dict[str, float]
    steps: tuple[tuple[int, tuple[Move, ...]], ...]
    freed: tuple[str, ...]
    blocked: tuple[str, ...]
    next: str | None
    last: str | None
    told_otherwise: bool
    later: tuple[str, ...]


class Reached(msgspec.Struct, frozen=True):
    """A line of the frontier: what becomes possible with so many concessions, and by whose; `alone`, each by itself."""

    concessions: int
    owners: tuple[str, ...]
    names: tuple[str, ...]
    alone: bool


class Worked(msgspec.Struct, frozen=True):
    """What was worked out for an address: what is stuck, its drawings, the ways, and what becomes possible when.

    `late` says that the time was over before all was looked at.
    """

    plan: Plan
    stuck: Stuck
    drawings: tuple[Drawing, Drawing] | None
    partly: bool
    found: WayOut | None
    told_otherwise: frozenset[int]
    later: dict[int, tuple[str, ...]]
    reach: tuple[Reach, ...]
    late: bool


def answer(sight: Sight) -> dict[str, Any]:
    """What is stuck; and with goals, the ways out. Others may ask while they are looked for."""
    names = names_for_goals(sight)
    with sight.desk.meanwhile(), sight.desk.plans:
        return {"names": names, **_planned(sight)}


def _planned(sight: Sight) -> dict[str, Any]:
    goals = goals_of(sight)
    never, prices = sight.every("never"), sight.every("price")
    most = _number(sight, "ways", 3, 1, _MOST_WAYS)
    seed = _number(sight, "seed", 0, 0, 10**9)
    plan = plan_of(sight, goals)
    never, prices, allowed_places, plan = _terms(sight, plan, never, prices)
    worked: Worked = sight.kept(
        "way out", tuple(goals), tuple(never), tuple(prices), most, seed,
        make=lambda: work(plan, allowed_places, most, seed, asked=bool(goals)),
    )  # fmt: skip
    found = worked.found
    ways = [] if found is None else [shown(sight, worked, told, at, goals) for at, told in enumerate(found.ways)]
    reached = [goal.text for goal, _ in worked.plan.goals] or [label for label, _ in worked.plan.blocked]
    waiting = [each.name for each in worked.stuck.blocked] or [label for label, _ in worked.plan.blocked]
    number = min(_number(sight, "way", 1, 1, _MOST_WAYS), max(1, len(ways)))
    return {
        "title": "What would free it",
        "verdict": verdict(found, ways),
        "goals": goals,
        "never": never,
        "prices": prices,
        "most": most,
        "seed": seed,
        "draws": DRAWS,
        "kinds": KINDS,
        "concessions": sorted({plain(each.text) for each in worked.plan.system.concessions}),
        "stuck": worked.stuck,
        "held_up": held_up(worked.stuck),
        "drawings": worked.drawings,
        "partly": worked.partly,
        "found": found,
        "ways": ways,
        "near": sum(each.near for each in ways),
        "shared_by": "" if found is None else shared_by(found),
        "always": _always(found),
        "choices": _choices(found),
        "moves": _by_step(moves(worked.plan, ())) if found is not None and found.found.reached else (),
        "reached_oddly": found is not None and found.found.reached and -1 in worked.told_otherwise,
        "frontier": [Reached(each.concessions, each.owners, tuple(reached[at] for at in each.goals), alone)
                     for each, alone in lines_of(worked.reach)],
        "example": goal_for(sight.case, waiting[0]) if waiting else "",
        "cut": _cut(found),
        "late": worked.late,
        "seconds": SECONDS,
        "titles": {name: each.title or name for name, each in sight.case.commitments.items()},
        "title_for": lambda label: sight.case.commitments[label.partition("[")[0]].title or label,
        "goal_for": lambda label: goal_for(sight.case, label),
        "exposure": exposed(sight, worked.plan, found, number) if found is not None else None,
        "way_number": number,
    }  # fmt: skip


def goals_of(sight: Sight) -> list[str]:
    """The goals of the address that can be read; the others are said."""
    given = sight.every("goal")
    for words in given[_MOST_GOALS:]:
        sight.slips.append(Slip("goal", words, f"at most {_MOST_GOALS} goals can be asked for at once"))
    found: list[str] = []
    for words in given[:_MOST_GOALS]:
        try:
            plan_of(sight, [*found, words])
        except CaseHasErrors as why:
            sight.slips.append(Slip("goal", words, why.diagnostics[0].message))
        except ServandaError as why:
            sight.slips.append(Slip("goal", words, str(why)))
        else:
            found.append(words)
    return found


def plan_of(sight: Sight, goals: list[str]) -> Plan:
    """The rules of the case in this view, with goals."""
    asked = sight.asked

    def make() -> Plan:
        case = sight.copy.for_plans(asked.supposed, sight.supposed)
        return case.plan(goals, at=asked.at, channels=asked.channels, known=asked.known)

    return sight.kept("plan", tuple(goals), make=make)


def _terms(
    sight: Sight, plan: Plan, never: list[str], prices: list[str]
) -> tuple[list[str], list[str], frozenset[int], Plan]:
    """What is out and what costs what, as far as it can be taken; the concessions that are left, and the plan."""
    taken: dict[str, list[str]] = {"never": [], "price": []}
    for name, given in (("price", prices), ("never", never)):
        for words in given:
            try:
                plan = with_prices(plan, [words]) if name == "price" else plan
                allowed(plan, [words] if name == "never" else [])
            except BadTerms as why:
                sight.slips.append(Slip(name, words, why.why))
            else:
                taken[name].append(words)
    return taken["never"], taken["price"], allowed(plan, taken["never"]), plan


def _number(sight: Sight, name: str, default: int, least: int, most: int) -> int:
    words = sight.more.get(name, "").strip()
    if not words:
        return default
    if not words.isdecimal() or not least <= int(words[:12]) <= most:
        sight.slips.append(Slip(name, words[:80], f"it is a whole number from {least} to {most}"))
        return default
    return int(words)


def work(plan: Plan, places: frozenset[int], most: int, seed: int, *, asked: bool) -> Worked:
    """Find what is stuck and, if goals were asked for, the ways out, within a few seconds."""
    end = time.monotonic() + SECONDS

    def left() -> float:
        return end - time.monotonic()

    if asked:
        dice = random.Random(seed)
        found = way_out(plan, Asked(most, False, places, lambda: dice.uniform(1, 100), DRAWS, left))
        reach, held = found.frontier, found.stuck
        ways = {at: Replay(plan, told.way.concessions) for at, told in enumerate(found.ways)}
        ways |= {-1: Replay(plan, ())} if found.found.reached else {}
        odd = frozenset(at for at, each in ways.items() if left() > 0 and not each.reaches())
        later = {at: each.arisen() for at, each in ways.items() if left() > 0}
    else:
        found, held, odd, later = None, stuck(plan), frozenset(), {}
        each = [atom for _, atom in plan.blocked]
        reach = frontier(plan.system, each, places, left) if len(each) <= _MOST_REACHED else ()
    late = left() <= 0
    drawn = picture(plan, held)
    part = part_of(drawn)
    drawings = (wide(part), tall(part)) if part.nodes else None
    return Worked(plan, held, drawings, len(part.nodes) < len(drawn.nodes), found, odd, later, reach, late)


def shown(sight: Sight, worked: Worked, told: Told, at: int, goals: list[str]) -> Shown:
    """One way for the page."""
    plan, found = worked.plan, worked.found
    assert found is not None
    own = [plan.system.concessions[place] for place in told.way.concessions]
    burden: Counter[str] = Counter()
    for each in own:
        for part in each.parts:
            burden[part.owner] += part.price  # type: ignore[assignment]
    now = Fixpoint(plan.system)
    waiting = [label for label, atom in plan.blocked if atom not in now]
    near = [each for each in found.ways if each.way.price <= found.ways[0].way.price * (1 + NEAR)]
    return Shown(
        at + 1,
        told.way.price,
        told.cheapest_share if len(found.ways) > 1 else None,
        len(near) > 1 and told in near,
        tuple(
            Conceded(each.owners, words, each.price, each.span, plain(each.text))
            for each, words in zip(own, told.words, strict=True)
        ),
        {each: burden[each] for each in (*sight.case.parties, *sorted(burden)) if each in burden},
        _by_step(told.moves),
        tuple(each for each in waiting if each not in told.still_blocked),
        told.still_blocked,
        *_supposed(sight, plan, told, goals),
        at in worked.told_otherwise,
        worked.later.get(at, ()),
    )  # fmt: skip


def _by_step(ordered: tuple[Move, ...]) -> tuple[tuple[int, tuple[Move, ...]], ...]:
    return tuple((step, tuple(those)) for step, those in groupby(each_once(ordered), key=lambda each: each.step))


def _supposed(sight: Sight, plan: Plan, told: Told, goals: list[str]) -> tuple[str | None, str | None]:
    """Where its concessions are supposed, on the day after; and where all its moves are, on the day of the last."""
    conceded = acts_of_grants(plan, [plan.grants[place] for place in told.way.concessions])
    whole = acts_of_way(plan, told.moves)
    first = next((each.dating for each in conceded if each.dating is not None), None)

    def link(page: str, acts: tuple[Any, ...], day: object, **more: Any) -> str | None:
        lines = [*sight.asked.supposed, *map(act_words, acts)]
        if day is None or not acts or len(lines) > _MOST_LINES:
            return None
        found = sight.links.page(page, at=str(day), suppose=lines, **more)
        return found if len(found) < _LONGEST else None

    return (
        link("wayout", conceded, first, goal=goals),
        link("standing", whole, last_day(plan, told.way.concessions)),
    )


def held_up(held: Stuck) -> str:
    """How much is stuck, in words; nothing where nothing is."""
    counts = ((len(held.circles), "circle", " of waits"), (len(held.open_decisions), "open decision", ""),
              (len(held.beyond), "matter", " in nobody’s hands"))  # fmt: skip
    parts = [f"{counted(count, what)}{more}" for count, what, more in counts if count]
    waiting = len(held.blocked)
    return listed([*parts, *([f"{counted(waiting, 'commitment')} that wait{'s' * (waiting == 1)}"] if waiting else [])])


def verdict(found: WayOut | None, ways: list[Shown]) -> str:
    """What has come of it, in a sentence."""
    if found is None:
        return ""
    if found.found.reached:
        return "The goal needs no concession: it comes about by what is owed and done already."
    if not ways:
        return "No way out was found."
    first = ways[0]
    owners = listed(dict.fromkeys(owner for each in first.concessions for owner in each.owners))
    return (
        f"The cheapest way takes {counted(len(first.concessions), 'concession')}, by {owners}, at a price of "
        f"{figure(first.price)}."
    )


def names_for_goals(sight: Sight) -> dict[str, str]:
    """What can be written into the field of a goal, with what it means."""
    found: dict[str, str] = {}
    for row in sight.inventory:
        kind, title = row.commitment.kind, row.commitment.title
        if kind != "prohibition":
            found[row.label] = title
        if kind in DUTIES:
            found[goal_of_undertaking(row.label)] = f"{title or row.label}, promised"
    return found


def goal_of_undertaking(label: str) -> str:
    """The goal that somebody gives its word; of a prohibition the only one, which is never over and done with."""
    return f"{label} is promised"


def goal_for(case: Case, label: str) -> str:
    """The goal that the case waits for where it waits for a commitment, as without goals all that is owed is one."""
    kind = case.commitments[label.partition("[")[0]].kind
    return goal_of_undertaking(label) if kind == "prohibition" else label


def _always(found: WayOut | None) -> list[str]:
    """The concessions that every way listed takes."""
    if found is None or len(found.ways) < 2:
        return []
    concessions = found.plan.system.concessions
    return [concessions[place].text for choice in found.choices if len(choice) == 1 for place in sorted(choice[0])]


def _choices(found: WayOut | None) -> list[list[str]]:
    """Where one of several has to be taken: each option in words."""
    if found is None or len(found.ways) < 2:
        return []
    concessions = found.plan.system.concessions
    return [
        [" + ".join(concessions[place].text for place in sorted(option)) or "nothing more" for option in choice]
        for choice in found.choices
        if len(choice) > 1
    ]


def _cut(found: WayOut | None) -> str:
    """What is said where not all ways are shown."""
    if found is None or found.found.complete or found.found.reached:
        return ""
    if found.found.proven:
        return "There are more ways than these: ask for more."
    return (
        f"The search was cut short after {SECONDS:g} seconds: no way costs less than {figure(found.found.bound)}, "
        "and there may be others."
    )
