"""Conditions that lead back to themselves through a *not*: they hold exactly when they do not hold.

Looked for from coarse to fine, so that a case without any is read once: first which names lead back to each other, then
which questions about them, whoever holds which text; and only where these do, text by text and reading by reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from servanda.diagnostics import Diagnostic
from servanda.load.case_from_syntax import Built
from servanda.model.commitments import EachMember
from servanda.model.components import components
from servanda.model.conditions import Amount, CameAbout, Did, Happening, InState, Member, OnDate, PublicAct, Ref, Unless
from servanda.model.walk import conditions_of_act, conditions_of_clauses, parts

from .dependence import STATUS_WORDS, Question, Step, What, steps
from .shortest import Hanging, shortest, told
from .texts import AllTexts, Texts

#: How many questions are walked over, text by text, before it is enough.
_MOST_QUESTIONS = 200_000
#: What is told by the record alone, and hangs on nothing.
_TOLD = (Amount, Happening, Member, OnDate, PublicAct)


def circular_conditions(built: Built) -> Iterator[Diagnostic]:
    """Circles through `unless`, `until` or a status word; one message for each, at all its places."""
    every = AllTexts(built.case)
    left = _MOST_QUESTIONS
    for together in _names_in_circles(every):
        for names in [frozenset(each.name for each in circle) for circle in _through_not(every, together)[0]]:
            reported: set[str] = set()
            for texts in every.over_time(names):
                circles, walked = _through_not(texts, names)
                for hanging in circles:
                    circle = shortest(texts, hanging)
                    if circle is not None and reported.isdisjoint(step.to.name for _, step in circle):
                        reported |= {step.to.name for _, step in circle}
                        yield told(circle)
                left -= walked
                if left < 0:
                    return


def _names_in_circles(every: AllTexts) -> Iterator[frozenset[str]]:
    """The names that lead to each other by what is said of them, where anything of that asks for a *not*."""
    named = {name: _named(every, name) for name in every.names()}
    for together in components(named, lambda name: [each for each in named[name][0] if each in named]):
        leads_back = len(together) > 1 or together[0] in named[together[0]][0]
        if leads_back and any(named[name][1] for name in together):
            yield frozenset(together)


def _named(every: AllTexts, name: str) -> tuple[set[str], bool]:
    """The names that anything about a name may hang on; and whether anything of it may ask for a *not*."""
    found, asks = set(every.together(name)), False
    conditions = every.definitions(name)
    for clauses in every.clauses(name):
        conditions += conditions_of_clauses(clauses)
        for ends in (clauses.until, clauses.done_when, clauses.seeks):
            asks = asks or not (ends is None or isinstance(ends, _TOLD))
        if isinstance(clauses.for_each, EachMember):
            term = every.case.terms.get(clauses.for_each.term.name)
            found |= set() if term is None else {member.name for member in term.members}
    for act in every.words.get(name, ()):
        conditions += conditions_of_act(act)
    for condition in conditions:
        for part in () if isinstance(condition, _TOLD) else parts(condition):
            if isinstance(part, CameAbout | InState):
                found.add(part.ref.name)
                asks = asks or (isinstance(part, InState) and part.state in STATUS_WORDS)
            elif isinstance(part, Did) and isinstance(part.object, Ref):
                found.add(part.object.name)
            elif isinstance(part, Unless):
                asks = True
    return found, asks


def _through_not(texts: Texts, names: frozenset[str]) -> tuple[list[Hanging], int]:
    """The questions about these names that hang on each other and on a *not*; and how many were walked over."""
    known: dict[Question, list[Step]] = {}

    def onward(asked: Question) -> list[Question]:
        if asked not in known:
            known[asked] = [step for step in steps(texts, asked) if step.to.name in names]
        return [step.to for step in known[asked]]

    found: list[Hanging] = []
    for together in components(_asked_first(texts, names), onward):
        within = set(together)
        hanging = {each: [step for step in known[each] if step.to in within] for each in together}
        if any(step.through for ways in hanging.values() for step in ways):
            found.append(hanging)
    return found, len(known)


def _asked_first(texts: Texts, names: Iterable[str]) -> Iterator[Question]:
    """Questions from which all circles are reached."""
    for name in sorted(names):
        whats: list[What] = ["consent"] if name in texts.words else []
        whats.append("so" if name in texts.case.matters else "status")
        for what in whats:
            for key in texts.keys(name):
                for reading in texts.readings:
                    yield Question(name, what, key, reading)
