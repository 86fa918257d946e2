"""Terms and matters: what is defined by itself, and premises that no reading has."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.load.case_from_syntax import Built
from servanda.model.conditions import CameAbout, Condition, InState, Member, Ref
from servanda.model.span import Span
from servanda.model.walk import conditions_of, parts

from .terms import members_of, taken_in

#: How many names are walked over before it is enough: thousands of parties with thousands of definitions each.
_MOST_STEPS = 1_000_000


def circular_definitions(built: Built) -> Iterator[Diagnostic]:
    """Terms and matters that take part in their own definition, in the common text or as one party holds it."""
    case = built.case
    common = {name: (matter.span, _names(matter.definition)) for name, matter in case.matters.items()}
    common |= {name: (term.span, {ref.name for ref in term.members}) for name, term in case.terms.items()}
    reported: set[str] = set()
    steps = _MOST_STEPS
    readings = [(common, common), *((held, ChainMap(held, common)) for held in _held(built).values())]
    for own, definitions in readings:
        # Whatever circle a party's own definitions close leads through one of them.
        cycles, walked = _cycles(own, definitions)
        steps -= walked
        for name, path in cycles.items():
            if name not in reported:
                reported |= set(path)
                way = " → ".join(f"`{each}`" for each in (*path, path[0]))
                yield diagnostic("circular-definition", definitions[name][0], name=name, way=way)
        if steps < 0:
            return


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


def _cycles(
    starts: Iterable[str], definitions: Mapping[str, tuple[Span, set[str]]]
) -> tuple[dict[str, list[str]], int]:
    """For each first name of a circle, the circle; and how many names were walked over.

    Walks without recursion: a chain may be long.
    """
    cycles: dict[str, list[str]] = {}
    finished: set[str] = set()
    for start in starts:
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
    return cycles, len(finished)


def premises_without_reader(built: Built) -> Iterator[Diagnostic]:
    """`X in TERM` where no reading, the common text included, ever has X in that term."""
    case = built.case
    members = members_of(case)
    expanded: dict[str, set[str]] = {}
    for condition, scope in conditions_of(case):
        for part in parts(condition):
            if not isinstance(part, Member) or part.name.name in scope or part.term.name not in members:
                continue
            if built.names.maybe_used(part.term.name) or built.names.maybe_used(part.name.name):
                continue
            term = part.term.name
            if term not in expanded:
                expanded[term] = taken_in(term, members)
            if part.name.name in built.names.kinds and part.name.name not in expanded[term]:
                related = (Related(built.names.spans[term], "defined here"),)
                yield diagnostic("never-in-term", part.span, related=related, name=part.name.name, term=term)
