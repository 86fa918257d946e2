"""Acts, expectations and scenarios as they stand → the record of a case, its names looked up."""

from __future__ import annotations

from servanda.diagnostics import diagnostic
from servanda.model.conditions import Happening, Ref
from servanda.model.record import Act, Expectation, Scenario
from servanda.text import syntax

from . import roles
from .clauses import CONTEXT, ClauseReader

_NOTHING: frozenset[str] = frozenset()


class ActReader:
    """Turns acts into values. Most lines of most cases are acts, so the common path is kept short."""

    def __init__(self, clauses: ClauseReader, scopes: dict[str, frozenset[str]]) -> None:
        self.clauses = clauses
        self.conditions = clauses.conditions
        self.names = clauses.names
        self.diagnostics = clauses.diagnostics
        self.scopes = scopes

    def act(self, act: syntax.Act) -> Act:
        """An act with all its names looked up."""
        use, verb = self.names.use, act.verb
        for ref in act.actors:
            use(ref, roles.ACTOR)
        if verb == "holds":
            return self._holds(act)
        wanted = roles.OBJECTS[verb]
        for thing in act.objects:
            if type(thing) is Ref:
                if thing.key is None:
                    use(thing, wanted)
                else:
                    self.conditions.ref(thing, wanted)
            else:
                self.conditions.thing(thing, verb)
                if type(thing) is Happening:
                    self._asserted(thing)
        for ref in act.leaving:
            self.conditions.ref(ref, roles.COMMITMENT)
        for ref in act.recipients:
            use(ref, roles.PARTY)
        if not act.clauses:
            return Act(
                act.dating, act.actors, verb, act.objects, act.span, act.words,
                leaving=act.leaving, recipients=act.recipients,
            )  # fmt: skip
        return self._with_context(act)

    def _asserted(self, happening: Happening) -> None:
        known = self.conditions.arguments.get(happening.event.name, _NOTHING)
        for argument in happening.arguments:
            if argument.value is None and argument.name in known:
                self.diagnostics.append(diagnostic("open-argument", argument.span, argument=argument.name))

    def _holds(self, act: syntax.Act) -> Act:
        ref = act.objects[0]
        assert isinstance(ref, Ref)
        self.conditions.ref(ref, roles.HELD)
        kind = self.names.kinds.get(ref.name)
        version = self.clauses.version(act, kind, self.scopes.get(ref.name, _NOTHING) | self.clauses.scope(act.clauses))
        context = tuple(each for each in act.clauses if each.keyword in CONTEXT)
        read = self._with_context(syntax.Act(act.dating, act.actors, "holds", act.objects, context, act.span))
        return Act(
            act.dating, act.actors, "holds", act.objects, act.span, None, read.means, read.channels, read.citations,
            read.performed, read.on, read.known, result=read.result, note=read.note, version=version,
        )  # fmt: skip

    def _with_context(self, act: syntax.Act) -> Act:
        means: list[Ref] = []
        channels: list[Ref] = []
        citations = []
        performed = on = known = by = within = when = result = note = None
        kinds = self.names.kinds
        for clause in act.clauses:
            keyword = clause.keyword
            if (
                keyword in _VERBS
                and act.verb not in _VERBS[keyword]
                and not (keyword == "on" and isinstance(clause, syntax.Dated))
            ):
                self._without_effect(clause, act.verb)
            if isinstance(clause, syntax.Citing):
                citations.append(self.clauses.citation(clause))
            elif isinstance(clause, syntax.Names):
                if keyword == "via":
                    for ref in clause.names:
                        self.names.use(ref, roles.CONDUIT)
                        if kinds.get(ref.name) == "means":
                            means.append(ref)
                        else:
                            channels.append(ref)
                else:
                    on = clause.names[0]
                    self.conditions.ref(on, roles.ANYTHING)
            elif isinstance(clause, syntax.Conditional):
                condition = clause.condition
                if condition is not None:
                    self.conditions.condition(condition)
                if keyword == "when":
                    when = condition
                else:
                    by = condition
            elif isinstance(clause, syntax.Within):
                within = self.clauses.within(clause)
            elif isinstance(clause, syntax.Dated):
                if keyword == "on":
                    performed = clause.dating
                else:
                    known = clause.dating
            elif isinstance(clause, syntax.Texts):
                note = clause.texts[0]
            elif isinstance(clause, syntax.Wording):
                result = clause.word
                if result not in ("done", "denied", "unable"):
                    self.diagnostics.append(diagnostic("unknown-result", clause.span, result=result))
        return Act(
            act.dating, act.actors, act.verb, act.objects, act.span, act.words,
            tuple(means), tuple(channels), tuple(citations), performed, on, known, by, within, when, result, note,
            act.leaving, act.recipients,
        )  # fmt: skip

    def _without_effect(self, clause: syntax.Clause, verb: str) -> None:
        self.diagnostics.append(
            diagnostic("clause-without-effect", clause.span, clause=clause.keyword, what=f"an act with `{verb}`")
        )

    def expectation(self, expect: syntax.Expect) -> Expectation:
        """An expectation with its names looked up."""
        self.conditions.ref(expect.ref, roles.COMMITMENT)
        if expect.reading is not None:
            self.names.use(expect.reading, roles.READING)
        if expect.channel is not None:
            self.names.use(expect.channel, roles.CHANNEL)
        if not expect.dating.exact:
            self.diagnostics.append(diagnostic("inexact-view", expect.span, dating=str(expect.dating)))
        reading = expect.reading.name if expect.reading else "record"
        return Expectation(expect.dating, expect.ref, expect.state, expect.late, reading, expect.span, expect.channel)

    def scenario(self, scenario: syntax.Scenario) -> Scenario:
        """A scenario with its acts and expectations read."""
        return Scenario(
            scenario.title.value,
            scenario.start,
            tuple(self.act(each) for each in scenario.directives if isinstance(each, syntax.Act)),
            tuple(self.expectation(each) for each in scenario.directives if isinstance(each, syntax.Expect)),
            scenario.span,
        )


#: The verbs with which a clause says something.
_VERBS = {
    "by": frozenset(["promises", "offers", "proposes"]),
    "within": frozenset(["promises", "offers", "proposes"]),
    "when": frozenset(["promises", "offers", "proposes", "consents"]),
    "result": frozenset(["attempts"]),
    "on": frozenset(["attempts"]),
}
