"""Codes for names: unknown, taken, of another kind, or never used."""

from .code import Code, error, warning

CODES: tuple[Code, ...] = (
    error(
        "unknown-name",
        "no {what} is called `{name}`{times}",
        "Every name is declared once, somewhere in the case; where does not matter.",
        "Correct the name, or declare it.",
    ),
    error(
        "wrong-kind",
        "`{name}` is {kind}, and no {what}{times}",
        "The name is known, but what it stands for does not fit here.",
        "Write a name of the right kind, or declare this one as what it should be.",
    ),
    error(
        "declared-twice",
        "`{name}` is declared a second time",
        "All names of a case share one namespace, so that each means one thing.",
        "Give one of them another name.",
        "this declaration is not used",
    ),
    warning(
        "lookalike-names",
        "`{name}` looks like `{other}`",
        "Two names differ in capitals, in `-`, `_` or `.`, or in letters of different scripts that look the same.",
        "Rename one of them, or use one name for both.",
    ),
    warning(
        "unused-name",
        "the {kind} `{name}` is never used",
        "Nothing in the case mentions it, so it says nothing.",
        "Use it, delete it, or make a comment of it.",
    ),
    error(
        "not-a-family",
        "`{name}` has no instances, so none can be picked",
        "A name with something in brackets picks one instance of a commitment that has `for each`.",
        "Leave out the brackets, or give the commitment its `for each`.",
    ),
    error(
        "unknown-argument",
        "the event `{event}` has no argument `{argument}`",
        "An event is declared with the names of its arguments.",
        "Write one of its arguments, or add this one to the declaration.",
    ),
    error(
        "open-argument",
        "what is `{argument}` here? in the record an event's arguments have values",
        "An act tells of one event, so each argument that it names has a value.",
        "Write `ARGUMENT=VALUE`, or leave the argument out.",
    ),
    error(
        "uncounted-word",
        "of `{item}` one counts {words}, not `{word}`",
        "An item is declared with the words for what is counted of it.",
        "Use one of these words, or add the word to the item's `counted`.",
    ),
    error(
        "unknown-timezone",
        "no time zone is called `{name}`",
        "Time zones have the names of the IANA database, such as `America/New_York` or `Europe/Vienna`.",
        "Write the name of a city's zone.",
    ),
    error(
        "unknown-calendar",
        "no public holidays are known for `{name}`",
        "Working days are counted by a country's public holidays, found by its ISO code: `US`, `CH`, `DE-BY`.",
        "Write an ISO 3166 code; without a calendar, working days are Monday to Friday.",
    ),
    error(
        "bad-place",
        "`{place}` is no place in a source",
        "Places are pages, `p3`, and articles or paragraphs, `art2.1.3`.",
        "Write it so; where a source has neither, quote words of it.",
    ),
    warning(
        "named-twice",
        "`{name}` stands twice in this list",
        "Once is enough; perhaps another name was meant.",
        "Delete it, or write the name that was meant.",
    ),
)
