"""(Case, View) → Standings: where every commitment stands, in every reading, at any date.

In: a case. Out: standings. May import `model`.
"""

from .standings import Figures, Inquiry, Row, Standing
from .view import RECORD

__all__ = ["RECORD", "Figures", "Inquiry", "Row", "Standing"]
