"""Syntax trees → a case: files and includes, names, checks, quotes, event tables.

In: a path, or a text. Out: `Loaded`, a case and its diagnostics. May import `model`, `diagnostics`, `text`, `sources`.
"""

from .loader import Loaded, load, load_text
from .quotes import Anchor, Quotes

__all__ = ["Anchor", "Loaded", "Quotes", "load", "load_text"]
