"""The reserved words of the language, from tables and never by stemming."""

from __future__ import annotations

#: Each verb in its singular, with its plural.
VERBS: dict[str, str] = {
    "proposes": "propose",
    "recognises": "recognise",
    "rejects": "reject",
    "signs": "sign",
    "withdraws": "withdraw",
    "holds": "hold",
    "trusts": "trust",
    "waives": "waive",
    "transfers": "transfer",
    "closes": "close",
    "offers": "offer",
    "promises": "promise",
    "consents": "consent",
    "refuses": "refuse",
    "begins": "begin",
    "claims": "claim",
    "observes": "observe",
    "confirms": "confirm",
    "disputes": "dispute",
    "protests": "protest",
    "attempts": "attempt",
    "suspends": "suspend",
    "resumes": "resume",
    "terminates": "terminate",
    "uses": "use",
    "decides": "decide",
    "states": "state",
}
#: Every form of a verb, with its singular.
VERB_OF: dict[str, str] = {form: singular for singular, plural in VERBS.items() for form in (singular, plural)}
#: What a power may do.
POWERS = ("suspend", "resume", "terminate", "waive", "transfer")

DECLARATIONS = ("case", "party", "body", "person", "channel", "source", "item", "means", "term", "matter", "event")
NORMS = ("obligation", "prohibition", "right", "power")
OTHER_DIRECTIVES = ("include", "expect", "scenario", "events")

RUNGS = ("offered", "promised", "begun", "claimed", "observed", "verified", "confirmed")
#: The statuses, `claimed` aside, which is a rung, too.
STATUSES = (
    "not owed", "proposed", "fulfilled", "waived", "ended", "suspended", "dormant", "overdue", "due",
    "in force", "open", "used", "denied",
)  # fmt: skip
#: What counts as open (docs/concepts/glossary.md).
OPEN = frozenset(["claimed", "dormant", "overdue", "due"])
FACTS = ("breached", "refused", "agreed", "signed")
#: Every state that `is` can be followed by; the words of those with two are reserved one by one.
STATES = (*RUNGS, *STATUSES, *FACTS)
#: The states of one word.
STATE_WORDS = frozenset(state for state in STATES if " " not in state)

#: Each unit of time in its singular and plural form, with its singular.
UNITS: dict[str, str] = {
    form: unit for unit in ("minute", "hour", "day", "week", "month", "year") for form in (unit, unit + "s")
}

#: What begins a clause, and what stands in clauses and in other directives.
CLAUSE_WORDS = (
    "timezone calendar aka for among dated by to file signed consent of counted under where when from until within "
    "begins done seeks forbids verified together with each may instead survives none others on known cites via result "
    "leaving late force owed record breach working as"
).split()
#: What joins conditions and amounts.
CONDITION_WORDS = "in is not and or unless after before at least most more than".split()

#: The words that are never names, but for the arguments of an event.
RESERVED: frozenset[str] = frozenset(
    [
        *DECLARATIONS, *NORMS, *OTHER_DIRECTIVES, *VERB_OF, *STATE_WORDS, *UNITS,
        *CLAUSE_WORDS, *CONDITION_WORDS,
    ]
)  # fmt: skip

#: Words that people write where the language has another; the checker offers that one.
NEAR_WORDS: dict[str, str] = {
    "declares": "claims",
    "asserts": "claims",
    "alleges": "claims",
    "reports": "observes",
    "records": "observes",
    "sees": "observes",
    "counts": "observes",
    "verifies": "observes",
    "inspects": "attempts",
    "says": "states",
    "notes": "states",
    "announces": "states",
    "asks": "proposes",
    "demands": "proposes",
    "suggests": "proposes",
    "agrees": "recognises",
    "acknowledges": "recognises",
    "recognizes": "recognises",
    "ratifies": "signs",
    "denies": "disputes",
    "contests": "disputes",
    "threatens": "states",
    "undertakes": "promises",
    "commits": "promises",
    "pledges": "promises",
    "assures": "promises",
    "allows": "consents",
    "permits": "consents",
    "approves": "consents",
    "starts": "begins",
    "completes": "claims",
    "performs": "claims",
    "cancels": "terminates",
    "revokes": "withdraws",
    "retracts": "withdraws",
    "pauses": "suspends",
    "certifies": "observes",
    "finds": "observes",
    "establishes": "observes",
    "determines": "decides",
    "rules": "decides",
    "orders": "decides",
    "awards": "decides",
    "resolves": "decides",
    "adopts": "decides",
    "enacts": "decides",
    "objects": "protests",
    "complains": "protests",
    "challenges": "disputes",
    "requests": "proposes",
    "requires": "proposes",
    "assigns": "transfers",
    "cedes": "transfers",
    "delegates": "transfers",
    "exercises": "uses",
    "invokes": "uses",
    "pays": "claims",
    "delivers": "claims",
    "fulfils": "claims",
    "fulfills": "claims",
    "grants": "consents",
    "declines": "refuses",
    "forgives": "waives",
    "rescinds": "terminates",
    "denounces": "terminates",
    "tries": "attempts",
    "visits": "attempts",
    "distrusts": "rejects",
    "initials": "signs",
    "duty": "obligation",
    "commitment": "obligation",
    "ban": "prohibition",
    "state": "matter",
    "document": "source",
    "treaty": "source",
    "letter": "source",
    "permission": "right",
    "entitlement": "right",
    "institution": "body",
    "country": "party",
    "organisation": "body",
    "organization": "body",
    "definition": "term",
    "if": "when",
    "because": "cites",
    "see": "cites",
    "deadline": "by",
    "before": "by",
    "due": "by",
    "starting": "from",
    "since": "from",
    "after": "from",
    "provided": "when",
    "subject": "when",
    "every": "for each",
    "towards": "to",
    "through": "via",
    "between": "among",
    "proof": "verified by",
    "verification": "verified by",
    "except": "unless",
    "replaces": "instead of",
    "replacing": "instead of",
}
