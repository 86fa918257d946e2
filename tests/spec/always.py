"""What must always hold of an engine's answers: a property each, with the numbers that they have in the meaning.

What only few cases give an occasion for says how many it found. What must hold however the engine is asked is in
`always_asked.py`; what must hold of disputes and ways out (13–15), in their own specs.

The other way to the same answer is the engine again, asked of a case that says the same in another way, or of another
day. Where a rule is needed to say what "the same" is, it is the oracle's.
"""

from __future__ import annotations

import datetime
import itertools
import random
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import msgspec

from differential.made import View, random_case
from oracle.clock import Clock
from oracle.view import View as OracleView
from oracle.view import channels_of, deeds_in_view, instant_of, sources_in_view
from servanda import load_text
from servanda.load import acts_from_words
from servanda.model.case import Case
from servanda.model.conditions import Amount, Happening, Ref
from servanda.model.record import Act
from servanda.model.time import dating_from_words
from servanda.standing import RECORD, Inquiry, Row, Standing
from servanda.text import format_tree, parse

FINAL = ("fulfilled", "waived", "ended")
NOT_YET = dating_from_words("9000-01-01")
#: Verbs whose acts change what is credited, or how a text is read: they look back over the whole history.
LOOKING_BACK = frozenset(
    "claims observes confirms disputes trusts rejects recognises withdraws holds transfers".split()
)

Key = tuple[str, str | None]
Answers = dict[Key, "Said"]


class Said(NamedTuple):
    """A standing without the places of its words."""

    status: str
    since: Any
    late: Any
    disputed: bool
    deadline: Any
    breached: tuple[datetime.datetime, ...]
    rungs: dict[str, Any]
    facts: frozenset[str]
    missing: frozenset[str]
    amount: Any
    beside: tuple[Any, ...]


def said(each: Standing) -> Said:
    missing = frozenset(one.text for one in each.missing)
    beside = (each.deadline_dropped, each.late_unknown, each.otherwise_dated)
    return Said(
        each.status, each.since, each.late, each.claim_disputed, each.deadline, each.breached, dict(each.rungs),
        each.facts, missing, each.amount, beside,
    )  # fmt: skip


def inventory(inquiry: Inquiry, view: View, readings: Iterable[str] | None = None) -> tuple[Row, ...]:
    known = None if view.known is None else dating_from_words(view.known)
    return inquiry.inventory(dating_from_words(view.at), readings, view.channels, known)


def answers(case: Case | Inquiry, view: View, reading: str) -> Answers:
    inquiry = case if isinstance(case, Inquiry) else Inquiry(case)
    rows = inventory(inquiry, view, [reading])
    return {(row.commitment.name, row.instance): said(row.standings[reading]) for row in rows}


def in_all(case: Case, view: View) -> dict[str, Answers]:
    inquiry = Inquiry(case)
    return {reading: answers(inquiry, view, reading) for reading in (*case.parties, RECORD)}


class Asked(NamedTuple):
    """A case, the text that it was read from, and the views that it is asked of."""

    text: str
    case: Case
    views: tuple[View, ...]


@cache
def at_random(seed: int) -> Asked:
    made = random_case(seed)
    return Asked(made.text, load_text(made.text).case, made.views)


def with_acts(case: Case, acts: Iterable[Act]) -> Case:
    return msgspec.structs.replace(case, acts=tuple(acts))


def end_of(clock: Clock, act: Act) -> datetime.datetime:
    return clock.onset(act.dating, "act").latest


# ── one property each ───────────────────────────────────────────────────────────────────────────────────────────


def only_what_is_in_view_counts(asked: Asked) -> None:
    """1, 6: what is later, over another channel or not yet known changes nothing; so leaving it out does not."""
    case = asked.case
    clock = Clock(case.timezone)
    for view in asked.views:
        for reading in (*case.parties, RECORD):
            at = instant_of(clock, dating_from_words(view.at))
            known = at if view.known is None else instant_of(clock, dating_from_words(view.known))
            seen = OracleView(reading, at, channels_of(case, reading, view.channels), known)
            inside = {deed.order for deed in deeds_in_view(case, clock, seen, ())}
            there = sources_in_view(case, clock, seen)
            rest = msgspec.structs.replace(
                case,
                acts=tuple(act for order, act in enumerate(case.acts) if order in inside),
                sources={
                    name: each if name in there else msgspec.structs.replace(each, dated=NOT_YET)
                    for name, each in case.sources.items()
                },
            )
            assert answers(rest, view, reading) == answers(case, view, reading), (reading, view)


