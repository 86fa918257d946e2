"""Syntax trees → a case: files and includes, names, checks, quotes, event tables.

In: a path, or a text. Out: `Loaded`, a case and its diagnostics. May import `model`, `diagnostics`, `text`, `sources`.
"""

from .conditions_from_words import condition_from_words
from .loader import Loaded, load, load_text
from .quotes import Anchor, Quotes, source_text
from .supposed import acts_from_words

__all__ = [
    "Anchor",
    "Loaded",
    "Quotes",
    "acts_from_words",
    "condition_from_words",
    "load",
    "load_text",
    "source_text",
]
