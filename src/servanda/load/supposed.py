"""Words → acts to suppose: read as a line of the record is, against the names of a case that is there already."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.model.case import ROOMS, Case
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.walk import scope_of
from servanda.text import parse, syntax

from .acts import ActReader
from .case_from_syntax import Built
from .checks.circles import circular_conditions
from .checks.measures import odd_units
from .checks.picked import odd_instances
from .checks.reach import unreachable_states
from .checks.record import record_out_of_order, roles_in_record
from .clauses import ClauseReader
from .conditions import ConditionNames
from .namespace import Namespace


def acts_from_words(case: Case, words: str, shown: str = "-") -> tuple[tuple[Act, ...], tuple[Diagnostic, ...]]:
    """Read acts that somebody supposes, such as `1962-11-20 USSR promises remove-bombers by 1962-12-20`.

    The names are those of the case, which stays as it is; `shown` is the name that diagnostics give the words. What
    is no act is reported, and the rest is there.
    """
    tree = parse(words, shown)
    names, conditions = names_of_case(case)
    scopes = {name: scope for name, each in case.commitments.items() if (scope := scope_of(each.clauses))}
    reader = ActReader(ClauseReader(conditions), scopes)
    acts = tuple(reader.act(each) for each in tree.directives if isinstance(each, syntax.Act))
    found = [*tree.diagnostics, *conditions.diagnostics, *names.report()]
    found += [
        diagnostic("not-in-scenario", each.span, word=each.span.words.split()[_word(each)])
        for each in tree.directives
        if not isinstance(each, syntax.Act)
    ]
    # Whether an act can have its effect depends on the record it comes on top of.
    built = Built(
        msgspec.structs.replace(case, acts=(*case.acts, *acts)), names, (), frozenset(), (), conditions.arguments, None
    )
    checks = (circular_conditions, record_out_of_order, roles_in_record, unreachable_states, odd_instances, odd_units)
    for check in checks:
        found += [each for each in check(built) if each.span.file is tree.file]
    return acts, tuple(sorted(found, key=lambda each: (each.span.start, each.code)))


def _word(each: syntax.Directive) -> int:
    """Which word of a directive says what it is."""
    return 1 if isinstance(each, syntax.Expect) else 0


def names_of_case(case: Case) -> tuple[Namespace, ConditionNames]:
    """The names of a case with what they stand for, as they were when it was read."""
    names = Namespace(())
    for kind, ref in _declared(case):
        names.declare(kind, ref)
    conditions = ConditionNames(names)
    conditions.arguments |= {name: frozenset(event.arguments) for name, event in case.events.items()}
    conditions.words |= {name: frozenset(ref.name for ref in item.counted) for name, item in case.items.items()}
    conditions.families |= {name for name, each in case.commitments.items() if each.clauses.for_each is not None}
    return names, conditions


def _declared(case: Case) -> Iterator[tuple[str, Ref]]:
    for kind, field in ROOMS.items():
        for name, each in getattr(case, field).items():
            yield kind, Ref(name, each.span)
    for name, commitment in case.commitments.items():
        yield commitment.kind, Ref(name, commitment.span)