def what_is_merely_stated_changes_nothing(asked: Asked) -> None:
    """1: nor does `states`."""
    case = asked.case
    party = next(iter(case.parties))
    names = [*case.commitments, *case.sources, *case.parties, *case.bodies]
    more = "".join(f"{day} {party} states {name}\n" for day in days_of(case) for name in names)
    stated = load_text(asked.text + more).case
    for view in asked.views:
        assert in_all(stated, view) == in_all(case, view)


def days_of(case: Case) -> list[str]:
    return sorted({str(act.dating.latest.day) for act in case.acts if act.dating is not None})


def the_order_of_lines_changes_nothing(asked: Asked) -> None:
    """2: but for one author's acts that are tied."""
    case = asked.case
    clock, rng = Clock(case.timezone), random.Random(len(asked.text))
    turned: list[Act] = []
    left = list(case.acts)
    while left:
        free = [
            act
            for at, act in enumerate(left)
            if not any(end_of(clock, act) == end_of(clock, other) and tied(case, act, other) for other in left[:at])
        ]
        turned.append(rng.choice(free))
        left.remove(turned[-1])
    for view in asked.views:
        assert in_all(with_acts(case, turned), view) == in_all(case, view)


def tied(case: Case, one: Act, other: Act) -> bool:
    return not people(case, one).isdisjoint(people(case, other))


def people(case: Case, act: Act) -> set[str]:
    return {case.party_of(ref.name) for ref in act.actors}


def laying_out_changes_nothing(asked: Asked) -> None:
    """2: nor does the formatter."""
    case = asked.case
    laid_out = load_text(format_tree(parse(asked.text))).case
    for view in asked.views:
        assert in_all(laid_out, view) == in_all(case, view)


def names_are_only_names(asked: Asked) -> None:
    """3: other names for parties and commitments, in another order of the alphabet, give the same answers by them."""
    case = asked.case
    words = [*case.parties, *case.commitments, *case.bodies, *case.persons]
    names = {name: f"Zz{len(words) - at:02}" for at, name in enumerate(words)}
    renamed = load_text(replaced(asked.text, names)).case
    for view in asked.views:
        there = in_all(renamed, view)
        for reading, expected in in_all(case, view).items():
            assert there[names.get(reading, reading)] == {
                (names[name], names.get(key or "", key)): one._replace(
                    missing=frozenset(replaced(each, names) for each in one.missing)
                )
                for (name, key), one in expected.items()
            }


def replaced(text: str, names: dict[str, str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    pattern = rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])"
    return re.sub(pattern, lambda match: names[match[0]], text)


#: After so many years the calendar is the same again, leap days and all.
ROUND = 28


def dates_are_only_dates(asked: Asked) -> None:
    """The whole case at another time, with the same days of the week: the same answers, as much later."""
    if "working" in asked.text:
        return  # holidays do not come round
    later = load_text(moved(asked.text)).case
    for view in asked.views:
        there = in_all(later, View(moved(view.at), view.channels, view.known and moved(view.known)))
        for reading, expected in in_all(asked.case, view).items():
            assert {name: moved_by(each) for name, each in expected.items()} == {
                name: plain(each) for name, each in there[reading].items()
            }


def moved(text: str) -> str:
    return re.sub(r"(?<![\w-])(\d{4})(?=-\d\d-\d\d)", lambda match: str(int(match[0]) + ROUND), text)


