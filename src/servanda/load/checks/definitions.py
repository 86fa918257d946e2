"""Terms and matters: what is defined by itself, and premises that no reading has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.load.case_from_syntax import Built
from servanda.model.conditions import CameAbout, Condition, InState, Member, Ref
from servanda.model.span import Span

from .walk import conditions_of, parts


def circular_definitions(built: Built) -> Iterator[Diagnostic]:
    """Terms and matters that take part in their own definition, in the common text or as one party holds it."""
    case = built.case
    common = {name: (matter.span, _names(matter.definition)) for name, matter in case.matters.items()}
    common |= {name: (term.span, {ref.name for ref in term.members}) for name, term in case.terms.items()}
    reported: set[str] = set()
    for definitions in (common, *({**common, **held} for held in _held(built).values())):
        for name, path in _cycles(definitions).items():
            if name not in reported:
                reported |= set(path)
                way = " → ".join(f"`{each}`" for each in (*path, path[0]))
                yield diagnostic("circular-definition", definitions[name][0], name=name, way=way)


def _names(condition: Condition | None) -> set[str]:
    if condition is None:
        return set()
    return {part.ref.name for part in parts(condition) if isinstance(part, CameAbout | InState)} | {
        part.term.name for part in parts(condition) if isinstance(part, Member)
    }


def _held(built: Built) -> dict[str, dict[str, tuple[Span, set[str]]]]:
    held: dict[str, dict[str, tuple[Span, set[str]]]] = {}
    for act in built.case.acts:
        thing = act.objects[0] if act.objects else None
        if act.version is not None and act.version.stated == ("definition",) and isinstance(thing, Ref):
            names = _names(act.version.definition) | {ref.name for ref in act.version.members}
            for actor in act.actors:
                held.setdefault(built.case.party_of(actor.name), {})[thing.name] = (act.span, names)
    return held


def _cycles(definitions: Mapping[str, tuple[Span, set[str]]]) -> dict[str, list[str]]:
    """For each first name of a circle, the circle. Walks without recursion: a chain may be long."""
    cycles: dict[str, list[str]] = {}
    finished: set[str] = set()
    for start in definitions:
        path: list[str] = []
        on_path: set[str] = set()
        stack = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                on_path.discard(path.pop())
                finished.add(name)
            elif name in on_path:
                cycles.setdefault(name, path[path.index(name) :])
            elif name not in finished:
                path.append(name)
                on_path.add(name)
                stack.append((name, True))
                stack.extend((each, False) for each in sorted(definitions[name][1]) if each in definitions)
    return cycles


def premises_without_reader(built: Built) -> Iterator[Diagnostic]:
    """`X in TERM` where no reading, the common text included, ever has X in that term."""
    case = built.case
    members: dict[str, set[str]] = {name: {ref.name for ref in term.members} for name, term in case.terms.items()}
    scenarios = [act for scenario in case.scenarios for act in scenario.acts]
    for act in (*case.acts, *scenarios):
        thing = act.objects[0] if act.objects else None
        if act.version is not None and isinstance(thing, Ref) and thing.name in members:
            members[thing.name] |= {ref.name for ref in act.version.members}
    for condition, scope in conditions_of(case):
        for part in parts(condition):
            if not isinstance(part, Member) or part.name.name in scope or part.term.name not in members:
                continue
            if part.name.name in built.names.kinds and part.name.name not in _expanded(part.term.name, members):
                yield diagnostic("never-in-term", part.span, name=part.name.name, term=part.term.name)


def _expanded(term: str, members: Mapping[str, set[str]]) -> set[str]:
    expanded: set[str] = set()
    waiting = [term]
    while waiting:
        for name in members.get(waiting.pop(), set()):
            if name not in expanded:
                expanded.add(name)
                waiting.append(name)
    return expanded
