"""Syntax trees → a case: declarations first, then what is owed, then the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.model.case import ROOMS, Case
from servanda.model.commitments import Commitment
from servanda.model.conditions import Condition, Ref
from servanda.model.declarations import (
    Body,
    Channel,
    Event,
    Item,
    Matter,
    Means,
    Party,
    Person,
    Source,
    Term,
)
from servanda.model.record import Act
from servanda.model.span import File, Span
from servanda.text import Tree, syntax

from . import roles
from .acts import ActReader
from .clauses import ClauseReader
from .conditions import ConditionNames
from .namespace import COMMITMENTS, Namespace, Role, with_article
from .settings import known_calendar, known_timezone

Declared = TypeVar("Declared")


class Built(msgspec.Struct, frozen=True):
    """A case with what was found on the way, and what later checks ask for.

    `torn` are the names of declarations of which a line could not be read, and `case` for the case's own: what they
    lack is not held against them.
    """

    case: Case
    names: Namespace
    diagnostics: tuple[Diagnostic, ...]
    torn: frozenset[str]
    tables: tuple[syntax.Events, ...]
    arguments: dict[str, frozenset[str]]
    working_days: Span | None

    def knows_actors(self, act: Act) -> bool:
        """Whether it is certain for whom all actors of an act stand."""
        return all(ref.name in self.names.kinds and ref.name not in self.torn for ref in act.actors)


def case_from_syntax(
    trees: list[Tree], directives: list[syntax.Directive], known: ConditionNames | None = None
) -> Built:
    """Build the case of these trees, its root first, whose directives are given in the order of the text.

    `known` are names that are there already, without being declared in these trees.
    """
    unread = frozenset(name for tree in trees for name in tree.unread)
    return _Builder(trees, directives, known or ConditionNames(Namespace(unread))).build()


class _Builder:
    def __init__(self, trees: list[Tree], directives: list[syntax.Directive], conditions: ConditionNames) -> None:
        self.trees = trees
        self.directives = directives
        self.names = conditions.names
        self.conditions = conditions
        self.clauses = ClauseReader(self.conditions)
        self.diagnostics = self.conditions.diagnostics
        self.torn: set[str] = set()
        self.rooms: dict[str, dict[str, Any]] = {}

    def build(self) -> Built:
        directives = self.directives
        declarations = [each for each in directives if isinstance(each, syntax.Declaration)]
        declared = [each for each in declarations if self._declare(each)]
        settings = self._settings([each for each in declarations if each.kind == "case"])
        for each in declared:
            self._read(each)
        acts = ActReader(self.clauses, self._scopes(declared))
        scenarios = [each for each in directives if isinstance(each, syntax.Scenario)]
        rooms: dict[str, Any] = {field: self._room(field) for field in (*ROOMS.values(), "commitments")}
        case = Case(
            **settings,
            **rooms,
            acts=tuple([acts.act(each) for each in directives if isinstance(each, syntax.Act)]),
            expectations=tuple(acts.expectation(each) for each in directives if isinstance(each, syntax.Expect)),
            scenarios=tuple(acts.scenario(each) for each in scenarios),
            files=tuple(tree.file for tree in self.trees),
        )
        tables = tuple(each for each in directives if isinstance(each, syntax.Events))
        return Built(
            case, self.names, tuple(self.diagnostics), frozenset(self.torn), tables, self.conditions.arguments,
            self.conditions.working_days,
        )  # fmt: skip

    def _room(self, field: str) -> Mapping[str, Any]:
        return MappingProxyType(self.rooms.get(field, {}))

    def _scopes(self, declared: list[syntax.Declaration]) -> dict[str, frozenset[str]]:
        scopes = {each.name.name: self.clauses.scope(each.clauses) for each in declared if each.name is not None}
        return {name: scope for name, scope in scopes.items() if scope}

    # ── declarations ─────────────────────────────────────────────────────────────────────────────────────────

    def _declare(self, each: syntax.Declaration) -> bool:
        if each.name is None:
            return False
        if not self.names.declare(each.kind, each.name):
            self.names.mention(each.span, *(clause.span for clause in each.clauses))
            return False
        name = each.name.name
        if each.torn:
            self.torn.add(name)
        if each.kind == "event":
            self.conditions.once(each.arguments)
            self.conditions.arguments[name] = frozenset(ref.name for ref in each.arguments)
        elif each.kind == "item":
            counted = [ref.name for names in _all_names(each, "counted") for ref in names.names]
            if not each.torn:
                self.conditions.words[name] = frozenset(counted)
        elif each.kind in COMMITMENTS and (each.torn or any(isinstance(one, syntax.ForEach) for one in each.clauses)):
            self.conditions.families.add(name)
        return True

    def _settings(self, cases: list[syntax.Declaration]) -> dict[str, Any]:
        settings: dict[str, Any] = {}
        for second in cases[1:]:
            related = (Related(cases[0].span, "the case begins here"),)
            self.diagnostics.append(diagnostic("case-twice", second.span, related=related))
        # Where a line could not be read, that may be the one.
        if not cases and self.trees and self.trees[0].directives and not self.trees[0].diagnostics:
            whole = File(self.trees[0].file.path, "")
            self.diagnostics.append(diagnostic("no-case-line", Span(whole, 0, 0)))
        if not cases or any(case.torn for case in cases):
            self.torn.add("case")
        for case in cases[:1]:
            settings["title"] = case.title.value if case.title else ""
            for clause in case.clauses:
                if isinstance(clause, syntax.Wording) and self._known(clause):
                    settings[clause.keyword] = clause.word
        return settings

    def _known(self, clause: syntax.Wording) -> bool:
        known = known_timezone if clause.keyword == "timezone" else known_calendar
        if known(clause.word):
            return True
        self.diagnostics.append(diagnostic(f"unknown-{clause.keyword}", clause.span, name=clause.word))
        self.torn.add("case")
        return False

    def _read(self, each: syntax.Declaration) -> None:
        if each.name is None:
            return
        value = self._commitment(each) if each.kind in COMMITMENTS else _READERS[each.kind](self, each)
        field = ROOMS.get(each.kind, "commitments")
        self.rooms.setdefault(field, {})[each.name.name] = value

    def _commitment(self, each: syntax.Declaration) -> Commitment:
        for clause in each.clauses:
            if clause.keyword in _WITHOUT_EFFECT[each.kind]:
                self.diagnostics.append(
                    diagnostic(
                        "clause-without-effect", clause.span, clause=clause.keyword, what=with_article(each.kind)
                    )
                )
        clauses = self.clauses.clauses(each.clauses, self.clauses.scope(each.clauses))
        return Commitment(each.kind, _name(each), _title(each), clauses, each.span)  # type: ignore[arg-type]

    def _party(self, each: syntax.Declaration) -> Party:
        calendar = None
        for clause in each.clauses:
            if isinstance(clause, syntax.Wording) and self._known(clause):
                calendar = clause.word
        return Party(_name(each), _title(each), each.span, _aka(each), calendar)

    def _body(self, each: syntax.Declaration) -> Body:
        return Body(_name(each), _title(each), each.span, _aka(each), self._names(each, "for", roles.PARTY))

    def _person(self, each: syntax.Declaration) -> Person:
        return Person(_name(each), _title(each), each.span, _aka(each), self._names(each, "for", roles.PARTY))

    def _channel(self, each: syntax.Declaration) -> Channel:
        return Channel(_name(each), _title(each), each.span, _aka(each), self._names(each, "among", roles.ACTOR))

    def _source(self, each: syntax.Declaration) -> Source:
        dated = next((clause.dating for clause in each.clauses if isinstance(clause, syntax.Dated)), None)
        to = [ref for names in _all_names(each, "by") for ref in names.to]
        file = next((c.texts[0] for c in each.clauses if isinstance(c, syntax.Texts) and c.keyword == "file"), None)
        return Source(
            _name(each),
            _title(each),
            each.span,
            _aka(each),
            dated,
            self._names(each, "by", roles.ACTOR),
            (*self.clauses.listed(tuple(to), roles.ACTOR), *self._names(each, "to", roles.ACTOR)),
            self._names(each, "signed by", roles.ACTOR),
            self._names(each, "via", roles.CHANNEL),
            file,
        )

    def _item(self, each: syntax.Declaration) -> Item:
        counted = tuple(ref for names in _all_names(each, "counted") for ref in names.names)
        return Item(_name(each), _title(each), each.span, _aka(each), counted)

    def _means(self, each: syntax.Declaration) -> Means:
        return Means(
            _name(each),
            _title(each),
            each.span,
            _aka(each),
            self._names(each, "by", roles.BEARER),
            self._names(each, "consent of", roles.PARTY),
        )

    def _term(self, each: syntax.Declaration) -> Term:
        return Term(_name(each), _title(each), each.span, self.clauses.members(each.definition or ()))

    def _matter(self, each: syntax.Declaration) -> Matter:
        definition: Condition | None = None
        if each.definition:
            definition = each.definition[0]
            for part in each.definition:
                self.conditions.condition(part)
            if len(each.definition) > 1:
                self.diagnostics.append(diagnostic("one-definition", each.definition[1].span, name=_name(each)))
        return Matter(_name(each), _title(each), each.span, definition)

    def _event(self, each: syntax.Declaration) -> Event:
        return Event(_name(each), _title(each), each.span, tuple(ref.name for ref in each.arguments))

    def _names(self, each: syntax.Declaration, keyword: str, wanted: Role) -> tuple[Ref, ...]:
        names = tuple(ref for clause in _all_names(each, keyword) for ref in clause.names)
        return self.clauses.listed(names, wanted)


def _name(each: syntax.Declaration) -> str:
    return each.name.name if each.name else ""


def _title(each: syntax.Declaration) -> str:
    return each.title.value if each.title else ""


def _aka(each: syntax.Declaration) -> tuple[str, ...]:
    return tuple(
        text.value
        for clause in each.clauses
        if isinstance(clause, syntax.Texts) and clause.keyword == "aka"
        for text in clause.texts
    )


def _all_names(each: syntax.Declaration, keyword: str) -> list[syntax.Names]:
    return [clause for clause in each.clauses if isinstance(clause, syntax.Names) and clause.keyword == keyword]


_READERS: dict[str, Callable[[_Builder, syntax.Declaration], Any]] = {
    "party": _Builder._party,
    "body": _Builder._body,
    "person": _Builder._person,
    "channel": _Builder._channel,
    "source": _Builder._source,
    "item": _Builder._item,
    "means": _Builder._means,
    "term": _Builder._term,
    "matter": _Builder._matter,
    "event": _Builder._event,
}
#: For each kind of commitment, the clauses that say nothing about it.
_WITHOUT_EFFECT = {
    "obligation": frozenset(["forbids", "may"]),
    "prohibition": frozenset(["may", "done when", "seeks", "by", "begins by", "within", "instead of"]),
    "right": frozenset(["may", "done when", "seeks", "forbids", "begins by", "verified by", "instead of"]),
    "power": frozenset(["done when", "seeks", "forbids", "begins by", "verified by", "instead of"]),
}
