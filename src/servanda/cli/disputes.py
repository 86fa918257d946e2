"""`servanda disputes`: where readings part, at which premises, and what would bring them together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from servanda.api.disputes import disputes_answer
from servanda.api.disputes_changes import changes_answer, history_answer
from servanda.diagnostics import nearest, printable
from servanda.readings import (
    Change,
    Difference,
    Dispute,
    Disputes,
    Ranked,
    between,
    disputes,
    partings,
    shift,
)
from servanda.readings.questions import ASKED, QUESTIONS
from servanda.standing import RECORD, Inquiry

from .disputes_history import drawn, found_for, lines
from .options import FORMAT, print_json
from .question import Question, asks, known_names, say
from .words import counted, faint, strong, wrapped

Pair = tuple[str, str]
#: How the question is said at which two readings still part, or do so anew.
_AT = {"end": "but not:", "begin": "at:"}


@click.command("disputes")
@asks()
@click.option("--between", "pair", nargs=2, metavar="A B", help="Two readings; each two parties, if none are named.")
@click.option("--premise", metavar="NAME", help="What would fall into place, had the one the other's premise.")
@click.option("--history", "over_time", is_flag=True, help="How the disputes came and went, act by act.")
@click.option("--plot", type=click.Path(dir_okay=False), metavar="FILE.svg", help="Draw that history.")
@FORMAT
def command(
    question: Question,
    pair: tuple[str, str] | None,
    premise: str | None,
    over_time: bool,
    plot: str | None,
    output: str,
) -> None:
    """Show where readings part, and what would bring them together.

    Each commitment on which two readings part stands under the premise that would end most disputes: which of its
    versions, put into the other reading, makes the two agree. Differences on which nothing hangs come last. With
    `--suppose`, what ends and begins with it is told first.
    """
    pairs = _pairs(question, pair)
    if premise is not None and (over_time or plot):
        raise click.UsageError("`--premise` and `--history` are two questions: ask one of them")
    if plot and Path(plot).suffix != ".svg":
        raise click.UsageError(f"--plot {plot}: the name of the file ends in .svg")
    if over_time or plot:
        found = found_for(question, pairs)
        if plot:
            Path(plot).write_text(drawn(question, found), "utf-8")
        if output == "json":
            print_json(history_answer(found, question.view, question.supposed))
        else:
            say(lines(question, found))
        return
    if premise is not None:
        held = [between(question.inquiry, question.at, each, question.over, question.known) for each in pairs]
        changes = [change for each in held for change in each.changes(premise)]
        if not changes:
            _unknown_premise(question, pairs, premise)
        if output == "json":
            print_json(changes_answer(changes, question.view))
        else:
            say(_told(question, pairs, changes))
        return
    answer = disputes(question.inquiry, question.at, pairs, question.over, question.known)
    if output == "json":
        print_json(disputes_answer(answer, question.view))
        return
    say(_text(question, answer))


def _pairs(question: Question, pair: tuple[str, str] | None) -> tuple[Pair, ...]:
    if pair:
        known_names(pair, (*question.case.parties, RECORD), "reading")
        if pair[0] == pair[1]:
            raise click.UsageError(f"--between {pair[0]} {pair[1]}: a reading does not part from itself")
        return (pair,)
    readings = question.named or tuple(question.case.parties)
    if len(readings) < 2:
        raise click.UsageError("there are no two readings to hold against each other: name them with `--between A B`")
    return tuple(itertools.combinations(readings, 2))


# ── for people ──────────────────────────────────────────────────────────────────────────────────────────────


def _text(question: Question, answer: Disputes) -> Iterator[str]:
    yield from question.heading()
    if question.supposed:
        yield ""
        yield from _shift(question, answer.pairs)
    for pair in answer.pairs:
        those = [each for each in answer.disputes if each.readings == pair]
        apart = [each for readings, each in answer.without_consequence if readings == pair]
        yield ""
        yield from _pair(question, pair, those, apart)


def _pair(question: Question, pair: Pair, those: Sequence[Dispute], apart: Sequence[Difference]) -> Iterator[str]:
    one, other = pair
    names = {each.commitment for each in those}
    yield strong(
        f"{one} and {other} part on {counted(len(names), 'commitment')}" if those else f"{one} and {other} agree"
    )
    left = list(those)
    ranked = Disputes((pair,), tuple(those), ()).ranked()
    for each in ranked:
        ended = [dispute for dispute in each.ends if dispute in left]
        if ended:
            yield ""
            yield from _group(question, each, ended)
            left = [dispute for dispute in left if dispute not in ended]
    if left:
        yield ""
        yield strong("no single premise would end")
        for dispute in left:
            yield from _dispute(dispute, None)
    if apart:
        yield ""
        yield strong("they differ without consequence on")
        for premise in apart:
            yield wrapped(_named(premise), 3)
            yield from _versions(question, premise, 6)


def _group(question: Question, ranked: Ranked, ended: Sequence[Dispute]) -> Iterator[str]:
    premise = next(each for dispute in ended for each in dispute.premises if each.id == ranked.premise)
    yield strong(wrapped(f"{_named(premise)} · would end {counted(len(ranked.ends), 'dispute')}", 0, 2))
    yield from _versions(question, premise, 3)
    for dispute in ended:
        yield from _dispute(dispute, premise)


def _named(premise: Difference) -> str:
    return f"{premise.lead} {premise.name}"


def _versions(question: Question, premise: Difference, indent: int) -> Iterator[str]:
    width = max(map(len, premise.versions))
    for reading, words in premise.versions.items():
        place = question.beside(premise.span) if reading == premise.owner else ""
        yield faint(wrapped(f"{words}{place}", indent, indent + width + 2, lead=f"{reading:{width}}  "))


def _dispute(dispute: Dispute, under: Difference | None) -> Iterator[str]:
    one, other = dispute.readings
    lead = f"≠ {dispute.commitment}  "
    yield wrapped(f"{dispute.statuses[one]} in {one}, {dispute.statuses[other]} in {other}", 3, 8, lead=lead)
    if dispute.question not in ("owed", "done"):
        said = "; ".join(f"{dispute.answers[each]} in {each}" for each in dispute.readings)
        yield faint(wrapped(f"{dispute.asked} {said}", 8, 10))
    names = {each.id: _named(each) for each in dispute.premises}
    alone = () if under is None else (under.id,)
    takers = {one: other, other: one}
    if under is not None and not all(alone in sets for sets in dispute.bridges.values()):
        [giver] = [each for each, sets in dispute.bridges.items() if alone in sets]
        yield wrapped(f"ends if {takers[giver]} takes {giver}’s version", 8, 10)
    for giver, sets in dispute.bridges.items():
        for bridge in sets:
            if bridge != alone:
                words = " and ".join(names[each] for each in bridge)
                lead = "or" if under is not None else "ends"
                yield wrapped(f"{lead} if {takers[giver]} takes {giver}’s {words}", 8, 10)
        if not sets:
            yield wrapped(f"for {takers[giver]} to come round to {giver}: {dispute.no_bridge[giver]}", 8, 10)
    if not dispute.complete and any(dispute.bridges.values()):
        yield wrapped("there may be more bridges: the search was cut short", 8, 10)


def _shift(question: Question, pairs: tuple[Pair, ...]) -> Iterator[str]:
    """What ends and begins with what is supposed."""
    before, after = (
        partings(inquiry, question.at, pairs, question.over, question.known)
        for inquiry in (Inquiry(question.case), question.inquiry)
    )
    found = shift(before, after)
    yield strong("with what is supposed")
    for word, those in (("ends", found.ended), ("begins", found.begun)):
        for each in those:
            one, other = each.readings
            asks = ASKED[QUESTIONS[each.place]]
            yield wrapped(f"between {one} and {other}: {asks}", 3, 8, lead=f"{word:6}  {each.label}  ")
    if not found.ended and not found.begun:
        yield wrapped("no dispute ends or begins", 3)


# ── one premise ─────────────────────────────────────────────────────────────────────────────────────────────


def _unknown_premise(question: Question, pairs: tuple[Pair, ...], name: str) -> None:
    answer = disputes(question.inquiry, question.at, pairs, question.over, question.known)
    there = [premise.name for dispute in answer.disputes for premise in dispute.premises]
    there += [premise.name for _, premise in answer.without_consequence]
    guess = nearest(name, dict.fromkeys(there))
    hint = f"; did you mean `{guess}`?" if guess else ""
    raise click.UsageError(f"these readings do not differ on a premise called `{printable(name)}`{hint}")


def _told(question: Question, pairs: tuple[Pair, ...], changes: Sequence[Change]) -> Iterator[str]:
    yield from question.heading()
    last = None
    for each in changes:
        if each.premise != last:
            yield ""
            yield strong(_named(each.premise))
            yield from _versions(question, each.premise, 3)
            last = each.premise
        yield wrapped(f"if {each.taker} takes {each.giver}’s version:", 3)
        if not each.ended and not each.begun and not each.standings:
            yield wrapped("nothing changes", 6)
        for verb, those in (("end", each.ended), ("begin", each.begun)):
            if those:
                named = ", ".join(
                    name if then is None else f"{name} ({_AT[verb]} {ASKED[then]})" for name, then in those.items()
                )
                yield wrapped(f"{counted(len(those), 'dispute')} with {each.giver} would {verb}: {named}", 6, 8)
        for name, (before, after) in each.standings.items():
            yield wrapped(f"{before} → {after} in {each.taker}", 6, 8, lead=f"{name}  ")
    if question.supposed:
        yield ""
        yield from _shift(question, pairs)
