"""(Case, View) → Standings: where every commitment stands, in every reading, at any date.

In: a case. Out: standings. May import `model`, and `text` for the words of what is missing. What the words of an answer
mean is said in `docs/guides/language.md` and `docs/concepts/`; what they leave open, in `docs/decisions/0008-*.md`.
"""

from .inquiry import Inquiry
from .rows import Row
from .standings import Figures, Missing, Standing
from .telling import Reason
from .view import RECORD

__all__ = ["RECORD", "Figures", "Inquiry", "Missing", "Reason", "Row", "Standing"]
