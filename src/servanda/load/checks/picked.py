"""Instances that are picked and that no `for each` makes, and values that are like a name and are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from servanda.diagnostics import Diagnostic, diagnostic, nearest
from servanda.diagnostics.diagnostic import Related
from servanda.load.case_from_syntax import Built
from servanda.model.case import Case
from servanda.model.commitments import Clauses, Each, EachBreach, EachEvent, EachMember, unnumbered
from servanda.model.conditions import CameAbout, Condition, Did, Happening, InState, Ref
from servanda.model.walk import acts_of, conditions_of, conditions_of_act, expectations_of, parts, refs_of, scope_of

from .terms import members_of, taken_in

#: A value of so few letters is like too many names.
_SHORTEST = 4
#: What an event has for an argument, where that is declared.
_VALUES = frozenset(["party", "body", "person", "item"])
#: Among more names than these nobody looks for what was meant.
_MOST_COMPARED = 1000


class _Keys(msgspec.Struct, frozen=True):
    """How the instances of a family are called: by these names, or by numbers in order.

    `of` says what there is one for each of; `to_come`, whether there may be others yet that the text can speak of.
    """

    names: frozenset[str]
    numbers: bool
    of: str
    to_come: bool = False


def odd_instances(built: Built) -> Iterator[Diagnostic]:
    """Instances that are picked by a name or number which none of the family has."""
    case = built.case
    members = members_of(case)
    values: dict[tuple[str, str], set[str]] = {}
    for act in acts_of(case):
        for thing in act.objects:
            if isinstance(thing, Happening):
                for argument in thing.arguments:
                    if argument.value is not None:
                        values.setdefault((thing.event.name, argument.name), set()).add(str(argument.value))
    rows = any(act.row for act in case.acts)
    unread = set() if rows else {table.event.name for table in built.tables}
    families = _families(case)
    known: dict[str, _Keys | None] = {}
    picked = [*((ref, False) for ref in _refs_of_text(case)), *((ref, True) for ref in _refs_of_record(case))]
    for ref, of_record in picked:
        if ref.key is None or ref.name not in case.commitments or ref.name in built.torn:
            continue
        if ref.name not in known:
            known[ref.name] = _keys(families.get(ref.name, ()), members, values, unread)
        keys, key = known[ref.name], str(ref.key)
        if keys is None or (keys.to_come and not of_record):
            continue
        if key in keys.names or unnumbered(key) in keys.names or (keys.numbers and key.isdecimal() and int(key)):
            continue
        meant = nearest(key, keys.names) if len(keys.names) < _MOST_COMPARED else None
        if meant is None and len(keys.names) == 1 and key.isdecimal():
            meant = next(iter(keys.names))
        if keys.to_come and meant is None and not key.isdecimal():
            continue  # an event that nobody has told of yet
        related = (Related(case.commitments[ref.name].span, keys.of),)
        label = f"did you mean `{_written(ref.name, meant)}`?" if meant else ""
        yield diagnostic("no-such-instance", ref.span, label=label, related=related, name=ref.name, key=key)


def _written(name: str, key: str) -> str:
    """An instance as it is written: what is no name stands in quotes."""
    plain = key.replace("-", "").replace("_", "").replace(".", "")
    return f"{name}[{key}]" if plain.isalnum() and (key[0].isalpha() or plain.isdecimal()) else f'{name}["{key}"]'


def lookalike_values(built: Built) -> Iterator[Diagnostic]:
    """What stands for a name in an event, is none, and differs by little from one."""
    names = built.names
    seen: set[str] = set(names.kinds)
    candidates = [name for name, kind in names.kinds.items() if kind in _VALUES]
    for act in acts_of(built.case):
        if act.row:
            continue
        for thing in act.objects:
            for argument in thing.arguments if isinstance(thing, Happening) else ():
                value = argument.value
                if not isinstance(value, str) or value in seen:
                    continue
                seen.add(value)
                quoted = argument.span.words.rstrip().endswith('"')
                is_code = len(value) < _SHORTEST or any(letter.isdecimal() for letter in value)
                meant = None if quoted or is_code else nearest(value, candidates, like=85)
                if meant is not None:
                    related = (Related(names.spans[meant], "declared here"),)
                    label = f"did you mean `{meant}`?"
                    yield diagnostic("lookalike-value", argument.span, label=label, related=related, value=value)


def _keys(
    versions: Iterable[Each],
    members: dict[str, set[str]],
    values: dict[tuple[str, str], set[str]],
    unread: set[str],
) -> _Keys | None:
    """How the instances of a family may be called, in any version of it; None where that cannot be said."""
    found: list[_Keys] = []
    for each in versions:
        match each:
            case EachMember(term=term):
                listed = taken_in(term.name, members)
                found.append(_Keys(frozenset(listed), False, f"one for each of {_listed(listed)}"))
            case EachEvent(event=event):
                told = values.get((event.event.name, each.called_by))
                if not told or event.event.name in unread:
                    return None
                said = f"one for each `{event.event.name}`, called by its `{each.called_by}`"
                found.append(_Keys(frozenset(told), False, f"{said}: {_listed(told)}", to_come=True))
            case _:
                found.append(_Keys(frozenset(), True, "its instances are called `[1]`, `[2]` and so on"))
    if not found:
        return None
    names = frozenset(key for each in found for key in each.names)
    numbers, to_come = any(each.numbers for each in found), any(each.to_come for each in found)
    return _Keys(names, numbers, found[0].of, to_come)


def _listed(names: set[str]) -> str:
    """Some names for a message."""
    shown = ", ".join(f"`{each}`" for each in sorted(names)[:4])
    return f"{shown} and {len(names) - 4} more" if len(names) > 4 else shown or "nobody"


def _families(case: Case) -> dict[str, list[Each]]:
    """The `for each` of each family, in every version of it."""
    found = {
        name: [commitment.clauses.for_each]
        for name, commitment in case.commitments.items()
        if commitment.clauses.for_each is not None
    }
    for act in acts_of(case):
        held = None if act.version is None else act.version.clauses.for_each
        if held is not None:
            for ref in refs_of(act):
                found.setdefault(ref.name, []).append(held)
    return found


def _refs_of_text(case: Case) -> Iterator[Ref]:
    """What clauses and conditions pick, variables left out."""
    for condition, scope in conditions_of(case):
        for ref in _in_condition(condition):
            if str(ref.key) not in scope:
                yield ref
    scopes = {name: scope_of(commitment.clauses) for name, commitment in case.commitments.items()}
    for name, commitment in case.commitments.items():
        yield from _in_clauses(commitment.clauses, scopes[name])
    for act in acts_of(case):
        if act.version is not None:
            own = [scopes[ref.name] for ref in refs_of(act) if ref.name in scopes]
            yield from _in_clauses(act.version.clauses, scope_of(act.version.clauses).union(*own))
    for scenario in case.scenarios:
        for act in scenario.acts:
            for condition in conditions_of_act(act):
                yield from _in_condition(condition)


def _refs_of_record(case: Case) -> Iterator[Ref]:
    """What acts and expectations are about."""
    for act in acts_of(case):
        yield from (*refs_of(act), *((act.on,) if act.on else ()), *act.leaving)
    yield from (expectation.ref for expectation in expectations_of(case))


def _in_condition(condition: Condition) -> Iterator[Ref]:
    for part in parts(condition):
        if isinstance(part, CameAbout | InState):
            yield part.ref
        elif isinstance(part, Did) and isinstance(part.object, Ref):
            yield part.object


def _in_clauses(clauses: Clauses, scope: frozenset[str]) -> Iterator[Ref]:
    """What clauses name outside their conditions, variables left out."""
    found = [*clauses.together_with, *(clauses.may.refs if clauses.may is not None else ())]
    if clauses.instead_of is not None:
        found.append(clauses.instead_of)
    if isinstance(clauses.for_each, EachBreach):
        found.append(clauses.for_each.commitment)
    yield from (ref for ref in found if str(ref.key) not in scope)
