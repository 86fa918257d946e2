"""Reading conditions: `unless` binds loosest, then `or`, `and`, `after`/`before`, `for`, atoms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar

from servanda.diagnostics import Diagnostic
from servanda.model.conditions import (
    AllOf,
    Amount,
    AnyOf,
    Argument,
    AtLeast,
    Bound,
    CameAbout,
    Condition,
    Did,
    Happening,
    InState,
    Lasting,
    Member,
    OnDate,
    Ref,
    Shifted,
    Unless,
    Value,
)
from servanda.model.span import File

from .cursor import Cursor, Slip
from .lexer import tokenize
from .meant_words import NEAR_STATES
from .words import RESERVED, STATE_WORDS, STATES, VERB_OF

_Read = TypeVar("_Read")

#: Parentheses within parentheses; beyond it nobody can read them, and a machine would have to stack them.
DEEPEST = 50
#: A length of time in a unit that there is not: what else could come before "after"?
_WITH_ANOTHER_UNIT = (["NUMBER", "NAME", "after"], ["NUMBER", "NAME", "before"])
#: Verbs that no condition asks for: a version is not an act that one can wait for.
_NOT_AWAITED = frozenset(["holds"])


class Conditions(Cursor):
    """A cursor that reads conditions."""

    _depth = 0

    def condition(self) -> Condition:
        """Read a condition."""
        start = self.at
        condition = self._any_of()
        if self.kinds[self.at] == "unless":
            self.at += 1
            exception = self._any_of()
            condition = Unless(condition, exception, self.span_since(start))
            if self.kinds[self.at] == "unless":
                self.slip("unless-twice")
        return condition

    def _any_of(self) -> Condition:
        start = self.at
        parts = self.several(self._all_of, "or")
        return parts[0] if len(parts) == 1 else AnyOf(parts, self.span_since(start))

    def _all_of(self) -> Condition:
        start = self.at
        parts = self.several(self._shifted, "and")
        return parts[0] if len(parts) == 1 else AllOf(parts, self.span_since(start))

    def _shifted(self) -> Condition:
        if not self.at_duration():
            if self.kinds[self.at : self.at + 3] in _WITH_ANOTHER_UNIT:
                self.duration()
            return self._lasting()
        start = self.at
        duration = self.duration()
        direction = self.kinds[self.at]
        if direction != "after" and direction != "before":
            self.slip("duration-without-anchor", self.span_since(start), duration=str(duration))
        self.at += 1
        anchor = self._lasting()
        side: Literal["after", "before"] = "after" if direction == "after" else "before"
        return Shifted(duration, side, anchor, self.span_since(start))

    def _lasting(self) -> Condition:
        start = self.at
        atom = self._atom()
        if self.kinds[self.at] == "for" and self.kinds[self.at + 1] != "each":
            self.at += 1
            return Lasting(atom, self.duration(), self.span_since(start))
        return atom

    def _atom(self) -> Condition:
        kind = self.kinds[self.at]
        if kind == "NAME":
            return self._named()
        if kind == "(":
            return self._parenthesised()
        if kind == "DATE":
            start = self.at
            dating = self.dating()
            return OnDate(dating, self.span_since(start))
        if kind == "at" and self.kinds[self.at + 1 : self.at + 4] == ["least", "NUMBER", "of"]:
            return self._at_least()
        if self.at_duration():
            self.missing("a condition, in parentheses if it has a length of time of its own,")
        if kind in ("NUMBER", "at", "more"):
            return self.amount()
        if kind == "not":
            self.slip("no-negation")
        if kind in RESERVED and kind not in ("or", "and", "unless", "none"):
            self.slip("reserved-word", word=self.words[self.at], what="a condition")
        self.missing("a condition")

    def _parenthesised(self) -> Condition:
        self._deeper()
        start = self.at
        self.at += 1
        inner = self.condition()
        if self.kinds[self.at] == ",":
            self.slip("comma-in-condition")
        self._closed(start)
        self._depth -= 1
        return inner

    def _at_least(self) -> Condition:
        self._deeper()
        start = self.at
        self.at += 2
        count = self.number()
        self.at += 1
        parts = self.in_parentheses(self.condition)
        self._depth -= 1
        return AtLeast(count, parts, self.span_since(start))

    def in_parentheses(self, read: Callable[[], _Read], what: str = "") -> tuple[_Read, ...]:
        """Read one or more of something in parentheses, with commas between; `what` says what in messages."""
        opened = self.at
        self.take("(", what or None)
        found = self.several(read)
        self._closed(opened)
        return found

    def _deeper(self) -> None:
        if self._depth >= DEEPEST:
            self.slip("nesting-too-deep", deepest=DEEPEST)
        self._depth += 1

    def _closed(self, opened: int) -> None:
        if self.kinds[self.at] != ")":
            if self.kinds[self.at] in ("NEWLINE", "END"):
                self.at, here = opened, self.at
                span = self.here()
                self.at = here
                self.slip("unclosed-parenthesis", span)
            self.missing("`)`")
        self.at += 1

    def _named(self) -> Condition:
        start = self.at
        following = self.kinds[start + 1]
        if following == "(":
            return self.happening()
        if following == "in":
            name = self.name("a name")
            self.at += 1
            term = self.name("a term")
            return Member(name, term, self.span_since(start))
        if following in VERB_OF and self.verb_here(start + 1):
            return self._did()
        ref = self.ref("a name")
        if self.kinds[self.at] == "is":
            self.at += 1
            return self._in_state(start, ref)
        return CameAbout(ref, ref.span)

    def verb_here(self, at: int) -> bool:
        """Whether the word at index `at`, which has the form of a verb, is meant as one (`consent of` is not)."""
        return not (self.kinds[at] == "consent" and self.kinds[at + 1] == "of")

    def _in_state(self, start: int, ref: Ref) -> InState:
        state = self.state()
        with_a_date, by = False, None
        if " " in state:
            pass  # nobody gives a date with `not owed` or `in force`
        elif self.kinds[self.at] == "with":
            self.at += 1
            if self.words[self.at : self.at + 2] != ["a", "date"]:
                self.missing("`a date`")
            self.at += 2
            with_a_date = True
        elif self.kinds[self.at] == "by":
            self.at += 1
            by = self.dating()
        return InState(ref, state, self.span_since(start), with_a_date, by)

    def state(self) -> str:
        """Read a rung, status or fact."""
        kind = self.kinds[self.at]
        if kind in STATE_WORDS:
            self.at += 1
            return kind
        for first, second in (("not", "owed"), ("in", "force")):
            if kind == first:
                if kind == "not" and self.kinds[self.at + 1] in RESERVED - {"owed"}:
                    self.slip("no-negation")
                self.at += 1
                self.take(second)
                return f"{first} {second}"
        self._not_at_end("a state, such as `fulfilled`,")
        words = self.words[self.at]
        near = NEAR_STATES.get(words.lower())
        label = f"the word here is `{near}`" if near else self.guess(words, STATES)
        self.slip("unknown-state", label=label, found=words)

    def _did(self) -> Did:
        start = self.at
        actor = self.name("a party")
        verb = VERB_OF[self.kinds[self.at]]
        if verb in _NOT_AWAITED:
            self.slip("verb-not-awaited", verb=verb)
        self.at += 1
        done: Ref | Amount | Happening
        if verb == "consents":
            self.take("to")
            done = self.ref("a means, commitment or source")
        else:
            done = self.thing()
        channel = None
        if self.kinds[self.at] == "via":
            self.at += 1
            channel = self.name("a channel")
        return Did(actor, verb, done, self.span_since(start), channel)

    def thing(self) -> Ref | Amount | Happening:
        """Read what an act is about: a reference, an amount or an event."""
        kind = self.kinds[self.at]
        if kind == "NAME":
            return self.happening() if self.kinds[self.at + 1] == "(" else self.ref("a name")
        if kind in ("NUMBER", "at", "more"):
            return self.amount()
        return self.ref("a name, an amount or an event")

    # ── amounts and events ───────────────────────────────────────────────────────────────────────────────────

    def amount(self) -> Amount:
        """Read so much of an item: `[at least] 42 [more] [%|unit] ITEM [of NAME] WORD`."""
        start = self.at
        bound = self._bound()
        number = self.number()
        more = self.kinds[self.at] == "more"
        if more:
            self.at += 1
        percent = self.kinds[self.at] == "%"
        if percent:
            if self.kinds[self.at + 1] == "more":
                self.missing("`more`")
            self.at += 1
        first = self.name("an item")
        second = self.name("another name") if self.kinds[self.at] == "NAME" else None
        of = None
        if self.kinds[self.at] == "of":
            self.at += 1
            of = self.name("somebody's name")
        third = None
        if of is not None or self.kinds[self.at] == "NAME":
            third = self.name("the word for what is counted, such as `removed`,")
        if third is not None:
            unit, item, word = (first, second, third) if second else (None, first, third)
        elif second is not None:
            unit, item, word = None, first, second
        else:
            self.missing("the word for what is counted, such as `removed`,")
        return Amount(number, item, word, self.span_since(start), bound, more, percent, unit, of)

    def _bound(self) -> Bound | None:
        kind = self.kinds[self.at]
        if kind == "at":
            self.at += 1
            if self.kinds[self.at] == "most":
                self.at += 1
                return "at most"
            self.take("least", "`least` or `most`")
            return "at least"
        if kind == "more":
            self.at += 1
            self.take("than")
            return "more than"
        return None

    def happening(self) -> Happening:
        """Read an event with some of its arguments."""
        start = self.at
        event = self.name("an event")
        return Happening(event, self.in_parentheses(self._argument), self.span_since(start))

    def _argument(self) -> Argument:
        start = self.at
        name = self.argument_name()
        value: Value | None = None
        term: Ref | None = None
        negated = False
        if self.kinds[self.at] == "=":
            self.at += 1
            value = self.value()
        elif self.kinds[self.at] in ("in", "not"):
            negated = self.kinds[self.at] == "not"
            if negated:
                self.at += 1
            self.take("in")
            term = self.name("a term")
        return Argument(name, self.span_since(start), value, term, negated)

    def argument_name(self) -> str:
        """Read the name of an event's argument, which may be a reserved word."""
        if self.kinds[self.at] in RESERVED:
            self.at += 1
            return self.words[self.at - 1]
        return self.word("an argument's name")


def condition_from_text(words: str, shown: str) -> tuple[Condition | None, tuple[Diagnostic, ...]]:
    """Read words that are one condition and nothing else; `shown` is the name that diagnostics give them."""
    reader = Conditions(File(shown, words), tokenize(words))
    reader.at = 1  # behind the newline that begins every text
    try:
        condition = reader.condition()
        if reader.kinds[reader.at] != "NEWLINE":
            reader.slip("unexpected-words", found=reader.words[reader.at])
    except Slip as slip:
        return None, (slip.diagnostic,)
    return condition, ()
