"""Words that people reach for where the language has others, and what to write instead."""

from __future__ import annotations

#: Verbs that people reach for and that no verb of the record stands for, each with what to write.
OTHERWISE = {
    word: said
    for words, said in {
        "violates violate breaches breach breaks break infringes infringe": (
            "no act: write who `observes` what happened, or `protests` the commitment"
        ),
        "amends amend modifies modify changes change": "each party that agrees `holds` the new clause",
        "extends extend postpones postpone prolongs prolong": (
            "who owes it `promises` it by a later date, or each party `holds` the new `by`"
        ),
        "notifies notify informs inform tells tell": 'write what was told: `claims`, `proposes` or `states "…"`',
        "gives give serves serve sends send hands hand": 'write what was done or told: `claims`, or `states "…"`',
        "accelerates accelerate calls call draws draw": (
            "who has a power `uses` it; what it makes due is an obligation of its own, `when` that power `is used`"
        ),
        "accepts accept": "a text, or what is asked, one `recognises`; what was done, one `confirms`",
        "does do did is are was were has have will shall": "write what was done, with a verb of the record",
    }.items()
    for word in words.split()
}

#: Words before a unit of time, each with what to write.
UNIT_WORDS = {
    **dict.fromkeys(["business", "banking", "work", "workdays"], "the word here is `working`"),
    **dict.fromkeys(["calendar", "consecutive", "full", "clear"], "leave it out: every day is counted"),
    **dict.fromkeys(["quarter", "quarters"], "write it in months: `3 months`"),
    **dict.fromkeys(["fortnight", "fortnights"], "write it in weeks: `2 weeks`"),
}

#: States in other words.
NEAR_STATES = {
    **dict.fromkeys(["done", "performed", "completed", "complete", "executed", "met", "satisfied"], "fulfilled"),
    **dict.fromkeys(["late", "delayed"], "overdue"),
    **dict.fromkeys(["violated", "broken", "infringed"], "breached"),
    **dict.fromkeys(["pending", "outstanding", "owed"], "due"),
    **dict.fromkeys(["active", "valid", "effective"], "in force"),
    **dict.fromkeys(["terminated", "expired", "lapsed", "cancelled"], "ended"),
    **dict.fromkeys(["accepted", "recognised", "binding"], "agreed"),
    **dict.fromkeys(["rejected", "declined"], "refused"),
    **dict.fromkeys(["conditional", "waiting", "blocked"], "dormant"),
    **dict.fromkeys(["proved", "proven", "certified", "shown"], "verified"),
    **dict.fromkeys(["seen", "reported"], "observed"),
    **dict.fromkeys(["started"], "begun"),
    **dict.fromkeys(["exercised", "invoked"], "used"),
}

#: Words that begin no clause, each with what to write.
CLAUSES_OTHERWISE = dict.fromkeys(
    ["unless", "and", "or"], "it goes on with a condition, on its line: `when … unless …`"
)

#: The verb of an act that somebody has done, by the word for it when it is done.
DID = {
    "offered": "offers",
    "promised": "promises",
    "begun": "begins",
    "claimed": "claims",
    "observed": "observes",
    "confirmed": "confirms",
    "proposed": "proposes",
    "refused": "refuses",
    "waived": "waives",
    "suspended": "suspends",
    "used": "uses",
    "signed": "signs",
}

#: Numbers in words, each as it is written.
NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90", "hundred": "100", "half": "50 %"}
