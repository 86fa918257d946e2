"""Small changes to a text, of the kinds that slip from a keyboard or hide in an editor."""

import re
from collections.abc import Callable
from itertools import pairwise

from spec.reference_lexer import RESERVED
from spec.spelling import Choose, one_of, spelt

PIECE = re.compile(r'"""[\s\S]*?"""|"[^"\n]*"|[^\W\d_][\w.-]*|~?\d[\w:+.-]*|[ \t]+|\r?\n|[\s\S]')

NAMES = "a..b x- x. x_ _x x.-y é e\u0301 ² x² Ⅳ xⅣ xx\u0301 ٣ x٣ K 条 x’s x\u200dy x\u00ady date Party".split()
NUMBERS = (
    "0 1 42 2.5 2. .5 1.2.3 42x 30days 9a 2..3 -1 +1 1e3 1_000 1,5 ٣ 4² 000000000000000042 0000000000000000042 "
    "4.000000000000000001 4.0000000000000000001"
).split()
DATES = (
    "1962-11-20 ~1962-11-20 1962-11-20T18:00 1962-11-20T18:00Z 1962-11-20T18:00+05:30 1962-02-29 1964-02-29 "
    "1900-02-29 2000-02-29 1962-04-31 1962-13-01 1962-00-10 1962-11-00 0000-01-01 9999-12-31 1962-1-2 19621120 "
    "1962-11 1962-11-20T24:00 1962-11-20T18:60 1962-11-20T18 1962-11-20T1800 1962-11-20T18:00:00 1962-11-20t18:00 "
    "1962-11-20T18:00z 1962-11-20T18:00+05 1962-11-20T18:00+0530 1962-11-20T18:00+24:00 1962-11-20T18:00+23:59 "
    "1962-11-20T18:00-00:60 1962-11-20Z 1962-11-20x ~~1962-11-20 ~x 1962-11-20..1962-11-20 1962-11-20..1962-11-21 "
    "1962-11-21..1962-11-20 1962-11-20..1962-11-31 1962-02-29..1962-11-20 ~1962-11-20..1962-11-21 "
    "1962-11-20..~1962-11-21 1962-11-20...1962-11-21 1962-11-20.. 1962-11-20..x 1962-11-20..21 "
    "1962-11-20..1962-11-21..1962-11-22 1962-11-20T18:00..1962-11-20 1962-11-20..1962-11-20T00:00 "
    "1962-11-20T18:00..1962-11-20T17:59 1962-11-20T18:00Z..1962-11-20T18:00+05:00 "
    "1962-11-20T18:00+05:00..1962-11-20T14:00Z 1962-11-20T18:00-05:00..1962-11-20T20:00Z "
    "1962-11-20T18:00Z..1962-11-20T17:00 1962-11-21..1962-11-20T23:59Z 9999-12-31..9999-12-31 "
    "0001-01-01T00:00+14:00..0001-01-01T00:00Z ٢٠٠٠-01-01"
).split()
STRINGS = (
    '""',
    '"word"',
    '"a \\" b"',
    '"a \\\\"',
    '"a \\\\" b"',
    '"a \\',
    '"a',
    "'a'",
    "“a”",
    '"""',
    '""""',
    '"""a"b"""',
    '"""a""""',
    '"""a\n  b"""',
    '"""a\\"""',
    '"" ""',
)
PHRASES = (
    *". .. ( ) [ ] , = / % # # - + : ; ' ~ x".split(),
    "a date",
    "with a date",
    "a  date",
    "x(y)",
    "x[1]",
    "not in",
    "30 days after",
    "2 working days",
    "for 7 days",
    "at least 2 of (x, y)",
    "x is signed",
    "# a comment\n",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
)
CLAUSES = (
    *("of x", "to x", "to others", "by x", "by x, y", "by 1962-12-20", "when x", "from x", "until none", "under x y"),
    *("cites x", "via x", '"word"', 'aka "x"', "within 2 days", "within 2 days of x", "begins by x", "done when x"),
    *("done when claimed", "seeks x", "forbids x(y)", "verified by x or y", "together with x", "for each x(y)"),
    *("may waive x", "instead of x", "survives", "consent of x", "on x", "on 1962-11-20", "known 1962-11-20"),
    *("result denied", "calendar x", "for x", "dated 1962-11-20", 'file "x"', "signed by x", "counted x", "among x"),
)
CHARACTERS = (
    ' \t\n\r\\"#()[],=/%~.-_+:;!?a1éк²٣Ⅳ\u0301\u093f\u200b\u200d\u200f\ufeff\u202e\u2066\u2069\u2028\u0085\u00a0\u00ad'
    "\x00\x0b\x0c\x1b\x7f’“―\u2060\u3000\U000e0061"
)
MARGINS = ("", "  ", "    ", " ", "   ", "      ", "\t", "  \t", "\u00a0\u00a0")
NESTINGS = (1, 50, 51, 49)
BEFORE_CONDITIONS = frozenset({"when", "until", "where", "seeks", "and", "or", "unless", "after", "="})


def mutant(choose: Choose, text: str) -> str:
    """The text with one change or a few."""
    for _ in range(1 + choose(3)):
        text = CHANGES[choose(len(CHANGES))](choose, text)
    return text


