"""Codes for what reads well and still cannot be meant: in declarations, conditions and the record."""

from .code import Code, error, note, warning

CODES: tuple[Code, ...] = (
    # the case
    warning(
        "no-case-line",
        "this case has no title",
        'A case begins with `case "…"`, which gives its title, time zone and calendar.',
        'Write `case "TITLE"` at the top of the root file.',
    ),
    error(
        "case-twice",
        "a second `case` line",
        "A case has one title, one time zone and one calendar.",
        "Delete one of them.",
    ),
    note(
        "no-calendar",
        "working days are counted Monday to Friday, since no calendar is named",
        "Which days are public holidays depends on the country.",
        "Write `calendar CODE` below `case`, or below a party for its own reading.",
    ),
    # declarations
    error(
        "missing-bearer",
        "nobody bears the {kind} `{name}`",
        "A commitment is somebody's: what nobody owes cannot be asked of anybody.",
        "Write `of PARTY` on its header line.",
    ),
    warning(
        "incomplete-declaration",
        "the {kind} `{name}` lacks `{clause}`",
        "Without it much cannot be told: whose act it is, who knows of it, who carries it out, from when it counts.",
        "Add the clause below the declaration.",
    ),
    warning(
        "power-over-nothing",
        "the power `{name}` does not say what it may do",
        "A power changes other commitments: it may suspend, resume, terminate, waive or transfer them.",
        "Add `may VERB NAME`; what somebody is merely allowed to do is a `right`.",
    ),
    warning(
        "owes-itself",
        "`{name}` owes `{commitment}` to itself",
        "Bearer and counterparty are the same, so nobody could hold it to it.",
        "Name the other side after `to`; for something owed by each to the others, use `for each`.",
    ),
    error(
        "together-alone",
        "`{name}` is together with itself alone",
        "With its own name a commitment means its other instances, and this one has none.",
        "Name the other commitments of the step, or give this one a `for each`.",
    ),
    warning(
        "clause-without-effect",
        "`{clause}` says nothing about {what}",
        "The clause belongs to other kinds: a deadline to obligations, `forbids` to prohibitions, a condition to "
        "offers and promises. It is read and then left aside.",
        "Delete it, or change what it belongs to.",
    ),
    error(
        "term-of-names",
        "a term takes in names, not conditions",
        "A term stands for parties, items, sources or other names. What comes about under a condition is a matter.",
        "Write names with commas between, or declare a `matter`.",
    ),
    error(
        "one-definition",
        "the matter `{name}` has more than one definition",
        "A matter is defined by one condition; a comma could mean `and` as well as `or`.",
        "Join the conditions with `and` or `or`.",
    ),
    error(
        "circular-definition",
        "`{name}` is defined by itself: {way}",
        "A definition that leads back to itself says nothing.",
        "Define one of them without the others.",
    ),
    warning(
        "never-in-term",
        "in no reading does `{term}` take in `{name}`",
        "Neither the common definition nor any that a party holds has it, so this premise fails for everybody.",
        "Add it to the definition of those who mean it so: `PARTY holds TERM = …`.",
    ),
    # conditions
    error(
        "count-out-of-range",
        "at least {count} of {parts} cannot be",
        "The number lies between one and the count of conditions in the parentheses.",
        "Correct the number, or add the missing conditions.",
    ),
    error(
        "more-in-condition",
        "a condition waits for a total, not for {number} more",
        "`more` marks an increment in the record; what a condition waits for is the sum.",
        "Leave out `more`, and write the total.",
    ),
    error(
        "more-than-all",
        "{number} % is more than all",
        "A share of an item lies between 0 and 100 %.",
        "Correct the figure, or leave out `%`.",
    ),
    error(
        "empty-period",
        "every {count} of a period is no period",
        "`for each` of a length of time needs a length above zero.",
        "Correct the number.",
    ),
    error(
        "date-of-state",
        "only a promise has a date: `{state}` has none",
        "`with a date` and `by DATE` after a state ask what date a promise or offer names.",
        "Ask for `promised by DATE`. A deadline goes into a clause of its own: `by DATE`.",
    ),
    warning(
        "state-never-reached",
        "`{name}` is a {kind}: it is never {state}",
        "Obligations are due, overdue or fulfilled; prohibitions in force or breached; rights and powers open, used or "
        "denied; sources signed; matters and events claimed, observed or verified.",
        "Ask for a state that it can have.",
    ),
    warning(
        "never-verified",
        "`{name}` is never verified: no text requires a proof of it",
        "Verified means shown by a means that `verified by` admits, and no version of the clause names one.",
        "Add `verified by MEANS` to it, or wait for `is claimed` or `is observed`.",
    ),
    warning(
        "waits-for-itself",
        "`{name}` waits for itself to come into force",
        "A condition that is met only afterwards is never met.",
        "Wait for something else; `until` is the clause for what ends it.",
    ),
    warning(
        "ends-before-it-begins",
        "it ends by {end}, before it begins on {start}",
        "The stretch from `from` to `until` is empty, so it is never in force.",
        "Correct one of the dates.",
    ),
    warning(
        "deadline-before-source",
        "the deadline {deadline} lies before every source it rests on",
        "When the commitment came into the world its deadline had passed.",
        "Correct the deadline, or the date of the source.",
    ),
    # the record
    warning(
        "undated-act",
        "when was it that somebody `{verb}` this?",
        "An act without a date counts from the very beginning. That is meant for how a party reads the text: `holds`, "
        "`trusts`, `recognises`, `rejects`.",
        "Begin the line with the date; an inexact one is better than none.",
    ),
    warning(
        "act-before-source",
        "somebody `{verb}` `{source}` before its date, {dated}",
        "Nobody can sign or reject a document before there is one.",
        "Correct one of the dates.",
    ),
    warning(
        "known-too-early",
        "it was known on {known}, but done on {done}",
        "`known` says when something became known, if that was later than it was done.",
        "Correct the date, or leave `known` out.",
    ),
    warning(
        "performed-later",
        "said on {said}, but performed on {performed}",
        "`on DATE` says when something was performed, if that was earlier than somebody said so.",
        "Correct the date; what somebody will do is promised, with `by`.",
    ),
    warning(
        "after-close",
        "the record was closed on {day}; acts after it: {count}",
        "Later acts are kept, but the residue is taken at the close.",
        "Correct the date, or let the closing be later.",
    ),
    warning(
        "words-without-object",
        "`{verb}` with words alone has no effect on where things stand",
        "The words are kept and can be quoted, but they name no commitment, matter or source that they are about.",
        "Name what it is about, and put the words on a line below; for mere words, write `states`.",
    ),
    warning(
        "not-the-bearer",
        "`{actor}` `{verb}` `{name}`, which {bearers} would have to do",
        "A promise binds the one who makes it; nobody else can make it for them.",
        "Correct the name; a demand is `proposes`, and what one says of another is `states`.",
    ),
    warning(
        "not-a-body",
        "`{name}` is a party, and parties do not decide for others",
        "`decides` is for bodies: a council, a court, a commission.",
        "Declare it as a `body`, or use a party's verb.",
    ),
    warning(
        "not-a-signer",
        "`{name}` signs `{source}`, which does not ask for its signature",
        "An instrument names in `signed by` whose signatures bring it into force.",
        "Add the name to `signed by` of the source; accepting a letter is `recognises`.",
    ),
    warning(
        "not-among",
        "`{name}` is not among those of the channel `{channel}`",
        "Acts in a channel are known to those among it; its own author would not know of this one.",
        "Add the name to `among` of the channel, or take another channel.",
    ),
    error(
        "unknown-result",
        "an attempt is not `{result}`",
        "An attempt ends in one of three ways: done, denied, or unable.",
        "Write `result done`, `result denied` or `result unable`; the circumstances go in quotes on a line below.",
    ),
    error(
        "version-mismatch",
        "`{name}` is a {kind}: a version of it has {has}",
        "A party holds a term or matter by a definition, a commitment by its clauses, a means by who carries it out "
        "and whose consent it needs.",
        "State the version in the form that fits what it is about.",
    ),
    warning(
        "empty-version",
        "this says that somebody holds `{name}`, but not how",
        "`holds` states a party's own version of a clause, in the lines below it.",
        "Add the clause that differs; that somebody accepts it at all is `recognises`.",
    ),
    error(
        "inexact-view",
        "an expectation asks at one moment, not at `{dating}`",
        "Where things stand can only be said for a day or a minute.",
        "Write one date; for a stretch, expect at its first and at its last day.",
    ),
    warning(
        "quote-not-found",
        "these words are not in the text of `{source}`: `{quote}`",
        "Quotes are looked up in the source, exactly and then without regard to spacing, case and kinds of dashes.",
        "Copy the words from the source as they stand there.",
    ),
)
