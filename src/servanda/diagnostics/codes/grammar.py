"""Codes for lines that do not read: what stands where, and what is missing."""

from .code import Code, error

CODES: tuple[Code, ...] = (
    error(
        "unknown-directive",
        "`{found}` begins no directive",
        "A line at the margin begins with a date, with who acts, or with one of the words `case`, `include`, `party`, "
        "`body`, `person`, `channel`, `source`, `item`, `means`, `term`, `matter`, `event`, `obligation`, "
        "`prohibition`, `right`, `power`, `scenario`, `events`.",
        "Begin the line with a word such as `party`, `source` or `obligation`; an act reads `DATE ACTOR VERB …`.",
    ),
    error(
        "unknown-verb",
        "`{found}` is no verb of the record",
        "What happened is said with a fixed list of verbs, each with one meaning, so that everybody's reading of the "
        "record starts from the same words. The reference lists them.",
        'Use the verb that says what was done; where none does, write `states "…"`, which keeps the words.',
    ),
    error(
        "unknown-clause",
        "`{found}` begins no clause of {directive}",
        "Each kind of directive has its own clauses; the reference lists them.",
        "Write one of its clauses; a remark goes behind `#`.",
    ),
    error(
        "clause-not-here",
        "`{word}` begins no clause of {directive}; it belongs to {homes}",
        "The word begins a clause, but of another kind of directive.",
        "Move the line to the directive that it is about.",
    ),
    error(
        "clause-twice",
        "{clause} stands twice in one directive",
        "Only `under`, `cites` and `via` may repeat; with any other clause it would be unclear which one counts.",
        "Join the two into one, with `and`, `or` or commas, or delete one of them.",
        "here again",
    ),
    error(
        "second-clause-on-line",
        "{word} begins a second clause on this line",
        "A header line carries at most one clause after title, `of` and `to`; every other line carries one.",
        "Put it on a line of its own, two spaces further in than the directive.",
    ),
    error(
        "of-after-to",
        "on a header line `of` has to stand before `to`",
        "A header reads: kind, name, title, `of` who owes, `to` whom.",
        "Write `of …` first, then `to …`.",
    ),
    error(
        "missing-at-end",
        "the line ends where {what} should stand",
        "The directive is not complete.",
        "Write what is missing at the end of the line.",
        "something is missing here",
    ),
    error(
        "missing-part",
        "{what} should stand before `{found}`",
        "The words before it ask for something that is not there.",
        "Write what is missing, or correct the word.",
    ),
    error(
        "unexpected-words",
        "the line should have ended before `{found}`",
        "What stands before it is complete, and cannot go on with this word.",
        "Delete what is too much; somebody's own words go in quotes, a remark behind `#`.",
    ),
    error(
        "missing-actor",
        "nobody is named who `{verb}`",
        "Every act has somebody who does it: `DATE ACTOR VERB …`.",
        "Name the party, body or person before the verb.",
    ),
    error(
        "undated-expectation",
        "an expectation needs a date",
        "Where a commitment stands depends on the day one asks.",
        "Begin the line with a date: `1962-11-21 expect NAME is STATUS in READING`.",
    ),
    error(
        "unknown-state",
        "`{found}` is no rung, status or fact",
        "After `is` stands how far a commitment has come (offered, promised, begun, claimed, observed, verified, "
        "confirmed), a status (not owed, proposed, dormant, due, overdue, fulfilled, waived, suspended, ended, in "
        "force, open, used, denied), or a fact (breached, refused, agreed, signed).",
        "Write a state, such as `promised`, `claimed`, `due` or `fulfilled`; for the opposite of one, use `unless`.",
    ),
    error(
        "done-when-state",
        "`done when {state}` does not say what is {state}",
        "Only `done when claimed` stands without a name: the public act is then itself the performance.",
        "Write `done when claimed`, or name what has to come about: `done when NAME is STATE`.",
    ),
    error(
        "verb-not-awaited",
        "a condition cannot wait for `{verb}`",
        "How a party reads a text is a premise of its reading, not something that comes about for others.",
        "Wait for an act that shows it: `recognises`, `promises`, `signs`.",
    ),
    error(
        "no-negation",
        "`not` stands only in `is not owed` and in `not in TERM`",
        "A condition waits for something that can be seen to happen; what is not so today may be so tomorrow.",
        "Write `CONDITION unless …`, or name the state that something should have instead.",
    ),
    error(
        "unless-twice",
        "`unless` stands twice in one condition",
        "`a unless b unless c` could be read in two ways.",
        "Put one of them in parentheses, or join the exceptions: `a unless b or c`.",
    ),
    error(
        "comma-in-condition",
        "a comma does not join conditions",
        "A comma could mean `and` as well as `or`.",
        "Write `and` or `or`; for some of several conditions, `at least 2 of (a, b, c)`.",
    ),
    error(
        "unclosed-parenthesis",
        "a parenthesis opens here and does not close",
        "A condition stands on one line, with as many parentheses closing as opening.",
        "Close it at the end of the part that belongs together.",
    ),
    error(
        "unknown-unit",
        "`{found}` is no unit of time",
        "A length of time is a number and a unit: minutes, hours, days, weeks, months or years, also `working days`.",
        "Write the unit behind the number, as in `48 hours` or `30 days`.",
    ),
    error(
        "working-unit",
        "`working` goes with days, not with {unit}",
        "A calendar says which days are worked on; it says nothing of hours, weeks or months.",
        "Count in working days, or leave out `working`.",
    ),
    error(
        "duration-without-anchor",
        "`{duration}` does not say what it is counted from",
        "A length of time alone is no date: it needs something that it counts from.",
        "Write `30 days after NAME` or `30 days before NAME`; as a deadline, `within 30 days of NAME`.",
    ),
    error(
        "not-in-scenario",
        "only acts can be supposed, not `{word}`",
        "A scenario, or `--suppose`, says that something more happens; what there is and what is owed stays as the "
        "case has it. A scenario may hold expectations beside the acts.",
        "Write an act; what belongs to the case goes to the margin of its files, out of the scenario.",
    ),
    error(
        "empty-scenario",
        "this scenario supposes nothing",
        "A scenario is a list of supposed acts, and of what one expects of them.",
        "Write acts or expectations below it, two spaces in, or delete it.",
    ),
)
