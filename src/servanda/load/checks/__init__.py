"""What can be said of a case as a whole, once all its names are known. One file for each thing that is checked."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.diagnostics import Diagnostic
from servanda.load.case_from_syntax import Built

from .carriers import looks_of_others
from .channels import unseen
from .circles import circular_conditions
from .completeness import incomplete_declarations, unused_names
from .definitions import circular_definitions, premises_without_reader
from .lasting import lasting_states
from .measures import odd_units
from .picked import lookalike_values, odd_instances
from .reach import own_breaches, unreachable_clauses, unreachable_states
from .record import record_out_of_order, roles_in_record

CHECKS = (
    incomplete_declarations,
    unused_names,
    circular_definitions,
    circular_conditions,
    premises_without_reader,
    unreachable_clauses,
    own_breaches,
    unreachable_states,
    lasting_states,
    record_out_of_order,
    roles_in_record,
    unseen,
    looks_of_others,
    odd_instances,
    lookalike_values,
    odd_units,
)


def check(built: Built) -> Iterator[Diagnostic]:
    """All that the checks find."""
    for each in CHECKS:
        yield from each(built)
