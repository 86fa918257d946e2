"""Two drafts of a case → what differs between them: in words, and in what follows from the words.

In: two cases. Out: each declaration, clause and act that differs; which standings differ in whose reading and when,
which deadlines move, which ways of performance open or close. May import `standing` and what that may import.
"""

from .compared import Comparison, compared
from .consequences import Moved, Stretch, Ways
from .words import Change

__all__ = ["Change", "Comparison", "Moved", "Stretch", "Ways", "compared"]
