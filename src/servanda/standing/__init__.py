"""(Case, View) → Standings: where every commitment stands, in every reading, at any date.

In: a case. Out: standings. May import `model`, and `text` for the words of what is missing.
"""

from .inquiry import Inquiry, Row
from .standings import Figures, Missing, Standing
from .telling import Reason
from .view import RECORD

__all__ = ["RECORD", "Figures", "Inquiry", "Missing", "Reason", "Row", "Standing"]
