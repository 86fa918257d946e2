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
        "the case has a second `case` line",
        "A case has one title, one time zone and one calendar.",
        "Delete one of the two.",
    ),
    note(
        "no-calendar",
        "working days are counted from Monday to Friday, since no calendar is named",
        "Which days are public holidays depends on the country.",
        "Write `calendar CODE` below `case`, or below a party for its own reading.",
    ),
    # declarations
    error(
        "missing-bearer",
        "nobody bears the {kind} `{name}`",
        "A commitment is somebody's: what nobody owes cannot be asked of anybody.",
        "Write `of PARTY` on its first line, behind the title.",
    ),
    warning(
        "incomplete-declaration",
        "the {kind} `{name}` lacks the clause `{clause}`",
        "Without it something cannot be told: for whom a person speaks, who knows of what is done in a channel, who "
        "carries out a means, from when a source counts.",
        "Add the clause: `for PARTY`, `among PARTY, PARTY`, `by BODY`, `dated DATE`.",
    ),
    warning(
        "acts-for-one",
        "`{name}` acts for `{first}`; that it acts for `{other}` as well goes unheeded",
        "What an organ or a person does, one party does: the first that is named. Nothing of it is done by another.",
        "Name that party alone; where both act, name both as the actors. A body that is nobody's organ has no `for`.",
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
        "Bearer and counterparty are the same, so there is nobody to whom it would be owed.",
        "Name the other side after `to`; for something owed by each to the others, use `for each`.",
    ),
    error(
        "together-alone",
        "`{name}` is `together with` itself, but has no other instances",
        "A commitment that names itself means its other instances, which only one with `for each` has.",
        "Name the other commitments of the step, or give this one a `for each`.",
    ),
    error(
        "others-of-nobody",
        "`{clause}` in `{name}` does not say the others of what",
        "Those to whom it is owed are the other members of its `for each`, or all other parties; those with which it "
        "is one step are the other instances of its `for each`. Here there are none.",
        "Add `for each p in TERM`, or write the names.",
    ),
    warning(
        "clause-without-effect",
        "`{clause}` has no effect in {what}",
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
        "the matter `{name}` is defined by more than one condition",
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
        "`{name}` is not in `{term}`, in any reading",
        "Neither the common definition nor any that a party holds has it, so this premise fails for everybody.",
        "Add it to the term, or to the definition of those who read it so: `PARTY holds TERM = …`.",
    ),
    # conditions
    error(
        "count-out-of-range",
        "`at least {count}` does not fit a list of {parts}",
        "The number lies between one and the count of the conditions in the parentheses.",
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
        "a period of {period} has no length",
        "`for each` of a length of time needs a length above zero.",
        "Correct the number.",
    ),
    error(
        "date-of-state",
        "only a promise or an offer names a date: `{state}` has none",
        "`with a date` and `by DATE` behind a state ask for the date that somebody undertakes to keep.",
        "Ask for `promised by DATE`. A deadline goes into a clause of its own: `by DATE`.",
    ),
    warning(
        "state-never-reached",
        "`{name}` is {kind}: it is never {state}",
        "Obligations are due, overdue or fulfilled; prohibitions in force or breached; rights and powers open, used or "
        "denied; sources signed; matters and events claimed, observed or verified. Only what is fulfilled can be late.",
        "Ask for a state that it can have.",
    ),
    warning(
        "never-verified",
        "`{name}` cannot become verified: no text of it requires a proof",
        "Verified means shown by a means that `verified by` admits, and no version of the clause names one.",
        "Add `verified by MEANS` to it, or wait for `is claimed` or `is observed`.",
    ),
    error(
        "circular-condition",
        "`{name}` hangs on itself through `{word}`: {way}",
        "What asks whether something is not so, or no longer so, must not lead back to itself: it would hold exactly "
        "when it does not. `unless` and `until` ask so, and each status does (`due`, `overdue`, `dormant`, `ended` …); "
        "so does `in force` where what is done depends on it, since what is done is in force no longer.",
        "Cut the circle at one of these places: wait for an act or a date, or ask whether something is `breached`, "
        "which acts forward only.",
    ),
    warning(
        "waits-for-itself",
        "to come into force, `{name}` waits for itself",
        "A condition that is met only afterwards is never met.",
        "Wait for something else; `until` is the clause for what ends it.",
    ),
    warning(
        "hangs-on-its-breach",
        "what `{name}` asks, or by when, hangs on its own breach",
        "A breach is a last day that passed with nothing done. What is done by that very breach, or due from it on, "
        "would be done in time because it was not.",
        "Write a second commitment `instead of` it for what follows its breach, or wait for an act or a date.",
    ),
    warning(
        "state-stays",
        "that `{name}` is {state} stays so once it has come about, whatever becomes of it",
        "In a condition a state means that it has come about, and what was overdue for a day has been overdue: "
        "`X is overdue for 10 days` comes about ten days later, whatever is done, and `for each week of X is overdue` "
        "never ends.",
        "Say what ends it: `X is overdue for 10 days unless X`; or write `10 days after X is overdue`, if that is "
        "meant.",
    ),
    warning(
        "ends-before-it-begins",
        "`{name}` ends on {end}, before it begins on {start}",
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
        "this act with `{verb}` has no date",
        "An act without a date counts from the very beginning. That is meant for how a party reads the text: `holds`, "
        "`trusts`, `recognises`, `rejects`.",
        "Begin the line with the date; an inexact one is better than none.",
    ),
    warning(
        "act-before-source",
        "this act comes before its source: `{source}` is dated {dated}",
        "A document can be signed, accepted or rejected only once there is one.",
        "Correct one of the dates.",
    ),
    warning(
        "known-too-early",
        "this was known on {known}, before it was done on {done}",
        "`known` says when something became known, if that was later than it was done.",
        "Correct the date, or leave `known` out.",
    ),
    warning(
        "performed-later",
        "this was said on {said}, before it was performed on {performed}",
        "`on DATE` says when something was performed, if that was earlier than somebody said so.",
        "Correct the date; for what somebody is going to do, write `promises … by DATE`.",
    ),
    warning(
        "after-close",
        "the record was closed on {day}, and has {acts} after that",
        "Later acts are kept, but the residue is taken at the close.",
        "Correct the date of the act, or of the closing.",
    ),
    warning(
        "words-without-object",
        "`{verb}` with words alone has no effect on where things stand",
        "The words are kept and can be quoted, but they name no commitment, matter or source that they are about.",
        "Name what it is about, and put the words on a line below; for mere words, write `states`.",
    ),
    warning(
        "not-the-bearer",
        "`{actor}` `{verb}` `{name}`, which is for {bearers} to do",
        "A promise binds the one who makes it; nobody else can make it for them. A right or a power is used by whoever "
        "holds it; used by anybody else, it counts in that one's own reading alone.",
        "Correct the name; for a demand write `proposes`, for what one says of another `states`.",
    ),
    warning(
        "not-the-carrier",
        "`{name}` is not one of those by whom `{means}` is carried out",
        "A means shows something through those alone who carry it out. From anybody else it is their own sight, and no "
        "proof where this means is asked for.",
        "Correct the name, add it to `by` of the means, or leave out `via`.",
    ),
    warning(
        "not-theirs-to-waive",
        "`{actor}` `waives` `{name}`, {whose}",
        "A debt is let go by the one to whom it is owed, a right or a power by whoever holds it. From anybody else it "
        "is speech, and counts in that one's own reading alone.",
        "Correct the name; for what somebody will not do write `refuses`, for what it does not recognise `rejects`.",
    ),
    warning(
        "not-a-body",
        "`decides` is for bodies, and `{name}` is a party",
        "A decision binds others. It is taken by a council, a court, a commission, not by one side.",
        "Declare it as a `body`, or use a party's verb.",
    ),
    warning(
        "not-a-signer",
        "`{name}` signs `{source}`, which does not ask for its signature",
        "An instrument names in `signed by` whose signatures bring it into force.",
        "Add the name to `signed by` of the source; to accept a letter, write `recognises`.",
    ),
    warning(
        "not-among",
        "`{name}` is not among those in the channel `{channel}`",
        "Acts in a channel are known to those among it; its own author would not know of this one.",
        "Add the name to `among` of the channel, or take another channel.",
    ),
    warning(
        "source-unseen",
        "`{name}` would not know `{source}`, which passed over {channel}",
        "A source that passed over a channel is known to those among it. In the reading of anybody else it is not in "
        "view, and a stance on it has no effect there.",
        "Add the name to `among` of the channel; or declare the source without `via`, or over a channel of both.",
    ),
    warning(
        "signature-unseen",
        "`{name}` would not know of this signature of `{source}`, done over {channel}",
        "An instrument carries once all have signed. In the reading of a signer who does not know of this signature "
        "it never does.",
        "Leave the channel out, with `known` where it came out later; or take a channel that all who sign are among.",
    ),
    error(
        "unknown-result",
        "`{result}` is no result of an attempt",
        "An attempt ends in one of three ways: done, denied, or unable.",
        "Write `result done`, `result denied` or `result unable`; the circumstances go in quotes on a line below.",
    ),
    error(
        "version-mismatch",
        "`{name}` is {kind}: a version of it has {has}",
        "A party holds a term or matter by a definition, a commitment by its clauses, a means by who carries it out "
        "and whose consent it needs.",
        "Write the version in the form that fits: `= …` for a term or matter, clauses on lines below for the rest.",
    ),
    warning(
        "empty-version",
        "this says that somebody holds `{name}`, but not how",
        "`holds` states a party's own version of a clause, in the lines below it.",
        "Add the clause that differs, on a line below; to say that somebody accepts it at all, write `recognises`.",
    ),
    error(
        "inexact-view",
        "an expectation asks about one day or minute, not about `{dating}`",
        "Where things stand is said for the end of a day, or for a minute.",
        "Write one date; for a stretch, expect at its first and at its last day.",
    ),
    warning(
        "odd-unit",
        "nothing in the text counts `{what}` {unit}",
        "Amounts in different units are never compared: what is told in a unit that no clause or condition asks for "
        "counts for nothing. A word that stands behind a number, such as `fewer`, is read as its unit.",
        "Write the unit that the text asks for; for less than before, write the new total.",
    ),
    warning(
        "via-of-condition",
        "`via {channel}` belongs to the condition here; that {actor} {verb} this is known to all",
        "A condition may ask for an act in a channel, and takes a `via` that stands behind it on its line.",
        "Write the act's own `via` on a line below; or, where the condition is meant, put `when` on a line below.",
    ),
    warning(
        "withdrawn-consent",
        "`withdraws` does not take back a consent to `{name}`",
        "A consent stands until its giver refuses. What is withdrawn is a text, a demand, a promise or a version.",
        "Write `refuses` in its place.",
    ),
    warning(
        "quote-not-found",
        "these words are not in the text of `{source}`: `{quote}`",
        "Quotes are looked up in the source, exactly and then without regard to spacing, case and kinds of dashes; in "
        "a damaged text also where misread letters explain all that differs. A word more or less, another number or a "
        "negation are never explained away.",
        "Copy the words from the source as they stand there.",
    ),
    note(
        "quote-damaged",
        "these words stand damaged in the text of `{source}`, on line {line}: `{words}` (likeness {likeness})",
        "The text of the source was misread when it was scanned. What differs from the quote may be read so.",
        "Hold the quote against the page; it stays as it is.",
    ),
)
