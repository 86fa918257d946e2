"""Codes for characters, words and layout: what a page of the language looks like."""

from .code import Code, error

CODES: tuple[Code, ...] = (
    error(
        "hidden-character",
        "a character that cannot be seen stands here: {character}",
        "Control characters and marks that turn the direction of text make a line read other than it is. In a record "
        "that parties must trust, what one sees has to be what stands there.",
        "Delete the character. Text that runs from right to left needs no marks: editors turn it by themselves.",
    ),
    error(
        "stray-character",
        "`{words}` has no meaning here",
        'Outside strings and comments the language uses letters, digits and `- _ . , ( ) [ ] = % / ~ " #`.',
        "Delete it, or put the words that it belongs to in quotes.",
    ),
    error(
        "unclosed-string",
        "a string begins here and does not end",
        'A string in `"…"` ends on its own line; one in `"""…"""` may run over several.',
        "Put the closing quotes where the words end.",
        "the closing quotes are missing",
    ),
    error(
        "bad-number",
        "`{words}` is neither a number nor a date",
        "A number is written in digits, with a point for decimals and no separators, at most 18 digits long; a date "
        "is written 1962-11-20.",
        "Write `48 hours` with a space, `1962-11-20` with the year first, `1000000` without separators; a name begins "
        "with a letter.",
    ),
    error(
        "bad-date",
        "`{words}` is no date: {reason}",
        "Dates are written year-month-day, with a time if need be: `1962-11-20T18:00`, `…T23:00Z`. Inexact ones say "
        "how inexact they are: `~1962-11-02`, `1962-11-05..1962-11-09`.",
        "Correct the day. Where it is not known exactly, say so with `~` or `..` instead of choosing one.",
    ),
    error(
        "bad-name",
        "`{words}` does not have the form of a name",
        "A name begins with a letter of any script, goes on with letters, digits, `-`, `_` and `.`, ends in a letter "
        "or digit, and has no two points in a row.",
        "Leave out what does not belong to it; words with spaces go into the title, in quotes.",
    ),
    error(
        "reserved-word",
        "`{word}` is a word of the language and cannot be used as {what}",
        "Reserved words are never names, so that every line can be read in one way only. The reference lists them.",
        "Choose another name, for instance with a second word joined by `-`.",
    ),
    error(
        "tab-indentation",
        "this line is indented by a tab",
        "How wide a tab is depends on who looks at it, so blocks are indented by spaces alone.",
        "Indent by two spaces. Most editors can turn all tabs of a file into spaces at once.",
    ),
    error(
        "bad-indentation",
        "this line is {depth} in, where {whose} has its lines {wanted} in",
        "Lines that belong to a directive stand two spaces further in than it does, and all at the same depth.",
        "Move the line to the depth of the others, or to the margin if it is a directive of its own.",
        "fits no block",
    ),
    error(
        "unexpected-block",
        "this line is indented, but there is no directive above that it could belong to",
        "Declarations with clauses, acts and scenarios have lines below them; `include`, `term`, `matter`, `event`, "
        "`expect` and `events` do not.",
        "Begin the line at the margin, or move it below the directive that it is about.",
    ),
    error(
        "misplaced-directive",
        "this line is {depth} in, as if it were a clause of the directive above",
        "A date, a name before a verb, or a word such as `party` begins a directive of its own.",
        "Begin the line at the margin; inside a scenario, two spaces in.",
        "a directive begins here",
    ),
    error(
        "misplaced-clause",
        "`{word}` begins a clause, but stands at the margin",
        "A clause belongs to the directive above it and stands two spaces further in.",
        "Indent the line by two spaces.",
    ),
    error(
        "nesting-too-deep",
        "parentheses are nested more than {deepest} deep",
        "Nobody can read such a condition aloud.",
        "Give its parts names with `matter NAME = …`, and use the names.",
    ),
)