def moved_by(value: Any, years: int = ROUND) -> Any:
    """Whatever is in a standing, its instants as clocks on the wall show them, so many years later."""
    if isinstance(value, datetime.datetime):
        return value.replace(year=value.year + years if value.year > 1 else 1, tzinfo=None)
    if isinstance(value, str):
        return moved(value) if years else value
    if isinstance(value, tuple | frozenset):
        every = [moved_by(each, years) for each in value]
        return sorted(every, key=repr) if isinstance(value, frozenset) else every
    if isinstance(value, dict):
        return {key: moved_by(each, years) for key, each in value.items()}
    return value


def plain(value: Any) -> Any:
    return moved_by(value, 0)


def finals_stay_and_breaches_grow(asked: Asked) -> None:
    """5: from one day to a later one between which nothing is said that looks back."""
    for _, _, before, after in over_time(asked, lambda act: act.verb not in LOOKING_BACK):
        for name, one in before.items():
            other = after.get(name)
            if other is None:
                continue  # no member of its term any more
            assert set(one.breached) <= set(other.breached)
            if one.status in FINAL:
                assert (other.status, other.since) == (one.status, one.since)


def over_time(asked: Asked, quiet: Callable[[Act], bool]) -> Iterator[tuple[Case, str, Answers, Answers]]:
    """The answers of one day and of the next one, where only acts that are quiet lie between them."""
    case = asked.case
    if any(act.known is not None for act in case.acts):
        return
    inquiry = Inquiry(case)
    acts = [(act.dating.latest.day, act) for act in case.acts if act.dating is not None]
    days = {day for day, _ in acts} | {datetime.date.fromisoformat(view.at[:10]) for view in asked.views}
    for there in in_all(case, View(str(max(days)))).values():
        for one in there.values():
            if one.deadline is not None and 1 < one.deadline[1].year < 9000:
                last = one.deadline[1].date()
                days |= {last, last + datetime.timedelta(days=1)}
    days |= {min(days) - datetime.timedelta(days=1), max(days) + datetime.timedelta(days=20)}
    for first, last in itertools.pairwise(sorted(days)):
        if all(quiet(act) for day, act in acts if first < day <= last):
            for reading in (*case.parties, RECORD):
                before, after = (answers(inquiry, View(str(each)), reading) for each in (first, last))
                yield case, reading, before, after


def nothing_is_breached_out_of_force(asked: Asked) -> None:
    """10: nothing is breached before it is in force, while it is suspended, or after it is over."""
    for _, _, before, after in over_time(asked, lambda act: False):
        for name, one in before.items():
            other = after.get(name)
            if other is not None and one.status in (*FINAL, "suspended", "not owed", "proposed", "dormant"):
                stays = (other.status, other.since) == (one.status, one.since)
                assert not stays or other.breached == one.breached, (name, one, other)


def the_day_itself_is_in_time(asked: Asked) -> int:
    """10: on the last day itself nothing is overdue by it; the next day it is, if nothing is said."""
    case, occasions = asked.case, 0
    inquiry, silent = Inquiry(case), days_of(case)
    for reading in (*case.parties, RECORD):
        for name, one in answers(inquiry, View(silent[-1]), reading).items():
            if one.deadline is None or one.deadline[1].time() < datetime.time(23, 59):
                continue
            last = one.deadline[1].date()
            after = last + datetime.timedelta(days=1)
            then, next_ = (answers(inquiry, View(str(day)), reading).get(name) for day in (last, after))
            if then is None or then.deadline != one.deadline:
                continue
            begin = case.commitments[name[0]].clauses.begins_by is not None
            assert begin or then.status != "overdue", name
            if then.status == "due" and str(after) not in silent and next_ is not None and next_.status != "due":
                assert next_.status != "overdue" or (begin or next_.breached[-1].date() == after), name
                occasions += 1
    return occasions


def a_higher_rung_reaches_the_lower(asked: Asked) -> None:
    """8: and not later than the higher one."""
    case = asked.case
    ladder = ("offered", "promised", "begun", "claimed", "observed", "verified")
    for view in asked.views:
        for there in in_all(case, view).values():
            for (_, instance), one in there.items():
                reached = [one.rungs[rung] for rung in ladder]
                known = [when for when in reached if when is not None]
                assert reached[: len(known)] == known
                assert instance is not None or known == sorted(known)  # what is undertaken waits for its instance
                assert one.rungs["confirmed"] is None or one.rungs["claimed"] is not None


