"""How the terminals of the grammar are spelt, and how they are laid out on lines: at random, but always rightly."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from lark import Token
from lark.lexer import PatternStr

from spec.reference import parser
from spec.reference_lexer import POWER_VERBS, RESERVED, STATES, UNITS, VERBS

Choose = Callable[[int], int]
"""A source of choices: given n, one of 0 … n - 1. Nought is the plainest choice."""

PLAIN_NAMES = (
    "x US USSR Cuba missiles removed remove-missiles art2.1.3 p9 table a date T Z un-team x.y_z-1 Of IN Date minutes-2 "
    "to-file offer-1 e.g none-of no denied-x R-12 K9 A"
).split()

# Letters, some with the marks that belong to them, in scripts that are easily forgotten.
LETTERS = (
    ("a", "Z", "q", "ß", "é", "e\u0301", "o\u0302\u0323", "ﬁ", "ı", "ø"),
    ("Р", "а", "ї", "и\u0306", "Ж"),
    ("λ", "Ω", "α\u0301", "ϊ"),
    ("ש\u05c1\u05b8", "ל", "ו\u05b9", "ם"),
    ("م\u064f", "ع", "ا\u0647", "ة", "ـ"),
    ("क\u093f", "ष\u094d", "न", "अ\u0902"),
    ("ก\u0e35", "ข", "ท\u0e48"),
    ("条", "約", "𠮷", "々"),
    ("한", "ㄱ", "ᄀ\u1161"),
    ("ሰ", "ላ", "ც", "Ա", "த\u0bbf"),
)
JOINTS = ("-", "", ".", "_", "--", "-.", "_-", "1", "42", "٣", "१")

QUOTABLE = ("word", " ", '\\"', "\\\\", "\\n", "# ", "“…”", "é", "\t", "\u200d", "(", "'", "none", "\u2028", "कि")
QUOTABLE_AT_LENGTH = (*QUOTABLE, "\n", "\n  ", '"', '""', "\\", "\n\n", "\n# ", "\n\t")
NUMBERS = ("1", "42", "2", "4", "0", "2.5", "007", "100000", "0.50")
COMMENTS = ("#", "# a comment", '# "half a string', "#\t\u200b (", "# party US", "## Рада")
MARGINS = ("", "  ", " ", "     ", "\t", " \t")


def rarely(choose: Choose, n: int) -> bool:
    """True once in n times."""
    return choose(n) == n - 1


def one_of(choose: Choose, options: Sequence[str]) -> str:
    """One of the options; the first is the plainest."""
    return options[choose(len(options))]


def spelt(choose: Choose, kind: str) -> str:
    """Words for a terminal of the grammar."""
    match kind:
        case "NL" | "INDENT" | "DEDENT":
            return ""
        case "NAME":
            return name(choose)
        case "ARGUMENT":
            return one_of(choose, sorted(RESERVED)) if rarely(choose, 3) else name(choose)
        case "STRING":
            return string(choose)
        case "NUMBER":
            return one_of(choose, NUMBERS)
        case "DATE":
            return date(choose)
        case "A_DATE":
            return "a" + one_of(choose, (" ", "  ", "\t")) + "date"
        case "UNIT" | "STATE" | "VERB" | "MAYVERB":
            classes = {"UNIT": UNITS, "STATE": STATES, "VERB": VERBS, "MAYVERB": POWER_VERBS}
            return one_of(choose, sorted(classes[kind]))
        case _:
            pattern = parser().get_terminal(kind).pattern
            assert isinstance(pattern, PatternStr)
            return pattern.value


def name(choose: Choose) -> str:
    """A name: often a common one, sometimes of letters with marks, digits and joints."""
    if choose(5) < 4:
        return one_of(choose, PLAIN_NAMES)
    script = LETTERS[choose(len(LETTERS))]
    parts = [one_of(choose, script)]
    for _ in range(choose(4)):
        parts += [one_of(choose, JOINTS), one_of(choose, script)]
    made = "".join(parts)
    return made + "-" + made if unicodedata.normalize("NFC", made) in RESERVED else made


def string(choose: Choose) -> str:
    """A string on one line or over several, with all that may stand in one."""
    if not rarely(choose, 4):
        return '"' + "".join(one_of(choose, QUOTABLE) for _ in range(choose(4))) + '"'
    text = "".join(one_of(choose, QUOTABLE_AT_LENGTH) for _ in range(choose(6)))
    while '"""' in text:
        text = text.replace('"""', '""')
    return '"""' + text.rstrip('"') + '"""'


def date(choose: Choose) -> str:
    """A day, a time, about a day, or a range of them; always real ones."""
    years = (1962, 2024, 2000, 1, 1900)
    first = datetime(years[choose(len(years))], 1, 1) + timedelta(minutes=choose(366 * 24 * 60))
    form, offset = choose(6), one_of(choose, ("", "Z", "+05:30", "-04:00", "+00:00"))
    if form < 3:
        return "~" * (form == 1) + _written_date(first, None if form < 2 else offset)
    if form == 3:
        return "~" + _written_date(first, offset)
    second = first + timedelta(minutes=choose(3) * choose(40 * 24 * 60))
    if form == 4:
        return f"{_written_date(first, None)}..{_written_date(second, None)}"
    if rarely(choose, 3):
        # A day beside a time, or two offsets: far enough apart to be in order wherever they are.
        return f"{_written_date(first, None)}..{_written_date(second + timedelta(days=3), offset)}"
    return f"{_written_date(first, offset)}..{_written_date(second, offset)}"


def _written_date(day: datetime, offset: str | None) -> str:
    written = f"{day.year:04}-{day.month:02}-{day.day:02}"
    return written if offset is None else f"{written}T{day.hour:02}:{day.minute:02}{offset}"


def laid_out(choose: Choose, tokens: Iterable[Token]) -> str:
    """The text of these tokens: with all the freedom of spaces, comments and empty lines that a text has."""
    lines: list[str] = []
    level, words = 0, list[str]()
    for token in tokens:
        match token.type:
            case "INDENT":
                level += 1
            case "DEDENT":
                level -= 1
            case "NL":
                lines += [*_interludes(choose), "  " * level + _joined(choose, words) + _ending(choose)]
                words = []
            case _:
                words.append(str(token))
    lines += _interludes(choose)
    text = "\n".join(lines) + ("" if rarely(choose, 8) else "\n")
    if rarely(choose, 12):
        text = text.replace("\n", "\r\n")
    return "\ufeff" + text if rarely(choose, 20) else text


def _joined(choose: Choose, words: list[str]) -> str:
    text = words[0]
    for before, word in pairwise(words):
        free = before[-1] in '()[],=/%"' or word[0] in '()[],=/%"'
        joined = free and not before[-1] == word[0] == '"' and rarely(choose, 3)
        text += word if joined else one_of(choose, (" ", " ", " ", "  ", "\t")) + word
    return text


def _ending(choose: Choose) -> str:
    return one_of(choose, ("", " ", "\t ")) + one_of(choose, COMMENTS) if rarely(choose, 9) else ""


def _interludes(choose: Choose) -> list[str]:
    if not rarely(choose, 9):
        return []
    return [one_of(choose, MARGINS) + one_of(choose, ("", *COMMENTS)) for _ in range(1 + choose(2))]
