"""Looks through a means that somebody else carries out."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.load.case_from_syntax import Built
from servanda.model.conditions import Ref
from servanda.model.walk import acts_of, refs_of

from .terms import members_of, taken_in


def looks_of_others(built: Built) -> Iterator[Diagnostic]:
    """What is seen `via` a means by nobody of those who carry it out, in any reading."""
    case, members = built.case, members_of(built.case)
    named: dict[str, list[Ref]] = {name: [*means.by] for name, means in case.means.items()}
    for act in acts_of(case):
        if act.version is not None:
            for ref in refs_of(act):
                if ref.name in named:
                    named[ref.name] += act.version.by
    opened = {name: {each for ref in refs for each in taken_in(ref.name, members) or {ref.name}}
              for name, refs in named.items()}  # fmt: skip
    carriers = {name: {case.party_of(each) for each in those} for name, those in opened.items()}
    for act in acts_of(case):
        for means in act.means:
            those = carriers.get(means.name)
            if built.knows_actors(act) and those and not those & {case.party_of(ref.name) for ref in act.actors}:
                related = (Related(case.means[means.name].span, "declared here"),)
                who = act.actors[0].name
                yield diagnostic("not-the-carrier", means.span, related=related, name=who, means=means.name)