def who_never_accepted_owes_nothing(asked: Asked) -> int:
    """9: whoever has said nothing of a commitment, and stands behind no source of it, never owes it."""
    case, occasions = asked.case, 0
    for name, commitment in case.commitments.items():
        clauses = commitment.clauses
        bearers = {case.party_of(ref.name) for ref in clauses.of}
        if commitment.kind not in ("obligation", "prohibition") or not bearers <= {*case.parties, *case.bodies}:
            continue
        about = {name, *(cite.source.name for cite in clauses.under)}
        behind = {case.party_of(ref.name) for cite in clauses.under for ref in case.sources[cite.source.name].by}
        acts = [act for act in case.acts if about & {ref.name for ref in act.objects if isinstance(ref, Ref)}]
        if any(act.verb in ("transfers", "holds") for act in acts):
            continue
        silent = bearers - behind - {party for act in acts for party in people(case, act)}
        if not silent:
            continue
        for view in asked.views:
            for reading, there in in_all(case, view).items():
                for (one, _), standing in there.items():
                    if one == name:
                        assert standing.status not in ("due", "overdue"), (name, reading)
                        assert not standing.breached
                        assert not standing.facts & {"agreed", "in force", "breached"}
                        occasions += 1
    return occasions


def unknown_neither_fulfils_nor_breaches(asked: Asked) -> int:
    """7: what only the bearer says, and nobody disputes, is not done for the others; nor is it late for them."""
    case, occasions = asked.case, 0
    [bearer, *others] = case.parties
    believed = any(act.verb in ("trusts", "recognises") and named(act, bearer) for act in case.acts)
    if believed or any(act.verb == "transfers" for act in case.acts):
        return 0
    alone = with_acts(
        case,
        [
            act
            for act in case.acts
            if act.verb not in ("confirms", "disputes", "trusts")
            and (act.verb not in ("claims", "observes") or people(case, act) == {bearer})
        ],
    )
    inquiry = Inquiry(alone)
    for view in asked.views:
        for reading in others:
            for (name, _), one in answers(inquiry, view, reading).items():
                clauses = case.commitments[name].clauses
                owed_to_itself = clauses.to_others or bearer in {case.party_of(ref.name) for ref in clauses.to}
                if {case.party_of(ref.name) for ref in clauses.of} != {bearer} or owed_to_itself:
                    continue
                if clauses.seeks is not None or any(act.verb == "holds" and named(act, name) for act in case.acts):
                    continue
                if clauses.done_when is None or isinstance(clauses.done_when, Amount | Happening):
                    claimed = one.rungs["claimed"]
                    assert one.status != "fulfilled", (name, reading)
                    assert one.status != "claimed" or all(each <= claimed for each in one.breached), (name, reading)
                    occasions += claimed is not None
    return occasions


def named(act: Act, name: str) -> bool:
    return any(isinstance(ref, Ref) and ref.name == name for ref in act.objects)


def suspending_moves_deadlines_by_the_gap(asked: Asked) -> int:
    """11: each open deadline that hangs on nothing in between, by exactly the time suspended; 10: none passes then."""
    others, occasions = ("suspends", "resumes", "terminates", "uses", "transfers"), 0
    case = with_acts(asked.case, [act for act in asked.case.acts if act.verb not in others])
    if not days_of(case):
        return 0
    view = View(days_of(case)[-1])
    gap = datetime.timedelta(days=3)
    for name, commitment in case.commitments.items():
        if commitment.kind != "obligation" or commitment.clauses.for_each is not None:
            continue
        for reading in case.parties:
            one = answers(case, view, reading)[name, None]
            if one.deadline is None or one.status not in ("due", "overdue"):
                continue
            start = one.deadline[0].date() - gap - datetime.timedelta(days=1)
            then = answers(case, View(str(start)), reading)[name, None]
            if then.status != "due" or then.deadline != one.deadline:
                continue
            suspended, resumed = (
                acts_from_words(case, f"{day} {', '.join(case.parties)} {verb} {name}")[0]
                for day, verb in ((start, "suspends"), (start + gap, "resumes"))
            )
            later = max(view.at, str(start + gap))
            other = answers(with_acts(case, [*case.acts, *suspended, *resumed]), View(later), reading)[name, None]
            assert other.deadline is not None
            found = tuple(each.replace(tzinfo=None) for each in other.deadline)
            assert found == tuple(each.replace(tzinfo=None) + gap for each in one.deadline), (name, reading)
            passed = str(one.deadline[1].date() + gap)
            still = answers(with_acts(case, [*case.acts, *suspended]), View(passed), reading)[name, None]
            assert still.breached == then.breached, (name, reading)
            occasions += 1
    return occasions


