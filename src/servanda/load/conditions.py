"""The names in conditions: each must be known and of a kind that fits."""

from __future__ import annotations

from collections.abc import Sequence

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.model.conditions import (
    AllOf,
    Amount,
    AnyOf,
    Argument,
    AtLeast,
    CameAbout,
    Condition,
    Did,
    Happening,
    InState,
    Lasting,
    Member,
    OnDate,
    PublicAct,
    Ref,
    Shifted,
    Unless,
)
from servanda.model.span import Span
from servanda.model.time import Duration

from . import roles
from .namespace import Namespace, Role

_NO_VARIABLES: frozenset[str] = frozenset()


class ConditionNames:
    """Looks up the names of conditions, amounts and events. `scope` holds the variables of a `for each`."""

    def __init__(self, names: Namespace) -> None:
        self.names = names
        #: The arguments of each event, the words of each item, the families, by name.
        self.arguments: dict[str, frozenset[str]] = {}
        self.words: dict[str, frozenset[str]] = {}
        self.families: set[str] = set()
        #: Where working days are counted, if anywhere.
        self.working_days: Span | None = None
        self.diagnostics: list[Diagnostic] = []

    def condition(self, condition: Condition, scope: frozenset[str] = _NO_VARIABLES) -> None:
        """Look up all names of a condition."""
        match condition:
            case CameAbout(ref=ref):
                self.ref(ref, roles.COMING_ABOUT, scope)
            case InState(ref=ref):
                self.ref(ref, roles.STATEFUL, scope)
            case Did(actor=actor, verb=verb, object=done, channel=channel):
                self.names.use(actor, roles.AGENT, scope)
                self.thing(done, verb, scope)
                if channel is not None:
                    self.names.use(channel, roles.CHANNEL, scope)
            case Amount():
                self.amount(condition, scope)
                if condition.more:
                    self._report("more-in-condition", condition)
            case Happening():
                self.happening(condition, scope)
            case Member(name=name, term=term):
                self.names.use(name, roles.ANYTHING, scope)
                self.names.use(term, roles.TERM, scope)
            case AllOf(parts=parts) | AnyOf(parts=parts):
                for part in parts:
                    self.condition(part, scope)
            case AtLeast(count=count, parts=parts):
                if not (isinstance(count, int) and 1 <= count <= len(parts)):
                    listed = "1 condition" if len(parts) == 1 else f"{len(parts)} conditions"
                    self.diagnostics.append(diagnostic("count-out-of-range", condition.span, count=count, parts=listed))
                for part in parts:
                    self.condition(part, scope)
            case Unless(condition=inner, exception=exception):
                self.condition(inner, scope)
                self.condition(exception, scope)
            case Shifted(duration=duration, condition=inner) | Lasting(duration=duration, condition=inner):
                self.duration(duration, condition.span)
                self.condition(inner, scope)
            case OnDate() | PublicAct():
                pass

    def duration(self, duration: Duration, span: Span) -> None:
        """Note where working days are counted."""
        if duration.working and self.working_days is None:
            self.working_days = span

    def ref(self, ref: Ref, wanted: Role, scope: frozenset[str] = _NO_VARIABLES) -> bool:
        """Look up a reference and the instance that it may pick."""
        fits = self.names.use(ref, wanted, scope)
        if ref.key is not None and fits and ref.name not in self.families:
            related = (Related(self.names.spans[ref.name], "declared here"),) if ref.name in self.names.spans else ()
            self.diagnostics.append(diagnostic("not-a-family", ref.span, related=related, name=ref.name))
        return fits

    def thing(self, thing: Ref | Amount | Happening, verb: str, scope: frozenset[str] = _NO_VARIABLES) -> None:
        """Look up what an act is about."""
        if isinstance(thing, Ref):
            self.ref(thing, roles.OBJECTS[verb], scope)
            return
        known = isinstance(thing, Amount) or self.names.kinds.get(thing.event.name, "event") == "event"
        if verb not in roles.OF_THE_WORLD and known:
            what = "amounts" if isinstance(thing, Amount) else "events"
            self.diagnostics.append(diagnostic("not-of-the-world", thing.span, verb=verb, what=what))
        if isinstance(thing, Amount):
            self.amount(thing, scope)
        else:
            self.happening(thing, scope)

    def amount(self, amount: Amount, scope: frozenset[str] = _NO_VARIABLES) -> None:
        """Look up the item of an amount, and the word for what was done with it."""
        if self.names.use(amount.item, roles.COUNTED, scope):
            words = self.words.get(amount.item.name)
            if words is not None and amount.word.name not in words:
                shown = ", ".join(f"`{word}`" for word in sorted(words)) or "none"
                item = amount.item.name
                related = (Related(self.names.spans[item], "declared here"),)
                self.diagnostics.append(
                    diagnostic(
                        "uncounted-word",
                        amount.word.span,
                        related=related,
                        word=amount.word.name,
                        item=item,
                        words=shown,
                    )
                )
        if amount.of is not None:
            self.names.use(amount.of, roles.ANYTHING, scope)
        if amount.percent and amount.number > 100:
            self._report("more-than-all", amount)

    def happening(self, happening: Happening, scope: frozenset[str] = _NO_VARIABLES) -> None:
        """Look up an event and its arguments."""
        known = self.arguments.get(happening.event.name)
        self.names.use(happening.event, roles.EVENT)
        if len(happening.arguments) > 1:
            self.once(happening.arguments)
        for argument in happening.arguments:
            if known is not None and argument.name not in known:
                shown = ", ".join(f"`{name}`" for name in sorted(known))
                related = (Related(self.names.spans[happening.event.name], f"has {shown}"),)
                self.diagnostics.append(
                    diagnostic(
                        "unknown-argument",
                        argument.span,
                        related=related,
                        event=happening.event.name,
                        argument=argument.name,
                    )
                )
            if argument.term is not None:
                self.names.use(argument.term, roles.TERM, scope)
            if isinstance(argument.value, str):
                self.names.used.add(argument.value)

    def once(self, arguments: Sequence[Argument | Ref]) -> None:
        """Report the arguments of an event that are named a second time."""
        seen: set[str] = set()
        for argument in arguments:
            if argument.name in seen:
                self.diagnostics.append(diagnostic("argument-twice", argument.span, argument=argument.name))
            seen.add(argument.name)

    def _report(self, code: str, amount: Amount) -> None:
        self.diagnostics.append(diagnostic(code, amount.span, number=amount.number))
