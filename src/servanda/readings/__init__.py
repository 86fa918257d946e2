"""Standings in two readings → disputes: where the readings part, at which premises, and what would bring them together.

In: an inquiry and two readings. Out: each commitment on which they part, its bridges, and the differences that change
nothing; what falls into place where one premise changes; how the disputes came and went. May import `standing` and
what that may import.
"""

from .changed import Change
from .dispute import Dispute
from .disputes import Disputes, Ranked, between, disputes, partings
from .history import History, Moment, history
from .pair import Between, Limits, Parting, Shift, shift
from .premises import Difference

__all__ = [
    "Between",
    "Change",
    "Difference",
    "Dispute",
    "Disputes",
    "History",
    "Limits",
    "Moment",
    "Parting",
    "Ranked",
    "Shift",
    "between",
    "disputes",
    "history",
    "partings",
    "shift",
]
