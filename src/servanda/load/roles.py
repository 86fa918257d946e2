"""Which kinds of name fit where."""

from __future__ import annotations

from .namespace import Role, role

ACTOR = role("party, body or person", "party", "body", "person")
AGENT = role("party, body, person or term", "party", "body", "person", "term")
PARTY = role("party or body", "party", "body")
BEARER = role("party, body or term", "party", "body", "term")
READING = role("party", "party")
CHANNEL = role("channel", "channel")
MEANS = role("means", "means")
CONDUIT = role("means or channel", "means", "channel")
SOURCE = role("source", "source")
TERM = role("term", "term")
EVENT = role("event", "event")
COUNTED = role("item or term", "item", "term")
COMMITMENT = role("commitment", "commitment")
OBLIGATION = role("obligation", "obligation")
MANDATED = role("commitment or source", "commitment", "source")
HELD = role("term, matter, means or commitment", "term", "matter", "means", "commitment")
COMING_ABOUT = role("commitment, matter, event or source", "commitment", "matter", "event", "source")
STATEFUL = role("commitment, matter, event, means or source", "commitment", "matter", "event", "means", "source")
ANYTHING = role(
    "party, item or other thing",
    "party", "body", "person", "channel", "source", "item", "means", "term", "matter", "event", "commitment",
)  # fmt: skip

_WORLD = role("commitment, matter or event", "commitment", "matter", "event")
_TEXT = role(
    "commitment, source, term, matter or means", "commitment", "source", "term", "matter", "means", "event", "item"
)

#: The verbs that say something of the world, and so can be about amounts and events, too.
OF_THE_WORLD = frozenset(["claims", "observes", "confirms", "disputes", "protests"])
#: What each verb can be about.
OBJECTS: dict[str, Role] = {
    "proposes": _TEXT,
    "recognises": _TEXT,
    "rejects": role("commitment, source, term, matter, means or body", *_TEXT.kinds, "party", "body"),
    "signs": SOURCE,
    "withdraws": _TEXT,
    "holds": HELD,
    "trusts": ACTOR,
    "waives": COMMITMENT,
    "transfers": COMMITMENT,
    "closes": SOURCE,
    "offers": COMMITMENT,
    "promises": COMMITMENT,
    "consents": role("means, commitment or source", "means", "commitment", "source"),
    "refuses": role("means, commitment or source", "means", "commitment", "source"),
    "begins": COMMITMENT,
    "claims": _WORLD,
    "observes": _WORLD,
    "confirms": _WORLD,
    "disputes": role("commitment, matter, event, term or source", "commitment", "matter", "event", "term", "source"),
    "protests": role("commitment, matter, event or source", "commitment", "matter", "event", "source", "means"),
    "attempts": MEANS,
    "suspends": MANDATED,
    "resumes": MANDATED,
    "terminates": MANDATED,
    "uses": role("power or right", "power", "right"),
    "decides": _TEXT,
    "states": _TEXT,
}
