"""Lines and blocks: where a directive ends, what is indented below it, and how reading goes on after a slip."""

from __future__ import annotations

from servanda.diagnostics import Diagnostic, diagnostic
from servanda.diagnostics.diagnostic import Related
from servanda.model.span import File, Span

from .clauses import REPEATABLE, TABLES, Clauses, Table
from .cursor import Slip
from .lexer import Tokens
from .meant_words import CLAUSES_OTHERWISE
from .syntax import Clause, Conditional, Directive, Names, Within
from .words import DECLARATIONS, NEAR_WORDS, NORMS, VERB_OF

_BEGINS_DIRECTIVE = frozenset([*DECLARATIONS, *NORMS, "include", "scenario", "events", "expect", "DATE"])

#: What directives are called where their clauses are spoken of.
_CALLED = {
    **{kind: f"{'an' if kind[0] in 'aeio' else 'a'} {kind}" for kind in TABLES},
    **dict.fromkeys(NORMS, "a commitment"),
    "holds": "an act with `holds`",
}


class Blocks(Clauses):
    """A cursor that knows lines. Between lines it stands at the newline token that ends the one just read."""

    def __init__(self, file: File, tokens: Tokens) -> None:
        super().__init__(file, tokens)
        self.diagnostics: list[Diagnostic] = []
        self.unread: set[str] = set()
        self._after_tab = False

    def directive(self, indent: int) -> Directive:
        """Read the directive that begins here, with what is indented below it."""
        raise NotImplementedError

    def report(self, code: str, span: Span, **values: object) -> None:
        """Note a diagnostic and go on."""
        self.diagnostics.append(diagnostic(code, span, **values))  # type: ignore[arg-type]

    def indentation(self) -> int:
        """How far the next line is indented; -1 where there is none."""
        if self.kinds[self.at + 1] == "END":
            return -1
        newline = self.words[self.at]
        return len(newline) - newline.rfind("\n") - 1

    # ── recovery ─────────────────────────────────────────────────────────────────────────────────────────────

    def attempt(self, depth: int, wanted: int, whose: str) -> Directive | None:
        """Read the next line, which is `depth` deep, as a directive that should be `wanted` deep.

        Where it slips, the slip is noted and the line is left behind, with what is indented below it.
        """
        if not self._indented(depth, wanted, whose):
            self._skip_line()
            self._skip_deeper(wanted)
            return None
        self.at += 1
        self._depth = 0
        try:
            return self.directive(wanted)
        except Slip as slip:
            self.diagnostics.append(slip.diagnostic)
            self._skip_rest()
            self._skip_deeper(wanted)
            return None

    def _indented(self, depth: int, wanted: int, whose: str) -> bool:
        newline = self.words[self.at]
        if "\t" in newline and "\t" in newline[newline.rfind("\n") :]:
            if not self._after_tab:
                self.report("tab-indentation", self._line_span())
            self._after_tab = True
            return False
        self._after_tab = False
        if depth == wanted:
            return True
        if wanted == 0:
            self.report("unexpected-block", self._line_span())
        else:
            self.report("bad-indentation", self._line_span(), depth=_spaces(depth), wanted=wanted, whose=whose)
        return False

    def _line_span(self) -> Span:
        first = self.at + 1
        return self._span(self.offsets[first], self.offsets[first] + len(self.words[first]))

    def _skip_line(self) -> None:
        self.at += 1
        self._skip_rest()

    def _skip_rest(self) -> None:
        """Leave the line that is being read, and remember the names on it."""
        first = self.at
        while self.kinds[first - 1] != "NEWLINE":
            first -= 1
        while self.kinds[self.at] != "NEWLINE":
            self.at += 1
        self._leave_unread(first)

    def _leave_unread(self, first: int) -> None:
        """Remember the names from the token at index `first` up to here, which nobody reads."""
        self.unread |= {self.words[index] for index in range(first, self.at) if self.kinds[index] == "NAME"}

    def _skip_deeper(self, indent: int) -> None:
        while self.indentation() > indent:
            self._skip_line()

    # ── lines ────────────────────────────────────────────────────────────────────────────────────────────────

    def end_of_line(self, table: Table | None = None, last: Clause | None = None) -> None:
        """Make sure that the line ends here; `last` is the clause just read, `table` what else could stand here."""
        kind = self.kinds[self.at]
        if kind == "NEWLINE":
            return
        self.lexical()
        if kind == "," and isinstance(last, Conditional | Within):
            self.slip("comma-in-condition")
        if table and kind in table:
            self.slip("second-clause-on-line", word=f"`{kind}`" if kind != "STRING" else "a string")
        self.slip("unexpected-words", found=self.words[self.at])

    def inline(self, table: Table, directive: str, clauses: list[Clause]) -> int:
        """Read the one clause that may stand at the end of a header line; how many did."""
        if self.kinds[self.at] == "NEWLINE":
            return 0
        if self.kinds[self.at] not in table:
            self._not_a_clause(table, directive, on_header=True)
        clause = self.clause(table)
        self.end_of_line(table, clause)
        clauses.append(clause)
        return 1

    def block(self, table: Table, directive: str, clauses: list[Clause], indent: int) -> bool:
        """Read the clauses indented below a directive; whether one of them could not be read."""
        torn = False
        whose = f"the {'act' if directive == 'holds' else directive} above"
        seen: dict[str, Clause] = {}
        for clause in clauses:
            self._once(clause, seen)
        while (depth := self.indentation()) > indent:
            if self._looks_like_directive(self.at + 1, table):
                if self._indented(depth, indent + 2, whose):
                    self.report("misplaced-directive", self._line_span(), depth=_spaces(depth))
                self._skip_line()
                self._skip_deeper(indent)
                return True
            if not self._indented(depth, indent + 2, whose):
                self._skip_line()
                torn = True
                continue
            self.at += 1
            first = self.at
            self._depth = 0
            try:
                if self.kinds[first] not in table:
                    self._not_a_clause(table, directive)
                clause = self.clause(table)
                if self.kinds[self.at] != "NEWLINE":
                    self.end_of_line(table, clause)
            except Slip as slip:
                self.diagnostics.append(slip.diagnostic)
                self._skip_rest()
                self._skip_deeper(indent + 2)
                torn = True
                continue
            if self._once(clause, seen):
                clauses.append(clause)
            else:
                self._leave_unread(first)
        return torn

    def _once(self, clause: Clause, seen: dict[str, Clause]) -> bool:
        keyword = clause.keyword
        first = seen.setdefault(keyword, clause)
        if isinstance(clause, Names) and clause.to and first is clause:
            keyword = "to"  # `by US to USSR` says both
            first = seen.setdefault(keyword, clause)
        if first is clause or keyword in REPEATABLE:
            return True
        shown = "words of one's own" if keyword == "words" else f"`{keyword}`"
        related = (Related(first.span, "here it stands first"),)
        label = "declare a second power for this" if keyword == "may" else ""
        self.diagnostics.append(diagnostic("clause-twice", clause.span, label=label, related=related, clause=shown))
        return False

    def _looks_like_directive(self, at: int, table: Table) -> bool:
        kind = self.kinds[at]
        if kind == "NAME":
            following = self.kinds[at + 1]
            return following in VERB_OF and following not in table
        return kind in _BEGINS_DIRECTIVE and kind not in table

    def _not_a_clause(self, table: Table, directive: str, *, on_header: bool = False) -> None:
        self.lexical()
        kind, words = self.kinds[self.at], self.words[self.at]
        if not on_header and any(kind in other for other in TABLES.values()):
            self.slip("clause-not-here", word=words, directive=_CALLED[directive], homes=_homes(kind))
        near = NEAR_WORDS.get(words.lower())
        if on_header and kind != "NAME":
            label = f"did you mean `{near}`?" if near and near.split()[0] in table else ""
            self.slip("unexpected-words", label=label, found=words)
        if words in CLAUSES_OTHERWISE:
            self.slip("unknown-clause", label=CLAUSES_OTHERWISE[words], found=words, directive=_CALLED[directive])
        among = [near] if near and near.split()[0] in table else [word for word in table if word != "STRING"]
        label = f"did you mean `{near}`?" if near and len(among) == 1 else self.guess(words, among)
        self.slip("unknown-clause", label=label, found=words, directive=_CALLED[directive])


def _homes(kind: str) -> str:
    """The directives that have a clause, in words; `holds` is left out where an act or a commitment has it, too."""
    *first, last = dict.fromkeys(_CALLED[home] for home, table in TABLES.items() if kind in table)
    if first and last == _CALLED["holds"]:
        last = first.pop()
    return f"{', '.join(first)} or {last}" if first else last


def _spaces(depth: int) -> str:
    return "1 space" if depth == 1 else f"{depth} spaces"
