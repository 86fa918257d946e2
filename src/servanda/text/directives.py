"""Reading directives: declarations, acts, expectations, scenarios, includes, event tables; one method each."""

from __future__ import annotations

from typing import NoReturn

from servanda.diagnostics.diagnostic import Fix
from servanda.model.conditions import Amount, Condition, Happening, Ref
from servanda.model.declarations import Text
from servanda.model.time import Dating

from .blocks import Blocks
from .clauses import TABLES
from .meant import meant
from .meant_conditions import past
from .meant_dates import date_of_parts
from .meant_words import OTHERWISE
from .syntax import Act, Clause, Declaration, Directive, Events, Expect, Include, Scenario
from .words import DECLARATIONS, NEAR_WORDS, NORMS, OTHER_DIRECTIVES, RESERVED, VERB_OF, VERBS

_DIRECTIVE_WORDS = frozenset([*DECLARATIONS, *NORMS, *OTHER_DIRECTIVES])
#: Verbs that amounts are said with.
_COUNTING = frozenset(["claims", "observes", "confirms", "disputes", "protests"])
_CLAUSE_WORDS = frozenset(word for table in TABLES.values() for word in table) - _DIRECTIVE_WORDS - {"STRING"}


class Directives(Blocks):
    """A cursor that reads directives. Each method begins at the first word and leaves the end of the line behind."""

    def directive(self, indent: int) -> Directive:
        """Read the directive that begins here, with what is indented below it."""
        kind = self.kinds[self.at]
        if kind == "DATE" or kind == "NAME":
            return self._dated(indent)
        if kind in NORMS or kind in DECLARATIONS:
            return self._declaration(indent)
        if kind == "include":
            return self._include()
        if kind == "scenario":
            return self._scenario(indent)
        if kind == "events":
            return self._events()
        self._no_directive()

    def _no_directive(self) -> NoReturn:
        self.lexical()
        kind, words = self.kinds[self.at], self.words[self.at]
        if kind == "expect":
            dated = self.kinds[self.at + 1] == "DATE"
            self.slip("undated-expectation", label="the date stands first, before `expect`" if dated else "")
        if kind in _CLAUSE_WORDS:
            self.slip("misplaced-clause", word=words)
        if kind in VERB_OF:
            self.slip("missing-actor", verb=words)
        self._unknown_directive()

    def _unknown_directive(self) -> NoReturn:
        words = self.words[self.at]
        if self.kinds[self.at] == "NUMBER":
            label = date_of_parts(self.words, self.at) or "a date is written 1962-11-20"
            self.slip("unknown-directive", label=label, found=words)
        if self.kinds[self.at + 1] == "DATE":
            label = f"leave out `{words}`: the line begins with its date"
            self.slip("unknown-directive", label=label, found=words)
        near = NEAR_WORDS.get(words.lower())
        guess = near if near in _DIRECTIVE_WORDS else None
        label = f"the word here is `{guess}`" if guess else self.guess(words, _DIRECTIVE_WORDS)
        self.slip("unknown-directive", label=label, found=words)

    # ── declarations ─────────────────────────────────────────────────────────────────────────────────────────

    def _declaration(self, indent: int) -> Declaration:
        start = self.at
        kind = self.kinds[start]
        self.at += 1
        name = None if kind == "case" else self.name(f"the name of the {kind}")
        arguments: tuple[Ref, ...] = ()
        if kind == "event":
            arguments = self.in_parentheses(self._parameter, "the event's arguments in parentheses, such as `(ship)`,")
        title = None
        if kind == "case":
            title = self.string("the case's title, in quotes,")
        elif self.kinds[self.at] == "STRING":
            title = self.string("a title")
        definition: tuple[Condition, ...] | None = None
        if kind == "term" or (kind == "matter" and self.kinds[self.at] == "="):
            definition = self.definition()
        table = TABLES.get(kind)
        if table is None:
            span = self.span_since(start)
            self.end_of_line()
            return Declaration(kind, name, title, (), span, definition=definition, arguments=arguments)
        clauses: list[Clause] = []
        if kind in NORMS:
            for keyword in ("of", "to"):
                if self.kinds[self.at] == keyword:
                    clauses.append(self.clause(table))
            if self.kinds[self.at] == "of":
                self.slip("of-after-to")
        inline = len(clauses) + self.inline(table, kind, clauses)
        span = self.span_since(start)
        torn = self.block(table, kind, clauses, indent)
        return Declaration(kind, name, title, tuple(clauses), span, inline, torn)

    def _parameter(self) -> Ref:
        start = self.at
        return Ref(self.argument_name(), self.span_since(start))

    def definition(self) -> tuple[Condition, ...]:
        """Read `= a, b` of a term, or `= CONDITION` of a matter."""
        self.take("=")
        return self.several(self.condition)

    # ── the record ───────────────────────────────────────────────────────────────────────────────────────────

    def _dated(self, indent: int) -> Act | Expect:
        start = self.at
        dating: Dating | None = None
        if self.kinds[start] == "DATE":
            dating = self.dating()
            if self.kinds[self.at] == "expect":
                return self._expect(start, dating)
        if self.kinds[self.at] in VERB_OF:
            self.slip("missing-actor", verb=self.words[self.at])
        actors = self.names("the name of who acts")
        verb = VERB_OF.get(self.kinds[self.at])
        if verb is None:
            self._no_verb(start, dating, len(actors))
        plural = self.kinds[self.at] != verb
        self.at += 1
        if verb == "holds":
            return self._holds(start, dating, actors, plural, indent)
        objects: tuple[Ref | Amount | Happening, ...] = ()
        words: Text | None = None
        leaving: tuple[Ref, ...] = ()
        recipients: tuple[Ref, ...] = ()
        if verb == "consents":
            self.take("to", "`to`")
            objects = self.refs("a means, commitment or source")
        elif verb == "closes":
            objects = self.refs("a source") if self.kinds[self.at] == "NAME" else ()
            if self.kinds[self.at] == "leaving":
                self.at += 1
                leaving = self.refs("a commitment")
        elif verb == "transfers":
            objects = self.refs("a commitment")
            self.take("to", "`to` and who takes it over")
            recipients = self.names("the name of who takes it over")
        elif verb == "trusts":
            objects = self.names("a party or body")
        elif self.kinds[self.at] == "STRING":
            words = self.string("words")
        elif verb == "states" and self.kinds[self.at] == "NEWLINE":
            self.missing("somebody's words, in quotes,")
        else:
            objects = self.several(self.thing)
        clauses: list[Clause] = []
        table = TABLES["act"]
        inline = self.inline(table, "act", clauses)
        span = self.span_since(start)
        torn = self.block(table, "act", clauses, indent)
        return Act(
            dating, actors, verb, objects, tuple(clauses), span, words, inline, torn, plural, None, leaving, recipients
        )

    def _no_verb(self, start: int, dating: Dating | None, actors: int) -> NoReturn:
        self.lexical()
        kind, words = self.kinds[self.at], self.words[self.at]
        if dating is None and actors == 1 and kind not in ("NEWLINE", "END"):
            first = self.words[start]
            if NEAR_WORDS.get(first) in _DIRECTIVE_WORDS or self.guess(first, _DIRECTIVE_WORDS):
                self.at = start
                self._unknown_directive()
        if kind != "NAME" and kind not in RESERVED:
            self.missing("a verb, such as `promises`,")
        if actors == 1 and (self.words[self.at - 1].lower() in ("expects", "expect") or words == "expect"):
            self.slip("unknown-verb", label="begin with `expect`, after the date", found=words)
        if words.lower() in OTHERWISE:
            self.slip("unknown-verb", label=OTHERWISE[words.lower()], found=words)
        if self.kinds[self.at + 1] in VERB_OF and kind == "NAME":
            two = f"`{self.words[self.at - 1]} {words}` are two names"
            label = f"{two}: write the one that was declared, or a comma between"
            self.slip("unknown-verb", label=meant(self.kinds, self.words, self.at) or label, found=words)
        near = NEAR_WORDS.get(words) or NEAR_WORDS.get(f"{words}s") or past(words, actors > 1)
        if near == "recognises" and self.kinds[self.at + 1] == "to":
            near = "consents"
        if near in VERB_OF:
            span = self.here()
            self.slip("unknown-verb", span, label=f"the word here is `{near}`", fix=Fix(span, near), found=words)
        if self.kinds[self.at + 1] == "NUMBER" and not self.guess(words, _COUNTING):
            counting = "claim" if actors > 1 else "claims"
            self.slip(
                "unknown-verb",
                label=f"so much is said to be done: `{counting} {self.words[self.at + 1]} …`",
                found=words,
            )
        forms = VERBS.values() if actors > 1 else VERBS
        label = self.guess(words, [*forms, "expect"]) or self.guess(words, VERB_OF)
        self.slip("unknown-verb", label=label, found=words)

    def _holds(self, start: int, dating: Dating | None, actors: tuple[Ref, ...], plural: bool, indent: int) -> Act:
        objects = (self.ref("a term, matter, means or commitment"),)
        clauses: list[Clause] = []
        if self.kinds[self.at] == "=":
            definition, table, inline = self.definition(), TABLES["act"], 0
            self.end_of_line(table)
        else:
            definition, table = None, TABLES["holds"]
            inline = self.inline(table, "holds", clauses)
        span = self.span_since(start)
        torn = self.block(table, "holds", clauses, indent)
        return Act(dating, actors, "holds", objects, tuple(clauses), span, None, inline, torn, plural, definition)

    def _expect(self, start: int, dating: Dating) -> Expect:
        self.at += 1
        ref = self.ref("a commitment")
        self.take("is")
        state = self.state()
        late = self.kinds[self.at] == "late"
        if late:
            self.at += 1
        self.take("in", "`in` and a reading")
        reading = None
        if self.kinds[self.at] == "record":
            self.at += 1
        elif self.words[self.at].lower() == "record":
            self.missing("a party, or `record`,", among=frozenset(["record"]))
        else:
            reading = self.name("a party, or `record`,")
        channel = None
        if self.kinds[self.at] == "via":
            self.at += 1
            channel = self.name("a channel")
        span = self.span_since(start)
        self.end_of_line()
        return Expect(dating, ref, state, late, reading, span, channel)

    # ── the rest ─────────────────────────────────────────────────────────────────────────────────────────────

    def _scenario(self, indent: int) -> Scenario:
        start = self.at
        self.at += 1
        if indent:
            self.slip("not-in-scenario", word="scenario")
        title = self.string("the scenario's title, in quotes,")
        begin = None
        if self.kinds[self.at] == "from":
            self.at += 1
            begin = self.dating()
        span = self.span_since(start)
        self.end_of_line()
        directives: list[Act | Expect] = []
        read_any = False
        while (depth := self.indentation()) > indent:
            read_any = True
            first = self.at + 1
            directive = self.attempt(depth, indent + 2, "the scenario")
            if isinstance(directive, Act | Expect):
                directives.append(directive)
            elif directive is not None:
                self.report("not-in-scenario", directive.span, word=directive.span.words.split()[0])
                self._leave_unread(first)
        if not read_any:
            self.slip("empty-scenario", span)
        return Scenario(title, begin, tuple(directives), span)

    def _include(self) -> Include:
        start = self.at
        self.at += 1
        path = self.string("a path, in quotes,")
        span = self.span_since(start)
        self.end_of_line()
        return Include(path, span)

    def _events(self) -> Events:
        start = self.at
        self.at += 1
        self.take("by", "`by` and who observed the events")
        by = self.name("the name of who observed the events")
        self.take("from", "`from` and the table's path, in quotes,")
        path = self.string("the table's path, in quotes,")
        self.take("as", "`as` and the event")
        event = self.name("an event")
        columns = self.in_parentheses(self._column)
        self.take("at", "`at` and the column with the time")
        at = self._column_name()
        span = self.span_since(start)
        self.end_of_line()
        return Events(by, path, event, columns, at, span)

    def _column(self) -> tuple[str, str]:
        argument = self.argument_name()
        self.take("=", "`=` and a column")
        return argument, self._column_name()

    def _column_name(self) -> str:
        if self.kinds[self.at] == "STRING":
            return self.string("a column").value
        if self.kinds[self.at] in RESERVED:
            self.slip("reserved-word", label="in quotes it is a column", word=self.words[self.at], what="a column")
        return self.word("a column")
