"""Which kinds of names fit a place of a text: those that the loader would take there, found by asking it."""

from __future__ import annotations

import msgspec

from servanda.model.case import Case
from servanda.model.conditions import Ref
from servanda.text import parse, syntax
from servanda.text.fitting import block_before

from .case_from_syntax import case_from_syntax
from .supposed import names_of_case

#: How a line may go on behind a name, so that it can be read at all; `_` is a name of which nobody knows the kind.
_GOES_ON = (
    "", " claims _", " is due", " in _", " to _", "(_=_)", " _", " is due in _", ' from "_" as _(_=_) at _', " = _",
)  # fmt: skip


def kinds_that_fit(case: Case, text: str, at: int) -> frozenset[str]:
    """The kinds of names that can stand at a place in a text, against the names of a case; empty where none can.

    The text need not be that of the case: names that only it declares count as unknown ones do.
    """
    block = block_before(text, at)
    here, other = _unheard_of("here", case, block), _unheard_of("other", case, block)
    closed = ")" * (block.count("(", block.rfind("\n") + 1) - block.count(")", block.rfind("\n") + 1))
    found: set[str] = set()
    for end in _GOES_ON:
        tree = parse(f"{block}{here}{end.replace('_', other)}{closed}\n")
        line = tree.file.text.count("\n", 0, len(block)) + 1
        if any(each.span.line == line and each.severity == "error" for each in tree.diagnostics):
            continue
        _, conditions = names_of_case(case)
        directives = [_renamed(each, case, f"{here}.it") for each in tree.directives]
        built = case_from_syntax([tree], directives, conditions)
        if not any(each.span.start <= len(block) < each.span.end for each in built.diagnostics):
            found |= built.names.wanted(here)
    return frozenset(found)


def _unheard_of(name: str, case: Case, text: str) -> str:
    while case.declared(name) is not None or name in text:
        name += "0"
    return name


def _renamed(directive: syntax.Directive, case: Case, name: str) -> syntax.Directive:
    """A declaration under a name that the case does not have: what is declared twice is not read."""
    if not isinstance(directive, syntax.Declaration) or directive.name is None:
        return directive
    if case.declared(directive.name.name) is None:
        return directive
    return msgspec.structs.replace(directive, name=Ref(name, directive.name.span))
