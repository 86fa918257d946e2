"""Reading clauses: a table for each kind of directive says which words begin one there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from servanda.diagnostics.diagnostic import Fix
from servanda.model.commitments import Each, EachBreach, EachEvent, EachMember, EachPeriod
from servanda.model.conditions import PublicAct, Ref
from servanda.model.declarations import Text

from .conditions import Conditions
from .syntax import (
    Citing,
    Clause,
    Conditional,
    Dated,
    Flag,
    ForEach,
    May,
    Names,
    Texts,
    Within,
    Wording,
)
from .words import POWERS, STATE_WORDS, UNITS

#: What the names of a clause are, for messages.
_WHAT = {
    "of": "a party",
    "to": "a party",
    "for": "a party",
    "among": "a party",
    "by": "a party or body",
    "signed by": "a party",
    "consent of": "a party",
    "counted": "a word, such as `removed`,",
    "via": "a means or channel",
    "verified by": "a means",
}


class Clauses(Conditions):
    """A cursor that reads clauses. Each method begins behind the clause's first word, which stands at `start`."""

    def clause(self, table: Table) -> Clause:
        """Read the clause that begins here with a word of the table."""
        start = self.at
        read = table[self.kinds[start]]
        self.at += 1
        return read(self, start)

    def _none(self) -> bool:
        if self.kinds[self.at] == "none":
            self.at += 1
            return True
        return False

    # ── names ────────────────────────────────────────────────────────────────────────────────────────────────

    def _names(self, start: int, keyword: str = "", *, or_none: bool = False) -> Names:
        keyword = keyword or self.kinds[start]
        if or_none and self._none():
            return Names(keyword, (), self.span_since(start), none=True)
        names = self.names(_WHAT.get(keyword, "a name"))
        return Names(keyword, names, self.span_since(start))

    def plain_names(self, start: int) -> Names:
        """`of`, `for`, `among`, `via`, …: names, with commas between."""
        return self._names(start)

    def whom(self, start: int) -> Names:
        """`to USSR, Cuba`, `to others`."""
        if self.kinds[self.at] == "others":
            self.at += 1
            return Names("to", (), self.span_since(start), others=True)
        return self._names(start)

    def authors(self, start: int) -> Names:
        """`by US to USSR`, of a source."""
        by = self.names(_WHAT["by"])
        to: tuple[Ref, ...] = ()
        if self.kinds[self.at] == "to":
            self.at += 1
            to = self.names(_WHAT["to"])
        return Names("by", by, self.span_since(start), to=to)

    def signed_by(self, start: int) -> Names:
        """`signed by US, USSR`."""
        self.take("by")
        return self._names(start, "signed by")

    def consent_of(self, start: int) -> Names:
        """`consent of Cuba`, `consent of none`."""
        self.take("of")
        return self._names(start, "consent of", or_none=True)

    def verified_by(self, start: int) -> Names:
        """`verified by on-site or ship-side`, `verified by none`."""
        self.take("by")
        if self._none():
            return Names("verified by", (), self.span_since(start), none=True)
        names = self.several(lambda: self.name("a means"), "or")
        if self.kinds[self.at] in (",", "and"):
            found = self.words[self.at]
            self.slip("missing-part", label="any of them will do; the word here is `or`", what="`or`", found=found)
        return Names("verified by", names, self.span_since(start))

    def together_with(self, start: int) -> Names:
        """`together with X, Y`, `together with others`, `together with none`."""
        self.take("with")
        if self._none():
            return Names("together with", (), self.span_since(start), none=True)
        if self.kinds[self.at] == "others":
            self.at += 1
            return Names("together with", (), self.span_since(start), others=True)
        return Names("together with", self.refs("a commitment"), self.span_since(start))

    def instead_of(self, start: int) -> Names:
        """`instead of X`, `instead of none`."""
        self.take("of")
        if self._none():
            return Names("instead of", (), self.span_since(start), none=True)
        return Names("instead of", (self.ref("a commitment"),), self.span_since(start))

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────

    def _conditional(self, start: int, keyword: str) -> Conditional:
        if self._none():
            return Conditional(keyword, None, self.span_since(start))
        return Conditional(keyword, self.condition(), self.span_since(start))

    def conditional(self, start: int) -> Conditional:
        """`when C`, `from C`, `until C`, `by C`, `seeks C`, `forbids C`; each also with `none`."""
        return self._conditional(start, self.kinds[start])

    def plain_condition(self, start: int) -> Conditional:
        """`when C`, `by C` of an act, where nothing can be dropped."""
        return Conditional(self.kinds[start], self.condition(), self.span_since(start))

    def begins_by(self, start: int) -> Conditional:
        """`begins by C`."""
        self.take("by")
        return self._conditional(start, "begins by")

    def done_when(self, start: int) -> Conditional:
        """`done when C`, `done when claimed`."""
        self.take("when")
        kind = self.kinds[self.at]
        if kind in STATE_WORDS:
            self.at += 1
            if kind != "claimed":
                self.slip("done-when-state", self.span_since(self.at - 1), state=kind)
            return Conditional("done when", PublicAct(self.span_since(self.at - 1)), self.span_since(start))
        return self._conditional(start, "done when")

    def within(self, start: int) -> Within:
        """`within 48 hours`, `within 30 days of C`, `within none`."""
        if self._none():
            return Within(None, self.span_since(start))
        return self.plain_within(start)

    def plain_within(self, start: int) -> Within:
        """`within 30 days of C`, where nothing can be dropped."""
        duration = self.duration()
        of = None
        if self.kinds[self.at] == "of":
            self.at += 1
            of = self.condition()
        elif self.kinds[self.at] in ("after", "before", "from"):
            span, words = self.here(), self.words[self.at]
            fix = None if words == "before" else Fix(span, "of")
            label = "" if fix is None else "the word here is `of`"
            self.slip("missing-part", span, label=label, fix=fix, what="`of`", found=words)
        return Within(duration, self.span_since(start), of)

    # ── the rest ─────────────────────────────────────────────────────────────────────────────────────────────

    def under(self, start: int) -> Citing:
        """`under SOURCE p3 "words" where X in TERM`, `under none`."""
        if self._none():
            return Citing("under", None, self.span_since(start))
        source, places, quote = self._cited()
        where = None
        if self.kinds[self.at] == "where":
            self.at += 1
            where = self.condition()
        return Citing("under", source, self.span_since(start), places, quote, where)

    def cites(self, start: int) -> Citing:
        """`cites SOURCE p3 "words"`."""
        source, places, quote = self._cited()
        return Citing("cites", source, self.span_since(start), places, quote)

    def _cited(self) -> tuple[Ref, tuple[Ref, ...], Text | None]:
        source = self.name("a source")
        places: tuple[Ref, ...] = ()
        while self.kinds[self.at] == "NAME":
            places = (*places, self.name("a place in the source"))
        quote = self.string("words of the source") if self.kinds[self.at] == "STRING" else None
        return source, places, quote

    def for_each(self, start: int) -> ForEach:
        """`for each EVENT(…)`, `for each p in TERM`, `for each month of C`, `for each breach of X`."""
        self.take("each")
        return ForEach(self._each(), self.span_since(start))

    def _each(self) -> Each:
        kind = self.kinds[self.at]
        if kind == "breach":
            self.at += 1
            self.take("of")
            return EachBreach(self.ref("a commitment"))
        if kind == "NUMBER" or kind in UNITS:
            count = self.number() if kind == "NUMBER" else 1
            unit = UNITS.get(self.kinds[self.at])
            if unit is None:
                self.missing("a unit of time, such as `months`,")
            self.at += 1
            self.take("of", "`of` and what goes on meanwhile,")
            return EachPeriod(count, unit, self.condition())  # type: ignore[arg-type]  # UNITS gives the singular
        if self.kinds[self.at + 1] == "(":
            return EachEvent(self.happening())
        variable = self.name("an event, a period, `breach of`, or `p in TERM`")
        self.take("in", "the arguments of an event, in parentheses, or `in` and a term,")
        return EachMember(variable, self.name("a term"))

    def may(self, start: int) -> May:
        """`may suspend X, Y`."""
        verb = self.kinds[self.at]
        if verb not in POWERS:
            self.missing("`suspend`, `resume`, `terminate`, `waive` or `transfer`", among=frozenset(POWERS))
        self.at += 1
        return May(verb, self.refs("a commitment or source"), self.span_since(start))

    def survives(self, start: int) -> Flag:
        """`survives`."""
        none = self._none()
        return Flag("survives", self.span_since(start), none)

    def aka(self, start: int) -> Texts:
        """`aka "U.S.", "USA"`."""
        texts = self.several(lambda: self.string("another name, in quotes,"))
        return Texts("aka", texts, self.span_since(start))

    def file_clause(self, start: int) -> Texts:
        """`file "letters/kennedy.txt"`."""
        path = self.string("a path, in quotes,")
        return Texts("file", (path,), self.span_since(start))

    def own_words(self, start: int) -> Texts:
        """A string under an act: somebody's own words."""
        self.at = start
        words = self.string("words")
        return Texts("words", (words,), self.span_since(start))

    def dated(self, start: int) -> Dated:
        """`dated DATE`, `known DATE`."""
        return Dated(self.kinds[start], self.dating(), self.span_since(start))

    def on(self, start: int) -> Dated | Names:
        """`on DATE`: when it was performed. `on NAME`: what a means was tried on."""
        if self.kinds[self.at] == "DATE":
            return Dated("on", self.dating(), self.span_since(start))
        return Names("on", (self.ref("a date or a name"),), self.span_since(start))

    def timezone(self, start: int) -> Wording:
        """`timezone America/New_York`."""
        parts = [self.word("a time zone, such as `Europe/Vienna`,")]
        while self.kinds[self.at] == "/":
            self.at += 1
            parts.append(self.word("the rest of a time zone"))
        return Wording("timezone", "/".join(parts), self.span_since(start))

    def calendar(self, start: int) -> Wording:
        """`calendar US`, `calendar DE-BY`."""
        return Wording("calendar", self.word("a country's code, such as `US` or `DE-BY`,"), self.span_since(start))

    def result(self, start: int) -> Wording:
        """`result denied`, `result unable`, `result done`."""
        kind = self.kinds[self.at]
        if kind in STATE_WORDS or kind == "done":
            self.at += 1
            return Wording("result", kind, self.span_since(start))
        return Wording("result", self.word("`done`, `denied` or `unable`"), self.span_since(start))


