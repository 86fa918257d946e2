"""A case → findings: what a careful secretary would raise before the next meeting; never an error.

In: an inquiry, a view, and the acts in it. Out: findings, each with its places and a sentence; what is declared and
observed, side by side; which parts of a source no commitment rests on. May import `standing` and what that may import.
"""

from .coverage import Coverage, Part, coverage
from .cross_check import CrossCheck, cross_check
from .finding import KINDS, Ask, Desk, Finding, Kind
from .tallies import Tally

__all__ = [
    "KINDS",
    "Ask",
    "Coverage",
    "CrossCheck",
    "Desk",
    "Finding",
    "Kind",
    "Part",
    "Tally",
    "coverage",
    "cross_check",
]
