"""Texts made by the seed, for measuring and for tests: whole cases, ledgers to measure beside, planted errors."""

from .case import generated_case
from .faults import KINDS, plant_error
from .ledger import generated_ledger
from .negotiation import Move, Negotiation
from .planted import Planted, Plot, planted

__all__ = [
    "KINDS",
    "Move",
    "Negotiation",
    "Planted",
    "Plot",
    "generated_case",
    "generated_ledger",
    "plant_error",
    "planted",
]
