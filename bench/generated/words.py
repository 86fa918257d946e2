"""The words that generated texts are made of."""

import random

PARTIES = (
    "Arden", "Boreal", "Cassia", "Doria", "Elbe", "Farrow", "Galdia", "Harrow", "Istria", "Jutara", "Kestrel", "Lorne",
)  # fmt: skip
BODIES = ("Commission", "Council", "Observers", "Secretariat", "Tribunal", "Inspectorate")
SURNAMES = (
    "Abel", "Brandt", "Castell", "Dorn", "Eriksen", "Falk", "Grau", "Holm", "Ibsen", "Jansen", "Keller", "Lind",
    "Moreau", "Novak", "Olsen", "Petrov", "Quist", "Rossi", "Sander", "Tamm", "Ullmann", "Varga", "Weiss", "Ziegler",
)  # fmt: skip
DEEDS = (
    "remove", "return", "open", "clear", "repair", "register", "hand-over", "demolish", "seal", "store", "publish",
    "restore", "escort", "release", "vacate", "survey", "mark", "reopen", "exchange", "supply",
)  # fmt: skip
GOODS = (
    "missiles", "bombers", "mines", "shelters", "vessels", "prisoners", "archives", "pumps", "bridges", "radars",
    "launchers", "convoys", "permits", "generators", "rifles", "trenches", "wells", "depots", "tunnels", "antennas",
    "barracks", "crates", "batteries", "ledgers", "checkpoints", "reactors", "pipelines", "ferries", "hangars",
    "mortars",
)  # fmt: skip
PLACES = (
    "Alvara", "Brenn", "Corvo", "Dunmar", "Estrel", "Fenwick", "Gorran", "Halden", "Irsk", "Jarrow", "Kolm", "Lisse",
    "Marn", "Nevis", "Orsa", "Pell", "Quern", "Rask", "Selva", "Tarn", "Ulm", "Vesper", "Wick", "Yarrow", "Zell",
)  # fmt: skip
COUNTED = ("removed", "stored", "returned", "cleared", "introduced", "sealed")
LETTERS = ("letter", "memo", "note", "draft", "minutes", "cable", "report", "resolution")

_OPENINGS = (
    "as we said",
    "in the view of both sides",
    "without delay",
    "once the rest is settled",
    "as before",
    "in full",
)
_MIDDLES = (
    "all of them",
    "no part of it",
    "the whole question",
    "what was asked",
    "the last of these",
    "each in its turn",
)
_CLOSINGS = ("will be gone", "must wait", "has been seen", "was never agreed", "may be counted", "stands open")


def quote(rng: random.Random) -> str:
    """Words as somebody might have said them, eight at most, in their quotation marks."""
    parts = (rng.choice(_MIDDLES), rng.choice(_CLOSINGS)) if rng.random() < 0.6 else (rng.choice(_OPENINGS),)
    return f'"{" ".join(parts)}"'


def remark(rng: random.Random) -> str:
    """A sentence in somebody's own words, in its quotation marks."""
    said = f"{rng.choice(_OPENINGS)}, {rng.choice(_MIDDLES)} at {rng.choice(PLACES)} {rng.choice(_CLOSINGS)}."
    return f'"{said[0].upper()}{said[1:]}"'