def what_was_agreed_stays_so(asked: Asked) -> None:
    """12: in the record."""
    for _, reading, before, after in over_time(asked, lambda act: True):
        if reading == RECORD:
            for name, one in before.items():
                assert "agreed" not in one.facts or name not in after or "agreed" in after[name].facts


def a_power_that_nobody_has_changes_nothing(asked: Asked) -> None:
    """16: who has no power over anything, and is accepted by nobody, suspends and ends nothing for others."""
    case = asked.case
    outsider = load_text(f"{asked.text}party Outsider\n").case
    day = asked.views[0].at[:10]
    accepted = {ref.name for act in case.acts if act.verb == "consents" for ref in act.objects if isinstance(ref, Ref)}
    targets = [name for name in (*case.commitments, *case.sources) if name not in accepted]
    acts = "".join(f"{day} Outsider {verb} {name}\n" for name in targets for verb in ("suspends", "terminates"))
    acting = load_text(f"{asked.text}party Outsider\n{acts}").case
    everybody = any(each.clauses.to_others or not each.clauses.to for each in case.commitments.values())
    for view in asked.views:
        for reading in (*case.parties, RECORD):
            if not everybody:
                assert answers(acting, view, reading) == answers(outsider, view, reading), reading


def joint_performance_counts_once(asked: Asked) -> None:
    """17: what two say together is counted once: a second author of every amount adds nothing."""
    case = asked.case
    if not any(isinstance(thing, Amount) for act in case.acts for thing in act.objects):
        return
    actors = sorted({ref.name for act in case.acts for ref in act.actors})
    shadows = {name: f"Shadow{at}" for at, name in enumerate(actors)}
    declared = "".join(f"body {each}\n" for each in shadows.values())
    double = load_text(asked.text + declared).case
    acts = []
    for act in double.acts:
        if any(isinstance(thing, Amount) for thing in act.objects) and len(act.actors) == 1:
            shadow = msgspec.structs.replace(act.actors[0], name=shadows[act.actors[0].name])
            acts.append(msgspec.structs.replace(act, actors=(*act.actors, shadow)))
        else:
            acts.append(act)
    for view in asked.views:
        there = in_all(with_acts(double, acts), view)
        for reading, expected in in_all(case, view).items():
            for name, one in expected.items():
                if one.amount is not None and name in there[reading]:
                    amount = there[reading][name].amount
                    assert (amount.claimed, amount.observed) == (one.amount.claimed, one.amount.observed)
                    assert one.amount.credited is None or amount.credited >= one.amount.credited
                    most = sum(each for each in (amount.claimed, amount.observed) if each is not None)
                    assert amount.credited is None or amount.credited <= most


PROPERTIES = [
    only_what_is_in_view_counts, what_is_merely_stated_changes_nothing, the_order_of_lines_changes_nothing,
    laying_out_changes_nothing, names_are_only_names, dates_are_only_dates, finals_stay_and_breaches_grow,
    unknown_neither_fulfils_nor_breaches, a_higher_rung_reaches_the_lower, who_never_accepted_owes_nothing,
    nothing_is_breached_out_of_force, the_day_itself_is_in_time, suspending_moves_deadlines_by_the_gap,
    what_was_agreed_stays_so, a_power_that_nobody_has_changes_nothing, joint_performance_counts_once,
]  # fmt: skip
