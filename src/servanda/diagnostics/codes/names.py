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
        "`{name}` is {kind}, not {what}{times}",
        "The name is known, but what it stands for does not fit here.",
        "Write a name of the right kind, or declare this one as what it should be.",
    ),
    error(
        "declared-twice",
        "`{name}` is declared a second time",
        "All names of a case share one namespace, so that each means one thing.",
        "Give one of them another name, or delete it.",
        "this declaration is not used",
    ),
    warning(
        "lookalike-names",
        "`{name}` looks much like `{other}`",
        "Two names differ in capitals, in `-`, `_` or `.`, or in letters of different scripts that look the same.",
        "Rename one of them, or use one name for both.",
    ),
    warning(
        "lookalike-value",
        "`{value}` is declared nowhere, and much like a name that is",
        "What an event has for an argument may be any word; one that differs from a declared name by a letter or two "
        "fits no clause that speaks of that name.",
        "Write the name as it is declared; put a word that is meant as it stands in quotes.",
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
    warning(
        "no-such-instance",
        "`{name}` has no instance that is called `{key}`",
        "An instance is called by the member, or by the event's first open argument; where it is for each period or "
        "breach, by its number. What is said of an instance that there is not has no effect.",
        "Correct what stands in brackets; `servanda status` shows how instances are called.",
    ),
    error(
        "unknown-argument",
        "the event `{event}` has no argument `{argument}`",
        "An event is declared with the names of its arguments.",
        "Write one of its arguments, or add this one to the declaration.",
    ),
    error(
        "argument-twice",
        "`{argument}` is named twice here",
        "An event has each of its arguments once: with two values it would be two events.",
        "Delete one of them, or write the argument that was meant; a second event is a second act.",
    ),
    error(
        "open-argument",
        "`{argument}` has no value here",
        "An act tells of one event, so each argument that it names has a value.",
        "Write a value after it, as in `ship=Labinsk`, or leave the argument out.",
    ),
    error(
        "not-of-the-world",
        "`{verb}` is not said of {what}",
        "Amounts and events are of the world: one claims, observes, confirms, disputes or protests them. Other verbs "
        "are about commitments, sources and what else has a name.",
        "Name the commitment, or use a verb that says what has come about.",
    ),
    error(
        "uncounted-word",
        "`{word}` is no word for counting `{item}`, which has {words}",
        "An item is declared with the words for what is counted of it.",
        "Use a word that the item has, or add this one to its `counted`.",
    ),
    error(
        "unknown-timezone",
        "no time zone is called `{name}`",
        "Time zones have the names of the IANA database, such as `America/New_York` or `Europe/Vienna`.",
        "Write the zone of a city near by, such as `Europe/Vienna`.",
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
        "Places in a source are pages, articles and paragraphs, written so that they can be looked up.",
        "Write a page as `p3`, an article as `art2.1.3`; where the source has neither, quote its words.",
    ),
    warning(
        "named-twice",
        "`{name}` stands twice in this list",
        "Once is enough; perhaps another name was meant.",
        "Delete it, or write the name that was meant.",
    ),
)