Table = Mapping[str, Callable[[Clauses, int], Clause]]

_AKA: Table = {"aka": Clauses.aka}
_COMMITMENT: Table = {
    "of": Clauses.plain_names,
    "to": Clauses.whom,
    "under": Clauses.under,
    "when": Clauses.conditional,
    "from": Clauses.conditional,
    "until": Clauses.conditional,
    "by": Clauses.conditional,
    "seeks": Clauses.conditional,
    "forbids": Clauses.conditional,
    "begins": Clauses.begins_by,
    "within": Clauses.within,
    "done": Clauses.done_when,
    "verified": Clauses.verified_by,
    "together": Clauses.together_with,
    "for": Clauses.for_each,
    "may": Clauses.may,
    "instead": Clauses.instead_of,
    "survives": Clauses.survives,
}
_CONTEXT: Table = {
    "cites": Clauses.cites,
    "via": Clauses.plain_names,
    "on": Clauses.on,
    "known": Clauses.dated,
    "result": Clauses.result,
    "STRING": Clauses.own_words,
}

#: For each kind of directive, the words that begin a clause there.
TABLES: dict[str, Table] = {
    "case": {"timezone": Clauses.timezone, "calendar": Clauses.calendar},
    "party": {**_AKA, "calendar": Clauses.calendar},
    "body": {**_AKA, "for": Clauses.plain_names},
    "person": {**_AKA, "for": Clauses.plain_names},
    "channel": {**_AKA, "among": Clauses.plain_names},
    "source": {
        **_AKA,
        "dated": Clauses.dated,
        "by": Clauses.authors,
        "to": Clauses.plain_names,
        "file": Clauses.file_clause,
        "signed": Clauses.signed_by,
        "via": Clauses.plain_names,
    },
    "item": {**_AKA, "counted": Clauses.plain_names},
    "means": {**_AKA, "by": Clauses.plain_names, "consent": Clauses.consent_of},
    **dict.fromkeys(("obligation", "prohibition", "right", "power"), _COMMITMENT),
    "act": {
        **_CONTEXT,
        "by": Clauses.plain_condition,
        "within": Clauses.plain_within,
        "when": Clauses.plain_condition,
    },
    "holds": {**_COMMITMENT, **_CONTEXT, "consent": Clauses.consent_of},
}
#: Clauses that may stand more than once in a directive.
REPEATABLE = frozenset(["under", "cites", "via"])
