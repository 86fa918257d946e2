"""Clauses as they stand → the clauses of a commitment, its names looked up."""

from __future__ import annotations

import re
from typing import Any

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.model.commitments import (
    Citation,
    Clauses,
    Each,
    EachBreach,
    EachEvent,
    EachMember,
    EachPeriod,
    Mandate,
    Version,
    Within,
)
from servanda.model.conditions import CameAbout, Condition, Ref
from servanda.model.time import Duration
from servanda.model.walk import variables_of
from servanda.text import syntax

from . import roles
from .conditions import ConditionNames
from .namespace import Role, with_article

_PLACE = re.compile(r"p\d+|art\d[\w.]*")
_NOTHING: frozenset[str] = frozenset()

#: The clauses of an act that are no part of the version that it states.
CONTEXT = frozenset(["cites", "via", "on", "known", "result", "words"])
#: Which field of `Clauses` a clause of one condition fills.
_CONDITION_FIELDS = {
    "when": "when",
    "from": "start",
    "until": "until",
    "by": "by",
    "begins by": "begins_by",
    "done when": "done_when",
    "seeks": "seeks",
    "forbids": "forbids",
}


class ClauseReader:
    """Turns the clauses of commitments, and of parties' versions of them, into values."""

    def __init__(self, conditions: ConditionNames) -> None:
        self.conditions = conditions
        self.names = conditions.names
        self.diagnostics: list[Diagnostic] = conditions.diagnostics

    def scope(self, clauses: tuple[syntax.Clause, ...]) -> frozenset[str]:
        """The variables that a `for each` among these clauses brings."""
        return variables_of(next((each.each for each in clauses if isinstance(each, syntax.ForEach)), None))

    def clauses(self, clauses: tuple[syntax.Clause, ...], scope: frozenset[str]) -> Clauses:
        """The clauses of a commitment, all names looked up in the case and in `scope`."""
        fields: dict[str, Any] = {}
        under: list[Citation] = []
        for clause in clauses:
            match clause:
                case syntax.Names(keyword="of", names=names):
                    fields["of"] = self.listed(names, roles.BEARER, scope)
                case syntax.Names(keyword="to", names=names, others=others):
                    fields["to"] = self.listed(names, roles.BEARER, scope)
                    fields["to_others"] = others
                case syntax.Names(keyword="verified by", names=names):
                    fields["verified_by"] = self.listed(names, roles.MEANS, scope)
                case syntax.Names(keyword="together with", names=names, others=others):
                    for ref in names:
                        self.conditions.ref(ref, roles.COMMITMENT, scope)
                    fields["together_with"] = names
                    fields["with_others"] = others
                case syntax.Names(keyword="instead of", names=names):
                    for ref in names:
                        self.conditions.ref(ref, roles.OBLIGATION, scope)
                    fields["instead_of"] = names[0] if names else None
                case syntax.Citing(keyword="under", source=source) if source is not None:
                    under.append(self.citation(clause, scope))
                case syntax.Conditional(keyword=keyword, condition=condition) if keyword in _CONDITION_FIELDS:
                    if condition is not None:
                        self.conditions.condition(condition, scope)
                    fields[_CONDITION_FIELDS[keyword]] = condition
                case syntax.Within():
                    fields["within"] = self.within(clause, scope)
                case syntax.ForEach(each=each):
                    fields["for_each"] = self._each(each, clause)
                case syntax.May(verb=verb, refs=refs):
                    for ref in refs:
                        self.conditions.ref(ref, roles.MANDATED, scope)
                    fields["may"] = Mandate(verb, refs, clause.span)
                case syntax.Flag(none=none):
                    fields["survives"] = not none
        return Clauses(**fields, under=tuple(under))

    def listed(self, names: tuple[Ref, ...], wanted: Role, scope: frozenset[str] = _NOTHING) -> tuple[Ref, ...]:
        """Names of a clause, each looked up, none of them twice."""
        if len(names) == 1:
            self.names.use(names[0], wanted, scope)
            return names
        seen: set[str] = set()
        for ref in names:
            self.names.use(ref, wanted, scope)
            if ref.name in seen:
                self.diagnostics.append(diagnostic("named-twice", ref.span, name=ref.name))
            seen.add(ref.name)
        return names

    def citation(self, clause: syntax.Citing, scope: frozenset[str] = _NOTHING) -> Citation:
        """A citation with its source, places and premise looked up."""
        source = clause.source
        if source is None:
            raise ValueError("`under none` cites nothing")
        self.names.use(source, roles.SOURCE)
        for place in clause.places:
            if not _PLACE.fullmatch(place.name):
                self.diagnostics.append(diagnostic("bad-place", place.span, place=place.name))
        if clause.where is not None:
            self.conditions.condition(clause.where, scope)
        return Citation(source, clause.span, clause.places, clause.quote, clause.where)

    def within(self, clause: syntax.Within, scope: frozenset[str] = _NOTHING) -> Within | None:
        """A deadline that counts from something."""
        if clause.duration is None:
            return None
        self.conditions.duration(clause.duration, clause.span)
        if clause.of is not None:
            self.conditions.condition(clause.of, scope)
        return Within(clause.duration, clause.span, clause.of)

    def _each(self, each: Each, clause: syntax.ForEach) -> Each:
        match each:
            case EachEvent(event=event):
                self.conditions.happening(event)
            case EachMember(term=term):
                self.names.use(term, roles.TERM)
            case EachPeriod(count=count, unit=unit, of=of):
                if count <= 0:
                    self.diagnostics.append(diagnostic("empty-period", clause.span, period=str(Duration(count, unit))))
                self.conditions.condition(of)
            case EachBreach(commitment=ref):
                self.conditions.ref(ref, roles.COMMITMENT)
        return each

    def version(self, act: syntax.Act, kind: str | None, scope: frozenset[str]) -> Version:
        """What `holds` states: a definition of a term or matter, clauses of a commitment, a means' consents."""
        ref = act.objects[0]
        name = ref.name if isinstance(ref, Ref) else ""
        own = tuple(clause for clause in act.clauses if clause.keyword not in CONTEXT)
        if kind not in roles.HELD.kinds:
            self.names.mention(act.span, *(clause.span for clause in own))
            return Version()
        if act.definition is not None:
            if kind not in ("term", "matter"):
                self._mismatch(act, name, kind)
                return Version()
            if kind == "matter":
                if len(act.definition) > 1:
                    self.diagnostics.append(diagnostic("one-definition", act.definition[1].span, name=name))
                for part in act.definition:
                    self.conditions.condition(part)
                return Version(stated=("definition",), definition=act.definition[0])
            return Version(stated=("definition",), members=self.members(act.definition))
        if kind in ("term", "matter"):
            self._mismatch(act, name, kind)
            return Version()
        if not own and not act.torn:
            self.diagnostics.append(diagnostic("empty-version", act.span, name=name))
        stated = tuple(clause.keyword for clause in own)
        if kind == "means":
            return self._means_version(name, own, stated)
        for clause in own:
            if clause.keyword == "consent of":
                called = with_article(kind)
                self.diagnostics.append(
                    diagnostic("version-mismatch", clause.span, name=name, kind=called, has="no such clause")
                )
        return Version(stated, self.clauses(own, scope))

    def _means_version(self, name: str, own: tuple[syntax.Clause, ...], stated: tuple[str, ...]) -> Version:
        by: tuple[Ref, ...] = ()
        consent_of: tuple[Ref, ...] = ()
        for clause in own:
            match clause:
                case syntax.Names(keyword="consent of", names=names):
                    consent_of = self.listed(names, roles.PARTY)
                case syntax.Conditional(keyword="by", condition=CameAbout(ref=ref)):
                    by = self.listed((ref,), roles.PARTY)
                case _:
                    self.diagnostics.append(
                        diagnostic(
                            "version-mismatch", clause.span, name=name, kind="a means", has="`by` and `consent of`"
                        )
                    )
        return Version(stated, by=by, consent_of=consent_of)

    def _mismatch(self, act: syntax.Act, name: str, kind: str) -> None:
        self.names.mention(act.span, *(clause.span for clause in act.clauses))
        has = "clauses, on lines below" if kind not in ("term", "matter") else "a definition, after `=`"
        self.diagnostics.append(diagnostic("version-mismatch", act.span, name=name, kind=with_article(kind), has=has))

    def members(self, definition: tuple[Condition, ...]) -> tuple[Ref, ...]:
        """The names that a term takes in."""
        members: list[Ref] = []
        for part in definition:
            if isinstance(part, CameAbout):
                members.append(part.ref)
            else:
                self.diagnostics.append(diagnostic("term-of-names", part.span))
                self.names.mention(part.span)
        return self.listed(tuple(members), roles.ANYTHING)
