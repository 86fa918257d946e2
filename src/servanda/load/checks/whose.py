"""Acts that only some can do: to look through a means, and to let go what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.load.case_from_syntax import Built
from servanda.model.commitments import Clauses, EachMember, Version
from servanda.model.conditions import Ref
from servanda.model.record import Act
from servanda.model.walk import acts_of

from .terms import members_of, taken_in


def acts_of_others(built: Built) -> Iterator[Diagnostic]:
    """Looks through a means by who does not carry it out, and waivers by who is owed nothing."""
    return _Whose(built).found()


class _Whose:
    """Who can do what, in any reading of a case: what somebody holds of a text or a term counts for all."""

    def __init__(self, built: Built) -> None:
        self.built = built
        self.case = built.case
        self.members = members_of(self.case)
        self.versions: dict[str, list[Version]] = {}
        self.passed_on: set[str] = set()
        for act in acts_of(self.case):
            for thing in act.objects if act.version is not None or act.verb == "transfers" else ():
                if act.version is not None and isinstance(thing, Ref):
                    self.versions.setdefault(thing.name, []).append(act.version)
                elif isinstance(thing, Ref):
                    self.passed_on.add(thing.name)

    def found(self) -> Iterator[Diagnostic]:
        """The acts of others, in the order of the record."""
        carriers: dict[str, set[str]] = {}
        for act in acts_of(self.case):
            if not (act.means or act.verb == "waives") or not self._known(act):
                continue
            actors = self.people(act.actors)
            for means in act.means:
                if means.name not in carriers:
                    carriers[means.name] = self.carriers(means.name)
                if carriers[means.name] and not actors & carriers[means.name]:
                    related = (Related(self.case.means[means.name].span, "declared here"),)
                    who = act.actors[0].name
                    yield diagnostic("not-the-carrier", means.span, related=related, name=who, means=means.name)
            if act.verb == "waives":
                yield from self._waivers(act, actors)

    def _known(self, act: Act) -> bool:
        """Whether it is certain for whom all actors of an act stand."""
        return all(ref.name in self.built.names.kinds and ref.name not in self.built.torn for ref in act.actors)

    def _waivers(self, act: Act, actors: set[str]) -> Iterator[Diagnostic]:
        for thing in act.objects:
            commitment = self.case.commitments.get(thing.name) if isinstance(thing, Ref) else None
            if commitment is None or commitment.name in {*self.built.torn, *self.passed_on}:
                continue
            texts = [commitment.clauses, *(each.clauses for each in self.versions.get(commitment.name, ()))]
            owed_to = {name for each in texts for name in self.owed_to(each)}
            over = {commitment.name, *(each.source.name for clauses in texts for each in clauses.under)}
            if owed_to and not actors & (owed_to | self.empowered(over)):
                related = (Related(commitment.span, "declared here"),)
                shown = ", ".join(f"`{each}`" for each in sorted(owed_to))
                who = act.actors[0].name
                yield diagnostic("not-owed-to", act.span, related=related, name=who, what=commitment.name, to=shown)

    def carriers(self, means: str) -> set[str]:
        """Who carries a means out."""
        declared = self.case.means.get(means)
        refs = [] if declared is None else [*declared.by]
        return self.people([*refs, *(ref for each in self.versions.get(means, ()) for ref in each.by)])

    def owed_to(self, clauses: Clauses) -> set[str]:
        """To whom something is owed, in any instance."""
        if not clauses.to_others:
            return self.named(clauses, clauses.to)
        each = clauses.for_each
        return self.people([each.term]) if isinstance(each, EachMember) else set(self.case.parties)

    def empowered(self, over: set[str]) -> set[str]:
        """Who has a power to waive one of these."""
        found: set[str] = set()
        for each in self.case.commitments.values():
            may = each.clauses.may
            if may is not None and may.verb == "waive" and any(ref.name in over for ref in may.refs):
                found |= self.named(each.clauses, each.clauses.of)
        return found

    def named(self, clauses: Clauses, refs: Iterable[Ref]) -> set[str]:
        """Those whom a commitment names; for a variable, all that it may stand for."""
        each = clauses.for_each
        if not isinstance(each, EachMember):
            return self.people(refs)
        return self.people(each.term if ref.name == each.variable.name else ref for ref in refs)

    def people(self, refs: Iterable[Ref]) -> set[str]:
        """Those who are named, terms opened; with an organ or a person also the party that they stand for."""
        named = {name for ref in refs for name in (taken_in(ref.name, self.members) or {ref.name})}
        return {each for name in named for each in (name, self.case.party_of(name))}