def _on_tokens(change: Callable[[Choose, list[str], int, list[int]], None]) -> Callable[[Choose, str], str]:
    """A change to a text, from one to its pieces: given them, the place of a token among them, and all such places."""

    def changed(choose: Choose, text: str) -> str:
        pieces = PIECE.findall(text)
        tokens = [index for index, piece in enumerate(pieces) if not piece.isspace()]
        if tokens:
            change(choose, pieces, tokens[choose(len(tokens))], tokens)
        return "".join(pieces)

    return changed


def _on_lines(change: Callable[[Choose, list[str], int], None]) -> Callable[[Choose, str], str]:
    def changed(choose: Choose, text: str) -> str:
        lines = text.split("\n")
        change(choose, lines, choose(len(lines)))
        return "\n".join(lines)

    return changed


def _any_token(choose: Choose) -> str:
    match choose(3):
        case 0:
            return one_of(choose, (PHRASES, NAMES, NUMBERS, DATES, STRINGS)[choose(5)])
        case 1:
            return one_of(choose, sorted(RESERVED))
        case _:
            return spelt(choose, one_of(choose, ("NAME", "DATE", "NUMBER", "STRING", "UNIT", "STATE", "VERB")))


@_on_tokens
def _delete(choose: Choose, pieces: list[str], here: int, tokens: list[int]) -> None:
    del pieces[here]


@_on_tokens
def _double(choose: Choose, pieces: list[str], here: int, tokens: list[int]) -> None:
    pieces.insert(here, pieces[here] + one_of(choose, (" ", "")))


@_on_tokens
def _swap(choose: Choose, pieces: list[str], here: int, tokens: list[int]) -> None:
    there = tokens[choose(len(tokens))] if choose(2) else min([index for index in tokens if index > here] or [here])
    pieces[here], pieces[there] = pieces[there], pieces[here]


@_on_tokens
def _replace(choose: Choose, pieces: list[str], here: int, tokens: list[int]) -> None:
    pieces[here] = _any_token(choose)


@_on_tokens
def _replace_by_another(choose: Choose, pieces: list[str], here: int, tokens: list[int]) -> None:
    pieces[here] = pieces[tokens[choose(len(tokens))]]


@_on_tokens
def _insert(choose: Choose, pieces: list[str], here: int, tokens: list[int]) -> None:
    pieces.insert(here, _any_token(choose) + one_of(choose, (" ", " ", "")))


@_on_tokens
def _replace_by_its_like(choose: Choose, pieces: list[str], here: int, tokens: list[int]) -> None:
    values = [index for index in tokens if pieces[index][0] in '"~' or pieces[index][0].isdigit()]
    if values and choose(4):
        here = values[choose(len(values))]
    token = pieces[here]
    if token[0] == '"':
        pieces[here] = one_of(choose, STRINGS)
    elif token[0] == "~" or (token[0].isdigit() and "-" in token):
        pieces[here] = one_of(choose, DATES)
    elif token[0].isdigit():
        pieces[here] = one_of(choose, NUMBERS)
    elif token[0].isalpha():
        pieces[here] = one_of(choose, NAMES)


@_on_tokens
def _nest(choose: Choose, pieces: list[str], here: int, tokens: list[int]) -> None:
    conditions = [index for before, index in pairwise(tokens) if pieces[before] in BEFORE_CONDITIONS] or [here]
    here, depth = conditions[choose(len(conditions))], NESTINGS[choose(len(NESTINGS))]
    pieces.insert(here, "(" * depth + "x" + ")" * depth + " and ")


@_on_lines
def _delete_line(choose: Choose, lines: list[str], here: int) -> None:
    del lines[here]


@_on_lines
def _double_line(choose: Choose, lines: list[str], here: int) -> None:
    lines.insert(here, lines[here])


@_on_lines
def _move_line(choose: Choose, lines: list[str], here: int) -> None:
    lines.insert(choose(len(lines)), lines.pop(here))


@_on_lines
def _join_lines(choose: Choose, lines: list[str], here: int) -> None:
    lines[here : here + 2] = [" ".join(line.strip() for line in lines[here : here + 2])]


@_on_lines
def _add_clause(choose: Choose, lines: list[str], here: int) -> None:
    clause = one_of(choose, CLAUSES)
    if choose(2):
        lines[here] += " " + clause
    lines.insert(here + 1, one_of(choose, ("  ", "    ")) + clause)


@_on_lines
def _indent(choose: Choose, lines: list[str], here: int) -> None:
    lines[here] = one_of(choose, MARGINS) + lines[here].lstrip(" ")


def _insert_character(choose: Choose, text: str) -> str:
    here = choose(len(text) + 1)
    return text[:here] + one_of(choose, CHARACTERS) + text[here:]


def _delete_character(choose: Choose, text: str) -> str:
    here = choose(len(text) + 1)
    return text[:here] + text[here + 1 :]


CHANGES: tuple[Callable[[Choose, str], str], ...] = (
    _delete,
    _double,
    _swap,
    _replace,
    _replace_by_another,
    _replace_by_its_like,
    _insert,
    _nest,
    _add_clause,
    _delete_line,
    _double_line,
    _move_line,
    _join_lines,
    _indent,
    _insert_character,
    _delete_character,
)
