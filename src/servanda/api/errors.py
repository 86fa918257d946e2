"""What is raised from Python: few kinds, stable, each with the values that its sentence speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from servanda.diagnostics import Diagnostic, frames, nearest


class ServandaError(Exception):
    """Something was asked or written in a way that has no answer; the sentence says what to do instead."""


class NotADate(ServandaError, ValueError):
    """What was given as a date is none, or not one single moment."""

    def __init__(self, given: str, why: str) -> None:
        super().__init__(given, why)
        self.given = given
        self.why = why

    def __str__(self) -> str:
        return f"`{self.given}`: {self.why}"


class UnknownName(ServandaError, LookupError):
    """A name that the case does not have in this place; `suggestion` is the one that may be meant, or None."""

    def __init__(self, name: str, what: str, known: Iterable[str] = ()) -> None:
        there = tuple(known)
        super().__init__(name, what, there)
        self.name = name
        self.what = what
        self.known = there
        self.suggestion = nearest(name, there)

    def __str__(self) -> str:
        if self.suggestion:
            hint = f"did you mean `{self.suggestion}`?"
        else:
            more = ", …" if len(self.known) > _MOST_LISTED else ""
            hint = f"there are {', '.join(self.known[:_MOST_LISTED])}{more}" if self.known else "there is none"
        return f"no {self.what} is called `{self.name}`; {hint}"


class NotAName(ServandaError, ValueError):
    """Words that cannot be a name in a case."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return (
            f"`{self.words}` cannot be a name: letters, digits, `-`, `_` and `.`, a letter first, and no word that the"
            " language has a use for"
        )


class CaseHasErrors(ServandaError):
    """A text that cannot be answered from before its errors are mended; `diagnostics` has them."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        found = tuple(diagnostics)
        super().__init__(found)
        self.diagnostics = found

    def __str__(self) -> str:
        errors = [each for each in self.diagnostics if each.severity == "error"]
        more = f" (the first {_MOST_SHOWN} are shown)" if len(errors) > _MOST_SHOWN else ""
        shown = "\n".join(frames(errors[:_MOST_SHOWN])).rstrip()
        return f"{len(errors)} {'error' if len(errors) == 1 else 'errors'}{more}\n{shown}"


class BadQuery(ServandaError):
    """An SQL statement that cannot be answered: `message` says why, `line` and `column` where, counted from 1.

    `width` is how many characters are meant there; `suggestion` is the name that may be meant, or None.
    """

    def __init__(
        self,
        message: str,
        sql: str = "",
        line: int | None = None,
        column: int | None = None,
        width: int = 1,
        suggestion: str | None = None,
    ) -> None:
        super().__init__(message, sql, line, column, width, suggestion)
        self.message = message
        self.sql = sql
        self.line = line
        self.column = column
        self.width = width
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = f"did you mean `{self.suggestion}`?" if self.suggestion else ""
        if self.line is None or self.column is None:
            return "; ".join(each for each in (self.message, hint) if each)
        margin = " " * len(str(self.line))
        words = self.sql.splitlines()[self.line - 1] if self.sql else ""
        marks = " " * (self.column - 1) + "^" * self.width
        return (
            f"{self.message}\n{margin}--> query:{self.line}:{self.column}\n{margin} |\n"
            f"{self.line} | {words}\n{margin} | {marks}{f' {hint}' if hint else ''}"
        )


#: How many names, and how many errors, a message gives.
_MOST_LISTED = 12
_MOST_SHOWN = 10
